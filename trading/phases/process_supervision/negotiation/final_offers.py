"""Final offers 最后报价: sealed to the lot's officers on the supplier's machine, opened by their shares after the hour.

The envelope of each is that of sealing/amounts.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from trading.errors import InvalidInput, Refused
from trading.ledger.entries import microseconds
from trading.methods.rejection import RejectionClause
from trading.models import Bid, FinalCall, FinalOffer, Lot
from trading.money import to_fen
from trading.phases.process_supervision.negotiation.negotiating import refuse_without_rounds
from trading.sealing import amounts, ptbid
from trading.sealing.faults import SealError
from trading.sealing.headers import envelope_id
from trading.steps import Step
from trading.workflow.evaluation_record import effective_bids
from trading.workflow.negotiation_record import call_of, final_offers, left, staying
from trading.workflow.taking import Taking, effect

PART = "final"
NO_OFFER = "未在规定时间内提交最后报价"


def called(taking: Taking) -> FinalCall:
    """The call for final offers.

    Raises:
        Refused: nobody called for them.
    """
    refuse_without_rounds(taking)
    call = call_of(taking.session, taking.lot)
    if call is None:
        raise Refused("not_called", "尚未要求提交最后报价", "Final offers are not called for yet")
    return call


def checked(taking: Taking, envelope: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Header and ciphertext, when they are an envelope for this lot's officers.

    Raises:
        InvalidInput: naming what is wrong with them.
    """
    try:
        return amounts.checked(envelope, taking.lot.groups, taking.lot.code, PART)
    except SealError as wrong:
        raise InvalidInput.of("envelope", wrong.zh, wrong.en) from wrong


@effect(Step.SUBMIT_FINAL_OFFER)
def submit_final_offer(taking: Taking) -> None:
    """Keep a supplier's sealed final offer; until the hour a later one replaces it, and nobody can read it."""
    call, session, lot = called(taking), taking.session, taking.lot
    if taking.now >= call.deadline:
        raise Refused("late", "最后报价时间已过，不予接收", "The time of final offers is over")
    organization = taking.organization_id
    if organization not in {one.organization_id for one in staying(session, lot)}:
        raise Refused("not_taking_part", "贵单位未参加谈判（磋商）或者已经退出", "You do not take part any more")
    header, ciphertext = checked(taking, taking.data["envelope"])
    for earlier in final_offers(session, lot):
        if earlier.organization_id == organization:
            if earlier.envelope == envelope_id(header):
                raise Refused("same", "该最后报价已经提交", "This final offer is here already")
            earlier.current = False
    session.flush()
    envelope = envelope_id(header)
    session.add(
        FinalOffer(
            lot_id=lot.id, organization_id=organization, envelope=envelope, header=header, ciphertext=ciphertext,
            received_at=taking.now, submitted_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record("secret.final_offer", {"envelope": envelope, "t_recv": microseconds(taking.now)}, actor="supplier")
    taking.receipt.update(envelope=envelope, received_at=taking.now.isoformat())


def bundle(session: Session, lot: Lot) -> list[dict[str, Any]]:
    """What an officer unwraps on a machine of his own once the hour is over: the headers of the final offers.

    Raises:
        Refused: they are not to be opened now.
    """
    return [{"envelope": one.envelope, "header": one.header} for one in final_offers(session, lot)]


def refuse_unless_over(call: FinalCall, now: Any) -> None:
    """Stop whoever would open the offers before the hour, or again.

    Raises:
        Refused: they are not to be opened now.
    """
    if now < call.deadline or call.opened_at is not None:
        raise Refused("not_now", "最后报价截止后方可开启，且只开启一次", "Opened once, and only after the hour")


@effect(Step.OPEN_FINAL_OFFERS)
def open_final_offers(taking: Taking) -> None:
    """Keep an officer's shares; the last ones that are needed open every offer, and the group goes on with them."""
    call = called(taking)
    refuse_unless_over(call, taking.now)
    assert taking.actor is not None
    offers, officer = final_offers(taking.session, taking.lot), taking.actor.signer
    given = {row["envelope"]: row["value"] for row in taking.data["shares"]}
    if set(given) != {one.envelope for one in offers}:
        raise InvalidInput.of("shares", "应当对每一份最后报价各提交一个分片", "Give a share for every final offer")
    for offer in offers:
        keep_share(offer, officer, given[offer.envelope])
    taking.record("secret.final_shares", {"officer": officer})
    opened = [open_offer(taking, offer) for offer in offers]
    taking.receipt["opened"] = all(opened)
    if all(opened):
        call.opened_at = taking.now
        settle(taking)


def keep_share(offer: FinalOffer, officer: str, value: str | None) -> None:
    """Keep one officer's share of one offer.

    Raises:
        InvalidInput: it is not his share of this envelope.
    """
    if value is None:
        raise InvalidInput.of("shares", "缺少分片", "A share is missing")
    try:
        ptbid.checked_share(offer.header, officer, bytes.fromhex(value))
    except SealError as wrong:
        raise InvalidInput.of("shares", wrong.zh, wrong.en) from wrong
    offer.shares = {**offer.shares, officer: value}


def open_offer(taking: Taking, offer: FinalOffer) -> bool:
    """Read an offer where its shares suffice; one that cannot be read is its supplier's fault and counts as opened."""
    if offer.opened_at is not None:
        return True
    try:
        key = ptbid.combine(offer.header, {name: bytes.fromhex(one) for name, one in offer.shares.items()})
    except ptbid.ShareFault as wrong:
        offer.fault, offer.opened_at = wrong.zh, taking.now
        return True
    except ptbid.ShareError:
        return False
    bidder = next(
        one.organization.bidder
        for one in effective_bids(taking.session, taking.lot)
        if one.organization_id == offer.organization_id
    )
    try:
        ciphertext = amounts.bytes_of(offer.ciphertext)
        offer.amount = amounts.amount_in(ptbid.open_envelope(offer.header, ciphertext, key, bidder).content)
    except SealError as wrong:
        offer.fault = wrong.zh
    offer.opened_at = taking.now
    amount = None if offer.amount is None else to_fen(offer.amount)
    body = {"envelope": offer.envelope, "amount": amount, "fault": offer.fault, "key": key.hex()}
    taking.record("secret.final_opened", body, actor="officers")
    return True


def settle(taking: Taking) -> None:
    """Put the final offers in the place of the first ones; who gave none, or left, is out."""
    session, lot = taking.session, taking.lot
    amounts = {one.organization_id: one.amount for one in final_offers(session, lot)}
    gone = left(session, lot)
    for bid in effective_bids(session, lot):
        amount = amounts.get(bid.organization_id)
        if bid.organization_id in gone or amount is None:
            put_out(taking, bid, "供应商已退出" if bid.organization_id in gone else NO_OFFER)
            continue
        bid.first_total, bid.total = bid.total, amount
    session.flush()


def put_out(taking: Taking, bid: Bid, reason: str) -> None:
    """Leave a response out of the evaluation, and say why on record."""
    bid.rejected_clause, bid.rejected_reason = RejectionClause.NOT_RESPONSIVE.value, reason
    bid.rejected_by = "platform"
    body = {"envelope": bid.envelope, "clause": bid.rejected_clause, "reason": reason, "by": "platform"}
    taking.record("evaluation.bid_rejected", body)

