"""The only reader of the system clock 时钟, and the clocks that stand in: stopped in tests, moved in training."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from trading.beijing import BEIJING, at, beijing, law_date

__all__ = ["BEIJING", "Clock", "StoppedClock", "SystemClock", "TrainingClock", "at", "beijing", "law_date"]


class Clock(Protocol):
    """Whatever can tell the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The machine's own clock; in production it is kept right by the operating system."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class StoppedClock:
    """A clock in memory that stands where it is put: for tests and for the replay."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def now(self) -> datetime:
        """The moment at which the clock stands, aware, in UTC."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Put the clock to ``moment``, forwards or backwards.

        Raises:
            ValueError: when ``moment`` says no zone.
        """
        self._moment = _utc(moment)

    def advance(self, span: timedelta) -> datetime:
        """Move by ``span`` and tell the new moment."""
        self._moment += span
        return self._moment


class TrainingClock:
    """The clock of demonstration mode: stands still until moved, shared by all worker processes through a small file.

    Args:
        path: the file that holds the moment; made with ``start`` when it is not there.
        start: where a new clock stands; an existing file wins.

    Raises:
        ValueError: when ``start`` says no zone, or the file holds no moment.
    """

    def __init__(self, path: Path, start: datetime) -> None:
        self.path = path
        first = _utc(start)
        with self._locked():
            if not path.exists():
                self._write(first)
        self.now()

    def now(self) -> datetime:
        """The moment at which the clock stands, aware, in UTC."""
        return _utc(datetime.fromisoformat(self.path.read_text(encoding="ascii").strip()))

    def advance_to(self, moment: datetime) -> datetime:
        """Put the clock to ``moment`` and tell it.

        Raises:
            ValueError: when ``moment`` is before the present one or says no zone.
        """
        wanted = _utc(moment)
        with self._locked():
            present = self.now()
            if wanted < present:
                raise ValueError(f"the training clock never goes back: it stands at {present}, not after {wanted}")
            self._write(wanted)
        return wanted

    def advance(self, span: timedelta) -> datetime:
        """Move forwards by ``span`` and tell the new moment; two at once both count.

        Raises:
            ValueError: when ``span`` is negative.
        """
        if span < timedelta(0):
            raise ValueError("the training clock never goes back")
        with self._locked():
            moment = self.now() + span
            self._write(moment)
        return moment

    def _write(self, moment: datetime) -> None:
        """Replace the file whole, so that a reader sees the old moment or the new one."""
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text(moment.isoformat() + "\n", encoding="ascii")
        os.replace(fresh, self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time among all processes."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(self.path.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _utc(moment: datetime) -> datetime:
    return beijing(moment).astimezone(UTC)
