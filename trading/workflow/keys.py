"""Which signing key and which recipient of a person is in force 有效密钥 (trust.md §8.7)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.models import OfficerRecipient, PersonKey


def key_in_force(session: Session, person: str) -> PersonKey | None:
    """The signing key of a person: the newest that was not revoked; None when there is none.

    Args:
        person: id under which the person signs, as :attr:`trading.models.user.User.signer`.
    """
    return session.scalar(select(PersonKey).where(PersonKey.person == person, PersonKey.ended_at.is_(None)))


def recipient_in_force(session: Session, person: str) -> str | None:
    """The age recipient of an opening officer, to which bids are sealed; None when there is none."""
    query = select(OfficerRecipient.recipient).where(OfficerRecipient.person == person)
    return session.scalar(query.order_by(OfficerRecipient.registered_at.desc()).limit(1))
