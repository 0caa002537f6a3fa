"""Disposals by tender 招标出让: bids in envelopes, the highest price wins, its premium is frozen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import announcement
from tests.phases import variants
from tests.phases.preparing import prepared
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Award, Bid

OFFERS = {"bidder1": {"total": "9900000"}, "bidder2": {"total": "9500000"}, "bidder3": {"total": "9300000"}}


def test_land_by_tender_goes_to_the_highest_price_with_its_premium(app: Flask) -> None:
    trade = prepared(app, ProjectType.LAND, Method.OPEN_TENDER)
    trade.step("owner", "announce", announcement(trade.clock.now()))
    variants.opened(trade, OFFERS)
    variants.drawn(trade)
    variants.evaluated(trade)
    with app.app_context():
        best = db.session.scalars(select(Bid).where(Bid.rank == 1)).unique().one()
        assert best.organization.name == "第1建设有限公司"
    variants.publicized(trade)
    trade.step("owner", "confirm")
    trade.step("owner", "award")
    with app.app_context():
        award = db.session.scalars(select(Award)).one()
        assert (award.base, award.premium, award.saved) == (9_000_000, Decimal(900_000), 0)
        assert trade.lot().status is Status.AWARDED


@pytest.mark.parametrize("project_type", [ProjectType.LAND, ProjectType.RURAL])
def test_a_disposal_in_two_envelopes_is_evaluated(app: Flask, project_type: ProjectType) -> None:
    trade = prepared(app, project_type, Method.OPEN_TENDER, terms={"two_envelopes": True})
    farmland = {"farmland": False} if project_type is ProjectType.RURAL else {}
    trade.step("owner", "announce", announcement(trade.clock.now()) | farmland)
    low = {"bidder4": {"total": "8999999.99" if project_type is ProjectType.LAND else "99999.99"}}
    variants.opened(trade, OFFERS | low, two=True)
    with app.app_context():
        rejected = db.session.scalars(select(Bid).where(Bid.rejected_clause.is_not(None))).unique().one()
        assert "低于起始价" in (rejected.rejected_reason or "")
    variants.drawn(trade)
    variants.evaluated(trade)
