"""The book that leads from a leaf of the draw to its person 抽取名册底册: sealed in the database, opened on record.

Whoever reads the database without the installation's key folder finds no name behind a leaf (R11.C13).
"""

from __future__ import annotations

import base64
from typing import Any

import pyrage
from pyrage import x25519

from trading.ledger.canonical import canonical, strict
from trading.models import Draw
from trading.sealing.age_keys import identity_of
from trading.sealing.vault import KeyVault
from trading.workflow.taking import Taking

KEY = "draw book key"


def _identity(vault: KeyVault) -> x25519.Identity:
    """The key of all books; made when there is none."""
    return identity_of(vault.seed(KEY))


def sealed(vault: KeyVault, book: dict[str, Any]) -> dict[str, Any]:
    """The book as the database keeps it: an age file to the installation's own key."""
    ciphertext = pyrage.encrypt(canonical(book), [_identity(vault).to_public()])
    return {"sealed": base64.b64encode(ciphertext).decode()}


def opened(taking: Taking, draw: Draw) -> dict[str, str]:
    """Leaf id to expert id, for the machine alone; each opening, and in whose step, is on record (A.7)."""
    if not taking.rehearsal:
        who = taking.actor.actor if taking.actor else "system"
        taking.record("secret.read", {"what": f"book of {draw.name}", "who": who}, "system")
    ciphertext = base64.b64decode(draw.members["sealed"])
    book = strict(bytes(pyrage.decrypt(ciphertext, [_identity(taking.tools.vault)])))
    return {leaf: row["expert"] for leaf, row in book["leaves"].items()}
