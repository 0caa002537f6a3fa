"""The whole compliant timetable 合规时间表: each act's first and last lawful day, with the rule that sets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain

from trading.beijing import at, end_moment, law_date
from trading.planning.acts import ACTS, BY_KEY, DAY, Act
from trading.planning.course import OFFICE, Casting, Ground, Scheme
from trading.planning.searching import First, Last, Unknowable, due_of, failing, first_lawful, last_lawful, made, ticks
from trading.rules import CONDITIONS, guarding
from trading.rules.case import Case
from trading.rules.rule import Condition, Verdict, failed
from trading.working_days import UnknownYear, add_days

Wishes = Mapping[str, date]
Given = Mapping[str, datetime | None]
NOTHING: Wishes = {}
NOT_BEGUN: Given = {}


@dataclass(frozen=True)
class Breach:
    """Why a wished day cannot be kept: a condition's verdict, or the order of the procedure (None)."""

    zh: str
    en: str
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Line:
    """One act of the timetable.

    Attributes:
        state: given (it has happened), planned (its first lawful moment), wished (the day asked for) or unknown.
        at: when it is or would be; None where that is unknown.
        earliest: its first lawful moment; ``set_by`` are the conditions that keep it from being earlier.
        too_late: the first instant that is too late; ``late_by`` is the condition that says so.
        standing: conditions that fail on whatever day.
        why_zh, why_en: why something of it is unknown.
        working: whether its day is a working day; None where the year's notice is not known.
    """

    act: Act
    state: str
    at: datetime | None = None
    earliest: datetime | None = None
    set_by: tuple[Verdict, ...] = ()
    too_late: datetime | None = None
    late_by: Condition | None = None
    breaches: tuple[Breach, ...] = ()
    standing: tuple[Verdict, ...] = ()
    why_zh: str = ""
    why_en: str = ""
    working: bool | None = None

    @property
    def day(self) -> date | None:
        """The day on which it is."""
        if self.at is None:
            return None
        return law_date(self.at - timedelta(microseconds=1)) if self.act.day_end else law_date(self.at)

    @property
    def first_day(self) -> date | None:
        """The first day on which it may be."""
        if self.earliest is None:
            return None
        return law_date(self.earliest - timedelta(microseconds=1)) if self.act.day_end else law_date(self.earliest)

    @property
    def overdue(self) -> bool:
        """Whether what is still to be done is late already, at its first moment."""
        return self.state == "planned" and bool(self.at and self.too_late and self.at >= self.too_late)

    @property
    def last_day(self) -> date | None:
        """The last day on which it is in time."""
        return law_date(self.too_late - timedelta(microseconds=1)) if self.too_late else None


@dataclass(frozen=True)
class Timetable:
    """The lines in the order of the procedure, and what stands in the way of the wished days."""

    scheme: Scheme
    ground: Ground
    lines: tuple[Line, ...]

    @property
    def breaches(self) -> tuple[tuple[Line, Breach], ...]:
        """Every breach with its line, the first in the order of the procedure first."""
        return tuple((line, breach) for line in self.lines for breach in line.breaches)

    @property
    def standing(self) -> tuple[Verdict, ...]:
        """What no waiting mends, each condition once."""
        return tuple({one.condition.id: one for line in self.lines for one in line.standing}.values())

    @property
    def law_day(self) -> date:
        """The day whose numbers were used."""
        return law_date(self.ground.law_on)

    def line(self, key: str) -> Line:
        """The line of one act."""
        return next(line for line in self.lines if line.act.key == key)


class Planner:
    """Goes through the procedure once, act after act; what has happened is given, the rest is reckoned.

    Arguments:
        given: the moments of what has happened; None where only that it has is known.
    """

    def __init__(self, scheme: Scheme, ground: Ground, wishes: Wishes = NOTHING, given: Given = NOT_BEGUN) -> None:
        self.scheme = scheme
        self.ground = ground
        self.casting = Casting(scheme, ground)
        self.wishes = wishes
        self.given = given
        self.course = {key: moment for key, moment in given.items() if moment is not None}

    def timetable(self) -> Timetable:
        """All lines."""
        return Timetable(self.scheme, self.ground, tuple(self.lines()))

    def lines(self) -> Iterator[Line]:
        """The lines in order; each act is put into the course before the next is looked at."""
        for act in ACTS:
            line = self._line(act)
            if line.at is not None:
                line = replace(line, working=self._works(line))
                self.course.setdefault(act.key, line.at)
            yield line

    def _works(self, line: Line) -> bool | None:
        try:
            return self.ground.calendar.is_working_day(line.day) if line.day else None
        except UnknownYear:
            return None

    def _line(self, act: Act) -> Line:
        if act.key in self.given:
            return Line(act, "given", self.given[act.key])
        start = self._start(act)
        if start is None:
            return self._cannot(act)
        try:
            found = first_lawful(guarding(act.step), self._candidates(act, start), self._case_with(act))
        except Unknowable as unknowable:
            return Line(act, "unknown", **_year(unknowable))
        line = Line(act, "planned", found.at, found.at, found.setters, standing=found.standing)
        line = self._with_last(line, start)
        if act.only_if_needed:
            return replace(line, at=None, standing=())
        return self._as_wished(line, start, found) if act.key in self.wishes else line

    def _start(self, act: Act) -> datetime | None:
        """The moment before which the act cannot be; None where that is not known."""
        if act.after is None:
            return self.ground.not_before
        happened = self.ground.not_before if act.after in self.given else None
        before = self.course.get(act.after, happened)
        if before is None or any(one not in self.course for one in act.needs):
            return None
        if act.awaits:
            days = getattr(self.scheme, act.awaits)
            if days is None:
                return None
            before = at(add_days(law_date(before), days), OFFICE.hour)
        return before if act.only_if_needed else max(before, self.ground.not_before)

    def _cannot(self, act: Act) -> Line:
        """The line of an act whose beginning is not known, with the reason."""
        for key in (act.after, *act.needs):
            if key is not None and key not in self.course:
                before = BY_KEY[key]
                zh, en = f"“{before.zh}”的日期未知", f"The day of “{before.en}” is not known"
                return Line(act, "unknown", why_zh=zh, why_en=en)
        return Line(act, "unknown", why_zh="未填写工期，不能推算", why_en="The duration of the works is not given")

    def _candidates(self, act: Act, start: datetime) -> Iterator[datetime]:
        """The moments to look at, none before ``start``: finer ticks, or each day at the usual hour."""
        if act.tick != DAY:
            return ticks(start, act.tick)
        if act.day_end:
            return ticks(end_moment(law_date(start)), DAY)
        hour = self._hour(act)
        usual = at(law_date(start), hour.hour, hour.minute)
        if usual >= start:
            return ticks(usual, DAY)
        return chain([start], ticks(usual + DAY, DAY))

    def _hour(self, act: Act) -> time:
        return self.scheme.deadline_at if act.at_deadline else OFFICE

    def _case_with(self, act: Act) -> Callable[[datetime], Case]:
        """The case as it would be, were the act taken at a moment."""

        def case_at(moment: datetime) -> Case:
            course = {**self.course, act.key: moment}
            return self.casting.case(course, course[act.asked_at or act.key], act.step)

        return case_at

    def _with_last(self, line: Line, start: datetime) -> Line:
        """The line with the last moment that a rule sets it."""
        try:
            last = self._last(line.act, start)
        except Unknowable as unknowable:
            return replace(line, **_year(unknowable))
        return replace(line, too_late=last.at, late_by=last.condition) if last else line

    def _last(self, act: Act, start: datetime) -> Last | None:
        """The nearest of what the deadlines of the act's conditions say and of the days from which others fail."""
        if act.asked_at:
            return None
        conditions = [CONDITIONS[id] for id in act.due] or guarding(act.step)
        found = due_of(conditions, made(lambda moment: self.casting.case(self.course, moment, act.step), start))
        ends = [found] if found else []
        for condition in (CONDITIONS[id] for id in act.until):
            last = last_lawful(condition, self._candidates(act, start), self._case_with(act))
            if last is not None:
                ends.append(Last(end_moment(law_date(last)), condition))
        return min(ends, key=lambda one: one.at, default=None)

    def _as_wished(self, line: Line, start: datetime, found: First) -> Line:
        """The line on the day that was wished, and what that day breaks; the order alone where no condition does."""
        act, hour = line.act, self._hour(line.act)
        day = self.wishes[act.key]
        moment = at(day, hour.hour, hour.minute)
        if law_date(start) == day:
            moment = max(moment, start)
        line = replace(line, state="wished", at=moment)
        try:
            broken = failing(guarding(act.step), made(self._case_with(act), moment))
        except Unknowable as unknowable:
            return replace(line, **_year(unknowable))
        steady = {one.condition for one in found.standing}
        breaches = [told(one) for one in broken if one.condition not in steady]
        if line.too_late and line.late_by and moment >= line.too_late and not breaches:
            breaches = [_too_late(line.late_by, line.last_day, day)]
        if moment < start and not breaches:
            breaches = [_out_of_order(act, start)]
        return replace(line, breaches=tuple(breaches))


def _too_late(condition: Condition, last: date | None, day: date) -> Breach:
    """A breach of the last day that a condition's own deadline sets."""
    finding = failed(f"不晚于{last}", str(day), f"not after {last}", str(day))
    return told(Verdict(condition, finding))


def _out_of_order(act: Act, start: datetime) -> Breach:
    before = BY_KEY[act.after] if act.after else act
    day = law_date(start)
    return Breach(f"不能早于“{before.zh}”之后的{day}", f"It cannot be before {day}, after “{before.en}”")


def _year(unknowable: Unknowable) -> dict[str, str]:
    """Why a line is unknown: which year, and which condition needs it."""
    condition = unknowable.condition
    by_zh, by_en = (f"（{condition.id}）", f" ({condition.id})") if condition else ("", "")
    return {
        "why_zh": f"{unknowable.year}年节假日安排尚未公布，不能推算{by_zh}",
        "why_en": f"The holiday notice of {unknowable.year} is not known{by_en}",
    }


def told(verdict: Verdict) -> Breach:
    """A breach in the words of the condition that is broken."""
    condition, finding = verdict.condition, verdict.finding
    return Breach(
        f"{condition.id} {condition.zh}：应当{finding.expected}，实际{finding.actual}",
        f"{condition.id} {condition.en}: expected {finding.expected_en or finding.expected}, "
        f"found {finding.actual_en or finding.actual}",
        verdict,
    )
