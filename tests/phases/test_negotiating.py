"""What may befall a procurement's result 采购结果: a buyer who says nothing, a supplier who challenges it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.phases import negotiations as n
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Award

GPN = ProjectType.GPN


def test_an_inquiry_has_one_price_and_no_talks(app: Flask) -> None:
    trade = n.published(app, GPN, Method.INQUIRY, terms={"evaluation_method": "lowest_evaluated_price", "factors": []})
    n.opened(trade)
    members = n.seated(trade)
    refused = trade.step(members[0], "call-final-offers", {"deadline": "2026-06-01T10:00:00"}, 422)
    assert refused["reason"] == "no_rounds"


def test_nobody_but_the_one_supplier_bids_and_no_price_above_the_budget_is_agreed(app: Flask) -> None:
    trade = n.published(app, GPN, Method.SINGLE_SOURCE)
    assert trade.step("bidder2", "submit-bid", n.offer("900000"), 422)["reason"] == "not_invited"
    n.opened(trade, {"bidder1": "990000"}, drawn=False)
    told = {"price": "1000001", "people": "赵工", "basis": "合理"}
    assert "price" in trade.step("owner", "agree-price", told, 400)["fields"]
    assert n.standing(trade) is Status.OPENED


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
