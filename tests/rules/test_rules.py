"""The nineteen rules together 十九项制度: complete, in order, each said in two languages; unknown never passes."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.rules.cases import a_case, moment
from trading.codelists import Answer, BondForm, Mark, Severity
from trading.rules import CONDITIONS, RULES, blocking, guarding, judge
from trading.rules.case import BondFacts
from trading.rules.rule import Condition, Missing, Source, Verdict, holds, known, not_applicable, passed, unknown
from trading.steps import Step
from trading.working_days import UnknownYear

RULEBOOK = Path(__file__).resolve().parents[3] / "shared" / "reference" / "rulebook.md"
MOST_CHECKLIST_ITEMS = 40
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def condition(question, severity: Severity = Severity.BLOCK, *sources: Source) -> Condition:
    """A condition of no rule, to try the shape."""
    return Condition("R99.C1", severity, "条", "text", frozenset(), sources, question)


def test_there_are_nineteen_rules_in_the_order_of_the_rulebook():
    assert [rule.id for rule in RULES] == [f"R{number:02}" for number in range(1, 20)]


def test_no_condition_is_declared_twice_or_under_a_foreign_rule():
    declared = [(rule.id, one.id) for rule in RULES for one in rule.conditions]
    assert len({id for _, id in declared}) == len(declared) == len(CONDITIONS)
    assert [id for rule, id in declared if not re.fullmatch(rf"{rule}\.C[1-9]\d?", id)] == []


def test_every_condition_of_the_rulebook_is_here_and_none_is_invented():
    """The 262 ids of the rulebook's tables."""
    if not RULEBOOK.is_file():
        pytest.skip(f"the rulebook is not here: {RULEBOOK}")
    ids = re.findall(r"^\| (R\d\d\.C\d+) \|", RULEBOOK.read_text("utf-8"), re.MULTILINE)
    assert len(set(ids)) == len(ids) == 262
    wanted = set(ids)
    assert {"missing": sorted(wanted - set(CONDITIONS)), "invented": sorted(set(CONDITIONS) - wanted)} == {
        "missing": [],
        "invented": [],
    }


def test_few_conditions_are_left_to_a_person_and_each_says_why():
    items = [one for one in CONDITIONS.values() if one.checklist]
    assert len(items) <= MOST_CHECKLIST_ITEMS
    for one in items:
        assert CHINESE.search(one.checklist.reason_zh), one.id
        assert one.checklist.reason_en, one.id
        assert not CHINESE.search(one.checklist.reason_en), one.id


@pytest.mark.parametrize("one", CONDITIONS.values(), ids=lambda one: one.id)
def test_each_condition_speaks_two_languages_and_names_its_source(one: Condition):
    assert CHINESE.search(one.zh)
    assert one.en
    assert not CHINESE.search(one.en)
    assert one.sources
    assert (one.question.__doc__ or "").strip()


@pytest.mark.parametrize("one", CONDITIONS.values(), ids=lambda one: one.id)
def test_nothing_is_passed_about_a_lot_whose_project_and_terms_are_not_known(one: Condition):
    finding = one.ask(a_case(project={"type": None}, lot={"category": None, "estimate": None}))
    assert finding.answer is not Answer.PASSED
    assert not CHINESE.search(finding.expected_en + finding.actual_en)


@pytest.mark.parametrize("one", [one for one in CONDITIONS.values() if one.due], ids=lambda one: one.id)
def test_nothing_is_due_about_a_lot_of_which_nothing_is_known(one: Condition):
    assert one.deadline(a_case()) is None


@pytest.mark.parametrize("step", [Step.ACCEPT_REGISTRATION, Step.FILE_CONDITIONS, Step.FIX_METHOD, Step.ANNOUNCE])
def test_an_empty_case_does_not_pass_a_gate_and_each_verdict_names_what_is_missing(step):
    verdicts = judge(guarding(step), a_case(step=step))
    stopped = blocking(verdicts)
    assert stopped
    assert {verdict.condition.severity for verdict in stopped} == {Severity.BLOCK}
    assert all(verdict.finding.actual and verdict.finding.actual_en for verdict in stopped)


def test_guarding_answers_with_the_conditions_of_a_step_in_the_order_of_the_rulebook():
    found = [one.id for one in guarding(Step.ANNOUNCE)]
    assert "R07.C3" in found
    assert found == [id for id in CONDITIONS if id in found]
    assert all(Step.ANNOUNCE in one.steps for one in guarding(Step.ANNOUNCE))


def raise_unknown_year(case):
    raise UnknownYear(2031)


def test_what_is_not_known_becomes_unknown_and_is_named():
    missing = condition(lambda case: passed() if known(case.lot.budget, "预算", "the budget") else passed())
    finding = missing.ask(a_case())
    assert (finding.answer, finding.actual, finding.actual_en) == (Answer.UNKNOWN, "缺少：预算", "missing: the budget")
    assert "2031" in condition(raise_unknown_year).ask(a_case()).actual
    early = condition(lambda case: holds(case.values["estimate_over_feasibility_max"] > 0, "", ""))
    assert early.ask(a_case(law_day=moment("2019-06-30").date())).answer is Answer.UNKNOWN


def test_a_fact_that_is_false_or_nought_is_known():
    assert known(False, "事实", "the fact") is False
    assert known(0, "事实", "the fact") == 0
    with pytest.raises(Missing):
        known(None, "事实", "the fact")


@pytest.mark.parametrize(
    ("finding", "severity", "stops"),
    [
        (holds(False, "", ""), Severity.BLOCK, True),
        (unknown("事实"), Severity.BLOCK, True),
        (passed(), Severity.BLOCK, False),
        (not_applicable("其他类型"), Severity.BLOCK, False),
        (holds(False, "", ""), Severity.RED, False),
        (unknown("事实"), Severity.AMBER, False),
    ],
)
def test_a_blocking_condition_stops_when_it_failed_or_is_unknown_and_no_other_does(finding, severity, stops):
    verdict = Verdict(condition(lambda case: finding, severity), finding)
    assert verdict.stands_in_the_way is stops
    assert blocking([verdict]) == ([verdict] if stops else [])


def test_a_verdict_names_the_assumed_facts_it_looked_at_and_no_others():
    assumed = frozenset({"project.investment_code", "project.approval_number", "bonds.payer_account"})
    bonds = (BondFacts("b1", BondForm.TRANSFER, Decimal(100), "account"),)
    case = a_case(project={"investment_code": "2603-422823-04-01-100001"}, bonds=bonds, assumed=assumed)
    code, shared = judge([CONDITIONS["R01.C10"], CONDITIONS["R09.C6"]], case)
    assert (code.answer, code.assumed) == (Answer.PASSED, ("project.investment_code",))
    assert shared.assumed == ("bonds.payer_account",)


def test_taking_note_of_what_is_assumed_changes_no_answer():
    noted = judge(CONDITIONS.values(), a_case(assumed=frozenset({"lot.estimate"})))
    assert [verdict.finding for verdict in noted] == [one.ask(a_case()) for one in CONDITIONS.values()]


@pytest.mark.parametrize(
    ("marks", "weakest"),
    [
        ((Mark.CHECKED,), Mark.CHECKED),
        ((Mark.CHECKED, Mark.COUNTY_RULE), Mark.COUNTY_RULE),
        ((Mark.CHECKED, Mark.COUNTY_RULE, Mark.TO_BE_VERIFIED), Mark.TO_BE_VERIFIED),
    ],
)
def test_a_condition_is_checked_as_far_as_its_weakest_source(marks, weakest):
    sources = [Source("招标投标法", "第一条", mark) for mark in marks]
    assert condition(lambda case: passed(), Severity.BLOCK, *sources).mark is weakest


def test_an_article_is_quoted_only_where_it_was_checked():
    assert Source("招标投标法", "第一条").text == "《招标投标法》第一条"
    assert Source("招标投标法", "第一条", Mark.TO_BE_VERIFIED).text == "招标投标法"
