"""The public beacon 公开随机信标: its rounds in time, and the value that follows from a published signature."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.vectors import vector
from trading.experts import beacon

QUICKNET = vector("drand")["quicknet"]
FIRST = datetime.fromtimestamp(QUICKNET["genesis_time"], UTC)


@pytest.mark.parametrize("told", QUICKNET["rounds"], ids=lambda one: str(one["round"]))
def test_the_value_is_the_published_one(told: dict[str, str]) -> None:
    assert beacon.value_of(told["signature"]) == told["randomness"]


def test_the_chain_is_quicknet() -> None:
    assert QUICKNET["chain_hash"] == beacon.CHAIN
    assert (QUICKNET["genesis_time"], QUICKNET["period"]) == (beacon.GENESIS, beacon.PERIOD)


@pytest.mark.parametrize(
    ("after", "round_"), [(0, 1), (0.000001, 2), (1, 2), (3, 2), (3.5, 3), (2997, 1000), (2998, 1001)]
)
def test_the_round_is_the_first_that_is_out_then_or_later(after: float, round_: int) -> None:
    moment = FIRST + timedelta(seconds=after)
    assert beacon.round_at(moment) == round_
    assert beacon.out_at(round_) >= moment.timestamp() > beacon.out_at(round_ - 1)


def test_before_the_first_round_there_is_none() -> None:
    with pytest.raises(ValueError, match="before the first round"):
        beacon.round_at(FIRST - timedelta(seconds=1))
