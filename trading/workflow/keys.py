"""Which signing key and which recipient of a person is in force 有效密钥 (trust.md §8.7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.errors import InvalidInput
from trading.ledger.actions import is_signed, message
from trading.ledger.entries import LOG_CHAIN
from trading.ledger.log import record_outside_steps
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


def register_pseudonym(session: Session, pseudonym: str, role: str, public: Any, proof: Any, now: datetime) -> str:
    """Register a key made for one act under a pseudonym of a draw, which nothing links to the person's own (§8.7).

    Args:
        pseudonym: the leaf id under which the person was drawn.
        role: role of the key.
        public, proof: 64 and 128 hex digits as they came: the key, and its signature over its registration.
        now: aware moment; the entry is made in the caller's transaction.

    Returns:
        The public key.

    Raises:
        InvalidInput: they are missing, or the proof is not that of the key.
    """
    body = {"person": pseudonym, "pub": public, "role": role}
    given = isinstance(public, str) and isinstance(proof, str)
    if not given or not is_signed(public, message(LOG_CHAIN, "key.registered", pseudonym, body), proof):
        raise InvalidInput.of("proof", "本次专用密钥的登记签名不符", "The key does not sign its registration")
    signature = {"signer": pseudonym, "sig": proof}
    record_outside_steps(session, "key.registered", pseudonym, body | {"sigs": [signature]}, now)
    return str(public)
