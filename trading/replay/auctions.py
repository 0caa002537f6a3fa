"""Past auctions from a CSV file 历史招标: checked line by line, sorted by day on disk, told one auction at a time."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from trading.errors import TradingError

COLUMNS = ("auction_id", "date", "title", "details", "control_price", "bidder", "bid", "rejected", "winner")
AMOUNT = re.compile(r"[1-9][0-9]{0,13}(\.0+)?", re.ASCII)
LONGEST = {"auction_id": 60, "title": 120, "details": 1000, "bidder": 200, "rejected": 1000}
BATCH = 500
NO_DAY = "2000-01-01"
FRESH = """
    CREATE TABLE auction (id TEXT PRIMARY KEY, day TEXT, title TEXT, details TEXT, control TEXT) WITHOUT ROWID;
    CREATE TABLE bidder (name TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
    CREATE TABLE line (
        day TEXT, auction TEXT, bidder INTEGER, bid TEXT, rejected TEXT, winner INTEGER,
        PRIMARY KEY (day, auction, bidder)
    ) WITHOUT ROWID;
"""
KEEP_AUCTION = """
    INSERT INTO auction VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
    SET title = min(title, excluded.title), details = min(details, excluded.details)
"""
IN_ORDER = """
    SELECT auction.id, auction.day, auction.title, auction.details, auction.control,
           bidder.name, bidder.number, line.bid, line.rejected, line.winner
    FROM line CROSS JOIN auction ON auction.id = line.auction CROSS JOIN bidder ON bidder.number = line.bidder
    ORDER BY line.day, line.auction, line.bidder
"""


class BadFile(TradingError):
    """The file cannot be replayed; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One bid as recorded: ``number`` stands for the bidder's name throughout the file; ``total`` in yuan."""

    bidder: str
    number: int
    total: Decimal
    rejected: str
    won: bool


@dataclass(frozen=True, slots=True)
class Auction:
    """One auction as recorded: opened on ``day`` under the control price ``control`` (yuan)."""

    id: str
    day: date
    title: str
    details: str
    control: Decimal
    offers: tuple[Offer, ...]


class Shelf:
    """The lines of a file in a scratch database of their own, so that memory does not grow with the file."""

    def __init__(self, file: Path, scratch: Path) -> None:
        """Read and check ``file``; ``scratch`` is the path of a database that does not exist yet.

        Raises:
            BadFile: a heading, amount, day or line is not as promised.
        """
        self._scratch = scratch
        with closing(self._connect()) as database:
            database.executescript(FRESH)
            self.bids = _fill(database, file)
            count, first, last = database.execute("SELECT count(*), min(day), max(day) FROM auction").fetchone()
        self.auctions = int(count)
        self.days = (date.fromisoformat(first or NO_DAY), date.fromisoformat(last or NO_DAY))

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._scratch, isolation_level=None)
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        return database

    def __iter__(self) -> Iterator[Auction]:
        """The auctions by opening day, then by id, whatever the order of the file."""
        with closing(self._connect()) as database:
            for (id_, day, title, details, control), rows in groupby(database.execute(IN_ORDER), lambda row: row[:5]):
                offers = tuple(Offer(row[5], row[6], Decimal(row[7]), row[8], bool(row[9])) for row in rows)
                yield Auction(id_, date.fromisoformat(day), title, details, Decimal(control), offers)


def _fill(database: sqlite3.Connection, file: Path) -> int:
    """Put every line on the shelf; returns how many there are."""
    count = 0
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise BadFile(f"文件缺少列：{'、'.join(missing)}", f"The file lacks columns: {', '.join(missing)}")
            for row in reader:
                if count % BATCH == 0:
                    _turn(database, again=True)
                _put(database, reader.line_num, row)
                count += 1
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise BadFile("文件不是 UTF-8 编码的 CSV", "The file is no CSV in UTF-8") from wrong
    _turn(database, again=False)
    return count


def _turn(database: sqlite3.Connection, *, again: bool) -> None:
    """Put what was written on the disk; begin anew if there is more."""
    if database.in_transaction:
        database.execute("COMMIT")
    if again:
        database.execute("BEGIN")


def _put(database: sqlite3.Connection, number: int, row: dict[str, str | None]) -> None:
    """Check one line and keep it; day and control price are the auction's, the words may differ from line to line."""
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    wrong = next((name for name in COLUMNS if not _good(name, cells[name])), None)
    if wrong is not None:
        raise BadFile(
            f"第{number}行“{wrong}”有误：{cells[wrong][:60]}", f"Line {number}, {wrong}: {cells[wrong][:60]!r}"
        )
    auction, day = cells["auction_id"], cells["date"]
    control, bid = (cells[name].partition(".")[0] for name in ("control_price", "bid"))
    database.execute(KEEP_AUCTION, (auction, day, cells["title"], cells["details"], control))
    if database.execute("SELECT day, control FROM auction WHERE id = ?", (auction,)).fetchone() != (day, control):
        zh = f"第{number}行的日期或者控制价与同一项目“{auction}”的其他行不一致"
        raise BadFile(zh, f"Line {number} tells day or control price of {auction} differently from an earlier line")
    line = (day, auction, _number_of(database, cells["bidder"]), bid, cells["rejected"], cells["winner"] == "1")
    try:
        database.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", line)
    except sqlite3.IntegrityError as twice:
        zh = f"第{number}行：投标人“{cells['bidder']}”在同一项目中出现两次"
        raise BadFile(zh, f"Line {number}: {cells['bidder']} bids twice in one auction") from twice


def _number_of(database: sqlite3.Connection, name: str) -> int:
    """The number that stands for a bidder's name, the next one for a new name."""
    found = database.execute("SELECT number FROM bidder WHERE name = ?", (name,)).fetchone()
    if found is None:
        query = "INSERT INTO bidder SELECT ?, coalesce(max(number), 0) + 1 FROM bidder RETURNING number"
        found = database.execute(query, (name,)).fetchone()
    return int(found[0])


def _good(name: str, cell: str) -> bool:
    """Whether a cell is of its column's form."""
    if name in ("control_price", "bid"):
        return AMOUNT.fullmatch(cell) is not None
    if name == "date":
        return _is_day(cell)
    if name == "winner":
        return cell in ("0", "1")
    return len(cell) <= LONGEST[name] and (bool(cell) or name in ("details", "rejected"))


def _is_day(cell: str) -> bool:
    """Whether it is a day written YYYY-MM-DD, of a year in which anything can be scheduled."""
    try:
        return date.fromisoformat(cell).isoformat() == cell and 1950 <= int(cell[:4]) <= 2049
    except ValueError:
        return False
