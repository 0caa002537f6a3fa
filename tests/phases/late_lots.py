"""Lots that already stand late in the procedure 后期标段: records set as the earlier rooms would have left them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import client_as, people
from trading.beijing import at, law_date
from trading.clock import StoppedClock
from trading.codelists import (
    Category,
    District,
    DocumentKind,
    EvaluationMethod,
    Method,
    Movement,
    NoticeKind,
    ProjectType,
    Status,
)
from trading.database import db, transaction
from trading.methods.outcome import Review
from trading.models import (
    BankLine,
    Bid,
    Document,
    Draw,
    Evaluation,
    Lot,
    Member,
    Message,
    Notice,
    Project,
    TenderTerms,
    User,
)
from trading.values import load
from trading.workflow.deposit_record import move
from trading.workflow.evaluation_record import (
    effective_bids,
    outcome_of,
    rejected_bids,
    report_digest,
    review_json,
)

CODE = "BD-2026-0001-01"
PRICES = (Decimal(4_880_000), Decimal(4_900_000), Decimal(4_950_000))
CEILING = Decimal(5_000_000)
SCOPE = "堤防加固二公里"
CHECKED = {
    "criteria_followed": True,
    "objective_scores_equal": True,
    "low_price_studied": True,
    "no_random_rejection": True,
}


@dataclass
class Late:
    """A lot with its people, reached by JSON at a clock that the test moves."""

    app: Flask
    clock: StoppedClock
    users: dict[str, User]

    def send(self, who: str, step: str, data: dict[str, Any] | None = None, subject: str = "") -> TestResponse:
        """Take a step by JSON."""
        path = f"/api/v1/lots/{CODE}/{step.replace('_', '-')}" + (f"/{subject}" if subject else "")
        return client_as(self.app, self.users[who]).post(path, json=data or {})

    def done(self, who: str, step: str, data: dict[str, Any] | None = None, subject: str = "") -> dict[str, Any]:
        """Take a step that must be taken."""
        answer = self.send(who, step, data, subject)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def browser(self, who: str) -> FlaskClient:
        """A browser in which ``who`` is logged in."""
        return client_as(self.app, self.users[who])

    def records(self, model: type[Any]) -> list[Any]:
        """All records of one kind."""
        with self.app.app_context():
            return list(db.session.scalars(select(model)).unique().all())

    def one(self, model: type[Any]) -> Any:
        """The only record of one kind."""
        (found,) = self.records(model)
        return found

    def inbox(self, who: str) -> list[str]:
        """Subject and text of what was delivered to the organisation of ``who``."""
        home = self.users[who].organization_id
        return [f"{one.subject_zh} {one.text_zh}" for one in self.records(Message) if one.organization_id == home]

    def change(self, model: type[Any], **values: Any) -> None:
        """Set columns of the only record of a kind, as another room would."""
        with self.app.app_context(), transaction(db.session):
            record = db.session.scalars(select(model)).unique().one()
            for name, value in values.items():
                setattr(record, name, value)


def evaluated(app: Flask, clock: StoppedClock, report: datetime | None = None) -> Late:
    """A lot whose evaluation report came in at ``report`` (the clock's time by default); the clock stands there."""
    report = report or clock.now()
    clock.set(report)
    users = people(app)
    with app.app_context(), transaction(db.session):
        lot = _lot(users, report)
        _papers(users, lot, report)
        _bids(users, lot, report)
        _report(users, lot, report)
    return Late(app, clock, users)


def _lot(users: dict[str, User], report: datetime) -> Lot:
    start = report - timedelta(days=40)
    project = Project(
        name="巴东县堤防加固工程", owner_id=users["owner"].organization_id, type=ProjectType.WORKS,
        district=District.XINLING, created_at=start, created_by_id=users["owner"].id, estimate_total=Decimal(6_000_000),
        state_controlled=True, public_share=Decimal(1), approval_number="巴发改〔2026〕1号",
        approval_date=law_date(start),
    )  # fmt: skip
    db.session.add(project)
    db.session.flush()
    opened = report - timedelta(days=1)
    lot = Lot(
        project_id=project.id, number=1, code=CODE, ocid=f"ocds-bdwt00-{CODE}", title="一标段", scope=SCOPE,
        category=Category.CONSTRUCTION, estimate=Decimal(5_200_000), budget=Decimal(5_100_000), status=Status.EVALUATED,
        created_at=start, status_since=report, submitted_at=start, registered_at=start, filed_at=start,
        method=Method.OPEN_TENDER, mandatory=True, published_at=start, documents_until=start + timedelta(days=6),
        bid_deadline=opened, closed_at=opened, opened_at=opened, evaluated_at=report,
    )  # fmt: skip
    db.session.add(lot)
    db.session.flush()
    return lot


def _papers(users: dict[str, User], lot: Lot, report: datetime) -> None:
    owner = users["owner"].id
    terms = TenderTerms(
        lot_id=lot.id, qualification="水利水电工程施工总承包三级", duration_days=180, quality="合格", ceiling=CEILING,
        bond=Decimal(100_000), bid_validity_days=90, evaluation_method=EvaluationMethod.LOWEST_EVALUATED_PRICE,
        payment_days=30, objection_contact="县水利局 招标办 0718-0000000",
    )  # fmt: skip
    files = (DocumentKind.APPROVAL, DocumentKind.TENDER_DOCUMENT)
    documents = [
        Document(lot_id=lot.id, kind=kind, name=f"{kind.zh}.pdf", sha256=hashlib.sha256(kind.encode()).hexdigest(),
                 size=1, media_type="application/pdf", added_at=report, added_by_id=owner)
        for kind in files
    ]  # fmt: skip
    notices = [
        Notice(lot_id=lot.id, kind=kind, title=kind.zh, text=kind.zh, facts={}, digest="0" * 64, media=["本平台"],
               published_at=report)
        for kind in (NoticeKind.TENDER, NoticeKind.OPENING)
    ]  # fmt: skip
    draw = Draw(
        lot_id=lot.id, number=1, name=f"{CODE}/draw-1", rules={"strata": [{"code": "A0104", "n": 4}]},
        committee_size=5, created_at=report,
    )  # fmt: skip
    db.session.add_all([terms, draw, *documents, *notices])


def _bids(users: dict[str, User], lot: Lot, report: datetime) -> None:
    for number, price in enumerate((*PRICES, Decimal(5_100_000)), 1):
        user, rejected = users[f"bidder{number}"], number > len(PRICES)
        db.session.add(
            Bid(
                lot_id=lot.id, organization_id=user.organization_id, submitted_by_id=user.id, version=1,
                envelope=hashlib.sha256(f"envelope {number}".encode()).hexdigest(), ciphertext_sha256="1" * 64,
                received_at=report - timedelta(days=2), opened_at=lot.opened_at, total=price, duration_days=175,
                quality="合格", manager=f"建造师{number}", manager_certificate=f"鄂2420{number}",
                evaluated_price=None if rejected else price, rank=None if rejected else number,
                rejected_clause="第3.2款" if rejected else None, rejected_reason="报价高于限价" if rejected else None,
            )
        )  # fmt: skip
        line = BankLine(
            lot_id=lot.id, reference=f"R{number}", payer_name=f"第{number}建设有限公司",
            payer_account=f"6222000{number}", amount=Decimal(100_000), paid_at=report - timedelta(days=3),
            received_at=report - timedelta(days=3), organization_id=user.organization_id, from_basic_account=True,
        )  # fmt: skip
        db.session.add(line)
        db.session.flush()
        move(db.session, line, Movement.RECEIVED, line.amount, line.paid_at, line.received_at)


def _report(users: dict[str, User], lot: Lot, report: datetime) -> None:
    db.session.flush()
    sheet = {bid.id: review_json(Review()) for bid in effective_bids(db.session, lot)}
    for login in ("expert1", "expert2", "expert3", "expert4", "owner2"):
        user = users[login]
        db.session.add(
            Member(
                lot_id=lot.id, user_id=user.id, expert_id=user.expert_id, name=user.name, is_chair=login == "expert1",
                seated_at=report, sheet_at=report, signed_at=report, sheet={"bids": sheet, "time_short": False},
            )
        )  # fmt: skip
    db.session.flush()
    terms = db.session.scalars(select(TenderTerms)).one()
    found = outcome_of(db.session, lot, terms, load().on(law_date(report)))
    db.session.add(
        Evaluation(
            lot_id=lot.id, drafted_at=report, drafted_by_id=users["expert1"].id, submitted_at=report,
            ranking=[line.as_json() for line in found.lines], candidates=[line.as_json() for line in found.candidates],
            flags=list(found.flags), digest=report_digest(lot, found, rejected_bids(db.session, lot), ()),
        )
    )  # fmt: skip


def publicized(app: Flask, clock: StoppedClock, report: datetime | None = None) -> Late:
    """A lot whose candidates are publicized on the day of the report."""
    lot = evaluated(app, clock, report)
    lot.done("owner", "publicize", CHECKED)
    return lot


def awarded(app: Flask, clock: StoppedClock, day: datetime | None = None) -> Late:
    """A lot whose award notice is sent at ``day``, by default in the morning after the publicity."""
    lot = publicized(app, clock, day - timedelta(days=8) if day else None)
    clock.set(day or at(law_date(clock.now()) + timedelta(days=4), 9))
    lot.done("owner", "confirm", {"rank": "1"})
    lot.done("owner", "award")
    return lot


def contract(**other: Any) -> dict[str, Any]:
    """A contract that equals the winning bid, with some fields changed."""
    return {
        "number": "HT-2026-1", "price": str(PRICES[0]), "duration_days": 175, "quality": "合格", "manager": "建造师1",
        "scope": SCOPE, "payment_days": 30, **other,
    }  # fmt: skip


def sign(lot: Late) -> TestResponse:
    """The winner signs the contract as it stands."""
    page = lot.browser("bidder1").get(f"/lots/{CODE}/sign-contract")
    digest = page.text.split('name="digest" value="')[1].split('"')[0]
    return lot.send("bidder1", "sign_contract", {"digest": digest, "agreed": True})


def contracted(app: Flask, clock: StoppedClock) -> Late:
    """A lot whose contract is signed and filed."""
    lot = awarded(app, clock)
    lot.done("owner", "draft_contract", contract())
    assert sign(lot).status_code == 200
    lot.done("owner", "file_contract")
    return lot


def acceptance(lot: Late, **other: Any) -> dict[str, Any]:
    """An acceptance of today at the contract price."""
    today = law_date(lot.clock.now()).isoformat()
    file = {"name": "验收.txt", "content": base64.b64encode("验收合格".encode()).decode()}
    return {
        "accepted_on": today, "filed_on": today, "qualified": True, "result": "合格", "settlement": str(PRICES[0]),
        "participants": "建设、施工、监理、设计单位", "document": [file], **other,
    }  # fmt: skip


RATING = {"quality": 90, "schedule": 85, "safety": 95, "payment_of_workers": 100, "remarks": "履约良好"}
