"""The files beside the entries 证据附件: headers of the bids in force at closing, price sheets, pools of the draws."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.evidence.lines import Shown
from trading.experts.draw import pool_lines
from trading.experts.recorded import candidates
from trading.ledger.canonical import canonical
from trading.models import Bid, Draw, Lot
from trading.sealing.contents import PRICED
from trading.sealing.headers import envelope_id


class RecordsDiffer(Exception):
    """The kept records are not those of the chain: what would be exported could not be verified."""


def current_envelopes(chain: Iterable[Shown]) -> list[str]:
    """The envelopes in force at closing, ascending; none while bidding is not closed (trust.md §8.8)."""
    current: dict[tuple[str, str], str] = {}
    for one in chain:
        body = one.body or {}
        if one.entry.kind == "bid.received":
            current[one.entry.actor, body["part"]] = body["envelope"]
        elif one.entry.kind == "bid.withdrawn":
            current.pop((one.entry.actor, body["part"]), None)
        elif one.entry.kind == "tender.closed":
            return sorted(current.values())
    return []


def bid_files(session: Session, lot: Lot, chain: Sequence[Shown]) -> dict[str, bytes]:
    """``env-….json`` of every envelope in force at closing, ``content-….json`` of every opened price.

    Raises:
        RecordsDiffer: a header or sheet is missing, or is not the one of the chain.
    """
    query = select(Bid.envelope, Bid.header, Bid.sheet).where(Bid.lot_id == lot.id)
    kept = {envelope: (header, sheet) for envelope, header, sheet in session.execute(query)}
    files = {}
    for envelope in current_envelopes(chain):
        header, _sheet = kept.get(envelope, ({}, None))
        if envelope_id(header) != envelope:
            raise RecordsDiffer(f"the header of envelope {envelope}")
        files[f"env-{envelope}.json"] = canonical(header)
    for one in chain:
        body = one.body or {}
        if one.entry.kind == "bid.opened" and body["part"] in PRICED:
            _header, sheet = kept.get(body["envelope"], ({}, None))
            files[f"content-{body['envelope']}.json"] = sealed_bytes(sheet, body["inner"])
    return files


def sealed_bytes(sheet: Mapping[str, Any] | None, inner: str) -> bytes:
    """The sealed bytes of a price sheet; they are canonical, so that the kept sheet gives them again.

    Raises:
        RecordsDiffer: they have not the digest that the bidder committed to.
    """
    data = canonical(dict(sheet or {}))
    if hashlib.sha256(data).hexdigest() != json.loads(inner)["sha256"]:
        raise RecordsDiffer("the price sheet of an opened bid")
    return data


def pool_files(session: Session, lot: Lot, chain: Iterable[Shown]) -> dict[str, bytes]:
    """``pool-<n>.jsonl`` of every draw whose pool was fixed, in the order of their rules."""
    kept = {name: pool for name, pool in session.execute(select(Draw.name, Draw.pool).where(Draw.lot_id == lot.id))}
    numbers: dict[str, int] = {}
    files = {}
    for one in chain:
        name = (one.body or {}).get("draw", "")
        if one.entry.kind == "draw.rules":
            numbers[name] = len(numbers) + 1
        elif one.entry.kind == "draw.pool":
            if name not in kept:
                raise RecordsDiffer(f"the pool of {name}")
            lines = pool_lines(candidates(kept[name]))
            files[f"pool-{numbers[name]}.jsonl"] = b"".join(line + b"\n" for line in lines)
    return files
