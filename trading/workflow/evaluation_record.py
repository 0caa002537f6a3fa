"""The evaluation as it is kept 评标记录: bids, sheets and documents as plain data, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.codelists import EvaluationMethod
from trading.experts.draw import tie_break
from trading.ledger.canonical import canonical, digest
from trading.methods.comprehensive import Factor, FactorKind
from trading.methods.lowest_evaluated_price import Adjustment
from trading.methods.outcome import Documents, Outcome, Review, ToEvaluate, evaluate
from trading.models import WHOLE_BID, Bid, Evaluation, Lot, Member, TenderTerms
from trading.values import Values
from trading.workflow.draw_record import closing

LOT = bindparam("lot")
MEMBERS = select(Member).where(Member.lot_id == LOT).order_by(Member.is_chair.desc(), Member.id)
CURRENT = select(Bid).where(Bid.lot_id == LOT, WHOLE_BID).order_by(Bid.envelope)
EFFECTIVE = CURRENT.where(Bid.opened_at.is_not(None), Bid.rejected_clause.is_(None))
REJECTED = CURRENT.where(Bid.rejected_clause.is_not(None))
REPORT = select(Evaluation).where(Evaluation.lot_id == LOT)


def members_of(session: Session, lot: Lot) -> Sequence[Member]:
    """The committee, the chair first."""
    return session.scalars(MEMBERS, {"lot": lot.id}).all()


def effective_bids(session: Session, lot: Lot) -> Sequence[Bid]:
    """The bids that were opened and not rejected, by envelope."""
    return session.scalars(EFFECTIVE, {"lot": lot.id}).all()


def documents_of(terms: TenderTerms) -> Documents:
    """What the tender documents say of the evaluation."""
    factors = tuple(
        Factor(row["code"], row["title"], row["title"], Decimal(row["points"]), FactorKind(row["kind"]))
        for row in terms.factors
    )
    method = terms.evaluation_method or EvaluationMethod.LOWEST_EVALUATED_PRICE
    return Documents(method, terms.ceiling, terms.candidates_count, factors)


def review_json(review: Review) -> dict[str, Any]:
    """What one member found of one bid, as his sheet keeps it."""
    return {
        "passed": review.passed,
        "reason": review.reason,
        "adjustments": [{"reason": one.reason, "amount": str(one.amount)} for one in review.adjustments],
        "scores": {code: str(points) for code, points in review.points.items()},
        "reasons": dict(review.reasons),
    }


def read_review(kept: dict[str, Any]) -> Review:
    """The same back from the record."""
    return Review(
        kept["passed"],
        kept["reason"],
        tuple(Adjustment(one["reason"], Decimal(one["amount"])) for one in kept["adjustments"]),
        {code: Decimal(points) for code, points in kept["scores"].items()},
        kept["reasons"],
    )


def reviews_of(members: Sequence[Member]) -> dict[str, dict[str, Review]]:
    """All sheets that were handed in."""
    return {one.id: {bid: read_review(kept) for bid, kept in one.sheet["bids"].items()} for one in members if one.sheet}


def tie_seed(session: Session, lot: Lot) -> list[bytes]:
    """What equal bids are drawn from: the lot's chain, the root over its bids and the leaf of its closing entry.

    All of it was fixed at the deadline, before any price could be known.
    """
    root, leaf = closing(session, lot) or ("", "")
    return [lot.code.encode(), bytes.fromhex(root), bytes.fromhex(leaf)]


def outcome_of(session: Session, lot: Lot, terms: TenderTerms, values: Values) -> Outcome:
    """What the recorded sheets come to.

    Raises:
        ValueError: a sheet is missing or incomplete.
    """
    effective, members = effective_bids(session, lot), members_of(session, lot)
    return outcome_from(terms, values, effective, members, tie_seed(session, lot))


def outcome_from(
    terms: TenderTerms, values: Values, effective: Sequence[Bid], members: Sequence[Member], seed: list[bytes]
) -> Outcome:
    """What sheets come to that were read before; bids, members and seed as the functions above give them.

    Raises:
        ValueError: a sheet is missing or incomplete.
    """
    bids = [ToEvaluate(bid.id, bid.envelope, bid.total or Decimal(0)) for bid in effective]
    return evaluate(bids, reviews_of(members), documents_of(terms), values, lambda ids: tie_break(seed, ids))


def report_digest(lot: Lot, outcome: Outcome, rejected: Sequence[Bid]) -> str:
    """The digest that every member signs: ranking, ties and rejections, canonically written."""
    body = {
        "lot": lot.code,
        "ranking": [line.as_json() for line in outcome.lines],
        "candidates": [line.envelope for line in outcome.candidates],
        "ties": list(outcome.ties),
        "rejected": [
            {"envelope": bid.envelope, "clause": bid.rejected_clause, "reason": bid.rejected_reason or ""}
            for bid in rejected
        ],
    }
    return digest("wutong/evaluation/v1", canonical(body)).hex()


def rejected_bids(session: Session, lot: Lot) -> Sequence[Bid]:
    """The bids that were rejected, by envelope."""
    return session.scalars(REJECTED, {"lot": lot.id}).all()


def report_of(session: Session, lot: Lot) -> Evaluation | None:
    """The report, drafted or handed in."""
    return session.scalar(REPORT, {"lot": lot.id})


def sorted_bids(session: Session, lot: Lot) -> tuple[list[Bid], list[Bid]]:
    """The effective and the rejected bids, read at once."""
    bids = session.scalars(CURRENT, {"lot": lot.id}).all()
    effective = [bid for bid in bids if bid.opened_at is not None and bid.rejected_clause is None]
    return effective, [bid for bid in bids if bid.rejected_clause is not None]
