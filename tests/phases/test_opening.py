"""The opening 开标: at the deadline, never with fewer than three, whatever one bad bid does."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, offer, people, send_form
from trading.codelists import NoticeKind, Status
from trading.database import db
from trading.models import Bid, LedgerEntry, Notice, OpeningRecord
from trading.steps import Step
from trading.workflow.engine import Request, take

CEILING = "5000000"


def closed(app: Flask, *totals: str, **what: object) -> Trade:
    """A lot whose bidding is closed."""
    return a_lot(app, people(app), Status.BID_CLOSED, totals=list(totals), **what)


def bids(app: Flask) -> list[Bid]:
    """The bids in the order of their bidders."""
    with app.app_context():
        db.session.expire_all()
        return sorted(db.session.scalars(select(Bid)), key=lambda bid: bid.organization.name)


def test_every_bid_is_opened_read_out_and_published(app: Flask) -> None:
    trade = closed(app, "4700000", "4800000.50", "4900000")
    answer = trade.step("centre", "open-bids")
    assert answer["status"] == "opened"
    assert [bid.total for bid in bids(app)] == [Decimal("4700000"), Decimal("4800000.50"), Decimal("4900000")]
    assert {bid.manager for bid in bids(app)} == {"赵经理"} and not any(bid.rejected_clause for bid in bids(app))
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.OPENING)).one()
        assert "第2建设有限公司" in notice.text and "肆佰捌拾万元伍角" in notice.text
        record = db.session.scalars(select(OpeningRecord)).one()
        assert [row["bond"] for row in record.read_out] == ["已提交"] * 3
        opened = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "bid.opened")).all()
        assert len(opened) == 3 and any('"price":"470000000"' in (body or "") for body in opened)
        assert not db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "bid.rejected")).all()
    trade.step("owner", "open-bids", status=409)


def test_a_base_price_is_published_with_the_bids_or_nothing_is_opened(app: Flask) -> None:
    trade = closed(app, "4700000", "4800000", "4900000", terms={"base_prices": 1})
    trade.hand_in()
    refused = trade.step("owner", "open-bids", status=422)
    assert [one["id"] for one in refused["conditions"]] == ["R10.C12"]
    trade.step("owner", "open-bids", {"base_price": "4800000"})
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.OPENING)).one()
        assert "标底：4,800,000.00元。" in notice.text and notice.facts["base_price"] == "4800000.00"


@pytest.mark.parametrize(("total", "clause"), [("5000000", None), ("5000000.01", "price"), ("4999999.99", None)])
def test_the_platform_rejects_what_is_above_the_ceiling(app: Flask, total: str, clause: str | None) -> None:
    closed(app, "4700000", "4800000", total).step("owner", "open-bids")
    bid = bids(app)[2]
    assert bid.rejected_clause == clause and bid.rejected_by == ("platform" if clause else None)


def test_a_bid_without_its_bond_is_rejected_where_the_documents_ask_for_one(app: Flask) -> None:
    closed(app, "4700000", "4800000", "4900000", bonds=False).step("owner", "open-bids")
    assert {bid.rejected_clause for bid in bids(app)} == {"not_responsive"}


def test_a_bid_needs_no_bond_where_the_documents_ask_for_none(app: Flask) -> None:
    closed(app, "4700000", "4800000", "4900000", bonds=False, terms={"bond": "0"}).step("owner", "open-bids")
    assert {bid.rejected_clause for bid in bids(app)} == {None}


@pytest.mark.parametrize(("seconds", "status"), [(599, 422), (600, 200), (601, 200)])
def test_the_record_stays_open_for_ten_minutes(app: Flask, seconds: int, status: int) -> None:
    trade = a_lot(app, people(app), Status.OPENED)
    trade.clock.advance(timedelta(seconds=seconds))
    trade.step("owner", "close-opening-record", status=status)


def test_the_record_is_made_final_once(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.OPENED)
    trade.clock.advance(timedelta(minutes=11))
    trade.step("owner", "close-opening-record")
    trade.step("owner", "close-opening-record", status=422)


def test_before_the_deadline_and_by_strangers_nothing_is_opened(app: Flask) -> None:
    trade = a_lot(app, people(app))
    for number in (1, 2, 3):
        trade.step(f"bidder{number}", "submit-bid", offer("4700000"))
    trade.clock.set(trade.deadline() - timedelta(seconds=1))
    trade.tick()
    trade.step("owner", "open-bids", status=409)
    trade.clock.advance(timedelta(seconds=1))
    trade.tick()
    for who in ("supervisor", "bidder1", "administrator", "oversight", "opening_officer"):
        trade.step(who, "open-bids", status=403)
    assert all(bid.total is None for bid in bids(app))


def test_with_two_bids_no_officer_is_even_asked(app: Flask) -> None:
    trade = a_lot(app, people(app))
    for number in (1, 2):
        trade.step(f"bidder{number}", "submit-bid", offer("4700000"))
    trade.clock.set(trade.deadline())
    with app.app_context():
        closing = Request(trade.code, Step.CLOSE_BIDDING, None, trade.clock.now())
        take(db.session, closing, app.extensions["tools"])
    officer = client_as(app, trade.people["opening_officer"])
    share = {"envelope": bids(app)[0].envelope, "value": "00" * 32, "fault": None}
    trade.send("opening_officer", f"/lots/{trade.code}/hand-in-shares", {"shares": [share]}, 422)
    refused = trade.send("owner", f"/lots/{trade.code}/open-bids", {}, 422)
    assert "R10.C7" in {one["id"] for one in refused["conditions"]}
    assert officer.get(f"/api/v1/lots/{trade.code}/bundle").status_code == 409, "looked at, the lot has failed"
    assert all(bid.total is None and bid.key is None for bid in bids(app))


def test_looking_at_the_check_page_opens_nothing(app: Flask) -> None:
    trade = closed(app, "4700000", "4800000", "4900000")
    trade.hand_in()
    browser = client_as(app, trade.people["owner"])
    page = send_form(browser, f"/lots/{trade.code}/open-bids")
    assert page.status_code == 200 and "第1建设" not in page.text
    assert all(bid.total is None and bid.key is None for bid in bids(app))
    done = send_form(browser, f"/lots/{trade.code}/open-bids", {"confirmed": "true"})
    assert done.status_code == 303
    assert all(bid.total for bid in bids(app))
