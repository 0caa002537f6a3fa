"""R15 结果确认: the first candidate, at the price read out, nothing open; everyone told at once; a report in time."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import ObjectionTarget, ProjectType
from trading.rules.case import BidFacts, ObjectionFacts, OfferFacts
from trading.rules.r15_result_confirmation import RULE, SkipGround, skip_ground
from trading.steps import Step

PRICE, FEN = Decimal(4_880_000), Decimal("0.01")
NOTICE = moment("2026-04-01")
GP = {"project": {"type": ProjectType.GP}}


def award(**facts: object) -> dict:
    return {"award": facts}


def ranked(
    rank: int | None, reason: str | None = None, state: bool | None = True, mandatory: bool | None = True
) -> dict:
    project = {"state_controlled": state}
    return {**award(winner_rank=rank, skip_reason=reason), "project": project, "method": {"mandatory": mandatory}}


def objected(**changed: object) -> dict:
    facts = {"target": ObjectionTarget.RESULT, "in_time": True, **changed}
    objection = ObjectionFacts("o", raised_at=moment("2026-03-10"), suspends=True, **facts)
    return {**award(suspended_by_complaint=False), "objections": (objection,)}


def priced(price: Decimal | None, ceiling: Decimal | None = PRICE, read: Decimal | None = None) -> dict:
    return {**award(price=price, price_at_opening=read or price), "terms": {"ceiling": ceiling}}


def changed(different: bool | None, again: bool | None = None) -> dict:
    return award(winner_changed=different, reexamined=again)


def barred(bar: bool | None, winner: str | None = "a") -> dict:
    return {**award(winner=winner), "bids": (BidFacts("a", barred=bar),)}


def reported(at: str | None, now: str = "2026-03-16", fixed: str | None = "2026-03-16") -> dict:
    moments = {"confirmed_at": moment(fixed) if fixed else None, "reported_at": moment(at) if at else None}
    return {**award(**moments), "now": moment(now)}


def inside(told: datetime | None, until: date | None = date(2026, 4, 1)) -> dict:
    return {**award(notified_at=told), "evaluation": {"validity_until": until}}


def recorded(at: str | None, now: str, ended: date | None = date(2026, 3, 13)) -> dict:
    at_ = moment(at) if at else None
    return {**award(compliance_recorded_at=at_), "publicity": {"ends_day": ended}, "now": moment(now)}


def signed_by(contractor: str | None, told: datetime | None = NOTICE) -> dict:
    return {**award(winner="a", notified_at=told), "contract": {"contractor": contractor}}


LAND = {"project": {"type": ProjectType.LAND}}


def offered(winner: str | None, price: int | None, *offers: int, reserve: int | None = 100, composite=False, **sale):
    record = tuple(OfferFacts("abc"[n], Decimal(one), NOTICE) for n, one in enumerate(offers))
    bidding = {"offers": record, "reserve": None if reserve is None else Decimal(reserve)}
    facts = {"winner": winner, "price": None if price is None else Decimal(price)}
    return {**LAND, "bidding": bidding, "award": facts, "sale": {"by_composite": composite, **sale}}


TABLES = {
    "R15.C3": [
        (offered("a", 100, 100), PASSED),
        (offered("a", 99, 99), FAILED),
        (offered("b", 101, 100, 101), PASSED),
        (offered("a", 100, 100, 101), FAILED),
        (offered("b", 100, 100, 101), FAILED),
        (offered("a", 101, 101, 101), PASSED),
        (offered("b", 101, 101, 101), FAILED),
        (offered("a", 100, 100, 101, composite=True, composite_best="a"), PASSED),
        (offered("b", 101, 100, 101, composite=True, composite_best="a"), FAILED),
        (offered("b", 101, 100, 101, composite=True), UNKNOWN),
        (offered("a", 100, 100, composite=None), UNKNOWN),
        (offered("a", 100, 100, reserve=None), UNKNOWN),
        (offered(None, 100, 100), UNKNOWN),
        (offered("a", None, 100), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R15.C1": [(award(in_candidates=True), PASSED), (award(in_candidates=False), FAILED), ({}, UNKNOWN)],
    "R15.C2": [
        (ranked(1), PASSED),
        (ranked(1, state=None), PASSED),
        (ranked(2), FAILED),
        (ranked(2, "价格更合适"), FAILED),
        (ranked(2, "gave_up"), PASSED),
        (ranked(3, "illegality：查实串通"), PASSED),
        (ranked(2, state=False), NOT_APPLICABLE),
        (ranked(2, mandatory=False), NOT_APPLICABLE),
        (ranked(2, state=None), UNKNOWN),
        (ranked(None), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R15.C4": [
        (award(suspended_by_complaint=False), PASSED),
        (award(suspended_by_complaint=True), FAILED),
        (objected(), FAILED),
        (objected(answered_at=moment("2026-03-11")), PASSED),
        (objected(withdrawn=True), PASSED),
        (objected(in_time=False), PASSED),
        ({**award(suspended_by_complaint=False), "lot": {"open_alarms": ("R14.C1",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R15.C5": [
        (priced(PRICE - FEN), PASSED),
        (priced(PRICE), PASSED),
        (priced(PRICE + FEN), FAILED),
        (priced(PRICE, read=PRICE + FEN), FAILED),
        (priced(PRICE, ceiling=None), PASSED),
        (priced(None), UNKNOWN),
        ({"project": {"type": ProjectType.LAND}}, NOT_APPLICABLE),
    ],
    "R15.C6": [(award(negotiated=False), PASSED), (award(negotiated=True), FAILED), ({}, UNKNOWN)],
    "R15.C7": [
        (changed(False), NOT_APPLICABLE),
        (changed(True, True), PASSED),
        (changed(True, False), FAILED),
        (changed(True), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R15.C8": [
        (barred(False), PASSED),
        (barred(True), FAILED),
        (barred(None), UNKNOWN),
        (barred(False, None), UNKNOWN),
        (barred(False, "b"), UNKNOWN),
    ],
    "R15.C9": [
        (award(notified_at=NOTICE, all_told_at_once=True), PASSED),
        (award(notified_at=NOTICE, all_told_at_once=False), FAILED),
        (award(all_told_at_once=True), UNKNOWN),
        (award(notified_at=NOTICE), UNKNOWN),
    ],
    "R15.C10": [
        (reported("2026-03-30"), PASSED),
        (reported("2026-03-31 23:59:59"), PASSED),
        (reported("2026-04-01"), FAILED),
        (reported(None, "2026-03-31"), UNKNOWN),
        (reported(None, "2026-04-01"), FAILED),
        (reported("2026-03-30", fixed=None), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R15.C11": [
        (inside(moment("2026-03-31")), PASSED),
        (inside(moment("2026-04-01 23:59:59")), PASSED),
        (inside(moment("2026-04-02")), FAILED),
        (inside(None), UNKNOWN),
        (inside(NOTICE, None), UNKNOWN),
        (GP, NOT_APPLICABLE),
    ],
    "R15.C13": [
        (signed_by("a"), PASSED),
        (signed_by("b"), FAILED),
        (signed_by(None), UNKNOWN),
        (signed_by("a", None), UNKNOWN),
    ],
    "R15.C14": [
        (award(number="N1", savings_frozen=True), PASSED),
        (award(number="", savings_frozen=True), FAILED),
        (award(number="N1", savings_frozen=False), FAILED),
        (award(number="N1"), UNKNOWN),
        ({}, UNKNOWN),
    ],
}
COMPLIANCE = {
    "R15.C12": [
        (recorded("2026-03-16", "2026-03-16"), PASSED),
        (recorded(None, "2026-03-17"), UNKNOWN),
        (recorded(None, "2026-03-18"), UNKNOWN),
        (recorded(None, "2026-03-19"), PASSED),
        (recorded(None, "2026-03-19", None), UNKNOWN),
    ]
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows({**TABLES, **COMPLIANCE}))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_that_can_fail_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == ["R15.C12"]


def test_the_supervisors_silence_is_told_as_silence():
    assert "视为确认" in ask(RULE, "R15.C12", a_case(**recorded(None, "2026-03-19"))).actual
    assert condition(RULE, "R15.C12").severity == "I"


def test_the_report_is_due_on_the_fifteenth_day_after_the_winner_is_fixed():
    due = condition(RULE, "R15.C10").deadline
    assert due(a_case(**reported(None))).at == moment("2026-04-01")
    assert due(a_case(**reported("2026-03-30"))) is None
    assert due(a_case()) is None


@pytest.mark.parametrize(
    ("reason", "ground"),
    [
        ("gave_up", SkipGround.GAVE_UP),
        ("force_majeure: 山洪", SkipGround.FORCE_MAJEURE),
        ("no_performance_bond：逾期未交", SkipGround.NO_PERFORMANCE_BOND),
        ("gave_up_again", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_listed_ground_is_a_ground(reason, ground):
    assert skip_ground(reason) is ground


def test_the_compliance_record_never_stands_in_the_way():
    assert Step.CONFIRM in condition(RULE, "R15.C12").steps
