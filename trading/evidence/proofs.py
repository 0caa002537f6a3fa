"""Inclusion proofs of many entries at once 存在证明: the tree is hashed once, each proof is read out of it."""

from __future__ import annotations

from collections.abc import Sequence

from trading.ledger import merkle


class Tree:
    """A tree of RFC 6962 with all its levels; an odd last node stands for itself one level higher."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """Hash the tree over leaf hashes."""
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            above = [merkle.node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
            self._levels.append(above + below[len(above) * 2 :])

    @property
    def root(self) -> bytes:
        """The root; of no leaves that of the empty tree."""
        top = self._levels[-1]
        return top[0] if top else merkle.root([])

    def proof(self, index: int) -> list[bytes]:
        """The inclusion proof of the leaf at ``index``, nearest sibling first.

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < len(self._levels[0]):
            raise IndexError(index)
        path = []
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            index >>= 1
        return path
