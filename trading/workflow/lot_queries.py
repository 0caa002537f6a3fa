"""Questions to the database about one lot 标段查询: each is written once, as building it costs more than asking it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from trading.codelists import NoticeKind
from trading.models import (
    WHOLE_BID,
    Alarm,
    BankLine,
    Bid,
    ChecklistSignature,
    Clarification,
    ContractChange,
    Document,
    DocumentScan,
    Entrustment,
    Filing,
    Guarantee,
    Lot,
    MethodApplication,
    Notice,
    Organization,
    ScanHit,
    Stop,
    TenderTerms,
)

LOT = bindparam("lot")
SUBJECT = bindparam("subject")
PROJECT = bindparam("project")

STANDING_DOCUMENTS = (Document.superseded.is_(False),)
CANDIDATES_NOTICE = (Notice.kind == NoticeKind.CANDIDATES,)
MATCHED_LINES = (BankLine.organization_id.is_not(None),)
CURRENT_BIDS = (WHOLE_BID,)
STANDING_HITS = (ScanHit.replaced.is_(False),)
STANDING_CHANGES = (ContractChange.approved.is_not(False),)
OWN_LINES = (BankLine.organization_id == SUBJECT,)
OWN_GUARANTEES = (Guarantee.organization_id == SUBJECT,)
OWN_BIDS = (Bid.current.is_(True), Bid.organization_id == SUBJECT)

NEWEST_STOP = Stop.begun_at.desc()

AGENCIES = (
    select(Organization.uscc)
    .join(Entrustment, Entrustment.agency_id == Organization.id)
    .where(Entrustment.project_id == PROJECT, Entrustment.ended_at.is_(None))
)
ESTIMATES = select(Lot.estimate).where(Lot.project_id == PROJECT, Lot.attempt == bindparam("attempt"))
TENDER_NOTICE = (
    select(Notice.media, Notice.facts, TenderTerms.documents_fee)
    .outerjoin(TenderTerms, TenderTerms.lot_id == Notice.lot_id)
    .where(Notice.lot_id == LOT, Notice.kind.in_((NoticeKind.TENDER, NoticeKind.PROCUREMENT, NoticeKind.SALE)))
)
CEILINGS = (
    select(Notice.facts)
    .where(Notice.lot_id == LOT, Notice.kind.in_((NoticeKind.TENDER, NoticeKind.PROCUREMENT, NoticeKind.CLARIFICATION)))
    .order_by(Notice.published_at.desc())
)
RED_ALARMS = select(Alarm.condition).where(Alarm.lot_id == LOT, Alarm.severity == "R", Alarm.closed_at.is_(None))
SCANNED = select(DocumentScan.id).where(DocumentScan.lot_id == LOT).limit(1)
NEWEST_UNREAD = (
    select(DocumentScan.unread).where(DocumentScan.lot_id == LOT).order_by(DocumentScan.scanned_at.desc()).limit(1)
)
CLARIFIED = select(Clarification.id).where(Clarification.lot_id == LOT).limit(1)
BID_COUNT = select(func.count()).select_from(Bid).where(Bid.lot_id == LOT, *CURRENT_BIDS)
FAILED_OPENINGS = BID_COUNT.where(Bid.open_failure.is_not(None))
SIGNATURES = (
    select(ChecklistSignature).where(ChecklistSignature.lot_id == LOT).order_by(ChecklistSignature.signed_at)
)
NEWEST_FILING = select(Filing).where(Filing.lot_id == LOT).order_by(Filing.round.desc()).limit(1)
NEWEST_APPLICATION = (
    select(MethodApplication)
    .where(MethodApplication.lot_id == LOT)
    .order_by(MethodApplication.applied_at.desc())
    .limit(1)
)


@cache
def of_lot(model: Any, order: Any = None, *where: Any) -> Select[Any]:
    """The lot's records of one kind; ``where`` and ``order`` are the constants of this file or columns.

    Asked with the parameters ``lot`` and, for OWN_…, ``subject``.
    """
    query = select(model).where(model.lot_id == LOT, *where)
    return query if order is None else query.order_by(order)
