"""R14 结果公示与异议: three days to begin, three to last, rolled over holidays, no award over an open objection."""

from __future__ import annotations

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
from trading.codelists import ObjectionTarget, ProjectType
from trading.rules.case import ObjectionFacts
from trading.rules.r14_result_publicity import RULE
from trading.steps import Step

GP = {"project": {"type": ProjectType.GP}}


def begun(received: str | None, started: str | None, now: str = "2026-03-06") -> dict:
    facts = {
        "report_received_at": moment(received) if received else None,
        "started_at": moment(started) if started else None,
    }
    return {"publicity": facts, "now": moment(now)}


def lasting(started: str | None, ends: str | None, now: str, step: Step | None = Step.CONFIRM) -> dict:
    facts = {"started_at": moment(started) if started else None, "ends_at": moment(ends) if ends else None}
    return {"publicity": facts, "now": moment(now), "step": step}


def raised(answered: str | None = None, **changed: object) -> dict:
    facts = {"target": ObjectionTarget.RESULT, "in_time": True, **changed}
    at = moment(answered) if answered else None
    objection = ObjectionFacts("o", raised_at=moment("2026-03-10"), suspends=True, answered_at=at, **facts)
    return {"objections": (objection,)}


TABLES = {
    "R14.C1": [
        (begun("2026-03-06 16:00", "2026-03-06 17:00"), PASSED),
        (begun("2026-03-06 16:00", "2026-03-09 23:59:59"), PASSED),
        (begun("2026-03-06 16:00", "2026-03-10"), FAILED),
        (begun("2026-03-04", "2026-03-10"), FAILED),
        (begun("2026-03-05", "2026-03-09"), PASSED),
        (begun("2026-03-05", "2026-03-10"), FAILED),
        (begun("2026-03-06", None, "2026-03-09"), UNKNOWN),
        (begun("2026-03-06", None, "2026-03-10"), FAILED),
        (begun(None, "2026-03-06"), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R14.C2": [
        (lasting("2026-03-10 09:00", "2026-03-13", "2026-03-14"), FAILED),
        (lasting("2026-03-09 09:00", "2026-03-12 23:59:59", "2026-03-14"), FAILED),
        (lasting("2026-03-09 09:00", "2026-03-13", "2026-03-13"), PASSED),
        (lasting("2026-03-09 09:00", "2026-03-14", "2026-03-14"), PASSED),
        (lasting("2026-03-09 09:00", "2026-03-13", "2026-03-12 23:59:59"), FAILED),
        (lasting("2026-03-09 09:00", "2026-03-13", "2026-03-09 09:00", Step.PUBLICIZE), PASSED),
        (lasting("2026-03-09 09:00", "2026-03-12", "2026-03-09 09:00", Step.PUBLICIZE), FAILED),
        (lasting("2026-03-11 09:00", "2026-03-17", "2026-03-17"), PASSED),
        (lasting("2026-04-29 09:00", "2026-05-06", "2026-05-06"), FAILED),
        (lasting("2026-04-29 09:00", "2026-05-07", "2026-05-07"), PASSED),
        (lasting("2026-12-30 09:00", "2027-01-05", "2027-01-05"), UNKNOWN),
        (lasting(None, "2026-03-13", "2026-03-13"), UNKNOWN),
        (lasting("2026-03-09 09:00", None, "2026-03-13"), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R14.C3": [
        ({"publicity": {"missing_contents": ()}}, PASSED),
        ({"publicity": {"missing_contents": ("candidates",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R14.C4": [
        ({"publicity": {"scores_open": True}}, PASSED),
        ({"publicity": {"scores_open": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R14.C5": [
        ({}, PASSED),
        (raised(), FAILED),
        (raised("2026-03-13"), PASSED),
        (raised("2026-03-14"), PASSED),
        (raised(withdrawn=True), PASSED),
        (raised(in_time=False), PASSED),
        (raised(target=ObjectionTarget.OPENING), PASSED),
        ({"project": {"type": None}}, UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R14.C12": [
        ({"publicity": {"examined": True}}, PASSED),
        ({"publicity": {"examined": False}}, FAILED),
        ({}, UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


@pytest.mark.parametrize(("started", "expected"), [("2026-03-09", PASSED), ("2026-03-10", FAILED)])
def test_a_report_of_a_friday_is_public_on_monday_at_the_latest(started, expected):
    """Vector V10."""
    assert ask(RULE, "R14.C1", a_case(**begun("2026-03-06", started))).answer is expected


def test_an_answer_that_came_late_is_told_and_no_longer_blocks():
    assert "逾期" not in ask(RULE, "R14.C5", a_case(**raised("2026-03-13 23:59:59"))).actual
    late = ask(RULE, "R14.C5", a_case(**raised("2026-03-14")))
    assert "1件答复逾期" in late.actual
    assert "1 answered late" in late.actual_en


def test_the_start_of_the_publicity_and_the_answer_are_due_on_their_third_day():
    start = condition(RULE, "R14.C1").deadline
    assert start(a_case(**begun("2026-03-06", None))).at == moment("2026-03-10")
    assert start(a_case(**begun("2026-03-06", "2026-03-06"))) is None
    assert start(a_case()) is None
    answer = condition(RULE, "R14.C5").deadline
    assert answer(a_case(**raised())).at == moment("2026-03-14")
    assert answer(a_case(**raised("2026-03-11"))) is None


def test_a_publicity_is_judged_by_the_calendar_it_is_given():
    nowhere = type(CALENDAR)(frozenset(), frozenset(), frozenset(), "无", "none")
    facts = lasting("2026-03-09 09:00", "2026-03-13", "2026-03-13")
    assert ask(RULE, "R14.C2", a_case(calendar=nowhere, **facts)).answer is UNKNOWN
