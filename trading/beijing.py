"""The law's wall clock 北京时间: moments are UTC, days and hours are Beijing's; nothing here knows what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def beijing(moment: datetime) -> datetime:
    """``moment`` as Beijing wall time.

    Raises:
        ValueError: when ``moment`` says no zone.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(BEIJING)


def law_date(moment: datetime) -> date:
    """The Beijing day on which ``moment`` falls (rulebook T9).

    Raises:
        ValueError: when ``moment`` says no zone.
    """
    return beijing(moment).date()


def day_zh(day: date) -> str:
    """A day as a Chinese notice writes it: 2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_zh(moment: datetime) -> str:
    """A moment as a Chinese notice writes it: day, hour, zone."""
    return f"{day_zh(law_date(moment))}{beijing(moment):%H时%M分%S秒}（北京时间）"


def moment_en(moment: datetime) -> str:
    """A moment as an English message writes it: day, hour, zone."""
    return f"{beijing(moment):%Y-%m-%d %H:%M:%S} (Beijing time)"


def at(day: date, h: int = 0, m: int = 0, s: int = 0) -> datetime:
    """The UTC moment of ``h:m:s`` Beijing wall time on ``day``."""
    return datetime.combine(day, time(h, m, s), BEIJING).astimezone(UTC)


def end_moment(day: date) -> datetime:
    """24:00 of ``day`` in Beijing as a UTC moment: the first instant after the day (T3, 民法典第二百零三条)."""
    return at(day + timedelta(days=1))
