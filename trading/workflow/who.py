"""Who a person is to a lot 当事关系: owner of it, agency entrusted, bidder on it, expert drawn for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.errors import Refused
from trading.methods import METHODS
from trading.models import (
    Award,
    Bid,
    ConsortiumMember,
    Deal,
    Entrant,
    Entrustment,
    Examiner,
    Invitation,
    Lot,
    Member,
    OpeningOfficer,
    User,
)
from trading.workflow.transitions import Party, Transition

LOT = bindparam("lot")
SEATED = select(exists().where(Member.lot_id == LOT, Member.user_id == bindparam("user")))
INVITED = select(
    exists().where(
        Invitation.lot_id == LOT, Invitation.expert_id == bindparam("expert"), Invitation.refused_at.is_(None)
    )
)


def is_party(session: Session, user: User, lot: Lot, party: Party) -> bool:
    """Whether ``user`` stands in the relation ``party`` to ``lot``."""
    if user.role is not party.role or not user.active:
        return False
    found = RELATIONS.get(party)
    return found is None or found(session, user, lot)


def _owns(_session: Session, user: User, lot: Lot) -> bool:
    return user.organization_id == lot.project.owner_id


def _is_entrusted(session: Session, user: User, lot: Lot) -> bool:
    return _any(
        session, Entrustment.project_id == lot.project_id, Entrustment.agency_id == user.organization_id,
        Entrustment.ended_at.is_(None),
    )  # fmt: skip


def _is_checked(_session: Session, user: User, _lot: Lot) -> bool:
    return user.organization is not None and user.organization.identity_checked_at is not None


def _has_bid(session: Session, user: User, lot: Lot) -> bool:
    return _any(session, Bid.lot_id == lot.id, Bid.organization_id == user.organization_id, Bid.current)


def _has_applied(session: Session, user: User, lot: Lot) -> bool:
    return _any(
        session, Entrant.lot_id == lot.id, Entrant.organization_id == user.organization_id,
        Entrant.withdrawn_at.is_(None),
    )  # fmt: skip


def _has_the_deal(session: Session, user: User, lot: Lot) -> bool:
    return _any(
        session, Deal.lot_id == lot.id, Deal.entrant_id == Entrant.id, Entrant.organization_id == user.organization_id
    )


def _is_admitted(session: Session, user: User, lot: Lot) -> bool:
    return _any(
        session, Entrant.lot_id == lot.id, Entrant.organization_id == user.organization_id, Entrant.qualified,
        Entrant.withdrawn_at.is_(None),
    )  # fmt: skip


def _holds_a_key(session: Session, user: User, lot: Lot) -> bool:
    return _any(session, OpeningOfficer.lot_id == lot.id, OpeningOfficer.user_id == user.id)


def _won(session: Session, user: User, lot: Lot) -> bool:
    return _any(session, Award.lot_id == lot.id, Award.organization_id == user.organization_id)


def _won_along(session: Session, user: User, lot: Lot) -> bool:
    uscc = user.organization.uscc if user.organization is not None else None
    return _any(
        session, Award.lot_id == lot.id, Award.bid_id == ConsortiumMember.bid_id, ConsortiumMember.uscc == uscc,
        ConsortiumMember.lead.is_(False),
    )  # fmt: skip


def _is_invited(session: Session, user: User, lot: Lot) -> bool:
    return bool(session.scalar(INVITED, {"lot": lot.id, "expert": user.expert_id}))


def _is_seated(session: Session, user: User, lot: Lot) -> bool:
    return bool(session.scalar(SEATED, {"lot": lot.id, "user": user.id}))


def _examines(session: Session, user: User, lot: Lot) -> bool:
    return _any(session, Examiner.lot_id == lot.id, Examiner.user_id == user.id)


def _any(session: Session, *conditions: object) -> bool:
    return bool(session.scalar(select(exists().where(*conditions))))  # type: ignore[arg-type]


RELATIONS: dict[Party, Callable[[Session, User, Lot], bool]] = {
    Party.OWNER: _owns,
    Party.AGENCY: _is_entrusted,
    Party.ANY_BIDDER: _is_checked,
    Party.LOT_BIDDER: _has_bid,
    Party.APPLICANT: _has_applied,
    Party.BUYER: _has_the_deal,
    Party.ENTRANT: _is_admitted,
    Party.OFFICER: _holds_a_key,
    Party.WINNER: _won,
    Party.CONSORTIUM_MEMBER: _won_along,
    Party.INVITED_EXPERT: _is_invited,
    Party.MEMBER: _is_seated,
    Party.OWNER_MEMBER: _is_seated,
    Party.EXAMINER: _examines,
    Party.OWNER_EXAMINER: _examines,
}


def is_there(lot: Lot, row: Transition) -> bool:
    """Whether the step of ``row`` belongs to the lot's type and its method's course; to any while it has none."""
    return lot.project.type in row.types and (lot.method is None or METHODS[lot.method].course in row.courses)


def may_take(session: Session, user: User | None, lot: Lot, row: Transition) -> bool:
    """Whether ``user`` (None = the clock) is one of those who may take the step of ``row`` on ``lot``."""
    if (row.parted and len(lot.parts) < 2) or not is_there(lot, row):
        return False
    if user is None:
        return Party.CLOCK in row.by
    return any(is_party(session, user, lot, party) for party in row.by)


def may_see(session: Session, user: User | None, lot: Lot) -> bool:
    """Whether the lot itself may be known: published ones by all, earlier ones by those concerned."""
    if lot.published_at is not None or lot.noticed_at is not None:
        return True
    if user is None:
        return False
    if user.role in (Role.CENTRE, Role.SUPERVISOR, Role.OVERSIGHT, Role.AUTHORITY):
        return True
    return any(is_party(session, user, lot, party) for party in (Party.OWNER, Party.AGENCY))


def same_person(session: Session, user: User, other_id: str | None) -> bool:
    """Whether the account ``other_id`` is the same human as ``user``: nobody takes both sides of a four-eyes step."""
    if other_id is None:
        return False
    return bool(session.scalar(select(User.person).where(User.id == other_id)) == user.person)


def refuse_same_person(session: Session, user: User | None, others: Iterable[str | None]) -> None:
    """Stop whoever, under this or another account, already acted for the other side of a four-eyes step.

    Arguments:
        others: the accounts that acted for the other side; None is nobody.

    Raises:
        Refused: one person on both sides.
    """
    if user is not None and any(same_person(session, user, one) for one in others):
        raise Refused("same_person", "同一人不得承担互相制约的两方职责", "One person may not act for both sides")
