"""Talks with suppliers 谈判与磋商: each on record and confirmed, changes told to all, whoever leaves gets his bond."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Method
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Bid, FinalCall, Leaving, Lot, Organization, RequirementChange, Talk
from trading.phases.process_supervision.evaluation.evaluating import own_seat
from trading.steps import Step
from trading.workflow.evaluation_record import effective_bids
from trading.workflow.negotiation_record import call_of, left, staying
from trading.workflow.taking import Taking, effect

BY_ROUNDS = (Method.NEGOTIATION, Method.CONSULTATION)


def refuse_without_rounds(taking: Taking) -> None:
    """Stop where the method knows no talks: an inquiry has one price, a single source is agreed with.

    Raises:
        Refused: naming the method.
    """
    method = taking.lot.method
    if method not in BY_ROUNDS:
        zh, en = (method.zh, method.en) if method else ("该方式", "this method")
        raise Refused("no_rounds", f"{zh}不进行谈判或者磋商", f"There are no talks in: {en}")


def refuse_once_called(taking: Taking) -> None:
    """Stop once final offers are called for: nothing is talked about any more.

    Raises:
        Refused: they are.
    """
    if call_of(taking.session, taking.lot) is not None:
        raise Refused("called", "已要求提交最后报价，不再谈判", "Final offers are called for: talks are over")


def supplier(taking: Taking, organization: str) -> Bid:
    """The standing response of a supplier who has not left.

    Raises:
        InvalidInput: none.
    """
    for bid in staying(taking.session, taking.lot):
        if bid.organization_id == organization:
            return bid
    raise InvalidInput.of("supplier", "该供应商未参加或者已退出", "No such supplier takes part any more")


@effect(Step.HOLD_TALK)
def hold_talk(taking: Taking) -> None:
    """The group writes down what it said with one supplier in one round; he confirms it (D74 31)."""
    own_seat(taking)
    refuse_without_rounds(taking)
    refuse_once_called(taking)
    bid, round_ = supplier(taking, taking.data["supplier"]), int(taking.data["round"])
    earlier = taking.session.scalar(
        select(Talk).where(
            Talk.lot_id == taking.lot.id, Talk.organization_id == bid.organization_id, Talk.round == round_
        )
    )
    if earlier is not None and earlier.confirmed_at is not None:
        raise Refused("confirmed", "该轮记录已经供应商确认", "The record of this round is confirmed")
    if earlier is not None:
        taking.session.delete(earlier)
        taking.session.flush()
    taking.session.add(
        Talk(
            lot_id=taking.lot.id, organization_id=bid.organization_id, round=round_, text=taking.data["text"],
            held_at=taking.now, recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record("evaluation.talk", {"round": round_, "envelope": bid.envelope})
    taking.tell(
        ("请确认谈判（磋商）记录", f"“{taking.lot.name}”第{round_}轮记录已形成，请登录核对并确认。"),
        ("Record of a talk", f"Please confirm the record of round {round_} of “{taking.lot.name}”."),
        organizations=[bid.organization_id],
    )


@effect(Step.CONFIRM_TALK)
def confirm_talk(taking: Taking) -> None:
    """The supplier confirms the record of his own talk, and no other's."""
    talk = taking.session.scalar(
        select(Talk).where(Talk.id == taking.subject, Talk.organization_id == taking.organization_id)
    )
    if talk is None or talk.lot_id != taking.lot.id:
        raise NotFound("没有这份记录", "There is no such record")
    if talk.confirmed_at is not None:
        raise Refused("confirmed", "该记录已经确认", "The record is confirmed already")
    talk.confirmed_at, talk.confirmed_by_id = taking.now, taking.actor_id


@effect(Step.CHANGE_REQUIREMENTS)
def change_requirements(taking: Taking) -> None:
    """A substantial change of what is asked, told to all suppliers in writing at one moment (D74 32)."""
    own_seat(taking)
    refuse_without_rounds(taking)
    refuse_once_called(taking)
    session, lot = taking.session, taking.lot
    told = [one.organization_id for one in staying(session, lot)]
    number = len(session.scalars(select(RequirementChange.id).where(RequirementChange.lot_id == lot.id)).all()) + 1
    text = taking.data["text"]
    session.add(
        RequirementChange(
            lot_id=lot.id, number=number, text=text, told_to=len(told), made_at=taking.now, made_by_id=taking.actor_id
        )
    )
    taking.record("evaluation.requirements_changed", {"number": number, "text": text})
    taking.tell(
        ("采购需求变动通知", f"“{lot.name}”采购需求变动（第{number}次）：{text}"),
        ("Requirements changed", f"“{lot.name}”: change {number} of the requirements: {text}"),
        organizations=told,
    )


@effect(Step.LEAVE_NEGOTIATION)
def leave_negotiation(taking: Taking) -> None:
    """A supplier leaves before he made his final offer; his bond goes back (D74 34)."""
    refuse_without_rounds(taking)
    session, lot, organization = taking.session, taking.lot, taking.organization_id
    call = call_of(session, lot)
    if call is not None and taking.now >= call.deadline:
        raise Refused("too_late", "最后报价时间已过，不能退出", "The time of final offers is over")
    if organization in left(session, lot):
        raise Refused("left", "贵单位已经退出", "You have left already")
    session.add(Leaving(lot_id=lot.id, organization_id=organization, left_at=taking.now, reason=taking.data["reason"]))


def unconfirmed(session: Session, lot: Lot) -> Sequence[Talk]:
    """The talks whose record nobody confirmed, of suppliers who have not left."""
    gone = left(session, lot)
    found = session.scalars(select(Talk).where(Talk.lot_id == lot.id, Talk.confirmed_at.is_(None)))
    return [one for one in found if one.organization_id not in gone]


def talked_with(session: Session, lot: Lot) -> set[str]:
    """The suppliers with whom at least one talk is confirmed."""
    query = select(Talk.organization_id).where(Talk.lot_id == lot.id, Talk.confirmed_at.is_not(None))
    return set(session.scalars(query))


@effect(Step.CALL_FINAL_OFFERS)
def call_final_offers(taking: Taking) -> None:
    """The group ends the talks: everybody who stays hands in his final offer until one moment (D74 33)."""
    own_seat(taking)
    refuse_without_rounds(taking)
    refuse_once_called(taking)
    session, lot, deadline = taking.session, taking.lot, taking.data["deadline"]
    if deadline <= taking.now:
        raise InvalidInput.of("deadline", "最后报价截止时间应在此刻之后", "It must lie in the future")
    stay = [one.organization_id for one in staying(session, lot)]
    if unconfirmed(session, lot) or set(stay) - talked_with(session, lot):
        raise Refused(
            "talks_open", "应当与每一家供应商分别谈判（磋商）并经其确认记录后，方可要求最后报价",
            "First a confirmed talk with every supplier",
        )  # fmt: skip
    session.add(FinalCall(lot_id=lot.id, deadline=deadline, called_at=taking.now, called_by_id=taking.actor_id))
    taking.record("evaluation.final_offers_called", {"deadline": deadline.isoformat(), "suppliers": len(stay)})
    names = [one.name for one in session.scalars(select(Organization).where(Organization.id.in_(stay)))]
    taking.receipt["suppliers"] = len(names)
    taking.tell(
        ("请提交最后报价", f"“{lot.name}”谈判（磋商）结束，请在规定时间前密封提交最后报价，逾期不予接收。"),
        ("Final offers", f"The talks about “{lot.name}” are over; please hand in your sealed final offer in time."),
        organizations=stay,
    )


def first_offers(session: Session, lot: Lot) -> dict[str, Bid]:
    """The standing responses by supplier."""
    return {one.organization_id: one for one in effective_bids(session, lot)}
