"""Who may sit on a committee, before and after the bidders are known (R11.C8, C9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from trading.codelists import Mark
from trading.experts.eligibility import (
    Declaration,
    Employment,
    Expert,
    Need,
    RecusalGround,
    RefusalCode,
    ineligibility,
    recusal,
    years_before,
)

GOOD = Expert("e1", "EMPLOYER", ("A0101", "A0201"), years_in_field=8, senior_title=True)
NEED = Need(
    on=date(2026, 3, 10),
    specialty="A0101",
    owner_side=frozenset({"OWNER", "AGENCY"}),
    authorities=frozenset({"AUTHORITY"}),
)
AFTER = replace(NEED, bidders=frozenset({"BIDDER", "PARTNER"}))


def codes(expert: Expert, need: Need = NEED) -> list[str]:
    return [reason.code for reason in ineligibility(expert, need)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"years_in_field": 7}, ["years"]),
        ({"years_in_field": 8}, []),
        ({"years_in_field": 9}, []),
        ({"years_in_field": None}, ["years_unknown"]),
        ({"senior_title": False}, ["title"]),
        ({"senior_title": None}, ["title_unknown"]),
        ({"active": False}, ["inactive"]),
        ({"suspended": True}, ["suspended"]),
        ({"on_leave": True}, ["on_leave"]),
        ({"trained": False}, ["untrained"]),
        ({"trained": None}, ["untrained"]),
        ({"specialties": ("A0201",)}, ["specialty"]),
        ({"specialties": ()}, ["specialty"]),
        ({"punished": True}, ["punished"]),
        ({"punished": None}, ["punished_unknown"]),
        ({"employer_uscc": "OWNER"}, ["owner_staff"]),
        ({"employer_uscc": "AGENCY"}, ["owner_staff"]),
        ({"employer_uscc": "AUTHORITY"}, ["authority_staff"]),
        ({"employer_uscc": None}, ["employer_unknown"]),
        ({"years_in_field": 7, "senior_title": False, "suspended": True}, ["years", "title", "suspended"]),
    ],
)
def test_the_filter_before_the_draw(change: dict[str, Any], expected: list[str]) -> None:
    assert codes(replace(GOOD, **change)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"employer_uscc": "BIDDER"}, ["bidder_staff"]),
        ({"employer_uscc": "PARTNER"}, ["bidder_staff"]),
        ({"employment_history": (Employment("OTHER", date(2026, 1, 1)),)}, []),
        ({"employment_history": (Employment("BIDDER", date(2023, 3, 9)),)}, []),
        ({"employment_history": (Employment("BIDDER", date(2023, 3, 10)),)}, ["former_bidder_staff"]),
        ({"employment_history": (Employment("BIDDER", date(2023, 3, 11)),)}, ["former_bidder_staff"]),
        ({"employment_history": (Employment("PARTNER", None),)}, ["former_bidder_staff"]),
        ({"employment_history": None}, ["history_unknown"]),
    ],
)
def test_the_final_check_after_the_opening(change: dict[str, Any], expected: list[str]) -> None:
    expert = replace(GOOD, **change)
    assert codes(expert, AFTER) == expected
    assert [reason.code for reason in recusal(expert, AFTER)] == expected
    assert codes(expert, NEED) == [], "before the deadline nobody knows the bidders"


@pytest.mark.parametrize("ground", list(RecusalGround))
@pytest.mark.parametrize(("uscc", "stands_aside"), [("", True), ("BIDDER", True), ("OWNER", True), ("STRANGER", False)])
def test_a_declared_ground_counts_where_the_organisation_takes_part(
    ground: RecusalGround, uscc: str, stands_aside: bool
) -> None:
    expert = replace(GOOD, declarations=(Declaration(ground, uscc),))
    assert codes(expert, AFTER) == ([ground.value] if stands_aside else [])


def test_whoever_prepared_the_documents_stands_aside() -> None:
    assert codes(GOOD, replace(NEED, preparers=frozenset({"e1"}))) == ["prepared_documents"]
    assert codes(GOOD, replace(NEED, preparers=frozenset({"e2"}))) == []


def test_without_a_specialty_any_will_do() -> None:
    assert codes(replace(GOOD, specialties=()), replace(NEED, specialty=None)) == []


def test_the_same_reason_is_given_once() -> None:
    declared = (Declaration(RecusalGround.AUTHORITY_STAFF, "AUTHORITY"),)
    assert codes(replace(GOOD, employer_uscc="AUTHORITY", declarations=declared)) == ["authority_staff"]


def test_the_four_statutory_grounds_are_the_items_of_their_article() -> None:
    declared = replace(GOOD, declarations=tuple(Declaration(ground) for ground in RecusalGround))
    reasons = ineligibility(declared, NEED)
    assert [reason.source for reason in reasons] == [f"D12 12({item})" for item in (1, 2, 3, 4)]
    assert {reason.mark for reason in reasons} == {Mark.CHECKED}


def test_every_reason_and_every_refusal_code_has_words_in_both_languages() -> None:
    bad = Expert("e1", None, (), None, None, active=False, suspended=True, punished=None, employment_history=None)
    reasons = ineligibility(bad, AFTER)
    assert len(reasons) == 8
    assert all(reason.zh and reason.en and reason.source for reason in reasons)
    assert [code.value for code in RefusalCode] == [
        "illness",
        "absence",
        "conflict",
        "no-answer",
        "struck-off",
        "identity",
    ]
    assert all(code.zh and code.en for code in RefusalCode)


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2026, 3, 10), date(2023, 3, 10)), (date(2024, 2, 29), date(2021, 2, 28))],
)
def test_three_years_before_is_the_same_calendar_day(day: date, before: date) -> None:
    assert years_before(day, 3) == before
