"""Sealed envelopes 密封信封: price sheet and attachments bound together, closed with age, opened and checked.

Until bids are sealed in the bidder's browser to the officers' keys (the trust work), the server seals on arrival and
is trusted at this seam: it sees the content before it is sealed. The plaintext is already that of ``ptbid/1``
(trust.md §8.8); the header is a smaller one of its own name, because there is one recipient and no shares.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyrage
from pyrage import x25519

from trading.ledger.canonical import CanonicalError, canonical, digest, strict

ALGORITHM = "ptbid/1-server"
SHEET = "ptprice/1"
LOT = "1"
BUCKET = 64 * 1024
END = b"\x80"
INNER_MEMBERS = {"bidder", "len", "lot", "part", "salt", "sha256", "tender"}
NAMED = ("tender", "lot", "part", "bidder")


class EnvelopeError(ValueError):
    """The envelope does not open, or what is in it does not hold together."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a bid under its name."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A closed envelope: ciphertext, public header, and the id that stands for both."""

    ciphertext: bytes
    header: dict[str, Any]
    envelope: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in an envelope."""

    inner: dict[str, Any]
    sheet: dict[str, Any]
    attachments: tuple[Attachment, ...]


def price_sheet(
    tender: str, part: str, bidder: str, total: int, attachments: Sequence[Attachment] = (),
    further: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The price sheet ``ptprice/1`` 报价表 (trust.md §8.8).

    Args:
        tender: lot code.
        part: ``price``, ``tech`` or ``single``.
        bidder: person id of the bidder.
        total: fen, not negative.
        attachments: the files sealed with it.
        further: free members (unit prices, days, a rate); they cannot replace the fixed ones.

    Raises:
        EnvelopeError: for a total that is no amount of fen below 10**18.
    """
    if isinstance(total, bool) or not isinstance(total, int) or not 0 <= total < 10**18:
        raise EnvelopeError("a total is a whole number of fen below 10**18")
    listed = [{"name": a.name, "sha256": _sha256(a.data), "len": len(a.data)} for a in attachments]
    return {
        **(further or {}), "alg": SHEET, "tender": tender, "lot": LOT, "part": part, "bidder": bidder,
        "total": str(total), "attachments": listed,
    }  # fmt: skip


def pack(sheet: Mapping[str, Any], attachments: Sequence[Attachment] = (), salt: bytes | None = None) -> bytes:
    """The payload of an envelope: ``u32be(len inner) || inner || content || attachments`` (trust.md §8.8).

    Args:
        sheet: by :func:`price_sheet` for the same attachments.
        attachments: in the order of the sheet.
        salt: 32 bytes; random when not given.

    Raises:
        CanonicalError: for a sheet outside PT-JSON.
    """
    content = canonical(dict(sheet))
    inner = {name: sheet[name] for name in NAMED}
    inner |= {"salt": (salt or secrets.token_bytes(32)).hex(), "sha256": _sha256(content), "len": len(content)}
    kept = canonical(inner)
    return b"".join([len(kept).to_bytes(4, "big"), kept, content, *(a.data for a in attachments)])


def unpack(payload: bytes) -> Opened:
    """Read a payload and check every digest in it.

    Raises:
        EnvelopeError: when anything is missing, left over, or other than its digest says.
    """
    kept, rest = _split_inner(payload)
    inner = _read(kept)
    if not isinstance(inner, dict) or set(inner) != INNER_MEMBERS or not isinstance(inner["len"], int):
        raise EnvelopeError("inner has other members")
    content, files = rest[: inner["len"]], rest[inner["len"] :]
    if len(content) != inner["len"] or _sha256(content) != inner["sha256"]:
        raise EnvelopeError("the content is not the sealed one")
    sheet = _read(content)
    if not isinstance(sheet, dict) or sheet.get("alg") != SHEET or any(sheet.get(n) != inner[n] for n in NAMED):
        raise EnvelopeError("the content is no price sheet of this bid")
    _check_total(sheet.get("total"))
    return Opened(inner, sheet, _attachments(sheet.get("attachments"), files))


def seal(recipient: str, payload: bytes) -> bytes:
    """Encrypt ``payload`` to ``recipient`` (``age1…``), filled up to a multiple of 64 KiB so that size tells little.

    Raises:
        EnvelopeError: for a text that is no recipient.
    """
    try:
        to = x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise EnvelopeError("no recipient") from error
    padded = payload + END
    return bytes(pyrage.encrypt(padded + bytes(-len(padded) % BUCKET), [to]))


def open_sealed(identity: x25519.Identity, ciphertext: bytes) -> bytes:
    """Decrypt what :func:`seal` made.

    Raises:
        EnvelopeError: for a wrong key and for bytes that were changed.
    """
    try:
        padded = bytes(pyrage.decrypt(ciphertext, [identity]))
    except pyrage.DecryptError as error:
        raise EnvelopeError("does not open with this key") from error
    payload, end, filler = padded.rpartition(END)
    if not end or filler.strip(b"\x00"):
        raise EnvelopeError("the filling is not ours")
    return payload


def seal_bid(recipient: str, sheet: Mapping[str, Any], attachments: Sequence[Attachment] = ()) -> Sealed:
    """Seal a price sheet with its attachments, and name the envelope by the hash of its header (trust.md §8.2)."""
    payload = pack(sheet, attachments)
    ciphertext = seal(recipient, payload)
    header = {
        "alg": ALGORITHM, "tender": sheet["tender"], "lot": sheet["lot"], "part": sheet["part"],
        "recipient": recipient, "plain_commit": plain_commit(payload), "ct_sha256": _sha256(ciphertext),
        "ct_len": len(ciphertext),
    }  # fmt: skip
    return Sealed(ciphertext, header, envelope_id(header))


def open_bid(identity: x25519.Identity, ciphertext: bytes, header: Mapping[str, Any]) -> Opened:
    """Open an envelope and check it against its header.

    Raises:
        EnvelopeError: when stored bytes, content or names are not those of the header.
    """
    if _sha256(ciphertext) != header["ct_sha256"] or len(ciphertext) != header["ct_len"]:
        raise EnvelopeError("the stored bytes are not the sealed ones")
    payload = open_sealed(identity, ciphertext)
    if plain_commit(payload) != header["plain_commit"]:
        raise EnvelopeError("the content is not the committed one")
    opened = unpack(payload)
    if any(opened.inner[name] != header[name] for name in ("tender", "lot", "part")):
        raise EnvelopeError("the content belongs to another envelope")
    return opened


def plain_commit(payload: bytes) -> str:
    """The commitment to the inner object of a payload, hex (label ``ptbid/plain/v1``)."""
    return digest("ptbid/plain/v1", _split_inner(payload)[0]).hex()


def envelope_id(header: Mapping[str, Any]) -> str:
    """The id of an envelope, 64 hex digits (label ``ptbid/envelope/v1``)."""
    return digest("ptbid/envelope/v1", canonical(dict(header))).hex()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _split_inner(payload: bytes) -> tuple[bytes, bytes]:
    """The inner object's bytes, and what follows."""
    end = 4 + int.from_bytes(payload[:4], "big")
    if len(payload) < max(end, 4):
        raise EnvelopeError("the content is cut off")
    return payload[4:end], payload[end:]


def _read(data: bytes) -> Any:
    """Canonical JSON, or no envelope of ours."""
    try:
        return strict(data)
    except CanonicalError as error:
        raise EnvelopeError("the content is not canonical") from error


def _check_total(total: Any) -> None:
    """A total is a decimal text of fen without leading zeros."""
    plain = isinstance(total, str) and total.isascii() and total.isdigit() and len(total) <= 18
    if not plain or str(int(total)) != total:
        raise EnvelopeError("the total is no amount of fen")


def _attachments(listed: Any, files: bytes) -> tuple[Attachment, ...]:
    """The files behind the content, each checked against the sheet; nothing may be left over."""
    if not isinstance(listed, list):
        raise EnvelopeError("the sheet lists no attachments")
    found, at = [], 0
    for item in listed:
        described = isinstance(item, dict) and set(item) == {"name", "sha256", "len"}
        if not described or not isinstance(item["name"], str) or type(item["len"]) is not int:
            raise EnvelopeError("an attachment is not described as it must be")
        data = files[at : at + max(item["len"], 0)]
        if len(data) != item["len"] or _sha256(data) != item["sha256"]:
            raise EnvelopeError(f"attachment {item['name']} is not the sealed one")
        found.append(Attachment(item["name"], data))
        at += len(data)
    if at != len(files):
        raise EnvelopeError("something is left over behind the attachments")
    return tuple(found)
