"""Every way to trade 全部交易方式: each type by each of its courses, each method somewhere, registration to archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import STAGES, Trade, announcement
from tests.phases import negotiations as n
from tests.phases import sales, variants
from tests.phases.preparing import prepared
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.methods import METHODS
from trading.methods.profiles import PROFILES
from trading.models import Award, Contract, Delivery

BY_PRICE: dict[str, Any] = {"evaluation_method": "lowest_evaluated_price", "factors": []}
PROCUREMENTS_ALONE = ("complex", "wide_effect")
SMALL = {
    "estimate_total": "2000000",
    "lots": [{"title": "一标段", "category": "construction", "estimate": "1000000", "scope": "村级蓄水池整修"}],
}  # fmt: skip
WORKS_BIDS: dict[str, dict[str, Any]] = {
    "bidder1": {}, "bidder2": {"total": "4720000"}, "bidder3": {"total": "4740000"},
}  # fmt: skip


def works_tender(app: Flask, _type: ProjectType, method: Method) -> Trade:
    """Works by open or invited tender."""
    if method is Method.OPEN_TENDER:
        trade = variants.fixed(app)
    else:
        trade = variants.to_invite(app)
        variants.name_invitees(trade, 1, 2, 3)
    STAGES[Status.PUBLISHED](trade, {})
    variants.walked(trade, WORKS_BIDS)
    return trade


def works_consultation(app: Flask, _type: ProjectType, _method: Method) -> Trade:
    """Small works by consultation, by the owner's choice."""
    terms = {"budget": "1000000", "ceiling": "1000000", "bond": "20000"}
    trade = n.preparing.registered(app, ProjectType.WORKS, project=SMALL)
    n.preparing.prepare(trade, ProjectType.WORKS, terms=terms)
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    chosen = {"method": "consultation", "ground": "consultation_small_works", "reasons": "规模小，需磋商施工方案"}
    trade.step("owner", "fix-method", chosen)
    trade.step("owner", "announce", n.notice(trade))
    trade.step("owner", "plan-draw", {k: v for k, v in n.plan(trade, 5).items() if k not in PROCUREMENTS_ALONE})
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    n.closed(trade, n.FIRST)
    trade.step("owner", "open-bids")
    n.draws.close_record(trade)
    members = n.seated(trade)
    n.final(trade, members[0])
    n.evaluated(trade, members, by_points=False)
    published_candidates(trade)
    n.awarded(trade)
    n.archived(trade, "860000")
    return trade


def works_direct(app: Flask, _type: ProjectType, _method: Method) -> Trade:
    """Works awarded directly: the reasons published, the price agreed."""
    trade = prepared(app, ProjectType.WORKS, Method.DIRECT, ground="patent")
    trade.step("owner", "publish-reasons", {"reasons": "需要采用不可替代的专有技术", "basis": "实施条例第九条第一项"})
    n.name_the_one(trade)
    trade.step("owner", "announce", n.notice(trade))
    n.opened(trade, {"bidder1": "4900000"}, drawn=False, bond="100000")
    n.agreed(trade, "4800000")
    published_candidates(trade)
    n.awarded(trade)
    n.archived(trade, "4800000")
    return trade


def published_candidates(trade: Trade) -> None:
    """The candidates' publicity, run out."""
    trade.clock.advance(timedelta(hours=20))
    trade.step("owner", "publicize", variants.CHECKED)
    with trade.app.app_context():
        until = trade.lot().publicity_until
    assert until is not None
    trade.clock.set(until + timedelta(hours=9))


def procurement_tender(app: Flask, type_: ProjectType, method: Method) -> Trade:
    """A procurement by tender, without a publicity of candidates."""
    trade = n.published(app, type_, method)
    trade.step("owner", "plan-draw", n.plan(trade, 5))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    n.closed(trade, n.FIRST)
    trade.step("owner", "open-bids")
    n.draws.close_record(trade)
    n.qualified(trade)
    n.evaluated(trade, n.seated(trade))
    n.awarded(trade)
    n.archived(trade, "880000")
    return trade


def talks(app: Flask, type_: ProjectType, method: Method) -> Trade:
    """Negotiation or consultation: talks, and sealed final offers."""
    by_points = method is Method.CONSULTATION
    trade = n.published(app, type_, method, terms={} if by_points else BY_PRICE)
    n.opened(trade, size=5 if type_ is ProjectType.GP else 3)
    members = n.seated(trade)
    n.final(trade, members[0])
    n.evaluated(trade, members, by_points=by_points)
    n.awarded(trade)
    n.archived(trade, "860000")
    return trade


def inquiry(app: Flask, type_: ProjectType, method: Method) -> Trade:
    """An inquiry: one price from each, and no talks."""
    trade = n.published(app, type_, method, terms=BY_PRICE)
    n.opened(trade)
    members = n.seated(trade)
    refused = trade.step(members[0], "call-final-offers", {"deadline": "2026-06-01T10:00:00"}, 422)
    assert refused["reason"] == "no_rounds"
    n.evaluated(trade, members, by_points=False)
    n.awarded(trade)
    n.archived(trade, "880000")
    return trade


def single_source(app: Flask, type_: ProjectType, method: Method) -> Trade:
    """The one supplier: nobody else bids, the price is agreed within the budget."""
    trade = n.published(app, type_, method)
    assert trade.step("bidder2", "submit-bid", n.offer("900000"), 422)["reason"] == "not_invited"
    n.opened(trade, {"bidder1": "990000"}, drawn=False)
    told = {"price": "1000001", "people": "赵工", "basis": "合理"}
    assert "price" in trade.step("owner", "agree-price", told, 400)["fields"]
    n.agreed(trade, "960000")
    n.awarded(trade)
    n.archived(trade, "960000")
    return trade


def competition(app: Flask, type_: ProjectType, method: Method) -> sales.Sale:
    """A disposal bid for live; what is frozen counts the years of a lease, and nothing is left overdue."""
    start = Decimal(n.preparing.OBJECTS[type_][2])
    trade = sales.walked(app, type_, method, (str(start), str(start + 10_000), str(start + 30_000)))
    award, years = trade.kept(Award), 2 if type_ in (ProjectType.ADMIN, ProjectType.RURAL) else 1
    assert (award.price, award.base) == ((start + 30_000) * years, start * years) and award.bid_id is None
    assert trade.kept(Contract).price == award.price and trade.kept(Delivery).registered_on is not None
    assert trade.alarms() == []
    return trade


def least_total(type_: ProjectType) -> Decimal:
    """The least that a sealed bid offers: a lease is bid for as a whole, its two years together."""
    _title, category, start = n.preparing.OBJECTS[type_]
    return Decimal(start) * (2 if category == "lease" else 1)


def village_consultation(app: Flask, type_: ProjectType, method: Method) -> sales.Sale:
    """A village asset by open consultation: talks, sealed final offers, the highest wins."""
    trade = sales.disposal(app, type_, method)
    trade.step("owner", "announce", n.notice(trade, farmland=True, agricultural_use_kept=True))
    start = least_total(type_)
    first = {f"bidder{number}": str(start + number * 1000) for number in (1, 2, 3)}
    final = {f"bidder{number}": str(start + 20_000 - number * 1000) for number in (1, 2, 3)}
    trade.step("owner", "plan-draw", {k: v for k, v in n.plan(trade, 5).items() if k not in PROCUREMENTS_ALONE})
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    n.closed(trade, first, bond="10000")
    trade.step("owner", "open-bids")
    n.draws.close_record(trade)
    members = n.seated(trade)
    n.final(trade, members[0], final)
    n.evaluated(trade, members, by_points=False)
    variants.publicized(trade)
    trade.step("owner", "confirm")
    trade.step("owner", "award")
    close_sale(trade)
    return trade


def close_sale(trade: sales.Sale) -> None:
    """Contract, delivery, the others' deposits back, the buyer's into the price, the archive."""
    sales.perform(trade)
    for line in trade.deposits(of_buyer=False):
        trade.step("centre", f"refund-bond/{line}", {})
    sales.settle(trade)


def disposal_tender(app: Flask, type_: ProjectType, method: Method) -> sales.Sale:
    """A disposal by sealed bids: the highest price wins."""
    trade = sales.disposal(app, type_, method)
    farmland = {"farmland": False} if type_ is ProjectType.RURAL else {}
    trade.step("owner", "announce", announcement(trade.clock.now()) | farmland)
    start = least_total(type_)
    offers = {f"bidder{number}": {"total": str(start + extra)} for number, extra in ((1, 9000), (2, 5000), (3, 3000))}
    variants.opened(trade, offers)
    variants.drawn(trade)
    variants.evaluated(trade)
    variants.publicized(trade)
    trade.step("owner", "confirm")
    trade.step("owner", "award")
    close_sale(trade)
    return trade


T = ProjectType
WALKS: dict[tuple[ProjectType, Method], Callable[[Flask, ProjectType, Method], Trade]] = {
    (T.WORKS, Method.OPEN_TENDER): works_tender,
    (T.WORKS, Method.INVITED_TENDER): works_tender,
    (T.WORKS, Method.CONSULTATION): works_consultation,
    (T.WORKS, Method.DIRECT): works_direct,
    (T.GP, Method.OPEN_TENDER): procurement_tender,
    (T.GP, Method.NEGOTIATION): talks,
    (T.GPN, Method.OPEN_TENDER): procurement_tender,
    (T.GPN, Method.CONSULTATION): talks,
    (T.GPN, Method.INQUIRY): inquiry,
    (T.GPN, Method.SINGLE_SOURCE): single_source,
    (T.LAND, Method.LISTING): competition,
    (T.LAND, Method.OPEN_TENDER): disposal_tender,
    (T.SOE, Method.NET_BIDDING): competition,
    (T.SOE, Method.OPEN_TENDER): disposal_tender,
    (T.ADMIN, Method.PUBLIC_LEASE): competition,
    (T.ADMIN, Method.OPEN_TENDER): disposal_tender,
    (T.RURAL, Method.NET_BIDDING): competition,
    (T.RURAL, Method.OPEN_TENDER): disposal_tender,
    (T.RURAL, Method.CONSULTATION): village_consultation,
    (T.OTHER, Method.AUCTION): competition,
    (T.OTHER, Method.OPEN_TENDER): disposal_tender,
}


def test_every_type_is_walked_by_each_of_its_courses_and_every_method_somewhere() -> None:
    courses = {(type_, METHODS[one].course) for type_, profile in PROFILES.items() for one in profile.methods}
    assert courses == {(type_, METHODS[method].course) for type_, method in WALKS}
    assert {one for profile in PROFILES.values() for one in profile.methods} == {method for _type, method in WALKS}


@pytest.mark.both_databases
@pytest.mark.parametrize(("type_", "method"), WALKS, ids=lambda one: one.value)
def test_a_lot_walks_from_registration_to_archive(app: Flask, type_: ProjectType, method: Method) -> None:
    trade = WALKS[type_, method](app, type_, method)
    assert n.standing(trade) is Status.ARCHIVED
    with app.app_context():
        award = db.session.scalars(select(Award)).one()
        assert award.project_type is type_ and n.winner(trade) in ("bidder1", "bidder2")
        gained = award.saved if type_.is_purchase else award.premium
        assert gained is not None and gained >= 0 and (award.saved == 0 or award.premium is None)
