"""Savings and premium: the worked examples of the rulebook, and sums before rates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading import savings
from trading.savings import NotComparable, Outcome, RateBase, Side

WAN = 10_000


def wan(text):
    return Decimal(text) * WAN


def test_v11_a_ceiling_of_500_and_an_award_of_488():
    saved = savings.savings(wan("500.00"), wan("488.00"))
    assert saved == wan("12.00")
    assert savings.rate(wan("500.00"), saved) == Decimal("2.40")


@pytest.mark.parametrize(
    ("base", "rate"),
    [
        ("51660.00", "2.24"),  # V19
        ("51700.00", "2.23"),  # V19
        ("51436.97", "2.25"),
        ("51436.98", "2.24"),
        ("51667.11", "2.24"),
        ("51667.12", "2.23"),
        ("52854.76", "2.18"),
    ],
)
def test_v19_the_rate_of_the_2010_report_depends_on_its_base(base, rate):
    assert savings.rate(wan(base), wan("1154.76")) == Decimal(rate)


def test_v20_a_rent_that_rose_from_12_to_23_point_4():
    won = savings.premium(wan("12.0"), wan("23.4"))
    assert won == wan("11.4")
    assert savings.rate(wan("12.0"), won) == Decimal("95.00")


@pytest.mark.parametrize(("saved", "rate"), [("0.999", "0.00"), ("1", "0.01"), ("3", "0.02"), ("5", "0.03")])
def test_a_rate_is_rounded_half_up(saved, rate):
    assert savings.rate(Decimal(20_000), Decimal(saved)) == Decimal(rate)


def test_the_rate_of_the_replay_file():
    assert savings.rate(Decimal(16_770_758_900), Decimal(1_519_216_205)) == Decimal("9.06")


@pytest.mark.parametrize(("base", "price"), [("0", "0"), ("-1", "-2"), ("100", "100.01"), ("100", "-0.01")])
def test_a_price_above_its_ceiling_is_no_saving(base, price):
    with pytest.raises(NotComparable):
        savings.savings(Decimal(base), Decimal(price))


def test_a_price_at_the_ceiling_saves_nothing():
    assert savings.savings(Decimal(100), Decimal(100)) == 0


def test_no_rate_without_a_base():
    with pytest.raises(NotComparable):
        savings.rate(Decimal(0), Decimal(0))
    with pytest.raises(NotComparable):
        savings.premium(Decimal(0), Decimal(1))


LOTS = [
    Outcome(Side.PURCHASE, Decimal(1000), Decimal(500)),
    Outcome(Side.PURCHASE, Decimal(9000), Decimal(9000)),
    Outcome(Side.DISPOSAL, Decimal(100), Decimal(195)),
]


def test_rates_are_sums_divided_never_means_and_never_netted():
    totals = savings.aggregate(LOTS)
    purchase, disposal = totals[Side.PURCHASE], totals[Side.DISPOSAL]
    assert (purchase.lots, purchase.base, purchase.price, purchase.gained) == (2, 10_000, 9_500, 500)
    assert purchase.rate == Decimal("5.00")
    assert (disposal.lots, disposal.gained, disposal.rate) == (1, 95, Decimal("95.00"))


def test_the_deal_base_divides_savings_by_prices_and_leaves_premiums_alone():
    totals = savings.aggregate(LOTS, RateBase.DEAL)
    assert totals[Side.PURCHASE].rate == Decimal("5.26")
    assert totals[Side.PURCHASE].rate_base is RateBase.DEAL
    assert totals[Side.DISPOSAL].rate == Decimal("95.00")
    assert totals[Side.DISPOSAL].rate_base is RateBase.CONTROL


def test_without_lots_there_is_no_rate():
    assert savings.aggregate([])[Side.PURCHASE].rate is None
    assert savings.aggregate([])[Side.PURCHASE].gained == 0


AMOUNTS = st.decimals(Decimal("0.01"), Decimal(10**10), places=2)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS).map(sorted)))
def test_base_is_price_and_saving_together(pairs):
    total = savings.aggregate(Outcome(Side.PURCHASE, high, low) for low, high in pairs)[Side.PURCHASE]
    assert total.base == total.price + total.gained
    assert total.rate is None or 0 <= total.rate <= 100
