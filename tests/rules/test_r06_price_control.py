"""R06 最高限价: within the budget, not moved in silence, not exceeded by a bid that stands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import FilingAnswer, ProjectType
from trading.rules.case import BidFacts, ClarificationFacts
from trading.rules.r06_price_control import RULE
from trading.steps import Step

BUDGET = {"budget": Decimal(5_000_000)}
RETURNED = {"step": Step.ANSWER_FILING, "filing": {"answer": FilingAnswer.RECTIFY}}


def ceiling(amount: str | None, **groups: object) -> dict:
    return {"terms": {"qualification": "三级", "ceiling": None if amount is None else Decimal(amount)}, **groups}


def changes(moves: bool, affects: bool) -> dict:
    one = ClarificationFacts(1, moment("2026-03-10"), affects, moment("2026-03-25"), 3, 3, moves)
    return {"clarifications": (one,)}


def bid(total: str | None, **facts: object) -> BidFacts:
    return BidFacts("b1", name="甲公司", total=None if total is None else Decimal(total), **facts)


TABLES = {
    "R06.C1": [
        (ceiling("5000000", lot=BUDGET), PASSED),
        (ceiling("4999999.99", lot=BUDGET), PASSED),
        (ceiling("5000000.01", lot=BUDGET), FAILED),
        (ceiling("5000000"), UNKNOWN),
        ({}, UNKNOWN),
        (ceiling(None), NOT_APPLICABLE),
        (RETURNED, NOT_APPLICABLE),
        (ceiling("5000000", project={"type": ProjectType.LAND}), NOT_APPLICABLE),
    ],
    "R06.C2": [
        (ceiling("5000000", project={"state_controlled": True}), PASSED),
        (ceiling(None, project={"state_controlled": True}), FAILED),
        (ceiling(None, project={"public_share": Decimal("0.01")}), FAILED),
        (ceiling(None, project={"state_controlled": False, "public_share": Decimal(0)}), NOT_APPLICABLE),
        (ceiling(None, project={"state_controlled": False}), UNKNOWN),
        ({"project": {"state_controlled": True}}, UNKNOWN),
        (ceiling(None), UNKNOWN),
    ],
    "R06.C3": [
        (changes(True, True), PASSED),
        (changes(True, False), FAILED),
        (changes(False, False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
        ({"project": {"type": None}}, UNKNOWN),
    ],
    "R06.C4": [
        (ceiling("5000000", bids=(bid("5000000"),)), PASSED),
        (ceiling("5000000", bids=(bid("4999999.99"),)), PASSED),
        (ceiling("5000000", bids=(bid("4000000"), bid("5000000.01"))), FAILED),
        (ceiling("5000000", bids=(bid("4000000"), bid("5000000.01", rejected_clause="R06.C4"))), PASSED),
        (ceiling("5000000", bids=(bid("4000000"), bid(None, opened=False))), PASSED),
        (ceiling("5000000", bids=(bid("4000000"), bid(None))), UNKNOWN),
        (ceiling("5000000", bids=(bid("6000000", rejected_clause="R06.C4"),)), NOT_APPLICABLE),
        (ceiling("5000000"), NOT_APPLICABLE),
        (ceiling(None, bids=(bid("4000000"),)), NOT_APPLICABLE),
        ({"bids": (bid("4000000"),)}, UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []
