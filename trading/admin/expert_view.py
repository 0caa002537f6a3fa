"""What an expert sees of himself 我的专家页: standing, invitations, declarations, leave, training, evaluations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from trading.admin.applying import applications_of, masked, state_of
from trading.admin.expert_desk import leaves_of
from trading.admin.expert_training import asked, trainings_of
from trading.admin.pool_decisions import AGAINST_HIM, decisions_of
from trading.beijing import law_date
from trading.codelists import Code, Status
from trading.credit.expert_sheets import reply_of, sheets_of
from trading.credit.seats import names_told
from trading.experts import classification
from trading.experts.sheets import Item, year_total
from trading.experts.standing import hours_of, standing_of
from trading.models import (
    Draw,
    Expert,
    ExpertApplication,
    ExpertAppraisal,
    ExpertDecision,
    Invitation,
    Lot,
    Member,
    User,
)
from trading.steps import Step
from trading.values import Values
from trading.web.exchange import language
from trading.web.formats import moment
from trading.web.steps import step_url
from trading.workflow.transitions import BY_STEP

AT_WORK = (Status.OPENED, Status.COMMITTEE_READY)


def word(code: Code) -> dict[str, str]:
    """A code with its word in the reader's language."""
    return {"code": code.value, "word": code.word(language())}


def of_expert(session: Session, expert: Expert, now: datetime, values: Values) -> dict[str, Any]:
    """What stands in the pool about an expert: for himself, and for those who keep the list."""
    today, training = law_date(now), asked(values)
    years = year_rows(session, expert, values)
    return {
        "pool_number": expert.pool_number, "name": expert.name, "identity_number": masked(expert.identity_number),
        "pool": word(expert.pool), "standing": word(standing_of(session, expert, today, training)),
        "suspended_until": iso(expert.suspended_until), "title": expert.title, "years_in_field": expert.years_in_field,
        "specialties": [
            {"code": one, "path": list(classification.path(one, language()))} for one in expert.specialties
        ],
        "declaration": {
            "phone": expert.phone, "employer": expert.employer, "employer_uscc": expert.employer_uscc,
            "employment_history": expert.employment_history, "relatives": expert.relatives,
            "interests": expert.interests,
        },
        "leave": [
            {"id": one.id, "first_day": iso(one.first_day), "last_day": iso(one.last_day), "reason": one.reason,
             "over": one.last_day < today}
            for one in leaves_of(session, expert)
        ],
        "training": {
            "hours": hours_of(session, expert, today, training), "asked": training.hours, "months": training.months,
            "held": [
                {"held_on": iso(one.held_on), "title": one.title, "organizer": one.organizer, "hours": one.hours}
                for one in trainings_of(session, expert)
            ],
        },
        "decisions": [decision_json(one) for one in decisions_of(session, expert)],
        "measures": measures(session, expert),
        "evaluations": evaluations(session, expert), "years": years,
    }  # fmt: skip


def as_moment(text: str | None) -> str:
    """A moment of this view as a page tells it."""
    return moment(datetime.fromisoformat(text) if text else None)


def iso(day: date | None) -> str | None:
    """A day as JSON has it."""
    return day.isoformat() if day else None


def decision_json(one: ExpertDecision) -> dict[str, Any]:
    """A decision with objection and answer."""
    return {
        "id": one.id, "act": word(one.act), "reason": one.reason, "basis": one.basis, "number": one.number,
        "until": iso(one.until), "decided_at": one.decided_at.isoformat(), "objection": one.objection,
        "answer": one.answer, "overturned": one.overturned,
        "may_object": one.act in AGAINST_HIM and one.objection is None,
    }  # fmt: skip


def measures(session: Session, expert: Expert) -> list[dict[str, Any]]:
    """The written measures against an expert as they were published, without the lot that they came from (R18.C12)."""
    query = select(ExpertAppraisal).where(ExpertAppraisal.expert_id == expert.id)
    return [
        {"measure": word(one.measure), "act": one.act, "organ": one.organ, "number": one.number,
         "decided_on": iso(one.decided_on)}
        for one in session.scalars(query.order_by(ExpertAppraisal.decided_on.desc(), ExpertAppraisal.id))
    ]  # fmt: skip


def evaluations(session: Session, expert: Expert) -> list[dict[str, Any]]:
    """The committees on which the expert sat, once their names may be told, with the sheets about him."""
    query = (
        select(Lot, Member)
        .join(Member, Member.lot_id == Lot.id)
        .where(Member.expert_id == expert.id, names_told())
        .order_by(Lot.evaluated_at.desc(), Lot.code)
    )
    found = []
    for lot, member in session.execute(query):
        reply = reply_of(session, member)
        sheets = [
            {"side": word(one.side), "total": one.total, "reason": one.reason,
             "points": [{"item": word(Item(code)), "points": given} for code, given in one.points.items()]}
            for one in sheets_of(session, member)
        ]  # fmt: skip
        found.append({
            "lot": lot.code, "name": lot.name,
            "evaluated_at": lot.evaluated_at.isoformat() if lot.evaluated_at else None,
            "chair": member.is_chair, "sheets": sheets, "reply": reply.text if reply else None,
            "may_reply": bool(sheets) and reply is None and lot.status in BY_STEP[Step.REPLY_TO_SHEETS].at,
            "reply_url": step_url(lot, Step.REPLY_TO_SHEETS),
        })  # fmt: skip
    return found


def year_rows(session: Session, expert: Expert, values: Values) -> list[dict[str, Any]]:
    """The totals of an expert's sheets by year, the latest first."""
    query = select(Lot, Member).join(Member, Member.lot_id == Lot.id)
    rows: dict[int, list[tuple[str, int]]] = {}
    for lot, member in session.execute(query.where(Member.expert_id == expert.id, names_told())):
        for sheet in sheets_of(session, member):
            rows.setdefault(law_date(sheet.filled_at).year, []).append((lot.id, sheet.total))
    found = []
    for year in sorted(rows, reverse=True):
        total = year_total(rows[year], values["expert_year_least_share"])
        if total is not None:
            found.append({"year": year, "lots": total.lots, "sheets": total.sheets, "mean": str(total.mean),
                          "flagged": total.flagged})  # fmt: skip
    return found


def invitations(session: Session, user: User) -> list[dict[str, Any]]:
    """The seats offered to the expert that are still to be sat on or answered, with the links to answer."""
    short = cast(Draw.shortage, String)
    query = (
        select(Invitation, Lot, Draw)
        .join(Lot, Lot.id == Invitation.lot_id)
        .join(Draw, Draw.id == Invitation.draw_id)
        .where(Invitation.expert_id == user.expert_id, Invitation.refused_at.is_(None), Lot.status.in_(AT_WORK))
        .where(Draw.aborted_reason.is_(None), or_(short.is_(None), short == "null"))
        .order_by(Draw.evaluation_at, Lot.code)
    )
    found = []
    for invitation, lot, draw in session.execute(query):
        waits = invitation.accepted_at is None
        answerable = lot.status is Status.OPENED
        found.append({
            "lot": lot.code, "name": lot.name, "accepted": not waits,
            "evaluation_at": draw.evaluation_at.isoformat() if draw.evaluation_at else None,
            "accept_url": step_url(lot, Step.ACCEPT_INVITATION) if waits and answerable else None,
            "refuse_url": step_url(lot, Step.REFUSE_INVITATION) if answerable else None,
        })  # fmt: skip
    return found


def application_json(one: ExpertApplication) -> dict[str, Any]:
    """An application as its writer sees it."""
    return {
        "id": one.id, "state": word(state_of(one)), "submitted_at": one.submitted_at.isoformat(), "reason": one.reason,
        "decided_at": one.decided_at.isoformat() if one.decided_at else None,
        "papers": [{"name": file["name"], "size": file["size"]} for file in one.files],
    }  # fmt: skip


def of_user(session: Session, user: User, now: datetime, values: Values) -> dict[str, Any]:
    """The whole page of the expert or applicant who calls."""
    expert = session.get(Expert, user.expert_id) if user.expert_id else None
    return {
        "name": user.name, "identity_number": masked(user.person),
        "expert": of_expert(session, expert, now, values) if expert else None,
        "applications": [application_json(one) for one in applications_of(session, user)],
        "invitations": invitations(session, user) if expert else [],
    }  # fmt: skip
