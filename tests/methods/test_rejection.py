"""Rejection clauses, the ceiling and abnormally low prices (R12.C3, C7; R06.C4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading.codelists import Mark
from trading.methods.rejection import AbnormalBasis, RejectionClause, abnormally_low, above_ceiling, raised

D = Decimal
VALUES = {
    "abnormal_low_of_mean": D("0.50"),
    "abnormal_low_of_second_lowest": D("0.50"),
    "abnormal_low_of_ceiling": D("0.45"),
}


def test_there_are_seven_clauses_each_with_its_item_and_words() -> None:
    assert [clause.source for clause in RejectionClause] == [f"ZTBT 51({item})" for item in range(1, 8)]
    assert all(clause.zh and clause.en and clause.mark is Mark.CHECKED for clause in RejectionClause)
    assert RejectionClause.PRICE.number == 5


@pytest.mark.parametrize(
    ("total", "ceiling", "rejected"),
    [("99.99", "100", False), ("100", "100", False), ("100.01", "100", True), ("100", None, False)],
)
def test_a_bid_above_the_ceiling_is_rejected_and_one_at_it_is_not(
    total: str, ceiling: str | None, rejected: bool
) -> None:
    assert above_ceiling(D(total), None if ceiling is None else D(ceiling)) is rejected


MEAN, SECOND, CEILING = AbnormalBasis.MEAN, AbnormalBasis.SECOND_LOWEST, AbnormalBasis.CEILING


@pytest.mark.parametrize(
    ("total", "others", "ceiling", "bases"),
    [
        ("50", ["100", "150"], None, []),
        ("49.99", ["100", "100"], None, [SECOND]),
        ("50", ["100", "149.99"], None, []),
        ("50", ["100", "150.01"], None, [MEAN]),
        ("45", ["50"], "100", []),
        ("44.99", ["50"], "100", [CEILING]),
        ("10", ["100", "100"], "100", [MEAN, SECOND, CEILING]),
        ("10", [], None, []),
    ],
)
def test_each_ratio_triggers_strictly_below_it(
    total: str, others: list[str], ceiling: str | None, bases: list[AbnormalBasis]
) -> None:
    offers = [D(total), *map(D, others)]
    flags = abnormally_low(D(total), offers, None if ceiling is None else D(ceiling), VALUES)
    assert [flag.basis for flag in flags] == bases


def test_a_flag_says_what_was_expected_and_found_and_that_it_is_a_county_rule_for_works() -> None:
    (flag,) = abnormally_low(D("44.99"), [D("44.99"), D(50)], D(100), VALUES)
    assert (flag.limit, flag.actual, flag.ratio) == (D("45.00"), D("44.99"), D("0.45"))
    assert flag.mark is Mark.COUNTY_RULE
    assert "45%" in flag.zh and "45%" in flag.en
    (procurement,) = abnormally_low(D("44.99"), [D("44.99"), D(50)], D(100), VALUES, works=False)
    assert procurement.mark is Mark.TO_BE_VERIFIED


def test_the_documents_raise_each_ratio_and_lower_none() -> None:
    higher = raised(VALUES, D("0.65"))
    assert [flag.basis for flag in abnormally_low(D("64.99"), [D("64.99"), D(80)], D(100), higher)] == [CEILING]
    assert abnormally_low(D(65), [D(65), D(80)], D(100), higher) == ()
    between = raised(VALUES, D("0.46"))
    assert {name: between[name] for name in sorted(between)} == {
        "abnormal_low_of_ceiling": D("0.46"), "abnormal_low_of_mean": D("0.50"),
        "abnormal_low_of_second_lowest": D("0.50"),
    }  # fmt: skip
    assert raised(VALUES, None) is VALUES


@given(st.lists(st.integers(1, 10**9).map(lambda fen: D(fen).scaleb(-2)), min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_offers_does_not_matter(offers: list[Decimal], shuffler: object) -> None:
    total = offers[0]
    before = abnormally_low(total, offers, None, VALUES)
    shuffler.shuffle(offers)  # type: ignore[attr-defined]
    assert abnormally_low(total, offers, None, VALUES) == before
