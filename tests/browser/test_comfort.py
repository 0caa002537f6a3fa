"""Nobody is left before the door 无障碍办理: without scripts, by keyboard alone, and when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.persons import Person
from tests.browser.serving import served
from tests.builders import Trade, a_lot, offer, people
from trading.codelists import Status
from trading.steps import Step

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def published(demonstration: Flask) -> Trade:
    """A published lot that nobody has bid on."""
    return a_lot(demonstration, people(demonstration), Status.PUBLISHED)


@pytest.fixture
def home(demonstration: Flask, published: Trade) -> Iterator[str]:
    """The address at which the product with that lot is served."""
    with served(demonstration) as address:
        yield address


def test_a_bidder_finds_the_notice_and_hands_in_a_bid_with_scripts_switched_off(
    published: Trade, home: str, browser: Browser
) -> None:
    bidder = Person(browser, home, None, java_script_enabled=False)
    page = bidder.page
    page.locator("main ul.rows a.title").first.click()
    page.locator(f'main a[href="/lots/{published.code}"]').first.click()
    page.locator("main").get_by_role("link", name="登录", exact=True).click()
    bidder.log_in("bidder1")
    expect(page.locator("main h1")).to_contain_text("野三关镇")
    bidder.task(Step.SUBMIT_BID, published.code).click()
    bidder.fill(offer("4700000"))
    bidder.send()
    expect(page.locator("main h1")).to_contain_text("核对")
    page.locator("[name=confirmed]").click()
    expect(page.locator(".receipt")).to_contain_text("信封指纹")
    page.goto(f"{home}/lots/{published.code}/my-bid")
    expect(page.locator("main")).to_contain_text("有效")


def test_a_form_with_mistakes_says_which_and_keeps_what_was_typed_and_the_files(
    published: Trade, home: str, browser: Browser
) -> None:
    bidder = Person(browser, home, "bidder2")
    page = bidder.page
    bidder.press(Step.SUBMIT_BID, published.code)
    bidder.fill(offer("47万") | {"manager": ""})
    bidder.send()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.locator(".error-summary a").count() == 2
    assert page.input_value("[name=total]") == "47万" and page.input_value("[name=quality]") == "合格"
    expect(page.locator(".kept")).to_contain_text("bid.pdf")
    page.locator(".error-summary a[href='#field-total']").click()
    expect(page.locator("#field-total")).to_be_focused()
    bidder.fill({"total": "4,700,000.00", "manager": "赵经理"})
    expect(page.locator("#field-total-echo")).to_have_text("4,700,000.00 元")
    bidder.send()
    expect(page.locator("main dl.summary").first).to_contain_text("bid.pdf")
    page.locator("[name=back]").click()
    assert page.input_value("[name=total]") == "4,700,000.00"
    expect(page.locator(".kept")).to_contain_text("bid.pdf")


def test_a_bid_is_handed_in_by_keyboard_alone(published: Trade, home: str, browser: Browser) -> None:
    bidder = Person(browser, home, "bidder3")
    page, keys = bidder.page, bidder.page.keyboard
    page.goto(f"{home}/lots/{published.code}/submit-bid")
    keys.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    keys.press("Enter")
    bidder.fill({"files": offer("4700000")["files"]})
    page.focus("#main")
    for name in ("total", "duration_days", "quality", "manager", "manager_certificate"):
        while page.evaluate("document.activeElement.name") != name:
            keys.press("Tab")
        keys.type(str(offer("4700000")[name]))
    keys.press("Enter")
    page.locator("[name=confirmed]").wait_for()
    page.focus("#main")
    while page.evaluate("document.activeElement.name") != "confirmed":
        keys.press("Tab")
    keys.press("Enter")
    expect(page.locator(".receipt")).to_be_visible()


def test_after_the_deadline_the_page_says_why_nothing_can_be_handed_in(
    published: Trade, home: str, browser: Browser
) -> None:
    bidder = Person(browser, home, "bidder4")
    bidder.page.locator('.training button[value="next"]').click()
    expect(bidder.page.locator(".note-success")).to_contain_text("到期事项")
    answer = bidder.page.goto(f"{home}/lots/{published.code}/submit-bid")
    assert answer is not None and answer.status == 409
    expect(bidder.page.locator("main h1")).to_contain_text("流标")
    expect(bidder.page.locator("main")).to_contain_text("没有任何内容被改动")
