"""The offline commands 离线命令: from keys to shares without any server, and every fault in one sentence."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path
from typing import Any

import click
import pyrage
import pytest
from click.testing import CliRunner, Result
from pyrage import x25519

from trading.ledger.actions import is_signed, message
from trading.ledger.entries import LOG_CHAIN
from trading.sealing import ptbid
from trading.sealing.headers import check_header
from trading.sealing.key_files import PersonKeyFile
from trading.sealing_commands import COMMANDS

LOT = "BD-2026-0042"


@click.group()
def trading() -> None:
    """The commands without the house around them."""


for one in COMMANDS:
    trading.add_command(one)


def run(*words: Any, typed: str | None = None) -> Result:
    """A command line."""
    return CliRunner().invoke(trading, [str(word) for word in words], input=typed)


def told(result: Result) -> Any:
    """The JSON that a command printed."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def notice(tmp_path: Path) -> dict[str, Any]:
    """A lot with two officers in two groups, whose key files lie in ``tmp_path``."""
    groups = []
    for name in ("officer-1", "officer-2"):
        facts = told(run("officer-key", "-o", tmp_path / f"{name}.key", "--person", name))
        groups.append({"k": 1, "officers": [{"id": name, "recipient": facts["recipient"]}]})
    notice = {"tender": LOT, "lot": "1", "parts": ["single"], "groups": groups, "deadline": 1}
    (tmp_path / "notice.json").write_text(json.dumps(notice))
    sheet = {"bidder": "bidder-7", "total": "123456789", "duration_days": 90, "quality": "合格"}
    (tmp_path / "sheet.json").write_text(json.dumps(sheet))
    (tmp_path / "方案.pdf").write_bytes(b"%PDF-1.7")
    return notice


def seal(folder: Path, *more: Any) -> Result:
    """Seal the bid of the fixture."""
    return run(
        "seal", "--notice", folder / "notice.json", "--sheet", folder / "sheet.json", "--attach", folder / "方案.pdf",
        "-o", folder / "bid", *more,
    )  # fmt: skip


def bundle(folder: Path, **members: Any) -> Path:
    """What the server gives an officer."""
    header = json.loads((folder / "bid" / "header.json").read_text()) | members
    item = {"envelope": ptbid_id(header), "header": header}
    path = folder / "bundle.json"
    path.write_text(json.dumps({"tender": LOT, "officer": "officer-1", "envelopes": [item]}))
    return path


def ptbid_id(header: dict[str, Any]) -> str:
    """The id of an envelope."""
    return ptbid.envelope_id(header)


def test_a_bid_goes_from_keys_to_shares_and_opens_without_a_server(notice: dict[str, Any], tmp_path: Path) -> None:
    facts = told(seal(tmp_path))
    header = json.loads((tmp_path / "bid" / "header.json").read_text())
    check_header(header, notice["groups"], LOT, ["single"])
    ciphertext = (tmp_path / "bid" / "ciphertext.age").read_bytes()
    assert (facts["envelope"], facts["bytes"]) == (ptbid_id(header), len(ciphertext)) and facts["bytes"] == 65_536
    path, shares = bundle(tmp_path), {}
    for name in ("officer-1", "officer-2"):
        out = tmp_path / f"{name}.json"
        assert told(run("unseal-shares", path, "--key", tmp_path / f"{name}.key", "-o", out)) == {
            "shares": 1, "faults": [],
        }  # fmt: skip
        (row,) = json.loads(out.read_text())["shares"]
        assert row["envelope"] == facts["envelope"] and row["fault"] is None
        shares[name] = bytes.fromhex(row["value"])
    opened = ptbid.open_envelope(header, ciphertext, ptbid.combine(header, shares), "bidder-7")
    assert (opened.price, opened.sheet["quality"]) == ("123456789", "合格")
    assert [(one.name, one.data) for one in opened.attachments] == [("方案.pdf", b"%PDF-1.7")]


def test_a_bidder_opens_a_bid_of_his_own_with_what_he_kept(notice: dict[str, Any], tmp_path: Path) -> None:
    seal(tmp_path)
    facts = told(run("open-bid", tmp_path / "bid", "--bidder", "bidder-7"))
    assert facts["sheet"]["total"] == "123456789" and facts["files"] == ["方案.pdf"]
    result = run("open-bid", tmp_path / "bid", "--bidder", "bidder-8")
    assert result.exit_code == 1 and "bidder inside" in result.output


def test_the_public_age_tool_s_way_opens_it_too(notice: dict[str, Any], tmp_path: Path) -> None:
    seal(tmp_path)
    kept = json.loads((tmp_path / "bid" / "bid.key").read_text())
    identity = x25519.Identity.from_str(kept["identity"])
    assert b"ptprice/1" in pyrage.decrypt((tmp_path / "bid" / "ciphertext.age").read_bytes(), [identity])


def test_secret_files_are_closed_to_others_and_never_overwritten(notice: dict[str, Any], tmp_path: Path) -> None:
    seal(tmp_path)
    for path in (tmp_path / "officer-1.key", tmp_path / "bid" / "bid.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = (tmp_path / "officer-1.key").read_bytes()
    again = run("officer-key", "-o", tmp_path / "officer-1.key", "--person", "officer-1")
    assert again.exit_code == 1 and "already" in again.output
    assert (tmp_path / "officer-1.key").read_bytes() == before
    assert seal(tmp_path).exit_code == 1


def test_what_is_printed_registers_the_keys(tmp_path: Path) -> None:
    facts = told(run("officer-key", "-o", tmp_path / "o.key", "--person", "officer-9"))
    public = facts["register"]["public"]
    body = {"person": "officer-9", "pub": public, "role": "officer"}
    assert is_signed(public, message(LOG_CHAIN, "key.registered", "officer-9", body), facts["register"]["sig"])
    body = {"id": "officer-9", "recipient": facts["recipient"]}
    assert is_signed(public, message(LOG_CHAIN, "officer.key", "officer-9", body), facts["register_recipient"]["sig"])
    facts = told(run("person-key", "-o", tmp_path / "p.key", "--person", "bidder-7", "--role", "bidder"))
    body = {"person": "bidder-7", "pub": facts["register"]["public"], "role": "bidder"}
    text = message(LOG_CHAIN, "key.registered", "bidder-7", body)
    assert is_signed(facts["register"]["public"], text, facts["register"]["sig"])


def test_a_submission_is_signed_with_the_bidder_s_key(notice: dict[str, Any], tmp_path: Path) -> None:
    key = tmp_path / "b.key"
    public = told(run("person-key", "-o", key, "--person", "bidder-7", "--role", "bidder"))["register"]["public"]
    facts = told(seal(tmp_path, "--sign", key, "--bid-version", 2))
    sent = json.loads((tmp_path / "bid" / "submit.json").read_text())
    body = {"envelope": facts["envelope"], "part": "single", "version": 2}
    assert is_signed(public, message(LOT, "bid.received", "bidder-7", body), sent["sig"])
    other = tmp_path / "c.key"
    run("person-key", "-o", other, "--person", "bidder-8", "--role", "bidder")
    assert "not the bidder's" in run(
        "seal", "--notice", tmp_path / "notice.json", "--sheet", tmp_path / "sheet.json", "-o", tmp_path / "x",
        "--sign", other,
    ).output  # fmt: skip


def test_a_text_is_signed_and_shown_first_and_no_other_text_is_signed(tmp_path: Path) -> None:
    key, text = tmp_path / "b.key", tmp_path / "text"
    public = told(run("person-key", "-o", key, "--person", "bidder-7", "--role", "bidder"))["register"]["public"]
    text.write_bytes(message(LOT, "bid.withdrawn", "bidder-7", {"envelope": "00" * 32, "part": "single", "version": 1}))
    result = run("sign", key, text)
    assert is_signed(public, text.read_bytes(), result.stdout.strip())
    assert "bid.withdrawn" in result.stderr
    text.write_bytes(b"I owe you everything")
    assert run("sign", key, text).exit_code == 1


def test_a_key_behind_a_passphrase_is_read_with_it_alone(tmp_path: Path) -> None:
    key, text = tmp_path / "b.key", tmp_path / "text"
    made = run("person-key", "-o", key, "--person", "p", "--role", "bidder", "--passphrase", typed="gate\ngate\n")
    assert made.exit_code == 0 and b"ptkey" not in key.read_bytes()
    text.write_bytes(message(LOT, "bid.withdrawn", "p", {}))
    assert run("sign", key, text, typed="gate\n").exit_code == 0
    wrong = run("sign", key, text, typed="door\n")
    assert wrong.exit_code == 1 and "not the passphrase" in wrong.output


def test_a_bad_share_is_handed_in_as_the_bidders_fault(notice: dict[str, Any], tmp_path: Path) -> None:
    seal(tmp_path)
    shares = json.loads((tmp_path / "bid" / "header.json").read_text())["shares"]
    shares[0]["wrapped"] = shares[1]["wrapped"]
    out = tmp_path / "out.json"
    facts = told(run("unseal-shares", bundle(tmp_path, shares=shares), "--key", tmp_path / "officer-1.key", "-o", out))
    (row,) = json.loads(out.read_text())["shares"]
    assert facts["shares"] == 0 and row["value"] is None and "投标人" in row["fault"]


def test_an_officer_s_own_mistake_is_no_fault_of_the_bidder(notice: dict[str, Any], tmp_path: Path) -> None:
    seal(tmp_path)
    path, out = bundle(tmp_path), tmp_path / "out.json"
    text = (tmp_path / "officer-2.key").read_bytes()
    other = PersonKeyFile("officer-1", "officer", PersonKeyFile.read(text).signing, PersonKeyFile.read(text).age)
    (tmp_path / "wrong.key").write_bytes(other.text())
    run("person-key", "-o", tmp_path / "p.key", "--person", "officer-1", "--role", "officer")
    for name, sentence in (("wrong.key", "not the registered key"), ("p.key", "no opening key")):
        result = run("unseal-shares", path, "--key", tmp_path / name, "-o", out)
        assert result.exit_code == 1 and sentence in result.output
    assert not out.exists()


def test_a_rehearsal_is_answered(notice: dict[str, Any], tmp_path: Path) -> None:
    recipient = x25519.Recipient.from_str(notice["groups"][0]["officers"][0]["recipient"])
    trial = tmp_path / "trial"
    trial.write_bytes(base64.b64encode(pyrage.encrypt(b"ab" * 32, [recipient])) + b"\n")
    assert run("answer-rehearsal", trial, "--key", tmp_path / "officer-1.key").stdout.strip() == "ab" * 32
    assert run("answer-rehearsal", trial, "--key", tmp_path / "officer-2.key").exit_code == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("notice.json", "{"), ("notice.json", "[]"), ("notice.json", '{"tender": 1}'), ("notice.json", "{}"),
        ("notice.json", '{"tender":"L","groups":[],"parts":[]}'), ("sheet.json", "[]"), ("sheet.json", "{}"),
        ("notice.json", '{"tender":"L","groups":[],"parts":["single"]}'),
        ("sheet.json", '{"bidder":"b","total":1}'), ("sheet.json", '{"bidder":"b","total":"1.5"}'),
        ("sheet.json", '{"bidder":"b","total":"1","rate":0.5}'),
        ("sheet.json", '{"bidder":"b","total":"9999999999999999999"}'),
    ],
)  # fmt: skip
def test_files_that_are_not_what_they_should_be_are_told(
    notice: dict[str, Any], tmp_path: Path, file: str, text: str
) -> None:
    (tmp_path / file).write_text(text)
    result = seal(tmp_path)
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.output
    assert not (tmp_path / "bid").exists()


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"envelopes":[1]}', '{"envelopes":[{"envelope":"x","header":{}}]}'])
def test_a_bundle_that_is_none_is_told(notice: dict[str, Any], tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    result = run("unseal-shares", tmp_path / "b.json", "--key", tmp_path / "officer-1.key", "-o", tmp_path / "out")
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)


NO_KEYS = ["", "[]", '{"alg":"ptkey/2"}', '{"alg":"ptkey/1","ed25519":"","person":"p","role":"r"}']


@pytest.mark.parametrize("text", NO_KEYS)
def test_a_key_file_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "k").write_text(text)
    (tmp_path / "t").write_bytes(message(LOT, "a", "b", {}))
    result = run("sign", tmp_path / "k", tmp_path / "t")
    assert result.exit_code == 1 and "key file" in result.output
