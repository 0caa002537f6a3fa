"""R05 例外方式: a statutory ground, evidence, and reasons published before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.case import OwnerYear
from trading.rules.r05_exceptions import RULE
from trading.steps import Step

GROUND = {"ground": "few_bidders", "ground_statutory": True, "evidence_attached": True}
INVITED = {"proposed": Method.OPEN_TENDER, "chosen": Method.INVITED_TENDER, "mandatory": True, **GROUND}
STATE = {"state_controlled": True}


def exception(step: Step = Step.FIX_METHOD, project: dict = STATE, **method: object) -> dict:
    return {"step": step, "project": project, "method": {**INVITED, **method}}


SOLE = {
    "sole_supplier": True, "notice_missing": (), "notice_from": date(2026, 3, 2), "notice_until": date(2026, 3, 9),
    "requested_on": date(2026, 3, 10), "objected": False,
}  # fmt: skip
ADDED = {"from_original": True, "original_contract": Decimal(1_000_000), "added": Decimal(100_000)}
FOUNDED = {"changes_after_failure": True, "committee_statement": True, "notice_proved": True, "challenges_told": True}
CHANGING = {"changes_approved": True, "first_approver": "县发展和改革局", "approver": "县发展和改革局"}
AFTER = {"law_day": date(2026, 10, 1)}


def sole(estimate: str = "4000000", method: Method = Method.SINGLE_SOURCE, now: str = "2026-03-16", **changed) -> dict:
    return {
        "project": {"type": ProjectType.GP}, "lot": {"estimate": Decimal(estimate)}, "method": {"chosen": method},
        "single_source": {**SOLE, **changed}, "now": moment(now),
    }  # fmt: skip


def adding(added: str | None = "100000", method: Method = Method.SINGLE_SOURCE, **changed: object) -> dict:
    told = {**ADDED, "added": None if added is None else Decimal(added), **changed}
    return {"project": {"type": ProjectType.GP}, "method": {"chosen": method}, "single_source": told}


def after_failure(approved: bool | None = True, **changed: object) -> dict:
    return {
        "project": {"type": ProjectType.GP}, "method": {"approved": approved}, "failed_tender": {**FOUNDED, **changed},
    }  # fmt: skip


def changing(**changed: object) -> dict:
    return {"method": {**CHANGING, **changed}}


def reasoned(reasons: str | None, **changed: object) -> dict:
    return exception(Step.DECIDE_EXCEPTION, reasons=reasons, **changed)


def shared(not_open: str, total: str = "10000000", method: Method = Method.INVITED_TENDER) -> dict:
    year = OwnerYear(2026, Decimal(total), Decimal(not_open), ("L1", "L2"))
    return {"owner_year": year, "method": {"chosen": method}}


TABLES = {
    "R05.C3": [
        (sole(), PASSED),
        (sole(notice_until=date(2026, 3, 6), requested_on=date(2026, 3, 7)), FAILED),
        (sole(notice_until=date(2026, 3, 10), requested_on=date(2026, 3, 11)), PASSED),
        (sole(requested_on=date(2026, 3, 9)), FAILED),
        (sole(notice_missing=("supplier",)), FAILED),
        (sole(objected=True, reasoned_on=date(2026, 3, 16)), PASSED),
        (sole(objected=True, reasoned_on=date(2026, 3, 17), now="2026-03-18"), FAILED),
        (sole(objected=True, now="2026-03-16"), UNKNOWN),
        (sole(objected=True, now="2026-03-17"), FAILED),
        *((sole(**{name: None}), UNKNOWN) for name in SOLE),
        (sole("3999999.99"), NOT_APPLICABLE),
        (sole(sole_supplier=False), NOT_APPLICABLE),
        (sole(method=Method.NEGOTIATION), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R05.C4": [
        (adding("100000"), PASSED),
        (adding("99999.99"), PASSED),
        (adding("100000.01"), FAILED),
        (adding("100000.01", emergency=True), FAILED),
        ({**adding("100000.01", emergency=True), **AFTER}, UNKNOWN),
        ({**adding("300000", emergency=True), **AFTER}, UNKNOWN),
        ({**adding("300000.01", emergency=True), **AFTER}, FAILED),
        (adding(None), UNKNOWN),
        (adding(original_contract=None), UNKNOWN),
        (adding(from_original=None), UNKNOWN),
        (adding(from_original=False), NOT_APPLICABLE),
        (adding(method=Method.INQUIRY), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R05.C5": [
        (after_failure(), PASSED),
        (after_failure(False), FAILED),
        (after_failure(None), UNKNOWN),
        (after_failure(committee_statement=False, experts_stating=3), PASSED),
        (after_failure(committee_statement=False, experts_stating=4), PASSED),
        (after_failure(committee_statement=False, experts_stating=2), FAILED),
        (after_failure(committee_statement=None), UNKNOWN),
        (after_failure(notice_proved=False), FAILED),
        (after_failure(challenges_told=False), FAILED),
        (after_failure(changes_after_failure=None), UNKNOWN),
        (after_failure(changes_after_failure=False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R05.C6": [
        (changing(), PASSED),
        (changing(approver="县住房和城乡建设局"), FAILED),
        (changing(first_approver=None), UNKNOWN),
        (changing(approver=None), UNKNOWN),
        ({}, UNKNOWN),
        (changing(changes_approved=False), NOT_APPLICABLE),
        ({**changing(approved=False), "step": Step.DECIDE_EXCEPTION}, NOT_APPLICABLE),
    ],
    "R05.C7": [
        (reasoned("技术复杂，只有少量潜在投标人，提供银行保函"), PASSED),
        (reasoned("依据县政府会议纪要直接发包"), FAILED),
        (reasoned("属招商引资项目"), FAILED),
        (reasoned("见复函"), FAILED),
        (reasoned("属战略合作"), FAILED),
        (reasoned(None), UNKNOWN),
        (reasoned("会议纪要", chosen=Method.OPEN_TENDER), NOT_APPLICABLE),
        (exception(project={"type": ProjectType.GP}), NOT_APPLICABLE),
    ],
    "R05.C8": [
        (shared("3000000"), PASSED),
        (shared("2999999.99"), PASSED),
        (shared("3000000.01"), FAILED),
        (shared("5000000", method=Method.OPEN_TENDER), NOT_APPLICABLE),
        (shared("0", "0"), NOT_APPLICABLE),
        ({"method": {"chosen": Method.DIRECT}}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R05.C1": [
        (exception(), PASSED),
        (exception(Step.APPLY_FOR_EXCEPTION), PASSED),
        (exception(Step.DECIDE_EXCEPTION), PASSED),
        (exception(ground_statutory=False), FAILED),
        (exception(evidence_attached=False), FAILED),
        (exception(ground=None), UNKNOWN),
        (exception(ground_statutory=None), UNKNOWN),
        (exception(evidence_attached=None), UNKNOWN),
        (exception(chosen=None), UNKNOWN),
        (exception(Step.APPLY_FOR_EXCEPTION, chosen=None), UNKNOWN),
        (exception(Step.APPLY_FOR_EXCEPTION, {}, mandatory=False, ground=None), UNKNOWN),
        (exception(project={}, mandatory=False, ground=None), NOT_APPLICABLE),
        (exception(chosen=Method.OPEN_TENDER), NOT_APPLICABLE),
        (exception(Step.DECIDE_EXCEPTION, approved=False), NOT_APPLICABLE),
    ],
    "R05.C2": [
        (exception(reasons_published=True), PASSED),
        (exception(reasons_published=False), FAILED),
        (exception(), UNKNOWN),
        (exception(mandatory=None), UNKNOWN),
        (exception(mandatory=False), NOT_APPLICABLE),
        (exception(chosen=Method.OPEN_TENDER), NOT_APPLICABLE),
        (exception(project={"type": ProjectType.GP}), NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []
