"""R02 交易条件备案: approved, funded, clear; answered from the closed list, or filed by silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import FilingAnswer, ProjectType
from trading.rules.r02_trading_conditions import RULE
from trading.steps import Step

APPROVED = {"approval_number": "巴发改审批〔2026〕1号", "approval_date": date(2026, 3, 2)}
FUNDED = {"funding_source": "县级财政资金", "funds_in_place": True, "contractor_prefinancing": False}
TOTALS = {"estimate_total": Decimal(11_000_000), "lots_estimate_total": Decimal(11_000_000)}
FILED = {"submitted_at": moment("2026-03-02 10:00"), "answer_due_at": moment("2026-03-06")}
GP, LAND, SOE, ADMIN, RURAL = (
    {"project": {"type": type}}
    for type in (ProjectType.GP, ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL)
)
PLAN = {"plan_approved": True, "planning_conditions": True, "price_assessed": True, "collective_decision": True}
RELEASED = {"funder_decided": True, "valuation_filed": True, "gives_up_control": False}
GIVEN_UP = {**RELEASED, "gives_up_control": True, "government_approved": True}
PUBLIC = {"collective_decision": True, "approved": True, "needs_valuation": True, "valuation": Decimal(1)}
VOTE = {
    "by_delegates": False, "entitled": 300, "attended": 205, "agreed": 200,
    "called_on": date(2026, 2, 1), "met_on": date(2026, 2, 11),
}  # fmt: skip
BUILDING = {
    "construction_land": True, "entitled": 300, "agreed": 200, "plan_filed_on": date(2026, 3, 2),
    "government_objected": False,
}  # fmt: skip
OUTSIDERS = {"land_to_outsiders": True, "entitled": 300, "agreed": 200, "township_approved": True}
RETURNED = {"step": Step.ANSWER_FILING, "filing": {"answer": FilingAnswer.RECTIFY}}


def answered(answer: FilingAnswer | str | None, reason: str | None, now: str = "2026-03-05", **other: object) -> dict:
    filing = {**FILED, "answer": answer, "reason": reason}
    return {"step": Step.ANSWER_FILING, "now": moment(now), "filing": filing, **other}


def budgeted(approved: str | None, budget: str | None) -> dict:
    return {
        **GP,
        "procurement": {"approved_budget": None if approved is None else Decimal(approved)},
        "lot": {"budget": None if budget is None else Decimal(budget)},
    }


def demanded(clear: bool | None, surveyed: date | None) -> dict:
    return {**GP, "procurement": {"demand_clear": clear, "needs_survey_on": surveyed}}


def land(**changed: object) -> dict:
    return {**LAND, "disposal": {**PLAN, **changed}}


def soe(facts: dict = RELEASED, **changed: object) -> dict:
    return {**SOE, "disposal": {**facts, **changed}}


def public(**changed: object) -> dict:
    return {**ADMIN, "disposal": {**PUBLIC, **changed}}


def valued(base: date | None, type: dict = ADMIN, **other: object) -> dict:
    return {**type, "disposal": {"valuation_base": base}, **other}


def village(facts: dict, **changed: object) -> dict:
    return {**RURAL, "village": {**facts, **changed}}


def building(noticed: str = "2026-03-16", **changed: object) -> dict:
    return {**village(BUILDING, **changed), "notice": {"published_at": moment(noticed)}}


def lapsing(now: str) -> dict:
    return {"step": Step.FILING_LAPSES, "now": moment(now), "filing": FILED}


TABLES = {
    "R02.C1": [
        ({"project": APPROVED, "filing": {"submitted_at": moment("2026-03-02 00:00")}}, PASSED),
        ({"project": APPROVED, "filing": {"submitted_at": moment("2026-03-01 23:59:59")}}, FAILED),
        ({"project": APPROVED}, PASSED),
        ({"project": {**APPROVED, "approval_date": date(2026, 3, 3)}}, FAILED),
        ({"project": {**APPROVED, "approval_number": " "}}, FAILED),
        ({"project": {**APPROVED, "approval_number": None}}, UNKNOWN),
        ({"project": {**APPROVED, "approval_date": None}}, UNKNOWN),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
        (RETURNED, NOT_APPLICABLE),
    ],
    "R02.C2": [
        ({"project": FUNDED}, PASSED),
        ({"project": {**FUNDED, "funding_source": ""}}, FAILED),
        ({"project": {**FUNDED, "funds_in_place": False}}, FAILED),
        ({"project": {**FUNDED, "contractor_prefinancing": True}}, FAILED),
        ({"project": {**FUNDED, "funding_source": None}}, UNKNOWN),
        ({"project": {**FUNDED, "funds_in_place": None}}, UNKNOWN),
        ({"project": {**FUNDED, "contractor_prefinancing": None}}, UNKNOWN),
        (RETURNED, NOT_APPLICABLE),
    ],
    "R02.C3": [
        ({"project": TOTALS}, PASSED),
        ({"project": {**TOTALS, "lots_estimate_total": Decimal("10999999.99")}}, PASSED),
        ({"project": {**TOTALS, "lots_estimate_total": Decimal("11000000.01")}}, FAILED),
        ({"project": {**TOTALS, "feasibility_total": Decimal(10_000_000)}}, PASSED),
        ({"project": {**TOTALS, "feasibility_total": Decimal("9999999.99")}}, FAILED),
        ({"project": {**TOTALS, "estimate_total": None}}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R02.C4": [
        (budgeted("4000000", "4000000"), PASSED),
        (budgeted("4000000", "3999999.99"), PASSED),
        (budgeted("4000000", "4000000.01"), FAILED),
        (budgeted("0", "0"), FAILED),
        (budgeted(None, "4000000"), UNKNOWN),
        (budgeted("4000000", None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C5": [
        (demanded(True, date(2026, 3, 2)), PASSED),
        (demanded(True, date(2026, 3, 3)), FAILED),
        (demanded(False, date(2026, 3, 1)), FAILED),
        (demanded(None, date(2026, 3, 1)), UNKNOWN),
        (demanded(True, None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C6": [
        (land(), PASSED),
        *((land(**{name: False}), FAILED) for name in PLAN),
        *((land(**{name: None}), UNKNOWN) for name in PLAN),
        (land(plan_approved=False, price_assessed=None), FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C7": [
        (soe(), PASSED),
        (soe(GIVEN_UP), PASSED),
        (soe(GIVEN_UP, government_approved=False), FAILED),
        (soe(GIVEN_UP, government_approved=None), UNKNOWN),
        (soe(government_approved=False), PASSED),
        (soe(funder_decided=False), FAILED),
        (soe(valuation_filed=False), FAILED),
        (soe(valuation_filed=None), UNKNOWN),
        (soe(gives_up_control=None), UNKNOWN),
        (soe(gives_up_control=None, funder_decided=False), FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C8": [
        (public(), PASSED),
        (public(collective_decision=False), FAILED),
        (public(approved=False), FAILED),
        (public(approved=None), UNKNOWN),
        (public(valuation=Decimal(0)), FAILED),
        (public(valuation=None), UNKNOWN),
        (public(needs_valuation=False, valuation=None), PASSED),
        (public(needs_valuation=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C9": [
        (valued(date(2025, 3, 2)), PASSED),
        (valued(date(2025, 3, 3)), PASSED),
        (valued(date(2025, 3, 1)), FAILED),
        (valued(date(2026, 3, 3)), FAILED),
        (valued(date(2025, 3, 2), RURAL, notice={"published_at": moment("2026-03-03")}), FAILED),
        (valued(None), UNKNOWN),
        ({**ADMIN, "disposal": {"needs_valuation": False}}, NOT_APPLICABLE),
        (valued(date(2020, 1, 1), {}), NOT_APPLICABLE),
    ],
    "R02.C10": [
        (village(VOTE), PASSED),
        (village(VOTE, agreed=199), FAILED),
        (village(VOTE, agreed=201), PASSED),
        (village(VOTE, attended=199), FAILED),
        (village(VOTE, attended=200), PASSED),
        (village(VOTE, by_delegates=True, attended=None), PASSED),
        (village(VOTE, called_on=date(2026, 2, 2)), FAILED),
        (village(VOTE, called_on=date(2026, 1, 31)), PASSED),
        *((village(VOTE, **{name: None}), UNKNOWN) for name in VOTE),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C11": [
        (village(OUTSIDERS), PASSED),
        (village(OUTSIDERS, agreed=199), FAILED),
        (village(OUTSIDERS, township_approved=False), FAILED),
        (village(OUTSIDERS, township_approved=None), UNKNOWN),
        (village(OUTSIDERS, agreed=None), UNKNOWN),
        (village(OUTSIDERS, land_to_outsiders=None), UNKNOWN),
        (village(OUTSIDERS, land_to_outsiders=False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C12": [
        (building(), PASSED),
        (building("2026-03-13"), FAILED),
        (building("2026-03-17"), PASSED),
        (building(agreed=199), FAILED),
        (building(government_objected=True, government_answered_on=date(2026, 3, 9)), FAILED),
        (building(government_objected=True, government_answered_on=date(2026, 3, 10)), PASSED),
        (building(government_objected=True), UNKNOWN),
        (building(government_objected=None), UNKNOWN),
        (building(plan_filed_on=None), UNKNOWN),
        (building(construction_land=None), UNKNOWN),
        (building(construction_land=False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R02.C13": [
        ({"lot": {"object_clear": True}}, PASSED),
        ({"lot": {"object_clear": False}}, FAILED),
        ({}, UNKNOWN),
        (RETURNED, NOT_APPLICABLE),
    ],
    "R02.C14": [
        (answered(FilingAnswer.NO_ISSUE, None), PASSED),
        (answered(FilingAnswer.RECTIFY, "保证金过高"), PASSED),
        (answered(FilingAnswer.RECTIFY, " "), FAILED),
        (answered(FilingAnswer.RETURNED_INCOMPLETE, None), FAILED),
        (answered("approved", None), FAILED),
        (answered(FilingAnswer.NO_ISSUE, None, "2026-03-05 23:59:59"), PASSED),
        (answered(FilingAnswer.NO_ISSUE, None, "2026-03-06"), FAILED),
        (answered(None, None), UNKNOWN),
        (answered(None, None, step=None), NOT_APPLICABLE),
        ({"step": Step.ANSWER_FILING}, UNKNOWN),
        (lapsing("2026-03-05 23:59:59"), FAILED),
        (lapsing("2026-03-06"), PASSED),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_a_waiting_filing_is_due_when_its_period_ends_and_an_answered_one_is_not():
    reply = condition(RULE, "R02.C14")
    due = reply.deadline(a_case(filing=FILED))
    assert due is not None
    assert due.at == FILED["answer_due_at"]
    assert reply.deadline(a_case(filing={**FILED, "answer": FilingAnswer.NO_ISSUE})) is None
    assert reply.deadline(a_case()) is None


def test_a_failure_names_what_was_expected_and_what_is_there_in_both_languages():
    finding = ask(RULE, "R02.C2", a_case(project={**FUNDED, "funds_in_place": False}))
    assert (finding.actual, finding.actual_en) == ("资金未落实", "the funds are not in place")


def test_vector_16_of_three_hundred_members_a_hundred_and_ninety_nine_are_not_two_thirds_and_two_hundred_are():
    failing = ask(RULE, "R02.C10", a_case(**village(VOTE, agreed=199)))
    assert (failing.answer, failing.actual_en) == (FAILED, "199 agree")
    assert ask(RULE, "R02.C10", a_case(**village(VOTE, agreed=200))).answer is PASSED
