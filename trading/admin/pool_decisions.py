"""Decisions about experts of the pool 暂停、恢复、移出: with reasons, notice, objection, and an answer by others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.admin.applying import refuse_own
from trading.admin.expert_desk import expert_of, locked
from trading.admin.inbox import deliver
from trading.beijing import law_date
from trading.codelists import Pool, PoolAct, Role
from trading.database import transaction
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Expert, ExpertDecision, Invitation, User
from trading.models.columns import new_id
from trading.sealing.files import FileStore
from trading.workflow.who import refuse_same_person

log = structlog.get_logger()
AGAINST_HIM = (PoolAct.SUSPEND, PoolAct.REMOVE)


def decisions_of(session: Session, expert: Expert) -> list[ExpertDecision]:
    """The decisions about an expert, the newest first."""
    query = select(ExpertDecision).where(ExpertDecision.expert_id == expert.id)
    return list(session.scalars(query.order_by(ExpertDecision.decided_at.desc(), ExpertDecision.id)))


def decide(
    session: Session, files: FileStore, by: User, expert: Expert, data: Mapping[str, Any], now: datetime
) -> ExpertDecision:
    """Suspend, restore or remove an expert; he is told the reasons and how he may object.

    Arguments:
        data: ``act``, ``reason``, ``basis``, ``number`` of the paper, ``until`` (last day of a suspension), ``files``.

    Raises:
        Refused: about oneself or a colleague; of the province's pool removes its owner alone; nothing to restore.
        InvalidInput: a suspension without its last day, or one that is over.
    """
    act, until = data["act"], data["until"] if data["act"] is PoolAct.SUSPEND else None
    check_until(act, until, law_date(now))
    papers = [
        {"name": one.name, "sha256": files.put(one.data), "size": len(one.data), "type": one.media_type}
        for one in data["files"]
    ]
    with transaction(session):
        kept = locked(session, expert)
        refuse_own(by, kept.identity_number, kept.employer_uscc)
        carry_out(kept, act, until, law_date(now))
        decision = ExpertDecision(
            id=new_id(), expert_id=kept.id, act=act, reason=data["reason"], basis=data["basis"],
            number=data["number"] or "", until=until, files=papers, decided_at=now, decided_by_id=by.id,
        )  # fmt: skip
        session.add(decision)
        tell_expert(session, kept, decision, now)
        tell_of_seats(session, kept, act, now)
    log.info("expert decision", expert=kept.id, act=act.value, by=by.id)
    return decision


def check_until(act: PoolAct, until: date | None, today: date) -> None:
    """Whether a suspension has a last day that is not over.

    Raises:
        InvalidInput: it has not.
    """
    if act is PoolAct.SUSPEND and (until is None or until < today):
        raise InvalidInput.of("until", "暂停应当写明今日或者以后的截止日期", "A suspension names a last day to come")


def carry_out(expert: Expert, act: PoolAct, until: date | None, today: date) -> None:
    """Do to the record what was decided.

    Raises:
        Refused: it cannot be.
    """
    if expert.removed_on is not None:
        raise Refused("removed", "该专家已被移出名录", "The expert is removed from the list")
    match act:
        case PoolAct.SUSPEND:
            expert.suspended_until = until
        case PoolAct.RESTORE:
            if expert.suspended_until is None or expert.suspended_until < today:
                raise Refused("not_suspended", "该专家未处于暂停期间", "The expert is not suspended")
            expert.suspended_until = None
        case PoolAct.REMOVE:
            if expert.pool is not Pool.COUNTY:
                raise Refused(
                    "provincial",
                    "省级评标专家库的专家由组建单位移出；请登记考评处理决定并送组建单位",
                    "Of the provincial pool removes its owner alone: record the measure and send it there",
                )
            expert.active, expert.removed_on = False, today


def tell_expert(session: Session, expert: Expert, decision: ExpertDecision, now: datetime) -> None:
    """Deliver a decision to the expert's account."""
    until_zh = f"，至{decision.until}" if decision.until else ""
    until_en = f" until {decision.until}" if decision.until else ""
    zh = f"决定：{decision.act.zh}{until_zh}。\n理由：{decision.reason}\n依据：{decision.basis}"
    en = f"Decision: {decision.act.en}{until_en}.\nReasons: {decision.reason}\nBasis: {decision.basis}"
    if decision.act in AGAINST_HIM:
        zh += "\n对决定有异议的，可以在规定期限内在“我的专家页”提出，由监管机构另行答复。"
        en += "\nYou may object on your page within the time allowed; the supervisor answers."
    deliver(session, now, ("专家库处理决定", zh), ("A decision about you", en), users=accounts(session, expert))


def accounts(session: Session, expert: Expert) -> list[str]:
    """The accounts of an expert."""
    return list(session.scalars(select(User.id).where(User.expert_id == expert.id)))


def tell_of_seats(session: Session, expert: Expert, act: PoolAct, now: datetime) -> None:
    """Tell supervision, without a name, where somebody who was drawn may not sit any more."""
    held = (Invitation.expert_id == expert.id, Invitation.refused_at.is_(None), Invitation.checked_in_at.is_(None))
    if act not in AGAINST_HIM or session.scalar(select(func.count()).select_from(Invitation).where(*held)) == 0:
        return
    supervisors = session.scalars(select(User.id).where(User.role == Role.SUPERVISOR, User.active)).all()
    deliver(
        session, now,
        ("核对抽取席位", "一名专家被暂停或者移出；如有其尚未评标的席位，请在抽取页面记录并补抽。"),
        ("Check the drawn seats", "An expert was suspended or removed: record seats of his not yet taken and redraw."),
        users=supervisors,
    )  # fmt: skip


def own_decision(session: Session, user: User, decision: str) -> ExpertDecision:
    """The decision of this id about the expert who calls.

    Raises:
        NotFound: there is none.
    """
    found = session.get(ExpertDecision, decision)
    if found is None or found.expert_id != expert_of(session, user).id:
        raise NotFound("没有这件决定", "There is no such decision")
    return found


def object_to(session: Session, user: User, decision: str, text: str, days: int, now: datetime) -> None:
    """The expert objects; supervision is told.

    Arguments:
        days: how many days he has, from the day of the decision (values.toml ``expert_objection_days``).

    Raises:
        NotFound: no such decision about him.
        Refused: it is not against him, he objected already, or his time is over.
    """
    with transaction(session):
        locked(session, expert_of(session, user))
        kept = own_decision(session, user, decision)
        if kept.act not in AGAINST_HIM:
            raise Refused("favourable", "该决定对您有利，无需异议", "This decision is in your favour")
        if kept.objection is not None:
            raise Refused("objected", "您已提出异议", "You have objected already")
        if law_date(now) > law_date(kept.decided_at) + timedelta(days=days):
            raise Refused("late", f"已超过{days}日的异议期限", f"The {days} days for objections are over")
        kept.objection, kept.objected_at = text, now
        supervisors = session.scalars(select(User.id).where(User.role == Role.SUPERVISOR, User.active)).all()
        deliver(
            session, now, ("专家对处理决定的异议", "有专家对处理决定提出异议，请在“专家库”中答复。"),
            ("An expert objects", "An expert objects to a decision about him; please answer it."), users=supervisors,
        )  # fmt: skip
    log.info("expert objection", decision=decision, by=user.id)


def open_objections(session: Session) -> list[ExpertDecision]:
    """The objections that nobody has answered, the oldest first."""
    query = select(ExpertDecision).where(ExpertDecision.objection.is_not(None), ExpertDecision.answer.is_(None))
    return list(session.scalars(query.order_by(ExpertDecision.objected_at, ExpertDecision.id)))


def find_decision(session: Session, decision: str) -> ExpertDecision:
    """The decision of this id.

    Raises:
        NotFound: there is none.
    """
    found = session.get(ExpertDecision, decision)
    if found is None:
        raise NotFound("没有这件决定", "There is no such decision")
    return found


def answer(session: Session, by: User, decision: ExpertDecision, verdict: tuple[bool, str], now: datetime) -> None:
    """The supervisor's answer to an objection: the decision stands, or is undone at once; the expert is told.

    Arguments:
        verdict: whether it is undone, and why.

    Raises:
        Refused: there is no open objection, or whoever decided answers himself.
    """
    overturned, text = verdict
    with transaction(session):
        expert = locked(session, session.get_one(Expert, decision.expert_id))
        session.refresh(decision)
        if decision.objection is None or decision.answer is not None:
            raise Refused("no_objection", "没有待答复的异议", "No objection waits for an answer")
        refuse_same_person(session, by, [decision.decided_by_id])
        refuse_own(by, expert.identity_number, expert.employer_uscc)
        decision.answer, decision.overturned = text, overturned
        decision.answered_at, decision.answered_by_id = now, by.id
        if overturned:
            undo(session, expert, decision)
        zh = "异议成立，原决定撤销。" if overturned else "异议不成立，维持原决定。"
        en = "Your objection is upheld: the decision is undone." if overturned else "Your objection is dismissed."
        deliver(
            session, now, ("异议答复", f"{zh}\n理由：{text}"), ("Your objection is answered", f"{en}\nReasons: {text}"),
            users=accounts(session, expert),
        )  # fmt: skip
    log.info("expert objection answered", decision=decision.id, by=by.id, overturned=overturned)


def undo(session: Session, expert: Expert, decision: ExpertDecision) -> None:
    """Take back what a decision did, unless a later one stands in its place."""
    later: Iterable[ExpertDecision] = (
        one for one in decisions_of(session, expert) if one.decided_at > decision.decided_at
    )
    if decision.act is PoolAct.REMOVE:
        expert.active, expert.removed_on = True, None
    elif not any(one.act is PoolAct.SUSPEND and not one.overturned for one in later):
        expert.suspended_until = None
