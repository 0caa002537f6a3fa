"""One person never takes two sides 职责分离: whatever account the person uses, the other side is closed."""

from __future__ import annotations

import json
from decimal import Decimal

from flask import Flask
from sqlalchemy import select, update

from tests.admin.test_bidders import USCC, registration
from tests.builders import Trade, a_lot, client_as, people
from tests.phases.papers import terms
from tests.phases.test_method_approval import EXCEPTION
from trading.codelists import Severity, Status
from trading.database import db, transaction
from trading.models import Alarm, ContractChange, LedgerEntry, Organization, User


def one_person(app: Flask, login: str, other: str) -> None:
    """Let two accounts be those of one human, as a change of duties could leave behind."""
    with app.app_context(), transaction(db.session):
        person = db.session.scalar(select(User.person).where(User.login == other))
        db.session.execute(update(User).where(User.login == login).values(person=person))


def refused(trade: Trade, who: str, step: str, body: dict[str, object]) -> None:
    """The step is refused to the same person, goes on record, and is open to anybody else."""
    assert trade.step(who, step, body, 422)["reason"] == "same_person"
    with trade.app.app_context():
        query = select(LedgerEntry.body).where(LedgerEntry.chain == trade.code, LedgerEntry.kind == "step.refused")
        assert json.loads(db.session.scalars(query).one() or "")["reason"] == "same_person"
    trade.step(f"{who}2" if f"{who}2" in trade.people else "other", step, body)


def another_authority(app: Flask) -> None:
    """A second official of the authority."""
    with app.app_context(), transaction(db.session):
        first = db.session.scalars(select(User).where(User.login == "authority")).one()
        db.session.add(
            User(login="other", name="他人", person="P-OTHER", role=first.role, password=first.password,
                 organization_id=first.organization_id, created_at=first.created_at)
        )  # fmt: skip


def test_who_filed_does_not_answer_the_filing(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.step("owner", "prepare-terms", terms())
    trade.step("owner", "file-conditions")
    one_person(app, "supervisor", "owner")
    refused(trade, "supervisor", "answer-filing", {"answer": "no_issue"})


def test_who_applied_for_an_exception_does_not_decide_it(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.FILED)
    trade.step("owner", "apply-for-exception", EXCEPTION)
    another_authority(app)
    one_person(app, "authority", "owner")
    trade.people = people(app)
    refused(trade, "authority", "decide-exception", {"approved": False, "reasons": "情形不成立"})


def test_who_answered_an_alarm_does_not_close_it(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    with app.app_context(), transaction(db.session):
        alarm = Alarm(lot_id=trade.lot().id, condition="R07.C16", severity=Severity.AMBER, expected="免费",
                      actual="收费", raised_at=trade.clock.now())  # fmt: skip
        db.session.add(alarm)
        db.session.flush()
        identity = alarm.id
    trade.step("owner", f"answer-alarm/{identity}", {"response": "已整改"})
    one_person(app, "supervisor", "owner")
    refused(trade, "supervisor", f"close-alarm/{identity}", {"reason": "已核实"})


def test_who_proposed_a_change_does_not_decide_it(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    with app.app_context(), transaction(db.session):
        lot = trade.lot()
        lot.status = Status.CONTRACTED
        change = ContractChange(lot_id=lot.id, number=1, proposed_at=trade.clock.now(), reason="地质变化",
                                amount=Decimal(1), touches_scope=False, approver="县发改局",
                                proposed_by_id=trade.people["owner"].id)  # fmt: skip
        db.session.add(change)
        db.session.flush()
        identity = change.id
    one_person(app, "authority", "owner")
    answer = trade.step("authority", f"decide-change/{identity}", {"approved": False, "opinion": "依据不足"}, 422)
    assert answer["reason"] == "same_person"


def test_who_refused_an_identity_does_not_decide_the_appeal(app: Flask) -> None:
    users = people(app)
    bidder = app.test_client()
    assert bidder.post("/api/v1/register", json=registration(person="P-NEWCOMER")).status_code == 200
    with app.app_context():
        home = db.session.scalars(select(Organization.id).where(Organization.uscc == USCC)).one()
    path = f"/api/v1/admin/organizations/{home}"
    centre = client_as(app, users["centre"])
    assert centre.post(f"{path}/identity", json={"verdict": "refuse", "reason": "名称不符"}).status_code == 200
    assert bidder.post("/api/v1/account/appeal", json={"text": "名称一致"}).status_code == 200
    one_person(app, "supervisor", "centre")
    decision = {"decision": "overturn", "reason": "名称一致"}
    answer = client_as(app, users["supervisor"]).post(f"{path}/appeal", json=decision)
    assert (answer.status_code, answer.json["reason"]) == (422, "same_person"), answer.text
    assert client_as(app, users["supervisor2"]).post(f"{path}/appeal", json=decision).status_code == 200
