"""Handing out an evidence file 导出证据文件: made once under a witnessed checkpoint, and each export on record."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trading.database import transaction
from trading.errors import Refused
from trading.evidence.build import NotFinal, build, final_leaf
from trading.ledger import merkle, notes
from trading.ledger.log import HEAD, read_logged
from trading.ledger.notes import Checkpoint, NoteError, VerifierKey
from trading.models import LedgerHead, Lot
from trading.workflow.taking import Tools

EXPORTED = "document.exported"


@dataclass(frozen=True, slots=True)
class Covering:
    """A checkpoint over the whole record as it stands, and the keys that it can be verified with."""

    note: bytes
    log_key: VerifierKey
    witness_keys: tuple[VerifierKey, ...] = ()


Cover = Callable[[Session, datetime, Tools], Covering]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An evidence file: its bytes, and the checkpoint it rests on."""

    code: str
    data: bytes
    note: bytes

    @property
    def name(self) -> str:
        """The file's name."""
        return f"evidence-{self.code}.zip"

    @property
    def digest(self) -> str:
        """SHA-256, 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()


def by_the_log_alone(session: Session, now: datetime, tools: Tools) -> Covering:
    """A checkpoint that the log alone signs: what an installation without a witness has."""
    key, head = tools.log_key(), session.get_one(LedgerHead, HEAD, populate_existing=True)
    text = Checkpoint(key.name, merkle.size_of(head.frontier), merkle.frontier_root(head.frontier)).text
    return Covering(notes.write(text, [key.line(text)]), key.verifier)


@dataclass(frozen=True)
class Shelf:
    """Evidence files that were made: a closed chain does not change, so its file need not either.

    ``cover`` brings the checkpoint for a new one.
    """

    folder: Path
    cover: Cover = by_the_log_alone

    def evidence(self, session: Session, lot: Lot, now: datetime, tools: Tools) -> Evidence:
        """The evidence file of a lot, from the shelf where it lies there.

        Raises:
            NotFinal: the lot's chain is not closed.
            Refused: no witness has signed the newest checkpoint.
            RecordsDiffer: what is kept cannot be verified; nothing is handed out.
        """
        leaf = final_leaf(session, lot)
        if leaf is None:
            raise NotFinal
        kept, note = (self.folder / f"{leaf.hex()}.{kind}" for kind in ("zip", "note"))
        if not (kept.is_file() and note.is_file()):
            self._make(session, lot, self.cover(session, now, tools), kept, note)
        return Evidence(lot.code, kept.read_bytes(), note.read_bytes())

    def _make(self, session: Session, lot: Lot, covering: Covering, kept: Path, note: Path) -> None:
        """Build the file and put it there whole."""
        refuse_unwitnessed(covering)
        data = build(session, lot, covering.note, covering.log_key, covering.witness_keys)
        self.folder.mkdir(parents=True, exist_ok=True)
        for path, content in ((note, covering.note), (kept, data)):
            draft = path.with_name(f"{path.name}.{threading.get_ident()}.draft")
            draft.write_bytes(content)
            draft.replace(path)


def refuse_unwitnessed(covering: Covering) -> None:
    """Stop where there are witnesses and none has signed: such a file would not be verified.

    Raises:
        Refused: the witness has not signed.
    """
    if not covering.witness_keys:
        return
    try:
        notes.verified(covering.note, covering.log_key, covering.witness_keys, need=1)
    except NoteError as error:
        raise Refused(
            "not_witnessed",
            "最新检查点尚未由见证方联署，证据文件暂不能导出，请稍后再试",
            "No witness has signed the newest checkpoint yet: try again later",
        ) from error


def export(session: Session, lot: Lot, actor: str, now: datetime, tools: Tools, shelf: Shelf) -> Evidence:
    """The evidence file, and its export on record, in a transaction of its own.

    Args:
        actor: who exports, as the record knows him.

    Raises:
        NotFinal, Refused, RecordsDiffer: as :meth:`Shelf.evidence`; nothing is on record.
    """
    found = shelf.evidence(session, lot, now, tools)
    with transaction(session):
        read_logged(session, lot.code, actor, f"evidence {found.digest}", now, kind=EXPORTED)
    return found


