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
from trading.workflow.secrecy import may_be_told

STATUSES = {status.value: status for status in Status}
STEPS = {step.value: step for step in Step}
ROLES = {role.value.replace("_", "-"): role for role in Role}
Words = tuple[str, str]


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
                (lot.documents_until, "招标文件获取截止", "the documents can be had until"),
                (lot.bid_deadline, "投标截止，随后开标", "bidding closes, then the bids are opened"),
            ]
            return [Coming(at, zh, en) for at, zh, en in fixed if at]
        case Status.OPENED:
            record = session.execute(
                select(OpeningRecord.open_until, OpeningRecord.closed_at).where(OpeningRecord.lot_id == lot.id)
            ).one_or_none()
            words = "开标记录停止接受现场异议", "the opening record takes objections on the spot until"
            return [Coming(record.open_until, *words)] if record and not record.closed_at else []
        case Status.PUBLICIZED if lot.publicity_until:
            return [Coming(lot.publicity_until, "中标候选人公示期满", "the publicity of the candidates ends")]
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


def next_words(lot: Lot) -> Words:
    """In one sentence, what the lot waits for."""
    return NEXT.get(lot.status, ("", ""))


NEXT: dict[Status, Words] = {
    Status.DRAFT: (
        "项目单位提交进场登记，交易中心受理或者按限定事由不予受理。",
        "The owner submits the lot; the centre accepts it or refuses it for a listed reason.",
    ),
    Status.REGISTERED: (
        "项目单位编制并备案招标文件，监管机构在规定时间内答复；逾期未答复视为备案。",
        "The owner prepares and files the documents; the supervisor answers, or they count as filed.",
    ),
    Status.FILED: (
        "项目单位确认交易方式；例外方式须经行业主管部门核准。",
        "The owner fixes the trading method; an exception needs the authority's approval.",
    ),
    Status.METHOD_FIXED: ("发布招标公告。", "The tender notice is published."),
    Status.PUBLISHED: (
        "投标人获取文件、提出疑问或者异议、缴纳保证金、递交投标文件，直至投标截止。",
        "Bidders take the documents, ask or object, give their bond and hand in bids until the deadline.",
    ),
    Status.BID_CLOSED: (
        "开标；投标人少于三个的，不得开标，按流标处理。",
        "The bids are opened; with fewer than three bidders the lot fails unopened.",
    ),
    Status.OPENED: (
        "抽取评标专家，组成评标委员会。",
        "Experts are drawn and the evaluation committee is seated.",
    ),
    Status.COMMITTEE_READY: (
        "评标委员会独立评审，提交评标报告。",
        "The committee evaluates alone and hands in its report.",
    ),
    Status.EVALUATED: (
        "项目单位公示中标候选人。",
        "The owner publicizes the candidates.",
    ),
    Status.PUBLICIZED: (
        "公示期内接受异议；期满且异议已答复的，确定中标人。",
        "Objections are taken during the publicity; then the winner is fixed.",
    ),
    Status.CONFIRMED: ("发出中标通知书，同时告知其他投标人。", "The award notice goes out, and all others are told."),
    Status.AWARDED: ("按招标文件和投标文件订立书面合同。", "The contract is made as documents and bid say."),
    Status.CONTRACTED: (
        "合同公开与备案，履约，变更须经批准，竣工后验收。",
        "The contract is published and performed, changes are approved, the works are accepted.",
    ),
    Status.PERFORMED: ("履约评价，归档。", "The performance is rated and the file is archived."),
    Status.ARCHIVED: ("全部环节已办结。", "Everything is done."),
    Status.SUSPENDED: (
        "中止事由消除后恢复，期限顺延；或者依法终止。",
        "When the ground is gone the lot is resumed and its deadlines move; or it is ended by law.",
    ),
    Status.FAILED: ("项目单位可以重新招标。", "The owner may tender again."),
    Status.TERMINATED: ("交易已终止，不再办理。", "The trade is ended."),
}
