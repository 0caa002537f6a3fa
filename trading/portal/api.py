"""What anybody may read as JSON 公开数据接口: lots, notices, statistics, and who one is; described in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from trading.codelists import Role
from trading.database import db
from trading.models import Lot
from trading.portal import figures_pages, lot_page, queries, searching, statistics
from trading.portal.blueprint import blueprint
from trading.web import access
from trading.web.fields import StepSchema
from trading.web.steps import PAGES, find_lot, now, tools
from trading.workflow.engine import open_steps
from trading.workflow.watch import Watched

PREFIX = "/api/v1"


def iso(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC."""
    return None if moment is None else moment.isoformat()


def lot_row(row: Row[Any]) -> dict[str, Any]:
    """One lot of the list."""
    return {
        "code": row.code, "ocid": row.ocid, "trading_code": row.trading_code, "project": row.project,
        "title": row.title, "owner": row.owner, "district": row.district.value, "type": row.type.value,
        "category": row.category.value, "method": row.method.value if row.method else None,
        "status": row.status.value, "estimate": str(row.estimate), "published_at": iso(row.published_at),
        "bid_deadline": iso(row.bid_deadline),
    }  # fmt: skip


def notice_row(row: Row[Any]) -> dict[str, Any]:
    """One notice of the list."""
    return {
        "id": row.id, "kind": row.kind.value, "title": row.title, "lot": row.code, "owner": row.owner,
        "published_at": iso(row.published_at), "ends_at": iso(row.ends_at), "sha256": row.digest,
    }  # fmt: skip


@access.public
def lots() -> ResponseReturnValue:
    """The published lots, newest first, twenty at a time; ``older`` begins the next page."""
    page = queries.lots_page(db.session, searching.asked(searching.LotSearchSchema()))
    return jsonify({"lots": [lot_row(row) for row in page.rows], "newer": page.newer, "older": page.older})


@access.public
def notices() -> ResponseReturnValue:
    """The notices, newest first, twenty at a time; ``older`` begins the next page."""
    page = queries.notices_page(db.session, searching.asked(searching.NoticeSearchSchema()))
    return jsonify({"notices": [notice_row(row) for row in page.rows], "newer": page.newer, "older": page.older})


@access.public
def lot(code: str) -> ResponseReturnValue:
    """One lot: what this reader may know of it now, and the steps open to him."""
    found, reader = find_lot(code), access.caller()
    shown = lot_page.sections(db.session, found, reader, now(), tools())
    return jsonify({**lot_facts(found), **lot_sections(shown), "open_steps": steps_open(found)})


def steps_open(found: Lot) -> list[str]:
    """The steps that this reader may take now."""
    return [row.step.value for row in open_steps(db.session, found, access.caller()) if row.step in PAGES]


def lot_facts(found: Lot) -> dict[str, Any]:
    """What stands in the lot's own record."""
    return {
        "code": found.code, "ocid": found.ocid, "trading_code": found.trading_code, "project": found.project.name,
        "title": found.title, "scope": found.scope, "owner": found.project.owner.name,
        "district": found.project.district.value, "category": found.category.value,
        "method": found.method.value if found.method else None, "estimate": str(found.estimate),
        "status": found.status.value, "status_since": iso(found.status_since), "version": found.version,
        "attempt": found.attempt, "published_at": iso(found.published_at), "bid_deadline": iso(found.bid_deadline),
        "opened_at": iso(found.opened_at), "publicity_until": iso(found.publicity_until),
        "awarded_at": iso(found.awarded_at),
    }  # fmt: skip


def lot_sections(shown: dict[str, Any]) -> dict[str, Any]:
    """The sections of the lot's page, each as far as this reader may know it."""
    terms, award, contract = shown["terms"], shown["award"], shown["contract"]
    return {
        "ceiling": str(terms.ceiling) if terms and terms.ceiling is not None else None,
        "bond": str(terms.bond) if terms and terms.bond is not None else None,
        "previous": shown["attempts"]["earlier"].code if shown["attempts"]["earlier"] else None,
        "next_attempt": shown["attempts"]["later"].code if shown["attempts"]["later"] else None,
        "documents": [
            {"id": one.id, "kind": one.kind.value, "name": one.name, "size": one.size, "sha256": one.sha256}
            for one in shown["documents"]
        ],
        "notices": [
            {"id": one.id, "kind": one.kind.value, "title": one.title, "published_at": iso(one.published_at)}
            for one in shown["notices"]
        ],
        "clarifications": [
            {"number": one.number, "text": one.text, "issued_at": iso(one.issued_at),
             "deadline_after": iso(one.deadline_after)}
            for one in shown["clarifications"]
        ],
        "objections": [
            {"id": one.id, "target": one.target.value, "text": one.text, "raised_at": iso(one.raised_at),
             "answer": one.answer, "answered_at": iso(one.answered_at), "objector": name}
            for one, name in shown["objections"]
        ],
        "opening": [opened_bid(bid) for bid in shown["bids"]],
        "candidates": [{"rank": bid.rank, "bidder": bid.organization.name} for bid in shown["candidates"]],
        "award": {"winner": award.organization.name, "price": str(award.price), "saved": str(award.saved),
                  "premium": None if award.premium is None else str(award.premium)}
        if award else None,
        "contract": {"number": contract.number, "price": str(contract.price), "sha256": contract.digest}
        if contract else None,
        "due": [due_row(one) for one in shown["dues"]],
        "coming": [{"at": iso(one.at), "zh": one.zh, "en": one.en} for one in shown["coming"]],
        "steps_taken": [
            {"at": iso(one.at), "step": one.step.value, "by": one.by.value if one.by else None,
             "status": one.after.value if one.after else None}
            for one in shown["happened"]
        ],
        "own_bids": [
            {"version": bid.version, "received_at": iso(bid.received_at), "envelope": bid.envelope,
             "current": bid.current, "withdrawn_at": iso(bid.withdrawn_at)}
            for bid in shown["own_bids"]
        ],
    }  # fmt: skip


def due_row(one: Watched) -> dict[str, Any]:
    """One thing that is due."""
    return {
        "at": iso(one.at), "condition": one.condition.id if one.condition else None,
        "step": one.step.value if one.step else None, "by": [role.value for role in one.by],
        "urgency": one.urgency.value, "alarm": one.severity.value if one.severity else None,
        "what_zh": one.what_zh, "what_en": one.what_en, "who_zh": one.who_zh, "who_en": one.who_en,
        "then_zh": one.then_zh, "then_en": one.then_en,
    }  # fmt: skip


def opened_bid(bid: Any) -> dict[str, Any]:
    """One line of the opening record."""
    return {
        "bidder": bid.organization.name, "total": None if bid.total is None else str(bid.total),
        "duration_days": bid.duration_days, "rejected": bid.rejected_clause,
    }  # fmt: skip


@access.public
def figures() -> ResponseReturnValue:
    """Savings and premiums: each side's total, by month, category and township; never netted."""
    year = searching.asked(searching.YearSchema()).get("year")
    session = db.session
    told = {
        "total": list(statistics.totals(session, year).values()),
        "by_month": statistics.by_month(session, year, now())[1],
        "by_category": statistics.by_category(session, year),
        "by_district": statistics.by_district(session, year),
    }
    parts = {name: [figures_pages.as_json(line) for line in found] for name, found in told.items()}
    return jsonify({"year": year, "rate_base": statistics.base_name().value, **parts})


@access.allow()
def me() -> ResponseReturnValue:
    """Who is logged in, in which role and for whom."""
    reader = access.actor()
    home = reader.organization
    shown = None if home is None else {"name": home.name, "uscc": home.uscc}
    return jsonify({
        "login": reader.login, "name": reader.name, "role": reader.role.value, "actor": reader.actor,
        "organization": shown, "may_bid": reader.role is Role.BIDDER and home is not None
        and home.identity_checked_at is not None,
    })  # fmt: skip


def parameters(schema: type[StepSchema] | None) -> list[dict[str, Any]]:
    """The query parameters of a schema, as the specification lists them."""
    declared = schema().fields.items() if schema else ()
    return [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"},
         "description": str(field.metadata.get("hint") or name.replace("_", " "))}
        for name, field in declared
    ]  # fmt: skip


def serve(path: str, name: str, view: Callable[..., Any], summary: str, schema: type[StepSchema] | None = None) -> None:
    """Mount one reading operation with its description."""
    answers = {"200": {"description": summary}, "400": {"description": "The query is not understood"}}
    described = blueprint.doc(summary=summary, parameters=parameters(schema), responses=answers)(view)
    described.callers = view.callers  # type: ignore[attr-defined]
    blueprint.route(PREFIX + path, methods=["GET"], endpoint=name)(described)


serve("/lots", "lots_json", lots, "Published lots, searched and paged", searching.LotSearchSchema)
serve("/lots/<string:code>", "lot_json", lot, "One lot, as far as the reader may know it")
serve("/notices", "notices_json", notices, "Notices, by kind and paged", searching.NoticeSearchSchema)
serve("/statistics", "statistics_json", figures, "Savings and premiums", searching.YearSchema)
serve("/me", "me_json", me, "The account that is calling")
