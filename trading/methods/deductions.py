"""Deductions of procurement policy 政策性价格扣除: for small and micro firms, and for domestic products (R03.C14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trading.methods.ranking import half_up

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the documents grant, as shares of one: off the price, or as a bonus on the points of the price."""

    small: Decimal = NONE
    domestic: Decimal = NONE
    bonus: Decimal = NONE

    @property
    def grants(self) -> bool:
        """True where anything is granted."""
        return any((self.small, self.domestic, self.bonus))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the committee confirmed of one bidder: small or micro, and offering domestic products."""

    small: bool = False
    domestic: bool = False


def shares(policy: Policy, standings: Mapping[str, Standing]) -> dict[str, Decimal]:
    """The share taken off the price of each bid for the comparison.

    A domestic product is preferred only where it competes with others: where all offers are domestic nothing is taken
    off. Both deductions are taken off the offered price and added up (county reading of 国办发〔2025〕34号).

    Raises:
        ValueError: the shares are negative or would leave nothing of a price.
    """
    if min(policy.small, policy.domestic, policy.bonus) < 0 or policy.small + policy.domestic >= 1:
        raise ValueError("a deduction is a share of one, not negative")
    mixed = len({one.domestic for one in standings.values()}) > 1
    return {
        bid: (policy.small if one.small else NONE) + (policy.domestic if one.domestic and mixed else NONE)
        for bid, one in standings.items()
    }


def bonuses(policy: Policy, standings: Mapping[str, Standing]) -> dict[str, Decimal]:
    """The bonus on the points of the price, for small and micro firms in works tendered under ZTB (SME46 9)."""
    return {bid: policy.bonus for bid, one in standings.items() if one.small and policy.bonus}


def compared(price: Decimal, share: Decimal) -> Decimal:
    """The price with which a bid is compared, yuan, half-up to the fen; the contract price stays ``price``.

    Raises:
        ValueError: the share is not between 0 and 1: a deduction never raises a price.
    """
    if not 0 <= share < 1:
        raise ValueError("a deduction is a share of one, not negative")
    return half_up(Fraction(price) * (1 - Fraction(share)))


def confirmed(declared: Standing, opinions: Iterable[Standing], members: int) -> Standing:
    """What counts of a declaration: what more than half of ``members`` confirm; nothing that was not declared."""
    found = list(opinions)
    return Standing(
        declared.small and 2 * sum(one.small for one in found) > members,
        declared.domestic and 2 * sum(one.domestic for one in found) > members,
    )
