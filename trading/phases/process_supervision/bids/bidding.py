"""Bids handed in and taken back 投标递交与撤回: sealed by the bidder, decided in one small transaction at the deadline.

The ciphertext was uploaded before (uploads.py) and decides nothing. What decides is the header with the bidder's own
signature: it is refused unless every byte it names is here and its groups are the published ones (trust.md B.4).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import beijing
from trading.codelists import Status
from trading.errors import InvalidInput, Refused, TooManyAttempts
from trading.ledger import merkle
from trading.ledger.entries import microseconds
from trading.ledger.receipts import bid_receipt, bid_refusal
from trading.models import BankLine, Bid, LedgerEntry, Lot, Organization, User
from trading.phases.process_supervision.bids.entering import close_applications
from trading.sealing.faults import SealError
from trading.sealing.headers import check_header, envelope_id
from trading.steps import Step
from trading.workflow.admission import refuse_outsiders
from trading.workflow.concerned import tell_owner
from trading.workflow.refunds import due_after
from trading.workflow.sale_record import competes
from trading.workflow.taking import Done, Taking, Tools, effect, proven, refused, repeated

OVER = (Status.FAILED, Status.TERMINATED)


def current_bids(session: Session, lot: Lot, organization_id: str) -> list[Bid]:
    """The envelopes of this bidder that count, by part."""
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.organization_id == organization_id, Bid.current.is_(True))
    return list(session.scalars(query.order_by(Bid.part)))


def refuse_haste(taking: Taking, part: str, last: int) -> None:
    """Stop a bidder whose newest version is ``last`` and who handed in too many bids within the hour.

    Raises:
        TooManyAttempts: at the door, so nothing is put on record.
    """
    most = int(taking.values["bids_an_hour"])
    if last < most:
        return
    query = select(Bid.received_at).where(
        Bid.lot_id == taking.lot.id, Bid.organization_id == taking.organization_id, Bid.part == part,
        Bid.version == last - most + 1,
    )  # fmt: skip
    if taking.session.scalars(query).one() > taking.now - timedelta(hours=1):
        raise TooManyAttempts("递交过于频繁，请稍后再试", "Too many bids within the hour: try again later")


def checked_header(taking: Taking) -> dict[str, Any]:
    """The header as it was handed in, when it is one for this lot and every byte that it names is here.

    Raises:
        InvalidInput: naming what is wrong with it.
    """
    header: dict[str, Any] = taking.data["header"]
    try:
        check_header(header, taking.lot.groups, taking.lot.code, taking.lot.parts)
    except SealError as wrong:
        raise InvalidInput.of("header", wrong.zh, wrong.en) from wrong
    here = taking.tools.files.size(header["ct_sha256"])
    if here is None and not taking.rehearsal:
        raise InvalidInput.of("header", "密文尚未完整上传", "The ciphertext is not completely uploaded yet")
    if here is not None and here != header["ct_len"]:
        raise InvalidInput.of("header", "密文长度与信封头不符", "The ciphertext is not as long as the header says")
    return header


@effect(Step.SUBMIT_BID)
def submit_bid(taking: Taking) -> None:
    """Keep a sealed bid; it replaces the bidder's earlier one of the same part. Nobody here can read it."""
    session, lot, organization_id = taking.session, taking.lot, taking.organization_id
    refuse_outsiders(session, taking.actor, lot)
    header = checked_header(taking)
    envelope, part = envelope_id(header), header["part"]
    if session.scalar(select(Bid.id).where(Bid.envelope == envelope)):
        raise InvalidInput.of("header", "该信封已递交过，请重新密封", "This envelope was handed in before: seal anew")
    own = (Bid.lot_id == lot.id, Bid.organization_id == organization_id, Bid.part == part)
    last = session.scalar(select(func.max(Bid.version)).where(*own)) or 0
    refuse_haste(taking, part, last)
    taking.subject = organization_id
    bidder = session.get_one(Organization, organization_id).bidder
    body = {"envelope": envelope, "part": part, "t_recv": microseconds(taking.now), "version": last + 1}
    taking.record_signed("bid.received", body, actor=bidder)
    replace_earlier(session, lot, organization_id, part)
    bid = Bid(
        lot_id=lot.id, organization_id=organization_id, submitted_by_id=taking.actor_id, part=part, version=last + 1,
        current=True, envelope=envelope, ciphertext_sha256=header["ct_sha256"], header=header,
        received_at=taking.now,
    )  # fmt: skip
    session.add(bid)
    taking.afterwards.append(lambda: give_receipt(taking, bid))


def give_receipt(taking: Taking, bid: Bid) -> None:
    """The signed receipt over the entry of this very bid, without its number in the record (trust.md §8.11)."""
    entry = taking.written["bid.received"]
    bid.leaf = taking.leaf = entry.leaf.hex()
    note = bid_receipt(
        taking.tools.log_key(), taking.lot.code, bid.envelope, microseconds(bid.received_at), entry.leaf.hex()
    )
    bid.receipt = note.decode()
    taking.receipt |= facts_of(bid)


def facts_of(bid: Bid) -> dict[str, Any]:
    """What the bidder takes home."""
    return {
        "envelope": bid.envelope,
        "sha256": bid.ciphertext_sha256,
        "received_at": beijing(bid.received_at).isoformat(),
        "version": bid.version,
        "receipt": bid.receipt,
    }


def taken_before(session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> Done | None:
    """The receipt of an envelope that this bidder handed in and did not take back: safe to send for ever (B.4)."""
    try:
        envelope = envelope_id(data["header"])
    except (SealError, ValueError):
        return None
    bid = session.scalar(select(Bid).where(Bid.lot_id == lot.id, Bid.envelope == envelope, Bid.withdrawn_at.is_(None)))
    if bid is None or bid.organization_id != actor.organization_id or bid.leaf is None:
        return None
    return Done(bid.received_at, bid.leaf, facts_of(bid))


def refusal_of(
    lot: Lot, actor: User | None, data: dict[str, Any], now: datetime
) -> tuple[str, str, dict[str, Any]] | None:
    """``bid.refused`` for an envelope that came too late, while suspended, or after closing (trust.md §8.9).

    None for a refusal of another kind, and after the end of a lot, when nothing but free kinds may follow (§8.8).
    """
    if actor is None or lot.bid_deadline is None or lot.published_at is None or lot.status in OVER:
        return None
    try:
        envelope = envelope_id(data["header"])
    except (SealError, ValueError):
        return None
    if now >= lot.bid_deadline:
        reason = "late"
    elif lot.status is Status.SUSPENDED:
        reason = "suspended"
    elif lot.closed_at is not None:
        reason = "closed"
    else:
        return None
    return "bid.refused", actor.signer, {"envelope": envelope, "reason": reason, "t_recv": microseconds(now)}


def refusal_note(tools: Tools, entry: LedgerEntry) -> str:
    """The signed note that a bidder takes home whose envelope was not taken (trust.md B.4)."""
    return bid_refusal(tools.log_key(), entry.chain, entry.leaf.hex(), json.loads(entry.body)).decode()


repeated(Step.SUBMIT_BID, taken_before)
refused(Step.SUBMIT_BID, refusal_of)
proven(Step.SUBMIT_BID, refusal_note)


def replace_earlier(session: Session, lot: Lot, organization_id: str, part: str) -> None:
    """Let the envelope that counted so far count no more; a bond that a withdrawal had sent on its way back stays."""
    for earlier in current_bids(session, lot, organization_id):
        if earlier.part == part:
            earlier.current = False
            session.flush()
    set_refund(session, lot, organization_id, None)


@effect(Step.WITHDRAW_BID)
def withdraw_bid(taking: Taking) -> None:
    """Take an envelope back before the deadline; with the last one its bond goes back within five days (ZTBT 35)."""
    session, lot = taking.session, taking.lot
    bids = current_bids(session, lot, taking.organization_id)
    wanted = taking.data["part"]
    bid = next((one for one in bids if wanted in (None, one.part)), None)
    if bid is None:
        raise Refused("no_bid", "您没有可以撤回的投标文件", "You have no bid to withdraw")
    taking.subject = taking.organization_id
    body = {"envelope": bid.envelope, "part": bid.part, "version": bid.version}
    taking.record_signed("bid.withdrawn", body, actor=bid.organization.bidder)
    bid.current, bid.withdrawn_at = False, taking.now
    if len(bids) == 1:
        set_refund(session, lot, taking.organization_id, due_after(taking, "bond_refund_withdraw"))
    taking.receipt |= {"envelope": bid.envelope, "version": bid.version}


def set_refund(session: Session, lot: Lot, organization_id: str, due: datetime | None) -> None:
    """Start or stop the refund clock of one bidder's transferred bonds."""
    query = select(BankLine).where(
        BankLine.lot_id == lot.id, BankLine.organization_id == organization_id, BankLine.refunded_at.is_(None)
    )
    for line in session.scalars(query):
        line.refund_due_at = due


def bids_root(envelopes: Iterable[str]) -> str:
    """The root over the envelopes in force at the deadline, ids ascending (trust.md §8.8)."""
    return merkle.root([merkle.leaf(one.encode("ascii")) for one in sorted(envelopes)]).hex()


def complete(lot: Lot, bids: Iterable[Bid]) -> set[str]:
    """The bidders (organisation ids) who have an envelope in force for every part that the lot asks."""
    parts: dict[str, set[str]] = defaultdict(set)
    for bid in bids:
        parts[bid.organization_id].add(bid.part)
    return {organization for organization, found in parts.items() if found == set(lot.parts)}


@effect(Step.CLOSE_BIDDING)
def close_bidding(taking: Taking) -> None:
    """Close bidding at the deadline, whenever the clock comes round to it, and fix which envelopes count."""
    lot = taking.lot
    if lot.bid_deadline is None or taking.now < lot.bid_deadline:
        raise Refused("not_due", "投标截止时间未到", "The bid deadline has not come")
    lot.closed_at = lot.bid_deadline
    if competes(lot):
        close_applications(taking)
        return
    bids = list(taking.session.scalars(select(Bid).where(Bid.lot_id == lot.id, Bid.current.is_(True))))
    count = len(complete(lot, bids))
    taking.record("tender.closed", {"bids_root": bids_root(one.envelope for one in bids), "count": count})
    tell_owner(
        taking,
        ("投标已截止", f"“{lot.name}”投标已截止，请即开标。"),
        ("Bidding closed", f"Bidding on “{lot.name}” is closed; please open the bids now."),
    )
