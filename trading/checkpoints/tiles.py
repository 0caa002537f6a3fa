"""The tree of the whole log 存证树 without reading it all each time: hashes of 256 leaves are kept."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.ledger import merkle
from trading.models import LedgerEntry

TILE = 256


class Tiles:
    """Roots and proofs of what is committed; full tiles of the log never change, so that their roots are kept.

    One for each process. Callers ask for nothing beyond a checkpoint, whose entries are committed.
    """

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._roots: list[bytes] = []
        self._learning = Lock()

    def root(self, session: Session, size: int) -> bytes:
        """The root of the first ``size`` leaves."""
        return self._range(session, 0, size)

    def inclusion(self, session: Session, index: int, size: int) -> list[bytes]:
        """The audit path of leaf ``index`` under the first ``size`` leaves, nearest sibling first (RFC 6962 §2.1.1).

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < size:
            raise IndexError(index)
        start, end, path = 0, size, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(session, middle, end))
                end = middle
            else:
                path.append(self._range(session, start, middle))
                start = middle
        return path[::-1]

    def consistency(self, session: Session, first: int, size: int) -> list[bytes]:
        """The proof that the first ``first`` leaves begin the tree of ``size`` leaves (RFC 6962 §2.1.2).

        Raises:
            IndexError: unless 0 < first <= size.
        """
        if not 0 < first <= size:
            raise IndexError(first)
        start, end, whole, path = 0, size, True, []
        while first < end:
            middle = start + _split(end - start)
            if first <= middle:
                path.append(self._range(session, middle, end))
                end = middle
            else:
                path.append(self._range(session, start, middle))
                start, whole = middle, False
        return ([] if whole else [self._range(session, start, end)]) + path[::-1]

    def _range(self, session: Session, start: int, end: int) -> bytes:
        """The root of the leaves from ``start``, where the tree splits, to before ``end``."""
        if end - start < TILE:
            return merkle.root(_leaves(session, start, end))
        self._learn(session, end // TILE)
        full = self._roots[start // TILE : end // TILE]
        rest = end % TILE
        # The tree over whole tiles and a last, broken one is the tree over their roots: both split at powers of two.
        return merkle.root(full + ([merkle.root(_leaves(session, end - rest, end))] if rest else []))

    def _learn(self, session: Session, tiles: int) -> None:
        """Know the roots of the first ``tiles`` full tiles."""
        with self._learning:
            known = len(self._roots)
            leaves: list[bytes] = []
            for leaf in _stream(session, known * TILE, tiles * TILE):
                leaves.append(leaf)
                if len(leaves) == TILE:
                    self._roots.append(merkle.root(leaves))
                    leaves = []


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _stream(session: Session, start: int, end: int) -> Iterable[bytes]:
    query = select(LedgerEntry.leaf).where(LedgerEntry.seq >= start, LedgerEntry.seq < end).order_by(LedgerEntry.seq)
    return session.scalars(query.execution_options(yield_per=TILE * 16))


def _leaves(session: Session, start: int, end: int) -> list[bytes]:
    return list(_stream(session, start, end))
