"""Every profile from registration to archive 各类项目全流程: each type by each of its running methods, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.phases.preparing import prepared
from tests.phases.variants import verified
from tests.phases.walks import LOWEST, SMALL_TERMS, SMALL_WORKS, Walk, announced, retendered, unwanted, walked
from trading.app import lend
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.ledger.verify import verify_chain, verify_log
from trading.methods import METHODS
from trading.methods.profiles import PROFILES
from trading.models import Award, CreditRecord

M, T = Method, ProjectType


def small(method: Method, ground: str) -> Walk:
    """Works below the threshold from which they must be tendered."""
    return Walk(T.WORKS, method, ground, SMALL_WORKS, SMALL_TERMS)


def procured(type_: ProjectType) -> list[Walk]:
    """A procurement by every method, its default first."""
    lowest = [Walk(type_, method, terms=LOWEST) for method in (M.NEGOTIATION, M.INQUIRY)]
    others = [M.INVITED_TENDER, M.CONSULTATION, M.SINGLE_SOURCE, M.OPEN_TENDER]
    return sorted((*lowest, *(Walk(type_, one) for one in others)), key=lambda one: one.method != DEFAULTS[type_])


DEFAULTS = {type_: profile.methods[0] for type_, profile in PROFILES.items()}
WALKS: list[Walk] = [
    Walk(T.WORKS, M.OPEN_TENDER),
    Walk(T.WORKS, M.INVITED_TENDER),
    Walk(T.WORKS, M.DIRECT, "patent"),
    small(M.CONSULTATION, "consultation_small_works"),
    small(M.NEGOTIATION, "works_not_tendered"),
    small(M.SINGLE_SOURCE, "works_not_tendered"),
    *procured(T.GP),
    *procured(T.GPN),
    Walk(T.LAND, M.LISTING),
    Walk(T.LAND, M.AUCTION),
    Walk(T.LAND, M.OPEN_TENDER),
    Walk(T.SOE, M.NET_BIDDING),
    Walk(T.SOE, M.AUCTION),
    Walk(T.SOE, M.OPEN_TENDER),
    Walk(T.ADMIN, M.NET_BIDDING),
    Walk(T.ADMIN, M.PUBLIC_LEASE),
    Walk(T.ADMIN, M.AUCTION),
    Walk(T.ADMIN, M.OPEN_TENDER),
    Walk(T.RURAL, M.NET_BIDDING),
    Walk(T.RURAL, M.PUBLIC_LEASE),
    Walk(T.RURAL, M.AUCTION),
    Walk(T.RURAL, M.OPEN_TENDER),
    Walk(T.RURAL, M.CONSULTATION),
    Walk(T.OTHER, M.AUCTION),
    Walk(T.OTHER, M.NET_BIDDING),
    Walk(T.OTHER, M.OPEN_TENDER),
]
BY_COURSE = list({(one.type, METHODS[one.method].course): one for one in reversed(WALKS)}.values())
OTHERS = [one for one in WALKS if one not in BY_COURSE]


def walk_to_archive(app: Flask, walk: Walk, folder: Path) -> None:
    """Walk it, and look at where it came out; a stranger verifies the evidence of it."""
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, app.extensions["clock"])
    arrived = walked(app, walk)
    arrived.trade.tick()
    with app.app_context():
        lot = arrived.trade.lot()
        award = db.session.scalars(select(Award)).one()
        assert (lot.status, lot.method, lot.project.type) == (Status.ARCHIVED, walk.method, walk.type)
        assert arrived.winner == arrived.best
        moved = award.base - award.price if walk.type.is_purchase else award.price - award.base
        assert moved > 0 and moved == (award.saved if walk.type.is_purchase else award.premium)
        rated = db.session.scalars(select(CreditRecord.organization_id)).all()
        assert rated == ([award.organization_id] if walk.type.is_purchase else [])
        assert verify_chain(db.session, lot.code) == [] and verify_log(db.session) == []
    assert verified(arrived.trade, folder) == 0


def test_every_running_method_of_every_profile_is_walked_once() -> None:
    named = [(one.type, one.method) for one in WALKS]
    running = {(one.type, method) for one in PROFILES.values() for method in one.methods if METHODS[method].running}
    assert set(named) == running and len(named) == len(set(named))
    assert {one.type for one in BY_COURSE} == set(ProjectType)


@pytest.mark.both_databases
@pytest.mark.parametrize("walk", BY_COURSE, ids=str)
def test_each_type_walks_from_registration_to_archive_by_each_of_its_courses(
    app: Flask, walk: Walk, tmp_path: Path
) -> None:
    walk_to_archive(app, walk, tmp_path)


@pytest.mark.parametrize("walk", OTHERS, ids=str)
def test_and_by_every_other_of_its_methods(
    app: Flask, walk: Walk, tmp_path: Path
) -> None:
    walk_to_archive(app, walk, tmp_path)


@pytest.mark.parametrize("walk", [one for one in WALKS if one.method is DEFAULTS[one.type]], ids=str)
def test_a_lot_of_each_type_that_nobody_wanted_is_tried_again_up_to_its_second_notice(app: Flask, walk: Walk) -> None:
    trade = announced(prepared(app, walk.type, walk.method, terms=walk.terms), walk)
    unwanted(trade)
    with app.app_context():
        lot = trade.lot()
        assert lot.status is Status.FAILED and lot.failure_ground is not None
    again = announced(retendered(trade, walk), walk)
    with app.app_context():
        second = again.lot()
        assert (second.status, second.attempt, second.previous_id) == (Status.PUBLISHED, 2, trade.lot().id)
        assert second.method is walk.method and verify_log(db.session) == []
