"""Merkle trees as in Certificate Transparency 默克尔树: roots, proofs, and a log that grows without its history."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
EMPTY_FRONTIER = bytes(8)


def leaf(data: bytes) -> bytes:
    """The hash of a leaf (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, oldest first; of none: SHA-256 of nothing."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        level = _above(level)
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf ``index``, nearest sibling first (RFC 6962 §2.1.1).

    Raises:
        IndexError: when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, path = list(leaves), []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        level, index = _above(level), index >> 1
    return path


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether ``proof`` shows the leaf at ``index`` of a tree of ``size`` leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or any(len(item) != 32 for item in (leaf_hash, expected, *proof)):
        return False
    position, last, result = index, size - 1, leaf_hash
    for item in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = node(item, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node(result, item)
        position, last = position >> 1, last >> 1
    return last == 0 and result == expected


def consistency_proof(leaves: Sequence[bytes], first: int) -> list[bytes]:
    """The proof that the tree of the ``first`` leaves is the beginning of this one (RFC 6962 §2.1.2).

    Raises:
        IndexError: unless 0 < first <= number of leaves.
    """
    if not 0 < first <= len(leaves):
        raise IndexError(first)
    return _subproof(leaves, first, whole=True)


def consistent(first: int, second: int, old: bytes, new: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the tree (first, old) is the beginning of (second, new) (RFC 9162 §2.1.4.2)."""
    if not 0 < first <= second or any(len(item) != 32 for item in proof):
        return False
    if first == second:
        return not proof and old == new
    path = list(proof) if first & (first - 1) else [old, *proof]
    if not path:
        return False
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = path[0]
    for item in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before, after = node(item, before), node(item, after)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            after = node(after, item)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old and after == new


def size_of(frontier: bytes) -> int:
    """How many leaves the tree of this frontier has."""
    return int.from_bytes(frontier[:8], "big")


def push(frontier: bytes, leaf_hash: bytes) -> bytes:
    """The frontier after one more leaf.

    A frontier is ``u64be(n)`` followed by the hashes of the perfect subtrees, largest first (trust.md C.3).
    """
    count, hashes = size_of(frontier), _subtrees(frontier)
    carry = count
    while carry & 1:
        leaf_hash, carry = node(hashes.pop(), leaf_hash), carry >> 1
    return (count + 1).to_bytes(8, "big") + b"".join([*hashes, leaf_hash])


def frontier_root(frontier: bytes) -> bytes:
    """The root of the tree of this frontier."""
    hashes = _subtrees(frontier)
    if not hashes:
        return EMPTY_ROOT
    result = hashes.pop()
    while hashes:
        result = node(hashes.pop(), result)
    return result


def _subtrees(frontier: bytes) -> list[bytes]:
    """The hashes in a frontier; refuses one whose length does not fit its count."""
    hashes = [frontier[at : at + 32] for at in range(8, len(frontier), 32)]
    if len(frontier) != 8 + 32 * size_of(frontier).bit_count():
        raise ValueError("not a frontier")
    return hashes


def _above(level: list[bytes]) -> list[bytes]:
    """The next level of the tree; an odd last node moves up as it is."""
    paired = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return paired + level[len(level) - 1 :] if len(level) % 2 else paired


def _subproof(leaves: Sequence[bytes], first: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 §2.1.2."""
    if first == len(leaves):
        return [] if whole else [root(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if first <= split:
        return [*_subproof(leaves[:split], first, whole=whole), root(leaves[split:])]
    return [*_subproof(leaves[split:], first - split, whole=False), root(leaves[:split])]
