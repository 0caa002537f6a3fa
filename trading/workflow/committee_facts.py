"""Facts of the draw, the committee and the evaluation 评标委员会案情."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.models import Bid, Draw, Evaluation, Expert, Invitation, Lot, Member, TenderTerms
from trading.rules import case as facts
from trading.values import Values

PARTIES = ("centre", "supervisor")


def draw_facts(session: Session, lot: Lot, values: Values) -> facts.DrawFacts:
    """The newest draw of the lot and the seats it filled."""
    draw = session.scalar(select(Draw).where(Draw.lot_id == lot.id).order_by(Draw.number.desc()).limit(1))
    if draw is None:
        return facts.DrawFacts()
    members = session.scalars(select(Member).where(Member.lot_id == lot.id)).all()
    experts = {
        one.id: one
        for one in session.scalars(select(Expert).where(Expert.id.in_([m.expert_id for m in members if m.expert_id])))
    }
    refused = session.scalars(
        select(Invitation.refusal_code).where(Invitation.draw_id == draw.id, Invitation.refused_at.is_not(None))
    ).all()
    need = sum(row["n"] for row in draw.rules["strata"])
    excluded = set((draw.exclusions or {}).get("ids", {}))
    left = sum(1 for leaf in draw.pool if leaf["id"] not in excluded)
    both = draw.exclusions_by_id is not None and draw.exclusions_confirmed_by_id is not None
    return facts.DrawFacts(
        size=draw.committee_size,
        seats=tuple(seat_of(member, experts.get(member.expert_id or "")) for member in members) if members else None,
        random=bool(draw.results) or None,
        strata_known=bool(draw.rules["strata"]),
        pool_size=left,
        need=need,
        drawn_at=draw.drawn_at,
        evaluation_at=draw.evaluation_at,
        names_sealed=True,
        pool_committed=draw.pool_root is not None,
        commits=len(draw.commits),
        commits_before_closing=commits_in_time(draw, lot),
        exclusions_by_two=both if draw.exclusions is not None else None,
        recusal_after_opening=both and lot.opened_at is not None if draw.exclusions is not None else None,
        verified=bool(draw.results) and draw.shortage is None if draw.drawn_at else None,
        refusals_with_reason=all(refused),
        attempts_kept=True,
    )


def commits_in_time(draw: Draw, lot: Lot) -> bool | None:
    """Whether both parties were bound before they could know what the draw depends on."""
    if set(draw.commits) != set(PARTIES):
        return None if lot.closed_at is None else False
    if draw.number > 1 or lot.closed_at is None:
        return True
    return all(one["at"] <= lot.closed_at.isoformat() for one in draw.commits.values())


def seat_of(member: Member, expert: Expert | None) -> facts.SeatFacts:
    """One seat as the rules see it."""
    if expert is None:
        return facts.SeatFacts(False, member.employer_uscc or None, drawn=False)
    barring = [
        code for code, wrong in (("authority_staff", expert.authority_staff), ("punished", expert.punished)) if wrong
    ]
    return facts.SeatFacts(
        True, expert.employer_uscc, tuple(barring), expert.authority_staff, True, expert.senior_title,
        expert.years_in_field, expert.active,
    )  # fmt: skip


def evaluation_facts(session: Session, lot: Lot, terms: TenderTerms | None) -> facts.EvaluationFacts:
    """The evaluation so far: sheets, signatures, ranking, flags."""
    members = session.scalars(select(Member).where(Member.lot_id == lot.id)).all()
    report = session.scalar(select(Evaluation).where(Evaluation.lot_id == lot.id))
    effective = session.scalar(
        select(func.count()).select_from(Bid).where(
            Bid.lot_id == lot.id, Bid.current.is_(True), Bid.opened_at.is_not(None), Bid.rejected_clause.is_(None)
        )
    )  # fmt: skip
    used = {
        code
        for member in members
        for sheet in (member.sheet or {}).get("bids", {}).values()
        for code in sheet.get("scores", {})
    }
    flags = report.flags if report else []
    validity = None
    if terms and terms.bid_validity_days and lot.bid_deadline:
        validity = law_date(lot.bid_deadline) + timedelta(days=terms.bid_validity_days)
    candidates = report.candidates if report else []
    return facts.EvaluationFacts(
        factors_used=tuple(sorted(used)) if members else None,
        method=terms.evaluation_method if terms else None,
        effective_bids=effective if lot.opened_at else None,
        competition_reason=(report.competition_reason or None) if report else None,
        members=len(members) or None,
        sheets=sum(1 for member in members if member.sheet_at) if members else None,
        signed=sum(1 for member in members if member.signed_at) if members else None,
        dissent_written=True,
        candidates=len(candidates) if report else None,
        candidates_ranked=[one["rank"] for one in candidates] == list(range(1, len(candidates) + 1))
        if report
        else None,
        objective_disagreements=tuple(flag["about"] for flag in flags if flag["kind"] == "objective"),
        subjective_deviations=tuple(flag["about"] for flag in flags if flag["kind"] == "subjective"),
        low_price_flags=tuple(flag["about"] for flag in flags if flag["kind"] == "low_price"),
        ties_broken_by_documents=True if report else None,
        formula_exact=True if report else None,
        submitted_at=report.submitted_at if report else None,
        validity_until=validity,
        altered_after_signing=False if report else None,
        fatal_defect=False if report else None,
    )
