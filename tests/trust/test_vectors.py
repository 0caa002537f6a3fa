"""The acceptance vectors 验收数据 that no room's own tests ask: signatures, actions, an independent tree's proofs."""

from __future__ import annotations

import hashlib
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pymerkle import InmemoryTree, InvalidProof, verify_consistency

from tests.vectors import FOLDER, vector
from trading.ledger import merkle, notes
from trading.ledger.actions import ActionKey, is_signed, message

ACTIONS = vector("ptaction1")
SIGNED = [(group["pk"], one) for group in vector("ed25519_wycheproof")["groups"] for one in group["tests"]]
OTHERS = {
    "rfc3797": "the lot of another community: ours is ptdraw/1",
    "rivest_consistent_sampler": "the idea of tickets; ours are ptdraw/1's",
    "vrs_draft_thomson": "the idea of a chain; ours is ptdraw/1's",
    "nist_beacon": "no rules of ours name a NIST pulse",
}
USES = re.compile(r"vector\(\s*\"([a-z0-9_]+)\"|FOLDER\s*/\s*\"([a-z0-9_]+)\.json\"")
SIZE = 70


@pytest.mark.parametrize(("public", "case"), SIGNED, ids=[str(one["tcId"]) for _public, one in SIGNED])
def test_a_signature_is_judged_as_wycheproof_judges_it(public: str, case: dict[str, Any]) -> None:
    text, valid = bytes.fromhex(case["msg"]), case["result"] == "valid"
    assert is_signed(public, text, case["sig"]) is valid
    key = notes.VerifierKey("a", notes.LOG, bytes.fromhex(public))
    assert key.signed(text, bytes.fromhex(case["sig"])) is valid


def test_the_signatures_of_wycheproof_are_all_there() -> None:
    assert len(SIGNED) == 151
    assert sum(case["result"] == "valid" for _public, case in SIGNED) == 88


@pytest.mark.parametrize("case", ACTIONS["cases"], ids=lambda case: str(case["what"]))
def test_an_action_is_signed_as_the_worked_case_signs_it(case: dict[str, Any]) -> None:
    text = message(case["tender"], case["kind"], case["actor"], case["body"])
    assert text.decode() == case["message"]
    assert message(case["tender"], case["kind"], case["actor"], case["body_unsigned"]) == text
    for given in case["body"]["sigs"]:
        person = ACTIONS["people"][given["signer"]]
        key = ActionKey(bytes.fromhex(person["seed"]))
        assert key.public == person["pub"]
        assert key.sign(text) == given["sig"]
        assert is_signed(key.public, text, given["sig"])


@pytest.mark.parametrize("case", ACTIONS["cases"], ids=lambda case: str(case["what"]))
def test_a_signature_is_good_for_nothing_else(case: dict[str, Any]) -> None:
    given = case["body"]["sigs"][0]
    public, sig = ACTIONS["people"][given["signer"]]["pub"], given["sig"]
    tender, kind, actor, body = case["tender"], case["kind"], case["actor"], case["body_unsigned"]
    others = [
        message(tender + "1", kind, actor, body),
        message(tender, kind + "x", actor, body),
        message(tender, kind, actor + "x", body),
        message(tender, kind, actor, body | {"more": 1}),
        *(message(tender, kind, actor, body | {name: "0"}) for name in body if name != "t_recv"),
    ]
    assert not any(is_signed(public, text, sig) for text in others)
    text = message(tender, kind, actor, body)
    loose = [sig.upper(), sig + "00", sig[:-2], " " + sig, sig + "\n", "0x" + sig[2:]]
    assert not any(is_signed(public, text, other) for other in loose)
    assert not any(is_signed(other, text, sig) for other in (public.upper(), public + "\n", public[:-2]))


def test_an_independent_tree_proves_the_growth_between_our_roots() -> None:
    """Every pair of sizes up to 70: pymerkle proves with its own nodes that our old root became our new one."""
    leaves = [merkle.leaf(f"entry {number}".encode()) for number in range(SIZE)]
    tree, checked = InmemoryTree(algorithm="sha256"), 0
    for number in range(SIZE):
        tree.append_entry(f"entry {number}".encode())
    roots = [merkle.root(leaves[:size]) for size in range(SIZE + 1)]
    for first, second in combinations(range(1, SIZE + 1), 2):
        ours = merkle.consistency_proof(leaves[:second], first)
        proof = tree.prove_consistency(first, second)
        verify_consistency(roots[first], roots[second], proof)
        with pytest.raises(InvalidProof):
            verify_consistency(roots[first - 1], roots[second], proof)
        assert merkle.consistent(first, second, roots[first], roots[second], ours)
        assert not merkle.consistent(first, second, roots[first], roots[second - 1], ours)
        checked += 1
    assert checked == 2415


def test_an_independent_tree_includes_every_leaf_with_the_same_path() -> None:
    leaves = [merkle.leaf(f"entry {number}".encode()) for number in range(SIZE)]
    tree, checked = InmemoryTree(algorithm="sha256"), 0
    for size in range(1, SIZE + 1):
        tree.append_entry(f"entry {size - 1}".encode())
        for index in range(size):
            path = [bytes.fromhex(one) for one in tree.prove_inclusion(index + 1, size).serialize()["path"]]
            assert path == [leaves[index], *merkle.inclusion_proof(leaves[:size], index)]
            checked += 1
    assert checked == 2485


def test_randomness_of_the_public_beacon_is_the_hash_of_its_signature() -> None:
    """What a verifier checks of ``draw.beacon``; the BLS signature itself is left to others (docs/trust/limits.md)."""
    rounds = vector("drand")["quicknet"]["rounds"]
    for one in rounds:
        assert hashlib.sha256(bytes.fromhex(one["signature"])).hexdigest() == one["randomness"]
    assert len(rounds) == 4


def test_every_vector_is_asked_somewhere_or_is_not_ours_for_a_reason() -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"acceptance vectors are not here: {FOLDER}")
    found = {path.stem for path in FOLDER.glob("*.json")}
    house = Path(__file__).resolve().parents[1]
    used = {one or other for path in house.rglob("*.py") for one, other in USES.findall(path.read_text("utf-8"))}
    assert found - used - OTHERS.keys() == set()
    assert OTHERS.keys() <= found
    assert not OTHERS.keys() & used
