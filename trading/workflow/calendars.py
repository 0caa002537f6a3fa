"""The working calendar in force 现行工作日历: listed and imported years, and who is told of a missing one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import Role
from trading.database import transaction
from trading.models import CalendarReminder, HolidayNotice, Message, User
from trading.values import Book
from trading.working_days import Calendar, add_months

HELD = "calendar in force"
OFF = "holiday"
ON = "workday"
IMPORTED = select(HolidayNotice).order_by(HolidayNotice.year)


def calendar_in_force(session: Session, lent: Calendar) -> Calendar:
    """The installation's calendar with every notice imported until now; read once a transaction.

    Arguments:
        lent: what the installation started with (listed years, or a labelled projection).
    """
    transaction_ = session.get_nested_transaction() or session.get_transaction()
    held = session.info.get(HELD)
    if held is not None and held[0] is transaction_ and held[1] is lent and transaction_ is not None:
        return held[2]  # type: ignore[no-any-return]
    calendar = joined(lent, session.scalars(IMPORTED).all())
    session.info[HELD] = (session.get_nested_transaction() or session.get_transaction(), lent, calendar)
    return calendar


def joined(lent: Calendar, notices: Iterable[HolidayNotice]) -> Calendar:
    """``lent`` with the days of each imported notice."""
    for one in notices:
        off, on = ([date.fromisoformat(day) for day, kind, _name in one.days if kind == wanted] for wanted in (OFF, ON))
        lent = lent.with_notice(one.year, off, on, f"{one.title}（{one.number}）")
    return lent


def noticed_years(session: Session, book: Book) -> set[int]:
    """The years whose notice is listed or imported; a projection does not count."""
    return set(book.calendar_years) | set(session.scalars(select(HolidayNotice.year)))


def missing_years(session: Session, book: Book, today: date) -> list[int]:
    """The years from today's to that of the day a quarter ahead whose notice is not known yet (T7)."""
    ahead = add_months(today, int(book.on(today)["calendar_ahead_months"]))
    known = noticed_years(session, book)
    return [year for year in range(today.year, ahead.year + 1) if year not in known]


def remind_administrators(session: Session, book: Book, now: datetime) -> int:
    """Tell every administrator, once a year and person, of a holiday notice that is missing; returns how many.

    Safe to call at any moment, repeatedly and from several processes.
    """
    missing = missing_years(session, book, law_date(now))
    if not missing or not unreminded(session, missing):
        return 0
    with transaction(session):
        told = unreminded(session, missing)
        session.add_all(CalendarReminder(year=year, user_id=user, told_at=now) for year, user in told)
        session.add_all(reminder(year, user, now) for year, user in told)
    return len(told)


def unreminded(session: Session, years: Sequence[int]) -> list[tuple[int, str]]:
    """The active administrators who were not told of a missing year."""
    done = {(year, user) for year, user in session.execute(select(CalendarReminder.year, CalendarReminder.user_id))}
    keepers = session.scalars(select(User.id).where(User.role == Role.ADMINISTRATOR, User.active)).all()
    return [(year, user) for year in years for user in keepers if (year, user) not in done]


def reminder(year: int, user: str, now: datetime) -> Message:
    """The message of one missing year."""
    return Message(
        user_id=user,
        delivered_at=now,
        subject_zh=f"{year}年节假日安排尚未导入",
        text_zh=f"国务院办公厅{year}年节假日安排的通知尚未列入数据，{year}年的工作日均为“未知”，涉及的期限不能推算。"
        "请在通知公布后，到“工作日历”页面连同文号、日期和网址一并导入。",
        subject_en=f"The holiday notice of {year} is not imported yet",
        text_en=f"The State Council's holiday notice of {year} is not in the data: working days of {year} are unknown, "
        "and periods that reach into it cannot be counted. Once it is published, import it on the page “Working "
        "calendar” with its number, date and address.",
    )
