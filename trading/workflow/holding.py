"""Holding a lot and letting it go on 中止与恢复: its status is kept, its clocks stand still, everyone is told."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import beijing, end_moment, moment_zh
from trading.codelists import NoticeKind, Status, SuspensionGround
from trading.errors import Refused
from trading.ledger.entries import microseconds
from trading.models import Filing, Lot, Objection, OpeningRecord, Publicity, Stop
from trading.models.columns import new_id
from trading.workflow.concerned import tell_everyone, tell_owner
from trading.workflow.sale_record import competes, sale_of
from trading.workflow.taking import Taking

ONE_DAY = timedelta(days=1)


def waiting_objections(session: Session, lot: Lot) -> list[Objection]:
    """The objections that hold the lot: suspending, neither answered nor withdrawn."""
    query = select(Objection).where(
        Objection.lot_id == lot.id, Objection.suspends, Objection.answered_at.is_(None),
        Objection.withdrawn_at.is_(None),
    )  # fmt: skip
    return list(session.scalars(query.order_by(Objection.raised_at)))


def newest_stop(session: Session, lot: Lot) -> Stop | None:
    """The suspension that is not over."""
    query = select(Stop).where(Stop.lot_id == lot.id, Stop.ended_at.is_(None)).order_by(Stop.begun_at.desc())
    return session.scalars(query).first()


def suspend_lot(taking: Taking, ground: SuspensionGround, reason: str) -> Stop:
    """Hold the lot where it stands: keep its status and the moment, tell everyone.

    Returns:
        The stop, with its identity.

    Raises:
        Refused: the bid deadline is past and the clock has not closed bidding yet.
    """
    lot = taking.lot
    if lot.status is Status.PUBLISHED and lot.bid_deadline and taking.now >= lot.bid_deadline:
        raise Refused("deadline_passed", "投标截止时间已过，请在截标后办理", "The bid deadline has passed")
    lot.held_status, lot.suspended_at, lot.suspension_ground = lot.status, taking.now, ground
    stop = Stop(
        id=new_id(), lot_id=lot.id, ground=ground.value, reason=reason, begun_at=taking.now,
        begun_by_id=taking.actor.id if taking.actor else None, deadline_before=lot.bid_deadline,
    )  # fmt: skip
    taking.session.add(stop)
    taking.move(Status.SUSPENDED)
    if lot.published_at is None:
        tell_owner(
            taking, ("交易中止", f"“{lot.name}”中止：{ground.zh}。"), ("Suspended", f"“{lot.name}”: {ground.en}.")
        )
        return stop
    text = (
        f"{lot.name}因“{ground.zh}”自{moment_zh(taking.now)}起中止交易。"
        f"中止期间各项期限停止计算，恢复后剩余时间保留。{reason}"
    )
    taking.publish(NoticeKind.SUSPENSION, f"{lot.name}中止公告"[:200], text, {"ground": ground.value})
    taking.record("tender.suspended", {"reason": ground.value})
    tell_everyone(
        taking, ("交易中止", text), ("Suspended", f"“{lot.name}” is suspended: {ground.en}. The time left is kept.")
    )
    return stop


def resume_lot(taking: Taking, reason: str) -> None:
    """Let the lot go on where it was held; every clock that ran gets back the time that was left."""
    lot, stop = taking.lot, newest_stop(taking.session, taking.lot)
    if lot.held_status is None or lot.suspended_at is None or stop is None:
        raise Refused("not_suspended", "标段未处于中止状态", "The lot is not suspended")
    held, span = lot.held_status, taking.now - lot.suspended_at
    shift_clocks(taking, held, span)
    stop.ended_at, stop.deadline_after = taking.now, lot.bid_deadline
    lot.held_status, lot.suspended_at, lot.suspension_ground = None, None, None
    taking.move(held)
    if lot.published_at is None:
        tell_owner(taking, ("交易恢复", f"“{lot.name}”恢复交易。"), ("Resumed", f"“{lot.name}” goes on."))
        return
    body: dict[str, object] = {"reason": reason}
    text = f"{lot.name}中止事由已经消除，自{moment_zh(taking.now)}起恢复交易。{reason}"
    if lot.bid_deadline is not None and lot.closed_at is None:
        body["deadline"] = microseconds(lot.bid_deadline)
        text += f"投标截止时间顺延至{moment_zh(lot.bid_deadline)}。"
    taking.publish(NoticeKind.RESUMPTION, f"{lot.name}恢复公告"[:200], text, {})
    taking.record("tender.resumed", body)
    tell_everyone(taking, ("交易恢复", text), ("Resumed", f"“{lot.name}” goes on; the time that was left is kept."))
    if lot.bid_deadline is not None:
        taking.receipt["bid_deadline"] = beijing(lot.bid_deadline).isoformat()


def shift_clocks(taking: Taking, held: Status, span: timedelta) -> None:
    """Move the clocks of the status in which the lot was held by the time of the suspension."""
    lot, session = taking.lot, taking.session
    assert lot.suspended_at is not None
    if held in (Status.PUBLISHED, Status.BIDDING) and lot.bid_deadline is not None and lot.closed_at is None:
        lot.bid_deadline = lot.bid_deadline + span
        if lot.documents_until is not None and lot.documents_until > lot.suspended_at:
            lot.documents_until = lot.documents_until + span
    if competes(lot):
        shift_bidding(session, lot, span)
    if held is Status.OPENED:
        record = session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == lot.id))
        if record is not None and record.closed_at is None:
            record.open_until = record.open_until + span
    if held is Status.REGISTERED:
        query = select(Filing).where(Filing.lot_id == lot.id, Filing.answered_at.is_(None))
        for filing in session.scalars(query):
            filing.answer_due_at = filing.answer_due_at + span
    if held is Status.PUBLICIZED:
        shift_publicity(taking, span)


def shift_bidding(session: Session, lot: Lot, span: timedelta) -> None:
    """Move what of a live bidding had not come when it was held; an end that offers moved is the new planned one."""
    sale, since = sale_of(session, lot), lot.suspended_at
    assert since is not None
    for name in ("listed_from", "bidding_at", "ends_at", "match_until"):
        moment = getattr(sale, name)
        if moment is not None and moment > since:
            setattr(sale, name, moment + span)
    if sale.ended_at is None:
        sale.planned_end = sale.ends_at


def shift_publicity(taking: Taking, span: timedelta) -> None:
    """Prolong the publicity by the whole days that the suspension took, to a working day (T8)."""
    lot = taking.lot
    row = taking.session.scalar(select(Publicity).where(Publicity.lot_id == lot.id))
    if row is None or lot.suspended_at is None or row.ends_at <= lot.suspended_at:
        return
    days = -(-span // ONE_DAY)
    row.ends_day = taking.calendar.next_working_day(row.ends_day + days * ONE_DAY)
    row.ends_at = end_moment(row.ends_day)
    lot.publicity_until = row.ends_at
