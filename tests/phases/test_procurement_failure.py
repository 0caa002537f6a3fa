"""A procurement without a winner 废标与终止采购: the listed grounds alone, and going on with the two that were left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade
from tests.phases import negotiations as n
from tests.phases import preparing, variants
from tests.phases.papers import paper
from trading.codelists import Method, NoticeKind, ProjectType, Status
from trading.database import db
from trading.models import Bid, Lot, Notice

GPN = ProjectType.GPN
BY_PRICE = {"evaluation_method": "lowest_evaluated_price", "factors": []}
CAUSE = {"cause": "经查证属实", "remedy": "重新编制采购文件"}
SUPPLIERS = {"bidder1": "900000", "bidder2": "880000"}


def declared(trade: Trade, ground: str, status: int = 200) -> dict[str, Any]:
    """The buyer declares the end on this ground."""
    return trade.step("owner", "fail", {"ground": ground} | CAUSE, status)


@pytest.mark.parametrize(
    ("kind", "method", "ground", "status"),
    [
        (ProjectType.GP, Method.OPEN_TENDER, "illegality", 200),
        (ProjectType.GP, Method.OPEN_TENDER, "task_cancelled", 200),
        (ProjectType.GP, Method.OPEN_TENDER, "method_ground_gone", 400),
        (ProjectType.GP, Method.OPEN_TENDER, "no_deal", 400),
        (GPN, Method.NEGOTIATION, "method_ground_gone", 200),
        (GPN, Method.NEGOTIATION, "illegality", 200),
        (GPN, Method.NEGOTIATION, "task_cancelled", 400),
        (ProjectType.WORKS, Method.OPEN_TENDER, "illegality", 400),
    ],
)
def test_a_procurement_ends_on_the_grounds_of_its_own_law_alone(
    app: Flask, kind: ProjectType, method: Method, ground: str, status: int
) -> None:
    trade = n.published(app, kind, method) if kind.is_procurement else variants.a_lot(app, variants.people(app))
    answer = declared(trade, ground, status)
    assert n.standing(trade) is (Status.FAILED if status == 200 else Status.PUBLISHED)
    if status == 400:
        assert "ground" in answer["fields"]


def test_the_notice_of_an_end_tells_the_ground_in_the_words_of_the_law(app: Flask) -> None:
    trade = n.published(app, ProjectType.GP, Method.OPEN_TENDER)
    declared(trade, "illegality")
    with app.app_context():
        text = db.session.scalars(select(Notice.text).where(Notice.kind == NoticeKind.FAILURE)).one()
    assert "废标" in text and "影响采购公正" in text


@pytest.mark.parametrize(("price", "status"), [("990000", 422), ("1000000", 422)])
def test_over_budget_is_no_ground_while_offers_are_within_it(app: Flask, price: str, status: int) -> None:
    trade = n.published(app, GPN, Method.INQUIRY, terms=BY_PRICE)
    n.opened(trade, {"bidder1": price, "bidder2": price, "bidder3": price})
    answer = declared(trade, "over_budget", status)
    assert "R16.C1" in {one["id"] for one in answer["conditions"]}
    assert n.standing(trade) is Status.OPENED


def two_bid(app: Flask) -> Trade:
    """An open tender of a procurement with two bidders at its deadline, which the clock lets fail."""
    trade = n.published(app, ProjectType.GP, Method.OPEN_TENDER)
    n.closed(trade, SUPPLIERS)
    trade.tick()
    assert n.standing(trade) is Status.FAILED
    return trade


def again(trade: Trade) -> Trade:
    """The next attempt, registered, prepared and filed anew."""
    trade.step("owner", "retender", {"cause": "仅两家供应商投标", "remedy": "与两家供应商谈判"})
    trade.code += "-R2"
    trade.step("owner", "submit-registration", preparing.registration(ProjectType.GP))
    trade.step("centre", "accept-registration")
    preparing.prepare(trade, ProjectType.GP, Method.NEGOTIATION)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    return trade


APPLICATION = {
    "method": "negotiation", "ground": "two_left_after_tender", "reasons": "公开招标仅两家供应商投标",
    "evidence": [paper("statement.pdf")], "changes_after_failure": True, "committee_statement": False,
    "experts_stating": 3, "notice_proved": True, "challenges_told": True,
}  # fmt: skip
DECISION = {"approved": True, "number": "恩施财采批〔2026〕31号", "organ": "恩施州财政局", "reasons": "情形属实"}


def test_two_that_were_left_are_negotiated_with_when_finance_approves(app: Flask) -> None:
    trade = again(two_bid(app))
    trade.step("owner", "apply-for-exception", APPLICATION)
    assert "finance_level" in trade.step("authority", "decide-exception", DECISION, 400)["fields"]
    trade.step("authority", "decide-exception", DECISION | {"finance_level": "prefecture"})
    others = {"suppliers": variants.usccs(trade, 1, 3), "reasons": "原投标供应商"}
    assert "suppliers" in trade.step("owner", "name-invitees", others, 400)["fields"]
    trade.step("owner", "name-invitees", others | {"suppliers": variants.usccs(trade, 1, 2)})
    trade.step("owner", "announce", n.notice(trade))
    assert trade.step("bidder3", "submit-bid", n.offer("900000"), 422)["reason"] == "not_invited"
    trade.step("owner", "plan-draw", n.plan(trade, 5))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    n.closed(trade, SUPPLIERS)
    trade.step("owner", "open-bids")
    n.draws.close_record(trade)
    members = n.seated(trade)
    n.final(trade, members[0], {"bidder1": "860000", "bidder2": "870000"})
    n.evaluated(trade, members)
    n.awarded(trade)
    assert n.winner(trade) == "bidder1"


@pytest.mark.parametrize(("level", "status"), [("county", 422), ("none", 422), ("prefecture", 200)])
def test_a_county_s_leave_alone_does_not_let_two_go_on(app: Flask, level: str, status: int) -> None:
    trade = again(two_bid(app))
    trade.step("owner", "apply-for-exception", APPLICATION)
    trade.step("authority", "decide-exception", DECISION | {"finance_level": level})
    named = {"suppliers": variants.usccs(trade, 1, 2), "reasons": "原投标供应商"}
    trade.step("owner", "name-invitees", named)
    answer = trade.step("owner", "announce", n.notice(trade), status)
    if status == 422:
        assert {one["id"] for one in answer["conditions"]} == {"R16.C4"}


def test_two_are_no_ground_where_no_tender_came_before(app: Flask) -> None:
    trade = preparing.registered(app, ProjectType.GP, Method.OPEN_TENDER)
    preparing.prepare(trade, ProjectType.GP, Method.OPEN_TENDER)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    assert trade.step("owner", "apply-for-exception", APPLICATION, 422)["reason"] == "not_two_left"
    chosen = APPLICATION | {"method": "negotiation"}
    assert "method" in trade.step("owner", "fix-method", chosen, 400)["fields"]


@pytest.mark.parametrize(
    ("method", "terms", "days"),
    [(Method.CONSULTATION, {}, 5), (Method.INQUIRY, BY_PRICE, 3), (Method.NEGOTIATION, {}, 3)],
)
def test_a_change_near_the_first_offer_moves_the_deadline_by_the_time_of_the_method(
    app: Flask, method: Method, terms: dict[str, Any], days: int
) -> None:
    trade = n.published(app, GPN, method, terms=terms)
    trade.clock.set(trade.deadline() - timedelta(hours=20))
    before = trade.deadline()
    trade.step("owner", "clarify", {"text": "修改技术参数", "affects_preparation": True})
    moved = (trade.deadline() - before).days
    assert days - 1 <= moved <= days + 4
    with app.app_context():
        assert db.session.scalar(select(Lot.status).where(Lot.code == trade.code)) is Status.PUBLISHED
        assert db.session.scalar(select(Bid.id)) is None
