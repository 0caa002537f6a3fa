"""Rounding once, places, ties and their order (R12.C16)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.methods.ranking import Place, TieRule, apply_draw, half_up, needing_draw, places, separate


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(4999, 1_000_000), "0.00"),
        (Decimal("24.545"), "24.55"),
        (Decimal("24.5449999"), "24.54"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(-1, 1000), "0.00"),
        (7, "7.00"),
        (Decimal("9" * 40 + ".995"), "1" + "0" * 40 + ".00"),
    ],
)
def test_a_half_goes_up_and_nothing_is_lost(figure: Decimal | Fraction | int, printed: str) -> None:
    assert str(half_up(figure)) == printed


@pytest.mark.parametrize(("figure", "error"), [(1.5, TypeError), (Decimal("NaN"), ValueError)])
def test_floats_and_non_numbers_are_refused(figure: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        half_up(figure)  # type: ignore[arg-type]


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_rounding_is_never_off_by_more_than_half_a_fen(figure: Fraction) -> None:
    assert abs(Fraction(half_up(figure)) - figure) <= Fraction(1, 200)


FIGURES = {"a": Decimal(2), "b": Decimal(1), "c": Decimal("2.00"), "d": Decimal(3)}


def test_equal_figures_share_a_place_and_the_next_rank_is_skipped() -> None:
    assert [(place.rank, place.bids) for place in places(FIGURES)] == [(1, ("b",)), (2, ("a", "c")), (4, ("d",))]


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 5).map(Decimal), max_size=8), st.randoms())
def test_the_order_of_input_does_not_matter(figures: dict[str, Decimal], shuffler: object) -> None:
    names = list(figures)
    shuffler.shuffle(names)  # type: ignore[attr-defined]
    assert places({name: figures[name] for name in names}) == places(figures)


def test_ties_are_split_by_lower_price_then_by_higher_technical_score() -> None:
    tied = (Place(1, Decimal(90), ("a", "b", "c", "d")),)
    prices = {"a": Decimal(8), "b": Decimal(7), "c": Decimal(7), "d": Decimal(7)}
    technical = {"a": Decimal(60), "b": Decimal(50), "c": Decimal(55), "d": Decimal(55)}
    split = separate(tied, prices, technical)
    assert [(place.rank, place.bids) for place in split] == [(1, ("c", "d")), (3, ("b",)), (4, ("a",))]


def test_the_documents_may_turn_the_order_of_the_tie_rules() -> None:
    tied = (Place(2, Decimal(90), ("a", "b")),)
    prices = {"a": Decimal(8), "b": Decimal(7)}
    technical = {"a": Decimal(60), "b": Decimal(50)}
    turned = separate(tied, prices, technical, (TieRule.HIGHER_TECHNICAL, TieRule.LOWER_PRICE))
    assert [place.bids for place in turned] == [("a",), ("b",)]
    assert separate(tied, prices, technical, ()) == tied


def test_only_ties_among_the_first_three_need_a_draw() -> None:
    ranked = (
        Place(1, Decimal(1), ("a",)),
        Place(2, Decimal(2), ("b",)),
        Place(3, Decimal(3), ("c", "d")),
        Place(5, Decimal(4), ("e", "f")),
    )
    assert [place.bids for place in needing_draw(ranked)] == [("c", "d")]
    assert needing_draw(ranked, wanted=2) == ()


def test_the_draw_gives_the_tied_bids_their_order() -> None:
    ranked = (Place(1, Decimal(1), ("a", "b")), Place(3, Decimal(2), ("c",)))
    assert [(place.rank, place.bids) for place in apply_draw(ranked, {"a", "b"}, ["b", "a"])] == [
        (1, ("b",)),
        (2, ("a",)),
        (3, ("c",)),
    ]


@pytest.mark.parametrize(("tied", "drawn"), [("ab", "a"), ("ac", "ac"), ("c", "c"), ("ab", "aab")])
def test_a_draw_that_does_not_fit_is_refused(tied: str, drawn: str) -> None:
    ranked = (Place(1, Decimal(1), ("a", "b")), Place(3, Decimal(2), ("c",)))
    with pytest.raises(ValueError, match="does not fit"):
        apply_draw(ranked, tied, list(drawn))
