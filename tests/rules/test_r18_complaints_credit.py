"""R18 投诉与信用: ten days to complain, three and thirty working days to answer, and bars that are looked up."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import ObjectionTarget, ProjectType
from trading.rules.case import BidFacts, ComplaintFacts, CreditFacts
from trading.rules.r18_complaints_credit import RULE

KNEW = date(2026, 3, 2)


def complained(lodged: date | None, answer_days: int | None = 0, known_on: date | None = KNEW) -> dict:
    facts = ComplaintFacts("c", ObjectionTarget.RESULT, known_on, lodged, answer_days)
    return {"complaints": (facts,)}


def objected(prior: bool | None) -> dict:
    return {"complaints": (ComplaintFacts("c", ObjectionTarget.RESULT, prior_objection=prior),)}


def admitted(on: date | None, now: str = "2026-03-02", lodged: date | None = KNEW) -> dict:
    facts = ComplaintFacts("c", ObjectionTarget.RESULT, lodged_on=lodged, admitted_on=on)
    return {"complaints": (facts,), "now": moment(now)}


def decided(on: date | None, now: str = "2026-03-02", excluded: int = 0, admitted_on: date | None = KNEW) -> dict:
    facts = ComplaintFacts(
        "c", ObjectionTarget.RESULT, admitted_on=admitted_on, decided_on=on, excluded_working_days=excluded
    )
    return {"complaints": (facts,), "now": moment(now)}


def entry(**changed: object) -> dict:
    facts = {"act": "串通投标", "basis": "第六十七条", "organ": "县局", "decided_on": KNEW, **changed}
    return {"credit": (CreditFacts("a", **facts),)}


def bidder(barred: bool | None, clause: str | None = None) -> dict:
    return {"bids": (BidFacts("a", name="甲", barred=barred, rejected_clause=clause),)}


TABLES = {
    "R18.C1": [
        (complained(date(2026, 3, 11)), PASSED),
        (complained(date(2026, 3, 12)), PASSED),
        (complained(date(2026, 3, 13)), FAILED),
        (complained(date(2026, 3, 14), 2), PASSED),
        (complained(date(2026, 3, 17), 2), FAILED),
        (complained(date(2026, 3, 23), known_on=date(2026, 3, 11)), PASSED),
        (complained(date(2026, 3, 24), known_on=date(2026, 3, 11)), FAILED),
        (complained(None), UNKNOWN),
        (complained(KNEW, None), UNKNOWN),
        (complained(KNEW, known_on=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
        (complained(KNEW) | {"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R18.C2": [
        (objected(True), PASSED),
        (objected(False), FAILED),
        (objected(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R18.C3": [
        (admitted(date(2026, 3, 4)), PASSED),
        (admitted(date(2026, 3, 5)), PASSED),
        (admitted(date(2026, 3, 6)), FAILED),
        (admitted(None, "2026-03-05"), UNKNOWN),
        (admitted(None, "2026-03-06"), FAILED),
        (admitted(None, lodged=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R18.C5": [
        (decided(date(2026, 4, 13)), PASSED),
        (decided(date(2026, 4, 14)), PASSED),
        (decided(date(2026, 4, 15)), FAILED),
        (decided(date(2026, 4, 15), excluded=1), PASSED),
        (decided(None, "2026-04-14"), UNKNOWN),
        (decided(None, "2026-04-15"), FAILED),
        (decided(None, admitted_on=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R18.C11": [
        (bidder(False), PASSED),
        (bidder(True), FAILED),
        (bidder(True, "not_qualified"), PASSED),
        (bidder(None), UNKNOWN),
        ({}, UNKNOWN),
    ],
}
ENTRIES = {
    "R18.C10": [
        (entry(), PASSED),
        (entry(organ=""), FAILED),
        (entry(decided_on=None), FAILED),
        (entry(barred_from=KNEW), FAILED),
        (entry(barred_from=KNEW, barred_until=date(2027, 3, 2)), PASSED),
        ({}, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows({**TABLES, **ENTRIES}))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == ["R18.C10"]


def test_the_days_of_the_objections_answer_are_not_counted():
    """Vector V14."""
    finding = ask(RULE, "R18.C1", a_case(**complained(date(2026, 3, 13), 2)))
    assert finding.answer is PASSED
    assert finding.actual == "计9日"


def test_a_question_about_one_complaint_is_not_answered_by_another():
    late = ComplaintFacts("late", ObjectionTarget.RESULT, KNEW, date(2026, 4, 1), 0)
    good = ComplaintFacts("good", ObjectionTarget.RESULT, KNEW, date(2026, 3, 3), 0)
    assert ask(RULE, "R18.C1", a_case(complaints=(late, good), subject="good")).answer is PASSED
    assert ask(RULE, "R18.C1", a_case(complaints=(late, good))).answer is FAILED


def test_admission_and_decision_are_due_on_working_days():
    assert condition(RULE, "R18.C3").deadline(a_case(**admitted(None))).at == moment("2026-03-06")
    assert condition(RULE, "R18.C3").deadline(a_case(**admitted(KNEW))) is None
    assert condition(RULE, "R18.C5").deadline(a_case(**decided(None))).at == moment("2026-04-15")
    assert condition(RULE, "R18.C5").deadline(a_case(**decided(date(2026, 3, 3)))) is None


def test_one_late_decision_among_several_is_told_and_the_earliest_is_due_first():
    target = ObjectionTarget.RESULT
    late = ComplaintFacts("late", target, lodged_on=KNEW, admitted_on=date(2026, 3, 20))
    good = ComplaintFacts("good", target, lodged_on=KNEW, admitted_on=date(2026, 3, 3))
    new = ComplaintFacts("new", target, lodged_on=date(2026, 3, 20))
    case = a_case(complaints=(late, good, new), now=moment("2026-03-20"))
    assert ask(RULE, "R18.C3", case).answer is FAILED
    assert ask(RULE, "R18.C3", a_case(complaints=(good, late))).answer is FAILED
    assert condition(RULE, "R18.C3").deadline(case).at == moment("2026-03-26")
    assert condition(RULE, "R18.C5").deadline(case).at == moment("2026-04-16")
