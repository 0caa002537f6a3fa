"""Suspension, termination, failure, retender and alarms 中止、终止、流标、重新招标、预警."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, bank_line, client_as, offer, people
from tests.phases.papers import paper
from trading.codelists import Severity, Status
from trading.database import db, transaction
from trading.models import Alarm, BankLine, LedgerEntry, Lot, Message

ORDER = {"ground": "order", "reason": "调查需要"}


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def test_an_order_suspends_and_only_the_supervisor_lifts_it(published: Trade) -> None:
    published.step("owner", "suspend", ORDER, 403)
    before = published.deadline()
    published.step("supervisor", "suspend", ORDER)
    published.step("supervisor", "suspend", ORDER, 409)
    published.clock.advance(timedelta(days=3))
    published.step("owner", "resume", {"reason": "继续"}, 403)
    assert published.step("supervisor", "resume", {"reason": "调查结束"})["status"] == "published"
    assert published.deadline() == before + timedelta(days=3)


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("centre", ORDER, 403),
        ("owner", {"ground": "objection", "reason": "x"}, 400),
        ("owner", {"ground": "mood", "reason": "x"}, 400),
        ("owner", {"ground": "force_majeure", "reason": ""}, 400),
        ("owner", {"ground": "force_majeure", "reason": "洪水"}, 200),
    ],
)
def test_only_listed_grounds_suspend(published: Trade, who: str, body: dict[str, Any], status: int) -> None:
    published.step(who, "suspend", body, status)


def test_at_the_deadline_second_a_lot_is_not_suspended_behind_the_clock(published: Trade) -> None:
    published.clock.set(published.deadline())
    assert published.step("supervisor", "suspend", ORDER, 422)["reason"] == "deadline_passed"
    published.clock.advance(timedelta(seconds=-1))
    published.step("supervisor", "suspend", ORDER)


def test_a_termination_is_announced_and_pays_back_at_once(app: Flask, published: Trade) -> None:
    published.step("bank", "receive-bank-lines", {"lines": [bank_line(1, published.code, published.clock.now())]})
    published.step("bidder1", "submit-bid", offer("4700000"))
    ended = published.step("owner", "terminate", {"ground": "owner_cause", "reason": "规划调整"})
    assert ended["status"] == "terminated"
    with app.app_context():
        assert db.session.scalars(select(BankLine.refund_due_at)).one() == published.clock.now()
        told = db.session.scalars(select(Message).where(Message.subject_zh == "交易终止")).all()
        assert published.people["bidder1"].organization_id in {one.organization_id for one in told}
    published.step("owner", "terminate", {"ground": "owner_cause", "reason": "x"}, 409)


def test_an_idle_owner_is_reminded_first(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.clock.advance(timedelta(days=91))
    idle = {"ground": "owner_idle", "reason": "逾期未推进"}
    trade.step("supervisor", "terminate", idle, 400)
    trade.step("supervisor", "terminate", idle | {"reminded_on": "2026-06-01"}, 422)
    trade.step("supervisor", "terminate", idle | {"reminded_on": "2026-05-24"})


def test_two_bidders_fail_the_lot_by_the_clock_and_it_is_retendered(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.FAILED)
    with app.app_context():
        lot = trade.lot()
        assert lot.status is Status.FAILED and "R10.C7" in (lot.ended_reason or "")
        body = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "tender.failed")).one()
        assert '"condition":"R10.C7"' in (body or "")
        assert all(one.refund_due_at for one in db.session.scalars(select(BankLine)))
    trade.step("owner", "open-bids", status=409)
    trade.step("owner", "retender", {}, 400)
    code = trade.step("owner", "retender", {"remedy": "放宽工期并延长公告期"})["facts"]["code"]
    assert code == f"{trade.code}-R2"
    trade.step("owner", "retender", {"remedy": "再来"}, 422)
    with app.app_context():
        first, again = trade.lot(), db.session.scalars(select(Lot).where(Lot.code == code)).one()
        assert again.status is Status.DRAFT and again.attempt == 2 and again.previous_id == first.id
        assert again.bid_deadline is None and again.published_at is None
    again_trade = Trade(app, trade.people, code)
    again_trade.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper("funds.pdf")]})
    assert again_trade.step("centre", "accept-registration")["status"] == "registered"


@pytest.mark.parametrize("bidders", [0, 1, 2, 3])
def test_three_are_enough_and_fewer_are_not(app: Flask, bidders: int) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED, totals=["4700000", "4800000", "4900000"][:bidders])
    with app.app_context():
        assert trade.lot().status is (Status.BID_CLOSED if bidders == 3 else Status.FAILED)


@pytest.mark.parametrize(
    ("ground", "status"),
    [("few_bidders", 422), ("all_rejected", 422), ("no_competition", 422), ("unlawful_documents", 200)],
)
def test_an_owner_cannot_fail_a_lot_on_a_ground_the_figures_deny(app: Flask, ground: str, status: int) -> None:
    trade = a_lot(app, people(app), Status.OPENED)
    trade.step("owner", "fail", {"ground": ground, "cause": "原因"}, status)
    trade.step("supervisor", "fail", {"ground": ground, "cause": "原因"}, 403)


def test_an_alarm_is_answered_and_closed_with_a_reason(app: Flask, published: Trade) -> None:
    with app.app_context(), transaction(db.session):
        alarm = Alarm(
            lot_id=published.lot().id, condition="R07.C16", severity=Severity.RED, expected="免费", actual="收费",
            raised_at=published.clock.now(),
        )  # fmt: skip
        db.session.add(alarm)
        db.session.flush()
        number = alarm.id
    page = client_as(app, published.people["supervisor"]).get(f"/lots/{published.code}/close-alarm/{number}")
    assert "R07.C16" in page.text
    published.step("owner", f"close-alarm/{number}", {"reason": "x"}, 403)
    published.step("owner", f"answer-alarm/{number}", {"response": "已退费"})
    published.step("supervisor", f"close-alarm/{number}", {"reason": "整改属实"})
    published.step("supervisor", f"close-alarm/{number}", {"reason": "再次"}, 422)
    published.step("owner", "answer-alarm/00000000000000000000", {"response": "x"}, 404)
