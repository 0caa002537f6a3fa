"""Comprehensive evaluation 综合评估法: published factors, every member's sheet, exact averages, one rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trading.codelists import Code
from trading.methods.ranking import Place, TieRule, half_up, places, separate

FULL_SCORE = Decimal(100)

Sheets = Mapping[str, Mapping[str, Mapping[str, Decimal]]]
"""Member id to bid id to factor code to points."""
PricePoints = Callable[[Mapping[str, Decimal], Decimal], Mapping[str, Fraction]]
"""From prices (yuan by bid id) and the maximum of the price factor to exact points."""


class FactorKind(Code):
    """Who finds the points of a factor."""

    PRICE = "price", "价格因素（按公式计算）", "Price, by formula"
    OBJECTIVE = "objective", "客观因素", "Objective"
    SUBJECTIVE = "subjective", "主观因素", "Subjective"


@dataclass(frozen=True, slots=True)
class Interval:
    """One published band of points with what earns it; both ends are included."""

    zh: str
    en: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Factor:
    """One scoring factor of the documents; without intervals any points from 0 to ``maximum`` may be given."""

    code: str
    zh: str
    en: str
    maximum: Decimal
    kind: FactorKind
    intervals: tuple[Interval, ...] = ()

    def takes(self, points: Decimal) -> bool:
        """True where ``points`` may be given: inside the maximum and inside one of the published bands."""
        if not points.is_finite() or not 0 <= points <= self.maximum:
            return False
        return not self.intervals or any(band.low <= points <= band.high for band in self.intervals)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or remarkable: ``code`` is stable, ``member``, ``bid`` and ``factor`` say where ("" for all)."""

    code: str
    zh: str
    en: str
    member: str = ""
    bid: str = ""
    factor: str = ""


@dataclass(frozen=True, slots=True)
class BidScore:
    """The score of one bid: exact parts, and the printed total and technical part with two decimals."""

    bid: str
    factors: Mapping[str, Fraction]
    price: Fraction
    technical: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores by bid id and the places, highest total first; a place of several bids needs the draw."""

    scores: Mapping[str, BidScore]
    places: tuple[Place, ...]


def check_factors(factors: Sequence[Factor]) -> tuple[Finding, ...]:
    """What is wrong with a list of factors; empty where it can be published (R03, R12.C1).

    The maxima must sum to 100, codes be unique, exactly one factor be the price, and every band lie inside its factor.
    """
    found: list[Finding] = []
    total = sum((factor.maximum for factor in factors), Decimal(0))
    if total != FULL_SCORE:
        found.append(Finding("sum", f"各因素分值合计为{total}，应为100", f"The maxima sum to {total}, not to 100"))
    if len({factor.code for factor in factors}) != len(factors):
        found.append(Finding("repeated", "评审因素编号重复", "A factor code is used twice"))
    prices = sum(factor.kind is FactorKind.PRICE for factor in factors)
    if prices != 1:
        found.append(
            Finding(
                "price", f"应当有且只有一个价格因素，现有{prices}个", f"There must be one price factor, not {prices}"
            )
        )
    for factor in factors:
        if factor.maximum <= 0:
            found.append(
                Finding(
                    "maximum", f"“{factor.zh}”的分值应大于零", f"“{factor.en}” is worth nothing", factor=factor.code
                )
            )
        if any(not 0 <= band.low <= band.high <= factor.maximum for band in factor.intervals):
            found.append(
                Finding(
                    "interval",
                    f"“{factor.zh}”的分档超出分值",
                    f"A band of “{factor.en}” lies outside",
                    factor=factor.code,
                )
            )
    return tuple(found)


def low_price_first(prices: Mapping[str, Decimal], maximum: Decimal) -> dict[str, Fraction]:
    """Price points (P0 / P) x ``maximum``, exact; P0 is the lowest of the valid ``prices`` (yuan by bid id).

    Raises ValueError for a price that is not positive. Source: D87 55 (checked), rulebook F1.
    """
    _positive(prices)
    lowest = min(prices.values(), default=Decimal(1))
    return {bid: Fraction(lowest) / Fraction(price) * Fraction(maximum) for bid, price in prices.items()}


@dataclass(frozen=True, slots=True)
class MeanBenchmark:
    """The county's mean-benchmark formula F2 (not law): off unless the documents switch it on.

    ``delta``: share taken off the mean; ``above`` and ``below``: points lost for each per cent over and under.
    """

    delta: Decimal
    above: Decimal
    below: Decimal
    enabled: bool = False


def mean_benchmark(prices: Mapping[str, Decimal], maximum: Decimal, terms: MeanBenchmark) -> dict[str, Fraction]:
    """Price points by distance from the mean less delta, exact, never below 0 (rulebook F2, county rule).

    Raises ValueError where the option is off or a price is not positive.
    """
    if not terms.enabled:
        raise ValueError("the mean benchmark is switched off")
    _positive(prices)
    if not prices:
        return {}
    mean = sum((Fraction(price) for price in prices.values()), Fraction(0)) / len(prices)
    base = mean * (1 - Fraction(terms.delta))
    if base <= 0:
        raise ValueError("the benchmark is not positive")
    points = {}
    for bid, price in prices.items():
        percent = (Fraction(price) - base) / base * 100
        lost = percent * Fraction(terms.above) if percent > 0 else -percent * Fraction(terms.below)
        points[bid] = max(Fraction(0), Fraction(maximum) - lost)
    return points


def _positive(prices: Mapping[str, Decimal]) -> None:
    for bid, price in prices.items():
        if not price > 0:
            raise ValueError(f"the price of bid {bid} is not positive")


def evaluate(
    factors: Sequence[Factor],
    prices: Mapping[str, Decimal],
    sheets: Sheets,
    *,
    price_points: PricePoints = low_price_first,
    order: Sequence[TieRule] = (TieRule.LOWER_PRICE, TieRule.HIGHER_TECHNICAL),
    tie_prices: Mapping[str, Decimal] | None = None,
) -> Evaluation:
    """Scores and places of the effective bids.

    ``prices``: evaluated price in yuan by bid id, effective bids only; ``sheets``: every member's points for the other
    factors; ``price_points``: the formula of the documents; ``tie_prices``: what separates equal scores where that is
    another price (yuan by bid id). Each factor is the mean of all members, nothing dropped; the sum is rounded once,
    half-up, to two decimals.
    What is compared is the printed figure; equal ones are separated by ``order``, the rest stays tied for the draw.
    Raises ValueError where factors are unfit or a sheet is incomplete or out of range (ask ``check_factors`` and
    ``trading.methods.score_sheets.check`` first). Source: D12 34-35, rulebook R12.C10, C16.
    """
    if check_factors(factors):
        raise ValueError("the factors cannot be used")
    price_factor = next(factor for factor in factors if factor.kind is FactorKind.PRICE)
    scored = [factor for factor in factors if factor.kind is not FactorKind.PRICE]
    points = price_points(prices, price_factor.maximum)
    scores = {bid: _score(bid, scored, points[bid], sheets) for bid in sorted(prices)}
    ranked = places({bid: score.total for bid, score in scores.items()}, highest_first=True)
    technical = {bid: score.technical for bid, score in scores.items()}
    return Evaluation(scores, separate(ranked, tie_prices or prices, technical, order))


def _score(bid: str, factors: Sequence[Factor], price: Fraction, sheets: Sheets) -> BidScore:
    parts = {factor.code: _mean(bid, factor, sheets) for factor in factors}
    technical = sum(parts.values(), Fraction(0))
    return BidScore(bid, parts, price, half_up(technical), half_up(technical + price))


def _mean(bid: str, factor: Factor, sheets: Sheets) -> Fraction:
    if not sheets:
        raise ValueError("there is no score sheet")
    total = Fraction(0)
    for member, sheet in sheets.items():
        points = sheet.get(bid, {}).get(factor.code)
        if points is None or not factor.takes(points):
            raise ValueError(f"member {member} has no valid points for bid {bid}, factor {factor.code}")
        total += Fraction(points)
    return total / len(sheets)
