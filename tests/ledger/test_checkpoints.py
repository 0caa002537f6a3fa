"""Checkpoints 检查点: cut over cover entries, cosigned, remembered outside the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pymerkle import InmemoryTree
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.checkpoints import cutting
from trading.checkpoints.cutting import cut, is_due, newest
from trading.checkpoints.faults import NoWitness, RolledBack
from trading.checkpoints.keeper import PAUSE, Keeper, cosigned_checkpoint
from trading.checkpoints.memory import Memory
from trading.checkpoints.tiles import Tiles
from trading.checkpoints.witnesses import DemonstrationWitness, FolderWitness, chosen
from trading.clock import StoppedClock
from trading.database import transaction
from trading.errors import NotConfigured
from trading.ledger import log, merkle, notes
from trading.ledger.notes import LOG, WITNESS, SigningKey
from trading.ledger.verify import verify_log
from trading.models import Checkpoint, LedgerEntry
from trading.values import load
from trading.witness.requests import read_request, tree_of
from trading.witness.witness import Witness, set_up

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEY = SigningKey("badong.example/ledger", LOG, bytes(range(32)))
RHYTHM = timedelta(minutes=10)


def write(session: Session, count: int, kind: str = "approval") -> None:
    """A few entries of one lot."""
    with transaction(session):
        for number in range(count):
            log.append(session, "LOT-1", kind, "centre", {"n": number}, NOW)


@pytest.fixture
def clock() -> StoppedClock:
    """The platform's clock, which is the witness's here too."""
    return StoppedClock(NOW)


@pytest.fixture
def keeper(tmp_path: Path, clock: StoppedClock) -> Keeper:
    """Keeps checkpoints with a witness in the same process."""
    witness = DemonstrationWitness(tmp_path / "witness", clock, KEY.verifier)
    return Keeper(KEY, load(), clock, Memory(tmp_path / "witnessed.note", KEY.verifier), witness)


def leaves(session: Session) -> list[bytes]:
    """All leaves."""
    return list(session.scalars(select(LedgerEntry.leaf).order_by(LedgerEntry.seq)))


@pytest.mark.both_databases
def test_a_checkpoint_tells_size_and_root_of_the_whole_log_signed(session: Session) -> None:
    write(session, 20)
    kept = cut(session, KEY, NOW)
    told = tree_of(kept.note.encode(), KEY.verifier)
    independent = InmemoryTree(algorithm="sha256")
    for text in session.scalars(select(LedgerEntry.entry).order_by(LedgerEntry.seq)):
        independent.append_entry(text.encode())
    assert told.size == kept.size == len(leaves(session)) >= 20
    assert told.root == kept.root == independent.get_root() == merkle.root(leaves(session))
    assert verify_log(session) == []


def test_cover_entries_go_before_in_the_logs_own_chain_from_none_to_seven(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, bounds = iter(range(8)), set()

    def next_number(bound: int) -> int:
        bounds.add(bound)
        return next(numbers)

    monkeypatch.setattr(cutting.secrets, "randbelow", next_number)
    write(session, 1)
    sizes = [cut(session, KEY, NOW).size for _number in range(8)]
    assert [after - before for before, after in zip([1, *sizes], sizes, strict=False)] == list(range(8))
    assert bounds == {8}
    covers = list(session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "pad")))
    assert len(covers) == 28 and {(one.chain, one.body) for one in covers} == {("@log", "{}")}
    assert verify_log(session) == []


def test_the_number_of_cover_entries_varies(session: Session) -> None:
    write(session, 1)
    sizes = [cut(session, KEY, NOW).size for _number in range(40)]
    assert len({after - before for before, after in zip(sizes, sizes[1:], strict=False)}) > 2


def test_a_checkpoint_is_due_on_rhythm_and_at_once_after_a_key_event(session: Session) -> None:
    assert not is_due(session, NOW, RHYTHM)
    write(session, 1)
    assert is_due(session, NOW, RHYTHM)
    cut(session, KEY, NOW)
    assert not is_due(session, NOW + RHYTHM - timedelta(seconds=1), RHYTHM)
    assert is_due(session, NOW + RHYTHM, RHYTHM)
    write(session, 3)
    assert not is_due(session, NOW, RHYTHM)
    for kind in sorted(cutting.KEY_KINDS):
        write(session, 1, kind)
        assert is_due(session, NOW, RHYTHM)
        cut(session, KEY, NOW)
        assert not is_due(session, NOW, RHYTHM)


def test_a_checkpoint_that_cannot_be_cut_fails_no_step(
    session: Session, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(session, 1)
    keeper.taken(session, {"step.taken"}, NOW)
    assert newest(session) is None
    monkeypatch.setattr("trading.checkpoints.keeper.cut", lambda *_: 1 / 0)
    keeper.taken(session, {"tender.closed"}, NOW)
    monkeypatch.undo()
    keeper.taken(session, {"tender.closed"}, NOW)
    assert newest(session) is not None


@pytest.mark.both_databases
def test_the_newest_checkpoint_is_cosigned_and_remembered_outside(
    session: Session, keeper: Keeper, clock: StoppedClock
) -> None:
    write(session, 5)
    assert keeper.tick(session, NOW)
    assert not keeper.tick(session, NOW)
    clock.advance(RHYTHM)
    write(session, 300)
    assert keeper.tick(session, clock.now())
    kept = newest(session)
    assert kept is not None and kept.cosigned_at == clock.now()
    assert notes.verified(kept.note.encode(), KEY.verifier, keeper.witness_keys, 1)
    last = keeper.memory.last()
    assert last is not None and (last.size, last.root) == (kept.size, kept.root)


def test_an_evidence_file_rests_on_a_cosigned_checkpoint_over_everything(session: Session, keeper: Keeper) -> None:
    write(session, 5)
    first = cosigned_checkpoint(session, NOW, keeper)
    assert cosigned_checkpoint(session, NOW, keeper) == first
    write(session, 1)
    second = tree_of(cosigned_checkpoint(session, NOW, keeper), KEY.verifier)
    assert second.size == keeper.size(session) > tree_of(first, KEY.verifier).size


def test_without_a_witness_there_is_no_cosigned_checkpoint(session: Session, keeper: Keeper) -> None:
    write(session, 1)
    keeper.witness = None
    for none in (keeper, None):
        with pytest.raises(NoWitness):
            cosigned_checkpoint(session, NOW, none)
    assert keeper.tick(session, NOW) and keeper.memory.last() is None


def test_an_answer_that_was_lost_is_asked_for_again_from_where_the_witness_stands(
    session: Session, keeper: Keeper, tmp_path: Path, clock: StoppedClock
) -> None:
    write(session, 5)
    keeper.tick(session, NOW)
    write(session, 5)
    unanswered = cut(session, KEY, NOW)
    Witness(tmp_path / "witness", clock).add_checkpoint(keeper.request(session, unanswered).data())
    write(session, 5)
    assert tree_of(keeper.cosigned(session, NOW), KEY.verifier).size == keeper.size(session)


def test_a_witness_that_has_seen_more_or_other_stops_everything(
    session: Session, keeper: Keeper, tmp_path: Path, clock: StoppedClock
) -> None:
    write(session, 5)
    other = notes.Checkpoint(KEY.name, 500, bytes(32)).text
    note = notes.write(other, [KEY.line(other)])
    Witness(tmp_path / "witness", clock).add_checkpoint(b"old 0\n\n" + note)
    with pytest.raises(RolledBack) as fault:
        keeper.cosigned(session, NOW)
    assert fault.value.size == 500 and "500" in fault.value.zh and "500" in fault.value.en
    assert keeper.tick(session, NOW) is False


def test_a_silent_witness_is_asked_again_after_a_pause_and_nothing_else_waits(
    session: Session, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def silent(_self: Keeper, _session: Session, kept: Checkpoint, _now: datetime) -> None:
        asked.append(kept.size)
        raise NoWitness("不在", "away")

    monkeypatch.setattr(Keeper, "have_cosigned", silent)
    write(session, 5)
    assert [keeper.tick(session, NOW) for _number in range(PAUSE + 2)] == [True] + [False] * (PAUSE + 1)
    assert len(asked) == 2
    write(session, 1, "tender.closed")
    assert keeper.tick(session, NOW)
    monkeypatch.undo()
    assert [keeper.tick(session, NOW) for _number in range(PAUSE)].count(True) == 1


def test_clocks_that_part_are_an_incident_once(session: Session, keeper: Keeper, clock: StoppedClock) -> None:
    def incidents() -> list[str | None]:
        return list(session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "incident")))

    write(session, 1)
    keeper.cosigned(session, NOW + timedelta(seconds=2))
    assert incidents() == []
    for seconds in (63, 64):
        clock.advance(timedelta(seconds=seconds))
        write(session, 1)
        keeper._clock = StoppedClock(NOW)
        keeper.cosigned(session, NOW)
    assert incidents() == ['{"seconds":63,"what":"the clocks of platform and witness differ"}']


def test_requests_and_answers_may_be_carried_through_a_folder(
    session: Session, keeper: Keeper, tmp_path: Path, clock: StoppedClock
) -> None:
    other = set_up(tmp_path / "far", "far.example/witness", clock)
    other.know(KEY.verifier)
    keeper.witness = FolderWitness(tmp_path / "stick", other.key.verifier)
    write(session, 5)
    with pytest.raises(NoWitness, match="request"):
        keeper.cosigned(session, NOW)
    (left,) = (tmp_path / "stick").iterdir()
    back = read_request(left.read_bytes()).note + other.add_checkpoint(left.read_bytes()).encode()
    left.with_suffix(".note").write_bytes(back)
    assert keeper.cosigned(session, NOW) == back


@pytest.mark.parametrize("break_it", ["nothing", "other log", "other size", "other root", "no cosignature"])
def test_what_is_carried_back_must_be_ours_and_cosigned(session: Session, keeper: Keeper, break_it: str) -> None:
    write(session, 5)
    good = keeper.cosigned(session, NOW)
    text = notes.Checkpoint(KEY.name, 99, bytes(32)).text
    fork = notes.Checkpoint(KEY.name, keeper.size(session), bytes(32)).text
    key = keeper.witness._witness.key  # type: ignore[union-attr]
    wrong = {
        "nothing": b"",
        "other log": notes.write(text, [SigningKey("x", LOG, bytes(32)).line(text), key.line(text, 1)]),
        "other size": notes.write(text, [KEY.line(text), key.line(text, 1)]),
        "other root": notes.write(fork, [KEY.line(fork), key.line(fork, 1)]),
        "no cosignature": good[: good.rindex("\u2014".encode())],
    }
    assert keeper.take_in(session, good, NOW).size == keeper.size(session)
    with pytest.raises(NoWitness):
        keeper.take_in(session, wrong[break_it], NOW)


def test_the_settings_name_the_witness(tmp_path: Path, clock: StoppedClock) -> None:
    printed = str(SigningKey("w", WITNESS, bytes(32)).verifier)
    common = (tmp_path, clock, KEY.verifier)
    assert chosen(None, None, *common) is None
    assert isinstance(chosen("demonstration", None, *common), DemonstrationWitness)
    assert isinstance(chosen(str(tmp_path), printed, *common), FolderWitness)
    for key in (None, "x", str(KEY.verifier), str(SigningKey("w", WITNESS, KEY.seed).verifier)):
        with pytest.raises(NotConfigured):
            chosen("https://w.example", key, *common)
    with pytest.raises(NotConfigured):
        DemonstrationWitness(tmp_path / "witness", clock, SigningKey(KEY.name, LOG, bytes(32)).verifier)


def test_proofs_out_of_kept_tiles_are_those_of_the_whole_tree(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trading.checkpoints.tiles.TILE", 8)
    write(session, 75)
    all_leaves, tiles = leaves(session), Tiles()
    for size in (*range(1, 75, 3), 75):
        some = all_leaves[:size]
        assert tiles.root(session, size) == merkle.root(some)
        for index in range(0, size, 5):
            assert tiles.inclusion(session, index, size) == merkle.inclusion_proof(some, index)
            assert tiles.consistency(session, index + 1, size) == merkle.consistency_proof(some, index + 1)
    for ask in (tiles.inclusion, tiles.consistency):
        for first in (-1, 76):
            with pytest.raises(IndexError):
                ask(session, first, 75)
    with pytest.raises(IndexError):
        tiles.consistency(session, 0, 75)


def test_two_checkpoints_of_one_size_are_one(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting.secrets, "randbelow", lambda _bound: 0)
    write(session, 3)
    cut(session, KEY, NOW)
    again = cut(session, KEY, NOW + RHYTHM)
    assert again.cut_at == NOW + RHYTHM and len(session.scalars(select(Checkpoint)).all()) == 1
