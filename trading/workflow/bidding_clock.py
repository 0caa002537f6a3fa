"""When live bidding begins and ends 竞价到点事项: told to the clock, decided by whoever holds the lot's row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from trading.codelists import Course, Method, Status
from trading.methods import METHODS
from trading.models import Lot, SaleTerms
from trading.steps import Step
from trading.workflow.bidding_record import end_of, newest_offer

COMPETING = tuple(code for code, one in METHODS.items() if one.course is Course.COMPETITION)
WORDS = {
    Step.START_BIDDING: ("竞价开始", "the bidding begins"),
    Step.END_BIDDING: ("竞价结束", "the bidding ends"),
}


def begins_at(lot: Lot, sale: SaleTerms) -> datetime | None:
    """When offers begin: those of a listing during it, the others once applications are closed; None: not yet known.

    A lot whose reserve is not sealed yet does not begin: there would be nothing to measure the highest offer by.
    """
    if sale.has_reserve and sale.reserve_envelope is None:
        return None
    if lot.method is Method.LISTING:
        return sale.listed_from
    return sale.bidding_at if lot.status is Status.BID_CLOSED else None


def ends_at(session: Session, lot: Lot, sale: SaleTerms) -> datetime | None:
    """When END_BIDDING is due as it stands; None where nothing more is waited for but the reserve."""
    if sale.ended_at is not None:
        return None
    if sale.match_until is None:
        return end_of(lot, sale)
    newest = newest_offer(session, lot)
    return newest.made_at if newest is not None and newest.matches else sale.match_until


def bidding_points(
    session: Session, only: tuple[ColumnElement[bool], ...]
) -> Iterator[tuple[datetime, Lot, Step, tuple[str, str]]]:
    """The beginnings and ends of live bidding that are known now: when, of which lot, which step, in which words."""
    live = or_(Lot.status == Status.BIDDING, Lot.status == Status.BID_CLOSED, Lot.status == Status.PUBLISHED)
    query = select(Lot, SaleTerms).join(SaleTerms, SaleTerms.lot_id == Lot.id)
    for lot, sale in session.execute(query.where(live, Lot.method.in_(COMPETING), *only)).unique():
        step = Step.END_BIDDING if lot.status is Status.BIDDING else Step.START_BIDDING
        at = ends_at(session, lot, sale) if step is Step.END_BIDDING else begins_at(lot, sale)
        if at is not None:
            yield at, lot, step, WORDS[step]


def is_over(session: Session, lot: Lot, sale: SaleTerms, now: datetime) -> bool:
    """Whether no offer is taken any more at ``now``, whoever comes first to write that down."""
    return sale.ended_at is not None or sale.match_until is not None or now >= end_of(lot, sale)
