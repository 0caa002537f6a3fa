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
RETURNED = {"step": Step.ANSWER_FILING, "filing": {"answer": FilingAnswer.RECTIFY}}


def answered(answer: FilingAnswer | str | None, reason: str | None, now: str = "2026-03-05", **other: object) -> dict:
    filing = {**FILED, "answer": answer, "reason": reason}
    return {"step": Step.ANSWER_FILING, "now": moment(now), "filing": filing, **other}


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
