"""From the lines of a lot to its case 案情装配: lot facts agree from line to line, each line may add to every list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from trading.audit.cells import BadFile, read
from trading.audit.shape import Column, columns, groups
from trading.audit.shelf import Rows
from trading.audit.told import NoLawDay, Supposed, Told, ToldCase
from trading.beijing import law_date
from trading.values import Book, Values
from trading.working_days import Calendar

Facts = dict[str, Any]


@dataclass
class Record:
    """What a file tells of one lot: facts by group, and the elements of each list that it has headings for.

    ``day`` is the day whose law judges it where the file tells one that is neither registration nor notice.
    """

    code: str
    facts: dict[str, Facts] = field(default_factory=dict)
    lists: dict[str, list[Facts]] = field(default_factory=dict)
    day: date | None = None

    def tell(self, group: str, **facts: Any) -> None:
        """Add facts that follow from others; what the file itself tells stays."""
        self.facts[group] = {**facts, **self.facts.get(group, {})}

    def told(self, group: str, name: str) -> Any:
        """A fact, None where it is not told."""
        return self.facts.get(group, {}).get(name)


@dataclass(frozen=True)
class Frame:
    """What every lot of an audit is judged by: the moment, the numbers, the calendar; ``law_on`` for all lots."""

    now: datetime
    book: Book
    calendar: Calendar
    law_on: date | None = None

    def law_day(self, record: Record) -> date | None:
        """The day whose law judges the lot: its registration, else its notice, else unknown; unless one is declared."""
        if self.law_on is not None or record.day is not None:
            return self.law_on or record.day
        entered = record.told("lot", "registered_at") or record.told("notice", "published_at")
        return law_date(entered) if entered else None

    def values(self, day: date | None) -> Values | NoLawDay:
        """The numbers of that day."""
        return NoLawDay() if day is None else self.book.on(day)

    def case(self, record: Record) -> ToldCase:
        """The lot's case."""
        day = self.law_day(record)
        frame: dict[str, Any] = {
            "now": self.now, "today": law_date(self.now), "values": self.values(day), "calendar": self.calendar,
            "step": None, "subject": None, "checked": {}, "assumed": frozenset(),
        }  # fmt: skip
        if day is not None:
            frame["law_day"] = day
        supposed: Supposed = {}
        return ToldCase(frame, build(record, supposed), supposed)


def build(record: Record, supposed: Supposed) -> dict[str, Any]:
    """The groups and lists of the lot by the case's own names."""
    shapes = groups()
    case: dict[str, Any] = {}
    inner: dict[str, Facts] = {}
    for path, elements in record.lists.items():
        made = tuple(Told(shapes[path], one, supposed) for one in elements)
        outer, _, name = path.rpartition(".")
        if outer:
            inner.setdefault(outer, {})[name] = made
        else:
            case[path] = made
    for path in outer_groups():
        case[path] = Told(shapes[path], {**record.facts.get(path, {}), **inner.get(path, {})}, supposed)
    return case


@cache
def outer_groups() -> tuple[str, ...]:
    """The groups of a case that are no list."""
    return tuple(path for path, group in groups().items() if not group.element)


class Layout:
    """The headings of a file: which of them are facts of the lot, and which of an element of a list."""

    def __init__(self, names: tuple[str, ...], key: str) -> None:
        """Raises BadFile when a heading is no column that is documented."""
        known = columns()
        foreign = [name for name in names if name not in known and name != key]
        if foreign:
            raise BadFile(f"第1行有未知的列：{'、'.join(foreign)}", f"Line 1: unknown columns: {', '.join(foreign)}")
        self.columns: Mapping[str, Column] = {name: known[name] for name in names if name != key}
        self.lists = sorted({one.holder for one in self.columns.values() if groups()[one.holder].element})

    def check(self, line: int, cells: Mapping[str, str]) -> None:
        """Read every cell of a line. Raises BadFile."""
        for name, column in self.columns.items():
            if name in cells:
                read(column, cells[name], line)

    def record(self, code: str, rows: Rows) -> Record:
        """What the lines of one lot tell.

        Raises:
            BadFile: a later line tells a fact of the lot otherwise.
        """
        record = Record(code, lists={path: [] for path in self.lists})
        written: dict[str, str] = {}
        for line, cells in rows:
            elements: dict[str, Facts] = {}
            for name, column in self.columns.items():
                cell = cells.get(name)
                if cell is None:
                    continue
                if column.holder in record.lists:
                    elements.setdefault(column.holder, {})[column.name] = read(column, cell, line)
                elif written.setdefault(name, cell) != cell:
                    raise BadFile.at(line, name, cell, f"{written[name][:60]!r}")
                else:
                    record.facts.setdefault(column.holder, {})[column.name] = read(column, cell, line)
            for path, facts in elements.items():
                record.lists[path].append(facts)
        record.tell("lot", code=code)
        return record
