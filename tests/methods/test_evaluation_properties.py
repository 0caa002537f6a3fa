"""What holds of every evaluation 评标算术的性质: order changes nothing, sums equal parts, deductions never raise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from trading.codelists import EvaluationMethod, PriceFormula, ProjectType
from trading.methods.comprehensive import Factor, FactorKind, MeanBenchmark
from trading.methods.deductions import Policy, Standing, compared, confirmed, shares
from trading.methods.outcome import Documents, Outcome, Review, Reviews, ToEvaluate, evaluate
from trading.methods.price_points import PriceScoring
from trading.methods.ranking import half_up
from trading.values import load

D = Decimal
VALUES = load().on(date(2026, 3, 2))
FACTORS = (
    Factor("P", "价", "price", D(50), FactorKind.PRICE),
    Factor("T", "术", "plan", D(30), FactorKind.SUBJECTIVE),
    Factor("R", "绩", "record", D(20), FactorKind.OBJECTIVE),
)
MEMBERS = ("m1", "m2", "m3")
prices = st.integers(100_00, 900_00).map(lambda fen: D(fen) / 100)
shares_of_one = st.integers(0, 30).map(lambda percent: D(percent) / 100)
FORMULAS = {
    PriceFormula.LOW_PRICE_FIRST: PriceScoring(),
    PriceFormula.BENCHMARK_MEAN: PriceScoring(
        PriceFormula.BENCHMARK_MEAN, MeanBenchmark(D("0.02"), D(1), D("0.5"), enabled=True)
    ),
    PriceFormula.HIGHEST_PRICE: PriceScoring(PriceFormula.HIGHEST_PRICE),
}


@st.composite
def evaluations(draw: st.DrawFn) -> tuple[list[ToEvaluate], Reviews, Documents]:
    """Bids, every member's sheet, and documents of any type and formula."""
    count = draw(st.integers(1, 6))
    project = draw(st.sampled_from([ProjectType.WORKS, ProjectType.GP, ProjectType.ADMIN]))
    formula = draw(st.sampled_from(list(FORMULAS)))
    method = draw(st.sampled_from(list(EvaluationMethod)))
    policy = Policy(draw(shares_of_one), draw(shares_of_one), draw(st.integers(0, 5).map(lambda one: D(one) / 100)))
    standing = st.builds(Standing, st.booleans(), st.booleans())
    bids = [ToEvaluate(f"b{one}", f"e{one}", draw(prices), draw(standing)) for one in range(count)]
    points = st.fixed_dictionaries({"T": st.integers(0, 30).map(D), "R": st.sampled_from([D(0), D(10), D(20)])})
    reviews = {
        member: {bid.id: Review(points=draw(points), confirms=draw(standing)) for bid in bids} for member in MEMBERS
    }
    return bids, reviews, Documents(method, None, 3, FACTORS, project, FORMULAS[formula], policy)


def outcome(bids: list[ToEvaluate], reviews: Reviews, documents: Documents) -> Outcome:
    """The evaluation, equals drawn by their envelopes' names."""
    return evaluate(bids, reviews, documents, VALUES, sorted)


@given(evaluations(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_neither_the_order_of_bids_nor_of_members_changes_anything(
    made: tuple[list[ToEvaluate], Reviews, Documents], shuffler: Any
) -> None:
    bids, reviews, documents = made
    members = list(reviews)
    shuffled = list(bids)
    shuffler.shuffle(shuffled)
    shuffler.shuffle(members)
    again = outcome(shuffled, {one: reviews[one] for one in members}, documents)
    assert again.lines == outcome(bids, reviews, documents).lines
    assert sorted(str(flag) for flag in again.flags) == sorted(str(flag) for flag in outcome(*made).flags)


@given(evaluations())
@settings(max_examples=150, deadline=None)
def test_the_score_is_the_sum_of_its_parts_and_stays_within_its_bounds(
    made: tuple[list[ToEvaluate], Reviews, Documents],
) -> None:
    bids, reviews, documents = made
    for line in outcome(*made).lines:
        if line.score is None:
            continue
        means = [sum(Fraction(reviews[member][line.bid].points[code]) for member in MEMBERS) / 3 for code in ("T", "R")]
        assert [line.parts[code] for code in ("T", "R")] == [str(half_up(mean)) for mean in means]
        printed = sum((D(line.parts[code]) for code in ("P", "T", "R")), D(0))
        assert abs(printed - line.score) <= D("0.015"), "each printed part is off by half a hundredth at most"
        assert 0 <= line.score <= 100 + D(50) * documents.policy.bonus
    ranks = [line.rank for line in outcome(*made).lines]
    assert ranks == sorted(ranks) and ranks[0] == 1 and len(ranks) == len(bids)


@given(evaluations())
@settings(max_examples=150, deadline=None)
def test_deductions_never_raise_a_price_nor_touch_the_price_of_the_contract(
    made: tuple[list[ToEvaluate], Reviews, Documents],
) -> None:
    bids = {bid.id: bid for bid in made[0]}
    for line in outcome(*made).lines:
        assert line.price == bids[line.bid].total
        assert 0 < line.evaluated_price <= line.price


@given(prices, shares_of_one, shares_of_one, st.lists(st.booleans(), min_size=1, max_size=6))
def test_a_deduction_is_between_nothing_and_the_granted_shares(
    price: Decimal, small: Decimal, domestic: Decimal, kinds: list[bool]
) -> None:
    granted = shares(Policy(small, domestic), {str(one): Standing(True, kind) for one, kind in enumerate(kinds)})
    for share in granted.values():
        assert small <= share <= small + domestic
        assert compared(price, share) <= price
    if len(set(kinds)) == 1:
        assert set(granted.values()) == {small}, "domestic products that compete with no others have no advantage"


@given(evaluations(), st.integers(1, 50))
@settings(max_examples=150, deadline=None)
def test_a_worse_bid_added_leaves_the_order_of_the_others(
    made: tuple[list[ToEvaluate], Reviews, Documents], worse: int
) -> None:
    """Where the formula compares with the best bid alone; a mean moves with every bid, and a domestic one with its
    competitors, so these are left out.
    """
    bids, reviews, documents = made
    if documents.scoring.formula is PriceFormula.BENCHMARK_MEAN or documents.policy.domestic:
        return
    highest = documents.method is EvaluationMethod.HIGHEST_PRICE or (
        documents.scoring.formula is PriceFormula.HIGHEST_PRICE and documents.method is EvaluationMethod.COMPREHENSIVE
    )
    figures = [bid.total for bid in bids]
    total = min(figures) / (worse + 1) if highest else max(figures) + worse
    added = ToEvaluate("worst", "zz", half_up(total))
    points = {"T": D(0), "R": D(0)}
    wider = {member: {**sheet, "worst": Review(points=points)} for member, sheet in reviews.items()}
    before = [line.bid for line in outcome(bids, reviews, documents).lines]
    after = [line.bid for line in outcome([*bids, added], wider, documents).lines]
    assert [bid for bid in after if bid != "worst"] == before


@given(st.booleans(), st.lists(st.booleans(), min_size=5, max_size=5))
def test_a_declaration_counts_when_most_members_confirm_it_and_never_unasked(said: bool, votes: list[bool]) -> None:
    found = confirmed(Standing(small=said), [Standing(small=vote) for vote in votes], 5)
    assert found.small is (said and sum(votes) >= 3)
