"""The end of live bidding 竞价结束: sealed reserves, rights of priority, and a listing that goes on live."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from tests.builders import OFFICERS, client_as
from tests.phases.auctions import auction, in_time
from trading.codelists import Method, Status
from trading.database import db
from trading.ledger import verify
from trading.ledger.log import entries_of


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("reserve", "base"), [("130000", "130000"), ("130000.01", None), ("129999.99", "129999.99"), ("90000", "120000")]
)
def test_the_officers_open_the_reserve_after_the_end_and_it_decides(app: Flask, reserve: str, base: str | None) -> None:
    trade = auction(app, reserve=reserve)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.offer("bidder3", "130000")
    trade.open_reserve(OFFICERS[0], status=422)
    trade.end()
    assert trade.status() is Status.BIDDING and trade.deal() is None
    trade.open_reserve(OFFICERS[0])
    assert trade.status() is Status.BIDDING and trade.terms().reserve is None, "one group is not enough"
    trade.open_reserve(OFFICERS[2])
    assert trade.terms().reserve == Decimal(reserve)
    assert trade.deal() == ((842, Decimal(130000)) if base else None)
    assert trade.status() is (Status.DEAL if base else Status.FAILED)
    with app.app_context():
        assert verify.verify_log(db.session) == []


def test_a_reserve_is_sealed_before_the_bidding_or_it_does_not_begin(app: Flask) -> None:
    trade = auction(app, reserve="130000")
    trade.seal_reserve("140000")
    trade.begin()
    trade.seal_reserve("1", 422)
    trade.offer("bidder1", "139999.99")
    trade.end()
    trade.open_reserve()
    assert trade.status() is Status.FAILED and trade.terms().reserve == Decimal(140000)


def test_an_envelope_that_holds_no_reserve_is_its_owners_fault_and_nothing_is_sold(app: Flask) -> None:
    trade = auction(app, reserve="130000")
    trade.seal_reserve("1", content=b"x" * 32)
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.end()
    trade.open_reserve()
    assert trade.status() is Status.FAILED
    with app.app_context():
        assert "责任在转让方" in (trade.lot().ended_reason or "")


@pytest.mark.parametrize("member", ["ciphertext", "groups", "part", "tender"])
def test_an_envelope_that_is_not_for_this_lot_is_refused(app: Flask, member: str) -> None:
    trade = auction(app, reserve="130000")
    with app.app_context():
        kept = dict(trade.terms().reserve_envelope or {})
    header = dict(kept["header"])
    if member == "ciphertext":
        kept["ciphertext"] = kept["ciphertext"][:-8] + "AAAAAAA="
    else:
        header[member] = [] if member == "groups" else "other"
    body = {"envelope": {"header": header, "ciphertext": kept["ciphertext"]}, "sig": "0" * 128}
    assert "envelope" in trade.step("owner", "seal-reserve", body, 400)["fields"]


def test_nobody_can_read_the_reserve_before_the_end(app: Flask) -> None:
    trade = auction(app, reserve="133333")
    trade.begin()
    trade.offer("bidder1", "120000")
    with app.app_context():
        told = " ".join(f"{one.entry} {one.body}" for one in entries_of(db.session, trade.code))
        kept = str(trade.terms().reserve_envelope)
    assert "13333300" not in told + kept and "133333" not in told + kept
    for path in ("", "/offers", "/record"):
        page = client_as(app, None).get(f"/lots/{trade.code}{path}").text
        assert "133333" not in page and "133,333" not in page and "13.33" not in page


def test_a_holder_of_priority_takes_the_highest_price_after_the_end(app: Flask) -> None:
    trade = auction(app, priority=("bidder2",))
    trade.begin()
    trade.offer("bidder2", "120000")
    trade.offer("bidder1", "126000")
    assert trade.match("bidder2", "126000", 422)["reason"] == "no_time_to_match"
    trade.end()
    assert trade.status() is Status.BIDDING and trade.deal() is None
    assert trade.offer("bidder3", "128000", 422)["reason"] == "bidding_over"
    assert trade.match("bidder1", "126000", 422)["reason"] == "no_priority"
    trade.match("bidder2", "128000", 400)
    trade.at(trade.clock.now() + in_time(4.99))
    trade.match("bidder2", "126000")
    assert trade.status() is Status.DEAL and trade.deal() == (527, Decimal(126000))


@pytest.mark.parametrize("minutes", [5, 6])
def test_a_right_of_priority_that_is_not_used_in_time_is_given_up(app: Flask, minutes: int) -> None:
    trade = auction(app, priority=("bidder2",))
    trade.begin()
    trade.offer("bidder1", "126000")
    trade.end()
    trade.at(trade.clock.now() + in_time(minutes))
    assert trade.match("bidder2", "126000", 422)["reason"] == "no_time_to_match"
    assert trade.deal() == (311, Decimal(126000))


def test_whoever_has_priority_and_the_highest_offer_waits_for_nothing(app: Flask) -> None:
    trade = auction(app, priority=("bidder2",))
    trade.begin()
    trade.offer("bidder1", "120000")
    trade.offer("bidder2", "122000")
    trade.end()
    assert trade.deal() == (527, Decimal(122000))


def test_a_matched_price_must_reach_the_reserve_too(app: Flask) -> None:
    trade = auction(app, priority=("bidder2",), reserve="130000")
    trade.begin()
    trade.offer("bidder1", "126000")
    trade.end()
    trade.match("bidder2", "126000")
    assert trade.status() is Status.BIDDING
    trade.open_reserve()
    assert trade.status() is Status.FAILED


def listed(app: Flask, **more: object):  # noqa: ANN201
    """A listing that has begun, with the cut-off of applications behind it."""
    trade = auction(app, method=Method.LISTING, **more)
    trade.tick()
    assert trade.status() is Status.BIDDING and trade.terms().live_at is None
    return trade


def test_in_a_listing_the_highest_offer_wins_where_fewer_than_two_go_on(app: Flask) -> None:
    trade = listed(app)
    trade.offer("bidder1", "120000")
    trade.at(trade.terms().bidding_at - in_time(1))  # type: ignore[operator]
    trade.offer("bidder2", "122000")
    trade.step("bidder1", "go-on")
    trade.begin()
    assert trade.status() is Status.DEAL and trade.deal() == (527, Decimal(122000))
    assert trade.terms().ended_at == trade.terms().bidding_at, "a listing's end does not move"


def test_a_listing_goes_on_live_where_two_ask_for_it(app: Flask) -> None:
    trade = listed(app)
    trade.offer("bidder1", "120000")
    for who in ("bidder1", "bidder3", "bidder3"):
        trade.step(who, "go-on")
    trade.step("bidder4", "go-on", status=403)
    trade.begin()
    assert trade.status() is Status.BIDDING and trade.terms().live_at == trade.terms().bidding_at
    trade.step("bidder2", "go-on", status=422)
    trade.at(trade.ends_at - in_time(1))
    trade.offer("bidder2", "122000")
    assert trade.ends_at == trade.clock.now() + in_time(5)
    trade.end()
    assert trade.deal() == (527, Decimal(122000))
