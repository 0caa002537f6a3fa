"""Prices that cannot win 报价限度: above the ceiling of what is bought, below the start of what is disposed of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from trading.methods.rejection import InvalidBid, RejectionClause, above_ceiling, clause_for
from trading.models import Bid, SaleTerms, TenderTerms
from trading.money import grouped
from trading.phases.process_supervision.deposits.bonds import reject
from trading.workflow.sale_record import total_of
from trading.workflow.taking import Taking


def start_of(taking: Taking) -> Decimal | None:
    """The starting price of a disposal over the whole term, in yuan; None for a purchase."""
    if taking.lot.project.type.is_purchase:
        return None
    sale = taking.session.scalar(select(SaleTerms).where(SaleTerms.lot_id == taking.lot.id))
    return None if sale is None else total_of(sale, sale.starting_price)


def reject_out_of_bounds(taking: Taking, bids: Sequence[Bid], terms: TenderTerms) -> None:
    """Reject by the platform what lies above the ceiling (ZTBT 51(5), R06.C4) or below the start; equal is lawful."""
    start = start_of(taking)
    for bid in bids:
        if bid.total is None:
            continue
        if terms.ceiling is not None and above_ceiling(bid.total, terms.ceiling):
            reason = f"投标报价{grouped(bid.total)}元高于最高投标限价{grouped(terms.ceiling)}元"
            clause = clause_for(taking.lot.project.type, works=RejectionClause.PRICE, procurement=InvalidBid.PRICE)
            reject(taking, bid, clause, reason)
        elif start is not None and bid.total < start:
            reason = f"投标报价{grouped(bid.total)}元低于起始价{grouped(start)}元"
            reject(taking, bid, RejectionClause.NOT_RESPONSIVE, reason)
