"""What happened to a lot and what happens next 办理时间线与下一步: from its record and its own deadlines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role, Status
from trading.ledger.log import companion
from trading.models import Filing, LedgerEntry, Lot, Objection, OpeningRecord
from trading.steps import Step
from trading.web.standing import CLOSING, course_of
from trading.workflow.secrecy import may_be_told

STATUSES = {status.value: status for status in Status}
STEPS = {step.value: step for step in Step}
ROLES = {role.value.replace("_", "-"): role for role in Role}


@dataclass(frozen=True)
class Happened:
    """One step taken: who is told by role, never by name."""

    at: datetime
    step: Step
    by: Role | None
    before: Status | None
    after: Status | None

    @property
    def moved(self) -> bool:
        """Whether the lot changed its status."""
        return self.before is not self.after


@dataclass(frozen=True)
class Coming:
    """One thing that will happen or be due."""

    at: datetime
    zh: str
    en: str
    who_zh: str = ""
    who_en: str = ""


@dataclass(frozen=True)
class Recorded:
    """One entry of the record as everybody may know it."""

    at: datetime
    kind: str
    step: Step | None
    leaf: str


def moment_of(ts: str) -> datetime:
    """The moment of an entry's time text."""
    return datetime.fromisoformat(ts.replace("Z", "+00:00"))


def body_of(text: str | None) -> dict[str, Any]:
    """An entry's body; nothing where it was withheld."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def happened(session: Session, lot: Lot) -> list[Happened]:
    """The steps taken so far, the newest first; a secret step is told only after the opening."""
    query = select(LedgerEntry.ts, LedgerEntry.kind, LedgerEntry.actor, LedgerEntry.body)
    query = query.where(LedgerEntry.chain.in_((lot.code, companion(lot.code))), LedgerEntry.kind == "step.taken")
    told = []
    for ts, kind, actor, text in session.execute(query.order_by(LedgerEntry.seq.desc())):
        body = body_of(text)
        if may_be_told(lot, kind, body) and body.get("step") in STEPS:
            by = ROLES.get(actor.rpartition("-")[0])
            before, after = STATUSES.get(body.get("from", "")), STATUSES.get(body.get("to", ""))
            told.append(Happened(moment_of(ts), STEPS[body["step"]], by, before, after))
    return told


def recorded(session: Session, lot: Lot) -> list[Recorded]:
    """The entries of the lot's record that everybody may know, the oldest first.

    They carry no numbers before the opening: a gap in them would tell how many bids came in.
    """
    query = select(LedgerEntry.ts, LedgerEntry.kind, LedgerEntry.body, LedgerEntry.leaf)
    of_lot = LedgerEntry.chain.in_((lot.code, companion(lot.code)))
    rows = session.execute(query.where(of_lot).order_by(LedgerEntry.seq)).all()
    told = [(ts, kind, body_of(text), leaf) for ts, kind, text, leaf in rows]
    return [
        Recorded(moment_of(ts), kind, STEPS.get(body.get("step", "")), leaf.hex())
        for ts, kind, body, leaf in told
        if may_be_told(lot, kind, body)
    ]


def coming(session: Session, lot: Lot, now: datetime) -> list[Coming]:
    """What happens next by itself or by its fixed hour, the nearest first."""
    found = [*_by_status(session, lot), *_objections(session, lot)]
    return sorted((one for one in found if one.at >= now), key=lambda one: one.at)


def _by_status(session: Session, lot: Lot) -> Sequence[Coming]:
    match lot.status:
        case Status.REGISTERED:
            due = session.scalar(
                select(Filing.answer_due_at).where(Filing.lot_id == lot.id, Filing.answered_at.is_(None))
            )
            words = "备案答复期满；未答复的，视为备案", "the filing is answered, or counts as filed"
            return [Coming(due, *words)] if due else []
        case Status.PUBLISHED:
            fixed = [
                (lot.documents_until, "文件获取截止", "the documents can be had until"),
                (lot.bid_deadline, *CLOSING[course_of(lot)]),
            ]
            return [Coming(at, zh, en) for at, zh, en in fixed if at]
        case Status.OPENED:
            record = session.execute(
                select(OpeningRecord.open_until, OpeningRecord.closed_at).where(OpeningRecord.lot_id == lot.id)
            ).one_or_none()
            words = "开标记录停止接受现场异议", "the opening record takes objections on the spot until"
            return [Coming(record.open_until, *words)] if record and not record.closed_at else []
        case Status.PUBLICIZED if lot.publicity_until:
            return [Coming(lot.publicity_until, "公示期满", "the publicity ends")]
        case _:
            return []


def _objections(session: Session, lot: Lot) -> Sequence[Coming]:
    if lot.published_at is None or lot.confirmed_at is not None:
        return []
    query = select(Objection.answer_due_at).where(
        Objection.lot_id == lot.id, Objection.answered_at.is_(None), Objection.withdrawn_at.is_(None),
        Objection.answer_due_at.is_not(None),
    )  # fmt: skip
    words = "异议应予答复", "an objection is to be answered", "项目单位", "Owner"
    return [Coming(due, *words) for due in session.scalars(query) if due]
