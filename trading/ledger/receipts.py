"""A bidder's receipt 投标回执, or the note of a refusal 拒收凭证: the platform's signed word (trust.md B.4, §8.11)."""

from __future__ import annotations

from typing import Any

from trading.ledger import notes
from trading.ledger.canonical import canonical
from trading.ledger.notes import SigningKey


def bid_receipt(key: SigningKey, tender: str, envelope: str, t_recv: int, leaf: str) -> bytes:
    """The receipt of one envelope as a signed note; it tells neither index nor size, which would count the bids.

    Args:
        key: the log's key; its name is the origin.
        tender: lot code.
        envelope: envelope id, 64 hex digits.
        t_recv: microseconds since 1970.
        leaf: leaf hash of ``bid.received``, 64 hex digits.
    """
    told = canonical({"envelope": envelope, "leaf": leaf, "t_recv": t_recv, "tender": tender}).decode()
    text = f"{key.name} receipt\n{told}\n"
    return notes.write(text, [key.line(text)])


def bid_refusal(key: SigningKey, tender: str, leaf: str, told: dict[str, Any]) -> bytes:
    """The note of an envelope that was not taken; its first line keeps it from being read as a receipt.

    Args:
        key: the log's key; its name is the origin.
        tender: lot code.
        leaf: leaf hash of ``bid.refused``, 64 hex digits.
        told: what that entry says: ``envelope``, ``reason``, ``t_recv``.
    """
    text = f"{key.name} refusal\n{canonical(told | {'leaf': leaf, 'tender': tender}).decode()}\n"
    return notes.write(text, [key.line(text)])
