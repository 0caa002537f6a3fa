"""What people do on their own machines, in a real browser 本机操作: keys, signatures, sealed bids, shares, secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from tests.browser.looking import Inspector
from tests.browser.offline import key_file, sealed_offline
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.builders import OFFICERS, Trade, a_lot, offer, people
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
    expect(elsewhere.page.locator("[data-part=held]")).to_contain_text(re.compile("没有|does not hold"))
    elsewhere.use_key(file)
    expect(elsewhere.page.locator("[data-part=held]")).to_contain_text(public[:4])
    assert registered(demonstration, kept["person"]) == [public]
    stranger = Person(browser, home, "centre2", inspector)
    stranger.page.goto(f"{home}/account/keys")
    stranger.choose_key(file)
    expect(stranger.page.locator("[data-note]")).to_contain_text(re.compile("另一个人|another person"))
    stranger.look()
    elsewhere.page.locator("[data-part=revoke]").click()
    expect(elsewhere.page.locator("[data-note]")).to_contain_text(re.compile("勾选|Tick the box"))
    elsewhere.page.locator("[data-part=sure]").check()
    with elsewhere.page.expect_navigation():
        elsewhere.page.locator("[data-part=revoke]").click()
    assert registered(demonstration, kept["person"]) == []
    expect(elsewhere.page.locator("[data-part=held]")).to_contain_text(re.compile("没有|does not hold"))


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
    expect(other.page.locator("[data-note]")).to_contain_text(re.compile("请选择密钥文件|choose the key file"))
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


def test_officers_rehearse_and_hand_in_their_shares_while_a_page_says_who_is_missing(
    published: Trade, home: str, browser: Browser, inspector: Inspector
) -> None:
    first, _second, third = OFFICERS
    offers = {"bidder1": "4700000", "bidder2": "4800000", "bidder3": "4900000"}
    apart(lambda: [published.step(login, "submit-bid", offer(total)) for login, total in offers.items()])
    officers = {login: Person(browser, home, login, inspector) for login in (first, third)}
    for login, officer in officers.items():
        officer.use_key(key_file(published, login))
        officer.press(Step.REHEARSE_OPENING, published.code)
        officer.look()
        with officer.page.expect_navigation():
            officer.page.locator("[data-part=go]").click()
        assert "/receipt" in officer.page.url, officer.said()
    watcher = Person(browser, home, None, inspector)
    watcher.page.goto(f"{home}/lots/{published.code}")
    watcher.page.locator(f'main a[href="/lots/{published.code}/opening"]').click()
    expect(watcher.page.locator("[data-rehearsed]").first).to_have_text(re.compile("^(已演练|Rehearsed)$"))
    expect(watcher.page.locator("[data-rehearsed]").nth(1)).to_have_text(re.compile("^(未演练|Not rehearsed)$"))
    watcher.look()
    watcher.page.locator('.training button[value="next"]').click()
    watcher.page.goto(f"{home}/lots/{published.code}/opening")
    for login, officer in officers.items():
        officer.press(Step.HAND_IN_SHARES, published.code)
        officer.look()
        officer.page.locator("[data-part=go]").click()
        expect(officer.page.locator("[data-part=rows] tr")).to_have_count(3)
        expect(officer.page.locator("[data-note]")).to_contain_text(re.compile("已解开 3 个|3 unwrapped"))
        officer.look()
        officer.page.locator("[data-part=go]").click()
        expect(officer.page.locator("[data-part=rows] tr")).to_have_count(3)
        with officer.page.expect_navigation():
            officer.page.locator("[data-part=send]").click()
        assert "/receipt" in officer.page.url, f"{login}: {officer.said()}"
    expect(watcher.page.locator("main")).to_contain_text(re.compile("可以开标|can be opened"), timeout=15_000)
    watcher.look()
    owner = Person(browser, home, "owner")
    owner.take(Step.OPEN_BIDS, published.code)
    expect(watcher.page.locator("main")).to_contain_text(re.compile("已开标|bids are open"), timeout=15_000)


def test_an_envelope_that_was_sealed_offline_is_handed_in_from_its_files(
    published: Trade, home: str, browser: Browser, inspector: Inspector, tmp_path: Path
) -> None:
    made = apart(lambda: sealed_offline(published, tmp_path, "bidder1"))
    bidder = Person(browser, home, "bidder1", inspector)
    bidder.make_key()
    bidder.press(Step.SUBMIT_BID, published.code)
    bidder.page.locator("details.offline > summary").click()
    bidder.look()
    bidder.page.locator("details.offline:not([open]) > summary").click()
    bidder.page.set_input_files("#offline-files", [made / "header.json", made / "ciphertext.age"])
    with bidder.page.expect_navigation():
        bidder.page.locator("[data-part=hand-in]").click()
    bidder.look()
    with bidder.page.expect_navigation():
        bidder.page.locator("[name=confirmed]").click()
    assert "/receipt" in bidder.page.url, bidder.said()
