"""The evaluation report 评标报告: page and PDF with every table, sheets and names at their time, signed in person."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as
from tests.phases.draws import committee, room, seated
from tests.phases.test_evaluating import COMPREHENSIVE, REPORT, SIGN, points
from tests.phases.test_letters import correction, due
from trading.database import db
from trading.ledger.actions import is_signed, message
from trading.models import Bid, LedgerEntry, Member, PersonKey, User

REASON = "唯独我写的评分理由"


@pytest.fixture
def drafted(app: Flask) -> Trade:
    """A comprehensive lot with four bids: one corrected, one asked to clarify, one rejected by vote; drafted."""
    trade = seated(app, totals=["4700000", "4710000", "4900000", "4950000"], **COMPREHENSIVE)
    chair, member, *others = committee(trade)
    number = trade.step(chair, "correct-arithmetic", correction(trade))["facts"]["letter"]
    trade.step("bidder1", f"confirm-correction/{number}", {"agrees": True})
    with app.app_context():
        home = trade.people["bidder4"].organization_id
        fourth = db.session.scalars(select(Bid.id).where(Bid.organization_id == home)).one()
        second = db.session.scalars(
            select(Bid.id).where(Bid.organization_id == trade.people["bidder2"].organization_id)
        ).one()
    asked = {"bid": second, "question": "请说明工期安排", "due_at": due(trade)}
    letter = trade.step(chair, "ask-bidder", asked)["facts"]["letter"]
    trade.step("bidder2", f"answer-committee/{letter}", {"answer": "按投标文件第八页"})
    motion = trade.step(member, "reject-bid", {"bid": fourth, "clause": "not_qualified", "reason": "资质证书过期"})
    for login in others[:2]:
        trade.step(login, f"vote-rejection/{motion['facts']['motion']}", {"in_favour": True})
    for login in committee(trade):
        given = {f"bidder{one}": {"T": "20", "R": "8"} for one in (1, 2, 3)}
        sheet = points(trade, login, given)
        if login == member:
            sheet["points"][0]["reason"] = REASON
        trade.step(login, "score", sheet)
    trade.step(chair, "draft-report", REPORT)
    return trade


def page_of(trade: Trade, login: str, ending: str = "") -> Any:
    """The report as somebody is answered."""
    return client_as(trade.app, trade.people[login]).get(f"/lots/{trade.code}/evaluation/report{ending}")


def test_the_report_has_every_table_and_is_a_pdf(drafted: Trade) -> None:
    chair = committee(drafted)[0]
    text = page_of(drafted, chair).text
    for told in ("4,700,000.00", "4,720,000.00", "算术性修正", "请说明工期安排", "按投标文件第八页", "资质证书过期",
                 "ZTBT 51(3)", "3:0", "各成员评分", "推荐", "签署与不同意见", "未签署", "施工组织设计"):  # fmt: skip
        assert told in text, told
    pdf = page_of(drafted, chair, ".pdf")
    assert pdf.status_code == 200 and pdf.data.startswith(b"%PDF-") and pdf.mimetype == "application/pdf"


def test_a_member_sees_his_own_sheet_alone_until_all_have_signed(drafted: Trade) -> None:
    chair, member, *_others = committee(drafted)
    assert REASON in page_of(drafted, member).text
    assert REASON not in page_of(drafted, chair).text and "签署后列明" in page_of(drafted, chair).text
    assert room(drafted, chair)["all_sheets"] is None and REASON not in json.dumps(room(drafted, chair))
    for login in committee(drafted)[:4]:
        drafted.step(login, "sign-report", SIGN)
    assert REASON not in page_of(drafted, chair).text
    drafted.step(committee(drafted)[4], "sign-report", SIGN)
    assert REASON in page_of(drafted, chair).text and "签署后列明" not in page_of(drafted, chair).text
    assert REASON in json.dumps(room(drafted, chair)["all_sheets"], ensure_ascii=False)


def test_nobody_but_the_members_reads_a_draft_and_names_are_sealed_until_the_award(drafted: Trade) -> None:
    app, chair = drafted.app, committee(drafted)[0]
    with app.app_context():
        names = {one.name for one in db.session.scalars(select(Member))}
    for login in ("owner", "centre", "supervisor", "oversight", "agency"):
        assert page_of(drafted, login).status_code == 404
    for login in ("bidder1", "bank", "administrator"):
        assert page_of(drafted, login).status_code == 403
    stranger = next(f"expert{n}" for n in range(1, 31) if f"expert{n}" not in committee(drafted))
    assert page_of(drafted, stranger).status_code == 404
    for login in committee(drafted):
        drafted.step(login, "sign-report", SIGN)
    drafted.step(chair, "submit-report")
    for login in ("owner", "supervisor", "oversight"):
        text = page_of(drafted, login).text
        assert REASON in text and not [name for name in names if name in text], login
    assert page_of(drafted, "bidder1").status_code == 403
    drafted.clock.advance(timedelta(minutes=1))
    with app.app_context():
        lot = drafted.lot()
        lot.awarded_at = drafted.clock.now()
        db.session.commit()
    assert all(name in page_of(drafted, "owner").text for name in names)


def test_who_has_a_key_signs_the_digest_with_it(drafted: Trade) -> None:
    chair, member, *_others = committee(drafted)
    drafted.step(chair, "sign-report", SIGN)
    digest = room(drafted, chair)["report"]["digest"]
    with drafted.app.app_context():
        entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "evaluation.report_signed")).one()
        body = json.loads(entry.body or "")
        (signature,) = body.pop("sigs")
        assert body == {"digest": digest, "opinion": "agree"}
        signer = db.session.scalars(select(User).where(User.login == chair)).one().signer
        key = db.session.scalars(select(PersonKey).where(PersonKey.person == signer)).one()
        text = message(drafted.code, "evaluation.report_signed", signer, body)
        assert signature["signer"] == signer and is_signed(key.public, text, signature["sig"])
    wrong = {**SIGN, "sig": "0" * 128}
    drafted.register(member)
    drafted.step(member, "sign-report", wrong, 400)
    assert room(drafted, chair)["signed"] == 1, "a wrong signature signs nothing"
