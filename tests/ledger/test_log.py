"""Writing and checking the record 存证写入与核验, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from trading.database import transaction
from trading.ledger import entries, log, triggers, verify
from trading.models.ledger import LedgerChainHead, LedgerEntry, LedgerHead

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def written(session: Session, count: int = 3, chain: str = "LOT-1") -> list[LedgerEntry]:
    """A few entries of one chain, kept."""
    with transaction(session):
        return [log.append(session, chain, "approval", "centre", {"n": number}, NOW) for number in range(count)]


def unlock(session: Session) -> None:
    """Take the triggers away, as somebody with the keys of the database would."""
    for statement in triggers.drop_sql(session.get_bind().dialect.name):
        session.execute(text(statement))


@pytest.mark.both_databases
def test_entries_of_several_chains_are_numbered_and_linked(session: Session) -> None:
    written(session, 2)
    written(session, 1, "LOT-2")
    written(session, 1)
    first, second, third = log.entries_of(session, "LOT-1")
    assert [entry.seq for entry in (first, second, third)] == [0, 1, 3]
    assert [entry.tseq for entry in (first, second, third)] == [0, 1, 2]
    assert entries.read(third.entry)["tprev"] == second.leaf.hex()
    assert verify.verify_chain(session, "LOT-1") == verify.verify_log(session) == []


def test_time_never_runs_backwards(session: Session) -> None:
    with transaction(session):
        log.append(session, "LOT-1", "approval", "centre", {}, NOW)
        later = log.append(session, "LOT-1", "approval", "centre", {}, NOW - timedelta(hours=1))
    assert later.ts == entries.timestamp(NOW)


@pytest.mark.both_databases
def test_what_is_rolled_back_leaves_no_trace_in_the_record(session: Session) -> None:
    written(session, 2)
    with pytest.raises(RuntimeError), transaction(session):
        log.append(session, "LOT-1", "approval", "centre", {"n": 9}, NOW)
        session.flush()
        raise RuntimeError
    assert written(session, 1)[0].seq == 2
    assert verify.verify_log(session) == []


@pytest.mark.both_databases
def test_a_savepoint_that_is_rolled_back_leaves_no_trace_in_the_record(session: Session) -> None:
    with transaction(session):
        log.append(session, "LOT-1", "approval", "centre", {"n": 0}, NOW)
        with pytest.raises(RuntimeError), session.begin_nested():
            log.append(session, "LOT-1", "approval", "centre", {"n": 1}, NOW)
            log.append(session, "LOT-2", "approval", "centre", {"n": 1}, NOW)
            raise RuntimeError
        with session.begin_nested():
            log.append(session, "LOT-1", "approval", "centre", {"n": 2}, NOW)
        log.append(session, "LOT-2", "approval", "centre", {"n": 3}, NOW)
    assert [entry.body for entry in log.entries_of(session, "LOT-1")] == ['{"n":0}', '{"n":2}']
    assert verify.verify_log(session) == []


@pytest.mark.both_databases
def test_a_second_session_sees_the_head_the_first_one_left(sessions: sessionmaker[Session]) -> None:
    with sessions() as one, sessions() as other:
        written(one, 1)
        remembered = one.get_one(LedgerChainHead, "LOT-1"), one.get_one(LedgerHead, log.HEAD)
        written(other, 1)
        written(one, 1)
        assert remembered[0].tseq == 2
        assert verify.verify_log(other) == []
        assert [entry.tseq for entry in log.entries_of(other, "LOT-1")] == [0, 1, 2]


@pytest.mark.both_databases
def test_writers_at_the_same_time_stand_in_one_line(sessions: sessionmaker[Session]) -> None:
    def write(chain: str) -> None:
        for number in range(5):
            with sessions() as session, transaction(session):
                log.append(session, chain, "approval", "centre", {"n": number}, NOW)

    threads = [Thread(target=write, args=(f"LOT-{number % 2}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(LedgerEntry)) == 20
        assert verify.verify_log(session) == []


def test_ten_entries_in_one_transaction_cost_one_round_of_statements(session: Session) -> None:
    written(session, 1)
    seen: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    written(session, 10)
    assert len([statement for statement in seen if "ledger" in statement]) <= 5


def test_a_kind_that_does_not_belong_there_is_refused(session: Session) -> None:
    with transaction(session):
        for chain, kind in (("LOT-1", "login"), ("@log", "approval"), ("LOT-1", "incident")):
            with pytest.raises(entries.EntryError):
                log.append(session, chain, kind, "centre", {}, NOW)


def test_nothing_follows_the_final_entry_but_reads_in_the_companion_chain(session: Session) -> None:
    with transaction(session):
        log.append(session, "LOT-1", "dossier.final", "centre", {"end": "awarded"}, NOW)
        with pytest.raises(log.ChainClosed):
            log.append(session, "LOT-1", "approval", "centre", {}, NOW)
        after = log.read_logged(session, "LOT-1", "auditor", "dossier", NOW, "document.exported")
        before = log.read_logged(session, "LOT-2", "auditor", "expert-1", NOW)
    assert (after.chain, before.chain) == ("LOT-1/after", "LOT-2")
    assert verify.verify_log(session) == []


def test_a_read_is_of_one_of_two_kinds(session: Session) -> None:
    with transaction(session), pytest.raises(entries.EntryError):
        log.read_logged(session, "LOT-1", "auditor", "x", NOW, "approval")


def test_what_belongs_to_no_step_goes_to_the_log_chain(session: Session) -> None:
    with transaction(session):
        entry = log.record_outside_steps(session, "incident", "system", {"what": "disk full"}, NOW)
        with pytest.raises(entries.EntryError):
            log.record_outside_steps(session, "approval", "system", {}, NOW)
    assert entry.chain == "@log"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"body": '{"n":7}'}, "the body is not what was hashed"),
        ({"body": '{"n": 1}'}, "the body is not canonical"),
        ({"salt": bytes(32)}, "the body is not what was hashed"),
        ({"salt": None}, "body and salt are not kept together"),
        ({"actor": "somebody"}, "column actor is not what was hashed"),
        ({"kind": "alarm.raised"}, "column kind is not what was hashed"),
        ({"ts": "2026-03-02T00:00:00.000000Z"}, "column ts is not what was hashed"),
        ({"leaf": bytes(32)}, "the leaf hash is not that of the entry"),
        ({"entry": "{}"}, "not the nine members of an entry"),
    ],
)
def test_a_changed_entry_is_noticed(session: Session, values: dict[str, Any], problem: str) -> None:
    written(session)
    with transaction(session):
        unlock(session)
        session.execute(update(LedgerEntry).where(LedgerEntry.seq == 1).values(**values))
    assert any(problem in found for found in verify.verify_chain(session, "LOT-1"))
    assert any(problem in found for found in verify.verify_log(session))


def test_an_entry_rewritten_with_all_its_hashes_is_noticed_by_the_next_one(session: Session) -> None:
    kept = written(session)[1]
    place = entries.Place(1, 1, bytes.fromhex(entries.read(kept.entry)["tprev"]))
    false = entries.build(place, kept.ts, "LOT-1", "approval", "centre", {"n": 7}, bytes(32))
    values = {"entry": false.entry, "leaf": false.leaf, "salt": false.salt, "body": false.body}
    with transaction(session):
        unlock(session)
        session.execute(update(LedgerEntry).where(LedgerEntry.seq == 1).values(**values))
    assert verify.verify_chain(session, "LOT-1") == ["entry 2: does not follow the entry before it in chain LOT-1"]
    assert "the head of the log is not that of its entries" in verify.verify_log(session)


def test_a_body_withheld_with_its_salt_is_no_problem_for_a_free_kind_alone(session: Session) -> None:
    with transaction(session):
        log.append(session, "LOT-1", "approval", "centre", {}, NOW)
        log.append(session, "LOT-1", "tender.failed", "centre", {}, NOW)
        session.flush()
        unlock(session)
        session.execute(update(LedgerEntry).values(body=None, salt=None))
    assert verify.verify_log(session) == ["entry 1: the body is missing"]


@pytest.mark.parametrize("seq", [0, 1, 2])
def test_an_entry_left_out_is_noticed(session: Session, seq: int) -> None:
    written(session)
    with transaction(session):
        unlock(session)
        session.execute(text("DELETE FROM ledger_entry WHERE seq = :seq"), {"seq": seq})
    assert verify.verify_chain(session, "LOT-1")
    assert verify.verify_log(session)


def test_changed_heads_are_noticed(session: Session) -> None:
    written(session)
    with transaction(session):
        session.execute(update(LedgerChainHead).values(tseq=1))
    assert verify.verify_log(session) == ["the head of chain LOT-1 is not its last entry"]
    with transaction(session):
        session.execute(update(LedgerChainHead).values(tseq=2))
        session.execute(update(LedgerHead).values(frontier=bytes(8)))
    assert verify.verify_log(session) == ["the head of the log is not that of its entries"]


@pytest.mark.both_databases
@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET actor = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_itself_refuses_to_change_an_entry(session: Session, statement: str) -> None:
    written(session)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction(session):
        session.execute(text(statement))
    assert verify.verify_log(session) == []


def test_an_unknown_database_has_no_triggers() -> None:
    for statements in (triggers.create_sql, triggers.drop_sql):
        with pytest.raises(ValueError, match="no triggers"):
            statements("oracle")
