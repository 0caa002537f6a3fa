"""The holiday notice of a year is imported whole with its reference, at once for everybody; a missing one is told."""

from __future__ import annotations

import base64
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import client_as, people
from trading.beijing import BEIJING
from trading.codelists import Role
from trading.database import db, transaction
from trading.models import HolidayNotice, Message, User
from trading.workflow.calendars import calendar_in_force, missing_years, remind_administrators
from trading.working_days import Calendar, UnknownYear

NOTICE = [
    ("元旦", "2027-01-01", 3), ("春节", "2027-02-05", 7), ("清明节", "2027-04-03", 3), ("劳动节", "2027-05-01", 5),
    ("端午节", "2027-06-09", 1), ("中秋节", "2027-09-15", 1), ("国庆节", "2027-10-01", 7),
]  # fmt: skip
ON = [("春节", "2027-02-14"), ("劳动节", "2027-05-09"), ("国庆节", "2027-10-09")]
REFERENCE = {
    "year": 2027, "title": "国务院办公厅关于2027年部分节假日安排的通知", "number": "国办发明电〔2026〕99号",
    "issued_on": "2026-02-20", "address": "https://www.gov.example/notice-2027",
}  # fmt: skip


def lines() -> list[str]:
    """A whole file of 2027, made up for the tests, heading first."""
    off = [
        f"{date.fromisoformat(start) + timedelta(days=n)},holiday,{name}"
        for name, start, count in NOTICE
        for n in range(count)
    ]
    return ["date,kind,name", *off, *(f"{day},workday,{name}" for name, day in ON)]


def send(app: Flask, rows: list[str], who: str = "administrator", encoding: str = "utf-8", **changed: Any) -> Any:
    """Import a file by JSON."""
    content = base64.b64encode("\n".join(rows).encode(encoding)).decode()
    body = REFERENCE | {"file": {"name": "2027.csv", "content": content}} | changed
    return client_as(app, people(app)[who]).post("/api/v1/admin/calendars/import", json=body)


def official(app: Flask) -> Calendar:
    """The calendar as a production installation reads it, in a transaction of its own."""
    lent = Calendar.official(app.extensions["tools"].book.calendar_years)
    with transaction(db.session):
        return calendar_in_force(db.session, lent)


@pytest.mark.both_databases
def test_an_imported_year_counts_at_once_for_everybody(app: Flask) -> None:
    with app.app_context(), pytest.raises(UnknownYear):
        official(app).is_working_day(date(2027, 2, 8))
    assert send(app, lines()).status_code == 200
    with app.app_context():
        calendar = official(app)
        assert calendar.is_working_day(date(2027, 2, 8)) is False
        assert calendar.is_working_day(date(2027, 2, 14)) is True
        assert calendar.is_working_day(date(2027, 2, 15)) is True
        assert "国办发明电〔2026〕99号" in calendar.label_zh
        with pytest.raises(UnknownYear):
            calendar.is_working_day(date(2028, 1, 4))
    told = client_as(app, people(app)["administrator"]).get("/api/v1/admin/calendars").get_json()
    assert told["years"][0]["number"] == REFERENCE["number"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_file_may_be_written_either_way(app: Flask, encoding: str) -> None:
    assert send(app, lines(), encoding=encoding).status_code == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [row for row in rows if "2027-02-08" not in row], "第 8 行：“春节”在 2027-02-07 与 2027-02-09"),
        (lambda rows: [row for row in rows if "2027-06-09" not in row], "缺少法定节假日 2027-06-09（端午节）"),
        (lambda rows: [*rows, rows[1]], "第 32 行：2027-01-01 与第 2 行重复"),
        (lambda rows: [*rows, "2028-01-01,holiday,元旦"], "第 32 行：2028-01-01 不属于 2027 年"),
        (lambda rows: [*rows, "2027-03-01,workday,春节"], "第 32 行：2027-03-01 不是周末"),
        (lambda rows: [*rows, "2027-02-30,holiday,春节"], "第 32 行：“2027-02-30”不是日期"),
        (lambda rows: [*rows, "2027-03-06,rest,春节"], "第 32 行：第二列"),
        (lambda rows: [*rows, "2027-03-06,workday,"], "第 32 行：缺少节日名称"),
        (lambda rows: [*rows, "2027-03-06,workday"], "第 32 行：应有三列"),
        (lambda rows: rows[1:], "首行为 date,kind,name"),
        (lambda rows: rows[:1], "文件中没有日期"),
        (lambda rows: [*rows, *["2027-03-06,workday,长"] * 4000], "文件过大"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_whole(app: Flask, change: Any, said: str) -> None:
    answer = send(app, change(lines()))
    assert answer.status_code == 400
    assert said in answer.text.encode().decode("unicode_escape" if "\\u" in answer.text else "utf-8")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(HolidayNotice)) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"number": ""}, {"title": ""}, {"issued_on": None}, {"address": ""}, {"address": "通知原件"},
        {"issued_on": "2026-03-03"}, {"year": 2026}, {"year": 2028},
    ],
)  # fmt: skip
def test_a_notice_without_its_reference_or_of_a_listed_year_is_refused(app: Flask, changed: dict[str, Any]) -> None:
    assert send(app, lines(), **changed).status_code == 400
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(HolidayNotice)) == 0


def test_a_second_notice_of_a_year_is_refused(app: Flask) -> None:
    assert send(app, lines()).status_code == 200
    second = send(app, lines(), number="国办发明电〔2026〕100号")
    assert second.status_code == 400 and "2027" in second.text


def test_only_the_administrator_imports(app: Flask) -> None:
    for who in ("centre", "supervisor", "owner"):
        assert send(app, lines(), who).status_code == 403


@pytest.mark.parametrize(("day", "missing"), [("2026-09-30", []), ("2026-10-01", [2027]), ("2027-01-04", [2027])])
def test_a_missing_year_is_known_from_a_quarter_before(app: Flask, day: str, missing: list[int]) -> None:
    with app.app_context():
        assert missing_years(db.session, app.extensions["tools"].book, date.fromisoformat(day)) == missing


@pytest.mark.both_databases
def test_each_administrator_is_told_once_of_a_missing_year(app: Flask) -> None:
    people(app)
    book = app.extensions["tools"].book
    autumn = datetime(2026, 10, 8, 9, 0, tzinfo=BEIJING)
    with app.app_context():
        assert remind_administrators(db.session, book, autumn - timedelta(days=30)) == 0
        assert remind_administrators(db.session, book, autumn) == 1
        assert remind_administrators(db.session, book, autumn + timedelta(days=40)) == 0
        (message,) = db.session.scalars(select(Message).join(User, User.id == Message.user_id))
        assert "2027" in message.subject_zh and "2027" in message.subject_en
        assert db.session.get_one(User, message.user_id).role is Role.ADMINISTRATOR


def test_the_home_page_says_so_until_the_notice_is_there(app: Flask) -> None:
    administrator = client_as(app, people(app)["administrator"])
    assert "2027 年节假日安排尚未导入" not in administrator.get("/admin").text
    app.extensions["clock"].set(datetime(2026, 10, 8, 9, 0, tzinfo=BEIJING))
    assert "2027 年节假日安排尚未导入" in administrator.get("/admin").text
    assert "2027 年节假日安排尚未导入" in administrator.get("/admin/calendars").text
    assert send(app, lines()).status_code == 200
    assert "2027 年节假日安排尚未导入" not in administrator.get("/admin").text
    assert "T9" in administrator.get("/admin/calendars?lang=en").text


def test_every_fault_is_told_in_the_language_of_the_reader(app: Flask) -> None:
    faulty = [*lines(), "2028-01-01,holiday,元旦", "2027-03-01,workday,春节"]
    content = base64.b64encode("\n".join(faulty).encode()).decode()
    body = REFERENCE | {"file": {"name": "2027.csv", "content": content}}
    keeper = client_as(app, people(app)["administrator"])
    told = keeper.post("/api/v1/admin/calendars/import?lang=en", json=body).text
    assert "Line 32: 2028-01-01 is not of 2027" in told
    assert "Line 33: 2027-03-01 is no weekend day" in told
