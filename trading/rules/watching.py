"""Which facts a question looks at 取用事实: so that a verdict can name those that a replay supplied 假定."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any

from trading.rules.case import Case

FRAME = frozenset({"now", "today", "law_day", "values", "calendar", "step", "subject", "assumed"})


class _Group:
    """One group of facts that notes which of them are read."""

    def __init__(self, group: Any, name: str, seen: set[str]) -> None:
        self._group, self._name, self._seen = group, name, seen

    def __getattr__(self, fact: str) -> Any:
        self._seen.add(f"{self._name}.{fact}")
        return getattr(self._group, fact)

    def __eq__(self, other: object) -> bool:
        return bool(self._group == (other._group if isinstance(other, _Group) else other))

    def __hash__(self) -> int:
        return hash(self._group)


class Watched(Case):
    """A case that notes in ``seen`` the facts read from it: "project.approval_number", "bonds", "bids.total"."""

    seen: set[str]

    def __init__(self, case: Case) -> None:
        object.__setattr__(self, "_case", case)
        object.__setattr__(self, "seen", set())
        object.__setattr__(self, "_groups", {})

    def __getattribute__(self, name: str) -> Any:
        mine = object.__getattribute__
        if name == "seen" or name.startswith("_"):
            return mine(self, name)
        if name in FRAME:
            return getattr(mine(self, "_case"), name)
        groups, seen = mine(self, "_groups"), mine(self, "seen")
        if name not in groups:
            found = getattr(mine(self, "_case"), name)
            groups[name] = (
                tuple(_Group(one, name, seen) if is_dataclass(one) else one for one in found)
                if isinstance(found, tuple)
                else _Group(found, name, seen)
            )
        if isinstance(groups[name], tuple):
            seen.add(name)
        return groups[name]
