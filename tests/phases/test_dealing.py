"""The deal confirmation and its publication 成交确认: who signs what, in which order, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.phases.sales import Sale, bid, confirm, disposal, open_to_bid
from trading.beijing import law_date
from trading.codelists import FailureGround, Method, NoticeKind, ProjectType, Status
from trading.database import db
from trading.models import Award, Deal, Notice

CHANNEL = {"objection_channel": "王工 0718-4220000"}


@pytest.fixture
def dealt(app: Flask) -> Sale:
    """A village lease with its deal made: bidder1 at 70,000 yuan a year."""
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    open_to_bid(trade, (1, 2))
    bid(trade, (("bidder1", "50000"), ("bidder2", "60000"), ("bidder1", "70000")))
    return trade


def sign(trade: Sale, who: str, status: int = 200, digest: str | None = None) -> dict[str, object]:
    """Sign what stands, or something else."""
    shown = digest or trade.kept(Deal).digest or "0" * 64
    return trade.step(who, "sign-deal", {"digest": shown, "agreed": True}, status)


def today(trade: Sale) -> str:
    """The day of the test's clock."""
    return str(law_date(trade.clock.now()))


def test_only_buyer_and_seller_sign_and_each_what_he_saw(dealt: Sale) -> None:
    assert sign(dealt, "bidder1", 422)["reason"] == "no_confirmation"
    dealt.step("owner", "draft-deal")
    text = dealt.kept(Deal).confirmation
    assert "70,000.00元/年" in text and "租期内合计140,000.00元" in text and "第1建设有限公司" in text
    sign(dealt, "bidder2", 403)
    sign(dealt, "bidder1", 409, digest="0" * 64)
    assert "agreed" in dealt.step("bidder1", "sign-deal", {"digest": "0" * 64, "agreed": False}, 400)["fields"]
    assert sign(dealt, "centre", 422)["reason"] == "signed"
    sign(dealt, "bidder1")
    assert sign(dealt, "bidder1", 422)["reason"] == "signed"
    assert dealt.step("owner", "draft-deal", {}, 422)["reason"] == "signed"
    assert dealt.step("owner", "publish-deal", CHANNEL, 422)["reason"] == "unsigned"
    sign(dealt, "owner")
    assert dealt.kept(Deal).signed_at == dealt.clock.now()


def test_a_village_deal_hangs_on_its_board_and_stands_three_days_before_it_is_confirmed(dealt: Sale) -> None:
    dealt.step("owner", "draft-deal")
    sign(dealt, "bidder1")
    sign(dealt, "owner")
    assert "village_board_on" in dealt.step("owner", "publish-deal", CHANNEL, 400)["fields"]
    told = CHANNEL | {"village_board_on": today(dealt)}
    assert "days" in dealt.step("owner", "publish-deal", told | {"days": 2}, 400)["fields"]
    dealt.step("owner", "publish-deal", told)
    with dealt.app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.DEAL)).one()
        assert "增值率40.00%" in notice.text and "村务公开栏" in notice.text
        ends = dealt.lot().publicity_until
    dealt.until(ends - timedelta(seconds=1))
    assert dealt.step("owner", "confirm", {}, 422)["reason"] == "still_public"
    dealt.until(ends)
    assert "rank" in dealt.step("owner", "confirm", {"rank": "2"}, 400)["fields"]
    assert dealt.step("owner", "confirm", {})["facts"]["rate"] == "40.00"


def test_a_confirmation_that_is_not_signed_on_the_day_is_not_published(dealt: Sale) -> None:
    dealt.step("owner", "draft-deal")
    sign(dealt, "bidder1")
    dealt.clock.advance(timedelta(days=1))
    sign(dealt, "owner")
    told = CHANNEL | {"village_board_on": today(dealt)}
    assert dealt.step("owner", "publish-deal", told, 422)["conditions"][0]["id"] == "R13.C11"


def test_an_auction_is_signed_by_four_persons_and_its_commission_is_bounded(app: Flask) -> None:
    trade = disposal(app, ProjectType.OTHER, Method.AUCTION)
    open_to_bid(trade, (1,))
    bid(trade, (("bidder1", "200000"),))
    assert "auctioneer" in trade.step("owner", "draft-deal", {}, 400)["fields"]
    asked = {"auctioneer": "周拍卖师", "commission_percent": "6"}
    assert "commission_agreed" in trade.step("owner", "draft-deal", asked, 400)["fields"]
    trade.step("owner", "draft-deal", asked | {"commission_agreed": False})
    assert "R13.C13" in trade.alarms()
    for who in ("bidder1", "owner", "centre"):
        sign(trade, who)
    assert trade.kept(Deal).signed_at is None
    sign(trade, "centre", 422)
    sign(trade, "centre2")
    assert [one["side"] for one in trade.kept(Deal).signatures] == ["buyer", "seller", "recorder", "auctioneer"]


def test_a_buyer_who_does_not_sign_lets_the_disposal_fail(dealt: Sale) -> None:
    ground = {"ground": FailureGround.BUYER_WITHDREW.value, "cause": "买受人拒绝签署", "remedy": "重新公告"}
    dealt.step("owner", "fail", ground)
    assert dealt.standing() is Status.FAILED
    with dealt.app.app_context():
        assert "未成交" in db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.FAILURE)).one().text


def test_what_follows_the_contract_never_exceeds_the_price_and_comes_before_delivery(dealt: Sale) -> None:
    confirm(dealt)
    price = dealt.kept(Award).price
    assert price == Decimal(140000)
    with dealt.app.app_context():
        scope = dealt.lot().scope
    draft = {"number": "HT-1", "price": "140000", "scope": scope, "instalments": False, "to_business": False}
    changed = dealt.step("owner", "draft-sale-contract", draft | {"price": "130000"}, 422)
    assert changed["conditions"][0]["id"] == "R17.C4"
    more = dealt.step("owner", "draft-sale-contract", draft | {"due_before": "140000.01"}, 400)
    assert "due_before" in more["fields"]
    assert "rest_secured" in dealt.step("owner", "draft-sale-contract", draft | {"instalments": True}, 400)["fields"]
    drafted = dealt.step("owner", "draft-sale-contract", draft | {"due_before": "70000"})
    dealt.step("bidder1", "sign-contract", {"digest": drafted["facts"]["sha256"], "agreed": True})
    dealt.step("owner", "file-contract", {"contract": []})
    day = today(dealt)
    paid = {"received_on": day, "from_deposit": False}
    assert "amount" in dealt.step("owner", "receive-price", paid | {"amount": "140000.01"}, 400)["fields"]
    dealt.step("owner", "receive-price", paid | {"amount": "69999.99"})
    over = {"delivered_on": day, "registered_on": day, "registration": "备案1号", "document": []}
    document = [{"name": "a.pdf", "content": "JVBERi0xLjcK"}]
    assert "delivered_on" in dealt.step("owner", "hand-over", over | {"document": document}, 400)["fields"]
    sent = {"paid_on": day, "reference": "1"}
    assert "amount" in dealt.step("owner", "remit-income", sent | {"amount": "70000"}, 400)["fields"]
    dealt.step("owner", "receive-price", paid | {"amount": "70000.01"})
    dealt.step("owner", "remit-income", sent | {"amount": "140000"})
    dealt.step("owner", "hand-over", over | {"document": document})
    assert dealt.standing() is Status.PERFORMED
