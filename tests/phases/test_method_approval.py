"""The phase of method approval 交易方式核准: the default is recorded, an exception goes up to the decision."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.papers import paper
from trading.codelists import Answer, Method, Status
from trading.database import db
from trading.models import Notice
from trading.steps import Step
from trading.workflow.engine import preview

EXCEPTION = {
    "method": "invited_tender", "ground": "few_bidders", "reasons": "深基坑，仅三家具备条件", "evidence": [paper()],
}  # fmt: skip


@pytest.fixture
def filed(app: Flask) -> Trade:
    """A lot whose conditions are filed."""
    return a_lot(app, people(app), Status.FILED)


def test_the_default_method_is_recorded_with_its_reason_and_approved_by_nobody(app: Flask, filed: Trade) -> None:
    page = client_as(app, filed.people["owner"]).get(f"/lots/{filed.code}/fix-method")
    assert "公开招标" in page.text and "达到400万元" in page.text
    assert filed.step("owner", "fix-method")["status"] == "method_fixed"
    with app.app_context():
        lot = filed.lot()
        assert lot.method is Method.OPEN_TENDER and lot.mandatory is True
        assert "依法必须招标" in (lot.method_reason_zh or "") and "by law" in (lot.method_reason_en or "")


def answer_of(trade: Trade, condition: str, step: Step) -> Answer:
    """What a condition says of the lot before a step."""
    with trade.app.app_context():
        tools = trade.app.extensions["tools"]
        verdicts = preview(db.session, trade.lot(), step, trade.clock.now(), tools)
        return next(one.answer for one in verdicts if one.condition.id == condition)


def test_an_exception_is_decided_by_the_authority_and_its_reasons_are_published(app: Flask, filed: Trade) -> None:
    filed.step("owner", "apply-for-exception", EXCEPTION)
    filed.step("owner", "fix-method", status=422)
    filed.step("supervisor", "decide-exception", {"approved": True, "number": "1", "reasons": "同意"}, status=403)
    page = client_as(app, filed.people["authority"]).get(f"/lots/{filed.code}/decide-exception").text
    assert "深基坑，仅三家具备条件" in page and "项目审批、核准部门" in page
    decided = {"approved": True, "number": "巴发改〔2026〕30号", "reasons": "情形属实"}
    assert filed.step("authority", "decide-exception", decided)["status"] == "method_fixed"
    assert answer_of(filed, "R05.C2", Step.ANNOUNCE) is Answer.FAILED
    said = {"reasons": "深基坑，仅三家具备条件", "basis": "招标投标法实施条例第八条第一项"}
    filed.step("owner", "publish-reasons", said)
    assert answer_of(filed, "R05.C2", Step.ANNOUNCE) is Answer.PASSED
    assert "深基坑，仅三家具备条件" in client_as(app, None).get(notice_of(app, filed)).text


def notice_of(app: Flask, trade: Trade) -> str:
    """The address of the lot's only notice."""
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.lot_id == trade.lot().id)).one()
        return f"/notices/{notice.id}"


def test_reasons_are_published_of_an_exception_alone(filed: Trade) -> None:
    filed.step("owner", "fix-method")
    said = {"reasons": "理由", "basis": "依据"}
    assert filed.step("owner", "publish-reasons", said, 422)["reason"] == "no_exception"


def test_works_below_the_size_may_be_consulted_about_on_the_owners_choice(app: Flask) -> None:
    small = [{"title": "一标段", "category": "construction", "estimate": "900000", "scope": "护栏"}]
    terms = {"budget": "900000", "ceiling": "900000", "bond": "9000"}
    filed = a_lot(app, people(app), Status.FILED, project={"lots": small}, terms=terms)
    page = client_as(app, filed.people["owner"]).get(f"/lots/{filed.code}/fix-method").text
    assert "竞争性磋商" in page and "公开招标" in page
    assert "ground" in filed.step("owner", "fix-method", {"method": "consultation"}, 400)["fields"]
    chosen = {"method": "consultation", "ground": "consultation_small_works", "reasons": "规模小"}
    filed.step("owner", "fix-method", chosen)
    with app.app_context():
        lot = filed.lot()
        assert lot.method is Method.CONSULTATION and lot.mandatory is False
        assert "依法必须进行招标的工程建设项目以外" in (lot.method_reason_zh or "")


def test_a_refused_exception_leaves_the_owner_with_the_default(filed: Trade) -> None:
    filed.step("owner", "apply-for-exception", EXCEPTION)
    assert (
        filed.step("authority", "decide-exception", {"approved": False, "reasons": "情形不成立"})["status"] == "filed"
    )
    assert filed.step("owner", "fix-method")["status"] == "method_fixed"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"method": "open_tender"}, 400),
        ({"method": "auction"}, 400),
        ({"ground": "meeting_minutes"}, 400),
        ({"ground": "patent"}, 422),
        ({"evidence": []}, 400),
        ({"reasons": ""}, 400),
    ],
)
def test_an_application_off_the_statutory_list_is_refused(filed: Trade, changed: dict[str, Any], status: int) -> None:
    filed.step("owner", "apply-for-exception", EXCEPTION | changed, status)
    filed.step("owner", "fix-method")


def test_only_one_application_waits_and_only_a_waiting_one_is_decided(filed: Trade) -> None:
    filed.step("authority", "decide-exception", {"approved": True, "number": "1", "reasons": "同意"}, status=422)
    filed.step("owner", "apply-for-exception", EXCEPTION)
    assert filed.step("owner", "apply-for-exception", EXCEPTION, 422)["reason"] == "application_waits"
    wrong = filed.step("authority", "decide-exception", {"approved": True, "reasons": "同意"}, 400)
    assert "number" in wrong["fields"]


def test_where_the_law_names_no_ground_none_is_asked(app: Flask) -> None:
    privately = {"project": {"state_controlled": False, "public_share": "0"}}
    filed = a_lot(app, people(app), Status.FILED, **privately)
    without = {name: value for name, value in EXCEPTION.items() if name != "ground"}
    assert filed.step("owner", "apply-for-exception", without | {"method": "direct"}, 422)["reason"] == "ground_missing"
    filed.step("owner", "apply-for-exception", without)
    decided = {"approved": True, "number": "巴发改〔2026〕31号", "reasons": "同意"}
    assert filed.step("authority", "decide-exception", decided)["status"] == "method_fixed"


def test_where_the_law_names_grounds_one_of_them_is_needed(filed: Trade) -> None:
    without = {name: value for name, value in EXCEPTION.items() if name != "ground"}
    assert filed.step("owner", "apply-for-exception", without, 422)["reason"] == "ground_missing"
