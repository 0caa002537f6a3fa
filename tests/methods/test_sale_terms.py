"""What an offer comes to over the whole term 租期总额, and what a notice of disposal must say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from trading.codelists import ProjectType
from trading.methods.sale_points import NAMES, REQUIRED, limits, missing_points
from trading.methods.sale_terms import months_of, whole_amount, years_of

SINCE = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("amount", "a_year", "until", "whole"),
    [
        ("117000", True, date(2028, 7, 1), "234000"),
        ("60000", True, date(2028, 7, 1), "120000"),
        ("60000", True, date(2026, 8, 1), "5000"),
        ("100", True, date(2026, 8, 1), "8.33"),
        ("70", True, date(2026, 8, 1), "5.83"),
        ("365", True, date(2026, 7, 11), "10"),
        ("365", True, date(2026, 7, 2), "1"),
        ("117000", False, date(2028, 7, 1), "117000"),
        ("117000", False, None, "117000"),
    ],
)
def test_a_rent_a_year_is_counted_over_its_term_by_months_or_else_by_days(
    amount: str, a_year: bool, until: date | None, whole: str
) -> None:
    assert whole_amount(Decimal(amount), a_year, SINCE if until else None, until) == Decimal(whole)


@pytest.mark.parametrize("until", [None, SINCE, date(2026, 6, 30)])
def test_a_rent_a_year_needs_a_term(until: date | None) -> None:
    with pytest.raises(ValueError, match="term"):
        whole_amount(Decimal(1), True, SINCE, until)


def test_the_end_of_a_term_is_not_part_of_it() -> None:
    assert months_of(SINCE, date(2027, 7, 1)) == 12 and months_of(SINCE, date(2027, 7, 2)) is None
    assert years_of(SINCE, date(2027, 1, 1)) == Decimal("0.5") and years_of(SINCE, date(2026, 7, 2)) == Decimal(1) / 365


@pytest.mark.parametrize("type_", [one for one in ProjectType if not one.is_purchase])
def test_every_point_that_a_notice_lacks_is_named(type_: ProjectType) -> None:
    wanted = REQUIRED.get(type_, tuple(name for name in NAMES if name not in ("use", "approval")))
    assert missing_points(type_, {}) == tuple(NAMES[name] for name in wanted)
    assert missing_points(type_, dict.fromkeys(wanted, "有")) == ()
    assert missing_points(type_, dict.fromkeys(wanted[1:], "有")) == (NAMES[wanted[0]],)


@pytest.mark.parametrize(
    ("said", "found"),
    [(None, ()), ("", ()), ("不限。", ()), ("不设受让方资格条件", ()), ("注册资本一亿元", ("注册资本一亿元",))],
)
def test_words_that_set_no_condition_are_none(said: str | None, found: tuple[str, ...]) -> None:
    assert limits(said) == found
