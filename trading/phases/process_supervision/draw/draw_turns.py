"""Whose turn it is in a draw 抽取的下一步, and since when a party that should reveal has kept silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.models import Draw, Invitation, LedgerEntry, Lot, Member
from trading.phases.process_supervision.draw.drawing import WITNESSES
from trading.phases.process_supervision.draw.revealing import awaits_beacon, round_open
from trading.steps import Step
from trading.workflow.draw_record import PARTIES, ended, on_record

BEFORE_A_REVEAL = ("draw.dice", "draw.reveal", "expert.refused")


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes next in a draw, and who does it."""

    step: Step
    by: tuple[Role, ...]


def turn_of(session: Session, lot: Lot, draw: Draw) -> Turn | None:
    """The next act of a draw; None once its committee is seated. A draw that ended is followed by a new plan."""
    if ended(draw):
        return Turn(Step.PLAN_DRAW, (Role.OWNER, Role.AGENCY))
    before = before_the_reveals(lot, draw)
    if before is not None:
        return before
    party = party_to_reveal(session, draw)
    if party is not None:
        return Turn(Step.REVEAL_DRAW, (Role(party),))
    if awaits_beacon(draw):
        return Turn(Step.ENTER_BEACON, (Role.CENTRE, Role.SUPERVISOR))
    if session.scalars(select(Member.id).where(Member.lot_id == lot.id)).first() is not None:
        return None
    query = select(Invitation.id).where(
        Invitation.draw_id == draw.id, Invitation.refused_at.is_(None), Invitation.accepted_at.is_(None)
    )
    if session.scalars(query).first() is not None:
        return Turn(Step.ACCEPT_INVITATION, (Role.EXPERT,))
    return Turn(Step.SEAT_COMMITTEE, (Role.CENTRE,))


def before_the_reveals(lot: Lot, draw: Draw) -> Turn | None:
    """The next act up to the witnessed dice."""
    for party in PARTIES:
        if party not in draw.commits:
            return Turn(Step.COMMIT_DRAW, (Role(party),))
    if lot.opened_at is None:
        return Turn(Step.OPEN_BIDS, (Role.OWNER, Role.AGENCY))
    if draw.exclusions is None:
        return Turn(Step.EXCLUDE_EXPERTS, (Role.CENTRE,))
    if draw.exclusions_confirmed_by_id is None:
        return Turn(Step.CONFIRM_EXCLUSIONS, (Role.SUPERVISOR,))
    if draw.dice is None:
        return Turn(Step.ROLL_DICE, (Role.OWNER, Role.AGENCY, Role.NOTARY))
    if not on_record(draw):
        there = {one["role"] for one in draw.dice_witnesses}
        return Turn(Step.WITNESS_DICE, tuple(role for role in WITNESSES if role.value not in there))
    return None


def refused_since_the_result(session: Session, draw: Draw) -> bool:
    """Whether somebody refused after the newest result, so that a round is still to be drawn."""
    query = select(Invitation.id).where(
        Invitation.draw_id == draw.id, Invitation.refused_after_round == len(draw.results) - 1
    )
    return session.scalars(query).first() is not None


def party_to_reveal(session: Session, draw: Draw) -> str | None:
    """The party whose value is awaited; None when no round is open or called for."""
    if ended(draw) or not on_record(draw) or awaits_beacon(draw):
        return None
    if round_open(draw):
        return next(party for party in PARTIES if party not in draw.reveals[-1])
    if not draw.reveals or refused_since_the_result(session, draw):
        return PARTIES[0]
    return None


def round_awaited(draw: Draw) -> int:
    """The number of the round that is revealed next, or is being revealed."""
    return len(draw.reveals) - 1 if round_open(draw) else len(draw.reveals)


def silent_since(session: Session, lot: Lot) -> datetime | None:
    """When the turn of the party that is to reveal began: the last entry that a reveal waits for."""
    query = (
        select(LedgerEntry.ts)
        .where(LedgerEntry.chain == lot.code, LedgerEntry.kind.in_(BEFORE_A_REVEAL))
        .order_by(LedgerEntry.tseq.desc())
        .limit(1)
    )
    ts = session.scalar(query)
    return None if ts is None else datetime.strptime(ts, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def silent_party(session: Session, lot: Lot, draw: Draw, now: datetime, minutes: int) -> str | None:
    """The party that has kept silent for so many minutes although it was its turn (trust.md A.4)."""
    party, since = party_to_reveal(session, draw), silent_since(session, lot)
    if party is None or since is None or now < since + timedelta(minutes=minutes):
        return None
    return party
