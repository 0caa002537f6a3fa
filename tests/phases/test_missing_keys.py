"""Sealed amounts when a group of officers is lost 密钥持有人缺席: their sealers' own keys, and what nobody can open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import HANDS, OFFICERS, Trade, client_as
from tests.phases import negotiations as n
from tests.phases.auctions import Auction, auction
from trading.codelists import Method, ProjectType, Status
from trading.database import db, transaction
from trading.models import Bid
from trading.sealing import amounts, ptbid
from trading.sealing.headers import envelope_id
from trading.workflow.evaluation_record import effective_bids
from trading.workflow.negotiation_record import call_of, final_offers

LONG, FAULT = timedelta(hours=24), "投标人密封给本人的分片无效"
Sealed = dict[str, ptbid.SealedBid]


def seal(trade: Trade, who: str, address: str, amount: str) -> ptbid.SealedBid:
    """An amount sealed on the person's own machine, with its key."""
    told = client_as(trade.app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/{address}").get_json()
    place = ptbid.Place(told["tender"], told["part"], told["bidder"])
    return amounts.seal_amount(place, told["groups"], Decimal(amount))


def offered(app: Flask, bend: Callable[[ptbid.SealedBid], None] = lambda _one: None) -> tuple[Trade, Sealed]:
    """A negotiation whose final offers are in, their hour over; ``bend`` spoils the first supplier's envelope."""
    trade = n.published(app, ProjectType.GPN, Method.NEGOTIATION)
    n.opened(trade)
    chair = n.seated(trade)[0]
    n.talked(trade, chair, trade.bidders)
    n.called(trade, chair)
    made = {who: seal(trade, who, "final-sealing", amount) for who, amount in n.FINAL.items()}
    bend(made["bidder1"])
    for who, one in made.items():
        trade.step(who, "submit-final-offer", {"envelope": amounts.handed_in(one)})
    supply(trade, "bidder1", made["bidder1"], 422)
    trade.clock.advance(timedelta(hours=1))
    return trade, made


def supply(trade: Trade, who: str, one: ptbid.SealedBid, status: int = 200, **changed: str) -> dict[str, Any]:
    """A supplier, or the owner, hands in the key of an envelope."""
    step = "supply-reserve-key" if who == "owner" else "supply-final-key"
    body = {"envelope": envelope_id(one.header), "key": one.key.hex()} | changed
    return trade.send(who, f"/lots/{trade.code}/{step}", body, status)


def prices(trade: Trade) -> dict[str, Decimal | None]:
    """What the final offers say; nothing of what is not open."""
    homes = {trade.people[who].organization_id: who for who in trade.bidders}
    with trade.app.app_context():
        return {homes[one.organization_id]: one.amount for one in final_offers(db.session, trade.lot())}


def is_open(trade: Trade) -> bool:
    """Whether the final offers are opened."""
    with trade.app.app_context():
        call = call_of(db.session, trade.lot())
        return call is not None and call.opened_at is not None


def word(trade: Trade, login: str, status: int = 200, **silent: dict[str, str | None]) -> None:
    """An officer hands in his shares; for the suppliers named in ``silent`` what is given there."""
    told = client_as(trade.app, trade.people[login]).get(f"/api/v1/lots/{trade.code}/final-bundle").get_json()
    person = trade.people[login].signer
    rows = []
    for one in told["envelopes"]:
        try:
            value = ptbid.unwrap(one["header"], person, HANDS.identity(person)).hex()
            row: dict[str, str | None] = {"value": value, "fault": None}
        except ptbid.ShareFault:
            row = {"value": None, "fault": FAULT}
        rows.append({"envelope": one["envelope"]} | silent.get(one["envelope"], row))
    trade.send(login, f"/lots/{trade.code}/open-final-offers", {"shares": rows}, status)


def test_when_a_group_is_lost_the_suppliers_own_keys_open_all_final_offers_at_once(app: Flask) -> None:
    trade, made = offered(app)
    n.open_finals(trade, OFFICERS[0])
    supply(trade, "bidder1", made["bidder2"], 400)
    supply(trade, "bidder1", made["bidder1"], 400, key=made["bidder2"].key.hex())
    supply(trade, "bidder5", made["bidder1"], 403)
    for who in ("bidder3", "bidder1"):
        assert not supply(trade, who, made[who]).get("opened")
        assert set(prices(trade).values()) == {None}, "a price is told before the others are bound to be"
    supply(trade, "bidder2", made["bidder2"])
    assert prices(trade) == {who: Decimal(amount) for who, amount in n.FINAL.items()}
    assert is_open(trade)
    supply(trade, "bidder1", made["bidder1"], 422)


def test_who_supplies_no_key_has_withdrawn_after_a_day_and_no_earlier(app: Flask) -> None:
    trade, made = offered(app)
    for who in ("bidder1", "bidder2"):
        supply(trade, who, made[who])
    trade.clock.advance(LONG - timedelta(seconds=1))
    assert trade.step("centre", "give-up-final-offers", {}, 422)["reason"] == "keys_awaited"
    trade.step("owner", "give-up-final-offers", {}, 403)
    trade.clock.advance(timedelta(seconds=1))
    trade.step("centre", "give-up-final-offers")
    assert prices(trade) == {"bidder1": Decimal(860000), "bidder2": Decimal(870000), "bidder3": None}
    with app.app_context():
        (gone,) = (one for one in final_offers(db.session, trade.lot()) if one.amount is None)
        assert gone.fault is not None and "视为撤回" in gone.fault
    trade.step("centre", "give-up-final-offers", {}, 422)


def spoil(one: ptbid.SealedBid) -> None:
    """Seal one officer another's share: he cannot unwrap it."""
    one.header["shares"][2]["wrapped"] = one.header["shares"][0]["wrapped"]


def test_a_supplier_who_sealed_an_officer_no_share_stops_nobody(app: Flask) -> None:
    trade, made = offered(app, spoil)
    first = envelope_id(made["bidder1"].header)
    n.open_finals(trade, OFFICERS[0])
    word(trade, OFFICERS[2], 400, **{first: {"value": None, "fault": None}})
    word(trade, OFFICERS[2])
    assert not is_open(trade)
    trade.clock.advance(LONG)
    trade.step("centre", "give-up-final-offers")
    assert prices(trade) == {"bidder1": None, "bidder2": Decimal(870000), "bidder3": Decimal(940000)}


def test_an_offer_of_a_supplier_rejected_meanwhile_is_opened_with_the_others_and_wins_nothing(app: Flask) -> None:
    trade, _made = offered(app)
    with app.app_context(), transaction(db.session):
        home = trade.people["bidder1"].organization_id
        bid = db.session.scalars(select(Bid).where(Bid.organization_id == home, Bid.current)).one()
        bid.rejected_clause, bid.rejected_reason, bid.rejected_by = "not_responsive", "不响应", "committee"
    n.open_finals(trade)
    assert prices(trade) == {who: Decimal(amount) for who, amount in n.FINAL.items()}
    with app.app_context():
        assert {one.total for one in effective_bids(db.session, trade.lot())} == {Decimal(870000), Decimal(940000)}


def test_an_officer_who_says_falsely_that_he_has_no_share_takes_nobodys_offer_away(app: Flask) -> None:
    trade, made = offered(app)
    first = envelope_id(made["bidder1"].header)
    n.open_finals(trade, OFFICERS[0])
    word(trade, OFFICERS[2], **{first: {"value": None, "fault": FAULT}})
    assert not is_open(trade)
    supply(trade, "bidder1", made["bidder1"])
    assert prices(trade) == {who: Decimal(amount) for who, amount in n.FINAL.items()}


def bidding(app: Flask) -> tuple[Auction, ptbid.SealedBid]:
    """A bidding that is over, with a reserve of 130,000 and one offer of that height."""
    trade = auction(app, has_reserve=True, status=Status.METHOD_FIXED)
    trade.appoint()
    one = seal(trade, "owner", "reserve-sealing", "130000")
    trade.step("owner", "seal-reserve", {"envelope": amounts.handed_in(one)})
    with app.app_context(), transaction(db.session):
        trade.lot().status = Status.BID_CLOSED
    trade.begin()
    trade.offer("bidder1", "130000")
    supply(trade, "owner", one, 422)
    trade.end()
    return trade, one


def test_when_a_group_is_lost_the_owners_own_key_opens_the_reserve_and_the_hammer_falls(app: Flask) -> None:
    trade, one = bidding(app)
    trade.open_reserve(OFFICERS[0])
    supply(trade, "owner", one, 400, key="ab" * 32)
    supply(trade, "owner", one, 400, envelope="ab" * 32)
    trade.send("bidder1", f"/lots/{trade.code}/supply-reserve-key", {"envelope": "0" * 64, "key": "0" * 64}, 403)
    supply(trade, "owner", one)
    assert trade.status() is Status.DEAL and trade.terms().reserve == Decimal(130000)


@pytest.mark.both_databases
def test_a_reserve_that_nobody_opens_sells_nothing_after_a_day_and_no_earlier(app: Flask) -> None:
    trade, _one = bidding(app)
    trade.clock.set(trade.ends_at + LONG - timedelta(seconds=1))
    assert trade.step("centre", "void-reserve", {}, 422)["reason"] == "keys_awaited"
    trade.step("owner", "void-reserve", {}, 403)
    trade.clock.advance(timedelta(seconds=1))
    trade.step("centre", "void-reserve")
    assert trade.status() is Status.FAILED
    with app.app_context():
        assert "责任在转让方" in (trade.lot().ended_reason or "")
