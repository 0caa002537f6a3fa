"""Nobody is left before the door 无障碍办理: without scripts, by keyboard alone, and when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.offline import sealed_offline
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.builders import Trade, a_lot, offer, people
from tests.phases.papers import terms
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


def test_a_bidder_finds_the_notice_and_hands_in_a_bid_sealed_offline_with_scripts_switched_off(
    published: Trade, home: str, browser: Browser, tmp_path: Path
) -> None:
    apart(lambda: published.register("bidder1"))
    made = apart(lambda: sealed_offline(published, tmp_path, "bidder1"))
    bidder = Person(browser, home, None, java_script_enabled=False)
    page = bidder.page
    page.locator("main ul.rows a.title").first.click()
    page.locator(f'main a[href="/lots/{published.code}"]').first.click()
    page.locator("main").get_by_role("link", name="登录", exact=True).click()
    bidder.log_in("bidder1")
    expect(page.locator("main h1")).to_contain_text("野三关镇")
    bidder.task(Step.SUBMIT_BID, published.code).click()
    page.set_input_files("[name=ciphertext]", made / "ciphertext.age")
    page.get_by_role("button", name="上传密文").click()
    expect(page.locator(".note-success")).to_contain_text("密文已上传")
    page.fill("[name=header]", (made / "header.json").read_text("utf-8"))
    bidder.send()
    expect(page.locator("main h1")).to_contain_text("核对")
    page.fill("[name=sig]", json.loads((made / "submit.json").read_text("utf-8"))["sig"])
    page.locator("[name=confirmed]").click()
    expect(page.locator(".receipt")).to_contain_text("信封指纹")
    page.goto(f"{home}/lots/{published.code}/my-bid")
    expect(page.locator("main")).to_contain_text("有效")


def test_a_form_with_mistakes_says_which_and_keeps_what_was_typed_and_the_files(
    demonstration: Flask, home: str, browser: Browser
) -> None:
    code = apart(lambda: a_lot(demonstration, people(demonstration), Status.REGISTERED)).code
    owner = Person(browser, home, "owner")
    page = owner.page
    owner.press(Step.PREPARE_TERMS, code)
    owner.fill(terms(budget="500万", place=""))
    owner.send()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.locator(".error-summary a").count() == 2
    assert page.input_value("[name=budget]") == "500万" and page.input_value("[name=quality]") == "合格"
    expect(page.locator(".kept").first).to_contain_text("tender.pdf")
    page.locator(".error-summary a[href='#field-budget']").click()
    expect(page.locator("#field-budget")).to_be_focused()
    owner.fill({"budget": "5,000,000.00", "place": "野三关镇"})
    expect(page.locator("#field-budget-echo")).to_have_text("5,000,000.00 元")
    owner.send()
    expect(page.locator("main dl.summary").first).to_contain_text("tender.pdf")
    page.locator("[name=back]").click()
    assert page.input_value("[name=budget]") == "5,000,000.00"
    expect(page.locator(".kept").first).to_contain_text("tender.pdf")


def test_the_sealing_desk_says_what_is_missing_and_keeps_what_was_typed(
    published: Trade, home: str, browser: Browser
) -> None:
    bidder = Person(browser, home, "bidder2")
    bidder.make_key()
    page = bidder.page
    bidder.press(Step.SUBMIT_BID, published.code)
    bidder.fill(offer("47万") | {"manager": ""})
    for name, words, right in (("total", "两位小数", "4,700,000.00"), ("manager", "请填写", "赵经理")):
        page.locator("[data-part=seal]").click()
        expect(page.locator("[data-note]")).to_contain_text(words)
        expect(page.locator(f"#field-{name}")).to_be_focused()
        bidder.fill({name: right})
    assert page.input_value("[name=quality]") == "合格"
    with page.expect_navigation():
        page.locator("[data-part=seal]").click()
    bidder.confirm(Step.SUBMIT_BID)


def test_a_bid_is_sealed_and_handed_in_by_keyboard_alone(published: Trade, home: str, browser: Browser) -> None:
    bidder = Person(browser, home, "bidder3")
    bidder.make_key()
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
    expect(page.locator(".receipt").first).to_be_visible()


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
