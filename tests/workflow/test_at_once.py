"""Two workers at once 并发: one of them comes first, the other is told so, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, offer, people
from tests.phases.late_lots import CODE, publicized
from tests.phases.papers import paper
from trading.beijing import at, law_date
from trading.clock import StoppedClock
from trading.codelists import Status
from trading.database import db
from trading.models import Award, Bid, LedgerEntry
from trading.workflow import clockwork

pytestmark = pytest.mark.both_databases


def at_once(*calls: Callable[[], int]) -> list[int]:
    """What the calls answer when nobody waits for anybody, in ascending order."""
    gate = Barrier(len(calls), timeout=60)

    def start(call: Callable[[], int]) -> int:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(start, calls))


def post(app: Flask, users: Any, who: str, path: str, body: dict[str, Any] | None = None) -> Callable[[], int]:
    """A JSON operation in a browser of its own, to be sent later."""
    client = client_as(app, users[who])
    return lambda: client.post(f"/api/v1/lots/{path}", json=body or {}).status_code


def entries(app: Flask, code: str, kind: str) -> int:
    """How many entries of a kind the lot's record has."""
    with app.app_context():
        query = select(LedgerEntry.seq).where(LedgerEntry.chain == code, LedgerEntry.kind == kind)
        return len(db.session.scalars(query).all())


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def test_of_two_withdrawals_one_is_taken(app: Flask, published: Trade) -> None:
    published.step("bidder1", "submit-bid", offer("4700000"))
    signed = published.ready("bidder1", "withdraw-bid")
    calls = [post(app, published.people, "bidder1", f"{published.code}/withdraw-bid", signed) for _click in range(2)]
    assert at_once(*calls) == [200, 403]
    assert entries(app, published.code, "bid.withdrawn") == 1


def test_of_two_bids_signed_for_the_same_version_one_is_taken_and_the_other_signed_anew(
    app: Flask, published: Trade
) -> None:
    path = f"{published.code}/submit-bid"
    made = [published.ready("bidder1", "submit-bid", offer(total)) for total in ("4700000", "4600000")]
    assert at_once(*(post(app, published.people, "bidder1", path, one) for one in made)) == [200, 400]
    published.step("bidder1", "submit-bid", offer("4500000"))
    with app.app_context():
        rows = db.session.execute(select(Bid.version, Bid.current).order_by(Bid.version)).all()
    assert [tuple(row) for row in rows] == [(1, False), (2, True)]


def test_a_bid_sent_again_after_it_was_replaced_gets_its_own_receipt(app: Flask, published: Trade) -> None:
    made = published.ready("bidder1", "submit-bid", offer("4700000"))
    first = published.send("bidder1", f"/lots/{published.code}/submit-bid", made)
    published.step("bidder1", "submit-bid", offer("4600000"))
    again = published.send("bidder1", f"/lots/{published.code}/submit-bid", made)
    assert again["facts"]["receipt"] == first["facts"]["receipt"]
    assert entries(app, published.code, "bid.received") == 2


def test_a_bid_sent_twice_at_once_gets_one_receipt(app: Flask, published: Trade) -> None:
    made = published.ready("bidder1", "submit-bid", offer("4700000"))
    path = f"{published.code}/submit-bid"
    assert at_once(*(post(app, published.people, "bidder1", path, made) for _click in range(3))) == [200, 200, 200]
    assert entries(app, published.code, "bid.received") == 1


def test_a_double_click_on_confirm_fixes_one_winner(app: Flask, clock: StoppedClock) -> None:
    lot = publicized(app, clock)
    clock.set(at(law_date(clock.now()) + timedelta(days=4), 9))
    calls = [post(app, lot.users, "owner", f"{CODE}/confirm", {"rank": "1"}) for _click in range(2)]
    assert at_once(*calls) == [200, 409]
    assert len(lot.records(Award)) == 1
    assert entries(app, CODE, "approval.winner_fixed") == 1


def test_two_clerks_accept_a_registration_once(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.DRAFT)
    page = paper()
    trade.step("owner", "submit-registration", {"approval": [page], "funds": [page]})
    calls = [post(app, trade.people, who, f"{trade.code}/accept-registration") for who in ("centre", "centre2")]
    assert at_once(*calls) == [200, 409]


def test_bidding_closes_once_however_many_look_at_the_deadline(app: Flask, published: Trade) -> None:
    for number in (1, 2, 3):
        published.step(f"bidder{number}", "submit-bid", offer(f"4{number}00000"))
    made = published.ready("bidder4", "submit-bid", offer("4400000"))
    published.clock.set(published.deadline())
    readers = [client_as(app, published.people[who]) for who in ("owner", "bidder1", "centre")]
    late = post(app, published.people, "bidder4", f"{published.code}/submit-bid", made)
    looks = [lambda reader=reader: reader.get(f"/lots/{published.code}").status_code for reader in readers]
    found = at_once(*looks, late)
    assert found[:3] == [200, 200, 200] and found[3] in (409, 422)
    assert entries(app, published.code, "tender.closed") == 1
    with app.app_context():
        assert published.lot().status is Status.BID_CLOSED
        assert len(db.session.scalars(select(Bid.id)).all()) == 3


def test_a_clock_that_comes_second_finds_the_work_done_and_refuses_nothing(
    app: Flask, published: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        published.step(f"bidder{number}", "submit-bid", offer(f"4{number}00000"))
    published.clock.set(published.deadline())
    pending, overtaken = clockwork.pending, []

    def first_the_other(*arguments: Any) -> Any:
        """After the work is found and before it is done, another worker does it."""
        found = list(pending(*arguments))
        if not overtaken:
            overtaken.append(True)
            other = Thread(target=published.tick)
            other.start()
            other.join()
        return iter(found)

    monkeypatch.setattr(clockwork, "pending", first_the_other)
    published.tick()
    assert entries(app, published.code, "tender.closed") == 1
    assert entries(app, published.code, "step.refused") == 0
