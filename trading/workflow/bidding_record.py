"""The records of a live bidding 竞价记录: offers, entrants with paddles, where it stands, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from trading.codelists import Method, Status
from trading.methods.english_auction import OfferMade, Stage, Terms
from trading.models import Deal, Entrant, Lot, Offer, SaleTerms

LOT = bindparam("lot")
NEWEST = select(Offer).where(Offer.lot_id == LOT).order_by(Offer.number.desc()).limit(1)
WITH_PADDLE = (Entrant.withdrawn_at.is_(None), Entrant.qualified, Entrant.paddle.is_not(None))
OWN_ENTRY = select(Entrant).where(Entrant.lot_id == LOT, Entrant.organization_id == bindparam("organization"))
BY_KEY = select(Offer).where(Offer.entrant_id == bindparam("entrant"), Offer.key == bindparam("key"))
MADE: Select[tuple[Offer, int]] = (
    select(Offer, Entrant.paddle)
    .join(Entrant, Entrant.id == Offer.entrant_id)
    .where(Offer.lot_id == LOT, Offer.number > bindparam("after"))
    .order_by(Offer.number)
)


def newest_offer(session: Session, lot: Lot) -> Offer | None:
    """The last offer: the highest, or the one that matched it."""
    return session.scalar(NEWEST, {"lot": lot.id})


def offers_made(session: Session, lot_id: str, after: int = 0) -> list[tuple[Offer, int]]:
    """The offers with their paddles, in the order of the record; those with a number above ``after``."""
    return [(offer, paddle) for offer, paddle in session.execute(MADE, {"lot": lot_id, "after": after})]


def as_made(rows: Sequence[tuple[Offer, int]]) -> list[OfferMade]:
    """The offers as the method asks for them; the bidder is the entrant's record."""
    return [OfferMade(one.number, one.entrant_id, one.amount, one.made_at, one.matches) for one, _paddle in rows]


def entry_of(session: Session, lot: Lot, organization_id: str | None) -> Entrant | None:
    """The entry of an organisation that may bid; None where it has none, or no paddle."""
    found = session.scalar(OWN_ENTRY, {"lot": lot.id, "organization": organization_id})
    may = found is not None and found.withdrawn_at is None and found.qualified and found.paddle is not None
    return found if may else None


def offer_by_key(session: Session, entrant: Entrant, key: str) -> Offer | None:
    """The offer to which the bidder gave this name."""
    return session.scalar(BY_KEY, {"entrant": entrant.id, "key": key})


def terms_of_offers(sale: SaleTerms) -> Terms:
    """Starting price and step."""
    return Terms(sale.starting_price, sale.increment)


def is_listing(lot: Lot, sale: SaleTerms) -> bool:
    """Whether offers are those of a listing, which do not move its end."""
    return lot.method is Method.LISTING and sale.live_at is None


def end_of(lot: Lot, sale: SaleTerms) -> datetime:
    """Until when offers are taken as it stands: of a listing, until the live bidding would begin."""
    end = sale.bidding_at if is_listing(lot, sale) else sale.ends_at
    assert end is not None, "bidding has a planned end"
    return end


def may_match(session: Session, lot: Lot) -> bool:
    """Whether a holder of a right of priority is in the room, and the highest offer is another's."""
    newest = newest_offer(session, lot)
    if newest is None or newest.matches:
        return False
    holders = session.scalars(
        select(Entrant.id).where(Entrant.lot_id == lot.id, Entrant.has_priority, *WITH_PADDLE)
    ).all()
    return bool(holders) and newest.entrant_id not in holders


def stage_of(session: Session, lot: Lot, sale: SaleTerms, now: datetime) -> Stage:
    """Where the bidding stands at ``now``, whether or not the clock has come round to what is due."""
    if lot.status is Status.BIDDING:
        if sale.ended_at is not None:
            return Stage.SEALED
        if sale.match_until is not None:
            return Stage.MATCHING if now < sale.match_until else Stage.SEALED
        if now >= end_of(lot, sale):
            return Stage.SEALED
        return Stage.LISTING if is_listing(lot, sale) else Stage.LIVE
    if sale.ended_at is None:
        return Stage.WAITING if lot.status is not Status.FAILED else Stage.FAILED
    dealt = session.scalar(select(Deal.id).where(Deal.lot_id == lot.id)) is not None
    return Stage.DEAL if dealt else Stage.FAILED
