"""R19 档案与统计: a whole file with an unbroken chain, kept for its years, and savings that recompute."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import ProjectType
from trading.rules.case import CheckedItem, DisclosedFacts
from trading.rules.r19_archive_statistics import RULE
from trading.steps import Step

CONTRACTED = date(2026, 4, 1)
GP = {"project": {"type": ProjectType.GP}}


def kept(until: date | None, contracted: date | None = CONTRACTED) -> dict:
    return {"archive": {"kept_until": until, "contracted_on": contracted}}


def archived(on: date | None, now: str = "2026-04-01", step: Step | None = None) -> dict:
    return {"archive": {"performed_on": CONTRACTED, "archived_on": on}, "now": moment(now), "step": step}


def secrets(holders: bool | None = False, early: bool | None = False, sealed: bool | None = True) -> dict:
    groups = {"notice": {"holders_disclosed": holders}, "opening": {"key_used_before_opening": early}}
    return {**groups, "draw": {"names_sealed": sealed}}


def item(id: str, holds: bool | None) -> dict:
    return {} if holds is None else {id: CheckedItem(holds, "王", CONTRACTED, "移交清单")}


def recorded(holds: bool | None, opened: str | None = "2026-03-20") -> dict:
    return {"opening": {"opened_at": moment(opened) if opened else None}, "checked": item("R19.C6", holds)}


def compared(holds: bool | None, contracted: date | None = CONTRACTED) -> dict:
    return {"archive": {"contracted_on": contracted}, "checked": item("R19.C12", holds)}


def public(on: str | None, decision: bool = False, now: str = "2026-04-15") -> dict:
    told = None if on is None else date.fromisoformat(on)
    facts = DisclosedFacts("合同", "contract", date(2026, 3, 2), told, decision)
    return {"archive": {"disclosed": (facts,)}, "now": moment(now)}


def sent(*names: str) -> dict:
    return {"archive": {"datasets_due": ("TENDER_PROJECT", "SECTION"), "datasets_sent": names}}


YEARS = [
    (kept(date(2041, 3, 31)), FAILED),
    (kept(date(2041, 4, 1)), PASSED),
    (kept(date(2041, 4, 2)), PASSED),
    (kept(None), UNKNOWN),
    (kept(date(2041, 4, 1), None), UNKNOWN),
]
TABLES = {
    "R19.C1": [*((facts | GP, expected) for facts, expected in YEARS), ({}, NOT_APPLICABLE)],
    "R19.C2": [*YEARS, (GP, NOT_APPLICABLE)],
    "R19.C3": [
        ({"archive": {"missing": ()}}, PASSED),
        ({"archive": {"missing": ("contract",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R19.C4": [
        ({"archive": {"chain_intact": True}}, PASSED),
        ({"archive": {"chain_intact": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R19.C5": [
        (archived(date(2026, 4, 30)), PASSED),
        (archived(date(2026, 5, 6)), PASSED),
        (archived(date(2026, 5, 7)), FAILED),
        (archived(None, "2026-05-06"), UNKNOWN),
        (archived(None, "2026-05-07"), FAILED),
        (archived(None, "2026-05-06", Step.ARCHIVE), PASSED),
        (archived(None, "2026-05-07", Step.ARCHIVE), FAILED),
        ({}, UNKNOWN),
    ],
    "R19.C8": [
        ({"award": {"savings_frozen": True}}, PASSED),
        ({"award": {"savings_frozen": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R19.C10": [
        (secrets(), PASSED),
        (secrets(holders=True), FAILED),
        (secrets(early=True), FAILED),
        (secrets(sealed=False), FAILED),
        (secrets(holders=None), UNKNOWN),
        (secrets(early=None), UNKNOWN),
        (secrets(sealed=None), UNKNOWN),
    ],
    "R19.C6": [
        (recorded(True), PASSED),
        (recorded(False), FAILED),
        (recorded(None), UNKNOWN),
        (recorded(True, None), UNKNOWN),
    ],
    "R19.C7": [
        ({"archive": {"invalid_signatures": ()}}, PASSED),
        ({"archive": {"invalid_signatures": ("合同",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R19.C9": [
        (public("2026-03-27"), PASSED),
        (public("2026-03-30"), PASSED),
        (public("2026-03-31"), FAILED),
        (public(None, now="2026-03-30"), UNKNOWN),
        (public(None, now="2026-03-31"), FAILED),
        (public("2026-03-10", True), PASSED),
        (public("2026-03-11", True), PASSED),
        (public("2026-03-12", True), FAILED),
        ({"archive": {"disclosed": ()}}, NOT_APPLICABLE),
        ({}, UNKNOWN),
    ],
    "R19.C11": [
        (sent("TENDER_PROJECT", "SECTION"), PASSED),
        (sent("TENDER_PROJECT", "SECTION", "BID"), PASSED),
        (sent("SECTION"), FAILED),
        ({}, UNKNOWN),
    ],
    "R19.C12": [
        (compared(True), PASSED),
        (compared(False), FAILED),
        (compared(None), UNKNOWN),
        (compared(True, None), UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_the_archive_is_due_after_the_countys_days_until_it_is_made():
    due = condition(RULE, "R19.C5").deadline
    assert due(a_case(**archived(None))).at == moment("2026-05-07")
    assert due(a_case(**archived(date(2026, 4, 20)))) is None
    assert due(a_case()) is None


def test_what_is_not_yet_public_is_due_on_its_last_working_day():
    due = condition(RULE, "R19.C9").deadline
    assert due(a_case(**public(None))).at == moment("2026-03-31")
    assert due(a_case(**public(None, True))).at == moment("2026-03-12")
    assert due(a_case(**public("2026-03-03"))) is None
    assert due(a_case()) is None
