"""What an audit found 核查结果: written while it runs, one lot a line; equal sets of unknowns are written once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from trading.codelists import Answer
from trading.rules import CONDITIONS
from trading.rules.rule import Condition, Finding

MOST_SETS = 2_000
Told = dict[str, str]


@dataclass(frozen=True)
class Found:
    """What the conditions said of one lot: those breached, and of those not answered what is missing."""

    lot: str
    law_day: date | None
    breaches: tuple[tuple[Condition, Finding], ...]
    unknown: Told


def found(lot: str, law_day: date | None, answers: Iterable[tuple[Condition, Finding]]) -> Found:
    """Sort the answers of one lot."""
    breaches = []
    missing = {}
    for condition, finding in answers:
        if finding.answer is Answer.FAILED:
            breaches.append((condition, finding))
        elif finding.answer is Answer.UNKNOWN:
            missing[condition.id] = finding.actual_en.removeprefix("missing: ")
    return Found(lot, law_day, tuple(breaches), missing)


@dataclass
class Tally:
    """What is counted over all lots; it grows with the law, not with the file."""

    lots: int = 0
    lots_in_breach: int = 0
    breaches: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def add(self, one: Found) -> None:
        """Count a lot."""
        self.lots += 1
        self.lots_in_breach += bool(one.breaches)
        self.breaches.update(condition.id for condition, _finding in one.breaches)
        self.unknown.update(one.unknown.keys())
        self.missing.update(what for what in one.unknown.values() if " " not in what)

    @property
    def summary(self) -> dict[str, Any]:
        """The counts, by id in the order of the rulebook; missing fields by how often they were asked for in vain."""
        return {
            "lots": self.lots,
            "lots_in_breach": self.lots_in_breach,
            "breaches": {id: self.breaches[id] for id in CONDITIONS if self.breaches[id]},
            "unknown": {id: self.unknown[id] for id in CONDITIONS if self.unknown[id]},
            "missing": dict(sorted(self.missing.items(), key=lambda pair: (-pair[1], pair[0]))),
        }


class Report:
    """The file of an audit, valid JSON at its end: ``head``, ``lots``, ``unknown_sets``, ``summary``."""

    def __init__(self, text: TextIO | None, head: dict[str, Any]) -> None:
        self.tally = Tally()
        self._text = text
        self._sets: dict[tuple[tuple[str, str], ...], int] = {}
        self._write('{"head": ' + _json(head) + ',\n"lots": [')

    def add(self, one: Found) -> None:
        """Write a lot."""
        row = {
            "lot": one.lot,
            "law_day": None if one.law_day is None else one.law_day.isoformat(),
            "breaches": [breach(condition, finding) for condition, finding in one.breaches],
            "unknown": self._set_of(one.unknown),
        }
        self._write((",\n" if self.tally.lots else "\n") + _json(row))
        self.tally.add(one)

    def end(self) -> None:
        """Write what is told once."""
        sets = {str(number): dict(pairs) for pairs, number in self._sets.items()}
        self._write('\n],\n"unknown_sets": ' + _json(sets) + ',\n"summary": ' + _json(self.tally.summary) + "}\n")

    def _set_of(self, unknown: Told) -> str | Told:
        """The number of the set, or the set itself once so many different ones are known that memory would grow."""
        pairs = tuple(unknown.items())
        if pairs not in self._sets and len(self._sets) >= MOST_SETS:
            return unknown
        return str(self._sets.setdefault(pairs, len(self._sets) + 1))

    def _write(self, text: str) -> None:
        if self._text is not None:
            self._text.write(text)


@contextmanager
def reporting(out: Path | None, head: dict[str, Any]) -> Iterator[Report]:
    """A report into ``out``, which appears whole or not at all; None counts only."""
    if out is None:
        yield Report(None, head)
        return
    partial = out.with_name(f".{out.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as text:
            report = Report(text, head)
            yield report
            report.end()
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def breach(condition: Condition, finding: Finding) -> dict[str, Any]:
    """One breach: what is broken, where that is written, what should be there and what is."""
    return {**_law(condition.id), "expected": finding.expected, "actual": finding.actual,
            "expected_en": finding.expected_en, "actual_en": finding.actual_en}  # fmt: skip


@cache
def _law(id: str) -> dict[str, Any]:
    condition = CONDITIONS[id]
    return {
        "id": id, "severity": condition.severity.value, "zh": condition.zh, "en": condition.en,
        "sources": [{"text": source.text, "mark": source.mark.value} for source in condition.sources],
    }  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
