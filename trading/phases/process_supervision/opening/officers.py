"""What the opening officers do 开标密钥持有人的操作: rehearse, unwrap their shares offline, hand them in.

The server hands an officer what bidders wrapped for him, and takes the share back once he unwrapped it on a machine of
his own; it checks each share against what the bidder committed to. Nothing can be opened before every group is met.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

import pyrage
from pyrage import x25519
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.errors import InvalidInput, Refused, Words
from trading.ledger.canonical import digest
from trading.models import Bid, Lot, OpeningOfficer, OpeningShare, User
from trading.phases.process_supervision.notice.appointing import appointed
from trading.sealing.shares import Share, context
from trading.steps import Step
from trading.workflow.keys import recipient_in_force
from trading.workflow.negotiation_record import fewest
from trading.workflow.taking import Taking, effect


def own_appointment(session: Session, lot: Lot, user: User) -> OpeningOfficer:
    """The appointment of this officer to this lot (the door let only appointed officers in)."""
    query = select(OpeningOfficer).where(OpeningOfficer.lot_id == lot.id, OpeningOfficer.user_id == user.id)
    return session.scalars(query).one()


def turn(lot: Lot) -> str | None:
    """The part whose envelopes are opened next: technical ones before prices; None when all are open."""
    if lot.opened_at is not None or not lot.parts:
        return None
    if len(lot.parts) < 2:
        return str(lot.parts[0])
    return "tech" if lot.technical_opened_at is None else "price"


def envelopes(session: Session, lot: Lot) -> list[Bid]:
    """The envelopes in force whose turn it is, by id, so that their order tells nothing of when they came."""
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.current.is_(True), Bid.part == turn(lot))
    return list(session.scalars(query.order_by(Bid.envelope)))


def refuse_before_count(session: Session, lot: Lot, least: int) -> None:
    """With fewer bids than the law asks nobody is asked for a share (R10.C7, trust.md B.5).

    Raises:
        Refused: too few.
    """
    if len(envelopes(session, lot)) < fewest(lot, least):
        raise Refused("few_bidders", "投标人不足法定数量，不得开启", "Too few bids: nothing is opened")


def bundle(session: Session, lot: Lot, user: User) -> list[dict[str, Any]]:
    """What the officer unwraps offline: the headers of the envelopes whose turn it is."""
    return [{"envelope": bid.envelope, "header": bid.header} for bid in envelopes(session, lot)]


@effect(Step.REHEARSE_OPENING)
def rehearse_opening(taking: Taking) -> None:
    """Without an answer: a trial is sealed to the officer's key. With it: the key is alive, and that is on record."""
    assert taking.actor is not None
    own = own_appointment(taking.session, taking.lot, taking.actor)
    answer = taking.data["answer"]
    if answer is None:
        trial = secrets.token_bytes(32)
        own.trial = hashlib.sha256(trial).hexdigest()
        recipient = recipient_in_force(taking.session, taking.actor.signer)
        assert recipient is not None
        sealed = pyrage.encrypt(trial.hex().encode(), [x25519.Recipient.from_str(recipient)])
        taking.receipt["trial"] = base64.b64encode(sealed).decode()
        return
    if own.trial is None or hashlib.sha256(bytes.fromhex(answer)).hexdigest() != own.trial:
        raise InvalidInput.of("answer", "与演练内容不符，请用登记的密钥解密", "Not what was sealed to your key")
    own.trial, own.rehearsed_at = None, taking.now
    taking.record("document.rehearsed", {"officer": taking.actor.signer})


@effect(Step.HAND_IN_SHARES)
def hand_in_shares(taking: Taking) -> None:
    """Keep the officer's share of every envelope, each checked against its commitment; or why there is none."""
    assert taking.actor is not None
    refuse_before_count(taking.session, taking.lot, int(taking.values["bidders_min"]))
    own = own_appointment(taking.session, taking.lot, taking.actor)
    bids = {bid.envelope: bid for bid in envelopes(taking.session, taking.lot)}
    rows = {row["envelope"]: row for row in taking.data["shares"]}
    wrong = [
        Words(f"缺少信封{one[:16]}…的分片", f"The share of envelope {one[:16]}… is missing")
        for one in bids.keys() - rows.keys()
    ]
    for envelope, row in rows.items():
        problem = problem_of(bids.get(envelope), own, taking.actor.signer, row)
        if problem is not None:
            wrong.append(problem)
    if wrong:
        raise InvalidInput({"shares": wrong})
    kept = {one.bid_id: one for one in shares_of_officer(taking.session, own)}
    for envelope, row in rows.items():
        share = kept.get(bids[envelope].id)
        if share is None:
            share = OpeningShare(bid_id=bids[envelope].id, officer_id=own.id, handed_at=taking.now)
            taking.session.add(share)
        share.value, share.fault, share.handed_at = row["value"], row["fault"], taking.now
    own.handed_at = taking.now
    taking.record("document.shares", {"officer": taking.actor.signer})
    taking.receipt["shares"] = len(rows)


def problem_of(bid: Bid | None, own: OpeningOfficer, officer: str, row: dict[str, Any]) -> Words | None:
    """What is wrong with one row: a foreign envelope, neither share nor reason, or a share not committed to."""
    short = f"{row['envelope'][:16]}…"
    if bid is None:
        return Words(f"信封{short}不在本次开启之列", f"Envelope {short} is not among those to be opened")
    if (row["value"] is None) == (row["fault"] is None):
        return Words(
            f"信封{short}应填分片或者不能解开的原因", f"Envelope {short}: give the share, or why there is none"
        )
    if row["value"] is None:
        return None
    share = Share(own.group, officer, own.place, bytes.fromhex(row["value"]))
    committed = next(one["commit"] for one in bid.header["shares"] if one["o"] == officer)
    if share.commitment(context(bid.header["tender"], bid.header["lot"], bid.header["part"])) != committed:
        return Words(f"信封{short}的分片与投标人的承诺不符", f"The share of envelope {short} is not the committed one")
    return None


def shares_of_officer(session: Session, own: OpeningOfficer) -> list[OpeningShare]:
    """What an officer has handed in."""
    return list(session.scalars(select(OpeningShare).where(OpeningShare.officer_id == own.id)))


@effect(Step.SUPPLY_BID_KEY)
def supply_bid_key(taking: Taking) -> None:
    """A bidder gives the key he kept, where a group of officers is lost; it must be the one he committed to (B.6)."""
    bids = {bid.envelope: bid for bid in envelopes(taking.session, taking.lot)}
    bid = bids.get(taking.data["envelope"])
    if bid is None or bid.organization_id != taking.organization_id:
        raise InvalidInput.of("envelope", "不是您当前有效的投标", "Not your bid in force")
    ctx = context(bid.header["tender"], bid.header["lot"], bid.header["part"])
    if digest("ptbid/key/v1", ctx, bytes.fromhex(taking.data["key"])).hex() != bid.header["key_commit"]:
        raise InvalidInput.of("key", "与投标时承诺的密钥不符", "Not the key the bid was sealed with")
    bid.supplied_key = taking.data["key"]


def state(session: Session, lot: Lot) -> list[dict[str, Any]]:
    """Who is there and who is missing, group by group; ``met`` when the group's threshold is reached."""
    groups: list[dict[str, Any]] = []
    for officer, user in appointed(session, lot):
        if officer.group == len(groups):
            groups.append({"k": officer.threshold, "officers": []})
        groups[officer.group]["officers"].append(
            {
                "id": user.signer,
                "name": user.name,
                "rehearsed_at": officer.rehearsed_at.isoformat() if officer.rehearsed_at else None,
                "handed_at": officer.handed_at.isoformat() if officer.handed_at else None,
            }
        )
    for group in groups:
        group["met"] = sum(1 for one in group["officers"] if one["handed_at"]) >= group["k"]
        group["rehearsed"] = sum(1 for one in group["officers"] if one["rehearsed_at"])
    return groups


def all_met(session: Session, lot: Lot) -> bool:
    """Whether enough officers of every group have handed in their shares."""
    found = state(session, lot)
    return bool(found) and all(group["met"] for group in found)
