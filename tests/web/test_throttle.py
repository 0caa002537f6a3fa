"""The rate at the door 频次限制: registrations and contacts of one address, bids of one bidder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import PASSWORD, Trade, a_lot, offer, people, send_form
from tests.portal.records import make_lots
from trading.clock import StoppedClock
from trading.config import settings
from trading.database import db
from trading.errors import NotConfigured
from trading.models import Bid, Holder, LedgerEntry
from trading.values import load

NUMBERS = load()


def bound(app: Flask, name: str) -> int:
    """A number of the door as it is in force on the day of the test."""
    return int(NUMBERS.on(app.extensions["clock"].now().date())[name])


def test_one_address_registers_so_many_times_an_hour_whether_or_not_it_succeeds(app: Flask) -> None:
    people(app)
    body = {
        "uscc": "914403001922038216", "name": "峡江建设有限公司", "legal_representative": "李四", "person_name": "张三",
        "person": "P-NEWCOMER", "login": "newcomer", "password": PASSWORD, "contact_name": "张三",
        "contact_phone": "13800000000", "bank_name": "农商行", "basic_account": "62220001",
    }  # fmt: skip

    def register(**how: Any) -> int:
        return app.test_client().post("/api/v1/register", json=body, **how).status_code

    most = bound(app, "registrations_address")
    assert [register() for _time in range(most)] == [200, *[400] * (most - 1)]
    assert register() == 429
    assert register(environ_base={"REMOTE_ADDR": "192.0.2.7"}) == 400
    browser = app.test_client()
    assert browser.post("/api/v1/login", json={"login": "owner", "password": PASSWORD}).status_code == 200
    page = send_form(app.test_client(), "/register", body)
    assert page.status_code == 429 and "一小时" in page.text
    app.extensions["clock"].advance(timedelta(hours=1))
    assert register() == 400


def test_one_address_leaves_so_many_contacts_an_hour(app: Flask) -> None:
    (code,) = make_lots(app, {})
    client = app.test_client()
    most = bound(app, "contacts_address")
    for number in range(most):
        answer = client.post(f"/api/v1/lots/{code}/holders", json={"contact": f"a{number}@example.com"})
        assert answer.status_code == 201
    assert client.post(f"/api/v1/lots/{code}/holders", json={"contact": "z@example.com"}).status_code == 429
    page = send_form(app.test_client(), f"/lots/{code}/documents", {"contact": "z@example.com"})
    assert page.status_code == 429 and "一小时" in page.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Holder)) == most


def test_a_bidder_in_haste_is_stopped_at_the_door_and_nothing_is_put_on_record(app: Flask) -> None:
    trade: Trade = a_lot(app, people(app))
    most = bound(app, "bids_an_hour")
    for _time in range(most):
        trade.step("bidder1", "submit-bid", offer("4700000"))
    trade.step("bidder1", "submit-bid", offer("4700000"), 429)
    trade.step("bidder2", "submit-bid", offer("4800000"))
    trade.clock.advance(timedelta(hours=1))
    trade.step("bidder1", "submit-bid", offer("4600000"))
    with app.app_context():
        bids = db.session.scalars(select(Bid).where(Bid.current)).all()
        assert sorted(one.version for one in bids) == [1, most + 1]
        assert db.session.scalars(select(LedgerEntry.seq).where(
            LedgerEntry.kind == "step.refused")).all() == []  # fmt: skip


@pytest.mark.parametrize(("proxies", "seen"), [(0, 429), (1, 201)])
def test_behind_a_proxy_the_address_is_the_readers_own(
    make_app: Callable[..., Flask], database_url: str, tmp_path: Path, clock: StoppedClock, proxies: int, seen: int
) -> None:
    app = make_app(database_url, tmp_path / "data", clock, TRADING_PROXIES=proxies)
    (code,) = make_lots(app, {})
    client = app.test_client()
    for number in range(bound(app, "contacts_address")):
        client.post(f"/api/v1/lots/{code}/holders", json={"contact": f"a{number}@example.com"})
    from_elsewhere = {"X-Forwarded-For": "192.0.2.7"}
    answer = client.post(f"/api/v1/lots/{code}/holders", json={"contact": "z@example.com"}, headers=from_elsewhere)
    assert answer.status_code == seen


@pytest.mark.parametrize("given", ["-1", "10", "many", "1.5"])
def test_a_number_of_proxies_that_is_none_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(NotConfigured, match="TRADING_PROXIES"):
        settings({}, {"TRADING_MODE": "test", "TRADING_DATA_DIR": str(tmp_path), "TRADING_PROXIES": given})
