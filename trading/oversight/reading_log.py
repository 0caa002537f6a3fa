"""Who read or exported what 查阅日志: the reads that the record keeps, the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.codelists import Role
from trading.ledger.log import READ_KINDS
from trading.models import LedgerEntry, Lot, User
from trading.oversight.dossier_facts import moment_of
from trading.oversight.dossier_words import ROLES

PAGE = 50
NUMBER = 12


@dataclass(frozen=True)
class Read:
    """One read: when, of which lot, what, by whom; ``lot`` None where the chain is no lot's."""

    at: datetime
    code: str
    lot: Lot | None
    kind: str
    what: str
    name: str
    role: Role | None
    leaf: str


def reads(session: Session, code: str | None = None, page: int = 1) -> tuple[list[Read], bool]:
    """A page of reads and whether more follow.

    Arguments:
        code: of one lot alone.
        page: from 1.
    """
    query = select(LedgerEntry).where(LedgerEntry.kind.in_(READ_KINDS))
    if code:
        query = query.where(LedgerEntry.chain.in_((code, f"{code}/after")))
    query = query.order_by(LedgerEntry.seq.desc()).offset((page - 1) * PAGE).limit(PAGE + 1)
    found = session.scalars(query).all()
    shown = found[:PAGE]
    codes = {entry.chain.partition("/")[0] for entry in shown}
    lots = {lot.code: lot for lot in session.scalars(select(Lot).where(Lot.code.in_(codes)))}
    names = _names(session, {entry.actor for entry in shown})
    return [_read(entry, lots, names) for entry in shown], len(found) > PAGE


def _names(session: Session, actors: set[str]) -> dict[str, str]:
    """The names of the accounts behind the record's person ids."""
    numbers = {actor.rpartition("-")[2] for actor in actors}
    users = session.scalars(select(User).where(func.substr(User.id, 1, NUMBER).in_(numbers)))
    return {user.actor: user.name for user in users}


def _read(entry: LedgerEntry, lots: dict[str, Lot], names: dict[str, str]) -> Read:
    code = entry.chain.partition("/")[0]
    body = json.loads(entry.body) if entry.body else {}
    return Read(
        moment_of(entry.ts), code, lots.get(code), entry.kind, body.get("what", ""),
        names.get(entry.actor, ""), ROLES.get(entry.actor.rpartition("-")[0]), entry.leaf.hex(),
    )  # fmt: skip
