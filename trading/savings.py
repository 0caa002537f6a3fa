"""Savings and premium 节资率与增值率: what a trade saved or won, summed before it is divided (rulebook 7.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from trading.codelists import Code

HUNDREDTH = Decimal("0.01")
NOTHING = Decimal("0.00")


class Side(Code):
    """Where a low price is good, and where a high one is; the two are never netted."""

    PURCHASE = "purchase", "采购类（节资）", "Purchase (savings)"
    DISPOSAL = "disposal", "处置类（增值）", "Disposal (premium)"


class RateBase(Code):
    """What a savings rate is divided by; every report prints which."""

    CONTROL = "CONTROL", "控制价", "Control price"
    DEAL = "DEAL", "成交价", "Deal price"


class NotComparable(ValueError):
    """Base and price do not belong together: the base is not positive, or the price lies on its wrong side."""


@dataclass(frozen=True)
class Outcome:
    """One confirmed lot: ``base`` is the ceiling or budget fixed before opening (purchase) or the starting price
    (disposal), ``price`` the confirmed price; both in yuan. Failed lots and unit-price lots have no outcome."""

    side: Side
    base: Decimal
    price: Decimal


@dataclass(frozen=True)
class Total:
    """One side summed: ``gained`` is Σ saving or Σ premium in yuan, ``rate`` in percent (None without any lot)."""

    side: Side
    lots: int
    base: Decimal
    price: Decimal
    gained: Decimal
    rate: Decimal | None
    rate_base: RateBase


def savings(base: Decimal, price: Decimal) -> Decimal:
    """节资额 ``S = B − P`` in yuan.

    Raises:
        NotComparable: when the base is not positive, the price is negative or above the base (R06.C4 forbids it).
    """
    if base <= 0 or not 0 <= price <= base:
        raise NotComparable(f"base {base}, price {price}")
    return base - price


def premium(start: Decimal, deal: Decimal) -> Decimal:
    """增值额 ``V = D − U`` in yuan over the starting, reserve or valuation price ``start``.

    Negative where the reserve was lawfully lowered below the valuation (R06.C7).

    Raises:
        NotComparable: when the start is not positive or the deal is negative.
    """
    if start <= 0 or deal < 0:
        raise NotComparable(f"start {start}, deal {deal}")
    return deal - start


def rate(base_total: Decimal, saved_total: Decimal) -> Decimal:
    """``saved_total / base_total`` in percent, two places, half up at the last step only.

    Raises:
        NotComparable: when the base is not positive.
    """
    if base_total <= 0:
        raise NotComparable(f"a rate needs a positive base, not {base_total}")
    return (saved_total * 100 / base_total).quantize(HUNDREDTH, ROUND_HALF_UP)


def aggregate(outcomes: Iterable[Outcome], rate_base: RateBase = RateBase.CONTROL) -> dict[Side, Total]:
    """Each side's sums and its rate Σ/Σ, never a mean of rates, never one side against the other.

    Args:
        outcomes: confirmed lots, each once.
        rate_base: what savings are divided by; a premium is always divided by the starting price.

    Raises:
        NotComparable: when one outcome is.
    """
    rows: dict[Side, list[Outcome]] = {side: [] for side in Side}
    for outcome in outcomes:
        rows[outcome.side].append(outcome)
    return {side: _total(side, rows[side], rate_base) for side in Side}


def _total(side: Side, rows: list[Outcome], rate_base: RateBase) -> Total:
    gain, used = (savings, rate_base) if side is Side.PURCHASE else (premium, RateBase.CONTROL)
    base = sum((row.base for row in rows), NOTHING)
    price = sum((row.price for row in rows), NOTHING)
    gained = sum((gain(row.base, row.price) for row in rows), NOTHING)
    divisor = base if used is RateBase.CONTROL else price
    return Total(side, len(rows), base, price, gained, rate(divisor, gained) if divisor else None, used)
