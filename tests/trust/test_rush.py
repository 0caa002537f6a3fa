"""A rush of bids with the deadline in the middle 截标高峰: none is lost, none is taken late, the count is right."""

from __future__ import annotations

import json
from datetime import timedelta
from multiprocessing.connection import wait
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.trust.rush import CONTEXT, LATE, SharedClock, crowd, in_turn, jobs_of, sound, start
from trading.codelists import Status
from trading.database import db
from trading.experts.draw import bids_root
from trading.ledger.entries import microseconds
from trading.ledger.log import entries_of
from trading.models import Bid, Lot

pytestmark = pytest.mark.slow

SIZES = [
    pytest.param(400, 3, id="small"),
    pytest.param(10_000, 8, id="full", marks=pytest.mark.heavy),
]
EACH = 20
STEP = timedelta(milliseconds=6)


@pytest.mark.both_databases
@pytest.mark.parametrize(("count", "processes"), SIZES)
def test_no_bid_is_lost_and_none_is_late_when_the_deadline_falls_into_a_rush(
    app: Flask, count: int, processes: int
) -> None:
    trade = crowd(app, count // EACH)
    deadline = trade.deadline()
    clock = SharedClock(deadline - STEP * (count // 2), STEP, CONTEXT.Value("q", 0))
    groups = [jobs_of(trade, f"crowd{number}", EACH) for number in range(count // EACH)]
    children = [start(app, clock, trade.code, in_turn(groups[one::processes])) for one in range(processes)]
    answers = hear([child.heard for child in children])
    assert [child.process.join() or child.process.exitcode for child in children] == [0] * processes
    taken = {one["envelope"]: one["body"] for one in answers if one["status"] == 200}
    refused = {one["envelope"] for one in answers if one["status"] != 200}
    assert {one["status"] for one in answers} == {200, 409, LATE}
    assert len(taken) + len(refused) == len(answers) == count
    assert sound(app, trade.code, taken) == len(taken)
    with app.app_context():
        chain = [(entry.kind, json.loads(entry.body or "")) for entry in entries_of(db.session, trade.code)]
        current = list(db.session.scalars(select(Bid.envelope).where(Bid.current.is_(True))))
        lot = db.session.scalars(select(Lot).where(Lot.code == trade.code)).one()
    kinds = [kind for kind, _body in chain]
    closed = kinds.index("tender.closed")
    late = [body for kind, body in chain if kind == "bid.received" and body["t_recv"] >= microseconds(deadline)]
    assert late == [] and "bid.received" not in kinds[closed:]
    assert {body["envelope"] for kind, body in chain if kind == "bid.refused"} == refused
    assert all(body["t_recv"] >= microseconds(deadline) for kind, body in chain if kind == "bid.refused")
    assert chain[closed][1] == {"bids_root": bids_root(current), "count": len(current)}
    assert lot.status is Status.BID_CLOSED and len(current) == count // EACH
    print(f"{count} requests by {processes} processes: {len(taken)} taken, {len(refused)} refused, 0 lost, 0 late")


def hear(pipes: list[Any]) -> list[dict[str, Any]]:
    """Everything that all children tell, until the last has ended."""
    answers, still = [], list(pipes)
    while still:
        for pipe in wait(still):
            try:
                told = pipe.recv_bytes()
            except EOFError:
                still.remove(pipe)
                continue
            if told != b"done":
                answers.append(json.loads(told))
    return answers
