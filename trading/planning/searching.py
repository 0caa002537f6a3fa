"""The first and the last lawful moment of an act 首日与末日: found by asking the conditions, day after day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from trading.beijing import BEIJING, beijing
from trading.codelists import Answer, Severity
from trading.rules.case import Case
from trading.rules.rule import Condition, Due, Finding, Missing, Verdict
from trading.values import NotInForce
from trading.working_days import UnknownYear

MOST = 400
"""How many candidates a search looks at: more than a year of days."""
CaseAt = Callable[[datetime], Case]


class Unknowable(Exception):
    """The answer hangs on a year whose holiday notice is not known; ``condition`` is the one that needs it."""

    def __init__(self, year: int, condition: Condition | None) -> None:
        super().__init__(str(year))
        self.year = year
        self.condition = condition


def asked(condition: Condition, case: Case) -> Finding:
    """The condition's finding; a year that is not known is not hidden in it.

    Raises:
        Unknowable: the answer hangs on an unknown year.
    """
    try:
        return condition.question(case)
    except UnknownYear as unknown:
        raise Unknowable(unknown.year, condition) from unknown
    except (Missing, NotInForce):
        return condition.ask(case)


def made(case_at: CaseAt, moment: datetime) -> Case:
    """The case at ``moment``.

    Raises:
        Unknowable: it cannot be made: a period of it ends in an unknown year.
    """
    try:
        return case_at(moment)
    except UnknownYear as unknown:
        raise Unknowable(unknown.year, None) from unknown


def failing(conditions: Iterable[Condition], case: Case) -> list[Verdict]:
    """Those that fail, with their findings; what is unknown for want of facts does not count.

    Raises:
        Unknowable: a blocking condition's answer hangs on an unknown year.
    """
    found = []
    for condition in conditions:
        try:
            finding = asked(condition, case)
        except Unknowable:
            if condition.severity is Severity.BLOCK:
                raise
            continue
        if finding.answer is Answer.FAILED:
            found.append(Verdict(condition, finding))
    return found


@dataclass(frozen=True)
class First:
    """The first moment at which no blocking condition fails, and which conditions kept it from being earlier.

    ``standing`` fail on every candidate: no waiting mends them.
    """

    at: datetime
    setters: tuple[Verdict, ...]
    standing: tuple[Verdict, ...]


def ticks(start: datetime, tick: timedelta) -> Iterator[datetime]:
    """``start`` and the moments after it, ``tick`` apart, ``MOST`` of them; days keep Beijing's wall clock."""
    wall = beijing(start).replace(tzinfo=None)
    return ((wall + tick * n).replace(tzinfo=BEIJING).astimezone(start.tzinfo) for n in range(MOST))


def first_lawful(conditions: Iterable[Condition], candidates: Iterable[datetime], case_at: CaseAt) -> First:
    """Search the candidates, the earliest first, for one at which no blocking condition of ``conditions`` fails.

    Raises:
        Unknowable: a condition's answer hangs on an unknown year.
    """
    blocking = [one for one in conditions if one.severity is Severity.BLOCK]
    moments = list(candidates)
    found = failing(blocking, made(case_at, moments[0]))
    if not found:
        return First(moments[0], (), ())
    waits = {one.condition: _first_passing(one.condition, moments, case_at) for one in found}
    standing = tuple(one for one in found if waits[one.condition] is None)
    mended = {condition: number for condition, number in waits.items() if number is not None}
    number = max(mended.values(), default=0)
    case = made(case_at, moments[number])
    setters = tuple(
        Verdict(condition, asked(condition, case)) for condition, waited in mended.items() if waited == number
    )
    return First(moments[number], setters, standing)


def _first_passing(condition: Condition, moments: list[datetime], case_at: CaseAt) -> int | None:
    """The number of the first candidate at which the condition does not fail; None where it fails on all."""
    for number, moment in enumerate(moments):
        if asked(condition, made(case_at, moment)).answer is not Answer.FAILED:
            return number
    return None


@dataclass(frozen=True)
class Last:
    """The first instant that is too late for an act, and the condition that says so."""

    at: datetime
    condition: Condition
    due: Due | None = None


def due_of(conditions: Iterable[Condition], case: Case) -> Last | None:
    """The nearest deadline that the conditions' own ``due`` tells of ``case``.

    Raises:
        Unknowable: it hangs on an unknown year.
    """
    found: list[Last] = []
    for condition in conditions:
        if condition.due is None:
            continue
        try:
            due = condition.due(case)
        except UnknownYear as unknown:
            raise Unknowable(unknown.year, condition) from unknown
        except (Missing, NotInForce):
            due = None
        if due is not None:
            found.append(Last(due.at, condition, due))
    return min(found, key=lambda one: one.at, default=None)


def last_lawful(condition: Condition, candidates: Iterable[datetime], case_at: CaseAt) -> datetime | None:
    """The last candidate before the condition begins to fail; None where it never does, or fails from the first.

    Raises:
        Unknowable: it hangs on an unknown year.
    """
    before: datetime | None = None
    for moment in candidates:
        if asked(condition, made(case_at, moment)).answer is Answer.FAILED:
            return before
        before = moment
    return None
