"""The sheet about an expert: its items, what is low, and the mean of a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trading.codelists import SheetSide
from trading.experts.sheets import ITEMS, MOST, WHOLE, Item, low, total, year_total

SHARE = Decimal("0.60")


@pytest.mark.parametrize("side", list(SheetSide))
def test_each_side_gives_a_hundred_points_at_most(side: SheetSide) -> None:
    assert len(set(ITEMS[side])) * MOST == WHOLE
    assert total({item.value: MOST for item in ITEMS[side]}) == WHOLE


@pytest.mark.parametrize(("points", "is_low"), [(14, True), (15, False), (16, False), (0, True)])
def test_less_than_the_share_is_low(points: int, is_low: bool) -> None:
    assert (low({"fairness": points}, SHARE) == [Item.FAIRNESS]) is is_low


@pytest.mark.parametrize(
    ("sheets", "lots", "mean", "flagged"),
    [
        ([("a", 60)], 1, "60.00", False),
        ([("a", 59)], 1, "59.00", True),
        ([("a", 60), ("a", 60), ("b", 59)], 2, "59.67", True),
        ([("a", 100), ("b", 99), ("c", 99)], 3, "99.33", False),
        ([("a", 0), ("b", 1)], 2, "0.50", True),
    ],
)
def test_the_mean_of_a_year_is_exact_and_flagged_below_the_share(
    sheets: list[tuple[str, int]], lots: int, mean: str, flagged: bool
) -> None:
    found = year_total(sheets, SHARE)
    assert found is not None
    assert (found.lots, found.sheets, str(found.mean), found.flagged) == (lots, len(sheets), mean, flagged)


def test_a_year_without_sheets_has_no_mean() -> None:
    assert year_total([], SHARE) is None
