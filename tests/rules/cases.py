"""Builds the case 案情 a rule test asks about: one plausible works lot, with the facts that the test names changed."""

from __future__ import annotations

from dataclasses import is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from trading import values
from trading.beijing import at, law_date
from trading.codelists import Answer, Category, ProjectType
from trading.rules.case import Case, LotFacts, ProjectFacts
from trading.rules.rule import Condition, Finding, Rule
from trading.working_days import Calendar

BOOK = values.load()
CALENDAR = Calendar.official({2025, 2026})
LAW_DAY = date(2026, 3, 2)
NOW = at(LAW_DAY, 10)
WORKS = ProjectFacts(type=ProjectType.WORKS)
CONSTRUCTION = LotFacts(code="L1", category=Category.CONSTRUCTION, estimate=Decimal(5_000_000))

PASSED, FAILED, UNKNOWN, NOT_APPLICABLE = Answer.PASSED, Answer.FAILED, Answer.UNKNOWN, Answer.NOT_APPLICABLE


def a_case(now: datetime = NOW, law_day: date = LAW_DAY, calendar: Calendar = CALENDAR, **groups: Any) -> Case:
    """A construction lot of five million yuan of which nothing else is known.

    Arguments:
        now: the moment, aware.
        groups: a field of ``Case`` by name: either the whole value, or a dict of the facts of that group to change,
            e.g. ``a_case(notice={"issued_at": moment}, bids=(bid,), step=Step.ANNOUNCE)``.
    """
    case = Case(now, law_date(now), law_day, BOOK.on(law_day), calendar, project=WORKS, lot=CONSTRUCTION)
    for name, given in groups.items():
        facts = getattr(case, name)
        changed = isinstance(given, dict) and is_dataclass(facts) and not isinstance(facts, type)
        setattr(case, name, replace(facts, **given) if changed else given)
    return case


def condition(rule: Rule, id: str) -> Condition:
    """The condition of ``rule`` with this id; a test that names a condition that is not there fails."""
    return next(one for one in rule.conditions if one.id == id)


def ask(rule: Rule, id: str, case: Case) -> Finding:
    """What the condition answers."""
    return condition(rule, id).ask(case)


def moment(text: str) -> datetime:
    """Beijing wall time written ``2026-03-02`` or ``2026-03-02 17:30:00`` as an aware moment."""
    plain = datetime.fromisoformat(text)
    return at(plain.date(), plain.hour, plain.minute, plain.second)


Row = tuple[dict[str, Any], Answer]
Tables = dict[str, list[Row]]


def rows(tables: Tables) -> list[Any]:
    """A pytest parameter for each row of each condition's table: (id, facts, expected answer)."""
    return [
        pytest.param(id, facts, expected, id=f"{id}-{number}-{expected.value}")
        for id, table in tables.items()
        for number, (facts, expected) in enumerate(table, 1)
    ]


def untold(rule: Rule, tables: Tables) -> list[str]:
    """Conditions of ``rule`` whose table does not show each of passed, failed and unknown."""
    wanted = {PASSED, FAILED, UNKNOWN}
    return [one.id for one in rule.conditions if not wanted <= {expected for _, expected in tables.get(one.id, [])}]
