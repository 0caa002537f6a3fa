"""The lowest evaluated price, exact and blind to the order of input (F3; D12 32)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.methods.lowest_evaluated_price import Adjustment, PricedBid, evaluated_price, rank


def bid(name: str, quoted: str, *adjustments: str, corrected: str | None = None, passed: bool = True) -> PricedBid:
    parts = tuple(Adjustment("付款条件偏差", Decimal(amount)) for amount in adjustments)
    return PricedBid(name, Decimal(quoted), None if corrected is None else Decimal(corrected), parts, passed)


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        (bid("a", "100"), "100.00"),
        (bid("a", "100", "5", "-3"), "102.00"),
        (bid("a", "100", corrected="90"), "90.00"),
        (bid("a", "100", "0.004", "0.001"), "100.01"),
        (bid("a", "100", "0.004"), "100.00"),
        (bid("a", "100", "0.0049999"), "100.00"),
    ],
)
def test_the_evaluated_price_is_rounded_once_at_the_end(offer: PricedBid, expected: str) -> None:
    assert str(evaluated_price(offer)) == expected


def test_an_adjustment_can_turn_the_ranking() -> None:
    assert [place.bids for place in rank([bid("a", "100", "10"), bid("b", "105")]).places] == [("b",), ("a",)]


def test_equal_lowest_prices_are_reported_as_a_group() -> None:
    ranking = rank([bid("b", "100"), bid("a", "99", "1"), bid("c", "101")])
    assert [(place.rank, place.bids) for place in ranking.places] == [(1, ("a", "b")), (3, ("c",))]
    assert ranking.places[0].is_tied


def test_one_fen_decides() -> None:
    assert [place.bids for place in rank([bid("a", "100.01"), bid("b", "100.00")]).places] == [("b",), ("a",)]


def test_a_bid_that_failed_the_technical_part_is_not_ranked() -> None:
    ranking = rank([bid("a", "1", passed=False), bid("b", "2")])
    assert [place.bids for place in ranking.places] == [("b",)]
    assert ranking.failed == ("a",)


def test_nobody_left_gives_no_place() -> None:
    assert rank([]).places == ()


@pytest.mark.parametrize(
    "bids", [[bid("a", "0")], [bid("a", "-1")], [bid("a", "1", corrected="0")], [bid("a", "1")] * 2]
)
def test_nonsense_is_refused(bids: list[PricedBid]) -> None:
    with pytest.raises(ValueError, match="not positive|twice"):
        rank(bids)


FEN = st.integers(1, 10**14).map(lambda fen: Decimal(fen).scaleb(-2))
SMALL = st.integers(-(10**6), 10**6).map(lambda fen: Decimal(fen).scaleb(-4))


@given(st.lists(FEN, min_size=1, max_size=8), st.randoms())
def test_the_ranking_does_not_depend_on_the_order_of_the_bids(quotes: list[Decimal], shuffler: object) -> None:
    bids = [PricedBid(f"b{number}", quote) for number, quote in enumerate(quotes)]
    before = rank(bids)
    shuffler.shuffle(bids)  # type: ignore[attr-defined]
    assert rank(bids) == before
    assert before.places[0].figure == min(quotes)


@given(FEN, st.lists(SMALL, max_size=6))
def test_the_order_of_the_adjustments_does_not_matter(quote: Decimal, amounts: list[Decimal]) -> None:
    parts = tuple(Adjustment("x", amount) for amount in amounts)
    assert evaluated_price(PricedBid("a", quote, None, parts)) == evaluated_price(
        PricedBid("a", quote, None, parts[::-1])
    )
