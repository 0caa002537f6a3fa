"""A lot goes from registration to archive by pages alone 全程页面走查, as every person involved."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.course import STAGES, Course
from tests.browser.looking import Inspector

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_lot_is_carried_from_registration_to_archive_by_pages_that_anybody_can_read_and_use(
    demonstration: Flask, home: str, browser: Browser
) -> None:
    inspector = Inspector()
    course = Course(demonstration, browser, home, inspector)
    for stage in STAGES:
        stage(course)
    assert course.lot().status.value == "archived"
    assert not inspector.wrong, inspector.report()
