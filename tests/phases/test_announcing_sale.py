"""The notice of a disposal 处置公告: its contents by type, its clocks, and the shortest lawful time of each type."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as
from tests.phases.preparing import fix, registration, sale_terms
from tests.phases.sales import Sale, disposal
from trading.beijing import law_date
from trading.codelists import Method, NoticeKind, ProjectType, Status
from trading.database import db
from trading.ledger.log import entries_of
from trading.models import Notice

DAY = timedelta(days=1)


def conditions(answer: dict[str, Any]) -> set[str]:
    """The conditions that stood in the way."""
    return {one["id"] for one in answer["conditions"]}


def at_days(trade: Sale, cut_off: int) -> dict[str, str]:
    """Clocks whose cut-off lies so many days ahead, bidding the day after; of a listing, which begins ten before."""
    today = law_date(trade.clock.now())
    last = today + cut_off * DAY
    told = {
        "bid_deadline": f"{last}T17:00:00", "bidding_at": f"{last + DAY}T09:00:00",
        "planned_end": f"{last + DAY}T10:00:00",
    }  # fmt: skip
    if trade.method is Method.LISTING:
        told["listed_from"] = f"{last - 9 * DAY}T09:00:00"
    return told


@pytest.mark.parametrize(
    ("type_", "method", "enough", "condition"),
    [
        (ProjectType.LAND, Method.LISTING, 29, "R07.C8"),
        (ProjectType.LAND, Method.AUCTION, 19, "R07.C8"),
        (ProjectType.SOE, Method.NET_BIDDING, 14, "R07.C11"),
        (ProjectType.ADMIN, Method.NET_BIDDING, 14, "R07.C13"),
        (ProjectType.RURAL, Method.NET_BIDDING, 7, "R07.C13"),
        (ProjectType.OTHER, Method.NET_BIDDING, 7, "R07.C13"),
        (ProjectType.OTHER, Method.AUCTION, 7, "R07.C13"),
    ],
)
def test_a_notice_that_is_a_day_too_short_is_refused(
    app: Flask, type_: ProjectType, method: Method, enough: int, condition: str
) -> None:
    trade = disposal(app, type_, method)
    assert condition in conditions(trade.announce(422, **at_days(trade, enough - 1)))
    trade.announce(**at_days(trade, enough))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"bid_deadline": "2026-03-01T09:00:00"}, "bid_deadline"),
        ({"bidding_at": "2026-03-20T09:00:00"}, "bidding_at"),
        ({"planned_end": "2026-03-20T09:00:00"}, "planned_end"),
        ({"listed_from": "2026-03-20T09:00:00"}, "listed_from"),
        ({"farmland": None}, "farmland"),
        ({"media": []}, "media"),
        ({"address": ""}, "address"),
    ],
)
def test_clocks_out_of_order_and_answers_that_are_missing_are_refused(
    app: Flask, changed: dict[str, Any], field: str
) -> None:
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    assert field in trade.announce(400, **changed)["fields"]
    assert trade.standing() is Status.METHOD_FIXED


def test_a_listing_says_when_it_begins_and_lasts_ten_days(app: Flask) -> None:
    trade = disposal(app, ProjectType.LAND, Method.LISTING)
    assert "listed_from" in trade.announce(400, listed_from=None)["fields"]
    late = at_days(trade, 32)
    today = law_date(trade.clock.now())
    late["listed_from"] = f"{today + 24 * DAY}T09:00:00"
    assert "R13.C1" in conditions(trade.announce(422, **late))
    assert "R07.C8" in conditions(trade.announce(422, planning=""))
    trade.announce()
    with app.app_context():
        text = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.SALE)).one().text
    assert "挂牌期限自" in text and "转入现场（网上）竞价" in text and "出让人" in text


def test_an_auction_is_shown_and_stands_in_the_news_and_the_lessee_is_told(app: Flask) -> None:
    trade = disposal(app, ProjectType.ADMIN, Method.AUCTION)
    assert "R07.C9" in conditions(trade.announce(422, news_medium=None))
    assert "R07.C9" in conditions(trade.announce(422, display_days=1))
    assert "R13.C12" in conditions(trade.announce(422, leased_house=True))
    told = {"leased_house": True, "lessee_told_on": str(law_date(trade.clock.now()))}
    assert "R13.C12" in conditions(trade.announce(422, **told))


def test_the_notice_tells_the_terms_and_begins_a_record_without_sealed_bids(app: Flask) -> None:
    trade = disposal(app, ProjectType.RURAL, Method.PUBLIC_LEASE, terms={"priority": "原承租人向某"})
    trade.announce()
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.SALE)).one()
        (published,) = [one for one in entries_of(db.session, trade.code) if one.kind == "tender.published"]
    assert "公开招租公告" in notice.title
    term = "2026年7月1日起至2028年7月1日止"
    for words in ("50,000.00元/年", "无保留价", "10,000.00元", "原承租人向某", term, "先报价者得"):
        assert words in notice.text, words
    assert '"parts":[]' in published.body and '"groups":[]' in published.body
    page = client_as(app, None).get(f"/lots/{trade.code}")
    assert page.status_code == 200 and notice.title in client_as(app, None).get("/notices").text
    answer = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}/announce-sale")
    assert answer.status_code == 409


def test_a_disposal_listed_again_at_a_lower_price_needs_a_new_notice_and_its_approvals(app: Flask) -> None:
    trade = disposal(app, ProjectType.SOE, Method.NET_BIDDING)
    trade.announce()
    trade.until(trade.deadline())
    assert trade.standing() is Status.FAILED
    again = Sale(app, trade.people, trade.step("owner", "retender", {"remedy": "降价"})["facts"]["code"])
    again.type, again.method = trade.type, trade.method
    again.step("owner", "submit-registration", registration(ProjectType.SOE))
    again.step("centre", "accept-registration")
    lower = {"starting_price": "2600000", "deposit": "520000"}
    again.step("owner", "prepare-sale", sale_terms(ProjectType.SOE, False, **lower))
    again.step("owner", "file-conditions", status=422)
    consent = lower | {"price_consent": "巴国资发〔2026〕9号"}
    again.step("owner", "prepare-sale", sale_terms(ProjectType.SOE, False, **consent))
    again.step("owner", "file-conditions")
    again.step("supervisor", "answer-filing", {"answer": "no_issue"})
    fix(again, ProjectType.SOE, Method.NET_BIDDING)
    assert "R07.C11" in conditions(again.announce(422, **at_days(again, 5)))
    again.announce()
    with app.app_context():
        notices = db.session.scalars(select(Notice.title).where(Notice.kind == NoticeKind.SALE)).all()
    assert any("第2次" in title for title in notices)
