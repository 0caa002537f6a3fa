"""The working calendar 工作日历, as pages: which years are known, from which notice, and the import of another."""

from __future__ import annotations

import hashlib
import logging
from typing import Any
from urllib.parse import urlsplit

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from trading.admin import holiday_file
from trading.admin.accounts import add_unique
from trading.beijing import law_date
from trading.citations import in_english
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.models import HolidayNotice
from trading.web import access, exchange
from trading.web.steps import now, tools
from trading.workflow.calendars import IMPORTED, calendar_in_force, missing_years
from trading.working_days import CONVENTIONS, Convention

log = logging.getLogger(__name__)


def years_told() -> dict[str, Any]:
    """The years with their notices, newest first, and those that are missing."""
    book = tools().book
    calendar = calendar_in_force(db.session, tools().calendar)
    listed = [
        {"year": year, "title": title, "number": None, "issued_on": None, "address": None, "imported_at": None}
        for year, title in book.calendar_years.items()
    ]
    imported = [
        {
            "year": one.year, "title": one.title, "number": one.number, "issued_on": one.issued_on.isoformat(),
            "address": one.address, "imported_at": one.imported_at.isoformat(),
        }
        for one in db.session.scalars(IMPORTED)
    ]  # fmt: skip
    return {
        "years": sorted([*listed, *imported], key=lambda row: -int(row["year"])),
        "missing": missing_years(db.session, book, law_date(now())),
        "calendar_zh": calendar.label_zh,
        "calendar_en": calendar.label_en,
    }


@access.allow(Role.ADMINISTRATOR)
def show_calendars() -> ResponseReturnValue:
    """The known years, the missing ones, and how days are counted."""
    return render_template("admin/calendars.html", conventions=CONVENTIONS, basis_of=basis_of, **years_told())


def basis_of(one: Convention) -> str:
    """Where a convention stands, in the reader's language."""
    return in_english(one.law, one.article) if exchange.language() == "en" else f"{one.law}{one.article}"


@access.allow(Role.ADMINISTRATOR)
def calendars_json() -> ResponseReturnValue:
    """The known years and the missing ones."""
    return jsonify(years_told())


def import_notice(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Import the holiday notice of one year, with its reference; whole or not at all."""
    year = data["year"]
    check_reference(data)
    lines = holiday_file.read(data["file"].data, year)
    digest = hashlib.sha256(data["file"].data).hexdigest()
    with transaction(db.session):
        refuse_second_notice(year)
        notice = HolidayNotice(
            year=year, number=data["number"], title=data["title"], issued_on=data["issued_on"],
            address=data["address"], days=[[line.day.isoformat(), line.kind, line.name] for line in lines],
            sha256=digest, imported_at=now(), imported_by_id=access.actor().id,
        )  # fmt: skip
        add_unique(db.session, notice, "year", _("该年度的节假日安排刚刚由他人导入"))
    log.info("holiday notice of %s imported by %s: %s, %s", year, access.actor().actor, data["number"], digest)
    return {"year": year, "days": len(lines), "sha256": digest}


def check_reference(data: dict[str, Any]) -> None:
    """The reference must be one that a reader can follow.

    Raises:
        InvalidInput: an address that is none, or a notice of a day to come.
    """
    place = urlsplit(data["address"])
    if place.scheme not in ("http", "https") or not place.netloc:
        raise InvalidInput.of(
            "address", "请填写通知的网址（以 https:// 开头）", "Give the notice's address (https://…)"
        )
    if data["issued_on"] > law_date(now()):
        raise InvalidInput.of("issued_on", "发文日期不能晚于今天", "The notice cannot be of a day to come")


def refuse_second_notice(year: int) -> None:
    """One year has one notice.

    Raises:
        InvalidInput: the year is listed or was imported.
    """
    listed = tools().book.calendar_years.get(year)
    earlier = db.session.scalar(select(HolidayNotice).where(HolidayNotice.year == year))
    if listed or earlier:
        told = listed or f"{earlier.title}（{earlier.number}）"
        raise InvalidInput.of(
            "year", f"{year}年已有节假日安排：{told}", f"The notice of {year} is known already: {told}"
        )


def after_import(_answer: Any = None, **_path: str) -> str:
    """The list of years."""
    return url_for("admin.calendars")
