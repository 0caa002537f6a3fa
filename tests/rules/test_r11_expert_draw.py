"""R11 专家抽取与回避: size and experts of a committee, who may sit, when and how it was drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.case import AppearanceFacts, CheckedItem, PurchaseFacts, SeatFacts
from trading.rules.r11_expert_draw import RULE
from trading.steps import Step

EXPERT = SeatFacts(True, "E", senior_title=True, years_in_field=8, active=True)
OWNER = SeatFacts(False, "O", drawn=False)
EVALUATION = moment("2026-03-25 09:00:00")


def committee(experts: int, owner: int, **draw: object) -> dict:
    seats = tuple(replace(EXPERT, employer_uscc=f"E{n}") for n in range(experts)) + (OWNER,) * owner
    return {"draw": {"seats": seats, **draw}}


def seat(**facts: object) -> dict:
    return {"draw": {"seats": (replace(EXPERT, **facts), OWNER), "recusal_after_opening": True}}


def planned(size: int | None) -> dict:
    return {"step": Step.PLAN_DRAW, "draw": {"size": size}}


def chosen(seats: tuple[SeatFacts, ...] | None, random: bool | None = True, strata: bool | None = True, **more) -> dict:
    return {"draw": {"seats": seats, "random": random, "strata_known": strata, **more}}


def drawn(hours: float, **more: object) -> dict:
    return {"draw": {"drawn_at": EVALUATION - timedelta(hours=hours), "evaluation_at": EVALUATION}, **more}


def pool(size: int | None, need: int | None) -> dict:
    return {"draw": {"pool_size": size, "need": need}}


def procured(experts: int, owner: int, budget: str | None = "9999999.99", **purchase: object) -> dict:
    facts = PurchaseFacts(**{"complex": False, "wide_effect": False, "chair_is_owners": False, **purchase})
    group = {"project": {"type": ProjectType.GP}, "purchase": facts, **committee(experts, owner)}
    return {**group, "lot": {"budget": None if budget is None else Decimal(budget)}}


def grouped(method: Method | None, experts: int, owner: int, budget: str | None = "3999999.99", **purchase) -> dict:
    facts = PurchaseFacts(**{"complex": False, "works": False, **purchase})
    group = {"project": {"type": ProjectType.GPN}, "purchase": facts, **committee(experts, owner)}
    lot = {"budget": None if budget is None else Decimal(budget)}
    return {**group, "lot": lot, "method": {"chosen": method}}


def stated(group: dict, size: int | None) -> dict:
    """The same while the group is planned: its size alone is known."""
    return {**group, "step": Step.PLAN_DRAW, "draw": {"size": size}}


def land(method: Method | None, **draw: object) -> dict:
    return {"project": {"type": ProjectType.LAND}, "method": {"chosen": method}, **draw}


def sat(owner: int = 1, agency: int = 1, winner: int = 0) -> dict:
    experts = (AppearanceFacts("E0", 1, 1, 0), AppearanceFacts("E1", owner, agency, winner))
    return {"recurrence": {"experts": experts}}


def checked(holds: bool) -> dict:
    signed = {"R11.C16": CheckedItem(holds, "王", date(2026, 3, 25), "身份证件核对记录")}
    return {**committee(4, 1), "checked": signed}


TALKS, ASKING = Method.NEGOTIATION, Method.INQUIRY
SOUND = {
    "pool_committed": True,
    "commits": 2,
    "commits_before_closing": True,
    "exclusions_by_two": True,
    "attempts_kept": True,
    "verified": True,
}
NAMED = replace(EXPERT, drawn=False)
SAME = replace(EXPERT, employer_uscc="E0")


def bound(step: Step | None = Step.SEAT_COMMITTEE, **changed: object) -> dict:
    return {"step": step, "draw": {**SOUND, **changed}}


TABLES = {
    "R11.C1": [
        (committee(3, 2), FAILED),
        (committee(4, 1), PASSED),
        (committee(5, 0), PASSED),
        (committee(5, 1), FAILED),
        (committee(3, 0), FAILED),
        (committee(4, 3), FAILED),
        (committee(5, 2), PASSED),
        (committee(6, 3), PASSED),
        (committee(5, 4), FAILED),
        (committee(4, 1, size=5), PASSED),
        (committee(4, 1, size=7), FAILED),
        (planned(3), FAILED),
        (planned(5), PASSED),
        (planned(6), FAILED),
        (planned(7), PASSED),
        (planned(None), UNKNOWN),
        (procured(3, 2), NOT_APPLICABLE),
        (grouped(TALKS, 2, 1), NOT_APPLICABLE),
        (land(Method.OPEN_TENDER, **committee(3, 2)), NOT_APPLICABLE),
        ({}, UNKNOWN),
    ],
    "R11.C2": [
        (procured(4, 1), PASSED),
        (procured(3, 2), FAILED),
        (procured(4, 2), FAILED),
        (procured(4, 1, "10000000"), FAILED),
        (procured(5, 2, "10000000"), PASSED),
        (procured(4, 3, "10000000"), FAILED),
        (procured(4, 1, complex=True), FAILED),
        (procured(4, 1, wide_effect=True), FAILED),
        (procured(4, 1, chair_is_owners=True), FAILED),
        (procured(4, 1, chair_is_owners=None), UNKNOWN),
        (procured(4, 1, complex=None), UNKNOWN),
        (procured(4, 1, None), UNKNOWN),
        (stated(procured(0, 0, chair_is_owners=None), 5), PASSED),
        (stated(procured(0, 0), 6), FAILED),
        (stated(procured(0, 0, "10000000"), 5), FAILED),
        (stated(procured(0, 0, "10000000"), 7), PASSED),
        (stated(procured(0, 0), None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R11.C3": [
        (grouped(TALKS, 2, 1), PASSED),
        (grouped(TALKS, 1, 2), FAILED),
        (grouped(TALKS, 1, 1), FAILED),
        (grouped(ASKING, 2, 1, "4000000"), FAILED),
        (grouped(ASKING, 4, 1, "4000000"), PASSED),
        (grouped(ASKING, 4, 1, "4000000", works=True), PASSED),
        (grouped(ASKING, 2, 1, "3999999.99", works=True), PASSED),
        (grouped(TALKS, 2, 1, complex=True, law_experts=0), FAILED),
        (grouped(TALKS, 2, 1, complex=True, law_experts=1), PASSED),
        (grouped(TALKS, 2, 1, complex=True), UNKNOWN),
        (grouped(TALKS, 2, 1, None), UNKNOWN),
        (grouped(None, 2, 1), UNKNOWN),
        (stated(grouped(TALKS, 0, 0, complex=True), 3), PASSED),
        (stated(grouped(TALKS, 0, 0), 2), FAILED),
        (stated(grouped(ASKING, 0, 0, "4000000"), 3), FAILED),
        (stated(grouped(ASKING, 0, 0, "4000000"), 5), PASSED),
        (grouped(Method.CONSULTATION, 2, 1), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R11.C4": [
        (grouped(Method.CONSULTATION, 2, 1), PASSED),
        (grouped(Method.CONSULTATION, 1, 1), FAILED),
        (grouped(Method.CONSULTATION, 3, 1), FAILED),
        (grouped(Method.CONSULTATION, 1, 2), FAILED),
        (stated(grouped(Method.CONSULTATION, 0, 0), 3), PASSED),
        (stated(grouped(Method.CONSULTATION, 0, 0), 4), FAILED),
        ({**grouped(Method.CONSULTATION, 2, 1), "draw": {"seats": None}}, UNKNOWN),
        (grouped(TALKS, 2, 1), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R11.C5": [
        (land(Method.OPEN_TENDER, **committee(3, 2)), PASSED),
        (land(Method.OPEN_TENDER, **committee(3, 1)), FAILED),
        (land(Method.OPEN_TENDER, **committee(4, 2)), FAILED),
        (land(Method.INVITED_TENDER, **committee(2, 1)), FAILED),
        (land(Method.OPEN_TENDER), UNKNOWN),
        (stated(land(Method.OPEN_TENDER), 5), PASSED),
        (stated(land(Method.OPEN_TENDER), 3), FAILED),
        (land(None, **committee(3, 2)), UNKNOWN),
        (land(Method.LISTING), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R11.C6": [
        (chosen((EXPERT, OWNER)), PASSED),
        (chosen((EXPERT,), random=False), FAILED),
        (chosen((EXPERT,), strata=False), FAILED),
        (chosen((NAMED,)), FAILED),
        (chosen((NAMED,), direct_appointment_reason="特殊工艺"), PASSED),
        (chosen((EXPERT,), random=None), UNKNOWN),
        (chosen(None), UNKNOWN),
    ],
    "R11.C7": [
        (chosen((EXPERT, OWNER)), NOT_APPLICABLE),
        (chosen((NAMED,)), FAILED),
        (chosen((NAMED,), direct_appointment_reason="特殊工艺"), PASSED),
        ({}, UNKNOWN),
    ],
    "R11.C8": [
        (seat(years_in_field=7), FAILED),
        (seat(years_in_field=8), PASSED),
        (seat(years_in_field=9), PASSED),
        (seat(senior_title=False), FAILED),
        (seat(active=False), FAILED),
        (seat(years_in_field=None), UNKNOWN),
        (seat(senior_title=None), UNKNOWN),
        (seat(active=None), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R11.C9": [
        (seat(), PASSED),
        (seat(barring=("near_relative",)), FAILED),
        (seat(supervises=True), FAILED),
        ({"draw": {"seats": (EXPERT,), "recusal_after_opening": False}}, FAILED),
        ({"draw": {"seats": (EXPERT,)}}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R11.C10": [
        (drawn(23.9), PASSED),
        (drawn(24), PASSED),
        (drawn(24.01), FAILED),
        ({**drawn(48), "project": {"type": ProjectType.GP}}, PASSED),
        ({**drawn(72), "project": {"type": ProjectType.GP}}, FAILED),
        ({**drawn(24), "project": {"type": ProjectType.GPN}}, PASSED),
        (land(Method.OPEN_TENDER), NOT_APPLICABLE),
        ({"draw": {"evaluation_at": EVALUATION}}, UNKNOWN),
        ({"draw": {"drawn_at": EVALUATION}}, UNKNOWN),
        (
            {"step": Step.REVEAL_DRAW, "now": EVALUATION - timedelta(hours=25), "draw": {"evaluation_at": EVALUATION}},
            FAILED,
        ),
        (
            {"step": Step.REVEAL_DRAW, "now": EVALUATION - timedelta(hours=24), "draw": {"evaluation_at": EVALUATION}},
            PASSED,
        ),
    ],
    "R11.C11": [
        (pool(11, 4), FAILED),
        (pool(12, 4), PASSED),
        (pool(13, 4), PASSED),
        (pool(None, 4), UNKNOWN),
        (pool(12, None), UNKNOWN),
    ],
    "R11.C12": [
        (committee(4, 1), PASSED),
        ({"draw": {"seats": (SAME, SAME)}}, FAILED),
        (seat(employer_uscc=None), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R11.C13": [
        ({"draw": {"names_sealed": True}}, PASSED),
        ({"draw": {"names_sealed": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R11.C14": [
        ({"draw": {"refusals_with_reason": True}}, PASSED),
        ({"draw": {"refusals_with_reason": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R11.C15": [
        (bound(), PASSED),
        (bound(commits=1), FAILED),
        (bound(commits=3), PASSED),
        (bound(pool_committed=False), FAILED),
        (bound(commits_before_closing=False), FAILED),
        (bound(exclusions_by_two=False), FAILED),
        (bound(attempts_kept=False), FAILED),
        (bound(verified=False), FAILED),
        (bound(verified=None), UNKNOWN),
        (bound(Step.REVEAL_DRAW, verified=None), PASSED),
        (bound(Step.REVEAL_DRAW, exclusions_by_two=None), UNKNOWN),
        ({"step": Step.COMMIT_DRAW, "draw": {"pool_committed": True}}, PASSED),
        ({"step": Step.COMMIT_DRAW, "draw": {"pool_committed": False}}, FAILED),
        ({"step": Step.COMMIT_DRAW}, UNKNOWN),
    ],
    "R11.C16": [
        (checked(True), PASSED),
        (checked(False), FAILED),
        (committee(4, 1), UNKNOWN),
        ({}, UNKNOWN),
        (land(Method.OPEN_TENDER), NOT_APPLICABLE),
    ],
    "R11.C17": [
        (sat(owner=3), PASSED),
        (sat(owner=4), FAILED),
        (sat(owner=2), PASSED),
        (sat(agency=4), FAILED),
        (sat(winner=3), PASSED),
        (sat(winner=4), FAILED),
        ({"recurrence": {"experts": ()}}, PASSED),
        ({}, UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_a_committee_of_five_with_two_of_the_owner_is_told_what_is_wrong():
    """Vector V7."""
    finding = ask(RULE, "R11.C1", a_case(**committee(3, 2)))
    assert "三分之二" in finding.actual
    assert "two thirds" in finding.actual_en
