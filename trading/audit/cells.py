"""Cells of a foreign file 单元格: text to the fact it tells; what cannot be read is refused with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from trading.audit.shape import Column
from trading.beijing import at
from trading.errors import TradingError
from trading.money import LIMIT

NONE = ("none", "无")
YES = ("yes", "true", "1", "是")
NO = ("no", "false", "0", "否")
BETWEEN = re.compile(r"[;；]")
COUNT = re.compile(r"-?\d{1,9}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?", re.ASCII)
YEARS = range(1950, 2050)
LONGEST = 2000
TO_THE_HOUR = frozenset({
    "notice.bid_deadline", "bids.received_at", "bonds.arrived_at", "opening.closed_at", "opening.opened_at",
    "clarifications.deadline_after", "draw.drawn_at", "draw.evaluation_at", "bidding.planned_end", "bidding.ended_at",
    "bidding.offers.at", "publicity.ends_at", "award.notified_at", "sealed_price.opens_at", "sealed_price.reads",
})  # fmt: skip


class BadFile(TradingError):
    """The file cannot be audited; the sentence names line and column."""

    @classmethod
    def at(cls, line: int, column: str, cell: str, wanted: str) -> BadFile:
        """What stands in ``column`` of ``line`` is not what is wanted there."""
        return cls(
            f"第{line}行“{column}”列有误：“{cell[:60]}”，应为 {wanted}",
            f"Line {line}, column {column}: {cell[:60]!r} is not {wanted}",
        )


def form(column: Column) -> str:
    """How the cells of the column are written, for the reader."""
    one = "YYYY-MM-DD HH:MM[:SS]" if column.path in TO_THE_HOUR else FORMS.get(column.kind.plain, "")
    if issubclass(column.kind.plain, Enum):
        one = " | ".join(str(member.value) for member in column.kind.plain)
    return f"{one}; …" if column.kind.many else one


def read(column: Column, cell: str, line: int) -> Any:
    """The fact that ``cell`` tells; ``none`` tells that there is none, an empty list where several are held.

    Raises:
        BadFile: it is of another form.
    """
    kind = column.kind
    if cell in NONE and (kind.many or kind.optional):
        return () if kind.many else None
    try:
        if len(cell) > LONGEST:
            raise ValueError(cell)
        if kind.many:
            return tuple(_one(column, part.strip()) for part in BETWEEN.split(cell))
        return _one(column, cell)
    except ValueError as wrong:
        raise BadFile.at(line, column.path, cell, form(column)) from wrong


def _one(column: Column, cell: str) -> Any:
    plain = column.kind.plain
    if plain is datetime:
        return _moment(cell, hour_needed=column.path in TO_THE_HOUR)
    reader = READERS.get(plain)
    return reader(cell) if reader else plain(cell)


def _yes_or_no(cell: str) -> bool:
    if cell.lower() in YES:
        return True
    if cell.lower() in NO:
        return False
    raise ValueError(cell)


def _count(cell: str) -> int:
    if not COUNT.fullmatch(cell):
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> Decimal:
    if not NUMBER.fullmatch(cell) or abs(number := Decimal(cell)) > LIMIT:
        raise ValueError(cell)
    return number


def day(cell: str) -> date:
    """A day written YYYY-MM-DD, of a year in which anything was or can be traded.

    Raises:
        ValueError: it is none.
    """
    found = date.fromisoformat(cell)
    if found.isoformat() != cell or found.year not in YEARS:
        raise ValueError(cell)
    return found


def _moment(cell: str, *, hour_needed: bool) -> datetime:
    """Beijing wall time; a day alone is its first instant, where the hour does not decide."""
    if len(cell) == len("YYYY-MM-DD") and not hour_needed:
        return at(day(cell))
    plain = datetime.fromisoformat(cell)
    day(cell[:10])
    if plain.tzinfo is not None or len(cell) < len("YYYY-MM-DD HH:MM") or plain.microsecond:
        raise ValueError(cell)
    return at(plain.date(), plain.hour, plain.minute, plain.second)


def _text(cell: str) -> str:
    return cell


READERS: dict[type, Callable[[str], Any]] = {
    bool: _yes_or_no, int: _count, str: _text, Decimal: _number, date: day,
}  # fmt: skip
FORMS: dict[type, str] = {
    bool: "yes | no", int: "12", str: "text", Decimal: "123456.78", date: "YYYY-MM-DD",
    datetime: "YYYY-MM-DD [HH:MM[:SS]]",
}  # fmt: skip
