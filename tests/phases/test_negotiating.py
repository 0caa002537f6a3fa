"""The negotiation course 谈判、磋商、询价、单一来源、直接发包: each method walks from its notice to its archive."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.phases import negotiations as n
from trading.codelists import Method, ProjectType
from trading.database import db
from trading.models import Award

GPN = ProjectType.GPN


def price_of(trade: n.Trade) -> tuple[str, str]:
    """Who won, at what price."""
    with trade.app.app_context():
        award = db.session.scalars(select(Award).where(Award.lot_id == trade.lot().id)).one()
        return n.winner(trade), str(award.price)


@pytest.mark.parametrize(
    ("method", "by_points"), [(Method.CONSULTATION, True), (Method.NEGOTIATION, False)], ids=["磋商", "谈判"]
)
def test_a_negotiation_walks_from_its_notice_to_its_archive(app: Flask, method: Method, by_points: bool) -> None:
    terms = {} if by_points else {"evaluation_method": "lowest_evaluated_price", "factors": []}
    trade = n.published(app, GPN, method, terms=terms)
    n.opened(trade)
    members = n.seated(trade)
    n.final(trade, members[0])
    n.evaluated(trade, members, by_points=by_points)
    n.awarded(trade)
    assert price_of(trade) == ("bidder1", "860000.00")
    n.archived(trade, "860000")
