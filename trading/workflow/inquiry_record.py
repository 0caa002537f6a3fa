"""The committee's letters as they are kept 评标问询记录: which are open, what was confirmed, until when it sits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.codelists import InquiryKind
from trading.models import BidInquiry, Draw, EvaluationExtension, Lot, Member
from trading.values import Values

LOT = bindparam("lot")
INQUIRIES = select(BidInquiry).where(BidInquiry.lot_id == LOT).order_by(BidInquiry.number)
EXTENSIONS = (
    select(EvaluationExtension).where(EvaluationExtension.lot_id == LOT).order_by(EvaluationExtension.extended_at)
)
EVALUATION_AT = select(Draw.evaluation_at).where(Draw.lot_id == LOT).order_by(Draw.number.desc()).limit(1)


def inquiries_of(session: Session, lot: Lot) -> Sequence[BidInquiry]:
    """All letters of the committee on this lot, by number."""
    return session.scalars(INQUIRIES, {"lot": lot.id}).all()


def is_open(inquiry: BidInquiry, now: datetime) -> bool:
    """Whether something is still to come of a letter.

    A clarification waits for its answer until its time is over; a low price for the committee's decision; a correction
    for the bidder's word, which silence gives as soon as the next step of the committee sees that its time is over.
    """
    match inquiry.kind:
        case InquiryKind.CLARIFICATION:
            return inquiry.answered_at is None and now <= inquiry.due_at
        case InquiryKind.LOW_PRICE:
            return inquiry.decided_at is None
        case _:
            return inquiry.confirmed is None


def corrected_prices(inquiries: Iterable[BidInquiry]) -> dict[str, Decimal]:
    """The corrected price in yuan by bid id, of corrections that the bidder confirmed."""
    return {
        one.bid_id: Decimal(one.facts["total"])
        for one in inquiries
        if one.kind is InquiryKind.CORRECTION and one.confirmed
    }


def settled_low_prices(inquiries: Iterable[BidInquiry]) -> dict[str, str]:
    """What was explained, and how the committee judged it, by bid id; accepted explanations alone."""
    found = {}
    for one in inquiries:
        if one.kind is InquiryKind.LOW_PRICE and one.accepted:
            reasons = dict.fromkeys(vote["reason"] for vote in one.votes.values() if vote["accepted"])
            found[one.bid_id] = f"{one.answer or ''}；评标委员会意见：{'；'.join(reasons)}"
    return found


def extensions_of(session: Session, lot: Lot) -> Sequence[EvaluationExtension]:
    """The extensions of this evaluation, in order."""
    return session.scalars(EXTENSIONS, {"lot": lot.id}).all()


def planned_end(session: Session, lot: Lot, values: Values) -> datetime | None:
    """Until when the committee is planned to sit: the last extension, or the county's hours after its beginning."""
    extended = extensions_of(session, lot)
    if extended:
        return extended[-1].ends_at
    begins = session.scalar(EVALUATION_AT, {"lot": lot.id})
    return None if begins is None else begins + timedelta(hours=int(values["evaluation_hours"]))


def asking_for_time(members: Iterable[Member], extensions: Sequence[EvaluationExtension]) -> int:
    """How many members asked for more time since it was last extended (R12.C13)."""
    since = extensions[-1].extended_at if extensions else None
    asked = [one.more_time_asked_at for one in members if one.more_time_asked_at is not None]
    return sum(since is None or moment > since for moment in asked)
