"""Alarms 预警: answered by those they concern, closed by the supervisor with a reason, never deleted."""

from __future__ import annotations

from sqlalchemy import select

from trading.codelists import Role
from trading.errors import NotFound, Refused
from trading.models import Alarm
from trading.steps import Step
from trading.workflow.alarms import answerers
from trading.workflow.concerned import tell_owner
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


def alarm_of(taking: Taking) -> Alarm:
    """The alarm that the step is about.

    Raises:
        NotFound: this lot has no such alarm.
        Refused: it is closed.
    """
    query = select(Alarm).where(Alarm.id == taking.subject, Alarm.lot_id == taking.lot.id)
    alarm = taking.session.scalar(query)
    if alarm is None:
        raise NotFound("没有这条预警", "There is no such alarm")
    if alarm.closed_at is not None:
        raise Refused("alarm_closed", "该预警已销号", "This alarm is closed")
    return alarm


@effect(Step.ANSWER_ALARM)
def answer_alarm(taking: Taking) -> None:
    """Say what is being done about an alarm; a later answer replaces an earlier one, both stay in the record.

    Raises:
        Refused: somebody else answers for it.
    """
    alarm = alarm_of(taking)
    if taking.actor is None or taking.actor.role not in answerers(alarm.responsible):
        who = alarm.responsible
        raise Refused("not_responsible", f"该预警由{who.zh}答复", f"This alarm is to be answered by: {who.en}")
    alarm.response, alarm.responded_at, alarm.responded_by_id = taking.data["response"], taking.now, taking.actor_id
    body = {"alarm": alarm.id, "condition": alarm.condition, "response": taking.data["response"]}
    taking.record("alarm.answered", body)
    name = taking.lot.name
    taking.tell_role(
        Role.SUPERVISOR,
        ("预警已答复", f"“{name}”的预警{alarm.condition}已答复：{taking.data['response']}"),
        ("Alarm answered", f"“{name}”: alarm {alarm.condition} was answered: {taking.data['response']}"),
    )


@effect(Step.CLOSE_ALARM)
def close_alarm(taking: Taking) -> None:
    """The supervisor closes an alarm and says why."""
    alarm = alarm_of(taking)
    refuse_same_person(taking.session, taking.actor, [alarm.responded_by_id])
    alarm.closed_at, alarm.closed_by_id, alarm.closing_reason = taking.now, taking.actor_id, taking.data["reason"]
    body = {"alarm": alarm.id, "condition": alarm.condition, "reason": taking.data["reason"]}
    taking.record("alarm.closed", body)
    name = taking.lot.name
    tell_owner(
        taking,
        ("预警已销号", f"“{name}”的预警{alarm.condition}已销号：{taking.data['reason']}"),
        ("Alarm closed", f"“{name}”: alarm {alarm.condition} was closed: {taking.data['reason']}"),
    )
