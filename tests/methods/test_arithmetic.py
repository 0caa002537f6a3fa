"""Arithmetic corrections of a works bid (R12.C6; D12 19, D30 53)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.methods.arithmetic import Line, PriceSheet, correct

D = Decimal


def sheet(figures: str, *lines: tuple[str, str, str], words: str | None = None) -> PriceSheet:
    rows = tuple(Line(f"项{n}", D(q), D(u), D(t)) for n, (q, u, t) in enumerate(lines, start=1))
    return PriceSheet(D(figures), None if words is None else D(words), rows)


@pytest.mark.parametrize(
    ("given_sheet", "total", "codes"),
    [
        (sheet("100"), "100", []),
        (sheet("100", words="100.00"), "100", []),
        (sheet("100", words="110"), "110", ["words"]),
        (sheet("300", ("10", "20", "200"), ("1", "100", "100")), "300", []),
        (sheet("250", ("10", "20", "250")), "200", ["unit_price", "sum"]),
        (sheet("200", ("10", "20", "250")), "200", ["unit_price"]),
        (sheet("2000", ("10", "20", "2000")), "2000", ["decimal_point"]),
        (sheet("20", ("10", "20", "20")), "20", ["decimal_point"]),
        (sheet("200", ("10", "20", "2000")), "200", ["unit_price"]),
        (sheet("2000.01", ("10", "20", "2000.01")), "200", ["unit_price", "sum"]),
        (sheet("310", ("10", "20", "200"), ("1", "100", "100")), "300", ["sum"]),
        (sheet("310", ("10", "20", "200"), ("1", "100", "100"), words="300"), "300", ["words"]),
        (sheet("300", ("10", "20", "200"), ("1", "100", "100"), words="310"), "300", ["words", "sum"]),
        (sheet("0.34", ("3", "0.115", "0.35")), "0.35", ["sum"]),
        (sheet("0.34", ("3", "0.115", "0.34")), "0.35", ["unit_price", "sum"]),
        (sheet("0", ("10", "20", "0")), "200", ["unit_price", "sum"]),
    ],
)
def test_words_then_unit_prices_then_the_sum_govern(given_sheet: PriceSheet, total: str, codes: list[str]) -> None:
    result = correct(given_sheet)
    assert result.total == D(total)
    assert [correction.code for correction in result.corrections] == codes
    assert result.needs_confirmation is bool(codes)
    assert all(correction.zh and correction.en for correction in result.corrections)


def test_a_plainly_wrong_decimal_point_corrects_the_unit_price() -> None:
    (line,) = correct(sheet("2000", ("10", "20", "2000"))).lines
    assert (line.unit_price, line.total) == (D(200), D(2000))


@pytest.mark.parametrize("bad", ["-1", "NaN", "Infinity"])
def test_nonsense_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        correct(sheet(bad))
    with pytest.raises(ValueError, match="finite"):
        correct(sheet("1", ("1", bad, "1")))


AMOUNT = st.integers(0, 10**9).map(lambda fen: D(fen).scaleb(-2))
LINE = st.builds(Line, st.just("项"), st.integers(0, 10**6).map(lambda n: D(n).scaleb(-3)), AMOUNT, AMOUNT)


@given(st.builds(PriceSheet, AMOUNT, st.none() | AMOUNT, st.lists(LINE, max_size=5).map(tuple)))
def test_a_corrected_sheet_needs_no_second_correction(given_sheet: PriceSheet) -> None:
    once = correct(given_sheet)
    again = correct(PriceSheet(once.total, once.total, once.lines))
    assert again.total == once.total
    assert not again.needs_confirmation
    if once.lines:
        assert once.total == sum(line.total for line in once.lines)
