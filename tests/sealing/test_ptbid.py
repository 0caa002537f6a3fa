"""Sealed bids 密封投标: the vectors', whichever quorum opens them, and every fault laid at somebody's door."""

from __future__ import annotations

import copy
from base64 import b64decode, b64encode
from itertools import chain, combinations
from typing import Any

import pyrage
import pytest
from pyrage import x25519

from tests.vectors import vector
from trading.ledger.canonical import canonical, digest
from trading.sealing import ptbid
from trading.sealing.age_keys import identity_of, key_of, spelled
from trading.sealing.contents import FILLING, TECH_SHEET, inner_of, layout, sha256
from trading.sealing.headers import check_header, context_of, envelope_id
from trading.sealing.ptbid import Attachment, Blame, OpenError, Place, SealError, ShareError, ShareFault

BID = vector("ptbid1")
LOT, GROUPS, BIDDER = "BD-2026-0042", BID["groups"], "bidder-7"
KEY, CIPHERTEXT = bytes.fromhex(BID["bid_key"]), b64decode(BID["ciphertext_b64"])
OFFICERS = {name: x25519.Identity.from_str(one["identity"]) for name, one in BID["officers"].items()}
FILES = (Attachment("技术方案.pdf", b"%PDF" * 100), Attachment("empty.txt", b""), Attachment("图.png", b"PNG\x00"))
PLACE = Place(LOT, "single", BIDDER)
SEALED = ptbid.seal_price(PLACE, GROUPS, 123_456_789, {"days": 90}, FILES)


def shares_of(header: dict[str, Any]) -> dict[str, bytes]:
    """What the officers take out of the header on machines of their own."""
    return {name: ptbid.unwrap(header, name, identity) for name, identity in OFFICERS.items()}


def test_a_bid_key_is_spelled_as_age_spells_it() -> None:
    assert spelled(KEY) == BID["bid_identity"]
    assert key_of(BID["bid_identity"]) == KEY
    for spelling in ("", "AGE-SECRET-KEY-1", BID["bid_identity"][:-1] + "Q", BID["officers"]["notary"]["recipient"]):
        with pytest.raises(SealError):
            key_of(spelling)
    with pytest.raises(SealError):
        spelled(KEY[:31])


def test_the_header_of_the_vectors_is_taken_and_named_as_there() -> None:
    check_header(BID["header"], GROUPS, LOT, ["price", "tech"])
    assert envelope_id(BID["header"]) == BID["envelope_id"]
    assert context_of(BID["header"]) == BID["ctx"].encode()


def test_the_officers_of_the_vectors_find_their_shares() -> None:
    assert {name: y.hex() for name, y in shares_of(BID["header"]).items()} == {
        one["o"]: one["y"] for one in BID["shares"]
    }


def test_twelve_of_the_thirty_two_subsets_open_the_bid_of_the_vectors_and_twenty_do_not() -> None:
    shares, opened = shares_of(BID["header"]), []
    for names in chain.from_iterable(combinations(shares, count) for count in range(len(shares) + 1)):
        try:
            key = ptbid.combine(BID["header"], {name: shares[name] for name in names})
        except ShareError:
            continue
        assert ptbid.open_envelope(BID["header"], CIPHERTEXT, key, BIDDER).price == "123456789"
        opened.append(list(names))
    assert len(opened) == 12
    assert all(names in opened for names in BID["opens_with"])
    assert not any(sorted(names) in [sorted(one) for one in opened] for names in BID["must_not_open_with"])


def test_the_bid_of_the_vectors_says_what_they_say() -> None:
    opened = ptbid.open_envelope(BID["header"], CIPHERTEXT, KEY, BIDDER)
    assert (opened.inner, opened.content) == (BID["inner"], BID["content"].encode())
    assert [(one.name, b64encode(one.data).decode()) for one in opened.attachments] == [
        (one["name"], one["bytes_b64"]) for one in BID["attachments"]
    ]


def test_what_the_vectors_hold_is_laid_out_byte_for_byte() -> None:
    opened = ptbid.open_envelope(BID["header"], CIPHERTEXT, KEY, BIDDER)
    sheet = {name: value for name, value in opened.sheet.items() if name != "attachments"}
    salt = bytes.fromhex(BID["inner"].partition('"salt":"')[2][:64])
    place = Place(LOT, "price", BIDDER)
    plaintext = layout(place, sheet, opened.attachments, salt)
    assert plaintext == bytes(pyrage.decrypt(CIPHERTEXT, [x25519.Identity.from_str(BID["bid_identity"])]))
    assert inner_of(place, opened.content, salt).decode() == BID["inner"]


def test_a_bid_comes_out_as_it_went_in() -> None:
    check_header(SEALED.header, GROUPS, LOT, ["single"])
    key = ptbid.combine(SEALED.header, shares_of(SEALED.header))
    assert key == SEALED.key
    opened = ptbid.open_envelope(SEALED.header, SEALED.ciphertext, key, BIDDER)
    assert opened.price == "123456789" and opened.sheet["days"] == 90
    assert opened.attachments == FILES


def test_the_same_bid_sealed_twice_is_not_recognised() -> None:
    other = ptbid.seal_price(PLACE, GROUPS, 123_456_789, {"days": 90}, FILES)
    same = {name for name in SEALED.header if SEALED.header[name] == other.header[name]}
    assert same == {"alg", "tender", "lot", "part", "groups", "ct_len"}


@pytest.mark.parametrize("extra", [0, 1, 8, 9, 10, 98, 99, 100, 60_000, 65_000, 65_536, 130_000])
@pytest.mark.parametrize("part", ["single", "tech"])
def test_every_ciphertext_has_a_multiple_of_64_kib(part: str, extra: int) -> None:
    place, files = Place(LOT, part, BIDDER), [Attachment("x", bytes(extra))]
    sealed = (
        ptbid.seal_price(place, GROUPS, 1, None, files)
        if part == "single"
        else ptbid.seal_tech(place, GROUPS, None, files)
    )
    assert sealed.header["ct_len"] == len(sealed.ciphertext)
    assert len(sealed.ciphertext) % 65_536 == 0 and len(sealed.ciphertext) < extra + 3 * 65_536
    opened = ptbid.open_envelope(sealed.header, sealed.ciphertext, sealed.key, BIDDER)
    assert opened.attachments == tuple(files)


def test_every_size_in_a_row_is_met_by_the_filling_or_known_to_be_none() -> None:
    sheet = {"alg": "ptprice/1", **PLACE.as_json(), "total": "1"}
    least = len(layout(PLACE, sheet, (), bytes(32)) or b"")
    met = [size for size in range(least + 200, least + 1500) if layout(PLACE, sheet, (), bytes(32), size) is not None]
    assert len(met) > 1290
    assert all(len(layout(PLACE, sheet, (), bytes(32), size) or b"") == size for size in met)
    assert layout(PLACE, sheet, (), bytes(32), least - 1) is None


def test_a_small_price_envelope_has_exactly_64_kib_whatever_the_price() -> None:
    sizes = {ptbid.seal_price(PLACE, GROUPS, total).header["ct_len"] for total in (0, 9, 10**17)}
    assert sizes == {65_536}


def test_a_technical_envelope_holds_its_files_in_its_content() -> None:
    sealed = ptbid.seal_tech(Place(LOT, "tech", BIDDER), GROUPS, {"manager": "张工"}, FILES)
    opened = ptbid.open_envelope(sealed.header, sealed.ciphertext, sealed.key, BIDDER)
    assert opened.sheet["alg"] == TECH_SHEET and opened.sheet["manager"] == "张工"
    assert opened.attachments == FILES
    assert sha256(opened.content) in opened.inner


def test_a_secret_for_a_draw_is_opened_by_the_officers() -> None:
    sealed = ptbid.seal_secret(LOT, "draw-1-supervisor", "super-1", GROUPS, b"x" * 32)
    check_header(sealed.header, GROUPS, LOT, ["draw-1-supervisor"])
    key = ptbid.combine(sealed.header, shares_of(sealed.header))
    assert ptbid.open_envelope(sealed.header, sealed.ciphertext, key, "super-1").content == b"x" * 32
    with pytest.raises(OpenError, match="bidder inside"):
        ptbid.open_envelope(sealed.header, sealed.ciphertext, key, "centre-1")


# -- faults -----------------------------------------------------------------------------------------------------------


def changed(**members: Any) -> dict[str, Any]:
    """The header with other members."""
    return {**copy.deepcopy(SEALED.header), **members}


def other_share(header: dict[str, Any], number: int, **members: Any) -> dict[str, Any]:
    """The header with one share changed."""
    header = copy.deepcopy(header)
    header["shares"][number] |= members
    return header


def wrapped(body: Any, officer: str) -> str:
    """Something wrapped for an officer."""
    recipient = OFFICERS[officer].to_public()
    text = body if isinstance(body, bytes) else canonical(body)
    return b64encode(pyrage.encrypt(text, [recipient])).decode()


def inside(number: int) -> dict[str, Any]:
    """What is wrapped in a share."""
    one = SEALED.header["shares"][number]
    y = ptbid.unwrap(SEALED.header, one["o"], OFFICERS[one["o"]]).hex()
    return {"ctx": context_of(SEALED.header).decode(), "g": one["g"], "o": one["o"], "x": one["x"], "y": y}


@pytest.mark.parametrize(
    "change",
    [{"ctx": '["BD-2026-0043","1","single"]'}, {"g": 1}, {"o": "centre2"}, {"x": 2}, {"y": "00" * 32}, {"y": "AB" * 32},
     {"more": 1}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_wrapped_share_that_is_none_is_the_bidders_fault(change: dict[str, Any]) -> None:
    header = other_share(SEALED.header, 0, wrapped=wrapped(inside(0) | change, "centre1"))
    with pytest.raises(ShareFault) as caught:
        ptbid.unwrap(header, "centre1", OFFICERS["centre1"])
    assert caught.value.blame is Blame.BIDDER and caught.value.officer == "centre1"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"a" :1}', b"\xff"])
def test_wrapped_nonsense_is_the_bidders_fault(text: bytes) -> None:
    with pytest.raises(ShareFault) as caught:
        ptbid.unwrap(other_share(SEALED.header, 0, wrapped=wrapped(text, "centre1")), "centre1", OFFICERS["centre1"])
    assert caught.value.blame is Blame.BIDDER


def test_a_share_wrapped_for_somebody_else_is_the_bidders_fault() -> None:
    header = other_share(SEALED.header, 0, wrapped=SEALED.header["shares"][1]["wrapped"])
    with pytest.raises(ShareFault) as caught:
        ptbid.unwrap(header, "centre1", OFFICERS["centre1"])
    assert caught.value.blame is Blame.BIDDER


def test_an_officer_with_another_key_or_no_seat_is_told_so() -> None:
    with pytest.raises(ShareFault, match="not the registered key") as caught:
        ptbid.unwrap(SEALED.header, "centre1", OFFICERS["centre2"])
    assert caught.value.blame is Blame.OFFICER
    with pytest.raises(ShareFault, match="no officer") as caught:
        ptbid.unwrap(SEALED.header, "stranger", OFFICERS["centre2"])
    assert caught.value.blame is Blame.OFFICER


@pytest.mark.parametrize("y", [bytes(32), bytes(31), b""])
def test_a_false_share_names_its_officer(y: bytes) -> None:
    with pytest.raises(ShareFault) as caught:
        ptbid.combine(SEALED.header, shares_of(SEALED.header) | {"notary": y})
    assert (caught.value.blame, caught.value.officer) == (Blame.OFFICER, "notary")


@pytest.mark.parametrize("quorum", [("centre1", "centre2", "super1"), ("centre2", "tenderee", "notary")])
def test_a_bidder_who_gave_one_officer_another_share_is_found_whichever_quorum_meets(quorum: tuple[str, ...]) -> None:
    """The false share is committed to and wrapped like a true one: only the recomputation shows it."""
    ctx, y = context_of(SEALED.header), bytes(31) + b"\x01"
    commit = digest("ptbid/share/v1", ctx, b"\x00", b"tenderee", b"\x03", y).hex()
    header = other_share(
        SEALED.header, 2, commit=commit, wrapped=wrapped(inside(2) | {"y": y.hex()}, "tenderee")
    )
    check_header(header, GROUPS, LOT, ["single"])
    shares = shares_of(header)
    with pytest.raises(ShareFault) as caught:
        ptbid.combine(header, {name: shares[name] for name in quorum})
    assert caught.value.blame is Blame.BIDDER


def test_another_key_than_the_committed_one_is_the_bidders_fault() -> None:
    with pytest.raises(ShareFault, match="committed to"):
        ptbid.open_envelope(SEALED.header, SEALED.ciphertext, KEY, BIDDER)
    with pytest.raises(ShareFault, match="committed to"):
        ptbid.check_key(SEALED.header, b"short")


def test_changed_bytes_in_the_store_are_the_platforms_fault() -> None:
    flipped = SEALED.ciphertext[:-1] + bytes([SEALED.ciphertext[-1] ^ 1])
    for stored in (flipped, SEALED.ciphertext[:-1], b""):
        with pytest.raises(OpenError) as caught:
            ptbid.open_envelope(SEALED.header, stored, SEALED.key, BIDDER)
        assert caught.value.blame is Blame.PLATFORM


def test_bytes_that_were_never_an_age_file_of_this_key_are_the_bidders_fault() -> None:
    flipped = SEALED.ciphertext[:-1] + bytes([SEALED.ciphertext[-1] ^ 1])
    for stored in (flipped, b"nothing", CIPHERTEXT):
        header = changed(ct_sha256=sha256(stored), ct_len=len(stored))
        with pytest.raises(OpenError) as caught:
            ptbid.open_envelope(header, stored, SEALED.key, BIDDER)
        assert caught.value.blame is Blame.BIDDER


def test_an_envelope_copied_under_another_name_is_refused_with_its_inner_object() -> None:
    with pytest.raises(OpenError, match="bidder inside") as caught:
        ptbid.open_envelope(SEALED.header, SEALED.ciphertext, SEALED.key, "bidder-8")
    assert BIDDER in (caught.value.inner or "")


def resealed(plaintext: bytes) -> tuple[dict[str, Any], bytes]:
    """A header and ciphertext whose commitments hold for any plaintext."""
    key = SEALED.key
    ciphertext = bytes(pyrage.encrypt(plaintext, [identity_of(key).to_public()]))
    inner = plaintext[4 : 4 + int.from_bytes(plaintext[:4], "big")]
    commit = digest("ptbid/plain/v1", inner).hex()
    return changed(ct_sha256=sha256(ciphertext), ct_len=len(ciphertext), plain_commit=commit), ciphertext


def plain(content: bytes, behind: bytes = b"", **members: Any) -> bytes:
    """A plaintext with a content of one's own."""
    inner = PLACE.as_json() | {"salt": "00" * 32, "sha256": sha256(content), "len": len(content)} | members
    kept = canonical(inner)
    return len(kept).to_bytes(4, "big") + kept + content + behind


def sheet(**members: Any) -> bytes:
    """A price sheet with members of one's own."""
    return canonical({"alg": "ptprice/1", **PLACE.as_json(), "total": "1", "attachments": []} | members)


FILE = {"name": "a", "sha256": sha256(b"abc"), "len": 3}
MALFORMED = {
    "nothing": b"",
    "cut off": b"\x00\x00\xff\xff{}",
    "inner no JSON": b"\x00\x00\x00\x02{ ",
    "inner a list": b"\x00\x00\x00\x02[]",
    "inner with more": plain(sheet(), more=1),
    "length no number": plain(sheet(), len=True),
    "length below zero": plain(sheet(), len=-1),
    "another lot": plain(sheet(), tender="BD-2026-0043"),
    "another part": plain(sheet(), part="price"),
    "another digest": plain(sheet(), sha256="00" * 32),
    "content no JSON": plain(b"{"),
    "content not canonical": plain(b"{} "),
    "content a list": plain(b"[]"),
    "sheet of another kind": plain(sheet(alg="ptprice/2")),
    "sheet of another bidder": plain(sheet(bidder="bidder-8")),
    "total with a zero before": plain(sheet(total="01")),
    "total a number": plain(sheet(total=1)),
    "total below zero": plain(sheet(total="-1")),
    "total too large": plain(sheet(total="1" + "0" * 18)),
    "total in full-width digits": plain(sheet(total="１")),
    "total with a line feed": plain(sheet(total="1\n")),
    "no attachments": plain(sheet(attachments=None)),
    "attachment no object": plain(sheet(attachments=["a"])),
    "attachment with more": plain(sheet(attachments=[FILE | {"more": 1}]), b"abc"),
    "attachment of length true": plain(sheet(attachments=[FILE | {"len": True}]), b"a"),
    "attachment below zero": plain(sheet(attachments=[FILE | {"len": -1}]), b"abc"),
    "attachment exchanged": plain(sheet(attachments=[FILE]), b"abd"),
    "attachment missing": plain(sheet(attachments=[FILE]), b"ab"),
    "left over": plain(sheet(attachments=[FILE]), b"abcd"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_bid_is_refused_with_a_reason(name: str) -> None:
    header, ciphertext = resealed(MALFORMED[name])
    with pytest.raises(OpenError) as caught:
        ptbid.open_envelope(header, ciphertext, SEALED.key, BIDDER)
    assert caught.value.blame is Blame.BIDDER
    assert caught.value.zh and caught.value.en


def test_a_malformed_price_sheet_is_kept_as_evidence() -> None:
    header, ciphertext = resealed(plain(b"no sheet"))
    with pytest.raises(OpenError) as caught:
        ptbid.open_envelope(header, ciphertext, SEALED.key, BIDDER)
    assert caught.value.content == b"no sheet"
    assert BIDDER in (caught.value.inner or "")


def test_a_bid_of_another_sealer_without_filling_opens_all_the_same() -> None:
    header, ciphertext = resealed(plain(sheet(attachments=[FILE]), b"abc"))
    assert ptbid.open_envelope(header, ciphertext, SEALED.key, BIDDER).attachments == (Attachment("a", b"abc"),)


@pytest.mark.parametrize("total", [-1, 10**18, True, 1.0, "1"])
def test_a_total_that_is_no_amount_is_not_sealed(total: Any) -> None:
    with pytest.raises(SealError):
        ptbid.seal_price(PLACE, GROUPS, total)


def test_what_cannot_be_written_canonically_is_not_sealed() -> None:
    with pytest.raises(SealError):
        ptbid.seal_price(PLACE, GROUPS, 1, {"rate": 0.5})
    with pytest.raises(SealError):
        ptbid.seal_price(PLACE, GROUPS, 1, None, [Attachment(FILLING, b"x")])


def test_keys_do_not_show_in_what_is_printed() -> None:
    assert SEALED.key.hex() not in repr(SEALED) and repr(SEALED.key) not in repr(SEALED)
