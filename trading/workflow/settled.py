"""Ended lots on which nothing is open any more 了结: their chain may be closed (trust.md §8.9, ``dossier.final``).

Open is: a bond neither refunded nor kept, an objection without an answer, a complaint not decided or its decision not
published, an alarm or an order of supervision that is not closed. An end that is still contested is no end.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from trading.codelists import Status
from trading.models import Alarm, BankLine, Complaint, LedgerChainHead, Lot, Objection, SupervisionOrder
from trading.workflow.deposit_record import HELD

ENDS = {Status.FAILED: "failed", Status.TERMINATED: "terminated"}
OPEN: tuple[tuple[Any, ColumnElement[bool]], ...] = (
    (BankLine, HELD),
    (Objection, and_(Objection.answered_at.is_(None), Objection.withdrawn_at.is_(None))),
    (
        Complaint,
        and_(
            Complaint.refused_at.is_(None),
            Complaint.withdrawn_at.is_(None),
            or_(Complaint.decided_at.is_(None), Complaint.published_at.is_(None)),
        ),
    ),
    (Alarm, Alarm.closed_at.is_(None)),
    (SupervisionOrder, SupervisionOrder.closed_at.is_(None)),
)
SETTLED = (
    select(Lot.code)
    .join(LedgerChainHead, LedgerChainHead.chain == Lot.code)
    .where(
        Lot.status.in_(ENDS),
        LedgerChainHead.closed.is_(False),
        *(~exists().where(record.lot_id == Lot.id, still) for record, still in OPEN),
    )
    .order_by(Lot.code)
)


def settled(session: Session, code: str | None = None) -> list[str]:
    """The codes of failed and terminated lots on which nothing is open and whose chain is; of one lot, or of all."""
    return list(session.scalars(SETTLED if code is None else SETTLED.where(Lot.code == code)))
