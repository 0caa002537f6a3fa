"""Final offers 最后报价: sealed to the lot's officers on the supplier's machine, opened by their shares after the hour.

The envelope of each is that of sealing/amounts.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from trading.errors import InvalidInput, Refused
from trading.ledger.entries import microseconds
from trading.methods.rejection import RejectionClause
from trading.models import Bid, FinalCall, FinalOffer, Lot, Organization
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
NO_KEY = "密钥分片不足，供应商也未提交密钥，视为撤回"


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
    given = {row["envelope"]: row for row in taking.data["shares"]}
    if set(given) != {one.envelope for one in offers}:
        raise InvalidInput.of("shares", "应当对每一份最后报价各提交一个分片", "Give a share for every final offer")
    for offer in offers:
        row = given[offer.envelope]
        try:
            word = amounts.word_of(offer.header, officer, row["value"], row["fault"])
        except SealError as wrong:
            raise InvalidInput.of("shares", wrong.zh, wrong.en) from wrong
        offer.shares = {**offer.shares, officer: word}
    taking.record("secret.final_shares", {"officer": officer})
    open_together(taking, call)


@effect(Step.SUPPLY_FINAL_KEY)
def supply_final_key(taking: Taking) -> None:
    """A supplier gives the key he kept where too few officers can be had; it must be the one committed to (B.6)."""
    call = called(taking)
    refuse_unless_over(call, taking.now)
    own = [one for one in final_offers(taking.session, taking.lot) if one.organization_id == taking.organization_id]
    offer = next((one for one in own if one.envelope == taking.data["envelope"]), None)
    if offer is None:
        raise InvalidInput.of("envelope", "不是贵单位当前有效的最后报价", "Not your final offer in force")
    try:
        ptbid.check_key(offer.header, bytes.fromhex(taking.data["key"]))
    except SealError as wrong:
        raise InvalidInput.of("key", wrong.zh, wrong.en) from wrong
    offer.supplied_key = taking.data["key"]
    open_together(taking, call)


@effect(Step.GIVE_UP_FINAL_OFFERS)
def give_up_final_offers(taking: Taking) -> None:
    """Open what there are keys for; whoever supplied none in the time the county gives has withdrawn (B.6)."""
    call = called(taking)
    refuse_unless_over(call, taking.now)
    hours = int(taking.values["bid_key_hours"])
    if taking.now < call.deadline + timedelta(hours=hours):
        raise Refused(
            "keys_awaited", f"最后报价截止满{hours}小时后方可按撤回处理，此前供应商可以提交自己的密钥",
            f"Suppliers may supply their own keys for {hours} hours after the deadline",
        )  # fmt: skip
    open_together(taking, call, give_up=True)


def open_together(taking: Taking, call: FinalCall, *, give_up: bool = False) -> None:
    """Open all offers at once, as soon as there is a key for each: nobody's price is told before another's."""
    offers = final_offers(taking.session, taking.lot)
    found = [key_of(one) for one in offers]
    taking.receipt["opened"] = give_up or None not in found
    if not taking.receipt["opened"]:
        return
    for offer, key in zip(offers, found, strict=True):
        open_offer(taking, offer, ptbid.ShareError(NO_KEY, "Too few shares and no key") if key is None else key)
    call.opened_at = taking.now
    settle(taking)


def key_of(offer: FinalOffer) -> bytes | SealError | None:
    """The key of an offer, or why its supplier's shares give none; None while too few shares have come."""
    if offer.supplied_key is not None:
        return bytes.fromhex(offer.supplied_key)
    try:
        return amounts.key_from(offer.header, offer.shares)
    except SealError as wrong:
        return wrong


def open_offer(taking: Taking, offer: FinalOffer, key: bytes | SealError) -> None:
    """Read an offer with its key; one that cannot be read counts as none, and says why."""
    bidder = taking.session.get_one(Organization, offer.organization_id).bidder
    try:
        if isinstance(key, SealError):
            raise key
        ciphertext = amounts.bytes_of(offer.ciphertext)
        offer.amount = amounts.amount_in(ptbid.open_envelope(offer.header, ciphertext, key, bidder).content)
    except SealError as wrong:
        offer.fault = wrong.zh
    offer.opened_at = taking.now
    amount = None if offer.amount is None else to_fen(offer.amount)
    told = {"key": key.hex()} if isinstance(key, bytes) else {}
    body = {"envelope": offer.envelope, "amount": amount, "fault": offer.fault} | told
    taking.record("secret.final_opened", body, actor="officers")


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

