"""The planning page, its files and its JSON 时间规划页面: open to everybody; mistakes are named, answers kept."""

from __future__ import annotations

import io
from datetime import date, timedelta
from urllib.parse import urlencode

import icalendar
import pytest
from pypdf import PdfReader

from tests.builders import a_lot, client_as, people
from trading.codelists import Status

FORM = {"type": "works", "category": "construction", "amount": "5000000", "state_controlled": "true"}


def path(ending="", **changed):
    """The address of a plan; a field changed to None is left out."""
    asked = {name: value for name, value in {**FORM, "registered_on": "2026-03-02", **changed}.items() if value}
    return f"/planning{ending}?{urlencode(asked)}"


def api(**changed):
    return f"/api/v1{path(**changed)}"


def day_of(answer, act, name="day"):
    return next(line for line in answer["lines"] if line["act"] == act)[name]


def test_the_page_answers_everybody_with_rule_source_and_mark(client):
    assert client.get("/planning").status_code == 200
    page = client.get(path())
    assert page.status_code == 200
    for words in ("R07.C3", "2026年3月22日", "《招标投标法》第二十四条", "条文已核对", "本县规定", "没有不合规的"):
        assert words in page.text, words


def test_the_page_speaks_english(client):
    page = client.get(path(lang="en")).text
    assert "In a mandatory tender at least twenty days" in page and "2026-03-22" in page
    assert "推算" not in page.replace("中文", "")


def test_a_wished_day_too_early_is_named_with_its_condition_and_the_first_lawful_day(client):
    page = client.get(path(announce_on="2026-03-02", deadline_on="2026-03-21")).text
    assert "所填日期不合规" in page and "应当不少于20日，实际19日" in page and "最早可以是 2026年3月22日" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"registered_on": "2026-03-01"}, "registered_on"),
        ({"registered_on": "2031-03-03"}, "registered_on"),
        ({"registered_on": "9999-12-31"}, "registered_on"),
        ({"registered_on": "0001-01-01"}, "registered_on"),
        ({"registered_on": "2026-02-30"}, "registered_on"),
        ({"registered_on": "tomorrow"}, "registered_on"),
        ({"registered_on": None}, "registered_on"),
        ({"announce_on": "2026-04-10", "deadline_on": "2026-04-09"}, "deadline_on"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": None}, "amount"),
        ({"category": "castles"}, "category"),
        ({"type": "land"}, "type"),
        ({"method": "auction"}, "method"),
        ({"deadline_time": "25:00"}, "deadline_time"),
        ({"deadline_time": "9"}, "deadline_time"),
        ({"bid_validity_days": "0"}, "bid_validity_days"),
        ({"duration_days": "ten"}, "duration_days"),
        ({"state_controlled": None}, "state_controlled"),
        ({"surprise": "1"}, "surprise"),
    ],
)
def test_bad_input_names_its_field_and_keeps_what_was_typed(client, changed, field):
    page = client.get(path(**changed))
    assert page.status_code == 400
    assert f'href="#field-{field}"' in page.text
    kept = {"duration_days": "61", **changed}
    again = client.get(path(**kept)).text
    for value in (kept.get("duration_days"), changed.get("amount"), changed.get("registered_on")):
        assert not value or f'value="{value}"' in again
    answer = client.get(api(**changed))
    assert answer.status_code == 400 and field in answer.text
    for ending in (".pdf", ".ics"):
        assert client.get(path(ending, **changed)).status_code == 400


def test_yesterday_is_refused_today_and_tomorrow_are_not(client):
    days = [str(date(2026, 3, 2) + timedelta(days=n)) for n in (-1, 0, 1)]
    assert [client.get(path(registered_on=day)).status_code for day in days] == [400, 200, 200]


def test_json_tells_each_act_with_days_conditions_and_what_is_unknown(client):
    answer = client.get(api(deadline_time="09:30")).json
    assert answer["law_day"] == "2026-03-02" and not answer["breached"] and answer["first_breach"] is None
    assert day_of(answer, "close_bidding", "at") == "2026-03-22T09:30:00+08:00"
    assert [one["id"] for one in day_of(answer, "close_bidding", "set_by")] == ["R07.C3"]
    assert day_of(answer, "publicize", "late_by")["id"] == "R14.C1"
    assert answer["unknown"] == ["accept_works", "completion_filed", "archive"]
    late = client.get(api(announce_on="2026-03-02", deadline_on="2026-03-21")).json
    assert late["breached"] and late["first_breach"]["condition"] == "R07.C3"


def test_the_operations_are_described(client):
    paths = client.get("/api/v1/openapi.json").json["paths"]
    asked = {one["name"] for one in paths["/api/v1/planning"]["get"]["parameters"]}
    assert {"amount", "registered_on", "contract_on"} <= asked
    assert "/api/v1/lots/{code}/planning" in paths


def test_the_pdf_holds_the_timetable(client):
    answer = client.get(path(".pdf"))
    assert answer.mimetype == "application/pdf"
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())
    for words in ("合规时间表", "R07.C3", "2026年3月22日", "R17.C1", "招标投标法"):
        assert words in text, words
    assert client.get(path(".pdf")).data == answer.data


def test_the_calendar_file_parses_and_has_an_event_for_each_day_and_each_last_day(client):
    answer = client.get(path(".ics", deadline_time="09:30"))
    assert answer.mimetype == "text/calendar"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    told = {str(event["summary"]): event.decoded("dtstart") for event in events}
    deadline = next(start for summary, start in told.items() if summary.startswith("投标截止"))
    assert deadline.isoformat() == "2026-03-22T09:30:00+08:00"
    assert told["最后一日：签订合同"] == date(2026, 4, 27)
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert any("R07.C3" in str(event.get("description")) for event in events)
    again = icalendar.Calendar.from_ical(client.get(path(".ics")).data).walk("VEVENT")
    assert {str(event["uid"]) for event in again} == {str(event["uid"]) for event in events}


@pytest.mark.parametrize(
    "status", [Status.DRAFT, Status.REGISTERED, Status.METHOD_FIXED, Status.PUBLISHED, Status.OPENED]
)
def test_a_lot_s_timetable_gives_what_has_happened_and_plans_the_rest(app, status):
    persons = people(app)
    trade = a_lot(app, persons, status)
    owner = client_as(app, persons["owner"])
    answer = owner.get(f"/api/v1/lots/{trade.code}/planning").json
    states = {line["act"]: line["state"] for line in answer["lines"]}
    assert (states["announce"] == "given") is (status in (Status.PUBLISHED, Status.OPENED))
    assert states["award"] == "planned"
    assert owner.get(f"/lots/{trade.code}/planning").status_code == 200
    for ending in ("pdf", "ics"):
        assert owner.get(f"/lots/{trade.code}/planning.{ending}").status_code == 200
    stranger = app.test_client().get(f"/lots/{trade.code}/planning").status_code
    assert stranger == (200 if status in (Status.PUBLISHED, Status.OPENED) else 404)


def test_a_lot_that_stands_still_has_no_timetable_and_says_why(app):
    persons = people(app)
    trade = a_lot(app, persons, Status.PUBLISHED)
    trade.step("supervisor", "suspend", {"ground": "complaint", "reason": "投诉需要查明"})
    page = client_as(app, persons["owner"]).get(f"/lots/{trade.code}/planning")
    assert page.status_code == 200 and "不能推算" in page.text
    assert client_as(app, persons["owner"]).get(f"/api/v1/lots/{trade.code}/planning").status_code in (409, 422)
