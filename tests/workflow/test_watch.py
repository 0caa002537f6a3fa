"""Deadline watch 电子监察: what is due comes from the conditions; alarms open once, grow old, and are never deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import Trade, a_lot, bank_line, client_as, offer, people, terms
from tests.phases.papers import paper, project
from trading.codelists import Role, Severity, Status, Urgency
from trading.database import db, transaction
from trading.models import Alarm, LedgerEntry, Lot, Message, User
from trading.rules import CONDITIONS
from trading.rules.responsible import responsible
from trading.rules.rule import Due
from trading.workflow import watch
from trading.workflow.facts import RecordCase

pytestmark = pytest.mark.both_databases


def patrol(trade: Trade, portion: int = watch.PORTION) -> int:
    """Let the watch go round once at the moment of the test's clock."""
    with trade.app.app_context():
        return watch.patrol(db.session, trade.clock.now(), trade.app.extensions["tools"], portion)


def due(trade: Trade) -> dict[str, watch.Watched]:
    """What is due on the lot, by condition."""
    with trade.app.app_context():
        found = watch.due_on(db.session, trade.lot(), trade.clock.now(), trade.app.extensions["tools"])
    return {one.condition.id if one.condition else one.step.value: one for one in found}


def alarms(trade: Trade) -> list[Alarm]:
    """The lot's alarms, the oldest first."""
    with trade.app.app_context():
        return list(db.session.scalars(select(Alarm).order_by(Alarm.raised_at, Alarm.id)))


def told(trade: Trade, subject: str) -> dict[Role | None, int]:
    """How many deliveries of this subject went to accounts of each role; None: to organisations."""
    with trade.app.app_context():
        query = select(User.role, func.count()).select_from(Message).outerjoin(User, User.id == Message.user_id)
        rows = db.session.execute(query.where(Message.subject_zh == subject).group_by(User.role))
        return {role: count for role, count in rows}


def kinds(trade: Trade) -> list[str]:
    """The kinds of the lot's entries."""
    with trade.app.app_context():
        return list(db.session.scalars(select(LedgerEntry.kind).where(LedgerEntry.chain == trade.code)))


@pytest.fixture
def submitted(app: Flask) -> Trade:
    """A registration that the centre has not answered: due within one working day (R01.C5)."""
    trade = a_lot(app, people(app), Status.DRAFT)
    from_owner = {"approval": [paper()], "funds": [paper("funds.pdf")]}
    trade.step("owner", "submit-registration", from_owner)
    return trade


def test_what_is_due_says_by_whom_until_when_and_what_then(submitted: Trade) -> None:
    one = due(submitted)["R01.C5"]
    with submitted.app.app_context():
        case = RecordCase(db.session, submitted.lot(), submitted.clock.now(), submitted.app.extensions["tools"])
        own = CONDITIONS["R01.C5"].deadline(case)
    assert own is not None and (one.at, one.what_zh, one.who_zh) == (own.at, own.what_zh, own.who_zh)
    assert one.by == (Role.CENTRE,)
    assert one.severity is Severity.AMBER and "黄色预警" in one.then_zh and "amber" in one.then_en


@pytest.mark.parametrize(
    ("before", "mark", "opened"),
    [
        (timedelta(days=3, seconds=1), Urgency.AHEAD, 0),
        (timedelta(days=3), Urgency.NEAR, 0),
        (timedelta(seconds=1), Urgency.NEAR, 0),
        (timedelta(0), Urgency.OVERDUE, 1),
        (timedelta(seconds=-1), Urgency.OVERDUE, 1),
    ],
)
def test_it_is_amber_three_days_before_and_red_from_the_first_instant_that_is_too_late(
    app: Flask, before: timedelta, mark: Urgency, opened: int
) -> None:
    trade = a_lot(app, people(app), Status.REGISTERED)
    trade.step("owner", "prepare-terms", terms())
    trade.step("owner", "file-conditions")
    now = due(trade)["R02.C14"].at - before
    if now > trade.clock.now():
        trade.clock.set(now)
    else:
        pytest.skip("the filing is answered within fewer days than the mark begins before")
    assert due(trade)["R02.C14"].urgency is mark
    assert patrol(trade) == opened
    assert len(alarms(trade)) == opened


def test_an_alarm_opens_once_names_who_is_responsible_and_tells_him(submitted: Trade) -> None:
    submitted.clock.set(due(submitted)["R01.C5"].at)
    assert [patrol(submitted) for _round in range(3)] == [1, 0, 0]
    (alarm,) = alarms(submitted)
    assert (alarm.condition, alarm.severity, alarm.responsible) == ("R01.C5", Severity.AMBER, Role.CENTRE)
    assert alarm.due_at == submitted.clock.now()
    assert "24:00前答复进场登记（交易中心）" in alarm.expected
    assert told(submitted, "期限预警") == {Role.CENTRE: 2}
    assert kinds(submitted).count("alarm.raised") == 1


def test_the_late_act_itself_opens_no_second_alarm(submitted: Trade) -> None:
    submitted.clock.set(due(submitted)["R01.C5"].at)
    patrol(submitted)
    submitted.step("centre", "accept-registration")
    assert [one.condition for one in alarms(submitted)] == ["R01.C5"]


def test_a_late_act_that_the_watch_did_not_see_opens_the_alarm_of_its_step(submitted: Trade) -> None:
    submitted.clock.set(due(submitted)["R01.C5"].at)
    submitted.step("centre", "accept-registration")
    (alarm,) = alarms(submitted)
    assert (alarm.condition, alarm.responsible, alarm.due_at) == ("R01.C5", Role.CENTRE, None)


def test_only_who_is_responsible_answers_and_it_waits_for_him_alone(submitted: Trade) -> None:
    submitted.clock.set(due(submitted)["R01.C5"].at)
    patrol(submitted)
    (alarm,) = alarms(submitted)
    answer = f"answer-alarm/{alarm.id}"
    pages = {who: client_as(submitted.app, submitted.people[who]).get("/my-work").text for who in ("owner", "centre")}
    assert answer in pages["centre"] and answer not in pages["owner"]
    submitted.step("owner", answer, {"response": "不是我"}, 422)
    submitted.step("centre", answer, {"response": "人手不足，今日办理"})
    submitted.step("centre", f"close-alarm/{alarm.id}", {"reason": "x"}, 403)
    submitted.step("supervisor", f"close-alarm/{alarm.id}", {"reason": "已说明"})
    submitted.clock.advance(timedelta(days=60))
    assert patrol(submitted) == 0
    (closed,) = alarms(submitted)
    assert closed.closing_reason == "已说明" and closed.level == 0


def test_an_alarm_left_open_is_carried_up_after_ten_working_days_and_told_once_a_level(submitted: Trade) -> None:
    submitted.clock.set(due(submitted)["R01.C5"].at)
    patrol(submitted)
    raised = alarms(submitted)[0].raised_at
    levels, told_then = [], []
    for days in range(1, 40):
        submitted.clock.set(raised + timedelta(days=days))
        patrol(submitted)
        patrol(submitted)
        (alarm,) = alarms(submitted)
        levels.append(alarm.level)
        told_then.append(told(submitted, "预警升级").get(Role.OVERSIGHT, 0))
    tenth, twentieth = levels.index(1), levels.index(2)
    assert levels == [0] * tenth + [1] * (twentieth - tenth) + [2] * (39 - twentieth)
    assert told_then == levels
    assert alarm.severity is Severity.RED and alarm.raised_at == raised
    assert kinds(submitted).count("alarm.escalated") == 2
    with submitted.app.app_context():
        case = RecordCase(db.session, submitted.lot(), submitted.clock.now(), submitted.app.extensions["tools"])
        (fact,) = [one for one in case.alarms if one.id == alarm.id]
        day = (raised + timedelta(days=tenth + 1)).date()
        assert case.calendar.working_days_between(raised.date(), day) == 11
    assert fact.level == 2


def test_before_the_opening_nothing_that_is_due_tells_of_a_bid_or_a_bond(app: Flask) -> None:
    trade = a_lot(app, people(app))
    before = due(trade)
    for number in (1, 2):
        trade.send("bank", f"/lots/{trade.code}/receive-bank-lines", {
            "lines": [bank_line(number, trade.code, trade.clock.now())]
        })  # fmt: skip
        trade.step(f"bidder{number}", "submit-bid", offer(f"4{number}00000"))
    trade.step("bidder1", "withdraw-bid")
    assert due(trade) == before
    trade.clock.advance(timedelta(days=12))
    patrol(trade)
    assert [one for one in alarms(trade) if one.condition.startswith("R09")] == []
    trade.clock.set(trade.deadline())
    assert "fail" not in due(trade)


def test_a_lot_is_looked_at_again_only_after_a_step_a_deadline_or_a_day(app: Flask) -> None:
    trade = a_lot(app, people(app))
    patrol(trade)
    with app.app_context():
        first = trade.lot().look_at
    assert first is not None and trade.clock.now() < first <= trade.clock.now() + watch.LOOK_AGAIN
    with app.app_context(), transaction(db.session):
        trade.lot().look_at = None
    assert patrol(trade) == 0
    trade.step("supervisor", "suspend", {"ground": "order", "reason": "调查需要"})
    with app.app_context():
        assert trade.lot().look_at == trade.clock.now()


def test_many_lots_are_looked_at_in_portions(submitted: Trade) -> None:
    app = submitted.app
    second = Trade(app, submitted.people)
    second.code = second.send("owner", "/projects", project(name="另一项目"), 201)["lots"][0]
    second.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper("funds.pdf")]})
    submitted.clock.set(due(submitted)["R01.C5"].at)
    assert [patrol(submitted, portion=1) for _round in range(3)] == [1, 1, 0]


def test_an_archived_lot_owes_nothing_and_is_left_alone(submitted: Trade) -> None:
    with submitted.app.app_context():
        lot = Lot(status=Status.ARCHIVED, status_since=submitted.clock.now())
        assert watch.due_on(db.session, lot, submitted.clock.now(), submitted.app.extensions["tools"]) == []
        assert watch.next_look(lot, [], submitted.clock.now()) is None


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("招标人或代理机构", (Role.OWNER, Role.AGENCY)), ("某人", None),
        ("招标人和中标人", (Role.OWNER, Role.BIDDER)),
        ("交易中心", (Role.CENTRE,)), ("监管机构", (Role.SUPERVISOR,)), ("建设单位", (Role.OWNER,)),
    ],
)  # fmt: skip
def test_the_words_of_a_deadline_name_a_role_or_nobody(who: str, roles: tuple[Role, ...] | None) -> None:
    found = Due(datetime(2026, 1, 1, tzinfo=UTC), who, "", "", "")
    if roles is None:
        with pytest.raises(ValueError, match="nobody"):
            responsible(found)
    else:
        assert responsible(found) == roles
