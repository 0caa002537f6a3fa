"""Several lots with a limit 多标段限制: awarded in the published order; who has won enough is passed over by rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import STAGES, Trade, people
from tests.phases import variants
from tests.phases.papers import project
from trading.codelists import Status
from trading.database import db
from trading.models import Award, Notice

OFFERS = {"bidder1": {"total": "2300000"}, "bidder2": {"total": "2400000"}, "bidder3": {"total": "2450000"}}
LOTS = [
    {"title": title, "category": "construction", "estimate": "2500000", "scope": f"{title}管网施工"}
    for title in ("一标段", "二标段")
]
TERMS = {"terms": {"budget": "2500000", "ceiling": "2500000", "bond": "50000"}}


@pytest.fixture
def pair(app: Flask) -> tuple[Trade, Trade]:
    """Two lots of one project whose methods are fixed."""
    first = Trade(app, people(app))
    codes = first.send("owner", "/projects", project(lots=LOTS), 201)["lots"]
    first.code, second = codes[0], Trade(app, people(app), codes[1])
    for trade in (first, second):
        for status in (Status.REGISTERED, Status.FILED, Status.METHOD_FIXED):
            STAGES[status](trade, TERMS)
    return first, second


def publicized(first: Trade, second: Trade) -> None:
    """Both lots from the notice to the end of publicity, each with the same three bidders in the same order."""
    for trade in (first, second):
        variants.publish(trade)
        variants.committed(trade)
    first.clock.advance(timedelta(days=6))
    for trade in (first, second):
        variants.handed_in(trade, OFFERS)
    first.clock.set(first.deadline())
    first.tick()
    for trade in (first, second):
        STAGES[Status.OPENED](trade, {})
    first.clock.advance(timedelta(minutes=15))
    for trade in (first, second):
        trade.step("owner", "close-opening-record")
        variants.drawn(trade)
        variants.evaluated(trade)
    first.clock.advance(timedelta(hours=20))
    for trade in (first, second):
        trade.step("owner", "publicize", variants.CHECKED)
    with second.app.app_context():
        until = second.lot().publicity_until
    assert until is not None
    first.clock.set(until + timedelta(hours=9))


def winner(trade: Trade) -> dict[str, Any]:
    """Who won a lot, at which rank and why."""
    with trade.app.app_context():
        award = db.session.scalars(select(Award).where(Award.lot_id == trade.lot().id)).one()
        return {"name": award.organization.name, "rank": award.rank, "reason": award.reason}


def test_the_next_candidate_wins_the_second_lot_by_rule(pair: tuple[Trade, Trade]) -> None:
    first, second = pair
    first.step("owner", "limit-lots", {"most": 1, "order": "1,2"})
    publicized(first, second)
    with first.app.app_context():
        texts = db.session.scalars(select(Notice.text).where(Notice.kind == "tender")).all()
        assert all("最多可以中标1个标段" in text for text in texts)
    assert second.step("owner", "confirm", status=422)["reason"] == "out_of_order"
    first.step("owner", "confirm")
    assert winner(first)["name"] == "第1建设有限公司"
    assert second.step("owner", "confirm", {"rank": "1"}, 422)["reason"] == "limit_reached"
    second.step("owner", "confirm")
    told = winner(second)
    assert (told["name"], told["rank"]) == ("第2建设有限公司", 2)
    assert told["reason"] == "lot_limit：第1建设有限公司已中标1个标段"
    second.step("owner", "award")


def test_without_a_limit_the_first_wins_both(pair: tuple[Trade, Trade]) -> None:
    first, second = pair
    publicized(first, second)
    second.step("owner", "confirm")
    first.step("owner", "confirm")
    assert winner(first)["rank"] == winner(second)["rank"] == 1


@pytest.mark.parametrize("order", ["1", "1,1", "1,3", "一,二", "1,2,3"])
def test_the_order_names_every_lot_once(pair: tuple[Trade, Trade], order: str) -> None:
    assert "order" in pair[0].step("owner", "limit-lots", {"most": 1, "order": order}, 400)["fields"]


def test_once_a_lot_is_published_no_limit_is_set(pair: tuple[Trade, Trade]) -> None:
    first, second = pair
    variants.publish(first)
    assert second.step("owner", "limit-lots", {"most": 1, "order": "1,2"}, 422)["reason"] == "published"


def test_the_owner_cannot_claim_the_limit_for_one_who_has_not_reached_it(pair: tuple[Trade, Trade]) -> None:
    first, second = pair
    first.step("owner", "limit-lots", {"most": 2, "order": "1,2"})
    publicized(first, second)
    claim = {"rank": "2", "ground": "lot_limit", "explanation": "已中标"}
    assert "ground" in first.step("owner", "confirm", claim, 400)["fields"]
