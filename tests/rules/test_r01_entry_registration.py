"""R01 进场登记: what must be tendered, who may be refused, and what a registration needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import (
    CALENDAR,
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    UNKNOWN,
    a_case,
    ask,
    condition,
    moment,
    rows,
    untold,
)
from trading.codelists import Category, Method, ProjectType
from trading.rules.case import ReportedContract, SiblingLot
from trading.rules.r01_entry_registration import RULE
from trading.steps import Step
from trading.working_days import Calendar

STATE = {"state_controlled": True}
PRIVATE = {"state_controlled": False, "foreign_loan": False, "listed_infrastructure": False}
NEGOTIATED = {"chosen": Method.NEGOTIATION}
DIRECT = {"chosen": Method.DIRECT, "ground_statutory": True, "approved": True}


def size(category: Category, estimate: str, project: dict = STATE, method: dict = NEGOTIATED) -> dict:
    return {"project": project, "method": method, "lot": {"category": category, "estimate": Decimal(estimate)}}


def budget(funds: str | None, share: str | None) -> dict:
    project = {
        **PRIVATE,
        "public_funds": None if funds is None else Decimal(funds),
        "public_share": None if share is None else Decimal(share),
    }
    return size(Category.CONSTRUCTION, "4000000", project)


def registered(submitted: str, answered: str, **other: object) -> dict:
    return {"lot": {"submitted_at": moment(submitted), "registered_at": moment(answered)}, **other}


DAY = date(2026, 1, 15)
OPEN = {"chosen": Method.OPEN_TENDER}
GP = {"type": ProjectType.GP}
NO_CATEGORY = ReportedContract("河堤加固", "县审计局", ProjectType.WORKS, Decimal(1))


def part(estimate: str, method: Method | None = Method.NEGOTIATION, **changed: object) -> SiblingLot:
    told = {"same_project": True, "same_item": True, "category": Category.GOODS, "registered_on": DAY, **changed}
    return SiblingLot(code=f"P{estimate}", estimate=Decimal(estimate), method=method, **told)


def parts(own: str | None, *others: SiblingLot, method: dict = NEGOTIATED, **groups: object) -> dict:
    lot = {"category": Category.GOODS, "estimate": None if own is None else Decimal(own)}
    return {"lot": lot, "siblings": others, "method": method, **groups}


def reported(*contracts: tuple[str, str | None], type: ProjectType = ProjectType.WORKS) -> dict:
    category = Category.CONSTRUCTION if type is ProjectType.WORKS else None
    told = tuple(
        ReportedContract("河堤加固", "县审计局", type, Decimal(amount), category, code) for amount, code in contracts
    )
    return {"reported_contracts": told}


TABLES = {
    "R01.C2": [
        (parts("1500000", part("1500000"), part("1500000")), FAILED),
        (parts("1500000", part("499999.99")), PASSED),
        (parts("1500000", part("500000")), FAILED),
        (parts("1500000", part("500000.01")), FAILED),
        (parts("1500000", part("500000", Method.OPEN_TENDER), method=OPEN), PASSED),
        (parts("1500000", part("500000"), method=OPEN), FAILED),
        (parts("1500000", part("500000", None), method=OPEN), UNKNOWN),
        (parts("1500000", part("500000", category=Category.SERVICES)), PASSED),
        (parts("1500000", part("500000", same_project=False)), PASSED),
        (parts("1500000"), PASSED),
        (parts("1500000", part("500000", None), method={}), UNKNOWN),
        (parts(None, part("500000")), UNKNOWN),
        ({"siblings": None}, UNKNOWN),
        (parts("1500000", part("500000"), project=GP), NOT_APPLICABLE),
        ({"step": Step.DECIDE_EXCEPTION, "method": {**DIRECT, "approved": False}}, NOT_APPLICABLE),
    ],
    "R01.C3": [
        (parts("1500000", part("1500000", same_project=False), part("1500000", same_project=False)), FAILED),
        (parts("1500000", part("499999.99")), PASSED),
        (parts("1500000", part("500000")), FAILED),
        (parts("1500000", part("500000.01")), FAILED),
        (parts("1500000", part("500000", same_item=False)), PASSED),
        (parts("1500000", part("500000", category=Category.SERVICES)), PASSED),
        (parts("1500000", part("2000000")), PASSED),
        (parts("1500000", part("500000", registered_on=date(2025, 3, 2))), FAILED),
        (parts("1500000", part("500000", registered_on=date(2025, 3, 1))), PASSED),
        (parts("1500000", part("500000", Method.OPEN_TENDER), method=OPEN), PASSED),
        (parts("1500000", part("500000"), method={}), FAILED),
        (parts("1500000", part("500000", None), method={}), UNKNOWN),
        (parts("2000000", part("500000")), NOT_APPLICABLE),
        (parts("1500000", project={"type": ProjectType.LAND}), NOT_APPLICABLE),
        ({"siblings": None, "lot": {"estimate": Decimal(1)}}, UNKNOWN),
        (parts("2000000", part("2000000"), project=GP), PASSED),
        (parts("2000000", part("2000000.01"), project=GP), FAILED),
        (parts("2000000", part("2000000.01", registered_on=date(2025, 12, 31)), project=GP), PASSED),
        (parts("2000000", part("2000000.01"), project=GP, procurement={"budget_changed": True}), NOT_APPLICABLE),
        (parts("2000000", part("2000000.01"), project=GP, method={**NEGOTIATED, "approved": True}), NOT_APPLICABLE),
    ],
    "R01.C8": [
        ({"project": GP, "procurement": {"plan_filed_on": date(2026, 3, 1)}}, PASSED),
        ({"project": GP, "procurement": {"plan_filed_on": date(2026, 3, 2)}}, PASSED),
        ({"project": GP, "procurement": {"plan_filed_on": date(2026, 3, 3)}}, FAILED),
        ({"project": GP}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R01.C9": [
        ({"project": GP, "procurement": {"intention_published_on": date(2026, 1, 30)}}, PASSED),
        ({"project": GP, "procurement": {"intention_published_on": date(2026, 1, 31)}}, PASSED),
        ({"project": GP, "procurement": {"intention_published_on": date(2026, 2, 1)}}, FAILED),
        (
            {
                "project": GP,
                "procurement": {"intention_published_on": date(2026, 2, 1)},
                "notice": {"published_at": moment("2026-03-03")},
            },
            PASSED,
        ),
        ({"project": GP}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R01.C12": [
        (reported(("4000000", "E42…"), ("3999999.99", None)), PASSED),
        (reported(("4000000", None)), FAILED),
        (reported(("4000000.01", " ")), FAILED),
        (reported(("4000000", None), type=ProjectType.GP), FAILED),
        (reported(("3999999.99", None), type=ProjectType.GP), PASSED),
        (reported(("1", None), type=ProjectType.LAND), FAILED),
        (reported(), NOT_APPLICABLE),
        ({"reported_contracts": (NO_CATEGORY,)}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R01.C1": [
        (size(Category.CONSTRUCTION, "3999900"), PASSED),
        (size(Category.CONSTRUCTION, "3999999.99"), PASSED),
        (size(Category.CONSTRUCTION, "4000000"), FAILED),
        (size(Category.CONSTRUCTION, "4000000.01"), FAILED),
        (size(Category.GOODS, "1999999.99"), PASSED),
        (size(Category.GOODS, "2000000"), FAILED),
        (size(Category.SERVICES, "999999.99"), PASSED),
        (size(Category.SERVICES, "1000000"), FAILED),
        (size(Category.CONSTRUCTION, "4000000", method={"chosen": Method.OPEN_TENDER}), PASSED),
        (size(Category.CONSTRUCTION, "4000000", method={"chosen": Method.INVITED_TENDER}), PASSED),
        (size(Category.CONSTRUCTION, "4000000", method=DIRECT), PASSED),
        (size(Category.CONSTRUCTION, "4000000", method={**DIRECT, "approved": None}), FAILED),
        (size(Category.CONSTRUCTION, "4000000", method={**DIRECT, "ground_statutory": False}), FAILED),
        (budget("2000000", "0.10"), FAILED),
        (budget("1999999.99", "0.10"), PASSED),
        (budget("2000000", "0.0999"), PASSED),
        (budget(None, "0.10"), UNKNOWN),
        (budget(None, "0.0999"), PASSED),
        (budget(None, None), UNKNOWN),
        (size(Category.CONSTRUCTION, "4000000", {**PRIVATE, "listed_infrastructure": True}), FAILED),
        (size(Category.CONSTRUCTION, "4000000", {"state_controlled": False}), UNKNOWN),
        (size(Category.CONSTRUCTION, "4000000", method={}), UNKNOWN),
        ({"lot": {"estimate": None}, "method": NEGOTIATED, "project": STATE}, UNKNOWN),
        ({"step": Step.ACCEPT_REGISTRATION}, PASSED),
        ({"step": Step.ACCEPT_REGISTRATION, "lot": {"estimate": None}}, UNKNOWN),
        ({"step": Step.FIX_METHOD}, UNKNOWN),
        ({"step": Step.DECIDE_EXCEPTION, "method": {**DIRECT, "approved": False}}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.LAND}}, NOT_APPLICABLE),
        ({"project": {"type": None}}, UNKNOWN),
    ],
    "R01.C4": [
        ({"lot": {"refusal_reason": "title_disputed"}}, PASSED),
        ({"lot": {"refusal_reason": "papers do not please"}}, FAILED),
        ({}, UNKNOWN),
        ({"lot": {"registered_at": moment("2026-03-02")}}, NOT_APPLICABLE),
    ],
    "R01.C5": [
        (registered("2026-03-02 09:00", "2026-03-02 17:00"), PASSED),
        (registered("2026-03-02 09:00", "2026-03-03 23:59:59"), PASSED),
        (registered("2026-03-02 09:00", "2026-03-04"), FAILED),
        (registered("2026-03-06 17:00", "2026-03-09"), PASSED),
        ({"lot": {"submitted_at": moment("2026-03-02")}, "now": moment("2026-03-04")}, FAILED),
        (registered("2026-12-31", "2027-01-04"), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R01.C6": [
        ({"project": {"owner_uscc": "914403001922038216", "agency_usccs": ("91110000802100433B",)}}, PASSED),
        ({"project": {"owner_uscc": "11100000000013338W"}}, PASSED),
        ({"project": {"owner_uscc": "914403001922038217"}}, FAILED),
        ({"project": {"owner_uscc": "914403001922038216", "agency_usccs": ("91110000802100433C",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R01.C7": [
        ({"lot": {"trading_code": "A02…", "trading_code_unique": True}}, PASSED),
        ({"lot": {"trading_code": "A02…", "trading_code_unique": False}}, FAILED),
        ({"lot": {"trading_code": "A02…"}}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R01.C10": [
        ({"project": {"investment_code": "2603-422823-04-01-100001"}}, PASSED),
        ({"project": {"investment_code": "  "}}, FAILED),
        ({}, UNKNOWN),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R01.C11": [
        ({"notice": {"entry_hurdles": ()}}, PASSED),
        ({"notice": {"entry_hurdles": ("sign-up",)}}, FAILED),
        ({}, UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_a_registration_is_due_at_the_end_of_the_next_working_day():
    due = condition(RULE, "R01.C5").deadline(a_case(lot={"submitted_at": moment("2026-03-06 17:00")}))
    assert due is not None
    assert due.at == moment("2026-03-10")


@pytest.mark.parametrize("lot", [{}, {"submitted_at": moment("2026-03-06"), "registered_at": moment("2026-03-06")}])
def test_nothing_is_due_where_no_registration_waits(lot):
    assert condition(RULE, "R01.C5").deadline(a_case(lot=lot)) is None


def test_nothing_is_said_to_be_due_in_a_year_that_is_not_known():
    nothing = Calendar(frozenset(), frozenset(), frozenset(), "无", "none")
    lot = {"submitted_at": moment("2026-03-06")}
    assert condition(RULE, "R01.C5").deadline(a_case(calendar=nothing, lot=lot)) is None
    assert condition(RULE, "R01.C5").deadline(a_case(calendar=CALENDAR, lot=lot)) is not None


def test_before_the_thresholds_were_law_nothing_is_guessed():
    early = moment("2018-05-31").date()
    finding = ask(RULE, "R01.C1", a_case(law_day=early, **size(Category.CONSTRUCTION, "4000000")))
    assert finding.answer is UNKNOWN
    assert "mandatory_tender_construction" in finding.actual_en


def test_vector_22_three_lots_of_goods_in_one_project_raise_the_alarm_of_splitting_and_are_listed():
    case = a_case(**parts("1500000", part("1500000.00"), part("1500000")))
    for id in ("R01.C2", "R01.C3"):
        finding = ask(RULE, id, case)
        assert finding.answer is FAILED
        assert "L1、P1500000.00、P1500000" in finding.actual
        assert "4,500,000.00" in finding.actual_en
