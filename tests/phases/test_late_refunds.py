"""A refund in procurement is due in five working days and dear when it is late 政府采购保证金退还 (R09.C8, C9)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.phases.late_lots import Late, contracted
from trading.beijing import at
from trading.clock import StoppedClock
from trading.codelists import ProjectType, Status
from trading.database import db, transaction
from trading.models import BankLine, Lot, Project
from trading.workflow.refunds import owed, start_clocks

DUE = at(date(2026, 3, 14))


@pytest.fixture
def lot(app: Flask, clock: StoppedClock) -> Late:
    """A contracted lot that is made one of procurement by tender, its refund clocks not started yet."""
    found = contracted(app, clock)
    with app.app_context(), transaction(db.session):
        db.session.scalars(select(Project)).unique().one().type = ProjectType.GP
        for line in db.session.scalars(select(BankLine)):
            line.refund_due_at = None
    return found


def by_reference(lot: Late) -> dict[str, Any]:
    """The lines by reference."""
    return {one.reference: one for one in lot.records(BankLine)}


def test_the_losers_clock_runs_from_the_award_the_winners_from_the_contract(app: Flask, lot: Late) -> None:
    with app.app_context(), transaction(db.session):
        record = db.session.scalars(select(Lot)).unique().one()
        assert start_clocks(db.session, record, lot.clock.now(), app.extensions["tools"]) == 4
        record.contracted_at = None
    assert {one.refund_due_at for one in lot.records(BankLine)} == {DUE}


@pytest.mark.parametrize(
    ("at_", "charge"),
    [
        (DUE - timedelta(seconds=1), None),
        (DUE, Decimal("14.50")),
        (DUE + timedelta(days=1), Decimal("29.00")),
        (DUE + timedelta(days=29, hours=23), Decimal("435.00")),
    ],
)
def test_a_late_refund_costs_the_benchmark_and_a_fifth_for_each_day_begun(
    app: Flask, lot: Late, at_: Any, charge: Decimal | None
) -> None:
    with app.app_context():
        record = db.session.scalars(select(Lot)).unique().one()
        line = db.session.scalars(select(BankLine).where(BankLine.reference == "R1")).one()
        line.refund_due_at = DUE
        found = owed(line, record, at_, app.extensions["tools"])
        assert found.late_charge == charge and found.interest.amount == Decimal("0.00")
        record.status = Status.TERMINATED
        assert owed(line, record, at_, app.extensions["tools"]).interest.amount > 0
        db.session.rollback()


def test_what_was_paid_for_the_delay_stands_beside_what_is_owed(app: Flask, lot: Late) -> None:
    with app.app_context(), transaction(db.session):
        for line in db.session.scalars(select(BankLine)):
            line.refund_due_at = DUE
    lot.clock.set(DUE + timedelta(hours=10))
    lines = by_reference(lot)
    first = lot.done("centre", "refund_bond", {"late_charge_paid": "14.50"}, lines["R1"].id)
    told = {one["id"]: one["answer"] for one in first["conditions"]}
    assert told["R09.C8"] == "failed" and told["R09.C9"] == "failed"
    for name in ("R2", "R3"):
        lot.done("centre", "refund_bond", {"late_charge_paid": "14.50"}, lines[name].id)
    last = lot.done("centre", "refund_bond", {"late_charge_paid": "14.50"}, lines["R4"].id)
    assert {one["id"]: one["answer"] for one in last["conditions"]}["R09.C9"] == "passed"
    assert {(one.late_charge, one.late_charge_paid) for one in lot.records(BankLine)} == {(Decimal("14.50"),) * 2}
