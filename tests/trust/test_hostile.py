"""Hostile input 恶意输入: malformed, foreign, replayed, oversized; refused with a reason, never a fault of ours."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, announcement, client_as, offer, people
from tests.phases.draws import DICE, committed, diced
from tests.trust.breaking import State, changed, state
from trading.codelists import Status
from trading.database import db
from trading.ledger import verify
from trading.ledger.actions import ActionKey, message
from trading.ledger.log import entries_of
from trading.models import Bid, Draw

HUGE = 2**60
MAY_GROW = {"ledger_entry", "ledger_head", "ledger_chain_head", "alarm", "message"}
Case = tuple[str, str, str, Any]


def surprises(trade: Trade, cases: list[Case], may_grow: set[str] = MAY_GROW) -> list[str]:
    """Send every case; what was not refused with a reason, or changed a record, is told.

    Arguments:
        cases: (name, login, path below ``/api/v1``, JSON body or raw text).
        may_grow: tables in which a refusal may leave its trace.
    """
    found, before = [], state(trade.app)
    for name, who, path, body in cases:
        sent = {"data": body, "content_type": "application/json"} if isinstance(body, str) else {"json": body}
        answer = client_as(trade.app, trade.people[who]).post(f"/api/v1{path}", **sent)
        reason = (answer.get_json(silent=True) or {}).get("message")
        if not 400 <= answer.status_code < 500 or not reason:
            found.append(f"{name}: {answer.status_code} {reason}")
        after: State = state(trade.app)
        if more := set(changed(before, after)) - may_grow:
            found.append(f"{name}: changed {sorted(more)}")
        before = after
    with trade.app.app_context():
        found += verify.verify_log(db.session)
    print(f"{len(cases)} hostile inputs, {len(found)} surprises")
    return found


def put(header: dict[str, Any], *path: Any, value: Any) -> dict[str, Any]:
    """A copy with one member changed; a function as value gets the old one."""
    copy = deepcopy(header)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value(inner[path[-1]]) if callable(value) else value
    return copy


def without(header: dict[str, Any], name: str) -> dict[str, Any]:
    """A copy that lacks a member."""
    return {key: value for key, value in header.items() if key != name}


HEADERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "nothing": lambda h: None,
    "a list": lambda h: [h],
    "a number": lambda h: HUGE,
    "empty": lambda h: {},
    "a member missing": lambda h: without(h, "plain_commit"),
    "a member more": lambda h: h | {"comment": ""},
    "another algorithm": lambda h: h | {"alg": "ptbid/1-server"},
    "another lot": lambda h: h | {"tender": "BD-2026-9999-01"},
    "a line end in the code": lambda h: h | {"tender": h["tender"] + "\n"},
    "another lot number": lambda h: h | {"lot": "2"},
    "a number as lot": lambda h: h | {"lot": 1},
    "a part nobody asked": lambda h: h | {"part": "tech"},
    "a part that is a list": lambda h: h | {"part": ["single"]},
    "a lower threshold": lambda h: put(h, "groups", 0, "k", value=0),
    "a threshold that is true": lambda h: put(h, "groups", 0, "k", value=True),
    "groups in another order": lambda h: h | {"groups": h["groups"][::-1]},
    "a group missing": lambda h: h | {"groups": h["groups"][:1]},
    "no groups": lambda h: h | {"groups": []},
    "groups that are a text": lambda h: h | {"groups": "all"},
    "another recipient": lambda h: put(h, "groups", 0, "officers", 0, "recipient", value="age1" + "q" * 58),
    "another officer": lambda h: put(h, "groups", 0, "officers", 0, "id", value="officer-of-mine"),
    "upper-case hex": lambda h: put(h, "key_commit", value=str.upper),
    "hex cut short": lambda h: put(h, "key_commit", value=lambda old: old[:-1]),
    "hex with a line end": lambda h: put(h, "plain_commit", value=lambda old: old + "\n"),
    "hex that is bytes": lambda h: put(h, "plain_commit", value=[1] * 32),
    "a digest of nothing here": lambda h: put(h, "ct_sha256", value="ab" * 32),
    "a digest with a path": lambda h: put(h, "ct_sha256", value="../../" + "a" * 58),
    "a negative length": lambda h: h | {"ct_len": -1},
    "a huge length": lambda h: h | {"ct_len": HUGE},
    "a length with a fraction": lambda h: h | {"ct_len": 65536.0},
    "a length that is true": lambda h: h | {"ct_len": True},
    "a length that is a text": lambda h: h | {"ct_len": "65536"},
    "no shares": lambda h: h | {"shares": []},
    "a share missing": lambda h: h | {"shares": h["shares"][1:]},
    "shares in another order": lambda h: h | {"shares": h["shares"][::-1]},
    "a share twice": lambda h: h | {"shares": [h["shares"][0]] * len(h["shares"])},
    "a share that is a text": lambda h: put(h, "shares", 0, value="share"),
    "a seat that is huge": lambda h: put(h, "shares", 0, "x", value=HUGE),
    "a seat from zero": lambda h: put(h, "shares", 0, "x", value=0),
    "a group that is false": lambda h: put(h, "shares", 0, "g", value=False),
    "another's seat": lambda h: put(h, "shares", 0, "o", value=h["shares"][1]["o"]),
    "an upper-case commitment": lambda h: put(h, "shares", 0, "commit", value=str.upper),
    "loose base64": lambda h: put(h, "shares", 0, "wrapped", value=lambda old: old.rstrip("=") + " ="),
    "base64 with a line end": lambda h: put(h, "shares", 0, "wrapped", value=lambda old: old[:4] + "\n" + old[4:]),
    "base64 of another alphabet": lambda h: put(h, "shares", 0, "wrapped", value="__--" * 30),
    "base64 with spare bits": lambda h: put(h, "shares", 0, "wrapped", value="AB=="),
    "no age file": lambda h: put(h, "shares", 0, "wrapped", value=base64.b64encode(b"age" * 50).decode()),
    "an endless share": lambda h: put(h, "shares", 0, "wrapped", value=lambda old: old + "A" * 400_000),
    "a key beyond the alphabet": lambda h: h | {"key\u2028commit": ""},
    "a deep nest": lambda h: h | {"groups": json.loads("[" * 300 + "]" * 300)},
}
RAW = {
    "a lone surrogate": '{"header": {"alg": "\\ud800"}, "sig": null}',
    "a key twice": '{"header": {"alg": "ptbid/1", "alg": "ptbid/1"}, "sig": null}',
    "not a number": '{"header": {"ct_len": NaN}}',
    "an infinity": '{"header": {"ct_len": 1e999}}',
    "a very long number": '{"header": {"ct_len": ' + "9" * 5000 + "}}",
    "a deeper nest": '{"header": ' + "[" * 900 + "]" * 900 + "}",
    "a nest without end": '{"header": ' + "[" * 100_000 + "}",
    "no JSON": "header=1&sig=2",
    "a list as body": "[]",
    "a text as body": '"header"',
    "nothing at all": "",
}


def test_a_malformed_envelope_is_refused_with_the_reason_and_no_other_bid_is_touched(app: Flask) -> None:
    trade = a_lot(app, people(app))
    trade.step("bidder2", "submit-bid", offer("4800000"))
    path = f"/lots/{trade.code}/submit-bid"
    good = trade.worked("bidder1", "submit-bid", offer("4700000"))["header"]
    trade.register("bidder1")
    sig = "ab" * 64
    cases: list[Case] = [(name, "bidder1", path, {"header": make(good), "sig": sig}) for name, make in HEADERS.items()]
    cases += [(name, "bidder1", path, text) for name, text in RAW.items()]
    assert surprises(trade, cases) == []
    with app.app_context():
        (other,) = db.session.scalars(select(Bid))
    assert other.current and other.submitted_by_id == trade.people["bidder2"].id
    assert trade.step("bidder1", "submit-bid", {"header": good})["facts"]["receipt"]


def test_a_signature_of_another_key_content_or_spelling_is_refused(app: Flask) -> None:
    trade = a_lot(app, people(app))
    trade.step("bidder2", "submit-bid", offer("4800000"))
    path = f"/lots/{trade.code}/submit-bid"
    made = trade.signed_by("bidder1", path, trade.worked("bidder1", "submit-bid", offer("4700000")))
    with app.app_context():
        theirs = json.loads(entries_of(db.session, trade.code)[-2].body or "")["sigs"][0]["sig"]
    signer = trade.people["bidder1"].signer
    body = {"envelope": "00" * 32, "part": "single", "version": 1}
    stranger = ActionKey.new().sign(message(trade.code, "bid.received", signer, body))
    own = trade.hands.sign(signer, message(trade.code, "bid.received", signer, body))
    sigs = {
        "none": None, "empty": "", "a number": 7, "a list": [made["sig"]], "upper-case": made["sig"].upper(),
        "cut short": made["sig"][:-2], "longer": made["sig"] + "00",
        "a line end": made["sig"][:64] + "\n" + made["sig"][65:],
        "another bidder's": theirs, "a stranger's key": stranger, "own key, other envelope": own,
        "zeros": "00" * 64, "the order added": made["sig"][:64] + "ff" * 32, "full-width": "１" * 128,
    }  # fmt: skip
    cases: list[Case] = [(name, "bidder1", path, made | {"sig": sig}) for name, sig in sigs.items()]
    cases += [
        ("another bidder sends it", "bidder2", path, made),
        ("withdrawn with the signature of a bid", "bidder2", f"/lots/{trade.code}/withdraw-bid", {"sig": theirs}),
    ]
    assert surprises(trade, cases) == []


def test_a_key_that_is_none_or_not_the_sender_s_is_not_registered(app: Flask) -> None:
    trade = a_lot(app, people(app))
    signer = trade.people["notary"].signer
    key = ActionKey.new()
    body = {"person": signer, "pub": key.public, "role": "notary"}
    sig = key.sign(message("@log", "key.registered", signer, body))
    recipient = str(trade.hands.identity("somebody").to_public())
    keys = "/keys"
    cases: list[Case] = [
        (f"public key: {name}", "notary", keys, {"public": public, "sig": sig})
        for name, public in {
            "none": None, "a number": HUGE, "upper-case": key.public.upper(), "cut short": key.public[:-2],
            "a line end": key.public + "\n", "zeros": "00" * 32, "not on the curve": "ff" * 32, "a list": [key.public],
        }.items()
    ]  # fmt: skip
    cases += [
        ("no proof of possession", "notary", keys, {"public": key.public, "sig": "00" * 64}),
        ("another's registration", "centre", keys, {"public": key.public, "sig": sig}),
        ("nothing", "notary", keys, {}),
        ("a list", "notary", keys, []),
        ("no JSON", "notary", keys, "public"),
        ("revoked without a key", "notary", "/keys/revoke", {"sig": sig}),
    ]
    cases += [
        (f"recipient: {name}", "opening_officer", "/officer-keys", {"recipient": text, "sig": sig})
        for name, text in {
            "none": None, "a number": 1, "upper-case": recipient.upper(), "another check sum": recipient[:-1] + "q",
            "a secret key": "AGE-SECRET-KEY-1" + "Q" * 58, "a plugin's": "age1yubikey1" + "q" * 50,
            "a line end": recipient + "\n", "with the wrong signature": recipient,
        }.items()
    ]  # fmt: skip
    cases.append(("no officer", "notary", "/officer-keys", {"recipient": recipient, "sig": sig}))
    assert surprises(trade, cases, set()) == []


@pytest.mark.parametrize(
    ("name", "span", "data"),
    [
        ("ab" * 32, "bytes 0-9/5", b"0123456789"),
        ("ab" * 32, "bytes 0-9/10", b"012345678"),
        ("ab" * 32, "bytes 0-9/10", b"0123456789a"),
        ("ab" * 32, "bytes 9-0/10", b"0"),
        ("ab" * 32, "bytes 5-9/10", b"56789"),
        ("ab" * 32, f"bytes 0-9/{HUGE}", b"0123456789"),
        ("ab" * 32, "bytes 0-9/999999999999", b"0123456789"),
        ("ab" * 32, "bytes -1-8/10", b"0123456789"),
        ("ab" * 32, "bytes 0-9/*", b"0123456789"),
        ("ab" * 32, "bytes ０-９/10", b"0123456789"),
        ("ab" * 32, "", b"0123456789"),
        ("ab" * 32, "bytes 0-9/10", b"0123456789"),
        ("AB" * 32, "bytes 0-9/10", b"0123456789"),
        ("ab" * 31, "bytes 0-9/10", b"0123456789"),
        ("ab" * 32 + "%0A", "bytes 0-9/10", b"0123456789"),
        ("..%2F..%2Fsecret-key", "bytes 0-9/10", b"0123456789"),
    ],
    ids=[
        "beyond the end", "truncated", "oversized", "backwards", "a gap", "a huge whole", "a large whole", "negative",
        "no whole", "full-width digits", "no range", "another digest", "upper-case", "cut short", "line end", "path",
    ],
)  # fmt: skip
def test_an_upload_that_is_not_what_it_says_is_refused(app: Flask, name: str, span: str, data: bytes) -> None:
    trade = a_lot(app, people(app))
    client = client_as(app, trade.people["bidder1"])
    headers = {"Content-Range": span.encode().decode("latin-1")} if span else {}
    answer = client.put(f"/api/v1/lots/{trade.code}/uploads/{name}", data=data, headers=headers)
    assert 400 <= answer.status_code < 500 and answer.get_json()["message"]
    assert not app.extensions["tools"].files.has("ab" * 32)


def test_a_deadline_out_of_all_time_is_refused(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.METHOD_FIXED)
    trade.appoint()
    path = f"/lots/{trade.code}/announce"
    times = [
        HUGE, -HUGE, str(HUGE), "99999999999-01-01T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00",
        "2026-02-30", "2026-04-01T25:00:00", "2026-04-01T09:30:00\n", "２０２６-04-01T09:30:00",
        None, True, [], {}, 1e400, "",
    ]  # fmt: skip
    cases: list[Case] = [
        (repr(one), "owner", path, announcement(trade.clock.now()) | {"bid_deadline": one}) for one in times
    ]
    assert surprises(trade, cases) == []


def test_shares_that_are_wrong_foreign_or_repeated_are_refused(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.BID_CLOSED)
    path = f"/lots/{trade.code}/hand-in-shares"
    rows = trade.worked("opening_officer", "hand-in-shares", {})["shares"]
    theirs = trade.worked("officer3", "hand-in-shares", {})["shares"]
    one = rows[0]

    def case(name: str, *given: Any) -> Case:
        return name, "opening_officer", path, {"shares": list(given)}

    cases = [
        ("no shares", "opening_officer", path, {}),
        ("a text", "opening_officer", path, {"shares": "all"}),
        case("nothing in a row", {}),
        case("a row that is a text", "share"),
        case("an unknown envelope", one | {"envelope": "00" * 32}),
        case("an envelope in upper case", one | {"envelope": one["envelope"].upper()}),
        case("another officer's share", one | {"value": theirs[0]["value"]}),
        case("another bid's share", one | {"value": rows[1]["value"]}),
        case("zeros", one | {"value": "00" * 32}),
        case("a value in upper case", one | {"value": one["value"].upper()}),
        case("a value cut short", one | {"value": one["value"][:-2]}),
        case("a value with a line end", one | {"value": one["value"] + "\n"}),
        case("a number", one | {"value": HUGE}),
        case("a list", one | {"value": [one["value"]]}),
        case("one right and one wrong", one, rows[1] | {"value": "11" * 32}),
        ("no officer of this lot", "officer2", f"/lots/{trade.code}x/hand-in-shares", {"shares": rows}),
        ("the centre", "centre", path, {"shares": rows}),
        ("a bidder's key that is another's", "bidder1", f"/lots/{trade.code}/supply-bid-key",
         {"envelope": one["envelope"], "key": "ab" * 32}),
        ("a bidder's key in upper case", "bidder1", f"/lots/{trade.code}/supply-bid-key",
         {"envelope": one["envelope"], "key": "AB" * 32}),
        ("opened without shares", "owner", f"/lots/{trade.code}/open-bids", {}),
    ]  # fmt: skip
    assert surprises(trade, cases) == []


def test_a_draw_takes_nothing_replayed_reordered_or_malformed(app: Flask) -> None:
    trade = committed(app)
    lot = f"/lots/{trade.code}"
    trade.worked("centre", "commit-draw", {})
    with app.app_context():
        (draw,) = db.session.scalars(select(Draw))
        anchors = {party: row["anchor"] for party, row in draw.commits.items()}
    cases: list[Case] = [
        ("committed twice", "centre", f"{lot}/commit-draw", {"anchor": anchors["centre"], "escrow": {}}),
        ("an anchor in upper case", "centre", f"{lot}/commit-draw", {"anchor": "AB" * 32, "escrow": {}}),
        ("an escrow that is a list", "centre", f"{lot}/commit-draw", {"anchor": "ab" * 32, "escrow": []}),
        ("revealed before the dice", "centre", f"{lot}/reveal-draw", {"value": anchors["centre"]}),
        ("dice before closing", "owner", f"{lot}/roll-dice", DICE),
    ]
    assert surprises(trade, cases) == []


def test_reveals_out_of_turn_and_dice_of_another_shape_are_refused(app: Flask) -> None:
    trade = diced(app)
    lot, path = f"/lots/{trade.code}", f"/lots/{trade.code}/reveal-draw"
    ready = trade.signed_by("centre", path, trade.worked("centre", "reveal-draw", {}))
    with app.app_context():
        (draw,) = db.session.scalars(select(Draw))
        anchors = {party: row["anchor"] for party, row in draw.commits.items()}
    out_of_turn = trade.worked("supervisor", "reveal-draw", {})
    cases: list[Case] = [
        ("out of turn", "supervisor", path, out_of_turn),
        ("the anchor as value", "centre", path, ready | {"value": anchors["centre"]}),
        ("the other's value", "centre", path, ready | out_of_turn),
        ("upper-case", "centre", path, ready | {"value": ready["value"].upper()}),
        ("a line end", "centre", path, ready | {"value": ready["value"][:32] + "\n" + ready["value"][33:]}),
        ("cut short", "centre", path, ready | {"value": ready["value"][:-2]}),
        ("a number", "centre", path, ready | {"value": HUGE}),
        ("no signature", "centre", path, {"value": ready["value"]}),
        ("a signature of the commitment", "centre", path, ready | {"sig": "0" * 128}),
        ("not a party", "owner", path, ready),
        ("dice again", "owner", f"{lot}/roll-dice", DICE),
        ("dice of 19 digits", "owner", f"{lot}/roll-dice", {"dice": "1" * 19}),
        ("dice with a line end", "owner", f"{lot}/roll-dice", {"dice": "1" * 20 + "\n"}),
        ("dice of full-width digits", "owner", f"{lot}/roll-dice", {"dice": "１" * 20}),
        ("a witness of the centre", "centre", f"{lot}/witness-dice", {}),
        ("exclusions again", "centre", f"{lot}/exclude-experts", {"added": []}),
        ("a beacon nobody announced", "centre", f"{lot}/enter-beacon", {"signature": "ab" * 48}),
        ("a committee without a result", "centre", f"{lot}/seat-committee", {}),
    ]
    assert surprises(trade, cases) == []
    trade.step("centre", "reveal-draw")
    again: list[Case] = [("replayed", "centre", path, ready), ("replayed by the other", "supervisor", path, ready)]
    assert surprises(trade, again) == []
