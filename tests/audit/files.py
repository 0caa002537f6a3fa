"""Files to audit 待核查文件: written from rows, asked, and what was found told briefly."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from trading import audit, values
from trading.beijing import at
from trading.replay.auctions import COLUMNS
from trading.working_days import Calendar

BOOK = values.load()
LAW_ON = date(2026, 3, 2)
TSUCHIURA = Path(__file__).resolve().parents[3] / "shared" / "data" / "tsuchiura_2007_2011.csv"


def frame(law_on: date | None = None, book: values.Book = BOOK) -> audit.Frame:
    """The audit of a day after all of them."""
    return audit.Frame(at(date(2026, 11, 2), 9), book, Calendar.official(BOOK.calendar_years), law_on)


def written(folder: Path, rows: Iterable[Mapping[str, str]], names: Iterable[str] = COLUMNS) -> Path:
    """A CSV file of these rows."""
    path = folder / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(names))
        writer.writeheader()
        writer.writerows(rows)
    return path


def audited(file: Path, law_on: date | None = LAW_ON, book: values.Book = BOOK) -> dict[str, Any]:
    """The report of a file, with the set of unknowns in each lot."""
    out = file.with_suffix(".json")
    audit.audit_file(file, frame(law_on, book), out, echo=lambda _line: None, progress=False)
    report: dict[str, Any] = json.loads(out.read_text("utf-8"))
    for lot in report["lots"]:
        if isinstance(lot["unknown"], str):
            lot["unknown"] = report["unknown_sets"][lot["unknown"]]
    return report


def breaches(report: dict[str, Any]) -> dict[str, list[str]]:
    """Which conditions each lot breaches; lots without a breach are left out."""
    return {lot["lot"]: [one["id"] for one in lot["breaches"]] for lot in report["lots"] if lot["breaches"]}


def auction(code: str, *bids: tuple[str, str, str, str], **more: str) -> list[dict[str, str]]:
    """An auction in the replay's columns; a bid is bidder, price, why rejected, winner."""
    first = {"auction_id": code, "date": "2025-06-10", "title": code, "details": "", "control_price": "5000000", **more}
    return [
        {**first, "bidder": bidder, "bid": price, "rejected": why, "winner": won} for bidder, price, why, won in bids
    ]


SOUND = (("甲", "4700000", "", "1"), ("乙", "4800000", "", "0"), ("丙", "4900000", "", "0"))
