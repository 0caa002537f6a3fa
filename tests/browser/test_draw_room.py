"""The room of the draw on a wall 抽取现场大屏: it follows what happens by itself, and can be read from the last row."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser.serving import apart, served
from tests.chromium import launched
from tests.phases.draws import diced, reveal

pytestmark = pytest.mark.browser
PROJECTOR = {"width": 1280, "height": 800}
LEAST_POINTS = 24
NOW = "li[aria-current=step]"


def test_the_page_follows_the_draw_without_being_loaded_again(app: Flask) -> None:
    trade = diced(app)
    with served(app) as address, launched() as browser:
        page = browser.new_context(viewport=PROJECTOR, locale="zh-CN").new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/lots/{trade.code}/draw-room")
        assert "揭示" in page.locator(NOW).inner_text() and "交易中心" in page.locator(".draw-next").inner_text()
        for words in (".draw-next", ".dice"):
            assert page.locator(words).evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= LEAST_POINTS
        page.evaluate("window.stayed = true")
        page.locator("details summary").click()
        apart(lambda: reveal(trade))
        page.locator(".draw-room tbody tr").nth(3).wait_for(timeout=30_000)
        assert page.evaluate("window.stayed") and page.locator("details[open]").count() == 1
        assert "专家" in page.locator(".draw-next").inner_text() and faults == []
