"""What is kept of the working calendar 工作日历: imported holiday notices, and who was reminded of a missing one."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trading.models.base import Base
from trading.models.columns import Day, Digest, Id, Moment, Rows, Short, UserId, Word


class HolidayNotice(Base):
    """The State Council's holiday notice of one year as an administrator imported it; never changed, never deleted."""

    __tablename__ = "holiday_notice"

    id: Mapped[Id]
    year: Mapped[int] = mapped_column(unique=True)
    number: Mapped[Short]
    title: Mapped[Word]
    issued_on: Mapped[Day]
    address: Mapped[Word]
    days: Mapped[Rows]
    sha256: Mapped[Digest]
    imported_at: Mapped[Moment]
    imported_by_id: Mapped[UserId]


class CalendarReminder(Base):
    """That an administrator was told once of a year whose notice is missing."""

    __tablename__ = "calendar_reminder"
    __table_args__ = (UniqueConstraint("year", "user_id"),)

    id: Mapped[Id]
    year: Mapped[int]
    user_id: Mapped[UserId]
    told_at: Mapped[Moment]
