"""The catalogue of unreasonable conditions 不合理条件目录: kinds with their articles, and what finds them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from trading.codelists import Mark, ProjectType

MARKS = {one.value: one for one in Mark}
TYPES = {one.value: one for one in ProjectType}
FILE = Path(__file__).with_name("catalogue.toml")


class BadCatalogue(Exception):
    """The catalogue is not of the shape that is promised; the message names the kind or pattern."""


@dataclass(frozen=True)
class Kind:
    """One kind of unreasonable condition: its words, the article it may offend, the project types it belongs to."""

    id: str
    zh: str
    en: str
    law: str
    article: str
    mark: Mark
    types: frozenset[ProjectType]

    @property
    def source(self) -> str:
        """Law and article in Chinese."""
        return f"{self.law}{self.article}"


@dataclass(frozen=True)
class Pattern:
    """What finds a sentence: its kinds in order of preference, and words that take the finding back."""

    kinds: tuple[str, ...]
    find: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Catalogue:
    """One version of the catalogue."""

    version: str
    day: date
    kinds: Mapping[str, Kind]
    patterns: tuple[Pattern, ...]

    def kind_for(self, pattern: Pattern, type: ProjectType) -> Kind | None:
        """The first of the pattern's kinds that projects of ``type`` have; None where it does not concern them."""
        kinds = (self.kinds[name] for name in pattern.kinds)
        return next((kind for kind in kinds if type in kind.types), None)


@cache
def catalogue(path: Path = FILE) -> Catalogue:
    """The catalogue of a file; the product's own when none is given.

    Raises:
        BadCatalogue: an unknown type, mark or kind, a kind that nothing finds, a pattern that is none.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        kinds = {name: _kind(name, table) for name, table in data["kinds"].items()}
        patterns = tuple(_pattern(row, data.get("words", {}), kinds) for row in data["patterns"])
        found = Catalogue(str(data["version"]), data["date"], kinds, patterns)
    except (OSError, KeyError, TypeError, ValueError) as wrong:
        raise BadCatalogue(f"{path.name}: {wrong}") from wrong
    idle = sorted(set(kinds) - {name for pattern in patterns for name in pattern.kinds})
    if idle:
        raise BadCatalogue(f"{path.name}: no pattern finds {', '.join(idle)}")
    return found


def _kind(name: str, table: Mapping[str, Any]) -> Kind:
    given = dict(table)
    mark, types = MARKS[given.pop("mark")], frozenset(TYPES[one] for one in given.pop("types"))
    return Kind(id=name, mark=mark, types=types, **given)


def _pattern(row: Mapping[str, Any], words: Mapping[str, str], kinds: Mapping[str, Kind]) -> Pattern:
    unknown = sorted(set(row) - {"kinds", "find", "unless"}) + [name for name in row["kinds"] if name not in kinds]
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    find = row["find"]
    for name, meaning in words.items():
        find = find.replace(f"{{{name}}}", meaning)
    try:
        unless = re.compile(row["unless"]) if "unless" in row else None
        return Pattern(tuple(row["kinds"]), re.compile(find), unless)
    except re.error as wrong:
        raise ValueError(f"{find}: {wrong}") from wrong
