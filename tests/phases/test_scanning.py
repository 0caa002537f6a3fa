"""The fair-competition scan in the procedure: hits are kept and shown, the owner answers each, nothing is blocked."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.papers import paper, terms
from tests.scanning import documents
from trading.clock import StoppedClock
from trading.codelists import ScanAnswer, Status
from trading.database import db
from trading.models import Alarm, DocumentScan, LedgerEntry, ScanHit
from trading.workflow.facts import RecordCase

LOCAL = "投标人注册地应在巴东县。"
BRAND = "水泥必须采用某某品牌。"
CLEAN = "投标人应具有独立法人资格。"


def prepared(app: Flask, tender: bytes, name: str = "tender.docx", **changed: Any) -> Trade:
    """A registered lot whose tender document is ``tender``."""
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.step("owner", "prepare-terms", terms(tender_document=[paper(name, tender)], **changed))
    return trade


def hits(trade: Trade, **only: Any) -> list[ScanHit]:
    """The hits that were not found again."""
    db.session.expire_all()
    query = select(ScanHit).filter_by(replaced=False, **only).order_by(ScanHit.found_at, ScanHit.kind)
    return list(db.session.scalars(query))


def facts(trade: Trade) -> Any:
    """The scan as the rules are told of it."""
    db.session.expire_all()
    case = RecordCase(db.session, trade.lot(), trade.clock.now(), trade.app.extensions["tools"])
    return case.terms.scan_hits


@pytest.mark.both_databases
def test_hits_of_a_document_are_kept_with_sentence_place_kind_and_article(app: Flask) -> None:
    trade = prepared(app, documents.pdf(CLEAN, f"{CLEAN}{LOCAL}{BRAND}"), "招标文件.pdf")
    with app.app_context():
        local, brand = hits(trade)
        assert (local.paper, local.unit, local.place, local.sentence) == ("招标文件.pdf", "page", 2, LOCAL)
        assert (local.kind, local.article) == ("y1117-address", "第三条")
        assert (brand.kind, brand.law) == ("ztbt32-5", "招标投标法实施条例")
        assert [one.answer for one in facts(trade)] == [None, None]
        body = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "document.scanned")).one()
        assert '"hits":2' in body


def test_what_was_typed_is_scanned_too(app: Flask) -> None:
    trade = prepared(app, documents.word(CLEAN), qualification="投标人须在本市设有分公司")
    with app.app_context():
        (hit,) = hits(trade)
        assert (hit.source, hit.paper, hit.place) == ("terms", "投标人资格要求", 0)


def test_before_the_documents_nothing_is_known_of_the_scan(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    with app.app_context():
        assert facts(trade) is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("锁.pdf", documents.locked(documents.pdf(LOCAL)), "锁.pdf：文件已加密"),
        ("断.pdf", documents.pdf(LOCAL)[:300], "断.pdf：文件损坏"),
        ("扫描.pdf", documents.scanned_pdf(CLEAN), "扫描.pdf 第1页：没有可读取的文字"),
        ("胀.docx", documents.swollen_word(), "胀.docx：压缩内容过大"),
    ],
    ids=["locked", "cut", "picture", "bomb"],
)
def test_a_document_that_cannot_be_read_is_told_and_the_filing_goes_on(
    app: Flask, name: str, data: bytes, said: str
) -> None:
    trade = prepared(app, data, name)
    trade.step("owner", "file-conditions")
    for who in ("owner", "centre", "supervisor"):
        assert said in client_as(app, trade.people[who]).get(f"/lots/{trade.code}").text
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    with app.app_context():
        assert trade.lot().status is Status.FILED


def test_hits_are_shown_to_owner_centre_and_supervisor_and_to_nobody_else(app: Flask, clock: StoppedClock) -> None:
    trade = prepared(app, documents.word(LOCAL))
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    trade.step("owner", "fix-method")
    from_notice = {"bid_deadline": "2026-03-27T09:30:00", "documents_until": "2026-03-12T17:00:00"}
    trade.step(
        "owner", "announce", from_notice | {"place": "一室", "contact": "张工 0718-4221111", "media": ["national"]}
    )
    for who in ("owner", "centre", "supervisor", "oversight"):
        text = client_as(app, trade.people[who]).get(f"/lots/{trade.code}").text
        assert LOCAL in text and "以注册地址" in text and "第三条" in text, who
    for who in ("bidder1", None):
        reader = client_as(app, trade.people[who] if who else None)
        assert LOCAL not in reader.get(f"/lots/{trade.code}").text


@pytest.mark.both_databases
def test_the_owner_justifies_a_hit_with_a_reason(app: Flask) -> None:
    trade = prepared(app, documents.word(LOCAL))
    with app.app_context():
        (hit,) = hits(trade)
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}/answer-scan/{hit.id}").text
    assert LOCAL in page
    trade.step("owner", f"answer-scan/{hit.id}", {"answer": "justified", "reason": ""}, 400)
    trade.step("owner", f"answer-scan/{hit.id}", {"answer": "changed", "reason": "已改"}, 400)
    trade.step("supervisor", f"answer-scan/{hit.id}", {"answer": "justified", "reason": "无"}, 403)
    trade.step("owner", f"answer-scan/{hit.id}", {"answer": "justified", "reason": "应急抢险须两小时到场"})
    trade.step("owner", f"answer-scan/{hit.id}", {"answer": "justified", "reason": "再答"}, 422)
    with app.app_context():
        assert [one.answer for one in facts(trade)] == ["应急抢险须两小时到场"]
    assert "应急抢险须两小时到场" in client_as(app, trade.people["supervisor"]).get(f"/lots/{trade.code}").text


def test_a_hit_of_another_lot_is_not_answered_here(app: Flask) -> None:
    first = prepared(app, documents.word(LOCAL))
    with app.app_context():
        (hit,) = hits(first)
    second = prepared(app, documents.word(CLEAN))
    second.step("owner", f"answer-scan/{hit.id}", {"answer": "justified", "reason": "不在此"}, 404)


def test_unanswered_hits_at_the_filing_raise_the_alarm_of_the_rule_and_block_nothing(app: Flask) -> None:
    trade = prepared(app, documents.word(LOCAL))
    trade.step("owner", "file-conditions")
    with app.app_context():
        alarms = db.session.scalars(select(Alarm).where(Alarm.condition == "R03.C2")).all()
        assert [alarm.severity.value for alarm in alarms] == ["R"]


def test_a_sentence_that_is_gone_counts_as_changed_and_one_that_stays_keeps_its_reason(app: Flask) -> None:
    trade = prepared(app, documents.word(LOCAL, BRAND))
    with app.app_context():
        _local, brand = hits(trade)
    trade.step("owner", f"answer-scan/{brand.id}", {"answer": "justified", "reason": "与既有设备配套"})
    trade.step("owner", "prepare-terms", terms(tender_document=[paper("v2.docx", documents.word(BRAND))]))
    with app.app_context():
        told = {one.kind: one for one in hits(trade)}
        assert told["y1117-address"].answer is ScanAnswer.CHANGED and not told["y1117-address"].standing
        assert (told["ztbt32-5"].paper, told["ztbt32-5"].reason) == ("v2.docx", "与既有设备配套")
        assert sorted(one.answer for one in facts(trade)) == ["changed", "与既有设备配套"]


def test_behind_papers_that_cannot_be_read_nothing_counts_as_changed_by_itself(app: Flask) -> None:
    trade = prepared(app, documents.word(LOCAL))
    trade.step("owner", "prepare-terms", terms(tender_document=[paper("v2.pdf", documents.scanned_pdf(CLEAN))]))
    with app.app_context():
        (hit,) = hits(trade)
        assert hit.answer is None and not hit.standing
    trade.step("owner", f"answer-scan/{hit.id}", {"answer": "changed", "reason": "第二版第一页已删去"})
    with app.app_context():
        assert [one.answer for one in facts(trade)] == ["changed"]


def test_a_clarification_that_changes_the_documents_is_scanned(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    body = {"text": f"补充如下：{BRAND}", "affects_preparation": True, "answers": []}
    trade.step("owner", "clarify", body | {"tender_document": [paper("v2.docx", documents.word(LOCAL))]})
    with app.app_context():
        assert {(one.source, one.kind) for one in hits(trade)} == {
            ("clarification-1", "ztbt32-5"), ("tender_document", "y1117-address"),
        }  # fmt: skip
        assert len(db.session.scalars(select(DocumentScan)).all()) == 2
