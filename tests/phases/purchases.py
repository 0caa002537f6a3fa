"""A procurement by tender carried to its committee 政府采购招标素材: bids that declare, sheets of members."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from tests.builders import STAGES, Trade, bank_line, offer
from tests.phases import draws
from tests.phases.draws import committee, standing
from tests.phases.preparing import prepared
from tests.phases.variants import checks
from tests.shelf import shelved
from trading.codelists import ProjectType, Status

FACTORS = [
    {"code": "P", "title": "价格", "kind": "price", "points": "30"},
    {"code": "T", "title": "技术方案", "kind": "subjective", "points": "50", "intervals": "0-50"},
    {"code": "R", "title": "同类业绩", "kind": "objective", "points": "20", "intervals": "每项5分"},
]


def bid(trade: Trade, *offers: dict[str, Any]) -> None:
    """Bonds and sealed bids of bidder1, bidder2 …; bidding closed."""
    trade.clock.advance(timedelta(days=6))
    now = trade.clock.now()
    lines = [bank_line(number, trade.code, now, amount="20000") for number in range(1, len(offers) + 1)]
    trade.step("bank", "receive-bank-lines", {"lines": lines})
    for number, one in enumerate(offers, 1):
        trade.step(f"bidder{number}", "submit-bid", offer(**one))
    trade.bidders = tuple(f"bidder{number}" for number in range(1, len(offers) + 1))
    trade.clock.set(trade.deadline())
    trade.tick()


@shelved
def seated(app: Flask, *offers: dict[str, Any], **terms: Any) -> Trade:
    """A procurement of goods by tender whose committee is seated; ``terms`` are changed answers of the documents."""
    trade = prepared(app, ProjectType.GP, terms={"factors": FACTORS} | terms)
    STAGES[Status.PUBLISHED](trade, {})
    trade.step("owner", "plan-draw", draws.plan(trade, complex=False, wide_effect=False))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    bid(trade, *offers)
    STAGES[Status.OPENED](trade, {})
    draws.close_record(trade)
    trade.step("owner", "check-qualification", checks(trade))
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    draws.dice(trade)
    draws.reveal(trade)
    for login in draws.invited(trade):
        trade.step(login, "accept-invitation", {"no_conflict": True})
    trade.step("centre", "seat-committee")
    room = {"opening_recorded": True, "evaluation_recorded": True, "members_at_opening": False, "kept_as": "音像8号"}
    trade.step("centre", "record-room", room)
    return trade


def sheet(trade: Trade, who: str, policies: list[dict[str, Any]] | None = None, **points: str) -> dict[str, Any]:
    """A sheet that gives every bid the same ``points`` by factor (T 40, R 10)."""
    given = {"T": "40", "R": "10"} | points
    rows = [
        {"bid": one["id"], "factor": code, "points": number}
        for one in standing(trade, who)
        for code, number in given.items()
    ]
    return {"points": rows, "policies": policies or [], "time_short": False}


def scored(trade: Trade, policies: list[dict[str, Any]] | None = None, **points: str) -> None:
    """Every member hands in the same sheet."""
    for login in committee(trade):
        trade.step(login, "score", sheet(trade, login, policies, **points))
