"""Logs for the tests of the witness 见证测试日志: a key, leaves, and requests made as the platform makes them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from trading.ledger import merkle, notes
from trading.ledger.notes import LOG, SigningKey
from trading.witness.requests import ask

ORIGIN = "badong.example/ledger"


def leaf(number: int, history: str = "") -> bytes:
    """The leaf of an entry; another history has others."""
    return merkle.leaf(hashlib.sha256(f"{history}{number}".encode()).digest())


@dataclass
class SmallLog:
    """A log that signs what it says of itself."""

    leaves: list[bytes] = field(default_factory=list)
    key: SigningKey = field(default_factory=lambda: SigningKey(ORIGIN, LOG, bytes(range(32))))

    @classmethod
    def of(cls, size: int, history: str = "") -> SmallLog:
        """A log of this many entries."""
        return cls([leaf(number, history) for number in range(size)])

    @property
    def root(self) -> bytes:
        """The root of all entries."""
        return merkle.root(self.leaves)

    def note(self) -> bytes:
        """The checkpoint over all entries."""
        text = notes.Checkpoint(self.key.name, len(self.leaves), self.root).text
        return notes.write(text, [self.key.line(text)])

    def request(self, old: int = 0) -> bytes:
        """What is sent to a witness that knows the log at ``old`` entries."""
        return ask(old, merkle.consistency_proof(self.leaves, old) if old else [], self.note()).data()
