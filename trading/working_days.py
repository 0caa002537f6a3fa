"""Counting days as the law does 期间计算 (rulebook T1–T9): calendar days, working days, ends that roll on."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import holidays

from trading.beijing import end_moment

__all__ = ["Calendar", "UnknownYear", "add_days", "add_months", "add_years", "days_between", "end_moment"]

ONE_DAY = timedelta(days=1)
SATURDAY = 5
PROJECTED_YEARS = range(2001, 2051)


class UnknownYear(Exception):
    """No State Council notice is known for ``year``: whether a day of it is a working day is unknown, never guessed."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年节假日安排未知 · working days of {year} are not known")
        self.year = year


def add_days(start: date, n: int) -> date:
    """The n-th calendar day after ``start``; the start day is not counted (T1, 民法典第二百零一条)."""
    return start + timedelta(days=n)


def add_months(start: date, n: int) -> date:
    """The day of the same number ``n`` months on, or that month's last day (民法典第二百零二条, to be verified)."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add_years(start: date, n: int) -> date:
    """The same day ``n`` years on; 29 February becomes 28 February in a common year."""
    return add_months(start, 12 * n)


def days_between(a: date, b: date) -> int:
    """``date(b) − date(a)``: how many days lie from act ``a`` to act ``b``, a's day not counted (T5, T6).

    "不得少于 N 日" holds when the answer is at least N: equality is lawful. Negative when ``b`` is the earlier.
    """
    return (b - a).days


@dataclass(frozen=True)
class Calendar:
    """Working days of an explicit set of years; any other year is unknown (T7).

    Attributes:
        known_years: the years that may be asked.
        days_off: holidays of those years, weekends among them or not.
        days_on: weekend days on which work was moved 调休上班.
        label_zh, label_en: where the days come from, printed wherever a day depends on them.
    """

    known_years: frozenset[int]
    days_off: frozenset[date]
    days_on: frozenset[date]
    label_zh: str
    label_en: str

    @classmethod
    def official(cls, known_years: Iterable[int]) -> Self:
        """The calendar of the years whose State Council notice is known; the library supplies the days.

        Raises:
            ValueError: when the library has no notice for one of the years, only its own projection.
        """
        years = frozenset(known_years)
        foreign = sorted(years - _noticed_years())
        if foreign:
            raise ValueError(f"the holidays library holds no State Council notice for {foreign}")
        return cls(years, *_library_days(years), "国务院办公厅节假日安排通知", "State Council holiday notices")

    @classmethod
    def projected(cls, years: Iterable[int] = PROJECTED_YEARS) -> Self:
        """Weekends plus what the library knows or projects for ``years``: demonstration and replay only, labelled."""
        wanted = frozenset(years)
        zh = "推算日历（周末与节假日推算，非国务院通知，仅供演示与回放）"
        en = "Projected calendar (weekends and projected holidays, no State Council notice; demonstration and replay)"
        return cls(wanted, *_library_days(wanted), zh, en)

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is a working day 工作日, moved days 调休 included (T7).

        Raises:
            UnknownYear: when the year of ``day`` is not known.
        """
        if day.year not in self.known_years:
            raise UnknownYear(day.year)
        return day in self.days_on or (day.weekday() < SATURDAY and day not in self.days_off)

    def next_working_day(self, day: date) -> date:
        """``day`` itself when it is a working day, else the first one after it.

        Raises:
            UnknownYear: when the search meets a year that is not known.
        """
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def end_of_period(self, start: date, n: int) -> date:
        """Last day of a period of ``n`` calendar days within which someone may act (T1, T2, T8).

        The start day is not counted; a last day that is a holiday moves to the next working day (民法典第二百零三条).

        Raises:
            UnknownYear: when the last day falls in a year that is not known.
        """
        return self.next_working_day(add_days(start, n))

    def end_of_working_days(self, start: date, n: int) -> date:
        """The n-th working day after ``start``, the start day not counted.

        Raises:
            ValueError: when ``n`` is negative.
            UnknownYear: when the count meets a year that is not known.
        """
        if n < 0:
            raise ValueError("working days are counted forwards")
        day = start
        for _ in range(n):
            day = self.next_working_day(day + ONE_DAY)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after ``a`` up to and including ``b``; negative when ``b`` is the earlier.

        Raises:
            UnknownYear: when a day between them falls in a year that is not known.
        """
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working_day(add_days(a, n)) for n in range(1, days_between(a, b) + 1))


def _noticed_years() -> frozenset[int]:
    """Years for which the library follows a notice: each notice so far has moved days, and those it lists by year."""
    return frozenset(holidays.China().special_public_holidays)


def _library_days(years: frozenset[int]) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and days on of ``years``; the library also tells days on that the next year's notice moved."""
    china = holidays.China(years=years)
    off = frozenset(day for day in china if day.year in years)
    on = frozenset(day for day in china.weekend_workdays if day.year in years)
    return off, on
