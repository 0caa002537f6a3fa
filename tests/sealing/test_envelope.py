"""Sealed envelopes 密封信封: what goes in comes out, and nothing else opens."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import x25519

from tests.vectors import vector
from trading.ledger.canonical import canonical
from trading.sealing import envelope
from trading.sealing.envelope import Attachment, EnvelopeError

LOT = "BD-2026-0042"
KEY = x25519.Identity.generate()
RECIPIENT = str(KEY.to_public())
FILES = (Attachment("技术方案.pdf", b"%PDF" * 100), Attachment("empty.txt", b""), Attachment("图.png", b"PNG"))
SHEET = envelope.price_sheet(LOT, "single", "bidder-7", 123_456_789, FILES, {"days": 90})
PTBID = vector("ptbid1")
TESTKIT = [case for case in vector("age_testkit")["tests"] if case.get("file_b64")]


def test_a_bid_comes_out_as_it_went_in() -> None:
    sealed = envelope.seal_bid(RECIPIENT, SHEET, FILES)
    opened = envelope.open_bid(KEY, sealed.ciphertext, sealed.header)
    assert opened.sheet == SHEET
    assert opened.sheet["total"] == "123456789"
    assert opened.attachments == FILES
    assert sealed.envelope == envelope.envelope_id(sealed.header)
    assert len(bytes.fromhex(sealed.envelope)) == 32


def test_the_same_bid_sealed_twice_is_not_recognised() -> None:
    one, other = (envelope.seal_bid(RECIPIENT, SHEET, FILES) for _ in range(2))
    assert one.header["plain_commit"] != other.header["plain_commit"]
    assert one.envelope != other.envelope


def test_sheet_and_inner_are_those_of_the_protocol() -> None:
    identity = x25519.Identity.from_str(PTBID["bid_identity"])
    payload = bytes(pyrage.decrypt(b64decode(PTBID["ciphertext_b64"]), [identity]))
    opened = envelope.unpack(payload)
    assert canonical(opened.inner) == PTBID["inner"].encode()
    assert canonical(opened.sheet) == PTBID["content"].encode()
    assert [(a.name, a.data) for a in opened.attachments] == [
        (a["name"], b64decode(a["bytes_b64"])) for a in PTBID["attachments"]
    ]
    assert envelope.pack(opened.sheet, opened.attachments, bytes.fromhex(opened.inner["salt"])) == payload
    assert envelope.plain_commit(payload) == PTBID["header"]["plain_commit"]
    assert envelope.envelope_id(PTBID["header"]) == PTBID["envelope_id"]


@pytest.mark.parametrize("length", [0, 1, 65_534, 65_535, 65_536, 131_071, 131_072])
def test_the_filling_hides_the_length_up_to_64_kib_and_comes_off_again(length: int) -> None:
    payload = b"\x80\x00" * (length // 2) + b"\x00" * (length % 2)
    ciphertext = envelope.seal(RECIPIENT, payload)
    assert len(pyrage.decrypt(ciphertext, [KEY])) == (length // envelope.BUCKET + 1) * envelope.BUCKET
    assert envelope.open_sealed(KEY, ciphertext) == payload


@given(st.binary(max_size=500))
@settings(max_examples=50, deadline=None)
def test_any_bytes_come_out_as_they_went_in(payload: bytes) -> None:
    assert envelope.open_sealed(KEY, envelope.seal(RECIPIENT, payload)) == payload


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(EnvelopeError, match="does not open"):
        envelope.open_sealed(x25519.Identity.generate(), envelope.seal(RECIPIENT, b"bid"))


@pytest.mark.parametrize("place", [0, 30, 100, 500, -1])
def test_a_changed_byte_does_not_open(place: int) -> None:
    sealed = envelope.seal_bid(RECIPIENT, SHEET, FILES)
    changed = bytearray(sealed.ciphertext)
    changed[place] ^= 1
    with pytest.raises(EnvelopeError, match="does not open"):
        envelope.open_sealed(KEY, bytes(changed))
    with pytest.raises(EnvelopeError, match="stored bytes"):
        envelope.open_bid(KEY, bytes(changed), sealed.header)


def test_bytes_that_are_no_envelope_do_not_open() -> None:
    for data in (b"", b"age-encryption.org/v1\n", bytes(100)):
        with pytest.raises(EnvelopeError):
            envelope.open_sealed(KEY, data)
    with pytest.raises(EnvelopeError, match="filling"):
        envelope.open_sealed(KEY, pyrage.encrypt(b"no filling", [KEY.to_public()]))
    with pytest.raises(EnvelopeError, match="no recipient"):
        envelope.seal("age1nobody", b"")


def test_an_envelope_under_another_header_is_refused() -> None:
    sealed, other = envelope.seal_bid(RECIPIENT, SHEET, FILES), envelope.seal_bid(RECIPIENT, SHEET, FILES)
    with pytest.raises(EnvelopeError, match="committed"):
        envelope.open_bid(KEY, sealed.ciphertext, {**sealed.header, "plain_commit": other.header["plain_commit"]})
    with pytest.raises(EnvelopeError, match="another envelope"):
        envelope.open_bid(KEY, sealed.ciphertext, {**sealed.header, "tender": "BD-2026-0043"})


@pytest.mark.parametrize("total", [-1, 10**18, 1.0, True, "1"])
def test_a_total_that_is_no_amount_of_fen_is_refused(total: Any) -> None:
    with pytest.raises(EnvelopeError, match="fen"):
        envelope.price_sheet(LOT, "single", "bidder-7", total)


@pytest.mark.parametrize(
    "change",
    [
        {"total": "01"},
        {"total": "-1"},
        {"total": 1},
        {"total": "1" * 19},
        {"total": "１"},
        {"alg": "ptprice/2"},
        {"attachments": []},
        {"attachments": None},
        {"attachments": [{"name": "x"}]},
        {"attachments": [{**SHEET["attachments"][0], "name": 1}, *SHEET["attachments"][1:]]},
        {"attachments": [*SHEET["attachments"], {"name": "more", "sha256": "0" * 64, "len": 1}]},
        {"attachments": SHEET["attachments"][::-1]},
        {"attachments": [{**SHEET["attachments"][0], "len": -1}]},
        {"attachments": [{**SHEET["attachments"][0], "len": "400"}]},
    ],
)
def test_a_sheet_that_does_not_hold_together_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(EnvelopeError):
        envelope.unpack(envelope.pack({**SHEET, **change}, FILES))


def test_a_sheet_of_another_bidder_than_inner_is_refused() -> None:
    content = canonical(SHEET)
    inner = canonical(
        {
            "bidder": "bidder-8", "tender": LOT, "lot": "1", "part": "single", "salt": "0" * 64,
            "sha256": hashlib.sha256(content).hexdigest(), "len": len(content),
        }
    )  # fmt: skip
    with pytest.raises(EnvelopeError, match="no price sheet of this bid"):
        envelope.unpack(len(inner).to_bytes(4, "big") + inner + content + b"".join(f.data for f in FILES))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_payload_cut_off_or_lengthened_anywhere_is_refused_cleanly(data: st.DataObject) -> None:
    payload = envelope.pack(SHEET, FILES)
    cut = data.draw(st.integers(0, len(payload) - 1))
    for broken in (payload[:cut], payload + b"\x00", payload[:cut] + bytes([payload[cut] ^ 1]) + payload[cut + 1 :]):
        if broken == payload:
            continue
        try:
            opened = envelope.unpack(broken)
        except EnvelopeError:
            continue
        assert opened.inner["salt"] != envelope.unpack(payload).inner["salt"]


def test_further_members_do_not_replace_the_fixed_ones() -> None:
    sheet = envelope.price_sheet(LOT, "single", "bidder-7", 5, (), {"total": "1", "days": 3})
    assert (sheet["total"], sheet["days"]) == ("5", 3)


@pytest.mark.parametrize("case", TESTKIT, ids=lambda case: str(case["name"]))
def test_age_reads_the_public_test_kit_as_recorded(case: dict[str, Any]) -> None:
    identities = [x25519.Identity.from_str(text) for text in case["identity"]]
    try:
        plain = pyrage.decrypt(b64decode(case["file_b64"]), identities)
    except pyrage.DecryptError:
        assert case["pyrage_1.4.0"] == "failure"
        return
    assert case["pyrage_1.4.0"] == "success"
    if case["payload_sha256"]:
        assert hashlib.sha256(plain).hexdigest() == case["payload_sha256"]
