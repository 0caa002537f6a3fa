"""The lowest evaluated price 经评审的最低投标价法: price with the adjustments of the documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trading.methods.ranking import Place, half_up, places


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One adjustment named in the documents: ``amount`` yuan, positive makes the bid dearer in comparison."""

    reason: str
    amount: Decimal | Fraction


@dataclass(frozen=True, slots=True)
class PricedBid:
    """What is compared of one bid: ``quoted`` yuan as read out, ``corrected`` after arithmetic or None."""

    id: str
    quoted: Decimal
    corrected: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    passed: bool = True

    @property
    def price(self) -> Decimal:
        """The price that would become the contract price, yuan."""
        return self.quoted if self.corrected is None else self.corrected


@dataclass(frozen=True, slots=True)
class PriceRanking:
    """The places with evaluated prices in yuan, and the bids that failed the technical part (alphabetical)."""

    places: tuple[Place, ...]
    failed: tuple[str, ...]


def evaluated_price(bid: PricedBid) -> Decimal:
    """The evaluated price of ``bid`` in yuan, rounded half-up only here (F3; D12 32, checked)."""
    return half_up(Fraction(bid.price) + sum((Fraction(part.amount) for part in bid.adjustments), Fraction(0)))


def rank(bids: Iterable[PricedBid]) -> PriceRanking:
    """The ranking of ``bids`` that passed, lowest evaluated price first, equal ones on one place.

    What is compared is the rounded figure that is printed. The order of ``bids`` does not matter.
    Raises ValueError for a repeated id or a price that is not positive. Source: D12 29-33; rulebook F3.
    """
    listed = tuple(bids)
    if len({bid.id for bid in listed}) != len(listed):
        raise ValueError("a bid is listed twice")
    for bid in listed:
        if bid.quoted <= 0 or bid.price <= 0:
            raise ValueError(f"the price of bid {bid.id} is not positive")
    figures = {bid.id: evaluated_price(bid) for bid in listed if bid.passed}
    return PriceRanking(places(figures), tuple(sorted(bid.id for bid in listed if not bid.passed)))
