"""Live offers 竞价报价: what is one, what is none, when the end moves, and who has won."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from tests.builders import client_as
from tests.phases.auctions import PADDLES, auction, in_time
from trading.codelists import Method, Status
from trading.database import db, transaction
from trading.ledger.log import entries_of
from trading.models import Affiliation

MOMENT = timedelta(microseconds=1)


def test_the_first_offer_is_the_starting_price_and_each_further_one_a_step_more(app: Flask) -> None:
    trade = auction(app)
    trade.offer("bidder1", "120000", 409)
    trade.begin()
    assert "amount" in trade.offer("bidder1", "119999.99", 400)["fields"]
    first = trade.offer("bidder1", "120000")
    assert first["facts"]["number"] == 1 and first["facts"]["paddle"] == PADDLES["bidder1"]
    trade.offer("bidder2", "121999.99", 400)
    trade.offer("bidder2", "120000", 400)
    trade.offer("bidder2", "122000")
    trade.offer("bidder1", "130000.01")
    assert trade.offers() == [
        (1, 311, Decimal("120000.00")), (2, 527, Decimal("122000.00")), (3, 311, Decimal("130000.01"))
    ]  # fmt: skip


def test_an_offer_sent_twice_counts_once_and_has_one_receipt(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    first = trade.offer("bidder1", "120000", key="mine-00001")
    trade.offer("bidder2", "122000")
    again = trade.offer("bidder1", "120000", key="mine-00001")
    assert (again["leaf"], again["facts"], again["at"]) == (first["leaf"], first["facts"], first["at"])
    trade.offer("bidder1", "140000", 400, key="mine-00001")
    trade.offer("bidder2", "124000", 422, key="mine-00001")
    trade.end()
    assert trade.offer("bidder1", "120000", key="mine-00001")["leaf"] == first["leaf"]
    assert len(trade.offers()) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"amount": "120000.001", "key": "x" * 8},
        {"amount": "1e6", "key": "x" * 8},
        {"amount": 120000.5, "key": "x" * 8},
        {"amount": "-120000", "key": "x" * 8},
        {"amount": "120000 USD", "key": "x" * 8},
        {"amount": "120000", "currency": "USD", "key": "x" * 8},
        {"amount": "120000", "key": "short"},
        {"amount": "120000", "key": "has blanks"},
        {"amount": "120000"},
        {"key": "x" * 8},
        {"amount": "120000", "key": "x" * 8, "seen": 7},
        {"amount": "120000", "key": "x" * 8, "paddle": 527},
    ],
)
def test_what_is_no_offer_is_refused_and_leaves_nothing(app: Flask, body: dict[str, object]) -> None:
    trade = auction(app)
    trade.begin()
    assert trade.step("bidder1", "make-offer", body, 400)["fields"]
    assert trade.offers() == []


def test_nobody_raises_his_own_offer_and_nobody_else_bids(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000")
    assert trade.offer("bidder1", "130000", 422)["reason"] == "own_highest"
    trade.offer("bidder4", "130000", 403)
    trade.offer("owner", "130000", 403)
    assert client_as(app, None).post(f"/api/v1/lots/{trade.code}/make-offer", json={}).status_code == 401
    assert len(trade.offers()) == 1


def test_an_affiliate_of_the_owner_may_not_offer(app: Flask) -> None:
    trade = auction(app)
    with app.app_context(), transaction(db.session):
        owner = trade.lot().project.owner
        organization = trade.people["bidder1"].organization_id
        db.session.add(Affiliation(organization_id=organization, related_uscc=owner.uscc, kind="holding"))
    trade.begin()
    assert trade.offer("bidder1", "120000", 422)["reason"] == "owners_affiliate"
    assert trade.offers() == []


@pytest.mark.parametrize(
    ("before_end", "moves"),
    [
        (in_time(5) + MOMENT, False),
        (in_time(5), True),
        (in_time(5) - MOMENT, True),
        (MOMENT, True),
    ],
)
def test_an_offer_in_the_last_five_minutes_moves_the_end(app: Flask, before_end: timedelta, moves: bool) -> None:
    trade = auction(app)
    trade.begin()
    planned = trade.ends_at
    trade.at(planned - before_end)
    trade.offer("bidder1", "120000")
    assert trade.ends_at == (planned - before_end + in_time(5) if moves else planned)


def test_the_end_moves_without_limit(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    planned, price = trade.ends_at, 120000
    for turn in range(12):
        trade.at(trade.ends_at - in_time(1))
        trade.offer(f"bidder{turn % 2 + 1}", str(price))
        price += 2000
    assert trade.ends_at == planned + in_time(4) * 12
    trade.end()
    assert trade.deal() == (527, Decimal(142000))


@pytest.mark.parametrize(("late", "counts"), [(-MOMENT, True), (timedelta(0), False), (MOMENT, False)])
def test_at_the_end_no_offer_counts_whoever_comes_first(app: Flask, late: timedelta, counts: bool) -> None:
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.at(trade.ends_at + late)
    answer = trade.offer("bidder2", "122000", 200 if counts else 422)
    if counts:
        assert trade.status() is Status.BIDDING
        return
    assert answer["reason"] == "bidding_over"
    assert trade.status() is Status.DEAL, "the first request after the end lets the hammer fall"
    assert trade.deal() == (311, Decimal(120000))


def test_the_moments_of_the_offers_never_run_backwards(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    trade.at(trade.clock.now() + in_time(2))
    first = trade.offer("bidder1", "120000")["facts"]["made_at"]
    trade.at(trade.clock.now() - in_time(1))
    assert trade.offer("bidder2", "122000")["facts"]["made_at"] == first


def test_the_record_knows_paddles_and_no_names_of_those_who_offer(app: Flask) -> None:
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.offer("bidder1", "130000", 422)
    with app.app_context():
        told = [(one.kind, one.actor) for one in entries_of(db.session, trade.code)]
        whole = " ".join(f"{one.entry} {one.body}" for one in entries_of(db.session, trade.code))
        user = trade.people["bidder1"]
    assert ("auction.offer", "paddle-311") in told and ("step.taken", "bidder-sealed") in told
    assert ("step.refused", "bidder-sealed") in told
    for secret in (user.organization_id, user.id, user.login, user.signer, "第1建设"):
        assert str(secret) not in whole


def test_nobody_bid_so_nothing_is_sold(app: Flask) -> None:
    trade = auction(app, reserve="150000")
    trade.begin()
    trade.end()
    assert trade.status() is Status.FAILED and trade.deal() is None
    with app.app_context():
        assert trade.lot().failure_ground.value == "no_deal"
        assert trade.terms().reserve is None, "a reserve that decides nothing stays sealed"


def test_without_a_reserve_the_starting_price_decides_at_once(app: Flask) -> None:
    trade = auction(app, method=Method.AUCTION)
    trade.begin()
    trade.offer("bidder2", "120000")
    trade.end()
    assert trade.status() is Status.DEAL and trade.deal() == (527, Decimal(120000))


def test_an_auction_does_not_begin_before_its_time_nor_twice(app: Flask) -> None:
    trade = auction(app)
    trade.at((trade.terms().bidding_at or trade.clock.now()) - MOMENT)
    trade.tick()
    assert trade.status() is Status.BID_CLOSED
    trade.begin()
    trade.tick()
    with app.app_context():
        kinds = [one.kind for one in entries_of(db.session, trade.code)]
    assert kinds.count("auction.started") == 1
