"""Supervision orders 监管意见: findings and a term for one addressee, its reply, and an end that gives its reason."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import end_moment, moment_en, moment_zh
from trading.codelists import Role
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import WHOLE_BID, Bid, Lot, Organization, SupervisionOrder
from trading.models.columns import new_id
from trading.oversight.complaints import digest, speaks_for
from trading.steps import Step
from trading.workflow.concerned import side_of_owner
from trading.workflow.papers import shelve
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


def addressees(session: Session, lot: Lot) -> list[Organization]:
    """The owner, its agencies, the centre and, once the bids are open, the bidders."""
    ids = side_of_owner(session, lot)
    wanted = Organization.id.in_(ids) | (Organization.kind == Role.CENTRE)
    if lot.opened_at is not None:
        bids = select(Bid.organization_id).where(Bid.lot_id == lot.id, WHOLE_BID)
        wanted = wanted | Organization.id.in_(bids)
    return list(session.scalars(select(Organization).where(wanted).order_by(Organization.name)))


def order_of(taking: Taking) -> SupervisionOrder:
    """The order that the step is about, while it is open.

    Raises:
        NotFound: this lot has no such order.
        Refused: it is closed.
    """
    query = select(SupervisionOrder).where(
        SupervisionOrder.id == taking.subject, SupervisionOrder.lot_id == taking.lot.id
    )
    order = taking.session.scalar(query)
    if order is None:
        raise NotFound("没有这件监管意见", "There is no such order")
    if order.closed_at is not None:
        raise Refused("order_closed", "该监管意见已办结", "This order is closed")
    return order


@effect(Step.ISSUE_ORDER)
def issue_order(taking: Taking) -> None:
    """Write findings and demand to one addressee, with the day by which it answers."""
    data, lot = taking.data, taking.lot
    if data["due_on"] <= taking.today:
        raise InvalidInput.of("due_on", "期限应当在今日之后", "The term must lie after today")
    if data["addressee"] not in {one.id for one in addressees(taking.session, lot)}:
        raise InvalidInput.of("addressee", "不是本标段的当事单位", "It is no party to this lot")
    number = 1 + (taking.session.scalar(select(func.count()).where(SupervisionOrder.lot_id == lot.id)) or 0)
    order = SupervisionOrder(
        id=new_id(), lot_id=lot.id, number=f"{lot.code}-J{number}", addressee_id=data["addressee"],
        findings=data["findings"], demand=data["demand"], due_on=data["due_on"], issued_at=taking.now,
        issued_by_id=taking.actor_id, files=shelve(taking, data["files"]), prolongations=[], reply_files=[],
    )  # fmt: skip
    taking.session.add(order)
    taking.subject = order.id
    body = {"order": order.id, "due": order.due_on.isoformat(), "sha256": digest(order.findings, order.demand)}
    taking.record("alarm.order_issued", body)
    due = end_moment(order.due_on)
    taking.tell(
        ("监管意见", f"“{lot.name}”：{order.findings}。要求：{order.demand}。请于{moment_zh(due)}前答复。"),
        ("Supervision order", f"“{lot.name}”: {order.findings}. Demand: {order.demand}. Reply by {moment_en(due)}."),
        organizations=[order.addressee_id],
    )
    taking.receipt |= {"order": order.id, "number": order.number}


@effect(Step.REPLY_TO_ORDER)
def reply_to_order(taking: Taking) -> None:
    """The addressee says what it did, with its evidence; a later reply replaces an earlier one, both are on record."""
    order = order_of(taking)
    if not speaks_for(taking, order.addressee_id):
        raise NotFound("没有这件监管意见", "There is no such order")
    order.reply, order.reply_files = taking.data["reply"], shelve(taking, taking.data["files"])
    order.replied_at, order.replied_by_id = taking.now, taking.actor_id
    taking.record("alarm.order_replied", {"order": order.id, "sha256": digest(order.reply)})
    taking.tell_role(
        Role.SUPERVISOR,
        ("监管意见已答复", f"监管意见{order.number}已答复：{order.reply}"),
        ("An order was answered", f"Order {order.number}: {order.reply}"),
    )


@effect(Step.PROLONG_ORDER)
def prolong_order(taking: Taking) -> None:
    """Give more time, with the reason; the earlier terms stay on record."""
    order, until = order_of(taking), taking.data["due_on"]
    if until <= max(order.due_on, taking.today):
        raise InvalidInput.of("due_on", "新的期限应当晚于原期限和今日", "The new term must be later than the old one")
    step = {"from": order.due_on.isoformat(), "until": until.isoformat(), "reason": taking.data["reason"]}
    order.prolongations, order.due_on = [*order.prolongations, step], until
    if order.replied_at is not None:
        order.replied_at = None
    taking.record("alarm.order_prolonged", {"order": order.id, "due": until.isoformat()})
    taking.tell(
        ("整改期限延长", f"监管意见{order.number}的期限延至{until}。{taking.data['reason']}"),
        ("More time", f"Order {order.number}: answer by {until}. {taking.data['reason']}"),
        organizations=[order.addressee_id],
    )


@effect(Step.CLOSE_ORDER)
def close_order(taking: Taking) -> None:
    """End the order and say why; whoever replied for the addressee cannot close it under another account."""
    order = order_of(taking)
    refuse_same_person(taking.session, taking.actor, [order.replied_by_id])
    order.closed_at, order.closed_by_id = taking.now, taking.actor_id
    order.closing, order.closing_reason = taking.data["closing"], taking.data["reason"]
    taking.record("alarm.order_closed", {"order": order.id, "closing": order.closing.value})
    taking.tell(
        ("监管意见办结", f"监管意见{order.number}已办结：{order.closing.zh}。{order.closing_reason}"),
        ("Order closed", f"Order {order.number}: {order.closing.en}. {order.closing_reason}"),
        organizations=[order.addressee_id],
    )
