"""Which facts a question looked at that a replay supplied 推定事实: read through a case that takes note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from trading.rules.case import Case
from trading.rules.rule import Condition, Verdict

FRAME = frozenset({"now", "today", "law_day", "values", "calendar", "step", "subject", "assumed"})


class Noticed:
    """One group of facts, read field by field; a field that is assumed is noted under ``group.field``."""

    __slots__ = ("_assumed", "_facts", "_group", "_read")

    def __init__(self, facts: Any, group: str, assumed: frozenset[str], read: set[str]) -> None:
        self._facts = facts
        self._group = group
        self._assumed = assumed
        self._read = read

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._facts, name)
        fact = f"{self._group}.{name}"
        if fact in self._assumed:
            self._read.add(fact)
        return value

    def __eq__(self, other: object) -> bool:
        return bool(self._facts == (other._facts if isinstance(other, Noticed) else other))

    def __hash__(self) -> int:
        return hash(self._facts)


class NotedCase:
    """A case of which is noted what each question reads; used where facts are assumed, and nowhere else."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        """The group ``name``, wrapped once; a list of facts is wrapped fact by fact."""
        value = getattr(self._case, name)
        if name not in FRAME:
            assumed, read = self._case.assumed, self._read
            if isinstance(value, tuple):
                value = tuple(Noticed(one, name, assumed, read) for one in value)
            elif value is not None:
                value = Noticed(value, name, assumed, read)
        self.__dict__[name] = value
        return value

    def verdict(self, condition: Condition) -> Verdict:
        """The condition's verdict, with the assumed facts that it read."""
        self._read.clear()
        finding = condition.ask(cast(Case, self))
        return Verdict(condition, finding, tuple(sorted(self._read)))


def judge_noting(conditions: Iterable[Condition], case: Case) -> list[Verdict]:
    """Each condition's verdict on a case some of whose facts are assumed."""
    noted = NotedCase(case)
    return [noted.verdict(condition) for condition in conditions]
