"""Whom a live bidding and sealed amounts wait for 竞价与密封待办: those who must act, while they must, nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from tests.builders import OFFICERS, Trade, client_as
from tests.phases import negotiations as n
from tests.phases.auctions import auction
from trading.codelists import Method, ProjectType, Status
from trading.database import db, transaction


def waits(trade: Trade, who: str) -> set[str]:
    """The last words of the addresses of what waits for somebody on the lot."""
    text = client_as(trade.app, trade.people[who]).get("/my-work").text
    return set(re.findall(rf'href="/lots/{trade.code}/([a-z-]+)"', text.partition("<main")[2]))


def test_a_bidding_waits_for_its_paddles_and_its_reserve_for_owner_and_officers(app: Flask) -> None:
    trade = auction(app, has_reserve=True, status=Status.METHOD_FIXED)
    assert "seal-reserve" not in waits(trade, "owner"), "there is nobody to seal it to"
    trade.appoint()
    with app.app_context(), transaction(db.session):
        trade.lot().status = Status.BID_CLOSED
    assert "seal-reserve" in waits(trade, "owner")
    trade.seal_reserve("125000")
    assert "seal-reserve" not in waits(trade, "owner")
    assert "bidding" not in waits(trade, "bidder1")
    trade.begin()
    assert "bidding" in waits(trade, "bidder1") and "bidding" not in waits(trade, "bidder4")
    trade.offer("bidder1", "130000")
    assert "open-reserve" not in waits(trade, OFFICERS[0])
    trade.end()
    assert "bidding" not in waits(trade, "bidder1")
    assert all("open-reserve" in waits(trade, login) for login in OFFICERS)
    trade.open_reserve(OFFICERS[0])
    assert [login for login in OFFICERS if "open-reserve" in waits(trade, login)] == list(OFFICERS[1:])
    trade.open_reserve(OFFICERS[2])
    assert not [login for login in OFFICERS if "open-reserve" in waits(trade, login)]
    assert trade.deal() is not None


def test_final_offers_wait_for_each_supplier_and_then_for_the_officers(app: Flask) -> None:
    trade = n.published(app, ProjectType.GPN, Method.NEGOTIATION)
    n.opened(trade)
    chair = n.seated(trade)[0]
    n.talked(trade, chair, trade.bidders)
    assert "submit-final-offer" not in waits(trade, "bidder1")
    n.called(trade, chair)
    assert "submit-final-offer" in waits(trade, "bidder1") and "submit-final-offer" not in waits(trade, "bidder5")
    n.seal_final(trade, "bidder1", "860000")
    n.seal_final(trade, "bidder2", "850000")
    assert "submit-final-offer" not in waits(trade, "bidder1")
    assert "open-final-offers" not in waits(trade, OFFICERS[0])
    trade.clock.advance(timedelta(hours=1))
    assert "submit-final-offer" not in waits(trade, "bidder3"), "the hour is over"
    assert "open-final-offers" in waits(trade, OFFICERS[0])
    n.open_finals(trade, OFFICERS[0])
    assert "open-final-offers" not in waits(trade, OFFICERS[0])
    assert "open-final-offers" in waits(trade, OFFICERS[2])
