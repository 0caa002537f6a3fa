"""The one way to write the record 写入存证: appended under a lock, in the transaction of what it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from trading.ledger import entries, merkle
from trading.models.ledger import LedgerChainHead, LedgerEntry, LedgerHead

HEAD = 1
BEFORE_ALL = "0000-00-00T00:00:00.000000Z"
KEPT = (LedgerEntry, LedgerHead, LedgerChainHead)
READ_KINDS = frozenset({"secret.read", "document.exported"})


class ChainClosed(entries.EntryError):
    """Nothing may follow ``dossier.final`` in a chain."""


@dataclass(slots=True)
class _Tail:
    """The ends of log and chains, read under the lock of one transaction."""

    transaction: SessionTransaction | None
    head: LedgerHead
    chains: dict[str, LedgerChainHead] = field(default_factory=dict)


def append(session: Session, chain: str, kind: str, actor: str, body: Mapping[str, Any], now: datetime) -> LedgerEntry:
    """Append one entry in the caller's transaction; neither flushed nor committed here (trust.md C.3).

    The head row is locked until the transaction ends, so appends of all workers stand in one line. Time never runs
    backwards: the entry's time is ``now`` or that of the entry before, whichever is later.

    Args:
        session: in a transaction that may write (on SQLite begun with the write lock).
        chain: lot code, or ``@log`` for what belongs to no lot.
        kind: one allowed in that chain, :func:`trading.ledger.entries.kind_allowed`.
        actor: who acted.
        body: PT-JSON object (no floats; money as fen or text).
        now: aware moment, read once for the whole step.

    Raises:
        EntryError: for a kind not allowed there; ChainClosed after the chain's ``dossier.final``.
        CanonicalError: for a body outside PT-JSON.
    """
    tail = _locked_tail(session)
    last = _chain_head(session, tail, chain)
    if last is not None and last.closed:
        raise ChainClosed(f"chain {chain} is closed")
    place = entries.Place(merkle.size_of(tail.head.frontier), last.tseq + 1 if last else 0, last.leaf if last else b"")
    ts = max(entries.timestamp(now), tail.head.last_ts)
    built = entries.build(place, ts, chain, kind, actor, body, secrets.token_bytes(32))
    entry = LedgerEntry(
        seq=place.seq, chain=chain, tseq=place.tseq, ts=ts, kind=kind, actor=actor,
        entry=built.entry, leaf=built.leaf, salt=built.salt, body=built.body,
    )  # fmt: skip
    session.add(entry)
    tail.head.frontier, tail.head.last_ts = merkle.push(tail.head.frontier, built.leaf), ts
    if last is None:
        last = tail.chains[chain] = LedgerChainHead(chain=chain)
        session.add(last)
    last.tseq, last.leaf, last.closed = place.tseq, built.leaf, kind == entries.FINAL
    return entry


def record_outside_steps(
    session: Session, kind: str, actor: str, body: Mapping[str, Any], now: datetime
) -> LedgerEntry:
    """Record what belongs to no lot and no step: keys, cover entries, incidents of the machine (chain ``@log``, §8.7).

    Arguments and errors as :func:`append`; the kinds are the closed list of ``@log``.
    """
    return append(session, entries.LOG_CHAIN, kind, actor, body, now)


def read_logged(
    session: Session, lot_code: str, actor: str, what: str, now: datetime, kind: str = "secret.read"
) -> LedgerEntry:
    """Record that ``actor`` read or exported ``what`` of a lot (trust.md A.7: every view of a name is an entry).

    It stands in the lot's chain; after the chain's ``dossier.final`` in the companion chain ``<lot code>/after``.

    Args:
        lot_code: code of the lot.
        actor: who read.
        what: what was read, in words or as the id of a record.
        now: aware moment.
        kind: ``secret.read`` or ``document.exported``.

    Raises:
        EntryError: for another kind.
    """
    if kind not in READ_KINDS:
        raise entries.EntryError(f"no kind of a read: {kind}")
    return append(session, open_chain(session, lot_code), kind, actor, {"what": what, "who": actor}, now)


def open_chain(session: Session, lot_code: str) -> str:
    """The chain that takes what still happens to a lot: its own, after ``dossier.final`` its companion ``…/after``.

    Args:
        session: as for :func:`append`; the log is locked from here on.
        lot_code: code of the lot.
    """
    last = _chain_head(session, _locked_tail(session), lot_code)
    return companion(lot_code) if last is not None and last.closed else lot_code


def companion(lot_code: str) -> str:
    """The companion chain of a lot whose own is closed."""
    return f"{lot_code}/after"


def locked_frontier(session: Session) -> bytes:
    """The frontier of the log with what this transaction has appended; the log is locked from here on."""
    return _locked_tail(session).head.frontier


def entries_of(session: Session, chain: str) -> list[LedgerEntry]:
    """All entries of a chain, in order."""
    return list(session.scalars(select(LedgerEntry).where(LedgerEntry.chain == chain).order_by(LedgerEntry.tseq)))


def _locked_tail(session: Session) -> _Tail:
    """The tail of the log, locked; read once per transaction (and again inside a savepoint, whose end frees a lock)."""
    transaction = session.get_nested_transaction() or session.get_transaction()
    tail = session.info.get(_Tail)
    if isinstance(tail, _Tail) and tail.transaction is transaction and transaction is not None:
        return tail
    if any(isinstance(record, KEPT) for record in (*session.new, *session.dirty)):
        session.flush()
    head = session.get(LedgerHead, HEAD, populate_existing=True, with_for_update=True)
    if head is None:
        _create_head(session)
        head = session.get_one(LedgerHead, HEAD, populate_existing=True, with_for_update=True)
    tail = _Tail(session.get_nested_transaction() or session.get_transaction(), head)
    session.info[_Tail] = tail
    return tail


def _create_head(session: Session) -> None:
    """Insert the head row; harmless when another transaction was first."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values = {"id": HEAD, "frontier": merkle.EMPTY_FRONTIER, "last_ts": BEFORE_ALL}
    session.execute(insert(LedgerHead).values(values).on_conflict_do_nothing())


def _chain_head(session: Session, tail: _Tail, chain: str) -> LedgerChainHead | None:
    """The head of a chain as it stands under the lock; None before its first entry."""
    if chain not in tail.chains:
        found = session.get(LedgerChainHead, chain, populate_existing=True)
        if found is None:
            return None
        tail.chains[chain] = found
    return tail.chains[chain]
