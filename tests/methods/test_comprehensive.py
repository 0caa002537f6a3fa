"""Comprehensive evaluation: exact price points (V4-V6), averages of all members, ties (R12.C10, C16)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.methods.comprehensive import (
    Factor,
    FactorKind,
    Interval,
    MeanBenchmark,
    check_factors,
    evaluate,
    low_price_first,
    mean_benchmark,
)
from trading.methods.ranking import TieRule, half_up

D = Decimal


def factor(code: str, maximum: str, kind: FactorKind, *bands: tuple[str, str]) -> Factor:
    intervals = tuple(Interval("档", "band", D(low), D(high)) for low, high in bands)
    return Factor(code, f"因素{code}", f"factor {code}", D(maximum), kind, intervals)


PRICE = factor("price", "60", FactorKind.PRICE)
STAFF = factor("staff", "10", FactorKind.OBJECTIVE)
PLAN = factor("plan", "30", FactorKind.SUBJECTIVE, ("0", "10"), ("15", "30"))
FACTORS = (PRICE, STAFF, PLAN)


def sheet(**points: tuple[str, str]) -> dict[str, dict[str, Decimal]]:
    return {bid: {"staff": D(staff), "plan": D(plan)} for bid, (staff, plan) in points.items()}


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("30", ["30.00", "27.00", "24.55"]),
        ("10", ["10.00", "9.00", "8.18"]),
        ("40", ["40.00", "36.00", "32.73"]),
    ],
    ids=["V4", "V5", "V6"],
)
def test_the_lowest_price_gets_all_points_and_the_others_their_share(weight: str, expected: list[str]) -> None:
    points = low_price_first({"a": D(90), "b": D(100), "c": D(110)}, D(weight))
    assert [str(half_up(points[bid])) for bid in "abc"] == expected


def test_price_points_are_exact_before_the_last_step() -> None:
    assert low_price_first({"a": D(90), "c": D(110)}, D(30))["c"] == Fraction(270, 11)


@pytest.mark.parametrize("price", ["0", "-1"])
def test_a_price_that_is_not_positive_is_refused(price: str) -> None:
    with pytest.raises(ValueError, match="not positive"):
        low_price_first({"a": D(price)}, D(30))


def test_the_mean_benchmark_is_off_unless_switched_on() -> None:
    with pytest.raises(ValueError, match="switched off"):
        mean_benchmark({"a": D(100)}, D(60), MeanBenchmark(D(0), D(1), D("0.5")))


@pytest.mark.parametrize(("bid", "expected"), [("low", "55.00"), ("mean", "60.00"), ("high", "50.00"), ("far", "0.00")])
def test_the_mean_benchmark_takes_points_by_distance_and_never_goes_below_zero(bid: str, expected: str) -> None:
    prices = {"low": D(90), "mean": D(100), "high": D(110)}
    steep = bid == "far"
    terms = MeanBenchmark(D(0), D(10) if steep else D(1), D("0.5"), enabled=True)
    points = mean_benchmark(prices, D(60), terms)
    assert str(half_up(points["high" if steep else bid])) == expected


def test_delta_lowers_the_benchmark() -> None:
    terms = MeanBenchmark(D("0.10"), D(1), D(1), enabled=True)
    assert mean_benchmark({"a": D(90), "b": D(110)}, D(60), terms)["a"] == 60


@pytest.mark.parametrize(
    ("factors", "codes"),
    [
        (FACTORS, set()),
        ((PRICE, STAFF), {"sum"}),
        ((factor("price", "60.01", FactorKind.PRICE), STAFF, PLAN), {"sum"}),
        ((PRICE, STAFF, factor("staff", "30", FactorKind.SUBJECTIVE)), {"repeated"}),
        ((factor("p", "70", FactorKind.OBJECTIVE), factor("q", "30", FactorKind.SUBJECTIVE)), {"price"}),
        ((PRICE, factor("p2", "40", FactorKind.PRICE)), {"price"}),
        ((factor("price", "100", FactorKind.PRICE), factor("x", "0", FactorKind.SUBJECTIVE)), {"maximum"}),
        ((PRICE, factor("x", "40", FactorKind.SUBJECTIVE, ("0", "40.01"))), {"interval"}),
        ((PRICE, factor("x", "40", FactorKind.SUBJECTIVE, ("3", "2"))), {"interval"}),
    ],
)
def test_factors_sum_to_a_hundred_with_one_price_and_bands_inside(factors: tuple[Factor, ...], codes: set[str]) -> None:
    assert {finding.code for finding in check_factors(factors)} == codes


@pytest.mark.parametrize(
    ("points", "taken"),
    [("0", True), ("10", True), ("10.01", False), ("14.99", False), ("15", True), ("30", True), ("30.01", False)],
)
def test_points_lie_inside_a_published_band(points: str, taken: bool) -> None:
    assert PLAN.takes(D(points)) is taken


@pytest.mark.parametrize("points", ["-0.01", "NaN", "Infinity", "10.01"])
def test_points_outside_the_maximum_are_not_taken(points: str) -> None:
    assert not STAFF.takes(D(points))


def test_every_member_counts_and_nothing_is_dropped() -> None:
    sheets = {
        "m1": sheet(a=("8", "30"), b=("8", "20")),
        "m2": sheet(a=("8", "0"), b=("8", "20")),
        "m3": sheet(a=("8", "20"), b=("8", "21")),
    }
    result = evaluate(FACTORS, {"a": D(100), "b": D(110)}, sheets)
    assert result.scores["a"].factors == {"staff": Fraction(8), "plan": Fraction(50, 3)}
    assert str(result.scores["a"].technical) == "24.67"
    assert str(result.scores["a"].total) == "84.67"
    assert str(result.scores["b"].total) == "82.88"
    assert [place.bids for place in result.places] == [("a",), ("b",)]


def test_the_sum_is_rounded_once_and_not_its_parts() -> None:
    sheets = {f"m{n}": sheet(a=("0", points)) for n, points in enumerate(["10", "10", "10.01"])}
    factors = (PRICE, STAFF, factor("plan", "30", FactorKind.SUBJECTIVE))
    two = evaluate(factors, {"a": D(300), "z": D(299)}, {m: s | sheet(z=("0", "0")) for m, s in sheets.items()})
    assert two.scores["a"].total == half_up(Fraction(299, 300) * 60 + Fraction(3001, 300))


def test_equal_totals_go_to_the_lower_price_then_to_the_technical_score_then_stay_tied() -> None:
    factors = (factor("price", "50", FactorKind.PRICE), factor("plan", "50", FactorKind.SUBJECTIVE))
    prices = {"a": D(100), "b": D(200), "c": D(100)}
    sheets = {"m": {"a": {"plan": D(20)}, "b": {"plan": D(45)}, "c": {"plan": D(20)}}}
    result = evaluate(factors, prices, sheets)
    assert {str(score.total) for score in result.scores.values()} == {"70.00"}
    assert [(place.rank, place.bids) for place in result.places] == [(1, ("a", "c")), (3, ("b",))]
    turned = evaluate(factors, prices, sheets, order=(TieRule.HIGHER_TECHNICAL,))
    assert [place.bids for place in turned.places] == [("b",), ("a", "c")]


@pytest.mark.parametrize(
    "sheets",
    [{}, {"m": {}}, {"m": sheet(a=("8", "12"))}, {"m": {"a": {"staff": D(8)}}}, {"m": sheet(a=("11", "30"))}],
)
def test_an_incomplete_or_wrong_sheet_is_refused(sheets: dict[str, dict[str, dict[str, Decimal]]]) -> None:
    with pytest.raises(ValueError, match="sheet|points"):
        evaluate(FACTORS, {"a": D(100)}, sheets)


def test_unfit_factors_are_refused() -> None:
    with pytest.raises(ValueError, match="factors"):
        evaluate((PRICE,), {"a": D(100)}, {})


POINTS = st.integers(0, 1000).map(lambda n: D(n).scaleb(-2))
ONE = st.tuples(st.integers(1, 10**12).map(lambda n: D(n).scaleb(-2)), st.lists(POINTS, min_size=3, max_size=3))


@given(st.lists(ONE, min_size=1, max_size=6), st.randoms())
def test_neither_the_order_of_bids_nor_of_members_matters(
    bids: list[tuple[Decimal, list[Decimal]]], shuffler: object
) -> None:
    factors = (factor("price", "90", FactorKind.PRICE), factor("x", "10", FactorKind.SUBJECTIVE))
    prices = {f"b{n}": price for n, (price, _) in enumerate(bids)}
    sheets = {f"m{m}": {f"b{n}": {"x": given_[m]} for n, (_, given_) in enumerate(bids)} for m in range(3)}
    names, members = list(prices), list(sheets)
    shuffler.shuffle(names)  # type: ignore[attr-defined]
    shuffler.shuffle(members)  # type: ignore[attr-defined]
    shuffled = evaluate(factors, {name: prices[name] for name in names}, {member: sheets[member] for member in members})
    assert shuffled == evaluate(factors, prices, sheets)
    for score in shuffled.scores.values():
        assert score.total == half_up(score.price + sum(score.factors.values()))
