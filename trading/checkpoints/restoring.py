"""Whether the record goes on from what was witnessed 防回滚: an old backup stops the service until people sign."""

from __future__ import annotations

import json
import logging
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.checkpoints.cutting import newest
from trading.checkpoints.faults import NoWitness, RolledBack
from trading.checkpoints.keeper import Keeper
from trading.ledger.entries import LOG_CHAIN
from trading.ledger.notes import Checkpoint
from trading.models import LedgerEntry
from trading.witness.requests import ask
from trading.witness.witness import WitnessRefuses

KIND = "ledger.incident"
log = logging.getLogger(__name__)


def check_start(session: Session, keeper: Keeper) -> None:
    """Raise where the log is not what was witnessed: shorter, or another (trust.md C.5); the witness is asked too.

    An incident that two people signed for that very state lets the service start again.

    Raises:
        RolledBack: so it is.
        NotConfigured: what was remembered was not signed by the present key.
    """
    lost = witnessed_and_lost(session, keeper)
    if lost is not None and not any(body["witnessed"] == lost for body in incidents(session)):
        raise RolledBack(lost["size"], keeper.size(session))


def witnessed_and_lost(session: Session, keeper: Keeper) -> dict[str, Any] | None:
    """What was witnessed and is not in this log: its size, and its root where that is known; None if all is there."""
    last, size = keeper.memory.last(), keeper.size(session)
    if last is not None and not goes_on_from(session, keeper, last, size):
        return {"size": last.size, "root": last.root.hex()}
    seen = _seen_by_witness(session, keeper)
    return {"size": seen, "root": ""} if seen is not None and seen > size else None


def goes_on_from(session: Session, keeper: Keeper, last: Checkpoint, size: int) -> bool:
    """Whether the log of ``size`` entries begins with the tree ``last``."""
    return last.size <= size and keeper.tiles.root(session, last.size) == last.root


def incidents(session: Session) -> list[dict[str, Any]]:
    """The bodies of all incidents of the ledger that are on record."""
    query = select(LedgerEntry.body).where(LedgerEntry.chain == LOG_CHAIN, LedgerEntry.kind == KIND)
    return [json.loads(body) for body in session.scalars(query) if body is not None]


def _seen_by_witness(session: Session, keeper: Keeper) -> int | None:
    """At what size the witness knows the log, where that is not the newest checkpoint; None if it does not say."""
    kept = newest(session)
    if keeper.witness is None or not keeper.witness.answers or kept is None:
        return None
    try:
        keeper.witness.cosign(ask(kept.size, [], kept.note.encode()))
    except WitnessRefuses as refusal:
        return refusal.size
    except NoWitness as fault:
        log.warning("%s", fault.en)
    return None
