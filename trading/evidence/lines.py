"""The lines of an evidence file 证据条目: entries with proofs and bodies, and the key events they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.evidence.disclosing import is_shown
from trading.evidence.proofs import Tree
from trading.ledger.canonical import canonical
from trading.ledger.entries import LOG_CHAIN
from trading.models import LedgerEntry

KEY_KINDS = ("key.registered", "key.revoked", "officer.key")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry and its body, None where it is withheld or was erased."""

    entry: LedgerEntry
    body: dict[str, Any] | None

    @property
    def signers(self) -> set[str]:
        """Who signed it."""
        return {one["signer"] for one in (self.body or {}).get("sigs", ())}

    @property
    def person(self) -> str:
        """Of a key event: whose key."""
        told = self.body or {}
        return str(told.get("person") or told.get("id"))

    def line(self, tree: Tree) -> bytes:
        """As the evidence file has it (trust.md §8.6)."""
        line: dict[str, Any] = {
            "entry": self.entry.entry, "index": self.entry.seq,
            "proof": [one.hex() for one in tree.proof(self.entry.seq)],
        }  # fmt: skip
        if self.body is not None and self.entry.salt is not None:
            line |= {"body": self.body, "salt": self.entry.salt.hex()}
        return canonical(line) + b"\n"


def shown(entry: LedgerEntry) -> Shown:
    """An entry of a lot's chain with what is shown of it."""
    body = json.loads(entry.body) if entry.body is not None else None
    return Shown(entry, body if body is not None and is_shown(entry.kind, body) else None)


def key_events(session: Session, size: int) -> list[Shown]:
    """All key events of ``@log`` among the first ``size`` entries, in order."""
    query = select(LedgerEntry).where(
        LedgerEntry.chain == LOG_CHAIN, LedgerEntry.kind.in_(KEY_KINDS), LedgerEntry.seq < size
    )
    found = session.scalars(query.order_by(LedgerEntry.seq))
    return [Shown(one, json.loads(one.body)) for one in found if one.body is not None]


def needed(chain: Iterable[Shown], events: Sequence[Shown]) -> list[Shown]:
    """The key events an evidence file holds: of everybody who signed in it, and of the lot's opening officers.

    Whoever signed one of these events (a supervisor who revoked a key) is somebody who signed in it.
    """
    people: set[str] = set()
    for one in chain:
        people |= one.signers
        if one.entry.kind == "tender.published" and one.body is not None:
            people |= {officer["id"] for group in one.body["groups"] for officer in group["officers"]}
    while True:
        about = [one for one in events if one.person in people]
        more = set().union(*(one.signers for one in about)) - people
        if not more:
            return about
        people |= more
