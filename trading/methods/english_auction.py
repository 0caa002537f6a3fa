"""The English auction 增价竞价: what an offer must be, when the end moves, who is highest, whether there is a deal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from trading.errors import Words
from trading.money import grouped


class Stage(Enum):
    """Where a disposal's bidding stands."""

    WAITING = "waiting", "竞价尚未开始", "The bidding has not begun"
    LISTING = "listing", "挂牌报价中", "Listed: offers are taken"
    LIVE = "live", "竞价进行中", "The bidding is on"
    MATCHING = "matching", "等待优先权人行使优先权", "Waiting for the holder of a right of priority"
    SEALED = "sealed", "竞价结束，等待开启底价", "The bidding is over; the reserve is to be opened"
    DEAL = "deal", "成交", "A deal is made"
    FAILED = "failed", "未成交", "No deal"

    def __new__(cls, code: str, zh: str, en: str) -> Stage:
        """A stage is known by its code."""
        made = object.__new__(cls)
        made._value_ = code
        return made

    def __init__(self, _code: str, zh: str, en: str) -> None:
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class OfferMade:
    """One offer of the record; ``bidder`` names whoever made it, amounts in yuan (of a lease: a year)."""

    number: int
    bidder: str
    amount: Decimal
    at: datetime
    matches: bool = False


@dataclass(frozen=True)
class Terms:
    """What is offered for: the starting price and the least step between offers, in yuan."""

    starting_price: Decimal
    increment: Decimal


def least_offer(terms: Terms, highest: Decimal | None) -> Decimal:
    """The least that may be offered now: the starting price, or the highest offer and one step (R13.C4)."""
    return terms.starting_price if highest is None else highest + terms.increment


def too_low(terms: Terms, highest: Decimal | None, amount: Decimal) -> Words | None:
    """Why ``amount`` is no offer now; None where it is one."""
    least = least_offer(terms, highest)
    if amount >= least:
        return None
    if highest is None:
        return Words(
            f"首次报价不得低于起始价{grouped(least)}元",
            f"A first offer is at least the starting price, {grouped(least)}",
        )
    return Words(
        f"报价应不低于{grouped(least)}元（当前最高{grouped(highest)}元加一个增价幅度）",
        f"An offer is at least {grouped(least)}: the highest, {grouped(highest)}, and one step",
    )


def end_after(ends_at: datetime, offered_at: datetime, last: timedelta) -> datetime:
    """The end as it stands after an offer: one within the ``last`` minutes moves it, without limit (R13.C9)."""
    return offered_at + last if offered_at >= ends_at - last else ends_at


def highest(offers: Iterable[OfferMade]) -> OfferMade | None:
    """The highest offer, of equals the earliest; a matching offer is none of its own (R13.C2)."""
    own = [one for one in offers if not one.matches]
    return min(own, key=lambda one: (-one.amount, one.number)) if own else None


def taker(offers: Iterable[OfferMade], reserve: Decimal) -> OfferMade | None:
    """Whose offer makes the deal: the highest at or above ``reserve``, or the one that matched it by priority; or None.

    Legal source: R13.C2, C4, C12.
    """
    made = list(offers)
    best = highest(made)
    if best is None or best.amount < reserve:
        return None
    return next((one for one in made if one.matches and one.amount == best.amount), best)
