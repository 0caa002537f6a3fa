"""An external list of experts as a file 外部专家清单: CSV or JSON, its columns named by a declared mapping."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from trading.errors import InvalidInput

COLUMNS = (
    "pool_number", "name", "identity_number", "phone", "employer", "employer_uscc", "specialties", "title",
    "senior_title", "years_in_field",
)  # fmt: skip
OPTIONAL = ("phone",)
LARGEST = 20_000


@dataclass(frozen=True)
class Line:
    """One expert of the file: its number, counted from 1 with the head line of a CSV; ``fault`` where it is broken."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None


def read(data: bytes, mapping: Mapping[str, str]) -> list[Line]:
    """The lines of a list, CSV or JSON, UTF-8 or GB 18030.

    Arguments:
        data: the file; JSON begins with ``[``.
        mapping: our column to the file's name of it; columns that are not named bear our own name.

    Raises:
        InvalidInput: not text, not of either kind, or without a column that is needed (field ``file``).
    """
    text = _text(data)
    names = {column: mapping.get(column, column) for column in COLUMNS}
    lines = _json(text, names) if text.lstrip()[:1] == "[" else _csv(text, names, strict=not mapping)
    if len(lines) > LARGEST:
        raise InvalidInput({"file": [_("清单不能超过 %(most)s 人", most=LARGEST)]})
    return lines


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput({"file": [_("文件编码应为 UTF-8 或者 GB 18030")]})


def _csv(text: str, names: Mapping[str, str], *, strict: bool) -> list[Line]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    lines: list[Line] = []
    try:
        given = list(reader.fieldnames or ())
        if strict and set(given) != set(COLUMNS):
            raise InvalidInput({"file": [_("首行应为各列名称：%(columns)s", columns=", ".join(COLUMNS))]})
        _refuse_missing(names, given)
        for row in reader:
            lines.append(_csv_line(reader.line_num, row, names))
    except csv.Error as wrong:
        fault = _("第 %(number)s 行：不是有效的 CSV", number=reader.line_num)
        raise InvalidInput({"file": [fault]}) from wrong
    return lines


def _csv_line(number: int, row: Mapping[Any, Any], names: Mapping[str, str]) -> Line:
    if None in row or None in row.values():
        return Line(number, fault=_("列数与首行不符"))
    return Line(number, {column: row.get(name, "") for column, name in names.items()})


def _refuse_missing(names: Mapping[str, str], given: list[str]) -> None:
    twice = sorted({one for one in given if given.count(one) > 1})
    if twice:
        raise InvalidInput({"file": [_("首行列名重复：%(names)s", names=_("、").join(twice))]})
    missing = [name for column, name in names.items() if name not in given and column not in OPTIONAL]
    if missing:
        raise InvalidInput({"file": [_("文件中没有这些列：%(names)s", names=_("、").join(missing))]})


def _json(text: str, names: Mapping[str, str]) -> list[Line]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise InvalidInput({"file": [_("文件不是有效的 JSON")]}) from wrong
    return [_json_line(number, row, names) for number, row in enumerate(rows, 1)]


def _json_line(number: int, row: Any, names: Mapping[str, str]) -> Line:
    if not isinstance(row, dict):
        return Line(number, fault=_("应为一个对象"))
    missing = [name for column, name in names.items() if name not in row and column not in OPTIONAL]
    if missing:
        return Line(number, fault=_("缺少 %(column)s", column=_("、").join(missing)))
    values = {column: row.get(name, "") for column, name in names.items()}
    odd = [column for column, value in values.items() if not _plain(column, value)]
    return Line(number, values, _("%(column)s 的格式不正确", column=_("、").join(odd)) if odd else None)


def _plain(column: str, value: Any) -> bool:
    """Whether a value of JSON is of a kind that its column may have."""
    if column == "specialties" and isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    if column == "years_in_field" and isinstance(value, int):
        return not isinstance(value, bool)
    return isinstance(value, str) or (column == "senior_title" and isinstance(value, bool))
