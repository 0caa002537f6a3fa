"""What is inside an envelope 信封内容: sheet, files and filling, laid out as ``ptbid/1`` says (trust.md §8.8).

The format leaves open how an envelope is filled up and what a technical one holds; the choices made here are told in
docs/trust/sealed-bids.md.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trading.ledger.canonical import CanonicalError, canonical, strict
from trading.sealing.faults import OpenError, SealError

PRICE_SHEET = "ptprice/1"
TECH_SHEET = "pttech/1"
TECH = "tech"
PRICED = ("price", "single")
TOTAL = re.compile(r"0|[1-9][0-9]{0,17}")
LONGEST_NUMBER = 10
LOT = "1"
FILLING = ".filling"
MOST_FEN = 10**18
INNER_MEMBERS = {"bidder", "len", "lot", "part", "salt", "sha256", "tender"}
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a bid under its name."""

    name: str
    data: bytes

    def as_json(self) -> dict[str, Any]:
        """As the sheet lists it."""
        return {"name": self.name, "sha256": sha256(self.data), "len": len(self.data)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope belongs: lot code, part (``price``, ``tech``, ``single`` or ``draw-…``), person id."""

    tender: str
    part: str
    bidder: str

    def as_json(self) -> dict[str, str]:
        """The members that inner and sheet share."""
        return {"tender": self.tender, "lot": LOT, "part": self.part, "bidder": self.bidder}


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in an envelope: ``inner`` as it was committed to, the content, and the content read.

    ``sheet`` is empty for contents that are no sheet; ``attachments`` are without the filling.
    """

    inner: str
    content: bytes
    sheet: dict[str, Any]
    attachments: tuple[Attachment, ...]

    @property
    def price(self) -> str:
        """The price to be read out, fen in decimal digits."""
        return str(self.sheet["total"])


def price_sheet(place: Place, total: int, further: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A price sheet ``ptprice/1`` 报价表 without its attachments.

    Arguments:
        total: fen, not negative.
        further: free members (duration, unit prices, a rate); they cannot replace the fixed ones.

    Raises:
        SealError: a total that is no amount of fen below 10**18.
    """
    if isinstance(total, bool) or not isinstance(total, int) or not 0 <= total < MOST_FEN:
        raise SealError("报价应为以分为单位的非负整数", "A total is a whole number of fen below 10**18")
    return {**(further or {}), "alg": PRICE_SHEET, **place.as_json(), "total": str(total)}


def tech_sheet(place: Place, further: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The first leaf of a technical envelope, ``pttech/1`` 技术标封面, without its attachments."""
    return {**(further or {}), "alg": TECH_SHEET, **place.as_json()}


def layout(
    place: Place, sheet: Mapping[str, Any], files: Sequence[Attachment], salt: bytes, size: int | None = None
) -> bytes | None:
    """The plaintext ``u32be(len inner) || inner || content || attachments``.

    Arguments:
        sheet: by :func:`price_sheet` or :func:`tech_sheet`.
        size: bytes that the plaintext is to have, reached by a last attachment of zero bytes; None for no filling.

    Returns:
        None when the contents do not fill ``size`` bytes exactly, whatever the filling.

    Raises:
        SealError: a salt of another length, or a file that bears the filling's name.
        CanonicalError: a sheet outside PT-JSON.
    """
    if any(one.name.startswith(FILLING) for one in files):
        raise SealError(f"附件不得以“{FILLING}”开头命名", f"No file of a bid is named {FILLING}")
    listed = [one.as_json() for one in files]
    data = [one.data for one in files]
    if size is not None:
        filling = _filling(size, place, sheet, listed, sum(map(len, data)))
        if filling is None:
            return None
        listed.append(filling.as_json())
        data.append(filling.data)
    leaf = canonical({**sheet, "attachments": listed})
    if place.part in PRICED:
        return b"".join((_led(inner_of(place, leaf, salt)), leaf, *data))
    content = b"".join((_led(leaf), *data))
    return _led(inner_of(place, content, salt)) + content


def _filling(
    size: int, place: Place, sheet: Mapping[str, Any], listed: list[dict[str, Any]], behind: int
) -> Attachment | None:
    """The filling that makes the plaintext ``size`` bytes long.

    Its own length stands in the sheet, so some sizes are jumped over: then the filling's name is one byte longer.
    """
    for name in (FILLING, FILLING + "."):

        def whole(length: int, name: str = name) -> int:
            leaf = len(canonical({**sheet, "attachments": [*listed, _described(name, length)]}))
            if place.part in PRICED:
                return 4 + _inner_length(place, leaf) + leaf + behind + length
            content = 4 + leaf + behind + length
            return 4 + _inner_length(place, content) + content

        room = size - whole(0)
        for length in range(room, max(room - 2 * LONGEST_NUMBER, -1), -1):
            if whole(length) == size:
                return Attachment(name, bytes(length))
    return None


def _described(name: str, length: int) -> dict[str, Any]:
    """An attachment in the sheet before its hash is known."""
    return {"name": name, "sha256": "0" * 64, "len": length}


def _inner_length(place: Place, content: int) -> int:
    """How long the inner object is for a content of so many bytes."""
    return len(canonical({**place.as_json(), "salt": "0" * 64, "sha256": "0" * 64, "len": content}))


def layout_plain(place: Place, content: bytes, salt: bytes) -> bytes:
    """The plaintext of a content that is no sheet, such as the secret of a party to a draw."""
    return _led(inner_of(place, content, salt)) + content


def inner_of(place: Place, content: bytes, salt: bytes) -> bytes:
    """The inner object, which the header commits to.

    Raises:
        SealError: a salt of another length.
    """
    if len(salt) != SALT_BYTES:
        raise SealError("盐值应为 32 字节", "A salt has 32 bytes")
    return canonical({**place.as_json(), "salt": salt.hex(), "sha256": sha256(content), "len": len(content)})


def split_inner(plaintext: bytes) -> tuple[bytes, bytes]:
    """The bytes of the inner object, and what follows.

    Raises:
        OpenError: cut off.
    """
    end = 4 + int.from_bytes(plaintext[:4], "big")
    if len(plaintext) < max(end, 4):
        raise OpenError("密文内容不完整", "The content is cut off")
    return plaintext[4:end], plaintext[end:]


def read(kept: bytes, rest: bytes, place: Place) -> Opened:
    """Read a plaintext whose ``kept`` inner object is the committed one, and check every digest in it.

    Arguments:
        kept, rest: by :func:`split_inner`.
        place: where the header and the record of receipt say the envelope belongs.

    Raises:
        OpenError: anything missing, left over, another bidder's, or other than its digest says; with the inner
            object, and the content when it is the committed one, as evidence.
    """
    inner = _inner(kept, place)
    content, behind = rest[: inner["len"]], rest[inner["len"] :]
    told = kept.decode()
    if len(content) != inner["len"] or sha256(content) != inner["sha256"]:
        raise OpenError("内容与其摘要不符", "The content is not the one of its digest", inner=told)
    try:
        if place.part in PRICED:
            return Opened(told, content, *_sheet(content, behind, PRICE_SHEET, place))
        if behind:
            raise OpenError("内容之后还有多余字节", "Something is left over behind the content")
        if place.part != TECH:
            return Opened(told, content, {}, ())
        leaf, files = split_inner(content)
        return Opened(told, content, *_sheet(leaf, files, TECH_SHEET, place))
    except OpenError as error:
        raise OpenError(error.zh, error.en, error.blame, told, content) from error


def _inner(kept: bytes, place: Place) -> dict[str, Any]:
    """The inner object read, when it is of this place."""
    try:
        inner, told = strict(kept), kept.decode()
    except CanonicalError as error:
        raise OpenError("信封首部不是规范字节", "The inner object is not canonical") from error
    shaped = isinstance(inner, dict) and set(inner) == INNER_MEMBERS and type(inner["len"]) is int and inner["len"] >= 0
    if not shaped or not all(isinstance(inner[name], str) for name in INNER_MEMBERS - {"len"}):
        raise OpenError("信封首部成员不符", "The inner object has other members", inner=told)
    if inner["bidder"] != place.bidder:
        raise OpenError("信封内的投标人不是递交人", "The bidder inside is not the one who sent it", inner=told)
    if any(inner[name] != value for name, value in place.as_json().items()):
        raise OpenError("信封内容属于另一标段或另一部分", "The content belongs to another lot or part", inner=told)
    read_inner: dict[str, Any] = inner
    return read_inner


def _sheet(leaf: bytes, files: bytes, alg: str, place: Place) -> tuple[dict[str, Any], tuple[Attachment, ...]]:
    """A sheet and the files behind it."""
    try:
        sheet = strict(leaf)
    except CanonicalError as error:
        raise OpenError("内容不是规范字节", "The content is not canonical") from error
    shared = place.as_json().items()
    if not isinstance(sheet, dict) or sheet.get("alg") != alg or any(sheet.get(n) != value for n, value in shared):
        raise OpenError("内容不是本投标的报价表或封面", "The content is no sheet of this bid")
    if alg == PRICE_SHEET and not TOTAL.fullmatch(sheet["total"] if isinstance(sheet.get("total"), str) else ""):
        raise OpenError("报价不是以分为单位的数额", "The total is no amount of fen")
    return sheet, _attachments(sheet.get("attachments"), files)


def _attachments(listed: Any, files: bytes) -> tuple[Attachment, ...]:
    """The files behind a sheet, each checked against it; nothing may be left over. The filling is left out."""
    if not isinstance(listed, list):
        raise OpenError("报价表未列附件", "The sheet lists no attachments")
    found, at = [], 0
    for item in listed:
        described = isinstance(item, dict) and set(item) == {"name", "sha256", "len"}
        if not described or not isinstance(item["name"], str) or type(item["len"]) is not int or item["len"] < 0:
            raise OpenError("附件的描述不符合格式", "An attachment is not described as it must be")
        data = files[at : at + item["len"]]
        if len(data) != item["len"] or sha256(data) != item["sha256"]:
            raise OpenError(f"附件“{item['name']}”与其摘要不符", f"Attachment {item['name']} is not the sealed one")
        at += len(data)
        if not (item["name"].startswith(FILLING) and at == len(files) and not data.strip(b"\x00")):
            found.append(Attachment(item["name"], data))
    if at != len(files):
        raise OpenError("附件之后还有多余字节", "Something is left over behind the attachments")
    return tuple(found)


def sha256(data: bytes) -> str:
    """SHA-256, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _led(data: bytes) -> bytes:
    """``data`` behind its length."""
    return len(data).to_bytes(4, "big") + data
