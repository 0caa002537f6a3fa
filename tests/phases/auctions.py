"""A lot at the door of its live bidding 竞价测试素材: entrants with paddles, terms, and hands that offer."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask

from tests.builders import HANDS, OFFICERS, Trade, client_as, people
from trading.codelists import Category, District, Method, ProjectType, Status
from trading.database import db, transaction
from trading.models import Deal, Entrant, Lot, Offer, Project, SaleTerms, User
from trading.sealing import ptbid
from trading.sealing.amounts import content_of
from trading.workflow.bidding_record import offers_made
from trading.workflow.sale_record import sale_of

CODE = "BD-2026-0901"
START, STEP = Decimal("120000"), Decimal("2000")
PADDLES = {"bidder1": 311, "bidder2": 527, "bidder3": 842}
LATER = timedelta(hours=1)


def in_time(minutes: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=minutes)


class Auction(Trade):
    """A lot that is to be bid for live: it begins an hour after the test's clock stands, for an hour."""

    def offer(self, who: str, amount: str, status: int = 200, key: str = "", **more: Any) -> dict[str, Any]:
        """Make an offer; its key is who and amount where none is given."""
        body = {"amount": amount, "key": key or f"{who}-{amount.replace('.', '-')}"} | more
        return self.step(who, "make-offer", body, status)

    def match(self, who: str, amount: str, status: int = 200) -> dict[str, Any]:
        """Use a right of priority."""
        return self.step(who, "match-offer", {"amount": amount, "key": f"{who}-match"}, status)

    def begin(self) -> None:
        """Put the clock to the beginning and let it begin."""
        self.clock.set(self.terms().bidding_at or self.clock.now())
        self.tick()

    def at(self, moment: datetime) -> None:
        """Put the clock to a moment; nothing else happens."""
        self.clock.set(moment)

    def terms(self) -> SaleTerms:
        """The terms as they stand."""
        with self.app.app_context():
            return sale_of(db.session, self.lot())

    @property
    def ends_at(self) -> datetime:
        """The end as it stands."""
        moment = self.terms().ends_at
        assert moment is not None
        return moment

    def end(self) -> None:
        """Put the clock to the end and let it act."""
        self.clock.set(self.ends_at)
        self.tick()

    def status(self) -> Status:
        """Where the lot stands."""
        with self.app.app_context():
            return self.lot().status

    def offers(self) -> list[tuple[int, int, Decimal]]:
        """Number, paddle and amount of every offer on record."""
        with self.app.app_context():
            return [(one.number, paddle, one.amount) for one, paddle in offers_made(db.session, self.lot().id)]

    def deal(self) -> tuple[int | None, Decimal] | None:
        """Paddle and price of the deal."""
        with self.app.app_context():
            found = db.session.query(Deal).one_or_none()
            return None if found is None else (found.entrant.paddle, found.price)

    def seal_reserve(self, amount: str, status: int = 200, content: bytes | None = None) -> dict[str, Any]:
        """The owner seals the reserve on his own machine."""
        made = client_as(self.app, self.people["owner"]).get(f"/api/v1/lots/{self.code}/reserve-sealing").get_json()
        sealed = ptbid.seal_secret(
            made["tender"], made["part"], made["bidder"], made["groups"],
            content_of(Decimal(amount)) if content is None else content,
        )  # fmt: skip
        envelope = {"header": sealed.header, "ciphertext": base64.b64encode(sealed.ciphertext).decode()}
        return self.step("owner", "seal-reserve", {"envelope": envelope}, status)

    def open_reserve(self, *logins: str, status: int = 200) -> None:
        """Officers fetch the bundle, unwrap their share and hand it in."""
        for login in logins or (OFFICERS[0], OFFICERS[2]):
            client = client_as(self.app, self.people[login])
            answer = client.get(f"/api/v1/lots/{self.code}/reserve-bundle")
            assert answer.status_code == status, answer.text
            if status != 200:
                continue
            person = self.people[login].signer
            rows = [
                {
                    "envelope": one["envelope"], "fault": None,
                    "value": ptbid.unwrap(one["header"], person, HANDS.identity(person)).hex(),
                }
                for one in answer.get_json()["envelopes"]
            ]  # fmt: skip
            self.send(login, f"/lots/{self.code}/open-reserve", {"shares": rows})


def auction(app: Flask, **changed: Any) -> Auction:
    """A village shop to be let by the year, with three entrants, applications closed.

    Arguments:
        changed: ``method``; ``type``; ``reserve`` (yuan, sealed by the owner); ``priority``: logins with such a right;
            ``status``; further members of the terms.
    """
    trade = Auction(app, people(app), CODE)
    now, persons = trade.clock.now(), trade.people
    method = changed.pop("method", Method.NET_BIDDING)
    reserve, priority = changed.pop("reserve", None), changed.pop("priority", ())
    kind, status = changed.pop("type", ProjectType.RURAL), changed.pop("status", Status.BID_CLOSED)
    listing = method is Method.LISTING
    begins = now + (timedelta(days=11) if listing else LATER)
    with app.app_context(), transaction(db.session):
        lot = lot_of(persons["owner"], now, method, kind)
        db.session.add(lot)
        db.session.flush()
        lot.published_at, lot.bid_deadline = now, begins - in_time(30)
        terms = {
            "starting_price": START, "increment": STEP, "bidding_at": begins, "planned_end": begins + LATER,
            "ends_at": begins + LATER, "deposit": Decimal(0), "has_reserve": reserve is not None,
            "listed_from": now if listing else None, "priority": "原承租人" if priority else None,
        } | changed  # fmt: skip
        db.session.add(SaleTerms(lot_id=lot.id, **terms))
        for login, paddle in PADDLES.items():
            user = persons[login]
            db.session.add(
                Entrant(
                    lot_id=lot.id, organization_id=user.organization_id, applied_by_id=user.id, applied_at=now,
                    qualified=True, paddle=paddle, has_priority=login in priority, claims_priority=login in priority,
                )
            )  # fmt: skip
    if reserve is not None:
        trade.appoint()
        trade.seal_reserve(reserve)
    with app.app_context(), transaction(db.session):
        lot = db.session.query(Lot).one()
        lot.status = Status.PUBLISHED if listing else status
        lot.closed_at = None if listing else lot.bid_deadline
    return trade


def lot_of(owner: User, now: datetime, method: Method, kind: ProjectType) -> Lot:
    """The lot with its project, as registration and filing leave it."""
    project = Project(
        name="五里堆社区门面出租", owner_id=owner.organization_id, type=kind, district=next(iter(District)),
        created_at=now, created_by_id=owner.id,
    )  # fmt: skip
    return Lot(
        project=project, number=1, code=CODE, title="门面一间", category=Category.LEASE, estimate=START,
        status=Status.METHOD_FIXED, created_at=now, status_since=now, registered_at=now, filed_at=now, method=method,
    )  # fmt: skip


def all_offers(app: Flask) -> list[Offer]:
    """Every offer kept."""
    with app.app_context():
        return db.session.query(Offer).order_by(Offer.number).all()
