"""The chapter of supervision in a dossier 监管文书章: complaints without names, orders, credit decisions, pledges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.models import (
    Complaint,
    ComplaintReply,
    CreditDecision,
    CreditRecord,
    Expert,
    ExpertAppraisal,
    Lot,
    Organization,
    Pledge,
    SupervisionOrder,
)
from trading.oversight.dossier_tables import Row, clock, fingerprint
from trading.web.formats import day, word


def supervision(session: Session, lot: Lot) -> dict[str, Any]:
    """What supervision did on the lot; what is secret before the opening or the award is absent."""

    def every(model: Any, order: Any) -> Any:
        return session.scalars(select(model).where(model.lot_id == lot.id).order_by(order)).unique().all()

    told = {Role.BIDDER: lot.opened_at is not None, Role.EXPERT: lot.awarded_at is not None}
    appraisals = every(ExpertAppraisal, ExpertAppraisal.recorded_at) if told[Role.EXPERT] else []
    return {
        "complaints": every(Complaint, Complaint.lodged_at),
        "complaint_replies": every(ComplaintReply, ComplaintReply.asked_at),
        "orders": every(SupervisionOrder, SupervisionOrder.issued_at),
        "credit_entries": credit_entries(session, lot),
        "appraisals": [(one, session.get_one(Expert, one.expert_id).name) for one in appraisals],
        "pledges": [
            (one, session.get_one(Organization, one.organization_id).name if one.organization_id else one.signatory)
            for one in every(Pledge, Pledge.signed_at)
            if told.get(one.role, True)
        ],
    }


def credit_entries(session: Session, lot: Lot) -> list[tuple[CreditDecision, CreditRecord | None]]:
    """The confirmed decisions of the lot with the entries that they became."""
    query = select(CreditDecision).where(CreditDecision.lot_id == lot.id, CreditDecision.agreed.is_(True))
    rows = session.scalars(query.order_by(CreditDecision.entered_at)).unique()
    return [(row, session.get(CreditRecord, row.record_id) if row.record_id else None) for row in rows]


def complaint_state(one: Complaint) -> str:
    """Where a complaint stands."""
    if one.withdrawn_at:
        return _("已撤回")
    if one.refusal:
        return _("不予受理：%(ground)s", ground=word(one.refusal))
    if one.outcome:
        return str(word(one.outcome))
    return _("处理中") if one.admitted_at else _("待决定是否受理")


def complaint_rows(complaints: Iterable[Complaint]) -> list[Row]:
    """Complaints with their clocks; who complained is never told here (R18.C15)."""
    return [
        [number, word(one.target), clock(one.lodged_at), clock(one.admitted_at or one.refused_at),
         clock(one.decided_at), clock(one.published_at), complaint_state(one)]
        for number, one in enumerate(complaints, 1)
    ]  # fmt: skip


def reply_rows(replies: Iterable[ComplaintReply]) -> list[Row]:
    """What was asked of whom, until when, and the answer."""
    return [
        [one.organization.name, one.question, clock(one.due_at), clock(one.replied_at), one.reply] for one in replies
    ]


def order_rows(orders: Iterable[SupervisionOrder]) -> list[Row]:
    """Orders with reply and end."""
    return [
        [one.number, one.addressee.name, f"{one.findings} {one.demand}", day(one.due_on), one.reply,
         word(one.closing) if one.closing else None]
        for one in orders
    ]  # fmt: skip


def credit_rows(entries: Iterable[tuple[CreditDecision, CreditRecord | None]]) -> list[Row]:
    """Formal decisions with their bars."""
    return [
        [one.organization.name, one.act, f"{one.organ} {one.number}", day(one.decided_on),
         f"{day(one.barred_from)} — {day(one.barred_until)}" if one.barred_from and one.barred_until else None,
         word(record.ending) if record and record.ending else None]
        for one, record in entries
    ]  # fmt: skip


def appraisal_rows(appraisals: Iterable[tuple[ExpertAppraisal, str]]) -> list[Row]:
    """Measures against experts."""
    return [
        [name, one.act, word(one.measure), f"{one.organ} {one.number}", day(one.decided_on), day(one.sent_to_pool_on)]
        for one, name in appraisals
    ]  # fmt: skip


def pledge_rows(pledges: Iterable[tuple[Pledge, str]]) -> list[Row]:
    """Who pledged, when, to which text."""
    return [[name, word(one.role), clock(one.signed_at), one.form, fingerprint(one.digest)] for one, name in pledges]


TABLES = {
    function.__name__: function
    for function in (complaint_rows, reply_rows, order_rows, credit_rows, appraisal_rows, pledge_rows)
}
