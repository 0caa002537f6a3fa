"""Notice, documents, questions and clarifications 公告、文件与澄清."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, announcement, client_as, people, send_form
from tests.phases.papers import paper, project, terms
from trading.beijing import beijing
from trading.codelists import DocumentKind, NoticeKind, Status
from trading.database import db
from trading.models import Clarification, Document, Holder, LedgerEntry, Message, Notice

LOTS = [
    {"title": f"{number}标段", "category": "construction", "estimate": "2500000", "scope": f"第{number}段管网"}
    for number in (1, 2)
]


@pytest.fixture
def ready(app: Flask) -> Trade:
    """A lot whose method is fixed."""
    return a_lot(app, people(app), Status.METHOD_FIXED)


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def kinds(app: Flask, code: str) -> list[str]:
    """The kinds of a lot's entries."""
    with app.app_context():
        return list(db.session.scalars(select(LedgerEntry.kind).where(LedgerEntry.chain == code)))


def failed(answer: dict[str, Any]) -> set[str]:
    """The blocking conditions that were not met."""
    return {one["id"] for one in answer["conditions"] if one["answer"] != "passed" and one["severity"] == "B"}


def test_the_notice_says_everything_and_makes_sealed_bids_possible(app: Flask, ready: Trade) -> None:
    ready.step("centre", "announce", announcement(ready.clock.now()))
    with app.app_context():
        lot = ready.lot()
        notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.TENDER)).one()
        assert lot.status is Status.PUBLISHED and [len(one["officers"]) for one in lot.groups] == [2, 1]
        assert "伍佰万元整" in notice.text and "2026年3月27日09时30分00秒（北京时间）" in notice.text
        assert notice.media == ["national", "county"]
    assert "tender.published" in kinds(app, ready.code)


@pytest.mark.parametrize(
    ("days", "documents", "answer"),
    [(20, 5, 200), (19, 5, "R07.C3"), (21, 5, 200), (20, 4, "R07.C2"), (20, 6, 200)],
)
def test_the_least_times_of_the_notice(ready: Trade, days: int, documents: int, answer: Any) -> None:
    day = beijing(ready.clock.now()).date()
    asked = announcement(
        ready.clock.now(),
        bid_deadline=f"{day + timedelta(days=days)}T09:00:00",
        documents_until=f"{day + timedelta(days=documents)}T09:00:00",
    )
    if answer == 200:
        ready.step("owner", "announce", asked)
    else:
        assert failed(ready.step("owner", "announce", asked, 422)) == {answer}
        ready.step("owner", "announce", announcement(ready.clock.now()))


def test_a_notice_on_no_statutory_medium_is_refused(ready: Trade) -> None:
    assert failed(ready.step("owner", "announce", announcement(ready.clock.now(), media=["county"]), 422)) == {"R07.C1"}


@pytest.mark.parametrize(
    "changed",
    [{"media": []}, {"media": ["newspaper"]}, {"bid_deadline": "2026-01-01T09:00:00"}, {"documents_until": "x"},
     {"together": ["BD-2026-9999-01"]}, {"stranger": 1}],
)  # fmt: skip
def test_a_notice_that_is_filled_in_wrongly_changes_nothing(app: Flask, ready: Trade, changed: dict[str, Any]) -> None:
    ready.step("owner", "announce", announcement(ready.clock.now(), **changed), 400)
    assert "tender.published" not in kinds(app, ready.code)


def test_a_bidder_cannot_announce_and_nobody_announces_twice(ready: Trade) -> None:
    ready.step("bidder1", "announce", announcement(ready.clock.now()), 403)
    ready.step("owner", "announce", announcement(ready.clock.now()))
    ready.step("owner", "announce", announcement(ready.clock.now()), 409)


def test_lots_of_one_project_are_announced_together_or_not_at_all(app: Flask) -> None:
    trade = Trade(app, people(app))
    codes = trade.send("owner", "/projects", project(lots=LOTS), 201)["lots"]
    for code in codes:
        other = Trade(app, trade.people, code)
        carry_to_method(other)
    trade.code = codes[0]
    trade.step("owner", "announce", announcement(trade.clock.now(), together=[codes[1]], media=["county"]), 422)
    assert (
        trade.step("owner", "announce", announcement(trade.clock.now(), together=[codes[1]]))["status"] == "published"
    )
    with app.app_context():
        trade.code = codes[1]
        assert trade.lot().status is Status.PUBLISHED


def carry_to_method(trade: Trade) -> None:
    """One lot among several to the fixed method."""
    answers = {"budget": "2500000", "ceiling": "2500000", "bond": "50000"}
    trade.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper("funds.pdf")]})
    trade.step("centre", "accept-registration")
    trade.step("owner", "prepare-terms", terms(**answers))
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    trade.step("owner", "fix-method")


def document_id(app: Flask, trade: Trade, kind: DocumentKind) -> str:
    """The newest file of a kind."""
    with app.app_context():
        query = select(Document).where(Document.lot_id == trade.lot().id, Document.kind == kind)
        return db.session.scalars(query.order_by(Document.version.desc())).first().id  # type: ignore[union-attr]


def test_anybody_downloads_and_only_a_bidder_becomes_a_holder(app: Flask, published: Trade) -> None:
    address = f"/lots/{published.code}/documents/{document_id(app, published, DocumentKind.TENDER_DOCUMENT)}"
    for who in (None, "owner", "bidder1", "bidder1"):
        answer = client_as(app, published.people[who] if who else None).get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with app.app_context():
        assert len(db.session.scalars(select(Holder)).all()) == 1


def test_other_files_are_for_those_concerned_alone(app: Flask, published: Trade) -> None:
    address = f"/lots/{published.code}/documents/{document_id(app, published, DocumentKind.APPROVAL)}"
    for who, status in ((None, 404), ("bidder1", 404), ("owner", 200), ("centre", 200), ("supervisor", 200)):
        assert client_as(app, published.people[who] if who else None).get(address).status_code == status


def test_a_contact_gets_a_receipt_and_every_clarification(app: Flask, published: Trade) -> None:
    browser = client_as(app, None)
    answer = send_form(browser, f"/lots/{published.code}/documents", {"contact": "a@example.cn"}, follow_redirects=True)
    assert "已登记联系方式" in answer.text
    assert send_form(browser, f"/lots/{published.code}/documents", {"contact": "x"}).status_code == 400
    published.send(None, f"/lots/{published.code}/holders", {"contact": "a@example.cn"}, 201)
    published.step("owner", "clarify", {"text": "图纸第三页以电子版为准", "affects_preparation": False})
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.contact == "a@example.cn")).all()
        assert len(told) == 1 and "图纸第三页" in told[0].text_zh


@pytest.mark.parametrize(
    ("day", "affects", "expected"),
    [
        ("2026-03-12", True, "2026-03-27T09:30:00"),
        ("2026-03-13", True, "2026-03-28T09:30:00"),
        ("2026-03-26", True, "2026-04-10T09:30:00"),
        ("2026-03-26", False, "2026-03-27T09:30:00"),
        ("2026-03-11", True, "2026-03-27T09:30:00"),
    ],
)
def test_the_fifteen_day_rule_moves_the_deadline_by_itself(
    app: Flask, published: Trade, day: str, affects: bool, expected: str
) -> None:
    published.clock.set(beijing(datetime.fromisoformat(f"{day}T15:00:00+08:00")))
    answer = published.step("owner", "clarify", {"text": "工程量调整", "affects_preparation": affects})
    assert answer["facts"]["bid_deadline"] == f"{expected}+08:00"
    with app.app_context():
        row = db.session.scalars(select(Clarification)).one()
        assert beijing(row.deadline_after).isoformat() == f"{expected}+08:00"


def test_a_new_ceiling_counts_as_a_change_that_affects_bids(app: Flask, published: Trade) -> None:
    published.clock.advance(timedelta(days=20))
    answer = published.step(
        "owner", "clarify", {"text": "限价调整", "affects_preparation": False, "ceiling": "4950000"}
    )
    assert answer["facts"]["bid_deadline"].startswith("2026-04-06")
    over = {"text": "限价调整", "affects_preparation": False, "ceiling": "5000000.01"}
    assert failed(published.step("owner", "clarify", over, 422)) == {"R06.C1"}


def test_a_question_is_answered_to_all_and_its_asker_never_named(app: Flask, published: Trade) -> None:
    published.step("bidder2", "ask", {"text": "是否需要踏勘？"})
    page = client_as(app, published.people["owner"]).get(f"/lots/{published.code}/clarify").text
    assert "是否需要踏勘？" in page and "投标员2" not in page and "第2建设" not in page
    with app.app_context():
        question = db.session.scalars(select(Message).where(Message.subject_zh == "有待澄清的疑问")).one()
        assert "2建设" not in question.text_zh


def test_after_the_deadline_nothing_is_clarified_or_asked_even_if_the_clock_did_not_come_round(
    published: Trade,
) -> None:
    published.clock.set(published.deadline())
    assert published.step("owner", "clarify", {"text": "x", "affects_preparation": False}, 422)["reason"] == (
        "deadline_passed"
    )
    published.step("bidder1", "ask", {"text": "x"}, 422)
    published.send(None, f"/lots/{published.code}/holders", {"contact": "b@example.cn"}, 422)
