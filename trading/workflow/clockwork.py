"""What the clock does by itself 到期事项: closes bidding, lets filings lapse, fails what drew too few bids."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from trading.codelists import FailureGround, ProjectType, Severity, Status
from trading.database import transaction
from trading.errors import Refused, Unlawful, WrongStatus
from trading.ledger.log import record_outside_steps
from trading.models import WHOLE_BID, Bid, Entrant, Filing, Lot, Objection, OpeningRecord, Project
from trading.steps import Step
from trading.workflow.alarms import Cause
from trading.workflow.bidding_clock import COMPETING, bidding_points
from trading.workflow.engine import (
    Receipt,
    Request,
    close_chain,
    lock,
    raise_outside_steps,
    record_refusal,
    take_within,
)
from trading.workflow.negotiation_record import TWO_MAY_DO, WITH_ONE
from trading.workflow.settled import ENDS, settled
from trading.workflow.taking import Tools

FEWEST = 3
TENDERING = or_(Lot.method.is_(None), Lot.method.not_in(COMPETING))
CUT_OFF = "a submission was still under way when the wait before closing ended"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One thing that happens to a lot at a moment."""

    at: datetime
    code: str
    step: Step
    zh: str
    en: str


def pending(session: Session, code: str | None = None) -> Iterator[Due]:
    """What the clock will do, as far as it is known now; for one lot, or for all."""
    only = () if code is None else (Lot.code == code,)
    open_objections = select(Objection.lot_id).where(
        Objection.suspends, Objection.answered_at.is_(None), Objection.withdrawn_at.is_(None)
    )
    for lot in session.scalars(
        select(Lot).where(
            or_(Lot.status == Status.PUBLISHED, (Lot.status == Status.BIDDING) & Lot.closed_at.is_(None)),
            Lot.id.not_in(open_objections), Lot.bid_deadline.is_not(None), *only,
        )  # fmt: skip
    ):
        assert lot.bid_deadline is not None
        yield Due(
            lot.bid_deadline, lot.code, Step.CLOSE_BIDDING, f"{lot.name}：投标截止", f"{lot.name}: bidding closes"
        )
    waiting = select(Filing.answer_due_at, Lot.code, Lot.title).join(Lot, Lot.id == Filing.lot_id)
    for moment, code, title in session.execute(
        waiting.where(Lot.status == Status.REGISTERED, Filing.answered_at.is_(None), *only)
    ):
        yield Due(moment, code, Step.FILING_LAPSES, f"{title}：备案答复期满", f"{title}: the filing lapses")
    short = (
        select(Lot.code, Lot.title, Lot.closed_at)
        .outerjoin(Bid, (Bid.lot_id == Lot.id) & WHOLE_BID)
        .where(Lot.status == Status.BID_CLOSED, TENDERING, *only)
        .group_by(Lot.id, Lot.code, Lot.title, Lot.closed_at)
        .having(func.count(Bid.id) < case((Lot.method.in_(WITH_ONE), 1), (Lot.method.in_(TWO_MAY_DO), 2), else_=FEWEST))
    )
    for code, title, closed_at in session.execute(short):
        yield Due(closed_at, code, Step.FAIL, f"{title}：投标人不足三个，流标", f"{title}: fewer than three bidders")
    yield from without_entrants(session, only)
    yield from silent_buyers(session, only)
    for at, lot, step, (zh, en) in bidding_points(session, only):
        yield Due(at, lot.code, step, f"{lot.name}：{zh}", f"{lot.name}: {en}")


def silent_buyers(session: Session, only: tuple[ColumnElement[bool], ...]) -> Iterator[Due]:
    """The procurements whose buyer may be silent until a moment: then the first candidate is the chosen one (CGT 43).

    The book's number is that of the newest law; the step itself asks the lot's own.
    """
    query = select(Lot, Project.type).join(Project, Project.id == Lot.project_id)
    waiting = query.where(
        Lot.status == Status.EVALUATED, Project.type.in_((ProjectType.GP, ProjectType.GPN)), *only
    )
    for lot, _type in session.execute(waiting).unique():
        if lot.chosen_by is not None:
            yield Due(
                lot.chosen_by, lot.code, Step.CONFIRM, f"{lot.name}：采购人逾期未确定，视同确定排名第一的供应商",
                f"{lot.name}: the buyer is silent, the first candidate counts as chosen",
            )  # fmt: skip


def without_entrants(session: Session, only: tuple[ColumnElement[bool], ...]) -> Iterator[Due]:
    """The disposals into whose bidding nobody was let, once nobody's application is open any more."""
    hopeful = exists().where(
        Entrant.lot_id == Lot.id, Entrant.withdrawn_at.is_(None),
        or_(Entrant.qualified.is_(None), Entrant.paddle.is_not(None)),
    )  # fmt: skip
    query = select(Lot.code, Lot.title, Lot.closed_at).where(
        Lot.status == Status.BID_CLOSED, Lot.method.in_(COMPETING), ~hopeful, *only
    )
    for code, title, closed_at in session.execute(query):
        yield Due(closed_at, code, Step.FAIL, f"{title}：无人具备竞买资格", f"{title}: nobody was let in to bid")


def may_be_due(lot: Lot, now: datetime) -> bool:
    """Whether the clock could have something to do with ``lot`` now; False without asking the database where not."""
    if lot.status in (Status.PUBLISHED, Status.BIDDING):
        return lot.status is Status.BIDDING or (lot.bid_deadline is not None and lot.bid_deadline <= now)
    if lot.status is Status.EVALUATED:
        return lot.chosen_by is not None and lot.chosen_by <= now
    return lot.status in (Status.REGISTERED, Status.BID_CLOSED)


def next_due(session: Session, now: datetime) -> tuple[datetime, str, str] | None:
    """The next moment at which something falls due: (when, Chinese, English)."""
    ahead = [(due.at, due.zh, due.en) for due in pending(session)]
    ahead += list(people_wait_for(session))
    return min((one for one in ahead if one[0] > now), key=lambda one: one[0], default=None)


def people_wait_for(session: Session) -> Iterator[tuple[datetime, str, str]]:
    """The moments at which a person may go on: an opening record's end, a publicity's end."""
    open_records = (
        select(OpeningRecord.open_until, Lot.title)
        .join(Lot, Lot.id == OpeningRecord.lot_id)
        .where(Lot.status == Status.OPENED, OpeningRecord.closed_at.is_(None))
    )
    for moment, title in session.execute(open_records):
        yield moment, f"{title}：开标记录可以定稿", f"{title}: the opening record may be closed"
    publicities = select(Lot.publicity_until, Lot.title).where(
        Lot.status == Status.PUBLICIZED, Lot.publicity_until.is_not(None)
    )
    for moment, title in session.execute(publicities):
        yield moment, f"{title}：中标候选人公示期满", f"{title}: the publicity ends"


def tick(session: Session, now: datetime, tools: Tools, code: str | None = None) -> list[Receipt]:
    """Make everything happen that is due at ``now``, in the order of time; safe to call at any moment, repeatedly.

    What the rules do not let happen stays due: it is on record once, its alarms are open, and the other lots go on.
    """
    done: list[Receipt] = []
    barred: set[Due] = set()
    while True:
        due = [one for one in pending(session, code) if one.at <= now and one not in barred]
        if not due:
            close_settled(session, now, code)
            return done
        first = min(due, key=lambda one: (one.at, one.code))
        receipt = act(session, first, now, tools)
        if receipt is not None:
            done.append(receipt)
            if tools.keeper is not None:
                tools.keeper.taken(session, receipt.kinds, now)
        else:
            barred.add(first)


def close_settled(session: Session, now: datetime, code: str | None = None) -> None:
    """Close the chains of ended lots on which nothing is open any more, so that their evidence file can be had."""
    for found in settled(session, code):
        with transaction(session):
            lot = lock(session, found)
            if settled(session, found):
                close_chain(session, lot, ENDS[lot.status], now)


def act(session: Session, due: Due, now: datetime, tools: Tools) -> Receipt | None:
    """Do one thing that is due; None where another worker came first, or where the rules bar it."""
    data: dict[str, Any] = {"ground": why_failed(session, due.code)} if due.step is Step.FAIL else {}
    if due.step is Step.CONFIRM:
        data = {"rank": None, "ground": None, "explanation": None}
    request = Request(due.code, due.step, None, now, data)
    try:
        if due.step is Step.CLOSE_BIDDING:
            return close(session, request, tools)
        with transaction(session):
            return take_within(session, request, tools)
    except (Unlawful, WrongStatus, Refused) as refusal:
        if due in pending(session, due.code):
            with transaction(session):
                report(session, request, refusal)
        return None


def why_failed(session: Session, code: str) -> FailureGround:
    """On which ground the clock lets a lot fail."""
    method = session.scalar(select(Lot.method).where(Lot.code == code))
    return FailureGround.NO_ENTRANT if method in COMPETING else FailureGround.FEW_BIDDERS


def close(session: Session, request: Request, tools: Tools) -> Receipt:
    """Close bidding once everybody who was admitted has been answered; a wait beyond its limit is an incident."""
    with tools.gate.closing(request.code) as answered, transaction(session):
        receipt = take_within(session, request, tools)
        if not answered:
            record_outside_steps(session, "incident", "system", {"what": CUT_OFF, "tender": request.code}, request.now)
        return receipt


def report(session: Session, request: Request, refusal: Unlawful | WrongStatus | Refused) -> None:
    """Put on record that the rules bar what is due, and open its alarms; once, however often the clock comes by."""
    lot = lock(session, request.code)
    if not isinstance(refusal, Unlawful):
        log.error("%s of %s is due and refused: %s", request.step.value, lot.code, refusal.sentence("en"))
        return
    step = request.step.value
    causes = [Cause(one.condition.id, Severity.RED, one.finding, step) for one in refusal.verdicts]
    if any([raise_outside_steps(session, lot, cause, request.now) for cause in causes]):
        record_refusal(session, request, refusal)
