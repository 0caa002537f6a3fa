"""What every step of the committee shares 评标委员会: the seat, the documents, taking a draft back, rejecting a bid."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from trading.codelists import InquiryKind
from trading.errors import InvalidInput, NotAllowed, Refused
from trading.methods.rejection import Clause, InvalidBid, RejectionClause, clause_for
from trading.models import Bid, BidInquiry, Member, TenderTerms, User
from trading.workflow.evaluation_record import effective_bids, members_of, report_of
from trading.workflow.inquiry_record import inquiries_of
from trading.workflow.taking import Taking

BY_VOTE = "评标委员会（表决）"
BY_PLATFORM = "platform"


def own_seat(taking: Taking) -> Member:
    """The seat of the person who is calling.

    Raises:
        NotAllowed: none.
    """
    query = select(Member).where(Member.lot_id == taking.lot.id, Member.user_id == taking.actor_id)
    found = taking.session.scalar(query)
    if found is None:
        raise NotAllowed()
    return found


def chair(taking: Taking) -> Member:
    """The seat of the person who is calling, if he has the chair.

    Raises:
        NotAllowed: he has not.
    """
    member = own_seat(taking)
    if not member.is_chair:
        raise NotAllowed("此事项由评标委员会主任委员办理", "This is for the chair of the committee")
    return member


def terms_of(taking: Taking) -> TenderTerms:
    """What the tender documents say."""
    return taking.session.scalars(select(TenderTerms).where(TenderTerms.lot_id == taking.lot.id)).one()


def standing_bid(taking: Taking, bid_id: str) -> Bid:
    """The bid of this id, if it stands.

    Raises:
        InvalidInput: there is none on this lot, or it was rejected.
    """
    found = next((one for one in effective_bids(taking.session, taking.lot) if one.id == bid_id), None)
    if found is None:
        raise InvalidInput.of("bid", "请选择一份有效投标", "Choose a standing bid")
    return found


def member_users(taking: Taking) -> Sequence[str]:
    """The accounts of the committee."""
    query = select(User.id).join(Member, Member.user_id == User.id).where(Member.lot_id == taking.lot.id)
    return taking.session.scalars(query).all()


def void_draft(taking: Taking) -> None:
    """Take a drafted report back, as what it rests on changes; after the first signature nothing changes (R12.C12).

    Raises:
        Refused: somebody signed.
    """
    report = report_of(taking.session, taking.lot)
    if report is None:
        return
    if any(member.signed_at for member in members_of(taking.session, taking.lot)):
        raise Refused("signed", "评标报告已有成员签署，不能再改", "The report is signed: nothing changes any more")
    taking.session.delete(report)
    for bid in taking.session.scalars(select(Bid).where(Bid.lot_id == taking.lot.id)):
        bid.evaluated_price = bid.score = bid.rank = None
    taking.session.flush()


def reject(bid: Bid, clause: Clause, reason: str, votes: tuple[int, int], by: str) -> None:
    """Put a rejection on the bid: clause, reason, votes for and against it."""
    bid.rejected_clause, bid.rejected_reason, bid.rejected_by = clause.value, reason, by
    bid.rejected_votes = f"{votes[0]}:{votes[1]}"


def reject_by_figures(taking: Taking, bid: Bid, clause: Clause, reason: str) -> None:
    """Reject a bid for what needs no vote: a corrected price above the ceiling, or one that is not confirmed."""
    bid.rejected_clause, bid.rejected_reason, bid.rejected_by = clause.value, reason, BY_PLATFORM
    body = {"envelope": bid.envelope, "clause": clause.value, "reason": reason, "by": BY_PLATFORM}
    taking.record("evaluation.bid_rejected", body, "system")


def refuse_correction(taking: Taking, inquiry: BidInquiry, reason: str) -> None:
    """A correction that the bidder does not confirm makes his bid invalid (D87 59; works: it does not respond)."""
    inquiry.confirmed = False
    bid = taking.session.get_one(Bid, inquiry.bid_id)
    clause = clause_for(taking.lot.project.type, works=RejectionClause.NOT_RESPONSIVE, procurement=InvalidBid.STATED)
    if bid.rejected_clause is None:
        reject_by_figures(taking, bid, clause, reason)


def settle_overdue(taking: Taking) -> None:
    """Take the silence of bidders whose time to confirm a correction is over as their refusal."""
    for inquiry in inquiries_of(taking.session, taking.lot):
        silent = inquiry.confirmed is None and taking.now > inquiry.due_at
        if inquiry.kind is InquiryKind.CORRECTION and silent:
            refuse_correction(taking, inquiry, "投标人未在规定时间内书面确认算术性修正")
    taking.session.flush()
