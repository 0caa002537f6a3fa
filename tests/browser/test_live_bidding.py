"""Three bid against each other 三方竞价: in three browsers, beside the hall's screen, until the hammer falls."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.line import Line, line_to
from tests.browser.looking import PHONE, keep
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.chromium import launched
from tests.phases.auctions import Auction, auction, in_time

pytestmark = pytest.mark.browser
HALL = {"width": 1920, "height": 1080}
DESK = {"width": 1280, "height": 900}
SMALL = {"width": PHONE[0], "height": PHONE[1]}
SOON = 15_000


def bid(person: Person, amount: str, typed: str = "") -> None:
    """Tap the least offer, or type one as people write it; confirm what is shown."""
    page = person.page
    if typed:
        send(person, typed)
    else:
        expect(page.locator("[data-part=tap]")).to_contain_text(amount, timeout=SOON)
        page.locator("[data-part=tap]").click()
    expect(page.locator("[data-part=asked]")).to_have_text(f"{amount}.00")
    page.locator("dialog [value=yes]").click()
    expect(page.locator("[data-note]")).to_contain_text(f"{amount}.00", timeout=SOON)
    expect(page.locator("[data-part=history] tr.own").first).to_contain_text(f"{amount}.00", timeout=SOON)


def send(person: Person, typed: str) -> None:
    """Type an amount and press the button behind it."""
    person.page.locator("#other-amount").fill(typed)
    person.page.locator("[data-part=other] [type=submit]").click()


def refused(person: Person, typed: str, sentence: str) -> None:
    """The page says why, asks nobody, and what was typed still stands there."""
    send(person, typed)
    expect(person.page.locator("[data-note]")).to_contain_text(sentence)
    expect(person.page.locator("#other-amount")).to_have_value(typed)
    assert not person.page.locator("dialog").is_visible()


def watched(browser: Browser, home: str, path: str, faults: list[str], size: dict[str, int]) -> Page:
    """A page that nobody logged in for."""
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()  # type: ignore[arg-type]
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(home + path)
    expect(page.locator("[data-part=link]")).to_have_text("实时推送", timeout=SOON)
    return page


def test_three_browsers_bid_against_each_other_and_the_screen_follows(app: Flask) -> None:
    trade = auction(app, priority=("bidder3",))
    trade.begin()
    faults: list[str] = []
    with served(app) as home, line_to(home) as line, launched() as browser:
        people = [
            Person(browser, door, f"bidder{number}", viewport=size)
            for number, (door, size) in enumerate(((line.home, SMALL), (home, DESK), (home, DESK)), 1)
        ]
        one, two, three = people
        for person in people:
            person.page.on("pageerror", lambda error: faults.append(str(error)))
            person.page.goto(f"{person.home}/lots/{trade.code}")
            person.page.locator(f'main a[href="/lots/{trade.code}/bidding"]').first.click()
        wall = watched(browser, home, f"/lots/{trade.code}/screen", faults, HALL)
        watcher = watched(browser, home, f"/lots/{trade.code}/bidding", faults, DESK)
        bid(one, "120,000")
        expect(wall.locator("[data-part=by]")).to_have_text("311号", timeout=SOON)
        bid(two, "122,000")
        expect(one.page.locator("[data-part=standing]")).to_have_text("您的报价已被超过", timeout=SOON)
        bid(three, "131,000", typed="１３１，０００")
        bid(one, "133,000")
        expect(one.page.locator("[data-part=standing]")).to_have_text("您当前领先", timeout=SOON)
        assert one.page.locator("[data-part=tap]").is_disabled()
        expect(wall.locator("[data-part=amount]")).to_have_text("133,000.00", timeout=SOON)
        expect(watcher.locator("[data-part=history] tr")).to_have_count(4)
        assert watcher.locator("[data-part=tap]").count() == 0
        keep(one.page, "bidder-phone")
        refused(two, "133，000", "应不低于 135,000.00 元")
        refused(two, "13,50", "看不懂这个金额")
        refused(two, "拾叁万伍仟", "看不懂这个金额")
        keep(two.page, "bidder-desk")
        passed(three, two)
        out_and_back(one, line, two)
        keep(wall, "screen")
        keep(watcher, "watcher")
        moved(trade, wall)
        late(trade, one)
        finish(trade, three, wall)
        for person, name in ((one, "lost-phone"), (three, "deal-desk")):
            keep(person.page, name)
        keep(wall, "deal-screen")
        expect(wall.locator("[data-part=history] tr").first).to_contain_text("842号 优先权")
    assert faults == []


def passed(first: Person, second: Person) -> None:
    """Two confirm the same amount: who comes second is told so, and his amount still stands to be changed."""
    for person in (first, second):
        send(person, "135 000")
        expect(person.page.locator("[data-part=asked]")).to_have_text("135,000.00")
    first.page.locator("dialog [value=yes]").click()
    expect(first.page.locator("[data-part=standing]")).to_have_text("您当前领先", timeout=SOON)
    second.page.locator("dialog [value=yes]").click()
    expect(second.page.locator("[data-note].note-error")).to_contain_text("137,000.00", timeout=SOON)
    expect(second.page.locator("#other-amount")).to_have_value("135 000")


def out_and_back(gone: Person, line: Line, other: Person) -> None:
    """A line goes dead while others bid: the page says so, and has everything once the line is back."""
    line.cut()
    bid(other, "137,000", typed="137,000")
    assert gone.page.locator("[data-part=amount]").inner_text() == "135,000.00"
    gone.page.locator("[data-part=tap]").click()
    gone.page.locator("dialog [value=yes]").click()
    expect(gone.page.locator("[data-note]")).to_contain_text("用同一编号重新提交", timeout=SOON)
    expect(gone.page.locator("[data-part=link]")).to_contain_text("连接中断", timeout=SOON)
    keep(gone.page, "cut-phone")
    line.mend()
    expect(gone.page.locator("[data-note].note-error")).to_contain_text("139,000.00", timeout=SOON)
    expect(gone.page.locator("[data-part=amount]")).to_have_text("137,000.00")
    expect(gone.page.locator("[data-part=link]")).to_have_text("实时推送", timeout=SOON)
    bid(gone, "139,000")


def moved(trade: Auction, wall: Page) -> None:
    """An offer in the last minute moves the end on every screen."""
    before = wall.locator("[data-part=until]").inner_text()
    apart(lambda: trade.at(trade.ends_at - in_time(1)))
    apart(lambda: trade.offer("bidder2", "141000"))
    expect(wall.locator("[data-part=until]")).not_to_have_text(before, timeout=SOON)


def late(trade: Auction, person: Person) -> None:
    """Who confirms when the time is up is refused in words, whatever his page showed."""
    expect(person.page.locator("[data-part=tap]")).to_contain_text("143,000", timeout=SOON)
    person.page.locator("[data-part=tap]").click()
    apart(lambda: trade.at(trade.ends_at))
    person.page.locator("dialog [value=yes]").click()
    expect(person.page.locator("[data-note].note-error")).to_contain_text("报价无效", timeout=SOON)


def finish(trade: Auction, holder: Person, wall: Page) -> None:
    """The holder of a right of priority matches, and the hammer falls without anybody else."""
    expect(wall.locator("[data-part=stage]")).to_have_attribute("data-stage", "matching", timeout=SOON)
    holder.page.locator("[data-part=match]").click()
    holder.page.locator("dialog [value=yes]").click()
    expect(wall.locator("[data-part=stage]")).to_contain_text("成交：842号，141,000.00 元", timeout=SOON)
    expect(holder.page.locator("[data-part=signing] a")).to_be_visible(timeout=SOON)
    assert apart(trade.deal) == (842, Decimal(141000))
