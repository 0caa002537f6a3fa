"""Answers already given 已答结论: a question that read the same facts of another lot."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

from trading.audit.lots import Record
from trading.audit.told import Told, ToldCase
from trading.codelists import Answer
from trading.rules import CONDITIONS
from trading.rules.rule import Condition, Finding
from trading.values import Book

UNTOLD = object()
NUMBERS = ("", "values")
MOST_WAYS, MOST_ANSWERS = 6, 100
SAME_FOR_ALL = frozenset({"now", "today", "calendar", "step", "subject", "checked", "assumed"})
Read = tuple[str, str]


class Watch:
    """What one question reads: pairs of group and fact; ``wide`` once it read what differs from lot to lot."""

    def __init__(self) -> None:
        self.read: dict[Read, None] = {}
        self.wide = False


class WatchedGroup:
    """A group of facts that notes what is read of it."""

    def __init__(self, facts: Told, group: str, watch: Watch) -> None:
        self._facts, self._group, self._watch = facts, group, watch

    def __getattr__(self, name: str) -> Any:
        self._watch.read[self._group, name] = None
        value = getattr(self._facts, name)
        if name in self._facts.__dict__ and not (value is None or isinstance(value, bool | Enum)):
            self._watch.wide = True
        return value


class WatchedCase(ToldCase):
    """The case of a lot, read under a watch."""

    def __init__(self, case: ToldCase, watch: Watch) -> None:
        self.__dict__.update(_case=case, _watch=watch, _supposed=case.__dict__["_supposed"])

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.__dict__["_case"], name)
        watch: Watch = self.__dict__["_watch"]
        if isinstance(value, Told):
            return WatchedGroup(value, name, watch)
        if name == "values":
            watch.read[NUMBERS] = None
        elif name not in SAME_FOR_ALL:
            watch.wide = True
        return value


class Memory:
    """The answers of an audit so far, as far as they rest on codes, on yes or no, and on the numbers in force."""

    def __init__(self, book: Book) -> None:
        days = {line.since for fact in book.all() for line in (*fact.lines, *fact.county_lines)}
        self._days = sorted(days)
        self._ways: dict[str, dict[tuple[Read, ...], dict[tuple[Any, ...], Finding]]] = {}

    def answers(self, case: ToldCase, record: Record, law_day: date | None) -> Iterator[tuple[Condition, Finding]]:
        """Every condition's answer about the lot; asked only where no other lot gave it already."""
        since = UNTOLD if law_day is None else bisect_right(self._days, law_day)
        for condition in CONDITIONS.values():
            yield condition, self._answer(condition, case, record, since)

    def _answer(self, condition: Condition, case: ToldCase, record: Record, since: Any) -> Finding:
        ways = self._ways.setdefault(condition.id, {})
        for way, answers in ways.items():
            known = answers.get(_key(way, record, since))
            if known is not None:
                return known
        if len(ways) >= MOST_WAYS:
            return case.answer(condition)
        watch = Watch()
        finding = WatchedCase(case, watch).answer(condition)
        dated = NUMBERS in watch.read and finding.answer is Answer.UNKNOWN
        if watch.wide or dated:
            return finding
        answers = ways.setdefault(tuple(watch.read), {})
        if len(answers) < MOST_ANSWERS:
            answers[_key(tuple(watch.read), record, since)] = finding
        return finding


def _key(way: tuple[Read, ...], record: Record, since: Any) -> tuple[Any, ...]:
    facts = record.facts
    return tuple(
        since if group == "" else facts[group].get(name, UNTOLD) if group in facts else UNTOLD for group, name in way
    )
