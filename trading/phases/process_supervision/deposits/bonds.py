"""Bid bonds 投标保证金 after the opening: unmatched lines settled, bids without a bond rejected."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import ProjectType, Status
from trading.errors import NotFound, Refused
from trading.methods.rejection import Clause, InvalidBid, RejectionClause, clause_for
from trading.models import WHOLE_BID, BankLine, Bid, Guarantee, Lot, Organization, TenderTerms
from trading.rules.case import BondFacts
from trading.steps import Step
from trading.workflow.record_facts import arrived_bonds, bond_of_guarantee, bond_of_line
from trading.workflow.taking import Taking, effect

REJUDGED_AT = (Status.OPENED, Status.COMMITTEE_READY)


def unmatched(session: Session, lot: Lot) -> list[BankLine]:
    """The lines that belong to nobody yet and were not settled."""
    query = select(BankLine).where(
        BankLine.lot_id == lot.id, BankLine.organization_id.is_(None), BankLine.settled_reason.is_(None)
    )
    return list(session.scalars(query.order_by(BankLine.paid_at, BankLine.id)))


@effect(Step.SETTLE_BANK_LINE)
def settle_bank_line(taking: Taking) -> None:
    """The centre says whose an unmatched line is, or that it is no bond and goes back; only after the opening."""
    query = select(BankLine).where(BankLine.id == taking.subject, BankLine.lot_id == taking.lot.id)
    line = taking.session.scalar(query)
    if line is None:
        raise NotFound("没有这条到账流水", "There is no such bank line")
    if line.organization_id is not None or line.settled_reason is not None:
        raise Refused("settled", "该流水已经匹配或者处理", "This line is matched or settled")
    organization = taking.data["organization"]
    line.settled_reason = taking.data["reason"]
    if organization:
        line.organization_id = organization
        owner = taking.session.get_one(Organization, organization)
        line.from_basic_account = bool(owner.basic_account) and owner.basic_account == line.payer_account
    else:
        line.refund_due_at = taking.now
    taking.record("bond.line_settled", {"line": line.id, "assigned": bool(organization), "reason": line.settled_reason})
    taking.session.flush()
    if taking.lot.status in REJUDGED_AT:
        judge_bonds(taking)


def bonds_of(session: Session, lot: Lot) -> Iterable[BondFacts]:
    """Every bond of a lot; for the opening and what follows it."""
    for line in session.scalars(
        select(BankLine).where(BankLine.lot_id == lot.id, BankLine.organization_id.is_not(None))
    ):
        yield bond_of_line(line)
    for row in session.scalars(select(Guarantee).where(Guarantee.lot_id == lot.id)):
        yield bond_of_guarantee(row)


def bonded(session: Session, lot: Lot, terms: TenderTerms) -> frozenset[str]:
    """The bidders whose bond is whole, in time and from the basic account."""
    works = lot.project.type is ProjectType.WORKS
    return arrived_bonds(bonds_of(session, lot), terms, lot.bid_deadline, basic_only=works)


def judge_bonds(taking: Taking) -> None:
    """Reject opened bids without a bond where the documents ask for one; wait while lines are not settled (R09.C3)."""
    session, lot = taking.session, taking.lot
    terms = session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    if terms is None or not terms.bond:
        return
    whole, waits = bonded(session, lot, terms), bool(unmatched(session, lot))
    query = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.opened_at.is_not(None))
    for bid in session.scalars(query.order_by(Bid.envelope)):
        for_bond = bid.rejected_by == "platform" and bid.rejected_reason == why_rejected(lot)
        if bid.organization_id in whole and for_bond:
            bid.rejected_clause = bid.rejected_reason = bid.rejected_by = None
            taking.record("evaluation.rejection_lifted", {"envelope": bid.envelope, "by": "platform"})
        elif bid.organization_id not in whole and bid.rejected_clause is None and not waits:
            kind = lot.project.type
            clause = clause_for(kind, works=RejectionClause.NOT_RESPONSIVE, procurement=InvalidBid.NO_BOND)
            reject(taking, bid, clause, why_rejected(lot))


def why_rejected(lot: Lot) -> str:
    """What a bid without its bond is told: from the basic account in works (ZTBT 26), else in full and in time."""
    account = "从基本账户" if lot.project.type is ProjectType.WORKS else ""
    return f"未按招标文件要求足额、按时{account}提交投标保证金"


def reject(taking: Taking, bid: Bid, clause: Clause, reason: str) -> None:
    """Reject a bid by the platform itself, on a clause of the closed list for its type."""
    bid.rejected_clause, bid.rejected_reason, bid.rejected_by = clause.value, reason, "platform"
    body = {"envelope": bid.envelope, "clause": clause.value, "reason": reason, "by": "platform"}
    taking.record("evaluation.bid_rejected", body)
