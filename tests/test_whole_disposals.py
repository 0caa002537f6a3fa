"""What a whole disposal leaves behind 处置全流程: evidence a stranger verifies, a premium that statistics count."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.builders import client_as
from tests.oversight.test_evidence import verified
from tests.phases.sales import bid, confirm, disposal, open_to_bid, walked
from trading.app import lend
from trading.clock import StoppedClock
from trading.codelists import Method, ProjectType
from trading.database import db
from trading.models import Award
from trading.portal.statistics import totals
from trading.savings import Side, rate


@pytest.mark.both_databases
def test_the_evidence_file_of_an_auction_is_verified_by_a_stranger(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = walked(app, ProjectType.OTHER, Method.AUCTION, ("200000", "210000", "230000"))
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
