"""Whose turn it is 待办: the draw and its replacement rounds, and bonds that nobody may see before the opening."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import Trade, people
from tests.phases.draws import drawn, invited
from tests.portal.records import DAY, make_lots
from trading.codelists import Status
from trading.database import db, transaction
from trading.models import BankLine, Lot
from trading.portal.subjects import waiting
from trading.steps import Step


def turns(trade: Trade, who: str, *steps: Step) -> set[Step]:
    """For which of ``steps`` it is this person's turn."""
    with trade.app.app_context():
        lot = Lot.code == trade.code
        return {one.step for one in waiting(db.session, trade.people[who], trade.clock.now(), steps, lot)}


@pytest.mark.both_databases
def test_a_seat_given_back_calls_for_a_round_of_both_parties_before_the_committee_is_seated(app: Flask) -> None:
    trade = drawn(app)
    draws = (Step.REVEAL_DRAW, Step.SEAT_COMMITTEE)
    assert turns(trade, "centre", *draws) == turns(trade, "supervisor", *draws) == set()
    first, *others = invited(trade)
    trade.step(first, "refuse-invitation", {"code": "absence"})
    for login in others:
        trade.step(login, "accept-invitation", {"no_conflict": True})
    assert turns(trade, "centre", *draws) == {Step.REVEAL_DRAW}
    assert turns(trade, "supervisor", *draws) == set()
    trade.step("centre", "reveal-draw")
    assert turns(trade, "centre", *draws) == set()
    assert turns(trade, "supervisor", *draws) == {Step.REVEAL_DRAW}
    trade.step("supervisor", "reveal-draw")
    (substitute,) = invited(trade)
    assert turns(trade, "centre", *draws) == turns(trade, "supervisor", *draws) == set()
    assert turns(trade, substitute, Step.ACCEPT_INVITATION) == {Step.ACCEPT_INVITATION}
    assert turns(trade, first, Step.ACCEPT_INVITATION) == set()
    trade.step(substitute, "accept-invitation", {"no_conflict": True})
    assert turns(trade, "centre", *draws) == {Step.SEAT_COMMITTEE}
    trade.step("centre", "seat-committee")
    assert turns(trade, "centre", *draws) == set()


def test_an_aborted_draw_waits_for_nobody_but_the_owner_who_plans_anew(app: Flask) -> None:
    trade = drawn(app)
    expert = invited(trade)[0]
    assert turns(trade, "owner", Step.PLAN_DRAW) == set()
    trade.step("supervisor", "abort-draw", {"reason": "名册有误", "blame": "none"})
    assert turns(trade, expert, Step.ACCEPT_INVITATION) == set()
    assert turns(trade, "centre", Step.REVEAL_DRAW, Step.SEAT_COMMITTEE) == set()
    assert turns(trade, "owner", Step.PLAN_DRAW) == {Step.PLAN_DRAW}


@pytest.mark.parametrize(
    ("change", "seen"),
    [({}, False), ({"status": Status.BID_CLOSED}, False), ({"status": Status.FAILED}, True),
     ({"status": Status.TERMINATED}, True), ({"status": Status.OPENED, "opened_at": DAY}, True)],
)  # fmt: skip
def test_a_bond_to_refund_is_nobodys_task_while_payers_are_sealed(
    app: Flask, change: dict[str, object], seen: bool
) -> None:
    (code,) = make_lots(app, {})
    with app.app_context(), transaction(db.session):
        lot = db.session.scalar(select(Lot.id).where(Lot.code == code))
        db.session.add(
            BankLine(lot_id=lot, reference="L1", payer_name="第1建设有限公司", payer_account="62", paid_at=DAY,
                     received_at=DAY, amount=Decimal(100_000), refund_due_at=DAY - timedelta(days=1))
        )  # fmt: skip
        db.session.execute(update(Lot).where(Lot.code == code).values(**change, version=9))
    trade = Trade(app, people(app), code)
    assert (turns(trade, "centre", Step.REFUND_BOND) == {Step.REFUND_BOND}) is seen
