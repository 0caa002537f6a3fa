"""R17 合同与履约: signed in thirty days, equal to the bid; changes, payments, acceptance, retention inside limits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import ProjectType
from trading.rules.case import ChangeFacts, PaymentFacts
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
    "R17.C9A": [
        (changed(), PASSED),
        (changed(change(AMBER - FEN)), PASSED),
        (changed(change(AMBER)), FAILED),
        (changed(change(AMBER + FEN)), FAILED),
        (changed(change(AMBER - FEN), change(FEN)), FAILED),
        ({}, UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R17.C9R": [
        (changed(change(RED - FEN)), PASSED),
        (changed(change(RED)), FAILED),
        (changed(change(RED + FEN)), FAILED),
        (changed(change(RED), change(-FEN)), PASSED),
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


def test_a_change_warns_in_steps_and_blocks_only_beyond_the_approved_total():
    severities = {id: condition(RULE, id).severity.value for id in ("R17.C9", "R17.C9A", "R17.C9R")}
    assert severities == {"R17.C9": "B", "R17.C9A": "A", "R17.C9R": "R"}
