"""How an expert stands on a day 专家在库状态: on leave, trained, suspended, removed; read from the pool."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import Code, Pool
from trading.models import Expert, ExpertLeave, ExpertTraining
from trading.working_days import add_months


class Standing(Code):
    """How an expert stands in the pool."""

    ACTIVE = "active", "在库，可以抽取", "Active, may be drawn"
    ON_LEAVE = "on_leave", "请假中", "On leave"
    SUSPENDED = "suspended", "暂停参加评标", "Suspended"
    UNTRAINED = "untrained", "培训学时不足，暂不抽取", "Short of training, not drawn"
    REMOVED = "removed", "已移出名录", "Removed"


class Training(NamedTuple):
    """What training is asked: ``hours`` within the ``months`` before a day (county rule)."""

    hours: int
    months: int


def on_leave(session: Session, day: date) -> frozenset[str]:
    """The ids of the experts who are on leave on ``day``."""
    away = (ExpertLeave.first_day <= day, ExpertLeave.last_day >= day, ExpertLeave.cancelled_at.is_(None))
    return frozenset(session.scalars(select(ExpertLeave.expert_id).where(*away)))


def hours_of(session: Session, expert: Expert, day: date, asked: Training) -> int:
    """The hours of training of an expert within the period that ends on ``day``."""
    since = add_months(day, -asked.months)
    held = (ExpertTraining.held_on > since, ExpertTraining.held_on <= day)
    total = select(func.sum(ExpertTraining.hours)).where(ExpertTraining.expert_id == expert.id, *held)
    return int(session.scalar(total) or 0)


def untrained(session: Session, day: date, asked: Training) -> frozenset[str]:
    """The ids of the county's experts who lack training on ``day``; the first period after admission asks none."""
    since = add_months(day, -asked.months)
    held = (ExpertTraining.held_on > since, ExpertTraining.held_on <= day)
    hours = func.coalesce(func.sum(ExpertTraining.hours), 0)
    query = (
        select(Expert.id, Expert.imported_at, hours)
        .outerjoin(ExpertTraining, (ExpertTraining.expert_id == Expert.id) & held[0] & held[1])
        .where(Expert.pool == Pool.COUNTY)
        .group_by(Expert.id, Expert.imported_at)
    )
    return frozenset(
        id_ for id_, admitted, total in session.execute(query) if total < asked.hours and law_date(admitted) <= since
    )


def standing_of(session: Session, expert: Expert, day: date, asked: Training) -> Standing:
    """How one expert stands on ``day``; the gravest is told."""
    if expert.removed_on is not None or not expert.active:
        return Standing.REMOVED
    if expert.suspended_until is not None and expert.suspended_until >= day:
        return Standing.SUSPENDED
    if expert.id in on_leave(session, day):
        return Standing.ON_LEAVE
    short = expert.pool is Pool.COUNTY and expert.id in untrained(session, day, asked)
    return Standing.UNTRAINED if short else Standing.ACTIVE
