"""The numbers in force on a day 法定期限与参数: read from values.toml, tightened by a county file, never loosened."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from trading import money
from trading.codelists import Mark

LAW_FILE = Path(__file__).with_name("values.toml")
UNITS = (
    "days", "working days", "yuan", "share", "minutes", "hours", "months", "years",
    "persons", "times", "characters", "MB", "choice",
)  # fmt: skip
KINDS = ("law", "county")
BOUNDS = ("min", "max", "exact")
MARKS = {mark.value: mark for mark in Mark}

Value = int | Decimal | str


class BadValues(Exception):
    """A file of values is not of the shape that is promised; the message names the value."""


class LooserThanLaw(BadValues):
    """The county file would loosen the law; ``name`` is the number it tried to change."""

    def __init__(self, name: str, day: date, law: Value, county: Value) -> None:
        super().__init__(f"{name}: {county} 宽于法定 {law} · looser than the law ({law}) from {day}")
        self.name = name


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
    data = _read(path or LAW_FILE)
    law_version = data.pop("law_version", None)
    years = data.pop("calendar_years", None)
    if not isinstance(law_version, str) or not isinstance(years, dict) or not all(map(str.isdecimal, years)):
        raise BadValues("law_version and calendar_years are missing or of another shape")
    facts = {name: _fact(name, table) for name, table in data.items()}
    for name, table in (_read(county) if county else {}).items():
        if name not in facts:
            raise BadValues(f"{name}: the county file names a number that is not in the book")
        facts[name] = _tightened(facts[name], table)
    return Book(facts, law_version, {int(year): str(notice) for year, notice in years.items()})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadValues(f"{path}: {error}") from error


def _fact(name: str, table: Any) -> Fact:
    """One table of the file, checked."""
    if not isinstance(table, dict):
        raise BadValues(f"{name}: a table is needed")
    given = {"note": "", "choices": (), **table}
    lines = given.pop("lines", None)
    try:
        given["choices"] = tuple(given["choices"])
        given["mark"] = MARKS[given["mark"]]
        shape = Fact(name=name, lines=(), **given)
    except (KeyError, TypeError, ValueError) as error:
        raise BadValues(f"{name}: {error}") from error
    if shape.unit not in UNITS or shape.kind not in KINDS or shape.bound not in BOUNDS:
        raise BadValues(f"{name}: unknown unit, kind or bound")
    if (shape.kind == "county") != (shape.mark is Mark.COUNTY_RULE):
        raise BadValues(f"{name}: a county number is marked county rule, a number of law never")
    return replace(shape, lines=_lines(shape, lines))


def _lines(fact: Fact, tables: Any) -> tuple[Line, ...]:
    """The dated lines of ``fact``, in strict order of their days."""
    if not isinstance(tables, list) or not tables:
        raise BadValues(f"{fact.name}: lines are missing")
    lines: list[Line] = []
    for table in tables:
        since = table.get("from") if isinstance(table, dict) and table.keys() == {"from", "value"} else None
        if not isinstance(since, date) or isinstance(since, datetime) or (lines and since <= lines[-1].since):
            raise BadValues(f"{fact.name}: a line needs from (a day later than the line before) and value")
        lines.append(Line(since, _value(fact, table["value"])))
    return tuple(lines)


def _value(fact: Fact, given: Any) -> Value:
    """``given`` in the type of the fact's unit: text for a choice, Decimal for yuan and shares, else int."""
    if fact.unit == "choice" and given in fact.choices:
        return str(given)
    if fact.unit == "yuan" and _is_number(given) and given == (amount := money.yuan(given)):
        return amount
    if fact.unit == "share" and _is_number(given) and given <= 1:
        return Decimal(given)
    if fact.unit not in ("choice", "yuan", "share") and _is_number(given) and isinstance(given, int):
        return given
    raise BadValues(f"{fact.name}: {given!r} is no value in {fact.unit}")


def _is_number(given: Any) -> bool:
    """Finite, not negative and of a size that money has, too."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        return False
    return Decimal(given).is_finite() and 0 <= given <= money.LIMIT


def _tightened(fact: Fact, table: Any) -> Fact:
    """``fact`` with the county's lines, after each day on which either changes was compared."""
    if not isinstance(table, dict) or table.keys() != {"lines"}:
        raise BadValues(f"{fact.name}: a county file gives lines alone")
    result = replace(fact, county_lines=_lines(fact, table["lines"]))
    if fact.kind == "county":
        return result
    for day in sorted(line.since for line in (*fact.lines, *result.county_lines)):
        law, county = _line_on(fact.lines, day), _line_on(result.county_lines, day)
        if law and county and not _as_strict(fact.bound, county.value, law.value):
            raise LooserThanLaw(fact.name, day, law.value, county.value)
    return result


def _as_strict(bound: str, county: Any, law: Any) -> bool:
    if bound == "exact":
        return bool(county == law)
    return bool(county >= law if bound == "min" else county <= law)


def _line_on(lines: tuple[Line, ...], day: date) -> Line | None:
    """The line in force on ``day``, None before the first."""
    return next((line for line in reversed(lines) if line.since <= day), None)
