"""Headers of envelopes 信封头: exactly as the format says, or refused with a reason and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.vectors import vector
from trading.sealing.faults import SealError
from trading.sealing.headers import check_header, read_groups

BID = vector("ptbid1")
HEADER, GROUPS, LOT = BID["header"], BID["groups"], "BD-2026-0042"
LONE = "\ud800"


def check(header: Any, most: int | None = None) -> None:
    """The header of the vectors' lot."""
    check_header(header, GROUPS, LOT, ["price", "tech"], most)


def test_a_ciphertext_may_have_so_many_bytes_and_no_more() -> None:
    check(HEADER, HEADER["ct_len"])
    with pytest.raises(SealError, match="larger"):
        check(HEADER, HEADER["ct_len"] - 1)


WRONG: dict[str, Any] = {
    "alg": ["ptbid/2", 1, None],
    "tender": ["BD-2026-0043", None],
    "lot": ["2", 1],
    "part": ["single", "PRICE", ["price"], None, 1],
    "key_commit": ["", HEADER["key_commit"].upper(), HEADER["key_commit"] + "\n", HEADER["key_commit"][:-2], 5],
    "plain_commit": [HEADER["plain_commit"][:-1] + "G"],
    "ct_sha256": [" " + HEADER["ct_sha256"][1:]],
    "ct_len": [199, 0, -1, True, 2**60, "827", 827.0, None],
    "groups": [[], None, GROUPS[:1], [GROUPS[0] | {"k": 1}, GROUPS[1]], [GROUPS[1], GROUPS[0]],
               [GROUPS[0], GROUPS[1] | {"k": True}]],
    "shares": [None, [], HEADER["shares"][:-1], HEADER["shares"][::-1], HEADER["shares"] + HEADER["shares"][:1],
               dict(enumerate(HEADER["shares"]))],
}  # fmt: skip
WRONG_SHARE: dict[str, Any] = {
    "g": [1, True, "0", None],
    "o": ["centre2", 1],
    "x": [0, 2, "1", True],
    "commit": [HEADER["shares"][0]["commit"].upper(), HEADER["shares"][0]["commit"] + "\n", "", 0],
    "wrapped": [
        "", "YWdl", HEADER["shares"][0]["wrapped"] + "\n", " " + HEADER["shares"][0]["wrapped"],
        HEADER["shares"][0]["wrapped"].rstrip("="), HEADER["shares"][0]["wrapped"].replace("+", "-"),
        HEADER["shares"][0]["wrapped"] + "=", "YWdlLWVuY3J5cHRpb24ub3JnL3YxCh==", "é" * 8, "A" * 5000, 7,
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_member_that_is_not_as_it_must_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(SealError) as caught:
        check({**HEADER, name: value})
    assert caught.value.zh and caught.value.en


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, many in WRONG_SHARE.items() for value in many])
def test_a_share_that_is_not_as_it_must_be_is_refused(name: str, value: Any) -> None:
    unchanged = HEADER["shares"][0]["wrapped"]
    if value == unchanged:
        pytest.skip("this vector's base64 has no such sign")
    header = copy.deepcopy(HEADER)
    header["shares"][0][name] = value
    with pytest.raises(SealError):
        check(header)


def test_a_member_more_or_less_is_refused() -> None:
    with pytest.raises(SealError):
        check({**HEADER, "more": 1})
    for name in HEADER:
        with pytest.raises(SealError):
            check({key: value for key, value in HEADER.items() if key != name})
    header = copy.deepcopy(HEADER)
    header["shares"][0]["more"] = 1
    with pytest.raises(SealError):
        check(header)


def test_a_weaker_quorum_or_another_recipient_than_published_is_refused() -> None:
    with pytest.raises(SealError, match="published officers"):
        check({**HEADER, "groups": [{**GROUPS[0], "k": 1}, GROUPS[1]]})
    swapped = copy.deepcopy(GROUPS)
    swapped[0]["officers"][0]["recipient"] = GROUPS[1]["officers"][0]["recipient"]
    with pytest.raises(SealError, match="published officers"):
        check({**HEADER, "groups": swapped})


@pytest.mark.parametrize(
    "groups",
    [None, 1, "", {}, [], [1], [None], [{}], [{"k": 1, "officers": 5}], [{"k": 1, "officers": [1]}],
     [{"k": 1, "officers": [{"id": "a", "recipient": "age1"}]}], [{"k": True, "officers": []}],
     [{"k": 1, "officers": [{"id": "", "recipient": GROUPS[0]["officers"][0]["recipient"]}]}],
     [GROUPS[0], GROUPS[0]]],
)  # fmt: skip
def test_groups_that_are_none_are_refused(groups: Any) -> None:
    with pytest.raises(SealError):
        read_groups(groups)


SCALARS = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8) | some.just(LONE)
ANYTHING = some.recursive(
    SCALARS, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=6), inner, max_size=4)
)


@given(header=ANYTHING)
@settings(max_examples=60, deadline=None)
def test_anything_at_all_is_refused_in_a_sentence(header: Any) -> None:
    with pytest.raises(SealError):
        check(header)


@given(name=some.sampled_from(sorted(HEADER)), value=ANYTHING)
@settings(max_examples=100, deadline=None)
def test_anything_in_a_member_is_refused_in_a_sentence(name: str, value: Any) -> None:
    if value == HEADER[name] or (name == "ct_len" and type(value) is int and 200 <= value <= 2**53 - 1):
        return
    with pytest.raises(SealError):
        check({**HEADER, name: value})


@given(name=some.sampled_from(sorted(HEADER["shares"][0])), number=some.integers(0, 4), value=ANYTHING)
@settings(max_examples=100, deadline=None)
def test_anything_in_a_share_is_refused_in_a_sentence(name: str, number: int, value: Any) -> None:
    header = copy.deepcopy(HEADER)
    if type(value) is type(header["shares"][number][name]) and value == header["shares"][number][name]:
        return
    header["shares"][number][name] = value
    with pytest.raises(SealError):
        check(header)
