"""Counting days: the conventions T1 to T9 of the rulebook, at the boundary, one below and one above."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading import working_days as wd

OFFICIAL = wd.Calendar.official(range(2007, 2027))
DAYS = st.dates(date(2008, 1, 1), date(2025, 12, 31))
SHORT = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 9), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 9, 20), True),
        (date(2026, 9, 25), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 1, 2), False),
        (date(2026, 3, 2), True),
        (date(2011, 12, 31), True),
        (date(2020, 1, 31), False),
    ],
)
def test_moved_days_follow_the_notices(day, works):
    assert OFFICIAL.is_working_day(day) is works


def test_each_notice_moves_an_even_balance_of_days():
    for year in OFFICIAL.known_years - {2007}:
        worked = sum(OFFICIAL.is_working_day(date(year, 1, 1) + timedelta(days=n)) for n in range(365))
        assert 244 <= worked <= 253, year


def test_an_unknown_year_is_told_never_guessed():
    with pytest.raises(wd.UnknownYear) as caught:
        OFFICIAL.is_working_day(date(2027, 1, 4))
    assert caught.value.year == 2027
    with pytest.raises(wd.UnknownYear):
        OFFICIAL.end_of_period(date(2026, 12, 30), 3)
    with pytest.raises(wd.UnknownYear):
        OFFICIAL.end_of_working_days(date(2026, 12, 30), 2)
    with pytest.raises(wd.UnknownYear):
        OFFICIAL.working_days_between(date(2026, 12, 30), date(2027, 1, 4))
    assert OFFICIAL.end_of_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)


def test_a_year_between_two_known_ones_stays_unknown():
    gap = wd.Calendar.official([2024, 2026])
    with pytest.raises(wd.UnknownYear):
        gap.is_working_day(date(2025, 6, 3))


def test_a_day_moved_by_the_notice_of_the_next_year_is_seen():
    assert wd.Calendar.official([2011]).is_working_day(date(2011, 12, 31))


def test_a_projection_is_no_notice():
    with pytest.raises(ValueError, match="2027"):
        wd.Calendar.official([2026, 2027])
    projected = wd.Calendar.projected()
    assert projected.is_working_day(date(2027, 1, 1)) is False
    assert projected.is_working_day(date(2027, 1, 4)) is True
    assert "推算" in projected.label_zh
    assert "Projected" in projected.label_en
    assert projected.is_working_day(date(2026, 10, 10)) is True


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 4, 1), 30, date(2026, 5, 6)),  # V12: 1 May is a holiday, 6 May the next working day
        (date(2026, 4, 1), 29, date(2026, 4, 30)),
        (date(2026, 3, 2), 20, date(2026, 3, 23)),  # 22 March is a Sunday
        (date(2026, 3, 2), 4, date(2026, 3, 6)),
        (date(2026, 3, 2), 5, date(2026, 3, 9)),  # Saturday
        (date(2026, 5, 6), 3, date(2026, 5, 9)),  # a Saturday on which work was moved
        (date(2026, 9, 30), 3, date(2026, 10, 8)),
    ],
)
def test_a_period_ends_on_a_working_day(start, n, end):
    assert OFFICIAL.end_of_period(start, n) == end


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, n, end):
    assert OFFICIAL.end_of_working_days(start, n) == end


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        OFFICIAL.end_of_working_days(date(2026, 3, 6), -1)


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 21), 19),  # V1
        (date(2026, 3, 2), date(2026, 3, 22), 20),
        (date(2026, 3, 10), date(2026, 3, 22), 12),  # V2
        (date(2026, 3, 6), date(2026, 3, 9), 3),  # V10
        (date(2026, 3, 9), date(2026, 3, 6), -3),
        (date(2026, 3, 9), date(2026, 3, 9), 0),
    ],
)
def test_days_between_subtracts_calendar_dates(a, b, days):
    assert wd.days_between(a, b) == days
    assert wd.add_days(a, days) == b


def test_a_day_ends_at_midnight_in_beijing():
    assert wd.end_moment(date(2026, 3, 9)) == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 30), 3, date(2026, 4, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start, months, end):
    assert wd.add_months(start, months) == end


def test_years_are_twelve_months():
    assert wd.add_years(date(2026, 3, 1), 20) == date(2046, 3, 1)
    assert wd.add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(DAYS, SHORT)
def test_the_end_of_a_period_is_a_working_day_not_before_its_last_day(start, n):
    end = OFFICIAL.end_of_period(start, n)
    last = wd.add_days(start, n)
    assert OFFICIAL.is_working_day(end)
    assert end >= last
    assert not any(OFFICIAL.is_working_day(wd.add_days(last, k)) for k in range((end - last).days))


@given(DAYS, DAYS, SHORT, SHORT)
def test_a_later_start_or_a_longer_period_never_ends_earlier(a, b, m, n):
    (a, b), (m, n) = sorted((a, b)), sorted((m, n))
    assert OFFICIAL.end_of_period(a, m) <= OFFICIAL.end_of_period(b, n)
    assert OFFICIAL.end_of_working_days(a, m) <= OFFICIAL.end_of_working_days(b, n)


@given(DAYS, SHORT)
def test_counting_working_days_forth_and_back_agrees(start, n):
    end = OFFICIAL.end_of_working_days(start, n)
    assert OFFICIAL.working_days_between(start, end) == n
    assert OFFICIAL.working_days_between(end, start) == -n


@given(DAYS, st.integers(-240, 240))
def test_a_month_step_lands_in_the_right_month(start, n):
    end = wd.add_months(start, n)
    assert end.year * 12 + end.month == start.year * 12 + start.month + n
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
