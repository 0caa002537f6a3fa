"""A works lot from registration to archive by JSON, as every person 全流程: on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as
from tests.phases import draws
from tests.phases.papers import paper
from trading.beijing import at, law_date
from trading.codelists import Status
from trading.database import db
from trading.ledger.verify import verify_chain, verify_log
from trading.models import Award, BankLine, Contract, ContractChange, CreditRecord, LedgerEntry, Message

pytestmark = pytest.mark.both_databases
CHECKLIST = {
    "criteria_followed": True, "objective_scores_equal": True, "low_price_studied": True, "no_random_rejection": True,
}  # fmt: skip
MARKS = {"quality": 90, "schedule": 88, "safety": 92, "payment_of_workers": 95, "remarks": "按合同履约"}


def reported(app: Flask, **what: Any) -> Trade:
    """A lot whose report is handed in."""
    trade = draws.scored(app, **what)
    members = draws.committee(trade)
    trade.step(members[0], "draft-report", {"fatal_defect": False, "competition_reason": None})
    for login in members:
        trade.step(login, "sign-report", {"opinion": "agree"})
    trade.step(members[0], "submit-report")
    return trade


def awarded(app: Flask, **what: Any) -> Trade:
    """The same, publicized, confirmed and awarded."""
    trade = reported(app, **what)
    trade.clock.advance(timedelta(hours=20))
    trade.step("owner", "publicize", CHECKLIST)
    with app.app_context():
        until = trade.lot().publicity_until
    assert until is not None
    trade.clock.set(until + timedelta(hours=9))
    trade.step("supervisor", "record-compliance", {"remarks": "未发现问题"})
    trade.step("owner", "confirm")
    trade.step("owner", "award")
    trade.step("owner", "report-result")
    return trade


def contracted(app: Flask, **what: Any) -> Trade:
    """The same, with the contract signed by the winner and filed."""
    trade = awarded(app, **what)
    trade.clock.advance(timedelta(days=5))
    with app.app_context():
        scope = trade.lot().scope
    contract = {
        "number": "BDHT-2026-1", "price": "4700000", "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "scope": scope, "performance_bond": "235000", "payment_guarantee": True, "retention_percent": "3",
        "payment_days": 30,
    }  # fmt: skip
    trade.step("owner", "draft-contract", contract)
    with app.app_context():
        digest = db.session.scalars(select(Contract.digest)).one()
    trade.step("bidder1", "sign-contract", {"digest": digest, "agreed": True})
    trade.step("owner", "file-contract", {"contract": [paper("signed.pdf")]})
    return trade


def ids(trade: Trade, model: type) -> list[str]:
    """The ids of the lot's records of a kind."""
    with trade.app.app_context():
        return list(db.session.scalars(select(model.id).where(model.lot_id == trade.lot().id)))


def archived(app: Flask, **what: Any) -> Trade:
    """The same, performed, accepted and archived."""
    trade = contracted(app, **what)
    for line in ids(trade, BankLine):
        trade.step("centre", f"refund-bond/{line}", {})
    change = {"reason": "增加挡墙", "amount": "100000", "touches_scope": False, "approver": "县发展和改革局"}
    trade.step("owner", "propose-change", change)
    trade.step("authority", f"decide-change/{ids(trade, ContractChange)[0]}", {"approved": True, "opinion": "同意"})
    today = law_date(trade.clock.now())
    paid = {"amount": "1000000", "delivered_on": str(today), "paid_on": str(today), "remark": "进度款"}
    trade.step("owner", "record-payment", paid)
    trade.clock.advance(timedelta(days=100))
    today = law_date(trade.clock.now())
    acceptance = {
        "accepted_on": str(today), "filed_on": str(today), "qualified": True, "result": "合格",
        "settlement": "4800000", "participants": "建设、施工、监理单位", "document": [paper("acceptance.pdf")],
    }  # fmt: skip
    trade.step("owner", "accept-works", acceptance)
    trade.step("owner", "rate-performance", MARKS)
    assert trade.step("centre", "archive")["status"] == "archived"
    return trade


def test_a_lot_goes_from_registration_to_archive(app: Flask) -> None:
    trade = archived(app)
    with app.app_context():
        award = db.session.scalars(select(Award)).one()
        assert (award.base, award.price, award.saved) == (5_000_000, 4_700_000, 300_000)
        assert db.session.scalars(select(CreditRecord)).one().organization_id == award.organization_id
        assert verify_chain(db.session, trade.code) == [] and verify_log(db.session) == []
        assert trade.lot().status is Status.ARCHIVED


def test_winner_and_losers_are_told_in_the_same_moment(app: Flask) -> None:
    trade = awarded(app)
    with app.app_context():
        moment = trade.lot().awarded_at
        told = db.session.scalars(select(Message.organization_id).where(Message.delivered_at == moment)).all()
    bidders = {trade.people[f"bidder{number}"].organization_id for number in (1, 2, 3)}
    assert bidders <= set(told)


def test_a_refusal_is_on_record_with_its_conditions(app: Flask) -> None:
    trade = reported(app)
    trade.step("owner", "publicize", CHECKLIST)
    answer = trade.step("owner", "confirm", {}, 422)
    assert "R14.C2" in {one["id"] for one in answer["conditions"]}
    with app.app_context():
        entry = db.session.scalars(
            select(LedgerEntry).where(LedgerEntry.kind == "step.refused").order_by(LedgerEntry.seq.desc())
        ).first()
        assert entry is not None and "R14.C2" in json.loads(entry.body)["conditions"]
        assert trade.lot().status is Status.PUBLICIZED


def test_a_failed_lot_is_tried_again_and_both_attempts_are_linked(app: Flask) -> None:
    trade = draws.committed(app)
    trade.step("bidder1", "submit-bid", {
        "total": "4700000", "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "manager_certificate": "鄂1", "files": [paper("bid.pdf")],
    })  # fmt: skip
    trade.clock.set(trade.deadline())
    trade.tick()
    with app.app_context():
        assert trade.lot().status is Status.FAILED
    answer = trade.step("owner", "retender", {"cause": "竞争不足", "remedy": "延长公告时间"})
    with app.app_context():
        old = trade.lot()
        trade.code = answer["facts"].get("code") or f"{old.code}-R2"
        new = trade.lot()
        assert (new.previous_id, new.attempt, new.status) == (old.id, 2, Status.DRAFT)
    trade.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper()]})
    trade.step("centre", "accept-registration")


def test_a_suspension_keeps_the_time_that_was_left(app: Flask) -> None:
    trade = draws.committed(app)
    before = trade.deadline()
    trade.step("supervisor", "suspend", {"ground": "order", "reason": "核查"})
    trade.clock.advance(timedelta(days=3))
    assert trade.step("bidder1", "submit-bid", {}, 400)["fields"]
    trade.step("supervisor", "resume", {"reason": "核查完毕"})
    assert trade.deadline() == before + timedelta(days=3)
    assert at(law_date(trade.deadline()), 9, 30) == trade.deadline()


def test_the_public_reads_a_lot_without_an_account(app: Flask) -> None:
    trade = awarded(app)
    answer = client_as(app, None).get(f"/api/v1/lots/{trade.code}")
    assert answer.status_code == 200 and answer.get_json()["status"] == "awarded"
    page = client_as(app, None).get(f"/lots/{trade.code}")
    assert page.status_code == 200 and "第1建设有限公司" in page.text
