"""What the rules say of a lot as if today were another day 假设核对: asked, never written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import beijing
from trading.codelists import Status
from trading.errors import NotFound
from trading.models import Lot
from trading.rules import blocking, guarding, judge
from trading.rules.rule import Verdict
from trading.steps import Step
from trading.workflow.facts import RecordCase
from trading.workflow.taking import Tools
from trading.workflow.transitions import BY_STEP


@dataclass(frozen=True)
class Checked:
    """What the conditions of one step say; ``open`` is whether the lot's status allows the step."""

    step: Step
    open: bool
    verdicts: tuple[Verdict, ...]

    @property
    def in_the_way(self) -> list[Verdict]:
        """The conditions that stand in the way: failed or unknown, and blocking."""
        return blocking(self.verdicts)


@dataclass(frozen=True)
class Check:
    """The answer for one lot on one moment."""

    code: str
    status: Status
    at: datetime
    law_day: Any
    steps: tuple[Checked, ...]


def check(session: Session, code: str, moment: datetime, tools: Tools, step: Step | None = None) -> Check:
    """Ask the conditions of the lot ``code`` as if it were ``moment``; nothing is written.

    Arguments:
        step: the step asked about; without one, every step that is open at the lot's status.

    Raises:
        NotFound: there is no such lot.
    """
    with session.no_autoflush:
        lot = session.scalar(select(Lot).where(Lot.code == code))
        if lot is None:
            raise NotFound("没有这个标段", "There is no such lot")
        wanted = (
            [step] if step else [row.step for row in BY_STEP.values() if lot.status in row.at and guarding(row.step)]
        )
        steps = tuple(_asked(session, lot, one, moment, tools) for one in wanted)
        answer = Check(lot.code, lot.status, moment, tools.law_day(lot, moment), steps)
    session.rollback()
    return answer


def _asked(session: Session, lot: Lot, step: Step, moment: datetime, tools: Tools) -> Checked:
    case = RecordCase(session, lot, moment, tools, step=step)
    return Checked(step, lot.status in BY_STEP[step].at, tuple(judge(guarding(step), case)))


def as_json(answer: Check) -> dict[str, Any]:
    """The answer as JSON."""
    return {
        "lot": answer.code, "status": answer.status.value, "as_if": beijing(answer.at).isoformat(),
        "law_day": answer.law_day.isoformat(),
        "steps": [
            {
                "step": one.step.value, "open": one.open,
                "in_the_way": [verdict.condition.id for verdict in one.in_the_way],
                "verdicts": [verdict_json(verdict) for verdict in one.verdicts],
            }
            for one in answer.steps
        ],
    }  # fmt: skip


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """One verdict with its source, in both languages."""
    condition, finding = verdict.condition, verdict.finding
    return {
        "id": condition.id, "severity": verdict.severity.value, "verdict": verdict.answer.value,
        "in_the_way": verdict.stands_in_the_way, "zh": condition.zh, "en": condition.en,
        "expected": finding.expected, "actual": finding.actual,
        "expected_en": finding.expected_en, "actual_en": finding.actual_en,
        "sources": [{"text": one.text, "mark": one.mark.value} for one in condition.sources],
    }  # fmt: skip


def as_text(answer: Check) -> str:
    """The answer as lines for a terminal."""
    lines = [
        f"{answer.code} {answer.status.zh} {answer.status.en} · 假设 as if {beijing(answer.at):%Y-%m-%d %H:%M} · "
        f"适用 law of {answer.law_day}"
    ]  # fmt: skip
    for one in answer.steps:
        lines += ["", f"== {one.step.value} {one.step.zh}"]
        if not one.open:
            lines.append(f"   现状态不能办理 not open at {answer.status.value}")
        lines += [line for verdict in one.verdicts for line in _lines(verdict)]
        way = "、".join(verdict.condition.id for verdict in one.in_the_way)
        lines.append(f"   → 障碍 in the way: {way or '无 none'}")
    if not answer.steps:
        lines.append("没有可办理的环节 no step is open")
    return "\n".join(lines)


def _lines(verdict: Verdict) -> list[str]:
    condition, finding = verdict.condition, verdict.finding
    sources = "；".join(f"{one.text}（{one.mark.value}）" for one in condition.sources)
    found = "，".join(part for part in (f"应当{finding.expected}" if finding.expected else "", finding.actual) if part)
    return [
        f"   {verdict.answer.zh:<4} {condition.id:<8} {verdict.severity.value} {condition.zh}",
        f"        {found or '—'} · {sources}",
    ]
