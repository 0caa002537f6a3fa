"""Separation of duties 职责分离: which functions one person may never hold together (rulebook 0.6)."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.errors import InvalidInput
from trading.models import Affiliation, Expert, Organization, User
from trading.web.exchange import language

OWNERS = (Role.OWNER, Role.AGENCY)
OFFICIALS = (Role.SUPERVISOR, Role.AUTHORITY)


def _apart(left: tuple[Role, ...], right: tuple[Role, ...]) -> set[frozenset[Role]]:
    return {frozenset((one, other)) for one in left for other in right if one is not other}


BUSINESS = tuple(role for role in Role if role not in (Role.ADMINISTRATOR, Role.CLOCK))
APART: frozenset[frozenset[Role]] = frozenset(
    _apart((Role.CENTRE,), (*OFFICIALS, Role.OVERSIGHT))
    | _apart(OFFICIALS, (Role.EXPERT,))
    | _apart((Role.CENTRE, *OFFICIALS, Role.OVERSIGHT, Role.BANK, *OWNERS), (Role.BIDDER,))
    | _apart((Role.OPENING_OFFICER, Role.NOTARY), (Role.BIDDER,))
    | _apart(OWNERS, (Role.CENTRE, *OFFICIALS, Role.OVERSIGHT))
    | _apart((Role.OVERSIGHT,), OFFICIALS)
    | _apart((Role.ADMINISTRATOR,), BUSINESS)
)
"""Pairs that no person may hold together. Centre and supervisor: NB 28; official and expert: ZTBT 46, D12 12; platform
and bidder: D20 23; the others keep the two sides of a four-eyes step in two hands (county rule)."""


def check_person(session: Session, person: str, role: Role) -> None:
    """Refuse a function that does not go together with those the person has, disabled accounts left aside.

    Raises:
        InvalidInput: naming the two functions (field ``role``).
    """
    held = set(session.scalars(select(User.role).where(User.person == person, User.active)))
    clashing = sorted(other for other in held if frozenset((other, role)) in APART)
    if clashing:
        words = _("、").join(other.word(language()) for other in clashing)
        raise InvalidInput({
            "role": [
                _("职责分离：同一人不得同时为“%(role)s”和“%(held)s”", role=role.word(language()), held=words)
            ]
        })  # fmt: skip
    if role in OFFICIALS:
        expert = session.scalar(select(Expert).where(Expert.identity_number == person))
        if expert is not None:
            expert.authority_staff = True


def is_official(session: Session, person: str) -> bool:
    """Whether the person holds a supervisor's or an authority's account."""
    return bool(session.scalar(select(exists().where(User.person == person, User.role.in_(OFFICIALS), User.active))))


def belongs_to_platform(session: Session, uscc: str) -> bool:
    """Whether this legal person runs the platform, or is declared as affiliated to who does (0.6 iv; D20 23)."""
    centres = select(Organization.id, Organization.uscc).where(Organization.kind == Role.CENTRE).subquery()
    mine = select(Organization.id).where(Organization.uscc == uscc)
    query = select(
        or_(
            exists().where(centres.c.uscc == uscc),
            exists().where(Affiliation.organization_id.in_(select(centres.c.id)), Affiliation.related_uscc == uscc),
            exists().where(Affiliation.organization_id.in_(mine), Affiliation.related_uscc.in_(select(centres.c.uscc))),
        )
    )
    return bool(session.scalar(query))
