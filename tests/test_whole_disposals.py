"""Every type of disposal from registration to archive 处置全流程: announced, bid for live, confirmed, handed over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.builders import client_as
from tests.oversight.test_evidence import verified
from tests.phases.sales import Sale, bid, confirm, disposal, open_to_bid, perform, settle
from trading.app import lend
from trading.clock import StoppedClock
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Award, Contract, Delivery
from trading.portal.statistics import totals
from trading.savings import Side, rate

WALKS = [
    (ProjectType.LAND, Method.LISTING, ("9000000", "9100000", "9300000")),
    (ProjectType.LAND, Method.AUCTION, ("9000000", "9100000", "9300000")),
    (ProjectType.SOE, Method.NET_BIDDING, ("3000000", "3100000", "3300000")),
    (ProjectType.ADMIN, Method.PUBLIC_LEASE, ("60000", "70000", "90000")),
    (ProjectType.RURAL, Method.NET_BIDDING, ("50000", "60000", "70000")),
    (ProjectType.OTHER, Method.AUCTION, ("200000", "210000", "230000")),
]


def walked(app: Flask, type_: ProjectType, method: Method, amounts: tuple[str, ...]) -> Sale:
    """The whole walk; bidder1 and bidder2 bid against each other, bidder1 last."""
    trade = disposal(app, type_, method)
    open_to_bid(trade)
    first, second, third = amounts
    bid(trade, (("bidder1", first), ("bidder2", second), ("bidder1", third)))
    assert trade.standing() is Status.DEAL, trade.alarms()
    confirm(trade)
    perform(trade)
    settle(trade)
    return trade


@pytest.mark.parametrize(("type_", "method", "amounts"), WALKS, ids=lambda one: getattr(one, "value", None))
def test_a_disposal_walks_from_registration_to_archive(
    app: Flask, type_: ProjectType, method: Method, amounts: tuple[str, ...]
) -> None:
    trade = walked(app, type_, method, amounts)
    assert trade.standing() is Status.ARCHIVED and trade.buyer() == "bidder1"
    award = trade.kept(Award)
    years = 2 if type_ in (ProjectType.ADMIN, ProjectType.RURAL) else 1
    assert award.price == Decimal(amounts[2]) * years and award.base == Decimal(amounts[0]) * years
    assert award.premium == award.price - award.base and award.saved == 0 and award.bid_id is None
    assert trade.kept(Contract).price == award.price and trade.kept(Delivery).registered_on is not None
    assert trade.alarms() == []


@pytest.mark.both_databases
def test_the_evidence_file_of_an_auction_is_verified_by_a_stranger(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = walked(app, *WALKS[5])
    answer = client_as(app, trade.people["oversight"]).get(f"/lots/{trade.code}/evidence.zip")
    assert answer.status_code == 200, answer.text
    assert verified(trade, answer.data, tmp_path) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert "end 结局: awarded" in told and "没有密封投标" in told


def test_the_village_lease_of_the_county_report_gains_ninety_five_per_cent(app: Flask) -> None:
    """Two years, 234,000 yuan in all against 120,000: offers are yuan a year, the award counts the whole term."""
    terms = {"starting_price": "60000", "deposit": "12000", "increment": "1000"}
    trade = disposal(app, ProjectType.RURAL, Method.AUCTION, terms=terms)
    open_to_bid(trade)
    bid(trade, (("bidder2", "60000"), ("bidder3", "99000"), ("bidder1", "117000")))
    confirm(trade)
    award = trade.kept(Award)
    assert (award.price, award.base, award.premium) == (Decimal(234000), Decimal(120000), Decimal(114000))
    assert rate(award.base, award.premium or Decimal(0)) == Decimal("95.00")
    with app.app_context():
        found = totals(db.session)
    assert found[Side.DISPOSAL].rate == Decimal("95.00") and found[Side.PURCHASE].lots == 0
