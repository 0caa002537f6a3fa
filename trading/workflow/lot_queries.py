"""Questions to the database about one lot 标段查询: each is written once, as building it costs more than asking it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from trading.codelists import NoticeKind
from trading.models import (
    BankLine,
    Bid,
    ContractChange,
    Document,
    Entrustment,
    Filing,
    Guarantee,
    Lot,
    MethodApplication,
    Notice,
    Organization,
    Stop,
)

LOT = bindparam("lot")
SUBJECT = bindparam("subject")
PROJECT = bindparam("project")

STANDING_DOCUMENTS = (Document.superseded.is_(False),)
TENDER_NOTICE = (Notice.kind == NoticeKind.TENDER,)
CEILING_NOTICES = (Notice.kind.in_((NoticeKind.TENDER, NoticeKind.CLARIFICATION)),)
CANDIDATES_NOTICE = (Notice.kind == NoticeKind.CANDIDATES,)
MATCHED_LINES = (BankLine.organization_id.is_not(None),)
CURRENT_BIDS = (Bid.current.is_(True),)
STANDING_CHANGES = (ContractChange.approved.is_not(False),)
OWN_LINES = (BankLine.organization_id == SUBJECT,)
OWN_GUARANTEES = (Guarantee.organization_id == SUBJECT,)
OWN_BIDS = (Bid.organization_id == SUBJECT,)

NEWEST_FILING = Filing.round.desc()
NEWEST_APPLICATION = MethodApplication.applied_at.desc()
NEWEST_NOTICE = Notice.published_at.desc()
NEWEST_STOP = Stop.begun_at.desc()


AGENCIES = (
    select(Organization.uscc)
    .join(Entrustment, Entrustment.agency_id == Organization.id)
    .where(Entrustment.project_id == PROJECT, Entrustment.ended_at.is_(None))
)
ESTIMATES = select(Lot.estimate).where(Lot.project_id == PROJECT, Lot.attempt == bindparam("attempt"))


@cache
def of_lot(model: Any, order: Any = None, *where: Any) -> Select[Any]:
    """The lot's records of one kind; ``where`` and ``order`` are the constants of this file or columns.

    Asked with the parameters ``lot`` and, for OWN_…, ``subject``.
    """
    query = select(model).where(model.lot_id == LOT, *where)
    return query if order is None else query.order_by(order)
