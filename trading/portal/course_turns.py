"""What waits besides an open tender 各交易方式待办: invitees, fore-rounds, talks, agreed prices, challenges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from trading.codelists import ForeRound, Method, ProjectType, Status
from trading.models import (
    Bid,
    Challenge,
    ConsortiumMember,
    Contract,
    ContractSignature,
    Examiner,
    FinalCall,
    InviteeList,
    Lot,
    OpeningRecord,
    Organization,
    Preliminary,
    PriceAgreement,
    Project,
    QualificationCheck,
    RoomRecording,
    Talk,
    User,
)  # fmt: skip
from trading.portal.subjects import at, my_seat, no, of, some, turn
from trading.steps import Step
from trading.workflow.negotiation_record import TWO_MAY_DO, WITH_ONE
from trading.workflow.transitions import BY_STEP

BEFORE_NOTICE = at(Status.METHOD_FIXED)
CLOSED_RECORD = some(OpeningRecord, OpeningRecord.closed_at.is_not(None))


def works() -> ColumnElement[bool]:
    """The lot is one of works."""
    return Lot.project_id.in_(select(Project.id).where(Project.type == ProjectType.WORKS))


@turn(Step.NAME_INVITEES)
def name_invitees(_user: User, _now: datetime) -> Select[Any]:
    """Works name whom they invite, and everybody the one supplier with whom a price is agreed."""
    named = Lot.method.in_(WITH_ONE) | ((Lot.method == Method.INVITED_TENDER) & works())
    return of(Lot, BEFORE_NOTICE, named, no(InviteeList))


@turn(Step.LIST_SUPPLIERS)
def list_suppliers(_user: User, _now: datetime) -> Select[Any]:
    """An invited tender of a procurement draws its invitees from a list."""
    return of(Lot, BEFORE_NOTICE, Lot.method == Method.INVITED_TENDER, ~works(), no(InviteeList))


@turn(Step.DRAW_INVITEES)
def draw_invitees(_user: User, _now: datetime) -> Select[Any]:
    """Lists from which nobody is drawn yet."""
    return of(InviteeList, BEFORE_NOTICE, InviteeList.source.is_not(None), InviteeList.drawn_at.is_(None))


@turn(Step.WITNESS_INVITEES)
def witness_invitees(user: User, _now: datetime) -> Select[Any]:
    """Draws that a second person of the buyer has not witnessed."""
    drawn = (InviteeList.drawn_at.is_not(None), InviteeList.drawn_by_id != user.id)
    return of(InviteeList, BEFORE_NOTICE, *drawn, InviteeList.witnessed_at.is_(None))


def fore_round(kind: ForeRound | None, *where: ColumnElement[bool], due: Any = None) -> Select[Any]:
    """Prequalifications and first stages that run."""
    of_kind = () if kind is None else (Preliminary.kind == kind,)
    found = (BEFORE_NOTICE, *of_kind, Preliminary.concluded_at.is_(None), *where)
    return of(Preliminary, *found) if due is None else of(Preliminary, *found, due=due)


@turn(Step.CLOSE_PRELIMINARY)
def close_preliminary(_user: User, now: datetime) -> Select[Any]:
    """Those whose time is over."""
    return fore_round(None, Preliminary.closed_at.is_(None), Preliminary.until <= now, due=Preliminary.until)


@turn(Step.SEAT_EXAMINERS)
def seat_examiners(_user: User, _now: datetime) -> Select[Any]:
    """Applications that nobody examines yet."""
    return fore_round(ForeRound.PREQUALIFICATION, Preliminary.closed_at.is_not(None), no(Examiner))


@turn(Step.EXAMINE_APPLICATIONS)
def examine(user: User, _now: datetime) -> Select[Any]:
    """Applications that this examiner has not judged."""
    mine = some(Examiner, Examiner.user_id == user.id, Examiner.handed_in_at.is_(None))
    return fore_round(ForeRound.PREQUALIFICATION, mine)


@turn(Step.CONCLUDE_PREQUALIFICATION)
def conclude_prequalification(_user: User, _now: datetime) -> Select[Any]:
    """Examined applications whose result is not told."""
    done = (some(Examiner), no(Examiner, Examiner.handed_in_at.is_(None)))
    return fore_round(ForeRound.PREQUALIFICATION, *done)


@turn(Step.CONCLUDE_FIRST_STAGE)
def conclude_first_stage(_user: User, _now: datetime) -> Select[Any]:
    """First stages that are closed and fix no requirements yet."""
    return fore_round(ForeRound.FIRST_STAGE, Preliminary.closed_at.is_not(None))


@turn(Step.CHECK_QUALIFICATION)
def check_qualification(_user: User, _now: datetime) -> Select[Any]:
    """Opened bids of a procurement whose bidder the buyer has not looked at."""
    unchecked = ~exists().where(QualificationCheck.bid_id == Bid.id)
    standing = (Bid.current, Bid.opened_at.is_not(None), Bid.rejected_clause.is_(None), unchecked)
    return of(Lot, at(Status.OPENED), CLOSED_RECORD, some(Bid, *standing))


@turn(Step.RECORD_ROOM)
def record_room(_user: User, _now: datetime) -> Select[Any]:
    """Opened procurements of which nobody wrote down where sound and picture are kept."""
    return of(Lot, at(*BY_STEP[Step.RECORD_ROOM].at), no(RoomRecording))


def talking() -> tuple[ColumnElement[bool], ...]:
    """The talks of a negotiation or consultation are on."""
    return Lot.method.in_(TWO_MAY_DO), no(FinalCall)


@turn(Step.HOLD_TALK)
def hold_talk(user: User, _now: datetime) -> Select[Any]:
    """Negotiations that this member carries on."""
    return my_seat(user, *talking())


@turn(Step.CALL_FINAL_OFFERS)
def call_final_offers(user: User, _now: datetime) -> Select[Any]:
    """Negotiations whose records are all confirmed."""
    return my_seat(user, *talking(), some(Talk), no(Talk, Talk.confirmed_at.is_(None)))


@turn(Step.CONFIRM_TALK)
def confirm_talk(user: User, _now: datetime) -> Select[Any]:
    """Records of talks that this supplier has not confirmed."""
    mine = (Talk.organization_id == user.organization_id, Talk.confirmed_at.is_(None))
    return of(Talk, at(Status.COMMITTEE_READY), *mine, subject=Talk.id, words=Talk.text)


@turn(Step.AGREE_PRICE)
def agree_price(_user: User, _now: datetime) -> Select[Any]:
    """The one supplier's response is opened: a price is to be agreed."""
    return of(Lot, at(Status.OPENED), Lot.method.in_(WITH_ONE), CLOSED_RECORD, no(PriceAgreement))


@turn(Step.CONFIRM_PRICE)
def confirm_price(user: User, _now: datetime) -> Select[Any]:
    """Agreed prices that this supplier has not confirmed."""
    mine = (PriceAgreement.organization_id == user.organization_id, PriceAgreement.confirmed_at.is_(None))
    return of(PriceAgreement, at(Status.OPENED), *mine)


@turn(Step.ANSWER_CHALLENGE)
def answer_challenge(_user: User, _now: datetime) -> Select[Any]:
    """Inquiries and challenges without an answer."""
    return of(
        Challenge, Challenge.answered_at.is_(None), subject=Challenge.id, words=Challenge.text, due=Challenge.due_at
    )


@turn(Step.SIGN_AS_MEMBER)
def sign_as_member(user: User, _now: datetime) -> Select[Any]:
    """Contracts of a consortium that this member of it has not signed as they stand."""
    home = select(Organization.uscc).where(Organization.id == user.organization_id).scalar_subquery()
    won = (Bid.id == ConsortiumMember.bid_id, Bid.organization_id == Contract.organization_id)
    member = exists().where(ConsortiumMember.lot_id == Lot.id, ConsortiumMember.uscc == home,
                            ConsortiumMember.lead.is_(False), *won)  # fmt: skip
    signed = exists().where(
        ContractSignature.contract_id == Contract.id, ContractSignature.organization_id == user.organization_id,
        ContractSignature.digest == Contract.digest,
    )  # fmt: skip
    return of(Contract, at(Status.AWARDED), Contract.signed_at.is_(None), member, ~signed)
