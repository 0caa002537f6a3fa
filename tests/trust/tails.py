"""Tails of chi-squared and Kolmogorov distributions 检验用分布: the standard library has none."""

from __future__ import annotations

import math
from collections.abc import Sequence


def chi2_tail(value: float, freedom: int) -> float:
    """The probability of a chi-squared value this large or larger (regularised upper incomplete gamma function)."""
    a, x = freedom / 2, value / 2
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, 1000):
            term *= x / (a + n)
            total += term
        return 1 - front * total
    fraction = 0.0
    for n in range(1000, 0, -1):
        fraction = n * (n - a) / (x + 2 * n + 1 - a - fraction)
    return front / (x + 1 - a - fraction)


def uniform_tail(values: Sequence[float]) -> float:
    """The Kolmogorov-Smirnov probability that so many values are from the unit interval, evenly (Stephens)."""
    ordered, n = sorted(values), len(values)
    gap = max(max((at + 1) / n - value, value - at / n) for at, value in enumerate(ordered))
    scaled = (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n)) * gap
    return min(1.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101)))
