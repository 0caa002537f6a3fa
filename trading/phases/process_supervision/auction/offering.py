"""Live offers 竞价报价: irrevocable, each above the highest by a step, under a paddle number that tells no name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from trading.errors import InvalidInput, Refused
from trading.ledger.entries import microseconds
from trading.methods.english_auction import end_after, too_low
from trading.models import Entrant, Lot, Offer, SaleTerms, User
from trading.money import to_fen
from trading.steps import Step
from trading.workflow.bidding_clock import is_over
from trading.workflow.bidding_record import (
    end_of,
    entry_of,
    is_listing,
    may_match,
    newest_offer,
    offer_by_key,
    terms_of_offers,
)
from trading.workflow.record_facts import related_usccs
from trading.workflow.sale_record import sale_of
from trading.workflow.taking import Done, Taking, effect, repeated


def own_entry(taking: Taking) -> Entrant:
    """The entry under which the acting person bids.

    Raises:
        Refused: no paddle was given to it, or it is bound to the owner.
    """
    entrant = entry_of(taking.session, taking.lot, taking.organization_id)
    if entrant is None:
        raise Refused("no_paddle", "您没有本标的的竞买号牌，不能报价", "You have no paddle for this lot")
    if taking.lot.project.owner.uscc in related_usccs(taking.session, [entrant.organization_id]).get(
        entrant.organization_id, ()
    ):
        raise Refused(
            "owners_affiliate",
            "您与转让方（出让方）存在关联关系，不得参加本标的竞价",
            "You are affiliated with the owner and may not bid for this lot",
        )
    return entrant


def refuse_after_end(taking: Taking, sale: SaleTerms) -> None:
    """Stop whoever comes at the end or later, whether or not the clock has come round to it.

    Raises:
        Refused: naming the end.
    """
    if is_over(taking.session, taking.lot, sale, taking.now):
        raise Refused("bidding_over", "竞价已经结束，报价无效", "The bidding is over: the offer does not count")


@effect(Step.MAKE_OFFER)
def make_offer(taking: Taking) -> None:
    """Take an offer: at least the starting price, or the highest and one step; nobody raises his own (R13.C4, C10)."""
    sale, newest = sale_of(taking.session, taking.lot), newest_offer(taking.session, taking.lot)
    entrant, amount = own_entry(taking), taking.data["amount"]
    refuse_after_end(taking, sale)
    last = newest.number if newest else 0
    seen = taking.data["seen"]
    if seen is not None and seen > last:
        raise InvalidInput.of("seen", f"最新报价序号为{last}", f"The last offer is number {last}")
    if newest is not None and newest.entrant_id == entrant.id:
        raise Refused("own_highest", "当前最高报价是您自己的报价，不必再加价", "The highest offer is your own already")
    low = too_low(terms_of_offers(sale), newest.amount if newest else None, amount)
    if low is not None:
        raise InvalidInput({"amount": [low]})
    at = taking.now if newest is None else max(taking.now, newest.made_at)
    if not is_listing(taking.lot, sale):
        minutes = int(taking.values["extend_last_minutes"])
        sale.ends_at = end_after(end_of(taking.lot, sale), at, timedelta(minutes=minutes))
    keep_offer(taking, sale, entrant, Offer(
        lot_id=taking.lot.id, entrant_id=entrant.id, number=last + 1, amount=amount, made_at=at,
        key=taking.data["key"], seen=seen,
    ))  # fmt: skip


@effect(Step.MATCH_OFFER)
def match_offer(taking: Taking) -> None:
    """The holder of a right of priority takes the highest price for himself, in the time after the end (R13.C12)."""
    sale, entrant = sale_of(taking.session, taking.lot), own_entry(taking)
    if not entrant.has_priority:
        raise Refused("no_priority", "您没有本标的的优先权", "You have no right of priority here")
    newest = newest_offer(taking.session, taking.lot)
    open_ = sale.ended_at is None and sale.match_until is not None and taking.now < sale.match_until
    if not open_ or newest is None or not may_match(taking.session, taking.lot):
        raise Refused(
            "no_time_to_match", "现在不是行使优先权的时间", "The right of priority is not to be used now"
        )
    if taking.data["amount"] != newest.amount:
        raise InvalidInput.of("amount", "应按当前最高报价行使", "It is used at the highest offer, no other amount")
    keep_offer(taking, sale, entrant, Offer(
        lot_id=taking.lot.id, entrant_id=entrant.id, number=newest.number + 1, amount=newest.amount,
        made_at=max(taking.now, newest.made_at), key=taking.data["key"], seen=taking.data["seen"], matches=True,
    ))  # fmt: skip


def keep_offer(taking: Taking, sale: SaleTerms, entrant: Entrant, offer: Offer) -> None:
    """Put the offer on record under its paddle, and its receipt into the bidder's hand."""
    taking.subject = entrant.organization_id
    taking.session.add(offer)
    body: dict[str, Any] = {
        "number": offer.number, "paddle": entrant.paddle, "amount": to_fen(offer.amount), "seen": offer.seen,
        "at": microseconds(offer.made_at), "matches": offer.matches, "ends": microseconds(end_of(taking.lot, sale)),
    }  # fmt: skip
    taking.record("auction.offer", body, actor=f"paddle-{entrant.paddle}")
    taking.afterwards.append(lambda: give_receipt(taking, offer, entrant))


def give_receipt(taking: Taking, offer: Offer, entrant: Entrant) -> None:
    """The receipt names the entry of this very offer."""
    offer.leaf = taking.leaf = taking.written["auction.offer"].leaf.hex()
    taking.receipt |= facts_of(offer, entrant)


def facts_of(offer: Offer, entrant: Entrant) -> dict[str, Any]:
    """What the bidder takes home."""
    return {
        "number": offer.number, "paddle": entrant.paddle, "amount": str(offer.amount),
        "made_at": offer.made_at.isoformat(), "key": offer.key,
    }  # fmt: skip


def made_before(session: Session, lot: Lot, actor: User, data: dict[str, Any]) -> Done | None:
    """The receipt of an offer that this bidder made under the same key: safe to send for ever.

    Raises:
        InvalidInput: the key stands for another amount.
    """
    entrant = entry_of(session, lot, actor.organization_id)
    offer = None if entrant is None else offer_by_key(session, entrant, data["key"])
    if entrant is None or offer is None or offer.leaf is None:
        return None
    if offer.amount != data["amount"]:
        raise InvalidInput.of("key", "该报价编号已用于另一金额", "This key stands for another amount")
    return Done(offer.made_at, offer.leaf, facts_of(offer, entrant))


repeated(Step.MAKE_OFFER, made_before)
repeated(Step.MATCH_OFFER, made_before)


@effect(Step.GO_ON)
def go_on(taking: Taking) -> None:
    """An entrant asks, while the listing runs, to go on bidding at its end (R13.C3)."""
    sale, entrant = sale_of(taking.session, taking.lot), own_entry(taking)
    if not is_listing(taking.lot, sale):
        raise Refused("no_listing", "只有挂牌期间可以要求继续竞价", "Only while a listing runs")
    refuse_after_end(taking, sale)
    taking.subject = entrant.organization_id
    if entrant.goes_on_at is None:
        entrant.goes_on_at = taking.now
        taking.record("auction.goes_on", {"paddle": entrant.paddle}, actor=f"paddle-{entrant.paddle}")
