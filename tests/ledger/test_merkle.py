"""Merkle trees 默克尔树 against RFC 6962's values, upstream's probes and an independent implementation."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from pymerkle import InmemoryTree

from tests.vectors import vector
from trading.ledger import merkle

VALUES = vector("rfc6962_merkle")
PROBES = vector("rfc6962_probes")
LEAVES = [merkle.leaf(bytes.fromhex(text)) for text in VALUES["leaves_hex"]]
MANY = [merkle.leaf(f"entry {number}".encode()) for number in range(70)]


def test_single_hashes_are_those_of_the_standard() -> None:
    printed = VALUES["hash"]
    assert merkle.EMPTY_ROOT.hex() == printed["empty_root"]
    assert merkle.leaf(b"").hex() == printed["empty_leaf"]
    assert merkle.leaf(b"L123456").hex() == printed["leaf_L123456"]
    assert merkle.node(b"N123", b"N456").hex() == printed["node_N123_N456"]


def test_roots_are_those_of_the_standard_and_of_seventy_entries() -> None:
    assert [merkle.root(LEAVES[:size]).hex() for size in range(9)] == VALUES["roots_by_size"]
    assert [merkle.root(MANY[:size]).hex() for size in range(1, 71)] == VALUES["pymerkle_entry_i"][
        "roots_by_size_1_to_70"
    ]


@pytest.mark.parametrize("case", VALUES["inclusion"], ids=lambda case: f"{case['index']} of {case['size']}")
def test_an_inclusion_proof_is_that_of_the_standard(case: dict[str, Any]) -> None:
    index, size = case["index"], case["size"]
    proof = merkle.inclusion_proof(LEAVES[:size], index)
    assert [item.hex() for item in proof] == case["proof"]
    assert merkle.included(LEAVES[index], index, size, proof, merkle.root(LEAVES[:size]))


@pytest.mark.parametrize("case", VALUES["consistency"], ids=lambda case: f"{case['first']} in {case['second']}")
def test_a_consistency_proof_is_that_of_the_standard(case: dict[str, Any]) -> None:
    first, second = case["first"], case["second"]
    proof = merkle.consistency_proof(LEAVES[:second], first)
    assert [item.hex() for item in proof] == case["proof"]
    assert merkle.consistent(first, second, merkle.root(LEAVES[:first]), merkle.root(LEAVES[:second]), proof)


@pytest.mark.parametrize("case", PROBES["inclusion"], ids=lambda case: f"{case['file'][19:]}")
def test_an_inclusion_probe_is_judged_as_upstream_judges_it(case: dict[str, Any]) -> None:
    proof = [b64decode(item) for item in case["proof"] or []]
    found = merkle.included(
        b64decode(case["leafHash"] or ""), case["leafIdx"], case["treeSize"], proof, b64decode(case["root"] or "")
    )
    assert found is not case["wantErr"]


@pytest.mark.parametrize("case", PROBES["consistency"], ids=lambda case: f"{case['file'][21:]}")
def test_a_consistency_probe_is_judged_as_upstream_judges_it(case: dict[str, Any]) -> None:
    proof = [b64decode(item) for item in case["proof"] or []]
    old, new = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
    assert merkle.consistent(case["size1"], case["size2"], old, new, proof) is not case["wantErr"]


def test_an_independent_tree_has_the_same_roots_and_proofs() -> None:
    tree = InmemoryTree(algorithm="sha256")
    for number in range(70):
        tree.append_entry(f"entry {number}".encode())
        assert tree.get_root() == merkle.root(MANY[: number + 1])
    for index in range(70):
        path = [bytes.fromhex(item) for item in tree.prove_inclusion(index + 1, 70).serialize()["path"]]
        assert path == [MANY[index], *merkle.inclusion_proof(MANY, index)]


def test_a_frontier_grows_to_the_root_of_all_its_leaves() -> None:
    frontier = merkle.EMPTY_FRONTIER
    assert merkle.frontier_root(frontier) == merkle.EMPTY_ROOT
    for number, leaf in enumerate(MANY, 1):
        frontier = merkle.push(frontier, leaf)
        assert merkle.size_of(frontier) == number
        assert merkle.frontier_root(frontier) == merkle.root(MANY[:number])


def test_bytes_that_are_no_frontier_are_refused() -> None:
    with pytest.raises(ValueError, match="not a frontier"):
        merkle.push(bytes(7) + b"\x03" + bytes(32), bytes(32))


@pytest.mark.parametrize(("size", "index"), [(0, 0), (1, 1), (8, 8), (8, -1)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(size: int, index: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(LEAVES[:size], index)
    with pytest.raises(IndexError):
        merkle.consistency_proof(LEAVES[:size], 0)
