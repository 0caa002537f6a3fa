"""A witness cosigns a log that only grows 见证方, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.witness.logs import ORIGIN, SmallLog
from trading.clock import StoppedClock
from trading.ledger import notes
from trading.ledger.notes import LOG, SigningKey
from trading.witness import witness as module
from trading.witness.commands import witness as command
from trading.witness.witness import KEY, STATE, Seen, Witness, WitnessError, WitnessRefuses, set_up

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NAME = "supervisor.example/witness"


@pytest.fixture
def here(tmp_path: Path) -> Witness:
    """A witness that knows the log and has seen its first five entries."""
    made = set_up(tmp_path / "witness", NAME, StoppedClock(NOW))
    made.know(SmallLog().key.verifier)
    made.add_checkpoint(SmallLog.of(5).request())
    return made


def refused(witness: Witness, data: bytes) -> tuple[int, int | None]:
    """The status and size of a refusal."""
    with pytest.raises(WitnessRefuses) as refusal:
        witness.add_checkpoint(data)
    return refusal.value.status, refusal.value.size


def test_a_log_that_grew_is_cosigned_with_the_witnesss_own_time(here: Witness) -> None:
    log = SmallLog.of(12)
    note = log.note() + here.add_checkpoint(log.request(5)).encode()
    read = notes.verified(note, log.key.verifier, [here.key.verifier], 1)
    assert read.lines[1][1][4:12] == int(NOW.timestamp()).to_bytes(8, "big")
    assert here.seen(ORIGIN) == Seen(12, log.root)


def test_the_same_tree_is_cosigned_again_without_a_proof(here: Witness) -> None:
    assert here.add_checkpoint(SmallLog.of(5).request(5)) == here.add_checkpoint(SmallLog.of(5).request(5))


def broken_proof(log: SmallLog) -> bytes:
    """A request whose proof lacks its last hash."""
    head, gap, note = log.request(5).partition(b"\n\n")
    return head.rpartition(b"\n")[0] + gap + note


def with_text(old: bytes, new: bytes) -> Callable[[], bytes]:
    """A request changed after it was signed."""

    def made() -> bytes:
        data = SmallLog.of(8).request(5)
        assert old in data
        return data.replace(old, new, 1)

    return made


STRANGER = SigningKey("stranger.example/ledger", LOG, bytes(32))
THIEF = SigningKey(ORIGIN, LOG, bytes(32))
DASH = "\n\u2014 ".encode()

REFUSALS = {
    "another history": (lambda: SmallLog.of(8, "other").request(5), 422),
    "another tree of the same size": (lambda: SmallLog.of(5, "other").request(5), 409),
    "a smaller log": (lambda: SmallLog.of(4).request(4), 409),
    "a smaller log, said to be known": (lambda: SmallLog.of(4).request(0).replace(b"old 0", b"old 5"), 400),
    "a proof cut short": (lambda: broken_proof(SmallLog.of(8)), 422),
    "no proof at all": (lambda: b"old 5\n\n" + SmallLog.of(8).note(), 422),
    "a proof for the same tree": (lambda: b"old 5\n" + b"A" * 43 + b"=\n\n" + SmallLog.of(5).note(), 422),
    "first contact once more": (lambda: SmallLog.of(8).request(0), 409),
    "a log that nobody knows": (lambda: SmallLog(SmallLog.of(8).leaves, STRANGER).request(5), 404),
    "another key under the name": (lambda: SmallLog(SmallLog.of(8).leaves, THIEF).request(5), 403),
    "another size in the note": (with_text(b"\n8\n", b"\n9\n"), 403),
    "a vertical tab for a line end": (with_text(b"\n8\n", b"\x0b8\n"), 400),
    "a form feed for a line end": (with_text(b"\n8\n", b"\x0c8\n"), 400),
    "a line separator for a line end": (with_text(DASH, "\u2028\u2014 ".encode()), 400),
    "carriage returns": (with_text(b"\n8\n", b"\r\n8\r\n"), 400),
    "a loose base64": (with_text(b"=\n", b"\n"), 400),
    "no line feed at the end": (lambda: SmallLog.of(8).request(5)[:-1], 400),
    "a size with a zero before it": (with_text(b"old 5", b"old 05"), 400),
    "no size": (with_text(b"old 5", b"old"), 400),
    "too large a size": (with_text(b"old 5", b"old 99999999999999999"), 400),
    "too long": (lambda: b"old 0\n\n" + b"x" * 70_000, 400),
    "too many hashes": (lambda: b"old 5\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + SmallLog.of(8).note(), 400),
    "a proof that is no hash": (lambda: b"old 5\nAAAA\n\n" + SmallLog.of(8).note(), 400),
    "a proof in loose base64": (lambda: b"old 5\n" + b"A" * 42 + b"B=\n\n" + SmallLog.of(8).note(), 400),
    "nothing": (lambda: b"", 400),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSALS)
def test_whatever_is_no_growth_is_refused_and_leaves_the_memory_as_it_was(here: Witness, case: str) -> None:
    make, status = REFUSALS[case]
    assert refused(here, make())[0] == status
    assert here.seen(ORIGIN) == Seen(5, SmallLog.of(5).root)


def test_a_stale_size_is_answered_with_what_the_witness_has_seen(here: Witness) -> None:
    assert refused(here, SmallLog.of(8).request(3)) == (409, 5)


def test_nothing_is_proved_from_an_empty_log(tmp_path: Path) -> None:
    made = set_up(tmp_path / "witness", NAME, StoppedClock(NOW))
    made.know(SmallLog().key.verifier)
    assert refused(made, b"old 0\n" + b"A" * 43 + b"=\n\n" + SmallLog.of(8).note()) == (422, None)
    assert made.seen(ORIGIN) is None


def test_an_empty_log_has_the_root_of_nothing(tmp_path: Path) -> None:
    made, log = set_up(tmp_path / "witness", NAME, StoppedClock(NOW)), SmallLog()
    made.know(log.key.verifier)
    text = notes.Checkpoint(ORIGIN, 0, bytes(32)).text
    assert refused(made, b"old 0\n\n" + notes.write(text, [log.key.line(text)])) == (422, None)
    assert made.add_checkpoint(log.request())


def test_another_process_of_the_same_witness_remembers(here: Witness, tmp_path: Path) -> None:
    again = Witness(tmp_path / "witness", StoppedClock(NOW))
    assert refused(again, SmallLog.of(5, "other").request(5)) == (409, None)
    assert again.key.verifier == here.key.verifier


def test_no_signature_is_given_away_that_is_not_remembered(here: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(module, "replace_whole", full)
    with pytest.raises(OSError, match="no space"):
        here.add_checkpoint(SmallLog.of(8).request(5))
    assert here.seen(ORIGIN) == Seen(5, SmallLog.of(5).root)


def test_a_key_that_others_may_read_is_not_used(here: Witness, tmp_path: Path) -> None:
    (tmp_path / "witness" / KEY).chmod(0o644)
    with pytest.raises(WitnessError):
        Witness(tmp_path / "witness", StoppedClock(NOW))
    with pytest.raises(WitnessError):
        set_up(tmp_path / "witness", NAME, StoppedClock(NOW))


def test_a_log_has_a_name_and_key_of_its_own(here: Witness) -> None:
    with pytest.raises(WitnessError):
        here.know(THIEF.verifier)
    with pytest.raises(WitnessError):
        here.know(here.key.verifier)
    with pytest.raises(WitnessError):
        here.know(SigningKey(NAME, LOG, bytes(32)).verifier)


def test_a_log_that_began_anew_is_so_for_ever(here: Witness, tmp_path: Path) -> None:
    here.begin_anew(ORIGIN, "restored, incident 7")
    here.add_checkpoint(SmallLog.of(3, "other").request())
    (kept,) = here.logs()[ORIGIN]["begun_anew"]
    assert kept["reason"] == "restored, incident 7" and kept["seen"]["size"] == 5
    assert json.loads((tmp_path / "witness" / STATE).read_text())["logs"][ORIGIN]["begun_anew"] == [kept]
    with pytest.raises(WitnessError):
        here.begin_anew("nobody", "x")


def test_requests_and_answers_are_carried_as_files(tmp_path: Path) -> None:
    log, folder, run = SmallLog.of(6), str(tmp_path / "w"), CliRunner()
    made = run.invoke(command, ["init", "--state", folder, "--name", NAME])
    assert made.exit_code == 0, made.output
    assert run.invoke(command, ["know", "--state", folder, str(log.key.verifier)]).exit_code == 0
    (tmp_path / "asked").write_bytes(log.request())
    signed = run.invoke(command, ["sign", "--state", folder, str(tmp_path / "asked"), "--out", str(tmp_path / "back")])
    assert signed.exit_code == 0, signed.output
    key = notes.read_key(made.output.strip(), notes.WITNESS)
    assert notes.verified((tmp_path / "back").read_bytes(), log.key.verifier, [key], 1)
    shown = run.invoke(command, ["show", "--state", folder])
    assert json.loads(shown.output)["logs"][ORIGIN]["seen"]["size"] == 6
    again = run.invoke(command, ["sign", "--state", folder, str(tmp_path / "asked"), "--out", str(tmp_path / "no")])
    assert again.exit_code == 1 and "6" in again.output and not (tmp_path / "no").exists()
    anew = run.invoke(command, ["begin-anew", "--state", folder, ORIGIN, "--reason", "test"])
    assert anew.exit_code == 0 and Witness(tmp_path / "w", StoppedClock(NOW)).seen(ORIGIN) is None


def test_a_witness_that_was_not_set_up_says_so(tmp_path: Path) -> None:
    shown = CliRunner().invoke(command, ["show", "--state", str(tmp_path / "none")])
    assert shown.exit_code == 1 and "init" in shown.output


def test_the_witness_knows_nothing_of_the_platform() -> None:
    program = (
        "import sys, trading.witness.commands\n"
        "others = {name for name in sys.modules if name.startswith('trading.')} "
        "- {'trading.clock', 'trading.beijing', 'trading.ledger', 'trading.ledger.notes', 'trading.ledger.merkle'}\n"
        "assert all(name.startswith('trading.witness') for name in others), others\n"
        "assert not {'flask', 'sqlalchemy'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
