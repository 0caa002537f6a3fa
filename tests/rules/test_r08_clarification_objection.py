"""R08 澄清与标前异议: fifteen days or the deadline moves; objections in time stop the clock, late ones do not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.cases import (
    BOOK,
    CALENDAR,
    FAILED,
    LAW_DAY,
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
from trading.codelists import Method, ObjectionTarget, ProjectType
from trading.rules.case import (
    ChallengeFacts,
    CheckedItem,
    ClarificationFacts,
    ObjectionFacts,
    PrequalificationFacts,
    PurchaseFacts,
)
from trading.rules.r08_clarification_objection import RULE, answer_due, earliest_deadline, raised_in_time
from trading.steps import Step

VALUES = BOOK.on(LAW_DAY)
DEADLINE = {"bid_deadline": moment("2026-03-22 09:30")}


def clarified(issued: str, deadline: str, affects: bool = True, holders: int = 3, delivered: int = 3) -> dict:
    one = ClarificationFacts(1, moment(issued), affects, moment(deadline), holders, delivered)
    return {"clarifications": (one,)}


def objection(raised: str = "2026-03-10", **facts: object) -> ObjectionFacts:
    answered = facts.pop("answered", None)
    given = {"target": ObjectionTarget.DOCUMENTS, "in_time": True, "suspends": True, **facts}
    return ObjectionFacts("o1", raised_at=moment(raised), answered_at=answered and moment(answered), **given)


def objected(*objections: ObjectionFacts, **groups: object) -> dict:
    return {"objections": objections, "notice": DEADLINE, **groups}


def raised(when: str, now: str | None = None, in_time: bool = True) -> dict:
    return objected(objection(when, in_time=in_time), step=Step.OBJECT, now=moment(now or when))


def applying(changed: str | None, until: str | None = "2026-03-14", held: bool | None = True) -> dict:
    day = until and date.fromisoformat(until)
    asked = PrequalificationFacts(held, applications_until=day, changed_on=changed and date.fromisoformat(changed))
    return {"prequalification": asked}


def changed(method: Method | None, deadline: str, affects: bool = True) -> dict:
    """A document of Thursday 2026-03-05, changed with the first offers due on ``deadline``."""
    facts = clarified("2026-03-05", deadline, affects)
    return {**facts, "project": {"type": ProjectType.GPN}, "method": {"chosen": method}}


def kept(changed: bool | None) -> dict:
    facts = clarified("2026-03-05", "2026-03-20")
    return {**facts, "project": {"type": ProjectType.GP}, "purchase": PurchaseFacts(
        object_or_qualification_changed=changed)}  # fmt: skip


def challenged(raised: str, answered: str | None, known: str | None = "2026-03-02", now: str = "2026-03-12") -> dict:
    day = answered and date.fromisoformat(answered)
    one = ChallengeFacts(True, date.fromisoformat(raised), known and date.fromisoformat(known), day)
    return {"project": {"type": ProjectType.GP}, "challenges": (one,), "now": moment(now)}


def inquired(answered: str | None, now: str = "2026-03-05 23:59:59") -> dict:
    one = ChallengeFacts(False, date(2026, 3, 2), answered_on=answered and date.fromisoformat(answered))
    return {"project": {"type": ProjectType.GPN}, "challenges": (one,), "now": moment(now)}


def visited(holds: bool) -> dict:
    return {"checked": {"R08.C9": CheckedItem(holds, "王", date(2026, 3, 20), "书面声明")}}


def stages(count: int | None, price: bool | None = False, bond: bool | None = False) -> dict:
    return {"opening": {"stages": count, "first_stage_price": price, "first_stage_bond": bond}}


GOODS = {"project": {"type": ProjectType.GP}}
ON_OPENING = objection(target=ObjectionTarget.OPENING)

TABLES = {
    "R08.C1": [
        (clarified("2026-03-10", "2026-03-22"), FAILED),
        (clarified("2026-03-10", "2026-03-24 23:59:59"), FAILED),
        (clarified("2026-03-10 23:59:59", "2026-03-25 00:00"), PASSED),
        (clarified("2026-03-10", "2026-03-26"), PASSED),
        (clarified("2026-03-10", "2026-03-22", affects=False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
        ({"project": {"type": None}}, UNKNOWN),
    ],
    "R08.C2": [
        (applying("2026-03-11"), PASSED),
        (applying("2026-03-12"), FAILED),
        (applying("2026-03-10"), PASSED),
        (applying("2026-03-11", None), UNKNOWN),
        (applying("2026-03-11", held=None), UNKNOWN),
        (applying(None), NOT_APPLICABLE),
        (applying(None, held=False), NOT_APPLICABLE),
        ({"project": {"type": ProjectType.GPN}}, NOT_APPLICABLE),
    ],
    "R08.C3": [
        (changed(Method.NEGOTIATION, "2026-03-10"), PASSED),
        (changed(Method.NEGOTIATION, "2026-03-09"), FAILED),
        (changed(Method.INQUIRY, "2026-03-11"), PASSED),
        (changed(Method.INQUIRY, "2026-03-09"), FAILED),
        (changed(Method.CONSULTATION, "2026-03-10"), PASSED),
        (changed(Method.CONSULTATION, "2026-03-09"), FAILED),
        (changed(None, "2026-03-10"), UNKNOWN),
        (changed(Method.INQUIRY, "2027-03-09"), UNKNOWN),
        (changed(Method.INQUIRY, "2026-03-09", affects=False), NOT_APPLICABLE),
        (changed(Method.SINGLE_SOURCE, "2026-03-09"), NOT_APPLICABLE),
        (clarified("2026-03-10", "2026-03-11"), NOT_APPLICABLE),
    ],
    "R08.C4": [
        (clarified("2026-03-10", "2026-03-25"), PASSED),
        (clarified("2026-03-10", "2026-03-25", holders=0, delivered=0), PASSED),
        (clarified("2026-03-10", "2026-03-25", delivered=2), FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R08.C5": [
        (kept(False), PASSED),
        (kept(True), FAILED),
        (kept(None), UNKNOWN),
        ({**GOODS, "clarifications": ()}, NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R08.C6": [
        (raised("2026-03-12 23:59:59"), PASSED),
        (raised("2026-03-11"), PASSED),
        (raised("2026-03-13 00:00"), FAILED),
        (raised("2026-03-13", now="2026-03-14"), PASSED),
        (raised("2026-03-13", now="2026-03-14", in_time=False), FAILED),
        ({**raised("2026-03-12"), "notice": {}}, UNKNOWN),
        (objected(ON_OPENING, step=Step.OBJECT), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R08.C7": [
        (objected(objection()), FAILED),
        (objected(objection(), step=Step.CLOSE_BIDDING), FAILED),
        (objected(objection(answered="2026-03-13 23:59:59")), PASSED),
        (objected(objection(answered="2026-03-14")), FAILED),
        (objected(objection(answered="2026-03-14"), step=Step.OPEN_BIDS), PASSED),
        (objected(objection(answered="2026-03-12"), objection()), FAILED),
        (objected(objection("2026-12-31", answered="2027-01-02")), UNKNOWN),
        (objected(objection("2026-12-31", answered="2027-01-02"), step=Step.OPEN_BIDS), PASSED),
        (objected(objection(in_time=False)), NOT_APPLICABLE),
        (objected(objection(withdrawn=True)), NOT_APPLICABLE),
        (objected(ON_OPENING), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R08.C8": [
        (challenged("2026-03-02", "2026-03-11"), PASSED),
        (challenged("2026-03-02", "2026-03-12"), FAILED),
        (challenged("2026-03-02", "2026-03-10"), PASSED),
        (challenged("2026-03-11", "2026-03-12"), PASSED),
        (challenged("2026-03-12", "2026-03-12"), FAILED),
        (challenged("2026-03-02", None, now="2026-03-11"), UNKNOWN),
        (challenged("2026-03-02", None, now="2026-03-12"), FAILED),
        (challenged("2026-03-02", "2026-03-11", None), UNKNOWN),
        (inquired("2026-03-05"), PASSED),
        (inquired("2026-03-06"), FAILED),
        (inquired(None), UNKNOWN),
        (inquired(None, "2026-03-06"), FAILED),
        ({**GOODS, "challenges": ()}, NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R08.C9": [
        (visited(True), PASSED),
        (visited(False), FAILED),
        ({}, UNKNOWN),
        (GOODS, NOT_APPLICABLE),
    ],
    "R08.C10": [
        (objected(objection()), PASSED),
        (objected(objection(), objection(on_platform=False)), FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R08.C11": [
        (stages(2), PASSED),
        (stages(2, price=True), FAILED),
        (stages(2, bond=True), FAILED),
        (stages(2, bond=None), UNKNOWN),
        (stages(None), UNKNOWN),
        (stages(1), NOT_APPLICABLE),
        (GOODS, NOT_APPLICABLE),
    ],
}
NEVER_UNKNOWN = ["R08.C4", "R08.C10"]


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == NEVER_UNKNOWN


def test_a_late_clarification_is_told_the_first_lawful_deadline():
    finding = ask(RULE, "R08.C1", a_case(**clarified("2026-03-10", "2026-03-22")))
    assert "2026-03-25" in finding.expected
    assert "12" in finding.actual
    assert earliest_deadline(moment("2026-03-10 18:00"), VALUES) == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("raised_at", "answer"),
    [("2026-03-11", True), ("2026-03-12", True), ("2026-03-12 23:59:59", True), ("2026-03-13", False)],
)
def test_an_objection_is_in_time_ten_days_before_the_deadline(raised_at, answer):
    assert raised_in_time(moment(raised_at), moment("2026-03-22 09:30"), VALUES) is answer


@pytest.mark.parametrize(
    ("raised_at", "late_from"),
    [("2026-03-10 16:00", "2026-03-14"), ("2026-03-11", "2026-03-17"), ("2026-04-30", "2026-05-07")],
)
def test_an_answer_is_late_after_three_days_or_the_working_day_after_a_holiday(raised_at, late_from):
    assert answer_due(moment(raised_at), VALUES, CALENDAR) == moment(late_from)


def test_the_first_waiting_objection_says_what_is_due_and_answered_ones_say_nothing():
    answer = condition(RULE, "R08.C7")
    case = a_case(
        **objected(objection("2026-03-11"), objection("2026-03-10"), objection("2026-03-09", answered="2026-03-09"))
    )
    due = answer.deadline(case)
    assert due is not None
    assert due.at == moment("2026-03-14")
    assert answer.deadline(a_case(**objected(objection(in_time=False)))) is None


def test_the_first_inquiry_or_challenge_that_waits_says_what_is_due():
    answer = condition(RULE, "R08.C8")
    due = answer.deadline(a_case(**challenged("2026-03-02", None)))
    assert due is not None
    assert due.at == moment("2026-03-12")
    assert answer.deadline(a_case(**challenged("2026-03-02", "2026-03-05"))) is None
