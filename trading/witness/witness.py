"""The witness itself 见证方: remembers each log, demands proof that it only grew, cosigns with its own clock."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trading.clock import Clock
from trading.ledger import merkle, notes
from trading.ledger.notes import LOG, WITNESS, Checkpoint, NoteError, SigningKey, VerifierKey
from trading.witness.requests import CosignRequest, MalformedRequest, read_request, tree_of

KEY, STATE, LOCK = "witness.key", "state.json", ".lock"
OTHERS = 0o077


class WitnessRefuses(Exception):
    """The witness does not cosign; ``status`` is the code of HTTP, ``size`` what it has seen of the log."""

    def __init__(self, status: int, reason: str, size: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.size = size


class WitnessError(Exception):
    """The witness's own folder is not in order."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the witness cosigned last of a log."""

    size: int
    root: bytes


class Witness:
    """A witness in its folder: one key, the logs it knows, and what it has seen of each."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Open the witness in ``folder``; ``clock`` is its own, never that of the log.

        Raises:
            WitnessError: nobody has set it up there, or others may read its key.
        """
        path = folder / KEY
        if not path.is_file():
            raise WitnessError(f"there is no witness in {folder}: run “witness init”")
        if path.stat().st_mode & OTHERS:
            raise WitnessError(f"others may read {path}")
        kept = json.loads(path.read_text("utf-8"))
        self.key = SigningKey(kept["name"], WITNESS, bytes.fromhex(kept["seed"]))
        self._folder = folder
        self._clock = clock

    def know(self, log: VerifierKey) -> None:
        """Know a log from now on, by its printed verifier key.

        Raises:
            WitnessError: another log of this name is known, or the key is the witness's own.
        """
        if log.kind != LOG or log.name == self.key.name or log.public == self.key.verifier.public:
            raise WitnessError("a log has a name and a key of its own")
        with self._state() as state:
            known = state["logs"].setdefault(log.name, {"key": str(log), "seen": None, "begun_anew": []})
            if known["key"] != str(log):
                raise WitnessError(f"another key of {log.name} is known")

    def seen(self, origin: str) -> Seen | None:
        """What was cosigned last of a log; None before the first time."""
        with self._state() as state:
            return _seen(state["logs"].get(origin))

    def logs(self) -> dict[str, Any]:
        """All logs with their keys, what was seen, and when somebody let them begin anew."""
        with self._state() as state:
            return dict(state["logs"])

    def begin_anew(self, origin: str, reason: str) -> None:
        """Forget what was seen of a log, after an incident that its people have signed; that it was is kept for ever.

        Raises:
            WitnessError: the log is not known.
        """
        with self._state() as state:
            known = state["logs"].get(origin)
            if known is None:
                raise WitnessError(f"no log {origin} is known")
            at = self._clock.now().isoformat(timespec="seconds")
            known["begun_anew"].append({"at": at, "reason": reason, "seen": known["seen"]})
            known["seen"] = None

    def add_checkpoint(self, data: bytes) -> str:
        """Cosign a checkpoint; the new state is on the disk before the signature is given away.

        Args:
            data: a request as :mod:`trading.witness.requests` writes it.

        Returns:
            The signature line.

        Raises:
            WitnessRefuses: with the status that C2SP tlog-witness gives the reason.
        """
        try:
            request = read_request(data)
        except MalformedRequest as wrong:
            raise WitnessRefuses(400, str(wrong)) from wrong
        with self._state() as state:
            known = state["logs"].get(request.origin)
            tree = _signed_by_known_log(request, known)
            _check_growth(request, tree, _seen(known))
            known["seen"] = {"size": tree.size, "root": tree.root.hex()}
        return self.key.line(notes.read(request.note).text, int(self._clock.now().timestamp()))

    @contextmanager
    def _state(self) -> Iterator[dict[str, Any]]:
        """The state, alone among all processes; kept whole when the block ends well."""
        with (self._folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            path = self._folder / STATE
            before = path.read_bytes() if path.exists() else b'{"logs": {}}'
            state = json.loads(before)
            yield state
            after = json.dumps(state, ensure_ascii=False, indent=1).encode()
            if after != before:
                replace_whole(path, after)


def set_up(folder: Path, name: str, clock: Clock) -> Witness:
    """Make the key of a new witness.

    Raises:
        WitnessError: there is one already.
        NoteError: the name has white space or a plus sign.
    """
    seed = secrets.token_bytes(32)
    _ = SigningKey(name, WITNESS, seed).verifier
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WitnessError(f"there is a witness in {folder} already") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"name": name, "seed": seed.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    return Witness(folder, clock)


def replace_whole(path: Path, data: bytes) -> None:
    """Replace a file so that a reader, and the disk after a crash, has the old bytes or the new ones."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _seen(known: Any) -> Seen | None:
    kept = known and known["seen"]
    return Seen(kept["size"], bytes.fromhex(kept["root"])) if kept else None


def _signed_by_known_log(request: CosignRequest, known: Any) -> Checkpoint:
    """The state of the log that the request tells.

    Raises:
        WitnessRefuses: the log is not known, did not sign, or tells no state.
    """
    try:
        notes.read(request.note)
    except NoteError as wrong:
        raise WitnessRefuses(400, str(wrong)) from wrong
    if known is None:
        raise WitnessRefuses(404, "the log is not known here")
    try:
        return tree_of(request.note, notes.read_key(known["key"], LOG))
    except NoteError as wrong:
        raise WitnessRefuses(403, str(wrong)) from wrong


def _check_growth(request: CosignRequest, tree: Checkpoint, seen: Seen | None) -> None:
    """Raise unless the tree is the one seen, or has grown from it; the first time any is taken."""
    if request.old > tree.size:
        raise WitnessRefuses(400, "the old size is beyond the checkpoint")
    size = seen.size if seen else 0
    if request.old != size:
        raise WitnessRefuses(409, "the log was seen at another size", size)
    if tree.size == 0 and tree.root != merkle.EMPTY_ROOT:
        raise WitnessRefuses(422, "the root is not that of an empty log")
    if seen is None or seen.size == 0:
        if request.proof:
            raise WitnessRefuses(422, "there is nothing to prove from an empty log")
        return
    if tree.size == seen.size and tree.root != seen.root:
        raise WitnessRefuses(409, "another tree of this size was cosigned")
    if not merkle.consistent(seen.size, tree.size, seen.root, tree.root, request.proof):
        raise WitnessRefuses(422, "the proof does not show that the log only grew")
