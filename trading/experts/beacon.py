"""The public beacon 公开随机信标: a round of drand's quicknet, fixed before the draw, out after the last reveal.

Its BLS signature is not checked here; anybody with a networked machine can (docs/trust/limits.md).
"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime

TYPE = "drand-quicknet"
CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS, PERIOD = 1692803367, 3


def round_at(moment: datetime) -> int:
    """The first round that is out at ``moment`` or later (drand quicknet: one every three seconds).

    Raises:
        ValueError: before the beacon's first round.
    """
    late = math.ceil(moment.timestamp()) - GENESIS
    if late < 0:
        raise ValueError("before the first round of the beacon")
    return -(-late // PERIOD) + 1


def out_at(round_: int) -> int:
    """When a round is out, POSIX seconds (trust.md §8.10)."""
    return GENESIS + PERIOD * (round_ - 1)


def value_of(signature: str) -> str:
    """The value of a round, hex: the SHA-256 of its signature (96 hex digits)."""
    return hashlib.sha256(bytes.fromhex(signature)).hexdigest()
