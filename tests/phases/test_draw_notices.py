"""The notifier's list 抽取通知名单: sealed to his own key, on record, and for nobody else's eyes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as
from tests.phases.draws import diced, invited, reveal
from trading.cli import main
from trading.database import db
from trading.models import Expert, LedgerEntry, Message


def test_names_leave_only_sealed_to_the_notifiers_key_and_on_record(app: Flask, tmp_path: Path) -> None:
    trade = diced(app)
    run = CliRunner().invoke
    made = run(main, ["notifier-key", "-o", str(tmp_path / "own.key")])
    run(main, ["notifier-key", "-o", str(tmp_path / "other.key")])
    recipient, path = made.output.strip(), f"/api/v1/lots/{trade.code}/draw/notices"
    supervisor = client_as(app, trade.people["supervisor"])
    assert supervisor.post(path, json={"recipient": recipient}).status_code == 404
    reveal(trade)
    for who in ("centre", "owner", "oversight", "administrator", "notary", "bidder1"):
        assert client_as(app, trade.people[who]).post(path, json={"recipient": recipient}).status_code == 403
    for wrong in (None, "", "age1", recipient[:-1], 7, "x" * 81):
        assert supervisor.post(path, json={"recipient": wrong}).status_code == 400
    page = supervisor.get(f"/lots/{trade.code}/draw/notices")
    sent = supervisor.post(path, json={"recipient": recipient})
    assert page.status_code == 200 and sent.status_code == 200
    (tmp_path / "list.age").write_bytes(sent.data)
    shut = run(main, ["open-notices", str(tmp_path / "list.age"), "--key", str(tmp_path / "other.key")])
    assert shut.exit_code == 1 and "does not open" in shut.output
    told = json.loads(
        run(main, ["open-notices", str(tmp_path / "list.age"), "--key", str(tmp_path / "own.key")]).output
    )
    assert [one["number"] for one in told["notices"]] == [1, 2, 3, 4]
    with app.app_context():
        names = {one.name for one in db.session.scalars(select(Expert))}
        called = {trade.people[login].name for login in invited(trade)}
        assert {one["name"] for one in told["notices"]} == called
        assert not [name for name in names if name.encode() in sent.data or name in page.text]
        reads = select(LedgerEntry.body).where(LedgerEntry.kind == "secret.read")
        assert any("notices of" in body for body in db.session.scalars(reads))
        messages = [one for one in db.session.scalars(select(Message)) if "号通知" in one.subject_zh]
        assert sorted(one.subject_zh for one in messages) == [f"评标邀请（{n}号通知）" for n in (1, 2, 3, 4)]
        assert not [one for one in messages if trade.lot().name in one.text_zh or trade.code in one.text_zh]


@pytest.mark.parametrize("key", ["", "AGE-SECRET-KEY-1", "\x00"])
def test_a_file_that_is_no_key_is_refused_in_one_sentence(tmp_path: Path, key: str) -> None:
    (tmp_path / "list.age").write_bytes(b"age-encryption.org/v1\n")
    (tmp_path / "own.key").write_text(key)
    told = CliRunner().invoke(main, ["open-notices", str(tmp_path / "list.age"), "--key", str(tmp_path / "own.key")])
    assert told.exit_code == 1 and told.output.startswith("Error: ")
