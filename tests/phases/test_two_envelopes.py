"""Two envelopes 技术标与商务标分装: the technical one is opened first, prices at their own time, half a bid never."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import OFFICERS, Trade, a_lot, client_as, offer, people
from trading.codelists import Status
from trading.database import db
from trading.models import WHOLE_BID, Bid, LedgerEntry
from trading.sealing import ptbid
from trading.sealing.contents import Place

TOTALS = {"bidder1": "4700000", "bidder2": "4800000", "bidder3": "4900000"}


@pytest.fixture
def published(app: Flask) -> Trade:
    """A lot whose bids have two envelopes."""
    return a_lot(app, people(app), terms={"two_envelopes": True, "bond": "0"})


def technical(trade: Trade, login: str, status: int = 200) -> dict[str, Any]:
    """Hand in a technical envelope."""
    files = [ptbid.Attachment("plan.pdf", b"%PDF-1.7 our own way of building")]
    return trade.step(login, "submit-bid", {"part": "tech", "files": files}, status)


def closed(trade: Trade) -> Trade:
    """Three whole bids, and bidding closed."""
    for login, total in TOTALS.items():
        technical(trade, login)
        trade.step(login, "submit-bid", offer(total))
    return shut(trade)


def shut(trade: Trade) -> Trade:
    """Bidding closed."""
    trade.clock.set(trade.deadline())
    trade.tick()
    return trade


def bodies(trade: Trade, kind: str) -> list[dict[str, Any]]:
    """The bodies of all entries of a kind."""
    with trade.app.app_context():
        rows = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == kind).order_by(LedgerEntry.seq))
        return [json.loads(row or "") for row in rows]


def open_technical(trade: Trade, status: int = 200, **data: Any) -> dict[str, Any]:
    """The presider opens the technical envelopes."""
    return trade.send("owner", f"/lots/{trade.code}/open-technical", data, status)


def open_prices(trade: Trade, status: int = 200) -> dict[str, Any]:
    """The presider opens the prices."""
    return trade.send("owner", f"/lots/{trade.code}/open-bids", {}, status)


def test_both_parts_are_announced_and_each_counts_its_own_versions(published: Trade) -> None:
    assert bodies(published, "tender.published")[0]["parts"] == ["price", "tech"]
    told = client_as(published.app, None).get(f"/api/v1/lots/{published.code}/sealing").get_json()
    assert told["parts"] == ["price", "tech"]
    technical(published, "bidder1")
    published.step("bidder1", "submit-bid", offer("4700000"))
    technical(published, "bidder1")
    versions = [(one["part"], one["version"]) for one in bodies(published, "bid.received")]
    assert versions == [("tech", 1), ("price", 1), ("tech", 2)]
    with published.app.app_context():
        assert len(db.session.scalars(select(Bid).where(Bid.current)).all()) == 2
        assert len(db.session.scalars(select(Bid).where(WHOLE_BID)).all()) == 1


def test_technical_envelopes_open_first_and_prices_at_their_own_time(published: Trade) -> None:
    closed(published)
    assert open_prices(published, 422)["reason"] == "technical_first"
    assert open_technical(published, 422)["reason"] == "officers_missing"
    published.hand_in()
    assert open_technical(published)["status"] == Status.BID_CLOSED.value
    opened = bodies(published, "bid.opened")
    assert [set(one) for one in opened] == [{"envelope", "part"}] * 3 and {one["part"] for one in opened} == {"tech"}
    with published.app.app_context():
        bids = db.session.scalars(select(Bid).where(Bid.current)).all()
        assert all(bid.total is None and bid.key is None for bid in bids)
    assert open_technical(published, 422)["reason"] == "technical_open"
    assert open_prices(published, 422)["reason"] == "officers_missing", "shares of the first opening are worth nothing"
    published.hand_in()
    assert open_prices(published)["status"] == Status.OPENED.value
    assert [one["part"] for one in bodies(published, "bid.opened")] == ["tech"] * 3 + ["price"] * 3
    with published.app.app_context():
        totals = sorted(bid.total for bid in db.session.scalars(select(Bid).where(WHOLE_BID)) if bid.total)
    assert totals == [Decimal(one) for one in TOTALS.values()]


def test_officers_see_the_envelopes_of_one_part_alone(published: Trade) -> None:
    closed(published)
    officer = client_as(published.app, published.people[OFFICERS[0]])
    for part in ("tech", "price"):
        told = officer.get(f"/api/v1/lots/{published.code}/bundle").get_json()["envelopes"]
        assert {one["header"]["part"] for one in told} == {part} and len(told) == 3
        published.hand_in()
        if part == "tech":
            open_technical(published)


def test_half_a_bid_is_in_the_root_but_not_counted_and_never_opened(published: Trade) -> None:
    technical(published, "bidder4")
    published.step("bidder5", "submit-bid", offer("4000000"))
    closed(published)
    assert bodies(published, "tender.closed")[0]["count"] == 3
    published.hand_in()
    open_technical(published)
    published.hand_in()
    open_prices(published)
    rejected = bodies(published, "bid.rejected")
    assert [one["part"] for one in rejected] == ["tech", "price"]
    assert {one["reason"] for one in rejected} == {"incomplete bid"}
    assert all("key" not in one for one in rejected)


def test_three_halves_are_too_few_to_open(published: Trade) -> None:
    for login, total in TOTALS.items():
        published.step(login, "submit-bid", offer(total))
    technical(published, "bidder1")
    shut(published)
    with published.app.app_context():
        assert published.lot().status is Status.FAILED
    assert bodies(published, "tender.closed")[0]["count"] == 1


def test_a_bidder_whose_technical_envelope_is_none_has_the_price_left_closed(published: Trade) -> None:
    for login, total in TOTALS.items():
        technical(published, login)
        published.step(login, "submit-bid", offer(total))
    technical(published, "bidder4")
    published.step("bidder4", "submit-bid", offer("4600000"))
    with published.app.app_context():
        groups = published.lot().groups
    place = Place(published.code, "tech", published.people["bidder4"].signer)
    bad = ptbid.seal_sheet(place, groups, {"alg": "pttech/9", **place.as_json()}, filled=False)
    published.upload("bidder4", bad.header["ct_sha256"], bad.ciphertext)
    published.step("bidder4", "submit-bid", {"header": bad.header})
    shut(published)
    published.hand_in()
    open_technical(published)
    published.hand_in()
    open_prices(published)
    rejected = bodies(published, "bid.rejected")
    assert [one["part"] for one in rejected] == ["tech", "price"]
    assert all("key" not in one and "inner" not in one for one in rejected), "technical contents are trade secrets"
    assert len(bodies(published, "bid.opened")) == 6


def test_each_part_is_withdrawn_by_itself(published: Trade) -> None:
    technical(published, "bidder1")
    published.step("bidder1", "submit-bid", offer("4700000"))
    published.step("bidder1", "withdraw-bid", {"part": "price"})
    assert [one["part"] for one in bodies(published, "bid.withdrawn")] == ["price"]
    with published.app.app_context():
        assert [bid.part for bid in db.session.scalars(select(Bid).where(Bid.current))] == ["tech"]


def test_a_lot_of_single_envelopes_has_no_technical_opening(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    open_technical(trade, 403)
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}").text
    assert "开启技术标" not in page
