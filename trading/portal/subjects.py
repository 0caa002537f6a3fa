"""What waits for whom 待办事项: for each step the lots, and the records of lots, whose turn it is."""
# ruff: noqa: I001

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, null, or_, select
from sqlalchemy.orm import Session, aliased

from trading.beijing import law_date
from trading.codelists import Course, InquiryKind, Method, ProjectType, Role, Status
from trading.methods import METHODS
from trading.models import (  # noqa: I001
    Acceptance, Alarm, Award, Bid, BidInquiry, ComplianceRecord, Contract, ContractChange, Evaluation, Filing, Holder,
    Lot, Member, MethodApplication, MethodBasis, Objection, OpeningRecord, Performance, Project, Question,
    RejectionMotion, SaleTerms, ScanHit, SoleSourceNotice, SoleSourceObjection, TenderTerms, User,
)
from trading.steps import Step
from trading.workflow.alarms import answerers
from trading.workflow.transitions import BEFORE_DEADLINE, BY_STEP

NOTHING: Any = null()
MOST = 500
EVERY_TYPE, EVERY_COURSE = frozenset(ProjectType), frozenset(Course)


@dataclass(frozen=True)
class Waiting:
    """One thing to do: the lot, the record of it (its id and words), and when it is due as far as a record says."""

    step: Step
    lot_id: str
    subject: str | None
    words: str
    due: datetime | None


Asking = Callable[[User, datetime], "Select[Any]"]
QUESTIONS: dict[Step, Asking] = {}


def turn(step: Step) -> Callable[[Asking], Asking]:
    """Declare the query that finds what waits for a step: (lot id, record id, its words, due)."""

    def declare(question: Asking) -> Asking:
        QUESTIONS[step] = question
        return question

    return declare


def of(
    model: Any = Lot, *where: ColumnElement[bool], subject: Any = NOTHING, words: Any = None, due: Any = NOTHING
) -> Select[Any]:
    """The query of one step; about a record of its own when ``model`` is not the lot."""
    shown = literal("") if words is None else words
    query = select(Lot.id, subject.label("subject"), shown.label("words"), due.label("due"))
    if model is not Lot:
        query = query.join(model, model.lot_id == Lot.id)
    return query.where(*where)


def at(*statuses: Status) -> ColumnElement[bool]:
    """The lot stands at one of these."""
    return Lot.status.in_(statuses)


def no(model: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The lot has no such record."""
    return ~exists().where(model.lot_id == Lot.id, *where)


def some(model: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """The lot has such a record."""
    return exists().where(model.lot_id == Lot.id, *where)


def belongs(step: Step) -> list[ColumnElement[bool]]:
    """The lot's type and the course of its method have this step."""
    row, narrowed = BY_STEP[step], []
    if row.types != EVERY_TYPE:
        narrowed.append(Lot.project_id.in_(select(Project.id).where(Project.type.in_(row.types))))
    if row.courses != EVERY_COURSE:
        methods = [one for one, facts in METHODS.items() if facts.course in row.courses]
        narrowed.append(or_(Lot.method.is_(None), Lot.method.in_(methods)))
    return narrowed


def waiting(
    session: Session, user: User, now: datetime, steps: Iterable[Step], *where: ColumnElement[bool]
) -> list[Waiting]:
    """What waits for ``user`` among ``steps``; one query a step, however many lots there are."""
    found = []
    for step in steps:
        query = QUESTIONS[step](user, now).where(*where, *belongs(step)).limit(MOST)
        found += [Waiting(step, lot, subject, words or "", due) for lot, subject, words, due in session.execute(query)]
    return found



@turn(Step.SUBMIT_REGISTRATION)
def _submit(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.DRAFT), Lot.submitted_at.is_(None))


@turn(Step.ACCEPT_REGISTRATION)
def _accept(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.DRAFT), Lot.submitted_at.is_not(None))


@turn(Step.PREPARE_TERMS)
def _prepare(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.REGISTERED), no(TenderTerms))


@turn(Step.PREPARE_SALE)
def _prepare_sale(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.REGISTERED), no(SaleTerms))


@turn(Step.ANSWER_SCAN)
def _answer_scan(_user: User, _now: datetime) -> Select[Any]:
    return of(
        ScanHit, at(*BEFORE_DEADLINE), ScanHit.answer.is_(None), ScanHit.replaced.is_(False), subject=ScanHit.id,
        words=ScanHit.sentence,
    )  # fmt: skip


@turn(Step.FILE_CONDITIONS)
def _file(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.REGISTERED), some(TenderTerms), no(Filing, Filing.answer.is_(None)))


@turn(Step.ANSWER_FILING)
def _answer_filing(_user: User, _now: datetime) -> Select[Any]:
    return of(Filing, at(Status.REGISTERED), Filing.answer.is_(None), due=Filing.answer_due_at)


@turn(Step.FIX_METHOD)
def _fix(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.FILED), no(MethodApplication, MethodApplication.decided_at.is_(None)))


@turn(Step.REASON_SOLE_SOURCE)
def _reason(_user: User, now: datetime) -> Select[Any]:
    objected = exists().where(SoleSourceObjection.notice_id == SoleSourceNotice.id)
    over = SoleSourceNotice.until < law_date(now)
    return of(SoleSourceNotice, at(Status.FILED), SoleSourceNotice.reasoned_at.is_(None), over, objected)


@turn(Step.PUBLISH_REASONS)
def _publish_reasons(_user: User, _now: datetime) -> Select[Any]:
    unsaid = (MethodBasis.reasons_published_at.is_(None), MethodBasis.method != Method.OPEN_TENDER)
    return of(MethodBasis, at(Status.METHOD_FIXED), Lot.mandatory.is_(True), *unsaid)


@turn(Step.DECIDE_EXCEPTION)
def _decide_exception(_user: User, _now: datetime) -> Select[Any]:
    return of(
        MethodApplication, at(Status.FILED), MethodApplication.decided_at.is_(None), subject=MethodApplication.id
    )


@turn(Step.ANNOUNCE)
def _announce(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.METHOD_FIXED))


@turn(Step.CLARIFY)
def _clarify(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.PUBLISHED), some(Question, Question.answered_at.is_(None)), due=Lot.bid_deadline)


@turn(Step.ANSWER_OBJECTION)
def _answer_objection(_user: User, _now: datetime) -> Select[Any]:
    return of(
        Objection, Objection.answered_at.is_(None), Objection.withdrawn_at.is_(None), subject=Objection.id,
        words=Objection.text, due=Objection.answer_due_at,
    )  # fmt: skip


@turn(Step.SUBMIT_BID)
def _bid(user: User, now: datetime) -> Select[Any]:
    mine = user.organization_id
    return of(
        Lot, at(Status.PUBLISHED), Lot.bid_deadline > now, some(Holder, Holder.organization_id == mine),
        no(Bid, Bid.organization_id == mine, Bid.current.is_(True)), due=Lot.bid_deadline,
    )  # fmt: skip


@turn(Step.CLOSE_OPENING_RECORD)
def _close_record(_user: User, _now: datetime) -> Select[Any]:
    return of(OpeningRecord, at(Status.OPENED), OpeningRecord.closed_at.is_(None), due=OpeningRecord.open_until)


def my_seat(user: User, *where: ColumnElement[bool], subject: Any = NOTHING) -> Select[Any]:
    """The lots on whose committee this person sits, while it evaluates."""
    return of(Member, at(Status.COMMITTEE_READY), Member.user_id == user.id, *where, subject=subject)


@turn(Step.SCORE)
def _score(user: User, _now: datetime) -> Select[Any]:
    return my_seat(user, Member.sheet_at.is_(None))


def nobody_else(missing: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """No member of the lot's committee of whom ``missing`` is true."""
    other = aliased(Member)
    return ~exists().where(other.lot_id == Lot.id, missing(other))


@turn(Step.VOTE_REJECTION)
def _vote(user: User, _now: datetime) -> Select[Any]:
    mine = cast(RejectionMotion.votes, String).contains(Member.id)
    motions = my_seat(user, RejectionMotion.decided_at.is_(None), ~mine, subject=RejectionMotion.id)
    return motions.join(RejectionMotion, RejectionMotion.lot_id == Lot.id)


@turn(Step.DECIDE_LOW_PRICE)
def _decide_low_price(user: User, now: datetime) -> Select[Any]:
    mine = cast(BidInquiry.votes, String).contains(Member.id)
    ripe = or_(BidInquiry.answered_at.is_not(None), BidInquiry.due_at < now)
    letters = my_seat(
        user, BidInquiry.kind == InquiryKind.LOW_PRICE, BidInquiry.decided_at.is_(None), ripe, ~mine,
        subject=BidInquiry.id,
    )  # fmt: skip
    return letters.join(BidInquiry, BidInquiry.lot_id == Lot.id)


def my_letters(user: User, now: datetime, *where: ColumnElement[bool]) -> Select[Any]:
    """The committee's letters that this bidder may still answer."""
    return of(
        BidInquiry, at(Status.COMMITTEE_READY), BidInquiry.organization_id == user.organization_id,
        BidInquiry.answered_at.is_(None), BidInquiry.due_at >= now, *where, subject=BidInquiry.id,
        words=BidInquiry.question, due=BidInquiry.due_at,
    )  # fmt: skip


@turn(Step.ANSWER_COMMITTEE)
def _answer_committee(user: User, now: datetime) -> Select[Any]:
    return my_letters(user, now, BidInquiry.kind != InquiryKind.CORRECTION)


@turn(Step.CONFIRM_CORRECTION)
def _confirm_correction(user: User, now: datetime) -> Select[Any]:
    return my_letters(user, now, BidInquiry.kind == InquiryKind.CORRECTION)


@turn(Step.DRAFT_REPORT)
def _draft_report(user: User, _now: datetime) -> Select[Any]:
    return my_seat(user, nobody_else(lambda one: one.sheet_at.is_(None)), no(Evaluation))


@turn(Step.SIGN_REPORT)
def _sign_report(user: User, _now: datetime) -> Select[Any]:
    return my_seat(user, some(Evaluation), Member.signed_at.is_(None))


@turn(Step.SUBMIT_REPORT)
def _submit_report(user: User, _now: datetime) -> Select[Any]:
    return my_seat(user, some(Evaluation), nobody_else(lambda one: one.signed_at.is_(None)))


@turn(Step.PUBLICIZE)
def _publicize(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.EVALUATED))


@turn(Step.RECORD_COMPLIANCE)
def _record_compliance(_user: User, _now: datetime) -> Select[Any]:
    ripe = at(Status.PUBLICIZED, Status.CONFIRMED) | (at(Status.EVALUATED) & unpublicized())
    return of(Lot, ripe, no(ComplianceRecord))


def unpublicized() -> ColumnElement[bool]:
    """The lot's type publicizes no candidates: what is evaluated is confirmed."""
    publicized = BY_STEP[Step.PUBLICIZE].types
    return Lot.project_id.in_(select(Project.id).where(Project.type.not_in(publicized)))


@turn(Step.CONFIRM)
def _confirm(_user: User, now: datetime) -> Select[Any]:
    ripe = (at(Status.PUBLICIZED) & (Lot.publicity_until <= now)) | (at(Status.EVALUATED) & unpublicized())
    return of(Lot, ripe)


@turn(Step.AWARD)
def _award(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.CONFIRMED))


@turn(Step.REPORT_RESULT)
def _report_result(_user: User, _now: datetime) -> Select[Any]:
    return of(Award, at(Status.CONFIRMED, Status.AWARDED, Status.CONTRACTED), Award.reported_at.is_(None))


@turn(Step.DRAFT_CONTRACT)
def _draft_contract(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.AWARDED), no(Contract))


@turn(Step.SIGN_CONTRACT)
def _sign_contract(user: User, _now: datetime) -> Select[Any]:
    return of(
        Contract, at(Status.AWARDED), Contract.organization_id == user.organization_id, Contract.signed_at.is_(None)
    )


@turn(Step.FILE_CONTRACT)
def _file_contract(_user: User, _now: datetime) -> Select[Any]:
    return of(Contract, at(Status.CONTRACTED), Contract.filed_at.is_(None))


@turn(Step.DECIDE_CHANGE)
def _decide_change(_user: User, _now: datetime) -> Select[Any]:
    return of(
        ContractChange, at(Status.CONTRACTED), ContractChange.approved.is_(None), subject=ContractChange.id,
        words=ContractChange.reason,
    )  # fmt: skip


@turn(Step.ACCEPT_WORKS)
def _accept_works(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.CONTRACTED), some(Contract, Contract.filed_at.is_not(None)), no(Acceptance))


@turn(Step.RATE_PERFORMANCE)
def _rate(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.PERFORMED), no(Performance))


@turn(Step.ARCHIVE)
def _archive(_user: User, _now: datetime) -> Select[Any]:
    rated = BY_STEP[Step.RATE_PERFORMANCE].types
    unrated = Lot.project_id.in_(select(Project.id).where(Project.type.not_in(rated)))
    return of(Lot, at(Status.PERFORMED), some(Performance) | unrated)


@turn(Step.RESUME)
def _resume(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.SUSPENDED))


@turn(Step.RETENDER)
def _retender(_user: User, _now: datetime) -> Select[Any]:
    later = aliased(Lot)
    return of(Lot, at(Status.FAILED), ~exists().where(later.previous_id == Lot.id))


@turn(Step.ANSWER_ALARM)
def _answer_alarm(user: User, _now: datetime) -> Select[Any]:
    mine = Alarm.responsible.in_([role for role in Role if user.role in answerers(role)])
    return of(
        Alarm, mine, Alarm.closed_at.is_(None), Alarm.response.is_(None), subject=Alarm.id, words=Alarm.condition
    )


@turn(Step.CLOSE_ALARM)
def _close_alarm(_user: User, _now: datetime) -> Select[Any]:
    return of(Alarm, Alarm.closed_at.is_(None), subject=Alarm.id, words=Alarm.condition)
