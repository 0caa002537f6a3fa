"""How time is taken 计时: processor time of this process, in turns, so that a busy machine disturbs all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

WARM_UP = 5
LONGEST = 20.0


def side_by_side(cases: Mapping[str, Callable[[], object]], rounds: int = 40) -> dict[str, float]:
    """The median processor time of each case in milliseconds; every round runs each case once, A B A B.

    Arguments:
        cases: what to run, by name.
        rounds: how many turns at most; a slow set ends after about twenty seconds, with five turns at least.
    """
    for run in cases.values():
        for _time in range(WARM_UP):
            run()
    taken: dict[str, list[float]] = {name: [] for name in cases}
    gc.collect()
    begun = time.monotonic()
    for number in range(rounds):
        for name, run in cases.items():
            start = time.process_time()
            run()
            taken[name].append((time.process_time() - start) * 1000)
        if number >= WARM_UP and time.monotonic() - begun > LONGEST:
            break
    return {name: statistics.median(times) for name, times in taken.items()}


def processor_seconds(process: int) -> float:
    """Processor time that another process has used so far (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def resident_megabytes(process: int | str = "self") -> float:
    """Memory that a process holds (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
