"""R06 最高限价: within the budget, not moved in silence, not exceeded by a bid that stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import FilingAnswer, Method, ProjectType
from trading.rules.case import BidFacts, CheckedItem, ClarificationFacts
from trading.rules.r06_price_control import RULE
from trading.steps import Step

BUDGET = {"budget": Decimal(5_000_000)}
RETURNED = {"step": Step.ANSWER_FILING, "filing": {"answer": FilingAnswer.RECTIFY}}


def ceiling(amount: str | None, **groups: object) -> dict:
    return {"terms": {"qualification": "三级", "ceiling": None if amount is None else Decimal(amount)}, **groups}


def changes(moves: bool, affects: bool) -> dict:
    one = ClarificationFacts(1, moment("2026-03-10"), affects, moment("2026-03-25"), 3, 3, moves)
    return {"clarifications": (one,)}


def bid(total: str | None, **facts: object) -> BidFacts:
    return BidFacts("b1", name="甲公司", total=None if total is None else Decimal(total), **facts)


OPENING = moment("2026-03-27 09:30")
GP, LAND, SOE, RURAL = (
    {"project": {"type": type}} for type in (ProjectType.GP, ProjectType.LAND, ProjectType.SOE, ProjectType.RURAL)
)
AGREED = {"reserve_agreed": 200, "entitled": 300, "valuation_published_on": date(2026, 2, 15)}


def bought(*totals: str | None, pays: bool | None = None, **groups: object) -> dict:
    bids = tuple(bid(total) for total in totals)
    return {**GP, "lot": BUDGET, "bids": bids, "procurement": {"can_pay_more": pays}, **groups}


def based(count: int | None, reason: str | None = None, **changed: object) -> dict:
    told = {"count": count, "kept_here": False, **changed}
    return {"sealed_price": told, "bids": (bid("1", rejected_reason=reason),), "notice": {"bid_deadline": OPENING}}


def sealed(*reads: datetime, **changed: object) -> dict:
    told = {"count": 1, "kept_here": True, "opens_at": OPENING, "reads": reads, "reads_logged": True, **changed}
    return {"sealed_price": told}


def outside(holds: bool | None) -> dict:
    item = {} if holds is None else {"R06.C12": CheckedItem(holds, "张工", date(2026, 3, 27), "封存记录")}
    return {"sealed_price": {"count": 1, "kept_here": False}, "checked": item}


def listing(price: str | None, first: bool | None = True, consent: bool | None = None) -> dict:
    told = {"valuation": Decimal(1_000_000), "listing_price": None if price is None else Decimal(price)}
    return {**SOE, "disposal": {**told, "first_listing": first, "consent_to_price": consent}}


def again(disclosed: date | None, anew: bool | None = False, first: bool | None = False) -> dict:
    return {**SOE, "disposal": {"first_disclosed_on": disclosed, "begun_anew": anew, "first_listing": first}}


def reserve(amount: str | None, least: str | None = "500000", collective: bool | None = True, **sealing) -> dict:
    told = {
        "reserve": None if amount is None else Decimal(amount),
        "least_price": None if least is None else Decimal(least), "reserve_collective": collective,
    }  # fmt: skip
    return {**LAND, "disposal": told, "sealed_price": {"kept_here": True, **sealing}}


def auctioned(highest: str | None, method: Method = Method.AUCTION, **changed: object) -> dict:
    told = {"without_reserve": False, "reserve": Decimal(100), "highest_bid": highest and Decimal(highest), **changed}
    return {**LAND, "method": {"chosen": method}, "disposal": told}


def agreed(**changed: object) -> dict:
    return {**RURAL, "village": {**AGREED, **changed}}


TABLES = {
    "R06.C5": [
        (bought("5000000", "6000000"), PASSED),
        (bought("4999999.99"), PASSED),
        (bought("5000000.01", pays=False), FAILED),
        (bought("5000000.01", pays=True), PASSED),
        (bought("5000000.01"), UNKNOWN),
        (bought(None, pays=False), UNKNOWN),
        (bought("1", lot={"budget": None}), UNKNOWN),
        (bought(), NOT_APPLICABLE),
        ({"bids": (bid("6000000"),)}, NOT_APPLICABLE),
    ],
    "R06.C6": [
        (based(0), PASSED),
        (based(1), PASSED),
        (based(2), FAILED),
        (based(1, "偏离标底过大"), FAILED),
        (based(1, "资格不符"), PASSED),
        (based(1, kept_here=True, opens_at=OPENING), PASSED),
        (based(1, kept_here=True, opens_at=moment("2026-03-27 09:29:59")), FAILED),
        (based(1, kept_here=True, opens_at=moment("2026-03-27 09:30:01")), PASSED),
        (based(1, kept_here=True), UNKNOWN),
        (based(None), UNKNOWN),
        (RETURNED, NOT_APPLICABLE),
        (LAND, NOT_APPLICABLE),
    ],
    "R06.C7": [
        (listing("1000000"), PASSED),
        (listing("999999.99"), FAILED),
        (listing("1000000.01"), PASSED),
        (listing("900000", False), PASSED),
        (listing("899900", False, False), FAILED),
        (listing("899900", False, True), PASSED),
        (listing("899999.99", False), UNKNOWN),
        (listing(None), UNKNOWN),
        (listing("1000000", None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R06.C8": [
        (again(date(2025, 3, 2)), PASSED),
        (again(date(2025, 3, 3)), PASSED),
        (again(date(2025, 3, 1)), FAILED),
        (again(date(2025, 3, 1), True), PASSED),
        (again(date(2025, 3, 1), None), UNKNOWN),
        (again(None), UNKNOWN),
        (again(None, first=None), UNKNOWN),
        (again(None, first=True), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R06.C9": [
        (reserve("500000"), PASSED),
        (reserve("499999.99"), FAILED),
        (reserve("500000.01"), PASSED),
        (reserve("500000", collective=False), FAILED),
        (reserve("500000", kept_here=False), FAILED),
        (reserve("500000", kept_here=None), UNKNOWN),
        (reserve("500000", None), UNKNOWN),
        (reserve(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R06.C10": [
        (auctioned("100"), PASSED),
        (auctioned("101"), PASSED),
        (auctioned("99", stopped_below_reserve=False), FAILED),
        (auctioned("99", stopped_below_reserve=True), PASSED),
        (auctioned("99"), UNKNOWN),
        (auctioned("99", reserve=None), UNKNOWN),
        (auctioned(None), PASSED),
        (auctioned(None, without_reserve=True, announced_without_reserve=True), PASSED),
        (auctioned(None, without_reserve=True, announced_without_reserve=False), FAILED),
        (auctioned(None, without_reserve=True), UNKNOWN),
        (auctioned(None, without_reserve=None), UNKNOWN),
        (auctioned("99", Method.LISTING), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R06.C11": [
        (agreed(), PASSED),
        (agreed(reserve_agreed=199), FAILED),
        (agreed(reserve_agreed=201), PASSED),
        (agreed(valuation_published_on=date(2026, 2, 14)), PASSED),
        (agreed(valuation_published_on=date(2026, 2, 16)), FAILED),
        *((agreed(**{name: None}), UNKNOWN) for name in AGREED),
        ({}, NOT_APPLICABLE),
    ],
    "R06.C12": [
        (sealed(), PASSED),
        (sealed(OPENING), PASSED),
        (sealed(moment("2026-03-27 09:29:59")), FAILED),
        (sealed(moment("2026-03-27 09:30:01")), PASSED),
        (sealed(reads_logged=False), FAILED),
        (sealed(reads_logged=None), UNKNOWN),
        (sealed(reads=None), UNKNOWN),
        (sealed(opens_at=None), UNKNOWN),
        (sealed(kept_here=None), UNKNOWN),
        (sealed(count=None), UNKNOWN),
        (outside(True), PASSED),
        (outside(False), FAILED),
        (outside(None), UNKNOWN),
        (sealed(count=0), NOT_APPLICABLE),
    ],
    "R06.C1": [
        (ceiling("5000000", lot=BUDGET), PASSED),
        (ceiling("4999999.99", lot=BUDGET), PASSED),
        (ceiling("5000000.01", lot=BUDGET), FAILED),
        (ceiling("5000000"), UNKNOWN),
        ({}, UNKNOWN),
        (ceiling(None), NOT_APPLICABLE),
        (RETURNED, NOT_APPLICABLE),
        (ceiling("5000000", project={"type": ProjectType.LAND}), NOT_APPLICABLE),
    ],
    "R06.C2": [
        (ceiling("5000000", project={"state_controlled": True}), PASSED),
        (ceiling(None, project={"state_controlled": True}), FAILED),
        (ceiling(None, project={"public_share": Decimal("0.01")}), FAILED),
        (ceiling(None, project={"state_controlled": False, "public_share": Decimal(0)}), NOT_APPLICABLE),
        (ceiling(None, project={"state_controlled": False}), UNKNOWN),
        ({"project": {"state_controlled": True}}, UNKNOWN),
        (ceiling(None), UNKNOWN),
    ],
    "R06.C3": [
        (changes(True, True), PASSED),
        (changes(True, False), FAILED),
        (changes(False, False), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
        ({"project": {"type": None}}, UNKNOWN),
    ],
    "R06.C4": [
        (ceiling("5000000", bids=(bid("5000000"),)), PASSED),
        (ceiling("5000000", bids=(bid("4999999.99"),)), PASSED),
        (ceiling("5000000", bids=(bid("4000000"), bid("5000000.01"))), FAILED),
        (ceiling("5000000", bids=(bid("4000000"), bid("5000000.01", rejected_clause="R06.C4"))), PASSED),
        (ceiling("5000000", bids=(bid("4000000"), bid(None, opened=False))), PASSED),
        (ceiling("5000000", bids=(bid("4000000"), bid(None))), UNKNOWN),
        (ceiling("5000000", bids=(bid("6000000", rejected_clause="R06.C4"),)), NOT_APPLICABLE),
        (ceiling("5000000"), NOT_APPLICABLE),
        (ceiling(None, bids=(bid("4000000"),)), NOT_APPLICABLE),
        ({"bids": (bid("4000000"),)}, UNKNOWN),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_vector_18_ninety_per_cent_of_the_valuation_needs_no_consent_and_less_does():
    assert ask(RULE, "R06.C7", a_case(**listing("900000", False))).answer is PASSED
    assert ask(RULE, "R06.C7", a_case(**listing("899900", False, False))).answer is FAILED
