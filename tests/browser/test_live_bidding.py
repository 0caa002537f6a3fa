"""Three bid against each other 三方竞价: in three browsers, beside the hall's screen, until the hammer falls."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import PHONE
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.chromium import launched
from tests.phases.auctions import Auction, auction, in_time

pytestmark = pytest.mark.browser
HALL = {"width": 1920, "height": 1080}
DESK = {"width": 1280, "height": 900}
SOON = 15_000


def keep(page: Page, name: str) -> None:
    """A picture for whoever looks, where a folder is named for it."""
    if folder := os.environ.get("TRADING_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def bid(person: Person, amount: str, typed: bool = False) -> None:
    """Tap the least offer, or type one; confirm what is shown."""
    page = person.page
    if typed:
        page.locator("#other-amount").fill(amount)
        page.locator("[data-part=other] [type=submit]").click()
    else:
        expect(page.locator("[data-part=tap]")).to_contain_text(amount, timeout=SOON)
        page.locator("[data-part=tap]").click()
    expect(page.locator("[data-part=asked]")).to_have_text(f"{amount}.00")
    page.locator("dialog [value=yes]").click()
    expect(page.locator("[data-note]")).to_contain_text(f"{amount}.00", timeout=SOON)
    expect(page.locator("[data-part=history] tr.own").first).to_contain_text(f"{amount}.00", timeout=SOON)


def watched(browser: Browser, home: str, path: str, faults: list[str], size: dict[str, int]) -> Page:
    """A page that nobody logged in for."""
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()  # type: ignore[arg-type]
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(home + path)
    return page


def test_three_browsers_bid_against_each_other_and_the_screen_follows(app: Flask) -> None:
    trade = auction(app, priority=("bidder3",))
    trade.begin()
    faults: list[str] = []
    with served(app) as home, launched() as browser:
        phone = {"width": PHONE[0], "height": PHONE[1]}
        one, two, three = (
            Person(browser, home, f"bidder{number}", viewport=size)
            for number, size in ((1, phone), (2, DESK), (3, DESK))
        )
        for person in (one, two, three):
            person.page.on("pageerror", lambda error: faults.append(str(error)))
            person.page.goto(f"{home}/lots/{trade.code}/bidding")
        wall = watched(browser, home, f"/lots/{trade.code}/screen", faults, HALL)
        expect(wall.locator("[data-part=link]")).to_have_text("实时推送", timeout=SOON)
        bid(one, "120,000")
        expect(wall.locator("[data-part=by]")).to_have_text("311号", timeout=SOON)
        bid(two, "122,000")
        expect(one.page.locator("[data-part=standing]")).to_have_text("您的报价已被超过", timeout=SOON)
        bid(three, "131,000", typed=True)
        bid(one, "133,000")
        expect(one.page.locator("[data-part=standing]")).to_have_text("您当前领先", timeout=SOON)
        assert one.page.locator("[data-part=tap]").is_disabled()
        expect(wall.locator("[data-part=amount]")).to_have_text("133,000.00", timeout=SOON)
        keep(one.page, "bidder-phone")
        keep(two.page, "bidder-desk")
        keep(wall, "screen")
        two.page.locator("#other-amount").fill("133000")
        two.page.locator("[data-part=other] [type=submit]").click()
        expect(two.page.locator("[data-note]")).to_contain_text("135,000.00")
        moved(trade, wall)
        finish(trade, three, wall)
        keep(three.page, "deal-desk")
        keep(wall, "deal-screen")
        assert wall.locator("[data-part=history] tr").first.inner_text().split("\t")[1].startswith("842")
    assert faults == []


def moved(trade: Auction, wall: Page) -> None:
    """An offer in the last minute moves the end on every screen."""
    before = wall.locator("[data-part=until]").inner_text()
    apart(lambda: trade.at(trade.ends_at - in_time(1)))
    apart(lambda: trade.offer("bidder2", "135000"))
    expect(wall.locator("[data-part=until]")).not_to_have_text(before, timeout=SOON)


def finish(trade: Auction, holder: Person, wall: Page) -> None:
    """The end comes; the holder of a right of priority matches, and the hammer falls without anybody else."""
    apart(lambda: trade.at(trade.ends_at))
    expect(wall.locator("[data-part=stage]")).to_have_attribute("data-stage", "matching", timeout=SOON)
    holder.page.locator("[data-part=match]").click()
    holder.page.locator("dialog [value=yes]").click()
    expect(wall.locator("[data-part=stage]")).to_contain_text("成交：842号，135,000.00 元", timeout=SOON)
    assert apart(trade.deal) == (842, Decimal(135000))
