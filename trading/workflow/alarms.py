"""Alarms 预警: opened once for a lot, a condition and what it is about; answered and closed by people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Answer, Role, Severity
from trading.models import Alarm, Lot
from trading.rules import CONDITIONS
from trading.rules.rule import Finding, Verdict
from trading.steps import Step
from trading.workflow.taking import Taking
from trading.workflow.transitions import BY_STEP, PROCEDURE

LONGEST = 200
RAISED = "alarm.raised"
ANSWERING = BY_STEP[Step.ANSWER_ALARM].roles
Recorder = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True)
class Cause:
    """Why an alarm is opened: the condition, its severity here, what it found, and what of the lot it is about.

    ``about`` is the id of a record, the name of a threshold or the day of a deadline, "" for the lot itself;
    ``responsible`` who answers for it, where that is not the one who takes the step; ``due_at`` what was missed.
    """

    condition: str
    severity: Severity
    finding: Finding
    about: str = ""
    responsible: Role | None = None
    due_at: datetime | None = None


def answers_for(condition: str) -> Role:
    """Who answers for a condition: whoever takes the first step that it guards; the owner where no such one can.

    The owner decides and is the responsible party (rulebook 0.6) wherever a committee or a bidder takes the step.
    """
    steps = CONDITIONS[condition].steps if condition in CONDITIONS else frozenset()
    roles = (party.role for row in PROCEDURE if row.step in steps for party in row.by)
    return next((role for role in roles if role is not Role.AGENCY and role in ANSWERING), Role.OWNER)


def answerers(responsible: Role) -> frozenset[Role]:
    """The roles that may answer an alarm for which ``responsible`` answers: an agency acts for its owner (ZTB 15)."""
    owners = frozenset({Role.OWNER, Role.AGENCY})
    return owners if responsible in owners else frozenset({responsible})


def raise_alarm(session: Session, lot: Lot, cause: Cause, now: datetime, record: Recorder) -> Alarm | None:
    """Open an alarm unless this one was ever opened; an alarm that was closed is not opened again.

    Arguments:
        now: the moment of the step or of the deadline watch.
        record: how the entry gets into the lot's chain: the step's, or the engine's where there is no step.

    Returns:
        The new alarm, or None where there is one already.
    """
    same = (Alarm.lot_id == lot.id, Alarm.condition == cause.condition, Alarm.about == cause.about)
    if session.scalar(select(Alarm.id).where(*same)) is not None:
        return None
    found = cause.finding
    alarm = Alarm(
        lot_id=lot.id, condition=cause.condition, about=cause.about, severity=cause.severity,
        expected=shortened(found.expected), actual=shortened(found.actual),
        expected_en=shortened(found.expected_en), actual_en=shortened(found.actual_en), raised_at=now,
        responsible=cause.responsible or answers_for(cause.condition), due_at=cause.due_at,
    )  # fmt: skip
    session.add(alarm)
    session.flush()
    record(RAISED, {"condition": cause.condition, "severity": cause.severity.value, "about": cause.about})
    return alarm


def shortened(text: str) -> str:
    """``text`` cut to what an alarm keeps."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def raise_in_step(taking: Taking, cause: Cause) -> None:
    """Open an alarm in the step being taken; the machine is its author, not the person."""
    raise_alarm(taking.session, taking.lot, cause, taking.now, lambda kind, body: taking.record(kind, body, "system"))


def missed(taking: Taking, condition: str) -> bool:
    """Whether the deadline watch opened an alarm for this condition of the lot."""
    mine = (Alarm.lot_id == taking.lot.id, Alarm.condition == condition, Alarm.due_at.is_not(None))
    return taking.session.scalar(select(Alarm.id).where(*mine).limit(1)) is not None


def raise_failed(taking: Taking, verdicts: list[Verdict]) -> None:
    """Open an alarm for every red or amber condition that the step fails (rulebook 0.5).

    What the deadline watch has told already is not told again when the act is done late.
    """
    for verdict in verdicts:
        condition = verdict.condition
        if verdict.answer is Answer.FAILED and verdict.severity in (Severity.RED, Severity.AMBER):
            if condition.due is not None and missed(taking, condition.id):
                continue
            level = verdict.finding.severity
            raise_in_step(
                taking, Cause(condition.id, verdict.severity, verdict.finding, f"level-{level.value}" if level else "")
            )
