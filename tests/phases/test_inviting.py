"""Invited tender 邀请招标: only the invited see the documents and bid; who they are is sealed until the opening."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, announcement, client_as, offer
from tests.phases import variants
from trading.app import lend
from trading.clock import StoppedClock
from trading.codelists import Status
from trading.database import db
from trading.models import Document, Message, Notice

OFFERS = {"bidder1": {"total": "4700000"}, "bidder2": {"total": "4800000"}, "bidder3": {"total": "4900000"}}


@pytest.fixture
def named(app: Flask) -> Trade:
    """A works lot with three invitees, published."""
    trade = variants.to_invite(app)
    variants.name_invitees(trade, 1, 2, 3)
    variants.publish(trade)
    return trade


def test_without_three_invitees_no_notice_goes_out(app: Flask) -> None:
    trade = variants.to_invite(app)
    refused = trade.step("owner", "announce", announcement(trade.clock.now()), 422)
    assert "R04.C3" in str(refused)
    variants.name_invitees(trade, 1, 2)
    assert "R04.C3" in str(trade.step("owner", "announce", announcement(trade.clock.now()), 422))
    variants.name_invitees(trade, 1, 2, 3)
    assert trade.step("owner", "announce", announcement(trade.clock.now()))["status"] == "published"


def test_each_invitee_gets_a_letter_of_his_own_and_nobody_else_one(named: Trade) -> None:
    with named.app.app_context():
        query = select(Message).where(Message.subject_zh == "投标邀请书")
        told = {one.organization_id for one in db.session.scalars(query)}
        texts = {one.text_zh for one in db.session.scalars(query)}
    assert told == {named.people[f"bidder{number}"].organization_id for number in (1, 2, 3)}
    assert not any(f"第{number}建设有限公司" in text for text in texts for number in range(1, 6))


def test_an_outsider_gets_no_document_and_bids_in_vain(named: Trade) -> None:
    with named.app.app_context():
        document = db.session.scalars(select(Document.id).where(Document.public)).first()
    path = f"/lots/{named.code}/documents/{document}"
    assert client_as(named.app, named.people["bidder1"]).get(path).status_code == 200
    assert client_as(named.app, named.people["bidder4"]).get(path).status_code == 404
    assert client_as(named.app, None).get(path).status_code == 404
    assert named.send(None, f"/lots/{named.code}/holders", {"contact": "a@b.cn"}, 422)["reason"] == "not_invited"
    assert named.step("bidder4", "submit-bid", offer("4000000"), 422)["reason"] == "not_invited"
    assert named.step("bidder4", "ask", {"text": "为何不邀请我"}, 422)["reason"] == "not_invited"


@pytest.mark.parametrize("who", [None, "bidder1", "bidder4", "supervisor"])
def test_who_is_invited_stands_nowhere_before_the_opening(named: Trade, who: str | None) -> None:
    client = client_as(named.app, named.people[who] if who else None)
    for path in (f"/lots/{named.code}", f"/api/v1/lots/{named.code}", f"/lots/{named.code}/record"):
        page = client.get(path, follow_redirects=True).text.replace("巴东县", "")
        others = [number for number in (1, 2, 3) if who != f"bidder{number}"]
        assert not any(f"第{number}建设有限公司" in page for number in others), path


def test_the_opening_tells_the_list_and_its_salt(named: Trade) -> None:
    variants.opened(named, OFFERS)
    with named.app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == "opening")).one()
    assert notice.facts["invitees"] == [f"第{number}建设有限公司" for number in (1, 2, 3)]


@pytest.mark.both_databases
def test_an_invited_lot_walks_to_its_archive_and_a_stranger_verifies_it(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = variants.to_invite(app)
    variants.name_invitees(trade, 1, 2, 3)
    variants.publish(trade)
    variants.walked(trade, OFFERS)
    with app.app_context():
        assert trade.lot().status is Status.ARCHIVED
    assert variants.verified(trade, tmp_path) == 0, capsys.readouterr().out
