"""The header of an envelope 信封头: public from receipt to dossier, exact in every member (trust.md §8.8)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from typing import Any

from trading.ledger.canonical import CanonicalError, canonical, digest
from trading.sealing.age_keys import recipient_of
from trading.sealing.contents import LOT
from trading.sealing.faults import SealError
from trading.sealing.shares import Group, Officer, ShareError, checked, context

ALGORITHM = "ptbid/1"
MEMBERS = {
    "alg", "tender", "lot", "part", "groups", "key_commit", "plain_commit", "ct_sha256", "ct_len", "shares",
}  # fmt: skip
SHARE_MEMBERS = {"g", "o", "x", "commit", "wrapped"}
HASHES = ("key_commit", "plain_commit", "ct_sha256")
HEX = re.compile(r"[0-9a-f]{64}")
AGE = b"age-encryption.org/v1\n"
LEAST_CIPHERTEXT = 200
LONGEST_WRAPPED = 4096


def envelope_id(header: Mapping[str, Any]) -> str:
    """The id of an envelope, 64 hex digits (label ``ptbid/envelope/v1``)."""
    return digest("ptbid/envelope/v1", canonical(dict(header))).hex()


def context_of(header: Mapping[str, Any]) -> bytes:
    """What every hash of the envelope is bound to."""
    return context(header["tender"], header["lot"], header["part"])


def read_groups(told: Any) -> tuple[Group, ...]:
    """The officers' groups as notice and header tell them.

    Raises:
        SealError: other members, other types, a recipient that is none, or groups that cannot share a key.
    """
    try:
        return tuple(checked([_group(one) for one in told]))
    except ShareError as error:
        raise SealError("开标密钥持有人分组不符合要求", f"The officers' groups do not hold: {error}") from error
    except (TypeError, KeyError, AttributeError) as error:
        raise _wrong("groups") from error


def _group(told: Any) -> Group:
    """One group."""
    if not isinstance(told, Mapping) or set(told) != {"k", "officers"} or type(told["k"]) is not int:
        raise _wrong("groups")
    officers = []
    for one in told["officers"]:
        if set(one) != {"id", "recipient"} or not all(isinstance(value, str) and value for value in one.values()):
            raise _wrong("groups")
        recipient_of(one["recipient"])
        officers.append(Officer(one["id"], one["recipient"]))
    return Group(told["k"], tuple(officers))


def seats(groups: Sequence[Group]) -> list[tuple[int, str, int]]:
    """The seats (g, officer id, x) in the order of a header's shares."""
    return [(g, one.id, x) for g, group in enumerate(groups) for x, one in enumerate(group.officers, 1)]


def check_header(header: Any, groups: Any, tender: str, parts: Sequence[str], most: int | None = None) -> None:
    """Raise unless the header is an envelope for this lot, sealed to exactly the published officers.

    Arguments:
        header: as it was read from JSON.
        groups: the published groups, as JSON; no weaker and no other quorum is taken.
        tender: lot code.
        parts: the published parts.
        most: bytes that a ciphertext may have at most; None for no limit.

    Raises:
        SealError: naming the member; nothing else, whatever ``header`` is.
    """
    try:
        canonical(header)
    except CanonicalError as error:
        raise SealError("信封头不是规范 JSON", f"The header is outside canonical JSON: {error}") from error
    if not isinstance(header, dict) or set(header) != MEMBERS:
        raise SealError("信封头成员不符", "The header has other members")
    _equal(header, "alg", ALGORITHM)
    _equal(header, "tender", tender)
    _equal(header, "lot", LOT)
    if not isinstance(header["part"], str) or header["part"] not in parts:
        raise _wrong("part")
    for name in HASHES:
        if not is_hash(header[name]):
            raise _wrong(name)
    _check_length(header["ct_len"], most)
    if canonical(header["groups"]) != canonical(groups):
        raise SealError(
            "信封未按公布的开标密钥持有人及门限密封",
            "The envelope is not sealed to the published officers and thresholds",
        )
    _check_shares(header["shares"], seats(read_groups(groups)))


def _check_length(told: Any, most: int | None) -> None:
    """The ciphertext's length, within what an age file has and a bid may have."""
    if type(told) is not int or told < LEAST_CIPHERTEXT:
        raise _wrong("ct_len")
    if most is not None and told > most:
        raise SealError(f"密文超过 {most} 字节上限", f"The ciphertext is larger than {most} bytes")


def _check_shares(told: Any, expected: list[tuple[int, str, int]]) -> None:
    """One share for every officer, in order, each wrapped in an age file."""
    if not isinstance(told, list) or len(told) != len(expected):
        raise _wrong("shares")
    for share, (g, officer, x) in zip(told, expected, strict=True):
        if not isinstance(share, dict) or set(share) != SHARE_MEMBERS:
            raise _wrong("shares")
        if type(share["g"]) is not int or type(share["x"]) is not int:
            raise _wrong("shares")
        if (share["g"], share["o"], share["x"]) != (g, officer, x) or not is_hash(share["commit"]):
            raise _wrong("shares")
        if not unbased(share["wrapped"]).startswith(AGE):
            raise _wrong("shares")


def is_hash(told: Any) -> bool:
    """Whether this is 32 bytes in lower-case hex."""
    return isinstance(told, str) and HEX.fullmatch(told) is not None


def unbased(told: Any) -> bytes:
    """The bytes of canonical base64, at most as long as a wrapped share.

    Raises:
        SealError: it is none.
    """
    if not isinstance(told, str) or len(told) > LONGEST_WRAPPED:
        raise _wrong("wrapped")
    try:
        data = base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong("wrapped") from error
    if base64.b64encode(data).decode() != told:
        raise _wrong("wrapped")
    return data


def _equal(header: Mapping[str, Any], name: str, value: str) -> None:
    """One member is exactly this."""
    if header[name] != value:
        raise _wrong(name)


def _wrong(name: str) -> SealError:
    return SealError(f"信封头的 {name} 不符合要求", f"The header's {name} is not as it must be")
