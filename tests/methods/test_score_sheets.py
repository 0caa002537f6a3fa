"""Gaps, disagreement and outliers in the score sheets (R12.C1, C11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trading.methods import score_sheets
from trading.methods.comprehensive import Factor, FactorKind

D = Decimal
LIMIT = D("0.30")
FACTORS = (
    Factor("price", "价格", "price", D(50), FactorKind.PRICE),
    Factor("staff", "人员", "staff", D(10), FactorKind.OBJECTIVE),
    Factor("plan", "方案", "plan", D(40), FactorKind.SUBJECTIVE),
)


@pytest.mark.parametrize(
    ("sheet", "codes"),
    [
        ({"a": {"staff": D(10), "plan": D(40)}}, []),
        ({"a": {"staff": D(10)}}, ["missing"]),
        ({}, ["missing", "missing"]),
        ({"a": {"staff": D("10.01"), "plan": D(40)}}, ["out_of_range"]),
        ({"a": {"staff": D(-1), "plan": D(40)}}, ["out_of_range"]),
        ({"a": {"staff": D(1), "plan": D(1), "looks": D(1)}}, ["unknown_factor"]),
        ({"a": {"staff": D(1), "plan": D(1), "price": D(1)}}, ["unknown_factor"]),
        ({"a": {"staff": D(1), "plan": D(1)}, "rejected": {}}, ["unknown_bid"]),
    ],
)
def test_a_sheet_scores_every_effective_bid_by_the_published_factors_only(
    sheet: dict[str, dict[str, Decimal]], codes: list[str]
) -> None:
    assert [finding.code for finding in score_sheets.check(FACTORS, {"a"}, {"m": sheet})] == codes


def sheets(*given: tuple[str, str]) -> dict[str, dict[str, dict[str, Decimal]]]:
    return {f"m{n}": {"a": {"staff": D(staff), "plan": D(plan)}} for n, (staff, plan) in enumerate(given)}


def test_members_who_disagree_on_an_objective_factor_are_reported() -> None:
    found = score_sheets.disagreements(FACTORS, {"a"}, sheets(("8", "1"), ("8", "9"), ("7", "3")))
    assert [(finding.bid, finding.factor) for finding in found] == [("a", "staff")]
    assert "7、8" in found[0].zh
    assert score_sheets.disagreements(FACTORS, {"a"}, sheets(("8", "1"), ("8.0", "9"))) == ()


@pytest.mark.parametrize(
    ("own", "flagged"),
    [("13", False), ("13.01", True), ("7", False), ("6.99", True), ("10", False)],
)
def test_a_subjective_total_off_the_others_by_more_than_thirty_per_cent_is_flagged(own: str, flagged: bool) -> None:
    given = sheets(("5", "10"), ("5", "10"), ("5", "10"), ("5", "10"), ("5", own))
    found = score_sheets.deviations(FACTORS, {"a"}, given, LIMIT)
    assert [finding.member for finding in found] == (["m4"] if flagged else [])


def test_points_where_the_others_gave_none_are_flagged() -> None:
    found = score_sheets.deviations(FACTORS, {"a"}, sheets(("5", "0"), ("5", "0"), ("5", "1")), LIMIT)
    assert "m2" in [finding.member for finding in found]


def test_a_single_member_deviates_from_nobody() -> None:
    assert score_sheets.deviations(FACTORS, {"a"}, sheets(("5", "40")), LIMIT) == ()
