"""What the portal's tests find 公众服务测试素材: lots, notices and awards as an engine would leave them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import people
from trading.beijing import BEIJING
from trading.codelists import Category, District, Method, NoticeKind, ProjectType, Status
from trading.database import db, transaction
from trading.models import Award, Bid, Lot, Notice, Project, TenderTerms, User

DAY = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
numbers = count(1)


def user(login: str) -> User:
    """An account by its login, inside an application context."""
    return db.session.scalars(select(User).where(User.login == login)).unique().one()


def make_lots(app: Flask, *given: dict[str, Any]) -> list[str]:
    """One project with one lot for each of ``given``; an hour after one another unless said. Answers codes."""
    people(app)
    with app.app_context(), transaction(db.session):
        return [make_lot(number, dict(told)).code for number, told in enumerate(given)]


def make_lot(number: int, told: dict[str, Any]) -> Lot:
    """One lot inside a transaction."""
    serial, owner = next(numbers), user("owner")
    name = told.pop("name", f"测试工程{serial}")
    project = Project(
        name=name, owner_id=owner.organization_id, type=told.pop("type", ProjectType.WORKS), created_at=DAY,
        district=told.pop("district", District.XINLING), created_by_id=owner.id,
    )  # fmt: skip
    db.session.add(project)
    db.session.flush()
    code = told.pop("code", f"BD-2026-{serial:04d}-01")
    ceiling = told.pop("ceiling", None)
    defaults = {
        "status": Status.PUBLISHED, "category": Category.CONSTRUCTION, "estimate": Decimal(5_000_000),
        "published_at": DAY + timedelta(hours=number), "bid_deadline": DAY + timedelta(days=21, hours=number),
        "method": Method.OPEN_TENDER, "registered_at": DAY, "title": name, "number": 1,
    }  # fmt: skip
    lot = Lot(
        project_id=project.id, code=code, ocid=f"ocds-{code}", created_at=DAY, status_since=DAY,
        search_text=f"{name} {code}".lower(), **{**defaults, **told},
    )  # fmt: skip
    db.session.add(lot)
    db.session.flush()
    if ceiling is not None:
        db.session.add(TenderTerms(lot_id=lot.id, ceiling=ceiling, bond=Decimal(100_000)))
    return lot


def make_notice(app: Flask, code: str, kind: NoticeKind, title: str, at: datetime = DAY, text: str = "正文。") -> str:
    """A notice of the lot ``code``; answers its identity."""
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot).where(Lot.code == code)).unique().one()
        digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
        notice = Notice(lot_id=lot.id, kind=kind, title=title, text=text, digest=digest, published_at=at)
        db.session.add(notice)
        db.session.flush()
        return notice.id


def make_bid(lot: Lot, login: str, total: Decimal | None = None, **more: Any) -> Bid:
    """A current bid of ``login`` on ``lot``, inside a transaction."""
    bidder = user(login)
    digest = hashlib.sha256(f"{lot.code} {login}".encode()).hexdigest()
    bid = Bid(
        lot_id=lot.id, organization_id=bidder.organization_id, submitted_by_id=bidder.id, version=1, envelope=digest,
        ciphertext_sha256=digest, received_at=DAY + timedelta(days=20), total=total, **more,
    )  # fmt: skip
    db.session.add(bid)
    db.session.flush()
    return bid


def make_awards(app: Flask, *given: dict[str, Any]) -> list[str]:
    """Confirmed lots with ``base`` and ``price`` in yuan, ``at`` the moment of confirmation."""
    people(app)
    codes = []
    with app.app_context(), transaction(db.session):
        for number, told in enumerate(given):
            told = dict(told)
            base, price, at = told.pop("base"), told.pop("price"), told.pop("at", DAY)
            lot = make_lot(number, {"status": Status.AWARDED, "confirmed_at": at, "awarded_at": at, **told})
            bid = make_bid(lot, "bidder1", price, rank=1, opened_at=at)
            db.session.add(
                Award(
                    lot_id=lot.id, organization_id=bid.organization_id, bid_id=bid.id, rank=1, price=price, base=base,
                    base_kind="ceiling", saved=base - price, project_type=lot.project.type, confirmed_at=at,
                    notified_at=at,
                )  # fmt: skip
            )
            codes.append(lot.code)
    return codes
