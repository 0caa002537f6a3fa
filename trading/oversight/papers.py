"""The papers of supervision 监管文书: who may read which; a complainant is told to supervision alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.errors import NotFound
from trading.models import Complaint, ComplaintReply, CreditDecision, ExpertAppraisal, Lot, SupervisionOrder, User
from trading.workflow.concerned import side_of_owner

READERS = frozenset({Role.SUPERVISOR, Role.OVERSIGHT})
FILES: Mapping[str, tuple[Any, str]] = {
    "complaint": (Complaint, "files"),
    "decision": (Complaint, "decision_files"),
    "reply": (ComplaintReply, "files"),
    "order": (SupervisionOrder, "files"),
    "order-reply": (SupervisionOrder, "reply_files"),
    "credit": (CreditDecision, "files"),
    "appraisal": (ExpertAppraisal, "files"),
}


def may_read(session: Session, user: User, lot: Lot, paper: Any) -> bool:
    """Whether ``user`` may read a paper: supervision all, everybody else what he wrote or what was sent to him."""
    if user.role in READERS:
        return True
    home = user.organization_id
    match paper:
        case Complaint():
            return home == paper.complainant_id
        case ComplaintReply():
            side = side_of_owner(session, lot) if paper.organization_id == lot.project.owner_id else []
            return home is not None and (home == paper.organization_id or home in side)
        case SupervisionOrder():
            return home == paper.addressee_id
        case CreditDecision():
            return user.role is Role.AUTHORITY
        case _:
            return False


def papers_of(session: Session, lot: Lot, user: User, model: Any, order: Any) -> list[Any]:
    """The papers of one kind that ``user`` may read, in order."""
    found: Iterable[Any] = session.scalars(select(model).where(model.lot_id == lot.id).order_by(order))
    return [one for one in found if may_read(session, user, lot, one)]


def file_of(session: Session, lot: Lot, user: User, kind: str, paper: str, number: str) -> dict[str, Any]:
    """One file of a paper, by its place from 0.

    Raises:
        NotFound: there is none, or this person may not read it.
    """
    model, column = FILES.get(kind, (None, ""))
    found = session.get(model, paper) if model is not None else None
    if found is None or found.lot_id != lot.id or not may_read(session, user, lot, found):
        raise NotFound("没有这份文件", "There is no such file")
    files: list[dict[str, Any]] = getattr(found, column)
    places = {str(place): file for place, file in enumerate(files)}
    if number not in places:
        raise NotFound("没有这份文件", "There is no such file")
    return places[number]
