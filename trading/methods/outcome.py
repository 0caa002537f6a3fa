"""What a committee's sheets come to 评标结果汇总: from plain data alone, so that report, check and replay agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from trading.codelists import EvaluationMethod
from trading.methods import comprehensive, lowest_evaluated_price, score_sheets
from trading.methods.lowest_evaluated_price import Adjustment, PricedBid
from trading.methods.ranking import Place, apply_draw, half_up, needing_draw, places, separate
from trading.methods.rejection import abnormally_low
from trading.values import NotInForce, Values


@dataclass(frozen=True, slots=True)
class ToEvaluate:
    """One effective bid: ``id`` as the sheets know it, ``envelope`` for the draw of a tie, ``total`` yuan."""

    id: str
    envelope: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class Review:
    """What one member found of one bid: technical pass, adjustments in yuan, points by factor, reasons by factor."""

    passed: bool = True
    reason: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    points: Mapping[str, Decimal] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


Reviews = Mapping[str, Mapping[str, Review]]
"""Member id to bid id to what he found."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What the tender documents say of the evaluation; ``ceiling`` yuan, ``wanted`` candidates at most."""

    method: EvaluationMethod
    ceiling: Decimal | None
    wanted: int
    factors: tuple[comprehensive.Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One place of the ranking."""

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
        documents: method, ceiling, number of candidates, factors.
        values: the numbers in force, for the flags.
        draw_lots: puts equal envelopes in the order of the platform's draw, from what was fixed before the tie.

    Raises:
        ValueError: a sheet is incomplete or out of range.
    """
    if documents.method is EvaluationMethod.COMPREHENSIVE:
        ranked, lines = _by_points(bids, reviews, documents)
    else:
        ranked, lines = _by_price(bids, reviews)
    ranked, ties = _draw_ties(ranked, {bid.id: bid.envelope for bid in bids}, documents.wanted, draw_lots)
    rank = {bid: place.rank for place in ranked for bid in place.bids}
    ordered = sorted(lines, key=lambda line: (rank[line["bid"]], line["envelope"]))
    found = tuple(Line(rank=rank[line["bid"]], **line) for line in ordered)
    flags = (*_low_prices(bids, documents, values), *_odd_scores(bids, reviews, documents, values))
    return Outcome(found, flags, ties, documents.wanted)


def _by_price(bids: Sequence[ToEvaluate], reviews: Reviews) -> tuple[tuple[Place, ...], list[dict[str, Any]]]:
    """Lowest evaluated price: the mean of the members' adjustments, rounded once with the price."""
    lines: list[dict[str, Any]] = []
    for bid in bids:
        parts = [part.amount for sheet in reviews.values() for part in sheet[bid.id].adjustments]
        mean = sum((Fraction(part) for part in parts), Fraction(0)) / len(reviews)
        priced = PricedBid(bid.id, bid.total, adjustments=(Adjustment("mean", mean),))
        figure = lowest_evaluated_price.evaluated_price(priced)
        lines.append({
            "bid": bid.id, "envelope": bid.envelope, "price": bid.total, "evaluated_price": figure,
            "parts": {"adjustment": str(half_up(mean))},
        })  # fmt: skip
    ranked = places({line["bid"]: line["evaluated_price"] for line in lines})
    return separate(ranked, {bid.id: bid.total for bid in bids}), lines


def _points(reviews: Reviews) -> dict[str, dict[str, Mapping[str, Decimal]]]:
    return {member: {bid: one.points for bid, one in sheet.items()} for member, sheet in reviews.items()}


def _by_points(
    bids: Sequence[ToEvaluate], reviews: Reviews, documents: Documents
) -> tuple[tuple[Place, ...], list[dict[str, Any]]]:
    """Comprehensive evaluation: every factor the mean of all members, the price by formula, one rounding."""
    prices = {bid.id: bid.total for bid in bids}
    result = comprehensive.evaluate(documents.factors, prices, _points(reviews))
    price = next(one for one in documents.factors if one.kind is comprehensive.FactorKind.PRICE)
    lines = []
    for bid in bids:
        score = result.scores[bid.id]
        parts = {code: str(half_up(points)) for code, points in score.factors.items()}
        parts[price.code] = str(half_up(score.price))
        lines.append({
            "bid": bid.id, "envelope": bid.envelope, "price": bid.total, "evaluated_price": bid.total,
            "score": score.total, "parts": parts,
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


def _low_prices(bids: Sequence[ToEvaluate], documents: Documents, values: Values) -> list[dict[str, Any]]:
    """Prices that the bidder must explain (R12.C7); none on a law day before the ratios were in force."""
    offers = [bid.total for bid in bids]
    flags = []
    for bid in bids:
        try:
            found = abnormally_low(bid.total, offers, documents.ceiling, values)
        except NotInForce:
            return []
        if found:
            text = {"zh": "；".join(one.zh for one in found), "en": "; ".join(one.en for one in found)}
            flags.append({"kind": "low_price", "bid": bid.id, **text})
    return flags


def _odd_scores(
    bids: Sequence[ToEvaluate], reviews: Reviews, documents: Documents, values: Values
) -> list[dict[str, Any]]:
    """Disagreement on objective factors, and members far off the others, with the reason of their sheet (R12.C11)."""
    if documents.method is not EvaluationMethod.COMPREHENSIVE:
        return []
    ids, points = [bid.id for bid in bids], _points(reviews)
    flags = [
        {"kind": "objective", "bid": one.bid, "factor": one.factor, "zh": one.zh, "en": one.en}
        for one in score_sheets.disagreements(documents.factors, ids, points)
    ]
    for one in score_sheets.deviations(documents.factors, ids, points, Decimal(values["score_deviation"])):
        reason = "；".join(text for text in reviews[one.member][one.bid].reasons.values() if text)
        flags.append({"kind": "subjective", "bid": one.bid, "zh": one.zh, "en": one.en, "explanation": reason})
    return flags
