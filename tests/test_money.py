"""Money: exact in, exact out, in figures and in capitals."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trading import money

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
        ("-0.005", "-0.01"),
        ("-0.001", "0.00"),
        (Decimal("2.345"), "2.35"),
        (7, "7.00"),
        (" 1,234.5 ", "1234.50"),
        ("10000000000000", "10000000000000.00"),
    ],
)
def test_yuan_has_two_places_rounded_half_up(given_value, expected):
    assert str(money.yuan(given_value)) == expected


@pytest.mark.parametrize(
    "wrong",
    [1.5, float("nan"), True, None, b"1", "NaN", "inf", "-Infinity", "1e5", "1_000", "１２", "", "-", ".", "1.", ".5",
     "1,23", "12,3456", ",123", "--1", "9" * 50, "10000000000000.01", 10**13 + 1, Decimal("NaN"), Decimal("sNaN"),
     Decimal("Infinity"), Decimal("-1E+999999"), "1 000", "0x10"],
)  # fmt: skip
def test_what_is_no_money_is_refused(wrong):
    with pytest.raises(money.MoneyError):
        money.yuan(wrong)


def test_a_refusal_is_a_value_error():
    assert issubclass(money.MoneyError, ValueError)


@given(AMOUNTS)
def test_fen_go_to_yuan_and_back(fen):
    assert money.to_fen(money.from_fen(fen)) == fen


@pytest.mark.parametrize("wrong", [1.0, True, "1", 10**15 + 1, -(10**15) - 1])
def test_fen_are_whole_numbers_of_sensible_size(wrong):
    with pytest.raises(money.MoneyError):
        money.from_fen(wrong)


def test_a_part_of_a_fen_is_never_lost_in_silence():
    with pytest.raises(money.MoneyError):
        money.to_fen(Decimal("0.001"))
    assert money.to_fen(Decimal("0.010")) == 1


@pytest.mark.parametrize(
    ("amount", "grouped", "wan", "yi"),
    [
        ("1234567", "1,234,567.00", "123.46", "0.01"),
        ("516600000", "516,600,000.00", "51,660.00", "5.17"),
        ("-50", "-50.00", "-0.01", "0.00"),
        ("-49.99", "-49.99", "0.00", "0.00"),
        ("0", "0.00", "0.00", "0.00"),
    ],
)
def test_figures_are_separated_and_rounded_half_up(amount, grouped, wan, yi):
    value = Decimal(amount)
    assert (money.grouped(value), money.wan(value), money.yi(value)) == (grouped, wan, yi)


@pytest.mark.parametrize(
    ("rate", "text"), [("2.235", "2.24%"), ("2.2349", "2.23%"), ("-0.001", "0.00%"), ("100", "100.00%")]
)
def test_percent_has_two_places(rate, text):
    assert money.percent(Decimal(rate)) == text


@pytest.mark.parametrize("wrong", [2.24, Decimal("NaN"), 2])
def test_a_rate_is_a_finite_decimal(wrong):
    with pytest.raises(money.MoneyError):
        money.percent(wrong)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("10010", "壹万零壹拾元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("1020030.40", "壹佰零贰万零叁拾元肆角"),
        ("10000000000000", "壹拾万亿元整"),
        ("-3.21", "负叁元贰角壹分"),
    ],
)
def test_capitals_are_written_as_on_a_contract(amount, text):
    assert money.capitals(Decimal(amount)) == text


def agrees_with_the_independent_writer(amount):
    # cn2an drops the 零 that stands for an empty 万 group (100,001,000): such amounts prove nothing about us.
    size = abs(amount)
    assume(size < 10**8 or size % 10**8 >= 10**4 or size % 10**4 < 1000)
    return money.capitals(amount) == cn2an.an2cn(str(amount), "rmb")


@given(AMOUNTS)
def test_capitals_agree_with_an_independent_writer(fen):
    assert agrees_with_the_independent_writer(money.from_fen(fen))


@given(st.integers(0, 10**6), st.sampled_from([10, 1000, 10**5, 10**6]))
def test_capitals_of_round_sums_agree_with_an_independent_writer(count, unit):
    assert agrees_with_the_independent_writer(Decimal(count * unit))


@given(st.integers(0, 10**13))
def test_capitals_read_back_are_the_same_amount(whole):
    assert cn2an.cn2an(money.capitals(Decimal(whole)).removesuffix("元整"), "smart") == whole
