"""Vectors of the rulebook 10.3 asked of the conditions themselves.

The others stand beside what they ask: V2 in test_r08, V4-V6 in methods, V7 and V8 in test_r11, V9 in test_r10, V10 in
test_r14, V11, V19 and V20 in test_savings, V12 and V13 in test_r17, V14 in test_r18, V17 in test_r13, V18 in test_r06,
V21 in methods/test_proposal, V22 in test_r01.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import a_case, moment
from trading.codelists import Answer, ProjectType
from trading.identifiers import valid_uscc
from trading.rules import CONDITIONS

PASSED, FAILED = Answer.PASSED, Answer.FAILED


def issued(deadline):
    return {"method": {"mandatory": True},
            "notice": {"issued_at": moment("2026-03-02"), "bid_deadline": moment(deadline)}}  # fmt: skip


def bond(estimate, amount):
    return {"lot": {"estimate": Decimal(estimate)}, "terms": {"bond": Decimal(amount)}}


def vote(agreed):
    return {"project": {"type": ProjectType.RURAL},
            "village": {"by_delegates": False, "entitled": 300, "attended": 205, "agreed": agreed,
                        "called_on": date(2026, 2, 1), "met_on": date(2026, 2, 20)}}  # fmt: skip


VECTORS = [
    ("V1", "R07.C3", issued("2026-03-22"), PASSED),
    ("V1", "R07.C3", issued("2026-03-21"), FAILED),
    ("V3a", "R09.C1", bond(5_000_000, 100_000), PASSED),
    ("V3b", "R09.C1", bond(5_000_000, "100001"), FAILED),
    ("V3c", "R09.C1", bond(50_000_000, 1_000_000), PASSED),
    ("V3c", "R09.C2", bond(50_000_000, 1_000_000), FAILED),
    ("V16", "R02.C10", vote(199), FAILED),
    ("V16", "R02.C10", vote(200), PASSED),
]


@pytest.mark.parametrize(("vector", "id", "facts", "answer"), VECTORS)
def test_a_vector_of_the_rulebook_is_answered_as_it_says(vector, id, facts, answer):
    assert CONDITIONS[id].ask(a_case(**facts)).answer is answer, vector


@pytest.mark.parametrize("code", ["914403001922038216", "91110000802100433B", "11100000000013338W"])
def test_v15_a_credit_code_passes_its_check_and_fails_with_another_last_digit(code):
    assert valid_uscc(code)
    assert not valid_uscc(code[:-1] + ("1" if code[-1] != "1" else "2"))
