"""People register the keys they sign with 登记个人密钥; each registration is an entry of ``@log``, itself signed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from pyrage import RecipientError, x25519
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.errors import InvalidInput, Refused
from trading.ledger.actions import PUBLIC, is_signed, message
from trading.ledger.entries import LOG_CHAIN
from trading.ledger.log import record_outside_steps
from trading.models import OfficerRecipient, PersonKey, User
from trading.workflow.keys import key_in_force

RECIPIENT = re.compile(r"age1[0-9a-z]{58}")


def registration(user: User, public: str) -> dict[str, Any]:
    """The body of ``key.registered``, to be signed with the new key itself."""
    return {"person": user.signer, "pub": public, "role": user.signing_role}


def officer_key(user: User, recipient: str) -> dict[str, Any]:
    """The body of ``officer.key``, to be signed with the officer's signing key."""
    return {"id": user.signer, "recipient": recipient}


def revocation(user: User) -> dict[str, Any]:
    """The body of ``key.revoked``, to be signed with the key in force."""
    return {"person": user.signer}


def register_key(session: Session, user: User, public: str, sig: str, now: datetime) -> PersonKey:
    """Register a signing key; the key before it is in force no longer. In the caller's transaction.

    Args:
        public: 64 lower-case hex digits.
        sig: signature of the new key over its registration: proof of possession.

    Raises:
        InvalidInput: naming the field.
    """
    if not PUBLIC.fullmatch(public):
        raise InvalidInput.of("public", "公钥应为 64 位小写十六进制数", "A public key has 64 lower-case hex digits")
    if session.scalar(select(PersonKey.id).where(PersonKey.public == public)):
        raise InvalidInput.of("public", "该公钥已登记过，请新建密钥", "This key was registered before: make a new one")
    body = registration(user, public)
    check(public, "key.registered", user, body, sig)
    before = key_in_force(session, user.signer)
    if before is not None:
        before.ended_at = now
    key = PersonKey(
        person=user.signer, role=user.signing_role, public=public, user_id=user.id, registered_at=now
    )  # fmt: skip
    session.add(key)
    session.flush()
    put_on_record(session, "key.registered", user, body, sig, now)
    return key


def revoke_key(session: Session, user: User, sig: str, now: datetime) -> None:
    """Revoke the key in force, signed with itself. In the caller's transaction.

    Raises:
        Refused: there is none.
        InvalidInput: the signature is wrong.
    """
    key = key_in_force(session, user.signer)
    if key is None:
        raise Refused("no_signing_key", "没有可以撤销的签名密钥", "There is no signing key to revoke")
    body = revocation(user)
    check(key.public, "key.revoked", user, body, sig)
    key.ended_at = now
    put_on_record(session, "key.revoked", user, body, sig, now)


def register_recipient(session: Session, user: User, recipient: str, sig: str, now: datetime) -> OfficerRecipient:
    """Register the age recipient of an opening officer. In the caller's transaction.

    Raises:
        Refused: not an opening officer, or no signing key yet.
        InvalidInput: naming the field.
    """
    if user.role is not Role.OPENING_OFFICER:
        raise Refused("not_an_officer", "仅开标密钥持有人登记开标公钥", "Only opening officers register a recipient")
    key = key_in_force(session, user.signer)
    if key is None:
        raise Refused("no_signing_key", "请先登记签名密钥", "Register a signing key first")
    check_recipient(session, recipient)
    body = officer_key(user, recipient)
    check(key.public, "officer.key", user, body, sig)
    kept = OfficerRecipient(person=user.signer, recipient=recipient, user_id=user.id, registered_at=now)
    session.add(kept)
    put_on_record(session, "officer.key", user, body, sig, now)
    return kept


def check_recipient(session: Session, recipient: str) -> None:
    """Raise unless the text is an age recipient that nobody has registered."""
    wrong = not RECIPIENT.fullmatch(recipient)
    if not wrong:
        try:
            x25519.Recipient.from_str(recipient)
        except RecipientError:
            wrong = True
    if wrong:
        raise InvalidInput.of("recipient", "应为 age1 开头的开标公钥", "An age recipient begins with age1")
    if session.scalar(select(OfficerRecipient.id).where(OfficerRecipient.recipient == recipient)):
        raise InvalidInput.of("recipient", "该开标公钥已登记过", "This recipient was registered before")


def check(public: str, kind: str, user: User, body: dict[str, Any], sig: str) -> None:
    """Raise unless ``sig`` is that of ``public`` over the entry."""
    if not is_signed(public, message(LOG_CHAIN, kind, user.signer, body), sig):
        raise InvalidInput.of("sig", "签名与密钥不符", "The signature is not that of the key")


def put_on_record(session: Session, kind: str, user: User, body: dict[str, Any], sig: str, now: datetime) -> None:
    """The entry in ``@log``."""
    record_outside_steps(session, kind, user.signer, body | {"sigs": [{"signer": user.signer, "sig": sig}]}, now)
