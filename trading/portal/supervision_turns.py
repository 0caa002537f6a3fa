"""What waits under supervision 监管待办: complaints, replies, orders, decisions that another person is to confirm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from trading.codelists import Role
from trading.models import Complaint, ComplaintReply, CreditDecision, Entrustment, Lot, Project, SupervisionOrder, User
from trading.portal.subjects import of, turn
from trading.steps import Step

IN_HAND = (Complaint.withdrawn_at.is_(None), Complaint.decided_at.is_(None))


@turn(Step.ADMIT_COMPLAINT)
def admit_complaint(_user: User, _now: datetime) -> Select[Any]:
    """Complaints whose admission is not decided."""
    return of(
        Complaint, *IN_HAND, Complaint.admitted_at.is_(None), Complaint.refused_at.is_(None), subject=Complaint.id
    )


@turn(Step.DECIDE_COMPLAINT)
def decide_complaint(_user: User, _now: datetime) -> Select[Any]:
    """Complaints in hand."""
    return of(Complaint, *IN_HAND, Complaint.admitted_at.is_not(None), subject=Complaint.id)


@turn(Step.PUBLISH_DECISION)
def publish_decision(_user: User, _now: datetime) -> Select[Any]:
    """Decisions that are not on the net."""
    return of(Complaint, Complaint.decided_at.is_not(None), Complaint.published_at.is_(None), subject=Complaint.id)


def mine(user: User, column: Any) -> Any:
    """Papers addressed to the person's organisation; an agency has those of the owner who entrusted it."""
    if user.role is not Role.AGENCY:
        return column == user.organization_id
    entrusted = (
        select(Project.id)
        .join(Entrustment, Entrustment.project_id == Project.id)
        .where(Entrustment.agency_id == user.organization_id, Entrustment.ended_at.is_(None))
    )
    owner = select(Project.owner_id).where(Project.id == Lot.project_id).scalar_subquery()
    return or_(column == user.organization_id, and_(Lot.project_id.in_(entrusted), column == owner))


@turn(Step.REPLY_TO_COMPLAINT)
def reply_to_complaint(user: User, _now: datetime) -> Select[Any]:
    """What this organisation was asked for."""
    return of(
        ComplaintReply, ComplaintReply.replied_at.is_(None), mine(user, ComplaintReply.organization_id),
        subject=ComplaintReply.id, due=ComplaintReply.due_at,
    )  # fmt: skip


@turn(Step.REPLY_TO_ORDER)
def reply_to_order(user: User, _now: datetime) -> Select[Any]:
    """The orders addressed to this organisation."""
    return of(
        SupervisionOrder, SupervisionOrder.closed_at.is_(None), SupervisionOrder.replied_at.is_(None),
        mine(user, SupervisionOrder.addressee_id), subject=SupervisionOrder.id, words=SupervisionOrder.number,
    )  # fmt: skip


@turn(Step.CLOSE_ORDER)
def close_order(_user: User, _now: datetime) -> Select[Any]:
    """Orders that were answered."""
    return of(
        SupervisionOrder, SupervisionOrder.closed_at.is_(None), SupervisionOrder.replied_at.is_not(None),
        subject=SupervisionOrder.id, words=SupervisionOrder.number,
    )  # fmt: skip


@turn(Step.CONFIRM_CREDIT)
def confirm_credit(user: User, _now: datetime) -> Select[Any]:
    """Decisions that somebody else entered."""
    return of(
        CreditDecision, CreditDecision.confirmed_at.is_(None), CreditDecision.entered_by_id != user.id,
        subject=CreditDecision.id, words=CreditDecision.number,
    )  # fmt: skip
