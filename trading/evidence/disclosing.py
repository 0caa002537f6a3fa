"""Which bodies an evidence file shows 披露范围: all that are checked, and of the free kinds what harms nobody.

Withheld are bodies that tell of complaints and their authors, orders of supervision, accounts and bonds, single
votes, and who read or exported what. The entries themselves are all there, so nothing can be left out unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trading.ledger.entries import is_free
from trading.ledger.log import READ_KINDS
from trading.workflow.transitions import BY_STEP

WITHHELD = READ_KINDS | {"evaluation.motion", "evaluation.vote"}
WITHHELD_PREFIXES = ("secret.", "complaint.", "bond.", "alarm.order_")
NAMELESS_STEPS = frozenset(step.value for step, row in BY_STEP.items() if row.nameless)


def is_shown(kind: str, body: Mapping[str, Any]) -> bool:
    """Whether an evidence file shows the body of an entry of a lot's chain; bodies that are checked always."""
    if not is_free(kind):
        return True
    if kind in WITHHELD or kind.startswith(WITHHELD_PREFIXES):
        return False
    return not (kind.startswith("step.") and body.get("step") in NAMELESS_STEPS)
