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
from trading.evidence.build import build, final_leaf, not_final
from trading.ledger.log import read_logged
from trading.ledger.notes import VerifierKey
from trading.models import Lot
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


def cosigned(session: Session, now: datetime, tools: Tools) -> Covering:
    """A checkpoint over the whole record that the installation's witness has signed.

    Raises:
        Refused: there is no witness, or it did not sign.
    """
    keeper = tools.keeper
    if keeper is None:
        raise Refused("no_witness", "本平台未设置见证方，不能导出证据文件", "No witness is set: no evidence file")
    return Covering(keeper.cosigned(session, now), keeper.key.verifier, keeper.witness_keys)


@dataclass(frozen=True)
class Shelf:
    """Evidence files that were made: a closed chain does not change, so its file need not either.

    ``cover`` brings the checkpoint for a new one.
    """

    folder: Path
    cover: Cover = cosigned

    def evidence(self, session: Session, lot: Lot, now: datetime, tools: Tools) -> Evidence:
        """The evidence file of a lot, from the shelf where it lies there.

        Raises:
            Refused: the lot's chain is not closed, or no witness signs.
            RecordsDiffer: what is kept cannot be verified; nothing is handed out.
        """
        leaf = final_leaf(session, lot)
        if leaf is None:
            raise not_final()
        kept, note = (self.folder / f"{leaf.hex()}.{kind}" for kind in ("zip", "note"))
        if not (kept.is_file() and note.is_file()):
            self._make(session, lot, self.cover(session, now, tools), kept, note)
        return Evidence(lot.code, kept.read_bytes(), note.read_bytes())

    def _make(self, session: Session, lot: Lot, covering: Covering, kept: Path, note: Path) -> None:
        """Build the file and put it there whole."""
        data = build(session, lot, covering.note, covering.log_key, covering.witness_keys)
        self.folder.mkdir(parents=True, exist_ok=True)
        for path, content in ((note, covering.note), (kept, data)):
            draft = path.with_name(f"{path.name}.{threading.get_ident()}.draft")
            draft.write_bytes(content)
            draft.replace(path)


def export(session: Session, lot: Lot, actor: str, now: datetime, tools: Tools, shelf: Shelf) -> Evidence:
    """The evidence file, and its export on record, in a transaction of its own.

    Args:
        actor: who exports, as the record knows him.

    Raises:
        Refused, RecordsDiffer: as :meth:`Shelf.evidence`; nothing is on record.
    """
    found = shelf.evidence(session, lot, now, tools)
    with transaction(session):
        read_logged(session, lot.code, actor, f"evidence {found.digest}", now, kind=EXPORTED)
    return found


