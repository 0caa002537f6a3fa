"""R07 交易信息公告: statutory media, least times by Beijing dates, complete, free, silent about who reads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import ProjectType
from trading.rules.r07_notice import RULE

MANDATORY = {"mandatory": True}
OUT = {"published_at": moment("2026-03-02"), "media_identical": True}


def on(*media: str, **more: object) -> dict:
    return {"notice": {**OUT, "media": media, **more}}


def offered(issued: str | None, until: str | None) -> dict:
    return {"notice": {"issued_at": issued and moment(issued), "documents_until": until and moment(until)}}


def time(issued: str | None, deadline: str | None, method: dict = MANDATORY) -> dict:
    notice = {"issued_at": issued and moment(issued), "bid_deadline": deadline and moment(deadline)}
    return {"notice": notice, "method": method}


TABLES = {
    "R07.C1": [
        (on("provincial", "county"), PASSED),
        (on("national"), PASSED),
        (on("county"), FAILED),
        (on(), FAILED),
        (on("national", media_identical=False), FAILED),
        (on("national", media_identical=None), UNKNOWN),
        ({}, UNKNOWN),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R07.C2": [
        (offered("2026-03-02 09:00", "2026-03-07 17:00"), PASSED),
        (offered("2026-03-02 09:00", "2026-03-06 23:59:59"), FAILED),
        (offered("2026-03-02 09:00", "2026-03-08 09:00"), PASSED),
        (offered("2026-03-02 23:59:59", "2026-03-07 00:00"), PASSED),
        (offered(None, "2026-03-07"), UNKNOWN),
        (offered("2026-03-02", None), UNKNOWN),
    ],
    "R07.C3": [
        (time("2026-03-02", "2026-03-22"), PASSED),
        (time("2026-03-02", "2026-03-21"), FAILED),
        (time("2026-03-02", "2026-03-23"), PASSED),
        (time("2026-03-02 23:59:59", "2026-03-22 00:00"), PASSED),
        (time("2026-03-02 00:00", "2026-03-21 23:59:59"), FAILED),
        (time("2026-03-22", "2026-03-02"), FAILED),
        (time(None, "2026-03-22"), UNKNOWN),
        (time("2026-03-02", None), UNKNOWN),
        (time("2026-03-02", "2026-03-21", {}), UNKNOWN),
        (time("2026-03-02", "2026-03-21", {"mandatory": False}), NOT_APPLICABLE),
        ({"project": {"type": ProjectType.LAND}}, NOT_APPLICABLE),
    ],
    "R07.C14": [
        ({"notice": {"missing_contents": ()}}, PASSED),
        ({"notice": {"missing_contents": ("contact",)}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R07.C15": [
        ({"notice": {"holders_disclosed": False}}, PASSED),
        ({"notice": {"holders_disclosed": True}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R07.C16": [
        ({"notice": {"fee": Decimal(0)}}, PASSED),
        ({"notice": {"fee": Decimal("0.01")}}, FAILED),
        ({}, UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_the_verdict_says_how_many_days_there_are_and_how_many_are_needed():
    finding = ask(RULE, "R07.C3", a_case(**time("2026-03-02", "2026-03-21")))
    assert (finding.expected, finding.actual) == ("不少于20日", "19日")
    assert (finding.expected_en, finding.actual_en) == ("at least 20 days", "19 days")
