"""A score sheet on a tablet 平板评分: 768 pixels wide, nothing hidden at the side, what is pressed 44 pixels high."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.persons import Person
from tests.browser.serving import served
from tests.builders import Trade
from tests.phases.draws import committee, seated
from tests.phases.test_evaluating import COMPREHENSIVE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTH, TOUCH = 768, 44
SMALL = """() => [...document.querySelectorAll(
  'main input:not([type=hidden]):not([type=radio]), main select, main textarea, main button, main a.btn, main .choice')]
  .map(one => [one.tagName + ' ' + (one.name || one.textContent.trim()), one.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < %d)""" % TOUCH  # noqa: UP031


@pytest.fixture
def trade(app: Flask) -> Trade:
    """A comprehensive lot whose committee is seated."""
    return seated(app, **COMPREHENSIVE)


@pytest.fixture
def home(app: Flask, trade: Trade) -> Iterator[str]:
    """The address at which the product with that lot is served."""
    with served(app) as address:
        yield address


@pytest.fixture
def chair(trade: Trade) -> str:
    """The login of the chair."""
    return committee(trade)[0]


def test_a_member_scores_on_a_tablet(trade: Trade, chair: str, home: str, browser: Browser, tmp_path: Path) -> None:
    member = Person(browser, home, chair, viewport={"width": WIDTH, "height": 1024}, has_touch=True)
    page = member.page
    for place in ("evaluation", "score", "ask-bidder", "correct-arithmetic"):
        page.goto(f"{home}/lots/{trade.code}/{place}")
        page.screenshot(path=Path(os.environ.get("SHOTS", tmp_path)) / f"tablet-{place}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= WIDTH, (place, wide)
        assert page.evaluate(SMALL) == [], place
    page.goto(f"{home}/lots/{trade.code}/score")
    rows = page.locator('main input[name$="-points"]')
    assert rows.count() == 6 and page.locator("main").get_by_text("0, 2, 4, 6, 8, 10").count() == 3
    for number in range(6):
        rows.nth(number).fill("8")
    page.locator("main form button[type=submit]").first.tap()
    expect(page.locator("main h1")).to_contain_text("核对")
    page.locator("[name=confirmed]").tap()
    expect(page.locator(".receipt")).to_be_visible()
