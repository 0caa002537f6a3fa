"""Each member alone 独立评审: sheets that nobody else sees, motions to reject, and the votes on them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from trading.errors import InvalidInput, NotFound, Refused
from trading.methods.outcome import OBJECTIVE, failed_by_majority, odd_scores
from trading.methods.rejection import InvalidBid, RejectionClause, clause_for, clauses_of
from trading.models import Bid, RejectionMotion
from trading.phases.process_supervision.evaluation.committee_room import (
    BY_VOTE,
    member_users,
    own_seat,
    reject,
    settle_overdue,
    terms_of,
    void_draft,
)
from trading.phases.process_supervision.evaluation.sheets import read_sheet
from trading.steps import Step
from trading.workflow.evaluation_record import (
    documents_of,
    effective_bids,
    members_of,
    review_json,
    reviews_of,
    to_evaluate,
)
from trading.workflow.taking import Taking, effect

BY_SHEETS = "评标委员会（技术评审）"


@effect(Step.SCORE)
def score(taking: Taking) -> None:
    """Keep the member's own sheet over every bid that stands; with the last sheet the technical review is decided."""
    void_draft(taking)
    settle_overdue(taking)
    restore_technical(taking)
    member = own_seat(taking)
    bids = effective_bids(taking.session, taking.lot)
    sheet = read_sheet(taking.data, bids, documents_of(terms_of(taking), taking.lot))
    member.sheet = {"bids": {bid: review_json(review) for bid, review in sheet.items()}}
    member.sheet_at = taking.now
    if taking.data["time_short"]:
        member.more_time_asked_at = taking.now
    taking.receipt["bids"] = len(sheet)
    decide_technical(taking)
    tell_odd_scores(taking)


def restore_technical(taking: Taking) -> None:
    """Put bids back that the sheets had failed, because a sheet is written anew."""
    query = select(Bid).where(Bid.lot_id == taking.lot.id, Bid.rejected_by == BY_SHEETS)
    for bid in taking.session.scalars(query):
        bid.rejected_clause = bid.rejected_reason = bid.rejected_by = bid.rejected_votes = None
    taking.session.flush()


def decide_technical(taking: Taking) -> None:
    """Once every sheet is in, reject what more than half of the members failed (ZTBT 51(6), R12.C17)."""
    taking.session.flush()
    members = members_of(taking.session, taking.lot)
    if any(member.sheet_at is None for member in members):
        return
    reviews = reviews_of(members)
    clause = clause_for(taking.lot.project.type, works=RejectionClause.NOT_RESPONSIVE, procurement=InvalidBid.STATED)
    for bid in effective_bids(taking.session, taking.lot):
        found = failed_by_majority(reviews, bid.id)
        if found is not None:
            against, for_, reasons = found
            reject(bid, clause, "；".join(reasons), (against, for_), BY_SHEETS)


def tell_odd_scores(taking: Taking) -> None:
    """Once every sheet is in, tell whom it concerns what must still be put right, and nobody else's points (R12.C11).

    All members that an objective factor is scored differently; a member alone that his own opinion is far off.
    """
    taking.session.flush()
    members = members_of(taking.session, taking.lot)
    bids = effective_bids(taking.session, taking.lot)
    if taking.rehearsal or not bids or any(member.sheet_at is None for member in members):
        return
    names = {bid.id: bid.organization.name for bid in bids}
    documents = documents_of(terms_of(taking), taking.lot)
    titles = {factor.code: factor.zh for factor in documents.factors}
    for flag in odd_scores(to_evaluate(bids), reviews_of(members), documents, taking.values):
        bidder = names[flag["bid"]]
        if flag["kind"] == OBJECTIVE:
            title = titles[flag["factor"]]
            taking.tell(
                (
                    "客观因素评分不一致",
                    f"“{taking.lot.name}”：{bidder}的客观因素“{title}”评分不一致，请核对后重新提交评审表。",
                ),
                (
                    "Objective scores differ",
                    f"“{taking.lot.name}”: the members disagree on “{title}” of {bidder}; check your sheet.",
                ),
                users=member_users(taking),
            )
        elif not flag["explanation"]:
            user = next(member.user_id for member in members if member.id == flag["member"])
            taking.tell(
                (
                    "请书面说明评分理由",
                    f"“{taking.lot.name}”：您对{bidder}的主观评分与其他成员偏离较大，请核对；坚持的，在评审表中写明理由。",
                ),
                (
                    "Explain your scores",
                    f"“{taking.lot.name}”: your opinion of {bidder} is far off the others'; check it, or give reasons.",
                ),
                users=[user],
            )


@effect(Step.REJECT_BID)
def move_to_reject(taking: Taking) -> None:
    """A member moves to reject a bid on a ground of the closed list; his own vote is for it."""
    void_draft(taking)
    member, data = own_seat(taking), taking.data
    if data["clause"] not in set(clauses_of(taking.lot.project.type)):
        raise InvalidInput.of("clause", "除所列情形外，不得否决投标", "A bid is rejected on a listed ground alone")
    bid = next((one for one in effective_bids(taking.session, taking.lot) if one.id == data["bid"]), None)
    if bid is None:
        raise InvalidInput.of("bid", "请选择一份有效投标", "Choose a standing bid")
    waiting = select(RejectionMotion.id).where(RejectionMotion.bid_id == bid.id, RejectionMotion.decided_at.is_(None))
    if taking.session.scalars(waiting).first():
        raise Refused("motion_open", "对该投标已有待表决的提议", "A motion on this bid is waiting for votes")
    motion = RejectionMotion(
        lot_id=taking.lot.id, bid_id=bid.id, clause=data["clause"], reason=data["reason"],
        moved_by_id=member.id, moved_at=taking.now, votes={member.id: True},
    )  # fmt: skip
    taking.session.add(motion)
    taking.session.flush()
    taking.record("evaluation.motion", {"motion": motion.id, "envelope": bid.envelope, "clause": motion.clause})
    taking.receipt["motion"] = motion.id
    others = [one.user_id for one in members_of(taking.session, taking.lot) if one.id != member.id]
    taking.tell(
        ("请表决", f"“{taking.lot.name}”有一项否决投标的提议待您表决。"),
        ("Please vote", f"A motion to reject a bid on “{taking.lot.name}” waits for your vote."),
        users=others,
    )
    count_votes(taking, motion)


@effect(Step.VOTE_REJECTION)
def vote_on_rejection(taking: Taking) -> None:
    """A member votes once; more than half of all members carry the motion."""
    void_draft(taking)
    member = own_seat(taking)
    motion = taking.session.get(RejectionMotion, taking.subject or "")
    if motion is None or motion.lot_id != taking.lot.id:
        raise NotFound()
    if motion.decided_at is not None:
        raise Refused("decided", "该提议已有表决结果", "The motion is decided")
    if member.id in motion.votes:
        raise Refused("voted", "您已表决", "You have voted")
    motion.votes = {**motion.votes, member.id: bool(taking.data["in_favour"])}
    count_votes(taking, motion)


def count_votes(taking: Taking, motion: RejectionMotion) -> None:
    """Decide the motion as soon as one side cannot be overtaken."""
    members = len(members_of(taking.session, taking.lot))
    in_favour = sum(motion.votes.values())
    against = len(motion.votes) - in_favour
    carried = 2 * in_favour > members
    if not carried and 2 * against < members:
        return
    motion.decided_at, motion.carried = taking.now, carried
    body = {"motion": motion.id, "carried": carried, "in_favour": in_favour, "against": against}
    taking.record("evaluation.vote", body)
    if carried:
        bid = taking.session.get_one(Bid, motion.bid_id)
        clause = clauses_of(taking.lot.project.type)(motion.clause)
        reject(bid, clause, motion.reason, (in_favour, against), BY_VOTE)


def open_motions(taking: Taking) -> Sequence[RejectionMotion]:
    """The motions that wait for votes."""
    return taking.session.scalars(
        select(RejectionMotion).where(RejectionMotion.lot_id == taking.lot.id, RejectionMotion.decided_at.is_(None))
    ).all()
