"""Bids 投标: sealed on arrival, replaced or withdrawn until the deadline, closed by the clock with one root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import beijing, end_moment
from trading.errors import Refused, TooManyAttempts
from trading.ledger import merkle
from trading.ledger.entries import microseconds
from trading.models import BankLine, Bid, Lot, Organization
from trading.money import to_fen
from trading.sealing.envelope import Attachment, Sealed, price_sheet, seal_bid
from trading.steps import Step
from trading.workflow.concerned import tell_owner
from trading.workflow.taking import Taking, effect

PART = "single"
FURTHER = ("duration_days", "quality", "manager", "manager_certificate")


def current_bid(session: Session, lot: Lot, organization_id: str) -> Bid | None:
    """The bid of this bidder that counts, if any."""
    query = select(Bid).where(Bid.lot_id == lot.id, Bid.organization_id == organization_id, Bid.current.is_(True))
    return session.scalar(query)


def seal_offer(lot: Lot, bidder: str, data: Mapping[str, Any]) -> Sealed:
    """Seal a price sheet with its files to the lot's opening key; from here on nobody can read it before the opening.

    Raises:
        Refused: the lot has no key.
    """
    if lot.seal_recipient is None:
        raise Refused("no_key", "本标段尚未生成开标密钥", "The lot has no opening key")
    files = [Attachment(one.name, one.data) for one in data["files"]]
    further = {name: data[name] for name in FURTHER}
    sheet = price_sheet(lot.code, PART, bidder, to_fen(data["total"]), files, further)
    return seal_bid(lot.seal_recipient, sheet, files)


def refuse_haste(taking: Taking, last: int) -> None:
    """Stop a bidder whose newest version is ``last`` and who handed in too many bids within the hour.

    Raises:
        TooManyAttempts: at the door, so nothing is put on record.
    """
    most = int(taking.values["bids_an_hour"])
    if last < most:
        return
    query = select(Bid.received_at).where(
        Bid.lot_id == taking.lot.id, Bid.organization_id == taking.organization_id, Bid.version == last - most + 1
    )
    if taking.session.scalars(query).one() > taking.now - timedelta(hours=1):
        raise TooManyAttempts("递交过于频繁，请稍后再试", "Too many bids within the hour: try again later")


@effect(Step.SUBMIT_BID)
def submit_bid(taking: Taking) -> None:
    """Seal and keep a bid; it replaces the bidder's earlier one. What is kept tells nothing of its content."""
    session, lot, organization_id = taking.session, taking.lot, taking.organization_id
    organization = session.get_one(Organization, organization_id)
    own = (Bid.lot_id == lot.id, Bid.organization_id == organization_id)
    last = session.scalar(select(func.max(Bid.version)).where(*own))
    refuse_haste(taking, last or 0)
    sealed = seal_offer(lot, organization.bidder, taking.data)
    if last:
        replace_earlier(session, lot, organization_id)
    if not taking.rehearsal:
        taking.tools.files.put(sealed.ciphertext)
    bid = Bid(
        lot_id=lot.id, organization_id=organization_id, submitted_by_id=taking.actor_id, version=(last or 0) + 1,
        current=True, envelope=sealed.envelope, ciphertext_sha256=sealed.header["ct_sha256"], header=sealed.header,
        received_at=taking.now,
    )  # fmt: skip
    session.add(bid)
    taking.subject = organization_id
    body = {
        "envelope": bid.envelope, "part": PART, "t_recv": microseconds(taking.now), "version": bid.version, "sigs": [],
    }  # fmt: skip
    taking.record("bid.received", body, actor=organization.bidder)
    taking.receipt |= {
        "envelope": bid.envelope,
        "sha256": bid.ciphertext_sha256,
        "received_at": beijing(taking.now).isoformat(),
        "version": bid.version,
    }


def replace_earlier(session: Session, lot: Lot, organization_id: str) -> None:
    """Let the bid that counted so far count no more; a bond that a withdrawal had sent on its way back stays."""
    earlier = current_bid(session, lot, organization_id)
    if earlier is not None:
        earlier.current = False
        session.flush()
    set_refund(session, lot, organization_id, None)


@effect(Step.WITHDRAW_BID)
def withdraw_bid(taking: Taking) -> None:
    """Take a bid back before the deadline; its bond goes back within five days (ZTBT 35)."""
    session, lot = taking.session, taking.lot
    bid = current_bid(session, lot, taking.organization_id)
    if bid is None:
        raise Refused("no_bid", "您没有可以撤回的投标文件", "You have no bid to withdraw")
    bid.current, bid.withdrawn_at = False, taking.now
    days = int(taking.values["bond_refund_withdraw"])
    due = end_moment(taking.calendar.end_of_period(taking.today, days))
    set_refund(session, lot, taking.organization_id, due)
    taking.subject = taking.organization_id
    body = {"envelope": bid.envelope, "part": PART, "version": bid.version, "sigs": []}
    taking.record("bid.withdrawn", body, actor=bid.organization.bidder)
    taking.receipt |= {"envelope": bid.envelope, "version": bid.version}


def set_refund(session: Session, lot: Lot, organization_id: str, due: datetime | None) -> None:
    """Start or stop the refund clock of one bidder's transferred bonds."""
    query = select(BankLine).where(
        BankLine.lot_id == lot.id, BankLine.organization_id == organization_id, BankLine.refunded_at.is_(None)
    )
    for line in session.scalars(query):
        line.refund_due_at = due


def bids_root(envelopes: list[str]) -> str:
    """The root over the envelopes in force at the deadline, ids ascending (trust.md §8.8)."""
    return merkle.root([merkle.leaf(one.encode("ascii")) for one in sorted(envelopes)]).hex()


@effect(Step.CLOSE_BIDDING)
def close_bidding(taking: Taking) -> None:
    """Close bidding at the deadline, whenever the clock comes round to it, and fix which envelopes count."""
    lot = taking.lot
    if lot.bid_deadline is None or taking.now < lot.bid_deadline:
        raise Refused("not_due", "投标截止时间未到", "The bid deadline has not come")
    lot.closed_at = lot.bid_deadline
    envelopes = list(
        taking.session.scalars(select(Bid.envelope).where(Bid.lot_id == lot.id, Bid.current.is_(True)))
    )
    taking.record("tender.closed", {"bids_root": bids_root(envelopes), "count": len(envelopes)})
    tell_owner(
        taking,
        ("投标已截止", f"“{lot.name}”投标已截止，请即开标。"),
        ("Bidding closed", f"Bidding on “{lot.name}” is closed; please open the bids now."),
    )
