"""Evaluating procurement and disposals 政府采购评标: deductions, invalid bids, low prices, order 87's arithmetic."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases import draws, purchases
from tests.phases.draws import committee, room
from tests.phases.papers import paper, terms
from tests.phases.test_evaluating import FACTORS, REPORT, conditions, points
from tests.phases.test_letters import letter
from trading.codelists import Status
from trading.database import db
from trading.methods.price_points import UnfitBenchmark, published
from trading.models import Bid, Notice
from trading.values import LAW_FILE, load

OFFERS = ({"total": "800000", "small_micro": True}, {"total": "760000"}, {"total": "900000"})


def bid_of(trade: Trade, number: int) -> str:
    """The bid of a bidder, as the committee sees it."""
    rows = room(trade, committee(trade)[0])["bids"]
    return str(next(row["id"] for row in rows if row["bidder"] == f"第{number}建设有限公司"))


def test_a_small_firm_is_compared_by_its_deducted_price_once_most_members_confirm_it(app: Flask) -> None:
    trade = purchases.seated(app, *OFFERS)
    chair, *others = committee(trade)
    first = bid_of(trade, 1)
    yes = [{"bid": first, "small_micro": True}]
    for policies in (
        [],
        [*yes, *yes],
        [{"bid": bid_of(trade, 2), "small_micro": True}],
        [{"bid": first}],
        [{"bid": first, "small_micro": False}],
    ):
        assert "policies" in trade.step(chair, "score", purchases.sheet(trade, chair, policies), 400)["fields"]
    page = client_as(app, trade.people[chair]).get(f"/lots/{trade.code}/score").text
    assert "认定为小型、微型企业" in page and page.count("policies-") and "policies-1-" not in page
    doubt = [{"bid": first, "small_micro": False, "reason": "从业人员数与声明不符"}]
    for login in (chair, *others):
        policies = doubt if login in others[:2] else yes
        trade.step(login, "score", purchases.sheet(trade, login, policies))
    drafted = trade.step(chair, "draft-report", REPORT)
    failed = {one["id"] for one in drafted["conditions"] if one["answer"] in ("failed", "unknown")}
    assert not {"R12.C4", "R12.C5", "R12.C8", "R12.C10", "R12.C16"} & failed
    assert "R12.C10" in {one["id"] for one in drafted["conditions"] if one["answer"] == "passed"}
    ranking = room(trade, chair)["report"]["ranking"]
    assert [(line["price"], line["evaluated_price"], line["score"]) for line in ranking] == [
        ("800000.00", "720000.00", "80.00"), ("760000.00", "760000.00", "78.42"), ("900000.00", "900000.00", "74.00"),
    ]  # fmt: skip
    assert "政策性价格扣除" in client_as(app, trade.people[chair]).get(f"/lots/{trade.code}/evaluation/report").text
    trade.step(others[2], "score", purchases.sheet(trade, others[2], doubt))
    trade.step(chair, "draft-report", REPORT)
    ranking = room(trade, chair)["report"]["ranking"]
    assert [line["price"] for line in ranking] == ["760000.00", "800000.00", "900000.00"], "three of five doubt it"
    assert {line["evaluated_price"] for line in ranking} == {line["price"] for line in ranking}


def test_fewer_than_three_conforming_bids_end_the_purchase(app: Flask) -> None:
    trade = purchases.seated(app, *OFFERS)
    one, two, three, *_others = committee(trade)
    purchases.scored(trade, [{"bid": bid_of(trade, 1), "small_micro": True}])
    wrong = {"bid": bid_of(trade, 3), "clause": "unlawful_acts", "reason": "串通"}
    trade.step(one, "reject-bid", wrong, 400)
    ground = {"bid": bid_of(trade, 3), "clause": "conditions", "reason": "要求预付全款"}
    motion = trade.step(one, "reject-bid", ground)["facts"]["motion"]
    for login in (two, three):
        trade.step(login, f"vote-rejection/{motion}", {"in_favour": True})
    argued = REPORT | {"competition_reason": "两家仍有竞争"}
    assert trade.step(one, "draft-report", argued, 422)["reason"] == "too_few_effective"


def test_an_abnormally_low_price_must_be_explained_before_the_report(app: Flask) -> None:
    trade = purchases.seated(app, {"total": "300000"}, {"total": "760000"}, {"total": "900000"}, {"total": "950000"})
    members = committee(trade)
    purchases.scored(trade)
    assert trade.step(members[0], "draft-report", REPORT, 422)["reason"] == "low_price_unasked"
    asked = trade.step(members[0], "ask-low-price", letter(trade))["facts"]["letter"]
    trade.step("bidder1", f"answer-committee/{asked}", {"answer": "库存清理", "files": [paper("stock.pdf")]})
    for login in members[:3]:
        trade.step(login, f"decide-low-price/{asked}", {"accepted": False, "reason": "不能证明可以履约"})
    with app.app_context():
        bid = db.session.get_one(Bid, bid_of(trade, 1))
        assert (bid.rejected_clause, bid.rejected_votes) == ("stated", "3:0")
    drafted = trade.step(members[0], "draft-report", REPORT)
    assert not {"R12.C4", "R12.C7"} & conditions(drafted)


@pytest.mark.parametrize(("terms", "flagged"), [({}, False), ({"low_price_percent": "65"}, True)])
def test_a_price_above_the_ratio_of_the_law_is_asked_about_where_the_documents_raise_it(
    app: Flask, terms: dict[str, str], flagged: bool
) -> None:
    trade = purchases.seated(app, {"total": "600000"}, {"total": "940000"}, {"total": "950000"}, **terms)
    purchases.scored(trade)
    answer = trade.step(committee(trade)[0], "draft-report", REPORT, 422 if flagged else 200)
    assert (answer.get("reason") == "low_price_unasked") == flagged


def test_the_opening_sheet_governs_and_the_bidder_confirms(app: Flask) -> None:
    trade = purchases.seated(app, *OFFERS)
    chair = committee(trade)[0]
    found = letter(trade, "bidder2", in_bid="770000", words="765000", lines=[])
    made = trade.step(chair, "correct-arithmetic", found)["facts"]
    assert made["corrected"] == "765000.00", "words beat the figures of the opening sheet"
    told = room(trade, chair)["letters"][0]
    assert [one["code"] for one in told["corrections"]] == ["opening", "words"]
    trade.step("bidder2", f"confirm-correction/{made['letter']}", {"agrees": False})
    with app.app_context():
        bid = db.session.get_one(Bid, bid_of(trade, 2))
        assert (bid.rejected_clause, bid.total) == ("stated", Decimal(760_000))


BENCHMARK = {
    "evaluation_method": "comprehensive", "factors": FACTORS, "price_formula": "benchmark_mean",
    "benchmark_deltas": "0, 1, 2", "benchmark_above": "1", "benchmark_below": "0.5", "sme_bonus_percent": "5",
}  # fmt: skip


@pytest.fixture
def opened_county(app: Flask, tmp_path: Path) -> Flask:
    """An installation whose county has opened the benchmark mean."""
    county = tmp_path / "county.toml"
    county.write_text("[mean_benchmark]\nlines = [{ from = 2000-01-01, value = 'ON' }]\n", encoding="utf-8")
    app.extensions["tools"] = replace(app.extensions["tools"], book=load(LAW_FILE, county))
    return app


def test_the_benchmark_mean_is_off_until_the_county_opens_it(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    refused = trade.step("owner", "prepare-terms", terms(**BENCHMARK), 400)
    assert list(refused["fields"]) == ["price_formula"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"benchmark_deltas": ""}, "benchmark_deltas"),
        ({"benchmark_deltas": "0, 0"}, "benchmark_deltas"),
        ({"benchmark_deltas": "0, 21"}, "benchmark_deltas"),
        ({"benchmark_above": "0"}, "benchmark_above"),
        ({"benchmark_below": None}, "benchmark_below"),
    ],
)
def test_what_is_published_of_the_benchmark_is_whole(changed: dict[str, Any], field: str) -> None:
    asked = {"deltas": "0, 1", "above": Decimal(1), "below": Decimal(1)}
    given = asked | {name.removeprefix("benchmark_"): value for name, value in changed.items()}
    given |= {name: Decimal(value) for name, value in given.items() if name != "deltas" and isinstance(value, str)}
    with pytest.raises(UnfitBenchmark) as wrong:
        published(**given, switched_on=True)
    assert f"benchmark_{wrong.value.field}" == field


def test_the_coefficient_is_drawn_from_the_published_ones_and_told_at_the_opening(opened_county: Flask) -> None:
    trade = draws.seated(opened_county, terms=BENCHMARK)
    chair = committee(trade)[0]
    delta = room(trade, chair)["delta_percent"]
    with opened_county.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == "opening")).one()
        assert notice.facts["delta_percent"] == delta and delta in ("0", "1", "2")
        assert f"抽取：{delta}%" in notice.text
    same = {f"bidder{number}": {"T": "20", "R": "8"} for number in (1, 2, 3)}
    for login in committee(trade):
        trade.step(login, "score", points(trade, login, same))
    drafted = trade.step(chair, "draft-report", REPORT)
    assert not {"R12.C6", "R12.C16"} & conditions(drafted)
    base = Decimal(4_800_000) * (1 - Decimal(delta) / 100)
    off = (Decimal(4_900_000) - base) / base * 100
    ranking = {line["price"]: line["score"] for line in room(trade, chair)["report"]["ranking"]}
    assert Decimal(ranking["4900000.00"]) == (Decimal(88) - off).quantize(Decimal("0.01"))
