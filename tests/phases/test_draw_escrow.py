"""A party that keeps silent 失联一方: the officers open its escrow, never before its time, and nobody is named."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import OFFICERS, Trade, a_lot, client_as, people
from tests.phases.draws import DICE, carry_to_opening, committed, dice, diced, invited, opened, plan
from trading.database import db
from trading.experts import draw as ptdraw
from trading.models import Draw, Expert, Invitation, LedgerEntry
from trading.sealing import ptbid

LATE = timedelta(minutes=30)


def asked(trade: Trade, who: str | None, what: str, status: int = 200) -> dict[str, Any]:
    """A JSON page of the lot."""
    client = client_as(trade.app, trade.people[who] if who else None)
    answer = client.get(f"/api/v1/lots/{trade.code}/{what}")
    assert answer.status_code == status, answer.text
    return answer.get_json()


def room(trade: Trade, who: str | None = None) -> dict[str, Any]:
    """The newest draw as the room sees it."""
    return asked(trade, who, "draw-room")["draws"][0]


def share(trade: Trade, who: str) -> dict[str, Any]:
    """The officer's own work: the bundle fetched and unwrapped."""
    bundle = asked(trade, who, "escrow-bundle")
    (one,) = bundle["envelopes"]
    identity = trade.hands.identity(bundle["officer"])
    value = ptbid.unwrap(one["header"], bundle["officer"], identity).hex()
    return {"shares": [{"envelope": one["envelope"], "value": value, "fault": None}]}


def reads(trade: Trade) -> list[str]:
    """What was read of the secrets of the lot."""
    with trade.app.app_context():
        query = select(LedgerEntry.body).where(LedgerEntry.chain == trade.code, LedgerEntry.kind == "secret.read")
        return [json.loads(body)["what"] for body in db.session.scalars(query)]


def test_a_silent_partys_value_comes_from_its_escrow_after_half_an_hour(app: Flask) -> None:
    trade = diced(app)
    trade.step("centre", "reveal-draw")
    trade.clock.advance(LATE - timedelta(seconds=1))
    asked(trade, "officer3", "escrow-bundle", 422)
    anything = {"shares": [{"envelope": "0" * 64, "value": "0" * 64, "fault": None}]}
    trade.step("officer3", "hand-in-escrow", anything, status=422)
    assert room(trade)["silence"] is None
    trade.clock.advance(timedelta(seconds=1))
    told = room(trade)
    assert told["silence"]["party"] == "supervisor" and told["next"]["step"] == "reveal_draw" and told["round"] == 1
    trade.step("officer3", "hand-in-escrow", anything, status=400)
    good = share(trade, "officer3")
    wrong = [{**good["shares"][0], "value": "ab" * 32}]
    trade.step("officer3", "hand-in-escrow", {"shares": wrong}, status=400)
    trade.step("officer3", "hand-in-escrow", good)
    asked(trade, "supervisor", "draw/escrowed", 404)
    trade.step(OFFICERS[0], "hand-in-escrow", share(trade, OFFICERS[0]))
    assert room(trade)["silence"]["open"]
    asked(trade, "centre", "draw/escrowed", 404)
    asked(trade, "owner", "draw/escrowed", 403)
    given = asked(trade, "supervisor2", "draw/escrowed")
    secret = trade.hands.secret(given["draw"], "supervisor")
    assert given["round"] == 0 and given["value"] == ptdraw.reveal(given["draw"], "supervisor", secret, 0).hex()
    trade.step("supervisor2", "reveal-draw", {"value": given["value"]})
    assert len(invited(trade)) == 4
    told = room(trade)
    assert told["silence"] is None and told["next"]["step"] == "accept_invitation"
    name = given["draw"]
    wanted = {f"escrow bundle of {name}", f"escrowed value of {name}", f"book of {name}"}
    assert wanted <= set(reads(trade))


def test_an_escrow_without_the_value_is_the_partys_fault_and_the_aborted_draw_stays_visible(app: Flask) -> None:
    trade = a_lot(app, people(app))
    trade.step("owner", "plan-draw", plan(trade))
    trade.step("centre", "commit-draw")
    with app.app_context():
        draw, groups = db.session.scalars(select(Draw)).one().name, trade.lot().groups
    secret = trade.hands.secret(draw, "supervisor")
    false = ptbid.seal_secret(trade.code, "draw-1-supervisor", "supervisor", groups, bytes(32))
    escrow = {"header": false.header, "ciphertext": base64.b64encode(false.ciphertext).decode()}
    for broken in (
        {**escrow, "more": 1},
        {**escrow, "ciphertext": escrow["ciphertext"][:-8]},
        {**escrow, "ciphertext": "é"},
        {"header": {**false.header, "part": "draw-1-centre"}, "ciphertext": escrow["ciphertext"]},
        {"header": None, "ciphertext": escrow["ciphertext"]},
        {},
    ):
        body = {"anchor": "ab" * 32, "escrow": broken, "sig": "0" * 128}
        trade.send("supervisor", f"/lots/{trade.code}/commit-draw", body, 400)
    trade.step(
        "supervisor", "commit-draw", {"anchor": ptdraw.anchor(draw, "supervisor", secret).hex(), "escrow": escrow}
    )
    carry_to_opening(trade)
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    dice(trade)
    trade.step("centre", "reveal-draw")
    trade.clock.advance(LATE)
    for who in ("officer2", "officer3"):
        trade.step(who, "hand-in-escrow", share(trade, who))
    assert not room(trade)["silence"]["open"]
    asked(trade, "supervisor", "draw/escrowed", 404)
    trade.step("supervisor", "abort-draw", {"reason": "托管无效", "blame": "supervisor"})
    told = room(trade)
    assert told["state"] == "aborted" and told["aborted"] == "托管无效" and told["next"] is None
    assert [one["state"] for one in told["steps"]].count("now") == 0
    trade.step("owner", "plan-draw", plan(trade, evaluation_at=(trade.clock.now() + timedelta(hours=3)).isoformat()))
    told = asked(trade, None, "draw-room")["draws"]
    assert [(one["number"], one["state"]) for one in told] == [(2, "under_way"), (1, "aborted")]
    page = client_as(app, None).get(f"/lots/{trade.code}/draw-room")
    assert page.status_code == 200 and "托管无效" in page.text


def test_the_witnesses_see_their_turn_until_both_have_signed(app: Flask) -> None:
    trade = opened(app)

    def called(step: str) -> list[str]:
        path = f"/lots/{trade.code}/{step}"
        logins = ("notary", "bidder1", "bidder2", "bidder5", "centre", "supervisor")
        return [one for one in logins if path in client_as(app, trade.people[one]).get("/my-work").text]

    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    assert called("witness-dice") == []
    trade.step("owner", "roll-dice", DICE)
    assert called("witness-dice") == ["notary", "bidder1", "bidder2"] and called("reveal-draw") == []
    trade.step("bidder2", "witness-dice")
    assert called("witness-dice") == ["notary"]
    trade.step("notary", "witness-dice")
    assert called("witness-dice") == [] and called("reveal-draw") == ["centre"]


def test_the_room_shows_seats_by_number_but_neither_leaf_nor_name_nor_answers_to_the_public(app: Flask) -> None:
    trade = committed(app)
    assert [one["state"] for one in room(trade)["steps"]][:3] == ["done", "done", "now"]
    carry_to_opening(trade)
    assert room(trade)["next"]["step"] == "exclude_experts"
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    dice(trade)
    told = room(trade)
    assert told["dice"] and [one["role"] for one in told["witnesses"]] == ["公证机构", "投标人"]
    for who in ("centre", "supervisor"):
        trade.step(who, "reveal-draw")
    with app.app_context():
        draw = db.session.scalars(select(Draw)).one()
        hidden = {leaf["id"] for leaf in draw.pool} | {value for one in draw.reveals for value in one.values()}
        hidden |= {one.name for one in db.session.scalars(select(Expert))} | set(draw.seeds)
        assert "leaves" not in json.dumps(draw.members) and len(db.session.scalars(select(Invitation)).all()) == 4
    for who in (None, "bidder1", "owner", "notary", "centre", "administrator"):
        client = client_as(app, trade.people[who] if who else None)
        for path in (f"/lots/{trade.code}/draw-room", f"/api/v1/lots/{trade.code}/draw-room"):
            text = client.get(path).text
            assert not [word for word in hidden if word in text], (who, path)
    assert [one["number"] for one in room(trade)["seats"]] == [1, 2, 3, 4]
    assert "state" not in room(trade)["seats"][0] and room(trade, "centre")["seats"][0]["state"] == "invited"
    assert client_as(app, trade.people["officer3"]).get(f"/lots/{trade.code}/hand-in-escrow").status_code == 200
    assert client_as(app, trade.people["centre"]).get(f"/lots/{trade.code}/reveal-draw").status_code == 200
