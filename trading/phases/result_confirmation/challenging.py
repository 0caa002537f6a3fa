"""Inquiry and challenge 询问与质疑: a supplier asks or challenges, the buyer answers in working days (CG 51-53)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import day_zh, end_moment, law_date
from trading.codelists import ChallengeTarget
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Bid, Challenge, Holder, Lot
from trading.steps import Step
from trading.workflow.calendars import calendar_in_force
from trading.workflow.concerned import tell_owner
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person

WAITING = {
    ChallengeTarget.INQUIRY: "gp_inquiry_answer_wd",
    ChallengeTarget.DOCUMENTS: "gp_challenge_answer_wd",
    ChallengeTarget.PROCESS: "gp_challenge_answer_wd",
    ChallengeTarget.RESULT: "gp_challenge_answer_wd",
}


def known_by(lot: Lot, target: ChallengeTarget, given: date | None) -> date | None:
    """The day from which the time of a challenge runs (D94 10, CGT 53).

    The documents: when they were taken, at the latest the end of their offer; the result: the end of its notice; the
    process: when each step ended, which the supplier says.
    """
    match target:
        case ChallengeTarget.DOCUMENTS:
            until = lot.documents_until or lot.bid_deadline
            return given or (law_date(until) if until else None)
        case ChallengeTarget.RESULT:
            return law_date(lot.publicity_until) if lot.publicity_until else None
        case ChallengeTarget.PROCESS:
            return given
        case _:
            return None


def takes_part(session: Session, lot: Lot, organization: str) -> bool:
    """Whether somebody took the documents or bid: only he may challenge (D94 11)."""
    for model in (Holder, Bid):
        query = select(model.id).where(model.lot_id == lot.id, model.organization_id == organization)
        if session.scalar(query.limit(1)) is not None:
            return True
    return False


@effect(Step.CHALLENGE)
def challenge(taking: Taking) -> None:
    """A supplier asks or challenges; a challenge to the result holds up the signing while it may change it (CGT 54)."""
    session, lot, data = taking.session, taking.lot, taking.data
    target: ChallengeTarget = data["target"]
    if target is not ChallengeTarget.INQUIRY and not takes_part(session, lot, taking.organization_id):
        raise Refused("no_part", "未获取采购文件或者未参加本项目的，不能提出质疑", "Only who takes part may challenge")
    if target is ChallengeTarget.RESULT and lot.awarded_at is None:
        raise Refused("no_result", "采购结果尚未公告", "The result is not published yet")
    known = known_by(lot, target, data["known_on"])
    if target is ChallengeTarget.PROCESS and known is None:
        raise InvalidInput.of("known_on", "请填写知道权益受到损害的日期", "Say since when you know")
    calendar = calendar_in_force(session, taking.calendar)
    last = None if known is None else calendar.end_of_working_days(known, int(taking.values["gp_challenge_wd"]))
    in_time = last is None or taking.today <= last
    if not in_time:
        assert last is not None
        raise Refused("late", f"质疑期已于{day_zh(last)}届满", f"The time to challenge ended on {last}")
    due = calendar.end_of_working_days(taking.today, int(taking.values[WAITING[target]]))
    session.add(
        Challenge(
            lot_id=lot.id, organization_id=taking.organization_id, target=target, text=data["text"], known_on=known,
            raised_at=taking.now, raised_by_id=taking.actor_id, due_at=end_moment(due), in_time=in_time,
            suspends_signing=target is ChallengeTarget.RESULT,
        )
    )  # fmt: skip
    taking.receipt["answer_due"] = due.isoformat()
    tell_owner(
        taking,
        ("收到询问（质疑）", f"“{lot.name}”收到{target.zh}，请在{day_zh(due)}前书面答复。"),
        ("Inquiry or challenge", f"“{lot.name}”: {target.en}; please answer by {due}."),
    )


def open_challenge(session: Session, lot: Lot) -> datetime | None:
    """When an unanswered challenge to the result was raised that holds up the signing; None where there is none."""
    query = select(Challenge.raised_at).where(
        Challenge.lot_id == lot.id, Challenge.suspends_signing, Challenge.answered_at.is_(None)
    )
    return session.scalar(query.limit(1))


@effect(Step.ANSWER_CHALLENGE)
def answer_challenge(taking: Taking) -> None:
    """The buyer or its agency answers in writing; a changed result is reported to the finance department (D94 16)."""
    found = taking.session.scalar(
        select(Challenge).where(Challenge.id == taking.subject, Challenge.lot_id == taking.lot.id)
    )
    if found is None:
        raise NotFound("没有这份询问或者质疑", "There is no such inquiry or challenge")
    if found.answered_at is not None:
        raise Refused("answered", "已经答复", "It is answered already")
    refuse_same_person(taking.session, taking.actor, [found.raised_by_id])
    data = taking.data
    found.answer, found.upheld, found.result_changed = data["answer"], data["upheld"], data["result_changed"]
    found.reported_to_finance = data["reported_to_finance"]
    found.answered_at, found.answered_by_id = taking.now, taking.actor_id
    taking.record("objection.challenge_answered", {"target": found.target.value, "upheld": bool(found.upheld)})
    taking.tell(
        ("询问（质疑）答复", f"“{taking.lot.name}”{found.target.zh}的答复：{found.answer}"),
        ("Answer", f"“{taking.lot.name}”, {found.target.en}: {found.answer}"),
        organizations=[found.organization_id],
    )
