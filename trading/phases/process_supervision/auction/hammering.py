"""The bidding begins and ends 竞价开始与结束: on the clock, under the lot's lock; the hammer is a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from trading.beijing import moment_en, moment_zh
from trading.codelists import FailureGround, Role, Status
from trading.errors import Refused
from trading.ledger.entries import microseconds
from trading.methods.english_auction import OfferMade, highest, taker
from trading.models import Deal, Entrant, Lot, Offer, SaleTerms
from trading.money import grouped, to_fen
from trading.phases.process_supervision.stopping import declare_failed
from trading.steps import Step
from trading.workflow.bidding_clock import begins_at, ends_at
from trading.workflow.bidding_record import as_made, end_of, is_listing, may_match, offers_made
from trading.workflow.concerned import tell_owner
from trading.workflow.sale_record import entrants, sale_of
from trading.workflow.taking import Taking, effect

TWO = 2


def refuse_early(taking: Taking, due: datetime | None) -> None:
    """Stop whoever comes before the moment, or after another did it.

    Raises:
        Refused: nothing is due.
    """
    if due is None or taking.now < due:
        raise Refused("not_due", "未到竞价开始或者结束的时间", "Neither beginning nor end has come")


@effect(Step.START_BIDDING)
def start_bidding(taking: Taking) -> None:
    """Offers are taken from now on; those of a listing do not move its end, the others do."""
    lot, sale = taking.lot, sale_of(taking.session, taking.lot)
    begun = begins_at(lot, sale)
    refuse_early(taking, begun)
    listing = is_listing(lot, sale)
    if not listing:
        sale.live_at = begun
    body = {
        "start": to_fen(sale.starting_price), "step": to_fen(sale.increment), "listing": listing,
        "ends": microseconds(end_of(lot, sale)), "reserve": sale.has_reserve,
    }  # fmt: skip
    taking.record("auction.started", body)


@effect(Step.END_BIDDING)
def end_bidding(taking: Taking) -> None:
    """What the end brings: live bidding after a listing, time for a right of priority, the reserve, a deal, or none."""
    lot, session, sale = taking.lot, taking.session, sale_of(taking.session, taking.lot)
    refuse_early(taking, ends_at(session, lot, sale))
    if lot.closed_at is None:
        raise Refused("applications_open", "报名尚未截止，竞价不能结束", "Applications are still open")
    taking.move(Status.BIDDING)
    if is_listing(lot, sale) and sale.match_until is None and wants_more(session, lot):
        go_live(taking, sale)
        return
    if sale.match_until is None and may_match(session, lot):
        wait_for_match(taking, sale)
        return
    sale.ended_at = end_of(lot, sale)
    offers = as_made(offers_made(session, lot.id))
    taking.record("auction.ended", {"offers": len(offers), "at": microseconds(sale.ended_at)})
    best = highest(offers)
    if best is None:
        close_without_deal(taking, "竞价结束时无人报价。")
    elif sale.has_reserve:
        ask_officers(taking)
    else:
        decide(taking, sale, sale.starting_price)


def wants_more(session: Session, lot: Lot) -> bool:
    """Whether two or more of those who may bid asked to go on (R13.C3)."""
    return sum(one.goes_on_at is not None for one in entrants(session, lot)) >= TWO


def go_live(taking: Taking, sale: SaleTerms) -> None:
    """The listing goes on as live bidding, from its end to the end that the notice plans."""
    sale.live_at, sale.ends_at = sale.bidding_at, sale.planned_end
    taking.record("auction.live", {"ends": microseconds(end_of(taking.lot, sale))})
    name = taking.lot.name
    taking.tell(
        ("挂牌转入竞价", f"“{name}”挂牌期满，有竞买人要求继续竞价，现转入网上竞价。"),
        ("Live bidding begins", f"The listing of “{name}” is over; bidding goes on live."),
        organizations=[one.organization_id for one in entrants(taking.session, taking.lot)],
    )


def wait_for_match(taking: Taking, sale: SaleTerms) -> None:
    """Let the holder of a right of priority match the highest offer for some minutes (R13.C12)."""
    minutes = int(taking.values["priority_match_minutes"])
    sale.match_until = max(end_of(taking.lot, sale), taking.now) + timedelta(minutes=minutes)
    taking.record("auction.matching", {"until": microseconds(sale.match_until)})
    name, until = taking.lot.name, sale.match_until
    holders = [one.organization_id for one in entrants(taking.session, taking.lot) if one.has_priority]
    taking.tell(
        ("请决定是否行使优先权", f"“{name}”竞价已有结果，您可以在{moment_zh(until)}前按最高报价行使优先权。"),
        ("Your right of priority", f"“{name}”: you may match the highest offer until {moment_en(until)}."),
        organizations=holders,
    )


def ask_officers(taking: Taking) -> None:
    """The reserve is opened by the officers' shares; until then nobody knows whether there is a deal."""
    name = taking.lot.name
    taking.tell_role(
        Role.OPENING_OFFICER,
        ("请提交底价密钥分片", f"“{name}”竞价已经结束，请提交底价的密钥分片。"),
        ("Open the reserve", f"The bidding for “{name}” is over: please hand in your share of the reserve."),
    )


def close_without_deal(taking: Taking, cause: str) -> None:
    """Nobody takes it: the lot fails, deposits go back."""
    taking.move(Status.FAILED)
    declare_failed(taking, FailureGround.NO_DEAL, cause)


def decide(taking: Taking, sale: SaleTerms, reserve: Decimal) -> None:
    """The hammer: the highest offer at or above ``reserve`` or who matched it deals; below it nobody does (R13.C2)."""
    rows = offers_made(taking.session, taking.lot.id)
    found = taker(as_made(rows), reserve)
    if found is None:
        close_without_deal(taking, "最高报价低于底价。")
        return
    taking.move(Status.DEAL)
    make_deal(taking, sale, reserve, found, {one.number: (one, paddle) for one, paddle in rows}[found.number])


def make_deal(
    taking: Taking, sale: SaleTerms, reserve: Decimal, found: OfferMade, row: tuple[Offer, int]
) -> None:
    """Write the deal down, under the paddle alone, and tell buyer and owner."""
    (offer, paddle), lot, session = row, taking.lot, taking.session
    kind = "reserve" if sale.has_reserve else "starting_price"
    session.add(
        Deal(
            lot_id=lot.id, entrant_id=found.bidder, offer_id=offer.id, price=offer.amount, base=reserve,
            base_kind=kind, made_at=taking.now,
        )
    )  # fmt: skip
    body = {"offer": offer.number, "paddle": paddle, "price": to_fen(offer.amount), "matches": offer.matches}
    taking.record("auction.deal", body)
    price, buyer = grouped(offer.amount), session.get_one(Entrant, found.bidder).organization_id
    zh = ("竞价成交", f"“{lot.name}”由{paddle}号竞买人以{price}元成交，请即签署成交确认书。")
    en = ("A deal", f"“{lot.name}” goes to paddle {paddle} at {price} yuan; please sign the confirmation now.")
    taking.tell(zh, en, organizations=[buyer])
    tell_owner(taking, zh, en)
    taking.receipt |= {"paddle": paddle, "price": str(offer.amount)}
