"""A draw recomputed from its record 抽取复算: rounds follow one another, nobody drawn before comes again."""

from __future__ import annotations

import pytest

from trading.experts.draw import Candidate, Fixed, Shortage
from trading.experts.recorded import Round, outcomes

RULES = {
    "draw": "L/draw-1", "alg": "ptdraw/1", "strata": [{"code": "A", "n": 4}], "max_per_org": 1,
    "parties": ["centre", "supervisor"], "refusal_codes": ["illness"], "beacon": None,
}  # fmt: skip
POOL = [Candidate(f"{number:032x}", ("A",), f"{number:016x}", "0" * 64) for number in range(1, 6)]
FIXED = Fixed("1" * 64, 5, "2" * 64, "3" * 64, {"centre": "4" * 64, "supervisor": "5" * 64}, "0" * 20)


def reveals(sign: str) -> dict[str, str]:
    """What both parties revealed."""
    return {"centre": sign * 64, "supervisor": sign * 64}


@pytest.mark.parametrize("sign", list("0123456789abcdef"))
def test_the_substitute_is_never_one_who_was_drawn_before(sign: str) -> None:
    (first,) = outcomes(RULES, FIXED, {}, POOL, [Round(reveals(sign))])
    assert isinstance(first.given, tuple) and len(first.given) == 4
    gone = first.given[0].id
    _first, second = outcomes(RULES, FIXED, {}, POOL, [Round(reveals(sign), (gone,)), Round(reveals("9"))])
    assert isinstance(second.given, tuple)
    (substitute,) = second.given
    assert {substitute.id} == {one.id for one in POOL} - {seat.id for seat in first.given}


def test_a_round_that_the_pool_cannot_fill_is_a_shortage_and_the_last() -> None:
    first, second = outcomes(
        RULES, FIXED, {POOL[0].id: "unknown"}, POOL,
        [Round(reveals("1"), (POOL[1].id,)), Round(reveals("2")), Round(reveals("3"))],
    )  # fmt: skip
    assert isinstance(first.given, tuple) and second.given == Shortage("A", 1, 0)
