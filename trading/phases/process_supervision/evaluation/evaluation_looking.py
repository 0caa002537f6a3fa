"""What a member sees of the evaluation 评标室: his own sheet alone until all have signed, letters, motions, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from trading.beijing import beijing
from trading.codelists import InquiryKind
from trading.database import db
from trading.errors import NotFound
from trading.methods.outcome import SUBJECTIVE
from trading.models import (
    WHOLE_BID,
    Bid,
    BidInquiry,
    Evaluation,
    Lot,
    Member,
    OpeningRecord,
    RejectionMotion,
    TenderTerms,
)
from trading.web import access
from trading.web.formats import shown_value
from trading.web.steps import now, tools
from trading.workflow.evaluation_record import (
    declared_by,
    documents_of,
    effective_bids,
    members_of,
    policy_of,
    report_of,
    tie_seed,
)
from trading.workflow.inquiry_record import (
    asking_for_time,
    extensions_of,
    inquiries_of,
    is_open,
    planned_end,
)


def own_seat(lot: Lot) -> Member:
    """The seat of the reader.

    Raises:
        NotFound: he has none; nobody learns whether there is a committee.
    """
    query = select(Member).where(Member.lot_id == lot.id, Member.user_id == access.actor().id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def terms_of(lot: Lot) -> TenderTerms:
    """What the tender documents say."""
    return db.session.scalars(select(TenderTerms).where(TenderTerms.lot_id == lot.id)).one()


def opened_bids(lot: Lot) -> Sequence[Bid]:
    """All bids that were opened, rejected ones included."""
    query = select(Bid).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.opened_at.is_not(None))
    return db.session.scalars(query.order_by(Bid.envelope)).all()


def read_out(lot: Lot) -> dict[str, str]:
    """The prices as read out at the opening, by envelope."""
    rows = db.session.scalar(select(OpeningRecord.read_out).where(OpeningRecord.lot_id == lot.id)) or []
    return {row["envelope"]: row["price"] for row in rows}


def motions_of(lot: Lot) -> Sequence[RejectionMotion]:
    """The motions to reject, in order."""
    query = select(RejectionMotion).where(RejectionMotion.lot_id == lot.id)
    return db.session.scalars(query.order_by(RejectionMotion.moved_at, RejectionMotion.id)).all()


def motion_json(motion: RejectionMotion, seat: Member) -> dict[str, Any]:
    """A motion as every member sees it: how many voted, not who."""
    return {
        "id": motion.id, "bid": motion.bid_id, "clause": motion.clause, "reason": motion.reason,
        "votes": len(motion.votes), "voted": seat.id in motion.votes, "carried": motion.carried,
    }  # fmt: skip


def letter_json(letter: BidInquiry, seat: Member | None = None) -> dict[str, Any]:
    """A letter as members see it, or without a seat as its bidder does: nothing of votes and reasons."""
    told = {
        "id": letter.id, "number": letter.number, "kind": letter.kind.value, "question": letter.question,
        "asked_at": beijing(letter.asked_at).isoformat(), "due_at": beijing(letter.due_at).isoformat(),
        "answered_at": None if letter.answered_at is None else beijing(letter.answered_at).isoformat(),
        "answer": letter.answer, "files": [one["name"] for one in letter.files], "confirmed": letter.confirmed,
        "open": is_open(letter, now()),
    }  # fmt: skip
    if letter.kind is InquiryKind.CORRECTION:
        told |= {name: letter.facts[name] for name in ("before", "total", "corrections")}
    if seat is None:
        return told
    return told | {
        "bid": letter.bid_id, "flags": letter.facts.get("flags", []), "accepted": letter.accepted,
        "votes": len(letter.votes), "voted": seat.id in letter.votes,
    }  # fmt: skip


def all_signed(members: Sequence[Member]) -> bool:
    """Whether every member has signed: from then on the sheets are no secret among them."""
    return bool(members) and all(one.signed_at for one in members)


def shown_flags(report: Evaluation, members: Sequence[Member]) -> list[dict[str, Any]]:
    """The flags of a report; whose opinion is far off, and how far, is shown once all have signed."""
    if all_signed(members):
        return list(report.flags)
    hidden = {"zh": "有成员的主观评分与其他成员偏离较大", "en": "A member's opinion is far off the others'"}
    return [
        {name: value for name, value in (flag | hidden).items() if name not in ("member", "explanation")}
        if flag["kind"] == SUBJECTIVE
        else flag
        for flag in report.flags
    ]  # fmt: skip


def report_json(report: Evaluation, members: Sequence[Member]) -> dict[str, Any]:
    """The drafted report."""
    return {
        "digest": report.digest, "ranking": report.ranking, "candidates": report.candidates,
        "flags": shown_flags(report, members), "tie_break": report.tie_break,
        "competition_reason": report.competition_reason,
    }  # fmt: skip


def bid_json(bid: Bid, read: Mapping[str, str]) -> dict[str, Any]:
    """A bid as the committee sees it: ``read_out`` is the price of the opening, ``total`` the one that counts."""
    declared = declared_by(bid)
    return {
        "id": bid.id, "bidder": bid.organization.name, "envelope": bid.envelope, "total": str(bid.total),
        "read_out": read.get(bid.envelope), "small_micro": declared.small, "domestic": declared.domestic,
        "rejected_clause": bid.rejected_clause, "rejected_reason": bid.rejected_reason,
    }  # fmt: skip


def evaluation_json(lot: Lot, seat: Member) -> dict[str, Any]:
    """What a member may see: bids, factors, his own sheet, letters, motions, and the report once it is drafted.

    The sheets of the others are absent until every member has signed.
    """
    report, terms, members = report_of(db.session, lot), terms_of(lot), members_of(db.session, lot)
    read, ends = read_out(lot), planned_end(db.session, lot, tools().values(lot, now()))
    policy, extensions = policy_of(terms, lot), extensions_of(db.session, lot)
    return {
        "method": terms.evaluation_method.value if terms.evaluation_method else None,
        "price_formula": terms.price_formula.value if terms.price_formula else None,
        "delta_percent": delta_of(lot, terms),
        "policy": {"small": str(policy.small), "domestic": str(policy.domestic), "bonus": str(policy.bonus)},
        "ceiling": None if terms.ceiling is None else str(terms.ceiling),
        "factors": terms.factors,
        "chair": seat.is_chair,
        "members": len(members),
        "sheets": sum(1 for one in members if one.sheet_at),
        "signed": sum(1 for one in members if one.signed_at),
        "planned_end": None if ends is None else beijing(ends).isoformat(),
        "time_asked": asking_for_time(members, extensions),
        "own_sheet": seat.sheet,
        "all_sheets": {one.name: one.sheet for one in members} if all_signed(members) else None,
        "bids": [bid_json(bid, read) for bid in opened_bids(lot)],
        "motions": [motion_json(one, seat) for one in motions_of(lot)],
        "letters": [letter_json(one, seat) for one in inquiries_of(db.session, lot)],
        "report": None if report is None else report_json(report, members),
    }


def delta_of(lot: Lot, terms: TenderTerms) -> str | None:
    """The coefficient that was drawn for a benchmark mean, per cent; None under another formula."""
    benchmark = documents_of(terms, lot, tie_seed(db.session, lot)).scoring.benchmark
    return None if benchmark is None else f"{(benchmark.delta * 100).normalize():f}"


def bids_by_name(lot: Lot) -> list[tuple[str, str]]:
    """The bids that stand, by the bidder's name and price."""
    return [
        (bid.id, _("%(bidder)s（%(price)s 元）", bidder=bid.organization.name, price=shown_value(bid.total)))
        for bid in effective_bids(db.session, lot)
    ]
