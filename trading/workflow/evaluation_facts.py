"""Facts of the evaluation 评标案情: sheets, votes, letters, the report made again, the points of the price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import EvaluationMethod, InquiryKind
from trading.experts.committee import Opinion
from trading.methods.comprehensive import FactorKind
from trading.methods.outcome import LOW_PRICE
from trading.methods.rejection import RejectionClause
from trading.models import Bid, BidInquiry, Evaluation, Lot, Member, OpeningRecord, TenderTerms
from trading.rules import case as facts
from trading.values import Values
from trading.workflow.evaluation_record import (
    members_of,
    outcome_from,
    report_digest,
    report_of,
    sorted_bids,
    tie_seed,
)
from trading.workflow.inquiry_record import asking_for_time, corrected_prices, extensions_of, inquiries_of


def votes_of(bid: Bid) -> tuple[int, int] | None:
    """The votes for and against the rejection of a bid, where it was put to the vote."""
    if not bid.rejected_votes:
        return None
    in_favour, _colon, against = bid.rejected_votes.partition(":")
    return int(in_favour), int(against)


def explained_prices(letters: Sequence[BidInquiry]) -> dict[str, bool]:
    """Bidders who were asked why their price is so low, and whether the committee accepted the explanation."""
    return {one.organization_id: bool(one.accepted) for one in letters if one.kind is InquiryKind.LOW_PRICE}


def explanations_of(
    session: Session, lot: Lot, letters: Sequence[BidInquiry], bids: Sequence[Bid]
) -> tuple[facts.ExplanationFacts, ...]:
    """What bidders explained: an answer is taken alone to a letter of the committee, in writing.

    The substance stands where the price is the one read out at the opening, or the corrected one that was confirmed.
    """
    answered = {one.bid_id for one in letters if one.answered_at and one.kind is not InquiryKind.CORRECTION}
    if not answered:
        return ()
    told = session.scalar(select(OpeningRecord.read_out).where(OpeningRecord.lot_id == lot.id)) or []
    opened = {row["envelope"]: Decimal(row["price"]) for row in told if row["price"]}
    corrected = corrected_prices(letters)
    return tuple(
        facts.ExplanationFacts(
            bid.organization.name, True, True, bid.total != corrected.get(bid.id, opened.get(bid.envelope))
        )
        for bid in bids
        if bid.id in answered
    )


def factors_used(members: Sequence[Member]) -> tuple[str, ...]:
    """The codes of all factors that any member scored."""
    sheets = [member.sheet["bids"].values() for member in members if member.sheet]
    return tuple(sorted({code for sheet in sheets for review in sheet for code in review["scores"]}))


def flagged(report: Evaluation | None, kind: str) -> tuple[str, ...]:
    """Whom the report's flags of one kind are about; an odd score that its member explains is none."""
    flags = report.flags if report else []
    return tuple(
        flag["about"] for flag in flags if flag["kind"] == kind and (kind == LOW_PRICE or not flag.get("explanation"))
    )


def digest_again(
    session: Session, lot: Lot, terms: TenderTerms, values: Values, letters: Sequence[BidInquiry]
) -> str | None:
    """The digest of the report made again from sheets, bids and letters; None where they are not enough."""
    effective, rejected = sorted_bids(session, lot)
    try:
        outcome = outcome_from(lot, terms, values, (effective, members_of(session, lot)), tie_seed(session, lot))
    except (ValueError, KeyError):
        return None
    return report_digest(lot, outcome, rejected, letters)


def weight_of_price(terms: TenderTerms | None) -> Decimal | None:
    """The share of the price in 100 points; None where nothing is scored."""
    if terms is None or terms.evaluation_method is not EvaluationMethod.COMPREHENSIVE:
        return None
    points = [Decimal(row["points"]) for row in terms.factors if row["kind"] == FactorKind.PRICE]
    return points[0] / 100 if len(points) == 1 else None


def price_facts(
    known: facts.PurchaseFacts, terms: TenderTerms | None, report: Evaluation | None
) -> facts.PurchaseFacts:
    """``known`` with the quotes after deductions and the points they got, as the report has them (R12.C10)."""
    price = next((row["code"] for row in terms.factors if row["kind"] == FactorKind.PRICE), None) if terms else None
    if report is None or price is None:
        return known
    scores = {
        line["bid"]: Decimal(part["figure"])
        for line in report.ranking
        for part in line["parts"]
        if part["code"] == price
    }
    quotes = {line["bid"]: Decimal(line["evaluated_price"]) for line in report.ranking}
    return replace(known, quotes=quotes, price_scores=scores, quotes_dropped=set(quotes) != set(scores))


def evaluation_facts(
    session: Session, lot: Lot, terms: TenderTerms | None, values: Values | None = None
) -> facts.EvaluationFacts:
    """The evaluation so far: sheets, signatures, ranking, flags; the report is made again and compared."""
    members, report = members_of(session, lot), report_of(session, lot)
    validity = None
    if terms and terms.bid_validity_days and lot.bid_deadline:
        validity = law_date(lot.bid_deadline) + timedelta(days=terms.bid_validity_days)
    effective, rejected = sorted_bids(session, lot)
    exact = None
    letters = inquiries_of(session, lot)
    if report and terms and values and members:
        exact = report.digest == digest_again(session, lot, terms, values, letters)
    places = [one["rank"] for one in report.candidates] if report else None
    collusion = [bid for bid in rejected if bid.rejected_clause == RejectionClause.UNLAWFUL_ACTS]
    return facts.EvaluationFacts(
        factors_used=factors_used(members) if members else None,
        method=terms.evaluation_method if terms else None,
        effective_bids=len(effective) if lot.opened_at else None,
        competition_reason=(report.competition_reason or None) if report else None,
        members=len(members) or None,
        sheets=sum(1 for member in members if member.sheet_at) if members else None,
        signed=sum(1 for member in members if member.signed_at) if members else None,
        dissent_written=all(member.dissent for member in members if member.opinion == Opinion.DISSENT),
        candidates=None if places is None else len(places),
        candidates_ranked=None if places is None else places == list(range(1, len(places) + 1)),
        objective_disagreements=flagged(report, "objective"),
        subjective_deviations=flagged(report, "subjective"),
        low_price_flags=flagged(report, LOW_PRICE),
        deemed_collusion=tuple(bid.organization.name for bid in collusion),
        ties_broken_by_documents=exact,
        formula_exact=exact,
        submitted_at=report.submitted_at if report else None,
        validity_until=validity,
        time_extension_asked=asking_for_time(members, extensions_of(session, lot)) if members else None,
        altered_after_signing=not exact if report and exact is not None else None,
        fatal_defect=report.fatal_defect if report else None,
        explanations=explanations_of(session, lot, letters, [*effective, *rejected]) if report else None,
    )
