"""Worked examples that others have published, reproduced to the last digit; each test names its source.

Where a source prints only a formula or a criterion, the test says so and shows the hand's own steps.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from trading.codelists import EvaluationMethod, PriceFormula, ProjectType
from trading.methods.arithmetic import Line, PriceSheet, correct_procurement
from trading.methods.comprehensive import Factor, FactorKind, low_price_first
from trading.methods.deductions import Policy, Standing, compared
from trading.methods.outcome import Documents, Review, ToEvaluate, evaluate
from trading.methods.price_points import PriceScoring, benchmark_with, published
from trading.methods.ranking import half_up
from trading.values import load

D = Decimal
VALUES = load().on(date(2026, 3, 2))


def factors(**maxima: str) -> tuple[Factor, ...]:
    """One price factor P, everything else subjective."""
    return tuple(
        Factor(code, code, code, D(maximum), FactorKind.PRICE if code == "P" else FactorKind.SUBJECTIVE)
        for code, maximum in maxima.items()
    )


def result(
    prices: dict[str, str], points: dict[str, dict[str, str]], documents: Documents
) -> dict[str, Decimal | None]:
    """The scores of bids by id, one member scoring alone."""
    reviews = {
        "m": {bid: Review(points={code: D(given) for code, given in points.get(bid, {}).items()}) for bid in prices}
    }
    bids = [ToEvaluate(bid, bid, D(price)) for bid, price in prices.items()]
    return {line.bid: line.score for line in evaluate(bids, reviews, documents, VALUES, sorted).lines}


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("30", {"a": "30.00", "b": "27.00", "c": "24.55"}),
        ("10", {"a": "10.00", "b": "9.00", "c": "8.18"}),
        ("40", {"a": "40.00", "b": "36.00", "c": "32.73"}),
    ],
    ids=["V4", "V5", "V6"],
)
def test_rulebook_10_3_vectors_v4_to_v6_for_d87_55(weight: str, expected: dict[str, str]) -> None:
    """Source: the rulebook's test vectors (10.3), formula of 财政部令第87号 art. 55: (P0 / P) x weight x 100."""
    documents = Documents(
        EvaluationMethod.COMPREHENSIVE, None, 3, factors(P=weight, T=str(100 - int(weight))), ProjectType.GP
    )
    nothing = {bid: {"T": "0"} for bid in "abc"}
    assert result({"a": "90", "b": "100", "c": "110"}, nothing, documents) == {
        bid: D(score) for bid, score in expected.items()
    }


def test_negometrix_low_bid_scoring_formula() -> None:
    """Source: Negometrix, "Low bid scoring formula" (support-us.negometrix.com, article 44001761046).

    Criteria of 60, 40, 30 and 70 (price) points of 200, told there in per cent as 30, 20, 15 and 35. Bidder A has
    40, 30, 20 and 10 000 dollars, bidder B 32, 20, 22 and 8 000 dollars: 146 (73 %) against 144 (72 %), A wins.
    """
    documents = Documents(
        EvaluationMethod.COMPREHENSIVE, None, 3, factors(P="35", EXPERIENCE="30", QUALITY="20", TIME="15"),
        ProjectType.GP,
    )  # fmt: skip
    points = {
        "A": {"EXPERIENCE": "20", "QUALITY": "15", "TIME": "10"},
        "B": {"EXPERIENCE": "16", "QUALITY": "10", "TIME": "11"},
    }
    assert result({"A": "10000", "B": "8000"}, points, documents) == {"A": D("73.00"), "B": D("72.00")}


def test_egov_blog_normalised_financial_scores() -> None:
    """Source: the-egov-blog.blogspot.com on QCBS: bids of 20, 40 and 60 crore have 100, 50 and 33.3 points."""
    found = low_price_first({"A": D(20), "B": D(40), "C": D(60)}, D(100))
    assert {bid: str(half_up(points, 1)) for bid, points in found.items()} == {"A": "100.0", "B": "50.0", "C": "33.3"}


def test_a_published_criterion_of_a_benchmark_mean() -> None:
    """Criterion as printed by sosotiku.com (question b9d826302c35…): one point for each per cent above the benchmark,
    half a point for each per cent below, interpolated, not below zero. By hand, delta 0: mean of 95, 100 and 105 is
    100; 105 is 5 % above and loses 5, 95 is 5 % below and loses 2.5.
    """
    kept = published("0, 1, 2", D(1), D("0.5"), switched_on=True)
    scoring = PriceScoring(PriceFormula.BENCHMARK_MEAN, benchmark_with(kept, "0"))
    points = scoring.points({"a": D(95), "b": D(100), "c": D(105)}, D(60))
    assert points == {"a": Fraction("57.5"), "b": Fraction(60), "c": Fraction(55)}
    lowered = PriceScoring(PriceFormula.BENCHMARK_MEAN, benchmark_with(kept, "2"))
    assert half_up(lowered.points({"a": D(95), "b": D(100), "c": D(105)}, D(60))["b"]) == D("57.96")


def test_a_small_firm_is_compared_by_its_deducted_price_and_paid_its_offer() -> None:
    """Formula of 政府采购促进中小企业发展管理办法 art. 9 (SME46): the deducted price takes part in the evaluation.

    By hand, 10 %: 100 becomes 90 and is the base; the large firm's 95 has 90 / 95 x 30 = 28.42.
    """
    documents = Documents(
        EvaluationMethod.COMPREHENSIVE, None, 3, factors(P="30", T="70"), ProjectType.GP, policy=Policy(small=D("0.10"))
    )
    yes = Review(points={"T": D(0)}, confirms=Standing(small=True))
    no = Review(points={"T": D(0)})
    bids = [ToEvaluate("small", "small", D(100), Standing(small=True)), ToEvaluate("large", "large", D(95))]
    lines = evaluate(bids, {"m": {"small": yes, "large": no}}, documents, VALUES, sorted).lines
    told = {line.bid: (line.price, line.evaluated_price, line.score) for line in lines}
    assert told == {"small": (D(100), D("90.00"), D("30.00")), "large": (D(95), D("95.00"), D("28.42"))}
    assert compared(D(100), D("0.10")) == D("90.00")


def test_works_under_the_tendering_law_give_a_bonus_on_the_points_instead() -> None:
    """SME46 art. 9: scored by another formula than the lowest price first, the points of the price rise by 3 to 5 %.

    By hand: mean 100, both 5 % off, above one point lost, below half a point for each per cent; 57.5 x 1.05 = 60.375.
    """
    kept = published("0", D(1), D("0.5"), switched_on=True)
    documents = Documents(
        EvaluationMethod.COMPREHENSIVE, None, 3, factors(P="60", T="40"),
        scoring=PriceScoring(PriceFormula.BENCHMARK_MEAN, benchmark_with(kept, "0")), policy=Policy(bonus=D("0.05")),
    )  # fmt: skip
    found = Review(points={"T": D(0)}, confirms=Standing(small=True))
    bids = [ToEvaluate("small", "small", D(95), Standing(small=True)), ToEvaluate("large", "large", D(105))]
    lines = evaluate(bids, {"m": {"small": found, "large": found}}, documents, VALUES, sorted).lines
    assert {line.bid: (line.evaluated_price, line.score) for line in lines} == {
        "small": (D("95.00"), D("60.38")), "large": (D("105.00"), D("55.00")),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "total", "codes"),
    [
        (PriceSheet(D(1000), in_bid=D(1200)), "1000", ["opening"]),
        (PriceSheet(D(1000), words=D(1100), in_bid=D(1200)), "1100", ["opening", "words"]),
        (PriceSheet(D(1000), None, (Line("a", D(10), D("1000"), D(1000)),)), "1000", ["decimal_point"]),
        (PriceSheet(D(1000), None, (Line("a", D(10), D(90), D(1000)),)), "900.00", ["unit_price", "sum"]),
        (PriceSheet(D(1000), None, (Line("a", D(10), D(100), D(1000)),)), "1000", []),
    ],
    ids=["opening sheet first", "then words", "then the decimal point", "then the unit prices", "nothing"],
)
def test_the_order_of_d87_59(sheet: PriceSheet, total: str, codes: list[str]) -> None:
    """Order of 财政部令第87号 art. 59; the numbers are by hand."""
    found = correct_procurement(sheet)
    assert (found.total, [one.code for one in found.corrections]) == (D(total), codes)
