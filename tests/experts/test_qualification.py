"""Whether a person may be admitted to the list of experts: each condition at its boundary (R11.C8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from trading.codelists import TitleLevel
from trading.experts.qualification import Applicant, age_on, examine

DAY = date(2026, 3, 2)
GOOD = Applicant(
    born_on=date(1975, 5, 1), employed=True, level=TitleLevel.SENIOR, years_in_field=8, specialties=("A0104",),
    knows_law=True, electronic=True, healthy=True, punished=False, papers=1,
)  # fmt: skip


def unmet(one: Applicant, most: int = 70) -> list[str]:
    return [check.code for check in examine(one, DAY, most) if not check.met]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"years_in_field": 7}, ["years"]),
        ({"years_in_field": 9}, []),
        ({"level": TitleLevel.EQUAL}, []),
        ({"level": TitleLevel.BELOW}, ["title"]),
        ({"knows_law": False}, ["knows_law"]),
        ({"punished": True}, ["punished"]),
        ({"employed": False}, ["employed"]),
        ({"electronic": False}, ["electronic"]),
        ({"healthy": False}, ["health"]),
        ({"born_on": date(1955, 3, 3)}, []),
        ({"born_on": date(1955, 3, 2)}, ["age"]),
        ({"born_on": date(2008, 3, 2)}, []),
        ({"born_on": date(2008, 3, 3)}, ["age"]),
        ({"papers": 0}, ["papers"]),
        ({"specialties": ()}, ["specialties"]),
        ({"known_person": True}, ["known_person"]),
        ({"apart": True}, ["apart"]),
        ({"years_in_field": 0, "healthy": False}, ["years", "health"]),
    ],
)
def test_each_condition_of_admission(changed: dict[str, Any], expected: list[str]) -> None:
    assert unmet(replace(GOOD, **changed)) == expected


def test_the_greatest_age_is_the_countys() -> None:
    assert unmet(GOOD, 49) == ["age"]
    assert unmet(GOOD, 50) == []


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [(date(1956, 2, 29), date(2026, 2, 28), 69), (date(1956, 2, 29), date(2026, 3, 1), 70),
     (date(1956, 3, 2), DAY, 70), (date(1956, 3, 3), DAY, 69)],
)  # fmt: skip
def test_a_year_is_completed_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_every_condition_names_its_source_and_how_far_it_was_checked() -> None:
    assert all(check.source and check.mark and check.zh and check.en for check in examine(GOOD, DAY, 70))
