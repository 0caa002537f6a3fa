"""What a witness has seen, kept outside the database 库外留存: whoever restores an old backup is found out by it."""

from __future__ import annotations

from pathlib import Path

from trading.errors import NotConfigured
from trading.ledger.notes import Checkpoint, NoteError, VerifierKey
from trading.witness.requests import tree_of
from trading.witness.witness import replace_whole


class Memory:
    """The newest cosigned checkpoint in a file beside the database."""

    def __init__(self, path: Path, log: VerifierKey) -> None:
        self.path = path
        self._log = log

    def keep(self, note: bytes) -> None:
        """Remember a cosigned checkpoint; after a crash the old one or this one is there, whole."""
        if not self.path.exists() or self.path.read_bytes() != note:
            replace_whole(self.path, note)

    def last(self) -> Checkpoint | None:
        """The state that was cosigned last; None where none ever was.

        Raises:
            NotConfigured: the file is not a checkpoint that the log's present key signed.
        """
        if not self.path.exists():
            return None
        try:
            return tree_of(self.path.read_bytes(), self._log)
        except NoteError as error:
            raise NotConfigured(
                f"{self.path} 不是以现用日志密钥签署的检查点：密钥库或设置 TRADING_ORIGIN 已变动，或者文件被改动",
                f"{self.path} is no checkpoint signed by the present key of the log: key folder or TRADING_ORIGIN are "
                "others than before, or the file was altered",
            ) from error
