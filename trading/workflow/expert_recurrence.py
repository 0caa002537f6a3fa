"""How often the experts of a committee sat of late 专家参评频次: with this owner, agency, winner (R11.C17)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.models import Award, Entrustment, Lot, Member, Project
from trading.rules import case as facts


def recurrence(session: Session, lot: Lot, days: int) -> tuple[facts.AppearanceFacts, ...] | None:
    """Each expert of the lot's committee with the committees of the last ``days`` days, this one counted.

    The days are counted back from the seating of this committee. None while nobody is seated.
    """
    own = session.scalars(select(Member).where(Member.lot_id == lot.id)).all()
    if not own:
        return None
    seated = own[0].seated_at
    ids = [member.expert_id for member in own if member.expert_id]
    since = seated - timedelta(days=days)
    query = (
        select(Member.expert_id, Member.lot_id, Project.owner_id, Entrustment.agency_id, Award.organization_id)
        .join(Lot, Lot.id == Member.lot_id)
        .join(Project, Project.id == Lot.project_id)
        .outerjoin(Entrustment, Entrustment.project_id == Project.id)
        .outerjoin(Award, Award.lot_id == Lot.id)
        .where(Member.expert_id.in_(ids), Member.seated_at >= since, Member.seated_at <= seated)
    )
    rows = session.execute(query).all()
    owner = lot.project.owner_id
    agencies = {row.agency_id for row in rows if row.lot_id == lot.id and row.agency_id}
    winners = {row.organization_id for row in rows if row.lot_id == lot.id and row.organization_id}
    sat: dict[str, tuple[set[str], set[str], set[str]]] = defaultdict(lambda: (set(), set(), set()))
    for row in rows:
        with_owner, with_agency, with_winner = sat[row.expert_id]
        if row.owner_id == owner:
            with_owner.add(row.lot_id)
        if row.agency_id in agencies:
            with_agency.add(row.lot_id)
        if row.organization_id in winners:
            with_winner.add(row.lot_id)
    return tuple(facts.AppearanceFacts(one, *(len(lots) for lots in sat[one])) for one in sorted(sat))
