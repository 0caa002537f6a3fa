"""The lines of a file, lot by lot 按标段归集: kept on disk, so that memory does not grow."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import TextIO

from trading.audit.cells import BadFile

BATCH = 5_000
FRESH = """
    CREATE TABLE lot (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
    CREATE TABLE line (lot INTEGER, number INTEGER, cells TEXT, PRIMARY KEY (lot, number)) WITHOUT ROWID;
"""
IN_ORDER = (
    "SELECT lot.id, line.number, line.cells FROM line JOIN lot ON lot.number = line.lot ORDER BY lot, line.number"
)

Cells = Mapping[str, str]
Rows = Sequence[tuple[int, Cells]]
Check = Callable[[int, Cells], None]


def headings(file: Path) -> tuple[str, ...]:
    """The first line of the file.

    Raises:
        BadFile: there is none, a heading stands twice, or the file is no CSV in UTF-8.
    """
    with _reading(file) as text:
        found = tuple(cell.strip() for cell in next(csv.reader(text), ()))
    twice = next((name for name in found if found.count(name) > 1), None)
    if not found or twice is not None:
        raise BadFile(f"第1行：列名为空或者重复：{twice or ''}", f"Line 1: no headings, or one twice: {twice or ''}")
    return found


class Shelf:
    """The lots of a file in the order in which they first appear, each with all its lines."""

    def __init__(self, file: Path, scratch: Path, key: str, check: Check) -> None:
        """Read ``file`` to its end, and check every line before anything is judged.

        Arguments:
            scratch: the path of a database that does not exist yet.
            key: the heading of the column that names the lot.
            check: reads the cells of a line, by its number.

        Raises:
            BadFile: a line is not as promised.
        """
        self._scratch = scratch
        self._names = headings(file)
        if key not in self._names:
            raise BadFile(f"文件缺少列：{key}", f"The file lacks the column {key}")
        with closing(self._connect()) as database:
            database.executescript(FRESH)
            self._fill(database, file, key, check)
            self.lots = int(database.execute("SELECT count(*) FROM lot").fetchone()[0])

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._scratch, isolation_level=None)
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        return database

    def _fill(self, database: sqlite3.Connection, file: Path, key: str, check: Check) -> None:
        database.execute("BEGIN")
        for count, (line, cells) in enumerate(lines(file, self._names), 1):
            if not (lot := cells.get(key, "")):
                raise BadFile.at(line, key, "", "text")
            check(line, cells)
            database.execute("INSERT OR IGNORE INTO lot (id) VALUES (?)", (lot,))
            told = json.dumps(cells, ensure_ascii=False)
            database.execute("INSERT INTO line SELECT number, ?, ? FROM lot WHERE id = ?", (line, told, lot))
            if count % BATCH == 0:
                database.execute("COMMIT")
                database.execute("BEGIN")
        database.execute("COMMIT")

    def __iter__(self) -> Iterator[tuple[str, Rows]]:
        """Each lot's id with its lines: their number and those cells that are not empty."""
        with closing(self._connect()) as database:
            for lot, rows in groupby(database.execute(IN_ORDER), lambda row: row[0]):
                yield str(lot), [(int(number), json.loads(cells)) for _lot, number, cells in rows]


def lines(file: Path, names: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    """Each line after the first by its number, with those cells that are not empty.

    Raises:
        BadFile: a line has more cells than headings, or the file is no CSV in UTF-8.
    """
    with _reading(file) as text:
        reader = csv.reader(text, strict=True)
        try:
            next(reader, None)
            for row in reader:
                if len(row) > len(names):
                    zh = f"第{reader.line_num}行有{len(row)}列，标题行只有{len(names)}列"
                    raise BadFile(zh, f"Line {reader.line_num} has {len(row)} cells under {len(names)} headings")
                if row:
                    told = ((name, cell.strip()) for name, cell in zip(names, row, strict=False))
                    yield reader.line_num, {name: cell for name, cell in told if cell}
        except csv.Error as wrong:
            raise BadFile(
                f"第{reader.line_num}行不是CSV：{wrong}", f"Line {reader.line_num} is no CSV: {wrong}"
            ) from wrong


@contextmanager
def _reading(file: Path) -> Iterator[TextIO]:
    """The file as text; what is no UTF-8 is refused in a sentence."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        try:
            yield text
        except UnicodeDecodeError as wrong:
            raise BadFile("文件不是 UTF-8 编码的 CSV", "The file is no CSV in UTF-8") from wrong
