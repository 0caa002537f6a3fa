"""Facts of the draw, the committee and the evaluation 评标委员会案情."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.experts.committee import Opinion
from trading.experts.eligibility import RefusalCode, recusal
from trading.experts.pool import facts_of, need_of
from trading.methods.rejection import RejectionClause
from trading.models import Bid, Draw, Evaluation, Expert, Invitation, Lot, Member, Notice, OpeningRecord, TenderTerms
from trading.rules import case as facts
from trading.values import Values
from trading.workflow.draw_record import PARTIES, ended, newest_draw, recomputes
from trading.workflow.evaluation_record import (
    members_of,
    outcome_from,
    report_digest,
    report_of,
    sorted_bids,
    tie_seed,
)

LOT = bindparam("lot")
REFUSALS = select(Invitation.refusal_code).where(Invitation.lot_id == LOT, Invitation.refused_at.is_not(None))
DRAWS = select(Draw).where(Draw.lot_id == LOT).order_by(Draw.number)


def draw_facts(session: Session, lot: Lot) -> facts.DrawFacts:
    """The newest draw of the lot and the seats it filled."""
    draw = newest_draw(session, lot)
    if draw is None:
        return facts.DrawFacts()
    members = members_of(session, lot)
    excluded = set((draw.exclusions or {}).get("ids", {}))
    both = draw.exclusions_by_id is not None and draw.exclusions_confirmed_by_id is not None
    return facts.DrawFacts(
        size=draw.committee_size,
        seats=seats_of(session, lot, draw, members) if members else None,
        random=bool(draw.results) or None,
        strata_known=bool(draw.rules["strata"]),
        pool_size=sum(1 for leaf in draw.pool if leaf["id"] not in excluded),
        need=sum(row["n"] for row in draw.rules["strata"]),
        drawn_at=draw.drawn_at,
        evaluation_at=draw.evaluation_at,
        names_sealed=sealed(session, lot),
        pool_committed=draw.pool_root is not None,
        commits=len(draw.commits),
        commits_before_closing=commits_in_time(draw, lot),
        exclusions_by_two=both if draw.exclusions is not None else None,
        recusal_after_opening=both and lot.opened_at is not None if draw.exclusions is not None else None,
        verified=recomputes(session, lot, draw) if draw.drawn_at else None,
        refusals_with_reason=refusals_reasoned(session, lot),
        attempts_kept=attempts_kept(session, lot),
    )


def commits_in_time(draw: Draw, lot: Lot) -> bool | None:
    """Whether both parties were bound before they could know what the draw depends on."""
    if set(draw.commits) != set(PARTIES):
        return None if lot.closed_at is None else False
    if draw.number > 1 or lot.closed_at is None:
        return True
    return all(datetime.fromisoformat(one["at"]) < lot.closed_at for one in draw.commits.values())


def refusals_reasoned(session: Session, lot: Lot) -> bool:
    """Whether every refusal of every draw of the lot has a code of the closed list."""
    codes = session.scalars(REFUSALS, {"lot": lot.id})
    return all(code in set(RefusalCode) for code in codes)


def attempts_kept(session: Session, lot: Lot) -> bool:
    """Whether the draws of the lot are numbered without a gap and all but the last have ended on record."""
    draws = session.scalars(DRAWS, {"lot": lot.id}).all()
    return [one.number for one in draws] == list(range(1, len(draws) + 1)) and all(ended(one) for one in draws[:-1])


def sealed(session: Session, lot: Lot) -> bool:
    """Whether no notice of the lot tells of its committee; a namesake in a notice is no leak."""
    told = session.scalars(select(Notice.facts).where(Notice.lot_id == lot.id)).all()
    return not any({"committee", "experts", "members"} & set(one or {}) for one in told)


def seats_of(session: Session, lot: Lot, draw: Draw, members: Sequence[Member]) -> tuple[facts.SeatFacts, ...]:
    """The seats as the rules see them; each expert is asked again for grounds of recusal, with the bidders known."""
    ids = [member.expert_id for member in members if member.expert_id]
    experts = {one.id: one for one in session.scalars(select(Expert).where(Expert.id.in_(ids)))}
    drawn = set(
        session.scalars(
            select(Invitation.expert_id).where(Invitation.draw_id == draw.id, Invitation.accepted_at.is_not(None))
        )
    )
    need = need_of(session, lot, law_date(members[0].seated_at))
    seats = []
    for member in members:
        expert = experts.get(member.expert_id or "")
        if expert is None:
            seats.append(facts.SeatFacts(False, member.employer_uscc or None, drawn=False))
            continue
        asked = facts_of(expert, need.on)
        barring = tuple(reason.code for reason in recusal(asked, need))
        seats.append(
            facts.SeatFacts(
                True, asked.employer_uscc, barring, expert.authority_staff, expert.id in drawn, asked.senior_title,
                asked.years_in_field, asked.active and not asked.suspended,
            )
        )  # fmt: skip
    return tuple(seats)


def votes_of(bid: Bid) -> tuple[int, int] | None:
    """The votes for and against the rejection of a bid, where it was put to the vote."""
    if not bid.rejected_votes:
        return None
    in_favour, _colon, against = bid.rejected_votes.partition(":")
    return int(in_favour), int(against)


def explained_prices(session: Session, lot: Lot) -> dict[str, bool]:
    """Bidders whose price the report flags as abnormally low, and whether an explanation is in it."""
    report = report_of(session, lot)
    flags = report.flags if report else []
    return {flag["about"]: bool(flag.get("explanation")) for flag in flags if flag["kind"] == "low_price"}


def explanations_of(
    session: Session, lot: Lot, report: Evaluation, bids: Sequence[Bid]
) -> tuple[facts.ExplanationFacts, ...]:
    """What bidders explained: the report takes explanations alone of bids that the committee asked about, in writing.

    The substance stands where the price is still the one that was read out at the opening.
    """
    about = {flag["about"] for flag in report.flags if flag["kind"] == "low_price" and flag.get("explanation")}
    if not about:
        return ()
    told = session.scalar(select(OpeningRecord.read_out).where(OpeningRecord.lot_id == lot.id)) or []
    opened = {row["envelope"]: Decimal(row["price"]) for row in told if row["price"]}
    return tuple(
        facts.ExplanationFacts(bid.organization.name, True, True, bid.total != opened.get(bid.envelope))
        for bid in bids
        if bid.organization_id in about
    )


def factors_used(members: Sequence[Member]) -> tuple[str, ...]:
    """The codes of all factors that any member scored."""
    sheets = [member.sheet["bids"].values() for member in members if member.sheet]
    return tuple(sorted({code for sheet in sheets for review in sheet for code in review["scores"]}))


def flagged(report: Evaluation | None, kind: str) -> tuple[str, ...]:
    """Whom the report's flags of one kind are about; an odd score that its member explains is none."""
    flags = report.flags if report else []
    return tuple(
        flag["about"] for flag in flags if flag["kind"] == kind and (kind == "low_price" or not flag.get("explanation"))
    )


def digest_again(
    lot: Lot,
    terms: TenderTerms,
    values: Values,
    bids: tuple[Sequence[Bid], Sequence[Bid]],
    members: Sequence[Member],
    seed: list[bytes],
) -> str | None:
    """The digest of the report made again from the sheets and the (effective, rejected) bids; None where not enough."""
    effective, rejected = bids
    try:
        outcome = outcome_from(terms, values, effective, members, seed)
    except (ValueError, KeyError):
        return None
    return report_digest(lot, outcome, rejected)


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
    if report and terms and values:
        seed = tie_seed(session, lot)
        exact = report.digest == digest_again(lot, terms, values, (effective, rejected), members, seed)
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
        low_price_flags=flagged(report, "low_price"),
        deemed_collusion=tuple(bid.organization.name for bid in collusion),
        ties_broken_by_documents=exact,
        formula_exact=exact,
        submitted_at=report.submitted_at if report else None,
        validity_until=validity,
        time_extension_asked=sum(1 for one in members if one.sheet and one.sheet["time_short"]) if members else None,
        altered_after_signing=not exact if report and exact is not None else None,
        fatal_defect=report.fatal_defect if report else None,
        explanations=explanations_of(session, lot, report, [*effective, *rejected]) if report else None,
    )
