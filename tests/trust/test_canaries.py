"""Nothing is read before its time 开标前保密: planted prices and names are looked for wherever anybody could look."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, offer, people
from tests.phases.draws import drawn, invited
from tests.phases.papers import paper
from tests.trust.canaries import (
    BIDDERS,
    CONTENT,
    FILE,
    MANAGER,
    PRICES,
    addresses,
    everything_kept,
    files_below,
    hits,
    named,
    needles,
    price_words,
    text_of,
)
from trading.codelists import Role, Status
from trading.database import db, transaction
from trading.ledger.log import entries_of
from trading.models import Draw, LedgerEntry, Organization, User
from trading.web import access

pytestmark = pytest.mark.slow

WORDS = needles([*price_words(), MANAGER, FILE, CONTENT])
NAMES = needles(BIDDERS.values())
EVERYBODY = (
    None, "owner", "owner2", "agency", "centre", "supervisor", "authority", "oversight", "bank", "opening_officer",
    "notary", "administrator", "bidder1", "bidder4", "expert1",
)  # fmt: skip
SIZES = [
    pytest.param(1, id="small"),
    pytest.param(len(EVERYBODY), id="full", marks=pytest.mark.heavy),
]
KNOWS_NAMES = {
    "bank": "the bank sees who pays a bond into its account",
    "administrator": "keeps the register of all organisations",
}


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where everything temporary of this test lands, that of its printing process too, which lives no longer."""
    place = tmp_path / "temporary"
    place.mkdir()
    printer = app.extensions["printer"]
    printer.close()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    yield place
    printer.close()


def planted(app: Flask, status: Status) -> Trade:
    """A lot with three bids whose prices, manager, files and bidders are canaries."""
    persons = people(app)
    with app.app_context(), transaction(db.session):
        for login, name in BIDDERS.items():
            db.session.get_one(Organization, persons[login].organization_id).name = name
    trade = a_lot(app, persons)
    for login, price in zip(BIDDERS, PRICES, strict=True):
        file = paper(f"{FILE}.pdf", b"%PDF-1.4\n" + CONTENT.encode())
        trade.step(login, "submit-bid", offer(price, manager=MANAGER, files=[file]))
    if status is Status.BID_CLOSED:
        trade.clock.set(trade.deadline())
        trade.tick()
    return trade


def callers(app: Flask, endpoint: str, most: int) -> list[str | None]:
    """Who asks: all, or so many of those who may and as many of those who may not, others for other endpoints."""
    roles = {login: people_role(login) for login in EVERYBODY if login}
    may = access.callers(app, endpoint)
    turn = sum(endpoint.encode()) % len(EVERYBODY)
    turned = EVERYBODY[turn:] + EVERYBODY[:turn]
    inside = [one for one in turned if not may or (one is not None and roles[one] in may)]
    outside = [one for one in turned if one not in inside]
    return inside[:most] + outside[:most]


def people_role(login: str) -> Role:
    """The role of a person of the tests."""
    plain = login.rstrip("0123456789")
    return Role(plain)


def crawl(trade: Trade, method: str, most: int, about: str = "") -> tuple[int, dict[str, list[str]]]:
    """Ask everything as many people; returns how many answers were read, and where a canary sang.

    Arguments:
        most: as :func:`callers`, and so many ids for each parameter.
        about: only addresses in which this stands.
    """
    asked, found = 0, dict[str, list[str]]()
    clients: dict[str | None, User | None] = {None: None} | dict(trade.people)
    for endpoint, address in addresses(trade.app, method, most):
        if about not in address:
            continue
        for who in callers(trade.app, endpoint, most):
            with trade.app.app_context():
                user = db.session.get(User, clients[who].id) if clients[who] else None
            body = {"json": {}} if method != "GET" else {}
            answer = client_as(trade.app, user).open(address, method=method, **body)
            assert answer.status_code < 500, f"{method} {address} as {who}: {answer.status_code}"
            asked += 1
            heard = text_of(answer)
            sung = hits(heard, WORDS)
            about_the_lot = trade.code in address or "/lots" in address
            if about_the_lot and who not in (*BIDDERS, *KNOWS_NAMES):
                sung += hits(heard, NAMES)
            if sung:
                found[f"{method} {address} as {who}: {answer.status_code}"] = sung
    return asked, found


@pytest.mark.parametrize("most", SIZES)
@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.BID_CLOSED])
def test_no_price_and_no_bidder_is_to_be_read_before_the_opening(
    app: Flask, folder: Path, capfd: pytest.CaptureFixture[str], status: Status, most: int
) -> None:
    trade = planted(app, status)
    asked, found = crawl(trade, "GET", most)
    more, sung = crawl(trade, "POST", most)
    written = capfd.readouterr()
    found |= sung
    kept = {"database": everything_kept(app), "log": (written.out + written.err).encode()}
    kept |= {str(path): data for path, data in files_below(Path(app.config["TRADING_DATA_DIR"]).parent, folder)}
    found |= {where: heard for where, data in kept.items() if (heard := hits(data, WORDS))}
    assert found == {}, named(found)
    with capfd.disabled():
        print(f"{asked + more} answers, {len(kept)} files and the database read: 0 canaries")


def test_the_canaries_sing_when_the_bids_are_open(app: Flask) -> None:
    """The search finds what is there to be found: the same words, after the opening."""
    trade = planted(app, Status.BID_CLOSED)
    trade.step("owner", "open-bids")
    _asked, found = crawl(trade, "GET", 1, f"/lots/{trade.code}")
    heard = {word for words in found.values() for word in words}
    assert {PRICES[0], MANAGER, *BIDDERS.values()} <= heard | {one.replace(",", "") for one in heard}
    assert hits(everything_kept(app), WORDS)


@pytest.mark.parametrize("most", SIZES)
def test_no_drawn_expert_is_named_to_others_before_the_award(app: Flask, folder: Path, most: int) -> None:
    """Who was drawn: a page that names seated experts and not the rest of the pool would tell it."""
    trade = drawn(app)
    seated = set(invited(trade))
    with app.app_context():
        experts = {user.login: user.name for user in db.session.scalars(select(User).where(User.role == Role.EXPERT))}
    chosen = needles(f"{experts[login]}<" for login in seated) + needles(f'"{experts[login]}"' for login in seated)
    others = needles(f"{name}<" for login, name in experts.items() if login not in seated)
    found, asked = {}, 0
    for endpoint, address in addresses(app, "GET", 1):
        if endpoint == "admin.account":  # one account's own page names its one holder, drawn or not
            continue
        for who in callers(app, endpoint, most):
            if who in seated:
                continue
            answer = client_as(app, trade.people[who] if who else None).get(address)
            heard, asked = text_of(answer), asked + 1
            if hits(heard, chosen) and not hits(heard, others):
                found[f"{address} as {who}"] = hits(heard, chosen)
    assert found == {}, named(found)
    own = client_as(app, trade.people[min(seated)]).get(f"/lots/{trade.code}", follow_redirects=True)
    assert hits(text_of(own), needles([experts[min(seated)]])), "the search finds a name that is there"
    words = needles(experts[login] for login in seated)
    kept = [entry.body or "" for entry in entries_for(app, trade.code)]
    assert not hits("".join(kept).encode(), words)
    assert not hits(repr(draws_kept(app)).encode(), words)
    print(f"{asked} answers read after the draw: no expert named")


def entries_for(app: Flask, code: str) -> list[LedgerEntry]:
    """The lot's chain."""
    with app.app_context():
        return entries_of(db.session, code)


def draws_kept(app: Flask) -> list[tuple[object, ...]]:
    """The draws as the database keeps them."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(Draw.__table__))]
