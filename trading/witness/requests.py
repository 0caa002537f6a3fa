"""What is asked of a witness 见证请求: the same bytes over HTTP and on a stick (C2SP tlog-witness)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from trading.ledger import notes

LONGEST = 64 * 1024
MOST_HASHES = 63
OLD = re.compile(rb"old (0|[1-9][0-9]{0,15})")


class MalformedRequest(ValueError):
    """The bytes are no request."""


@dataclass(frozen=True, slots=True)
class CosignRequest:
    """A checkpoint to be cosigned, the size at which the witness is taken to know the log, and the proof."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    @property
    def origin(self) -> str:
        """The first line of the checkpoint: the log's name."""
        return self.note.partition(b"\n")[0].decode("utf-8", "replace")

    def data(self) -> bytes:
        """As it is sent."""
        lines = [f"old {self.old}", *(base64.b64encode(one).decode() for one in self.proof), "", ""]
        return "\n".join(lines).encode() + self.note


def ask(old: int, proof: Sequence[bytes], note: bytes) -> CosignRequest:
    """A request; ``proof`` is the consistency proof from ``old`` leaves, empty for none."""
    return CosignRequest(old, tuple(proof), note)


def read_request(data: bytes) -> CosignRequest:
    """Read a request; only LF ends a line, base64 is canonical.

    Raises:
        MalformedRequest: it is none.
    """
    if len(data) > LONGEST:
        raise MalformedRequest("the request is too long")
    head, gap, note = data.partition(b"\n\n")
    first, *proof = head.split(b"\n")
    old = OLD.fullmatch(first)
    if not gap or old is None or len(proof) > MOST_HASHES:
        raise MalformedRequest("not a request: old size, proof, an empty line, the checkpoint")
    return CosignRequest(int(old[1]), tuple(_hash(line) for line in proof), note)


def tree_of(note: bytes, key: notes.VerifierKey) -> notes.Checkpoint:
    """The state of the log that a note tells, signed by ``key``.

    Raises:
        NoteError: it is not signed so, or tells no state.
    """
    return notes.read_checkpoint(notes.verified(note, key).text, key.name)


def _hash(line: bytes) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except (ValueError, binascii.Error) as error:
        raise MalformedRequest("a proof line is no base64") from error
    if len(found) != 32 or base64.b64encode(found) != line:
        raise MalformedRequest("a proof line is no hash in canonical base64")
    return found
