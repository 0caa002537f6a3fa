"""Each member alone 独立评审: sheets that nobody else sees, motions to reject, and the votes on them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trading.codelists import EvaluationMethod
from trading.errors import InvalidInput, NotAllowed, NotFound, Refused, Words
from trading.methods.comprehensive import FactorKind
from trading.methods.lowest_evaluated_price import Adjustment
from trading.methods.outcome import Documents, Review, failed_by_majority
from trading.methods.rejection import RejectionClause
from trading.models import Bid, Member, RejectionMotion, TenderTerms, User
from trading.steps import Step
from trading.workflow.evaluation_record import (
    documents_of,
    effective_bids,
    members_of,
    report_of,
    review_json,
    reviews_of,
)
from trading.workflow.taking import Taking, effect

BY_SHEETS = "评标委员会（技术评审）"
BY_VOTE = "评标委员会（表决）"


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


def terms_of(taking: Taking) -> TenderTerms:
    """What the tender documents say."""
    return taking.session.scalars(select(TenderTerms).where(TenderTerms.lot_id == taking.lot.id)).one()


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


@effect(Step.SCORE)
def score(taking: Taking) -> None:
    """Keep the member's own sheet over every bid that stands; with the last sheet the technical review is decided."""
    void_draft(taking)
    restore_technical(taking)
    member = own_seat(taking)
    bids = effective_bids(taking.session, taking.lot)
    documents = documents_of(terms_of(taking))
    sheet = read_sheet(taking.data, bids, documents)
    member.sheet = {
        "bids": {bid: review_json(review) for bid, review in sheet.items()},
        "time_short": bool(taking.data["time_short"]),
    }
    member.sheet_at = taking.now
    taking.receipt["bids"] = len(sheet)
    decide_technical(taking)


def read_sheet(data: dict[str, Any], bids: Sequence[Bid], documents: Documents) -> dict[str, Review]:
    """The typed rows as one review a bid.

    Raises:
        InvalidInput: a bid or factor is missing, named twice or unknown; a reason is missing; points are out of range.
    """
    if documents.method is EvaluationMethod.COMPREHENSIVE:
        return read_points(data["points"], bids, documents)
    wanted = {bid.id for bid in bids}
    given = [row["bid"] for row in data["reviews"]]
    if sorted(given) != sorted(wanted):
        raise InvalidInput.of("reviews", "应当对每一份有效投标各评审一次", "Review every standing bid once")
    found = {}
    for number, row in enumerate(data["reviews"]):
        amount = row["adjustment"] or Decimal(0)
        if not row["passed"] and not row["reason"]:
            why = {"reason": [Words("不通过的应当说明理由", "Give the reason why the bid does not pass")]}
            raise InvalidInput({"reviews": {str(number): why}})
        if amount and not row["adjustment_reason"]:
            ground = [Words("价格调整应当说明依据", "Name the ground of the adjustment in the documents")]
            raise InvalidInput({"reviews": {str(number): {"adjustment_reason": ground}}})
        adjustments = (Adjustment(row["adjustment_reason"] or "", amount),) if amount else ()
        found[row["bid"]] = Review(row["passed"], row["reason"] or "", adjustments)
    return found


def read_points(rows: list[dict[str, Any]], bids: Sequence[Bid], documents: Documents) -> dict[str, Review]:
    """The points of a comprehensive evaluation, one row a bid and factor; the price is computed by the machine."""
    factors = {one.code: one for one in documents.factors if one.kind is not FactorKind.PRICE}
    wanted = sorted((bid.id, code) for bid in bids for code in factors)
    if sorted((row["bid"], row["factor"]) for row in rows) != wanted:
        raise InvalidInput.of(
            "points", "应当对每一份有效投标的每一项因素各评分一次", "Score every factor of every standing bid once"
        )
    for number, row in enumerate(rows):
        if not factors[row["factor"]].takes(row["points"]):
            most = factors[row["factor"]].maximum
            wrong = {"points": [Words(f"应在 0 与 {most} 之间", f"The points lie between 0 and {most}")]}
            raise InvalidInput({"points": {str(number): wrong}})
    return {
        bid.id: Review(
            points={row["factor"]: row["points"] for row in rows if row["bid"] == bid.id},
            reasons={row["factor"]: row["reason"] for row in rows if row["bid"] == bid.id and row["reason"]},
        )
        for bid in bids
    }


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
    for bid in effective_bids(taking.session, taking.lot):
        found = failed_by_majority(reviews, bid.id)
        if found is not None:
            against, for_, reasons = found
            reject(bid, RejectionClause.NOT_RESPONSIVE, "；".join(reasons), (against, for_), BY_SHEETS)


def reject(bid: Bid, clause: RejectionClause, reason: str, votes: tuple[int, int], by: str) -> None:
    """Put a rejection on the bid: clause, reason, votes for and against it."""
    bid.rejected_clause, bid.rejected_reason, bid.rejected_by = clause.value, reason, by
    bid.rejected_votes = f"{votes[0]}:{votes[1]}"


@effect(Step.REJECT_BID)
def move_to_reject(taking: Taking) -> None:
    """A member moves to reject a bid on a ground of the closed list; his own vote is for it."""
    void_draft(taking)
    member, data = own_seat(taking), taking.data
    bid = next((one for one in effective_bids(taking.session, taking.lot) if one.id == data["bid"]), None)
    if bid is None:
        raise InvalidInput.of("bid", "请选择一份有效投标", "Choose a standing bid")
    waiting = select(RejectionMotion.id).where(RejectionMotion.bid_id == bid.id, RejectionMotion.decided_at.is_(None))
    if taking.session.scalars(waiting).first():
        raise Refused("motion_open", "对该投标已有待表决的提议", "A motion on this bid is waiting for votes")
    motion = RejectionMotion(
        lot_id=taking.lot.id, bid_id=bid.id, clause=data["clause"].value, reason=data["reason"],
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
        reject(bid, RejectionClause(motion.clause), motion.reason, (in_favour, against), BY_VOTE)


def open_motions(taking: Taking) -> Sequence[RejectionMotion]:
    """The motions that wait for votes."""
    return taking.session.scalars(
        select(RejectionMotion).where(RejectionMotion.lot_id == taking.lot.id, RejectionMotion.decided_at.is_(None))
    ).all()


def member_users(taking: Taking) -> list[str]:
    """The accounts of the committee."""
    return list(taking.session.scalars(select(User.id).join(Member, Member.user_id == User.id).where(
        Member.lot_id == taking.lot.id)))  # fmt: skip
