"""The shape of a case 案情结构: its groups, lists and facts with their kinds, read from the facts' own declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from trading.rules.case import Case

PLAIN = (bool, int, str, Decimal, date, datetime)
FRAME = ("now", "today", "law_day", "values", "calendar", "step", "subject", "checked", "assumed")


@dataclass(frozen=True)
class Kind:
    """What a cell holds: one value or ``many`` of a ``plain`` type or code; ``optional``: it can be told as none."""

    plain: type
    many: bool
    optional: bool


@dataclass(frozen=True)
class Group:
    """A group of facts or one element of a list: the path of each fact by its name."""

    path: str
    element: bool
    paths: dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column: ``group.fact``, or ``list.fact`` of one element a row; ``holder`` is the group or list."""

    path: str
    holder: str
    name: str
    kind: Kind


def kind_of(hint: Any) -> Kind | None:
    """The kind of a fact declared as ``hint``; None for what no cell can hold."""
    optional = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if optional:
        rest = [one for one in get_args(hint) if one is not NoneType]
        hint = rest[0] if len(rest) == 1 else None
    many = get_origin(hint) is tuple
    if many:
        hint = get_args(hint)[0]
    if isinstance(hint, type) and (hint in PLAIN or issubclass(hint, Enum)):
        return Kind(hint, many, optional)
    return None


def _element_of(hint: Any) -> type | None:
    """The class of the elements of a list of facts."""
    for one in (hint, *get_args(hint)):
        if get_origin(one) is tuple and is_dataclass(get_args(one)[0]):
            return get_args(one)[0]  # type: ignore[no-any-return]
    return None


@cache
def groups() -> dict[str, Group]:
    """Every group and list of the case by its path."""
    return {
        path: Group(path, element, {one.name: f"{path}.{one.name}" for one in fields(facts)})  # type: ignore[arg-type]
        for path, facts, element in _walk()
    }


@cache
def columns() -> dict[str, Column]:
    """Every column that a file of records may have, by its heading."""
    found = {}
    for path, facts, _element in _walk():
        for name, hint in get_type_hints(facts).items():
            kind = kind_of(hint)
            if kind is not None:
                found[f"{path}.{name}"] = Column(f"{path}.{name}", path, name, kind)
    return found


def _walk() -> Iterator[tuple[str, type, bool]]:
    """Groups first with the lists inside them, then the case's own lists: (path, class, is an element of a list)."""
    for name, hint in get_type_hints(Case).items():
        if name in FRAME:
            continue
        element = _element_of(hint)
        if element is not None:
            yield name, element, True
        elif is_dataclass(hint) and isinstance(hint, type):
            yield name, hint, False
            for inner, inner_hint in get_type_hints(hint).items():
                if (held := _element_of(inner_hint)) is not None:
                    yield f"{name}.{inner}", held, True
