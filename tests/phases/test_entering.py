"""Who is let in to bid 竞买报名与资格审查: under seal, on closed grounds alone, paddles that tell nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as
from tests.phases.papers import paper
from tests.phases.sales import Sale, disposal, open_to_bid
from trading.codelists import FailureGround, Method, ProjectType, Status
from trading.database import db, transaction
from trading.ledger.log import entries_of
from trading.models import Affiliation, BankLine, Entrant, Lot, Organization, TenderTerms
from trading.phases.process_supervision.bids.entering import PADDLES


@pytest.fixture
def sale(app: Flask) -> Sale:
    """A village lease by net bidding, announced."""
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    trade.announce()
    return trade


def member(trade: Sale, number: int) -> dict[str, Any]:
    """A bidder as a member of somebody's consortium."""
    home = trade.people[f"bidder{number}"].organization_id
    with trade.app.app_context():
        found = db.session.get_one(Organization, home)
        return {"name": found.name, "uscc": found.uscc}


def row_of(trade: Sale, who: str) -> Entrant:
    """The application as it is kept."""
    with trade.app.app_context():
        query = select(Entrant).where(Entrant.organization_id == trade.people[who].organization_id)
        return db.session.scalars(query).unique().one()


def admit_consortiums(trade: Sale) -> None:
    """Let the documents admit them."""
    with trade.app.app_context(), transaction(db.session):
        for one in db.session.scalars(select(TenderTerms)):
            one.consortium_allowed = True


def test_an_application_is_seen_by_the_seller_alone_and_changes_no_version(sale: Sale) -> None:
    with sale.app.app_context():
        version = sale.lot().version
    sale.apply("bidder1", files=[paper("licence.pdf")])
    with sale.app.app_context():
        assert sale.lot().version == version
    assert list(sale.applications()) == ["第1建设有限公司"]
    subject = sale.applications()["第1建设有限公司"]
    own = client_as(sale.app, sale.people["owner"])
    digest = row_of(sale, "bidder1").papers[0]["sha256"]
    assert own.get(f"/lots/{sale.code}/entrants/{subject}/papers/{digest}").status_code == 200
    assert "第1建设有限公司" in own.get(f"/lots/{sale.code}/entrants").text
    for who in ("centre", "supervisor", "oversight", "authority", "bank", "agency", "bidder2", None):
        client = client_as(sale.app, sale.people[who] if who else None)
        for path in ("", "/entrants", f"/decide-entrant/{subject}", f"/entrants/{subject}/papers/{digest}", "/record"):
            told = client.get(f"/lots/{sale.code}{path}").text
            assert "第1建设有限公司" not in told and (subject in path or subject not in told), (who, path)
    told = client_as(sale.app, sale.people["centre"]).get(f"/api/v1/lots/{sale.code}").text
    assert "apply_to_bid" not in told


def test_an_affiliate_of_the_owner_is_refused_and_nothing_moves(sale: Sale) -> None:
    with sale.app.app_context(), transaction(db.session):
        owner = sale.lot().project.owner.uscc
        home = sale.people["bidder1"].organization_id
        db.session.add(Affiliation(organization_id=home, related_uscc=owner, kind="holding"))
    assert sale.apply("bidder1", 422)["reason"] == "related"
    admit_consortiums(sale)
    assert sale.apply("bidder2", 422, members=[member(sale, 1)])["reason"] == "related"
    assert sale.applications() == {}


def test_a_consortium_member_does_not_apply_alone_and_nobody_is_named_twice(sale: Sale) -> None:
    assert "members" in sale.apply("bidder1", 400, members=[member(sale, 2)])["fields"]
    admit_consortiums(sale)
    assert "members" in sale.apply("bidder1", 400, members=[member(sale, 1)])["fields"]
    assert "members" in sale.apply("bidder1", 400, members=[member(sale, 2), member(sale, 2)])["fields"]
    sale.apply("bidder1", members=[member(sale, 2)])
    assert sale.apply("bidder2", 422)["reason"] == "in_two"
    assert sale.apply("bidder3", 422, members=[member(sale, 2)])["reason"] == "in_two"
    sale.apply("bidder3")
    assert sale.apply("bidder4", 422, members=[member(sale, 3)])["reason"] == "in_two"


def test_an_application_may_be_withdrawn_and_made_again_until_it_is_decided(sale: Sale) -> None:
    sale.apply("bidder1")
    sale.step("bidder1", "withdraw-application")
    assert sale.applications() == {} and row_of(sale, "bidder1").withdrawn_at is not None
    sale.apply("bidder1")
    sale.decide(1)
    assert sale.apply("bidder1", 422)["reason"] == "decided"
    assert sale.decide(1, 422)["reason"] == "decided"
    sale.step("bidder2", "withdraw-application", {}, 403)


def test_the_deposit_of_an_application_that_was_withdrawn_goes_back_at_once(sale: Sale) -> None:
    sale.apply("bidder1")
    sale.pay(1)
    with sale.app.app_context():
        line = db.session.scalars(select(BankLine.id)).one()
    sale.step("bank", f"refund-withdrawn/{line}", {}, 404)
    sale.step("bidder1", "withdraw-application")
    sale.step("bank", f"refund-withdrawn/{line}", {})
    with sale.app.app_context():
        assert db.session.scalars(select(BankLine.refunded_at)).one() == sale.clock.now()


def test_a_refusal_needs_a_ground_of_the_list_and_reasons(sale: Sale) -> None:
    sale.apply("bidder1")
    assert "ground" in sale.decide(1, 400, qualified=False)["fields"]
    assert "ground" in sale.decide(1, 400, qualified=False, ground="papers")["fields"]
    assert "ground" in sale.decide(1, 400, qualified=False, ground="unpaid", reason="未交")["fields"]
    assert "ground" in sale.decide(1, 400, ground="papers")["fields"]
    sale.decide(1, qualified=False, ground="conditions", reason="不符合公告第四条")
    assert sale.paddle("bidder1") is None and row_of(sale, "bidder1").qualified is False


def test_conditions_that_nobody_announced_refuse_no_buyer_of_state_assets(app: Flask) -> None:
    trade = disposal(app, ProjectType.SOE, Method.NET_BIDDING, terms={"qualification": "不限"})
    trade.announce()
    trade.apply("bidder1", insider=True)
    assert "ground" in trade.decide(1, 400, qualified=False, ground="conditions", reason="不够大")["fields"]
    assert "kept_out" in trade.decide(1, 400)["fields"]
    trade.decide(1, kept_out=True)


def test_a_right_of_priority_is_claimed_with_papers_and_decided_by_the_seller(sale: Sale) -> None:
    assert "files" in sale.apply("bidder1", 400, claims_priority=True)["fields"]
    sale.apply("bidder1", claims_priority=True, files=[paper("lease.pdf")])
    sale.decide(1, has_priority=True)
    sale.apply("bidder2")
    sale.decide(2, has_priority=True)
    assert row_of(sale, "bidder1").has_priority and not row_of(sale, "bidder2").has_priority


@pytest.mark.both_databases
def test_at_the_cut_off_whoever_paid_in_full_gets_a_paddle_and_nobody_else(sale: Sale) -> None:
    for number in (1, 2, 3, 4):
        sale.apply(f"bidder{number}")
    sale.pay(1, 2, 4)
    sale.pay(3, amount="9999.99")
    for number in (1, 2, 3):
        sale.decide(number)
    assert [sale.paddle(f"bidder{number}") for number in (1, 2, 3, 4)] == [None] * 4
    sale.until(sale.deadline())
    assert sale.standing() is Status.BID_CLOSED
    paddles = [sale.paddle(f"bidder{number}") for number in (1, 2)]
    assert len(set(paddles)) == 2 and all(one in PADDLES for one in paddles)
    assert sale.paddle("bidder3") is None and row_of(sale, "bidder3").decision_ground == "unpaid"
    assert sale.paddle("bidder4") is None
    sale.decide(4)
    assert sale.paddle("bidder4") in PADDLES
    assert sale.apply("bidder5", 409)["error"] == "WrongStatus"
    with sale.app.app_context():
        closed = [one for one in entries_of(db.session, sale.code) if one.kind == "tender.closed"]
        assert '"count":0' in closed[0].body


def test_an_application_at_the_cut_off_itself_is_too_late(sale: Sale) -> None:
    sale.clock.set(sale.deadline() - timedelta(microseconds=1))
    sale.apply("bidder1")
    sale.clock.set(sale.deadline())
    assert sale.apply("bidder2", 422)["reason"] == "applications_closed"
    sale.step("bidder1", "withdraw-application", {}, 422)


def test_a_disposal_that_nobody_may_enter_fails_by_the_clock_and_is_listed_again(sale: Sale) -> None:
    sale.apply("bidder1")
    sale.decide(1)
    sale.until(sale.deadline())
    with sale.app.app_context():
        lot = sale.lot()
        assert (lot.status, lot.failure_ground) == (Status.FAILED, FailureGround.NO_ENTRANT)
        assert "具备竞买资格" in (lot.ended_reason or "")
    again = sale.step("owner", "retender", {"remedy": "降低起始价重新公告"})["facts"]["code"]
    with sale.app.app_context():
        found = db.session.scalars(select(Lot).where(Lot.code == again)).one()
        assert found.attempt == 2 and found.previous_id is not None and found.status is Status.DRAFT


def test_an_undecided_application_with_its_money_keeps_the_bidding_from_beginning(app: Flask) -> None:
    trade = disposal(app, ProjectType.RURAL, Method.NET_BIDDING)
    open_to_bid(trade, (1, 2))
    trade.apply("bidder3")
    trade.pay(3)
    trade.until(trade.deadline())
    trade.until(trade.moment("bidding_at"))
    assert trade.standing() is Status.BID_CLOSED and "R13.C8" in trade.alarms()
    trade.decide(3)
    trade.tick()
    assert trade.standing() is Status.BIDDING
