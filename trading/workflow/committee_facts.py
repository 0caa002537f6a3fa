"""Facts of the draw, the committee and the evaluation 评标委员会案情."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.experts.eligibility import RefusalCode, recusal
from trading.experts.pool import facts_of, need_of
from trading.models import Draw, Expert, Invitation, Lot, Member, Notice
from trading.rules import case as facts
from trading.workflow.draw_record import PARTIES, ended, newest_draw, recomputes
from trading.workflow.evaluation_record import (
    members_of,
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
