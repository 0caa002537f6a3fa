"""Who acts in the honest story, and how it is told 诚实标段的人与事: keys, events, and the files beside them.

Who tells it holds every key there is; nothing here comes from the exporter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pyrage import x25519

from trading.experts.draw import Candidate
from trading.ledger.actions import ActionKey, message
from trading.ledger.notes import LOG, WITNESS, SigningKey
from trading.sealing.ptbid import SealedBid

CODE, OTHER = "BD-2026-0007", "BD-2026-0008"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STRATA = ("JZ", "SZ")
GENERATED = ("officer-a", "officer-b", "officer-c")
ROLES = {
    "centre-1": "centre", "supervisor-1": "supervisor", "notary-1": "notary", "stranger-1": "owner",
    **dict.fromkeys(GENERATED, "officer"), **{f"bidder-{number}": "bidder" for number in range(1, 8)},
}  # fmt: skip
CENTRE, SUPERVISOR, NOTARY = "centre-1", "supervisor-1", "notary-1"


@dataclass
class Event:
    """One entry to be: ``by`` sign it, in order; ``keys`` name other keys than those the signers hold."""

    chain: str
    kind: str
    actor: str
    body: dict[str, Any]
    by: tuple[str, ...] = ()
    at: datetime = MORNING
    shown: bool = True
    sigs: list[dict[str, str]] | None = None
    salt: bytes = b""
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass
class Town:
    """Everybody's keys: of log and witness, of people, of officers, of bids, and the parties' secrets."""

    log: SigningKey
    witness: SigningKey
    people: dict[str, ActionKey]
    officers: dict[str, x25519.Identity]
    secrets: dict[tuple[str, str], bytes]

    @classmethod
    def new(cls) -> Town:
        """Keys that a name gives, so that every run tells the same story; age makes its own."""
        return cls(
            SigningKey("badong.example/ledger", LOG, seed("log")),
            SigningKey("supervisor.example/witness", WITNESS, seed("witness")),
            {person: ActionKey(seed(person)) for person in ROLES},
            {person: x25519.Identity.generate() for person in GENERATED},
            {},
        )

    def secret(self, draw: str, party: str) -> bytes:
        """A party's secret for a draw."""
        return self.secrets.setdefault((draw, party), seed(f"{draw} {party}"))

    def signatures(self, event: Event) -> list[dict[str, str]]:
        """The signatures of an event by the keys of those who sign it."""
        text = message(event.chain, event.kind, event.actor, event.body)
        return [{"sig": self.people[person].sign(text), "signer": person} for person in event.by]


def seed(name: str) -> bytes:
    """32 bytes that ``name`` gives."""
    return hashlib.sha256(f"wutong evidence {name}".encode()).digest()


@dataclass
class Story:
    """The events of all chains, in order, and the files that lie beside the lot's."""

    town: Town
    events: list[Event] = field(default_factory=list)
    sealed: dict[str, SealedBid] = field(default_factory=dict)
    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)
    pools: dict[str, list[Candidate]] = field(default_factory=dict)
    deadline: int = 0
    groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The moment of the next event."""
        return MORNING + len(self.events) * MINUTE

    def tell(self, kind: str, actor: str, body: Mapping[str, Any], *by: str, chain: str = CODE) -> Event:
        """The next event."""
        event = Event(chain, kind, actor, dict(body), by, self.now)
        event.salt = seed(f"salt {len(self.events)}")
        self.events.append(event)
        return event

    def lot(self) -> list[Event]:
        """The events of the lot's own chain."""
        return [event for event in self.events if event.chain == CODE]

    def one(self, kind: str, number: int = 0) -> Event:
        """The ``number``-th event of a kind in the lot's chain."""
        return [event for event in self.lot() if event.kind == kind][number]

    def copy(self) -> Story:
        """The same story, to be altered."""
        return Story(
            self.town, deepcopy(self.events), dict(self.sealed), deepcopy(self.sheets),
            {name: list(pool) for name, pool in self.pools.items()}, self.deadline, deepcopy(self.groups),
        )  # fmt: skip
