"""The negotiation course 谈判、磋商、询价、单一来源、直接发包: each method walks from its notice to its archive."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import offer
from tests.phases import negotiations as n
from trading.codelists import Method, ProjectType
from trading.database import db
from trading.models import Award

GPN = ProjectType.GPN


def price_of(trade: n.Trade) -> tuple[str, str]:
    """Who won, at what price."""
    with trade.app.app_context():
        award = db.session.scalars(select(Award).where(Award.lot_id == trade.lot().id)).one()
        return n.winner(trade), str(award.price)


@pytest.mark.parametrize(
    ("method", "by_points"), [(Method.CONSULTATION, True), (Method.NEGOTIATION, False)], ids=["磋商", "谈判"]
)
def test_a_negotiation_walks_from_its_notice_to_its_archive(app: Flask, method: Method, by_points: bool) -> None:
    terms = {} if by_points else {"evaluation_method": "lowest_evaluated_price", "factors": []}
    trade = n.published(app, GPN, method, terms=terms)
    n.opened(trade)
    members = n.seated(trade)
    n.final(trade, members[0])
    n.evaluated(trade, members, by_points=by_points)
    n.awarded(trade)
    assert price_of(trade) == ("bidder1", "860000.00")
    n.archived(trade, "860000")


def test_an_inquiry_has_one_price_and_no_talks(app: Flask) -> None:
    trade = n.published(app, GPN, Method.INQUIRY, terms={"evaluation_method": "lowest_evaluated_price", "factors": []})
    n.opened(trade)
    members = n.seated(trade)
    refused = trade.step(members[0], "call-final-offers", {"deadline": "2026-06-01T10:00:00"}, 422)
    assert refused["reason"] == "no_rounds"
    n.evaluated(trade, members, by_points=False)
    n.awarded(trade)
    assert price_of(trade) == ("bidder2", "880000.00")
    n.archived(trade, "880000")


def test_a_single_source_agrees_on_a_price_within_the_budget_and_no_committee_is_drawn(app: Flask) -> None:
    trade = n.published(app, GPN, Method.SINGLE_SOURCE)
    assert trade.step("bidder2", "submit-bid", offer("900000"), 422)["reason"] == "not_invited"
    n.opened(trade, {"bidder1": "990000"}, drawn=False)
    told = {"price": "1000001", "people": "赵工", "basis": "合理"}
    assert "price" in trade.step("owner", "agree-price", told, 400)["fields"]
    n.agreed(trade, "960000")
    n.awarded(trade)
    assert price_of(trade) == ("bidder1", "960000.00")
    n.archived(trade, "960000")


def test_a_direct_award_of_works_is_published_with_its_reasons_and_agreed(app: Flask) -> None:
    trade = n.preparing.prepared(app, ProjectType.WORKS, Method.DIRECT, ground="patent")
    trade.step("owner", "publish-reasons", {"reasons": "需要采用不可替代的专有技术", "basis": "实施条例第九条第一项"})
    n.name_the_one(trade)
    trade.step("owner", "announce", n.notice(trade))
    n.opened(trade, {"bidder1": "4900000"}, drawn=False, bond="100000")
    n.agreed(trade, "4800000")
    trade.clock.advance(n.timedelta(hours=20))
    trade.step("owner", "publicize", n.variants.CHECKED)
    with app.app_context():
        until = trade.lot().publicity_until
    trade.clock.set(until + n.timedelta(hours=9))
    n.awarded(trade)
    assert price_of(trade) == ("bidder1", "4800000.00")


def test_a_tender_of_a_procurement_walks_to_its_archive_without_a_publicity_of_candidates(app: Flask) -> None:
    trade = n.published(app, ProjectType.GP, Method.OPEN_TENDER)
    trade.step("owner", "plan-draw", n.plan(trade, 5))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    n.closed(trade, n.FIRST)
    trade.step("owner", "open-bids")
    n.draws.close_record(trade)
    n.qualified(trade)
    members = n.seated(trade)
    n.evaluated(trade, members)
    n.awarded(trade)
    assert price_of(trade) == ("bidder2", "880000.00")
    n.archived(trade, "880000")


def test_silence_of_the_buyer_makes_the_first_candidate_the_chosen_one(app: Flask) -> None:
    trade = n.published(app, GPN, Method.INQUIRY, terms={"evaluation_method": "lowest_evaluated_price", "factors": []})
    n.opened(trade)
    n.evaluated(trade, n.seated(trade), by_points=False)
    trade.clock.advance(n.timedelta(days=9))
    trade.tick()
    with app.app_context():
        award = db.session.scalars(select(Award)).one()
        assert award.by_silence and award.rank == 1


def test_a_challenge_to_the_result_holds_up_the_signing_until_it_is_answered(app: Flask) -> None:
    trade = n.published(app, GPN, Method.INQUIRY, terms={"evaluation_method": "lowest_evaluated_price", "factors": []})
    trade.step("bidder5", "challenge", {"target": "documents", "text": "要求不合理", "known_on": None}, 422)
    n.opened(trade)
    n.evaluated(trade, n.seated(trade), by_points=False)
    assert trade.step("bidder3", "challenge", {"target": "result", "text": "评审有误"}, 422)["reason"] == "no_result"
    n.awarded(trade)
    trade.step("bidder3", "challenge", {"target": "result", "text": "评审有误"})
    contract = {
        "number": "HT-1", "price": "880000", "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "scope": "彩色超声诊断仪一台", "retention_percent": "3", "payment_days": 30,
    }  # fmt: skip
    trade.step("owner", "draft-contract", contract)
    with app.app_context():
        digest = db.session.scalars(select(n.Contract.digest)).one()
    signing = {"digest": digest, "agreed": True}
    refused = trade.step("bidder2", "sign-contract", signing, 422)
    assert "R14.C8" in {one["id"] for one in refused.get("conditions", [])} or refused["reason"] == "challenged"
    (one,) = n.challenges(trade)
    trade.step("owner", f"answer-challenge/{one}", {"answer": "经复核无误", "upheld": False, "result_changed": False})
    trade.step("bidder2", "sign-contract", signing)
