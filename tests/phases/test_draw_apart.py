"""A draw run on another machine 离线抽取对照: exported, computed from the file alone, compared with the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tests.phases.draws import diced, invited, reveal
from trading import draw_commands
from trading.cli import main
from trading.database import db, transaction
from trading.models import Draw, Expert, Invitation, LedgerEntry


def test_the_record_agrees_with_another_machine_until_somebody_changes_it(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw_commands, "create_app", lambda: app)

    def draw(*arguments: object) -> Result:
        return CliRunner().invoke(main, ["draw", *map(str, arguments)])

    trade = diced(app)
    early = draw("--export", trade.code, "-o", tmp_path / "early.json")
    assert early.exit_code == 1 and "Nothing is revealed yet" in early.output and not (tmp_path / "early.json").exists()
    assert draw("--export", "NONE", "-o", tmp_path / "none.json").exit_code == 1
    reveal(trade)
    assert draw("--export", trade.code, "-o", tmp_path / "first.json").exit_code == 0
    trade.step(invited(trade)[0], "refuse-invitation", {"code": "illness"})
    reveal(trade)
    assert draw("--export", trade.code, "-o", tmp_path / "second.json").exit_code == 0
    for name in ("first", "second"):
        assert draw("--run", tmp_path / f"{name}.json", "-o", tmp_path / f"{name}.out").exit_code == 0
        same = draw("--import", tmp_path / f"{name}.out")
        assert same.exit_code == 0 and "AGREES" in same.output, same.output
    with app.app_context():
        text = (tmp_path / "second.json").read_text()
        people = db.session.scalars(select(Expert)).all()
        assert not [one for one in people if one.name in text or one.identity_number in text or one.id in text]
        exports = select(LedgerEntry).where(LedgerEntry.kind == "document.exported")
        assert len(db.session.scalars(exports).all()) == 2
    told = json.loads((tmp_path / "second.out").read_bytes())
    told["outcomes"][0]["selected"][0]["rank"] += 1
    (tmp_path / "lie.out").write_text(json.dumps(told))
    lie = draw("--import", tmp_path / "lie.out")
    assert lie.exit_code == 1 and "DIFFERS" in lie.output and "Round 0 differs" in lie.output
    for wrong in (
        "{}",
        "no json",
        "[" * 100_000,
        json.dumps({**told, "draw": "X"}),
        json.dumps({**told, "outcomes": 7}),
    ):
        (tmp_path / "wrong.out").write_text(wrong)
        assert draw("--import", tmp_path / "wrong.out").exit_code == 1, wrong[:40]
    with app.app_context(), transaction(db.session):
        one = db.session.scalars(select(Draw)).one()
        friend = next(leaf["id"] for leaf in one.pool if leaf["id"] not in json.dumps(one.results))
        results = json.loads(json.dumps(one.results))
        results[0]["selected"][0]["id"] = friend
        one.results = results
        assert len(db.session.scalars(select(Invitation)).all()) == 5
    steered = draw("--import", tmp_path / "second.out")
    assert steered.exit_code == 1 and "does not follow from the inputs" in steered.output
