"""R13 竞价交易: how live bidding for what is disposed of is judged; purchases are never asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, moment, rows, untold
from trading.codelists import Method, ProjectType
from trading.rules.case import EntrantFacts, InsiderFacts, OfferFacts
from trading.rules.r13_competitive_bidding import RULE
from trading.rules.sale_facts import LandUse

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


SOE = {"type": ProjectType.SOE}
CUT_OFF = moment("2026-03-09 17:00:00")


def listing_end(wanting: bool | None, bidding: bool | None = None, method: Method | None = Method.LISTING) -> dict:
    return {
        "project": LAND,
        "method": {"chosen": method},
        "sale": {"still_wanting": wanting, "went_on_to_bidding": bidding},
    }


def takers(count: int | None, method: Method | None = None, price: int | None = None, winner: str | None = "a") -> dict:
    facts = {"reserve": Decimal(100), "price": None if price is None else Decimal(price), "winner": winner}
    return {"project": SOE, "sale": {"takers": count}, "method": {"chosen": method}, "bidding": facts}


def limits(*named: str, equity: bool | None = False, law: bool | None = None, filed: bool | None = None) -> dict:
    sale = {"buyer_limits": named, "limits_by_law": law, "limits_filed": filed}
    return {"project": SOE, "sale": sale, "disclosure": {"equity": equity}}


def entering(*entrants: EntrantFacts, sealed: bool | None = True, cut_off: datetime | None = CUT_OFF) -> dict:
    sale = {"entrants": entrants, "entrants_sealed": sealed, "cut_off": cut_off}
    return {"project": LAND, "sale": sale, "disclosure": {"deposit": Decimal(100)}}


def entrant(applied=CUT_OFF, deposit: int | None = 100, paid=CUT_OFF, qualified: bool | None = True) -> EntrantFacts:
    return EntrantFacts("a", applied, None if deposit is None else Decimal(deposit), paid, qualified)


def confirmed(signed: str | None, *missing: str, deal: str | None = "2026-03-02", now: str = "2026-03-03") -> dict:
    sale = {"confirmation_signed_on": day(signed), "confirmation_missing": missing}
    return {"project": LAND, "delivery": {"deal_on": day(deal)}, "sale": sale, "now": moment(now)}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def first(stated: bool | None = True, matched: bool | None = True, exists: bool | None = True) -> dict:
    facts = {"exists": exists, "stated": stated, "matched": matched, "leased_house": False}
    return {"project": LAND, "priority": facts}


def lessee(told: str | None, method: Method | None = Method.AUCTION, trade: str | None = "2026-03-20") -> dict:
    facts = {"exists": True, "stated": True, "matched": True, "leased_house": True, "told_on": day(told)}
    disclosure = {"trade_on": day(trade)}
    return {"project": LAND, "priority": facts, "method": {"chosen": method}, "disclosure": disclosure}


def commission(*each: str, agreed: bool | None = False, price: int | None = 1000) -> dict:
    sale = {"commissions": tuple(Decimal(one) for one in each), "commission_agreed": agreed}
    return {"project": LAND, "sale": sale, "bidding": {"price": None if price is None else Decimal(price)}}


def insiders(*found: InsiderFacts) -> dict:
    return {"project": SOE, "sale": {"insiders": found}}


def let(
    until: str | None, written: bool | None = True, farmland: bool | None = False, kept: bool | None = None
) -> dict:
    facts = {"lease": True, "since": date(2026, 3, 2), "until": day(until), "in_writing": written}
    return {
        "project": {"type": ProjectType.RURAL},
        "tenancy": {**facts, "farmland": farmland, "agricultural_use_kept": kept},
    }


def granted(use: LandUse | None, until: str) -> dict:
    facts = {"lease": False, "since": date(2026, 3, 2), "until": day(until), "land_use": use, "farmland": False}
    return {"project": LAND, "tenancy": facts}


def colluded(found: bool | None, void: bool | None = None) -> dict:
    return {"project": LAND, "sale": {"collusion_found": found, "deal_void": void}}


LATE = CUT_OFF + timedelta(seconds=1)
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
    "R13.C3": [
        (listing_end(True, True), PASSED),
        (listing_end(True, False), FAILED),
        (listing_end(False), PASSED),
        (listing_end(True), UNKNOWN),
        (listing_end(None), UNKNOWN),
        (listing_end(True, False, Method.AUCTION), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C6": [
        (takers(1, price=99), FAILED),
        (takers(1, price=100), PASSED),
        (takers(1, price=101), PASSED),
        (takers(1), UNKNOWN),
        (takers(2, Method.LISTING), FAILED),
        (takers(2, Method.NET_BIDDING), PASSED),
        (takers(3, Method.AUCTION), PASSED),
        (takers(2), UNKNOWN),
        (takers(0), FAILED),
        (takers(0, winner=None), PASSED),
        (takers(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C7": [
        (limits(), PASSED),
        (limits("registered capital"), UNKNOWN),
        (limits("registered capital", law=False), FAILED),
        (limits("registered capital", law=True), PASSED),
        (limits("registered capital", equity=True, law=True, filed=False), FAILED),
        (limits("registered capital", equity=True, filed=True), PASSED),
        (limits("registered capital", equity=None), UNKNOWN),
        ({"project": SOE}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C8": [
        (entering(entrant()), PASSED),
        (entering(entrant(deposit=99)), FAILED),
        (entering(entrant(deposit=101)), PASSED),
        (entering(entrant(deposit=None)), UNKNOWN),
        (entering(entrant(applied=LATE)), FAILED),
        (entering(entrant(paid=LATE)), FAILED),
        (entering(entrant(), entrant(qualified=False)), FAILED),
        (entering(entrant(qualified=None)), UNKNOWN),
        (entering(entrant(), sealed=False), FAILED),
        (entering(entrant(), sealed=None), UNKNOWN),
        (entering(entrant(), cut_off=None), UNKNOWN),
        ({"project": LAND}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C11": [
        (confirmed("2026-03-02"), PASSED),
        (confirmed("2026-03-03"), FAILED),
        (confirmed("2026-03-02", "buyer"), FAILED),
        (confirmed(None), FAILED),
        (confirmed(None, now="2026-03-02"), UNKNOWN),
        (confirmed("2026-03-02", deal=None), UNKNOWN),
        ({"project": LAND, "bidding": {"ended_at": START}}, NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C12": [
        (first(), PASSED),
        (first(stated=False), FAILED),
        (first(matched=False), FAILED),
        (first(matched=None), UNKNOWN),
        (first(exists=False), NOT_APPLICABLE),
        (first(exists=None), UNKNOWN),
        (lessee("2026-03-16"), FAILED),
        (lessee("2026-03-15"), PASSED),
        (lessee("2026-03-14"), PASSED),
        (lessee("2026-03-06", Method.NET_BIDDING), FAILED),
        (lessee("2026-03-05", Method.NET_BIDDING), PASSED),
        (lessee("2026-03-04", Method.NET_BIDDING), PASSED),
        (lessee(None), UNKNOWN),
        (lessee("2026-03-15", None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C13": [
        (commission("49.99", "0"), PASSED),
        (commission("50", "50"), PASSED),
        (commission("50", "50.01"), FAILED),
        (commission("80", agreed=True), NOT_APPLICABLE),
        (commission("0", "0"), NOT_APPLICABLE),
        (commission("80", agreed=None), UNKNOWN),
        (commission("80", price=None), UNKNOWN),
        ({"project": LAND}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C14": [
        (insiders(), PASSED),
        (insiders(InsiderFacts("Wang", True, False)), PASSED),
        (insiders(InsiderFacts("Wang", True, True)), FAILED),
        (insiders(InsiderFacts("Wang", False, False)), FAILED),
        (insiders(InsiderFacts("Wang", None, False)), UNKNOWN),
        (insiders(InsiderFacts("Wang", True, None)), UNKNOWN),
        ({"project": SOE}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C15": [
        (let("2046-03-01"), PASSED),
        (let("2046-03-02"), PASSED),
        (let("2046-03-03"), FAILED),
        (let("2026-09-01", written=False), PASSED),
        (let("2026-09-02", written=False), FAILED),
        (let("2026-09-03", written=False), FAILED),
        (let("2026-09-02", written=None), UNKNOWN),
        (let("2030-03-02", farmland=True, kept=True), PASSED),
        (let("2030-03-02", farmland=True, kept=False), FAILED),
        (let("2030-03-02", farmland=True), UNKNOWN),
        (let("2030-03-02", farmland=None), UNKNOWN),
        (let(None), UNKNOWN),
        (granted(LandUse.RESIDENTIAL, "2096-03-02"), PASSED),
        (granted(LandUse.RESIDENTIAL, "2096-03-03"), FAILED),
        (granted(LandUse.INDUSTRIAL, "2076-03-02"), PASSED),
        (granted(LandUse.INDUSTRIAL, "2076-03-03"), FAILED),
        (granted(LandUse.CULTURAL, "2076-03-03"), FAILED),
        (granted(LandUse.COMMERCIAL, "2066-03-02"), PASSED),
        (granted(LandUse.COMMERCIAL, "2066-03-03"), FAILED),
        (granted(LandUse.MIXED, "2076-03-02"), PASSED),
        (granted(LandUse.MIXED, "2076-03-03"), FAILED),
        (granted(None, "2066-03-02"), UNKNOWN),
        ({"project": SOE, "tenancy": {"lease": False, "farmland": False}}, NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R13.C16": [
        (colluded(False), PASSED),
        (colluded(True, True), PASSED),
        (colluded(True, False), FAILED),
        (colluded(True), UNKNOWN),
        (colluded(None), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []
