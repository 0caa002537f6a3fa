"""What everybody may see of a live bidding 竞价公开状态: paddles, amounts, the clock, the end; no name, no reserve."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.errors import NotFound
from trading.methods.english_auction import Stage, least_offer
from trading.models import Deal, Entrant, Lot, Offer, SaleTerms
from trading.workflow.bidding_clock import begins_at, ends_at
from trading.workflow.bidding_record import end_of, entry_of, newest_offer, offers_made, stage_of, terms_of_offers
from trading.workflow.clockwork import tick
from trading.workflow.taking import Tools

STANDING = (
    select(Lot, SaleTerms)
    .join(SaleTerms, SaleTerms.lot_id == Lot.id)
    .where(Lot.code == bindparam("code"), Lot.published_at.is_not(None))
    .execution_options(populate_existing=True)
)
OPEN = frozenset({Stage.LISTING, Stage.LIVE})


def look(session: Session, code: str, now: datetime, tools: Tools) -> tuple[Lot, SaleTerms]:
    """A lot with live bidding; whoever looks first when something fell due lets the clock act on it.

    Raises:
        NotFound: there is none, or its notice is not out.
    """
    found = session.execute(STANDING, {"code": code}).unique().one_or_none()
    if found is None:
        raise NotFound("没有这个标的的竞价", "There is no such bidding")
    lot, sale = found
    due = [one for one in (begins_at(lot, sale), ends_at(session, lot, sale)) if one is not None]
    if any(one <= now for one in due) and tick(session, now, tools, code):
        lot, sale = session.execute(STANDING, {"code": code}).unique().one()
    return lot, sale


def told_offer(offer: Offer, paddle: int) -> dict[str, Any]:
    """One offer as everybody sees it."""
    return {
        "number": offer.number, "paddle": paddle, "amount": str(offer.amount), "at": offer.made_at.isoformat(),
        "matches": offer.matches,
    }  # fmt: skip


def public_state(session: Session, lot: Lot, sale: SaleTerms, now: datetime, after: int = 0) -> dict[str, Any]:
    """How the bidding stands, with the offers after a number."""
    stage, items = stage_of(session, lot, sale, now), offers_made(session, lot.id, after)
    newest = items[-1][0] if items else newest_offer(session, lot)
    least: Decimal | None = least_offer(terms_of_offers(sale), newest.amount if newest else None)
    deal = session.scalar(select(Deal).where(Deal.lot_id == lot.id)) if stage is Stage.DEAL else None
    told = {"starts_at": sale.bidding_at, "listed_from": sale.listed_from, "ends_at": end_of(lot, sale) if
            sale.bidding_at else None, "ended_at": sale.ended_at, "match_until": sale.match_until}  # fmt: skip
    return {
        "code": lot.code, "status": lot.status.value, "stage": stage.value, "open": stage in OPEN,
        "last": newest.number if newest else 0, "least": str(least), "step": str(sale.increment),
        "highest": None if newest is None else highest_told(session, newest),
        "deal": None if deal is None else {"paddle": deal.entrant.paddle, "price": str(deal.price)},
        "now": now.isoformat(), "items": [told_offer(*one) for one in items],
        **{name: None if value is None else value.isoformat() for name, value in told.items()},
    }  # fmt: skip


def highest_told(session: Session, newest: Offer) -> dict[str, Any]:
    """The last offer with its paddle."""
    paddle = session.scalar(select(Entrant.paddle).where(Entrant.id == newest.entrant_id))
    return told_offer(newest, paddle or 0)


def own_state(session: Session, lot: Lot, sale: SaleTerms, organization_id: str | None) -> dict[str, Any] | None:
    """The reader's own paddle and standing, for himself alone; None for whoever does not bid."""
    entrant = entry_of(session, lot, organization_id) if organization_id else None
    if entrant is None:
        return None
    newest = newest_offer(session, lot)
    return {
        "paddle": entrant.paddle, "leading": newest is not None and newest.entrant_id == entrant.id,
        "priority": entrant.has_priority, "goes_on": entrant.goes_on_at is not None,
    }  # fmt: skip
