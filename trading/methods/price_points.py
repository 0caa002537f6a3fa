"""From prices to price points 价格分: the formula that the documents chose, with what they published of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from trading.codelists import PriceFormula
from trading.errors import TradingError
from trading.methods.comprehensive import MeanBenchmark, low_price_first, mean_benchmark

MOST_DELTAS = 12
DELTA_MAX = Decimal(20)


class UnfitBenchmark(TradingError):
    """What is published of the mean benchmark cannot be used; ``field`` names what is wrong (empty: the formula)."""

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.field = field


def published(deltas: str | None, above: Decimal | None, below: Decimal | None, *, switched_on: bool) -> dict[str, Any]:
    """The benchmark as the documents publish it: ``deltas`` in per cent as text, points lost for each per cent.

    Arguments:
        switched_on: whether the county lets this formula be used at all (values.toml: mean_benchmark).

    Raises:
        UnfitBenchmark: it is off, a figure is missing, or a coefficient is no per cent between 0 and 20.
    """
    if not switched_on:
        raise UnfitBenchmark(
            "", "本县未开放平均价下浮基准法，请选择其他价格分计算公式",
            "The county has not opened the benchmark mean: choose another formula",
        )  # fmt: skip
    read = _deltas(deltas or "")
    for name, figure in (("above", above), ("below", below)):
        if figure is None or figure <= 0:
            raise UnfitBenchmark(name, "请填写大于零的扣分值", "Give the points lost for each per cent, above zero")
    return {"deltas": [str(one) for one in read], "above": str(above), "below": str(below)}


def _deltas(text: str) -> list[Decimal]:
    try:
        read = [Decimal(one.strip().removesuffix("%")) for one in text.replace("，", ",").split(",") if one.strip()]
    except InvalidOperation:
        read = []
    if not read or len(read) > MOST_DELTAS or len(set(read)) != len(read):
        raise UnfitBenchmark(
            "deltas", "请公布一个以上互不重复的下浮系数，用逗号分隔",
            "Publish one or more different coefficients, parted by commas",
        )  # fmt: skip
    if any(not one.is_finite() or not 0 <= one <= DELTA_MAX for one in read):
        raise UnfitBenchmark("deltas", "下浮系数应在 0 与 20 之间（%）", "A coefficient lies between 0 and 20 per cent")
    return read


def benchmark_with(kept: Mapping[str, Any], delta: str) -> MeanBenchmark:
    """The published benchmark with the coefficient that was drawn (per cent, as published).

    Raises:
        ValueError: the coefficient is none of the published ones.
    """
    if delta not in kept["deltas"]:
        raise ValueError("the coefficient was not published")
    return MeanBenchmark(Decimal(delta) / 100, Decimal(kept["above"]), Decimal(kept["below"]), enabled=True)


def high_price_first(prices: Mapping[str, Decimal], maximum: Decimal) -> dict[str, Fraction]:
    """Price points (P / P0) x ``maximum``, exact, of a disposal; P0 is the highest of ``prices`` (yuan by bid id).

    A county rule: no law says how a published composite scores the price of a disposal.
    Raises ValueError for a price that is not positive.
    """
    if any(price <= 0 for price in prices.values()):
        raise ValueError("a price is not positive")
    highest = max(prices.values(), default=Decimal(1))
    return {bid: Fraction(price) / Fraction(highest) * Fraction(maximum) for bid, price in prices.items()}


@dataclass(frozen=True, slots=True)
class PriceScoring:
    """The formula, the benchmark where it is the mean, and the bonus shares on the points by bid id."""

    formula: PriceFormula = PriceFormula.LOW_PRICE_FIRST
    benchmark: MeanBenchmark | None = None

    def points(
        self, prices: Mapping[str, Decimal], maximum: Decimal, bonus: Mapping[str, Decimal] | None = None
    ) -> dict[str, Fraction]:
        """The exact price points by bid id, with the bonus of policy on them (SME46 9).

        Raises:
            ValueError: a price is not positive, or no benchmark was drawn.
        """
        match self.formula:
            case PriceFormula.LOW_PRICE_FIRST:
                found = low_price_first(prices, maximum)
            case PriceFormula.HIGHEST_PRICE:
                found = high_price_first(prices, maximum)
            case _:
                if self.benchmark is None:
                    raise ValueError("no coefficient was drawn")
                found = mean_benchmark(prices, maximum, self.benchmark)
        shares = bonus or {}
        return {bid: points * (1 + Fraction(shares.get(bid, 0))) for bid, points in found.items()}


def mean_of(prices: Sequence[Decimal]) -> Fraction:
    """The exact mean of prices in yuan; 0 of none."""
    return sum((Fraction(one) for one in prices), Fraction(0)) / (len(prices) or 1)
