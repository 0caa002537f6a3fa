"""A lot of any type by any of its methods, from registration to archive 全流程素材: by JSON, as every person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, people
from tests.phases import negotiations as n
from tests.phases import sales, variants
from tests.phases.draws import close_record
from tests.phases.preparing import OBJECTS, fix, prepare, prepared, registration
from trading.codelists import Course, Method, ProjectType, Role
from trading.database import db, transaction
from trading.identifiers import make_uscc
from trading.methods import METHODS
from trading.models import Award, Invitee, Organization, SaleTerms, User

SMALL_WORKS = {
    "estimate_total": "2000000",
    "lots": [{"title": "一标段", "category": "construction", "estimate": "1000000", "scope": "村级蓄水池整修"}],
}  # fmt: skip
SMALL_TERMS = {"budget": "1000000", "ceiling": "1000000", "bond": "20000"}
LOWEST = {"evaluation_method": "lowest_evaluated_price", "factors": []}
REASONS = {"reasons": "仅少数单位具备条件", "basis": "招标投标法实施条例第八条第一项"}


@dataclass(frozen=True)
class Walk:
    """A type by one of its methods; ``ground``: that of the method; ``project`` and ``terms``: changed answers."""

    type: ProjectType
    method: Method
    ground: str | None = None
    project: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.type.value}-{self.method.value}"


@dataclass
class Arrived:
    """Where a walk ended: the lot, who won, and who had offered best."""

    trade: Trade
    winner: str
    best: str


def walked(app: Flask, walk: Walk) -> Arrived:
    """The whole walk."""
    if METHODS[walk.method].course is Course.COMPETITION:
        return sold(app, walk)
    trade = prepared(app, walk.type, walk.method, project=walk.project, terms=walk.terms, ground=walk.ground)
    best = tendered(trade, walk) if METHODS[walk.method].course is Course.TENDER else negotiated(trade, walk)
    finished(trade, walk)
    return Arrived(trade, n.winner(trade), best)


def sold(app: Flask, walk: Walk) -> Arrived:
    """A competition: bidder1 and bidder2 bid against each other, bidder1 last."""
    base = int(OBJECTS[walk.type][2])
    trade = sales.walked(app, walk.type, walk.method, (str(base), str(base + 10_000), str(base + 30_000)))
    assert trade.alarms() == [], "something was overdue"
    return Arrived(trade, trade.buyer(), "bidder1")


def announced(trade: Trade, walk: Walk) -> Trade:
    """The notice of a lot whose method is fixed, in its own course."""
    course = METHODS[walk.method].course
    if course is Course.COMPETITION:
        sale = sales.Sale(trade.app, trade.people, trade.code, signed=trade.signed)
        sale.type, sale.method = walk.type, walk.method
        sale.announce()
    elif course is Course.NEGOTIATION:
        trade.step("owner", "announce", n.notice(trade, **told_of(walk)))
    else:
        variants.publish(trade, announce=told_of(walk))
    return trade


def unwanted(trade: Trade) -> None:
    """Nobody comes, and the clock ends the lot: at the deadline, a listing at its end."""
    trade.clock.set(trade.deadline())
    trade.tick()
    with trade.app.app_context():
        ends = db.session.scalars(select(SaleTerms.ends_at).where(SaleTerms.lot_id == trade.lot().id)).one_or_none()
    if ends is not None and ends > trade.clock.now():
        trade.clock.set(ends)
        trade.tick()


def retendered(trade: Trade, walk: Walk) -> Trade:
    """The second attempt, up to its method."""
    code = trade.step("owner", "retender", {"remedy": "放宽条件，延长公告期"})["facts"]["code"]
    again = Trade(trade.app, trade.people, code, type=walk.type)
    again.step("owner", "submit-registration", registration(walk.type))
    again.step("centre", "accept-registration")
    prepare(again, walk.type, walk.method, terms=walk.terms)
    again.step("owner", "file-conditions")
    again.step("supervisor", "answer-filing", {"answer": "no_issue"})
    fix(again, walk.type, walk.method, walk.ground)
    return again


def offers_of(walk: Walk) -> dict[str, str]:
    """Three offers around the estimate; the first is the best of a tender by price."""
    if walk.type in OBJECTS:
        base = int(OBJECTS[walk.type][2]) * (2 if OBJECTS[walk.type][1] == "lease" else 1)
        return {"bidder1": str(base + 9000), "bidder2": str(base + 5000), "bidder3": str(base + 3000)}
    if walk.type is ProjectType.WORKS and not walk.project:
        return {"bidder1": "4700000", "bidder2": "4800000", "bidder3": "4900000"}
    return {"bidder1": "880000", "bidder2": "900000", "bidder3": "950000"}


def sixth(trade: Trade) -> None:
    """One more supplier: a procurement draws its three invitees from six at least."""
    with trade.app.app_context(), transaction(db.session):
        now = trade.clock.now()
        home = Organization(
            name="第6建设有限公司", uscc=make_uscc("422823", 106), kind=Role.BIDDER, basic_account="62220006",
            registered_at=now, identity_checked_at=now,
        )  # fmt: skip
        db.session.add(home)
        db.session.flush()
        password = db.session.scalars(select(User.password)).first()
        db.session.add(
            User(login="bidder6", name="投标员6", person="P-BIDDER6", role=Role.BIDDER, organization_id=home.id,
                 password=password, created_at=now)
        )  # fmt: skip
    trade.people |= people(trade.app)


def invited(trade: Trade, walk: Walk) -> list[str]:
    """Who may bid in an invited tender: named for works, drawn from a list in procurement."""
    if walk.type is ProjectType.WORKS:
        trade.step("owner", "publish-reasons", REASONS)
        variants.name_invitees(trade, 1, 2, 3)
        return ["bidder1", "bidder2", "bidder3"]
    sixth(trade)
    codes = variants.usccs(trade, *range(1, 7))
    listed = {"source": "register", "suppliers": codes, "invites": 3, "reasons": "均符合资格条件"}
    trade.step("owner", "list-suppliers", listed)
    for login in ("owner", "owner2"):
        trade.step(login, "draw-invitees" if login == "owner" else "witness-invitees", {"dice": variants.DICE})
    with trade.app.app_context():
        homes = set(db.session.scalars(select(Invitee.organization_id).where(Invitee.invited)))
    return sorted(
        login for login, user in trade.people.items() if login.startswith("bidder") and user.organization_id in homes
    )


def told_of(walk: Walk) -> dict[str, Any]:
    """What the notice of a village says besides."""
    return {"farmland": False} if walk.type is ProjectType.RURAL else {}


def tendered(trade: Trade, walk: Walk) -> str:
    """A tender from its notice to the report of its committee; who offered best."""
    names = invited(trade, walk) if walk.method is Method.INVITED_TENDER else ["bidder1", "bidder2", "bidder3"]
    variants.publish(trade, announce=told_of(walk))
    offers = {name: {"total": total} for name, total in zip(names, offers_of(walk).values(), strict=True)}
    plain = {"complex": False, "wide_effect": False} if walk.type.is_procurement else {}
    variants.opened(trade, offers, **plain)
    if walk.type.is_procurement:
        n.qualified(trade)
    variants.drawn(trade, names[0])
    n.evaluated(trade, variants.committee(trade), by_points=walk.type.is_procurement)
    return names[0]


def negotiated(trade: Trade, walk: Walk) -> str:
    """A negotiation of any kind, from its notice to a price; who offered best."""
    alone, bond = walk.method in (Method.SINGLE_SOURCE, Method.DIRECT), variants.bond_of(trade)
    if walk.method is Method.DIRECT:
        trade.step("owner", "publish-reasons", REASONS)
    if alone:
        n.name_the_one(trade)
    trade.step("owner", "announce", n.notice(trade, **told_of(walk)))
    offers = offers_of(walk)
    if alone:
        n.opened(trade, {"bidder1": offers["bidder1"]}, drawn=False, bond=bond)
        n.agreed(trade, str(int(offers["bidder1"]) - 10_000))
        return "bidder1"
    grouped(trade, walk)
    n.closed(trade, offers, bond)
    trade.step("owner", "open-bids")
    close_record(trade)
    members = n.seated(trade)
    if walk.method is not Method.INQUIRY:
        step = -10_000 if walk.type.is_purchase else 1_000
        n.final(trade, members[0], {name: str(int(total) + step) for name, total in offers.items()})
    n.evaluated(trade, members, by_points=not walk.terms and walk.type.is_procurement)
    return "bidder1"


def grouped(trade: Trade, walk: Walk) -> None:
    """The draw of the group, committed to: three where order 74 rules from the start, five elsewhere."""
    asked = n.plan(trade, 3 if walk.type is ProjectType.GPN else 5)
    if not walk.type.is_procurement:
        asked = {name: value for name, value in asked.items() if name not in ("complex", "wide_effect")}
    trade.step("owner", "plan-draw", asked)
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")


def finished(trade: Trade, walk: Walk) -> None:
    """From the report to the archive."""
    if walk.type.is_procurement:
        n.awarded(trade)
    else:
        variants.publicized(trade)
        trade.step("owner", "confirm")
        trade.step("owner", "award")
    with trade.app.app_context():
        price = db.session.scalars(select(Award.price)).one()
    if walk.type in OBJECTS:
        handed_over(trade)
    else:
        n.archived(trade, str(price))


def handed_over(trade: Trade) -> None:
    """The contract of a disposal by tender, its price and its object."""
    sale = sales.Sale(trade.app, trade.people, trade.code, signed=trade.signed)
    sale.type = trade.type
    sales.perform(sale)
    for line in sale.deposits(of_buyer=False):
        trade.step("centre", f"refund-bond/{line}", {})
    sales.settle(sale)
