"""The records of a disposal 处置记录: its terms, those who applied, what they paid, its deal and its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Course
from trading.errors import Refused
from trading.methods import METHODS
from trading.methods.sale_terms import whole_amount
from trading.models import (
    Award,
    BankLine,
    Contract,
    Deal,
    Delivery,
    Entrant,
    Guarantee,
    Lot,
    PriceReceipt,
    Remittance,
    SaleTerms,
)
from trading.rules.case import BondFacts
from trading.workflow.record_facts import bond_of_guarantee, bond_of_line
from trading.working_days import days_between


def competes(lot: Lot) -> bool:
    """Whether the lot's method is one of live bidding."""
    return lot.method is not None and METHODS[lot.method].course is Course.COMPETITION


def sale_of(session: Session, lot: Lot) -> SaleTerms:
    """The terms of the disposal.

    Raises:
        Refused: they are not written yet.
    """
    sale = session.scalar(select(SaleTerms).where(SaleTerms.lot_id == lot.id))
    if sale is None:
        raise Refused("no_sale_terms", "处置方案尚未编制", "The terms of the disposal are not written yet")
    return sale


def total_of(sale: SaleTerms, amount: Decimal) -> Decimal:
    """What an amount in the unit of the offers comes to over the whole term."""
    return whole_amount(amount, sale.a_year, sale.lease_from, sale.lease_until)


def applications(session: Session, lot: Lot) -> Sequence[Entrant]:
    """Those who applied and did not withdraw, in an order that tells nothing of when."""
    query = select(Entrant).where(Entrant.lot_id == lot.id, Entrant.withdrawn_at.is_(None))
    return session.scalars(query.order_by(Entrant.id)).all()


def entrants(session: Session, lot: Lot) -> list[Entrant]:
    """Those who may bid: each has a paddle; in its order."""
    let_in = (one for one in applications(session, lot) if one.qualified and one.paddle is not None)
    return sorted(let_in, key=lambda one: one.paddle or 0)


def deposits_of(session: Session, lot: Lot) -> list[BondFacts]:
    """Every deposit that was matched to a bidder, and every guarantee."""
    lines = session.scalars(
        select(BankLine).where(BankLine.lot_id == lot.id, BankLine.organization_id.is_not(None))
    ).all()
    given = session.scalars(select(Guarantee).where(Guarantee.lot_id == lot.id)).all()
    return [*map(bond_of_line, lines), *map(bond_of_guarantee, given)]


def arrived(deposits: Sequence[BondFacts], lot: Lot, bidder: str) -> list[BondFacts]:
    """The deposits of ``bidder`` that came before the cut-off."""
    return [
        one
        for one in deposits
        if one.bidder == bidder
        and (lot.bid_deadline is None or one.arrived_at is None or one.arrived_at < lot.bid_deadline)
        and one.refunded_at is None
    ]


def paid_in_full(session: Session, lot: Lot, sale: SaleTerms) -> frozenset[str]:
    """The bidders whose whole deposit came before the cut-off (R13.C8)."""
    needed, deposits = sale.deposit or Decimal(0), deposits_of(session, lot)
    return frozenset(
        one.organization_id
        for one in applications(session, lot)
        if sum((bond.amount for bond in arrived(deposits, lot, one.organization_id)), Decimal(0)) >= needed
    )


def deal_of(session: Session, lot: Lot) -> Deal | None:
    """The deal, once there is one."""
    return session.scalar(select(Deal).where(Deal.lot_id == lot.id))


def made_deal(session: Session, lot: Lot) -> Deal:
    """The deal.

    Raises:
        Refused: there is none.
    """
    deal = deal_of(session, lot)
    if deal is None:
        raise Refused("no_deal", "本标的没有成交", "There is no deal")
    return deal


def term_days(sale: SaleTerms) -> int:
    """The days of a lease; none where the object changes hands for good."""
    if sale.lease_from is None or sale.lease_until is None:
        return 0
    return days_between(sale.lease_from, sale.lease_until)


def sale_contract_pairs(contract: Contract, award: Award, lot: Lot, sale: SaleTerms) -> dict[str, tuple[Any, Any]]:
    """Field by field what the contract of a disposal says, and what deal and terms say (R17.C4)."""
    return {
        "price": (contract.price, award.price),
        "scope": (contract.scope.strip(), lot.scope.strip()),
        "duration_days": (contract.duration_days, term_days(sale)),
    }


def delivery_of(session: Session, lot: Lot) -> Delivery | None:
    """What the contract of a disposal says of price and delivery."""
    return session.scalar(select(Delivery).where(Delivery.lot_id == lot.id))


def receipts_of(session: Session, lot: Lot) -> Sequence[PriceReceipt]:
    """The parts of the price that came in, by day."""
    query = select(PriceReceipt).where(PriceReceipt.lot_id == lot.id)
    return session.scalars(query.order_by(PriceReceipt.received_on, PriceReceipt.recorded_at)).all()


def remittances_of(session: Session, lot: Lot) -> Sequence[Remittance]:
    """The income handed on, by day."""
    query = select(Remittance).where(Remittance.lot_id == lot.id)
    return session.scalars(query.order_by(Remittance.paid_on, Remittance.recorded_at)).all()
