"""Whether the record still says what was written 存证核验: everything recomputed from the kept bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from trading.ledger import entries, merkle
from trading.ledger.canonical import CanonicalError, strict
from trading.ledger.log import HEAD
from trading.models.ledger import LedgerChainHead, LedgerEntry, LedgerHead

ENTRIES = select(*LedgerEntry.__table__.columns)


@dataclass(slots=True)
class _Chain:
    """What the next entry of a chain must follow."""

    tseq: int = -1
    leaf: bytes = b""
    ts: str = ""
    closed: bool = False


@dataclass(slots=True)
class _Log:
    """What the next entry of the log must follow."""

    frontier: bytes = merkle.EMPTY_FRONTIER
    ts: str = ""
    chains: dict[str, _Chain] = field(default_factory=dict)


def verify_chain(session: Session, chain: str) -> list[str]:
    """What is wrong in one chain; empty when nothing is (trust.md §8.6)."""
    state, found = _Chain(), _kept(session, ENTRIES.where(LedgerEntry.chain == chain))
    problems = [problem for entry in found for problem in _check_entry(entry, state)]
    return problems + _check_chain_head(session.get(LedgerChainHead, chain, populate_existing=True), chain, state)


def verify_log(session: Session) -> list[str]:
    """What is wrong anywhere in the log, recomputing leaves, bodies, chains and root; empty when nothing is."""
    log = _Log()
    problems = [problem for entry in _kept(session, ENTRIES) for problem in _check_in_log(entry, log)]
    fresh = select(LedgerChainHead).execution_options(populate_existing=True)
    heads = {head.chain: head for head in session.scalars(fresh)}
    for chain in sorted(heads.keys() | log.chains.keys()):
        problems += _check_chain_head(heads.get(chain), chain, log.chains.get(chain, _Chain()))
    head = session.get(LedgerHead, HEAD, populate_existing=True)
    if head is None:
        return [*problems, "the head of the log is missing"] if log.chains else problems
    if head.frontier != log.frontier:
        problems.append("the head of the log is not that of its entries")
    return problems


def _kept(session: Session, query: Select[Any]) -> Iterator[Row[Any]]:
    """Entries in the order of the log, as the database has them now and no session remembers them, in portions."""
    yield from session.execute(query.order_by(LedgerEntry.seq).execution_options(yield_per=500))


def _check_in_log(entry: Row[Any], log: _Log) -> list[str]:
    """Problems of an entry as the next of the log."""
    problems = []
    if entry.seq != merkle.size_of(log.frontier):
        problems.append(f"entry {entry.seq}: the log has a gap before it")
    if entry.ts < log.ts:
        problems.append(f"entry {entry.seq}: time runs backwards")
    log.frontier, log.ts = merkle.push(log.frontier, merkle.leaf(entry.entry.encode("utf-8"))), entry.ts
    return problems + _check_entry(entry, log.chains.setdefault(entry.chain, _Chain()))


def _check_entry(entry: Row[Any], chain: _Chain) -> list[str]:
    """Problems of an entry by itself and as the next of its chain."""
    where = f"entry {entry.seq}"
    try:
        members = entries.read(entry.entry)
    except entries.EntryError as error:
        return [f"{where}: {error}"]
    columns = {
        "seq": entry.seq, "tender": entry.chain, "tseq": entry.tseq, "ts": entry.ts, "kind": entry.kind,
        "actor": entry.actor,
    }  # fmt: skip
    problems = [f"{where}: column {name} is not what was hashed" for name in columns if members[name] != columns[name]]
    if merkle.leaf(entry.entry.encode("utf-8")) != entry.leaf:
        problems.append(f"{where}: the leaf hash is not that of the entry")
    if members["tseq"] != chain.tseq + 1 or members["tprev"] != chain.leaf.hex():
        problems.append(f"{where}: does not follow the entry before it in chain {entry.chain}")
    if entry.ts < chain.ts:
        problems.append(f"{where}: time runs backwards in chain {entry.chain}")
    if chain.closed:
        problems.append(f"{where}: stands after {entries.FINAL}")
    if not entries.kind_allowed(entry.chain, entry.kind):
        problems.append(f"{where}: kind {entry.kind} is not allowed in chain {entry.chain}")
    chain.tseq, chain.leaf, chain.ts, chain.closed = entry.tseq, entry.leaf, entry.ts, entry.kind == entries.FINAL
    return problems + _check_body(entry, members["body"])


def _check_body(entry: Row[Any], expected: str) -> list[str]:
    """Problems of the kept body; a body withheld together with its salt is none for kinds that may be withheld."""
    where = f"entry {entry.seq}"
    if entry.body is None and entry.salt is None:
        return [] if entries.is_free(entry.kind) else [f"{where}: the body is missing"]
    if entry.body is None or entry.salt is None:
        return [f"{where}: body and salt are not kept together"]
    try:
        strict(entry.body.encode("utf-8"))
    except (CanonicalError, UnicodeEncodeError):
        return [f"{where}: the body is not canonical"]
    if entries.body_hash(entry.salt, entry.body.encode("utf-8")) != expected:
        return [f"{where}: the body is not what was hashed"]
    return []


def _check_chain_head(head: LedgerChainHead | None, chain: str, state: _Chain) -> list[str]:
    """Problems of the kept head of a chain against its last entry."""
    if head is None:
        return [] if state.tseq == -1 else [f"the head of chain {chain} is missing"]
    if (head.tseq, head.leaf, head.closed) != (state.tseq, state.leaf, state.closed):
        return [f"the head of chain {chain} is not its last entry"]
    return []
