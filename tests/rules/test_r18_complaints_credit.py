"""R18 投诉与信用: ten days to complain, three and thirty working days to answer, and bars that are looked up."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import (
    AppraisalMeasure,
    ComplaintOutcome,
    ComplaintRefusal,
    ObjectionTarget,
    ProjectType,
    Role,
    Severity,
)
from trading.rules.case import (
    AlarmFacts,
    AppraisalFacts,
    BidFacts,
    ComplaintFacts,
    CreditFacts,
    OrderFacts,
    PledgeFacts,
    ProcurementComplaintFacts,
    ReplyFacts,
)
from trading.rules.r18_complaints_credit import RULE
from trading.working_days import Calendar

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


def one(**changed: object) -> dict:
    """One complaint with the facts named."""
    return {"complaints": (ComplaintFacts("c", ObjectionTarget.RESULT, **changed),)}


def refused(ground: ComplaintRefusal | None, **changed: object) -> dict:
    """A complaint refused on a ground."""
    return one(refused_on=KNEW, refusal=ground, **changed)


def admissible(**changed: object) -> dict:
    """A complaint admitted with everything there, and what the test changes."""
    return one(**{"admitted_on": KNEW, "named_and_signed": True, "interested": True, "concrete": True, **changed})


ORDERED = {"suspension_ordered": True, "suspended_at": moment("2026-03-02")}
WITHIN = {"answer_ended_on": KNEW, "within_challenge": True, "forwarded_on": KNEW}


def procured(more: dict | None = None, **changed: object) -> dict:
    """A procurement complaint that kept every clock, and what the test changes."""
    kept = {"lodged_on": KNEW, "admitted_on": KNEW, "decided_on": date(2026, 3, 9), **changed}
    facts = ProcurementComplaintFacts(**{**WITHIN, **(more or {})})
    return one(**{"procurement": facts, **kept}) | {"project": {"type": ProjectType.GP}}


def judged(outcome: ComplaintOutcome, fabricated: bool | None = False, **more: object) -> dict:
    """A decided complaint of a works project, or with ``more`` of a procurement."""
    facts = {"decided_on": KNEW, "outcome": outcome, "fabricated": fabricated, "unfounded_before": more.pop("times", 1)}
    if not more:
        return one(**facts)
    return one(procurement=ProcurementComplaintFacts(**more), **facts) | {"project": {"type": ProjectType.GP}}


def appraised(**changed: object) -> dict:
    """A measure against an expert by a decision that is published and sent."""
    facts = {"expert": "e", "act": "迟到", "measure": AppraisalMeasure.WARNING, "decision_number": "1号",
             "decided_on": KNEW, "published_on": KNEW, "sent_to_pool_on": KNEW,
             "instead_of_penalty": False}  # fmt: skip
    return {"appraisals": (AppraisalFacts(**{**facts, **changed}),)}


def alarmed(now: str, severity: Severity = Severity.RED, **changed: object) -> dict:
    """An alarm raised on 2 March, asked about on another day."""
    return {"alarms": (AlarmFacts("a", severity, moment("2026-03-02 09:00:00"), **changed),), "now": moment(now)}


def ordered(now: str, **changed: object) -> dict:
    """An order to be answered by 9 March."""
    return {"orders": (OrderFacts("o", Role.OWNER, KNEW, date(2026, 3, 9), **changed),), "now": moment(now)}


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
    "R18.C4": [
        (admissible(), PASSED),
        (admissible(interested=False), FAILED),
        (admissible(concrete=False), FAILED),
        (admissible(named_and_signed=False), FAILED),
        (admissible(concrete=None), UNKNOWN),
        (refused(ComplaintRefusal.NO_INTEREST), PASSED),
        (refused(None), FAILED),
        (refused(ComplaintRefusal.UNSIGNED, named_and_signed=True), FAILED),
        (refused(ComplaintRefusal.UNSIGNED, named_and_signed=False), PASSED),
        (refused(ComplaintRefusal.LATE, known_on=KNEW, lodged_on=date(2026, 3, 12), answer_days=0), FAILED),
        (refused(ComplaintRefusal.LATE, known_on=KNEW, lodged_on=date(2026, 3, 13), answer_days=0), PASSED),
        (refused(ComplaintRefusal.LATE, known_on=KNEW, lodged_on=date(2026, 3, 13), answer_days=1), FAILED),
        (refused(ComplaintRefusal.LATE), UNKNOWN),
        (one(), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R18.C6": [
        (one(**ORDERED), PASSED),
        (one(suspension_ordered=True), FAILED),
        (one(decided_on=KNEW, **ORDERED), FAILED),
        (one(decided_on=KNEW, suspension_ended_at=moment("2026-03-09"), **ORDERED), PASSED),
        (one(suspension_ordered=False), NOT_APPLICABLE),
        (one(), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R18.C7": [
        (procured(), PASSED),
        (
            procured(
                lodged_on=date(2026, 3, 23),
                admitted_on=date(2026, 3, 23),
                decided_on=date(2026, 3, 24),
                more={"forwarded_on": date(2026, 3, 24)},
            ),
            PASSED,
        ),
        (
            procured(
                lodged_on=date(2026, 3, 24),
                admitted_on=date(2026, 3, 24),
                decided_on=date(2026, 3, 24),
                more={"forwarded_on": date(2026, 3, 24)},
            ),
            FAILED,
        ),
        (procured(admitted_on=date(2026, 3, 9)), PASSED),
        (procured(admitted_on=date(2026, 3, 10), decided_on=date(2026, 3, 10)), FAILED),
        (procured({"forwarded_on": date(2026, 3, 12)}), PASSED),
        (procured({"forwarded_on": date(2026, 3, 13)}), FAILED),
        (procured(replies=(ReplyFacts(KNEW, date(2026, 3, 9)),)), PASSED),
        (procured(replies=(ReplyFacts(KNEW, date(2026, 3, 10)),)), FAILED),
        (procured(decided_on=date(2026, 4, 14)), PASSED),
        (procured(decided_on=date(2026, 4, 15)), FAILED),
        (procured(decided_on=date(2026, 4, 15), excluded_working_days=1), PASSED),
        (procured(decided_on=None), UNKNOWN),
        (procured({"within_challenge": False}), FAILED),
        (procured({"within_challenge": None}), UNKNOWN),
        (procured(suspended_at=moment("2026-03-02"), suspension_ended_at=moment("2026-04-01")), PASSED),
        (procured(suspended_at=moment("2026-03-02"), suspension_ended_at=moment("2026-04-02")), FAILED),
        (procured(admitted_on=None, refused_on=date(2026, 3, 9)), PASSED),
        (procured(procurement=None), UNKNOWN),
        (one(), NOT_APPLICABLE),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R18.C8": [
        (one(decided_on=KNEW, told_on=KNEW, published_on=date(2026, 3, 10)), PASSED),
        (one(decided_on=KNEW, told_on=KNEW, published_on=date(2026, 3, 11)), PASSED),
        (one(decided_on=KNEW, told_on=KNEW, published_on=date(2026, 3, 12)), FAILED),
        (one(decided_on=KNEW, published_on=KNEW), FAILED),
        (one(decided_on=KNEW, told_on=KNEW), UNKNOWN),
        (one(decided_on=KNEW, told_on=KNEW) | {"now": moment("2026-03-12")}, FAILED),
        (one(), NOT_APPLICABLE),
    ],
    "R18.C9": [
        (judged(ComplaintOutcome.FABRICATED, True), PASSED),
        (judged(ComplaintOutcome.UPHELD, True), FAILED),
        (judged(ComplaintOutcome.REJECTED), PASSED),
        (judged(ComplaintOutcome.REJECTED, None), UNKNOWN),
        (judged(ComplaintOutcome.FABRICATED, True, listed=True, barred_months=11), FAILED),
        (judged(ComplaintOutcome.FABRICATED, True, listed=True, barred_months=12), PASSED),
        (judged(ComplaintOutcome.FABRICATED, True, listed=True, barred_months=36), PASSED),
        (judged(ComplaintOutcome.FABRICATED, True, listed=True, barred_months=37), FAILED),
        (judged(ComplaintOutcome.FABRICATED, True, listed=False, barred_months=12), FAILED),
        (judged(ComplaintOutcome.REJECTED, listed=False, times=2), PASSED),
        (judged(ComplaintOutcome.REJECTED, listed=False, times=3), FAILED),
        (judged(ComplaintOutcome.REJECTED, listed=True, times=3), PASSED),
        (judged(ComplaintOutcome.REJECTED, listed=True, times=4, barred_months=12), FAILED),
        (one(), NOT_APPLICABLE),
    ],
    "R18.C12": [
        (appraised(), PASSED),
        (appraised(decision_number=""), FAILED),
        (appraised(decided_on=None), FAILED),
        (appraised(published_on=None), FAILED),
        (appraised(sent_to_pool_on=None), FAILED),
        (appraised(instead_of_penalty=True, measure=AppraisalMeasure.SUSPENDED), FAILED),
        (appraised(instead_of_penalty=None), UNKNOWN),
        ({"appraisals": ()}, NOT_APPLICABLE),
        ({}, UNKNOWN),
    ],
    "R18.C13": [
        ({"pledges": PledgeFacts((), 4, False)}, PASSED),
        ({"pledges": PledgeFacts(("甲公司",), 3, False)}, FAILED),
        ({"pledges": PledgeFacts((), 4, True)}, FAILED),
        ({"pledges": PledgeFacts(None, 0, False)}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R18.C14": [
        (alarmed("2026-03-16"), PASSED),
        (alarmed("2026-03-17"), FAILED),
        (alarmed("2026-03-17", level=1), PASSED),
        (alarmed("2026-03-30", level=1), PASSED),
        (alarmed("2026-03-31", level=1), FAILED),
        (alarmed("2026-06-30", level=2), PASSED),
        (alarmed("2026-06-30", closed_at=moment("2026-06-29")), PASSED),
        (alarmed("2026-06-30", Severity.AMBER), NOT_APPLICABLE),
        (alarmed("2026-03-17", closed_at=moment("2026-03-17")), PASSED),
        (alarmed("2026-03-17") | {"calendar": Calendar.official({2025})}, UNKNOWN),
        (ordered("2026-03-09"), PASSED),
        (ordered("2026-03-10"), FAILED),
        (ordered("2026-04-10", replied_on=date(2026, 3, 9)), PASSED),
        (ordered("2026-04-10", replied_on=date(2026, 3, 10)), FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R18.C15": [
        (one(named_in=()), PASSED),
        (one(named_in=("投诉要点",)), FAILED),
        (one(), UNKNOWN),
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


def test_a_refusal_is_the_laws_own_answer_to_a_complaint_that_came_late():
    late = ComplaintFacts("c", ObjectionTarget.RESULT, KNEW, date(2026, 4, 1), 0, False, refused_on=date(2026, 4, 2))
    for id in ("R18.C1", "R18.C2", "R18.C5"):
        assert ask(RULE, id, a_case(complaints=(late,))).answer is NOT_APPLICABLE
    assert ask(RULE, "R18.C3", a_case(complaints=(late,))).answer is PASSED


def test_an_order_is_due_with_its_addressee_and_an_alarm_with_the_supervisor():
    due = condition(RULE, "R18.C14").deadline(a_case(**ordered("2026-03-03")))
    assert (due.who_zh, due.at) == ("项目单位", moment("2026-03-10"))
    due = condition(RULE, "R18.C14").deadline(a_case(**alarmed("2026-03-03")))
    assert (due.who_zh, due.at) == ("监管机构", moment("2026-03-17"))


def test_a_decision_is_due_on_the_net():
    case = a_case(**one(decided_on=KNEW, told_on=KNEW))
    assert condition(RULE, "R18.C8").deadline(case).at == moment("2026-03-12")
