"""Splitting and the year of an owner 化整为零与年度占比: found across lots, with the lots listed, alarms raised."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, people
from tests.phases.papers import paper, terms
from trading.codelists import Answer, Method, Status
from trading.database import db, transaction
from trading.models import Alarm, Lot
from trading.rules import CONDITIONS
from trading.rules.rule import Finding
from trading.steps import Step
from trading.workflow.facts import RecordCase
from trading.workflow.siblings import owner_year

GOODS = {"category": "goods", "estimate": "1500000", "scope": "水泵"}
THREE = {"lots": [{**GOODS, "title": title} for title in ("一标段", "二标段", "三标段")]}
SMALL = {"budget": "1500000", "ceiling": "1500000", "bond": "30000"}
WITHOUT_TENDER = {
    "method": "negotiation", "ground": "works_not_tendered", "reasons": "规模较小", "evidence": [paper()],
}  # fmt: skip


def asked(app: Flask, code: str, id: str, step: Step = Step.FIX_METHOD) -> Finding:
    """What the condition says of the lot as it stands in the records."""
    with app.app_context():
        lot = db.session.scalars(select(Lot).where(Lot.code == code)).one()
        now = app.extensions["clock"].now()
        return CONDITIONS[id].ask(RecordCase(db.session, lot, now, app.extensions["tools"], step=step))


def choose(app: Flask, *methods: Method | None, **changed: Any) -> None:
    """Give the lots, in the order of their codes, their methods."""
    with app.app_context(), transaction(db.session):
        for lot, method in zip(db.session.scalars(select(Lot).order_by(Lot.code)), methods, strict=True):
            lot.method = method
            for name, value in changed.items():
                setattr(lot, name, value)


@pytest.fixture
def three(app: Flask) -> Trade:
    """A project of three lots of goods of 1.5 million each; its first lot is registered."""
    return a_lot(app, people(app), Status.REGISTERED, project=THREE)


def codes(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Lot.code).order_by(Lot.code)))


@pytest.mark.parametrize("id", ["R01.C2", "R01.C3"])
def test_three_lots_of_a_project_that_reach_the_size_together_and_are_not_tendered_are_listed(app, three, id):
    choose(app, Method.NEGOTIATION, Method.NEGOTIATION, Method.OPEN_TENDER)
    finding = asked(app, three.code, id)
    assert finding.answer is Answer.FAILED
    assert all(code in finding.actual and code in finding.actual_en for code in codes(app))
    assert "4,500,000.00" in finding.actual


@pytest.mark.parametrize("id", ["R01.C2", "R01.C3"])
def test_lots_that_are_all_tendered_avoid_nothing_and_those_not_yet_chosen_are_not_judged(app, three, id):
    choose(app, *[Method.OPEN_TENDER] * 3)
    assert asked(app, three.code, id).answer is Answer.PASSED
    choose(app, Method.OPEN_TENDER, Method.OPEN_TENDER, None)
    assert asked(app, three.code, id).answer is Answer.UNKNOWN


@pytest.mark.parametrize("status", [Status.FAILED, Status.TERMINATED])
def test_lots_that_ended_are_no_parts(app, three, status):
    choose(app, *[Method.NEGOTIATION] * 3)
    with app.app_context(), transaction(db.session):
        for lot in db.session.scalars(select(Lot).where(Lot.code != three.code)):
            lot.status = status
    assert asked(app, three.code, "R01.C2").answer is Answer.PASSED


def test_parts_in_another_project_of_the_same_code_count_within_twelve_months_and_no_longer(app):
    one = {"lots": [{**GOODS, "title": "一标段"}]}
    first = a_lot(app, people(app), Status.REGISTERED, project=one)
    second = a_lot(app, people(app), Status.REGISTERED, project={**one, "name": "野三关镇农村饮水安全工程（二期）"})
    choose(app, Method.NEGOTIATION, Method.NEGOTIATION)
    finding = asked(app, second.code, "R01.C3")
    assert finding.answer is Answer.FAILED
    assert first.code in finding.actual
    assert asked(app, second.code, "R01.C2").answer is Answer.PASSED
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot).where(Lot.code == first.code)).one()
        lot.registered_at = lot.registered_at - timedelta(days=400)
    assert asked(app, second.code, "R01.C3").answer is Answer.PASSED


def test_another_code_or_another_owner_is_another_purchase(app):
    one = {"lots": [{**GOODS, "title": "一标段"}]}
    first = a_lot(app, people(app), Status.REGISTERED, project=one)
    a_lot(app, people(app), Status.REGISTERED, project={**one, "investment_code": "2026-422823-48-01-999999"})
    choose(app, Method.NEGOTIATION, Method.NEGOTIATION)
    assert asked(app, first.code, "R01.C3").answer is Answer.PASSED


def test_the_decision_that_lets_a_part_go_without_tender_raises_the_alarm_with_its_lots(app, three):
    choose(app, None, Method.NEGOTIATION, None)
    three.step("owner", "prepare-terms", terms(**SMALL))
    three.step("owner", "file-conditions")
    three.step("supervisor", "answer-filing", {"answer": "no_issue"})
    three.step("owner", "apply-for-exception", WITHOUT_TENDER)
    three.step("authority", "decide-exception", {"approved": True, "number": "1", "reasons": "同意"})
    with app.app_context():
        alarms = {one.condition: one for one in db.session.scalars(select(Alarm))}
    assert {"R01.C2", "R01.C3", "R05.C8"} <= set(alarms)
    assert all(code in alarms["R01.C3"].actual for code in codes(app))


def test_the_year_of_an_owner_counts_what_was_chosen_and_registered_in_it(app, three):
    choose(app, Method.OPEN_TENDER, Method.NEGOTIATION, Method.NEGOTIATION)
    with app.app_context():
        lot = db.session.scalars(select(Lot).where(Lot.code == three.code)).one()
        now, owner = lot.registered_at, lot.project.owner_id
        today = now.date()
        assert owner_year(db.session, owner, today).total == Decimal(1_500_000)
    choose(app, Method.OPEN_TENDER, Method.NEGOTIATION, None, registered_at=now)
    with app.app_context():
        year = owner_year(db.session, owner, today)
        assert (year.total, year.not_open, year.lots) == (Decimal(3_000_000), Decimal(1_500_000), (codes(app)[1],))
        assert owner_year(db.session, owner, today.replace(year=2025)).total == 0
    assert asked(app, codes(app)[1], "R05.C8").answer is Answer.FAILED
    assert asked(app, three.code, "R05.C8").answer is Answer.NOT_APPLICABLE
