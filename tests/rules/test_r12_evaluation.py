"""R12 评标评审: published factors, grounded rejections, exact figures, all signatures, one to three candidates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import BondForm, EvaluationMethod, Method, ProjectType
from trading.rules.case import BidFacts, BondFacts, CheckedItem, ExplanationFacts, Factor, PurchaseFacts
from trading.rules.r12_evaluation import RULE
from trading.steps import Step

LOWEST, POINTS = EvaluationMethod.LOWEST_EVALUATED_PRICE, EvaluationMethod.COMPREHENSIVE
PRICE = Factor("price", Decimal(60), "price", True)
CEILING = Decimal(5_000_000)
FEN = Decimal("0.01")


def evaluation(**facts: object) -> dict:
    return {"evaluation": facts}


def factors(*used: str) -> dict:
    return {"terms": {"factors": (PRICE,)}, **evaluation(factors_used=used)}


def method(stated: EvaluationMethod | None, used: EvaluationMethod | None, **more: object) -> dict:
    return {"terms": {"evaluation_method": stated}, **evaluation(method=used), **more}


def bid(total: Decimal = CEILING, clause: str | None = None, reason: str | None = "…", votes=(5, 0), **more) -> dict:
    facts = BidFacts("a", total=total, rejected_clause=clause, rejected_reason=reason, rejected_votes=votes)
    return {"terms": {"ceiling": CEILING}, "bids": (facts,), **more}


def flagged(explained: bool | None, clause: str | None = None) -> dict:
    facts = BidFacts("a", name="甲", low_price_explained=explained, rejected_clause=clause)
    return {"bids": (facts,), **evaluation(effective_bids=3, low_price_flags=("甲",))}


def effective(count: int | None, reason: str | None = None, type_: ProjectType = ProjectType.WORKS) -> dict:
    return {"project": {"type": type_}, **evaluation(effective_bids=count, competition_reason=reason)}


def accounts(*payers: str | None) -> dict:
    return {"bonds": tuple(BondFacts(str(n), BondForm.TRANSFER, FEN, payer) for n, payer in enumerate(payers))}


def asking(count: int | None, members: int | None = 5) -> dict:
    return evaluation(members=members, time_extension_asked=count)


def signed(sheets: int | None, signatures: int | None, dissent: bool | None = True) -> dict:
    return evaluation(members=5, sheets=sheets, signed=signatures, dissent_written=dissent)


def candidates(count: int | None, ranked: bool | None = True) -> dict:
    return evaluation(candidates=count, candidates_ranked=ranked)


def votes(in_favour: int, members: int | None = 5) -> dict:
    facts = BidFacts("a", rejected_clause="price", rejected_reason="…", rejected_votes=(in_favour, 5 - in_favour))
    return {"bids": (facts,), **evaluation(members=members)}


def validity(day: str, until: date | None = date(2026, 6, 22)) -> dict:
    return {"now": moment(day), **evaluation(validity_until=until)}


def twice(field: str, first: str, second: str) -> dict:
    return {"bids": (BidFacts("a", **{field: first}), BidFacts("b", **{field: second}))}


def invalid(
    total: str | None, clause: str | None = None, reason: str | None = "…", budget: str | None = "1000000"
) -> dict:
    """A procurement bid under a budget of a million and no ceiling."""
    one = BidFacts("a", total=total and Decimal(total), rejected_clause=clause, rejected_reason=reason)
    return {**GOODS, "bids": (one,), "lot": {"budget": budget and Decimal(budget)}, "terms": {"ceiling": None}}


def explained(asked: bool = True, written: bool = True, changes: bool | None = False) -> dict:
    return evaluation(explanations=(ExplanationFacts("甲", asked, written, changes),))


def scored(weight: str | None, *points: str, dropped: bool | None = False, **groups: object) -> dict:
    """Quotes of 90, 100 and 110 with these price scores."""
    quotes = {"a": Decimal(90), "b": Decimal(100), "c": Decimal(110)}
    given = {bidder: Decimal(point) for bidder, point in zip("abc", points, strict=False)} if points else None
    asked = PurchaseFacts(quotes=quotes, price_scores=given, quotes_dropped=dropped)
    return {**GOODS, "purchase": asked, "procurement": {"price_weight": weight and Decimal(weight)}, **groups}


def room(holds: bool) -> dict:
    return {"checked": {"R12.C18": CheckedItem(holds, "王", date(2026, 3, 25), "评标室录像编号")}}


GOODS = {"project": {"type": ProjectType.GP}}
LAND = {"project": {"type": ProjectType.LAND}}
OTHERWISE = {"project": {"type": ProjectType.GPN}}
TABLES = {
    "R12.C1": [
        (factors("price"), PASSED),
        (factors(), PASSED),
        (factors("price", "looks"), FAILED),
        ({}, UNKNOWN),
    ],
    "R12.C2": [
        (method(LOWEST, LOWEST), PASSED),
        (method(LOWEST, POINTS), FAILED),
        (method(None, POINTS), UNKNOWN),
        (method(LOWEST, None), UNKNOWN),
        (method(LOWEST, LOWEST, project={"type": ProjectType.GP}), NOT_APPLICABLE),
    ],
    "R12.C3": [
        (bid(CEILING - FEN), PASSED),
        (bid(CEILING), PASSED),
        (bid(CEILING + FEN), FAILED),
        (bid(CEILING + FEN, step=Step.VOTE_REJECTION), PASSED),
        (bid(CEILING + FEN, "price", votes=None), PASSED),
        (bid(CEILING, "not_signed"), PASSED),
        (bid(CEILING, "not_signed", reason=""), FAILED),
        (bid(CEILING, "ugly"), FAILED),
        (bid(CEILING, "not_signed", votes=None), UNKNOWN),
        ({"bids": (BidFacts("a", total=FEN), BidFacts("b", total=FEN))}, PASSED),
        ({"bids": (BidFacts("a", total=FEN), BidFacts("a", total=CEILING))}, FAILED),
        ({"bids": (BidFacts("a", total=FEN), BidFacts("a", total=FEN))}, FAILED),
        ({}, UNKNOWN),
    ],
    "R12.C4": [
        (invalid("1000000"), PASSED),
        (invalid("1000000.01"), FAILED),
        (invalid("999999.99"), PASSED),
        (invalid("1000000.01", "price"), PASSED),
        (invalid("900000", "too_young"), FAILED),
        (invalid("900000", "no_bond", None), FAILED),
        (invalid(None), UNKNOWN),
        (invalid("900000", budget=None), UNKNOWN),
        ({**invalid("900000"), "bids": ()}, UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R12.C5": [
        (explained(), PASSED),
        (evaluation(explanations=()), PASSED),
        (explained(asked=False), FAILED),
        (explained(written=False), FAILED),
        (explained(changes=True), FAILED),
        (explained(changes=None), UNKNOWN),
        ({}, UNKNOWN),
        (LAND, NOT_APPLICABLE),
    ],
    "R12.C6": [
        (evaluation(formula_exact=True), PASSED),
        (evaluation(formula_exact=False), FAILED),
        (evaluation(formula_exact=False) | {"project": {"type": ProjectType.GP}}, FAILED),
        ({}, UNKNOWN),
        ({"project": {"type": ProjectType.LAND}}, NOT_APPLICABLE),
    ],
    "R12.C7": [
        (evaluation(effective_bids=3), PASSED),
        (flagged(True), PASSED),
        (flagged(False), FAILED),
        (flagged(False, "price"), PASSED),
        (flagged(None), UNKNOWN),
        (evaluation(effective_bids=3, low_price_flags=("乙",)), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R12.C8": [
        (effective(4), PASSED),
        (effective(3), PASSED),
        (effective(2), FAILED),
        (effective(2, "报价竞争充分"), PASSED),
        (effective(1, "报价竞争充分"), PASSED),
        (effective(0, "报价竞争充分"), FAILED),
        (effective(2, "报价竞争充分", ProjectType.GP), FAILED),
        (effective(None), UNKNOWN),
    ],
    "R12.C9": [
        (accounts("1", "2"), PASSED),
        (accounts("1", "1"), FAILED),
        (twice("author", "X", "Y"), PASSED),
        (twice("author", "X", "X"), FAILED),
        (twice("address", "10.0.0.1", "10.0.0.1"), FAILED),
        (evaluation(deemed_collusion=("甲、乙混装",)), FAILED),
        (accounts(None, None), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R12.C10": [
        (scored("0.30", "30.00", "27.00", "24.55"), PASSED),
        (scored("0.10", "10.00", "9.00", "8.18"), PASSED),
        (scored("0.40", "40.00", "36.00", "32.73"), PASSED),
        (scored("0.30", "30.00", "27.00", "24.54"), FAILED),
        (scored("0.30", "30.00", "27.00", "24.56"), FAILED),
        (scored("0.30", "30.00", "27.00"), FAILED),
        (scored("0.30", "30.00", "27.00", "24.55", dropped=True), FAILED),
        (scored("0.30", "30.00", "27.00", "24.55", dropped=None), UNKNOWN),
        (scored(None, "30.00", "27.00", "24.55"), UNKNOWN),
        (scored("0.30"), UNKNOWN),
        (scored("0.30", "30", "27", "24.55", **OTHERWISE, method={"chosen": Method.CONSULTATION}), PASSED),
        (scored("0.30", "30", "27", "24.55", **OTHERWISE, method={"chosen": None}), UNKNOWN),
        (scored("0.30", **OTHERWISE, method={"chosen": Method.INQUIRY}), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R12.C11": [
        (evaluation(method=POINTS, sheets=5), PASSED),
        (evaluation(method=POINTS, sheets=5, objective_disagreements=("业绩",)), FAILED),
        (evaluation(method=POINTS, sheets=5, subjective_deviations=("专家3",)), FAILED),
        (evaluation(method=LOWEST, sheets=5), NOT_APPLICABLE),
        (evaluation(method=POINTS), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R12.C12": [
        (evaluation(altered_after_signing=False), PASSED),
        (evaluation(altered_after_signing=True), FAILED),
        ({}, UNKNOWN),
    ],
    "R12.C13": [
        (asking(0), PASSED),
        (asking(1), PASSED),
        (asking(2), FAILED),
        (asking(2, 6), PASSED),
        (asking(3, 9), PASSED),
        (asking(4, 9), FAILED),
        (asking(None), UNKNOWN),
        (asking(0, None), UNKNOWN),
    ],
    "R12.C14": [
        (signed(5, 5), PASSED),
        (signed(5, 4), FAILED),
        (signed(4, 5), FAILED),
        (signed(5, 5, False), FAILED),
        (signed(5, None), UNKNOWN),
        (signed(5, 5, None), UNKNOWN),
    ],
    "R12.C15": [
        (candidates(0), FAILED),
        (candidates(1), PASSED),
        (candidates(3), PASSED),
        (candidates(4), FAILED),
        (candidates(3, False), FAILED),
        (candidates(None), UNKNOWN),
        (candidates(3, None), UNKNOWN),
    ],
    "R12.C16": [
        (evaluation(ties_broken_by_documents=True), PASSED),
        (evaluation(ties_broken_by_documents=False), FAILED),
        ({}, UNKNOWN),
    ],
    "R12.C17": [
        (votes(2), FAILED),
        (votes(3), PASSED),
        (votes(3, 6), FAILED),
        (votes(4, 6), PASSED),
        (votes(3, None), UNKNOWN),
        (bid(), PASSED),
        ({}, UNKNOWN),
    ],
    "R12.C18": [
        (room(True), PASSED),
        (room(False), FAILED),
        ({}, UNKNOWN),
        (LAND, NOT_APPLICABLE),
    ],
    "R12.C19": [
        (evaluation(fatal_defect=False), PASSED),
        (evaluation(fatal_defect=True), FAILED),
        ({}, UNKNOWN),
    ],
    "R12.C20": [
        (validity("2026-06-21"), PASSED),
        (validity("2026-06-22 23:59:59"), PASSED),
        (validity("2026-06-23"), FAILED),
        (validity("2026-06-22", None), UNKNOWN),
        ({**validity("2026-07-01"), "award": {"notified_at": moment("2026-06-20")}}, PASSED),
        ({"project": {"type": ProjectType.GP}}, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_two_effective_bids_warn_and_do_not_block_works():
    assert condition(RULE, "R12.C8").severity == "A"


def test_signs_of_collusion_name_what_is_shared_and_by_whom():
    finding = ask(RULE, "R12.C9", a_case(**twice("author", "X", "X")))
    assert finding.actual == "编制人相同：a、b"
    assert finding.actual_en == "same author: a、b"


def test_the_award_is_due_before_the_bids_cease_to_bind():
    award = condition(RULE, "R12.C20")
    opened = {
        "opening": {"opened_at": moment("2026-03-24 09:00")}, "notice": {"bid_deadline": moment("2026-03-24 09:00")},
        "terms": {"bid_validity_days": 90},
    }  # fmt: skip
    due = award.deadline(a_case(**opened))
    assert due is not None
    assert due.at == moment("2026-06-23")
    assert award.deadline(a_case(**opened, award={"notified_at": moment("2026-05-01")})) is None
    assert award.deadline(a_case(**{**opened, "opening": {}})) is None
    assert award.deadline(a_case(**opened, project={"type": ProjectType.GP})) is None
