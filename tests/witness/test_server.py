"""The witness over HTTP 见证服务, over a real socket of this machine, with the platform's own client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from tests.witness.logs import SmallLog
from trading.checkpoints.faults import NoWitness
from trading.checkpoints.witnesses import HttpWitness
from trading.clock import StoppedClock
from trading.ledger import merkle, notes
from trading.witness.requests import ask
from trading.witness.server import server
from trading.witness.witness import Witness, WitnessRefuses, set_up

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    """A witness that knows the log."""
    made = set_up(tmp_path / "witness", "supervisor.example/witness", StoppedClock(NOW))
    made.know(SmallLog().key.verifier)
    return made


@pytest.fixture
def port(witness: Witness) -> Iterator[int]:
    """Where it answers."""
    running = server(witness, "127.0.0.1", 0)
    thread = Thread(target=running.serve_forever)
    thread.start()
    yield running.server_port
    running.shutdown()
    thread.join()
    running.server_close()


def post(port: int, path: str, body: bytes, **headers: str) -> tuple[int, str | None, str]:
    """Status, content type and text of an answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("POST", path, body=body, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read().decode()
    finally:
        line.close()


def test_a_checkpoint_is_posted_and_the_signature_line_comes_back(port: int, witness: Witness) -> None:
    log = SmallLog.of(5)
    status, _kind, line = post(port, "/add-checkpoint", log.request())
    assert status == 200
    assert notes.verified(log.note() + line.encode(), log.key.verifier, [witness.key.verifier], 1)


def test_a_stale_size_is_a_conflict_that_tells_the_size(port: int) -> None:
    post(port, "/add-checkpoint", SmallLog.of(5).request())
    assert post(port, "/add-checkpoint", SmallLog.of(7).request()) == (409, "text/x.tlog.size", "5\n")


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/add-checkpoint", b"", {}, 400),
        ("/add-checkpoint", b"old 0\n", {}, 400),
        ("/add-checkpoint", b"x", {"Content-Length": "x"}, 411),
        ("/add-checkpoint", b"x", {"Content-Length": "70000"}, 413),
        ("/", b"x", {}, 404),
    ],
)
def test_what_is_no_request_is_refused(port: int, path: str, body: bytes, headers: dict[str, str], status: int) -> None:
    assert post(port, path, body, **headers)[0] == status


def test_nothing_is_to_be_read_there(port: int) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/add-checkpoint")
    assert line.getresponse().status == 501
    line.close()


def test_the_platforms_client_gets_lines_sizes_and_reasons(port: int, witness: Witness) -> None:
    client = HttpWitness(f"http://127.0.0.1:{port}/", witness.key.verifier)
    log = SmallLog.of(5)
    assert client.cosign(ask(0, [], log.note())).startswith("\u2014 supervisor.example/witness ")
    with pytest.raises(WitnessRefuses) as stale:
        client.cosign(ask(0, [], SmallLog.of(7).note()))
    assert (stale.value.status, stale.value.size) == (409, 5)
    with pytest.raises(WitnessRefuses) as fork:
        other = SmallLog.of(7, "other")
        client.cosign(ask(5, merkle.consistency_proof(other.leaves, 5), other.note()))
    assert (fork.value.status, fork.value.size) == (422, None)


def test_a_witness_that_is_not_there_is_told_of_plainly(witness: Witness) -> None:
    gone = server(witness, "127.0.0.1", 0)
    gone.server_close()
    with pytest.raises(NoWitness) as away:
        HttpWitness(f"http://127.0.0.1:{gone.server_port}", witness.key.verifier).cosign(ask(0, [], b"x\n1\ny\n"))
    assert "见证方" in away.value.zh and "witness" in away.value.en
