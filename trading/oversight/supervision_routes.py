"""The pages of complaints and orders 投诉与监管意见页面: their steps, the docket of a lot, the docket of all lots."""

from __future__ import annotations

from functools import partial

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import Role
from trading.database import db, transaction
from trading.ledger.log import read_logged
from trading.models import Complaint, ComplaintReply, CreditDecision, Lot, SupervisionOrder, User
from trading.oversight import asides, complaints, orders, schemas
from trading.oversight.papers import READERS, file_of, papers_of
from trading.steps import Step
from trading.web import access
from trading.web.steps import StepPage, find_lot, mount, now, step_url, tools
from trading.workflow.transitions import BY_STEP

blueprint = Blueprint("supervision", __name__, description="投诉与监管意见 Complaints and orders")
MOST = 200
EFFECTS = (complaints, orders)
PAGES = (
    StepPage(Step.LODGE_COMPLAINT, schemas.ComplaintSchema, offer=asides.objections),
    StepPage(Step.WITHDRAW_COMPLAINT, schemas.ReasonSchema, subject=True, aside=asides.complaint, danger=True),
    StepPage(Step.ADMIT_COMPLAINT, schemas.AdmissionSchema, subject=True, aside=asides.complaint),
    StepPage(
        Step.ASK_FOR_REPLY, schemas.AskReplySchema, subject=True, offer=asides.respondents, aside=asides.complaint
    ),
    StepPage(Step.REPLY_TO_COMPLAINT, schemas.ReplySchema, subject=True, aside=asides.reply),
    StepPage(Step.RECORD_EXAMINATION, schemas.ExaminationSchema, subject=True, aside=asides.complaint),
    StepPage(Step.DECIDE_COMPLAINT, schemas.DecisionSchema, subject=True, aside=asides.complaint),
    StepPage(
        Step.PUBLISH_DECISION, schemas.PublishDecisionSchema, subject=True, initial=asides.proposed,
        aside=asides.complaint,
    ),
    StepPage(Step.ISSUE_ORDER, schemas.OrderSchema, offer=asides.parties),
    StepPage(Step.REPLY_TO_ORDER, schemas.ReplySchema, subject=True, aside=asides.order),
    StepPage(Step.PROLONG_ORDER, schemas.ProlongSchema, subject=True, aside=asides.order),
    StepPage(Step.CLOSE_ORDER, schemas.CloseOrderSchema, subject=True, aside=asides.order),
)  # fmt: skip
for _page in PAGES:
    mount(blueprint, _page)


def log_reading(lot: Lot, found: list[Complaint]) -> None:
    """Put on record that supervision read who complains (R18.C15)."""
    user = access.actor()
    if user.role not in READERS or not found:
        return
    with transaction(db.session) as session:
        read_logged(session, lot.code, user.actor, "complaints", now())


def open_to(lot: Lot, user: User, paper: Complaint | SupervisionOrder) -> list[tuple[Step, str]]:
    """The steps that this person may take on a paper as it stands, with their addresses."""
    if isinstance(paper, SupervisionOrder):
        steps = () if paper.closed_at else (Step.REPLY_TO_ORDER, Step.PROLONG_ORDER, Step.CLOSE_ORDER)
    elif not paper.waits:
        steps = (Step.PUBLISH_DECISION,) if paper.decided_at and not paper.published_at else ()
    elif paper.admitted_at is None:
        steps = (Step.WITHDRAW_COMPLAINT, Step.ADMIT_COMPLAINT)
    else:
        steps = (Step.WITHDRAW_COMPLAINT, Step.ASK_FOR_REPLY, Step.RECORD_EXAMINATION, Step.DECIDE_COMPLAINT)
    return [(step, step_url(lot, step, paper.id)) for step in steps if user.role in BY_STEP[step].roles]


@access.allow()
def docket(code: str) -> ResponseReturnValue:
    """The papers of supervision on this lot that this person may read: nobody's complaint but his own."""
    lot, user = find_lot(code), access.actor()
    found = papers_of(db.session, lot, user, Complaint, Complaint.lodged_at)
    log_reading(lot, found)
    return render_template(
        "oversight/docket.html", lot=lot, complaints=found,
        replies=papers_of(db.session, lot, user, ComplaintReply, ComplaintReply.asked_at),
        orders=papers_of(db.session, lot, user, SupervisionOrder, SupervisionOrder.issued_at),
        decisions=papers_of(db.session, lot, user, CreditDecision, CreditDecision.entered_at),
        today=law_date(now()), links=partial(open_to, lot, user),
    )  # fmt: skip


@access.allow()
def docket_json(code: str) -> ResponseReturnValue:
    """The same as JSON."""
    lot, user = find_lot(code), access.actor()
    found = papers_of(db.session, lot, user, Complaint, Complaint.lodged_at)
    log_reading(lot, found)
    told = {
        "complaints": [
            {"id": one.id, "target": one.target.value, "lodged_at": one.lodged_at.isoformat(),
             "complainant": one.complainant.name, "outcome": one.outcome.value if one.outcome else None}
            for one in found
        ],
        "replies": [
            {"id": one.id, "question": one.question, "due_at": one.due_at.isoformat(), "reply": one.reply}
            for one in papers_of(db.session, lot, user, ComplaintReply, ComplaintReply.asked_at)
        ],
        "orders": [
            {"id": one.id, "number": one.number, "findings": one.findings, "due_on": one.due_on.isoformat(),
             "reply": one.reply, "closing": one.closing.value if one.closing else None}
            for one in papers_of(db.session, lot, user, SupervisionOrder, SupervisionOrder.issued_at)
        ],
    }  # fmt: skip
    return jsonify(told)


@access.allow()
def paper_file(code: str, kind: str, paper: str, number: str) -> Response:
    """A file of a paper, as something to save, never to be run by the browser."""
    found = file_of(db.session, find_lot(code), access.actor(), kind, paper, number)
    answer = Response(tools().files.get(found["sha256"]), mimetype=found["type"])
    answer.headers.set("Content-Disposition", "attachment", filename=found["name"])
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@access.allow(Role.SUPERVISOR, Role.OVERSIGHT)
def dockets() -> ResponseReturnValue:
    """Every complaint and order that is still open, over all lots; who complains is told on the lot's page alone."""
    lodged = (
        select(Complaint, Lot)
        .join(Lot, Lot.id == Complaint.lot_id)
        .where(Complaint.refused_at.is_(None), Complaint.withdrawn_at.is_(None), Complaint.published_at.is_(None))
    )
    issued = (
        select(SupervisionOrder, Lot)
        .join(Lot, Lot.id == SupervisionOrder.lot_id)
        .where(SupervisionOrder.closed_at.is_(None))
    )
    return render_template(
        "oversight/dockets.html", today=law_date(now()),
        complaints=db.session.execute(lodged.order_by(Complaint.lodged_at).limit(MOST)).all(),
        orders=db.session.execute(issued.order_by(SupervisionOrder.due_on).limit(MOST)).all(),
    )  # fmt: skip


blueprint.add_url_rule("/lots/<string:code>/supervision", "docket", docket)
blueprint.add_url_rule("/api/v1/lots/<string:code>/supervision", "docket_json", docket_json)
blueprint.add_url_rule(
    "/lots/<string:code>/supervision/<string:kind>/<string:paper>/<string:number>", "paper_file", paper_file
)
blueprint.add_url_rule("/oversight/dockets", "dockets", dockets)
