"""What is shown beside the forms of supervision 监管表单旁的说明, and what their fields offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from markupsafe import Markup
from sqlalchemy import select

from trading.beijing import law_date
from trading.database import db
from trading.errors import NotFound
from trading.models import Complaint, ComplaintReply, Lot, Objection, SupervisionOrder
from trading.oversight.orders import addressees
from trading.oversight.papers import may_read
from trading.web.access import actor
from trading.web.formats import moment, word
from trading.web.steps import Choices, now

Data = Mapping[str, Any] | None


def paper(model: Any, lot: Lot, subject: str | None) -> Any:
    """The paper of this lot that the reader may read.

    Raises:
        NotFound: there is none for him.
    """
    found = db.session.scalar(select(model).where(model.id == subject, model.lot_id == lot.id))
    if found is None or not may_read(db.session, actor(), lot, found):
        raise NotFound("没有这份文书", "There is no such paper")
    return found


def complaint(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The complaint with what was answered so far."""
    row = paper(Complaint, lot, subject)
    query = select(ComplaintReply).where(ComplaintReply.complaint_id == row.id).order_by(ComplaintReply.asked_at)
    replies = db.session.scalars(query).all()
    return Markup(render_template("oversight/complaint_text.html", complaint=row, replies=replies, lot=lot))


def reply(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """What is to be answered, and by when; not a word about who complains."""
    row = paper(ComplaintReply, lot, subject)
    return Markup(render_template("oversight/reply_text.html", reply=row, lot=lot))


def order(lot: Lot, subject: str | None, _data: Data) -> Markup:
    """The order with its reply."""
    row = paper(SupervisionOrder, lot, subject)
    late = row.overdue(law_date(now()))
    return Markup(render_template("oversight/order_text.html", order=row, lot=lot, late=late))


def objections(lot: Lot, _subject: str | None) -> Choices:
    """The complainant's own objections."""
    query = select(Objection).where(Objection.lot_id == lot.id, Objection.objector_id == actor().organization_id)
    found = db.session.scalars(query.order_by(Objection.raised_at))
    return {"objection": [(one.id, f"{word(one.target)}（{moment(one.raised_at)}）") for one in found]}


def parties(lot: Lot, _subject: str | None) -> Choices:
    """Whom an order may be addressed to."""
    return {"addressee": [(one.id, one.name) for one in addressees(db.session, lot)]}


def respondents(lot: Lot, subject: str | None) -> Choices:
    """Who may be asked under a complaint: every party but the complainant."""
    row = paper(Complaint, lot, subject)
    found = [one for one in addressees(db.session, lot) if one.id != row.complainant_id]
    return {"organization": [(one.id, one.name) for one in found]}


def proposed(lot: Lot, subject: str | None) -> Mapping[str, Any]:
    """The text to publish, drafted from the decision."""
    row = paper(Complaint, lot, subject)
    if row.decided_at is None or row.outcome is None:
        return {}
    head = f"{row.decision_number}\n投诉事项：{row.target.zh}。\n被投诉人：{row.about}。\n处理结果：{row.outcome.zh}。"
    return {"text": f"{head}\n{row.findings}\n{row.decision}"}
