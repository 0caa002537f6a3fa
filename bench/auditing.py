"""The audit of a file 回溯核查测速: lots a second, and how memory grows with the file.

``python -m bench.auditing LOTS FOLDER`` audits a made-up file of so many lots in a process of its own and prints
processor seconds and the megabytes held at most.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.county import NOW
from bench.table import Line, at_most, times_at_most
from trading import audit, values
from trading.replay.auctions import COLUMNS
from trading.working_days import Calendar

FEW, MANY, IN_ALL = 1_000, 20_000, 100_000
BIDS = 4


def write(file: Path, lots: int) -> None:
    """A file of past auctions, two in a hundred with a breach, in no order by lot."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        for bid in range(BIDS):
            for lot in range(lots):
                day = f"{2019 + lot % 7}-{1 + lot % 12:02}-{1 + lot % 28:02}"
                control = 3_000_000 + lot % 500 * 10_000
                price = control + 1 if lot % 50 == 0 and bid == 3 else control - 100_000 + bid * 10_000
                writer.writerow([lot, day, f"工程{lot}", "", control, f"单位{bid}", price, "", int(bid == 0)])


def run(lots: int, folder: Path) -> tuple[float, float]:
    """Seconds of processor time, and megabytes held at most."""
    file = folder / f"{lots}.csv"
    write(file, lots)
    book = values.load()
    frame = audit.Frame(NOW, book, Calendar.official(book.calendar_years))
    begun = time.process_time()
    audit.audit_file(file, frame, folder / f"{lots}.json", echo=lambda _line: None, progress=False)
    return time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(lots: int, folder: Path) -> tuple[float, float]:
    """The same in a process of its own, so that each size starts from the same memory."""
    command = [sys.executable, "-m", "bench.auditing", str(lots), str(folder)]
    seconds, megabytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(megabytes)


def auditing(folder: Path) -> Iterator[Line]:
    """Two sizes of file; the time of a hundred thousand lots follows from the larger."""
    (_, few), (seconds, many) = measured(FEW, folder), measured(MANY, folder)
    yield Line(f"audit of {MANY:,} lots, {BIDS} bids each", f"{MANY / seconds:,.0f} lots/s")
    yield at_most(f"… so {IN_ALL:,} lots take", seconds * IN_ALL / MANY / 60, "min", 10)
    yield times_at_most(f"… memory at {MANY:,} lots", many, f"at {FEW:,}", few, 1.1, "MB")


if __name__ == "__main__":
    print(*run(int(sys.argv[1]), Path(sys.argv[2])))
