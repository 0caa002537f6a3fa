"""Contracts reported by finance or audit 场外合同报告: kept, looked up by their code, alarmed at the next entry."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import a_lot, client_as, people, send_form
from trading.codelists import Answer, Status
from trading.database import db
from trading.models import Lot, Organization
from trading.rules import CONDITIONS
from trading.rules.rule import Finding
from trading.steps import Step
from trading.workflow.facts import RecordCase


def report(app: Flask, who: str = "authority", **changed: Any) -> Any:
    """Report a contract of the owner, by JSON."""
    body = {
        "owner_uscc": owner_uscc(app), "name": "河堤加固合同", "type": "works", "category": "construction",
        "amount": "4000000", "signed_on": "2026-01-10", "source": "县审计局审计报告〔2026〕3号",
    } | changed  # fmt: skip
    return client_as(app, people(app)[who]).post("/api/v1/admin/reported/new", json=body)


def owner_uscc(app: Flask) -> str:
    owner = people(app)["owner"]
    with app.app_context():
        return db.session.get_one(Organization, owner.organization_id).uscc


def outside(app: Flask, code: str) -> Finding:
    with app.app_context():
        lot = db.session.scalars(select(Lot).where(Lot.code == code)).one()
        now, tools = app.extensions["clock"].now(), app.extensions["tools"]
        return CONDITIONS["R01.C12"].ask(RecordCase(db.session, lot, now, tools, step=Step.ACCEPT_REGISTRATION))


def test_a_contract_of_the_catalogue_without_a_code_of_this_platform_raises_the_alarm_at_the_next_entry(app):
    assert report(app).status_code == 200
    trade = a_lot(app, people(app), Status.REGISTERED)
    finding = outside(app, trade.code)
    assert finding.answer is Answer.FAILED
    assert "河堤加固合同" in finding.actual and "县审计局审计报告〔2026〕3号" in finding.actual
    page = client_as(app, people(app)["supervisor"]).get(f"/lots/{trade.code}").text
    assert "R01.C12" in page


def test_a_code_counts_only_where_a_lot_of_the_owner_bears_it(app):
    trade = a_lot(app, people(app), Status.REGISTERED)
    assert outside(app, trade.code).answer is Answer.NOT_APPLICABLE
    with app.app_context():
        own = trade.lot().trading_code
    assert report(app, trading_code=own).status_code == 200
    assert outside(app, trade.code).answer is Answer.PASSED
    assert report(app, trading_code="E4228230000000000000000000000").status_code == 200
    assert outside(app, trade.code).answer is Answer.FAILED


def test_a_contract_below_the_size_need_not_be_here(app):
    report(app, amount="3999999.99")
    trade = a_lot(app, people(app), Status.REGISTERED)
    assert outside(app, trade.code).answer is Answer.PASSED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"category": None}, "category"),
        ({"signed_on": "2031-01-01"}, "signed_on"),
        ({"owner_uscc": "914403001922038217"}, "owner_uscc"),
        ({"source": ""}, "source"),
        ({"amount": "0"}, "amount"),
    ],
)
def test_a_report_that_cannot_be_judged_is_refused(app, changed, field):
    answer = report(app, **changed)
    assert answer.status_code == 400
    assert field in answer.get_json()["fields"]


@pytest.mark.parametrize(
    ("who", "status"), [("authority", 200), ("oversight", 200), ("supervisor", 200), ("owner", 403), ("bidder1", 403)]
)
def test_supervision_finance_and_audit_report_and_nobody_else(app, who, status):
    assert report(app, who).status_code == status
    assert client_as(app, people(app)[who]).get("/admin/reported").status_code == status


def test_the_page_lists_what_was_reported_and_its_form_reports(app):
    client = client_as(app, people(app)["authority"])
    data = {
        "owner_uscc": owner_uscc(app), "name": "桥梁合同", "type": "works", "category": "construction",
        "amount": "5000000", "signed_on": "2026-01-10", "trading_code": "", "source": "县财政局",
    }  # fmt: skip
    assert send_form(client, "/admin/reported/new", data).status_code == 303
    page = client.get("/admin/reported").text
    assert "桥梁合同" in page and "本平台无此交易" in page
