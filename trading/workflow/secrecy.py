"""What of a lot's record may be told before the opening 开标前的保密: nothing that a secret step left behind."""

from __future__ import annotations

from typing import Any

from trading.models import Lot
from trading.workflow.transitions import BY_STEP

SEALED_KINDS = frozenset({"bid.received", "bid.withdrawn", "bid.refused", "secret.read"})
SECRET_STEPS = frozenset(step.value for step, row in BY_STEP.items() if row.secret)


def is_sealed(kind: str, body: dict[str, Any]) -> bool:
    """Whether an entry of the record tells of a bid, a bond or another step that is secret before the opening."""
    return kind in SEALED_KINDS or kind.startswith("bond.") or body.get("step") in SECRET_STEPS


def may_be_told(lot: Lot, kind: str, body: dict[str, Any]) -> bool:
    """Whether an entry of ``lot`` may be told to everybody who may see the lot."""
    return lot.opened_at is not None or not is_sealed(kind, body)
