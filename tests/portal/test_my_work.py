"""My work today 我的待办: for every role what is due, the overdue first with its mark, and where it is done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.builders import Trade, a_lot, client_as, people, terms
from trading.codelists import Role, Severity, Status
from trading.database import db, transaction
from trading.models import Alarm, Organization, User
from trading.portal import tasks
from trading.rules import CONDITIONS
from trading.steps import Step
from trading.workflow.facts import RecordCase

pytestmark = pytest.mark.both_databases


def page(trade: Trade, who: str) -> str:
    """The page of this person."""
    answer = client_as(trade.app, trade.people[who]).get("/my-work")
    assert answer.status_code == 200
    return answer.text


def listed(trade: Trade, who: str) -> list[tasks.Task]:
    """What the page lists."""
    with trade.app.test_request_context():
        user = db.session.get(User, trade.people[who].id)
        return tasks.my_tasks(db.session, user, trade.clock.now(), trade.app.extensions["tools"])


def alarmed(trade: Trade, role: Role, level: int = 0, days: int = 0) -> None:
    """Give the lot an open alarm for which ``role`` answers."""
    with trade.app.app_context(), transaction(db.session):
        at = trade.clock.now() - timedelta(days=days)
        db.session.add(
            Alarm(lot_id=trade.lot().id, condition="R08.C5", severity=Severity.RED, expected="答复", actual="未答复",
                  raised_at=at, responsible=role, level=level, about=role.value)
        )  # fmt: skip


@pytest.fixture
def filed(app: Flask) -> Trade:
    """A filing that waits for the supervisor."""
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.step("owner", "prepare-terms", terms())
    trade.step("owner", "file-conditions")
    return trade


@pytest.mark.parametrize("who", [
    "owner", "agency", "centre", "supervisor", "authority", "oversight", "bank", "opening_officer", "bidder1",
    "expert1", "administrator",
])  # fmt: skip
def test_every_role_has_the_page(app: Flask, who: str) -> None:
    assert "我的待办" in page(Trade(app, people(app)), who)


def test_the_supervisors_filing_is_dated_by_its_rule_and_marked(filed: Trade) -> None:
    (first,) = [one for one in listed(filed, "supervisor") if one.step is Step.ANSWER_FILING]
    with filed.app.app_context():
        case = RecordCase(db.session, filed.lot(), filed.clock.now(), filed.app.extensions["tools"])
        due = CONDITIONS["R02.C14"].deadline(case)
    assert due is not None and first.due == due.at
    filed.clock.set(due.at - timedelta(hours=1))
    assert "临近到期" in page(filed, "supervisor")


@pytest.mark.parametrize(
    ("role", "who"),
    [(Role.OWNER, "owner"), (Role.CENTRE, "centre"), (Role.SUPERVISOR, "supervisor"), (Role.AUTHORITY, "authority")],
)
def test_an_alarm_waits_for_its_own_role_and_is_overdue_when_it_grew_old(filed: Trade, role: Role, who: str) -> None:
    alarmed(filed, role, days=40)
    (mine,) = [one for one in listed(filed, who) if one.step is Step.ANSWER_ALARM]
    assert mine.overdue and mine.urgency is not None and mine.urgency.value == "overdue"
    assert re.search(r'class="overdue".*?R08\.C5', page(filed, who), re.S)
    for other in {"owner", "centre", "supervisor", "authority"} - {who}:
        assert [one for one in listed(filed, other) if one.step is Step.ANSWER_ALARM] == []


def test_the_overdue_come_first(filed: Trade) -> None:
    alarmed(filed, Role.SUPERVISOR, days=40)
    found = listed(filed, "supervisor")
    dues = [one.due for one in found if one.due is not None]
    assert dues == sorted(dues) and len(dues) >= 3
    assert found[0].urgency is not None and found[0].urgency.value == "overdue"


def test_the_oversight_officer_is_shown_what_was_carried_up_alone(filed: Trade) -> None:
    alarmed(filed, Role.OWNER)
    assert listed(filed, "oversight") == []
    alarmed(filed, Role.CENTRE, level=1)
    (one,) = listed(filed, "oversight")
    assert one.url.endswith(f"/lots/{filed.code}#alarms") and "R08.C5" in one.title


def test_the_bank_reports_until_the_deadline(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    (one,) = listed(trade, "bank")
    assert (one.step, one.due) == (Step.RECEIVE_BANK_LINES, trade.deadline())
    trade.clock.set(trade.deadline())
    assert listed(trade, "bank") == []


def test_the_centre_checks_identities_and_the_supervisor_hears_appeals(app: Flask) -> None:
    trade = Trade(app, people(app))
    with app.app_context(), transaction(db.session):
        bidder = db.session.get(Organization, trade.people["bidder1"].organization_id)
        bidder.identity_checked_at = None
    assert [one.title for one in listed(trade, "centre")] == ["核验身份：第1建设有限公司"]
    assert listed(trade, "supervisor") == []
    with app.app_context(), transaction(db.session):
        bidder = db.session.get(Organization, trade.people["bidder1"].organization_id)
        bidder.identity_refusal, bidder.identity_appeal = "名称不符", "名称无误"
    assert listed(trade, "centre") == []
    assert [one.title for one in listed(trade, "supervisor")] == ["处理身份核验申诉：第1建设有限公司"]


def test_the_administrator_is_asked_for_a_missing_year_before_it_begins(app: Flask) -> None:
    trade = Trade(app, people(app))
    years = [one for one in listed(trade, "administrator") if "年节假日安排" in one.title]
    trade.clock.set(trade.clock.now().replace(year=2026, month=11))
    asked = [one for one in listed(trade, "administrator") if "2027" in one.title]
    assert years == [] and len(asked) == 1
    assert asked[0].url.endswith("/admin/calendars/import") and asked[0].due is not None


def test_an_opening_officer_has_his_rehearsal_and_nothing_of_which_he_could_learn(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.PUBLISHED)
    assert [task.step for task in listed(trade, "opening_officer")] == [Step.REHEARSE_OPENING]
