"""The file is closed: signatures must hold, the chain ends, and what happens later has a chain of its own 归档."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.phases.late_lots import CODE, acceptance, contracted
from trading.clock import StoppedClock
from trading.codelists import Severity, Status
from trading.database import db
from trading.ledger.log import entries_of
from trading.ledger.verifier import program_digest
from trading.ledger.verify import verify_log
from trading.models import Alarm, Contract, Lot, Member


def performed(app: Flask, clock: StoppedClock) -> Any:
    """A lot whose works are accepted."""
    lot = contracted(app, clock)
    clock.advance(timedelta(days=10))
    lot.done("owner", "accept_works", acceptance(lot))
    return lot


def kinds(app: Flask, chain: str) -> list[str]:
    """The kinds of a chain's entries, in order."""
    with app.app_context():
        return [one.kind for one in entries_of(db.session, chain)]


@pytest.mark.both_databases
def test_archiving_closes_the_chain_with_the_end_of_the_lot(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    assert "dossier.final" not in kinds(app, CODE)
    lot.done("centre", "archive")
    assert kinds(app, CODE)[-2:] == ["step.taken", "dossier.final"]
    with app.app_context():
        assert json.loads(entries_of(db.session, CODE)[-1].body) == {"end": "awarded", "verifier": program_digest()}
        assert verify_log(db.session) == []


def test_an_alarm_is_answered_and_closed_after_the_archive_in_the_chain_that_follows(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    with app.app_context():
        alarm = Alarm(
            lot_id=db.session.query(Lot).one().id, condition="R17.C13", severity=Severity.AMBER, expected="", actual="",
            expected_en="", actual_en="", raised_at=clock.now(),
        )  # fmt: skip
        db.session.add(alarm)
        db.session.commit()
        id = alarm.id
    lot.done("centre", "archive")
    closed = kinds(app, CODE)
    lot.done("owner", "answer_alarm", {"response": "已经补办备案。"}, id)
    lot.done("supervisor", "close_alarm", {"reason": "核实无误。"}, id)
    assert kinds(app, CODE) == closed
    assert kinds(app, f"{CODE}/after").count("step.taken") == 2
    with app.app_context():
        assert verify_log(db.session) == []


def test_a_step_that_is_over_is_refused_by_the_status_and_the_refusal_is_kept_after_the_end(
    app: Flask, clock: StoppedClock
):
    lot = performed(app, clock)
    lot.done("centre", "archive")
    assert lot.send("centre", "archive").status_code == 409
    assert kinds(app, f"{CODE}/after") == ["step.refused"]
    assert lot.one(Lot).status is Status.ARCHIVED


def test_a_contract_changed_after_it_was_signed_is_not_archived(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    with app.app_context():
        db.session.query(Contract).one().number = "另一合同"
        db.session.commit()
    answer = lot.send("centre", "archive")
    assert answer.status_code == 422
    assert {one["id"] for one in answer.get_json()["conditions"]} == {"R19.C7"}


def test_a_report_that_a_member_did_not_sign_is_not_archived(app: Flask, clock: StoppedClock):
    lot = performed(app, clock)
    with app.app_context():
        db.session.query(Member).first().signed_at = None
        db.session.commit()
    assert {one["id"] for one in lot.send("centre", "archive").get_json()["conditions"]} == {"R19.C7"}
