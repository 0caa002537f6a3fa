"""The smaller questions that facts are made of 案情要素: digests, bonds, bars, differences, stops, the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import BondForm, DocumentKind, NoticeKind, Status, TerminationGround
from trading.models import (
    WHOLE_BID,
    Affiliation,
    BankLine,
    Bid,
    Contract,
    CreditRecord,
    Document,
    Evaluation,
    Guarantee,
    Lot,
    Notice,
    Objection,
    Stop,
    TenderTerms,
)
from trading.rules import case as facts
from trading.working_days import days_between

IDS, TODAY = bindparam("ids", expanding=True), bindparam("today")
BARRED = select(CreditRecord.organization_id).where(
    CreditRecord.organization_id.in_(IDS), CreditRecord.barred_from <= TODAY, CreditRecord.barred_until >= TODAY,
    or_(CreditRecord.ended_on.is_(None), CreditRecord.ended_on > TODAY),
)  # fmt: skip
RELATED = select(Affiliation).where(Affiliation.organization_id.in_(IDS))


def documents_digest(documents: Iterable[Document]) -> str:
    """One digest over the current tender documents, whatever their order."""
    kinds = (DocumentKind.TENDER_DOCUMENT, DocumentKind.DRAWINGS, DocumentKind.CONTRACT_DRAFT)
    lines = sorted(f"{one.kind.value} {one.sha256}" for one in documents if one.kind in kinds)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def bond_of_line(row: BankLine, benchmark_rate: Decimal | None = None) -> facts.BondFacts:
    """A matched bank line as a bond; ``benchmark_rate`` is that of loans while a refund is late (D87 38)."""
    return facts.BondFacts(
        bidder=row.organization_id or "",
        form=BondForm.TRANSFER,
        amount=row.amount,
        payer_account=row.payer_account,
        from_basic_account=row.from_basic_account,
        arrived_at=row.paid_at,
        refund_due_at=row.refund_due_at,
        refunded_at=row.refunded_at,
        interest_paid=interest_paid(row),
        forfeited_ground=row.forfeited_ground,
        cash=row.cash,
        benchmark_rate=benchmark_rate,
        late_charge_paid=row.late_charge_paid if row.refunded_at else Decimal(0),
        transferred=row.transferred_at is not None,
    )


def interest_paid(row: BankLine) -> bool | None:
    """Whether a refund came with what the formula gives, or with another sum whose difference is explained."""
    if row.interest is None:
        return None
    return row.interest >= (row.interest_due or Decimal(0)) or bool(row.interest_difference)


def bond_of_guarantee(row: Guarantee) -> facts.BondFacts:
    """A guarantee or insurance as a bond; one that was claimed is kept on its ground."""
    return facts.BondFacts(
        row.organization_id, row.form, row.amount, valid_until=row.valid_until, arrived_at=row.registered_at,
        forfeited_ground=row.claim_ground, cash=False,
    )  # fmt: skip


def arrived_bonds(
    bonds: Iterable[facts.BondFacts], terms: TenderTerms | None, deadline: datetime | None, *, basic_only: bool = True
) -> frozenset[str]:
    """The bidders whose bond is whole, in time and, with ``basic_only`` (works), from the basic account if paid."""
    needed = (terms.bond if terms else None) or Decimal(0)
    sums: dict[str, Decimal] = {}
    for bond in bonds:
        counted = bond.form is not BondForm.TRANSFER or bool(bond.from_basic_account) or not basic_only
        in_time = bond.arrived_at is None or deadline is None or bond.arrived_at <= deadline
        if counted and in_time:
            sums[bond.bidder] = sums.get(bond.bidder, Decimal(0)) + bond.amount
    return frozenset(bidder for bidder, total in sums.items() if total >= needed)


def barred_organizations(session: Session, ids: Sequence[str], today: date) -> frozenset[str]:
    """Those of ``ids`` under a bar in force today (R18.C11)."""
    if not ids:
        return frozenset()
    return frozenset(session.scalars(BARRED, {"ids": ids, "today": today}))


def related_usccs(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Declared holding or management relations of each of ``ids``."""
    found: dict[str, tuple[str, ...]] = {}
    if ids:
        for row in session.scalars(RELATED, {"ids": ids}):
            found[row.organization_id] = (*found.get(row.organization_id, ()), row.related_uscc)
    return found


def contract_pairs(contract: Contract, bid: Bid, lot: Lot, terms: TenderTerms | None) -> dict[str, tuple[Any, Any]]:
    """Field by field what the contract says, and what the winning bid or the tender documents say (R17.C4)."""
    pairs: dict[str, tuple[Any, Any]] = {
        "price": (contract.price, bid.total),
        "duration_days": (contract.duration_days, bid.duration_days),
        "quality": (contract.quality.strip(), (bid.quality or "").strip()),
        "manager": (contract.manager.strip(), (bid.manager or "").strip()),
        "scope": (contract.scope.strip(), lot.scope.strip()),
    }
    if terms is not None and terms.payment_days is not None:
        pairs["payment_days"] = (contract.payment_days, terms.payment_days)
    return pairs


def contract_differences(contract: Contract, bid: Bid, lot: Lot, terms: TenderTerms | None) -> tuple[str, ...]:
    """The fields in which the contract departs from the winning bid and the tender (R17.C4)."""
    return tuple(name for name, (there, here) in contract_pairs(contract, bid, lot, terms).items() if there != here)


def candidates_of(session: Session, lot: Lot) -> list[Bid]:
    """The bids that the committee recommends, by rank."""
    report = session.scalar(select(Evaluation).where(Evaluation.lot_id == lot.id))
    ranks = [one["rank"] for one in report.candidates] if report else []
    bids = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.rejected_clause.is_(None))
    return list(session.scalars(bids.where(Bid.rank.in_(ranks)).order_by(Bid.rank)))


def missing_in_publicity(told: Mapping[str, Any]) -> tuple[str, ...]:
    """What the publicity of candidates must say and does not (R14.C3)."""
    missing = [name for name in ("candidates", "objection_channel", "period", "evaluation") if not told.get(name)]
    needed = ("rank", "name", "price", "quality", "duration_days", "manager", "manager_certificate")
    for candidate in told.get("candidates") or []:
        missing += [f"{candidate.get('name', '')} {name}".strip() for name in needed if not candidate.get(name)]
    return tuple(missing)


def stop_facts(
    session: Session, lot: Lot, stops: Sequence[Stop],
    objections: Sequence[Objection] | Sequence[facts.ObjectionFacts], today: date,
) -> facts.StopFacts:  # fmt: skip
    """What is known of the lot's stops, failure or end."""
    last = stops[0] if stops else None
    previous = session.get(Lot, lot.previous_id) if lot.previous_id else None
    waiting = any(one.suspends and one.answered_at is None for one in objections)
    kinds = session.scalars(select(Notice.kind).where(Notice.lot_id == lot.id)).all()
    ended = lot.status in (Status.FAILED, Status.TERMINATED) or lot.ended_reason is not None
    ground = TerminationGround(last.ground) if last and last.ground in set(TerminationGround) else None
    return facts.StopFacts(
        ground=lot.suspension_ground,
        ground_over=None if last is None else not (lot.suspension_ground == "objection" and waiting),
        termination_ground=ground,
        failure_ground=lot.failure_ground,
        cause_recorded=bool(lot.ended_reason) if ended else None,
        remedy_recorded=bool(lot.remedy) if ended else None,
        reason=(last.reason if last else None) or lot.ended_reason,
        previous_code=previous.code if previous else None,
        notified_all=lot.published_at is None
        or any(kind in (NoticeKind.FAILURE, NoticeKind.TERMINATION) for kind in kinds)
        if ended
        else None,
        refunds_set=refunds_set(session, lot) if ended else None,
        idle_days=days_between(law_date(lot.registered_at), today) if lot.registered_at else None,
        days_since_reminder=days_between(last.reminded_on, today) if last and last.reminded_on else None,
        time_kept=True if last is not None and last.ended_at is not None else None,
        failed_attempts=(lot.attempt - 1) + (1 if lot.failure_ground else 0),
    )


def refunds_set(session: Session, lot: Lot) -> bool:
    """Whether the refund clock of every bond that is to go back runs, or the bond is back."""
    query = select(exists().where(
        BankLine.lot_id == lot.id, BankLine.refund_due_at.is_(None), BankLine.refunded_at.is_(None),
        BankLine.forfeited_ground.is_(None), BankLine.transferred_at.is_(None),
    ))  # fmt: skip
    return not session.scalar(query)
