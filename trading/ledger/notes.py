"""Signed notes 签名文本: checkpoints and receipts as C2SP signed notes, and the keys that sign them (trust.md §8.5)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 1, 4
DASH = "\u2014 "
SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
NAME = re.compile(r"[^\s+]+")


class NoteError(ValueError):
    """A key or note is malformed, or a signature on it is wrong or missing."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a signer: its name, what it signs as (``LOG`` or ``WITNESS``), and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def identity(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        """The printed form: name, key id, type byte and key."""
        return f"{self.name}+{self.identity.hex()}+{_b64(bytes([self.kind]) + self.public)}"

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether ``signature`` is this key's over ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A signer with its private half; the seed shows in no message and no log."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """What others check with."""
        if not NAME.fullmatch(self.name):
            raise NoteError("a name has neither white space nor a plus sign")
        return VerifierKey(self.name, self.kind, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def line(self, text: str, time: int | None = None) -> str:
        """The signature line of this key under ``text``.

        Args:
            text: ends with a line feed.
            time: POSIX seconds of the witness's clock; a log key takes none.

        Raises:
            NoteError: a time where there is none, or none where there is one.
        """
        if (self.kind == WITNESS) != (time is not None):
            raise NoteError("a witness signs with its time, a log without")
        stamp = b"" if time is None else time.to_bytes(8, "big")
        signature = self._private.sign(signed_bytes(self.kind, text, time))
        return f"{DASH}{self.name} {_b64(self.verifier.identity + stamp + signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signature lines (name, bytes), as read."""

    text: str
    lines: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: its name, how many leaves it has, their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"


def read_key(text: str, kind: int) -> VerifierKey:
    """A verifier key from its printed form.

    Raises:
        NoteError: malformed, of another type, or with a key id that is not its own.
    """
    name, plus, rest = text.partition("+")
    identity, second, encoded = rest.partition("+")
    data = _unb64(encoded)
    if not (plus and second and NAME.fullmatch(name)) or len(data) != 33 or data[0] != kind:
        raise NoteError(f"not a verifier key: {text!r}")
    key = VerifierKey(name, kind, data[1:])
    if identity != key.identity.hex():
        raise NoteError(f"the key id is not that of the key: {text!r}")
    return key


def signed_bytes(kind: int, text: str, time: int | None) -> bytes:
    """What is signed: the text, and for a witness its time before it (C2SP tlog-cosignature)."""
    prefix = f"cosignature/v1\ntime {time}\n" if kind == WITNESS else ""
    return (prefix + text).encode()


def write(text: str, lines: Iterable[str]) -> bytes:
    """The note of a text and its signature lines."""
    return (text + "\n" + "".join(lines)).encode()


def read(data: bytes) -> Note:
    """Read a note; nothing is verified yet.

    Raises:
        NoteError: malformed (only LF ends a line, as other line ends would let a note be altered unseen).
    """
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteError("the note is not UTF-8") from error
    if not note.endswith("\n") or "\n\n" not in note or any(ord(one) < 32 and one != "\n" for one in note):
        raise NoteError("the note is malformed")
    cut = note.rindex("\n\n") + 1
    return Note(note[:cut], tuple(_signature_line(line) for line in note[cut + 1 :].split("\n")[:-1]))


def verified(data: bytes, log: VerifierKey, witnesses: Sequence[VerifierKey] = (), need: int = 0) -> Note:
    """Read a note that ``log`` and at least ``need`` of ``witnesses`` signed.

    Raises:
        NoteError: malformed, wrongly signed by a known key, signed twice by one, or by too few.
    """
    note, by = read(data), set()
    for name, blob in note.lines:
        for key in (log, *witnesses):
            if (name, blob[:4]) == (key.name, key.identity):
                _check_line(note.text, key, blob)
                if key in by:
                    raise NoteError(f"two signatures of {name}")
                by.add(key)
    if log not in by:
        raise NoteError("the log key did not sign")
    if len(by) - 1 < need:
        raise NoteError(f"{len(by) - 1} witnesses signed, {need} are needed")
    return note


def read_checkpoint(text: str, origin: str) -> Checkpoint:
    """The checkpoint of the log ``origin`` from a note's text.

    Raises:
        NoteError: malformed, or of another log.
    """
    lines = text.split("\n")[:-1]
    if len(lines) < 3 or lines[0] != origin or not SIZE.fullmatch(lines[1]):
        raise NoteError("not a checkpoint of this log")
    root = _unb64(lines[2])
    if len(root) != 32:
        raise NoteError("a root has 32 bytes")
    return Checkpoint(origin, int(lines[1]), root)


def _signature_line(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not name or not space:
        raise NoteError(f"malformed signature line: {line[:40]!r}")
    blob = _unb64(encoded)
    if len(blob) < 5:
        raise NoteError("a signature is too short")
    return name, blob


def _check_line(text: str, key: VerifierKey, blob: bytes) -> None:
    """Raise unless the line of a known key is its signature."""
    stamp = 8 if key.kind == WITNESS else 0
    time = int.from_bytes(blob[4 : 4 + stamp], "big") if stamp else None
    whole = len(blob) == 4 + stamp + 64
    if not whole or not key.signed(signed_bytes(key.kind, text, time), blob[4 + stamp :]):
        raise NoteError(f"the signature of {key.name} is wrong")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unb64(text: str) -> bytes:
    """Canonical base64 only: loose forms would give one signature many spellings."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteError("not base64") from error
    if _b64(data) != text:
        raise NoteError("not canonical base64")
    return data
