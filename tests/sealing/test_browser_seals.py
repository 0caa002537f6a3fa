"""The browser seals what the server opens and opens what Python sealed 浏览器密封、服务器开启，反之亦然."""

from __future__ import annotations

import base64
import itertools
import secrets
from typing import Any

import pytest
from pyrage import x25519

from tests.node import browser_side
from tests.vectors import vector
from trading.sealing import ptbid
from trading.sealing.contents import PRICED
from trading.sealing.headers import check_header, envelope_id
from trading.sealing.shares import Group, Officer, context, shares_of

IDENTITIES = {name: x25519.Identity.generate() for name in ("centre1", "centre2", "owner1", "super1", "notary1")}
RECIPIENTS = {name: str(identity.to_public()) for name, identity in IDENTITIES.items()}
GROUPS = [
    {"k": 2, "officers": [{"id": one, "recipient": RECIPIENTS[one]} for one in ("centre1", "centre2", "owner1")]},
    {"k": 1, "officers": [{"id": one, "recipient": RECIPIENTS[one]} for one in ("super1", "notary1")]},
]
FILES = [{"name": "工程量清单.csv", "data": "5bqP5Y+3"}, {"name": "空.txt", "data": ""}]
SEAL = """
const files = given.files.map(({ name, data }) => ({ name, data: new Blob([bytes.unbase64(data)]) }));
const contents = await load("contents");
const sheet = given.place.part === "tech" ? contents.techSheet(given.place, given.further)
  : contents.priceSheet(given.place, given.total, given.further);
const made = await sealSheet(given.place, given.groups, sheet, files);
const ciphertext = bytes.base64(new Uint8Array(await made.ciphertext.arrayBuffer()));
return { ...made, ciphertext };
"""
OPEN = """
const ciphertext = new Blob([bytes.unbase64(given.ciphertext)]);
const { inner, sheet, files } = await open(given.header, ciphertext, given.key, given.bidder);
return { inner, sheet, files: files.map(({ name, data }) => ({ name, data: bytes.base64(data) })) };
"""


def told(sealed: ptbid.SealedBid) -> dict[str, Any]:
    """A sealed bid as the browser is given it."""
    ciphertext = base64.b64encode(sealed.ciphertext).decode()
    return {"header": sealed.header, "ciphertext": ciphertext, "key": sealed.key.hex()}


def test_the_browser_derives_shares_and_commitments_of_the_vector_and_opens_its_ciphertext() -> None:
    known = vector("ptbid1")
    header = known["header"]
    body = """const ctx = bytes.utf8(given.ctx), shares = await sharesOf(bytes.unhex(given.bid_key), ctx, given.groups);
    return Promise.all(shares.map(async (share) => {
      return { ...share, y: bytes.hex(share.y), commit: bytes.hex(await commitment(share, ctx)) };
    }));"""
    assert browser_side("shamir", "sharesOf, commitment", body, known) == known["shares"]
    given = {"header": header, "ciphertext": known["ciphertext_b64"], "key": known["bid_key"], "bidder": "bidder-7"}
    opened = browser_side("ptbid", "open", OPEN, given)
    assert opened["sheet"]["total"] == "123456789"
    assert opened["files"] == [{"name": a["name"], "data": a["bytes_b64"]} for a in known["attachments"]]
    names = "envelopeId, identityOf, keyOf, recipientOf"
    body = """const identity = identityOf(bytes.unhex(given.bid_key)), officers = {};
    for (const [name, { identity }] of Object.entries(given.officers)) officers[name] = await recipientOf(identity);
    return { id: await envelopeId(given.header), identity, key: bytes.hex(keyOf(identity)), officers };"""
    assert browser_side("ptbid", names, body, known) == {
        "id": known["envelope_id"], "identity": known["bid_identity"], "key": known["bid_key"],
        "officers": {name: one["recipient"] for name, one in known["officers"].items()},
    }  # fmt: skip


def test_every_officer_of_the_vector_unwraps_his_share_in_the_browser() -> None:
    known = vector("ptbid1")
    body = """const found = {};
    for (const [name, { identity }] of Object.entries(given.officers)) {
      found[name] = await unwrap(given.header, name, identity);
    }
    return found;"""
    assert browser_side("ptbid", "unwrap", body, known) == {share["o"]: share["y"] for share in known["shares"]}


def test_any_groups_share_alike_on_both_sides_and_any_quorum_rebuilds_the_key_in_the_browser() -> None:
    cases = []
    for shape in ([(1, 1)], [(2, 3), (1, 2)], [(3, 5), (2, 2), (1, 4)], [(4, 7)]):
        groups = [
            {"k": k, "officers": [{"id": f"o{g}-{n}", "recipient": "age1"} for n in range(size)]}
            for g, (k, size) in enumerate(shape)
        ]
        cases.append({"key": secrets.token_hex(32), "groups": groups})
    body = """return Promise.all(given.map(async ({ key, groups }) => {
      const shares = await sharesOf(bytes.unhex(key), bytes.utf8('["T","1","price"]'), groups);
      const last = groups.flatMap(({ k }, g) => shares.filter((share) => share.g === g).slice(-k));
      const few = last.filter((share) => share.g > 0 || share.x !== groups[0].officers.length);
      let refused = false;
      try { combined(few, groups); } catch { refused = true; }
      return { y: shares.map((share) => bytes.hex(share.y)), key: bytes.hex(combined(last, groups)), refused };
    }));"""
    for case, made in zip(cases, browser_side("shamir", "sharesOf, combined", body, cases), strict=True):
        groups = [Group(g["k"], tuple(Officer(o["id"], o["recipient"]) for o in g["officers"])) for g in case["groups"]]
        expected = shares_of(bytes.fromhex(case["key"]), context("T", "1", "price"), groups)
        assert made == {"y": [share.y.hex() for share in expected], "key": case["key"], "refused": True}


@pytest.mark.parametrize("part", ["single", "price", "tech"])
@pytest.mark.parametrize("bytes_behind", [0, 65_000, 200_001])
def test_python_opens_from_every_quorum_what_the_browser_sealed(part: str, bytes_behind: int) -> None:
    files = [*FILES, {"name": "图纸.bin", "data": base64.b64encode(bytes(bytes_behind)).decode()}]
    place = {"tender": "BD-2026-0042", "part": part, "bidder": "bidder-7"}
    given = {
        "place": place, "groups": GROUPS, "total": "123456789", "further": {"duration_days": 120}, "files": files,
    }  # fmt: skip
    made = browser_side("ptbid", "sealSheet", SEAL, given)
    header, ciphertext = made["header"], base64.b64decode(made["ciphertext"])
    check_header(header, GROUPS, "BD-2026-0042", [part])
    assert envelope_id(header) == made["envelope"]
    assert len(ciphertext) % 65_536 == 0
    pairs = itertools.combinations(("centre1", "centre2", "owner1"), 2)
    for quorum in [(*pair, one) for pair in pairs for one in ("super1", "notary1")]:
        shares = {name: ptbid.unwrap(header, name, IDENTITIES[name]) for name in quorum}
        key = ptbid.combine(header, shares)
        assert key.hex() == made["key"]
    opened = ptbid.open_envelope(header, ciphertext, key, "bidder-7")
    assert [(one.name, one.data) for one in opened.attachments] == [
        (one["name"], base64.b64decode(one["data"])) for one in files
    ]
    assert opened.sheet["duration_days"] == 120
    assert part not in PRICED or opened.price == "123456789"


@pytest.mark.parametrize("part", ["single", "tech"])
def test_the_browser_opens_and_unwraps_what_python_sealed(part: str) -> None:
    place = ptbid.Place("BD-2026-0042", part, "bidder-7")
    attachments = [ptbid.Attachment("清单.csv", b"a,b\n"), ptbid.Attachment("大.bin", bytes(70_000))]
    if part == "tech":
        sealed = ptbid.seal_tech(place, GROUPS, {"quality": "合格"}, attachments)
    else:
        sealed = ptbid.seal_price(place, GROUPS, 4_700_000_00, {"quality": "合格"}, attachments)
    opened = browser_side("ptbid", "open", OPEN, {**told(sealed), "bidder": "bidder-7"})
    assert opened["sheet"]["quality"] == "合格"
    assert opened["files"] == [{"name": a.name, "data": base64.b64encode(a.data).decode()} for a in attachments]
    given = {"header": sealed.header, "identities": {name: str(one) for name, one in IDENTITIES.items()}}
    body = """return Object.fromEntries(await Promise.all(Object.entries(given.identities).map(
      async ([name, identity]) => [name, await unwrap(given.header, name, identity)])));"""
    unwrapped = browser_side("ptbid", "unwrap", body, given)
    assert {name: bytes.fromhex(y) for name, y in unwrapped.items()} == {
        name: ptbid.unwrap(sealed.header, name, identity) for name, identity in IDENTITIES.items()
    }


def test_python_opens_the_secret_of_a_draw_that_the_browser_put_in_escrow() -> None:
    secret = secrets.token_hex(32)
    given = {"place": {"tender": "BD-2026-0042", "part": "draw-1-centre", "bidder": "centre"}, "secret": secret}
    body = """const made = await sealSecret(given.place, given.groups, given.secret);
    return { ...made, ciphertext: bytes.base64(new Uint8Array(await made.ciphertext.arrayBuffer())) };"""
    made = browser_side("ptbid", "sealSecret", body, {**given, "groups": GROUPS})
    opened = ptbid.open_envelope(
        made["header"], base64.b64decode(made["ciphertext"]), bytes.fromhex(made["key"]), "centre"
    )  # fmt: skip
    assert opened.content.hex() == secret


def test_the_browser_refuses_a_share_that_is_not_its_own_or_was_changed() -> None:
    sealed = ptbid.seal_price(ptbid.Place("T", "single", "bidder-7"), GROUPS, 100)
    swapped = {**sealed.header, "shares": [dict(one) for one in sealed.header["shares"]]}
    swapped["shares"][0]["commit"], swapped["shares"][1]["commit"] = (
        swapped["shares"][1]["commit"], swapped["shares"][0]["commit"]
    )  # fmt: skip
    cases = [
        [sealed.header, "centre1", str(IDENTITIES["centre2"])],
        [sealed.header, "nobody", str(IDENTITIES["centre1"])],
        [swapped, "centre1", str(IDENTITIES["centre1"])],
        [{**sealed.header, "tender": "U"}, "centre1", str(IDENTITIES["centre1"])],
        [{**sealed.header, "part": "price"}, "centre1", str(IDENTITIES["centre1"])],
    ]
    body = """return Promise.all(given.map(async (one) => {
      try { return await unwrap(...one); } catch { return "refused"; }
    }));"""
    assert browser_side("ptbid", "unwrap", body, cases) == ["refused"] * len(cases)


def test_the_browser_finds_a_flipped_bit_a_false_share_another_key_and_another_bidder() -> None:
    sealed = ptbid.seal_price(ptbid.Place("T", "single", "bidder-7"), GROUPS, 100)
    good = {**told(sealed), "bidder": "bidder-7"}
    flipped = bytearray(sealed.ciphertext)
    flipped[-1] ^= 1
    false = [dict(one) for one in sealed.header["shares"]]
    false[3]["commit"] = "0" * 64
    cases = [
        good,
        {**good, "ciphertext": base64.b64encode(bytes(flipped)).decode()},
        {**good, "header": {**sealed.header, "shares": false}},
        {**good, "key": "0" * 64},
        {**good, "bidder": "bidder-8"},
        {**good, "header": {**sealed.header, "plain_commit": "0" * 64}},
    ]
    body = """return Promise.all(given.map(async ({ header, ciphertext, key, bidder }) => {
      try { await open(header, new Blob([bytes.unbase64(ciphertext)]), key, bidder); return "opened"; }
      catch { return "refused"; }
    }));"""
    assert browser_side("ptbid", "open", body, cases) == ["opened", *["refused"] * 5]
