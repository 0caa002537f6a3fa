"""Disposals by tender 招标出让: bids in envelopes, the highest price wins."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, announcement
from tests.phases import variants
from tests.phases.preparing import prepared
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Bid

OFFERS = {"bidder1": {"total": "9900000"}, "bidder2": {"total": "9500000"}, "bidder3": {"total": "9300000"}}


@pytest.mark.parametrize("two", [False, True])
def test_land_by_tender_goes_to_its_evaluation_and_the_highest_wins(app: Flask, two: bool) -> None:
    trade: Trade = prepared(app, ProjectType.LAND, Method.OPEN_TENDER)
    if two:
        with app.app_context():
            pass
    trade.step("owner", "announce", announcement(trade.clock.now()))
    variants.opened(trade, OFFERS)
    variants.drawn(trade)
    variants.evaluated(trade)
    with app.app_context():
        best = db.session.scalars(select(Bid).where(Bid.rank == 1)).unique().one()
        assert best.organization.name == "第1建设有限公司"
        assert trade.lot().status is Status.EVALUATED
