"""The gate of submission 递交闸口: whoever came in before the deadline is heard before bidding is closed.

A bid is admitted when its whole request has arrived, and from then on closing waits for it (trust.md B.4). The lock is
one of the operating system, so that it ends with the process that holds it; it holds for one machine.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from trading.steps import Step

ADMITTED = frozenset({Step.SUBMIT_BID, Step.WITHDRAW_BID})
IN_LINE = frozenset({Step.MAKE_OFFER, Step.MATCH_OFFER, Step.GO_ON})
LONGEST_WAIT = 120.0
PAUSE = 0.01


@dataclass(frozen=True)
class Gate:
    """One gate for every lot, in a folder that all workers of the installation share.

    Whoever enters passes the turnstile, which closing holds while it waits: late comers cannot keep it waiting.
    """

    folder: Path
    longest: float = LONGEST_WAIT

    @contextmanager
    def admitted(self, code: str) -> Iterator[None]:
        """Inside, the lot is not closed; read the clock only here."""
        with self._file(code, "turnstile") as turnstile, self._file(code, "inside") as inside:
            fcntl.flock(turnstile, fcntl.LOCK_EX)
            fcntl.flock(inside, fcntl.LOCK_SH)
            fcntl.flock(turnstile, fcntl.LOCK_UN)
            yield

    @contextmanager
    def closing(self, code: str) -> Iterator[bool]:
        """Inside, nobody is admitted; False when somebody was inside longer than ``longest`` seconds."""
        with self._file(code, "turnstile") as turnstile, self._file(code, "inside") as inside:
            until = time.monotonic() + self.longest
            yield _taken(turnstile, until) and _taken(inside, until)

    @contextmanager
    def _file(self, code: str, name: str) -> Iterator[int]:
        """A file of the gate; closing it gives its lock back."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / f"{quote(code, safe='')}.{name}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def _taken(descriptor: int, until: float) -> bool:
    """Take the lock for oneself alone; False when others held it until the moment."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE)
        else:
            return True
