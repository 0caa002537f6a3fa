"""Moments and sizes are said as people say them 显示格式."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from trading.beijing import BEIJING
from trading.web.formats import size, until


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (datetime(2026, 9, 17, tzinfo=BEIJING),
         "2026年9月16日（周三）24:00:00 北京时间", "Wed 2026-09-16 24:00:00 Beijing time"),
        (datetime(2026, 9, 17, 0, 0, 1, tzinfo=BEIJING),
         "2026年9月17日（周四）00:00:01 北京时间", "Thu 2026-09-17 00:00:01 Beijing time"),
        (datetime(2026, 9, 16, 23, 59, 59, tzinfo=BEIJING),
         "2026年9月16日（周三）23:59:59 北京时间", "Wed 2026-09-16 23:59:59 Beijing time"),
        (datetime(2027, 1, 1, tzinfo=BEIJING),
         "2026年12月31日（周四）24:00:00 北京时间", "Thu 2026-12-31 24:00:00 Beijing time"),
        (None, "—", "—"),
    ],
)  # fmt: skip
def test_a_time_limit_that_ends_with_the_day_names_that_day_and_24_hours(
    app: Flask, moment: datetime | None, chinese: str, english: str
) -> None:
    with app.test_request_context("/?lang=zh"):
        assert until(moment) == chinese
    with app.test_request_context("/?lang=en"):
        assert until(moment) == english


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KB"), (1024 * 1024 - 100, "1,023.9 KB"), (1024 * 1024, "1.0 MB")],
)  # fmt: skip
def test_a_file_has_a_size_in_bytes_kilobytes_or_megabytes(count: int, said: str) -> None:
    assert size(count) == said
