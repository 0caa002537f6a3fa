"""What an expert keeps himself 专家自行维护: leave and return, employer, past employers, relatives, interests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.admin.applying import check_history, declared
from trading.admin.inbox import deliver
from trading.beijing import at, law_date
from trading.codelists import Role
from trading.database import transaction
from trading.errors import InvalidInput, NotAllowed, NotFound, Refused, WrongStatus
from trading.models import Draw, Expert, ExpertChange, ExpertLeave, Invitation, User
from trading.models.columns import new_id

log = structlog.get_logger()
LONGEST_LEAVE = timedelta(days=366)
KEPT_BY_HIMSELF = ("phone", "employer", "employer_uscc", "employment_history", "relatives", "interests")


def expert_of(session: Session, user: User) -> Expert:
    """The expert who calls.

    Raises:
        NotAllowed: the account is an applicant's.
    """
    expert = session.get(Expert, user.expert_id) if user.expert_id else None
    if expert is None:
        raise NotAllowed("您尚未列入专家库", "You are not in the pool yet")
    return expert


def locked(session: Session, expert: Expert) -> Expert:
    """The expert, row locked, read afresh."""
    query = select(Expert).where(Expert.id == expert.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def leaves_of(session: Session, expert: Expert) -> list[ExpertLeave]:
    """The leave of an expert that was not cancelled, the latest first."""
    query = select(ExpertLeave).where(ExpertLeave.expert_id == expert.id, ExpertLeave.cancelled_at.is_(None))
    return list(session.scalars(query.order_by(ExpertLeave.first_day.desc(), ExpertLeave.id)))


def take_leave(session: Session, user: User, data: Mapping[str, Any], now: datetime) -> ExpertLeave:
    """Enter days on which the expert is not available; he is not drawn for an evaluation on one of them.

    Raises:
        InvalidInput: the days lie in the past, end before they begin, are too many, or overlap other leave.
        Refused: a seat that he was drawn for falls into the days; it is given back by the step made for that.
    """
    first, last = data["first_day"], data["last_day"]
    check_span(first, last, law_date(now))
    with transaction(session):
        expert = locked(session, expert_of(session, user))
        if any(one.first_day <= last and first <= one.last_day for one in leaves_of(session, expert)):
            raise InvalidInput.of("first_day", "与已登记的请假重叠", "It overlaps other leave of yours")
        refuse_seated(session, expert, first, last)
        leave = ExpertLeave(
            id=new_id(), expert_id=expert.id, first_day=first, last_day=last, reason=data["reason"], entered_at=now,
            entered_by_id=user.id,
        )  # fmt: skip
        session.add(leave)
    log.info("expert leave", leave=leave.id, by=user.id)
    return leave


def check_span(first: date, last: date, today: date) -> None:
    """Whether days of leave can be.

    Raises:
        InvalidInput: naming the field.
    """
    if first < today:
        raise InvalidInput.of("first_day", "请假不能从过去的日期开始", "Leave cannot begin in the past")
    if last < first:
        raise InvalidInput.of("last_day", "结束日期不能早于开始日期", "It ends before it begins")
    if last - first > LONGEST_LEAVE:
        raise InvalidInput.of("last_day", "一次请假不能超过一年", "At most one year at a time")


def refuse_seated(session: Session, expert: Expert, first: date, last: date) -> None:
    """Stop leave over an evaluation for which the expert was drawn.

    Raises:
        Refused: there is one.
    """
    held = (Invitation.expert_id == expert.id, Invitation.refused_at.is_(None), Draw.aborted_reason.is_(None))
    span = (Draw.evaluation_at >= at(first), Draw.evaluation_at < at(last + timedelta(days=1)))
    if session.scalar(select(Draw.id).join(Invitation, Invitation.draw_id == Draw.id).where(*held, *span).limit(1)):
        raise Refused(
            "drawn",
            "这段时间内有您已被抽取的评标，请先通过“拒绝或回避评标邀请”答复",
            "You were drawn for an evaluation on these days: give the seat back first",
        )


def come_back(session: Session, user: User, leave: str, now: datetime) -> None:
    """End leave early: one not begun is cancelled, one under way ends with yesterday.

    Raises:
        NotFound: the expert has no such leave.
        WrongStatus: it is over.
    """
    today = law_date(now)
    with transaction(session):
        expert = locked(session, expert_of(session, user))
        found = {one.id: one for one in leaves_of(session, expert)}.get(leave)
        if found is None:
            raise NotFound("没有这次请假", "There is no such leave")
        if found.last_day < today:
            raise WrongStatus("这次请假已经结束", "This leave is over")
        if found.first_day >= today:
            found.cancelled_at = now
        else:
            found.last_day = today - timedelta(days=1)
    log.info("expert returned", leave=leave, by=user.id)


def kept(expert: Expert) -> dict[str, Any]:
    """What an expert keeps himself, as the record of changes has it."""
    return {name: getattr(expert, name) for name in KEPT_BY_HIMSELF}


def declare(session: Session, user: User, data: Mapping[str, Any], now: datetime) -> bool:
    """Take over what an expert declares of himself; who left an employer has it among his past ones.

    Every change stays on record with what stood before. Where an organisation is taken out, supervision is told.

    Returns:
        Whether anything changed.

    Raises:
        InvalidInput: a day lies ahead.
    """
    today = law_date(now)
    check_history(data["employment_history"], today)
    with transaction(session):
        expert = locked(session, expert_of(session, user))
        before = kept(expert)
        after = {name: data[name] or "" for name in ("phone", "employer", "employer_uscc")} | declared(data)
        if before["employer_uscc"] and after["employer_uscc"] != before["employer_uscc"]:
            left = {"uscc": before["employer_uscc"], "until": today.isoformat()}
            after["employment_history"] = [*after["employment_history"], left]
        if after == before:
            return False
        for name, value in after.items():
            setattr(expert, name, value)
        session.add(
            ExpertChange(
                id=new_id(), expert_id=expert.id, what="declaration", before=before, after=after, at=now, by_id=user.id
            )
        )
        if organizations(before) - organizations(after):
            tell_supervisors(session, expert, now)
    log.info("expert declaration", expert=expert.id, by=user.id)
    return True


def organizations(declaration: Mapping[str, Any]) -> set[str]:
    """The organisations that a declaration names."""
    rows = [*declaration["employment_history"], *declaration["relatives"], *declaration["interests"]]
    return {row["uscc"] for row in rows} | {declaration["employer_uscc"]}


def tell_supervisors(session: Session, expert: Expert, now: datetime) -> None:
    """Deliver to supervision that an expert took an organisation out of what he declared."""
    supervisors = session.scalars(select(User.id).where(User.role == Role.SUPERVISOR, User.active)).all()
    deliver(
        session, now,
        ("专家删减利害关系申报", f"专家（编号 {expert.pool_number}）从申报中删去了单位，前后内容见专家库变更记录。"),
        ("A declaration was shortened", f"Expert {expert.pool_number} took an organisation out of his declaration."),
        users=supervisors,
    )  # fmt: skip
