"""The browser writes the same bytes as the server 浏览器与服务器一致: canonical JSON, hashes, signatures, chains."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.node import browser_side
from tests.vectors import vector
from trading.ledger.actions import ActionKey, is_signed, message
from trading.ledger.canonical import LARGEST, canonical, digest

KEYS = st.text("ABCZabcz019_.:-", min_size=1, max_size=128)
SCALARS = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)
REFUSES = "return given.map((text) => { try { strict(bytes.utf8(text)); return false; } catch { return true; } });"


def test_the_values_of_the_profile_have_these_bytes_in_the_browser_too() -> None:
    cases = vector("rfc8785_jcs")["pt_json_accept"]
    values = [case["value"] for case in cases]
    written = browser_side("canonical", "canonicalText", "return given.map(canonicalText);", values)
    assert written == [case["bytes"] for case in cases]


def test_what_the_profile_refuses_the_browser_refuses() -> None:
    cases = [case["json"] for case in vector("rfc8785_jcs")["pt_json_reject"]]
    more = ['{"a":1.0}', '{"a":-0}', "\ufeff{}", '{"a":9007199254740992}', '{"a\\n":1}', "[1,]", "", '"\\u0061"', " 1"]
    refused = browser_side("canonical", "strict", REFUSES, cases + more)
    assert [case for case, no in zip(cases + more, refused, strict=True) if not no] == []


@settings(max_examples=20, deadline=None)
@given(st.lists(VALUES, max_size=30))
def test_any_value_has_the_same_bytes_on_both_sides(values: list[Any]) -> None:
    written = browser_side("canonical", "canonicalText", "return given.map(canonicalText);", values)
    assert written == [canonical(value).decode() for value in values]


def test_what_is_no_canonical_value_is_refused_where_it_is_written() -> None:
    body = """const values = [1.5, 2 ** 53, NaN, "\\ud800", undefined, {"a b": 1}, {[""]: 1}, [undefined]];
    return values.map((value) => { try { return canonicalText(value); } catch { return "refused"; } });"""
    assert browser_side("canonical", "canonicalText", body) == ["refused"] * 8


def test_the_labelled_hash_is_the_same_on_both_sides() -> None:
    parts = [["00", "", "ff" * 300], []]
    body = """const hashed = async (of) => bytes.hex(await digest("ptx/y/v1", ...of.map((part) => bytes.unhex(part))));
    return Promise.all(given.map(hashed));"""
    expected = [digest("ptx/y/v1", *(bytes.fromhex(part) for part in of)).hex() for of in parts]
    assert browser_side("hash", "digest", body, parts) == expected


def test_hex_and_base64_are_read_in_one_spelling_only() -> None:
    body = """const no = (read) => { try { read(); return false; } catch { return true; } };
    return [no(() => bytes.unhex("AB")), no(() => bytes.unhex("abc")), no(() => bytes.unhex("ab", 2)),
            no(() => bytes.unbase64("AB==")), no(() => bytes.unbase64(" AA==")), !no(() => bytes.unbase64("AA=="))];"""
    assert browser_side("bytes", "hex", body) == [True] * 6


def test_every_action_of_the_vectors_is_signed_to_the_same_letters_in_the_browser() -> None:
    known = vector("ptaction1")
    body = """return Promise.all(given.cases.map(async (one) => {
      const text = message(one.tender, one.kind, one.actor, one.body_unsigned), sigs = [];
      for (const { signer } of one.body.sigs) {
        const key = await fromSeed(bytes.unhex(given.people[signer].seed));
        sigs.push({ signer, sig: await sign(key, text), public: key.public });
      }
      return { text: bytes.text(text), sigs };
    }));"""
    made = browser_side("actions", "message, fromSeed, sign", body, known)
    for case, one in zip(known["cases"], made, strict=True):
        assert one["text"] == case["message"], case["what"]
        assert {s["signer"]: s["sig"] for s in one["sigs"]} == {s["signer"]: s["sig"] for s in case["body"]["sigs"]}
        assert all(s["public"] == known["people"][s["signer"]]["pub"] for s in one["sigs"])


def test_the_server_accepts_what_the_browser_signed_and_makes_the_same_signature() -> None:
    body = {"envelope": "ab" * 32, "part": "price", "version": 1, "t_recv": 5, "sigs": []}
    ask = """const seed = newSeed(), key = await fromSeed(bytes.unhex(seed));
    return { seed, public: key.public, sig: await sign(key, message("BD-1", "bid.received", "bidder-1", given)) };"""
    made = browser_side("actions", "newSeed, fromSeed, message, sign", ask, body)
    text = message("BD-1", "bid.received", "bidder-1", body)
    key = ActionKey(bytes.fromhex(made["seed"]))
    assert is_signed(made["public"], text, made["sig"])
    assert (key.public, key.sign(text)) == (made["public"], made["sig"])


def test_the_chain_of_a_party_has_the_anchors_and_values_of_the_vectors() -> None:
    known = vector("ptdraw1")
    body = """const { draw, secrets } = given, found = { anchors: {}, reveals: {} };
    for (const [party, x] of Object.entries(secrets)) found.anchors[party] = await anchor(draw, party, x);
    for (const round of Object.keys(given.reveals)) {
      found.reveals[round] = [];
      for (const party of Object.keys(secrets)) {
        found.reveals[round].push({ party, value: await reveal(draw, party, secrets[party], Number(round)) });
      }
    }
    return found;"""
    found = browser_side("chain", "anchor, reveal", body, known)
    assert found == {"anchors": known["anchors"], "reveals": known["reveals"]}
