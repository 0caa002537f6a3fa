"""Quantified intervals are read from the words in which the documents publish them (R03.C9, R12.C1)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trading.methods.comprehensive import Factor, FactorKind
from trading.methods.intervals import read_intervals


@pytest.mark.parametrize(
    ("text", "maximum", "bands"),
    [
        ("0-30", "30", ["0-30"]),
        ("优 24-30，良 16-23，一般 0-15", "30", ["24-30", "16-23", "0-15"]),
        ("0；3；5", "5", ["0-0", "3-3", "5-5"]),
        ("有得5分，无得0分", "5", ["5-5", "0-0"]),
        ("每项 5 分，最多 10 分", "15", ["0-0", "5-5", "10-10"]),
        ("每项2分", "5", ["0-0", "2-2", "4-4"]),
        ("优70 良40 差0", "70", ["70-70", "40-40", "0-0"]),
        ("优：8-10 分；良：5-7 分", "10", ["8-10", "5-7"]),
        ("低价优先", "60", None),
        ("视情况酌情给分", "10", None),
        ("优 8-12", "10", None),
        ("8-5", "10", None),
        ("每项0分", "10", None),
        ("", "10", None),
    ],
)
def test_words_become_bands_or_are_left_to_the_members(text: str, maximum: str, bands: list[str] | None) -> None:
    found = read_intervals(text, Decimal(maximum))
    told = None if found is None else [f"{band.low:f}-{band.high:f}" for band in found]
    assert told == bands


@pytest.mark.parametrize(
    ("points", "taken"), [("0", True), ("5", True), ("4.99", False), ("10", True), ("10.01", False)]
)
def test_an_objective_factor_takes_a_published_value_alone(points: str, taken: bool) -> None:
    bands = read_intervals("每项5分", Decimal(10)) or ()
    factor = Factor("R", "业绩", "record", Decimal(10), FactorKind.OBJECTIVE, bands)
    assert factor.takes(Decimal(points)) is taken
