"""Ended lots whose chain is closed 了结: at the first tick after nothing is open any more, once, and not before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, people
from trading.codelists import ObjectionTarget, Role, Severity, Status
from trading.database import db, transaction
from trading.ledger.log import read_logged
from trading.ledger.verifier import program_digest
from trading.models import Alarm, BankLine, Complaint, LedgerEntry, Lot, Objection, SupervisionOrder, User
from trading.workflow.settled import settled

pytestmark = pytest.mark.both_databases
Made = Callable[[Lot, dict[str, User], datetime], Any]


def bond(lot: Lot, _people: dict[str, User], now: datetime) -> tuple[Any, dict[str, Any]]:
    """A bond, and what settles it."""
    line = BankLine(
        lot_id=lot.id, reference="1", payer_name="甲", payer_account="1", amount=Decimal(100), paid_at=now,
        received_at=now,
    )  # fmt: skip
    return line, {"refunded_at": now}


def kept_bond(lot: Lot, people_: dict[str, User], now: datetime) -> tuple[Any, dict[str, Any]]:
    """A bond that is kept on a ground."""
    return bond(lot, people_, now)[0], {"forfeited_ground": "withdrawn"}


def objection(lot: Lot, people_: dict[str, User], now: datetime) -> tuple[Any, dict[str, Any]]:
    """An objection, and its answer."""
    user = people_["bidder1"]
    made = Objection(
        lot_id=lot.id, target=ObjectionTarget.DOCUMENTS, objector_id=user.organization_id, raised_by_id=user.id,
        text="x", raised_at=now, in_time=True, suspends=False,
    )  # fmt: skip
    return made, {"answered_at": now}


def complaint(lot: Lot, people_: dict[str, User], now: datetime) -> tuple[Any, dict[str, Any]]:
    """A complaint, and its decision, published."""
    user = people_["bidder1"]
    made = Complaint(
        lot_id=lot.id, target=ObjectionTarget.DOCUMENTS, complainant_id=user.organization_id, lodged_by_id=user.id,
        about="x", facts="x", claim="x", signatory="x", contact="x", signed=True, is_bidder=True,
        known_on=date(2026, 3, 2), lodged_at=now,
    )  # fmt: skip
    return made, {"decided_at": now, "published_at": now}


def alarm(lot: Lot, _people: dict[str, User], now: datetime) -> tuple[Any, dict[str, Any]]:
    """An alarm, closed later."""
    made = Alarm(
        lot_id=lot.id, condition="R99.C1", severity=Severity.RED, expected="a", actual="b", raised_at=now,
        responsible=Role.OWNER,
    )  # fmt: skip
    return made, {"closed_at": now}


def order(lot: Lot, people_: dict[str, User], now: datetime) -> tuple[Any, dict[str, Any]]:
    """An order of supervision, closed later."""
    made = SupervisionOrder(
        lot_id=lot.id, number="1", addressee_id=people_["owner"].organization_id, findings="x", demand="x",
        issued_at=now, issued_by_id=people_["supervisor"].id, due_on=date(2026, 4, 2),
    )  # fmt: skip
    return made, {"closed_at": now}


@pytest.fixture
def ended(app: Flask) -> Trade:
    """A lot that its owner terminated, with nothing open, before the clock came by."""
    trade = a_lot(app, people(app))
    trade.step("owner", "terminate", {"ground": "owner_cause", "reason": "规划调整"})
    with app.app_context(), transaction(db.session):
        for one in db.session.scalars(select(Alarm).where(Alarm.closed_at.is_(None))):
            one.closed_at = trade.clock.now()
    return trade


def finals(trade: Trade) -> list[dict[str, Any]]:
    """What ``dossier.final`` of the lot says, each time it was written."""
    with trade.app.app_context():
        query = select(LedgerEntry.body).where(LedgerEntry.chain == trade.code, LedgerEntry.kind == "dossier.final")
        return [json.loads(body) for body in db.session.scalars(query)]


def test_an_ended_lot_with_nothing_open_is_closed_once_and_names_its_verifier(ended: Trade) -> None:
    assert finals(ended) == []
    for _time in range(2):
        ended.tick()
    assert finals(ended) == [{"end": "terminated", "verifier": program_digest()}]


def test_what_happens_after_it_goes_into_the_companion_chain(ended: Trade) -> None:
    ended.tick()
    with ended.app.app_context(), transaction(db.session) as session:
        read_logged(session, ended.code, "oversight-1", "x", ended.clock.now())
    with ended.app.app_context():
        last = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq.desc())).first()
        assert last is not None and (last.chain, last.kind) == (f"{ended.code}/after", "secret.read")


@pytest.mark.parametrize("what", [bond, kept_bond, objection, complaint, alarm, order])
def test_while_something_is_open_the_chain_stays_open(ended: Trade, what: Made) -> None:
    with ended.app.app_context():
        with transaction(db.session):
            record, settles = what(ended.lot(), ended.people, ended.clock.now())
            db.session.add(record)
        ended.tick()
        assert finals(ended) == []
        with transaction(db.session):
            for name, value in settles.items():
                setattr(record, name, value)
        ended.tick()
        assert [one["end"] for one in finals(ended)] == ["terminated"]


def test_a_complaint_decided_but_not_published_is_open(ended: Trade) -> None:
    with ended.app.app_context():
        with transaction(db.session):
            record, _settles = complaint(ended.lot(), ended.people, ended.clock.now())
            record.decided_at = ended.clock.now()
            db.session.add(record)
        assert settled(db.session) == []


def test_a_failed_lot_ends_as_failed_and_a_running_one_not_at_all(ended: Trade) -> None:
    for status, codes in ((Status.FAILED, [ended.code]), (Status.PUBLISHED, []), (Status.SUSPENDED, [])):
        with ended.app.app_context():
            with transaction(db.session):
                ended.lot().status = status
            assert settled(db.session) == codes and settled(db.session, "BD-0") == []
    with ended.app.app_context():
        with transaction(db.session):
            ended.lot().status = Status.FAILED
        ended.tick()
        assert [one["end"] for one in finals(ended)] == ["failed"]
