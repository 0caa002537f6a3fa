"""The credit record 信用记录: two persons, public at once, a bar that ends by the clock or by a recorded repair."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.papers import paper
from trading.beijing import at
from trading.codelists import Role
from trading.database import db, transaction
from trading.models import CreditRecord, Organization, Pledge, User
from trading.workflow.record_facts import barred_organizations


@pytest.fixture
def trade(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def uscc(trade: Trade, who: str = "bidder1") -> str:
    """The code of the organisation of ``who``."""
    with trade.app.app_context():
        return db.session.get_one(Organization, trade.people[who].organization_id).uscc


def decision(trade: Trade, **changed: Any) -> dict[str, Any]:
    """A bar of one year for collusion."""
    return {
        "uscc": uscc(trade), "act": "串通投标", "basis": "招标投标法实施条例第六十七条",
        "organ": "巴东县公共资源交易监督管理局", "number": "巴公管罚〔2026〕1号", "decided_on": "2026-03-02",
        "barred_from": "2026-03-02", "barred_until": "2027-03-01", "files": [paper("decision.pdf")],
    } | changed  # fmt: skip


def entered(trade: Trade, **changed: Any) -> str:
    """Entered by one supervisor; its id."""
    return trade.step("supervisor", "enter-credit", decision(trade, **changed))["facts"]["decision"]


def barred(trade: Trade, day: str) -> bool:
    """Whether bidder1 is barred on a day."""
    with trade.app.app_context():
        home = trade.people["bidder1"].organization_id
        return bool(barred_organizations(db.session, [home], date.fromisoformat(day)))


def public(trade: Trade) -> str:
    """What everybody reads of the record."""
    return client_as(trade.app, None).get("/api/v1/credit").text


@pytest.mark.both_databases
def test_a_decision_is_public_once_another_person_confirmed_it(trade):
    identity = entered(trade)
    assert "\\u4e32" not in public(trade)
    assert not barred(trade, "2026-03-03")
    trade.step("supervisor", f"confirm-credit/{identity}", {"agreed": True}, 422)
    trade.step("supervisor2", f"confirm-credit/{identity}", {"agreed": True})
    assert barred(trade, "2026-03-02")
    assert barred(trade, "2027-03-01")
    assert "\\u4e32" in public(trade)
    trade.step("authority", f"confirm-credit/{identity}", {"agreed": True}, 422)


def test_a_bar_ends_by_the_clock(trade):
    trade.step("authority", f"confirm-credit/{entered(trade)}", {"agreed": True})
    assert not barred(trade, "2026-03-01")
    assert not barred(trade, "2027-03-02")
    trade.clock.set(at(date(2027, 3, 2), 9))
    assert "\\u4e32" not in public(trade)


def test_what_the_second_person_does_not_agree_to_is_never_public(trade):
    identity = entered(trade)
    trade.step("supervisor2", f"confirm-credit/{identity}", {"agreed": False, "remark": "文号不符"})
    assert not barred(trade, "2026-03-02")
    with trade.app.app_context():
        assert db.session.scalars(select(CreditRecord)).unique().all() == []


def test_a_repair_ends_the_bar_and_stays_readable(trade):
    record = trade.step("supervisor2", f"confirm-credit/{entered(trade)}", {"agreed": True})["facts"]["record"]
    ending = {"ending": "repaired", "reason": "已完成信用修复，决定书附后"}
    trade.step("bidder1", f"end-credit/{record}", ending, 403)
    trade.step("supervisor", f"end-credit/{record}", ending)
    assert not barred(trade, "2026-03-02")
    page = client_as(trade.app, None).get(f"/credit/{uscc(trade)}").text
    assert "信用修复" in page
    trade.step("supervisor", f"end-credit/{record}", ending, 422)


@pytest.mark.parametrize(
    "changed",
    [
        {"uscc": "914403001922038216"},
        {"decided_on": "2026-03-03"},
        {"barred_until": None},
        {"barred_until": "2026-03-01"},
        {"files": []},
        {"number": ""},
    ],
)
def test_an_incomplete_decision_is_not_taken(trade, changed):
    trade.step("supervisor", "enter-credit", decision(trade, **changed), 400)


def test_an_account_of_the_same_person_does_not_confirm(trade):
    identity = entered(trade)
    with trade.app.app_context(), transaction(db.session):
        one = db.session.scalars(select(User).where(User.login == "authority")).unique().one()
        one.person = trade.people["supervisor"].person
    trade.step("authority", f"confirm-credit/{identity}", {"agreed": True}, 422)


def test_a_pledge_is_signed_once_and_seen_by_nobody_before_the_opening(trade):
    signed = {"agreed": True, "signatory": "法人1"}
    trade.step("bidder1", "sign-pledge", {"agreed": False, "signatory": "法人1"}, 400)
    trade.step("bidder1", "sign-pledge", signed)
    trade.step("bidder1", "sign-pledge", signed, 422)
    trade.step("owner", "sign-pledge", signed, 403)
    with trade.app.app_context():
        row = db.session.scalars(select(Pledge)).one()
        assert (row.role, row.form, row.signer) == (Role.BIDDER, "2026-1", trade.people["bidder1"].organization_id)
    for who in ("owner", "supervisor", "centre", None):
        page = client_as(trade.app, trade.people[who] if who else None).get(f"/lots/{trade.code}").text
        assert "签署廉洁诚信承诺" not in page, who
