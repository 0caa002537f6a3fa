"""A timetable as its readers see it 时间表行: words for page, paper and calendar, and the same as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from trading.beijing import beijing
from trading.planning.acts import DAY
from trading.planning.checking import verdict_json
from trading.planning.timetable import Breach, Line, Timetable
from trading.rules.rule import Condition, Verdict
from trading.web.exchange import language
from trading.web.formats import day, moment


@dataclass(frozen=True)
class Row:
    """One line in the reader's language; ``notes`` say what is late, unknown or a day off."""

    line: Line
    name: str
    by: str
    state: str
    when: str
    first: str
    last: str
    notes: tuple[str, ...]

    @property
    def timed(self) -> bool:
        """Whether the hour counts."""
        return self.line.act.at_deadline or self.line.act.tick != DAY

    @property
    def why(self) -> tuple[Verdict, ...]:
        """The verdicts that set its first day."""
        return self.line.set_by

    @property
    def plain(self) -> str:
        """Everything as lines of text."""
        rules = [
            f"{one.condition.id} {_words(one.condition)} {_expected(one)} {_sources(one.condition)}" for one in self.why
        ]
        late = self.line.late_by
        if late:
            latest = _("最后一日：%(what)s", what=self.last)
            rules.append(f"{latest} · {late.id} {_words(late)} {_sources(late)}")
        return "\n".join([f"{self.name} · {self.by}", *rules, *self.notes])


def _words(condition: Condition) -> str:
    return condition.en if language() == "en" else condition.zh


def _expected(verdict: Verdict) -> str:
    finding = verdict.finding
    return finding.expected_en or finding.expected if language() == "en" else finding.expected


def _sources(condition: Condition) -> str:
    english = language() == "en"
    return _("；").join(
        (one.text_en if english else one.text) + _("（%(mark)s）", mark=one.mark.word(language()))
        for one in condition.sources
    )


def states() -> dict[str, str]:
    """The words of a line's states."""
    return {
        "given": _("已办理"), "planned": _("推算的最早日期"), "wished": _("所填日期"),
        "fitted": _("为衔接所填日期而推后"), "unknown": _("未知"),
    }  # fmt: skip


def rows_of(table: Timetable) -> list[Row]:
    """Every line of the timetable in the reader's language."""
    english, words = language() == "en", states()
    return [_row(line, english, words) for line in table.lines]


def _row(line: Line, english: bool, words: dict[str, str]) -> Row:
    act = line.act
    timed = act.at_deadline or act.tick != DAY
    when = (moment(line.at) if timed else day(line.day)) if line.at else "—"
    first = (moment(line.earliest) if timed else day(line.first_day)) if line.earliest else "—"
    state = _("如有需要") if act.only_if_needed and line.state == "planned" else words[line.state]
    return Row(
        line, act.en if english else act.zh, act.by.en if english else act.by.zh, state, when, first,
        day(line.last_day), tuple(_notes(line, english)),
    )  # fmt: skip


def _notes(line: Line, english: bool) -> list[str]:
    notes = [said(breach, english) for breach in line.breaches]
    if line.why_zh:
        notes.append(line.why_en if english else line.why_zh)
    if line.overdue:
        notes.append(_("期限已过，应立即办理"))
    if line.day is not None and line.state != "given":
        if line.working is None:
            notes.append(_("%(year)s年节假日安排尚未公布，是否工作日未知", year=line.day.year))
        elif not line.working:
            notes.append(_("当日不是工作日"))
    return notes


def said(breach: Breach, english: bool) -> str:
    """A breach in the reader's language."""
    return breach.en if english else breach.zh


def as_json(table: Timetable) -> dict[str, Any]:
    """The timetable as JSON, in both languages."""
    return {
        "law_day": table.law_day.isoformat(),
        "calendar": {"zh": table.ground.calendar.label_zh, "en": table.ground.calendar.label_en},
        "breached": bool(table.breaches or table.standing),
        "unknown": [line.act.key for line in table.lines if line.why_zh],
        "first_breach": _breach_json(*table.breaches[0]) if table.breaches else None,
        "standing": [verdict_json(one) for one in table.standing],
        "lines": [_line_json(line) for line in table.lines],
    }


def _breach_json(line: Line, breach: Breach) -> dict[str, Any]:
    condition = breach.verdict.condition.id if breach.verdict else None
    return {"act": line.act.key, "condition": condition, "zh": breach.zh, "en": breach.en}


def _iso(at: datetime | None) -> str | None:
    return beijing(at).isoformat() if at else None


def _line_json(line: Line) -> dict[str, Any]:
    act = line.act
    return {
        "act": act.key, "step": act.step.value, "zh": act.zh, "en": act.en, "by": {"zh": act.by.zh, "en": act.by.en},
        "state": line.state, "only_if_needed": act.only_if_needed, "at": _iso(line.at),
        "day": line.day.isoformat() if line.day else None, "working_day": line.working,
        "earliest": _iso(line.earliest), "first_day": line.first_day.isoformat() if line.first_day else None,
        "set_by": [verdict_json(one) for one in line.set_by],
        "last_day": line.last_day.isoformat() if line.last_day else None, "too_late": _iso(line.too_late),
        "late_by": _condition_json(line.late_by) if line.late_by else None,
        "unknown": {"zh": line.why_zh, "en": line.why_en} if line.why_zh else None,
        "breaches": [_breach_json(line, one) for one in line.breaches],
    }  # fmt: skip


def _condition_json(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.id, "severity": condition.severity.value, "zh": condition.zh, "en": condition.en,
        "sources": [{"text": one.text, "mark": one.mark.value} for one in condition.sources],
    }  # fmt: skip
