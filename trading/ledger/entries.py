"""What an entry of the record is 存证条目: its nine members, its salted body, and the closed list of kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from trading.ledger import merkle
from trading.ledger.canonical import CanonicalError, canonical, digest, strict

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LOG_CHAIN = "@log"
FINAL = "dossier.final"
LOG_KINDS = frozenset({"key.registered", "key.revoked", "officer.key", "pad", "incident", "ledger.incident"})
LOT_KINDS = frozenset(
    {
        "tender.published",
        "tender.amended",
        "tender.suspended",
        "tender.resumed",
        "tender.closed",
        "tender.failed",
        "tender.cancelled",
        "tender.terminated",
        "bid.received",
        "bid.withdrawn",
        "bid.refused",
        "bid.opened",
        "bid.rejected",
        "draw.rules",
        "draw.pool",
        "draw.commit",
        "draw.exclusions",
        "draw.dice",
        "draw.reveal",
        "draw.beacon",
        "draw.result",
        "draw.shortage",
        "draw.aborted",
        "expert.accepted",
        "expert.refused",
        "award.notice",
        "dossier.final",
    }
)
FREE_KINDS = frozenset({"tender.clarified", "approval", "step.taken", "step.refused"})
RESERVED_PREFIXES = frozenset(
    {
        "alarm",
        "approval",
        "auction",
        "body",
        "bond",
        "complaint",
        "contract",
        "document",
        "evaluation",
        "listing",
        "notice",
        "objection",
        "secret",
    }
)
FURTHER_NAMES = re.compile(r"(?:\.[a-z][a-z0-9_]{0,31}){1,3}")
MEMBERS = frozenset({"v", "seq", "ts", "tender", "tseq", "tprev", "kind", "actor", "body"})


class EntryError(ValueError):
    """This is no lawful entry of the record."""


def is_free(kind: str) -> bool:
    """Whether the body of ``kind`` may be withheld and its place is not ordered (trust.md §8.9)."""
    prefix, dot, _rest = kind.partition(".")
    reserved = bool(dot) and prefix in RESERVED_PREFIXES and FURTHER_NAMES.fullmatch(kind[len(prefix) :]) is not None
    return kind in FREE_KINDS or reserved


def kind_allowed(chain: str, kind: str) -> bool:
    """Whether ``kind`` may stand in ``chain``: a lot code, or ``@log`` for what belongs to no lot (§8.7, §8.9)."""
    if chain == LOG_CHAIN:
        return kind in LOG_KINDS
    return bool(chain) and not chain.startswith("@") and (kind in LOT_KINDS or is_free(kind))


def timestamp(moment: datetime) -> str:
    """The moment as UTC text of 27 characters, compared as text (§8.1).

    Raises:
        EntryError: for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise EntryError("a moment needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def microseconds(moment: datetime) -> int:
    """The moment as whole microseconds since 1970-01-01T00:00:00Z, as bodies tell deadlines (§8.1).

    Raises:
        EntryError: for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise EntryError("a moment needs a time zone")
    return (moment - EPOCH) // timedelta(microseconds=1)


def body_hash(salt: bytes, body: bytes) -> str:
    """The salted hash that stands for a body, hex; ``body`` is the canonical bytes."""
    return digest("ptledger/body/v1", salt, body).hex()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its number in the log, its number in the chain, and the leaf before it there."""

    seq: int
    tseq: int
    tprev: bytes = b""


@dataclass(frozen=True, slots=True)
class Built:
    """An entry as it is kept: canonical text, leaf hash, body text and salt."""

    entry: str
    leaf: bytes
    body: str
    salt: bytes


def build(place: Place, ts: str, chain: str, kind: str, actor: str, body: Mapping[str, Any], salt: bytes) -> Built:
    """Build one entry (trust.md C.2, §8.6).

    Args:
        place: its numbers and the leaf hash of the chain's entry before it (empty for the first).
        ts: time as by :func:`timestamp`.
        chain: lot code or ``@log``.
        kind: one allowed in that chain.
        actor: who acted.
        body: PT-JSON object.
        salt: 32 random bytes.

    Raises:
        EntryError: for a kind not allowed there, or a salt that is not 32 bytes.
        CanonicalError: for a body outside PT-JSON.
    """
    if not kind_allowed(chain, kind):
        raise EntryError(f"kind {kind!r} is not allowed in chain {chain!r}")
    if len(salt) != 32:
        raise EntryError("a salt has 32 bytes")
    kept = canonical(dict(body))
    members = {
        "v": 1, "seq": place.seq, "ts": ts, "tender": chain, "tseq": place.tseq, "tprev": place.tprev.hex(),
        "kind": kind, "actor": actor, "body": body_hash(salt, kept),
    }  # fmt: skip
    data = canonical(members)
    return Built(data.decode("utf-8"), merkle.leaf(data), kept.decode("utf-8"), salt)


def read(entry: str) -> dict[str, Any]:
    """The nine members of an entry's text.

    Raises:
        EntryError: when the text is not canonical or has other members.
    """
    try:
        members = strict(entry.encode("utf-8"))
    except (CanonicalError, UnicodeEncodeError) as error:
        raise EntryError(f"not canonical: {error}") from error
    if not isinstance(members, dict) or set(members) != MEMBERS or type(members["v"]) is not int or members["v"] != 1:
        raise EntryError("not the nine members of an entry")
    return members
