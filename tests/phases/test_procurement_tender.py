"""Government procurement by tender 政府采购招标: its clocks, the draw of invitees, the buyer's check, the rooms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, announcement, client_as
from tests.phases import draws, variants
from tests.phases.preparing import prepared
from trading.beijing import law_date
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.experts.draw import tie_break
from trading.models import Bid, Document, Invitee, InviteeList, Notice
from trading.phases.process_supervision.notice.inviting import list_digest

OFFERS = {"bidder1": {"total": "900000"}, "bidder2": {"total": "950000"}, "bidder3": {"total": "980000"}}


@pytest.fixture
def fixed(app: Flask) -> Trade:
    """A procurement of goods whose open tender is fixed."""
    return prepared(app, ProjectType.GP, Method.OPEN_TENDER)


@pytest.fixture
def to_invite(app: Flask) -> Trade:
    """A procurement whose invited tender is fixed."""
    return prepared(app, ProjectType.GP, Method.INVITED_TENDER)


def times(trade: Trade, documents: int, deadline: int) -> dict[str, Any]:
    """A notice with the documents for so many days and the deadline after so many."""
    day = law_date(trade.clock.now())
    return announcement(
        trade.clock.now(), documents_until=f"{day + timedelta(days=documents)}T17:00:00",
        bid_deadline=f"{day + timedelta(days=deadline)}T09:30:00",
    )  # fmt: skip


def test_the_notice_keeps_the_clocks_of_order_87(fixed: Trade) -> None:
    assert "R07.C5" in str(fixed.step("owner", "announce", times(fixed, 3, 25), 422))
    assert "R07.C5" in str(fixed.step("owner", "announce", times(fixed, 10, 19), 422))
    assert fixed.step("owner", "announce", times(fixed, 10, 20))["status"] == "published"


def drawing(trade: Trade, numbers: tuple[int, ...], invites: int, status: int = 200) -> dict[str, Any]:
    """The buyer lists these bidders."""
    listed = {
        "source": "register", "suppliers": variants.usccs(trade, *numbers), "invites": invites, "reasons": "均合格",
    }  # fmt: skip
    return trade.step("owner", "list-suppliers", listed, status)


def test_nobody_is_named_in_procurement_and_two_watch_the_draw(to_invite: Trade) -> None:
    named = {"suppliers": variants.usccs(to_invite, 1, 2, 3), "reasons": "好"}
    to_invite.step("owner", "name-invitees", named, 422)
    drawing(to_invite, (1, 2, 3, 4, 5), 3)
    dice = {"dice": variants.DICE}
    to_invite.step("owner", "draw-invitees", dice)
    assert drawing(to_invite, (1, 2, 3), 3, 422)["reason"] == "drawn"
    assert to_invite.step("owner", "witness-invitees", dice, 422)["reason"] == "same_person"
    assert "dice" in to_invite.step("owner2", "witness-invitees", {"dice": "1" * 20}, 400)["fields"]
    assert "R04.C3" in str(to_invite.step("owner", "announce", announcement(to_invite.clock.now()), 422))
    to_invite.step("owner2", "witness-invitees", dice)
    refused = str(to_invite.step("owner", "announce", announcement(to_invite.clock.now()), 422))
    assert "R04.C3" in refused, "five listed are not twice three"


def test_the_draw_can_be_done_again_from_list_record_and_dice(app: Flask, to_invite: Trade) -> None:
    with app.app_context():
        db.session.rollback()
    drawing(to_invite, (1, 2, 3, 4, 5), 2)
    to_invite.step("owner", "draw-invitees", {"dice": variants.DICE})
    to_invite.step("owner2", "witness-invitees", {"dice": variants.DICE})
    with app.app_context():
        kept = db.session.scalars(select(InviteeList)).one()
        rows = db.session.scalars(select(Invitee)).unique().all()
        codes = [one.organization.uscc for one in rows]
        order = tie_break([to_invite.code.encode(), bytes.fromhex(kept.leaf or ""), variants.DICE.encode()], codes)
        assert {one.organization.uscc for one in rows if one.invited} == set(order[:2])
        assert list_digest(codes, kept.salt) == kept.digest


def test_the_documents_are_offered_for_longer_where_too_few_took_them(fixed: Trade) -> None:
    fixed.step("owner", "announce", times(fixed, 10, 30))
    until = {"documents_until": f"{law_date(fixed.clock.now()) + timedelta(days=18)}T17:00:00"}
    assert fixed.step("owner", "extend-documents", until, 422)["reason"] == "still_offered"
    fixed.clock.advance(timedelta(days=12))
    fixed.step("owner", "extend-documents", until)
    with fixed.app.app_context():
        assert "顺延公告" in "".join(db.session.scalars(select(Notice.title)))


def test_with_three_who_took_the_documents_nothing_is_extended(fixed: Trade) -> None:
    fixed.step("owner", "announce", times(fixed, 10, 30))
    with fixed.app.app_context():
        document = db.session.scalars(select(Document.id).where(Document.kind == "tender_document")).first()
    for number in (1, 2, 3):
        client = client_as(fixed.app, fixed.people[f"bidder{number}"])
        assert client.get(f"/lots/{fixed.code}/documents/{document}").status_code == 200
    fixed.clock.advance(timedelta(days=12))
    until = {"documents_until": f"{law_date(fixed.clock.now()) + timedelta(days=6)}T17:00:00"}
    assert fixed.step("owner", "extend-documents", until, 422)["reason"] == "enough_took"


def test_a_clarification_changes_neither_object_nor_qualification(fixed: Trade) -> None:
    fixed.step("owner", "announce", announcement(fixed.clock.now()))
    text = {"text": "数量增加一台", "affects_preparation": False}
    assert "R08.C5" in str(fixed.step("owner", "clarify", text | {"changes_object": True}, 422))
    fixed.step("owner", "clarify", text | {"changes_object": False})


def opened(trade: Trade) -> Trade:
    """The lot opened with three bids of two envelopes."""
    trade.step("owner", "announce", announcement(trade.clock.now()))
    variants.opened(trade, OFFERS, two=True, complex=False, wide_effect=False)
    return trade


@pytest.fixture
def two_envelopes(app: Flask) -> Trade:
    """A procurement of two envelopes, opened."""
    return opened(prepared(app, ProjectType.GP, Method.OPEN_TENDER, terms={"two_envelopes": True}))


def test_fewer_than_three_qualified_and_nothing_is_evaluated(two_envelopes: Trade) -> None:
    trade = two_envelopes
    assert "checks" in trade.step("owner", "check-qualification", {"checks": []}, 400)["fields"]
    assert trade.step("owner", "check-qualification", variants.checks(trade, 3))["facts"]["qualified"] == 2
    assert trade.step("owner", "check-qualification", variants.checks(trade), 422)["reason"] == "checked"
    for login, step in (("centre", "exclude-experts"), ("supervisor", "confirm-exclusions")):
        trade.step(login, step)
    draws.dice(trade)
    draws.reveal(trade)
    for login in variants.invited(trade):
        trade.step(login, "accept-invitation", {"no_conflict": True})
    assert "R10.C15" in str(trade.step("centre", "seat-committee", status=422))
    with trade.app.app_context():
        rejected = db.session.scalars(select(Bid).where(Bid.rejected_clause.is_not(None))).unique().one()
        assert rejected.rejected_by == "owner"


def test_an_open_procurement_of_two_envelopes_goes_to_its_evaluation(two_envelopes: Trade) -> None:
    trade = two_envelopes
    trade.step("owner", "check-qualification", variants.checks(trade))
    variants.drawn(trade)
    room = {
        "opening_recorded": True, "evaluation_recorded": True, "members_at_opening": False, "kept_as": "音像2026-8",
    }  # fmt: skip
    trade.step("centre", "record-room", room)
    with trade.app.app_context():
        assert trade.lot().status is Status.COMMITTEE_READY
