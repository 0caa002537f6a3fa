"""Amounts sealed in the browser 本机密封金额: a reserve and final offers, opened there by the officers' shares."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Browser, Request, expect
from sqlalchemy import select

from tests.browser.looking import Inspector, keep
from tests.browser.offline import key_file
from tests.browser.persons import Person
from tests.browser.serving import apart, served
from tests.builders import OFFICERS, Trade, client_as
from tests.chromium import launched
from tests.phases import negotiations as n
from tests.phases.auctions import Auction, auction
from tests.trust.canaries import hits, needles
from trading.codelists import Method, ProjectType, Status
from trading.database import db, transaction
from trading.models import FinalOffer
from trading.models.base import Base
from trading.sealing.key_files import read_bid_key
from trading.sealing.ptbid import check_key
from trading.sealing_commands import seal_amount
from trading.steps import Step

pytestmark = pytest.mark.browser
RESERVE, OFFERS = "131357.79", {"bidder1": "861357.93", "bidder2": "873571.39"}


def on_sale(app: Flask) -> Auction:
    """A lot with officers that is announced with a reserve, before its bidding begins; nothing is sealed yet."""
    sale = auction(app, has_reserve=True, status=Status.METHOD_FIXED)
    sale.appoint()
    with app.app_context(), transaction(db.session):
        sale.lot().status = Status.BID_CLOSED
    return sale


def called(app: Flask) -> Trade:
    """A negotiation in which final offers are called for."""
    trade = n.published(app, ProjectType.GPN, Method.NEGOTIATION)
    n.opened(trade)
    chair = n.seated(trade)[0]
    n.talked(trade, chair, trade.bidders)
    n.called(trade, chair)
    return trade


def kept(app: Flask, amount: str) -> list[str]:
    """In which spellings the platform's records hold an amount."""
    whole, cents = amount.split(".")

    def asked() -> list[str]:
        with app.app_context():
            rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
        wanted = needles([amount, whole + cents, f"{int(whole):,}", (whole + cents).rjust(32, "0")])
        return hits(repr([tuple(row) for row in rows]).encode(), wanted)

    return apart(asked)


def listening(person: Person) -> list[str]:
    """Everything that a person's browser sends from now on."""
    sent: list[str] = []

    def heard(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''}")

    person.page.on("request", heard)
    return sent


def spoken(sent: list[str], amount: str) -> bool:
    """Whether an amount stood in anything sent."""
    whole, cents = amount.split(".")
    return any(word in one for one in sent for word in (whole, f"{int(whole):,}", whole + cents))


def refused(person: Person, typed: str) -> None:
    """What is no amount is refused in words, and stays where it was typed."""
    person.page.locator("[data-part=sheet] [name=amount]").fill(typed)
    person.page.locator("[data-part=seal]").click()
    expect(person.page.locator("[data-note].note-error")).to_contain_text("应为大于零的金额")
    expect(person.page.locator("[data-part=sheet] [name=amount]")).to_have_value(typed)


def hand_in_shares(browser: Browser, home: str, trade: Trade, step: Step, count: int, inspector: Inspector) -> None:
    """One officer of each group comes by what waits for him, unwraps his shares, and hands them in."""
    for login in (OFFICERS[0], OFFICERS[2]):
        officer = Person(browser, home, login)
        officer.use_key(apart(lambda login=login: key_file(trade, login)))  # type: ignore[misc]
        officer.page.goto(f"{home}/my-work")
        officer.task(step, trade.code).click()
        officer.page.locator("[data-part=go]").click()
        expect(officer.page.locator("[data-part=rows] tr")).to_have_count(count)
        if login == OFFICERS[0]:
            inspector.look(officer.page, login)
            keep(officer.page, step.value)
        with officer.page.expect_navigation():
            officer.page.locator("[data-part=send]").click()
        assert "/receipt" in officer.page.url, officer.said()


def sealed_reserve(browser: Browser, home: str, sale: Auction, inspector: Inspector) -> None:
    """The owner seals the reserve where his work waits for it, signs, and nothing of it leaves his browser."""
    owner = Person(browser, home, "owner")
    owner.make_key()
    sent = listening(owner)
    owner.page.goto(f"{home}/my-work")
    owner.task(Step.SEAL_RESERVE, sale.code).click()
    inspector.look(owner.page, "owner")
    keep(owner.page, "seal-reserve")
    refused(owner, "十三万")
    owner.page.locator("[data-part=sheet] [name=amount]").fill("131，357.79")
    with owner.page.expect_download() as key, owner.page.expect_navigation():
        owner.page.locator("[data-part=seal]").click()
    header = json.loads(owner.page.locator("main [name=envelope]").input_value())["header"]
    check_key(header, read_bid_key(Path(key.value.path()).read_bytes()))
    keep(owner.page, "seal-reserve-check")
    owner.confirm(Step.SEAL_RESERVE)
    assert not spoken(sent, RESERVE) and len(sent) > 5


def sealed_final(browser: Browser, home: str, trade: Trade, inspector: Inspector, folder: Path) -> None:
    """One supplier seals in the browser, another on the command line; a late change of mind replaces the first."""
    one = Person(browser, home, "bidder1")
    sent = listening(one)
    for typed in ("999,999", OFFERS["bidder1"]):
        one.press(Step.SUBMIT_FINAL_OFFER, trade.code)
        one.page.locator("[data-part=sheet] [name=amount]").fill(typed)
        keep(one.page, "seal-final")
        with one.page.expect_navigation():
            one.page.locator("[data-part=seal]").click()
        one.receive(Step.SUBMIT_FINAL_OFFER)
    assert not spoken(sent, OFFERS["bidder1"])
    two = Person(browser, home, "bidder2")
    two.press(Step.SUBMIT_FINAL_OFFER, trade.code)
    two.page.locator("details.offline > summary").click()
    inspector.look(two.page, "bidder2")
    two.page.set_input_files("[data-part=file]", apart(lambda: by_command(trade, folder)))
    with two.page.expect_navigation():
        two.page.locator("[data-part=hand-in]").click()
    two.receive(Step.SUBMIT_FINAL_OFFER)


def by_command(trade: Trade, folder: Path) -> Path:
    """The envelope that ``trading seal-amount`` makes of what the page gave to download."""
    place = client_as(trade.app, trade.people["bidder2"]).get(f"/api/v1/lots/{trade.code}/final-sealing")
    (folder / "place.json").write_bytes(place.get_data())
    told = ["--place", str(folder / "place.json"), "-o", str(folder / "envelope.json")]
    done = CliRunner().invoke(seal_amount, told, input=OFFERS["bidder2"] + "\n")
    assert done.exit_code == 0, done.output
    assert OFFERS["bidder2"] not in (folder / "envelope.json").read_text("utf-8")
    return folder / "envelope.json"


def final_amounts(trade: Trade) -> dict[str, Decimal | None]:
    """What the opened final offers said."""
    with trade.app.app_context():
        found = db.session.scalars(select(FinalOffer).where(FinalOffer.current))
        by_home = {one.organization_id: one.amount for one in found}
    return {login: by_home.get(trade.people[login].organization_id) for login in OFFERS}


def test_a_reserve_and_final_offers_are_sealed_in_the_browser_and_opened_by_shares(app: Flask, tmp_path: Path) -> None:
    sale = on_sale(app)
    inspector = Inspector()
    with served(app) as home, launched() as browser:
        sealed_reserve(browser, home, sale, inspector)
        assert kept(app, RESERVE) == []
        apart(sale.begin)
        apart(lambda: sale.offer("bidder1", "132000"))
        apart(sale.end)
        hand_in_shares(browser, home, sale, Step.OPEN_RESERVE, 1, inspector)
        assert apart(sale.deal) == (311, Decimal(132000))
        assert kept(app, RESERVE)
        talks = apart(lambda: called(app))
        sealed_final(browser, home, talks, inspector, tmp_path)
        assert [kept(app, amount) for amount in OFFERS.values()] == [[], []]
        apart(lambda: talks.clock.advance(timedelta(hours=1)))
        hand_in_shares(browser, home, talks, Step.OPEN_FINAL_OFFERS, 2, inspector)
        assert apart(lambda: final_amounts(talks)) == {login: Decimal(one) for login, one in OFFERS.items()}
    assert not inspector.wrong, json.dumps(inspector.wrong, ensure_ascii=False, indent=1)
