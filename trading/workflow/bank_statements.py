"""Bank statements 银行流水文件 read by a declared mapping: exact, whole or not at all, every fault with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from trading.clock import BEIJING
from trading.errors import InvalidInput, Words
from trading.models import BankProfile
from trading.money import MoneyError, yuan

NEEDED = ("reference", "payer_name", "payer_account", "amount", "paid_at")
CHOSEN = ("virtual_account", "remark", "currency", "channel")
ENCODINGS = ("utf-8", "gb18030")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
YUAN_CODES = frozenset({"CNY", "RMB", "156", "人民币", "元", "人民币元"})
LONGEST = {"reference": 64, "payer_name": 200, "payer_account": 64, "virtual_account": 64, "remark": 200}
AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)
CASH = "现金"
SHOWN = 20
MEGABYTE = 2**20


TOKENS = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "hh": "%H", "mm": "%M", "ss": "%S"}


def pattern_of(form: str) -> str | None:
    """A declared form of time, like YYYY-MM-DD hh:mm:ss, as it is read; None where it cannot be read."""
    pattern = form.replace("%", "%%")
    for token, directive in TOKENS.items():
        if pattern.count(token) > 1:
            return None
        pattern = pattern.replace(token, directive)
    letters = re.sub(r"%[%YmdHMS]|T", "", pattern)
    whole = all(directive in pattern for directive in ("%Y", "%m", "%d"))
    return pattern if whole and not re.search(r"[A-Za-z]", letters) else None


@dataclass(frozen=True)
class Layout:
    """How a bank writes its statements; ``columns`` maps our names (NEEDED, CHOSEN) to the bank's headings."""

    columns: Mapping[str, str]
    encoding: str = "utf-8"
    separator: str = ","
    time_format: str = "%Y-%m-%d %H:%M:%S"


def layout_of(profile: BankProfile) -> Layout:
    """How the bank of ``profile`` writes its statements."""
    form = pattern_of(profile.time_format) or ""
    return Layout(profile.columns, profile.encoding, SEPARATORS[profile.separator], form)


@dataclass(frozen=True)
class Limits:
    """How large a statement may be, and the moment after which nothing can have been paid."""

    now: datetime
    megabytes: int
    lines: int


@dataclass
class Faults:
    """What is wrong with a file: line number and reason, in both languages."""

    field: str
    found: list[Words] = field(default_factory=list)

    def add(self, number: int, zh: str, en: str) -> None:
        """Note a fault of a line."""
        self.found.append(Words(f"第{number}行：{zh}", f"Line {number}: {en}"))

    def stop(self) -> None:
        """Refuse the whole file if anything is wrong with it.

        Raises:
            InvalidInput: the first faults, and how many more there are.
        """
        if not self.found:
            return
        more = len(self.found) - SHOWN
        told = self.found[:SHOWN]
        if more > 0:
            told.append(Words(f"另有{more}处错误", f"{more} more"))
        raise InvalidInput({self.field: list(told)})


def refuse(name: str, zh: str, en: str) -> InvalidInput:
    """The refusal of a whole file."""
    return InvalidInput.of(name, zh, en)


def read_statement(data: bytes, mapping: Layout, limits: Limits, name: str = "statement") -> list[dict[str, Any]]:
    """The lines of a statement, each with its line number under ``line``; nothing unless every line is right.

    Arguments:
        name: the field under which a refusal is told.

    Raises:
        InvalidInput: too large, of another encoding, heading or form; every broken line with its number and reason.
    """
    faults = Faults(name)
    rows = [_row(number, cells, mapping, limits.now, faults) for number, cells in _cells(data, mapping, limits, name)]
    faults.stop()
    return [row for row in rows if row is not None]


def table_of(data: bytes, mapping: Layout, limits: Limits, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every line that is not blank, the heading first.

    Raises:
        InvalidInput: too large, of another encoding, or no CSV.
    """
    if len(data) > limits.megabytes * MEGABYTE:
        raise refuse(name, f"文件超过{limits.megabytes}MB", f"The file is larger than {limits.megabytes} MB")
    try:
        text = data.decode(mapping.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise refuse(
            name, f"第{line}行：不是{mapping.encoding.upper()}编码", f"Line {line}: not {mapping.encoding.upper()}"
        ) from wrong
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mapping.separator, strict=True)
    count = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > limits.lines + 1:
                raise refuse(name, f"超过{limits.lines}行", f"More than {limits.lines} lines")
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as wrong:
        number = reader.line_num
        raise refuse(name, f"第{number}行：不是有效的CSV", f"Line {number}: no valid CSV") from wrong


def _cells(
    data: bytes, mapping: Layout, limits: Limits, name: str
) -> Iterator[tuple[int, dict[str, str] | None]]:
    """(line number, our name → cell); None where a line has another number of cells than the heading."""
    table = table_of(data, mapping, limits, name)
    number, heading = next(table, (1, []))
    for ours, theirs in mapping.columns.items():
        if heading.count(theirs) != 1:
            zh = f"第{number}行：表头中应有且只有一列“{theirs}”（{ours}）"
            raise refuse(name, zh, f"Line {number}: the heading needs exactly one column “{theirs}” ({ours})")
    places = {ours: heading.index(theirs) for ours, theirs in mapping.columns.items()}
    empty = True
    for number, cells in table:
        empty = False
        whole = len(cells) == len(heading)
        yield number, {ours: cells[place] for ours, place in places.items()} if whole else None
    if empty:
        raise refuse(name, "文件中没有流水", "The file has no lines")


def _row(
    number: int, cells: dict[str, str] | None, mapping: Layout, now: datetime, faults: Faults
) -> dict[str, Any] | None:
    if cells is None:
        faults.add(number, "列数与表头不符", "another number of columns than the heading")
        return None
    before = len(faults.found)
    for name, cell in cells.items():
        _text(number, name, cell, faults)
    row: dict[str, Any] = {name: cells.get(name, "") for name in ("reference", "payer_name", "payer_account", "remark")}
    row["virtual_account"] = cells.get("virtual_account", "") or None
    row["cash"] = CASH in cells.get("channel", "")
    row["line"] = number
    row["amount"] = _amount(number, cells["amount"], faults)
    row["paid_at"] = _moment(number, cells["paid_at"], mapping.time_format, now, faults)
    currency = cells.get("currency", "")
    if currency and currency.upper() not in YUAN_CODES:
        faults.add(number, f"币种“{currency[:12]}”不是人民币", f"the currency “{currency[:12]}” is not the yuan")
    return row if len(faults.found) == before else None


def _text(number: int, name: str, cell: str, faults: Faults) -> None:
    """A cell is text, whatever a spreadsheet would make of it; but it has no controls, and fits."""
    if any(ord(sign) < 32 or sign == "\x7f" or "\ud800" <= sign <= "\udfff" for sign in cell):
        faults.add(number, f"{name}含有不可见的控制字符", f"{name} has control characters")
    if len(cell) > LONGEST.get(name, 200):
        faults.add(number, f"{name}过长", f"{name} is too long")
    if name in NEEDED and not cell:
        faults.add(number, f"{name}为空", f"{name} is empty")


def _amount(number: int, cell: str, faults: Faults) -> Any:
    if not cell:
        return None
    try:
        if not AMOUNT.fullmatch(cell):
            raise MoneyError(cell)
        amount = yuan(cell.replace(",", ""))
    except MoneyError:
        shown = cell[:24]
        faults.add(number, f"金额“{shown}”应为正数，最多两位小数", f"the amount “{shown}” is no positive sum of yuan")
        return None
    if amount <= 0:
        faults.add(number, "金额应大于零", "the amount is not above nought")
    return amount


def _moment(number: int, cell: str, form: str, now: datetime, faults: Faults) -> datetime | None:
    if not cell:
        return None
    try:
        if any(sign.isdigit() and not sign.isascii() for sign in cell):
            raise ValueError(cell)
        wall = datetime.strptime(cell, form).replace(tzinfo=BEIJING)
    except ValueError:
        faults.add(number, f"时间“{cell[:32]}”与声明的格式不符", f"the time “{cell[:32]}” is not of the declared form")
        return None
    if not 1990 <= wall.year <= 2200:
        faults.add(number, "时间超出范围", "the time is out of range")
        return None
    moment = wall.astimezone(UTC)
    if moment > now:
        faults.add(number, "到账时间晚于现在", "the payment lies in the future")
    return moment
