"""Changes and stops of a disposal 处置的变更与中止: disclosed terms stay, clocks keep their time."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.builders import client_as
from tests.phases.sales import Sale, bid, confirm, disposal, open_to_bid
from tests.phases.test_announcing_sale import at_days, conditions
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.ledger.log import entries_of
from trading.models import Contract

WHY = {"text": "起租日改为七月。", "reason": "规划调整", "forced": True}


def test_disclosed_terms_of_state_assets_change_only_where_they_must_and_are_disclosed_anew(app: Flask) -> None:
    trade = disposal(app, ProjectType.SOE, Method.NET_BIDDING)
    trade.announce()
    material = {"text": "改", "affects_preparation": True, "answers": []}
    assert trade.step("owner", "clarify", material, 422)["reason"] == "change_sale"
    trade.step("owner", "clarify", material | {"affects_preparation": False})
    moments = {name: trade.moment(name) for name in ("bidding_at", "planned_end")}
    early = WHY | at_days(trade, 20)
    assert "bid_deadline" in trade.step("owner", "change-sale", early, 400)["fields"]
    later = WHY | at_days(trade, 40)
    assert "R07.C12" in conditions(trade.step("owner", "change-sale", later | {"forced": False}, 422))
    trade.clock.advance(timedelta(days=14))
    short = {"bid_deadline": str(trade.deadline().isoformat())} | {
        name: moment.isoformat() for name, moment in moments.items()
    }  # fmt: skip
    assert "R07.C12" in conditions(trade.step("owner", "change-sale", WHY | short, 422))
    trade.step("owner", "change-sale", WHY | at_days(trade, 40))
    assert trade.moment("bidding_at") > moments["bidding_at"]
    with app.app_context():
        assert [one.kind for one in entries_of(db.session, trade.code)].count("tender.amended") == 2


def test_a_stop_keeps_the_time_that_was_left_to_apply_and_to_bid(app: Flask) -> None:
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    open_to_bid(trade, (1, 2))
    before = trade.deadline(), trade.moment("bidding_at"), trade.moment("ends_at")
    trade.step("supervisor", "suspend", {"ground": "order", "reason": "核查权属"})
    trade.clock.advance(timedelta(days=3))
    trade.step("supervisor", "resume", {"reason": "已查清"})
    after = trade.deadline(), trade.moment("bidding_at"), trade.moment("ends_at")
    assert [new - old for new, old in zip(after, before, strict=True)] == [timedelta(days=3)] * 3
    trade.until(trade.deadline())
    trade.until(trade.moment("bidding_at"))
    trade.offer("bidder1", "50000")
    trade.clock.set(trade.moment("ends_at") - timedelta(minutes=1))
    trade.offer("bidder2", "60000")
    extended = trade.moment("ends_at")
    trade.step("supervisor", "suspend", {"ground": "order", "reason": "系统核查"})
    assert trade.offer("bidder1", "70000", 409)["error"] == "WrongStatus"
    trade.clock.advance(timedelta(hours=1))
    trade.step("supervisor", "resume", {"reason": "已查清"})
    assert trade.moment("ends_at") == extended + timedelta(hours=1) == trade.moment("planned_end")
    trade.until(trade.moment("ends_at"))
    assert trade.standing() is Status.DEAL and trade.buyer() == "bidder2"


def seen(trade: Sale, who: str, *steps: str) -> None:
    """The person sees the form of each step, in both languages, without a fault."""
    client = client_as(trade.app, trade.people[who])
    for step in steps:
        for language in ("zh", "en"):
            answer = client.get(f"/lots/{trade.code}{'/' if step else ''}{step}?lang={language}")
            assert answer.status_code == 200, (step, answer.status_code)


def test_every_page_of_a_disposal_opens_when_its_turn_has_come(app: Flask) -> None:
    trade = disposal(app, ProjectType.RURAL, Method.AUCTION)
    seen(trade, "owner", "announce-sale", "")
    open_to_bid(trade, (1,))
    trade.apply("bidder2")
    subject = trade.applications()["第2建设有限公司"]
    seen(trade, "owner", "change-sale", "entrants", f"decide-entrant/{subject}", "")
    seen(trade, "bidder2", "my-application", "withdraw-application", "apply-to-bid", "")
    trade.decide(2, qualified=False, ground="papers", reason="材料不齐")
    bid(trade, (("bidder1", "50000"),))
    seen(trade, "owner", "draft-deal", "")
    trade.step("owner", "draft-deal", {"auctioneer": "周拍卖师"})
    for who in ("bidder1", "owner", "centre"):
        seen(trade, who, "sign-deal")
    seen(trade, "owner", "publish-deal")
    confirm(trade)
    seen(trade, "owner", "draft-sale-contract", "")
    with app.app_context():
        scope = trade.lot().scope
    terms = {"number": "HT-1", "price": "100000", "scope": scope, "instalments": False, "to_business": False}
    trade.step("owner", "draft-sale-contract", terms)
    seen(trade, "bidder1", "sign-contract", "contract")
    trade.step("bidder1", "sign-contract", {"digest": trade.kept(Contract).digest, "agreed": True})
    trade.step("owner", "file-contract", {"contract": []})
    seen(trade, "owner", "receive-price", "remit-income", "hand-over", "check-use", "contract", "")
    seen(trade, "supervisor", "", "record")
    for path in ("/statistics", "/statistics.csv", "/notices", f"/lots/{trade.code}"):
        assert client_as(app, None).get(path).status_code == 200
    assert "增值" in client_as(app, None).get("/statistics").text
    for who in ("owner", "bidder1", "bidder2", "centre", "supervisor"):
        assert client_as(app, trade.people[who]).get("/my-work").status_code == 200
