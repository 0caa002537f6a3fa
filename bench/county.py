"""What is measured 测试数据: a few lots of the demonstration county through the engine, and made-up rows beside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from flask import Flask
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from trading.app import create_app
from trading.beijing import BEIJING
from trading.clock import StoppedClock
from trading.codelists import Category, Role, Status
from trading.database import db, transaction
from trading.demo import plots
from trading.demo.loading import Lent, Merging
from trading.demo.people import cast, found
from trading.identifiers import make_uscc
from trading.ledger.actions import message
from trading.models import Bid, Lot, Organization, User
from trading.models.columns import new_id
from trading.replay.hands import Hands
from trading.sealing import ptbid

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING)
STANDING = (Status.DRAFT, Status.PUBLISHED, Status.EVALUATED)
PORTION = 10_000
IN_HASTE = "[bids_an_hour]\nlines = [{ from = 2000-01-01, value = 1000000 }]\n"
SHEET = {"duration_days": 180, "quality": "合格", "manager": "王芳", "manager_certificate": "鄂2422001"}
SECRET = "a benchmark's secret, known to everybody who reads this"


@dataclass(frozen=True)
class County:
    """A small county: the application, who bids, and one lot of each kind by code."""

    app: Flask
    bidder: User
    hands: Hands
    codes: dict[Status, str]


def build(url: str, folder: Path) -> County:
    """Walk one lot to its archive and three to where they stand, through the engine.

    Arguments:
        url: a migrated, empty database.
        folder: where files and keys go.
    """
    haste = folder / "county.toml"
    folder.mkdir(parents=True, exist_ok=True)
    haste.write_text(IN_HASTE, encoding="utf-8")
    settings = {
        "TRADING_MODE": "test", "TRADING_DATABASE_URL": url, "TRADING_DATA_DIR": str(folder), "SECRET_KEY": SECRET,
        "ARGON2_CHEAPEST": True, "TRADING_COUNTY_VALUES": str(haste),
    }  # fmt: skip
    app = create_app(settings, clock=StoppedClock(NOW))
    with app.app_context():
        with transaction(db.session):
            found(db.session, app.extensions["hasher"], NOW - timedelta(days=500))
        users = {user.login: user for user in db.session.scalars(select(User))}
        for user in users.values():
            db.session.refresh(user, ["organization"])
        hands = Hands(b"wutong bench")
        with transaction(db.session):
            hands.register(db.session, users.values(), NOW - timedelta(days=500))
        db.session.expunge_all()
        wanted = [plots.year(NOW.date())[2], *(one for one in plots.living(NOW.date()) if one.until in STANDING)]
        Merging(db.session, cast(users), Lent(app.extensions["tools"], hands), NOW).play(wanted, lambda _line: None)
        lots = db.session.scalars(select(Lot)).all()
        codes = {lot.status: lot.code for lot in lots}
        published = next(lot for lot in lots if lot.status is Status.PUBLISHED)
        bids = select(Bid.organization_id).where(Bid.lot_id == published.id, Bid.current)
        bidder = next(user for user in users.values() if user.organization_id == db.session.scalars(bids).first())
    return County(app, bidder, hands, codes)


def sealed_bids(county: County, number: int) -> list[dict[str, object]]:
    """So many bids of the bidder on the published lot, one to replace the other: sealed, uploaded, signed."""
    with county.app.app_context():
        lot = db.session.scalars(select(Lot).where(Lot.code == county.codes[Status.PUBLISHED])).one()
        own = (Bid.lot_id == lot.id, Bid.organization_id == county.bidder.organization_id)
        version = db.session.scalar(select(func.max(Bid.version)).where(*own)) or 0
        place = ptbid.Place(lot.code, lot.parts[0], county.bidder.signer)
        made: list[dict[str, object]] = []
        for one in range(1, number + 1):
            sealed = ptbid.seal_price(place, lot.groups, 410_000_000 + one, SHEET, filled=False)
            county.app.extensions["tools"].files.put(sealed.ciphertext)
            body = {"envelope": sealed.envelope, "part": place.part, "version": version + one}
            text_ = message(lot.code, "bid.received", place.bidder, body)
            made.append({"header": sealed.header, "sig": county.hands.sign(place.bidder, text_)})
        return made


def pad(county: County, number: int) -> None:
    """Insert made-up published lots until there are ``number`` of them; nobody walked them."""
    with county.app.app_context(), transaction(db.session) as session:
        lot = session.scalar(select(Lot).where(Lot.code == county.codes[Status.PUBLISHED]))
        assert lot is not None
        present = len(session.scalars(select(Lot.id).where(Lot.published_at.is_not(None))).all())
        for begin in range(present, number, PORTION):
            end = min(begin + PORTION, number)
            session.execute(insert(Lot.__table__), [made_up(lot, one) for one in range(begin, end)])
    with county.app.app_context():
        db.session.execute(text("ANALYZE"))
        db.session.rollback()


def made_up(like: Lot, number: int) -> dict[str, object]:
    """One lot of the project of ``like``, published before it."""
    moment = NOW - timedelta(days=40, seconds=number)
    return {
        "id": new_id(), "project_id": like.project_id, "number": 1000 + number, "attempt": 1,
        "code": f"BENCH-{number:06d}", "title": f"第{number}标段", "scope": "", "category": Category(like.category),
        "estimate": Decimal(4_000_000 + number),
        "status": Status.PUBLISHED, "version": 1, "created_at": moment, "status_since": moment, "published_at": moment,
        "bid_deadline": NOW + timedelta(days=30), "search_text": f"第{number}标段",
    }  # fmt: skip


def add_bids(session: Session, lot: Lot, bidder: User, number: int) -> None:
    """Give an opened lot made-up bids until it has ``number``."""
    opened = lot.opened_at
    assert opened is not None
    present = len(session.scalars(select(Bid.id).where(Bid.lot_id == lot.id, Bid.current)).all())
    for one in range(present, number):
        home = Organization(
            name=f"第{one}测速建设有限公司", uscc=make_uscc("422823", 20_000 + one), kind=Role.BIDDER,
            registered_at=NOW, identity_checked_at=NOW,
        )  # fmt: skip
        session.add(home)
        session.flush()
        digest = hashlib.sha256(f"{lot.id}{one}".encode()).hexdigest()
        session.add(Bid(
            lot_id=lot.id, organization_id=home.id, submitted_by_id=bidder.id, version=1, current=True, envelope=digest,
            ciphertext_sha256=digest, header={}, received_at=opened - timedelta(hours=one + 1), opened_at=opened,
            total=Decimal(4_000_000 + one), duration_days=180, quality="合格",
        ))  # fmt: skip
