"""Objections 异议: in time they hold the lot until answered, late they hold nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, offer, people
from trading.beijing import beijing
from trading.codelists import Status
from trading.database import db
from trading.models import LedgerEntry, Message, Notice, Stop

DOCUMENTS = {"target": "documents", "text": "资格条件设置过高"}
ANSWER = {"answer": "资格条件符合国家规定，不作调整", "upheld": False}


@pytest.fixture
def published(app: Flask) -> Trade:
    """A lot published on 2 March whose bids close on 27 March, 09:30."""
    return a_lot(app, people(app))


def day(trade: Trade, text: str) -> None:
    """Put the clock to a Beijing moment."""
    trade.clock.set(datetime.fromisoformat(f"{text}+08:00"))


@pytest.mark.parametrize(
    ("moment", "status", "in_time"),
    [
        ("2026-03-17T23:59:59", "suspended", True),
        ("2026-03-18T00:00:00", "published", False),
        ("2026-03-16T10:00:00", "suspended", True),
        ("2026-03-27T09:29:59", "published", False),
    ],
)
def test_ten_days_before_the_deadline_an_objection_suspends(
    published: Trade, moment: str, status: str, in_time: bool
) -> None:
    day(published, moment)
    answer = published.step("bidder1", "object", DOCUMENTS)
    assert answer["status"] == status
    assert answer["facts"]["in_time"] is in_time and answer["facts"]["suspends"] is in_time


def test_the_answer_resumes_the_lot_with_the_time_that_was_left(app: Flask, published: Trade) -> None:
    day(published, "2026-03-10T10:00:00")
    objection = published.step("bidder1", "object", DOCUMENTS)["facts"]["objection"]
    published.step("bidder2", "submit-bid", offer("4700000"), 409)
    published.clock.advance(timedelta(days=2, hours=3))
    answer = published.step("owner", f"answer-objection/{objection}", ANSWER)
    assert answer["status"] == "published"
    assert beijing(published.deadline()).isoformat() == "2026-03-29T12:30:00+08:00"
    published.step("bidder2", "submit-bid", offer("4700000"))
    with app.app_context():
        stop = db.session.scalars(select(Stop)).one()
        assert stop.ended_at is not None and stop.deadline_after == published.deadline()
        chain = db.session.scalars(select(LedgerEntry.kind).where(LedgerEntry.chain == published.code)).all()
        assert {"tender.suspended", "tender.resumed", "objection.raised", "objection.answered"} <= set(chain)
        told = db.session.scalars(select(Message).where(Message.subject_zh == "异议答复")).one()
        assert told.organization_id == published.people["bidder1"].organization_id
    published.step("owner", f"answer-objection/{objection}", ANSWER, 422)


def test_the_lot_resumes_with_the_last_answer_and_not_before(published: Trade) -> None:
    day(published, "2026-03-10T10:00:00")
    first = published.step("bidder1", "object", DOCUMENTS)["facts"]["objection"]
    second = published.step("bidder2", "object", DOCUMENTS)["facts"]["objection"]
    assert published.step("owner", "resume", {"reason": "已答复"}, 422)["reason"] == "objection_waits"
    assert published.step("owner", f"answer-objection/{first}", ANSWER)["status"] == "suspended"
    assert published.step("owner", f"answer-objection/{second}", ANSWER)["status"] == "published"


def test_a_suspended_lot_is_not_closed_by_the_clock(app: Flask, published: Trade) -> None:
    day(published, "2026-03-17T10:00:00")
    objection = published.step("bidder1", "object", DOCUMENTS)["facts"]["objection"]
    published.clock.set(published.deadline() + timedelta(hours=1))
    published.tick()
    with app.app_context():
        assert published.lot().status is Status.SUSPENDED
    assert published.step("owner", f"answer-objection/{objection}", ANSWER)["status"] == "published"
    with app.app_context():
        assert published.deadline() > published.clock.now()


def test_before_the_opening_the_owner_does_not_learn_who_objects(app: Flask, published: Trade) -> None:
    day(published, "2026-03-10T10:00:00")
    objection = published.step("bidder3", "object", DOCUMENTS)["facts"]["objection"]
    owner = client_as(app, published.people["owner"])
    page = owner.get(f"/lots/{published.code}/answer-objection/{objection}")
    assert page.status_code == 200 and "资格条件设置过高" in page.text
    assert "第3建设" not in page.text
    with app.app_context():
        texts = [one.text for one in db.session.scalars(select(Notice))]
        assert not any("第3建设" in text for text in texts)


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("owner", DOCUMENTS, 403),
        ("expert1", DOCUMENTS, 403),
        ("bidder1", {"target": "result", "text": "x"}, 422),
        ("bidder1", {"target": "opening", "text": "x"}, 422),
        ("bidder1", {"target": "weather", "text": "x"}, 400),
        ("bidder1", {"target": "documents", "text": ""}, 400),
    ],
)
def test_what_cannot_be_objected_to_here(published: Trade, who: str, body: dict[str, Any], status: int) -> None:
    published.step(who, "object", body, status)


def test_the_opening_is_objected_to_on_the_spot_by_bidders_and_must_be_answered(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.OPENED)
    spot = {"target": "opening", "text": "唱标工期有误"}
    assert trade.step("bidder5", "object", spot, 422)["reason"] == "not_a_bidder"
    objection = trade.step("bidder1", "object", spot)["facts"]["objection"]
    trade.clock.advance(timedelta(minutes=10))
    refused = trade.step("owner", "close-opening-record", status=422)
    assert "R10.C10" in {one["id"] for one in refused["conditions"]}
    trade.step("owner", f"answer-objection/{objection}", ANSWER)
    assert trade.step("owner", "close-opening-record")["status"] == "opened"
    assert trade.step("bidder1", "object", spot, 422)["reason"] == "record_closed"


def test_somebody_elses_objection_is_not_found(app: Flask, published: Trade) -> None:
    published.step("owner", "answer-objection/00000000000000000000", ANSWER, 404)
    published.step("bidder1", "answer-objection/00000000000000000000", ANSWER, 403)
