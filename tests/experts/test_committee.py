"""The lawful committee (R11.C1, C12; vector V7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.experts.committee import check, required_experts, same_employer


@pytest.mark.parametrize(
    ("size", "experts"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6), (11, 8), (13, 9)]
)
def test_two_thirds_are_rounded_up(size: int, experts: int) -> None:
    assert required_experts(size) == experts


@given(st.integers(1, 10**6))
def test_the_required_number_is_the_least_that_reaches_two_thirds(size: int) -> None:
    needed = required_experts(size)
    assert 3 * needed >= 2 * size > 3 * (needed - 1)


@pytest.mark.parametrize("size", [0, -1])
def test_a_committee_without_members_is_nonsense(size: int) -> None:
    with pytest.raises(ValueError, match="members"):
        required_experts(size)


@pytest.mark.parametrize(
    ("size", "experts", "owner_people", "codes"),
    [
        (5, 3, 2, ["too_few_experts"]),
        (5, 4, 1, []),
        (5, 5, 0, []),
        (6, 5, 1, ["even"]),
        (6, 4, 2, ["even"]),
        (3, 3, 0, ["too_small"]),
        (4, 4, 0, ["too_small", "even"]),
        (7, 4, 3, ["too_few_experts"]),
        (7, 5, 2, []),
        (9, 5, 4, ["too_few_experts"]),
        (9, 6, 3, []),
        (11, 7, 4, ["too_few_experts"]),
        (11, 8, 3, []),
        (5, 4, 0, ["sum"]),
        (5, 6, -1, ["sum"]),
        (0, 0, 0, ["too_small", "even"]),
    ],
)
def test_a_committee_is_odd_at_least_five_and_two_thirds_experts(
    size: int, experts: int, owner_people: int, codes: list[str]
) -> None:
    assert [finding.code for finding in check(size, experts, owner_people, 5)] == codes


def test_the_least_size_may_be_raised() -> None:
    assert [finding.code for finding in check(5, 4, 1, minimum=7)] == ["too_small"]
    assert check(7, 5, 2, minimum=7) == ()


def test_a_finding_says_what_was_expected_and_found() -> None:
    (finding,) = check(5, 3, 2, 5)
    assert (finding.expected, finding.actual, finding.source) == ("≥ 4", "3", "ZTB 37, D12 9")


@pytest.mark.parametrize(
    ("employers", "maximum", "named"),
    [
        (["A", "B", "C"], 1, []),
        (["A", "B", "A"], 1, ["A: 2"]),
        (["A", "B", "A"], 2, []),
        (["B", "A", "B", "A", "B"], 1, ["A: 2", "B: 3"]),
        ([], 1, []),
    ],
)
def test_too_many_experts_of_one_employer_are_named(employers: list[str], maximum: int, named: list[str]) -> None:
    assert [finding.actual for finding in same_employer(employers, maximum)] == named
