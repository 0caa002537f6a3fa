"""Supervision orders 监管意见: a term, a reply, an end with its reason; overdue is red; nobody else reads them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.papers import paper
from trading.beijing import at, law_date
from trading.database import db
from trading.models import LedgerEntry, SupervisionOrder
from trading.rules import CONDITIONS
from trading.workflow.facts import RecordCase
from trading.working_days import add_days

FINDINGS = "公告未载明资金来源"


@pytest.fixture
def trade(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def order(trade: Trade, who: str = "owner", **changed: Any) -> dict[str, Any]:
    """An order to the organisation of ``who``, to be answered by 9 March."""
    return {
        "addressee": trade.people[who].organization_id, "findings": FINDINGS, "demand": "更正公告",
        "due_on": "2026-03-09", "files": [paper("order.pdf")],
    } | changed  # fmt: skip


def issued(trade: Trade) -> str:
    """Issue an order to the owner; its id."""
    return trade.step("supervisor", "issue-order", order(trade))["facts"]["order"]


def days_on(trade: Trade, days: int) -> None:
    """Put the clock to the morning so many days on."""
    trade.clock.set(at(add_days(law_date(trade.clock.now()), days), 9))


@pytest.mark.both_databases
def test_an_order_is_answered_prolonged_and_closed(trade):
    identity = issued(trade)
    trade.step("owner", f"reply-to-order/{identity}", {"reply": "正在更正", "files": [paper()]})
    trade.step("supervisor", f"prolong-order/{identity}", {"due_on": "2026-03-20", "reason": "需要重新发布"})
    trade.step("owner", f"reply-to-order/{identity}", {"reply": "已更正"})
    trade.step("supervisor", f"close-order/{identity}", {"closing": "done", "reason": "已核对更正公告"})
    trade.step("owner", f"reply-to-order/{identity}", {"reply": "再说"}, 422)
    with trade.app.app_context():
        row = db.session.scalars(select(SupervisionOrder)).unique().one()
        assert (row.reply, row.closing.value, row.prolongations[0]["from"]) == ("已更正", "done", "2026-03-09")
        kinds = db.session.scalars(
            select(LedgerEntry.kind).where(LedgerEntry.kind.startswith("alarm.order")).order_by(LedgerEntry.seq)
        ).all()
    assert [kind.removeprefix("alarm.order_") for kind in kinds] == [
        "issued", "replied", "prolonged", "replied", "closed",
    ]  # fmt: skip


def test_an_overdue_order_is_red_and_fails_its_condition(trade):
    identity = issued(trade)
    owner = client_as(trade.app, trade.people["owner"])
    days_on(trade, 7)
    assert "逾期未答复" not in owner.get(f"/lots/{trade.code}/supervision").text
    assert verdict(trade) == "passed"
    days_on(trade, 1)
    assert "逾期未答复" in owner.get(f"/lots/{trade.code}/supervision").text
    assert "逾期未答复" in client_as(trade.app, trade.people["supervisor"]).get("/oversight/dockets").text
    assert verdict(trade) == "failed"
    trade.step("supervisor", f"prolong-order/{identity}", {"due_on": "2026-03-20", "reason": "疫情"})
    assert verdict(trade) == "passed"


def verdict(trade: Trade) -> str:
    """What R18.C14 says of the lot now."""
    with trade.app.app_context():
        case = RecordCase(db.session, trade.lot(), trade.clock.now(), trade.app.extensions["tools"])
        return CONDITIONS["R18.C14"].ask(case).answer.value


def test_nobody_but_the_addressee_and_supervision_reads_an_order(trade):
    identity = issued(trade)
    for who in ("agency", "centre", "bidder1", "authority", None):
        browser = client_as(trade.app, trade.people[who] if who else None)
        for page in ("", "/supervision", f"/reply-to-order/{identity}", f"/supervision/order/{identity}/0"):
            assert FINDINGS not in browser.get(f"/lots/{trade.code}{page}").text, (who, page)
        assert browser.get(f"/lots/{trade.code}/supervision/order/{identity}/0").status_code != 200
    trade.step("centre", f"reply-to-order/{identity}", {"reply": "x"}, 404)
    owner = client_as(trade.app, trade.people["owner"])
    assert FINDINGS in owner.get(f"/lots/{trade.code}/reply-to-order/{identity}").text
    assert owner.get(f"/lots/{trade.code}/supervision/order/{identity}/0").status_code == 200


def test_what_an_order_may_not_say_is_refused(trade):
    trade.step("supervisor", "issue-order", order(trade, due_on="2026-03-02"), 400)
    trade.step("supervisor", "issue-order", order(trade, "bidder1"), 400)
    trade.step("owner", "issue-order", order(trade), 403)
    identity = issued(trade)
    trade.step("supervisor", f"prolong-order/{identity}", {"due_on": "2026-03-09", "reason": "x"}, 400)
    trade.step("owner", f"close-order/{identity}", {"closing": "done", "reason": "x"}, 403)
