"""A draw that waits for the public beacon 等待公开随机信标: its round fixed in advance, out after the last value."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.draws import carry_to_opening, dice, invited, plan, reveal
from trading.beijing import beijing
from trading.database import db
from trading.experts import beacon, draw, recorded
from trading.models import Draw, LedgerEntry
from trading.workflow.draw_record import fixed_of, rounds_of, selected_json

SIGNATURE = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
HOURS = timedelta(hours=2)


def local(trade: Trade, later: timedelta) -> str:
    """So long after the deadline, as a form tells it."""
    return beijing(trade.deadline() + later).replace(tzinfo=None).isoformat()


def waiting(app: Flask) -> Trade:
    """A lot whose draw waits for a round two hours after the deadline, with the dice on record."""
    trade = a_lot(app, people(app))
    early = trade.step("owner", "plan-draw", plan(trade, beacon_at=local(trade, timedelta(0))), 400)
    assert "beacon_at" in early["fields"]
    trade.step("owner", "plan-draw", plan(trade, beacon_at=local(trade, HOURS)))
    for who in ("centre", "supervisor"):
        trade.step(who, "commit-draw")
    carry_to_opening(trade)
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    dice(trade)
    return trade


def entered(trade: Trade, status: int = 200, **changed: Any) -> dict[str, Any]:
    """The centre types the round's signature in."""
    return trade.step("centre", "enter-beacon", {"signature": SIGNATURE} | changed, status)


def test_the_result_waits_for_the_announced_round_and_depends_on_it(app: Flask) -> None:
    trade = waiting(app)
    entered(trade, 422)
    reveal(trade)
    assert invited(trade) == []
    room = client_as(app, None).get(f"/api/v1/lots/{trade.code}/draw-room").get_json()["draws"][0]
    assert room["next"]["step"] == "enter_beacon" and "enter_beacon" in [one["step"] for one in room["steps"]]
    entered(trade, 422)
    trade.clock.set(trade.deadline() + HOURS + timedelta(seconds=3))
    for wrong in (SIGNATURE.upper(), SIGNATURE[2:], SIGNATURE + "00", "", None):
        entered(trade, 400, signature=wrong)
    trade.step("owner", "enter-beacon", {"signature": SIGNATURE}, 403)
    entered(trade)
    assert len(invited(trade)) == 4
    entered(trade, 422)
    with app.app_context():
        one, lot = db.session.scalars(select(Draw)).one(), trade.lot()
        entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "draw.beacon")).one()
        body = json.loads(entry.body)
        assert body == {
            "draw": one.name, "type": "drand-quicknet", "chain": beacon.CHAIN, "round": one.rules["beacon"]["round"],
            "signature": SIGNATURE, "value": beacon.value_of(SIGNATURE),
        }  # fmt: skip
        fixed, rounds = fixed_of(db.session, lot, one), rounds_of(db.session, one)
        (outcome,) = recorded.outcomes(
            one.rules, fixed, one.exclusions["ids"], recorded.candidates(one.pool), rounds
        )  # fmt: skip
        assert selected_json(outcome.given) == one.results[0]["selected"]
        assert draw.transcript(one.rules, fixed, rounds[0].reveals)["beacon"]["value"] == body["value"]
    assert client_as(app, trade.people["centre"]).get(f"/lots/{trade.code}/enter-beacon").status_code == 200


def test_no_value_is_revealed_once_the_beacon_is_out(app: Flask) -> None:
    trade = waiting(app)
    trade.step("centre", "reveal-draw")
    trade.clock.set(trade.deadline() + HOURS)
    refused = trade.step("supervisor", "reveal-draw", status=422)
    assert "beacon" in json.dumps(refused) or "信标" in refused["message"]
    trade.step("supervisor", "abort-draw", {"reason": "信标已公布", "blame": "none"})
