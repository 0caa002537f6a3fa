"""From the record of a live bidding to its facts 竞价案情: offers under paddles are public, who made them is not."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import Method, Status
from trading.models import Deal, Entrant, Lot, Offer, SaleTerms
from trading.rules.case import BiddingFacts, OfferFacts, SealedPriceFacts
from trading.steps import Step
from trading.workflow.bidding_record import WITH_PADDLE, offers_made

NEWEST_TWO = 2


def bidding_facts(session: Session, lot: Lot, sale: SaleTerms, step: Step | None) -> BiddingFacts:
    """The bidding as the record has it.

    Of an offer that is being made only it and the one before are looked at: the earlier ones were judged in their turn.
    """
    listed = lot.method is Method.LISTING
    making = step is Step.MAKE_OFFER
    rows = newest_two(session, lot) if making else [one for one, _paddle in offers_made(session, lot.id)]
    deal = None if making else session.scalar(select(Deal).where(Deal.lot_id == lot.id))
    pending = lot.status is Status.BIDDING and not is_decided(lot, sale, deal)
    names = {} if pending else makers(session, lot)
    matching = next((one for one in rows if one.matches), None)
    return BiddingFacts(
        listed_on=law_date(sale.listed_from) if listed and sale.listed_from else None,
        listed_until=law_date(sale.bidding_at) if listed and sale.bidding_at else None,
        bidders=None if making or lot.closed_at is None else count_of(session, lot),
        reserve=reserve_of(sale),
        increment=sale.increment,
        offers=tuple(
            OfferFacts(names.get(one.entrant_id, one.entrant_id), one.amount, one.made_at)
            for one in rows
            if not one.matches
        ),
        planned_end=sale.planned_end,
        ended_at=sale.ended_at,
        winner=deal.entrant.organization_id if deal else None,
        price=deal.price if deal else None,
        pending=pending,
        reserve_void=sale.reserve_opened_at is not None and sale.reserve is None,
        matched_by=names.get(matching.entrant_id) if matching else None,
    )


def is_decided(lot: Lot, sale: SaleTerms, deal: Deal | None) -> bool:
    """Whether the step under way has made the result, although the lot's status is still the one before."""
    return sale.ended_at is not None and (deal is not None or lot.failure_ground is not None)


def reserve_of(sale: SaleTerms) -> Decimal | None:
    """What the highest offer must reach: the reserve once it is open, the starting price where there is none."""
    if not sale.has_reserve:
        return sale.starting_price
    return None if sale.reserve is None else max(sale.reserve, sale.starting_price)


def newest_two(session: Session, lot: Lot) -> list[Offer]:
    """The offer just made and the one before."""
    query = select(Offer).where(Offer.lot_id == lot.id).order_by(Offer.number.desc()).limit(NEWEST_TWO)
    return list(session.scalars(query))[::-1]


def makers(session: Session, lot: Lot) -> dict[str, str]:
    """The organisation of each entrant."""
    query = select(Entrant.id, Entrant.organization_id).where(Entrant.lot_id == lot.id)
    return {entrant: organization for entrant, organization in session.execute(query)}


def count_of(session: Session, lot: Lot) -> int:
    """How many may bid."""
    return len(session.scalars(select(Entrant.id).where(Entrant.lot_id == lot.id, *WITH_PADDLE)).all())


def sealed_reserve_facts(sale: SaleTerms) -> SealedPriceFacts:
    """The reserve: nobody can read it before the officers open it after the end, and each step to it is on record."""
    opened: tuple[datetime, ...] = () if sale.reserve_opened_at is None else (sale.reserve_opened_at,)
    return SealedPriceFacts(
        count=1 if sale.has_reserve else 0,
        opens_at=sale.ended_at or sale.ends_at or sale.planned_end,
        kept_here=True,
        reads=opened,
        reads_logged=True,
    )
