"""The stand-alone verifier 独立核验程序: it accepts what is whole, and sees every change of it."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import FOLDER, vector
from tools import verify

KEYS = [
    "--log-key", "badong.example/ledger+e8319803+AZsfhHkc/HZjBFhU04netcqVRJ2HXydqg4QLBgqznPxx",
    "--witness-key", "supervisor.example/witness+5e498049+BGG3op9v3HIXXDPBmFc/0CioJHhGCXc+pyvvFPlBZdYO",
]  # fmt: skip
MUTATIONS = 120


@pytest.fixture(scope="module")
def honest() -> dict[str, bytes]:
    """The files of an honest dossier that another exporter made."""
    path = FOLDER / "dossier_honest.zip"
    if not path.is_file():
        pytest.skip(f"acceptance vectors are not here: {path}")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def below(limit: int, *what: object) -> int:
    """A number below ``limit`` that ``what`` fixes for ever."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest(), "big") % limit


def laid_out(files: dict[str, bytes], folder: Path, changed: str = "") -> str:
    """The files in a folder, with the manifest made right again after ``changed`` was changed."""
    if changed and changed != "manifest.json":
        manifest = json.loads(files["manifest.json"])
        manifest["files"][changed] = hashlib.sha256(files[changed]).hexdigest()
        files = files | {"manifest.json": verify.jcs(manifest)}
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return str(folder)


def test_a_stranger_runs_it_without_anything_of_ours(honest: dict[str, bytes]) -> None:
    command = [sys.executable, "-I", "-S", verify.__file__, str(FOLDER / "dossier_honest.zip"), *KEYS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1].startswith("VERIFIED: ")
    assert " checks passed, 0 failed" in done.stdout and "WARNING" not in done.stdout


def test_keys_of_the_file_itself_are_used_with_a_warning(
    honest: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main([laid_out(honest, tmp_path / "d")]) == 0
    assert "keys were taken from the dossier itself" in capsys.readouterr().out


def test_a_wrong_command_line_ends_with_two() -> None:
    with pytest.raises(SystemExit) as ended:
        verify.main([])
    assert ended.value.code == 2


@pytest.mark.parametrize("other", ["log", "witness", "need"])
def test_another_key_or_a_missing_witness_is_not_enough(honest: dict[str, bytes], tmp_path: Path, other: str) -> None:
    ledger = vector("ptledger1")
    keys = list(KEYS)
    if other == "log":
        keys[1] = ledger["log_vkey"]
    if other == "witness":
        keys[3] = ledger["witness_vkey"]
    assert verify.main([laid_out(honest, tmp_path / "d"), *keys, *(["--need", "2"] if other == "need" else [])]) == 1


def test_no_change_of_a_byte_or_a_line_goes_unseen(
    honest: dict[str, bytes], tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "signed", lru_cache(maxsize=None)(verify.signed))
    for number in range(MUTATIONS):
        name = sorted(honest)[below(len(honest), number, "file")]
        data = bytearray(honest[name])
        where = below(len(data), number, "place")
        match number % 4:
            case 0:
                data[where] ^= 1 << below(8, number, "bit")
            case 1:
                del data[where]
            case 2:
                data.insert(where, below(256, number, "byte"))
            case _:
                lines = bytes(data).splitlines(keepends=True)
                lines.insert(below(len(lines), number, "to"), lines.pop(below(len(lines), number, "from")))
                data = bytearray(b"".join(lines)) if b"".join(lines) != honest[name] else data[:-1]
        status = verify.main([laid_out(honest | {name: bytes(data)}, tmp_path / str(number), name), *KEYS])
        assert status == 1, (number, name, where)
        last = capsys.readouterr().out.splitlines()[-1]
        assert last.startswith(("NOT VERIFIED: ", "FAILED: Bad: ")), last


@pytest.mark.parametrize("name", ["pool-1.jsonl", "keys.jsonl", "checkpoint.note"])
def test_a_file_left_out_is_missed(honest: dict[str, bytes], tmp_path: Path, name: str) -> None:
    manifest = json.loads(honest["manifest.json"])
    del manifest["files"][name]
    files = {one: data for one, data in honest.items() if one != name} | {"manifest.json": verify.jcs(manifest)}
    assert verify.main([laid_out(files, tmp_path / "d"), *KEYS]) == 1


def test_ed25519_is_as_strict_as_its_vectors() -> None:
    for group in vector("ed25519_wycheproof")["groups"]:
        public = bytes.fromhex(group["pk"])
        for one in group["tests"]:
            held = verify.signed(public, bytes.fromhex(one["msg"]), bytes.fromhex(one["sig"]))
            assert held is (one["result"] == "valid"), one["tcId"]


def test_json_that_is_not_canonical_is_refused() -> None:
    for one in vector("rfc8785_jcs")["pt_json_accept"]:
        assert verify.jcs(one["value"]) == one["bytes"].encode()
        assert verify.strict(one["bytes"].encode(), "x") == one["value"]
    for one in vector("rfc8785_jcs")["pt_json_reject"]:
        with pytest.raises(verify.Bad):
            verify.strict(one["json"].encode("utf-8", "surrogatepass"), "x")


def test_inclusion_proofs_are_judged_as_their_probes_say() -> None:
    for one in vector("rfc6962_probes")["inclusion"]:
        root, leaf = base64.b64decode(one["root"] or ""), base64.b64decode(one["leafHash"] or "")
        proof = [base64.b64decode(node) for node in one["proof"] or ()]
        held = verify.included(leaf, one["leafIdx"], one["treeSize"], proof, root) and len(root) == 32
        assert held is not one["wantErr"], one["desc"]


def test_a_checkpoint_of_the_vectors_is_read() -> None:
    ledger, report = vector("ptledger1"), verify.Report()
    log, witness = verify.vkey(ledger["log_vkey"], 1), verify.vkey(ledger["witness_vkey"], 4)
    text, by = verify.read_note(report, ledger["checkpoint_note"].encode(), log, [witness], 1)
    size, root = verify.checkpoint(report, text, log[0])
    assert (size, root.hex(), by) == (3, ledger["entries"][-1]["root_after"], [witness[0]])
    assert report.failed == 0


def test_the_whole_public_log_is_verified_and_a_gap_is_seen(tmp_path: Path) -> None:
    ledger = vector("ptledger1")
    note, log = tmp_path / "note", tmp_path / "log.jsonl"
    note.write_text(ledger["checkpoint_note"], "utf-8")
    texts = [one["entry"] for one in ledger["entries"]]
    keys = ["--log-key", ledger["log_vkey"], "--witness-key", ledger["witness_vkey"]]
    log.write_text("".join(text + "\n" for text in texts), "utf-8")
    assert verify.main(["--log", str(log), "--checkpoint", str(note), *keys]) == 0
    log.write_text("".join(text + "\n" for text in texts[:-1]), "utf-8")
    assert verify.main(["--log", str(log), "--checkpoint", str(note), *keys]) == 1
