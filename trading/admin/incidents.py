"""Two people answer for a lost part of the record 存证事故登记: then, and only then, the service starts again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trading.checkpoints.keeper import Keeper
from trading.checkpoints.restoring import KIND, incidents, witnessed_and_lost
from trading.codelists import Role
from trading.errors import InvalidInput, Refused
from trading.ledger import merkle
from trading.ledger.actions import is_signed, message
from trading.ledger.entries import LOG_CHAIN
from trading.ledger.log import locked_frontier, record_outside_steps
from trading.models import LedgerEntry, User
from trading.workflow.keys import key_in_force

ACTOR = "system"
SIGNERS = 2


def incident(session: Session, keeper: Keeper, reason: str) -> dict[str, Any]:
    """The body of ``ledger.incident``: what was witnessed and is lost, what was found instead, and why.

    In the caller's transaction, with the log locked, so that what is signed is what stands.

    Raises:
        Refused: the record goes on from what was witnessed, or this loss is answered for already.
    """
    lost = witnessed_and_lost(session, keeper)
    if lost is None or any(body["witnessed"] == lost for body in incidents(session)):
        raise Refused(
            "no_incident",
            "存证日志与已见证的状态一致，没有需要登记的事故",
            "The record is what was witnessed: there is no incident",
        )
    frontier = locked_frontier(session)
    found = {"size": merkle.size_of(frontier), "root": merkle.frontier_root(frontier).hex()}
    return {"reason": reason, "witnessed": lost, "found": found}


def to_sign(body: Mapping[str, Any]) -> bytes:
    """What both people sign (trust.md §8.7)."""
    return message(LOG_CHAIN, KIND, ACTOR, body)


def record_incident(
    session: Session, keeper: Keeper, reason: str, sigs: Mapping[str, str], now: datetime
) -> LedgerEntry:
    """Put the incident on record, signed. In the caller's transaction.

    Args:
        reason: what happened, in words.
        sigs: person id to signature over :func:`to_sign`; people of at least two organisations.

    Raises:
        Refused: there is no incident.
        InvalidInput: a signature is wrong, or the people are too few or all of one organisation.
    """
    body = incident(session, keeper, reason)
    houses = [_house(session, person, sig, to_sign(body)) for person, sig in sigs.items()]
    if len(set(houses)) < SIGNERS:
        raise InvalidInput.of("sig", "须由两个不同单位的人员签名", "Two people of different organisations have to sign")
    signed = body | {"sigs": [{"signer": person, "sig": sig} for person, sig in sigs.items()]}
    return record_outside_steps(session, KIND, ACTOR, signed, now)


def _house(session: Session, person: str, sig: str, text: bytes) -> str:
    """The organisation for which a person signs; whoever runs the machines does not answer for them.

    Raises:
        InvalidInput: no key in force, a wrong signature, or an administrator.
    """
    key = key_in_force(session, person)
    if key is None or not is_signed(key.public, text, sig):
        raise InvalidInput.of("sig", f"{person} 的签名与其密钥不符", f"The signature is not that of {person}'s key")
    user = session.get_one(User, key.user_id)
    if user.role is Role.ADMINISTRATOR:
        raise InvalidInput.of("sig", "系统管理员不能签署事故登记", "An administrator does not sign an incident")
    return user.organization_id or user.role.value
