"""Checkpoints are cut 制作检查点: after cover entries, under the lock of the log, signed with the log's key."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from trading.database import transaction
from trading.ledger import merkle, notes
from trading.ledger.log import locked_frontier, record_outside_steps
from trading.ledger.notes import SigningKey
from trading.models import Checkpoint, LedgerEntry

KEY_KINDS = frozenset(
    {"tender.closed", "draw.pool", "draw.commit", "draw.dice", "draw.result", "bid.opened", "award.notice"}
)
"""After these a checkpoint is cut at once (trust.md C.4)."""
COVERS = 8
"""So many numbers of cover entries there are: from none to seven (trust.md C.6)."""


def newest(session: Session, *, cosigned: bool = False) -> Checkpoint | None:
    """The newest checkpoint, or the newest that a witness has cosigned; None before the first."""
    query = select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1)
    return session.scalar(query.where(Checkpoint.cosigned_at.is_not(None)) if cosigned else query)


def is_due(session: Session, now: datetime, every: timedelta) -> bool:
    """Whether a checkpoint is to be cut: a key event stands in the record since the last, or its time has come.

    Args:
        every: the rhythm.
    """
    last = newest(session)
    if last is None:
        return session.scalar(select(exists().select_from(LedgerEntry))) or False
    if last.cut_at + every <= now:
        return True
    since = exists().where(LedgerEntry.seq >= last.size, LedgerEntry.kind.in_(KEY_KINDS))
    return session.scalar(select(since)) or False


def cut(session: Session, key: SigningKey, now: datetime) -> Checkpoint:
    """Cut a checkpoint over the whole log in a transaction of its own.

    From none to seven cover entries go before it, so that the growth between two checkpoints tells nothing of bids.

    Args:
        session: outside any transaction.
        key: the log's key; its name is the origin.
        now: aware moment.
    """
    with transaction(session):
        for _number in range(secrets.randbelow(COVERS)):
            record_outside_steps(session, "pad", "system", {}, now)
        frontier = locked_frontier(session)
        state = notes.Checkpoint(key.name, merkle.size_of(frontier), merkle.frontier_root(frontier))
        kept = session.get(Checkpoint, state.size)
        if kept is None:
            kept = Checkpoint(size=state.size, root=state.root)
            kept.note = notes.write(state.text, [key.line(state.text)]).decode()
            session.add(kept)
        kept.cut_at = now
        return kept
