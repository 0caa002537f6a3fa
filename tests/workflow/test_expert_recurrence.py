"""How often an expert sat of late 专家参评频次: counted by days, by owner, by agency and by winner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.phases.late_lots import CODE, Late, awarded, evaluated
from trading.clock import StoppedClock
from trading.codelists import Answer, Category
from trading.database import db, transaction
from trading.models import Entrustment, Lot, Member, Project
from trading.rules import CONDITIONS
from trading.rules.case import AppearanceFacts
from trading.workflow.expert_recurrence import recurrence
from trading.workflow.facts import RecordCase

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def the_lot() -> Lot:
    """The lot of the test, in the application context."""
    return db.session.scalars(select(Lot).where(Lot.code == CODE)).one()


def sat_before(late: Late, *ago: timedelta, owner: str = "owner", agency: str = "") -> None:
    """Seat expert1 on an earlier lot of ``owner`` so long before the committee of this one; ``agency`` runs it."""
    with late.app.app_context(), transaction(db.session):
        now = db.session.scalars(select(Member.seated_at).join(Lot, Lot.id == Member.lot_id).where(Lot.code == CODE))
        seated, first = now.first(), the_lot().project
        assert seated is not None
        project = Project(
            name="旧项目", owner_id=late.users[owner].organization_id, type=first.type, district=first.district,
            created_at=seated, created_by_id=first.created_by_id,
        )  # fmt: skip
        db.session.add(project)
        db.session.flush()
        if agency:
            for one in (project, first):
                db.session.add(Entrustment(
                    project_id=one.id, agency_id=late.users[agency].organization_id, scope="招标", given_at=seated
                ))  # fmt: skip
        for number, before in enumerate(ago, 1):
            when = seated - before
            lot = Lot(
                project_id=project.id, number=number, code=f"{project.id}-{number}", title="旧标段", estimate=1,
                category=Category.CONSTRUCTION, created_at=when, status_since=when,
            )  # fmt: skip
            db.session.add(lot)
            db.session.flush()
            user = late.users["expert1"]
            db.session.add(Member(lot_id=lot.id, user_id=user.id, expert_id=user.expert_id, name="张", seated_at=when))


def of_expert1(late: Late) -> AppearanceFacts:
    """What is counted of expert1."""
    with late.app.app_context():
        found = recurrence(db.session, the_lot(), 90)
        assert found is not None
        return next(one for one in found if one.expert == late.users["expert1"].expert_id)


def answer(late: Late) -> Answer:
    """What R11.C17 says of the lot."""
    with late.app.app_context():
        case = RecordCase(db.session, the_lot(), late.clock.now(), late.app.extensions["tools"])
        return CONDITIONS["R11.C17"].ask(case).answer


@pytest.mark.both_databases
def test_committees_of_the_last_ninety_days_with_the_same_owner_are_counted(app: Flask, clock: StoppedClock) -> None:
    late = evaluated(app, clock)
    assert (of_expert1(late).with_owner, answer(late)) == (1, Answer.PASSED)
    sat_before(late, 30 * DAY, 90 * DAY, 90 * DAY + SECOND)
    assert (of_expert1(late).with_owner, answer(late)) == (3, Answer.PASSED)
    sat_before(late, DAY)
    assert (of_expert1(late).with_owner, answer(late)) == (4, Answer.FAILED)


def test_another_owners_committees_count_only_where_the_agency_is_the_same(app: Flask, clock: StoppedClock) -> None:
    late = evaluated(app, clock)
    sat_before(late, DAY, 2 * DAY, owner="bidder5")
    assert of_expert1(late) == AppearanceFacts(late.users["expert1"].expert_id or "", 1, 0, 0)
    sat_before(late, DAY, 2 * DAY, owner="bidder5", agency="bidder4")
    assert (of_expert1(late).with_owner, of_expert1(late).with_agency) == (1, 3)


def test_a_winner_counts_once_the_winner_is_fixed(app: Flask, clock: StoppedClock) -> None:
    assert of_expert1(awarded(app, clock)).with_winner == 1


def test_nothing_is_known_before_a_committee_is_seated(app: Flask, clock: StoppedClock) -> None:
    late = evaluated(app, clock)
    with app.app_context(), transaction(db.session):
        for member in db.session.scalars(select(Member)):
            db.session.delete(member)
    assert answer(late) is Answer.UNKNOWN
