"""The evaluation as it is kept 评标记录: bids, sheets and documents as plain data, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.codelists import EvaluationMethod, PriceFormula, ProjectType
from trading.experts.draw import tie_break
from trading.ledger.canonical import canonical, digest
from trading.methods.comprehensive import Factor, FactorKind
from trading.methods.deductions import Policy, Standing
from trading.methods.intervals import read_intervals
from trading.methods.lowest_evaluated_price import Adjustment
from trading.methods.outcome import Documents, Outcome, Review, ToEvaluate, evaluate
from trading.methods.price_points import PriceScoring, benchmark_with
from trading.models import WHOLE_BID, Bid, BidInquiry, Evaluation, Lot, Member, TenderTerms
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


def factor_of(row: dict[str, Any]) -> Factor:
    """One factor of the documents; bands that a machine can read are checked, others bind the members alone."""
    maximum, kind = Decimal(row["points"]), FactorKind(row["kind"])
    bands = None if kind is FactorKind.PRICE else read_intervals(row.get("intervals") or "", maximum)
    return Factor(row["code"], row["title"], row["title"], maximum, kind, bands or ())


def policy_of(terms: TenderTerms, lot: Lot) -> Policy:
    """The deductions that the documents grant (R03.C14).

    In works scored by another formula than the lowest price first, a bonus on the points stands for the deduction
    (SME46 9).
    """
    small, bonus, domestic = (
        (figure or Decimal(0)) / 100
        for figure in (terms.sme_deduction_percent, terms.sme_bonus_percent, terms.domestic_deduction_percent)
    )
    scored = terms.evaluation_method is EvaluationMethod.COMPREHENSIVE
    by_lowest = terms.price_formula in (None, PriceFormula.LOW_PRICE_FIRST)
    if not lot.project.type.is_purchase:
        return Policy()
    if lot.project.type is ProjectType.WORKS and scored and not by_lowest:
        return Policy(bonus=bonus, domestic=domestic)
    return Policy(small=small, domestic=domestic)


def scoring_of(terms: TenderTerms, seed: Sequence[bytes]) -> PriceScoring:
    """The formula of the documents; the coefficient of a mean is drawn from ``seed``, fixed before any price."""
    formula = terms.price_formula or PriceFormula.LOW_PRICE_FIRST
    if formula is not PriceFormula.BENCHMARK_MEAN or terms.benchmark is None:
        return PriceScoring(formula)
    return PriceScoring(formula, benchmark_with(terms.benchmark, drawn_delta(terms.benchmark["deltas"], seed)))


def drawn_delta(deltas: Sequence[str], seed: Sequence[bytes]) -> str:
    """The coefficient (per cent) drawn from the published ones; anyone with the lot's closing entry draws it again."""
    return tie_break([*seed, b"benchmark"], deltas)[0]


def documents_of(terms: TenderTerms, lot: Lot, seed: Sequence[bytes] = ()) -> Documents:
    """What the tender documents say of the evaluation; ``seed`` by :func:`tie_seed`, where a coefficient is drawn."""
    method = terms.evaluation_method or EvaluationMethod.LOWEST_EVALUATED_PRICE
    return Documents(
        method,
        terms.ceiling,
        terms.candidates_count,
        tuple(factor_of(row) for row in terms.factors),
        type=lot.project.type,
        scoring=scoring_of(terms, seed),
        policy=policy_of(terms, lot),
        low_price_base=terms.ceiling or (lot.budget if lot.project.type.is_procurement else None),
        low_price_share=None if terms.low_price_percent is None else terms.low_price_percent / 100,
    )


def declared_by(bid: Bid) -> Standing:
    """What a bid's sealed sheet declares of its bidder."""
    sheet = bid.sheet or {}
    return Standing(sheet.get("small_micro") is True, sheet.get("domestic") is True)


def to_evaluate(bids: Sequence[Bid]) -> list[ToEvaluate]:
    """Bids as they are compared."""
    return [ToEvaluate(bid.id, bid.envelope, bid.total or Decimal(0), declared_by(bid)) for bid in bids]


def review_json(review: Review) -> dict[str, Any]:
    """What one member found of one bid, as his sheet keeps it."""
    return {
        "passed": review.passed,
        "reason": review.reason,
        "adjustments": [{"reason": one.reason, "amount": str(one.amount)} for one in review.adjustments],
        "scores": {code: str(points) for code, points in review.points.items()},
        "reasons": dict(review.reasons),
        "confirms": {"small": review.confirms.small, "domestic": review.confirms.domestic},
    }


def read_review(kept: dict[str, Any]) -> Review:
    """The same back from the record."""
    return Review(
        kept["passed"],
        kept["reason"],
        tuple(Adjustment(one["reason"], Decimal(one["amount"])) for one in kept["adjustments"]),
        {code: Decimal(points) for code, points in kept["scores"].items()},
        kept["reasons"],
        Standing(**kept.get("confirms", {})),
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
    return outcome_from(lot, terms, values, (effective, members), tie_seed(session, lot))


def outcome_from(
    lot: Lot, terms: TenderTerms, values: Values, read: tuple[Sequence[Bid], Sequence[Member]], seed: list[bytes]
) -> Outcome:
    """What sheets come to that were read before; (effective bids, members) and seed as the functions above give them.

    Raises:
        ValueError: a sheet is missing or incomplete.
    """
    effective, members = read
    documents = documents_of(terms, lot, seed)
    return evaluate(to_evaluate(effective), reviews_of(members), documents, values, lambda ids: tie_break(seed, ids))


def report_digest(lot: Lot, outcome: Outcome, rejected: Sequence[Bid], letters: Sequence[BidInquiry]) -> str:
    """The digest that every member signs: ranking, ties, rejections and what became of letters, canonically written."""
    body: dict[str, Any] = {
        "lot": lot.code,
        "ranking": [line.as_json() for line in outcome.lines],
        "candidates": [line.envelope for line in outcome.candidates],
        "ties": list(outcome.ties),
        "rejected": [
            {"envelope": bid.envelope, "clause": bid.rejected_clause, "reason": bid.rejected_reason or ""}
            for bid in rejected
        ],
        "letters": [
            {"number": one.number, "kind": one.kind.value, "confirmed": one.confirmed, "accepted": one.accepted}
            for one in letters
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
