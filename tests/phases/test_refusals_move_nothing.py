"""A refused input leaves everything as it was 拒绝不改变记录: each row of each table but the record of refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, people
from tests.phases.auctions import Auction, auction
from tests.phases.deposit_files import line, profile, statement
from tests.phases.draws import committee
from tests.phases.sales import Sale, disposal
from tests.phases.test_entering import admit_consortiums, member
from tests.phases.test_evaluating import COMPREHENSIVE, points, seated
from trading.beijing import at
from trading.codelists import Method, ProjectType
from trading.database import db, transaction
from trading.models import Affiliation, BankProfile, Base

RECORD = ("ledger_", "checkpoint")


def everything(app: Flask) -> dict[str, list[Any]]:
    """Every row of every table besides the record, in one order."""
    with app.app_context():
        tables = [one for one in Base.metadata.sorted_tables if not one.name.startswith(RECORD)]
        return {one.name: sorted(map(repr, db.session.execute(select(one)))) for one in tables}


def bidding(app: Flask) -> Auction:
    """An auction with one offer of 120,000 by the first bidder, whose step is 2,000."""
    trade = auction(app)
    trade.begin()
    trade.offer("bidder1", "120000", key="mine-00001")
    return trade


def offered(who: str, amount: str, status: int = 400, key: str = "mine-00002") -> Callable[[Any], dict[str, Any]]:
    """An offer that is none."""
    return lambda trade: trade.step(who, "make-offer", {"amount": amount, "key": key}, status)


def ended(app: Flask) -> Auction:
    """The same auction after its end."""
    trade = bidding(app)
    trade.end()
    return trade


def related(app: Flask) -> Sale:
    """A disposal of whose seller the first bidder is an affiliate."""
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    trade.announce()
    with app.app_context(), transaction(db.session):
        home = trade.people["bidder1"].organization_id
        db.session.add(Affiliation(organization_id=home, related_uscc=trade.lot().project.owner.uscc, kind="holding"))
    return trade


def joined(app: Flask) -> Sale:
    """A disposal for which the first bidder applied with the second as a member."""
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    trade.announce()
    admit_consortiums(trade)
    trade.apply("bidder1", members=[member(trade, 2)])
    return trade


def sitting(app: Flask) -> Trade:
    """A committee with nothing scored."""
    return seated(app, **COMPREHENSIVE)


def scored(**given: str) -> Callable[[Any], dict[str, Any]]:
    """A sheet of the chair with these points for the first bid."""

    def send(trade: Trade) -> dict[str, Any]:
        chair = committee(trade)[0]
        rows = {"bidder1": given} | {f"bidder{number}": {"T": "20", "R": "8"} for number in (2, 3)}
        return trade.step(chair, "score", points(trade, chair, rows), 400)

    return send


def banking(app: Flask) -> Trade:
    """A published lot of which the bank has sent one line."""
    trade = a_lot(app, people(app))
    trade.clock.set(at(date(2026, 3, 6), 9))
    sent = {"profile": profile(app, trade), "statement": statement(line(8))}
    trade.step("bank", "receive-bank-lines", sent)
    return trade


def extract(*rows: str) -> Callable[[Any], dict[str, Any]]:
    """A statement of the bank."""

    def send(trade: Trade) -> dict[str, Any]:
        with trade.app.app_context():
            layout = db.session.scalars(select(BankProfile.id)).one()
        return trade.step("bank", "receive-bank-lines", {"profile": layout, "statement": statement(*rows)}, 400)

    return send


CASES: dict[str, tuple[Callable[[Flask], Trade], Callable[[Any], dict[str, Any]], str]] = {
    "below the step": (bidding, offered("bidder2", "121999.99"), "122,000"),
    "lower than before": (bidding, offered("bidder2", "119000"), "122,000"),
    "in another currency": (bidding, offered("bidder2", "USD 130000"), "amount"),
    "after the end": (ended, offered("bidder2", "130000", 409), "报价"),
    "twice with another amount": (bidding, offered("bidder1", "140000", key="mine-00001"), "key"),
    "an affiliate of the owner": (related, lambda trade: trade.apply("bidder1", 422), "related"),
    "a consortium's member alone": (joined, lambda trade: trade.apply("bidder2", 422), "in_two"),
    "points out of range": (sitting, scored(T="30.01", R="8"), "points"),
    "points below nothing": (sitting, scored(T="-1", R="8"), "points"),
    "points that are no number": (sitting, scored(T="NaN", R="8"), "points"),
    "a bank file with doubles": (banking, extract(line(1), line(1)), "第3行"),
    "a bank file with a broken line": (banking, extract(line(1), "S-2,短行"), "第3行"),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("name", CASES)
def test_what_is_refused_says_why_and_moves_nothing_else(app: Flask, name: str) -> None:
    build, send, said = CASES[name]
    trade = build(app)
    before = everything(app)
    answer = send(trade)
    assert said in str(answer), answer
    assert everything(app) == before
