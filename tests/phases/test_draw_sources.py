"""From which list is drawn, and who is away on the day of the evaluation 抽取来源、请假与暂停."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.draws import carry_to_opening, plan
from trading.beijing import law_date
from trading.codelists import Pool, ProjectType, Status
from trading.database import db, transaction
from trading.experts.pool import sources_allowed
from trading.models import Draw, Expert, ExpertLeave, Lot
from trading.models.columns import new_id

COUNTY = 12


@pytest.mark.parametrize(
    ("type", "mandatory", "allowed"),
    [
        (ProjectType.WORKS, True, (Pool.PROVINCIAL,)),
        (ProjectType.WORKS, None, (Pool.PROVINCIAL,)),
        (ProjectType.WORKS, False, (Pool.PROVINCIAL, Pool.COUNTY)),
        (ProjectType.GP, False, (Pool.PROVINCIAL,)),
        (ProjectType.GPN, False, (Pool.PROVINCIAL,)),
        (ProjectType.RURAL, False, (Pool.PROVINCIAL, Pool.COUNTY)),
    ],
)
def test_what_the_law_leaves_to_the_county(
    type: ProjectType, mandatory: bool | None, allowed: tuple[Pool, ...]
) -> None:
    assert sources_allowed(type, mandatory) == allowed


def published(app: Flask, *, mandatory: bool | None = False) -> Trade:
    """A published lot, and a county's list of twelve experts beside the provincial pool."""
    trade = a_lot(app, people(app), Status.PUBLISHED)
    with app.app_context(), transaction(db.session):
        numbers = [f"HB-{number:05d}" for number in range(1, COUNTY + 1)]
        db.session.execute(update(Expert).where(Expert.pool_number.in_(numbers)).values(pool=Pool.COUNTY))
        db.session.execute(update(Lot).values(mandatory=mandatory))
    return trade


def drawn_from(app: Flask) -> tuple[Pool, int]:
    """The list of the only draw, and how many leaves it has."""
    with app.app_context():
        draw = db.session.scalars(select(Draw)).one()
        return draw.source, len(draw.pool)


def away(app: Flask, number: int, first: date, last: date) -> None:
    """Leave of one expert."""
    with app.app_context(), transaction(db.session):
        expert = db.session.scalars(select(Expert).where(Expert.pool_number == f"HB-{number:05d}")).one()
        db.session.add(
            ExpertLeave(
                id=new_id(), expert_id=expert.id, first_day=first, last_day=last, reason="出差",
                entered_at=app.extensions["clock"].now(), entered_by_id=people(app)["expert1"].id,
            )
        )  # fmt: skip


@pytest.mark.both_databases
def test_a_lot_that_must_be_tendered_draws_from_the_provincial_pool_alone(app: Flask) -> None:
    trade = published(app, mandatory=True)
    refused = trade.step("owner", "plan-draw", plan(trade, pool="county"), 400)
    assert list(refused["fields"]) == ["pool"]
    trade.step("owner", "plan-draw", plan(trade))
    assert drawn_from(app) == (Pool.PROVINCIAL, 30 - COUNTY)


@pytest.mark.both_databases
@pytest.mark.parametrize(("asked", "source", "size"), [("county", Pool.COUNTY, COUNTY), (None, Pool.PROVINCIAL, 18)])
def test_another_lot_draws_from_the_list_that_was_planned(
    app: Flask, asked: str | None, source: Pool, size: int
) -> None:
    trade = published(app)
    trade.step("owner", "plan-draw", plan(trade, **({"pool": asked} if asked else {})))
    assert drawn_from(app) == (source, size)
    page = client_as(app, trade.people["centre"]).get(f"/lots/{trade.code}/draw")
    assert source.zh in page.text
    room = client_as(app, None).get(f"/api/v1/lots/{trade.code}/draw-room").get_json()
    assert room["draws"][0]["source"] == source.zh


@pytest.mark.parametrize(("first", "last", "size"), [(0, 0, 29), (-3, -1, 30), (1, 5, 30), (-1, 1, 29)])
def test_who_is_on_leave_on_the_day_of_the_evaluation_is_not_drawn(
    app: Flask, first: int, last: int, size: int
) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    day = law_date(trade.deadline())
    away(app, 5, day + timedelta(days=first), day + timedelta(days=last))
    trade.step("owner", "plan-draw", plan(trade))
    assert drawn_from(app)[1] == size


@pytest.mark.parametrize(("days", "size"), [(-1, 30), (0, 29)])
def test_who_is_suspended_on_the_day_of_the_evaluation_is_not_drawn(app: Flask, days: int, size: int) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    until = law_date(trade.deadline()) + timedelta(days=days)
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Expert).where(Expert.pool_number == "HB-00003").values(suspended_until=until))
    trade.step("owner", "plan-draw", plan(trade))
    assert drawn_from(app)[1] == size


def test_leave_that_came_after_the_plan_is_excluded_by_the_machine(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    trade.step("owner", "plan-draw", plan(trade))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    day = law_date(trade.deadline())
    away(app, 7, day, day)
    carry_to_opening(trade)
    trade.step("centre", "exclude-experts")
    with app.app_context():
        draw = db.session.scalars(select(Draw)).one()
        assert draw.exclusions is not None
        assert list(draw.exclusions["ids"].values()) == ["on_leave"]


def test_an_interest_that_an_expert_declared_excludes_him(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    owner: Any = trade.people["owner"].organization
    with app.app_context(), transaction(db.session):
        one = db.session.scalars(select(Expert).where(Expert.pool_number == "HB-00009")).one()
        one.interests = [{"uscc": owner.uscc}]
    trade.step("owner", "plan-draw", plan(trade))
    assert drawn_from(app)[1] == 29


def test_the_countys_experts_without_training_are_not_drawn(app: Flask) -> None:
    trade = published(app)
    with app.app_context(), transaction(db.session):
        old = app.extensions["clock"].now() - timedelta(days=500)
        numbers = ["HB-00001", "HB-00002", "HB-00020"]
        db.session.execute(update(Expert).where(Expert.pool_number.in_(numbers)).values(imported_at=old))
    trade.step("owner", "plan-draw", plan(trade, pool="county"))
    assert drawn_from(app) == (Pool.COUNTY, COUNTY - 2)
