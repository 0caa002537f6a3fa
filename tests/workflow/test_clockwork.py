"""What the clock does by itself 到期事项: to the second, once, and never in the way of a reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, offer, people, terms
from trading.codelists import Severity, Status
from trading.database import db
from trading.models import Alarm, LedgerEntry
from trading.rules import guarding
from trading.rules.rule import Condition, Source, failed
from trading.steps import Step
from trading.workflow import engine

pytestmark = pytest.mark.both_databases

BARRED = Condition(
    "R02.C99", Severity.BLOCK, "备案依据仍然有效", "the ground still stands", frozenset({Step.FILING_LAPSES}),
    (Source("试验"),), lambda _case: failed("有效", "失效", "valid", "gone"),
)  # fmt: skip


@pytest.fixture
def filed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Trade:
    """A filing whose time for an answer is over and that a condition does not let lapse."""
    monkeypatch.setattr(engine, "guarding", lambda step: (*guarding(step), *([BARRED] * (step in BARRED.steps))))
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.step("owner", "prepare-terms", terms())
    trade.step("owner", "file-conditions")
    trade.clock.advance(timedelta(days=30))
    return trade


def test_what_the_rules_bar_stays_due_is_on_record_once_and_bars_no_reader(app: Flask, filed: Trade) -> None:
    owner = client_as(app, filed.people["owner"])
    for _look in range(3):
        assert owner.get(f"/lots/{filed.code}").status_code == 200
    filed.tick()
    with app.app_context():
        lot = filed.lot()
        assert lot.status is Status.REGISTERED
        kinds = db.session.scalars(select(LedgerEntry.kind).where(LedgerEntry.chain == filed.code)).all()
        assert kinds.count("step.refused") == 1
        alarm = db.session.scalars(select(Alarm).where(Alarm.lot_id == lot.id)).one()
        assert (alarm.condition, alarm.about, alarm.severity) == ("R02.C99", "filing_lapses", Severity.RED)
        assert (alarm.should_be("zh"), alarm.was("en")) == ("有效", "gone")


def test_by_json_alone_bids_are_opened_after_the_deadline(app: Flask) -> None:
    trade = a_lot(app, people(app))
    for number in (1, 2, 3):
        trade.step(f"bidder{number}", "submit-bid", offer(f"4{number}00000"))
    trade.clock.set(trade.deadline())
    for login in ("opening_officer", "officer3"):
        trade.step(login, "hand-in-shares")
    assert trade.step("owner", "open-bids")["status"] == "opened"


def test_a_bid_at_the_deadline_is_refused_by_the_rule_not_by_the_status(app: Flask) -> None:
    trade = a_lot(app, people(app))
    made = trade.ready("bidder1", "submit-bid", offer("1"))
    trade.clock.set(trade.deadline())
    answer = client_as(app, trade.people["bidder1"]).post(f"/api/v1/lots/{trade.code}/submit-bid", json=made)
    assert answer.status_code == 422
    assert "R10.C1" in [one["id"] for one in answer.get_json()["conditions"]]
