"""The pages of lots and of each reader's own work 标段与待办页面."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, current_app, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import exists, select

from trading.codelists import Role, Status
from trading.database import db
from trading.models import Document, Draw, Lot, Member
from trading.portal import happenings, lot_page, queries, receipts, searching, statistics, tasks
from trading.portal.blueprint import blueprint
from trading.savings import Side
from trading.steps import Step
from trading.web import access, exchange, formats, standing
from trading.web.steps import find_lot, now, tools
from trading.workflow.sale_record import competes

NEWEST = 8
FINISHED = (Status.TERMINATED, Status.ARCHIVED)
DOWNLOAD = "process_supervision.document"
TAKE = "process_supervision.lot_documents"
OPENING = "process_supervision.opening"
DRAW = "process_supervision.draw"
DRAW_ROOM = "process_supervision.draw_room"
EVALUATION = "process_supervision.evaluation"
MY_BID = "process_supervision.my_bid"
BONDS = "follow_up.bonds"


@access.public
def home() -> ResponseReturnValue:
    """The first page: what this is, the newest notices, the key figures, how to take part."""
    return render_template(
        "portal/home.html",
        notices=queries.newest_notices(db.session, NEWEST),
        fields=search_inputs({}, {})[:1],
        total=statistics.totals(db.session)[Side.PURCHASE],
        base=statistics.base_name(),
    )


def search_inputs(values: dict[str, Any], errors: dict[str, Any]) -> list[dict[str, Any]]:
    """The inputs of the search form, without the marks of the page."""
    drawn = exchange.inputs(searching.LOTS, values, errors)
    return [one for one in drawn if one["kind"] != "hidden"]


@access.public
def lots() -> ResponseReturnValue:
    """The published lots, searched and narrowed, twenty a page."""
    asked, errors = searching.leniently(searching.LOTS)
    page = queries.Page([], None, None) if errors else queries.lots_page(db.session, asked)
    narrowed = any(value is not None for name, value in asked.items() if name not in searching.MARKS)
    return (
        render_template(
            "portal/lots.html", page=page, errors=exchange.flat(errors), narrowed=narrowed,
            fields=lambda: search_inputs(searching.raw(), errors), **turning("portal.lots", page),
        ),
        400 if errors else 200,
    )  # fmt: skip


def turning(endpoint: str, page: queries.Page) -> dict[str, str | None]:
    """The addresses of the neighbouring pages, with the same search."""
    kept = {name: value for name, value in searching.raw().items() if name not in ("after", "before")}
    return {
        "newer_url": url_for(endpoint, **kept, before=page.newer) if page.newer else None,
        "older_url": url_for(endpoint, **kept, after=page.older) if page.older else None,
    }


@access.public
def notices() -> ResponseReturnValue:
    """All notices, by kind, twenty a page."""
    asked, errors = searching.leniently(searching.NoticeSearchSchema())
    page = queries.Page([], None, None) if errors else queries.notices_page(db.session, asked)
    drawn = exchange.inputs(searching.NoticeSearchSchema(), searching.raw(), errors)
    return (
        render_template(
            "portal/notices.html", page=page, fields=[one for one in drawn if one["kind"] != "hidden"],
            errors=exchange.flat(errors), **turning("portal.notices", page),
        ),
        400 if errors else 200,
    )  # fmt: skip


@access.public
def notice(identity: str) -> ResponseReturnValue:
    """One notice, as it was published, with its fingerprint."""
    found = queries.one_notice(db.session, identity)
    return render_template("portal/notice.html", notice=found[0], lot=found[1])


@access.public
def lot(code: str) -> ResponseReturnValue:
    """One lot: where it stands, what this reader can do, what stands in the way, what comes next."""
    found, reader = find_lot(code), access.caller()
    shown = lot_page.sections(db.session, found, reader, now(), tools())
    mine = tasks.lot_tasks(db.session, found, reader, now(), tools())
    return render_template(
        "portal/lot.html", lot=found, tasks_of=mine, next_words=standing.next_words(found), now=now(),
        document_url=lambda document: document_url(found, document), take_url=take_url(found),
        dossier_url=export_url(found, "oversight.dossier"), evidence_url=export_url(found, "oversight.evidence"),
        my_bid_url=my_bid_url, rooms=rooms(found, shown["reader"]),
        condition_title=tasks.condition_title, **shown,
    )  # fmt: skip


def document_url(found: Lot, document: Document) -> str | None:
    """Where a file is downloaded."""
    if DOWNLOAD not in current_app.view_functions:
        return None
    return url_for(DOWNLOAD, code=found.code, document=document.id)


def take_url(found: Lot) -> str | None:
    """Where somebody without an account leaves a contact to be told of clarifications."""
    return url_for(TAKE, code=found.code) if TAKE in current_app.view_functions else None


def my_bid_url(found: Lot) -> str | None:
    """Where a bidder sees the receipt of its own bid."""
    return url_for(MY_BID, code=found.code) if MY_BID in current_app.view_functions else None


def rooms(found: Lot, reader: lot_page.Reader) -> list[tuple[str, str]]:
    """The rooms behind the lot's page that this reader may enter: the bidding or opening, the draw, the evaluation."""
    user, doors = reader.user, []
    if competes(found) and found.published_at:
        doors.append((url_for("portal.bidding", code=found.code), _("竞价现场")))
    elif found.groups and found.published_at and OPENING in current_app.view_functions:
        doors.append((url_for(OPENING, code=found.code), _("开标现场")))
    if user is not None and found.published_at:
        if user.role is Role.BIDDER:
            doors.append((url_for(MY_BID, code=found.code), _("我的投标与保证金账号")))
        elif user.role in access.callers(current_app, BONDS) and (user.role is not Role.OWNER or reader.owner_side):
            doors.append((url_for(BONDS, code=found.code), _("保证金台账")))
    drawn = db.session.scalar(select(exists().where(Draw.lot_id == found.id)))
    if drawn and (reader.owner_side or reader.watcher) and DRAW in current_app.view_functions:
        doors.append((url_for(DRAW, code=found.code), _("专家抽取")))
    if drawn and found.published_at and DRAW_ROOM in current_app.view_functions:
        doors.append((url_for(DRAW_ROOM, code=found.code), _("抽取现场")))
    seat = exists().where(Member.lot_id == found.id, Member.user_id == user.id) if user else None
    if seat is not None and db.session.scalar(select(seat)) and EVALUATION in current_app.view_functions:
        doors.append((url_for(EVALUATION, code=found.code), _("评标室")))
    return doors


def export_url(found: Lot, endpoint: str) -> str | None:
    """Where the dossier or the evidence file is exported, for those who may."""
    reader = access.caller()
    may = reader is not None and reader.role in access.callers(current_app, endpoint)
    return url_for(endpoint, code=found.code) if may else None


@access.public
def record(code: str) -> ResponseReturnValue:
    """The entries of a lot's record with their fingerprints; sealed ones only after the opening."""
    found = find_lot(code)
    return render_template("portal/record.html", lot=found, entries=happenings.recorded(db.session, found))


@access.allow()
def receipt(code: str) -> ResponseReturnValue:
    """The confirmation of the step just taken."""
    taken = session.get("receipt")
    if not taken or taken["code"] != code:
        abort(404)
    found = find_lot(code)
    return render_template(
        "portal/receipt.html", lot=found, step=Step(taken["step"]), rows=receipts.rows(taken),
        at=datetime.fromisoformat(taken["at"]), next_words=standing.next_words(found),
        body=_("标段现状态：%(status)s", status=formats.standing(found.status, found.project.type, found.method)),
    )  # fmt: skip


@access.allow()
def my_work() -> ResponseReturnValue:
    """What waits for this reader over all lots, in due order."""
    reader = access.actor()
    return render_template(
        "portal/my_work.html",
        items=tasks.my_tasks(db.session, reader, now(), tools()),
        now=now(),
        lots=tasks.my_lots(db.session, reader),
        bidder=reader.role is Role.BIDDER,
        checked=reader.organization is None or reader.organization.identity_checked_at is not None,
    )


blueprint.add_url_rule("/", "home", home)
blueprint.add_url_rule("/lots", "lots", lots)
blueprint.add_url_rule("/lots/<string:code>", "lot", lot)
blueprint.add_url_rule("/lots/<string:code>/record", "record", record)
blueprint.add_url_rule("/lots/<string:code>/receipt", "receipt", receipt)
blueprint.add_url_rule("/my-work", "my_work", my_work)
blueprint.add_url_rule("/notices", "notices", notices)
blueprint.add_url_rule("/notices/<string:identity>", "notice", notice)
