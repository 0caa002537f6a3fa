"""Sealed amounts 密封金额: a reserve or a final offer inside an envelope of the format ``ptbid/1`` (trust.md §8.8).

The content is the amount in fen in 32 decimal digits: its length tells nothing of the amount.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from trading.money import from_fen, to_fen
from trading.sealing import ptbid
from trading.sealing.contents import Place, sha256
from trading.sealing.faults import SealError
from trading.sealing.headers import check_header

DIGITS = 32
LARGEST = 16 * 1024
LIMIT = 10**17


def content_of(amount: Decimal) -> bytes:
    """What is sealed: the amount, given in yuan, as fen in 32 digits."""
    return f"{to_fen(amount):0{DIGITS}d}".encode("ascii")


def amount_in(content: bytes) -> Decimal:
    """The amount in yuan.

    Raises:
        SealError: the content is no amount above nothing.
    """
    if len(content) != DIGITS or not content.isdigit() or not 0 < int(content) < LIMIT:
        raise SealError("信封内不是金额", "The envelope holds no amount")
    return from_fen(int(content))


def seal_amount(place: Place, groups: Any, amount: Decimal) -> ptbid.SealedBid:
    """An amount in yuan, sealed, with its key.

    Raises:
        SealError: the groups are not as they must be.
    """
    return ptbid.seal_secret(place.tender, place.part, place.bidder, groups, content_of(amount))


def handed_in(sealed: ptbid.SealedBid) -> dict[str, Any]:
    """The envelope as the steps ask for it: header and base64 ciphertext."""
    return {"header": sealed.header, "ciphertext": base64.b64encode(sealed.ciphertext).decode()}


def word_of(header: Mapping[str, Any], officer: str, value: str | None, fault: str | None) -> str:
    """What an officer says of an envelope: his share, in hex; nothing where its sealer had sealed him none.

    Raises:
        SealError: it is not his share, or neither share nor fault.
    """
    if (value is None) == (fault is None):
        raise SealError("应填分片或者不能解开的原因", "Give the share, or why there is none")
    if value is not None:
        ptbid.checked_share(header, officer, bytes.fromhex(value))
    return value or ""


def key_from(header: Mapping[str, Any], words: Mapping[str, str]) -> bytes | None:
    """The key that the officers' words give; None while there are too few shares.

    Raises:
        ShareFault: the sealer's committed shares belong to no key, or not to the committed one.
    """
    try:
        return ptbid.combine(header, {name: bytes.fromhex(one) for name, one in words.items() if one})
    except ptbid.ShareFault:
        raise
    except ptbid.ShareError:
        return None


def bytes_of(ciphertext: Any) -> bytes:
    """The ciphertext of its base64.

    Raises:
        SealError: it is none.
    """
    try:
        return base64.b64decode(ciphertext or "", validate=True)
    except (TypeError, ValueError, binascii.Error) as wrong:
        raise SealError("密文不是 base64", "The ciphertext is no base64") from wrong


def checked(envelope: Mapping[str, Any], groups: Any, tender: str, part: str) -> tuple[dict[str, Any], str]:
    """Header and ciphertext, when they are an envelope of this part for this lot's officers.

    Raises:
        SealError: naming what is wrong with them.
    """
    header, ciphertext = envelope.get("header"), envelope.get("ciphertext")
    check_header(header, groups, tender, [part], LARGEST)
    data = bytes_of(ciphertext)
    assert isinstance(header, dict) and isinstance(ciphertext, str)
    if len(data) != header["ct_len"] or sha256(data) != header["ct_sha256"]:
        raise SealError("密文与信封头不符", "The ciphertext is not the one of the header")
    return header, ciphertext
