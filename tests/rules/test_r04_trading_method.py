"""R04 交易方式核准: the method follows from the table, an exception has its decision, nobody wins by lot."""

from __future__ import annotations

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.r04_trading_method import RULE
from trading.steps import Step

ALLOWED = (Method.OPEN_TENDER, Method.INVITED_TENDER, Method.DIRECT)
OPEN = {"proposed": Method.OPEN_TENDER, "chosen": Method.OPEN_TENDER, "allowed": ALLOWED, "mandatory": True}
INVITED = {**OPEN, "chosen": Method.INVITED_TENDER}
STATE = {"state_controlled": True}
DECIDED = {"approved": True, "decision_number": "巴发改〔2026〕9号", "decided_at": moment("2026-03-02 09:00")}
REFUSED = {"step": Step.DECIDE_EXCEPTION, "method": {**INVITED, "approved": False}}


def exception(project: dict = STATE, method: dict = INVITED, **more: object) -> dict:
    return {"project": project, "method": {**method, **DECIDED, **more}}


TABLES = {
    "R04.C1": [
        ({"method": OPEN}, PASSED),
        ({"method": INVITED}, PASSED),
        ({"method": {**OPEN, "chosen": Method.INQUIRY}}, FAILED),
        ({"method": {**OPEN, "chosen": None}}, UNKNOWN),
        ({"method": {**OPEN, "allowed": ()}}, UNKNOWN),
        ({"method": {**OPEN, "runs": True}, "step": Step.ANNOUNCE}, PASSED),
        ({"method": {**INVITED, "runs": False}, "step": Step.ANNOUNCE}, FAILED),
        ({"method": {**INVITED, "runs": False}, "step": Step.FIX_METHOD}, PASSED),
        ({"method": OPEN, "step": Step.ANNOUNCE}, UNKNOWN),
        (REFUSED, NOT_APPLICABLE),
    ],
    "R04.C7": [
        (exception(), PASSED),
        (exception(approved=False), FAILED),
        (exception(approved=None), UNKNOWN),
        (exception(decision_number=" "), FAILED),
        (exception(decision_number=None), UNKNOWN),
        (exception(decided_at=None), UNKNOWN),
        ({**exception(), "notice": {"published_at": moment("2026-03-02 00:00")}}, PASSED),
        ({**exception(), "notice": {"published_at": moment("2026-03-01 23:59:59")}}, FAILED),
        (exception(decided_at=moment("2026-03-03")), FAILED),
        (exception(method={**INVITED, "chosen": Method.DIRECT}), PASSED),
        (exception({"state_controlled": False}, approved=None), NOT_APPLICABLE),
        (exception({"state_controlled": False}, {**INVITED, "chosen": Method.DIRECT}, approved=None), UNKNOWN),
        (exception({}, approved=None), UNKNOWN),
        (exception({}, {**INVITED, "mandatory": False}, approved=None), NOT_APPLICABLE),
        (exception({}, {**INVITED, "mandatory": None}), UNKNOWN),
        (exception({}, {**INVITED, "proposed": None}), UNKNOWN),
        ({"method": OPEN}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.GP}, "method": INVITED}, UNKNOWN),
        (REFUSED, NOT_APPLICABLE),
    ],
    "R04.C8": [
        ({"method": {"drawing_lots_for_winner": False}}, PASSED),
        ({"method": {"drawing_lots_for_winner": True}}, FAILED),
        ({}, UNKNOWN),
        (REFUSED, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_a_notice_under_a_method_that_does_not_run_is_refused_with_the_method_s_own_sentence():
    method = {
        **INVITED,
        "runs": False,
        "refusal_zh": "邀请招标尚未开通",
        "refusal_en": "Invited tender does not run yet",
    }
    finding = ask(RULE, "R04.C1", a_case(step=Step.ANNOUNCE, method=method))
    assert (finding.actual, finding.actual_en) == ("邀请招标尚未开通", "Invited tender does not run yet")
