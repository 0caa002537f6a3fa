"""R16 流标中止终止: statutory grounds borne out by the figures, everyone told, time and money kept, attempts linked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, rows, untold
from trading.codelists import (
    FailureGround,
    FinanceLevel,
    Method,
    ProjectType,
    Status,
    SuspensionGround,
    TerminationGround,
)
from trading.rules.case import BidFacts
from trading.rules.purchase_result_facts import ProcurementEnding
from trading.rules.r16_failure_suspension import RULE
from trading.steps import Step

G, T = FailureGround, TerminationGround
RECORDED = {"cause_recorded": True, "notified_all": True}


def failing(ground: FailureGround | None, step: Step = Step.FAIL, bids=None, effective=None, **stop: object) -> dict:
    facts = {"failure_ground": ground, **RECORDED, **stop}
    return {
        "step": step,
        "stop": facts,
        "opening": {"bids_at_deadline": bids},
        "evaluation": {"effective_bids": effective},
    }


def ending(ground: TerminationGround | None, **stop: object) -> dict:
    facts = {"termination_ground": ground, "reason": "…", "notified_all": True, "refunds_set": True, **stop}
    return {"step": Step.TERMINATE, "stop": facts}


def idle(days: int | None, reminded: int | None) -> dict:
    return ending(T.OWNER_IDLE, idle_days=days, days_since_reminder=reminded)


def suspending(ground: SuspensionGround | None, reason: str | None = "…") -> dict:
    return {"step": Step.SUSPEND, "stop": {"ground": ground, "reason": reason}}


def resuming(over: bool | None, kept: bool | None) -> dict:
    return {"step": Step.RESUME, "stop": {"ground_over": over, "time_kept": kept}}


def again(times: int | None, method: Method | None = None, approved: bool | None = None) -> dict:
    return {"stop": {"failed_attempts": times}, "method": {"chosen": method, "approved": approved}}


def next_one(rank: int | None, price: int, first: int | None = 1000) -> dict:
    best = BidFacts("a", total=None if first is None else Decimal(first), rank=1)
    return {"award": {"winner_rank": rank, "price": Decimal(price)}, "bids": (best,)}


STANDING = {"lot": {"status": Status.PUBLISHED}}
GP, LAND = {"type": ProjectType.GP}, {"type": ProjectType.LAND}


def bought_nothing(ground: ProcurementEnding | None = ProcurementEnding.FEW_SUPPLIERS, **facts: object) -> dict:
    end = {"ended": True, "ground": ground, "reasons_told": True, **facts}
    return {"project": GP, "procurement_end": end, "method": {"chosen": Method.OPEN_TENDER}}


def left(count: int | None, level: FinanceLevel | None = None, ended: bool | None = True) -> dict:
    return {"project": GP, "procurement_end": {"ended": ended, "goes_on_with": count, "approved_by": level}}


def relisted(lowered: bool | None, notice=True, same=None, approved=None) -> dict:
    facts = {"relisted": True, "reserve_lowered": lowered, "full_new_notice": notice}
    return {"project": LAND, "relisting": {**facts, "same_terms": same, "lowering_approved": approved}}


def void(found: bool | None, remedied: bool | None = None, **lot: object) -> dict:
    return {"award": {"void": found, "void_remedied": remedied}, "lot": lot}


TABLES = {
    "R16.C1": [
        (failing(G.FEW_BIDDERS, bids=2), PASSED),
        (failing(G.FEW_BIDDERS, bids=3), FAILED),
        (failing(G.FEW_BIDDERS), UNKNOWN),
        (failing(G.ALL_REJECTED, effective=0), PASSED),
        (failing(G.ALL_REJECTED, effective=1), FAILED),
        (failing(G.NO_COMPETITION, effective=2), PASSED),
        (failing(G.NO_COMPETITION, effective=3), FAILED),
        (failing(G.NO_COMPETITION), UNKNOWN),
        (failing(G.UNLAWFUL_DOCUMENTS), PASSED),
        (failing(G.UNLAWFUL_DOCUMENTS, cause_recorded=False), FAILED),
        (failing(G.UNLAWFUL_DOCUMENTS, notified_all=False), FAILED),
        (failing(G.UNLAWFUL_DOCUMENTS, notified_all=None), UNKNOWN),
        (failing(G.FEW_BIDDERS, Step.RETENDER, bids=2, remedy_recorded=True), PASSED),
        (failing(G.FEW_BIDDERS, Step.RETENDER, bids=2, remedy_recorded=False), FAILED),
        (failing(G.FEW_BIDDERS, Step.RETENDER, bids=2), UNKNOWN),
        (failing(None), UNKNOWN),
        (STANDING, NOT_APPLICABLE),
    ],
    "R16.C2": [
        (again(1), NOT_APPLICABLE),
        (again(2, Method.OPEN_TENDER), PASSED),
        (again(2, Method.DIRECT, True), PASSED),
        (again(2, Method.DIRECT, False), FAILED),
        (again(2, Method.DIRECT), UNKNOWN),
        (again(3), UNKNOWN),
        (again(None), UNKNOWN),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R16.C5": [
        (failing(G.UNLAWFUL_DOCUMENTS, Step.RETENDER, remedy_recorded=True), PASSED),
        (failing(G.UNLAWFUL_DOCUMENTS, Step.RETENDER, remedy_recorded=False), FAILED),
        (failing(G.UNLAWFUL_DOCUMENTS, Step.RETENDER), UNKNOWN),
        (failing(G.FEW_BIDDERS, Step.RETENDER), NOT_APPLICABLE),
        (STANDING, NOT_APPLICABLE),
    ],
    "R16.C6": [
        (ending(T.OWNER_CAUSE), PASSED),
        (ending(T.OWNER_CAUSE, reason=""), FAILED),
        (ending(T.OWNER_CAUSE, notified_all=False), FAILED),
        (ending(T.OWNER_CAUSE, refunds_set=False), FAILED),
        (ending(T.OWNER_CAUSE, refunds_set=None), UNKNOWN),
        (ending(None), UNKNOWN),
        (STANDING, NOT_APPLICABLE),
    ],
    "R16.C7": [
        (suspending(SuspensionGround.ORDER), PASSED),
        (suspending(SuspensionGround.ORDER, ""), FAILED),
        (suspending(None), UNKNOWN),
        (resuming(True, True), PASSED),
        (resuming(False, True), FAILED),
        (resuming(True, False), FAILED),
        (resuming(None, True), UNKNOWN),
        (resuming(True, None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R16.C8": [
        (idle(90, 8), FAILED),
        (idle(91, 8), PASSED),
        (idle(91, 7), FAILED),
        (idle(92, 9), PASSED),
        (idle(None, 8), UNKNOWN),
        (idle(91, None), UNKNOWN),
        (ending(T.OBJECT_LOST), PASSED),
        (ending(T.NO_RIGHT, reason=None), FAILED),
        (ending(T.OWNER_CAUSE), NOT_APPLICABLE),
        (ending(None), UNKNOWN),
        (STANDING, NOT_APPLICABLE),
    ],
    "R16.C10": [
        (next_one(2, 1049), PASSED),
        (next_one(2, 1050), PASSED),
        (next_one(2, 1051), FAILED),
        (next_one(1, 1000), NOT_APPLICABLE),
        (next_one(2, 1050, None), UNKNOWN),
        (next_one(None, 1000), UNKNOWN),
    ],
    "R16.C3": [
        (bought_nothing(), PASSED),
        (bought_nothing(reasons_told=False), FAILED),
        (bought_nothing(reasons_told=None), UNKNOWN),
        (bought_nothing(None), UNKNOWN),
        (bought_nothing(next_method=Method.OPEN_TENDER), PASSED),
        (bought_nothing(next_method=Method.NEGOTIATION, change_approved=True), PASSED),
        (bought_nothing(next_method=Method.NEGOTIATION, change_approved=False), FAILED),
        (bought_nothing(next_method=Method.NEGOTIATION), UNKNOWN),
        (bought_nothing(ended=False), NOT_APPLICABLE),
        ({"project": GP}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R16.C4": [
        (left(1, FinanceLevel.NONE), NOT_APPLICABLE),
        (left(2, FinanceLevel.NONE), FAILED),
        (left(2, FinanceLevel.COUNTY), UNKNOWN),
        (left(2, FinanceLevel.PREFECTURE), PASSED),
        (left(2), UNKNOWN),
        (left(3, FinanceLevel.NONE), NOT_APPLICABLE),
        (left(None), UNKNOWN),
        (left(None, ended=False), NOT_APPLICABLE),
        ({"project": GP}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R16.C9": [
        (relisted(False, same=True), PASSED),
        (relisted(False, same=False), FAILED),
        (relisted(False), UNKNOWN),
        (relisted(True, approved=True), PASSED),
        (relisted(True, approved=False), FAILED),
        (relisted(True), UNKNOWN),
        (relisted(False, notice=False, same=True), FAILED),
        (relisted(None), UNKNOWN),
        ({"project": LAND, "relisting": {"relisted": False}}, NOT_APPLICABLE),
        ({"project": LAND}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R16.C12": [
        (void(True, True), PASSED),
        (void(True, False), FAILED),
        (void(True), UNKNOWN),
        (void(None), UNKNOWN),
        (void(False), NOT_APPLICABLE),
        (void(None, status=Status.PUBLICIZED), NOT_APPLICABLE),
    ],
}
ATTEMPTS = {
    "R16.C11": [
        ({}, NOT_APPLICABLE),
        ({"lot": {"attempt": 2}, "stop": {"previous_code": "L1"}}, PASSED),
        ({"lot": {"attempt": 2}}, FAILED),
    ]
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows({**TABLES, **ATTEMPTS}))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == ["R16.C11"]
