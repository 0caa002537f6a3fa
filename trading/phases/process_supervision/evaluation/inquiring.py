"""Letters of the committee 澄清函与异常低价说明: asked in writing, answered in writing and in time, judged by vote.

There is no step by which a bidder could write unasked (R12.C5), and no other bidder learns of a letter.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from trading.beijing import beijing
from trading.codelists import InquiryKind
from trading.errors import InvalidInput, NotFound, Refused
from trading.methods.outcome import low_prices
from trading.methods.rejection import InvalidBid, RejectionClause, clause_for
from trading.models import Bid, BidInquiry
from trading.phases.process_supervision.evaluation.committee_room import (
    BY_VOTE,
    chair,
    member_users,
    own_seat,
    reject,
    standing_bid,
    terms_of,
    void_draft,
)
from trading.steps import Step
from trading.values import NotInForce
from trading.workflow.evaluation_record import documents_of, effective_bids, members_of, to_evaluate
from trading.workflow.inquiry_record import inquiries_of, is_open
from trading.workflow.taking import Taking, effect

UNNAMED = "bidder-sealed"


def least_minutes(taking: Taking, kind: InquiryKind) -> int:
    """How many minutes a bidder has at least; for a low price as the law says, where it is in force."""
    if kind is InquiryKind.LOW_PRICE:
        try:
            return int(taking.values["abnormal_low_explain_minutes_min"])
        except NotInForce:
            pass
    return int(taking.values["committee_letter_minutes"])


def checked_due(taking: Taking, kind: InquiryKind) -> datetime:
    """The moment until which the bidder may answer.

    Raises:
        InvalidInput: it leaves him too little time.
    """
    minutes, due = least_minutes(taking, kind), taking.data["due_at"]
    if due < taking.now + timedelta(minutes=minutes):
        raise InvalidInput.of("due_at", f"至少应给予 {minutes} 分钟", f"The bidder has at least {minutes} minutes")
    return due  # type: ignore[no-any-return]


def write_letter(taking: Taking, bid: Bid, kind: InquiryKind, question: str, facts: dict[str, Any]) -> BidInquiry:
    """Keep a letter, put its going out on record, and tell the bidder alone.

    Raises:
        Refused: one of this kind on this bid is still open.
        InvalidInput: too little time.
    """
    seat, session = own_seat(taking), taking.session
    waiting = [one for one in inquiries_of(session, taking.lot) if one.bid_id == bid.id and is_open(one, taking.now)]
    if any(one.kind is kind for one in waiting):
        raise Refused("letter_open", "对该投标已有同类函件尚未办结", "A letter of this kind on this bid is still open")
    last = session.scalar(select(func.max(BidInquiry.number)).where(BidInquiry.lot_id == taking.lot.id)) or 0
    inquiry = BidInquiry(
        lot_id=taking.lot.id, number=last + 1, bid_id=bid.id, organization_id=bid.organization_id, kind=kind,
        question=question, facts=facts, asked_by_id=seat.id, asked_at=taking.now, due_at=checked_due(taking, kind),
    )  # fmt: skip
    session.add(inquiry)
    session.flush()
    taking.record("evaluation.letter", {"letter": inquiry.id, "number": inquiry.number, "kind": kind.value})
    taking.receipt |= {"letter": inquiry.id, "number": inquiry.number}
    until = f"{beijing(inquiry.due_at):%Y-%m-%d %H:%M:%S}"
    taking.tell(
        (f"评标委员会{kind.zh}", f"“{taking.lot.name}”评标委员会向您发出{kind.zh}，请于北京时间 {until} 前书面答复。"),
        (kind.en, f"The committee on “{taking.lot.name}” asks you in writing; answer by {until} Beijing time."),
        organizations=[bid.organization_id],
    )
    return inquiry


@effect(Step.ASK_BIDDER)
def ask_bidder(taking: Taking) -> None:
    """Ask one bidder to clarify what is unclear, contradictory or plainly wrong in his bid; substance stays."""
    void_draft(taking)
    chair(taking)
    bid = standing_bid(taking, taking.data["bid"])
    write_letter(taking, bid, InquiryKind.CLARIFICATION, taking.data["question"], {})


@effect(Step.ASK_LOW_PRICE)
def ask_low_price(taking: Taking) -> None:
    """Ask why a price is so low: because the machine flags it, or because the committee finds it so (R12.C7)."""
    void_draft(taking)
    chair(taking)
    bid = standing_bid(taking, taking.data["bid"])
    bids = to_evaluate(effective_bids(taking.session, taking.lot))
    flags = low_prices(bids, documents_of(terms_of(taking), taking.lot), taking.values)
    found = [{"zh": one["zh"], "en": one["en"]} for one in flags if one["bid"] == bid.id]
    write_letter(taking, bid, InquiryKind.LOW_PRICE, taking.data["question"], {"flags": found})


def own_letter(taking: Taking, *kinds: InquiryKind) -> BidInquiry:
    """The letter that the step is about, if it was written to the company of the person who is calling.

    Raises:
        NotFound: there is none; nobody learns of the letters of others.
        Refused: it was answered, or its time is over.
    """
    inquiry = taking.session.get(BidInquiry, taking.subject or "")
    mine = inquiry is not None and inquiry.organization_id == taking.organization_id
    if inquiry is None or not mine or inquiry.lot_id != taking.lot.id or inquiry.kind not in kinds:
        raise NotFound()
    if inquiry.answered_at is not None:
        raise Refused("answered", "您已答复，不能再改", "You have answered: nothing changes any more")
    if taking.now > inquiry.due_at or inquiry.confirmed is not None or inquiry.decided_at is not None:
        raise Refused("late", "答复时间已过", "The time to answer is over")
    return inquiry


@effect(Step.ANSWER_COMMITTEE)
def answer_committee(taking: Taking) -> None:
    """The bidder answers in writing and in time, with files where he has some; his price stays what it was."""
    inquiry, data = own_letter(taking, InquiryKind.CLARIFICATION, InquiryKind.LOW_PRICE), taking.data
    files = [
        {"name": one.name, "sha256": taking.tools.files.put(one.data), "media_type": one.media_type}
        for one in ([] if taking.rehearsal else data["files"])
    ]
    inquiry.answered_at, inquiry.answered_by_id = taking.now, taking.actor_id
    inquiry.answer, inquiry.files = data["answer"], files
    digests = [one["sha256"] for one in files]
    taking.record("evaluation.answer", {"letter": inquiry.id, "files": digests}, UNNAMED)
    tell_committee(taking, inquiry)


def tell_committee(taking: Taking, inquiry: BidInquiry) -> None:
    """Tell the members that an answer is there."""
    taking.tell(
        ("收到投标人答复", f"“{taking.lot.name}”第 {inquiry.number} 号函件已有答复。"),
        ("A bidder answered", f"Letter {inquiry.number} on “{taking.lot.name}” is answered."),
        users=member_users(taking),
    )


@effect(Step.DECIDE_LOW_PRICE)
def decide_low_price(taking: Taking) -> None:
    """A member says with reasons whether the explanation holds; more than half of all members decide (R12.C7, C17)."""
    void_draft(taking)
    member, data = own_seat(taking), taking.data
    inquiry = taking.session.get(BidInquiry, taking.subject or "")
    if inquiry is None or inquiry.lot_id != taking.lot.id or inquiry.kind is not InquiryKind.LOW_PRICE:
        raise NotFound()
    if inquiry.decided_at is not None:
        raise Refused("decided", "该说明已有认定结果", "The explanation is judged already")
    if inquiry.answered_at is None and taking.now <= inquiry.due_at:
        raise Refused("waiting", "投标人尚未答复，答复时间未到", "The bidder has not answered, and still may")
    if member.id in inquiry.votes:
        raise Refused("voted", "您已表决", "You have voted")
    inquiry.votes = {**inquiry.votes, member.id: {"accepted": data["accepted"], "reason": data["reason"]}}
    count_opinions(taking, inquiry)


def count_opinions(taking: Taking, inquiry: BidInquiry) -> None:
    """Decide as soon as one side cannot be overtaken; an explanation that does not hold rejects the bid."""
    members = len(members_of(taking.session, taking.lot))
    accepting = sum(vote["accepted"] for vote in inquiry.votes.values())
    refusing = len(inquiry.votes) - accepting
    accepted = 2 * accepting > members
    if not accepted and 2 * refusing < members:
        return
    inquiry.decided_at, inquiry.accepted = taking.now, accepted
    body = {"letter": inquiry.id, "accepted": accepted, "for": accepting, "against": refusing}
    taking.record("evaluation.low_price", body)
    bid = taking.session.get_one(Bid, inquiry.bid_id)
    if accepted or bid.rejected_clause is not None:
        return
    reasons = "；".join(dict.fromkeys(vote["reason"] for vote in inquiry.votes.values() if not vote["accepted"]))
    clause = clause_for(taking.lot.project.type, works=RejectionClause.PRICE, procurement=InvalidBid.STATED)
    reject(bid, clause, f"不能合理说明或者不能提供证明材料：{reasons}", (refusing, accepting), BY_VOTE)
