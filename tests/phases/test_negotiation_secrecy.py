"""What nobody may learn of a negotiation before its time 谈判保密, and what is refused clearly and changes nothing."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import Trade, client_as
from tests.phases import negotiations as n
from tests.phases import variants
from trading.app import lend
from trading.clock import StoppedClock
from trading.codelists import Method, ProjectType
from trading.database import db
from trading.models import FinalOffer, LedgerEntry, Lot, Member, Organization, Talk
from trading.sealing import ptbid
from trading.sealing.amounts import content_of

FIRST = {"bidder1": "913571", "bidder2": "897531", "bidder3": "951357"}
FINAL = {"bidder1": "861357", "bidder2": "873571", "bidder3": "941357"}
LOT_PAGES = ("", "/record", "/papers", "/receipt", "/supervision")
PUBLIC = ("/", "/lots", "/notices", "/feed.atom", "/statistics", "/ledger/entries", "/my-work", "/statistics/draws")
OUTSIDERS = (None, "bidder5", "bidder2")


@pytest.fixture
def trade(app: Flask) -> Trade:
    """A negotiation whose notice is out."""
    return n.published(app, ProjectType.GPN, Method.NEGOTIATION)


def read_by(trade: Trade, who: str | None) -> str:
    """Everything a reader finds: the public pages, the lot's own, and what these link to of the lot and its notices."""
    client = client_as(trade.app, trade.people[who] if who else None)
    paths = [*PUBLIC, *(f"/lots/{trade.code}{page}" for page in LOT_PAGES), f"/api/v1/lots/{trade.code}"]
    seen: set[str] = set()
    found = ""
    while paths:
        path = paths.pop()
        if path in seen:
            continue
        seen.add(path)
        text = client.get(path).text
        found += text
        links = re.findall(rf'href="(/notices/[^"#?]*|/lots/{trade.code}/papers/[^"#?.]*)"', text)
        paths += links
    return found


def secrets_of(trade: Trade, but: str | None) -> set[str]:
    """Names and codes of the suppliers, and what they offered, as pages write it; those of ``but`` are his own."""
    own = trade.people[but].organization_id if but else None
    with trade.app.app_context():
        homes = {login: trade.people[login].organization_id for login in FIRST}
        rows = db.session.scalars(select(Organization).where(Organization.id.in_(homes.values()))).all()
        found = {word for one in rows if one.id != own for word in (one.name, one.uscc)}
    amounts = [offers[login] for offers in (FIRST, FINAL) for login in offers if homes[login] != own]
    return found | {word for one in amounts for word in (one, f"{int(one):,}")}


def leaks(trade: Trade) -> set[tuple[str | None, str]]:
    """What outsiders and a competitor read that they may not."""
    told = {who: read_by(trade, who) for who in OUTSIDERS}
    return {(who, word) for who, text in told.items() for word in secrets_of(trade, who) if word in text}


def names_of_group(trade: Trade) -> set[str]:
    """The names of the group."""
    with trade.app.app_context():
        return set(db.session.scalars(select(Member.name).where(Member.lot_id == trade.lot().id)))


def test_suppliers_offers_and_the_group_are_told_nowhere_before_the_result(trade: Trade) -> None:
    n.opened(trade, FIRST)
    assert not leaks(trade)
    members = n.seated(trade)
    group = names_of_group(trade)
    n.final(trade, members[0], FINAL)
    assert not leaks(trade)
    n.evaluated(trade, members)
    assert not leaks(trade)
    assert group and not [name for who in OUTSIDERS for name in group if name in read_by(trade, who)]
    n.awarded(trade)
    text = read_by(trade, None)
    assert "861,357" in text or "861357" in text
    assert all(name in text for name in group)


def changed(trade: Trade) -> tuple[int, int, int]:
    """What a refused step must leave as it was: offers, talks, the version of the lot."""
    with trade.app.app_context():
        offers = db.session.scalar(select(func.count()).select_from(FinalOffer)) or 0
        talks = db.session.scalar(select(func.count()).select_from(Talk)) or 0
        return offers, talks, db.session.scalars(select(Lot.version)).one()


def sealed(trade: Trade, who: str, **wrong: Any) -> dict[str, Any]:
    """An envelope of a supplier, with what is ``wrong`` about it."""
    place = client_as(trade.app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/final-sealing").get_json()
    place |= wrong
    made = ptbid.seal_secret(
        place["tender"], place["part"], place["bidder"], place["groups"], content_of(Decimal(FINAL[who]))
    )
    return {"envelope": {"header": made.header, "ciphertext": base64.b64encode(made.ciphertext).decode()}}


@pytest.fixture
def talking(trade: Trade) -> tuple[Trade, str]:
    """A negotiation whose group sits, and its chair."""
    n.opened(trade, FIRST)
    return trade, n.seated(trade)[0]


def test_no_final_offers_before_every_supplier_was_talked_with_and_has_confirmed(talking: tuple[Trade, str]) -> None:
    trade, chair = talking
    ends = {"deadline": "2026-12-01T10:00:00"}
    assert trade.step(chair, "call-final-offers", ends, 422)["reason"] == "talks_open"
    home = trade.people["bidder1"].organization_id
    trade.step(chair, "hold-talk", {"supplier": home, "round": 1, "text": "就价格谈判"})
    assert trade.step(chair, "call-final-offers", ends, 422)["reason"] == "talks_open"
    with trade.app.app_context():
        talk = db.session.scalars(select(Talk.id)).one()
    trade.step("bidder2", f"confirm-talk/{talk}", {"agreed": True}, 404)
    before = changed(trade)
    trade.step("bidder5", f"confirm-talk/{talk}", {"agreed": True}, 403)
    assert changed(trade) == before


def test_a_stranger_s_talk_and_one_confirmed_are_refused(talking: tuple[Trade, str]) -> None:
    trade, chair = talking
    stranger = {"supplier": trade.people["bidder5"].organization_id, "round": 1, "text": "谈判"}
    trade.step(chair, "hold-talk", stranger, 400)
    n.talked(trade, chair, ("bidder1",))
    again = {"supplier": trade.people["bidder1"].organization_id, "round": 1, "text": "另一份记录"}
    assert trade.step(chair, "hold-talk", again, 422)["reason"] == "confirmed"


def test_final_offers_late_twice_or_sealed_for_another_are_refused(talking: tuple[Trade, str]) -> None:
    trade, chair = talking
    n.talked(trade, chair, trade.bidders)
    n.called(trade, chair)
    body = sealed(trade, "bidder1")
    trade.step("bidder1", "submit-final-offer", body)
    before = changed(trade)
    assert trade.step("bidder1", "submit-final-offer", body, 422)["reason"] == "same"
    trade.step("bidder5", "submit-final-offer", body, 403)
    trade.step("bidder2", "submit-final-offer", sealed(trade, "bidder2", part="whole"), 400)
    trade.step("bidder2", "submit-final-offer", sealed(trade, "bidder2", tender="BD-2026-9999-01"), 400)
    broken = sealed(trade, "bidder2")
    broken["envelope"]["ciphertext"] = base64.b64encode(b"x" * 40).decode()
    trade.step("bidder2", "submit-final-offer", broken, 400)
    late = sealed(trade, "bidder2")
    trade.clock.advance(timedelta(hours=1))
    assert trade.step("bidder2", "submit-final-offer", late, 422)["reason"] == "late"
    assert changed(trade) == before


def test_officers_get_nothing_before_the_hour_and_open_once(talking: tuple[Trade, str]) -> None:
    trade, chair = talking
    n.talked(trade, chair, trade.bidders)
    n.called(trade, chair)
    n.seal_final(trade, "bidder1", "861357")
    officer = client_as(trade.app, trade.people[n.OFFICERS[0]])
    assert officer.get(f"/api/v1/lots/{trade.code}/final-bundle").status_code == 422
    stranger = client_as(trade.app, trade.people["bidder2"])
    assert stranger.get(f"/api/v1/lots/{trade.code}/final-bundle").status_code in (403, 404)
    trade.clock.advance(timedelta(hours=1))
    n.open_finals(trade)
    assert officer.get(f"/api/v1/lots/{trade.code}/final-bundle").status_code == 422


def test_who_gives_no_final_offer_is_out_and_the_record_says_why(talking: tuple[Trade, str]) -> None:
    trade, chair = talking
    n.talked(trade, chair, trade.bidders)
    n.called(trade, chair)
    trade.step("bidder3", "leave-negotiation", {"reason": "成本上升"})
    assert trade.step("bidder3", "leave-negotiation", {"reason": "成本上升"}, 422)["reason"] == "left"
    assert trade.step("bidder3", "submit-final-offer", sealed(trade, "bidder3"), 422)["reason"] == "not_taking_part"
    for login in ("bidder1", "bidder2"):
        n.seal_final(trade, login, FINAL[login])
    trade.clock.advance(timedelta(hours=1))
    n.open_finals(trade)
    with trade.app.app_context():
        kinds = db.session.scalars(select(LedgerEntry.kind)).all()
    assert kinds.count("evaluation.bid_rejected") == 1


def test_a_stranger_verifies_the_evidence_of_a_negotiated_lot(
    app: Flask, clock: StoppedClock, tmp_path: Path
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = n.published(app, ProjectType.GPN, Method.NEGOTIATION)
    n.opened(trade, FIRST)
    members = n.seated(trade)
    n.final(trade, members[0], FINAL)
    n.evaluated(trade, members)
    n.awarded(trade)
    n.archived(trade, "861357")
    trade.tick()
    assert variants.verified(trade, tmp_path) == 0
