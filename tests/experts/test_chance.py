"""How often somebody is drawn, against chance 抽取频次: the published figures, and tails against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from trading.experts.chance import alarm_at, round_chances, tail


@pytest.mark.parametrize(("pool", "calls"), [(300, 12), (2000, 7)])
def test_ninety_four_draws_of_seven_alarm_at_the_published_numbers(pool: int, calls: int) -> None:
    chances = [7 / pool] * 94
    assert alarm_at(chances, pool) == calls
    assert pool * tail(chances, calls) < 1e-3 <= pool * tail(chances, calls - 1)


@pytest.mark.parametrize(
    ("times", "chance", "least"), [(10, "1/2", 10), (94, "7/300", 12), (94, "7/300", 1), (3, "1/7", 4)]
)
def test_with_equal_chances_it_is_the_binomial_tail(times: int, chance: str, least: int) -> None:
    p = Fraction(chance)
    exact = sum(comb(times, k) * p**k * (1 - p) ** (times - k) for k in range(least, times + 1))
    assert tail([float(p)] * times, least) == pytest.approx(float(exact), rel=1e-9)


def test_unequal_chances_are_taken_one_by_one() -> None:
    assert tail([0.5, 0.1], 1) == pytest.approx(0.55)
    assert tail([0.5, 0.1], 2) == pytest.approx(0.05)
    assert tail([0.5, 0.1], 0) == 1
    assert tail([], 1) == 0


def test_who_has_no_chance_alarms_at_the_first_call() -> None:
    assert alarm_at([], 300) == 1


def test_a_rounds_chance_is_its_seats_over_the_candidates_left() -> None:
    pool = [{"id": str(n), "strata": ["A", "B"] if n < 4 else ["A"]} for n in range(10)]
    results = [
        {"selected": [{"id": "4", "stratum": "A"}, {"id": "0", "stratum": "A"}, {"id": "1", "stratum": "B"}]},
        {"selected": [{"id": "2", "stratum": "B"}]},
    ]
    assert list(round_chances(pool, {"9"}, results)) == [{"A": 2 / 9, "B": 1 / 3}, {"B": 1 / 2}]
