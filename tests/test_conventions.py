"""The nine counting conventions T1–T9, each by its properties: monotone, inclusive or exclusive, rolled, zone-proof."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading import working_days as wd

OFFICIAL = wd.Calendar.official(range(2007, 2027))
ANY_DAYS = st.dates(date(1999, 1, 1), date(2099, 12, 31))
KNOWN_DAYS = st.dates(date(2008, 1, 1), date(2025, 12, 31))
SPANS = st.integers(0, 120)
AMOUNTS = st.decimals(0, 10**9, places=2)
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
few = settings(max_examples=60, deadline=None)


def found(name):
    """What a convention says it counts by."""
    owner, _dot, method = name.rpartition(".")
    return getattr(getattr(wd, owner), method) if owner else getattr(wd, name)


def test_each_convention_has_words_a_basis_and_what_counts_by_it():
    assert [one.id for one in wd.CONVENTIONS] == [f"T{n}" for n in range(1, 10)]
    for one in wd.CONVENTIONS:
        assert one.zh and one.en and one.law and one.by, one.id
        for name in one.by:
            assert callable(found(name))
    told = {one.id: " ".join(found(name).__doc__ for name in one.by) for one in wd.CONVENTIONS}
    assert [id for id, words in told.items() if id not in words] == []


@few
@given(ANY_DAYS, SPANS, SPANS)
def test_t1_the_start_day_is_not_counted_and_periods_add_up(start, m, n):
    assert wd.add_days(start, 0) == start
    assert wd.days_between(start, wd.add_days(start, n)) == n
    assert wd.add_days(wd.add_days(start, m), n) == wd.add_days(start, m + n)


@few
@given(ANY_DAYS, ANY_DAYS, st.integers(0, 400))
def test_t1_months_keep_the_order_of_their_starts_and_the_ends_of_months(a, b, n):
    a, b = sorted((a, b))
    assert wd.add_months(a, n) <= wd.add_months(b, n)
    assert wd.add_months(a, n) <= wd.add_months(a, n + 1)
    last = wd.add_months(a.replace(day=1), 1) - timedelta(days=1)
    ends = wd.add_months(last, n)
    assert ends.day == last.day or (ends + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(1996, 2, 29), 4, date(2000, 2, 29)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
    ],
)
def test_t1_years_end_in_february_as_the_calendar_has_it(start, years, end):
    assert wd.add_years(start, years) == end


@few
@given(KNOWN_DAYS, SPANS)
def test_t2_a_last_day_off_rolls_to_the_first_working_day_and_no_further(start, n):
    last, end = wd.add_days(start, n), OFFICIAL.end_of_period(start, n)
    assert OFFICIAL.is_working_day(end)
    assert (end == last) == OFFICIAL.is_working_day(last)
    assert OFFICIAL.working_days_between(last, end) == (0 if end == last else 1)


@few
@given(KNOWN_DAYS, KNOWN_DAYS, SPANS, SPANS)
def test_t2_a_later_start_or_a_longer_period_never_ends_earlier(a, b, m, n):
    (a, b), (m, n) = sorted((a, b)), sorted((m, n))
    assert OFFICIAL.end_of_period(a, m) <= OFFICIAL.end_of_period(b, n)


@few
@given(ANY_DAYS)
def test_t3_a_day_ends_at_midnight_to_the_microsecond(day):
    end = wd.end_moment(day)
    assert wd.before_day_ends(end - timedelta(microseconds=1), day)
    assert not wd.before_day_ends(end, day)
    assert wd.end_moment(wd.add_days(day, 1)) - end == timedelta(days=1)


@few
@given(AMOUNTS, AMOUNTS)
def test_t4_above_and_below_include_the_number_and_short_of_excludes_it(value, bound):
    assert wd.at_least(bound, bound) and wd.at_most(bound, bound) and not wd.short_of(bound, bound)
    assert wd.short_of(value, bound) is not wd.at_least(value, bound)
    assert wd.at_least(value, bound) is wd.at_most(bound, value)
    fen = Decimal("0.01")
    assert wd.at_least(bound + fen, bound) and not wd.at_most(bound + fen, bound) and wd.short_of(bound - fen, bound)


@few
@given(ANY_DAYS, SPANS)
def test_t5_an_interval_of_exactly_n_days_is_lawful_one_less_is_not(a, n):
    assert wd.interval_holds(a, wd.add_days(a, n), n)
    assert wd.interval_holds(a, wd.add_days(a, n + 1), n)
    assert not wd.interval_holds(a, wd.add_days(a, n - 1), n)


@few
@given(ANY_DAYS, SPANS)
def test_t6_an_act_exactly_n_days_ahead_is_in_time_one_later_is_not(deadline, n):
    assert wd.ahead_holds(wd.add_days(deadline, -n), deadline, n)
    assert wd.ahead_holds(wd.add_days(deadline, -n - 1), deadline, n)
    assert not wd.ahead_holds(wd.add_days(deadline, 1 - n), deadline, n)


@few
@given(KNOWN_DAYS, SPANS, SPANS)
def test_t7_working_days_add_up_and_never_end_on_a_day_off(start, m, n):
    end = OFFICIAL.end_of_working_days(start, m)
    assert OFFICIAL.end_of_working_days(end, n) == OFFICIAL.end_of_working_days(start, m + n)
    assert OFFICIAL.working_days_between(start, end) == m
    assert m == 0 or OFFICIAL.is_working_day(end)
    assert (end - start).days >= m


@few
@given(st.integers(1, 366), SPANS)
def test_t7_a_year_without_a_notice_is_unknown_however_it_is_reached(n, span):
    with pytest.raises(wd.UnknownYear):
        OFFICIAL.end_of_working_days(date(2026, 12, 31) + timedelta(days=n), span + 1)
    with pytest.raises(wd.UnknownYear):
        OFFICIAL.working_days_between(date(2026, 12, 31), date(2026, 12, 31) + timedelta(days=n))


@few
@given(KNOWN_DAYS)
def test_t8_a_publicity_of_three_days_ends_on_a_working_day_three_days_on_or_later(start):
    end = OFFICIAL.end_of_period(start, 3)
    assert OFFICIAL.is_working_day(end)
    assert wd.interval_holds(start, end, 3)
    assert end == OFFICIAL.next_working_day(wd.add_days(start, 3))


@few
@given(st.integers(946684800, 3786912000), ZONES, ZONES)
def test_t9_a_moment_is_the_same_whatever_zone_tells_it(seconds, one, other):
    moment = datetime.fromtimestamp(seconds, one)
    told = moment.astimezone(other)
    assert wd.law_date(moment) == wd.law_date(told)
    assert not wd.in_time(moment, told)
    assert wd.in_time(moment - timedelta(microseconds=1), told)
    assert wd.before_day_ends(told, wd.law_date(moment))


def test_t9_a_moment_without_a_zone_is_refused():
    deadline = wd.end_moment(date(2026, 3, 9))
    for pair in ((deadline.replace(tzinfo=None), deadline), (deadline, deadline.replace(tzinfo=None))):
        with pytest.raises(ValueError, match="time zone"):
            wd.in_time(*pair)


def test_an_imported_notice_makes_its_year_known_and_touches_no_other():
    with pytest.raises(wd.UnknownYear):
        OFFICIAL.is_working_day(date(2027, 2, 8))
    told = OFFICIAL.with_notice(2027, [date(2027, 2, 8)], [date(2027, 2, 14)], "国办发明电〔2026〕9号")
    assert told.is_working_day(date(2027, 2, 8)) is False
    assert told.is_working_day(date(2027, 2, 14)) is True
    assert told.is_working_day(date(2026, 10, 10)) is True
    assert "国办发明电〔2026〕9号" in told.label_zh and "2027" in told.label_en
    with pytest.raises(wd.UnknownYear):
        told.is_working_day(date(2028, 1, 4))


def test_an_imported_notice_takes_the_place_of_a_projection():
    projected = wd.Calendar.projected()
    assert projected.is_working_day(date(2027, 1, 1)) is False
    told = projected.with_notice(2027, [], [], "本通知")
    assert told.is_working_day(date(2027, 1, 1)) is True


def test_the_law_gives_thirteen_days_off_in_a_common_year():
    days = wd.statutory_days(2027)
    assert len(days) == 13
    assert days[date(2027, 2, 5)] == "农历除夕" and days[date(2027, 10, 3)] == "国庆节"
