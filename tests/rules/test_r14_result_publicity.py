"""R14 结果公示与异议: three days to begin, three to last, rolled over holidays, no award over an open objection."""

from __future__ import annotations

from datetime import date

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
from trading.rules.case import ObjectionFacts, ResultChallengeFacts
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


PROCURED, GPN, SOE = ({"type": one} for one in (ProjectType.GP, ProjectType.GPN, ProjectType.SOE))
LAND, ADMIN, RURAL = ({"type": one} for one in (ProjectType.LAND, ProjectType.ADMIN, ProjectType.RURAL))
UNTIL = date(2026, 3, 16)


def bought(
    report: str | None = "2026-03-04", fixed: str | None = "2026-03-11", notice: str | None = "2026-03-13",
    project: dict = PROCURED, now: str = "2026-03-20", **more: object,
) -> dict:  # fmt: skip
    facts = {"evaluated_on": date(2026, 3, 2), "report_sent_on": day(report), "fixed_on": day(fixed)}
    facts |= {"notice_on": day(notice), "notice_until": UNTIL, "documents_with_notice": True, **more}
    return {"project": project, "purchase_result": facts, "now": moment(now)}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def noticed(*missing: str, experts=True, unqualified=True, losers=True) -> dict:
    facts = {"missing_contents": missing, "experts_named": experts}
    return {"project": PROCURED, "purchase_result": {**facts, "unqualified_told": unqualified, "losers_told": losers}}


def challenged(raised: str, answered: str | None = None, now: str = "2026-04-03", **facts: object) -> dict:
    told = {"may_affect_result": False, "result_changed": False, **facts}
    challenge = ResultChallengeFacts(date.fromisoformat(raised), day(answered), **told)
    return {
        "project": PROCURED,
        "purchase_result": {"notice_until": UNTIL, "challenges": (challenge,)},
        "now": moment(now),
    }


def granted(published: str | None, now: str = "2026-03-17", deal: date | None = date(2026, 3, 2)) -> dict:
    facts = {"deal_on": deal, "published_on": day(published)}
    return {"project": LAND, "sale_result": facts, "now": moment(now)}


def standing(project: dict, until: str | None, begun: str | None = "2026-03-02", board: str | None = None) -> dict:
    facts = {"published_on": day(begun), "until": day(until), "village_board_on": day(board)}
    return {"project": project, "sale_result": facts}


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
    "R14.C6": [
        (bought(), PASSED),
        (bought("2026-03-03", "2026-03-10", "2026-03-12"), PASSED),
        (bought(report="2026-03-05"), FAILED),
        (bought(fixed="2026-03-10", notice="2026-03-12"), PASSED),
        (bought(fixed="2026-03-12"), FAILED),
        (bought(fixed="2026-03-12", chosen_by_silence=True), PASSED),
        (bought(notice="2026-03-16", notice_until=date(2026, 3, 17)), FAILED),
        (bought(notice_until=date(2026, 3, 15)), FAILED),
        (bought(notice_until=date(2026, 3, 17)), PASSED),
        (bought(notice_until=date(2026, 3, 13), project=GPN), PASSED),
        (bought(documents_with_notice=False), FAILED),
        (bought(documents_with_notice=None), UNKNOWN),
        (bought(notice_until=None), UNKNOWN),
        (bought(None, None, None, now="2026-03-04"), UNKNOWN),
        (bought(None, None, None, now="2026-03-05"), FAILED),
        (bought(fixed=None, notice=None, now="2026-03-11"), UNKNOWN),
        (bought(fixed=None, notice=None, now="2026-03-12"), FAILED),
        (bought(notice=None, now="2026-03-13"), UNKNOWN),
        (bought(notice=None, now="2026-03-14"), FAILED),
        ({"project": PROCURED}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R14.C7": [
        (noticed(), PASSED),
        (noticed("成交金额"), FAILED),
        (noticed(experts=False), FAILED),
        (noticed(unqualified=False), FAILED),
        (noticed(losers=False), FAILED),
        (noticed(losers=None), UNKNOWN),
        ({"project": PROCURED}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R14.C8": [
        ({"project": PROCURED, "purchase_result": {"challenges": ()}}, PASSED),
        (challenged("2026-03-16", "2026-03-24"), PASSED),
        (challenged("2026-03-16", "2026-03-25"), PASSED),
        (challenged("2026-03-16", "2026-03-26"), FAILED),
        (challenged("2026-03-16", now="2026-03-25"), UNKNOWN),
        (challenged("2026-03-16", now="2026-03-26"), FAILED),
        (challenged("2026-03-25", now="2026-04-10"), FAILED),
        (challenged("2026-03-26", now="2026-04-10"), PASSED),
        (challenged("2026-03-16", "2026-03-24", may_affect_result=True, signing_suspended=True), PASSED),
        (challenged("2026-03-16", "2026-03-24", may_affect_result=True, signing_suspended=False), FAILED),
        (challenged("2026-03-16", "2026-03-24", may_affect_result=True), UNKNOWN),
        (challenged("2026-03-16", "2026-03-24", result_changed=True, reported_to_finance=True), PASSED),
        (challenged("2026-03-16", "2026-03-24", result_changed=True, reported_to_finance=False), FAILED),
        ({"project": PROCURED}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R14.C9": [
        (granted("2026-03-13"), PASSED),
        (granted("2026-03-16"), PASSED),
        (granted("2026-03-17"), FAILED),
        (granted(None, "2026-03-16"), UNKNOWN),
        (granted(None), FAILED),
        (granted("2026-03-13", deal=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R14.C10": [
        (standing(SOE, "2026-03-08"), FAILED),
        (standing(SOE, "2026-03-09"), PASSED),
        (standing(SOE, "2026-03-10"), PASSED),
        (standing(SOE, None), UNKNOWN),
        (standing(SOE, "2026-03-09", None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R14.C11": [
        (standing(ADMIN, "2026-03-04"), FAILED),
        (standing(ADMIN, "2026-03-05"), PASSED),
        (standing(ADMIN, "2026-03-06"), PASSED),
        (standing(ADMIN, "2026-03-08", "2026-03-05"), FAILED),
        (standing(ADMIN, "2026-03-09", "2026-03-05"), PASSED),
        (standing(RURAL, "2026-03-05"), UNKNOWN),
        (standing(RURAL, "2026-03-05", board="2026-03-02"), PASSED),
        (standing(RURAL, "2026-03-05", board="2026-03-03"), FAILED),
        (standing(RURAL, "2026-03-04", board="2026-03-02"), FAILED),
        (standing(ADMIN, None), UNKNOWN),
        ({}, NOT_APPLICABLE),
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


def test_the_result_of_a_procurement_is_watched_step_by_step():
    due = condition(RULE, "R14.C6").deadline
    assert due(a_case(**bought(None, None, None))).at == moment("2026-03-05")
    assert due(a_case(**bought(fixed=None, notice=None))).at == moment("2026-03-12")
    assert due(a_case(**bought(notice=None))).at == moment("2026-03-14")
    assert due(a_case(**bought())) is None
    answer = condition(RULE, "R14.C8").deadline
    assert answer(a_case(**challenged("2026-03-16"))).at == moment("2026-03-26")
    assert answer(a_case(**challenged("2026-03-16", "2026-03-17"))) is None
    assert condition(RULE, "R14.C9").deadline(a_case(**granted(None))).at == moment("2026-03-17")
    assert condition(RULE, "R14.C9").deadline(a_case(**granted("2026-03-10"))) is None
