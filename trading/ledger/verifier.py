"""The stand-alone verifier that goes with this installation 独立核验程序: its bytes and its digest.

The digest stands in every ``dossier.final``, in the README and on the public verify page: who is handed another
program under the same name sees it.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent.parent / "tools" / "verify.py"


@lru_cache(maxsize=1)
def program() -> bytes:
    """The program ``tools/verify.py``."""
    return PROGRAM.read_bytes()


def program_digest() -> str:
    """SHA-256 of the program, 64 hex digits."""
    return hashlib.sha256(program()).hexdigest()
