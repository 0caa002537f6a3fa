"""Shares of a bid's key 密钥份额: the vectors', whoever joins them, and nobody with fewer."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.vectors import vector
from trading.sealing.shares import Group, Officer, Share, ShareError, combined, context, shares_of

BID = vector("ptbid1")
GROUPS = tuple(
    Group(one["k"], tuple(Officer(officer["id"], officer["recipient"]) for officer in one["officers"]))
    for one in BID["groups"]
)
KEY, CTX = bytes.fromhex(BID["bid_key"]), context("BD-2026-0042", "1", "price")
SHARES = shares_of(KEY, CTX, GROUPS)


def test_the_shares_are_those_of_the_vectors() -> None:
    assert CTX.decode() == BID["ctx"]
    told = [
        {"g": one.g, "o": one.o, "x": one.x, "y": one.y.hex(), "commit": one.commitment(CTX)} for one in SHARES
    ]
    assert told == BID["shares"]


def test_exactly_the_quorums_of_every_group_give_the_key() -> None:
    opened = 0
    subsets = chain.from_iterable(combinations(SHARES, count) for count in range(len(SHARES) + 1))
    for subset in subsets:
        enough = all(sum(one.g == g for one in subset) >= group.k for g, group in enumerate(GROUPS))
        if enough:
            assert combined(subset, GROUPS) == KEY
            opened += 1
        else:
            with pytest.raises(ShareError):
                combined(subset, GROUPS)
    assert opened == 12


def test_the_sharing_of_others_agrees() -> None:
    """The plain sharings of the vectors, joined as one group whose polynomial is not derived."""
    for case in vector("shamir_gf256")["cases"]:
        officers = tuple(Officer(str(x), "age1") for x in range(1, case["n"] + 1))
        points = [Share(0, str(x), x, bytes.fromhex(y)) for x, y in case["shares"]]
        for subset in combinations(points, case["k"]):
            assert combined(subset, (Group(case["k"], officers),)).hex() == case["secret"]


SIZES = some.lists(some.tuples(some.integers(1, 5), some.integers(0, 4)), min_size=1, max_size=4)


@given(key=some.binary(min_size=32, max_size=32), sizes=SIZES)
@settings(max_examples=30, deadline=None)
def test_any_key_among_any_groups_comes_back(key: bytes, sizes: list[tuple[int, int]]) -> None:
    groups = tuple(
        Group(k, tuple(Officer(f"{g}-{x}", "age1") for x in range(k + more))) for g, (k, more) in enumerate(sizes)
    )
    shares = shares_of(key, CTX, groups)
    last = [one for g, group in enumerate(groups) for one in [s for s in shares if s.g == g][-group.k :]]
    assert combined(last, groups) == key


@pytest.mark.parametrize(
    "groups",
    [
        (),
        (Group(0, (Officer("a", "age1"),)),),
        (Group(2, (Officer("a", "age1"),)),),
        (Group(1, (Officer("a", "age1"),)), Group(1, (Officer("a", "age1"),))),
        (Group(1, tuple(Officer(str(x), "age1") for x in range(256))),),
    ],
    ids=["none", "no threshold", "too high", "twice", "too many"],
)
def test_groups_that_cannot_share_are_refused(groups: tuple[Group, ...]) -> None:
    with pytest.raises(ShareError):
        shares_of(KEY, CTX, groups)


def test_a_share_of_somebody_else_or_a_short_key_is_refused() -> None:
    with pytest.raises(ShareError):
        combined([*SHARES, Share(0, "stranger", 1, bytes(32))], GROUPS)
    with pytest.raises(ShareError):
        combined([Share(0, SHARES[0].o, 1, bytes(31)), *SHARES[1:]], GROUPS)
    with pytest.raises(ShareError):
        shares_of(KEY[:31], CTX, GROUPS)
