"""What everybody reads of the record 存证公开数据: checkpoints, hashes, proofs; no entry, nothing beyond them."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask
from flask.testing import FlaskClient

from trading.checkpoints import cutting
from trading.database import db, transaction
from trading.ledger import merkle, notes
from trading.ledger.log import append
from trading.models import Checkpoint

JSON = {"Accept": "application/json"}


def write(app: Flask, count: int, cut: bool = True) -> None:
    """A few entries, as a rule under a checkpoint."""
    keeper, now = app.extensions["tools"].keeper, app.extensions["clock"].now()
    with app.app_context():
        with transaction(db.session):
            for number in range(count):
                append(db.session, "LOT-1", "bid.received", "bidder-1", {"n": number}, now)
        if cut:
            cutting.cut(db.session, keeper.key, now)


@pytest.fixture
def reader(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An anonymous reader of a log of 20 entries, four of them covers, and three more that no checkpoint has yet."""
    monkeypatch.setattr(cutting.secrets, "randbelow", lambda _bound: 2)
    write(app, 8)
    write(app, 8)
    write(app, 3, cut=False)
    return app.test_client()


def lines(reader: FlaskClient, path: str) -> list[str]:
    """The lines of an answer."""
    answer = reader.get(path)
    assert answer.status_code == 200 and answer.content_type == "text/plain; charset=utf-8"
    return answer.text.splitlines()


def test_the_checkpoint_is_a_signed_note_whose_root_is_that_of_the_public_leaves(
    app: Flask, reader: FlaskClient
) -> None:
    keeper = app.extensions["tools"].keeper
    note = reader.get("/ledger/checkpoint")
    told = notes.read_checkpoint(notes.verified(note.data, keeper.key.verifier).text, keeper.origin)
    leaves = [bytes.fromhex(one) for one in lines(reader, "/ledger/leaves")]
    assert (told.size, told.root) == (20, merkle.root(leaves)) and note.content_type == "text/plain; charset=utf-8"
    assert lines(reader, "/ledger/leaves?from=17") == [one.hex() for one in leaves[17:]]
    assert lines(reader, "/ledger/leaves?from=20") == []
    assert reader.get("/ledger/checkpoint?size=10").data.splitlines()[1] == b"10"


def test_the_checkpoints_are_listed_newest_first(app: Flask, reader: FlaskClient) -> None:
    listed = reader.get("/ledger/checkpoints").json["checkpoints"]
    assert [one["size"] for one in listed] == [20, 10] and listed[0]["cosigned_at"] is None
    assert [one["size"] for one in reader.get("/ledger/checkpoints?before=20").json["checkpoints"]] == [10]
    with app.app_context():
        assert listed[1]["root"] == db.session.get_one(Checkpoint, 10).root.hex()


def test_growth_and_presence_are_proved(reader: FlaskClient) -> None:
    leaves = [bytes.fromhex(one) for one in lines(reader, "/ledger/leaves")]
    grown = reader.get("/ledger/consistency?old=10").json
    proof = [bytes.fromhex(one) for one in grown["proof"]]
    assert merkle.consistent(10, grown["new"], merkle.root(leaves[:10]), merkle.root(leaves), proof)
    there = reader.get(f"/ledger/inclusion?leaf={leaves[7].hex()}").json
    path = [bytes.fromhex(one) for one in there["proof"]]
    assert there["index"] == 7 and merkle.included(leaves[7], 7, there["size"], path, merkle.root(leaves))


def test_no_entry_and_nothing_beyond_the_checkpoint_is_shown(app: Flask, reader: FlaskClient) -> None:
    paths = ("checkpoint", "checkpoints", "leaves", "consistency?old=10")
    shown = "".join(reader.get(f"/ledger/{path}").text for path in paths)
    for secret in ("LOT-1", "bid.received", "bidder-1", "pad"):
        assert secret not in shown
    with app.app_context():
        beyond = cutting.cut(db.session, app.extensions["tools"].keeper.key, app.extensions["clock"].now()).size
    assert beyond == 25


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("checkpoint?size=11", 404),
        ("checkpoint?size=x", 400),
        ("checkpoint?size=99999999999999999999", 400),
        ("checkpoints?before=-1", 400),
        ("leaves?from=21", 400),
        ("leaves?from=１", 400),
        ("consistency", 400),
        ("consistency?old=0", 400),
        ("consistency?old=11&new=10", 400),
        ("consistency?old=1&new=21", 400),
        ("inclusion", 400),
        ("inclusion?leaf=" + "A" * 64, 400),
        ("inclusion?leaf=" + "zz" * 32, 400),
        ("inclusion?leaf=" + hashlib.sha256(b"x").hexdigest(), 404),
    ],
)
def test_what_is_no_number_or_hash_is_refused(reader: FlaskClient, path: str, status: int) -> None:
    assert reader.get(f"/ledger/{path}", headers=JSON).status_code == status


def test_before_the_first_checkpoint_there_is_nothing(client: FlaskClient) -> None:
    for path in ("checkpoint", "leaves", "consistency?old=1", "inclusion?leaf=" + "0" * 64):
        assert client.get(f"/ledger/{path}", headers=JSON).status_code == 404
    assert client.get("/ledger/checkpoints").json == {"checkpoints": []}
