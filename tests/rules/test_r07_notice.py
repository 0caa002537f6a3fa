"""R07 交易信息公告: statutory media, least times by Beijing dates, complete, free, silent about who reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.case import CheckedItem, DisclosureFacts, PrequalificationFacts, PurchaseFacts
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


def applications(until: str | None, passed: int | None = 3, **more: object) -> dict:
    """A prequalification whose sale ends on 2026-03-09, with so many who passed."""
    names = None if passed is None else tuple("abcd"[:passed])
    day = until and date.fromisoformat(until)
    asked = PrequalificationFacts(True, None, date(2026, 3, 9), day, passed=names, **more)
    return {"prequalification": asked}


def bought(type_: ProjectType, notice: dict, method: Method | None = None, **procurement: object) -> dict:
    """A procurement announced and issued on Monday 2026-03-02."""
    known = {"published_at": moment("2026-03-02"), "issued_at": moment("2026-03-02"), **notice}
    facts = PurchaseFacts(**{"documents_extended": False, **procurement})
    return {
        "project": {"type": type_}, "notice": known, "method": {"chosen": method}, "purchase": facts,
        "prequalification": PrequalificationFacts(False),
    }  # fmt: skip


def tendered(
    until: str = "2026-03-09", offered: str = "2026-03-09", deadline: str = "2026-03-22", **more: object
) -> dict:
    """A procurement tender: the last days of notice and documents, and the deadline."""
    notice = {"documents_until": moment(offered), "bid_deadline": moment(deadline)}
    return bought(ProjectType.GP, notice, notice_until=date.fromisoformat(until), **more)


def otherwise(method: Method, deadline: str | None, offered: str = "2026-03-09", **more: object) -> dict:
    """A procurement otherwise than by tender, its first offers due on ``deadline``."""
    notice = {"documents_until": moment(offered), "bid_deadline": deadline and moment(deadline)}
    return bought(ProjectType.GPN, notice, method, **{"by_notice": False, **more})


def disclosed(type_: ProjectType, until: str | None = None, trade: str | None = None, **more: object) -> dict:
    """Something disposed of, announced on Monday 2026-03-02."""
    asked = DisclosureFacts(
        date(2026, 3, 2), until and date.fromisoformat(until), trade and date.fromisoformat(trade), **more
    )
    return {"project": {"type": type_}, "disclosure": asked}


def land(trade: str | None, missing: tuple[str, ...] | None = ()) -> dict:
    return disclosed(ProjectType.LAND, trade=trade, missing_contents=missing)


def auction(trade: str | None, shown: int | None = 2, news: bool | None = True) -> dict:
    facts = disclosed(ProjectType.OTHER, trade=trade, display_days=shown, news_medium=news)
    return {**facts, "method": {"chosen": Method.AUCTION}}


def equity(until: str | None, changed: bool | None = False, **more: object) -> dict:
    given = {"equity": True, "control_passes": False, **more}
    return disclosed(ProjectType.SOE, until, terms_changed=changed, **given)


def assets(reserve: str | None, until: str | None) -> dict:
    facts = disclosed(ProjectType.SOE, until, equity=False)
    return {**facts, "disposal": {"reserve": None if reserve is None else Decimal(reserve)}}


def village(rent: str | None, years: str | None, until: str) -> dict:
    given = {"annual_rent": rent and Decimal(rent), "lease_years": years and Decimal(years)}
    return disclosed(ProjectType.RURAL, until, **given)


def checked(holds: bool | None, **more: object) -> dict:
    signed = {} if holds is None else {"R07.C17": CheckedItem(holds, "王", date(2026, 3, 3), "网页截图")}
    return {"notice": {"published_at": moment("2026-03-02"), **more}, "checked": signed}


PREQUALIFIED = PrequalificationFacts(True, date(2026, 3, 2), applications_until=date(2026, 3, 9))
BEFORE = {"preliminary_from": date(2025, 12, 30)}
RENEWED = {"renewed_from": date(2026, 4, 1)}
LAND_OTHER = {"project": {"type": ProjectType.LAND}}
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
    "R07.C4": [
        (applications("2026-03-14"), PASSED),
        (applications("2026-03-13"), FAILED),
        (applications("2026-03-15"), PASSED),
        (applications("2026-03-14", 2), UNKNOWN),
        (applications("2026-03-14", 2, retendered=False), FAILED),
        (applications("2026-03-14", 2, retendered=True), PASSED),
        (applications("2026-03-14", 4), PASSED),
        (applications("2026-03-14", None), UNKNOWN),
        (applications(None), UNKNOWN),
        ({}, UNKNOWN),
        ({"prequalification": PrequalificationFacts(False)}, NOT_APPLICABLE),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
    "R07.C5": [
        (tendered(), PASSED),
        (tendered(until="2026-03-08"), FAILED),
        (tendered(until="2026-03-06"), FAILED),
        (tendered(until="2026-03-10"), PASSED),
        (tendered(offered="2026-03-08"), FAILED),
        (tendered(deadline="2026-03-21"), FAILED),
        (tendered(deadline="2026-03-23"), PASSED),
        (tendered(documents_extended=True, obtained=2, extension_published=True), PASSED),
        (tendered(documents_extended=True, obtained=2, extension_published=False), FAILED),
        (tendered(documents_extended=True, obtained=3, extension_published=True), FAILED),
        (tendered(documents_extended=None), UNKNOWN),
        ({**tendered(), "prequalification": PrequalificationFacts()}, UNKNOWN),
        ({**tendered(), "prequalification": PREQUALIFIED}, PASSED),
        ({**tendered(), "prequalification": replace(PREQUALIFIED, applications_until=date(2026, 3, 6))}, FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C6": [
        (otherwise(Method.NEGOTIATION, "2026-03-05"), PASSED),
        (otherwise(Method.NEGOTIATION, "2026-03-04"), FAILED),
        (otherwise(Method.NEGOTIATION, "2026-03-06"), PASSED),
        (otherwise(Method.INQUIRY, "2026-03-05"), PASSED),
        (otherwise(Method.INQUIRY, "2026-03-04"), FAILED),
        (otherwise(Method.CONSULTATION, "2026-03-12"), PASSED),
        (otherwise(Method.CONSULTATION, "2026-03-11"), FAILED),
        (otherwise(Method.CONSULTATION, "2026-03-12", "2026-03-06"), FAILED),
        (otherwise(Method.INQUIRY, "2026-03-05", by_notice=True, notice_until=date(2026, 3, 5)), PASSED),
        (otherwise(Method.INQUIRY, "2026-03-05", by_notice=True, notice_until=date(2026, 3, 4)), FAILED),
        (otherwise(Method.INQUIRY, "2026-03-05", by_notice=True), UNKNOWN),
        (otherwise(Method.INQUIRY, "2026-03-05", by_notice=None), UNKNOWN),
        (otherwise(Method.INQUIRY, None), UNKNOWN),
        (otherwise(Method.SINGLE_SOURCE, None), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C7": [
        (bought(ProjectType.GP, {}, framework=False), PASSED),
        (bought(ProjectType.GPN, {}, framework=True), FAILED),
        (bought(ProjectType.GP, {}), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C8": [
        (land("2026-03-22"), PASSED),
        (land("2026-03-21"), FAILED),
        (land("2026-03-23"), PASSED),
        (land("2026-03-22", ("deposit",)), FAILED),
        (land("2026-03-22", None), UNKNOWN),
        (land(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C9": [
        (auction("2026-03-09"), PASSED),
        (auction("2026-03-08"), FAILED),
        (auction("2026-03-10"), PASSED),
        (auction("2026-03-09", 1), FAILED),
        (auction("2026-03-09", 3), PASSED),
        (auction("2026-03-09", news=False), FAILED),
        (auction("2026-03-09", news=None), UNKNOWN),
        (auction(None), UNKNOWN),
        ({**LAND_OTHER, "method": {"chosen": Method.LISTING}}, NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C10": [
        (equity("2026-03-30"), PASSED),
        (equity("2026-03-29"), FAILED),
        (equity("2026-03-31"), PASSED),
        (equity(None), UNKNOWN),
        (equity("2026-03-30", None), UNKNOWN),
        (equity("2026-03-30", True), UNKNOWN),
        (equity("2026-03-30", True, **RENEWED, renewed_until=date(2026, 4, 30)), PASSED),
        (equity("2026-03-30", True, **RENEWED, renewed_until=date(2026, 4, 29)), FAILED),
        (equity("2026-03-30", control_passes=None), UNKNOWN),
        (equity("2026-03-30", control_passes=True, **BEFORE, preliminary_until=date(2026, 1, 28)), PASSED),
        (equity("2026-03-30", control_passes=True, **BEFORE, preliminary_until=date(2026, 1, 27)), FAILED),
        (equity("2026-03-30", equity=False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C11": [
        (assets("1000000.01", "2026-03-16"), PASSED),
        (assets("1000000.01", "2026-03-15"), FAILED),
        (assets("9999999.99", "2026-03-16"), PASSED),
        (assets("10000000", "2026-03-16"), FAILED),
        (assets("10000000", "2026-03-30"), PASSED),
        (assets("10000000.01", "2026-03-29"), FAILED),
        (assets(None, "2026-03-30"), UNKNOWN),
        (assets("5000000", None), UNKNOWN),
        (assets("1000000", "2026-03-03"), NOT_APPLICABLE),
        (equity("2026-03-30"), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C12": [
        (equity(None, False), PASSED),
        (equity(None, True, change_forced=False, **RENEWED, renewed_until=date(2026, 4, 30)), FAILED),
        (equity(None, True, change_forced=True, **RENEWED, renewed_until=date(2026, 4, 30)), PASSED),
        (equity(None, True, change_forced=True, **RENEWED, renewed_until=date(2026, 4, 29)), FAILED),
        (equity(None, True, change_forced=True), UNKNOWN),
        (equity(None, None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R07.C13": [
        (disclosed(ProjectType.ADMIN, "2026-03-16"), PASSED),
        (disclosed(ProjectType.ADMIN, "2026-03-15"), FAILED),
        (disclosed(ProjectType.ADMIN, "2026-03-17"), PASSED),
        (disclosed(ProjectType.OTHER, "2026-03-09"), PASSED),
        (disclosed(ProjectType.OTHER, "2026-03-08"), FAILED),
        (village("100000", "3", "2026-03-09"), PASSED),
        (village("100000", "3", "2026-03-08"), FAILED),
        (village("100000.01", "3", "2026-03-09"), FAILED),
        (village("100000.01", "3", "2026-03-16"), PASSED),
        (village("100000", "3.01", "2026-03-09"), FAILED),
        (village(None, "3", "2026-03-16"), UNKNOWN),
        (disclosed(ProjectType.ADMIN), UNKNOWN),
        ({}, NOT_APPLICABLE),
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
    "R07.C17": [
        (checked(True), PASSED),
        (checked(False), FAILED),
        (checked(None), UNKNOWN),
        (checked(True, published_at=None), UNKNOWN),
        (LAND_OTHER, NOT_APPLICABLE),
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
