"""What a dossier tells of a lot 档案内容: read from the records; what is still secret is absent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Answer
from trading.ledger.log import entries_of
from trading.models import (
    Acceptance,
    Alarm,
    Award,
    BankLine,
    Bid,
    Clarification,
    ComplianceRecord,
    Contract,
    ContractChange,
    Document,
    Draw,
    Evaluation,
    Filing,
    Guarantee,
    Invitation,
    Lot,
    Member,
    MethodApplication,
    Notice,
    Objection,
    OpeningRecord,
    Payment,
    Performance,
    Publicity,
    RejectionMotion,
    Stop,
    TenderTerms,
)
from trading.rules import RULES, judge
from trading.rules.rule import Rule, Verdict
from trading.steps import Step
from trading.workflow.calendars import calendar_in_force
from trading.workflow.document_scan import scans_of
from trading.workflow.facts import RecordCase
from trading.workflow.record_facts import contract_pairs
from trading.workflow.secrecy import actor_told, may_be_told, may_have, sealed_may_be_told
from trading.workflow.taking import Tools

EXPORTED = "document.exported"


@dataclass(frozen=True)
class Told:
    """One ledger entry as the dossier prints it."""

    number: int
    at: datetime
    kind: str
    actor: str
    leaf: str
    body: dict[str, Any]


def opened(lot: Lot) -> bool:
    """Whether what bidders handed in may be told: once the bids are opened, or the live bidding made a deal."""
    return sealed_may_be_told(lot)


def names_free(lot: Lot) -> bool:
    """Whether the names of the committee may be told: once the award is fixed (R11.C13)."""
    return lot.awarded_at is not None


def entries(session: Session, lot: Lot) -> list[Told]:
    """The lot's entries, as far as they may be told; never the exports of this very dossier.

    Until everything may be told they are numbered through: a gap would tell how many were left out.
    """
    told: list[Told] = []
    for entry in entries_of(session, lot.code):
        body = json.loads(entry.body) if entry.body else {}
        if entry.kind != EXPORTED and may_be_told(lot, entry.kind, body):
            number = entry.tseq if names_free(lot) else len(told)
            who = actor_told(lot, entry.actor)
            told.append(Told(number, moment_of(entry.ts), entry.kind, who, entry.leaf.hex(), body))
    return told


def moment_of(text: str) -> datetime:
    """The moment of an entry's time text."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def steps(told: Sequence[Told], kind: str) -> list[tuple[Told, Step]]:
    """The steps taken (``step.taken``) or refused (``step.refused``), in order."""
    known = set(Step)
    return [(one, Step(one.body["step"])) for one in told if one.kind == kind and one.body.get("step") in known]


Counts = dict[Answer, int]
Judged = tuple[Rule, list[Verdict], Counts]


def compliance(session: Session, lot: Lot, now: datetime, tools: Tools) -> list[Judged]:
    """Every condition of the nineteen rules as the lot stands, rule by rule, with how many came out how."""
    case = RecordCase(session, lot, now, tools)
    judged = [(rule, judge(rule.conditions, case)) for rule in RULES]
    return [(rule, found, count(found)) for rule, found in judged]


def count(found: Sequence[Verdict]) -> Counts:
    """How many conditions passed, failed, are unknown or do not apply."""
    counts = dict.fromkeys(Answer, 0)
    for verdict in found:
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
        "timeline": steps(told, "step.taken"),
        "refusals": steps(told, "step.refused"),
        "earlier": session.get(Lot, lot.previous_id) if lot.previous_id else None,
        "later": session.scalar(select(Lot).where(Lot.previous_id == lot.id)),
        "opened": opened(lot),
        "names_free": names_free(lot),
        "values": tools.values(lot, now),
        "law_day": tools.law_day(lot, now),
        "calendar": calendar_in_force(session, tools.calendar),
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
        **scans_of(session, lot),
        "applications": every(session, lot, MethodApplication, MethodApplication.applied_at),
        "documents": papers(session, lot),
        "notices": every(session, lot, Notice, Notice.published_at),
        "clarifications": every(session, lot, Clarification, Clarification.number),
        "objections": every(session, lot, Objection, Objection.raised_at),
        "stops": every(session, lot, Stop, Stop.begun_at),
    }


def papers(session: Session, lot: Lot) -> list[Document]:
    """The files that those inside may have now."""
    found = every(session, lot, Document, Document.added_at, Document.kind, Document.version)
    return [one for one in found if may_have(one, lot, inside=True)]


def process(session: Session, lot: Lot) -> dict[str, Any]:
    """Bids, bonds, draw, evaluation; what is still secret is absent."""
    members = every(session, lot, Member, Member.is_chair.desc(), Member.id)
    free, open_ = names_free(lot), opened(lot)
    evaluated = lot.evaluated_at is not None
    return {
        "opening": one(session, lot, OpeningRecord) if open_ else None,
        "bids": every(session, lot, Bid, Bid.received_at, Bid.envelope) if open_ else [],
        "bank_lines": every(session, lot, BankLine, BankLine.paid_at, BankLine.reference) if open_ else [],
        "guarantees": every(session, lot, Guarantee, Guarantee.registered_at, Guarantee.number) if open_ else [],
        "draws": every(session, lot, Draw, Draw.number),
        "invitations": every(session, lot, Invitation, Invitation.invited_at, Invitation.leaf_id) if free else [],
        "members": members if free else [],
        "member_count": len(members),
        "motions": every(session, lot, RejectionMotion, RejectionMotion.moved_at) if evaluated else [],
        "evaluation": one(session, lot, Evaluation) if evaluated else None,
    }


def result(session: Session, lot: Lot) -> dict[str, Any]:
    """Award, contract and what followed."""
    award, contract, terms = (one(session, lot, model) for model in (Award, Contract, TenderTerms))
    bid = session.get(Bid, award.bid_id) if award and award.bid_id and contract else None
    bought = lot.project.type.is_purchase
    return {
        "publicity": one(session, lot, Publicity),
        "compliance_record": one(session, lot, ComplianceRecord),
        "award": award,
        "contract": contract,
        "compared": contract_pairs(contract, bid, lot, terms) if contract and bid and bought else {},
        "changes": every(session, lot, ContractChange, ContractChange.number),
        "payments": every(session, lot, Payment, Payment.paid_on),
        "acceptance": one(session, lot, Acceptance),
        "performance": one(session, lot, Performance),
        "alarms": every(session, lot, Alarm, Alarm.raised_at),
    }


def verdicts(session: Session, lot: Lot, now: datetime, tools: Tools) -> dict[str, Any]:
    """Every condition, and how many passed."""
    table = compliance(session, lot, now, tools)
    return {"compliance": table, "summary": count([one for _rule, found, _counts in table for one in found])}
