"""Candidates are publicized, confirmed and awarded by the clock and by the right people 结果确认."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import send_form
from tests.phases.late_lots import CHECKED, CODE, PRICES, evaluated, publicized
from trading.beijing import at
from trading.clock import StoppedClock
from trading.codelists import NoticeKind, ObjectionTarget, Severity, Status
from trading.database import db
from trading.ledger.verify import verify_chain
from trading.models import (
    Alarm,
    Award,
    Bid,
    ComplianceRecord,
    Document,
    LedgerEntry,
    Lot,
    Notice,
    Objection,
    Publicity,
    TenderTerms,
)

FRIDAY = at(date(2026, 3, 6), 16)
END = at(date(2026, 3, 6))


def failed(answer) -> set[str]:
    """The conditions that refused a step."""
    assert answer.status_code == 422, answer.text
    return {one["id"] for one in answer.get_json()["conditions"]}


def notice(lot, kind: NoticeKind) -> Notice:
    """The notice of a kind."""
    (found,) = [one for one in lot.records(Notice) if one.kind is kind]
    return found


@pytest.mark.both_databases
def test_the_publicity_tells_everyone_the_candidates_and_the_rejected_alone_why(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    assert lot.one(Lot).status is Status.PUBLICIZED
    told = notice(lot, NoticeKind.CANDIDATES)
    assert [one["rank"] for one in told.facts["candidates"]] == [1, 2, 3]
    assert "人民币肆佰捌拾捌万元整" in told.text and "4,880,000.00元" in told.text and "鄂24201" in told.text
    assert told.facts["objection_channel"] == "县水利局 招标办 0718-0000000"
    assert not any("报价高于限价" in one.text for one in lot.records(Notice))
    assert any("报价高于限价" in one for one in lot.inbox("bidder4"))
    assert not any("否决" in one for name in ("bidder1", "bidder2") for one in lot.inbox(name))
    assert {"notice.candidates", "step.taken"} <= {one.kind for one in lot.records(LedgerEntry)}


def test_an_unsigned_checklist_keeps_nobody_from_publishing_but_opens_an_alarm(app: Flask, clock: StoppedClock):
    lot = evaluated(app, clock)
    lot.done("owner", "publicize", {**CHECKED, "low_price_studied": False, "remarks": "低价未分析"})
    (alarm,) = lot.records(Alarm)
    assert (alarm.condition, alarm.severity) == ("R14.C12", Severity.AMBER)
    assert lot.one(Publicity).checklist["remarks"] == "低价未分析"


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),
        (date(2026, 3, 4), date(2026, 3, 9)),
        (date(2026, 3, 6), date(2026, 3, 9)),
        (date(2026, 2, 12), date(2026, 2, 24)),
    ],
)
def test_the_last_day_of_the_publicity_rolls_over_weekend_and_holiday(
    app: Flask, clock: StoppedClock, day: date, ends: date
):
    lot = publicized(app, clock, at(day, 10))
    assert lot.one(Publicity).ends_day == ends


def test_two_days_of_publicity_are_too_few_and_four_are_lawful(app: Flask, clock: StoppedClock):
    lot = evaluated(app, clock)
    assert failed(lot.send("owner", "publicize", {**CHECKED, "days": 2})) == {"R14.C2"}
    assert lot.records(Publicity) == []
    lot.done("owner", "publicize", {**CHECKED, "days": 4})
    assert lot.one(Publicity).ends_day == date(2026, 3, 6)


@pytest.mark.parametrize(("start", "late"), [(date(2026, 3, 9), False), (date(2026, 3, 10), True)])
def test_v10_publicity_starts_on_the_third_day_or_an_alarm_is_opened(
    app: Flask, clock: StoppedClock, start: date, late: bool
):
    lot = evaluated(app, clock, FRIDAY)
    clock.set(at(start, 9))
    lot.done("owner", "publicize", CHECKED)
    assert [one.condition for one in lot.records(Alarm)] == (["R14.C1"] if late else [])


def test_confirmed_one_second_before_the_publicity_ends_is_refused_and_at_its_end_is_not(
    app: Flask, clock: StoppedClock
):
    lot = publicized(app, clock)
    clock.set(END - timedelta(seconds=1))
    assert "R14.C2" in failed(lot.send("owner", "confirm", {"rank": "1"}))
    assert lot.records(Award) == [] and lot.one(Lot).status is Status.PUBLICIZED
    clock.set(END)
    lot.done("owner", "confirm", {"rank": "1"})
    assert lot.one(Lot).status is Status.CONFIRMED


@pytest.mark.both_databases
def test_v11_price_base_and_saving_are_frozen_with_the_confirmation(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    clock.set(END)
    lot.done("owner", "confirm")
    award = lot.one(Award)
    assert (award.price, award.base, award.base_kind) == (PRICES[0], Decimal(5_000_000), "ceiling")
    assert award.saved == Decimal(120_000) and award.rank == 1
    lot.change(TenderTerms, ceiling=Decimal(9_000_000))
    assert lot.one(Award).saved == Decimal(120_000)


def test_without_a_ceiling_the_approved_budget_is_the_base(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    lot.change(TenderTerms, ceiling=None)
    clock.set(END)
    lot.done("owner", "confirm")
    award = lot.one(Award)
    assert (award.base, award.base_kind, award.saved) == (Decimal(5_100_000), "budget", Decimal(220_000))


def test_the_second_candidate_needs_a_ground_of_the_closed_list(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    clock.set(END)
    answer = lot.send("owner", "confirm", {"rank": "2"})
    assert answer.status_code == 400 and "ground" in answer.get_json()["fields"]
    other = lot.send("owner", "confirm", {"rank": "2", "ground": "cheaper_talk", "explanation": "更好"})
    assert other.status_code == 400 and "ground" in other.get_json()["fields"]
    lot.done("owner", "confirm", {"rank": "2", "ground": "gave_up", "explanation": "书面放弃"})
    assert lot.one(Award).rank == 2 and lot.one(Award).reason == "gave_up：书面放弃"


def test_who_is_no_candidate_cannot_be_confirmed(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    clock.set(END)
    answer = lot.send("owner", "confirm", {"rank": "4", "ground": "gave_up", "explanation": "书面放弃"})
    assert answer.status_code == 400 and "rank" in answer.get_json()["fields"]


def test_an_objection_without_an_answer_stops_the_confirmation(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    with app.app_context():
        user = lot.users["bidder2"]
        db.session.add(
            Objection(
                lot_id=db.session.scalar(select(Lot.id)), target=ObjectionTarget.RESULT,
                objector_id=user.organization_id, raised_by_id=user.id, text="评分有误", raised_at=clock.now(),
                in_time=True, suspends=True, objector_is_bidder=True,
            )
        )  # fmt: skip
        db.session.commit()
    clock.set(END)
    assert {"R14.C5", "R15.C4"} <= failed(lot.send("owner", "confirm"))
    lot.change(Objection, answered_at=clock.now(), answer="已复核")
    lot.done("owner", "confirm")


def test_a_red_alarm_without_disposition_stops_the_confirmation(app: Flask, clock: StoppedClock):
    lot = evaluated(app, clock, FRIDAY)
    clock.set(at(date(2026, 3, 10), 9))
    lot.done("owner", "publicize", CHECKED)
    clock.set(at(date(2026, 3, 17)))
    assert failed(lot.send("owner", "confirm")) == {"R15.C4"}
    lot.change(Alarm, closed_at=clock.now(), closing_reason="已约谈")
    lot.done("owner", "confirm")


def test_the_compliance_record_holds_every_condition_and_its_absence_stops_nobody(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    lot.done("supervisor", "record_compliance", {"remarks": "无"})
    record = lot.one(ComplianceRecord)
    ids = [one["id"] for one in record.verdicts]
    assert len(ids) == len(set(ids)) > 100 and {"R01.C1", "R14.C2", "R19.C4"} <= set(ids)
    assert {one["answer"] for one in record.verdicts} <= {"passed", "failed", "unknown", "not_applicable"}
    assert lot.one(Lot).status is Status.PUBLICIZED
    again = lot.send("supervisor", "record_compliance")
    assert again.status_code == 422 and again.get_json()["reason"] == "recorded"


@pytest.mark.both_databases
def test_winner_and_all_others_hear_at_one_moment_and_the_result_is_public(app: Flask, clock: StoppedClock):
    lot = publicized(app, clock)
    clock.set(END)
    lot.done("owner", "confirm")
    lot.done("owner", "award")
    award, found = lot.one(Award), lot.one(Lot)
    assert award.notified_at == found.awarded_at == clock.now() and award.number == f"JZ-{CODE}"
    assert sum("中标通知书" in one for one in lot.inbox("bidder1")) == 1
    for name in ("bidder2", "bidder3", "bidder4"):
        assert sum("招标结果通知书" in one for one in lot.inbox(name)) == 1
        assert not any(one.startswith("中标通知书") for one in lot.inbox(name))
    text = notice(lot, NoticeKind.RESULT).text
    assert "第1建设有限公司" in text and award.number in text and "120,000.00" in text
    assert not any(f"评审{number}" in one.text for number in range(1, 31) for one in lot.records(Notice))
    (entry,) = [one for one in lot.records(LedgerEntry) if one.kind == "award.notice"]
    assert f'"winner":"bidder-{lot.users["bidder1"].organization_id[:12]}"' in entry.body
    with app.app_context():
        assert verify_chain(db.session, CODE) == []


@pytest.mark.parametrize(("day", "late"), [(date(2026, 3, 23), False), (date(2026, 3, 24), True)])
def test_the_written_report_of_five_parts_is_due_in_fifteen_days(
    app: Flask, clock: StoppedClock, day: date, late: bool
):
    lot = publicized(app, clock)
    clock.set(END)
    lot.done("owner", "confirm")
    lot.done("owner", "award")
    clock.set(at(day, 23, 59, 59))
    digest = lot.done("owner", "report_result")["facts"]["sha256"]
    assert [one.condition for one in lot.records(Alarm)] == (["R15.C10"] if late else [])
    (report,) = [one for one in lot.records(Document) if one.sha256 == digest]
    text = app.extensions["tools"].files.get(digest).decode()
    assert not report.public and all(f"{number}、" in text for number in "一二三四五")
    assert "随机抽取的专家4人、招标人代表1人" in text and not re.search(r"评审\d", text)
    assert lot.send("owner", "report_result").get_json()["reason"] == "reported"


@pytest.mark.parametrize(
    ("who", "step"),
    [
        ("bidder1", "publicize"),
        ("centre", "publicize"),
        ("supervisor", "confirm"),
        ("agency", "confirm"),
        ("owner", "record_compliance"),
        ("centre", "award"),
    ],
)
def test_nobody_else_takes_a_step_of_the_confirmation(app: Flask, clock: StoppedClock, who: str, step: str):
    lot = evaluated(app, clock)
    given = CHECKED if step == "publicize" else {}
    assert lot.send(who, step, given).status_code == 403


@pytest.mark.parametrize(
    ("who", "step"),
    [("owner", "confirm"), ("owner", "award"), ("owner", "report_result"), ("supervisor", "record_compliance")],
)
def test_no_step_runs_ahead_of_the_publicity(app: Flask, clock: StoppedClock, who: str, step: str):
    lot = evaluated(app, clock)
    assert lot.send(who, step).status_code == 409


def test_the_publicity_by_pages_shows_the_notice_before_it_is_published(app: Flask, clock: StoppedClock):
    lot = evaluated(app, clock)
    owner, page = lot.browser("owner"), f"/lots/{CODE}/publicize"
    assert "第1建设有限公司" in owner.get(page).text
    answers = {name: "true" for name in CHECKED} | {"days": "3", "objection_channel": "招标办"}
    shown = send_form(owner, page, answers)
    assert shown.status_code == 200 and "公示期" in shown.text
    assert lot.one(Lot).status is Status.EVALUATED
    assert send_form(owner, page, {**answers, "confirmed": "true"}).status_code == 303
    assert lot.one(Lot).status is Status.PUBLICIZED
    clock.set(END)
    for step, given in (("confirm", {"rank": "1"}), ("award", {}), ("report-result", {})):
        assert send_form(owner, f"/lots/{CODE}/{step}", {**given, "confirmed": "true"}).status_code == 303, step
    assert owner.get(f"/lots/{CODE}/receipt").status_code == 200
    assert [one.total for one in lot.records(Bid) if one.rank == 1] == [PRICES[0]]
