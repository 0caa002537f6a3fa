"""R17 合同与履约: signed in thirty days, equal to the bid; changes, payments, acceptance, retention inside limits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import ProjectType, Severity
from trading.rules.case import ChangeFacts, CheckedItem, InstalmentFacts, PaymentFacts, SubcontractFacts
from trading.rules.r17_contract_performance import RULE
from trading.steps import Step

PRICE, FEN = Decimal(1_000_000), Decimal("0.01")
GP = {"project": {"type": ProjectType.GP}}
LATER = date(2026, 12, 31)
DECIDED = moment("2026-06-01")


def signing(signed: date | None, until: date | None = LATER, told: str | None = "2026-04-01", now: str = "2026-04-01"):
    award = {"notified_at": moment(told) if told else None}
    groups = {"award": award, "contract": {"signed_on": signed}, "evaluation": {"validity_until": until}}
    return {**groups, "now": moment(now)}


def bonded(bond: Decimal | None, guarantee: bool | None = True, **more: object) -> dict:
    return {"contract": {"price": PRICE, "performance_bond": bond, "payment_guarantee": guarantee}, **more}


def filing(at: str | None, now: str = "2026-04-09", signed: date | None = date(2026, 4, 1)) -> dict:
    return {"contract": {"signed_on": signed, "filed_at": moment(at) if at else None}, "now": moment(now)}


def change(amount: Decimal, approver: str | None = "县发展和改革局", at: datetime | None = DECIDED, scope=False):
    return ChangeFacts(amount, "地质条件变化", approver, at, scope)


def changed(*changes: ChangeFacts, total: Decimal | None = PRICE * 2, step: Step | None = Step.ACCEPT_WORKS) -> dict:
    return {"project": {"estimate_total": total}, "contract": {"price": PRICE, "changes": changes}, "step": step}


def settled(settlement: Decimal | None, *changes: ChangeFacts, award: Decimal | None = PRICE, step=Step.ACCEPT_WORKS):
    return {"contract": {"settlement": settlement, "changes": changes}, "award": {"price": award}, "step": step}


def paid(on: str, days: int | None = None) -> dict:
    payment = PaymentFacts(PRICE, date(2026, 7, 1), date.fromisoformat(on))
    facts = {"contract": {"payments": (payment,)}, "terms": {"payment_days": days}}
    return {**facts, "law_day": date(2026, 3, 2)}


def completed(filed: date | None, now: str = "2026-07-01", accepted: date | None = date(2026, 7, 1)) -> dict:
    return {"contract": {"accepted_on": accepted, "completion_filed_on": filed}, "now": moment(now)}


def retained(percent: str | None, price: Decimal | None = PRICE) -> dict:
    return {"contract": {"price": price, "retention_percent": None if percent is None else Decimal(percent)}}


LAND, SOE, RURAL = ({"type": one} for one in (ProjectType.LAND, ProjectType.SOE, ProjectType.RURAL))
SIGNED = date(2026, 3, 16)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def land(
    *paid: tuple[int, str], signed: str | None = "2026-03-16", by="2026-03-16", now="2027-06-01", plan=None
) -> dict:
    facts = {"deal_on": date(2026, 3, 2), "contract_by": day(by), "price": PRICE, "plan_term_until": day(plan)}
    contract = {"signed_on": day(signed)}
    delivery = {**facts, "paid": tuple(InstalmentFacts(Decimal(amount), date.fromisoformat(on)) for amount, on in paid)}
    return {"project": LAND, "delivery": delivery, "contract": contract, "now": moment(now)}


def assets(
    *paid: tuple[int, str], instalments: bool | None = False, secured=True, interest=True, now="2027-06-01"
) -> dict:
    facts = {"effective_on": date(2026, 3, 2), "price": PRICE, "instalments_agreed": instalments}
    facts |= {"rest_secured": secured, "interest_agreed": interest}
    delivery = {**facts, "paid": tuple(InstalmentFacts(Decimal(amount), date.fromisoformat(on)) for amount, on in paid)}
    return {"project": SOE, "delivery": delivery, "now": moment(now)}


def told(published: str | None, filed: str | None, now: str = "2026-04-30", signed: str | None = "2026-03-02") -> dict:
    at = None if filed is None else moment(filed)
    contract = {"signed_on": day(signed), "published_on": day(published), "filed_at": at}
    return {**GP, "contract": contract, "now": moment(now)}


def supplements(*amounts: int, unchanged: bool | None = True, scope: bool = False) -> dict:
    changes = tuple(ChangeFacts(Decimal(one), "增购", "采购人", DECIDED, scope, unchanged) for one in amounts)
    return {**GP, "contract": {"price": PRICE, "changes": changes}}


def passed_on(
    *parts: SubcontractFacts, transferred=None, holds: bool | None = True, signed: date | None = SIGNED
) -> dict:
    item = {} if holds is None else {"R17.C11": CheckedItem(holds, "王", SIGNED, "现场照片")}
    return {"contract": {"signed_on": signed, "transferred": transferred, "subcontracts": parts}, "checked": item}


def part(main=False, consented=True, again=False, named=False) -> SubcontractFacts:
    return SubcontractFacts("防水", main, consented, again, named)


def handed(delivered: str | None, registered: str | None, income: str | None, paid=PRICE, now="2026-05-01") -> dict:
    facts = {"price": PRICE, "paid": (InstalmentFacts(paid, date(2026, 3, 2)),), "income_received_on": date(2026, 3, 2)}
    facts |= {"delivered_on": day(delivered), "registered_on": day(registered), "income_paid_on": day(income)}
    return {"project": LAND, "delivery": facts, "now": moment(now)}


def leased(business: bool | None, filed: bool | None = True, kept: bool | None = True) -> dict:
    facts = {"leased_to_business": business, "filed_with_contract_giver": filed, "use_kept": kept}
    return {"project": RURAL, "delivery": facts}


HALF, WHOLE = 500_000, 1_000_000
AMBER, RED = PRICE * 5 / 100, PRICE * 10 / 100
TABLES = {
    "R17.C1": [
        (signing(date(2026, 4, 30)), PASSED),
        (signing(date(2026, 5, 1)), PASSED),
        (signing(date(2026, 5, 6)), PASSED),
        (signing(date(2026, 5, 7)), FAILED),
        (signing(date(2026, 4, 1), told="2026-03-02"), PASSED),
        (signing(date(2026, 4, 2), told="2026-03-02"), FAILED),
        (signing(date(2026, 4, 20), until=date(2026, 4, 20)), PASSED),
        (signing(date(2026, 4, 21), until=date(2026, 4, 20)), FAILED),
        (signing(date(2026, 4, 20), until=None), UNKNOWN),
        (signing(date(2026, 4, 20), until=None) | GP, PASSED),
        (signing(None, now="2026-05-06"), UNKNOWN),
        (signing(None, now="2026-05-07"), FAILED),
        (signing(date(2026, 4, 20), told=None), UNKNOWN),
    ],
    "R17.C4": [
        ({"contract": {"differences": ()}}, PASSED),
        ({"contract": {"differences": ("price",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R17.C5": [
        (bonded(PRICE / 10 - FEN), PASSED),
        (bonded(PRICE / 10), PASSED),
        (bonded(PRICE / 10 + FEN), FAILED),
        (bonded(PRICE / 10, False), FAILED),
        (bonded(PRICE / 10, None), UNKNOWN),
        (bonded(PRICE / 10, None, **GP), PASSED),
        (bonded(None), NOT_APPLICABLE),
        (bonded(Decimal(0)), NOT_APPLICABLE),
        ({}, UNKNOWN),
    ],
    "R17.C7": [
        (filing("2026-04-10"), PASSED),
        (filing("2026-04-13 23:59:59"), PASSED),
        (filing("2026-04-14"), FAILED),
        (filing(None, "2026-04-13"), UNKNOWN),
        (filing(None, "2026-04-14"), FAILED),
        (filing("2026-04-10", signed=None), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R17.C9": [
        (changed(), NOT_APPLICABLE),
        (changed(change(FEN, at=None), total=PRICE + FEN), PASSED),
        (changed(change(FEN * 2, at=None), total=PRICE + FEN), FAILED),
        (changed(change(FEN * 2), total=PRICE + FEN), PASSED),
        (changed(change(FEN * 2, None), total=PRICE + FEN), FAILED),
        (changed(change(FEN, at=None), change(FEN, at=None), total=PRICE + FEN), FAILED),
        (changed(change(FEN, at=None, scope=True)), FAILED),
        (changed(change(FEN, scope=True)), PASSED),
        (changed(change(FEN, at=None, scope=True), step=Step.DECIDE_CHANGE), PASSED),
        (changed(change(FEN, None, scope=True), step=Step.DECIDE_CHANGE), FAILED),
        (changed(change(FEN), total=None), UNKNOWN),
        ({}, UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R17.C10": [
        (settled(PRICE * 110 / 100 - FEN), PASSED),
        (settled(PRICE * 110 / 100), PASSED),
        (settled(PRICE * 110 / 100 + FEN), FAILED),
        (settled(PRICE, change(FEN)), PASSED),
        (settled(PRICE, change(FEN, None)), FAILED),
        (settled(PRICE, ChangeFacts(FEN, "", "县发展和改革局", None, False)), FAILED),
        (settled(None, change(FEN), step=Step.DECIDE_CHANGE), PASSED),
        (settled(None), UNKNOWN),
        (settled(PRICE, award=None), UNKNOWN),
    ],
    "R17.C12": [
        (paid("2026-07-30"), PASSED),
        (paid("2026-07-31"), PASSED),
        (paid("2026-08-01"), FAILED),
        (paid("2026-08-31", 60), PASSED),
        (paid("2026-08-31", 90), PASSED),
        (paid("2026-09-01", 90), FAILED),
        (paid("2026-07-21", 20), PASSED),
        (paid("2026-07-22", 20), FAILED),
        (paid("2026-07-30") | {"law_day": date(2025, 5, 31)}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R17.C13": [
        (completed(date(2026, 7, 15)), PASSED),
        (completed(date(2026, 7, 16)), PASSED),
        (completed(date(2026, 7, 17)), FAILED),
        (completed(None, "2026-07-16"), UNKNOWN),
        (completed(None, "2026-07-17"), FAILED),
        (completed(None, accepted=None), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R17.C14": [
        (retained("2.99"), PASSED),
        (retained("3"), PASSED),
        (retained("3.01"), FAILED),
        (retained(None), NOT_APPLICABLE),
        (retained("3", None), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R17.C15": [
        ({"contract": {"manager_on_site": True}}, PASSED),
        ({"contract": {"manager_on_site": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R17.C2": [
        (land((HALF, "2026-04-16"), (HALF, "2026-05-15")), PASSED),
        (land((HALF, "2026-04-15"), (HALF, "2026-05-14")), PASSED),
        (land((HALF, "2026-04-17"), (HALF, "2026-05-15")), FAILED),
        (land((HALF - 1, "2026-04-16"), (HALF + 1, "2026-05-15")), FAILED),
        (land((HALF, "2026-04-16"), (HALF, "2026-05-16")), FAILED),
        (land((HALF, "2026-04-16"), (HALF, "2027-03-16"), plan="2027-03-31"), PASSED),
        (land((HALF, "2026-04-16"), (HALF, "2027-03-17"), plan="2027-03-31"), FAILED),
        (land((WHOLE, "2026-03-16"), by="2026-03-13"), FAILED),
        (land((WHOLE, "2026-03-17"), signed="2026-03-17", by="2026-03-20"), FAILED),
        (land((WHOLE, "2026-03-16"), by=None), UNKNOWN),
        (land(signed=None, now="2026-03-16"), UNKNOWN),
        (land(signed=None, now="2026-03-17"), FAILED),
        (land((HALF, "2026-04-16"), now="2026-05-15"), UNKNOWN),
        (land((HALF, "2026-04-16"), now="2026-05-16"), FAILED),
        ({"project": LAND}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R17.C3": [
        (assets((WHOLE, "2026-03-06")), PASSED),
        (assets((WHOLE, "2026-03-09")), PASSED),
        (assets((WHOLE, "2026-03-10")), FAILED),
        (assets(now="2026-03-09"), UNKNOWN),
        (assets((300_000, "2026-03-09"), (700_000, "2027-03-02"), instalments=True), PASSED),
        (assets((299_999, "2026-03-09"), (700_001, "2027-03-02"), instalments=True), FAILED),
        (assets((300_001, "2026-03-09"), (699_999, "2027-03-03"), instalments=True), FAILED),
        (assets((WHOLE, "2026-03-09"), instalments=True, secured=False), FAILED),
        (assets((WHOLE, "2026-03-09"), instalments=True, interest=False), FAILED),
        (assets((WHOLE, "2026-03-09"), instalments=True, interest=None), UNKNOWN),
        (assets((300_000, "2026-03-09"), instalments=True, now="2026-06-01"), UNKNOWN),
        (assets((WHOLE, "2026-03-09"), instalments=None), UNKNOWN),
        ({"project": SOE}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R17.C6": [
        (told("2026-03-03", "2026-03-10"), PASSED),
        (told("2026-03-04", "2026-03-11 23:59:59"), PASSED),
        (told("2026-03-05", "2026-03-11"), FAILED),
        (told("2026-03-04", "2026-03-12"), FAILED),
        (told("2026-03-04", None, now="2026-03-11"), UNKNOWN),
        (told("2026-03-05", None, now="2026-03-11"), FAILED),
        (told("2026-03-04", None, now="2026-03-12"), FAILED),
        (told(None, None, signed=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R17.C8": [
        (supplements(99_999), PASSED),
        (supplements(100_000), PASSED),
        (supplements(100_001), FAILED),
        (supplements(60_000), PASSED),
        (supplements(60_000, 50_000), FAILED),
        (supplements(60_000, 40_000), PASSED),
        (supplements(1, scope=True), FAILED),
        (supplements(1, unchanged=False), FAILED),
        (supplements(1, unchanged=None), UNKNOWN),
        (supplements(), NOT_APPLICABLE),
        (GP, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R17.C11": [
        (passed_on(), PASSED),
        (passed_on(part()), PASSED),
        (passed_on(part(main=True)), FAILED),
        (passed_on(part(consented=False)), FAILED),
        (passed_on(part(), part(again=True)), FAILED),
        (passed_on(part(named=True)), FAILED),
        (passed_on(transferred=True), FAILED),
        (passed_on(holds=False), FAILED),
        (passed_on(holds=None), UNKNOWN),
        (passed_on(signed=None), UNKNOWN),
        ({"project": LAND}, NOT_APPLICABLE),
    ],
    "R17.C16": [
        (handed("2026-03-02", "2026-03-03", "2026-03-16"), PASSED),
        (handed("2026-03-02", "2026-03-03", "2026-03-13"), PASSED),
        (handed("2026-03-02", "2026-03-03", "2026-03-17"), FAILED),
        (handed("2026-03-01", "2026-03-03", "2026-03-16"), FAILED),
        (handed("2026-03-02", "2026-03-01", "2026-03-16"), FAILED),
        (handed("2026-03-03", "2026-03-03", "2026-03-16", paid=PRICE - FEN), FAILED),
        (handed("2026-03-02", None, "2026-03-16"), UNKNOWN),
        (handed("2026-03-02", "2026-03-03", None, now="2026-03-16"), UNKNOWN),
        (handed("2026-03-02", "2026-03-03", None, now="2026-03-17"), FAILED),
        ({"project": LAND}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R17.C17": [
        (leased(True), PASSED),
        (leased(True, filed=False), FAILED),
        (leased(True, kept=False), FAILED),
        (leased(True, kept=None), UNKNOWN),
        (leased(False), NOT_APPLICABLE),
        (leased(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_a_thirtieth_day_on_a_holiday_is_in_time_and_the_period_ends_after_it():
    """Vector V12."""
    assert ask(RULE, "R17.C1", a_case(**signing(date(2026, 5, 1)))).answer is PASSED
    due = condition(RULE, "R17.C1").deadline(a_case(**signing(None)))
    assert due.at == moment("2026-05-07")


def test_what_is_due_after_the_award_is_watched_until_it_is_done():
    for id, waiting, done, at in (
        ("R17.C1", signing(None, told="2026-03-02"), signing(date(2026, 3, 20)), "2026-04-02"),
        ("R17.C7", filing(None), filing("2026-04-02"), "2026-04-14"),
        ("R17.C13", completed(None), completed(date(2026, 7, 2)), "2026-07-17"),
    ):
        deadline = condition(RULE, id).deadline
        assert deadline(a_case(**waiting)).at == moment(at), id
        assert deadline(a_case(**done)) is None, id
        assert deadline(a_case()) is None, id


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        (changed(change(AMBER - FEN), step=Step.PROPOSE_CHANGE), None),
        (changed(change(AMBER), step=Step.PROPOSE_CHANGE), Severity.AMBER),
        (changed(change(RED - FEN), step=Step.DECIDE_CHANGE), Severity.AMBER),
        (changed(change(RED), step=Step.DECIDE_CHANGE), Severity.RED),
        (changed(change(RED), change(-FEN), step=Step.DECIDE_CHANGE), Severity.AMBER),
        (changed(change(RED), step=Step.ACCEPT_WORKS), None),
        (changed(change(FEN, None, scope=True), step=Step.DECIDE_CHANGE), Severity.BLOCK),
        (changed(change(FEN, at=None, scope=True), step=Step.ACCEPT_WORKS), Severity.BLOCK),
        (changed(change(FEN, at=None, scope=True), step=Step.PROPOSE_CHANGE), None),
    ],
)
def test_a_change_warns_in_levels_and_blocks_only_beyond_the_approved_total(facts, severity):
    found = ask(RULE, "R17.C9", a_case(**facts))
    assert found.severity is severity
    assert found.answer is (PASSED if severity is None else FAILED)


def test_the_second_supplement_of_a_procurement_breaks_the_cap():
    """Vector V13: 100 with 6 and 5 in ten thousand yuan is 11%."""
    assert ask(RULE, "R17.C8", a_case(**supplements(60_000, 50_000))).actual == "11.00%"


def test_contracts_of_procurement_and_sales_are_watched_and_those_of_works_are_not():
    contract = condition(RULE, "R17.C6").deadline
    assert contract(a_case(**told(None, None))).at == moment("2026-03-05")
    assert contract(a_case(**told("2026-03-04", None))).at == moment("2026-03-12")
    assert contract(a_case(**told("2026-03-04", "2026-03-05"))) is None
    assert contract(a_case(**filing(None))) is None
    assert condition(RULE, "R17.C2").deadline(a_case(**land(signed=None))).at == moment("2026-03-17")
    assert condition(RULE, "R17.C16").deadline(a_case(**handed(None, None, None))).at == moment("2026-03-17")
    assert condition(RULE, "R17.C16").deadline(a_case(**handed(None, None, "2026-03-03"))) is None
