"""The shared forms of question: periods with their holidays, and findings that speak both languages."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.rules import (
    test_r10_receipt_opening,
    test_r11_expert_draw,
    test_r12_evaluation,
    test_r13_competitive_bidding,
    test_r14_result_publicity,
    test_r15_result_confirmation,
    test_r16_failure_suspension,
    test_r17_contract_performance,
    test_r18_complaints_credit,
    test_r19_archive_statistics,
)
from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, a_case, ask, moment
from trading.rules.asking import Term
from trading.rules.rule import Missing
from trading.working_days import Calendar, UnknownYear

TABLED = (
    test_r10_receipt_opening,
    test_r11_expert_draw,
    test_r12_evaluation,
    test_r13_competitive_bidding,
    test_r14_result_publicity,
    test_r15_result_confirmation,
    test_r16_failure_suspension,
    test_r17_contract_performance,
    test_r18_complaints_credit,
    test_r19_archive_statistics,
)
CHINESE = re.compile(r"[一-鿿]")
NOWHERE = Calendar(frozenset(), frozenset(), frozenset(), "无", "none")
TERM = Term(date(2026, 4, 1), 30, "办理", "do it")
WORKING = Term(date(2026, 4, 1), 3, "办理", "do it", working=True)


@pytest.mark.parametrize(
    ("term", "done", "expected"),
    [
        (TERM, date(2026, 5, 1), PASSED),
        (TERM, date(2026, 5, 6), PASSED),
        (TERM, date(2026, 5, 7), FAILED),
        (WORKING, date(2026, 4, 7), PASSED),
        (WORKING, date(2026, 4, 8), FAILED),
    ],
)
def test_a_period_ends_on_its_last_day_or_the_working_day_after_it(term, done, expected):
    assert term.kept(a_case(), done).answer is expected


def test_what_is_plainly_in_time_needs_no_calendar_and_what_is_not_does():
    assert TERM.kept(a_case(calendar=NOWHERE), date(2026, 5, 1)).answer is PASSED
    with pytest.raises(UnknownYear):
        TERM.kept(a_case(calendar=NOWHERE), date(2026, 5, 2))


def test_what_is_not_done_fails_only_when_the_last_day_is_over():
    with pytest.raises(Missing):
        TERM.kept(a_case(moment("2026-05-06 23:59:59")), None)
    assert TERM.kept(a_case(moment("2026-05-07")), None).answer is FAILED


def test_a_period_is_due_at_the_first_instant_that_is_too_late():
    assert TERM.due(a_case(), "招标人", "the owner").at == moment("2026-05-07")


@pytest.mark.parametrize("module", TABLED, ids=lambda module: module.RULE.id)
def test_every_answer_speaks_both_languages_and_a_failure_says_what_is_there_instead(module):
    for id, table in module.TABLES.items():
        for facts, _ in table:
            finding = ask(module.RULE, id, a_case(**facts))
            assert finding.actual, (id, facts)
            assert finding.actual_en, (id, facts)
            if finding.answer is not NOT_APPLICABLE and CHINESE.search(finding.expected):
                assert not CHINESE.search(finding.expected_en), (id, finding.expected_en)
            if finding.answer is FAILED:
                assert finding.actual != finding.expected, (id, finding)
                assert finding.actual_en != finding.expected_en, (id, finding)


@pytest.mark.parametrize("module", TABLED, ids=lambda module: module.RULE.id)
def test_every_condition_is_its_rules_own_names_a_source_and_speaks_both_languages(module):
    for condition in module.RULE.conditions:
        assert condition.rule == module.RULE.id
        assert condition.sources, condition.id
        assert CHINESE.search(condition.zh), condition.id
        assert not CHINESE.search(condition.en), condition.id
        assert condition.question.__doc__, condition.id
