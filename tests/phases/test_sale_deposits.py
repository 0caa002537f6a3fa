"""Deposits of a disposal 竞买保证金: bounded at filing, sealed to the end, back in five working days, or turned."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as
from tests.phases.papers import paper
from tests.phases.preparing import OBJECTS, prepare, registered
from tests.phases.sales import Sale, bid, disposal, open_to_bid
from trading.beijing import end_moment, law_date
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Alarm, BankLine, SaleTerms
from trading.workflow.deposit_record import balance, held, movements_of
from trading.workflow.watch import patrol


def shared(type_: ProjectType, share: str) -> Decimal:
    """So much of the starting price of a type's object."""
    return Decimal(OBJECTS[type_][2]) * Decimal(share)


@pytest.mark.parametrize(("less", "refused"), [("0", False), ("0.01", True)])
def test_a_land_deposit_below_a_fifth_of_the_starting_price_is_not_filed(app: Flask, less: str, refused: bool) -> None:
    trade = registered(app, ProjectType.LAND, Method.AUCTION)
    deposit = shared(ProjectType.LAND, "0.2") - Decimal(less)
    prepare(trade, ProjectType.LAND, Method.AUCTION, terms={"deposit": str(deposit)})
    answer = trade.step("owner", "file-conditions", {}, 422 if refused else 200)
    assert refused is (refused and [one["id"] for one in answer["conditions"]] == ["R09.C12"])


@pytest.mark.parametrize(("more", "alarmed"), [("0", False), ("0.01", True)])
def test_a_deposit_for_assets_above_three_tenths_is_an_amber_alarm(app: Flask, more: str, alarmed: bool) -> None:
    trade = registered(app, ProjectType.SOE, Method.AUCTION)
    deposit = shared(ProjectType.SOE, "0.3") + Decimal(more)
    prepare(trade, ProjectType.SOE, Method.AUCTION, terms={"deposit": str(deposit)})
    trade.step("owner", "file-conditions")
    with app.app_context():
        found = [(one.condition, one.severity.value) for one in db.session.scalars(select(Alarm))]
    assert (("R09.C13", "A") in found) is alarmed


def lines(trade: Sale) -> dict[str, BankLine]:
    """The lines of the lot by the login of whose they are."""
    logins = {user.organization_id: login for login, user in trade.people.items() if login.startswith("bidder")}
    with trade.app.app_context():
        query = select(BankLine).where(BankLine.lot_id == trade.lot().id)
        return {logins[one.organization_id]: one for one in db.session.scalars(query)}


def bonds(trade: Sale, who: str) -> dict[str, Any]:
    """What the book of deposits tells a reader."""
    return client_as(trade.app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/bonds").get_json()


def live(app: Flask, type_: ProjectType) -> Sale:
    """An auction that runs, with three bidders."""
    trade = disposal(app, type_, Method.AUCTION)
    open_to_bid(trade)
    trade.until(trade.deadline())
    trade.until(trade.moment("bidding_at"))
    assert trade.standing() is Status.BIDDING
    return trade


def dealt(app: Flask, type_: ProjectType) -> Sale:
    """An auction that came to its deal with bidder2."""
    trade = disposal(app, type_, Method.AUCTION)
    open_to_bid(trade)
    with app.app_context():
        start = db.session.scalars(select(SaleTerms.starting_price)).one()
    bid(trade, (("bidder1", str(start)), ("bidder2", str(start + 1000))))
    assert trade.standing() is Status.DEAL
    return trade


def test_payers_stay_sealed_while_the_bidding_runs(app: Flask) -> None:
    trade = live(app, ProjectType.LAND)
    sealed = {"sealed": True, "lines": [], "guarantees": [], "movements": [], "balance": None}
    for who in ("centre", "supervisor", "oversight", "owner"):
        assert bonds(trade, who) == sealed
    for who in ("centre", "oversight"):
        browser = client_as(app, trade.people[who])
        for page in ("/deposits/refunds", "/deposits/reconciliation", f"/lots/{trade.code}/bonds"):
            text = browser.get(page).text
            assert not any(f"第{number}建设" in text for number in (1, 2, 3)), page
        assert browser.get("/api/v1/deposits/refunds").get_json()["due"] == []
    trade.step("centre", f"refund-bond/{lines(trade)['bidder1'].id}", {}, 409)


@pytest.mark.both_databases
def test_losers_of_a_land_auction_are_refunded_bare_and_the_winners_money_is_earnest(app: Flask) -> None:
    trade = dealt(app, ProjectType.LAND)
    with app.app_context():
        patrol(db.session, trade.clock.now(), app.extensions["tools"])
    found, ended = lines(trade), law_date(trade.moment("ended_at"))
    calendar = app.extensions["tools"].calendar
    due = end_moment(calendar.end_of_working_days(ended, 5))
    assert {who: one.refund_due_at for who, one in found.items()} == {"bidder1": due, "bidder2": None, "bidder3": due}
    use = f"transfer-deposit/{found['bidder2'].id}"
    assert "use" in trade.step("centre", use, {"use": "price"}, 400)["fields"]
    trade.step("centre", f"transfer-deposit/{found['bidder1'].id}", {"use": "earnest"}, 422)
    trade.step("centre", use, {"use": "earnest"})
    trade.step("centre", use, {"use": "earnest"}, 422)
    trade.step("centre", f"refund-bond/{found['bidder2'].id}", {}, 422)
    for who in ("bidder1", "bidder3"):
        trade.step("centre", f"refund-bond/{found[who].id}", {})
        assert lines(trade)[who].interest == Decimal("0.00")
    book = bonds(trade, "oversight")
    kinds = [one["kind"] for one in book["movements"]]
    assert sorted(kinds[3:]) == ["refunded", "refunded", "transferred"] and book["balance"] == "0.00"


def test_a_late_refund_to_a_loser_is_an_alarm_of_the_watch(app: Flask) -> None:
    trade = dealt(app, ProjectType.RURAL)
    with app.app_context():
        patrol(db.session, trade.clock.now(), app.extensions["tools"])
        due = max(one.refund_due_at for one in lines(trade).values() if one.refund_due_at)
    assert "R09.C13" not in trade.alarms()
    trade.clock.set(due + timedelta(seconds=1))
    with app.app_context():
        patrol(db.session, trade.clock.now(), app.extensions["tools"])
    assert "R09.C13" in trade.alarms()


def test_a_winner_who_will_not_sign_loses_his_deposit_to_the_treasury_on_the_countys_grounds(app: Flask) -> None:
    trade = dealt(app, ProjectType.LAND)
    subject = lines(trade)["bidder2"].id
    decided = {"ground": "no_performance_bond", "explanation": "拒签", "evidence": [paper("letter.pdf")]}
    assert "ground" in trade.step("owner", f"forfeit-bond/{subject}", decided, 400)["fields"]
    trade.step("owner", f"forfeit-bond/{subject}", decided | {"ground": "refused_confirmation"})
    assert lines(trade)["bidder2"].forfeited_to.value == "treasury"
    with app.app_context():
        lot = trade.lot()
        assert balance(movements_of(db.session, lot)) == held(db.session, lot) > 0


def test_a_bidder_in_a_disposal_reads_his_account_and_whether_his_deposit_came(app: Flask) -> None:
    trade = disposal(app, ProjectType.RURAL, Method.AUCTION)
    trade.announce()
    browser = client_as(app, trade.people["bidder1"])
    path = f"/lots/{trade.code}/my-bid"
    number = browser.get(f"/api/v1{path}").get_json()["virtual_account"]
    assert number.startswith("8816") and number in browser.get(path).text
    assert "尚未足额到账" in browser.get(path).text
    trade.pay(1)
    assert "已足额到账" in browser.get(path).text
    assert [one["kind"] for one in browser.get(f"/api/v1{path}").get_json()["movements"]] == ["received"]
    other = client_as(app, trade.people["bidder2"]).get(f"/api/v1{path}").get_json()
    assert other["movements"] == [] and other["virtual_account"] != number
