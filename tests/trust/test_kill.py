"""kill -9 in a rush of bids 断电试验: what was acknowledged is there, once; what was not is there or is not."""

from __future__ import annotations

import hashlib
import json

import pytest
from flask import Flask

from tests.trust.rush import crowd, in_turn, jobs_of, sound, start

pytestmark = pytest.mark.slow

LATEST = 120
SIZES = [
    pytest.param(10, id="small"),
    pytest.param(200, id="full", marks=pytest.mark.heavy),
]


def after(kill: int) -> int:
    """How many statements of a child pass before it is killed: another number each time, the same in every run."""
    return 1 + int.from_bytes(hashlib.sha256(f"kill {kill}".encode()).digest()[:4], "big") % LATEST


@pytest.mark.parametrize("kills", SIZES)
def test_no_acknowledged_bid_is_lost_when_a_worker_is_killed_at_any_moment(app: Flask, kills: int) -> None:
    bidders = 10 + kills // 4
    trade = crowd(app, bidders)
    each = 1 + 4 * (kills + 10) // bidders
    jobs = in_turn([jobs_of(trade, f"crowd{number}", each) for number in range(bidders)])
    acknowledged: dict[str, dict[str, str]] = {}
    killed = 0
    for kill in range(kills):
        rest = [job for job in jobs if job.envelope not in acknowledged]
        child, marks = start(app, trade.clock, trade.code, rest, marks=True), 0
        for told in child.listen():
            if told == b"statement":
                marks += 1
                if marks == after(kill):
                    child.process.kill()
            elif told != b"done":
                heard = json.loads(told)
                assert heard["status"] == 200, heard
                acknowledged[heard["envelope"]] = heard["body"]
        child.process.join()
        killed += child.process.exitcode == -9
    recorded = sound(app, trade.code, acknowledged)
    assert killed == kills
    print(f"{kills} kills, {len(acknowledged)} acknowledged, 0 lost, 0 doubled, {recorded} on record")
    assert recorded >= len(acknowledged) > kills // 2
