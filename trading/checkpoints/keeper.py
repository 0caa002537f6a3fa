"""Keeps the record's checkpoints 检查点管理: cuts what is due, has it cosigned, remembers what was witnessed."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.checkpoints.cutting import KEY_KINDS, cut, is_due, newest
from trading.checkpoints.faults import NoWitness, RolledBack
from trading.checkpoints.memory import Memory
from trading.checkpoints.tiles import Tiles
from trading.checkpoints.witnesses import Cosigner
from trading.clock import Clock
from trading.database import transaction
from trading.ledger import merkle, notes
from trading.ledger.log import HEAD, record_outside_steps
from trading.ledger.notes import NoteError, SigningKey, VerifierKey
from trading.models import Checkpoint, LedgerHead
from trading.values import Book
from trading.witness.requests import CosignRequest, ask
from trading.witness.witness import WitnessRefuses

DRIFT = timedelta(seconds=2)
"""Beyond this, a witness's clock differs from ours (trust.md C.5)."""
PAUSE = 12
"""After a witness that did not cosign, so many ticks pass before it is asked again: asking may take its patience."""
log = logging.getLogger(__name__)


class Keeper:
    """The checkpoints of one installation."""

    def __init__(self, key: SigningKey, book: Book, clock: Clock, memory: Memory, witness: Cosigner | None) -> None:
        """``key`` signs for the log, its name being the origin; ``clock`` is the installation's."""
        self.key = key
        self.witness = witness
        self.memory = memory
        self.tiles = Tiles()
        self._book = book
        self._clock = clock
        self._drifting = False
        self._pause = 0

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.key.name

    @property
    def witness_keys(self) -> tuple[VerifierKey, ...]:
        """The keys of the witnesses that cosign here."""
        return (self.witness.key,) if self.witness else ()

    def taken(self, session: Session, kinds: Collection[str], now: datetime) -> None:
        """Cut a checkpoint at once where a step made a key event; that it fails fails no step, and the clock retries.

        Args:
            session: after the step's transaction.
            kinds: the kinds of the entries that the step made.
        """
        if KEY_KINDS.isdisjoint(kinds):
            return
        try:
            cut(session, self.key, now)
        except Exception:
            log.exception("no checkpoint after %s", sorted(kinds))

    def tick(self, session: Session, now: datetime) -> bool:
        """Cut what is due and have the newest cosigned; a silent or refusing witness is told of in the program's log.

        Returns:
            Whether a checkpoint was cut or cosigned.
        """
        rhythm = timedelta(minutes=int(self._book.on(law_date(now))["checkpoint_minutes"]))
        fresh = is_due(session, now, rhythm)
        if fresh:
            cut(session, self.key, now)
        kept = newest(session)
        if self.witness is None or kept is None or kept.cosigned_at is not None:
            return fresh
        if self._pause:
            self._pause -= 1
            return fresh
        try:
            self.have_cosigned(session, kept, now)
        except (NoWitness, RolledBack) as fault:
            log.warning("%s", fault.en)
            self._pause = PAUSE
            return fresh
        return True

    def cosigned(self, session: Session, now: datetime) -> bytes:
        """A cosigned checkpoint over the whole log as it stands; outside any transaction.

        Raises:
            NoWitness: none is configured, or it did not answer.
            RolledBack: the witness has seen another record.
        """
        if self.witness is None:
            raise NoWitness(
                "没有设置见证方（TRADING_WITNESS、TRADING_WITNESS_KEY），不能出具经见证的检查点",
                "No witness is set (TRADING_WITNESS, TRADING_WITNESS_KEY): there is no cosigned checkpoint",
            )
        kept = newest(session)
        if kept is None or kept.size != self.size(session):
            kept = cut(session, self.key, now)
        if kept.cosigned_at is None:
            self.have_cosigned(session, kept, now)
        return kept.note.encode()

    def request(self, session: Session, kept: Checkpoint, since: int | None = None) -> CosignRequest:
        """What a witness is asked for a checkpoint, which knows the log at ``since`` leaves (default: as we think)."""
        if since is None:
            before = newest(session, cosigned=True)
            since = before.size if before and before.size <= kept.size else 0
        proof = self.tiles.consistency(session, since, kept.size) if since else []
        return ask(since, proof, kept.note.encode())

    def have_cosigned(self, session: Session, kept: Checkpoint, now: datetime) -> None:
        """Ask the witness; the second time from where it says that it knows the log.

        Raises:
            NoWitness, RolledBack: as :meth:`cosigned`.
        """
        assert self.witness is not None
        try:
            answer = self.witness.cosign(self.request(session, kept))
        except WitnessRefuses as refusal:
            if refusal.size is None or refusal.size > kept.size:
                raise self._refused(session, refusal) from refusal
            try:
                answer = self.witness.cosign(self.request(session, kept, refusal.size))
            except WitnessRefuses as again:
                raise self._refused(session, again) from again
        self.take_in(session, kept.note.encode() + answer.encode(), now)

    def take_in(self, session: Session, note: bytes, now: datetime) -> Checkpoint:
        """Keep a cosigned checkpoint, pushed or carried here, and remember it outside the database.

        Raises:
            NoWitness: it is none that the configured witness signed over a checkpoint of ours.
        """
        try:
            state = notes.read_checkpoint(
                notes.verified(note, self.key.verifier, self.witness_keys, 1).text, self.origin
            )
        except NoteError as error:
            raise _no_cosignature(str(error)) from error
        at = max(_times(note, self.witness_keys))
        with transaction(session):
            kept = session.get(Checkpoint, state.size, populate_existing=True, with_for_update=True)
            if kept is None or kept.root != state.root:
                raise _no_cosignature(f"{state.size}")
            if kept.cosigned_at is None:
                kept.note, kept.cosigned_at = note.decode(), at
        last = newest(session, cosigned=True)
        assert last is not None
        self.memory.keep(last.note.encode())
        if self.witness is not None and self.witness.answers:
            self._compare_clocks(session, at, now)
        return kept

    def size(self, session: Session) -> int:
        """How many entries the log has."""
        head = session.get(LedgerHead, HEAD, populate_existing=True)
        return merkle.size_of(head.frontier) if head else 0

    def _refused(self, session: Session, refusal: WitnessRefuses) -> NoWitness | RolledBack:
        """Why the witness does not cosign, in the reader's words."""
        if refusal.status in (409, 422):
            last, size = newest(session, cosigned=True), self.size(session)
            return RolledBack(refusal.size or (last.size if last else 0), size)
        return NoWitness(
            f"见证方不予见证（{refusal.status} {refusal}）", f"The witness does not cosign ({refusal.status} {refusal})"
        )

    def _compare_clocks(self, session: Session, theirs: datetime, before: datetime) -> None:
        """Put on record that the clocks of witness and platform part; once, until they agree again."""
        after = self._clock.now()
        late, early = theirs - max(before, after), before - theirs - timedelta(seconds=1)
        parted = max(late, early)
        if parted > DRIFT and not self._drifting:
            body = {"what": "the clocks of platform and witness differ", "seconds": int(parted.total_seconds())}
            log.warning("%s: %s s", body["what"], body["seconds"])
            with transaction(session):
                record_outside_steps(session, "incident", "system", body, after)
        self._drifting = parted > DRIFT


def cosigned_checkpoint(session: Session, now: datetime, keeper: Keeper | None) -> bytes:
    """A cosigned checkpoint over the whole log as it stands, as a signed note; outside any transaction.

    Args:
        keeper: ``tools.keeper``.

    Raises:
        NoWitness: no witness is configured, or it did not answer.
        RolledBack: the witness has seen another record.
    """
    if keeper is None:
        raise NoWitness("此处没有检查点", "There are no checkpoints here")
    return keeper.cosigned(session, now)


def _times(note: bytes, witnesses: Collection[VerifierKey]) -> list[datetime]:
    """The times that the known witnesses put under a note."""
    known = {(key.name, key.identity) for key in witnesses}
    found = [blob[4:12] for name, blob in notes.read(note).lines if (name, blob[:4]) in known]
    return [datetime.fromtimestamp(int.from_bytes(stamp, "big"), UTC) for stamp in found]


def _no_cosignature(why: str) -> NoWitness:
    return NoWitness(
        f"不是经本平台设置的见证方签署的本日志检查点（{why}）",
        f"This is no checkpoint of this log that the configured witness signed ({why})",
    )
