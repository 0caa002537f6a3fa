"""Consortiums 联合体: named under seal, where the documents allow it, nobody in two bids, all sign."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, people
from tests.phases import variants
from tests.phases.papers import paper
from trading.codelists import Status
from trading.database import db
from trading.experts.pool import need_of
from trading.models import Bid, ConsortiumMember, Contract, ContractSignature, Notice
from trading.phases.process_supervision.bids.consortium import NoConsortium, parse

A, B = "91422823MA48000011", "91422823MA48000022"


def joined(trade: Trade, *shares: tuple[int, int], agreement: bool = True) -> dict[str, Any]:
    """What a consortium of these bidders (number, share) adds to its offer."""
    lines = [f"{variants.uscc(trade, f'bidder{n}')},第{n}建设有限公司,{share}%,管道" for n, share in shares]
    files = [paper("bid.pdf")] + ([paper("联合体协议书.pdf")] if agreement else [])
    return {"consortium": "\n".join(lines), "files": files}


def opened(app: Flask, offers: dict[str, dict[str, Any]] | None = None, allowed: bool = True, **more: Any) -> Trade:
    """A lot with a consortium of bidder1 and bidder4 among its bidders, opened."""
    trade = a_lot(app, people(app), terms={"consortium_allowed": allowed})
    plain = {"bidder1": {"total": "4700000"}, "bidder2": {"total": "4800000"}, "bidder3": {"total": "4900000"}}
    plain["bidder1"] |= joined(trade, (1, 60), (4, 40), **more)
    variants.opened(trade, plain | (offers or {}))
    return trade


def rejected(trade: Trade) -> dict[str, str]:
    """The bids that the opening rejected, by bidder: the clause."""
    with trade.app.app_context():
        rows = db.session.scalars(select(Bid).where(Bid.current, Bid.rejected_clause.is_not(None))).all()
        return {one.organization.name: one.rejected_clause or "" for one in rows}


def test_the_opening_names_the_members_and_the_pool_keeps_their_people_out(app: Flask) -> None:
    trade = opened(app)
    assert rejected(trade) == {}
    with app.app_context():
        notice = db.session.scalars(select(Notice).where(Notice.kind == "opening")).one()
        assert "牵头人第1建设有限公司（60%）；成员第4建设有限公司（40%）" in notice.text
        need = need_of(db.session, trade.lot(), trade.clock.now().date())
        assert variants.uscc(trade, "bidder4") in (need.bidders or ())


def test_where_the_documents_take_no_consortium_the_bid_is_invalid(app: Flask) -> None:
    assert rejected(opened(app, allowed=False)) == {"第1建设有限公司": "not_responsive"}


def test_without_its_agreement_the_bid_is_invalid(app: Flask) -> None:
    assert rejected(opened(app, agreement=False)) == {"第1建设有限公司": "no_consortium_agreement"}


def test_a_member_that_bids_alone_makes_both_bids_invalid(app: Flask) -> None:
    trade = opened(app, {"bidder4": {"total": "4600000"}})
    clause = "several_bids"
    assert rejected(trade) == {"第1建设有限公司": clause, "第4建设有限公司": clause}


def test_a_member_of_two_consortiums_makes_both_bids_invalid(app: Flask) -> None:
    persons = people(app)
    trade = a_lot(app, persons, terms={"consortium_allowed": True})
    offers = {"bidder1": joined(trade, (1, 60), (4, 40)), "bidder2": joined(trade, (2, 50), (4, 50)), "bidder3": {}}
    variants.opened(trade, offers)
    assert set(rejected(trade)) == {"第1建设有限公司", "第2建设有限公司"}


@pytest.mark.parametrize(
    "text",
    [
        f"{A},甲公司,100%", f"{A},甲公司,60\n{B},乙公司,30", f"{A},甲公司,60\n{A},甲公司,40", "甲公司,60\n乙公司,40",
        f"{A},甲公司,六成\n{B},乙公司,40", f"{A},甲公司,120\n{B},乙公司,-20", f"{A},甲公司,NaN\n{B},乙公司,40",
    ],
)  # fmt: skip
def test_members_that_do_not_make_a_whole_are_no_consortium(text: str) -> None:
    with pytest.raises(NoConsortium):
        parse(text)


def test_a_lot_won_by_a_consortium_walks_to_its_archive_and_all_members_sign(app: Flask) -> None:
    trade = opened(app)
    variants.drawn(trade)
    variants.evaluated(trade)
    variants.awarded(trade)
    variants.drafted(trade, "4700000")
    digest = variants.contract_digest(trade)
    signing = {"digest": digest, "agreed": True}
    assert trade.step("bidder1", "sign-contract", signing, 422)["reason"] == "members_first"
    trade.step("bidder2", "sign-as-member", signing, 403)
    trade.step("bidder4", "sign-as-member", signing)
    trade.step("bidder1", "sign-contract", signing)
    trade.step("owner", "file-contract", {"contract": [paper("signed.pdf")]})
    variants.archived(trade)
    with app.app_context():
        assert len(db.session.scalars(select(ContractSignature)).all()) == 1
        assert len(db.session.scalars(select(ConsortiumMember)).all()) == 2
        assert db.session.scalars(select(Contract)).one().signed_at is not None
        assert trade.lot().status is Status.ARCHIVED
