"""A restored backup stops the service 防回滚 until two people of different organisations sign the incident."""

from __future__ import annotations

import importlib
import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tests.builders import people
from trading.admin.incidents import incident, record_incident, to_sign
from trading.app import check_record
from trading.checkpoints.faults import RolledBack
from trading.checkpoints.keeper import Keeper
from trading.checkpoints.restoring import incidents
from trading.cli import main
from trading.clock import StoppedClock
from trading.database import db, transaction
from trading.errors import InvalidInput, NotConfigured, Refused
from trading.ledger import notes
from trading.ledger.log import append
from trading.ledger.verify import verify_log
from trading.models import LedgerEntry, User
from trading.replay.hands import Hands

REASON = "磁盘损坏，恢复了昨晚的备份"


@pytest.fixture
def witnessed(app: Flask, clock: StoppedClock) -> Flask:
    """The application with a witness in the same process."""
    app.config["TRADING_WITNESS"] = "demonstration"
    importlib.import_module("trading.app").lend(app, clock)
    yield app
    app.config["TRADING_WITNESS"] = None


@pytest.fixture
def command(witnessed: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command line within the application."""
    for module in ("trading.ledger_commands", "trading.cli"):
        monkeypatch.setattr(f"{module}.create_app", lambda: witnessed)
    return lambda *words: CliRunner().invoke(main, words)


def keeper(app: Flask) -> Keeper:
    """Who keeps the checkpoints."""
    return app.extensions["tools"].keeper


def write(app: Flask, count: int = 1) -> None:
    """A few entries, under a cosigned checkpoint."""
    now = app.extensions["clock"].now()
    with app.app_context():
        with transaction(db.session):
            for number in range(count):
                append(db.session, "LOT-1", "approval", "centre", {"n": number}, now)
        keeper(app).cosigned(db.session, now)


def backup(app: Flask) -> Callable[[], None]:
    """Take a backup of the database now; the answer restores it."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("restores a file")
        path = Path(str(db.engine.url.database))
    kept = path.with_suffix(".backup")
    with sqlite3.connect(path) as source, sqlite3.connect(kept) as target:
        source.backup(target)
    source.close()
    target.close()

    def restore() -> None:
        with app.app_context():
            db.session.remove() if hasattr(db.session, "remove") else db.session.close()
            db.engine.dispose()
        with sqlite3.connect(kept) as old, sqlite3.connect(path) as new:
            old.backup(new)
        old.close()
        new.close()

    return restore


def forget_the_witness(app: Flask) -> None:
    """As if the witness could not be reached."""
    keeper(app).witness = None


def lose(app: Flask) -> None:
    """As if more had been witnessed than there is."""
    kept = keeper(app)
    text = notes.Checkpoint(kept.origin, 500, bytes(32)).text
    kept.memory.keep(notes.write(text, [kept.key.line(text)]))


def signatures(app: Flask, hands: Hands, *logins: str) -> dict[str, str]:
    """What these people sign."""
    persons = people(app)
    with app.app_context():
        with transaction(db.session):
            hands.register(db.session, [persons[one] for one in logins], app.extensions["clock"].now())
        with transaction(db.session):
            text = to_sign(incident(db.session, keeper(app), REASON))
    return {persons[one].signer: hands.sign(persons[one].signer, text) for one in logins}


@pytest.fixture
def hands() -> Hands:
    """Everybody's keys."""
    return Hands(b"incident")


def test_a_record_that_goes_on_from_what_was_witnessed_starts(witnessed: Flask) -> None:
    check_record(witnessed)
    write(witnessed, 300)
    write(witnessed, 1)
    check_record(witnessed)


@pytest.mark.parametrize("away", [True, False], ids=["by the file beside it", "by the witness and the file"])
def test_a_restored_backup_does_not_start(witnessed: Flask, away: bool) -> None:
    write(witnessed, 3)
    restore = backup(witnessed)
    write(witnessed, 3)
    check_record(witnessed)
    restore()
    if away:
        forget_the_witness(witnessed)
    with pytest.raises(RolledBack) as fault:
        check_record(witnessed)
    assert "trading incident" in fault.value.zh and "trading incident" in fault.value.en
    assert fault.value.size > fault.value.found


def test_a_backup_of_database_and_folder_is_found_out_by_the_witness(witnessed: Flask) -> None:
    write(witnessed, 3)
    remembered, restore = keeper(witnessed).memory.path.read_bytes(), backup(witnessed)
    write(witnessed, 9)
    restore()
    keeper(witnessed).memory.keep(remembered)
    with pytest.raises(RolledBack):
        check_record(witnessed)
    forget_the_witness(witnessed)
    check_record(witnessed)


def test_a_restored_backup_that_grew_again_is_another_record(witnessed: Flask) -> None:
    write(witnessed, 3)
    restore = backup(witnessed)
    write(witnessed, 3)
    restore()
    forget_the_witness(witnessed)
    with witnessed.app_context(), transaction(db.session):
        for number in range(40):
            append(db.session, "LOT-2", "approval", "centre", {"n": number}, witnessed.extensions["clock"].now())
    with pytest.raises(RolledBack):
        check_record(witnessed)


def test_a_file_of_another_key_is_told_of_plainly(witnessed: Flask) -> None:
    write(witnessed, 1)
    keeper(witnessed).memory.path.write_text("altered\n")
    with pytest.raises(NotConfigured, match=r"witnessed\.note"):
        check_record(witnessed)


@pytest.mark.both_databases
def test_two_people_of_different_organisations_let_it_start_again(witnessed: Flask, hands: Hands) -> None:
    write(witnessed, 1)
    forget_the_witness(witnessed)
    lose(witnessed)
    sigs = signatures(witnessed, hands, "centre", "supervisor")
    with witnessed.app_context():
        with transaction(db.session):
            record_incident(db.session, keeper(witnessed), REASON, sigs, witnessed.extensions["clock"].now())
        (body,) = incidents(db.session)
        assert verify_log(db.session) == []
    assert body["witnessed"] == {"size": 500, "root": bytes(32).hex()} and len(body["sigs"]) == 2
    check_record(witnessed)
    keeper(witnessed).memory.path.unlink()
    with witnessed.app_context(), transaction(db.session), pytest.raises(Refused):
        incident(db.session, keeper(witnessed), REASON)


@pytest.mark.parametrize(
    ("logins", "change"),
    [
        (("centre",), {}),
        (("centre", "centre2"), {}),
        (("administrator", "supervisor"), {}),
        (("centre", "supervisor"), {"supervisor": "00" * 64}),
        (("centre", "supervisor"), {"supervisor": "x"}),
        ((), {"nobody": "00" * 64}),
    ],
    ids=["one", "one organisation", "the administrator", "a wrong signature", "no signature", "a stranger"],
)
def test_fewer_or_others_do_not(
    witnessed: Flask, hands: Hands, logins: tuple[str, ...], change: dict[str, str]
) -> None:
    write(witnessed, 1)
    forget_the_witness(witnessed)
    lose(witnessed)
    persons: dict[str, User] = people(witnessed)
    sigs = signatures(witnessed, hands, *logins)
    sigs |= {persons[one].signer if one in persons else one: sig for one, sig in change.items()}
    with witnessed.app_context(), pytest.raises(InvalidInput), transaction(db.session):
        record_incident(db.session, keeper(witnessed), REASON, sigs, witnessed.extensions["clock"].now())
    with pytest.raises(RolledBack):
        check_record(witnessed)


def test_a_later_loss_is_answered_for_by_itself(witnessed: Flask, hands: Hands) -> None:
    write(witnessed, 1)
    forget_the_witness(witnessed)
    lose(witnessed)
    sigs = signatures(witnessed, hands, "centre", "supervisor")
    with witnessed.app_context(), transaction(db.session):
        record_incident(db.session, keeper(witnessed), REASON, sigs, witnessed.extensions["clock"].now())
    kept = keeper(witnessed)
    text = notes.Checkpoint(kept.origin, 501, bytes(32)).text
    kept.memory.keep(notes.write(text, [kept.key.line(text)]))
    with pytest.raises(RolledBack):
        check_record(witnessed)


def test_an_incident_is_recorded_from_the_command_line(
    witnessed: Flask, command: Callable[..., Result], hands: Hands, tmp_path: Path
) -> None:
    write(witnessed, 1)
    forget_the_witness(witnessed)
    nothing = command("incident", "--reason", REASON, "--to-sign", str(tmp_path / "text"))
    assert nothing.exit_code == 1 and "没有需要登记的事故" in nothing.output
    lose(witnessed)
    assert "旧备份" in command("tick").output
    sigs = signatures(witnessed, hands, "centre", "supervisor")
    shown = command("incident", "--reason", REASON, "--to-sign", str(tmp_path / "text"))
    assert json.loads(shown.output)["reason"] == REASON
    assert (tmp_path / "text").read_bytes().startswith(b"ptaction/v1\n")
    for words in ((), ("--sig", "x"), ("--sig", "x=00", "--to-sign", str(tmp_path / "x"))):
        assert command("incident", "--reason", REASON, *words).exit_code == 2
    given = [word for person, sig in sigs.items() for word in ("--sig", f"{person}={sig}")]
    few = command("incident", "--reason", REASON, *given[:2])
    assert few.exit_code == 1 and "两个不同单位" in few.output
    assert command("incident", "--reason", REASON, *given).exit_code == 0
    assert command("tick").exit_code == 0


def test_the_record_is_carried_and_checked_from_the_command_line(
    witnessed: Flask, command: Callable[..., Result], tmp_path: Path
) -> None:
    write(witnessed, 3)
    keys: dict[str, Any] = json.loads(command("keys", "--json").output)
    assert keys["witnesses"] == [keys["witness"]] and keys["log"].startswith("badong.example/ledger+")
    assert keys["log"] in command("keys").output
    asked, back = str(tmp_path / "asked"), tmp_path / "back"
    witnessed.extensions["clock"].advance(timedelta(minutes=10))
    with witnessed.app_context(), transaction(db.session):
        append(db.session, "LOT-1", "approval", "centre", {}, witnessed.extensions["clock"].now())
    assert command("checkpoint", "--out", asked).exit_code == 0
    assert command("checkpoint", "--out", asked, "--since", "99999").exit_code == 2
    assert command("checkpoint", "--in", asked, "--out", asked).exit_code == 2
    state = str(witnessed.config["TRADING_DATA_DIR"] / "witness")
    assert command("witness", "sign", "--state", state, asked, "--out", str(back)).exit_code == 0
    assert "demonstration.example/witness" in command("checkpoint", "--in", str(back)).output
    back.write_bytes(b"x\n")
    assert "见证方" in command("checkpoint", "--in", str(back)).output
    assert "whole" in command("log", "--check").output
    assert command("log").exit_code == command("log", "--out", asked).exit_code == 2
    assert command("log", "--out", str(tmp_path / "log"), "--note", str(tmp_path / "note")).exit_code == 0
    key = notes.read_key(keys["log"], notes.LOG)
    size = notes.read_checkpoint(notes.verified((tmp_path / "note").read_bytes(), key).text, key.name).size
    with witnessed.app_context():
        texts = db.session.scalars(select(LedgerEntry.entry).where(LedgerEntry.seq < size).order_by(LedgerEntry.seq))
        assert (tmp_path / "log").read_text("utf-8").splitlines() == list(texts)
