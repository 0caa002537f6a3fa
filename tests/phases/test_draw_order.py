"""The order of a draw under attack 抽取顺序: replayed, reordered, foreign, half-signed inputs are refused by name."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as
from tests.phases.draws import DICE, diced, invited, opened, reveal
from trading.admin import keys
from trading.database import db, transaction
from trading.experts import draw as ptdraw
from trading.ledger.actions import ActionKey, is_signed, message
from trading.ledger.entries import LOG_CHAIN
from trading.models import Draw, LedgerEntry, User


def value(trade: Trade, party: str, round_: int) -> str:
    """A party's value of a round."""
    name = f"{trade.code}/draw-1"
    return ptdraw.reveal(name, party, trade.hands.secret(name, party), round_).hex()


def revealed(trade: Trade) -> list[list[str]]:
    """Who has revealed, round by round."""
    with trade.app.app_context():
        return [sorted(one) for one in db.session.scalars(select(Draw)).one().reveals]


def entries(trade: Trade, kind: str) -> list[LedgerEntry]:
    """The lot's entries of a kind, in their order."""
    with trade.app.app_context():
        query = select(LedgerEntry).where(LedgerEntry.chain == trade.code, LedgerEntry.kind == kind)
        return list(db.session.scalars(query.order_by(LedgerEntry.seq)))


def new_key(trade: Trade, login: str) -> ActionKey:
    """Another signing key, registered for a person who has one already."""
    key = ActionKey.new()
    with trade.app.app_context(), transaction(db.session):
        user = db.session.scalars(select(User).where(User.login == login)).unique().one()
        body = keys.registration(user, key.public)
        sig = key.sign(message(LOG_CHAIN, "key.registered", user.signer, body))
        keys.register_key(db.session, user, key.public, sig, trade.clock.now())
    return key


def sign_with(trade: Trade, who: str, step: str, key: ActionKey, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The input of a step, signed with this key."""
    client = client_as(trade.app, trade.people[who])
    (wanted,) = client.post(f"/api/v1/lots/{trade.code}/{step}/to-sign", json=body or {}).get_json()["sign"]
    return (body or {}) | {"sig": key.sign(wanted["text"].encode())}


def test_values_of_another_party_another_round_or_another_shape_are_refused(app: Flask) -> None:
    trade = diced(app)
    trade.step("supervisor", "reveal-draw", {"value": value(trade, "supervisor", 0)}, 422)
    good = value(trade, "centre", 0)
    shapes: list[Any] = [
        good.upper(),
        f"{good}\n",
        f" {good}",
        good[:-1],
        "g" * 64,
        "",
        None,
        7,
        [good],
        {"x": good},
        "a" * 10**5,
    ]
    for wrong in (value(trade, "supervisor", 0), value(trade, "centre", 1), "cd" * 32, *shapes):
        trade.send("centre", f"/lots/{trade.code}/reveal-draw", {"value": wrong, "sig": "0" * 128}, 400)
    forged = sign_with(trade, "centre", "reveal-draw", trade.hands.key(trade.people["centre2"].signer), {"value": good})
    assert "sig" in trade.send("centre", f"/lots/{trade.code}/reveal-draw", forged, 400)["fields"]
    assert revealed(trade) == []
    trade.step("centre", "reveal-draw", {"value": good})
    trade.step("centre", "reveal-draw", {"value": good}, 422)
    trade.step("centre", "reveal-draw", {"value": value(trade, "centre", 1)}, 422)
    for wrong in (good, value(trade, "supervisor", 1)):
        trade.send("supervisor", f"/lots/{trade.code}/reveal-draw", {"value": wrong, "sig": "0" * 128}, 400)
    trade.step("supervisor", "reveal-draw")
    trade.step("centre", "reveal-draw", {"value": value(trade, "centre", 1)}, 422)
    assert revealed(trade) == [["centre", "supervisor"]]


def test_nobody_answers_between_two_reveals(app: Flask) -> None:
    trade = diced(app)
    reveal(trade)
    first, second, *_others = invited(trade)
    trade.step(first, "refuse-invitation", {"code": "illness"})
    trade.step("centre", "reveal-draw")
    trade.step(second, "refuse-invitation", {"code": "illness"}, 422)
    trade.step(second, "accept-invitation", {"no_conflict": True}, 422)
    trade.step("supervisor", "reveal-draw")
    trade.step(second, "refuse-invitation", {"code": "illness"})
    assert [json.loads(one.body)["after_round"] for one in entries(trade, "expert.refused")] == [0, 1]


def test_a_signature_made_with_a_key_that_was_replaced_meanwhile_is_asked_for_again(app: Flask) -> None:
    """What stands in the record is judged by the keys in force there (§8.7)."""
    trade = opened(app)
    trade.step("centre", "exclude-experts")
    key = new_key(trade, "centre")
    trade.step("supervisor", "confirm-exclusions", status=422)
    trade.send("centre", f"/lots/{trade.code}/exclude-experts", sign_with(trade, "centre", "exclude-experts", key))
    trade.step("supervisor", "confirm-exclusions")
    assert len(entries(trade, "draw.exclusions")) == 1
    trade.step("owner", "roll-dice", DICE)
    trade.step("notary", "witness-dice")
    key = new_key(trade, "notary")
    trade.step("bidder1", "witness-dice")
    assert entries(trade, "draw.dice") == []
    trade.step("centre", "reveal-draw", status=422)
    trade.send("notary", f"/lots/{trade.code}/witness-dice", sign_with(trade, "notary", "witness-dice", key))
    (entry,) = entries(trade, "draw.dice")
    body = json.loads(entry.body)
    sigs = {one["signer"]: one["sig"] for one in body.pop("sigs")}
    text = message(trade.code, "draw.dice", entry.actor, body)
    assert is_signed(key.public, text, sigs[trade.people["notary"].signer]) and len(sigs) == 2
    for who in ("centre2", "supervisor"):
        trade.step(who, "reveal-draw")
    assert len(invited(trade)) == 4
