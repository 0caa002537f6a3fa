"""The methods that no course's walk names 其余交易方式: every running method of every profile comes to its archive."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.phases.walks import LOWEST, SMALL_TERMS, SMALL_WORKS, Walk, walked
from tests.test_every_profile import WALKS as BY_COURSE
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.ledger.verify import verify_chain, verify_log
from trading.methods import METHODS
from trading.methods.profiles import PROFILES
from trading.models import Award

M, T = Method, ProjectType
WALKS = (
    Walk(T.WORKS, M.NEGOTIATION, "works_not_tendered", SMALL_WORKS, SMALL_TERMS),
    Walk(T.WORKS, M.SINGLE_SOURCE, "works_not_tendered", SMALL_WORKS, SMALL_TERMS),
    Walk(T.GP, M.INVITED_TENDER),
    Walk(T.GP, M.CONSULTATION),
    Walk(T.GP, M.INQUIRY, terms=LOWEST),
    Walk(T.GP, M.SINGLE_SOURCE),
    Walk(T.GPN, M.INVITED_TENDER),
    Walk(T.GPN, M.NEGOTIATION, terms=LOWEST),
    Walk(T.LAND, M.AUCTION),
    Walk(T.SOE, M.AUCTION),
    Walk(T.ADMIN, M.NET_BIDDING),
    Walk(T.ADMIN, M.AUCTION),
    Walk(T.RURAL, M.PUBLIC_LEASE),
    Walk(T.RURAL, M.AUCTION),
    Walk(T.OTHER, M.NET_BIDDING),
)


def test_every_running_method_of_every_profile_is_walked_once() -> None:
    named = [*BY_COURSE, *((one.type, one.method) for one in WALKS)]
    running = {(one.type, method) for one in PROFILES.values() for method in one.methods if METHODS[method].running}
    assert set(named) == running and len(named) == len(set(named))


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_a_lot_walks_from_registration_to_archive(app: Flask, walk: Walk) -> None:
    arrived = walked(app, walk)
    with app.app_context():
        lot, award = arrived.trade.lot(), db.session.scalars(select(Award)).one()
        assert (lot.status, lot.method, lot.project.type) == (Status.ARCHIVED, walk.method, walk.type)
        assert arrived.winner == arrived.best
        moved = award.base - award.price if walk.type.is_purchase else award.price - award.base
        assert moved > 0 and moved == (award.saved if walk.type.is_purchase else award.premium)
        assert verify_chain(db.session, lot.code) == [] and verify_log(db.session) == []
