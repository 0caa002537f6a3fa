"""What a committee's sheets come to 评标结果汇总: from plain data alone, so that report, check and replay agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from trading.codelists import EvaluationMethod, ProjectType
from trading.methods import comprehensive, lowest_evaluated_price, score_sheets
from trading.methods.deductions import Policy, Standing, bonuses, compared, confirmed, shares
from trading.methods.lowest_evaluated_price import Adjustment, PricedBid
from trading.methods.price_points import PriceScoring
from trading.methods.ranking import Place, TieRule, apply_draw, half_up, needing_draw, places, separate
from trading.methods.rejection import abnormally_low, raised
from trading.values import NotInForce, Values

LOW_PRICE, OBJECTIVE, SUBJECTIVE = "low_price", "objective", "subjective"


@dataclass(frozen=True, slots=True)
class ToEvaluate:
    """One effective bid: ``id`` as the sheets know it, ``envelope`` for the draw of a tie, ``total`` yuan.

    ``total`` is the price read out, or the corrected one that the bidder confirmed; ``declared``: what his sheet
    declares of himself.
    """

    id: str
    envelope: str
    total: Decimal
    declared: Standing = Standing()


@dataclass(frozen=True, slots=True)
class Review:
    """What one member found of one bid: technical pass, adjustments in yuan, points by factor, reasons by factor.

    ``confirms``: which of the bidder's declarations he confirms.
    """

    passed: bool = True
    reason: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    points: Mapping[str, Decimal] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    confirms: Standing = Standing()


Reviews = Mapping[str, Mapping[str, Review]]
"""Member id to bid id to what he found."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What the tender documents say of the evaluation; ``ceiling`` yuan, ``wanted`` candidates at most.

    ``low_price_base``: yuan, with what a price is compared beside the other offers: the ceiling, or in procurement else
    the budget. ``low_price_share``: the ratio to which the documents raise those of an abnormally low price.
    """

    method: EvaluationMethod
    ceiling: Decimal | None
    wanted: int
    factors: tuple[comprehensive.Factor, ...] = ()
    type: ProjectType = ProjectType.WORKS
    scoring: PriceScoring = PriceScoring()
    policy: Policy = Policy()
    low_price_base: Decimal | None = None
    low_price_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One place of the ranking; ``price`` becomes the contract price, ``evaluated_price`` is only compared."""

    bid: str
    envelope: str
    rank: int
    price: Decimal
    evaluated_price: Decimal
    score: Decimal | None = None
    parts: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The line as the report keeps it."""
        return {
            "bid": self.bid, "envelope": self.envelope, "rank": self.rank, "price": str(self.price),
            "evaluated_price": str(self.evaluated_price), "score": None if self.score is None else str(self.score),
            "parts": [{"code": code, "figure": figure} for code, figure in self.parts.items()],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """Ranking, candidates, flags and, where equals were drawn, the record of that draw."""

    lines: tuple[Line, ...]
    flags: tuple[dict[str, Any], ...]
    ties: tuple[dict[str, Any], ...]
    wanted: int

    @property
    def candidates(self) -> tuple[Line, ...]:
        """The bids recommended, first the best."""
        return self.lines[: self.wanted]


def failed_by_majority(reviews: Reviews, bid: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Votes against and for ``bid`` and the reasons, where more than half fail it; else None (R12.C17)."""
    found = [sheet[bid] for sheet in reviews.values() if bid in sheet]
    against = [one for one in found if not one.passed]
    if 2 * len(against) <= len(reviews):
        return None
    reasons = tuple(dict.fromkeys(one.reason for one in against if one.reason))
    return len(against), len(found) - len(against), reasons


def tie_order(documents: Documents) -> tuple[TieRule, ...]:
    """What separates equal bids before the draw (R12.C16).

    Procurement: equal scores by the offered price, equal evaluated prices by nothing (D87 56-57). Works: the lower
    price, then the higher technical score, as a county rule where the documents say nothing. Disposals: the technical
    score alone.
    """
    if documents.method is EvaluationMethod.HIGHEST_PRICE:
        return ()
    scored = documents.method is EvaluationMethod.COMPREHENSIVE
    if documents.type.is_procurement:
        return (TieRule.LOWER_PRICE,) if scored else ()
    if not documents.type.is_purchase:
        return (TieRule.HIGHER_TECHNICAL,)
    return (TieRule.LOWER_PRICE, TieRule.HIGHER_TECHNICAL)


def standings_of(bids: Sequence[ToEvaluate], reviews: Reviews) -> dict[str, Standing]:
    """What the committee confirmed of each bidder, by majority (R12.C17)."""
    return {
        bid.id: confirmed(
            bid.declared, [sheet[bid.id].confirms for sheet in reviews.values() if bid.id in sheet], len(reviews)
        )
        for bid in bids
    }


def evaluate(
    bids: Sequence[ToEvaluate],
    reviews: Reviews,
    documents: Documents,
    values: Values,
    draw_lots: Callable[[Sequence[str]], Sequence[str]],
) -> Outcome:
    """The ranking of the effective bids.

    Arguments:
        bids: effective bids alone.
        reviews: every member's sheet over at least these bids.
        documents: method, ceiling, number of candidates, factors, formula, policy.
        values: the numbers in force, for the flags.
        draw_lots: puts equal envelopes in the order of the platform's draw, from what was fixed before the tie.

    Raises:
        ValueError: a sheet is incomplete or out of range.
    """
    standings = standings_of(bids, reviews)
    taken_off = shares(documents.policy, standings)
    if documents.method is EvaluationMethod.COMPREHENSIVE:
        ranked, lines = _by_points(bids, reviews, documents, taken_off, bonuses(documents.policy, standings))
    else:
        ranked, lines = _by_price(bids, reviews, documents, taken_off)
    ranked, ties = _draw_ties(ranked, {bid.id: bid.envelope for bid in bids}, documents.wanted, draw_lots)
    rank = {bid: place.rank for place in ranked for bid in place.bids}
    ordered = sorted(lines, key=lambda line: (rank[line["bid"]], line["envelope"]))
    found = tuple(Line(rank=rank[line["bid"]], **line) for line in ordered)
    flags = (*low_prices(bids, documents, values), *odd_scores(bids, reviews, documents, values))
    return Outcome(found, flags, ties, documents.wanted)


def _told(share: Decimal) -> dict[str, str]:
    """The deduction as a part of the line, in per cent; nothing where there is none."""
    return {"deduction": str(half_up(share * 100))} if share else {}


def _by_price(
    bids: Sequence[ToEvaluate], reviews: Reviews, documents: Documents, taken_off: Mapping[str, Decimal]
) -> tuple[tuple[Place, ...], list[dict[str, Any]]]:
    """By price: the deducted price with the mean of the members' adjustments, rounded once more."""
    lines: list[dict[str, Any]] = []
    for bid in bids:
        parts = [part.amount for sheet in reviews.values() for part in sheet[bid.id].adjustments]
        mean = sum((Fraction(part) for part in parts), Fraction(0)) / len(reviews)
        deducted = compared(bid.total, taken_off[bid.id])
        figure = lowest_evaluated_price.evaluated_price(
            PricedBid(bid.id, deducted, adjustments=(Adjustment("mean", mean),))
        )
        lines.append({
            "bid": bid.id, "envelope": bid.envelope, "price": bid.total, "evaluated_price": figure,
            "parts": {"adjustment": str(half_up(mean)), **_told(taken_off[bid.id])},
        })  # fmt: skip
    highest = documents.method is EvaluationMethod.HIGHEST_PRICE
    ranked = places({line["bid"]: line["evaluated_price"] for line in lines}, highest_first=highest)
    return separate(ranked, {bid.id: bid.total for bid in bids}, None, tie_order(documents)), lines


def _points(reviews: Reviews) -> dict[str, dict[str, Mapping[str, Decimal]]]:
    return {member: {bid: one.points for bid, one in sheet.items()} for member, sheet in reviews.items()}


def _by_points(
    bids: Sequence[ToEvaluate], reviews: Reviews, documents: Documents, taken_off: Mapping[str, Decimal],
    bonus: Mapping[str, Decimal],
) -> tuple[tuple[Place, ...], list[dict[str, Any]]]:  # fmt: skip
    """Comprehensive evaluation: every factor the mean of all members, the price by formula, one rounding."""
    prices = {bid.id: compared(bid.total, taken_off[bid.id]) for bid in bids}
    result = comprehensive.evaluate(
        documents.factors, prices, _points(reviews), order=tie_order(documents),
        price_points=lambda offers, maximum: documents.scoring.points(offers, maximum, bonus),
        tie_prices={bid.id: bid.total for bid in bids},
    )  # fmt: skip
    price = next(one for one in documents.factors if one.kind is comprehensive.FactorKind.PRICE)
    lines = []
    for bid in bids:
        score = result.scores[bid.id]
        parts = {code: str(half_up(points)) for code, points in score.factors.items()}
        parts[price.code] = str(half_up(score.price))
        lines.append({
            "bid": bid.id, "envelope": bid.envelope, "price": bid.total, "evaluated_price": prices[bid.id],
            "score": score.total, "parts": {**parts, **_told(taken_off[bid.id])},
        })  # fmt: skip
    return result.places, lines


def _draw_ties(
    ranked: tuple[Place, ...],
    envelopes: Mapping[str, str],
    wanted: int,
    draw_lots: Callable[[Sequence[str]], Sequence[str]],
) -> tuple[tuple[Place, ...], tuple[dict[str, Any], ...]]:
    """Equal bids among the candidates put in order by the platform's draw, and what was drawn (R12.C16)."""
    drawn = []
    bid_of = {envelope: bid for bid, envelope in envelopes.items()}
    for place in needing_draw(ranked, wanted):
        order = list(draw_lots([envelopes[bid] for bid in place.bids]))
        ranked = apply_draw(ranked, place.bids, [bid_of[one] for one in order])
        drawn.append({"rank": place.rank, "figure": str(place.figure), "order": order})
    return ranked, tuple(drawn)


def low_prices(bids: Sequence[ToEvaluate], documents: Documents, values: Values) -> list[dict[str, Any]]:
    """Prices that the bidder must explain (R12.C7): offered ones, not those compared after deductions.

    None in a disposal, and none on a law day before the ratios were in force.
    """
    if not documents.type.is_purchase:
        return []
    offers = [bid.total for bid in bids]
    base = documents.low_price_base or documents.ceiling
    flags = []
    for bid in bids:
        try:
            ratios = raised(values, documents.low_price_share)
            found = abnormally_low(bid.total, offers, base, ratios, works=not documents.type.is_procurement)
        except NotInForce:
            return []
        if found:
            text = {"zh": "；".join(one.zh for one in found), "en": "; ".join(one.en for one in found)}
            flags.append({"kind": LOW_PRICE, "bid": bid.id, **text})
    return flags


def odd_scores(
    bids: Sequence[ToEvaluate], reviews: Reviews, documents: Documents, values: Values
) -> list[dict[str, Any]]:
    """Disagreement on objective factors, and members far off the others, with the reason of their sheet (R12.C11)."""
    if documents.method is not EvaluationMethod.COMPREHENSIVE:
        return []
    ids, points = [bid.id for bid in bids], _points(reviews)
    flags = [
        {"kind": OBJECTIVE, "bid": one.bid, "factor": one.factor, "zh": one.zh, "en": one.en}
        for one in score_sheets.disagreements(documents.factors, ids, points)
    ]
    for one in score_sheets.deviations(documents.factors, ids, points, Decimal(values["score_deviation"])):
        reason = "；".join(text for text in reviews[one.member][one.bid].reasons.values() if text)
        flags.append(
            {"kind": SUBJECTIVE, "bid": one.bid, "member": one.member, "zh": one.zh, "en": one.en,
             "explanation": reason}
        )  # fmt: skip
    return flags
