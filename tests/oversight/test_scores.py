"""The members' sheets as tables: points by factor and member, or opinions where prices alone count."""

from types import SimpleNamespace

import pytest

from trading.codelists import EvaluationMethod
from trading.oversight.dossier_scores import score_sheets

FACTORS = [
    {"code": "P", "title": "投标报价", "kind": "price", "points": "60"},
    {"code": "T", "title": "施工组织设计", "kind": "subjective", "points": "40"},
]


def bid(id_: str, rank: int | None = 1) -> SimpleNamespace:
    return SimpleNamespace(
        id=id_, current=True, rank=rank, score="93.00", organization=SimpleNamespace(name=f"{id_}公司")
    )


def member(name: str, **found: object) -> SimpleNamespace:
    return SimpleNamespace(name=name, sheet={"bids": found})


def review(**changed: object) -> dict[str, object]:
    return {"passed": True, "reason": "", "adjustments": [], "scores": {}, "reasons": {}} | changed


@pytest.fixture
def speaking_chinese(app):
    with app.test_request_context("/?lang=zh"):
        yield


@pytest.mark.usefixtures("speaking_chinese")
def test_points_stand_by_factor_and_member_with_the_mean_of_the_report():
    terms = SimpleNamespace(evaluation_method=EvaluationMethod.COMPREHENSIVE, factors=FACTORS)
    report = SimpleNamespace(
        ranking=[{"bid": "甲", "parts": [{"code": "P", "figure": "60.00"}, {"code": "T", "figure": "33.00"}]}]
    )
    members = [
        member("张", 甲=review(scores={"T": "32"})),
        member("李", 甲=review(scores={"T": "34"}, reasons={"T": "方案详细"})),
    ]
    (sheet,) = score_sheets(terms, members, [bid("甲")], report)
    assert sheet.caption == "各成员评分：甲公司"
    assert sheet.heads == ["评审因素", "张", "李", "平均或按公式"]
    assert sheet.rows == [
        ["投标报价（60分）", "公式", "公式", "60.00"],
        ["施工组织设计（40分）", "32", "34（方案详细）", "33.00"],
        ["总分", "", "", "93.00"],
    ]
    assert abs(sum(sheet.widths) - 100) < 0.01


@pytest.mark.usefixtures("speaking_chinese")
def test_where_prices_count_every_opinion_and_adjustment_is_told():
    terms = SimpleNamespace(evaluation_method=EvaluationMethod.LOWEST_EVALUATED_PRICE, factors=[])
    members = [
        member("张", 甲=review(), 乙=review(passed=False, reason="工期不响应")),
        member("李", 甲=review(adjustments=[{"reason": "付款条件", "amount": "12000"}]), 乙=review()),
    ]
    (sheet,) = score_sheets(terms, members, [bid("乙", None), bid("甲")], SimpleNamespace(ranking=[]))
    assert sheet.rows == [
        ["甲公司", "通过", "通过；调整12,000.00元：付款条件"],
        ["乙公司", "不通过：工期不响应", "通过"],
    ]


@pytest.mark.usefixtures("speaking_chinese")
def test_without_free_names_or_a_report_there_are_no_sheets():
    terms = SimpleNamespace(evaluation_method=EvaluationMethod.COMPREHENSIVE, factors=FACTORS)
    assert score_sheets(terms, [], [bid("甲")], SimpleNamespace(ranking=[])) == []
    assert score_sheets(terms, [member("张", 甲=review())], [bid("甲")], None) == []
