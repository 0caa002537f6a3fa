"""The timetable of a lot that has begun 在办标段的时间表: what has happened is given, what comes is planned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at, beijing
from trading.codelists import Method, ProjectType, Status
from trading.errors import Refused
from trading.models import Acceptance, Award, BankLine, Contract, Draw, Filing, Lot, OpeningRecord, TenderTerms
from trading.planning.course import OFFICE, Ground, Scheme
from trading.planning.plan import plan
from trading.planning.timetable import Given, Timetable
from trading.workflow.calendars import calendar_in_force
from trading.workflow.taking import Tools

REACHED: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (Status.REGISTERED, ("submit_registration", "accept_registration")),
    (Status.FILED, ("file_conditions", "answer_filing")),
    (Status.METHOD_FIXED, ("fix_method",)),
    (Status.PUBLISHED, ("announce", "documents_until", "close_bidding")),
    (Status.OPENED, ("object", "clarify", "open_bids")),
    (Status.COMMITTEE_READY, ("close_opening_record", "reveal_draw")),
    (Status.EVALUATED, ("evaluate", "submit_report")),
    (Status.PUBLICIZED, ("publicize", "publicity_end")),
    (Status.CONFIRMED, ("confirm",)),
    (Status.AWARDED, ("award",)),
    (Status.CONTRACTED, ("sign_contract",)),
    (Status.PERFORMED, ("accept_works", "completion_filed")),
    (Status.ARCHIVED, ("report_result", "file_contract", "refund_bond", "archive")),
)
"""What has happened to a lot that stands at a status or later, even where no moment of it is on record."""
ORDER = (
    Status.DRAFT, Status.REGISTERED, Status.FILED, Status.METHOD_FIXED, Status.PUBLISHED, Status.BID_CLOSED,
    Status.OPENED, Status.COMMITTEE_READY, Status.EVALUATED, Status.PUBLICIZED, Status.CONFIRMED, Status.AWARDED,
    Status.CONTRACTED, Status.PERFORMED, Status.ARCHIVED,
)  # fmt: skip


def scheme_of(session: Session, lot: Lot) -> Scheme:
    """What is traded, as far as the lot says it already."""
    terms = session.scalar(select(TenderTerms).where(TenderTerms.lot_id == lot.id))
    deadline = beijing(lot.bid_deadline).time() if lot.bid_deadline else OFFICE
    return Scheme(
        lot.project.type, lot.category, lot.estimate, lot.method or Method.OPEN_TENDER, lot.project.state_controlled,
        terms.evaluation_method if terms else None, terms.bid_validity_days if terms else None,
        terms.duration_days if terms else None, deadline,
    )  # fmt: skip


def moments_of(session: Session, lot: Lot) -> dict[str, datetime | None]:
    """The moments on record, by act; None where it has not happened or where no moment of it is kept."""
    one = {model: session.scalar(select(model).where(model.lot_id == lot.id)) for model in (
        OpeningRecord, Award, Contract, Acceptance)}  # fmt: skip
    record, award, contract, acceptance = one.values()
    filing = session.scalar(select(Filing).where(Filing.lot_id == lot.id).order_by(Filing.round.desc()).limit(1))
    refunded = session.scalars(select(BankLine.refunded_at).where(BankLine.lot_id == lot.id)).all()
    drawn = session.scalar(select(Draw.drawn_at).where(Draw.lot_id == lot.id, Draw.drawn_at.is_not(None)).limit(1))
    return {
        "submit_registration": lot.submitted_at, "accept_registration": lot.registered_at,
        "file_conditions": filing.submitted_at if filing else None, "answer_filing": lot.filed_at,
        "announce": lot.published_at, "documents_until": lot.documents_until, "close_bidding": lot.bid_deadline,
        "open_bids": lot.opened_at, "close_opening_record": record.closed_at if record else None,
        "reveal_draw": drawn, "submit_report": lot.evaluated_at, "publicize": lot.publicity_from,
        "publicity_end": lot.publicity_until, "confirm": lot.confirmed_at, "award": lot.awarded_at,
        "report_result": award.reported_at if award else None,
        "sign_contract": at(contract.signed_on, OFFICE.hour) if contract and contract.signed_on else None,
        "file_contract": contract.filed_at if contract else None,
        "refund_bond": max(refunded) if contract and refunded and all(refunded) else None,
        "accept_works": at(acceptance.accepted_on, OFFICE.hour) if acceptance else None,
        "completion_filed": at(acceptance.filed_on, OFFICE.hour) if acceptance and acceptance.filed_on else None,
        "archive": lot.archived_at,
    }  # fmt: skip


def given_of(session: Session, lot: Lot) -> Given:
    """What has happened to the lot, act by act.

    Raises:
        Refused: no timetable can be made of it: it is not works, it stands still, or it has ended early.
    """
    if lot.project.type is not ProjectType.WORKS or lot.method not in (None, Method.OPEN_TENDER):
        raise Refused(
            "not_planned", "时间规划目前只适用于公开招标的工程建设项目", "Only works by open tender are planned"
        )
    if lot.status not in ORDER:
        zh, en = lot.status.zh, lot.status.en.lower()
        raise Refused("not_planned", f"标段已“{zh}”，不能推算以后的日期", f"The lot is {en}: nothing can be reckoned")
    moments = moments_of(session, lot)
    reached = ORDER.index(lot.status)
    due = {key for status, keys in REACHED if ORDER.index(status) <= reached for key in keys}
    return {key: moments.get(key) for key in moments.keys() | due if moments.get(key) is not None or key in due}


def timetable_of(session: Session, lot: Lot, now: datetime, tools: Tools) -> Timetable:
    """The timetable of a lot as it stands: nothing that is still to come is planned before ``now``.

    Raises:
        Refused: no timetable can be made of it.
    """
    given = dict(given_of(session, lot))
    law_on = at(tools.law_day(lot, now), OFFICE.hour)
    ground = Ground(tools.book, calendar_in_force(session, tools.calendar), law_on, now.replace(microsecond=0))
    if lot.status is Status.COMMITTEE_READY:
        given["evaluate"] = lot.status_since
    return plan(scheme_of(session, lot), ground, {}, given)
