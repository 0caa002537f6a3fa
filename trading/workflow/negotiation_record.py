"""The records of a negotiation 谈判记录: who stays, whether final offers are called for, what they were."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Course, Method
from trading.methods import METHODS
from trading.models import Bid, FinalCall, FinalOffer, Leaving, Lot, PriceAgreement
from trading.workflow.evaluation_record import effective_bids

WITH_ONE = (Method.SINGLE_SOURCE, Method.DIRECT)
TWO_MAY_DO = (Method.NEGOTIATION, Method.CONSULTATION)


def negotiates(lot: Lot) -> bool:
    """Whether the lot's method is negotiation, consultation, inquiry, a single source or a direct award."""
    return lot.method is not None and METHODS[lot.method].course is Course.NEGOTIATION


def fewest(lot: Lot, usual: int) -> int:
    """How many responses a lot needs to be opened: one of the one supplier, two where two may do (R04.C4)."""
    if lot.method in WITH_ONE:
        return 1
    return 2 if lot.method in TWO_MAY_DO else usual


def call_of(session: Session, lot: Lot) -> FinalCall | None:
    """The call for final offers, once made."""
    return session.scalar(select(FinalCall).where(FinalCall.lot_id == lot.id))


def left(session: Session, lot: Lot) -> set[str]:
    """The suppliers that left."""
    return set(session.scalars(select(Leaving.organization_id).where(Leaving.lot_id == lot.id)))


def staying(session: Session, lot: Lot) -> list[Bid]:
    """The standing responses of suppliers that did not leave."""
    gone = left(session, lot)
    return [one for one in effective_bids(session, lot) if one.organization_id not in gone]


def final_offers(session: Session, lot: Lot) -> Sequence[FinalOffer]:
    """The final offers in force, in the order in which they came."""
    query = select(FinalOffer).where(FinalOffer.lot_id == lot.id, FinalOffer.current)
    return session.scalars(query.order_by(FinalOffer.received_at, FinalOffer.id)).all()


def agreement_of(session: Session, lot: Lot) -> PriceAgreement | None:
    """The price agreed with the one supplier."""
    return session.scalar(select(PriceAgreement).where(PriceAgreement.lot_id == lot.id))
