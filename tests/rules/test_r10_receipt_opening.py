"""R10 投标接收与开标: the second of the deadline, the seal, three bidders, the record that stays open."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import ObjectionTarget, ProjectType
from trading.rules.case import BidFacts, ObjectionFacts, PrequalificationFacts, PurchaseFacts
from trading.rules.r10_receipt_opening import RULE
from trading.steps import Step

DEADLINE = moment("2026-03-24 09:00:00")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
DUE = {"notice": {"bid_deadline": DEADLINE}}


def received(at: datetime | None) -> dict:
    return {**DUE, "step": Step.SUBMIT_BID, "subject": "a", "bids": (BidFacts("a", received_at=at),)}


def bids(**facts: object) -> dict:
    return {"bids": (BidFacts("a", **facts),)}


def two(first: dict, second: dict, **groups: object) -> dict:
    return {"bids": (BidFacts("a", **first), BidFacts("b", **second)), **groups}


def withdrawing(now: datetime) -> dict:
    return {**DUE, "step": Step.WITHDRAW_BID, "now": now}


def opened(at: datetime | None) -> dict:
    return {**DUE, "opening": {"opened_at": at}}


def record(minutes: int | None, seconds: int = 0, unanswered: int | None = 0) -> dict:
    closed = None if minutes is None else DEADLINE + timedelta(minutes=minutes, seconds=seconds)
    return {"opening": {"opened_at": DEADLINE, "record_closed_at": closed, "on_the_spot_unanswered": unanswered}}


def on_the_spot(answered: datetime | None, withdrawn: bool = False) -> dict:
    raised = ObjectionFacts("o", ObjectionTarget.OPENING, DEADLINE + MINUTE, True, False, answered, withdrawn=withdrawn)
    return {**record(10), "objections": (raised,)}


def prequalified(*passed: str, held: bool | None = True, bidder: str = "a") -> dict:
    return {"prequalification": PrequalificationFacts(held, passed=passed), "bids": (BidFacts(bidder),)}


def procured(held: bool | None = False, **facts: object) -> dict:
    asked = {"purchase": PurchaseFacts(**facts), "prequalification": PrequalificationFacts(held)}
    return {"project": {"type": ProjectType.GP}, **asked}


def base(count: int | None, published: bool | None) -> dict:
    return {"sealed_price": {"count": count}, "opening": {"base_price_published": published}}


def examined(sheets: int | None, by_platform: bool = False, held: bool | None = False) -> dict:
    one = BidFacts("a", rejected_clause="not_qualified", by_platform=by_platform)
    asked = PrequalificationFacts(held)
    return {"evaluation": {"members": 5, "sheets": sheets}, "bids": (one,), "prequalification": asked}


KNOWN = {"uscc": "U1", "legal_representative": "张"}
TABLES = {
    "R10.C1": [
        (received(DEADLINE - SECOND), PASSED),
        (received(DEADLINE), FAILED),
        (received(DEADLINE + SECOND), FAILED),
        (received(None), UNKNOWN),
        ({**DUE, "step": Step.SUBMIT_BID, "subject": "a"}, UNKNOWN),
        ({**received(DEADLINE - SECOND), "notice": {"bid_deadline": None}}, UNKNOWN),
        (two({"received_at": DEADLINE - SECOND}, {"received_at": DEADLINE}, **DUE, subject="a"), PASSED),
        (two({"received_at": DEADLINE - SECOND}, {"received_at": DEADLINE}, **DUE, subject="b"), FAILED),
    ],
    "R10.C2": [
        (bids(sealed=True), PASSED),
        (bids(sealed=False), FAILED),
        (bids(), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R10.C3": [
        (bids(receipt_digest="ab"), PASSED),
        (bids(receipt_digest=""), FAILED),
        (bids(), UNKNOWN),
        ({}, UNKNOWN),
        (withdrawing(DEADLINE - SECOND), PASSED),
        (withdrawing(DEADLINE), FAILED),
        (withdrawing(DEADLINE + SECOND), FAILED),
        ({"step": Step.WITHDRAW_BID}, UNKNOWN),
    ],
    "R10.C4": [
        ({"opening": {"key_used_before_opening": False}}, PASSED),
        ({"opening": {"key_used_before_opening": True}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R10.C5": [
        (prequalified("a", "b"), PASSED),
        (prequalified("b"), FAILED),
        (prequalified(held=None), UNKNOWN),
        ({"prequalification": PrequalificationFacts(True), "bids": (BidFacts("a"),)}, UNKNOWN),
        (prequalified(held=False), NOT_APPLICABLE),
        ({"prequalification": PrequalificationFacts(True, passed=("a",))}, NOT_APPLICABLE),
    ],
    "R10.C6": [
        (opened(DEADLINE - SECOND), FAILED),
        (opened(DEADLINE), PASSED),
        (opened(DEADLINE + SECOND), PASSED),
        (opened(None), UNKNOWN),
        ({"opening": {"opened_at": DEADLINE}}, UNKNOWN),
    ],
    "R10.C7": [
        ({"opening": {"bids_at_deadline": 2}}, FAILED),
        ({"opening": {"bids_at_deadline": 3}}, PASSED),
        ({"opening": {"bids_at_deadline": 4}}, PASSED),
        ({}, UNKNOWN),
    ],
    "R10.C8": [
        (bids(opened=True), PASSED),
        ({**bids(opened=False), "opening": {"decryption_failures": 0}}, FAILED),
        ({**bids(opened=False), "opening": {"decryption_failures": 1}}, PASSED),
        (bids(opened=False), UNKNOWN),
        (bids(), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R10.C9": [
        ({"opening": {"read_out": True, "record_published": True}}, PASSED),
        ({"opening": {"read_out": False, "record_published": True}}, FAILED),
        ({"opening": {"read_out": True, "record_published": False}}, FAILED),
        ({"opening": {"read_out": True}}, UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R10.C10": [
        (record(9, 59), FAILED),
        (record(10), PASSED),
        (record(10, 1), PASSED),
        (record(None), UNKNOWN),
        (record(10, unanswered=None), UNKNOWN),
        (record(10, unanswered=1), FAILED),
        (on_the_spot(None), FAILED),
        (on_the_spot(DEADLINE + 5 * MINUTE), PASSED),
        (on_the_spot(None, withdrawn=True), PASSED),
    ],
    "R10.C11": [
        (procured(members_at_opening=False, recorded_throughout=True), PASSED),
        (procured(members_at_opening=True, recorded_throughout=True), FAILED),
        (procured(members_at_opening=False, recorded_throughout=False), FAILED),
        (procured(members_at_opening=False), UNKNOWN),
        (procured(), UNKNOWN),
        ({}, NOT_APPLICABLE),
    ],
    "R10.C12": [
        (base(1, True), PASSED),
        (base(1, False), FAILED),
        (base(1, None), UNKNOWN),
        (base(None, None), UNKNOWN),
        (base(0, None), NOT_APPLICABLE),
        (procured(), NOT_APPLICABLE),
    ],
    "R10.C13": [
        (two(KNOWN, {"uscc": "U2", "legal_representative": "李"}), PASSED),
        (two(KNOWN, {"uscc": "U2", "legal_representative": "张"}), FAILED),
        (two({**KNOWN, "related_usccs": ("U2",)}, {"uscc": "U2", "legal_representative": "李"}), FAILED),
        (two({**KNOWN, "related_usccs": ("U9",)}, {"uscc": "U2", "legal_representative": "李"}), PASSED),
        ({**bids(**KNOWN, related_usccs=("OWNER",)), "project": {"owner_uscc": "OWNER"}}, FAILED),
        (two(KNOWN, {"uscc": "U2", "legal_representative": "张", "rejected_clause": "unlawful_acts"}), PASSED),
        (two(KNOWN, {"uscc": "U2"}), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R10.C14": [
        (two({"uscc": "U1", "consortium_usccs": ("U3",)}, {"uscc": "U2"}), PASSED),
        (two({"uscc": "U1", "consortium_usccs": ("U2",)}, {"uscc": "U2"}), FAILED),
        (
            two(
                {"uscc": "U1", "consortium_usccs": ("U2",), "rejected_clause": "several_bids"},
                {"uscc": "U2", "rejected_clause": "several_bids"},
            ),
            PASSED,
        ),
        (two({"uscc": "U1"}, {"uscc": "U2"}), NOT_APPLICABLE),
        (two({"uscc": "U1", "consortium_usccs": ("U2",)}, {}), UNKNOWN),
        ({}, UNKNOWN),
    ],
    "R10.C15": [
        (procured(qualified=3), PASSED),
        (procured(qualified=2), FAILED),
        (procured(qualified=4), PASSED),
        (procured(), UNKNOWN),
        (procured(held=None, qualified=3), UNKNOWN),
        (procured(held=True), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R10.C16": [
        (examined(5), PASSED),
        (examined(4), FAILED),
        (examined(5, by_platform=True), FAILED),
        (examined(None), UNKNOWN),
        (examined(5, held=None), UNKNOWN),
        (examined(5, held=True), NOT_APPLICABLE),
        (procured(), NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_two_bids_at_the_deadline_keep_the_envelopes_shut():
    """Vector V9."""
    few = condition(RULE, "R10.C7")
    assert Step.OPEN_BIDS in few.steps
    assert few.severity == "B"
    assert "2" in ask(RULE, "R10.C7", a_case(opening={"bids_at_deadline": 2})).actual


def test_a_delayed_opening_says_by_how_much():
    assert "30分钟" in ask(RULE, "R10.C6", a_case(**opened(DEADLINE + 30 * MINUTE))).actual


def test_the_opening_is_due_within_the_time_to_decrypt_after_the_deadline_until_it_is_held():
    due = condition(RULE, "R10.C6").deadline
    assert due(a_case(**DUE)) is None
    waiting = due(a_case(**DUE, opening={"closed_at": DEADLINE}))
    assert waiting is not None
    assert waiting.at == DEADLINE + 30 * MINUTE
    assert due(a_case(**DUE, opening={"closed_at": DEADLINE, "opened_at": DEADLINE})) is None
