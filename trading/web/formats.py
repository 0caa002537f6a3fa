"""How amounts, moments and codes are shown 显示格式."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from trading.beijing import beijing, day_zh
from trading.codelists import Method, ProjectType, Status
from trading.money import capitals, grouped, percent, wan, yi
from trading.web import scan_words
from trading.web.exchange import language
from trading.web.standing import status_words

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def moment(value: datetime | None) -> str:
    """Date, hour and zone, always."""
    if value is None:
        return "—"
    local = beijing(value)
    if language() == "en":
        return f"{local:%a %Y-%m-%d %H:%M:%S} Beijing time"
    return f"{day_zh(local)}（周{WEEKDAYS[local.weekday()]}）{local:%H:%M:%S} 北京时间"


def until(value: datetime | None) -> str:
    """A moment up to which something may be done: midnight is the end of the day before, 24:00:00, as clerks say it."""
    if value is None or (local := beijing(value)).time() != time.min:
        return moment(value)
    return moment(local - timedelta(days=1)).replace("00:00:00", "24:00:00")


def day(value: date | datetime | None) -> str:
    """A calendar day."""
    if value is None:
        return "—"
    value = beijing(value).date() if isinstance(value, datetime) else value
    return value.isoformat() if language() == "en" else day_zh(value)


def word(value: Any) -> str:
    """The word of a code in the reader's language; yes and no for truth values."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return value.word(language()) if hasattr(value, "word") else str(value)


def standing(status: Status, type_: ProjectType, method: Method | None) -> str:
    """A lot's status, as the people of its way of trading say it."""
    zh, en = status_words(status, type_, method)
    return en if language() == "en" else zh


def size(count: int) -> str:
    """A number of bytes as people say it."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:,.1f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:,.1f} MB"


def shown_value(value: Any) -> Any:
    """Any typed value as a reader sees it on a check-your-answers page."""
    if isinstance(value, Decimal):
        return grouped(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return word(value)


def choice_word(choices: list[tuple[str, str]], value: Any) -> Any:
    """The word of ``value`` among ``choices``; the value itself where they do not name it."""
    return dict(choices).get(value, value)


def init_app(app: Flask) -> None:
    """Register the filters."""
    app.jinja_env.filters.update(
        money=grouped, wan=wan, yi=yi, percent=percent, capitals=capitals, moment=moment, until=until, day=day,
        word=word, beijing=beijing, choice_word=choice_word, size=size, standing=standing,
    )  # fmt: skip
    app.jinja_env.globals.update(language=language, **scan_words.WORDS)
