"""The opening 开标: at the deadline, never with fewer than three, whatever one bad bid does."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from pyrage import x25519
from sqlalchemy import select, update

from tests.builders import Trade, a_lot, client_as, offer, people, send_form
from trading.codelists import NoticeKind, Status
from trading.database import db, transaction
from trading.models import Bid, LedgerEntry, Notice, OpeningRecord
from trading.sealing.vault import KeyVault, OpeningPurpose
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
        assert db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "secret.read")).one()
    trade.step("owner", "open-bids", status=409)


def test_a_base_price_is_published_with_the_bids_or_nothing_is_opened(app: Flask) -> None:
    trade = closed(app, "4700000", "4800000", "4900000", terms={"base_prices": 1})
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


@pytest.mark.parametrize("harm", ["lost", "foreign", "header", "swapped"])
def test_one_bad_bid_does_not_stop_the_others(app: Flask, harm: str) -> None:
    trade = closed(app, "4700000", "4800000", "4900000")
    first, second, _third = bids(app)
    files = app.extensions["tools"].files
    changes = {
        "lost": {"ciphertext_sha256": "0" * 64},
        "foreign": {"ciphertext_sha256": files.put(b"no envelope at all")},
        "header": {"header": {}},
        "swapped": {"ciphertext_sha256": second.ciphertext_sha256, "header": second.header},
    }
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Bid).where(Bid.id == first.id).values(**changes[harm]))
    assert trade.step("owner", "open-bids")["status"] == "opened"
    bad, *good = bids(app)
    assert bad.open_failure and bad.opened_at is None and bad.total is None
    assert all(bid.opened_at and bid.total for bid in good)
    with app.app_context():
        assert len(db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "bid.rejected")).all()) == 1
    trade.clock.advance(timedelta(minutes=10))
    trade.step("owner", "close-opening-record")


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


@pytest.fixture
def key_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lots whose opening key was read."""
    read: list[str] = []
    identity = KeyVault.identity

    def seen(vault: KeyVault, lot_code: str, purpose: OpeningPurpose) -> x25519.Identity:
        read.append(lot_code)
        return identity(vault, lot_code, purpose)

    monkeypatch.setattr(KeyVault, "identity", seen)
    return read


def test_with_two_bids_the_key_is_not_even_read(app: Flask, key_reads: list[str]) -> None:
    trade = a_lot(app, people(app))
    for number in (1, 2):
        trade.step(f"bidder{number}", "submit-bid", offer("4700000"))
    trade.clock.set(trade.deadline())
    with app.app_context():
        closing = Request(trade.code, Step.CLOSE_BIDDING, None, trade.clock.now())
        take(db.session, closing, app.extensions["tools"])
    refused = trade.step("owner", "open-bids", status=422)
    assert "R10.C7" in {one["id"] for one in refused["conditions"]}
    assert key_reads == [] and all(bid.total is None for bid in bids(app))


def test_looking_at_the_check_page_opens_nothing(app: Flask, key_reads: list[str]) -> None:
    trade = closed(app, "4700000", "4800000", "4900000")
    browser = client_as(app, trade.people["owner"])
    page = send_form(browser, f"/lots/{trade.code}/open-bids")
    assert page.status_code == 200 and "第1建设" not in page.text
    assert key_reads == [] and all(bid.total is None for bid in bids(app))
    done = send_form(browser, f"/lots/{trade.code}/open-bids", {"confirmed": "true"})
    assert done.status_code == 303
    assert key_reads == [trade.code] and all(bid.total for bid in bids(app))
