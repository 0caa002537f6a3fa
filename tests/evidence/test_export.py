"""The exporter 导出证据文件: what it writes of a whole lot is verified by the stand-alone program."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from tests.evidence.forger import Files, Forger, laid_out
from tests.evidence.scene import CODE, OTHER, Story
from tests.evidence.story import told
from tools import verify
from trading.errors import Refused
from trading.evidence.build import build
from trading.evidence.disclosing import is_shown
from trading.evidence.parts import RecordsDiffer
from trading.evidence.proofs import Tree
from trading.ledger import merkle, notes
from trading.ledger.log import append
from trading.models import Bid, Draw, LedgerEntry, Lot
from trading.models.base import Base

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def story() -> Story:
    """The honest story."""
    return told()


@pytest.fixture
def session() -> Iterator[Session]:
    """A session on empty tables."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def kept(session: Session, story: Story, until: str = "") -> Lot:
    """The story in record and records; only up to the first entry of kind ``until``, where one is named."""
    lot = Lot(id="lot", code=CODE)
    for event in story.events:
        if event.chain == CODE and event.kind == until:
            break
        sigs = story.town.signatures(event)
        body = event.body | ({"sigs": sigs} if sigs else {})
        append(session, event.chain, event.kind, event.actor, body, event.at)
    for number, (envelope, sealed) in enumerate(story.sealed.items()):
        told_of = story.sheets[envelope]
        sheet = json.loads(told_of["content"]) if told_of["price"] else None
        session.add(Bid(
            id=str(number), lot_id="lot", organization_id=str(number), submitted_by_id="u", version=1, sheet=sheet,
            part=sealed.header["part"], envelope=envelope, header=sealed.header, received_at=NOON,
            ciphertext_sha256=sealed.header["ct_sha256"],
        ))  # fmt: skip
    for number, (name, pool) in enumerate(story.pools.items(), 1):
        lines = [json.loads(one.line()) for one in pool]
        session.add(Draw(
            lot_id="lot", number=number, name=name, rules={}, committee_size=7, pool=lines, created_at=NOON,
        ))  # fmt: skip
    session.flush()
    return lot


def checkpoint(session: Session, story: Story, size: int | None = None) -> bytes:
    """A checkpoint over the record, signed by log and witness."""
    leaves = session.scalars(select(LedgerEntry.leaf).order_by(LedgerEntry.seq)).all()[:size]
    return Forger(story).note(len(leaves), merkle.root(leaves))


def exported(session: Session, story: Story, note: bytes | None = None) -> bytes:
    """The evidence file of a kept story."""
    lot = Lot(id="lot", code=CODE)
    town = story.town
    return build(session, lot, note or checkpoint(session, story), town.log.verifier, [town.witness.verifier])


def unzipped(data: bytes) -> Files:
    """The files of a zip."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def keys(story: Story) -> list[str]:
    """The printed keys, as a caller gives them."""
    return ["--log-key", str(story.town.log.verifier), "--witness-key", str(story.town.witness.verifier)]


@pytest.mark.parametrize("end", ["awarded", "failed"])
def test_a_whole_lot_is_exported_and_verified(session: Session, tmp_path: Path, capsys: Any, end: str) -> None:
    story = told(end)
    kept(session, story)
    path = tmp_path / "evidence.zip"
    path.write_bytes(exported(session, story))
    assert verify.main([str(path), *keys(story)]) == 0
    printed = capsys.readouterr().out
    assert f"end 结局: {end}" in printed and printed.splitlines()[-1].endswith(" checks passed, 0 failed")


def test_exporter_and_forger_write_the_same_files_from_the_same_text(session: Session, story: Story) -> None:
    kept(session, story)
    files, others = unzipped(exported(session, story)), Forger(story).files()
    assert set(files) == set(others)
    beside = [name for name in files if name.startswith(("env-", "content-", "pool-"))]
    assert all(files[name] == others[name] for name in beside)
    for name in ("entries.jsonl", "keys.jsonl"):
        ours, theirs = ([json.loads(line) for line in one[name].splitlines()] for one in (files, others))
        assert [one["index"] for one in ours] == [one["index"] for one in theirs]
        assert [one.get("body") for one in ours] == [one.get("body") for one in theirs]


def test_the_same_record_gives_the_same_bytes(session: Session, story: Story) -> None:
    kept(session, story)
    note = checkpoint(session, story)
    first, second = exported(session, story, note), exported(session, story, note)
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as archive:
        names = archive.namelist()
        assert names == sorted(names) and not any("/" in name for name in names)
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_before_the_chain_is_closed_nothing_is_exported(session: Session, story: Story) -> None:
    kept(session, story, until="dossier.final")
    with pytest.raises(Refused) as refused:
        exported(session, story)
    assert refused.value.reason == "not_final" and "PDF" in refused.value.zh and "PDF" in refused.value.en


def test_a_checkpoint_older_than_the_lot_or_of_another_record_is_not_used(session: Session, story: Story) -> None:
    kept(session, story)
    with pytest.raises(RecordsDiffer, match="older"):
        exported(session, story, checkpoint(session, story, 190))
    with pytest.raises(RecordsDiffer, match="under the checkpoint"):
        exported(session, story, Forger(story).note(196, bytes(32)))
    with pytest.raises(notes.NoteError):
        exported(session, story, checkpoint(session, told())[:-20] + b"\n")


@pytest.mark.parametrize(
    ("change", "said"), [({"sheet": {"total": "1"}}, "price sheet"), ({"header": {"alg": "ptbid/1"}}, "the header of")]
)
def test_records_that_are_not_those_of_the_chain_are_not_exported(
    session: Session, story: Story, change: dict[str, Any], said: str
) -> None:
    kept(session, story)
    opened = story.one("bid.opened", 5).body["envelope"]
    session.execute(update(Bid).where(Bid.envelope == opened).values(change))
    with pytest.raises(RecordsDiffer, match=said):
        exported(session, story)


def test_only_those_who_sign_or_open_have_their_keys_in_it(session: Session, story: Story) -> None:
    kept(session, story)
    lines = [json.loads(line) for line in unzipped(exported(session, story))["keys.jsonl"].splitlines()]
    people = {one["body"].get("person") or one["body"].get("id") for one in lines}
    bidders = {f"bidder-{number}" for number in range(1, 6)}
    assert people == bidders | {"centre-1", "supervisor-1", "notary-1", "officer-a", "officer-b", "officer-c"}
    assert [one["index"] for one in lines] == sorted(one["index"] for one in lines)


def test_bodies_that_tell_of_complaints_accounts_votes_and_readers_are_withheld(session: Session, story: Story) -> None:
    kept(session, story)
    lines = [json.loads(line) for line in unzipped(exported(session, story))["entries.jsonl"].splitlines()]
    withheld = {json.loads(one["entry"])["kind"] for one in lines if "body" not in one}
    assert withheld == {"complaint.lodged", "secret.read"}
    assert all(("body" in one) is ("salt" in one) for one in lines)


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("bid.opened", {}, True),
        ("dossier.final", {}, True),
        ("notice.tender", {}, True),
        ("step.taken", {"step": "announce"}, True),
        ("step.taken", {"step": "lodge_complaint"}, False),
        ("step.refused", {"step": "withdraw_complaint"}, False),
        ("complaint.decided", {}, False),
        ("bond.refunded", {}, False),
        ("secret.read", {}, False),
        ("document.exported", {}, False),
        ("document.received", {}, True),
        ("evaluation.vote", {}, False),
        ("evaluation.motion", {}, False),
        ("evaluation.report", {}, True),
        ("alarm.order_issued", {}, False),
        ("alarm.raised", {}, True),
    ],
)
def test_what_is_shown_of_free_kinds(kind: str, body: dict[str, str], shown: bool) -> None:
    assert is_shown(kind, body) is shown


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 70])
def test_proofs_read_out_of_one_tree_are_those_made_one_by_one(size: int) -> None:
    leaves = [merkle.leaf(str(number).encode()) for number in range(size)]
    tree = Tree(leaves)
    assert tree.root == merkle.root(leaves)
    assert [tree.proof(at) for at in range(size)] == [merkle.inclusion_proof(leaves, at) for at in range(size)]
    with pytest.raises(IndexError):
        tree.proof(size)


def test_another_lot_of_the_same_log_is_not_in_it(session: Session, story: Story) -> None:
    kept(session, story)
    files = unzipped(exported(session, story))
    assert OTHER.encode() not in files["entries.jsonl"] and b"/after" not in files["entries.jsonl"]


def test_a_folder_and_a_zip_are_verified_alike(session: Session, story: Story, tmp_path: Path) -> None:
    kept(session, story)
    folder = laid_out(unzipped(exported(session, story)), tmp_path / "folder")
    assert verify.main([str(folder), *keys(story)]) == 0
