"""``trading check`` 假设核对: the rules asked as if it were another day, nothing written."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from tests.builders import a_lot, people
from trading import cli
from trading.beijing import at, law_date
from trading.codelists import Answer, Status
from trading.database import db
from trading.errors import NotFound
from trading.models import Alarm, LedgerEntry, Lot
from trading.planning import checking
from trading.steps import Step


def ask(app, code, day, step=None, hour=9):
    with app.app_context():
        return checking.check(db.session, code, at(date.fromisoformat(day), hour), app.extensions["tools"], step)


def kept(app, code):
    """What a careless check could change."""
    with app.app_context():
        lot = db.session.scalar(select(Lot).where(Lot.code == code))
        counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (LedgerEntry, Alarm)]
        return (lot.status, lot.version, *counts)


@pytest.fixture
def run(app, monkeypatch):
    """The command line over the test's database."""
    monkeypatch.setattr(cli, "house", lambda: app)
    return lambda *words: CliRunner().invoke(cli.main, ["check", *words])


@pytest.mark.both_databases
def test_a_bid_may_be_withdrawn_until_the_deadline_s_day_and_asking_changes_nothing(app):
    trade = a_lot(app, people(app), Status.PUBLISHED)
    before, deadline = kept(app, trade.code), law_date(trade.deadline())
    told = []
    for day in (deadline - timedelta(days=1), deadline, deadline + timedelta(days=1)):
        found = ask(app, trade.code, str(day), Step.WITHDRAW_BID, hour=23).steps[0]
        told.append({one.condition.id: one.answer for one in found.verdicts}["R10.C3"])
    assert told == [Answer.PASSED, Answer.FAILED, Answer.FAILED]
    assert kept(app, trade.code) == before


def test_all_steps_open_at_the_status_are_asked_and_unknown_stays_unknown(app):
    trade = a_lot(app, people(app), Status.METHOD_FIXED)
    answer = ask(app, trade.code, "2026-03-21")
    announce = next(one for one in answer.steps if one.step is Step.ANNOUNCE)
    assert announce.open
    told = {one.condition.id: one for one in announce.verdicts}
    assert told["R07.C3"].answer is Answer.UNKNOWN
    assert "R07.C3" in [one.condition.id for one in announce.in_the_way]


def test_the_law_day_stays_the_lot_s_own(app):
    trade = a_lot(app, people(app), Status.REGISTERED)
    assert ask(app, trade.code, "2027-01-05").law_day == date(2026, 3, 2)


def test_a_step_that_the_status_does_not_allow_is_asked_all_the_same_and_says_so(app):
    trade = a_lot(app, people(app), Status.REGISTERED)
    assert [one.open for one in ask(app, trade.code, "2026-03-21", Step.AWARD).steps] == [False]
    with pytest.raises(NotFound):
        ask(app, "no-such-lot", "2026-03-21")


def test_the_command_prints_verdicts_with_sources_and_what_stands_in_the_way(app, run):
    trade = a_lot(app, people(app), Status.METHOD_FIXED)
    told = run(trade.code, "--on", "2026-03-21", "--step", "announce")
    assert told.exit_code == 0, told.output
    for words in ("2026-03-21 09:00", "R07.C3", "无法判断", "《招标投标法》第二十四条", "障碍"):
        assert words in told.output, words
    as_json = json.loads(run(trade.code, "--on", "2026-03-21", "--json").output)
    assert as_json["as_if"] == "2026-03-21T09:00:00+08:00" and as_json["law_day"] == "2026-03-02"
    announce = next(one for one in as_json["steps"] if one["step"] == "announce")
    found = next(one for one in announce["verdicts"] if one["id"] == "R07.C3")
    assert found["verdict"] == "unknown" and found["in_the_way"] and found["sources"][0]["mark"] == "checked"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--on", "2026-02-30"), "2026-02-30"),
        (("--on", "2026-03-21", "--step", "fly"), "fly"),
        (("--on", "2026-03-21", "--at", "25:00"), "25:00"),
        ((), "--on"),
    ],
)
def test_the_command_refuses_what_is_no_day_hour_or_step(run, words, told):
    refused = run("L-1", *words)
    assert refused.exit_code != 0 and told in refused.output


def test_the_command_says_that_there_is_no_such_lot(app, run):
    refused = run("no-such-lot", "--on", "2026-03-21")
    assert refused.exit_code == 1 and "没有这个标段" in refused.output
