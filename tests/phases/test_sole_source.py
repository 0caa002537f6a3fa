"""A sole source above the threshold 单一来源: noticed five working days, objected to, reasoned upon, then decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.builders import Trade, client_as
from tests.phases.papers import paper
from tests.phases.preparing import prepare, registered, sole_source_notice
from trading.beijing import law_date
from trading.codelists import Method, ProjectType
from trading.database import db
from trading.ledger.verify import verify_chain

BIG = {
    "project": {
        "approved_budget": "5000000",
        "lots": [{"title": "专用设备", "category": "goods", "estimate": "5000000", "scope": "专用设备一套"}],
    },
    "terms": {"budget": "5000000", "ceiling": "5000000"},
}  # fmt: skip
ASKED = {
    "method": "single_source", "ground": "only_supplier", "reasons": "专利产品", "evidence": [paper("why.pdf")],
}  # fmt: skip
DECIDED = {"approved": True, "number": "恩施财采批〔2026〕9号", "organ": "恩施州财政局", "reasons": "情形属实"}


@pytest.fixture
def big(app: Flask) -> Trade:
    """A procurement above the open-tender threshold, filed."""
    trade = registered(app, ProjectType.GPN, **BIG)
    prepare(trade, ProjectType.GPN, **BIG)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    return trade


def ids(answer: dict[str, Any]) -> list[str]:
    """The conditions that stood in the way."""
    return [one["id"] for one in answer["conditions"]]


def test_it_is_noticed_then_asked_for_then_approved_by_the_finance_department(app: Flask, big: Trade) -> None:
    big.step("owner", "notice-sole-source", sole_source_notice(big))
    page = client_as(app, None).get(f"/lots/{big.code}").text
    assert "单一来源采购公示" in page
    big.clock.advance(timedelta(days=11))
    big.step("owner", "apply-for-exception", ASKED)
    without = {name: value for name, value in DECIDED.items() if name != "organ"}
    assert "organ" in big.step("authority", "decide-exception", without, 400)["fields"]
    assert big.step("authority", "decide-exception", DECIDED)["status"] == "method_fixed"
    with app.app_context():
        assert big.lot().method is Method.SINGLE_SOURCE
        assert verify_chain(db.session, big.code) == []


def test_without_a_notice_or_while_it_stands_the_approval_is_not_asked_for(big: Trade) -> None:
    assert ids(big.step("owner", "apply-for-exception", ASKED, 422)) == ["R05.C3"]
    big.step("owner", "notice-sole-source", sole_source_notice(big))
    assert ids(big.step("owner", "apply-for-exception", ASKED, 422)) == ["R05.C3"]


@pytest.mark.parametrize(("days", "status"), [(4, 400), (7, 200)])
def test_a_notice_stands_for_five_working_days(big: Trade, days: int, status: int) -> None:
    until = str(law_date(big.clock.now()) + timedelta(days=days))
    answer = big.step("owner", "notice-sole-source", sole_source_notice(big, until=until), status)
    assert status == 200 or "until" in answer["fields"]


@pytest.mark.parametrize("missing", ["supplier", "opinion", "experts", "contacts", "subject", "description"])
def test_each_content_of_the_notice_is_asked_for(big: Trade, missing: str) -> None:
    blank: Any = [] if missing == "experts" else ""
    answer = big.step("owner", "notice-sole-source", sole_source_notice(big, **{missing: blank}), 400)
    assert missing in answer["fields"]


def test_an_objection_is_reasoned_upon_after_the_notice_and_before_the_request(app: Flask, big: Trade) -> None:
    big.step("owner", "notice-sole-source", sole_source_notice(big))
    big.step("bidder1", "object-to-sole-source", {"text": "我公司有同类产品"})
    assert big.step("bidder1", "object-to-sole-source", {"text": "再次"}, 422)["reason"] == "objected_already"
    early = big.step("owner", "reason-sole-source", {"reasoning": "不具备", "upheld": False}, 422)
    assert early["reason"] == "notice_stands"
    page = client_as(app, big.people["owner"]).get(f"/lots/{big.code}/reason-sole-source").text
    assert "我公司有同类产品" in page
    big.clock.advance(timedelta(days=11))
    assert big.step("bidder2", "object-to-sole-source", {"text": "晚了"}, 422)["reason"] == "notice_over"
    assert ids(big.step("owner", "apply-for-exception", ASKED, 422)) == ["R05.C3"]
    big.step("owner", "reason-sole-source", {"reasoning": "经论证不能替代", "upheld": False})
    big.step("owner", "apply-for-exception", ASKED)


def test_who_objected_is_told_to_no_other_supplier_and_stands_not_on_record(app: Flask, big: Trade) -> None:
    big.step("owner", "notice-sole-source", sole_source_notice(big))
    big.step("bidder1", "object-to-sole-source", {"text": "我公司有同类产品"})
    page = client_as(app, big.people["bidder2"]).get(f"/lots/{big.code}/object-to-sole-source").text
    assert "恩施某医疗器械公司" in page and "我公司有同类产品" not in page
    record = client_as(app, None).get(f"/lots/{big.code}/record").text
    assert "第1建设有限公司" not in record and big.people["bidder1"].actor not in record


def test_an_objection_that_is_upheld_closes_the_way_to_a_sole_source(big: Trade) -> None:
    big.step("owner", "notice-sole-source", sole_source_notice(big))
    big.step("bidder1", "object-to-sole-source", {"text": "我公司有同类产品"})
    big.clock.advance(timedelta(days=11))
    big.step("owner", "reason-sole-source", {"reasoning": "确有替代产品", "upheld": True})
    assert big.step("owner", "apply-for-exception", ASKED, 422)["reason"] == "objection_upheld"
    big.step("owner", "fix-method", {"method": "open_tender"}, 400)
    big.step("owner", "fix-method")


def test_reasoning_comes_within_five_working_days_of_the_end(big: Trade) -> None:
    big.step("owner", "notice-sole-source", sole_source_notice(big))
    big.step("bidder1", "object-to-sole-source", {"text": "我公司有同类产品"})
    big.clock.advance(timedelta(days=30))
    big.step("owner", "reason-sole-source", {"reasoning": "经论证不能替代", "upheld": False})
    assert ids(big.step("owner", "apply-for-exception", ASKED, 422)) == ["R05.C3"]


@pytest.mark.parametrize(("added", "status"), [("100000", 200), ("100000.01", 422)])
def test_what_is_added_to_a_contract_stays_within_a_tenth_of_it(app: Flask, added: str, status: int) -> None:
    trade = registered(app, ProjectType.GPN)
    prepare(trade, ProjectType.GPN)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    adding = ASKED | {"ground": "add_on", "original_contract": "1000000", "added": added}
    answer = trade.step("owner", "fix-method", adding, status)
    assert status == 200 or ids(answer) == ["R05.C4"]
    if status == 422:
        assert "added" in trade.step("owner", "fix-method", adding | {"added": None}, 400)["fields"]


FAILED_TENDER = {
    "method": "negotiation", "ground": "tender_failed", "reasons": "招标后没有供应商投标",
    "evidence": [paper("why.pdf")], "changes_after_failure": True, "committee_statement": False,
    "experts_stating": 3, "notice_proved": True, "challenges_told": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "lawful"),
    [
        ({}, True),
        ({"experts_stating": 2}, False),
        ({"experts_stating": 0, "committee_statement": True}, True),
        ({"notice_proved": False}, False),
        ({"challenges_told": None}, False),
    ],
)
def test_a_method_changed_after_a_failed_tender_is_founded(big: Trade, changed: dict[str, Any], lawful: bool) -> None:
    big.step("owner", "apply-for-exception", FAILED_TENDER | changed)
    answer = big.step("authority", "decide-exception", DECIDED, 200 if lawful else 422)
    assert lawful or ids(answer) == ["R05.C5"]
