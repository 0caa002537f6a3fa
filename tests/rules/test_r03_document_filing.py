"""R03 交易文件备案: what the documents must and must not say, and that they stay what was filed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Category, EvaluationMethod, FilingAnswer, ProjectType
from trading.rules.case import Factor, ScanHit
from trading.rules.r03_document_filing import RULE
from trading.steps import Step

SCORED = {"evaluation_method": EvaluationMethod.COMPREHENSIVE, "rejection_clauses": "详见第三章"}
LOWEST = {"evaluation_method": EvaluationMethod.LOWEST_EVALUATED_PRICE, "rejection_clauses": "详见第三章"}
DRAFTED = {"contract_draft": True, "objection_contact": "0718-0000000", "payment_days": 60}
REVIEWED = {"competition_reviewer": "李某", "competition_verdict": "无排除限制竞争内容"}
LOCKED = {"documents_digest": "a" * 64, "filed_digest": "a" * 64}
CHANGED = {"documents_digest": "b" * 64, "filed_digest": "a" * 64}
WAITING = {"submitted_at": moment("2026-03-02")}
GP = {"project": {"type": ProjectType.GP}}
RETURNED = {"step": Step.ANSWER_FILING, "filing": {"answer": FilingAnswer.RETURNED_INCOMPLETE}}


def says(**terms: object) -> dict:
    return {"terms": {"qualification": "建筑工程施工总承包三级", **terms}}


def bonds(bond: str | None, performance: str | None) -> dict:
    return says(
        bond=None if bond is None else Decimal(bond),
        performance_bond_percent=None if performance is None else Decimal(performance),
    )


def scored(*points: str, vague: bool = False, codes: str = "ABCDEF") -> dict:
    factors = tuple(
        Factor(code, Decimal(point), "subjective", not vague) for code, point in zip(codes, points, strict=False)
    )
    return says(**SCORED, factors=factors)


def hits(*answers: str | None, kind: str = "brand", **groups: object) -> dict:
    found = tuple(ScanHit(kind, "第三十二条", "指定使用某品牌水泵", answer) for answer in answers)
    return {**says(scan_hits=found), **groups}


def weighed(weight: str | None, category: Category = Category.GOODS, fixed: bool | None = False) -> dict:
    return {
        **says(evaluation_method=EvaluationMethod.COMPREHENSIVE), **GP, "lot": {"category": category},
        "procurement": {"price_weight": None if weight is None else Decimal(weight), "price_fixed_by_state": fixed},
    }  # fmt: skip


def standard(so: bool | None, method: EvaluationMethod | None = EvaluationMethod.LOWEST_EVALUATED_PRICE) -> dict:
    return {**says(evaluation_method=method), **GP, "procurement": {"standard_goods": so}}


def deducted(
    share: str | None, category: Category = Category.GOODS, competes: bool | None = False, **more: object
) -> dict:
    told = {"sme_deduction": None if share is None else Decimal(share), "domestic_competes": competes, **more}
    return {**GP, "lot": {"category": category}, "procurement": told}


def domestic(share: str | None) -> dict:
    return deducted("0.10", competes=True, domestic_deduction=None if share is None else Decimal(share))


BUILT = Category.CONSTRUCTION
OLD = {"law_day": date(2022, 6, 30)}
TABLES = {
    "R03.C1": [
        (says(standard_text=True), PASSED),
        (says(standard_text=False), FAILED),
        (says(), UNKNOWN),
        ({}, UNKNOWN),
        (RETURNED, NOT_APPLICABLE),
    ],
    "R03.C2": [
        (hits(), PASSED),
        (hits("changed"), PASSED),
        (hits("changed", "与采购标的直接相关"), PASSED),
        (hits("changed", None), FAILED),
        (hits(" "), FAILED),
        (says(), UNKNOWN),
        ({}, UNKNOWN),
        (RETURNED, NOT_APPLICABLE),
    ],
    "R03.C3": [
        (hits(**GP), PASSED),
        (hits(None, **GP), PASSED),
        (hits("changed", kind="registered_capital", **GP), PASSED),
        (hits("有理由", kind="registered_capital", **GP), FAILED),
        (hits(None, kind="profit", **GP), FAILED),
        (hits(None, kind="manufacturer_authorisation", procurement={"imported": True}, **GP), PASSED),
        (hits(None, kind="manufacturer_authorisation", procurement={"imported": False}, **GP), FAILED),
        (hits(None, kind="manufacturer_authorisation", **GP), UNKNOWN),
        ({**says(), **GP}, UNKNOWN),
        (hits(None, kind="profit"), NOT_APPLICABLE),
    ],
    "R03.C10": [
        (weighed("0.30"), PASSED),
        (weighed("0.2999"), FAILED),
        (weighed("0.3001"), PASSED),
        (weighed("0.10", Category.SERVICES), PASSED),
        (weighed("0.0999", Category.SERVICES), FAILED),
        (weighed("0.1001", Category.SERVICES), PASSED),
        (weighed(None), UNKNOWN),
        (weighed("0.30", fixed=None), UNKNOWN),
        (GP, UNKNOWN),
        (weighed("0.05", fixed=True), NOT_APPLICABLE),
        (weighed("0.05", BUILT), NOT_APPLICABLE),
        (standard(False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R03.C11": [
        (standard(True), PASSED),
        (standard(True, EvaluationMethod.COMPREHENSIVE), FAILED),
        (standard(True, None), UNKNOWN),
        (standard(None), UNKNOWN),
        (standard(False, EvaluationMethod.COMPREHENSIVE), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R03.C14": [
        (deducted("0.10"), PASSED),
        (deducted("0.0999"), FAILED),
        (deducted("0.1001"), PASSED),
        (deducted("0.20", Category.SERVICES), PASSED),
        (deducted("0.2001"), FAILED),
        ({**deducted("0.06"), **OLD}, PASSED),
        ({**deducted("0.1001"), **OLD}, FAILED),
        (deducted("0.03", BUILT), PASSED),
        (deducted("0.0299", BUILT), FAILED),
        (deducted("0.0501", BUILT), FAILED),
        (deducted(None, BUILT, sme_score_bonus=Decimal("0.05")), PASSED),
        (deducted(None, BUILT, sme_score_bonus=Decimal("0.06")), FAILED),
        (deducted(None), UNKNOWN),
        (deducted("0.10", competes=None), UNKNOWN),
        (domestic("0.20"), PASSED),
        (domestic("0.19"), FAILED),
        (domestic("0.21"), FAILED),
        (domestic(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R03.C4": [
        (bonds("100000", "10"), PASSED),
        (bonds("100000.01", "10"), FAILED),
        (bonds("99999.99", "10"), PASSED),
        (bonds("100000", "10.01"), FAILED),
        (bonds("100000", "9.99"), PASSED),
        (bonds("0", "0"), PASSED),
        (bonds(None, "10"), UNKNOWN),
        (bonds("100000", None), UNKNOWN),
        ({**bonds("100000", "10"), "lot": {"estimate": None}}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R03.C5": [
        (says(minimum_price=None), PASSED),
        (says(minimum_price=Decimal("0.01")), FAILED),
        ({}, UNKNOWN),
        ({"project": {"type": ProjectType.SOE}}, NOT_APPLICABLE),
    ],
    "R03.C6": [
        (says(ceiling=Decimal(5_000_000), ceiling_published=Decimal(5_000_000)), PASSED),
        (says(ceiling=Decimal(5_000_000), ceiling_published=Decimal("4999999.99")), FAILED),
        (says(ceiling=Decimal(5_000_000)), UNKNOWN),
        (says(), NOT_APPLICABLE),
        ({}, UNKNOWN),
    ],
    "R03.C7": [
        (says(bid_validity_days=1), PASSED),
        (says(bid_validity_days=90), PASSED),
        (says(bid_validity_days=0), FAILED),
        (says(), UNKNOWN),
    ],
    "R03.C8": [(says(consortium_allowed=True), PASSED), (says(consortium_allowed=False), PASSED), (says(), UNKNOWN)],
    "R03.C9": [
        (scored("60", "40"), PASSED),
        (scored("60", "39.99"), FAILED),
        (scored("60", "40.01"), FAILED),
        (scored("60", "40", vague=True), FAILED),
        (scored("60", "40", codes="AA"), FAILED),
        (scored(), FAILED),
        (says(**LOWEST), PASSED),
        (says(**{**LOWEST, "rejection_clauses": " "}), FAILED),
        (says(**{**LOWEST, "rejection_clauses": None}), UNKNOWN),
        (says(rejection_clauses="有"), UNKNOWN),
    ],
    "R03.C12": [
        (says(**DRAFTED), PASSED),
        (says(**{**DRAFTED, "payment_days": 59}), PASSED),
        (says(**{**DRAFTED, "payment_days": 61}), FAILED),
        (says(**{**DRAFTED, "contract_draft": False}), FAILED),
        (says(**{**DRAFTED, "contract_draft": None}), UNKNOWN),
        (says(**{**DRAFTED, "objection_contact": None}), UNKNOWN),
        (says(**{**DRAFTED, "payment_days": None}), UNKNOWN),
    ],
    "R03.C13": [
        (says(**REVIEWED), PASSED),
        (says(**{**REVIEWED, "competition_verdict": ""}), FAILED),
        (says(**{**REVIEWED, "competition_reviewer": None}), UNKNOWN),
        (says(), UNKNOWN),
    ],
    "R03.C15": [
        ({"terms": LOCKED}, PASSED),
        ({"terms": LOCKED, "step": Step.FILE_CONDITIONS}, PASSED),
        ({"terms": CHANGED, "step": Step.ANSWER_FILING}, FAILED),
        ({"terms": CHANGED, "step": Step.FILING_LAPSES}, FAILED),
        ({"terms": {**CHANGED, "changed_outside_clarification": False}, "step": Step.ANNOUNCE}, PASSED),
        ({"terms": {**CHANGED, "changed_outside_clarification": True}, "step": Step.ANNOUNCE}, FAILED),
        ({"terms": CHANGED, "step": Step.ANNOUNCE}, UNKNOWN),
        ({"terms": {**LOCKED, "filed_digest": None}}, UNKNOWN),
        ({"terms": {**LOCKED, "documents_digest": None}}, UNKNOWN),
        ({"step": Step.PREPARE_TERMS, "filing": WAITING}, FAILED),
        ({"step": Step.PREPARE_TERMS, "filing": {**WAITING, "answer": FilingAnswer.RECTIFY}}, PASSED),
        ({"step": Step.PREPARE_TERMS}, PASSED),
        ({**RETURNED, "terms": CHANGED}, NOT_APPLICABLE),
    ],
}
NEVER_FAILS = ["R03.C8"]


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == NEVER_FAILS
