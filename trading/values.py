"""The numbers in force on a day 法定期限与参数: read from values.toml, tightened by a county file, never loosened."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trading import money
from trading.codelists import Mark
from trading.errors import TradingError

LAW_FILE = Path(__file__).with_name("values.toml")
UNITS = (
    "days", "working days", "yuan", "share", "minutes", "hours", "months", "years",
    "persons", "times", "characters", "MB", "choice",
)  # fmt: skip
KINDS = ("law", "county")
BOUNDS = ("min", "max", "exact")
MARKS = {mark.value: mark for mark in Mark}

Value = int | Decimal | str


class BadValues(TradingError):
    """A file of values is not of the shape that is promised; the sentence names file, line, number and reason.

    ``name`` is the number, ``near`` a day or key of its table beside which the fault stands.
    """

    def __init__(self, name: str, zh: str, en: str, near: object = "") -> None:
        super().__init__(f"{name}：{zh}", f"{name}: {en}")
        self.name = name
        self.near = str(near)

    def found_in(self, path: Path, text: str) -> None:
        """Put the file and the line of the fault before the sentence."""
        line = _line_of(text, self.name, self.near)
        self.zh, self.en = f"{path} 第{line}行 {self.zh}", f"{path} line {line}: {self.en}"
        self.args = (f"{self.zh} · {self.en}",)


class LooserThanLaw(BadValues):
    """The county file would loosen the law; ``name`` is the number it tried to change."""

    def __init__(self, name: str, day: date, law: Value, county: Line) -> None:
        zh = f"自{day}起本县的{county.value}宽于法定的{law}，只能从严"
        en = f"from {day} the county's {county.value} is looser than the law's {law}; it may only be stricter"
        super().__init__(name, zh, en, county.since)


class UnknownValue(LookupError, AttributeError):
    """There is no number of this name."""


class NotInForce(Exception):
    """``name`` has no line on ``day``: what held before its first line is not in the book, and is never guessed."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"{name} 在 {day} 尚未施行 · {name} is not in force on {day}")
        self.name = name
        self.day = day


@dataclass(frozen=True)
class Line:
    """One dated line: ``value`` holds from ``since`` until the next line."""

    since: date
    value: Value


@dataclass(frozen=True)
class Fact:
    """A number with its words, unit, source and all its lines; ``county_lines`` are the county's tighter ones."""

    name: str
    label_zh: str
    label_en: str
    unit: str
    kind: str
    bound: str
    source: str
    source_en: str
    mark: Mark
    lines: tuple[Line, ...]
    note: str = ""
    choices: tuple[str, ...] = ()
    county_lines: tuple[Line, ...] = ()

    def on(self, day: date) -> Number:
        """The number in force on ``day``; a county line, where there is one, goes before the law's.

        Raises:
            NotInForce: when ``day`` is before the first line.
        """
        law = _line_on(self.lines, day)
        county = _line_on(self.county_lines, day)
        line = county or law
        if line is None or law is None:
            raise NotInForce(self.name, day)
        return Number(self, line.value, line.since, tightened=county is not None)


@dataclass(frozen=True)
class Number:
    """What holds on one day: ``value`` since ``since``; ``tightened`` when it is the county's line."""

    fact: Fact
    value: Value
    since: date
    tightened: bool

    @property
    def name(self) -> str:
        return self.fact.name

    @property
    def label_zh(self) -> str:
        return self.fact.label_zh

    @property
    def label_en(self) -> str:
        return self.fact.label_en

    @property
    def unit(self) -> str:
        return self.fact.unit

    @property
    def source(self) -> str:
        """The source in Chinese, with the county named where it tightened the law."""
        return f"本县规定（严于{self.fact.source}）" if self._stricter else self.fact.source

    @property
    def source_en(self) -> str:
        """The source in English, with the county named where it tightened the law."""
        return f"County rule (stricter than {self.fact.source_en})" if self._stricter else self.fact.source_en

    @property
    def mark(self) -> Mark:
        """How far the source was checked; a tightened number is a county rule."""
        return Mark.COUNTY_RULE if self._stricter else self.fact.mark

    @property
    def _stricter(self) -> bool:
        return self.tightened and self.fact.kind == "law"


class Values:
    """The numbers in force on one law day: ``values.publicity_len`` or ``values["publicity_len"]``."""

    def __init__(self, facts: Mapping[str, Fact], day: date) -> None:
        self._facts = facts
        self.day = day

    def fact(self, name: str) -> Number:
        """The number with label, unit, source, mark and the day since when it holds.

        Raises:
            UnknownValue: when there is no such number.
            NotInForce: when it has no line on this day.
        """
        if name not in self._facts:
            raise UnknownValue(name)
        return self._facts[name].on(self.day)

    def __getitem__(self, name: str) -> Any:
        """The bare value: int for counts and periods, Decimal for yuan and shares, text for a choice."""
        return self.fact(name).value

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.fact(name).value

    def in_force(self, name: str) -> bool:
        """Whether ``name`` has a line on this day.

        Raises:
            UnknownValue: when there is no such number.
        """
        try:
            self.fact(name)
        except NotInForce:
            return False
        return True


@dataclass(frozen=True)
class Book:
    """Every number with every dated line.

    Attributes:
        law_version: day of the snapshot of the laws.
        calendar_years: years whose State Council holiday notice is known, with the notice's title.
    """

    facts: Mapping[str, Fact]
    law_version: str
    calendar_years: Mapping[int, str]

    def on(self, day: date) -> Values:
        """The numbers of law day ``day``; a number not yet in force raises when it is asked for."""
        return Values(self.facts, day)

    def all(self) -> Iterator[Fact]:
        """All facts in the order of the file."""
        return iter(self.facts.values())


def load(path: Path | None = None, county: Path | None = None) -> Book:
    """Read the book.

    Args:
        path: the file of law and county numbers; the product's own when not given.
        county: a file ``[name]`` + ``lines = [{ from = 2026-01-01, value = 5 }]`` of one county's own numbers.

    Raises:
        BadValues: when a file has another shape, or the county file names an unknown number.
        LooserThanLaw: when the county file would loosen a number of law.
    """
    with _told_where(path or LAW_FILE) as text:
        book = _book(text)
    if county is None:
        return book
    facts = dict(book.facts)
    with _told_where(county) as text:
        for name, table in _tables(text).items():
            if name not in facts:
                raise BadValues(name, "没有这个数值", "there is no such number")
            facts[name] = _tightened(facts[name], table)
    return replace(book, facts=facts)


@lru_cache(maxsize=8)
def _book(text: str) -> Book:
    """The book of a file's text; the same text is read once a process."""
    data = _tables(text)
    law_version, years = data.pop("law_version", None), data.pop("calendar_years", None)
    if not isinstance(law_version, str) or not isinstance(years, dict) or not all(map(str.isdecimal, years)):
        zh = "缺少 law_version 或者 calendar_years，或者格式有误"
        raise BadValues("calendar_years", zh, "law_version or calendar_years is missing or of another shape")
    facts = MappingProxyType({name: _fact(name, table) for name, table in data.items()})
    return Book(facts, law_version, MappingProxyType({int(year): str(notice) for year, notice in years.items()}))


def _tables(text: str) -> dict[str, Any]:
    """The tables of a text, its numbers exact."""
    return tomllib.loads(text, parse_float=Decimal)


@contextmanager
def _told_where(path: Path) -> Iterator[str]:
    """The text of a file; whatever is wrong with it is told with the file and the line."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        yield text
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadValues(str(path), f"无法读取：{error}", f"cannot be read: {error}") from error
    except BadValues as wrong:
        wrong.found_in(path, text)
        raise


def _line_of(text: str, name: str, near: str) -> int:
    """The line inside the table ``name`` that holds ``near``, else the table's first; 1 where it is nowhere."""
    lines = text.splitlines()
    head = next((at for at, line in enumerate(lines) if re.match(rf"\s*(\[\s*)?{re.escape(name)}\b", line)), 0)
    for at in range(head, len(lines)):
        if at > head and lines[at].lstrip().startswith("["):
            break
        if near and near in lines[at]:
            return at + 1
    return head + 1


def _fact(name: str, table: Any) -> Fact:
    """One table of the file, checked."""
    if not isinstance(table, dict):
        raise BadValues(name, "应为一个表", "a table is needed")
    keys = {one.name for one in fields(Fact)} - {"name", "county_lines"}
    foreign, missing = sorted(table.keys() - keys), sorted(keys - {"note", "choices"} - table.keys())
    if foreign or missing:
        zh, en = f"未知的键{foreign}，缺少的键{missing}", f"unknown keys {foreign}, missing keys {missing}"
        raise BadValues(name, zh, en, foreign[0] if foreign else "")
    for key in ("label_zh", "label_en", "source", "source_en"):
        if not isinstance(table[key], str) or not table[key].strip():
            raise BadValues(name, f"{key} 为空", f"{key} is empty", key)
    for key, closed in (("unit", UNITS), ("kind", KINDS), ("bound", BOUNDS), ("mark", tuple(MARKS))):
        if table[key] not in closed:
            raise BadValues(name, f"{key} 应为 {closed} 之一", f"{key} must be one of {closed}", key)
    given = {"note": "", **table, "choices": tuple(table.get("choices", ())), "mark": MARKS[table["mark"]]}
    shape = Fact(**{**given, "name": name, "lines": ()})
    if (shape.kind == "county") != (shape.mark is Mark.COUNTY_RULE):
        zh = "本县数值标注为本县规定，法定数值不得如此标注"
        raise BadValues(name, zh, "a county number is marked county rule, a number of law never", "mark")
    return replace(shape, lines=_lines(shape, table["lines"]))


def _lines(fact: Fact, tables: Any) -> tuple[Line, ...]:
    """The dated lines of ``fact``, in strict order of their days."""
    if not isinstance(tables, list) or not tables:
        raise BadValues(fact.name, "缺少 lines", "lines are missing", "lines")
    lines: list[Line] = []
    for table in tables:
        since = table.get("from") if isinstance(table, dict) and table.keys() == {"from", "value"} else None
        if not isinstance(since, date) or isinstance(since, datetime):
            raise BadValues(fact.name, "每行需要 from（日期）和 value", "a line needs from (a day) and value", "lines")
        if lines and since <= lines[-1].since:
            zh, en = f"自{since}起的行与前一行重叠", f"the line from {since} overlaps with the one before"
            raise BadValues(fact.name, zh, en, since)
        lines.append(Line(since, _value(fact, table["value"], since)))
    return tuple(lines)


def _value(fact: Fact, given: Any, since: date) -> Value:
    """``given`` in the type of the fact's unit: text for a choice, Decimal for yuan and shares, else int."""
    if fact.unit == "choice" and given in fact.choices:
        return str(given)
    if fact.unit == "yuan" and _is_number(given) and given == (amount := money.yuan(given)):
        return amount
    if fact.unit == "share" and _is_number(given) and given <= 1:
        return Decimal(given)
    if fact.unit not in ("choice", "yuan", "share") and _is_number(given) and isinstance(given, int):
        return given
    raise BadValues(fact.name, f"{given!r} 不是以 {fact.unit} 计的数值", f"{given!r} is no value in {fact.unit}", since)


def _is_number(given: Any) -> bool:
    """Finite, not negative and of a size that money has, too."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        return False
    return Decimal(given).is_finite() and 0 <= given <= money.LIMIT


def _tightened(fact: Fact, table: Any) -> Fact:
    """``fact`` with the county's lines, after each day on which either changes was compared."""
    if not isinstance(table, dict) or table.keys() != {"lines"}:
        raise BadValues(fact.name, "本县文件只能给出 lines", "a county file gives lines alone")
    result = replace(fact, county_lines=_lines(fact, table["lines"]))
    if fact.kind == "county":
        return result
    for day in sorted(line.since for line in (*fact.lines, *result.county_lines)):
        law, county = _line_on(fact.lines, day), _line_on(result.county_lines, day)
        if law and county and not _as_strict(fact.bound, county.value, law.value):
            raise LooserThanLaw(fact.name, day, law.value, county)
    return result


def _as_strict(bound: str, county: Any, law: Any) -> bool:
    if bound == "exact":
        return bool(county == law)
    return bool(county >= law if bound == "min" else county <= law)


def _line_on(lines: tuple[Line, ...], day: date) -> Line | None:
    """The line in force on ``day``, None before the first."""
    return next((line for line in reversed(lines) if line.since <= day), None)
