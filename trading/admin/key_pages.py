"""A person's own signing key 我的签名密钥, as page and JSON: registered, replaced, revoked by the person alone."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from trading.admin import keys
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.ledger.actions import PREFIX, message
from trading.ledger.entries import LOG_CHAIN
from trading.models import PersonKey, User
from trading.web import access
from trading.web.steps import now
from trading.workflow.keys import key_in_force, recipient_in_force

SIGNERS = tuple(role for role in Role if role not in (Role.CLOCK, Role.ADMINISTRATOR, Role.BANK))


def told(user: User) -> dict[str, Any]:
    """What the person has registered, and what is to be signed to revoke it.

    The text of a registration is ``prefix`` + canonical JSON of ``registration`` with ``pub`` filled in, as §8.7 says.
    """
    key = key_in_force(db.session, user.signer)
    revoking = message(LOG_CHAIN, "key.revoked", user.signer, keys.revocation(user)).decode()
    return {
        "person": user.signer,
        "role": user.signing_role,
        "chain": LOG_CHAIN,
        "prefix": PREFIX.decode(),
        "public": key.public if key else None,
        "registered_at": key.registered_at.isoformat() if key else None,
        "recipient": recipient_in_force(db.session, user.signer) if user.role is Role.OPENING_OFFICER else None,
        "to_revoke": revoking if key else None,
    }


def text_of(body: Any, name: str) -> str:
    """One text member of a JSON object.

    Raises:
        InvalidInput: it is missing, or no text.
    """
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str):
        raise InvalidInput.of(name, "必填，应为文本", "Required, a text")
    return value


@access.allow(*SIGNERS)
def show_keys() -> ResponseReturnValue:
    """The page on which a person makes, registers and revokes the key."""
    user = access.actor()
    past = db.session.scalars(
        select(PersonKey).where(PersonKey.person == user.signer).order_by(PersonKey.registered_at.desc())
    ).all()
    return render_template("admin/keys.html", own=told(user), past=past, officer=user.role is Role.OPENING_OFFICER)


@access.allow(*SIGNERS)
def keys_json() -> ResponseReturnValue:
    """The same by JSON."""
    return jsonify(told(access.actor())), 200


@access.allow(*SIGNERS)
def register_json() -> ResponseReturnValue:
    """Register a signing key: ``{public, sig}``."""
    body = request.get_json(silent=True)
    with transaction(db.session):
        keys.register_key(db.session, access.actor(), text_of(body, "public"), text_of(body, "sig"), now())
    return jsonify(told(access.actor())), 201


@access.allow(*SIGNERS)
def revoke_json() -> ResponseReturnValue:
    """Revoke the key in force: ``{sig}``."""
    body = request.get_json(silent=True)
    with transaction(db.session):
        keys.revoke_key(db.session, access.actor(), text_of(body, "sig"), now())
    return jsonify(told(access.actor())), 200


@access.allow(Role.OPENING_OFFICER)
def recipient_json() -> ResponseReturnValue:
    """Register the age recipient of an opening officer: ``{recipient, sig}``."""
    body = request.get_json(silent=True)
    with transaction(db.session):
        keys.register_recipient(db.session, access.actor(), text_of(body, "recipient"), text_of(body, "sig"), now())
    return jsonify(told(access.actor())), 201
