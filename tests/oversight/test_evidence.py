"""The evidence file is handed out 导出证据文件: to oversight alone, once the record is closed, each time on record."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.oversight.reading import pdf_of, text_of
from tests.phases import draws
from tests.test_whole_procedure import archived
from tools import verify
from trading import evidence_commands
from trading.app import lend
from trading.clock import StoppedClock
from trading.database import db, transaction
from trading.models import Alarm, BankLine, LedgerEntry

OTHERS = ["owner", "agency", "centre", "bidder1", "expert1", "administrator", "authority", "supervisor", None]


@pytest.fixture
def running(app: Flask, clock: StoppedClock) -> Trade:
    """A published lot, in a house with a witness."""
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    return a_lot(app, people(app))


@pytest.fixture
def ended(running: Trade) -> Trade:
    """The same, terminated, with nothing open."""
    archive_terminated(running)
    return running


def archive_terminated(trade: Trade) -> None:
    """End the lot by the owner's termination; close every alarm and return every bond, so that its record closes."""
    trade.step("owner", "terminate", {"ground": "owner_cause", "reason": "规划调整"})
    with trade.app.app_context(), transaction(db.session):
        for one in db.session.scalars(select(Alarm).where(Alarm.closed_at.is_(None))):
            one.closed_at = trade.clock.now()
        for bond in db.session.scalars(select(BankLine)):
            bond.refunded_at = trade.clock.now()
    trade.tick()


def verified(trade: Trade, data: bytes, tmp_path: Path) -> int:
    """The answer of the stand-alone verifier, with the keys of the installation."""
    path, keeper = tmp_path / "evidence.zip", trade.app.extensions["tools"].keeper
    path.write_bytes(data)
    witness = [word for key in keeper.witness_keys for word in ("--witness-key", str(key))]
    return verify.main([str(path), "--log-key", str(keeper.key.verifier), *witness])


@pytest.mark.both_databases
def test_oversight_exports_a_file_that_a_stranger_verifies(ended: Trade, tmp_path: Path, capsys: Any) -> None:
    answer = client_as(ended.app, ended.people["oversight"]).get(f"/lots/{ended.code}/evidence.zip")
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert verified(ended, answer.data, tmp_path) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert "end 结局: terminated" in told and "规划调整" in told


@pytest.mark.both_databases
def test_a_lot_walked_from_registration_to_archive_is_verified_by_a_stranger(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = archived(app)
    answer = client_as(app, trade.people["oversight"]).get(f"/lots/{trade.code}/evidence.zip")
    assert answer.status_code == 200, answer.text
    status = verified(trade, answer.data, tmp_path)
    told = capsys.readouterr().out
    assert status == 0, told
    assert "end 结局: awarded" in told and "bids 3" in told and "experts seated 专家: 4" in told


def test_a_lot_of_two_envelopes_walked_to_its_archive_is_verified_too(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = archived(app, terms={"two_envelopes": True})
    answer = client_as(app, trade.people["oversight"]).get(f"/lots/{trade.code}/evidence.zip")
    assert answer.status_code == 200, answer.text
    status = verified(trade, answer.data, tmp_path)
    told = capsys.readouterr().out
    assert status == 0, told
    assert "end 结局: awarded" in told and "bids 6" in told


def test_as_json_it_is_the_same_file_and_each_export_is_on_record_behind_the_end(ended: Trade) -> None:
    client = client_as(ended.app, ended.people["oversight"])
    page = client.get(f"/lots/{ended.code}/evidence.zip")
    again = client.get(f"/api/v1/lots/{ended.code}/evidence")
    assert page.data == again.data and page.headers["X-Content-SHA256"] == again.headers["X-Content-SHA256"]
    with ended.app.app_context():
        query = select(LedgerEntry).where(LedgerEntry.kind == "document.exported").order_by(LedgerEntry.seq)
        kept = db.session.scalars(query).all()
    assert [one.chain for one in kept] == [f"{ended.code}/after"] * 2
    assert all(one.actor == ended.people["oversight"].actor for one in kept)
    assert page.headers["X-Content-SHA256"] in json.loads(kept[0].body or "")["what"]


def test_before_the_record_is_closed_it_is_refused_with_that_sentence(running: Trade) -> None:
    client = client_as(running.app, running.people["oversight"])
    answer = client.get(f"/api/v1/lots/{running.code}/evidence", headers={"Accept-Language": "en"})
    assert answer.status_code == 422 and answer.json["reason"] == "not_final"
    assert "The PDF dossier can be had at any time" in answer.text
    page = client.get(f"/lots/{running.code}/evidence.zip")
    assert page.status_code == 422 and "存证链尚未封存" in page.text
    with running.app.app_context():
        assert db.session.scalar(select(LedgerEntry.seq).where(LedgerEntry.kind == "document.exported")) is None


def test_without_a_witness_no_file_is_handed_out(app: Flask, ended: Trade, clock: StoppedClock) -> None:
    app.config["TRADING_WITNESS"] = None
    lend(app, ended.clock)
    answer = client_as(app, ended.people["oversight"]).get(f"/api/v1/lots/{ended.code}/evidence")
    assert answer.status_code in (422, 503) and answer.json["reason"] == "no_witness"


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_oversight_is_given_it_or_shown_its_button(running: Trade, who: str | None) -> None:
    client = client_as(running.app, running.people[who] if who else None)
    for address in (f"/lots/{running.code}/evidence.zip", f"/api/v1/lots/{running.code}/evidence"):
        assert client.get(address).status_code in (302, 401, 403)
    assert "evidence.zip" not in client.get(f"/lots/{running.code}").text


def test_oversight_finds_its_button_on_the_lot_s_page(running: Trade) -> None:
    page = client_as(running.app, running.people["oversight"]).get(f"/lots/{running.code}")
    assert f"/lots/{running.code}/evidence.zip" in page.text


def test_the_dossier_carries_the_file_its_checkpoint_as_text_and_code_and_a_signature(
    ended: Trade, tmp_path: Path
) -> None:
    pdf = pdf_of(ended.app, ended.code)
    reader = PdfReader(BytesIO(pdf))
    name = f"evidence-{ended.code}.zip"
    assert list(reader.attachments) == [name]
    data = reader.attachments[name][0]
    assert verified(ended, data, tmp_path) == 0
    text = text_of(pdf)
    assert "十五、证据文件与电子签章" in text and "没有认证机构为其担保" in text and "badong.example/ledger" in text
    with zipfile.ZipFile(BytesIO(data)) as archive:
        note = archive.read("checkpoint.note").decode()
    assert re.sub(r"\s+", "", note) in text
    fields = reader.get_fields() or {}
    assert fields["platform_seal"]["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert {one.get_object()["/AFRelationship"] for one in reader.root_object["/AF"]} == {"/Data"}
    assert pdf_of(ended.app, ended.code) == pdf


def test_a_dossier_without_the_file_says_why_and_is_signed_too(running: Trade) -> None:
    pdf = pdf_of(running.app, running.code, language="en")
    reader = PdfReader(BytesIO(pdf))
    assert list(reader.attachments) == []
    assert "Therecordofthislotisnotclosedyet" in text_of(pdf)
    assert "platform_seal" in (reader.get_fields() or {})


def test_the_command_writes_the_same_file_and_says_why_it_does_not(
    ended: Trade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_commands, "create_app", lambda: ended.app)
    target = tmp_path / "out.zip"
    done = CliRunner().invoke(evidence_commands.export_command, [ended.code, "-o", str(target)])
    assert done.exit_code == 0, done.output
    page = client_as(ended.app, ended.people["oversight"]).get(f"/lots/{ended.code}/evidence.zip")
    assert target.read_bytes() == page.data and page.headers["X-Content-SHA256"] in done.output
    nothing = CliRunner().invoke(evidence_commands.export_command, ["BD-0", "-o", str(tmp_path / "none.zip")])
    assert nothing.exit_code == 1 and "There is no such lot" in nothing.output
    assert not (tmp_path / "none.zip").exists()


def test_a_lot_whose_expert_refused_himself_and_was_replaced_is_verified(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    """He signs as the leaf of the draw, with a key that nothing links to his own (§8.7)."""
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = draws.drawn(app)
    first, *_others = draws.invited(trade)
    trade.step(first, "refuse-invitation", {"code": "illness"})
    draws.reveal(trade)
    for login in draws.invited(trade):
        trade.step(login, "accept-invitation", {"no_conflict": True})
    trade.step("centre", "seat-committee")
    with app.app_context():
        (refusal,) = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "expert.refused"))
        own = trade.people[first].signer
        assert refusal.actor == json.loads(refusal.body)["id"] != own and own not in refusal.body
    archive_terminated(trade)
    answer = client_as(app, trade.people["oversight"]).get(f"/lots/{trade.code}/evidence.zip")
    assert answer.status_code == 200, answer.text
    status = verified(trade, answer.data, tmp_path)
    assert status == 0, capsys.readouterr().out
