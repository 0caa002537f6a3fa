"""The timetable as an iCalendar file 日历文件 (RFC 5545): a day or an hour for each act, and one for each last day."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from trading.beijing import beijing
from trading.planning.rows import Row
from trading.planning.timetable import Timetable

PRODUCT = "-//Wutong//Timetable//ZH"


def calendar_file(table: Timetable, rows: list[Row], title: str, now: datetime) -> bytes:
    """The file; the same timetable gives the same identities, so that a calendar takes a new version for the old."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for row in rows:
        if row.line.at is not None:
            calendar.add_component(_on_the_day(row, title, now))
        if row.line.last_day is not None and row.line.state != "given":
            calendar.add_component(_last_day(row, title, now))
    return bytes(calendar.to_ical())


def _event(row: Row, title: str, now: datetime, kind: str, summary: str) -> Event:
    event = Event()
    name = f"{title}/{row.line.act.key}/{kind}"
    event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@wutong")
    event.add("dtstamp", now)
    event.add("summary", summary)
    event.add("description", row.plain)
    event.add("transp", "TRANSPARENT")
    return event


def _on_the_day(row: Row, title: str, now: datetime) -> Event:
    """The act itself: at its hour where the hour counts, else a whole day."""
    line = row.line
    assert line.at is not None and line.day is not None
    event = _event(row, title, now, "on", row.name + _("（%(why)s）", why=row.state))
    if row.timed:
        event.add("dtstart", beijing(line.at))
        event.add("dtend", beijing(line.at) + timedelta(minutes=30))
    else:
        event.add("dtstart", line.day)
        event.add("dtend", line.day + timedelta(days=1))
    return event


def _last_day(row: Row, title: str, now: datetime) -> Event:
    """The last day of the act."""
    last = row.line.last_day
    assert last is not None
    event = _event(row, title, now, "last", _("最后一日：%(what)s", what=row.name))
    event.add("dtstart", last)
    event.add("dtend", last + timedelta(days=1))
    return event
