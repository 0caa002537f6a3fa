"""The committee's letters 函件: asked and answered in writing and in time, seen by nobody else, judged by vote."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as, send_form
from tests.phases.draws import committee, room, scored, standing
from tests.phases.papers import paper
from trading.beijing import beijing
from trading.codelists import Status
from trading.database import db
from trading.models import Bid, BidInquiry, LedgerEntry, Lot
from trading.portal.subjects import waiting
from trading.steps import Step

REPORT = {"fatal_defect": False}
LOW = ["2000000", "4800000", "4900000"]
SECRET = "请说明第三章第二节的材料品牌"
ANSWER = "材料以投标文件第十二页为准"


def due(trade: Trade, minutes: int = 60) -> str:
    """A time so many minutes from now, as a form writes it."""
    return beijing(trade.clock.now() + timedelta(minutes=minutes)).replace(tzinfo=None).isoformat()


def bid_of(trade: Trade, bidder: str) -> str:
    """The id of the bid of a bidder."""
    with trade.app.app_context():
        home = trade.people[bidder].organization_id
        return db.session.scalars(select(Bid.id).where(Bid.organization_id == home, Bid.current.is_(True))).one()


def letter(trade: Trade, bidder: str = "bidder1", minutes: int = 60, **more: Any) -> dict[str, Any]:
    """A letter as the chair writes it."""
    return {"bid": bid_of(trade, bidder), "question": SECRET, "due_at": due(trade, minutes)} | more


def asked(trade: Trade, step: str = "ask-bidder", **more: Any) -> str:
    """The id of a letter that the chair sends to bidder1."""
    return str(trade.step(committee(trade)[0], step, letter(trade, **more))["facts"]["letter"])


def test_a_clarification_is_asked_and_answered_in_writing_and_seen_by_nobody_else(app: Flask) -> None:
    trade = scored(app)
    chair, member, *_others = committee(trade)
    trade.step(member, "ask-bidder", letter(trade), 403)
    trade.step(chair, "ask-bidder", letter(trade, minutes=29), 400)
    number = asked(trade)
    assert trade.step(chair, "ask-bidder", letter(trade), 422)["reason"] == "letter_open"
    with app.app_context():
        version = db.session.scalars(select(Lot.version)).one()
        mine = waiting(db.session, trade.people["bidder1"], trade.clock.now(), [Step.ANSWER_COMMITTEE])
        others = waiting(db.session, trade.people["bidder2"], trade.clock.now(), [Step.ANSWER_COMMITTEE])
        assert [one.subject for one in mine] == [number] and not others
    assert trade.step(chair, "draft-report", REPORT, 422)["reason"] == "letters_open"
    path = f"answer-committee/{number}"
    trade.step("bidder2", path, {"answer": "不是给我的"}, 404)
    trade.step(member, path, {"answer": "我替他答"}, 403)
    trade.step("bidder1", path, {"answer": ""}, 400)
    trade.step("bidder1", path, {"answer": ANSWER, "files": [paper("cost.pdf")]})
    assert trade.step("bidder1", path, {"answer": "再答一次"}, 422)["reason"] == "answered"
    told = room(trade, member)["letters"][0]
    assert (told["answer"], told["files"], told["open"]) == (ANSWER, ["cost.pdf"], False)
    own = client_as(app, trade.people["bidder1"]).get(f"/api/v1/lots/{trade.code}/letters").get_json()["letters"]
    assert own[0]["answer"] == ANSWER and "votes" not in own[0]
    for login in trade.people:
        if login in (*committee(trade), "bidder1"):
            continue
        browser = client_as(app, trade.people[login])
        for page in ("", "/evaluation", "/letters", "/record", f"/{path}", f"/letters/{number}/files/0"):
            text = browser.get(f"/lots/{trade.code}{page}").text
            assert SECRET not in text and ANSWER not in text, (login, page)
            assert number in page or number not in text, (login, page)
    assert client_as(app, trade.people[member]).get(f"/lots/{trade.code}/letters/{number}/files/0").status_code == 200
    with app.app_context():
        entries = db.session.scalars(select(LedgerEntry).where(LedgerEntry.chain == trade.code)).all()
        answers = [one for one in entries if one.kind == "evaluation.answer"]
        assert [json.loads(one.entry)["actor"] for one in answers] == ["bidder-sealed"]
        assert not [one for one in entries if SECRET in (one.body or "") or ANSWER in (one.body or "")]
        assert db.session.scalars(select(Lot.version)).one() == version, "an answer tells nobody that it came"
    assert "R12.C5" not in {
        one["id"] for one in trade.step(chair, "draft-report", REPORT)["conditions"] if one["answer"] != "passed"
    }


def test_a_letter_that_is_not_answered_in_time_stays_unanswered_and_holds_nothing_any_more(app: Flask) -> None:
    trade = scored(app)
    number = asked(trade, minutes=30)
    trade.clock.advance(timedelta(minutes=31))
    assert trade.step("bidder1", f"answer-committee/{number}", {"answer": ANSWER}, 422)["reason"] == "late"
    with app.app_context():
        assert db.session.scalars(select(BidInquiry)).one().answered_at is None
    trade.step(committee(trade)[0], "draft-report", REPORT)


def test_nothing_can_be_written_to_the_committee_unasked(app: Flask) -> None:
    trade = scored(app)
    trade.step("bidder1", "answer-committee/" + "0" * 20, {"answer": "主动说明"}, 404)
    assert client_as(app, trade.people["bidder1"]).get(f"/lots/{trade.code}/letters").status_code == 200
    with app.app_context():
        assert db.session.scalars(select(BidInquiry)).all() == []


@pytest.mark.both_databases
def test_a_low_price_is_explained_accepted_by_most_members_and_rejects_nobody(app: Flask) -> None:
    trade = scored(app, totals=LOW)
    one, two, three, four, _five = committee(trade)
    warned = trade.step(one, "draft-report", REPORT)
    assert "R12.C7" in {one_["id"] for one_ in warned["conditions"] if one_["answer"] != "passed"}
    number = asked(trade, "ask-low-price")
    path = f"decide-low-price/{number}"
    good = {"accepted": True, "reason": "自有料场，成本测算可信"}
    assert trade.step(two, path, good, 422)["reason"] == "waiting"
    trade.step("bidder1", f"answer-committee/{number}", {"answer": "自有料场", "files": [paper("cost.pdf")]})
    trade.step("bidder1", path, good, 403)
    with app.app_context():
        mine = waiting(db.session, trade.people[two], trade.clock.now(), [Step.DECIDE_LOW_PRICE])
        assert [found.subject for found in mine] == [number]
    trade.step(one, path, good)
    assert trade.step(one, path, good, 422)["reason"] == "voted"
    trade.step(two, path, {"accepted": False, "reason": "测算缺运费"})
    trade.step(three, path, good)
    assert trade.step(one, "draft-report", REPORT, 422)["reason"] == "letters_open"
    trade.step(four, path, good)
    drafted = trade.step(one, "draft-report", REPORT)
    assert not {"R12.C5", "R12.C7"} & {one_["id"] for one_ in drafted["conditions"] if one_["answer"] != "passed"}
    flag = room(trade, two)["report"]["flags"][0]
    assert "自有料场" in flag["explanation"] and len(standing(trade, one)) == 3


def test_a_low_price_that_is_not_explained_is_rejected_by_vote_after_its_time(app: Flask) -> None:
    trade = scored(app, totals=[*LOW, "4950000"])
    members = committee(trade)
    number = asked(trade, "ask-low-price")
    trade.clock.advance(timedelta(minutes=61))
    for login in members[:3]:
        trade.step(login, f"decide-low-price/{number}", {"accepted": False, "reason": "未作书面说明"})
    with app.app_context():
        bid = db.session.get_one(Bid, bid_of(trade, "bidder1"))
        assert (bid.rejected_clause, bid.rejected_votes) == ("price", "3:0")
        assert "未作书面说明" in (bid.rejected_reason or "")
    trade.step(members[0], "draft-report", REPORT)
    assert len(standing(trade, members[0])) == 3


LINES = [
    {"item": "土方", "quantity": "1000", "unit_price": "700", "total": "700000"},
    {"item": "管网", "quantity": "2000", "unit_price": "2010", "total": "4000000"},
]


def correction(trade: Trade, **more: Any) -> dict[str, Any]:
    """What the chair found in the bid of bidder1 (4 700 000): the second line is 20 000 short."""
    return letter(trade, question="第二项合价与单价不符", lines=LINES) | more


@pytest.mark.both_databases
def test_a_confirmed_correction_is_the_price_from_then_on(app: Flask) -> None:
    trade = scored(app, totals=["4700000", "4710000", "4900000"])
    chair, member, *_others = committee(trade)
    same = correction(trade, lines=[{**LINES[1], "unit_price": "2350", "total": "4700000"}])
    assert trade.step(chair, "correct-arithmetic", same, 422)["reason"] == "nothing_to_correct"
    trade.step(member, "correct-arithmetic", correction(trade), 403)
    made = trade.step(chair, "correct-arithmetic", correction(trade))
    assert made["facts"]["corrected"] == "4720000.00"
    number = made["facts"]["letter"]
    assert trade.step(chair, "draft-report", REPORT, 422)["reason"] == "letters_open"
    path = f"confirm-correction/{number}"
    trade.step("bidder2", path, {"agrees": True}, 404)
    trade.step("bidder1", f"answer-committee/{number}", {"answer": "不在此处"}, 404)
    trade.step("bidder1", path, {"agrees": True})
    assert trade.step("bidder1", path, {"agrees": False}, 422)["reason"] == "answered"
    assert trade.step(chair, "correct-arithmetic", correction(trade), 422)["reason"] == "corrected"
    drafted = trade.step(chair, "draft-report", REPORT)
    assert "R12.C5" not in {one["id"] for one in drafted["conditions"] if one["answer"] == "failed"}
    found = {bid["bidder"]: bid for bid in room(trade, member)["bids"]}["第1建设有限公司"]
    assert (found["read_out"], found["total"]) == ("4700000.00", "4720000.00")
    ranking = room(trade, member)["report"]["ranking"]
    assert [line["price"] for line in ranking] == ["4710000.00", "4720000.00", "4900000.00"], "the order has turned"


@pytest.mark.parametrize("silent", [True, False], ids=["silence", "a refusal"])
def test_a_correction_that_is_not_confirmed_takes_the_bid_out(app: Flask, silent: bool) -> None:
    trade = scored(app, totals=["4700000", "4800000", "4900000", "4950000"])
    chair = committee(trade)[0]
    number = trade.step(chair, "correct-arithmetic", correction(trade))["facts"]["letter"]
    if silent:
        trade.clock.advance(timedelta(minutes=61))
        assert trade.step("bidder1", f"confirm-correction/{number}", {"agrees": True}, 422)["reason"] == "late"
    else:
        trade.step("bidder1", f"confirm-correction/{number}", {"agrees": False})
    trade.step(chair, "draft-report", REPORT)
    with app.app_context():
        bid = db.session.get_one(Bid, bid_of(trade, "bidder1"))
        assert (bid.rejected_clause, bid.rejected_by, bid.total) == ("not_responsive", "platform", Decimal(4_700_000))
    assert len(standing(trade, chair)) == 3


def test_a_corrected_price_above_the_ceiling_is_out(app: Flask) -> None:
    trade = scored(app, totals=["4990000", "4800000", "4900000", "4950000"])
    chair = committee(trade)[0]
    lines = [{"item": "全部", "quantity": "1", "unit_price": "5000000.01", "total": "4990000"}]
    number = trade.step(chair, "correct-arithmetic", correction(trade, lines=lines))["facts"]["letter"]
    trade.step("bidder1", f"confirm-correction/{number}", {"agrees": True})
    with app.app_context():
        bid = db.session.get_one(Bid, bid_of(trade, "bidder1"))
        assert bid.rejected_clause == "price" and "5,000,000.01" in (bid.rejected_reason or "")


def test_after_the_first_signature_no_letter_goes_out(app: Flask) -> None:
    trade = scored(app)
    chair = committee(trade)[0]
    trade.step(chair, "draft-report", REPORT)
    trade.step(chair, "sign-report", {"opinion": "agree"})
    for step in ("ask-bidder", "ask-low-price"):
        assert trade.step(chair, step, letter(trade), 422)["reason"] == "signed"
    assert trade.step(chair, "correct-arithmetic", correction(trade), 422)["reason"] == "signed"


def test_the_letters_have_their_pages(app: Flask) -> None:
    trade = scored(app, totals=LOW)
    chair, member, *_others = committee(trade)
    browser = client_as(app, trade.people[chair])
    for step in ("ask-bidder", "ask-low-price", "correct-arithmetic", "extend-evaluation", "ask-more-time"):
        answer = browser.get(f"/lots/{trade.code}/{step}")
        assert answer.status_code == 200, (step, answer.text)
    page = f"/lots/{trade.code}/ask-low-price"
    told = {"bid": bid_of(trade, "bidder1"), "question": SECRET, "due_at": due(trade), "confirmed": "true"}
    assert send_form(browser, page, told).status_code == 303
    with app.app_context():
        number = db.session.scalars(select(BidInquiry.id)).one()
    bidder = client_as(app, trade.people["bidder1"])
    for page in ("letters", f"answer-committee/{number}"):
        answer = bidder.get(f"/lots/{trade.code}/{page}")
        assert answer.status_code == 200 and SECRET in answer.text, page
    assert "要求说明" in bidder.get(f"/lots/{trade.code}").text or "书面答复" in bidder.get(f"/lots/{trade.code}").text
    answered = send_form(
        bidder, f"/lots/{trade.code}/answer-committee/{number}", {"answer": ANSWER, "confirmed": "true"}
    )
    assert answered.status_code == 303
    shown = client_as(app, trade.people[member]).get(f"/lots/{trade.code}/decide-low-price/{number}")
    assert shown.status_code == 200 and ANSWER in shown.text
    assert ANSWER in client_as(app, trade.people[member]).get(f"/lots/{trade.code}/evaluation").text
    with app.app_context():
        assert db.session.scalars(select(Lot.status)).one() is Status.COMMITTEE_READY
