"""Prequalification and first stage 资格预审与两阶段: sealed until the deadline, decided with reasons, binding."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, announcement, client_as, offer
from tests.phases import variants
from tests.phases.papers import PDF, paper
from trading.app import lend
from trading.beijing import law_date
from trading.clock import StoppedClock
from trading.codelists import Status
from trading.database import db
from trading.models import Document, ForeApplication, Message, Preliminary

OFFERS = {"bidder1": {"total": "4700000"}, "bidder2": {"total": "4800000"}, "bidder3": {"total": "4900000"}}


@pytest.fixture
def announced(app: Flask) -> Trade:
    """A works lot whose prequalification is announced."""
    trade = variants.fixed(app)
    trade.step("owner", "announce-prequalification", variants.round_notice(trade.clock.now()))
    return trade


def apply(trade: Trade, number: int, status: int = 200) -> dict[str, Any]:
    """A bidder applies."""
    files = {"files": [paper(f"application{number}.pdf")]}
    return trade.step(f"bidder{number}", "apply-for-prequalification", files, status)


def test_the_public_sees_notice_and_documents_and_a_bidder_applies(announced: Trade) -> None:
    client = client_as(announced.app, None)
    assert "资格预审公告" in client.get(f"/lots/{announced.code}").text
    with announced.app.app_context():
        query = select(Document.id, Document.kind).where(Document.public)
        ids = {kind.value: id_ for id_, kind in db.session.execute(query)}
    assert client.get(f"/lots/{announced.code}/documents/{ids['prequalification']}").status_code == 200
    assert client.get(f"/lots/{announced.code}/documents/{ids['tender_document']}").status_code == 404
    assert apply(announced, 1)["facts"]["sha256"]


def test_an_application_is_unreadable_in_the_store_and_to_everybody_before_the_deadline(announced: Trade) -> None:
    apply(announced, 1)
    with announced.app.app_context():
        row = db.session.scalars(select(ForeApplication)).one()
        box = announced.app.extensions["tools"].files.get(row.files[0]["box"])
    assert PDF not in box
    for who in ("owner", "agency", "expert1"):
        client = client_as(announced.app, announced.people[who])
        assert client.get(f"/api/v1/lots/{announced.code}/applications").status_code in (403, 404)
    for who in (None, "owner", "bidder2", "supervisor"):
        client = client_as(announced.app, announced.people[who] if who else None)
        assert "第1建设有限公司" not in client.get(f"/lots/{announced.code}").text
    announced.step("owner", "close-preliminary", status=422)


def test_who_applies_again_replaces_and_who_withdraws_is_out(announced: Trade) -> None:
    apply(announced, 1)
    apply(announced, 1)
    apply(announced, 2)
    announced.step("bidder2", "withdraw-preliminary")
    with announced.app.app_context():
        assert len(db.session.scalars(select(ForeApplication).where(ForeApplication.current)).all()) == 1
    assert announced.step("bidder2", "withdraw-preliminary", status=422)["reason"] == "nothing_to_withdraw"


def test_an_application_at_the_deadline_is_late(announced: Trade) -> None:
    with announced.app.app_context():
        until = db.session.scalars(select(Preliminary.until)).one()
    announced.clock.set(until - timedelta(seconds=1))
    apply(announced, 1)
    announced.clock.set(until)
    assert apply(announced, 2, 422)["reason"] == "late"


@pytest.mark.parametrize(("days_before", "moves"), [(3, False), (2, True)])
def test_a_change_leaves_three_days_or_moves_the_deadline(announced: Trade, days_before: int, moves: bool) -> None:
    with announced.app.app_context():
        until = db.session.scalars(select(Preliminary.until)).one()
    announced.clock.set(until - timedelta(days=days_before))
    announced.step("owner", "change-preliminary", {"text": "业绩要求调整", "affects_preparation": True})
    with announced.app.app_context():
        after = db.session.scalars(select(Preliminary.until)).one()
    assert (after > until) is moves
    assert law_date(after) >= law_date(announced.clock.now()) + timedelta(days=3)


def test_fewer_than_three_applicants_and_the_lot_fails(app: Flask) -> None:
    trade = variants.fixed(app)
    trade.step("owner", "announce-prequalification", variants.round_notice(trade.clock.now()))
    variants.closed_round(trade, "apply-for-prequalification", (1, 2))
    with app.app_context():
        lot = trade.lot()
        assert (lot.status, lot.failure_ground) == (Status.FAILED, "few_prequalified")
    assert trade.step("owner", "retender", {"remedy": "放宽业绩要求"})["facts"]["code"].endswith("-R2")


def test_fewer_than_three_pass_and_the_lot_fails_and_each_knows_why(app: Flask) -> None:
    trade = variants.fixed(app)
    variants.prequalified(trade, (1, 2, 3), failing=(3,))
    with app.app_context():
        assert trade.lot().status is Status.FAILED
        third = trade.people["bidder3"].organization_id
        query = select(Message.text_zh).where(Message.organization_id == third, Message.subject_zh.contains("结果"))
        assert "资质不符" in db.session.scalars(query).one()


def test_the_examiners_are_drawn_where_the_law_wants_it_and_the_order_can_be_had_again(app: Flask) -> None:
    trade = variants.fixed(app)
    trade.step("owner", "announce-prequalification", variants.round_notice(trade.clock.now()))
    variants.closed_round(trade, "apply-for-prequalification", (1, 2, 3))
    own = {"representatives": [trade.people["owner2"].id], "experts": 0}
    assert "experts" in trade.step("owner", "seat-examiners", own, 400)["fields"]
    few = own | {"representatives": [trade.people["owner"].id, trade.people["owner2"].id], "experts": 3}
    dice = {"dice": variants.DICE, "specialties": ["A0104"]}
    assert "experts" in trade.step("owner", "seat-examiners", few | dice, 400)["fields"]
    first = variants.examiners(trade)
    assert len(first) == 5 and "owner2" in first


def test_nobody_announces_the_tender_before_the_results_and_only_who_passed_bids(app: Flask) -> None:
    trade = variants.fixed(app)
    trade.step("owner", "announce-prequalification", variants.round_notice(trade.clock.now()))
    assert trade.step("owner", "announce", announcement(trade.clock.now()), 422)["reason"] == "round_open"
    variants.closed_round(trade, "apply-for-prequalification", (1, 2, 3, 4))
    variants.examined(trade, (4,))
    assert trade.step("bidder1", "apply-for-prequalification", {"files": [paper()]}, 422)["reason"] == "late"
    trade.step("owner", "conclude-prequalification")
    variants.publish(trade)
    assert trade.step("bidder4", "submit-bid", offer("4000000"), 422)["reason"] == "not_prequalification"
    assert trade.step("bidder5", "submit-bid", offer("4000000"), 422)["reason"] == "not_prequalification"
    trade.step("bidder1", "submit-bid", offer("4700000"))


@pytest.mark.both_databases
def test_a_prequalified_lot_walks_to_its_archive_and_a_stranger_verifies_it(
    app: Flask, clock: StoppedClock, tmp_path: Path, capsys: Any
) -> None:
    app.config["TRADING_WITNESS"] = "demonstration"
    lend(app, clock)
    trade = variants.fixed(app)
    variants.prequalified(trade)
    variants.publish(trade)
    variants.walked(trade, OFFERS)
    assert variants.verified(trade, tmp_path) == 0, capsys.readouterr().out


def test_a_proposal_with_a_price_is_refused_and_only_who_proposed_bids(app: Flask) -> None:
    trade = variants.fixed(app)
    trade.step("owner", "announce-first-stage", variants.round_notice(trade.clock.now()))
    priced = {"files": [paper()], "states_price": True}
    assert "states_price" in trade.step("bidder1", "propose-technically", priced, 400)["fields"]
    variants.closed_round(trade, "propose-technically", (1, 2, 3), states_price=False)
    trade.step("owner", "conclude-first-stage", {"revision": "统一为球墨铸铁管", "tender_document": [paper("2.pdf")]})
    variants.publish(trade)
    assert trade.step("bidder4", "submit-bid", offer("4000000"), 422)["reason"] == "not_first_stage"


def test_a_tender_of_two_stages_walks_to_its_archive(app: Flask) -> None:
    trade = variants.fixed(app)
    variants.first_stage(trade)
    variants.publish(trade)
    variants.walked(trade, OFFERS)
    with app.app_context():
        assert trade.lot().status is Status.ARCHIVED
