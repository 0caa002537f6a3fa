"""Counting as the law does 期间计算: the nine conventions T1–T9 of the rulebook, and the calendar."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Self

import holidays

from trading.beijing import end_moment, law_date
from trading.codelists import Mark

__all__ = [
    "CONVENTIONS", "Calendar", "Convention", "UnknownYear", "add_days", "add_months", "add_years", "ahead_holds",
    "at_least", "at_most", "before_day_ends", "days_between", "end_moment", "in_time", "interval_holds", "law_date",
    "short_of", "statutory_days",
]  # fmt: skip

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
    """The day of the same number ``n`` months on, or that month's last day (T1; 民法典第二百零二条, to be verified)."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add_years(start: date, n: int) -> date:
    """The same day ``n`` years on; 29 February becomes 28 February in a common year (T1)."""
    return add_months(start, 12 * n)


def days_between(a: date, b: date) -> int:
    """``date(b) − date(a)``: how many days lie from act ``a`` to act ``b``, a's day not counted (T5, T6).

    "不得少于 N 日" holds when the answer is at least N: equality is lawful. Negative when ``b`` is the earlier.
    """
    return (b - a).days


def before_day_ends(moment: datetime, last_day: date) -> bool:
    """Whether ``moment`` is still within ``last_day``, which ends at 24:00 in Beijing (T3, 民法典第二百零三条)."""
    return moment < end_moment(last_day)


def at_least(value: Decimal | int, bound: Decimal | int) -> bool:
    """“以上”: the number itself included (T4, 财政部令第87号第八十六条)."""
    return value >= bound


def at_most(value: Decimal | int, bound: Decimal | int) -> bool:
    """“以下” and “以内”: the number itself included (T4, 财政部令第87号第八十六条)."""
    return value <= bound


def short_of(value: Decimal | int, bound: Decimal | int) -> bool:
    """“不足”: the number itself excluded (T4, 财政部令第87号第八十六条)."""
    return value < bound


def interval_holds(a: date, b: date, n: int) -> bool:
    """Whether at least ``n`` days lie from act ``a`` to act ``b`` “不得少于 N 日”: equality is lawful (T5)."""
    return days_between(a, b) >= n


def ahead_holds(act: date, deadline: date, n: int) -> bool:
    """Whether ``act`` came at least ``n`` days before ``deadline`` “截止时间至少 N 日前” (T6, county reading)."""
    return days_between(act, deadline) >= n


def in_time(moment: datetime, deadline: datetime) -> bool:
    """Whether ``moment`` is before ``deadline``, whatever zones they are told in; the deadline itself is late (T9).

    Raises:
        ValueError: when one of them says no zone.
    """
    if moment.utcoffset() is None or deadline.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment < deadline


@dataclass(frozen=True)
class Convention:
    """One of the nine conventions: its name, its words, its basis, and what counts by it in this module."""

    id: str
    zh: str
    en: str
    law: str
    article: str
    mark: Mark
    by: tuple[str, ...]


CONVENTIONS = (
    Convention("T1", "期间开始的当日不计入", "The day on which a period starts is not counted",
               "民法典", "第二百零一条", Mark.CHECKED,
               ("add_days", "add_months", "add_years", "Calendar.end_of_period")),
    Convention("T2", "期间最后一日是法定休假日的，顺延至下一个工作日",
               "A period within which someone must act and whose last day is a holiday ends on the next working day",
               "民法典", "第二百零三条", Mark.CHECKED, ("Calendar.end_of_period", "Calendar.next_working_day")),
    Convention("T3", "期间最后一日二十四时截止", "The last day ends at 24:00",
               "民法典", "第二百零三条", Mark.CHECKED, ("end_moment", "before_day_ends")),
    Convention("T4", "“以上”“以下”“以内”包括本数，“不足”不包括本数",
               "“At least”, “at most” and “within” include the number, “short of” excludes it",
               "政府采购货物和服务招标投标管理办法", "第八十六条", Mark.CHECKED, ("at_least", "at_most", "short_of")),
    Convention("T5", "“不得少于N日”：后一日期减前一日期不小于N，相等即合法",
               "“Not less than N days”: the later date less the earlier is at least N; equality is lawful",
               "民法典", "第二百零一条", Mark.CHECKED, ("days_between", "interval_holds")),
    Convention("T6", "“截止时间至少N日前”：截止日期减行为日期不小于N",
               "“At least N days before the deadline”: the deadline's date less the act's is at least N",
               "本县规定", "", Mark.COUNTY_RULE, ("days_between", "ahead_holds")),
    Convention("T7", "“日”为日历日，“工作日”按国务院年度放假安排（含调休）；未公布的年份为未知",
               "“Days” are calendar days, “working days” follow the State Council's notice, moved days included: "
               "a year without a notice is unknown",
               "本县规定", "", Mark.COUNTY_RULE,
               ("Calendar.is_working_day", "Calendar.end_of_working_days", "Calendar.working_days_between")),
    Convention("T8", "公示期最后一日是休假日的，顺延至下一个工作日",
               "A publicity period whose last day is a holiday is rolled on to the next working day",
               "民法典", "第二百零三条", Mark.TO_BE_VERIFIED, ("Calendar.end_of_period", "Calendar.next_working_day")),
    Convention("T9", "以北京时间计，截止时间精确到秒，以可信服务器时间为准",
               "Time is Beijing's; deadlines are kept to the second, by the trusted time of the server",
               "本县规定", "", Mark.COUNTY_RULE, ("law_date", "in_time")),
)  # fmt: skip


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

    def with_notice(self, year: int, days_off: Iterable[date], days_on: Iterable[date], reference: str) -> Self:
        """The same calendar in which the days of ``year`` are those of a notice that was imported (T7).

        Args:
            reference: the notice's number and title, printed wherever a day depends on it.
        """
        return replace(
            self,
            known_years=self.known_years | {year},
            days_off=frozenset(day for day in self.days_off if day.year != year) | frozenset(days_off),
            days_on=frozenset(day for day in self.days_on if day.year != year) | frozenset(days_on),
            label_zh=f"{self.label_zh}；{year}年：{reference}",
            label_en=f"{self.label_en}; {year}: {reference}",
        )

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is a working day 工作日, moved days 调休 included (T7).

        Raises:
            UnknownYear: when the year of ``day`` is not known.
        """
        if day.year not in self.known_years:
            raise UnknownYear(day.year)
        return day in self.days_on or (day.weekday() < SATURDAY and day not in self.days_off)

    def next_working_day(self, day: date) -> date:
        """``day`` itself when it is a working day, else the first one after it (T2, T8).

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
        """The n-th working day after ``start``, the start day not counted (T1, T7).

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
        """How many working days lie after ``a`` up to and including ``b``; negative when ``b`` is the earlier (T7).

        Raises:
            UnknownYear: when a day between them falls in a year that is not known.
        """
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working_day(add_days(a, n)) for n in range(1, days_between(a, b) + 1))


def statutory_days(year: int) -> Mapping[date, str]:
    """The days off that the law itself gives, by their Chinese names, in a year whose notice the library has not seen.

    The moon's holidays come from the library (全国年节及纪念日放假办法, to be verified); where it knows the
    year's notice, the days that the notice moved are among them.
    """
    return dict(holidays.China(years=year, language="zh_CN", observed=False))


def _noticed_years() -> frozenset[int]:
    """Years for which the library follows a notice: each notice so far has moved days, and those it lists by year."""
    return frozenset(holidays.China().special_public_holidays)


@lru_cache(maxsize=8)
def _library_days(years: frozenset[int]) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and days on of ``years``; the library also tells days on that the next year's notice moved."""
    china = holidays.China(years=years)
    off = frozenset(day for day in china if day.year in years)
    on = frozenset(day for day in china.weekend_workdays if day.year in years)
    return off, on
