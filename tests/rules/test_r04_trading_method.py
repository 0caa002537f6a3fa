"""R04 交易方式核准: the method follows from the table, an exception has its decision, nobody wins by lot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.case import CheckedItem
from trading.rules.r04_trading_method import RULE
from trading.steps import Step

ALLOWED = (Method.OPEN_TENDER, Method.INVITED_TENDER, Method.DIRECT)
OPEN = {"proposed": Method.OPEN_TENDER, "chosen": Method.OPEN_TENDER, "allowed": ALLOWED, "mandatory": True}
INVITED = {**OPEN, "chosen": Method.INVITED_TENDER}
STATE = {"state_controlled": True}
DECIDED = {"approved": True, "decision_number": "巴发改〔2026〕9号", "decided_at": moment("2026-03-02 09:00")}
REFUSED = {"step": Step.DECIDE_EXCEPTION, "method": {**INVITED, "approved": False}}


def exception(project: dict = STATE, method: dict = INVITED, **more: object) -> dict:
    return {"project": project, "method": {**method, **DECIDED, **more}}


GP = {"type": ProjectType.GP}
LISTED = {
    "invited_by_prequalification": False, "listed_suppliers": 6, "invitees_by_lot": True, "staff_watching": 2,
    "invitation_recorded": True,
}  # fmt: skip


def procured(estimate: str | None, method: Method = Method.CONSULTATION, approved: bool | None = None) -> dict:
    lot = {"estimate": None if estimate is None else Decimal(estimate)}
    return {"project": GP, "lot": lot, "method": {"chosen": method, "approved": approved}}


def inviting(invitees: int | None, project: dict | None = None, **changed: object) -> dict:
    method = {"chosen": Method.INVITED_TENDER, "invitees": invitees}
    return {"project": project or {}, "method": method, "procurement": {**LISTED, **changed}}


def competing(suppliers: int | None, method: Method = Method.NEGOTIATION, named: str | None = "") -> dict:
    told = {"suppliers": suppliers, "two_suffice": named}
    return {"project": GP, "method": {"chosen": method}, "procurement": told}


def recommended(own: int | None, all: int | None) -> dict:
    return {"project": GP, "procurement": {"recommended": all, "recommended_by_owner": own}}


def entrusted(holds: bool | None) -> dict:
    item = {} if holds is None else {"R04.C6": CheckedItem(holds, "张工", date(2026, 3, 2), "比选记录")}
    return {"project": {"agency_usccs": ("91110000802100433B",)}, "checked": item}


TABLES = {
    "R04.C2": [
        (procured("3999999.99"), PASSED),
        (procured("4000000"), UNKNOWN),
        (procured("4000000", approved=True), PASSED),
        (procured("4000000", approved=False), FAILED),
        (procured("4000000.01", approved=False), FAILED),
        (procured("4000000", Method.OPEN_TENDER), PASSED),
        (procured(None), UNKNOWN),
        ({**procured("1"), "law_day": date(2019, 12, 31)}, UNKNOWN),
        ({**procured("4000000", approved=False), "step": Step.DECIDE_EXCEPTION}, NOT_APPLICABLE),
        ({"method": OPEN}, NOT_APPLICABLE),
    ],
    "R04.C3": [
        (inviting(3), PASSED),
        (inviting(2), FAILED),
        (inviting(4), PASSED),
        (inviting(None), UNKNOWN),
        (inviting(3, GP), PASSED),
        (inviting(2, GP), FAILED),
        (inviting(3, GP, listed_suppliers=5), FAILED),
        (inviting(3, GP, listed_suppliers=7), PASSED),
        (inviting(3, GP, listed_suppliers=3, invited_by_prequalification=True), PASSED),
        (inviting(3, GP, staff_watching=1), FAILED),
        (inviting(3, GP, invitees_by_lot=False), FAILED),
        (inviting(3, GP, invitation_recorded=False), FAILED),
        *((inviting(3, GP, **{name: None}), UNKNOWN) for name in LISTED),
        ({"method": {}}, UNKNOWN),
        ({"method": OPEN}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.LAND}}, NOT_APPLICABLE),
    ],
    "R04.C4": [
        (competing(3), PASSED),
        (competing(4), PASSED),
        (competing(2), FAILED),
        (competing(1, named="two_left_after_tender"), FAILED),
        (competing(2, named="two_left_after_tender"), PASSED),
        (competing(2, Method.CONSULTATION, "two_left_after_tender"), FAILED),
        (competing(2, Method.CONSULTATION, "bought_services"), PASSED),
        (competing(2, Method.CONSULTATION, "research_with_thin_market"), PASSED),
        (competing(2, Method.INQUIRY, "bought_services"), FAILED),
        (competing(2, named=None), UNKNOWN),
        (competing(None), UNKNOWN),
        (competing(1, Method.SINGLE_SOURCE), NOT_APPLICABLE),
        ({"method": OPEN}, NOT_APPLICABLE),
    ],
    "R04.C5": [
        (recommended(3, 6), PASSED),
        (recommended(4, 6), FAILED),
        (recommended(2, 6), PASSED),
        (recommended(None, 6), UNKNOWN),
        (recommended(3, None), UNKNOWN),
        (recommended(0, 0), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R04.C6": [
        (entrusted(True), PASSED),
        (entrusted(False), FAILED),
        (entrusted(None), UNKNOWN),
        ({"method": OPEN, "filing": {"submitted_at": moment("2026-03-01")}}, PASSED),
        ({"method": OPEN}, UNKNOWN),
        ({}, UNKNOWN),
        ({"method": {"mandatory": False}}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.LAND}}, NOT_APPLICABLE),
    ],
    "R04.C1": [
        ({"method": OPEN}, PASSED),
        ({"method": INVITED}, PASSED),
        ({"method": {**OPEN, "chosen": Method.INQUIRY}}, FAILED),
        ({"method": {**OPEN, "chosen": None}}, UNKNOWN),
        ({"method": {**OPEN, "allowed": ()}}, UNKNOWN),
        ({"method": {**OPEN, "runs": True}, "step": Step.ANNOUNCE}, PASSED),
        ({"method": {**INVITED, "runs": False}, "step": Step.ANNOUNCE}, FAILED),
        ({"method": {**INVITED, "runs": False}, "step": Step.FIX_METHOD}, PASSED),
        ({"method": OPEN, "step": Step.ANNOUNCE}, UNKNOWN),
        (REFUSED, NOT_APPLICABLE),
    ],
    "R04.C7": [
        (exception(), PASSED),
        (exception(approved=False), FAILED),
        (exception(approved=None), UNKNOWN),
        (exception(decision_number=" "), FAILED),
        (exception(decision_number=None), UNKNOWN),
        (exception(decided_at=None), UNKNOWN),
        ({**exception(), "notice": {"published_at": moment("2026-03-02 00:00")}}, PASSED),
        ({**exception(), "notice": {"published_at": moment("2026-03-01 23:59:59")}}, FAILED),
        (exception(decided_at=moment("2026-03-03")), FAILED),
        (exception(method={**INVITED, "chosen": Method.DIRECT}), PASSED),
        (exception({"state_controlled": False}, approved=None), NOT_APPLICABLE),
        (exception({"state_controlled": False}, {**INVITED, "chosen": Method.DIRECT}, approved=None), UNKNOWN),
        (exception({}, approved=None), UNKNOWN),
        (exception({}, {**INVITED, "mandatory": False}, approved=None), NOT_APPLICABLE),
        (exception({}, {**INVITED, "mandatory": None}), UNKNOWN),
        (exception({}, {**INVITED, "proposed": None}), UNKNOWN),
        ({"method": OPEN}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.GP}, "method": INVITED}, UNKNOWN),
        (REFUSED, NOT_APPLICABLE),
    ],
    "R04.C8": [
        ({"method": {"drawing_lots_for_winner": False}}, PASSED),
        ({"method": {"drawing_lots_for_winner": True}}, FAILED),
        ({}, UNKNOWN),
        (REFUSED, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_a_notice_under_a_method_that_does_not_run_is_refused_with_the_method_s_own_sentence():
    method = {
        **INVITED,
        "runs": False,
        "refusal_zh": "邀请招标尚未开通",
        "refusal_en": "Invited tender does not run yet",
    }
    finding = ask(RULE, "R04.C1", a_case(step=Step.ANNOUNCE, method=method))
    assert (finding.actual, finding.actual_en) == ("邀请招标尚未开通", "Invited tender does not run yet")
