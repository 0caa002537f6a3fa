"""The gate of submission 递交闸口: who was admitted before the deadline is answered before bidding closes."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import a_lot, people
from trading.codelists import Status
from trading.database import db
from trading.models import LedgerEntry
from trading.workflow.gate import Gate

PATIENCE = 10.0
LOT = "BD-2026-0042"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """A gate of one test."""
    return Gate(tmp_path / "gate", longest=PATIENCE)


def test_many_are_admitted_at_the_same_time(gate: Gate) -> None:
    with gate.admitted(LOT), gate.admitted(LOT), gate.admitted(LOT):
        pass
    with gate.closing(LOT) as answered:
        assert answered


def test_closing_waits_for_whoever_is_inside(gate: Gate) -> None:
    order: list[str] = []
    inside, waiting = threading.Event(), threading.Event()

    def bidder() -> None:
        with gate.admitted(LOT):
            inside.set()
            assert waiting.wait(PATIENCE)
            order.append("answered")

    def closer() -> None:
        waiting.set()
        with gate.closing(LOT) as answered:
            assert answered
            order.append("closed")

    threads = [threading.Thread(target=bidder)]
    threads[0].start()
    assert inside.wait(PATIENCE)
    threads.append(threading.Thread(target=closer))
    threads[1].start()
    for one in threads:
        one.join(PATIENCE)
    assert order == ["answered", "closed"]


def test_whoever_comes_while_closing_waits_is_not_let_in_before_it(gate: Gate) -> None:
    order: list[str] = []
    with gate.closing(LOT) as answered:
        assert answered

        def late() -> None:
            with gate.admitted(LOT):
                order.append("late")

        thread = threading.Thread(target=late)
        thread.start()
        order.append("closed")
    thread.join(PATIENCE)
    assert order == ["closed", "late"]


def test_one_lot_does_not_wait_for_another(gate: Gate) -> None:
    with gate.admitted(LOT), gate.closing("../other lot") as answered:
        assert answered


def test_after_the_longest_wait_it_closes_all_the_same_and_says_so(tmp_path: Path) -> None:
    gate = Gate(tmp_path / "gate", longest=0.0)
    with gate.admitted(LOT), gate.closing(LOT) as answered:
        assert not answered


def test_a_wait_beyond_its_limit_is_an_incident_on_record(app: Flask) -> None:
    trade = a_lot(app, people(app), totals=[])
    gate = app.extensions["tools"].gate
    object.__setattr__(gate, "longest", 0.0)
    trade.clock.set(trade.deadline())
    with gate.admitted(trade.code):
        trade.tick()
    object.__setattr__(gate, "longest", 120.0)
    with app.app_context():
        assert trade.lot().status in (Status.BID_CLOSED, Status.FAILED)
        query = select(LedgerEntry.chain, LedgerEntry.body).where(LedgerEntry.kind == "incident")
        ((chain, body),) = db.session.execute(query)
    assert chain == "@log" and json.loads(body or "")["tender"] == trade.code
