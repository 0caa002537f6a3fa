"""``trading audit``: a file or all lots of this installation, a report as JSON, one sentence where a file is bad."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tests.audit.files import SOUND, auction, written
from tests.builders import a_lot, people
from trading import cli
from trading.codelists import Status


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setattr(cli, "house", lambda: app)
    monkeypatch.setenv("CI", "1")
    return lambda *words: CliRunner().invoke(cli.main, ["audit", *map(str, words)])


def test_a_file_is_told_breach_by_breach_with_its_source(run, tmp_path):
    done = run(written(tmp_path, auction("7", *SOUND[:2])), "--law-on", "2026-03-02")
    assert done.exit_code == 0
    assert "7  R10.C7  不少于3个 → 2个（《招标投标法实施条例》第四十四条第二款·条文已核对" in done.output
    assert json.loads(done.output.splitlines()[-1])["breaches"] == {"R10.C7": 1}


def test_a_bad_file_is_told_in_one_sentence(run, tmp_path):
    done = run(written(tmp_path, auction("7", ("甲", "many", "", "1"))))
    assert done.exit_code == 1
    assert "Line 2, column bid: 'many'" in done.output
    assert "Traceback" not in done.output


def test_either_a_file_or_all(run, tmp_path):
    assert run().exit_code == run("--all", written(tmp_path, [])).exit_code == 2


@pytest.mark.both_databases
def test_all_lots_of_this_installation_are_asked_and_the_report_names_what_is_missing(app, run, tmp_path):
    persons = people(app)
    opened, draft = a_lot(app, persons, Status.OPENED), a_lot(app, persons, Status.DRAFT)
    out = tmp_path / "all.json"
    assert run("--all", "--json", out).exit_code == 0
    report = json.loads(out.read_text("utf-8"))
    lots = {lot["lot"]: lot for lot in report["lots"]}
    assert set(lots) == {opened.code, draft.code}
    assert [one for one in lots[opened.code]["breaches"] if one["severity"] == "B"] == []
    unknown = report["unknown_sets"][lots[draft.code]["unknown"]]
    assert "R07.C3" not in unknown, "the notice is still to come"
    assert all(len(missing) > 3 for missing in unknown.values())


def test_an_empty_installation_has_nothing_to_breach(run, tmp_path):
    done = run("--all")
    assert done.exit_code == 0
    assert json.loads(done.output.splitlines()[-1])["lots"] == 0
