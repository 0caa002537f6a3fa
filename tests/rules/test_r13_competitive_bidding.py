"""R13 竞价交易: how live bidding for what is disposed of is judged; purchases are never asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.case import OfferFacts
from trading.rules.r13_competitive_bidding import RULE

START = moment("2026-03-10 10:00:00")
LAND = {"type": ProjectType.LAND}


def offer(bidder: str, amount: int, minute: int = 0, **more: object) -> OfferFacts:
    return OfferFacts(bidder, Decimal(amount), START + timedelta(minutes=minute), **more)


def listed(until: str | None) -> dict:
    last = None if until is None else moment(until).date()
    return {"project": LAND, "bidding": {"listed_on": moment("2026-03-02").date(), "listed_until": last}}


def sold(offers: tuple[OfferFacts, ...] | None, winner: str | None, price: int | None, reserve: int = 100) -> dict:
    facts = {"offers": offers, "winner": winner, "price": None if price is None else Decimal(price)}
    return {"project": LAND, "bidding": {**facts, "reserve": Decimal(reserve)}}


def rising(*amounts: int, increment: int | None = 5) -> dict:
    offers = tuple(offer("ab"[n % 2], amount, n) for n, amount in enumerate(amounts))
    return {"project": LAND, "bidding": {"offers": offers, "increment": None if increment is None else Decimal(5)}}


def bidders(count: int | None, method: Method | None = Method.OPEN_TENDER) -> dict:
    return {"project": LAND, "bidding": {"bidders": count}, "method": {"chosen": method}}


def ended(at: datetime | None, *minutes: int) -> dict:
    offers = tuple(offer("a", 100 + n, minute) for n, minute in enumerate(minutes))
    end = START + timedelta(minutes=60)
    return {"project": LAND, "bidding": {"offers": offers, "planned_end": end, "ended_at": at}}


def after(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


TABLES = {
    "R13.C1": [
        (listed("2026-03-11"), FAILED),
        (listed("2026-03-12"), PASSED),
        (listed("2026-03-13"), PASSED),
        (listed(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C2": [
        (sold((offer("a", 99),), None, None), PASSED),
        (sold((offer("a", 99),), "a", 99), FAILED),
        (sold((offer("a", 100),), "a", 100), PASSED),
        (sold((offer("a", 100),), None, None), FAILED),
        (sold((offer("a", 100), offer("b", 101, 1)), "b", 101), PASSED),
        (sold((offer("a", 100), offer("b", 101, 1)), "a", 100), FAILED),
        (sold((offer("b", 101, 1), offer("a", 101)), "a", 101), PASSED),
        (sold(None, None, None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C4": [
        (rising(100, 104), FAILED),
        (rising(100, 105), PASSED),
        (rising(100, 106, 112), PASSED),
        (rising(100, 105, increment=None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C5": [
        (bidders(2), FAILED),
        (bidders(3), PASSED),
        (bidders(4), PASSED),
        (bidders(2, Method.LISTING), NOT_APPLICABLE),
        (bidders(None), UNKNOWN),
        (bidders(3, None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C9": [
        (ended(after(60), 54), PASSED),
        (ended(after(60), 55), PASSED),
        (ended(after(61), 56), PASSED),
        (ended(after(60), 56), FAILED),
        (ended(after(66), 56, 61), PASSED),
        (ended(after(66), 56, 62), FAILED),
        (ended(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C10": [
        (rising(100, 105), PASSED),
        (sold((offer("a", 100, withdrawn=True),), None, None), FAILED),
        (sold((offer("a", 100, 1), offer("b", 101)), None, None), FAILED),
        (sold((offer("a", 100, 1), offer("b", 101, 1)), None, None), PASSED),
        ({"project": LAND}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []
