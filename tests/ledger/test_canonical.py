"""Canonical JSON 规范字节 against RFC 8785's own cases, the profile's cases and an independent implementation."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.vectors import vector
from trading.ledger.canonical import LARGEST, CanonicalError, canonical, digest, strict

VECTORS = vector("rfc8785_jcs")
KEYS = st.text("ABCZabcz019_.:-", min_size=1, max_size=128)
SCALARS = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


@pytest.mark.parametrize("case", VECTORS["jcs"], ids=lambda case: str(case["name"]))
def test_a_case_of_the_standard_is_written_as_printed_or_refused_because_it_is_outside_the_profile(
    case: dict[str, str],
) -> None:
    value = json.loads(case["input"])
    if case["name"] in ("arrays",):
        assert canonical(value).decode() == case["output"]
    else:
        with pytest.raises(CanonicalError):
            canonical(value)


@pytest.mark.parametrize("case", VECTORS["pt_json_accept"], ids=lambda case: str(case["bytes"])[:30])
def test_a_value_of_the_profile_has_exactly_these_bytes(case: dict[str, Any]) -> None:
    assert canonical(case["value"]) == case["bytes"].encode()
    assert strict(case["bytes"].encode()) == case["value"]


@pytest.mark.parametrize("case", VECTORS["pt_json_reject"], ids=lambda case: str(case["why"]))
def test_a_text_outside_the_profile_is_refused(case: dict[str, str]) -> None:
    with pytest.raises(CanonicalError):
        strict(case["json"].encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf{}", b"\xff", b'{"a\\n":1}', b"[" * 100_000, b"1" * 5000, b'{"":1}', b'"\xed\xa0\x80"'],
    ids=["nothing", "byte order mark", "not UTF-8", "key with LF", "too deep", "too long", "empty key", "surrogate"],
)
def test_bytes_that_are_no_text_of_the_profile_are_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        strict(data)


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1: 2}, {"a" * 129: 1}, {"a\n": 1}, 2**53, -(2**53), {1}])
def test_a_value_outside_the_profile_is_refused(value: Any) -> None:
    with pytest.raises(CanonicalError):
        canonical(value)


@given(VALUES)
def test_any_value_is_written_as_the_independent_implementation_writes_it_and_is_read_back(value: Any) -> None:
    data = canonical(value)
    assert data == rfc8785.dumps(value)
    assert strict(data) == value


def test_the_hash_puts_a_length_before_every_part() -> None:
    assert digest("a/b/v1", b"xy", b"") == hashlib.sha256(b"a/b/v1\n" + bytes(7) + b"\x02xy" + bytes(8)).digest()
    assert digest("a/b/v1", b"x", b"y") != digest("a/b/v1", b"xy", b"")


def test_a_label_has_no_line_feed() -> None:
    with pytest.raises(ValueError, match="line feed"):
        digest("a\n")
