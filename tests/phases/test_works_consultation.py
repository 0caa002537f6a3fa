"""Small works by consultation 小型工程竞争性磋商: by the owner's choice, from registration to a published winner."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.phases import negotiations as n
from tests.phases import variants
from trading.codelists import ProjectType, Status

SMALL = {
    "estimate_total": "2000000",
    "lots": [{"title": "一标段", "category": "construction", "estimate": "1000000", "scope": "村级蓄水池整修"}],
}  # fmt: skip


def test_small_works_are_consulted_about_and_their_candidates_published(app: Flask) -> None:
    terms = {"budget": "1000000", "ceiling": "1000000", "bond": "20000"}
    trade = n.preparing.registered(app, ProjectType.WORKS, project=SMALL)
    n.preparing.prepare(trade, ProjectType.WORKS, terms=terms)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    chosen = {"method": "consultation", "ground": "consultation_small_works", "reasons": "规模小，需磋商施工方案"}
    trade.step("owner", "fix-method", chosen)
    trade.step("owner", "announce", n.notice(trade))
    trade.step("owner", "plan-draw", {k: v for k, v in n.plan(trade, 5).items() if k not in ("complex", "wide_effect")})
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    n.closed(trade, n.FIRST)
    trade.step("owner", "open-bids")
    n.draws.close_record(trade)
    members = n.seated(trade)
    n.final(trade, members[0])
    n.evaluated(trade, members, by_points=False)
    trade.clock.advance(timedelta(hours=20))
    trade.step("owner", "publicize", variants.CHECKED)
    with app.app_context():
        until = trade.lot().publicity_until
    assert until is not None
    trade.clock.set(until + timedelta(hours=9))
    n.awarded(trade)
    assert n.winner(trade) == "bidder1"
    assert n.standing(trade) is Status.AWARDED
