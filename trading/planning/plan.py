"""From wished days to a timetable 时间规划: begins as late as the first of them allows, and fits what lies between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from trading.beijing import at, law_date
from trading.planning.acts import ACTS
from trading.planning.course import OFFICE, Ground, Scheme
from trading.planning.timetable import NOT_BEGUN, Given, Line, Planner, Timetable, Wishes
from trading.working_days import add_days, days_between

BEGINNING = "accept_registration"
ROUNDS = len(ACTS)


def plan(scheme: Scheme, ground: Ground, wishes: Wishes, given: Given = NOT_BEGUN) -> Timetable:
    """The timetable of a lot: every act as early as it may be, or on the day that was wished.

    Arguments:
        ground: its ``not_before`` is the present; nothing is planned before it.
        wishes: act → day. Without a wished registration, a plan that has not begun begins as late as it can.
        given: act → moment of what has happened.
    """
    if not given:
        ground = begun(scheme, ground, wishes)
    fitted: dict[str, date] = {}
    table = _table(scheme, ground, wishes, fitted, given)
    for _round in range(ROUNDS):
        late = _to_mend(table, {*wishes, *fitted, *given})
        if late is None:
            break
        before = table.line(str(late.act.after))
        mended = _mended(late, before, partial(_line, scheme, ground, {**fitted, **wishes}, given, (late, before)))
        if mended is None:
            break
        fitted[before.act.key] = mended
        table = _table(scheme, ground, wishes, fitted, given)
    return table


def _table(scheme: Scheme, ground: Ground, wishes: Wishes, fitted: Wishes, given: Given) -> Timetable:
    """The timetable where ``fitted`` acts were delayed to keep a wished day lawful: planned, not wished."""
    table = Planner(scheme, ground, {**fitted, **wishes}, given).timetable()
    return replace(
        table, lines=tuple(replace(line, state="fitted") if line.act.key in fitted else line for line in table.lines)
    )


def begun(scheme: Scheme, ground: Ground, wishes: Wishes) -> Ground:
    """The ground of a plan not begun: it begins on the wished day, or on the last that keeps the first wish."""
    today = law_date(ground.not_before)
    start = wishes.get(BEGINNING)
    if start is None:
        first = next((act.key for act in ACTS if act.key in wishes), None)
        start = today if first is None else _latest(today, wishes[first], _keeps(scheme, ground, wishes, first))
    return _beginning(ground, start)


def _beginning(ground: Ground, day: date) -> Ground:
    moment = at(day, OFFICE.hour)
    return replace(ground, law_on=moment, not_before=moment)


def _keeps(scheme: Scheme, ground: Ground, wishes: Wishes, key: str) -> Callable[[date], bool]:
    """Whether a plan that begins on a day may take ``key`` on its wished day."""

    def keeps(day: date) -> bool:
        lines = Planner(scheme, _beginning(ground, day), wishes).lines()
        line = next(one for one in lines if one.act.key == key)
        return line.earliest is not None and line.day is not None and law_date(line.earliest) <= line.day

    return keeps


def _latest(first: date, last: date, so: Callable[[date], bool]) -> date:
    """The last day from ``first`` to ``last`` that is ``so``, where days that are come before days that are not."""
    low, high = 0, days_between(first, last)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if so(add_days(first, middle)) else (low, middle - 1)
    return add_days(first, low)


def _line(
    scheme: Scheme, ground: Ground, wishes: Wishes, given: Given, lines: tuple[Line, Line], day: date
) -> Line:  # fmt: skip
    """The first of ``lines`` were the second on ``day``; what comes after it is not looked at."""
    late, before = lines
    anew = Planner(scheme, ground, {**wishes, before.act.key: day}, given).lines()
    return next(one for one in anew if one.act.key == late.act.key)


def _to_mend(table: Timetable, bound: set[str]) -> Line | None:
    """The first act whose day breaks a condition while the act before it, which is free, stands at its earliest."""
    for line in table.lines:
        in_order = line.earliest is not None and line.at is not None and line.at >= line.earliest
        if line.breaches and in_order and line.act.after and line.act.after not in bound:
            return line
    return None


def _mended(late: Line, before: Line, line_on: Callable[[date], Line]) -> date | None:
    """The first day of ``before`` on which ``late`` breaks nothing any more; None where delaying it mends nothing."""
    if before.day is None or late.day is None or line_on(late.day).breaches:
        return None
    first, low, high = before.day, 0, days_between(before.day, late.day)
    while low < high:
        middle = (low + high) // 2
        if line_on(add_days(first, middle)).breaches:
            low = middle + 1
        else:
            high = middle
    return add_days(first, high)
