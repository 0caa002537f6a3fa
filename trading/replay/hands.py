"""The hands of people who act in process 演示与回放中的本人操作: their keys, their seals, their secrets.

What a person does on a machine of his own (sign, seal a bid, unwrap a share, keep a value for the draw) is done here
for the people of a demonstration or a replay. The steps themselves are the same, and so is what they check.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pyrage import x25519
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.admin import keys
from trading.codelists import Role
from trading.experts import draw as ptdraw
from trading.ledger.actions import ActionKey, message
from trading.ledger.entries import LOG_CHAIN
from trading.models import Invitation, Lot, OpeningOfficer, User
from trading.money import to_fen
from trading.phases.process_supervision.opening.officers import envelopes
from trading.sealing import ptbid
from trading.sealing.contents import Attachment
from trading.sealing.files import FileStore
from trading.steps import Step
from trading.workflow.draw_record import newest_draw
from trading.workflow.keys import key_in_force, recipient_in_force

NOTHING = "0" * 64
DECLARED = ("small_micro", "domestic")
FURTHER = ("duration_days", "quality", "manager", "manager_certificate")


@dataclass
class Hands:
    """Keys and secrets of the people of one demonstration or replay, made from one seed.

    Args:
        seed: the same seed gives the same signing keys; officers' age identities are random and kept in
            ``identities`` (person id to identity).
        filled: fill envelopes to even sizes as a real bidder's machine does; it takes 25 times as long.
    """

    seed: bytes = field(repr=False)
    filled: bool = False
    identities: dict[str, x25519.Identity] = field(default_factory=dict, repr=False)

    def key(self, person: str) -> ActionKey:
        """The signing key of a person."""
        return ActionKey(hmac.digest(self.seed, f"signing key of {person}".encode(), hashlib.sha256))

    def identity(self, person: str) -> x25519.Identity:
        """The age identity of an opening officer."""
        if person not in self.identities:
            self.identities[person] = x25519.Identity.generate()
        return self.identities[person]

    def secret(self, draw: str, party: str) -> bytes:
        """The value that a party keeps for a draw."""
        return hmac.digest(self.seed, f"{party} in {draw}".encode(), hashlib.sha256)

    def sign(self, person: str, text: bytes) -> str:
        """A person's signature over the bytes of a step."""
        return self.key(person).sign(text)

    def register(self, session: Session, users: Iterable[User], now: datetime) -> None:
        """Register the keys of people who have none yet, in the caller's transaction."""
        for user in users:
            if key_in_force(session, user.signer) is None:
                key = self.key(user.signer)
                body = keys.registration(user, key.public)
                sig = key.sign(message(LOG_CHAIN, "key.registered", user.signer, body))
                keys.register_key(session, user, key.public, sig, now)
                session.flush()
            if user.role is Role.OPENING_OFFICER and recipient_in_force(session, user.signer) is None:
                recipient = str(self.identity(user.signer).to_public())
                sig = self.sign(
                    user.signer, message(LOG_CHAIN, "officer.key", user.signer, keys.officer_key(user, recipient))
                )
                keys.register_recipient(session, user, recipient, sig, now)
                session.flush()

    def prepare(
        self, session: Session, code: str, step: Step, actor: User | None, data: dict[str, Any]
    ) -> dict[str, Any]:
        """The input of a step after the person's own work with it; unchanged where there is none."""
        if step not in PREPARED or actor is None:
            return data
        lot = session.scalars(select(Lot).where(Lot.code == code)).one()
        return PREPARED[step](self, session, lot, actor, data)


def seal(hands: Hands, _session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> dict[str, Any]:
    """An envelope sealed to the lot's officers: header, and the ciphertext to be uploaded under ``ciphertext``.

    Where a bid has two envelopes, ``part`` says which; without it the priced one is sealed.
    """
    if "header" in data:
        return data
    attachments = [Attachment(one.name, one.data) for one in data["files"]]
    if data.get("part") == "tech":
        technical = ptbid.seal_tech(ptbid.Place(lot.code, "tech", actor.signer), lot.groups, None, attachments)
        return {"header": technical.header, "ciphertext": technical.ciphertext}
    further = {name: data[name] for name in FURTHER}
    further |= {name: True for name in DECLARED if data.get(name)}
    further |= {"consortium": data["consortium"]} if data.get("consortium") else {}
    sealed = ptbid.seal_price(
        ptbid.Place(lot.code, lot.parts[0], actor.signer), lot.groups, to_fen(data["total"]), further, attachments,
        filled=hands.filled,
    )  # fmt: skip
    return {"header": sealed.header, "ciphertext": sealed.ciphertext}


def hand_in(hands: Hands, session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> dict[str, Any]:
    """The officer's share of every envelope whose turn it is."""
    if data:
        return data
    bids = envelopes(session, lot)
    identity = hands.identity(actor.signer)
    shares = [
        {"envelope": bid.envelope, "value": ptbid.unwrap(bid.header, actor.signer, identity).hex(), "fault": None}
        for bid in bids
    ]
    return {"shares": shares}


def commit(hands: Hands, session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> dict[str, Any]:
    """The end of the party's chain, and its beginning sealed to the opening officers."""
    if data.get("anchor"):
        return data
    draw, party = newest_draw(session, lot), actor.role.value
    if draw is None:
        return {"anchor": NOTHING, "escrow": {}}
    secret = hands.secret(draw.name, party)
    escrow = ptbid.seal_secret(lot.code, f"draw-{draw.number}-{party}", party, lot.groups, secret)
    return {
        "anchor": ptdraw.anchor(draw.name, party, secret).hex(),
        "escrow": {"header": escrow.header, "ciphertext": base64.b64encode(escrow.ciphertext).decode()},
    }


def reveal(hands: Hands, session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> dict[str, Any]:
    """The party's value of the round that is to be revealed."""
    if data.get("value"):
        return data
    draw, party = newest_draw(session, lot), actor.role.value
    if draw is None:
        return {"value": NOTHING}
    open_round = bool(draw.reveals) and party not in draw.reveals[-1]
    number = len(draw.reveals) - 1 if open_round else len(draw.reveals)
    return {"value": ptdraw.reveal(draw.name, party, hands.secret(draw.name, party), number).hex()}


def refuse(hands: Hands, session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> dict[str, Any]:
    """An expert's own refusal: a key made for it alone, registered under the leaf id of the draw."""
    leaf = session.scalar(
        select(Invitation.leaf_id)
        .where(Invitation.lot_id == lot.id, Invitation.expert_id == actor.expert_id)
        .order_by(Invitation.invited_at.desc())
    )
    if actor.role is not Role.EXPERT or leaf is None or data.get("public"):
        return data
    key = hands.key(leaf)
    body = {"person": leaf, "pub": key.public, "role": Role.EXPERT.value}
    return data | {"public": key.public, "proof": key.sign(message(LOG_CHAIN, "key.registered", leaf, body))}


Work = Callable[[Hands, Session, Lot, User, dict[str, Any]], dict[str, Any]]
PREPARED: dict[Step, Work] = {
    Step.SUBMIT_BID: seal,
    Step.HAND_IN_SHARES: hand_in,
    Step.COMMIT_DRAW: commit,
    Step.REVEAL_DRAW: reveal,
    Step.REFUSE_INVITATION: refuse,
}


def officers_of(session: Session, lot: Lot) -> list[User]:
    """The opening officers appointed to a lot, by group and place."""
    query = select(User).join(OpeningOfficer, OpeningOfficer.user_id == User.id)
    query = query.where(OpeningOfficer.lot_id == lot.id).order_by(OpeningOfficer.group, OpeningOfficer.place)
    return list(session.scalars(query).unique())


def keep_ciphertext(files: FileStore, data: dict[str, Any]) -> dict[str, Any]:
    """Put the ciphertext of a prepared bid where an upload would put it; the rest is what the step asks."""
    if "ciphertext" in data:
        files.put(data["ciphertext"])
    return {name: value for name, value in data.items() if name != "ciphertext"}
