"""R05 例外方式: a statutory ground, evidence, and reasons published before."""

from __future__ import annotations

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.r05_exceptions import RULE
from trading.steps import Step

GROUND = {"ground": "few_bidders", "ground_statutory": True, "evidence_attached": True}
INVITED = {"proposed": Method.OPEN_TENDER, "chosen": Method.INVITED_TENDER, "mandatory": True, **GROUND}
STATE = {"state_controlled": True}


def exception(step: Step = Step.FIX_METHOD, project: dict = STATE, **method: object) -> dict:
    return {"step": step, "project": project, "method": {**INVITED, **method}}


TABLES = {
    "R05.C1": [
        (exception(), PASSED),
        (exception(Step.APPLY_FOR_EXCEPTION), PASSED),
        (exception(Step.DECIDE_EXCEPTION), PASSED),
        (exception(ground_statutory=False), FAILED),
        (exception(evidence_attached=False), FAILED),
        (exception(ground=None), UNKNOWN),
        (exception(ground_statutory=None), UNKNOWN),
        (exception(evidence_attached=None), UNKNOWN),
        (exception(chosen=None), UNKNOWN),
        (exception(Step.APPLY_FOR_EXCEPTION, chosen=None), UNKNOWN),
        (exception(Step.APPLY_FOR_EXCEPTION, {}, mandatory=False, ground=None), UNKNOWN),
        (exception(project={}, mandatory=False, ground=None), NOT_APPLICABLE),
        (exception(chosen=Method.OPEN_TENDER), NOT_APPLICABLE),
        (exception(Step.DECIDE_EXCEPTION, approved=False), NOT_APPLICABLE),
    ],
    "R05.C2": [
        (exception(reasons_published=True), PASSED),
        (exception(reasons_published=False), FAILED),
        (exception(), UNKNOWN),
        (exception(mandatory=None), UNKNOWN),
        (exception(mandatory=False), NOT_APPLICABLE),
        (exception(chosen=Method.OPEN_TENDER), NOT_APPLICABLE),
        (exception(project={"type": ProjectType.GP}), NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []
