"""A fault at every statement 逐语句故障: handing in, closing, shares, opening, draw and award are done or not done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, offer, people
from tests.phases.draws import diced
from tests.phases.late_lots import CODE, publicized
from tests.trust.breaking import Broken, broken_everywhere, engine_of
from trading.beijing import at, law_date
from trading.codelists import Status
from trading.database import db
from trading.ledger.log import entries_of
from trading.models import Bid, Draw, Lot, OpeningShare

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


def ready(trade: Trade, who: str, step: str, body: dict[str, Any] | None = None) -> Callable[[], Any]:
    """The one request of a step whose own work (sealing, unwrapping, signing) is done already."""
    path = f"/lots/{trade.code}/{step}"
    made = trade.signed_by(who, path, trade.worked(who, step, body or {}))
    client = client_as(trade.app, trade.people[who])
    return lambda: client.post(f"/api/v1{path}", json=made)


def kinds(app: Flask, code: str) -> Counter[str]:
    """How many entries of each kind the lot's chain has."""
    with app.app_context():
        return Counter(entry.kind for entry in entries_of(db.session, code))


def status(app: Flask, code: str) -> Status:
    """Where the lot stands."""
    with app.app_context():
        return db.session.scalars(select(Lot.status).where(Lot.code == code)).one()


def test_a_bid_is_handed_in_or_not(app: Flask) -> None:
    trade = a_lot(app, people(app))
    act = ready(trade, "bidder1", "submit-bid", offer("4700000"))

    def whole() -> bool:
        with app.app_context():
            (bid,) = db.session.scalars(select(Bid))
        return kinds(app, trade.code)["bid.received"] == 1 and bid.current and bid.leaf is not None

    assert broken_everywhere(app, act, whole) > 10
    first, again = act(), act()
    assert first.status_code == again.status_code == 200
    assert first.get_json() == again.get_json()
    assert kinds(app, trade.code)["bid.received"] == 1


def test_bidding_is_closed_or_not(app: Flask) -> None:
    trade = a_lot(app, people(app))
    for name in ("bidder1", "bidder2", "bidder3"):
        trade.step(name, "submit-bid", offer("4700000"))
    trade.clock.set(trade.deadline())

    def whole() -> bool:
        return status(app, trade.code) is Status.BID_CLOSED and kinds(app, trade.code)["tender.closed"] == 1

    assert broken_everywhere(app, trade.tick, whole) > 5


def test_shares_are_handed_in_or_not(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    act = ready(trade, "opening_officer", "hand-in-shares")

    def whole() -> bool:
        with app.app_context():
            return len(db.session.scalars(select(OpeningShare)).all()) == 3

    assert broken_everywhere(app, act, whole) > 5


def test_all_bids_are_opened_or_none(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    trade.hand_in()

    def whole() -> bool:
        with app.app_context():
            opened = all(bid.total is not None for bid in db.session.scalars(select(Bid)))
        return opened and status(app, trade.code) is Status.OPENED and kinds(app, trade.code)["bid.opened"] == 3

    act = ready(trade, "owner", "open-bids")
    assert broken_everywhere(app, act, whole) > 10


def test_a_round_is_drawn_or_not(app: Flask) -> None:
    trade = diced(app)
    trade.step("centre", "reveal-draw")
    act = ready(trade, "supervisor", "reveal-draw")

    def whole() -> bool:
        with app.app_context():
            (draw,) = db.session.scalars(select(Draw))
        found = kinds(app, trade.code)
        return found["draw.reveal"] == 2 and found["draw.result"] == 1 and len(draw.reveals[0]) == 2

    assert broken_everywhere(app, act, whole) > 10


def test_a_lot_is_awarded_or_not(app: Flask) -> None:
    trade = publicized(app, app.extensions["clock"])
    trade.clock.set(at(law_date(trade.clock.now()) + timedelta(days=4), 9))
    trade.done("owner", "confirm", {"rank": "1"})

    def whole() -> bool:
        return status(app, CODE) is Status.AWARDED and kinds(app, CODE)["award.notice"] == 1

    assert broken_everywhere(app, lambda: trade.send("owner", "award"), whole) > 10


def test_a_commit_that_fails_leaves_no_lock_behind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full just then: the next one's request is answered, on the same connection."""
    trade = a_lot(app, people(app))
    act = ready(trade, "bidder1", "submit-bid", offer("4700000"))
    dialect, failed = engine_of(app).dialect, []

    def fail(connection: Any) -> None:
        failed.append(connection)
        raise Broken("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(dialect, "do_commit", fail)
        with pytest.raises(Broken):
            act()
    assert failed and kinds(app, trade.code)["bid.received"] == 0
    assert act().status_code == 200
