"""What a dossier tells of a lot 档案内容: read from the records; what is still secret is absent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Answer, Status
from trading.ledger.log import entries_of
from trading.models import (
    Acceptance,
    Alarm,
    Award,
    Bid,
    Clarification,
    ComplianceRecord,
    Contract,
    ContractChange,
    Document,
    Draw,
    Evaluation,
    Filing,
    Invitation,
    LedgerEntry,
    Lot,
    Member,
    MethodApplication,
    Notice,
    Objection,
    OpeningRecord,
    Payment,
    Performance,
    Publicity,
    Stop,
    TenderTerms,
)
from trading.rules import RULES, judge
from trading.rules.rule import Rule, Verdict
from trading.steps import Step
from trading.workflow.facts import RecordCase
from trading.workflow.taking import Tools
from trading.workflow.transitions import BY_STEP

SEALED_KINDS = ("bid.received", "bid.withdrawn", "bid.refused")
AWARDED = (Status.AWARDED, Status.CONTRACTED, Status.PERFORMED, Status.ARCHIVED)


@dataclass(frozen=True)
class Told:
    """One ledger entry as the dossier prints it."""

    at: str
    kind: str
    actor: str
    leaf: str
    body: dict[str, Any]


def opened(lot: Lot) -> bool:
    """Whether what bidders handed in may be told: opened, or ended without opening after the deadline."""
    return lot.opened_at is not None


def names_free(lot: Lot) -> bool:
    """Whether the names of the committee may be told: once the award is fixed (R11.C13)."""
    return lot.status in AWARDED


def entries(session: Session, lot: Lot) -> list[Told]:
    """The lot's entries; sealed ones only after the opening."""
    told = []
    for entry in entries_of(session, lot.code):
        body = json.loads(entry.body) if entry.body else {}
        if not opened(lot) and is_sealed(entry, body):
            continue
        shown = json.loads(entry.entry)
        told.append(Told(shown["ts"], entry.kind, shown["actor"], entry.leaf.hex(), body))
    return told


def is_sealed(entry: LedgerEntry, body: dict[str, Any]) -> bool:
    """Whether an entry tells of a sealed step."""
    step = body.get("step")
    return (
        entry.kind in SEALED_KINDS
        or (step in set(Step) and BY_STEP[Step(step)].secret)
        or entry.kind.startswith("bond.")
    )


def timeline(told: Sequence[Told]) -> list[tuple[datetime, Step, dict[str, Any]]]:
    """The steps taken, in order."""
    return [
        (datetime.fromisoformat(one.at.replace("Z", "+00:00")), Step(one.body["step"]), one.body)
        for one in told
        if one.kind == "step.taken" and one.body.get("step") in set(Step)
    ]


def refusals(told: Sequence[Told]) -> list[tuple[datetime, Step, dict[str, Any]]]:
    """The steps refused, in order."""
    return [
        (datetime.fromisoformat(one.at.replace("Z", "+00:00")), Step(one.body["step"]), one.body)
        for one in told
        if one.kind == "step.refused" and one.body.get("step") in set(Step)
    ]


def compliance(session: Session, lot: Lot, now: datetime, tools: Tools) -> list[tuple[Rule, list[Verdict]]]:
    """Every condition of the nineteen rules as the lot stands, rule by rule."""
    case = RecordCase(session, lot, now, tools)
    return [(rule, judge(rule.conditions, case)) for rule in RULES]


def summary(table: Sequence[tuple[Rule, Sequence[Verdict]]]) -> dict[Answer, int]:
    """How many conditions passed, failed, are unknown or do not apply."""
    counts = dict.fromkeys(Answer, 0)
    for _rule, verdicts in table:
        for verdict in verdicts:
            counts[verdict.answer] += 1
    return counts


def collect(session: Session, lot: Lot, now: datetime, tools: Tools) -> dict[str, Any]:
    """Everything the dossier template prints."""
    told = entries(session, lot)
    return {
        **preparation(session, lot),
        **process(session, lot),
        **result(session, lot),
        **verdicts(session, lot, now, tools),
        "lot": lot,
        "entries": told,
        "timeline": timeline(told),
        "refusals": refusals(told),
        "opened": opened(lot),
        "names_free": names_free(lot),
        "values": tools.values(lot, now),
        "law_day": tools.law_day(lot, now),
        "calendar": tools.calendar,
    }


def one(session: Session, lot: Lot, model: Any) -> Any:
    """The lot's only record of a kind."""
    return session.scalar(select(model).where(model.lot_id == lot.id))


def every(session: Session, lot: Lot, model: Any, *order: Any) -> Any:
    """All records of a kind, in order."""
    return session.scalars(select(model).where(model.lot_id == lot.id).order_by(*order)).all()


def preparation(session: Session, lot: Lot) -> dict[str, Any]:
    """What stands before the bids."""
    return {
        "terms": one(session, lot, TenderTerms),
        "filings": every(session, lot, Filing, Filing.round),
        "applications": every(session, lot, MethodApplication, MethodApplication.applied_at),
        "documents": every(session, lot, Document, Document.added_at),
        "notices": every(session, lot, Notice, Notice.published_at),
        "clarifications": every(session, lot, Clarification, Clarification.number),
        "objections": every(session, lot, Objection, Objection.raised_at),
        "stops": every(session, lot, Stop, Stop.begun_at),
    }


def process(session: Session, lot: Lot) -> dict[str, Any]:
    """Bids, draw, evaluation; what is still secret is absent."""
    members = every(session, lot, Member, Member.is_chair.desc(), Member.id)
    free = names_free(lot)
    return {
        "opening": one(session, lot, OpeningRecord),
        "bids": every(session, lot, Bid, Bid.received_at) if opened(lot) else [],
        "draws": every(session, lot, Draw, Draw.number),
        "invitations": every(session, lot, Invitation, Invitation.invited_at) if free else [],
        "members": members if free else [],
        "member_count": len(members),
        "evaluation": one(session, lot, Evaluation) if lot.evaluated_at else None,
    }


def result(session: Session, lot: Lot) -> dict[str, Any]:
    """Award, contract and what followed."""
    return {
        "publicity": one(session, lot, Publicity),
        "compliance_record": one(session, lot, ComplianceRecord),
        "award": one(session, lot, Award),
        "contract": one(session, lot, Contract),
        "changes": every(session, lot, ContractChange, ContractChange.number),
        "payments": every(session, lot, Payment, Payment.paid_on),
        "acceptance": one(session, lot, Acceptance),
        "performance": one(session, lot, Performance),
        "alarms": every(session, lot, Alarm, Alarm.raised_at),
    }


def verdicts(session: Session, lot: Lot, now: datetime, tools: Tools) -> dict[str, Any]:
    """Every condition, and how many passed."""
    table = compliance(session, lot, now, tools)
    return {"compliance": table, "summary": summary(table)}
