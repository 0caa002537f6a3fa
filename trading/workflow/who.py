"""Who a person is to a lot 当事关系: owner of it, agency entrusted, bidder on it, expert drawn for it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.errors import Refused
from trading.models import Award, Bid, Entrustment, Invitation, Lot, Member, OpeningOfficer, User
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
    match party:
        case Party.OWNER:
            return user.organization_id == lot.project.owner_id
        case Party.AGENCY:
            return _any(
                session, Entrustment.project_id == lot.project_id, Entrustment.agency_id == user.organization_id,
                Entrustment.ended_at.is_(None),
            )  # fmt: skip
        case Party.ANY_BIDDER:
            return user.organization is not None and user.organization.identity_checked_at is not None
        case Party.LOT_BIDDER:
            return _any(session, Bid.lot_id == lot.id, Bid.organization_id == user.organization_id, Bid.current)
        case Party.OFFICER:
            return _any(session, OpeningOfficer.lot_id == lot.id, OpeningOfficer.user_id == user.id)
        case Party.WINNER:
            return _any(session, Award.lot_id == lot.id, Award.organization_id == user.organization_id)
        case Party.INVITED_EXPERT:
            return bool(session.scalar(INVITED, {"lot": lot.id, "expert": user.expert_id}))
        case Party.MEMBER | Party.OWNER_MEMBER:
            return bool(session.scalar(SEATED, {"lot": lot.id, "user": user.id}))
        case _:
            return True


def _any(session: Session, *conditions: object) -> bool:
    return bool(session.scalar(select(exists().where(*conditions))))  # type: ignore[arg-type]


def may_take(session: Session, user: User | None, lot: Lot, row: Transition) -> bool:
    """Whether ``user`` (None = the clock) is one of those who may take the step of ``row`` on ``lot``."""
    if row.parted and len(lot.parts) < 2:
        return False
    if user is None:
        return Party.CLOCK in row.by
    return any(is_party(session, user, lot, party) for party in row.by)


def may_see(session: Session, user: User | None, lot: Lot) -> bool:
    """Whether the lot itself may be known: published ones by all, earlier ones by those concerned."""
    if lot.published_at is not None:
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
