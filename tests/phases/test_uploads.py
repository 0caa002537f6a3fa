"""Uploads of ciphertexts 密文上传: in chunks, resumed, each organisation its own, and they decide nothing."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.builders import Trade, a_lot, client_as, people
from trading.database import db, transaction
from trading.phases.process_supervision.bids import uploads


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def put(trade: Trade, who: str | None, sha256: str, data: bytes, span: str) -> TestResponse:
    """One chunk."""
    browser = client_as(trade.app, trade.people[who] if who else None)
    return browser.put(
        f"/api/v1/lots/{trade.code}/uploads/{sha256}", data=data, headers={"Content-Range": f"bytes {span}"}
    )


def state(trade: Trade, who: str, sha256: str) -> Any:
    """How far an upload is."""
    return client_as(trade.app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/uploads/{sha256}").get_json()


def test_a_broken_upload_goes_on_where_it_stopped(app: Flask, published: Trade) -> None:
    data = bytes(range(256)) * 4
    name = hashlib.sha256(data).hexdigest()
    assert state(published, "bidder1", name)["received"] == 0
    assert put(published, "bidder1", name, data[:100], "0-99/1024").status_code == 200
    gap = put(published, "bidder1", name, data[200:300], "200-299/1024")
    assert gap.status_code == 409 and gap.get_json()["received"] == 100 and not app.extensions["tools"].files.has(name)
    assert state(published, "bidder1", name) == {"received": 100, "total": 1024, "complete": False}
    assert put(published, "bidder1", name, data[:100], "0-99/1024").status_code == 200
    assert put(published, "bidder1", name, data[100:], "100-1023/1024").status_code == 201
    assert app.extensions["tools"].files.get(name) == data
    assert put(published, "bidder1", name, data[100:], "100-1023/1024").status_code == 201


def test_an_upload_that_is_not_what_it_was_called_begins_anew(app: Flask, published: Trade) -> None:
    name = hashlib.sha256(b"right").hexdigest()
    assert put(published, "bidder1", name, b"wrong", "0-4/5").status_code == 400
    assert state(published, "bidder1", name)["received"] == 0
    assert put(published, "bidder1", name, b"right", "0-4/5").status_code == 201


@pytest.mark.parametrize(
    "span", ["0-4/5 ", "0-5/5", "0-3/5", "5-9/5", "-1-3/5", "0-4/4", "4-0/5", "0-4/99999999999999", "x", "", "0-4/*"]
)
def test_a_chunk_that_is_not_what_it_announces_is_not_taken(published: Trade, span: str) -> None:
    name = hashlib.sha256(b"right").hexdigest()
    assert put(published, "bidder1", name, b"right", span).status_code == 400


@pytest.mark.parametrize("name", ["00", "G" * 64, "A" * 64, "0" * 65])
def test_a_chunk_under_no_hash_is_not_taken(published: Trade, name: str) -> None:
    assert put(published, "bidder1", name, b"right", "0-4/5").status_code == 400


def test_a_bid_may_be_so_large_and_no_larger(app: Flask, published: Trade) -> None:
    with app.app_context():
        most = int(app.extensions["tools"].values(published.lot(), published.clock.now())["bid_megabytes"]) * 2**20
    name = hashlib.sha256(b"right").hexdigest()
    assert put(published, "bidder1", name, b"right", f"0-4/{most + 1}").status_code == 400
    assert put(published, "bidder1", name, b"right", f"0-4/{most}").status_code == 200


def test_an_organisation_has_only_so_much_on_its_way(app: Flask, published: Trade) -> None:
    with app.app_context():
        most = int(app.extensions["tools"].values(published.lot(), published.clock.now())["bid_megabytes"]) * 2**20
    names = [hashlib.sha256(bytes([number])).hexdigest() for number in range(5)]
    answers = [put(published, "bidder1", name, b"right", f"0-4/{most}").status_code for name in names]
    assert answers == [200, 200, 200, 200, 422]
    assert put(published, "bidder2", names[0], b"right", f"0-4/{most}").status_code == 200


def test_uploads_are_bidders_alone_and_each_its_own(published: Trade) -> None:
    name = hashlib.sha256(b"right").hexdigest()
    for who in ("owner", "centre", "administrator", "opening_officer", "expert1"):
        assert put(published, who, name, b"right", "0-4/5").status_code == 403
    assert put(published, None, name, b"right", "0-4/5").status_code in (401, 403)
    assert put(published, "bidder1", name, b"ri", "0-1/5").status_code == 200
    assert state(published, "bidder2", name)["received"] == 0


def test_what_nobody_finished_is_dropped_after_a_week_and_what_came_whole_stays(app: Flask, published: Trade) -> None:
    half, whole = hashlib.sha256(b"right").hexdigest(), hashlib.sha256(b"whole").hexdigest()
    put(published, "bidder1", half, b"ri", "0-1/5")
    put(published, "bidder1", whole, b"whole", "0-4/5")
    folder = app.config["TRADING_DATA_DIR"]
    for days, dropped in ((7, 0), (1, 1), (1, 0)):
        published.clock.advance(timedelta(days=days))
        with app.app_context(), transaction(db.session):
            assert uploads.forget(db.session, folder, published.clock.now()) == dropped
    assert list((folder / "uploads").iterdir()) == []
    assert app.extensions["tools"].files.has(whole)
