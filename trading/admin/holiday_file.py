"""The holiday file of one year 节假日安排文件: taken over whole, or refused whole with every line that is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trading.errors import InvalidInput, Words
from trading.workflow.calendars import OFF, ON
from trading.working_days import SATURDAY, statutory_days

COLUMNS = ["date", "kind", "name"]
ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_NAME = 40
LARGEST = 64 * 1024
MOST_TOLD = 20


@dataclass(frozen=True)
class Line:
    """One line of the file: its number (the heading is line 1), the day, what it is, and the holiday's name."""

    number: int
    day: date
    kind: str
    name: str


def read(data: bytes, year: int) -> list[Line]:
    """The lines of a holiday file, CSV with the heading ``date,kind,name``; UTF-8 or GB 18030.

    Arguments:
        year: the year of the notice.

    Raises:
        InvalidInput: the first twenty faults, each with its line (field ``file``): a day that is none, twice, of
            another year, of no kind, a working day moved to no weekend; a holiday with a gap; a statutory day missing.
    """
    faults: list[Words] = []
    lines = list(_lines(_table(data), faults))
    if not faults:
        faults = [*_doubles(lines), *(fault for line in lines if (fault := _misplaced(line, year)))]
    if not faults:
        faults = [*_gaps(lines), *_missing(lines, year)]
    if faults:
        raise InvalidInput({"file": faults[:MOST_TOLD]})
    return sorted(lines, key=lambda line: line.day)


def _table(data: bytes) -> list[list[str]]:
    """The cells, heading first."""
    if len(data) > LARGEST:
        raise InvalidInput.of("file", "文件过大，一年的节假日安排不应超过 64 KB", "The file is too large for one year")
    for encoding in ENCODINGS:
        try:
            rows = list(csv.reader(io.StringIO(data.decode(encoding)), strict=True))
        except (UnicodeDecodeError, csv.Error):
            continue
        if rows and [cell.strip() for cell in rows[0]] == COLUMNS:
            return rows
    raise InvalidInput.of(
        "file",
        "应为 UTF-8 或 GB 18030 编码的 CSV 文件，首行为 date,kind,name",
        "A CSV file in UTF-8 or GB 18030 is needed, whose first line is date,kind,name",
    )


def _lines(rows: Sequence[Sequence[str]], faults: list[Words]) -> Iterator[Line]:
    """The lines that can be read; what cannot goes into ``faults``. An empty line is passed over."""
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) != len(COLUMNS):
            faults.append(_fault(number, "应有三列", "three columns are needed"))
            continue
        try:
            day = date.fromisoformat(cells[0])
        except ValueError:
            faults.append(_fault(number, f"“{cells[0][:20]}”不是日期", f"“{cells[0][:20]}” is no date"))
            continue
        if cells[1] not in (OFF, ON):
            faults.append(_fault(number, "第二列应为 holiday 或 workday", "the second column is holiday or workday"))
        elif not cells[2] or len(cells[2]) > LONGEST_NAME:
            faults.append(_fault(number, "缺少节日名称或名称过长", "the holiday's name is missing or too long"))
        else:
            yield Line(number, day, cells[1], cells[2])
    if len(rows) < 2:
        faults.append(Words("文件中没有日期", "There is no day in the file"))


def _misplaced(line: Line, year: int) -> Words | None:
    """A day of another year, or a working day that is one without the notice."""
    if line.day.year != year:
        return _fault(line.number, f"{line.day} 不属于 {year} 年", f"{line.day} is not of {year}")
    if line.kind == ON and line.day.weekday() < SATURDAY:
        return _fault(
            line.number, f"{line.day} 不是周末，无须列为上班日", f"{line.day} is no weekend day that work could move to"
        )
    return None


def _doubles(lines: Sequence[Line]) -> Iterator[Words]:
    """Days that are told twice."""
    seen: dict[date, int] = {}
    for line in lines:
        if line.day in seen:
            first = seen[line.day]
            yield _fault(line.number, f"{line.day} 与第 {first} 行重复", f"{line.day} stands in line {first} already")
        seen.setdefault(line.day, line.number)


def _gaps(lines: Sequence[Line]) -> Iterator[Words]:
    """Holidays whose days do not follow one another."""
    blocks: dict[str, list[Line]] = {}
    for line in sorted((line for line in lines if line.kind == OFF), key=lambda line: line.day):
        block = blocks.setdefault(line.name, [])
        if block and line.day - block[-1].day != timedelta(days=1):
            after = block[-1].day
            yield _fault(
                line.number,
                f"“{line.name}”在 {after} 与 {line.day} 之间缺日",
                f"“{line.name}” has a gap between {after} and {line.day}",
            )
        block.append(line)


def _missing(lines: Sequence[Line], year: int) -> Iterator[Words]:
    """Days off that the law itself gives, and the file does not."""
    told: Mapping[date, str] = {line.day: line.kind for line in lines}
    for day, name in sorted(statutory_days(year).items()):
        if told.get(day) != OFF:
            yield Words(f"缺少法定节假日 {day}（{name}）", f"The statutory holiday {day} ({name}) is missing")


def _fault(number: int, zh: str, en: str) -> Words:
    return Words(f"第 {number} 行：{zh}", f"Line {number}: {en}")
