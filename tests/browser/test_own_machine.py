"""What people do on their own machines, in a real browser 本机操作: keys, signatures, sealed bids, shares, secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from tests.browser.looking import Inspector
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.builders import Trade, a_lot, offer, people
from trading.codelists import Status
from trading.database import db
from trading.models import PersonKey
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


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    """Looks at every page; nothing may be wrong with any."""
    looking = Inspector()
    yield looking
    assert not looking.wrong, looking.report()


def registered(app: Flask, person: str) -> list[str]:
    """The keys of a person that are in force."""

    def asked() -> list[str]:
        with app.app_context():
            query = select(PersonKey.public).where(PersonKey.person == person, PersonKey.ended_at.is_(None))
            return list(db.session.scalars(query))

    return apart(asked)


def test_a_key_is_made_in_the_page_given_as_a_file_used_elsewhere_and_revoked(
    demonstration: Flask, home: str, browser: Browser, inspector: Inspector
) -> None:
    notary = Person(browser, home, "notary", inspector)
    file = notary.make_key()
    kept = json.loads(file)
    assert set(kept) == {"alg", "person", "role", "ed25519"}
    (public,) = registered(demonstration, kept["person"])
    expect(notary.page.locator("[data-part=held]")).to_contain_text(public[:4])
    elsewhere = Person(browser, home, "notary", inspector)
    elsewhere.page.goto(f"{home}/account/keys")
    expect(elsewhere.page.locator("[data-part=held]")).to_contain_text("没有")
    elsewhere.use_key(file)
    expect(elsewhere.page.locator("[data-part=held]")).to_contain_text(public[:4])
    assert registered(demonstration, kept["person"]) == [public]
    stranger = Person(browser, home, "centre2", inspector)
    stranger.page.goto(f"{home}/account/keys")
    stranger.choose_key(file)
    expect(stranger.page.locator("[data-note]")).to_contain_text("另一个人")
    stranger.look()
    elsewhere.page.locator("[data-part=revoke]").click()
    expect(elsewhere.page.locator("[data-note]")).to_contain_text("勾选")
    elsewhere.page.locator("[data-part=sure]").check()
    with elsewhere.page.expect_navigation():
        elsewhere.page.locator("[data-part=revoke]").click()
    assert registered(demonstration, kept["person"]) == []
    expect(elsewhere.page.locator("[data-part=held]")).to_contain_text("没有")


def test_an_officer_makes_both_keys_at_once(demonstration: Flask, home: str, browser: Browser) -> None:
    officer = Person(browser, home, "officer2")
    kept = json.loads(officer.make_key())
    assert kept["age"].startswith("AGE-SECRET-KEY-1")
    assert kept["role"] == "officer"
    expect(officer.page.locator("main dl.summary")).to_contain_text("age1")


def test_a_withdrawal_is_signed_with_the_key_in_the_browser_or_one_from_a_file(
    published: Trade, home: str, browser: Browser, inspector: Inspector
) -> None:
    apart(lambda: [published.step(one, "submit-bid", offer("4700000")) for one in ("bidder1", "bidder2")])
    bidder = Person(browser, home, "bidder1", inspector)
    bidder.make_key()
    bidder.take(Step.WITHDRAW_BID, published.code)
    other = Person(browser, home, "bidder2", inspector)
    file = other.make_key()
    other.page.locator("[data-part=forget]").click()
    expect(other.page.locator("[data-part=forget]")).to_be_hidden()
    other.press(Step.WITHDRAW_BID, published.code)
    other.send()
    other.page.locator("[name=confirmed]").click()
    expect(other.page.locator("[data-note]")).to_contain_text("请选择密钥文件")
    other.look()
    other.page.set_input_files("#key-file", {"name": "a.key", "mimeType": "application/json", "buffer": file})
    with other.page.expect_navigation():
        other.page.locator("[name=confirmed]").click()
    assert "/receipt" in other.page.url, other.said()


def test_a_bid_is_sealed_in_the_browser_and_its_key_and_receipt_are_the_bidders(
    published: Trade, home: str, browser: Browser, inspector: Inspector
) -> None:
    bidder = Person(browser, home, "bidder1", inspector)
    bidder.make_key()
    key = bidder.seal(published.code, offer("4700000"))
    assert json.loads(key)["alg"] == "ptbid-key/1"
    assert "/receipt" in bidder.page.url, bidder.said()
    with bidder.page.expect_download() as download:
        bidder.page.locator("[data-part=note]").click()
    assert download.value.path().read_text("utf-8").splitlines()[0].endswith(" receipt")
    expect(bidder.page.locator("[data-part=key]")).to_be_visible()
