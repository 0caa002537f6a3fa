"""More time to evaluate 延长评标时间: asked for by members, given when more than a third ask (R12.C13)."""

from __future__ import annotations

from trading.beijing import beijing
from trading.errors import InvalidInput, Refused
from trading.models import EvaluationExtension
from trading.phases.process_supervision.evaluation.committee_room import chair, member_users, own_seat, void_draft
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.evaluation_record import members_of
from trading.workflow.inquiry_record import asking_for_time, extensions_of, planned_end
from trading.workflow.taking import Taking, effect


@effect(Step.ASK_MORE_TIME)
def ask_more_time(taking: Taking) -> None:
    """A member says that the time is too short; the others learn that somebody did, and not who."""
    member = own_seat(taking)
    members, extensions = members_of(taking.session, taking.lot), extensions_of(taking.session, taking.lot)
    if member.more_time_asked_at is not None and asking_for_time([member], extensions):
        raise Refused("asked", "您已提出延长要求", "You have asked already")
    void_draft(taking)
    member.more_time_asked_at = taking.now
    taking.session.flush()
    taking.record("evaluation.time_short", {"asked": asking_for_time(members, extensions), "members": len(members)})


@effect(Step.EXTEND_EVALUATION)
def extend_evaluation(taking: Taking) -> None:
    """The chair moves the planned end, once more than a third of the members asked for it (ZTBT 48).

    Raises:
        Refused: not more than a third ask.
        InvalidInput: the new end is no later one.
    """
    chair(taking)
    members, extensions = members_of(taking.session, taking.lot), extensions_of(taking.session, taking.lot)
    asked = asking_for_time(members, extensions)
    if 3 * asked <= len(members):
        raise Refused(
            "few_ask", "要求延长的成员未超过三分之一", "Not more than a third of the members ask for more time"
        )
    before, ends = planned_end(taking.session, taking.lot, taking.values), taking.data["ends_at"]
    if ends <= taking.now or (before is not None and ends <= before):
        raise InvalidInput.of("ends_at", "应晚于现在和原定结束时间", "Later than now and than the end planned so far")
    taking.session.add(
        EvaluationExtension(
            lot_id=taking.lot.id, asked=asked, members=len(members), before=before, ends_at=ends,
            reason=taking.data["reason"], extended_at=taking.now, extended_by_id=taking.actor_id,
        )
    )  # fmt: skip
    until = f"{beijing(ends):%Y-%m-%d %H:%M}"
    taking.record("evaluation.extended", {"asked": asked, "members": len(members), "until": until})
    zh = ("评标时间已延长", f"“{taking.lot.name}”评标时间延长至北京时间 {until}。")
    en = ("Evaluation extended", f"The evaluation of “{taking.lot.name}” is extended to {until} Beijing time.")
    taking.tell(zh, en, users=member_users(taking))
    tell_owner(taking, zh, en)
    taking.receipt["until"] = beijing(ends).isoformat()
