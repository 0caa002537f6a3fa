"""Interest by the formula: exact, the days counted from arrival, rounded once and half up 保证金计息."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from trading.codelists import ProjectType
from trading.rules.deposit_interest import Stretch, bank_interest, bears_interest, interest_on, stretches
from trading.rules.forfeit_grounds import ground_of, grounds_of, receiver_of
from trading.values import Fact, Line, NotInForce, load

BOOK = load()
RATE = {fact.name: fact for fact in BOOK.all()}["demand_deposit_rate"]
MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("principal", "until", "owed"),
    [
        ("100000", date(2026, 3, 1), "0.00"),
        ("100000", date(2026, 3, 2), "0.97"),
        ("100000", date(2026, 3, 31), "29.17"),
        ("800000", date(2026, 8, 28), "1400.00"),
        ("0.01", date(2027, 3, 1), "0.00"),
    ],
)
def test_principal_times_rate_times_days_over_three_hundred_and_sixty(principal: str, until: date, owed: str) -> None:
    assert bank_interest(Decimal(principal), MARCH, until, BOOK).amount == Decimal(owed)


@pytest.mark.parametrize(
    ("principal", "owed"), [("4999.99", "0.00"), ("5000", "0.01"), ("15000", "0.02"), ("14999.99", "0.01")]
)
def test_half_a_fen_is_rounded_up_and_less_is_dropped(principal: str, owed: str) -> None:
    day = (Stretch(MARCH, date(2026, 3, 2), Decimal("0.00036")),)
    assert interest_on(Decimal(principal), day, 360).amount == Decimal(owed)


def test_several_rates_are_summed_before_they_are_rounded() -> None:
    parts = (Stretch(MARCH, date(2026, 3, 2), Decimal("0.00036")), Stretch(MARCH, date(2026, 3, 2), Decimal("0.00036")))
    assert interest_on(Decimal(4000), parts, 360).amount == Decimal("0.01")


def test_a_year_of_365_days_gives_less() -> None:
    month = stretches(RATE, MARCH, date(2026, 3, 31))
    assert interest_on(Decimal(100_000), month, 365).amount == Decimal("28.77")


def test_each_day_bears_the_rate_that_held_on_it() -> None:
    found = stretches(RATE, date(2012, 7, 5), date(2012, 7, 8))
    assert [(one.days, one.rate) for one in found] == [(1, Decimal("0.0040")), (2, Decimal("0.0035"))]
    assert sum(one.days for one in stretches(RATE, date(2009, 1, 1), date(2026, 1, 1))) == 6209


def test_days_before_the_first_rate_are_not_guessed() -> None:
    with pytest.raises(NotInForce):
        stretches(RATE, date(2008, 11, 26), date(2008, 12, 1))


def test_the_derivation_says_principal_days_rate_and_year() -> None:
    (line,) = bank_interest(Decimal(100_000), MARCH, date(2026, 3, 31), BOOK).as_json()
    assert line == {
        "principal": "100,000.00", "since": "2026-03-01", "until": "2026-03-31", "days": 30, "rate": "0.35%",
        "year": 360,
    }  # fmt: skip


def test_a_countys_own_rate_goes_before_the_benchmark() -> None:
    county = Fact(**{**RATE.__dict__, "county_lines": (Line(date(2020, 1, 1), Decimal("0.0005")),)})
    assert [one.rate for one in stretches(county, MARCH, date(2026, 3, 31))] == [Decimal("0.0005")]


@pytest.mark.parametrize(
    ("type_", "terminated", "bears"),
    [
        (ProjectType.WORKS, False, True),
        (ProjectType.WORKS, True, True),
        (ProjectType.GP, False, False),
        (ProjectType.GP, True, True),
        (ProjectType.GPN, True, True),
        (ProjectType.LAND, False, False),
        (ProjectType.LAND, True, False),
        (ProjectType.SOE, True, False),
    ],
)
def test_works_and_terminated_procurements_bear_interest_alone(
    type_: ProjectType, terminated: bool, bears: bool
) -> None:
    assert bears_interest(type_, terminated) is bears


@pytest.mark.parametrize(
    ("type_", "ground", "listed"),
    [
        (ProjectType.WORKS, "withdrawn_late", True),
        (ProjectType.WORKS, "collusion", False),
        (ProjectType.GPN, "collusion", True),
        (ProjectType.GP, "false_material", False),
        (ProjectType.LAND, "refused_confirmation", True),
        (ProjectType.LAND, "no_performance_bond", False),
        (ProjectType.RURAL, "we_like_it", False),
    ],
)
def test_each_type_has_its_own_closed_list_of_grounds(type_: ProjectType, ground: str, listed: bool) -> None:
    assert (ground_of(type_, ground) is not None) is listed
    assert len({one.value for one in grounds_of(type_)}) == len(grounds_of(type_))


def test_who_gets_what_is_kept_hangs_on_the_type() -> None:
    assert [receiver_of(one).value for one in ProjectType] == [
        "owner", "treasury", "treasury", "treasury", "owner", "treasury", "collective", "treasury",
    ]  # fmt: skip
