"""The classification of evaluation specialties 评审专业分类: three levels, read from specialties.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from enum import EnumType
from pathlib import Path
from typing import Any, NamedTuple, cast

from trading.codelists import Code

FILE = Path(__file__).with_name("specialties.toml")
LEVELS = (1, 3, 5)


class Entry(NamedTuple):
    """One line of the table: ``A`` a class, ``A01`` a group, ``A0101`` a specialty."""

    code: str
    zh: str
    en: str


class BadTable(Exception):
    """The table of specialties is not of the shape that is promised."""


def read(text: str) -> dict[str, Entry]:
    """The table by code, parents before children.

    Raises:
        BadTable: a code twice, of another length than its level, or without its parent.
    """
    found: dict[str, Entry] = {}
    for table in tomllib.loads(text).values():
        for length, rows in zip(LEVELS, ([table], table["groups"], table["specialties"]), strict=True):
            for row in rows:
                _add(found, Entry(row["code"], row["zh"], row["en"]), length)
    return found


def _add(found: dict[str, Entry], entry: Entry, length: int) -> None:
    at = LEVELS.index(length)
    if len(entry.code) != length or entry.code in found:
        raise BadTable(f"{entry.code}: twice, or not a code of level {at + 1}")
    if at and entry.code[: LEVELS[at - 1]] not in found:
        raise BadTable(f"{entry.code}: without its parent")
    found[entry.code] = entry


ENTRIES = read(FILE.read_text("utf-8"))
_names: Any = {one.code: one for one in ENTRIES.values() if len(one.code) == LEVELS[-1]}
Classified = cast("type[Code]", EnumType.__call__(Code, "Classified", _names, module=__name__))
"""The specialties of the third level as a codelist: what an expert holds and a draw asks for."""
LAW = Classified["C0401"]


def known(code: str) -> bool:
    """Whether there is a specialty of this code."""
    return len(code) == LEVELS[-1] and code in ENTRIES


def word(code: str, language: str) -> str:
    """The words of a code of any level; one that is not in the table stands for itself."""
    entry = ENTRIES.get(code)
    if entry is None:
        return code
    return entry.en if language.startswith("en") else entry.zh


def words(codes: Iterable[str], language: str) -> list[str]:
    """The words of several codes."""
    return [word(code, language) for code in codes]


def path(code: str, language: str) -> tuple[str, ...]:
    """The words of a specialty with those of its class and group above it."""
    return tuple(word(code[:length], language) for length in LEVELS if length <= len(code))


def holds_law(codes: Iterable[str]) -> bool:
    """Whether one of these specialties is law: the law expert of a complex negotiation (R11.C3)."""
    return any(code.startswith(LAW.value[:3]) for code in codes)
