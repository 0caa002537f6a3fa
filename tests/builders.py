"""What tests start from 测试素材: people of every role with their organisations, browsers that are logged in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.phases.papers import paper, project, terms
from tests.shelf import shelved
from trading.beijing import law_date
from trading.clock import StoppedClock
from trading.codelists import ProjectType, Role, Specialty, Status
from trading.database import db, transaction
from trading.identifiers import make_uscc
from trading.models import Expert, Lot, Organization, User
from trading.phases.process_supervision.schemas import SheetSchema
from trading.replay.hands import PREPARED, Hands
from trading.rules import guarding
from trading.sealing.contents import Attachment
from trading.steps import Step
from trading.web import exchange
from trading.workflow.clockwork import tick

HANDS = Hands(b"wutong tests")
OFFICERS = ("opening_officer", "officer2", "officer3")
PASSWORD = "wutong-tests-only-2026"
BIDDERS = 5
EXPERTS = 30
KINDS = {
    Role.OWNER: ("县水利局", "11"),
    Role.AGENCY: ("峡江招标代理有限公司", "91"),
    Role.CENTRE: ("县公共资源交易中心", "12"),
    Role.SUPERVISOR: ("县公共资源交易监督管理局", "11"),
    Role.AUTHORITY: ("县发展和改革局", "11"),
    Role.OVERSIGHT: ("县纪委监委", "11"),
    Role.BANK: ("巴东农村商业银行", "91"),
}
STAFF = {
    "owner": Role.OWNER, "owner2": Role.OWNER, "agency": Role.AGENCY, "centre": Role.CENTRE, "centre2": Role.CENTRE,
    "supervisor": Role.SUPERVISOR, "supervisor2": Role.SUPERVISOR, "authority": Role.AUTHORITY,
    "oversight": Role.OVERSIGHT, "bank": Role.BANK, "opening_officer": Role.OPENING_OFFICER,
    "officer2": Role.OPENING_OFFICER, "officer3": Role.OPENING_OFFICER, "notary": Role.NOTARY,
    "administrator": Role.ADMINISTRATOR,
}  # fmt: skip


def people(app: Flask) -> dict[str, User]:
    """One account or more of every role, by login; made on first call, found again on the next.

    ``owner`` and ``owner2`` are of one owner, ``centre`` and ``centre2`` of the centre, and so on; ``bidder1`` to
    ``bidder5`` are of five bidders whose identity is checked, ``expert1`` to ``expert30`` of thirty employers.
    """
    with app.app_context():
        found = {user.login: user for user in db.session.scalars(select(User)).unique()}
    if found:
        return found
    _make_people(app)
    return people(app)


@shelved
def _make_people(app: Flask) -> None:
    with app.app_context(), transaction(db.session):
        _add_people(app)


def _add_people(app: Flask) -> None:
    now, password = app.extensions["clock"].now(), app.extensions["hasher"].hash(PASSWORD)
    organizations: dict[Role | str, Organization] = {}
    for serial, (role, (name, kind)) in enumerate(KINDS.items(), 10):
        organizations[role] = Organization(
            name=name, uscc=make_uscc("422823", serial, kind), kind=role, registered_at=now, identity_checked_at=now
        )
    for number in range(1, BIDDERS + 1):
        organizations[f"bidder{number}"] = Organization(
            name=f"第{number}建设有限公司", uscc=make_uscc("422823", 100 + number), kind=Role.BIDDER,
            legal_representative=f"法人{number}", contact_name=f"联系人{number}", contact_phone=f"1380000000{number}",
            bank_name="巴东农村商业银行", basic_account=f"6222000{number}", registered_at=now, identity_checked_at=now,
        )  # fmt: skip
    db.session.add_all(organizations.values())
    db.session.flush()
    common = {"password": password, "created_at": now}
    for login, role in STAFF.items():
        home = organizations.get(role)
        db.session.add(
            User(login=login, name=f"{role.zh}{login[-1] if login[-1].isdigit() else ''}", person=f"P-{login}".upper(),
                 role=role, organization_id=home.id if home else None, **common)
        )  # fmt: skip
    for number in range(1, BIDDERS + 1):
        login = f"bidder{number}"
        db.session.add(
            User(login=login, name=f"投标员{number}", person=f"P-{login}".upper(), role=Role.BIDDER,
                 organization_id=organizations[login].id, **common)
        )  # fmt: skip
    for number, expert in enumerate(_experts(now), 1):
        db.session.add(expert)
        db.session.flush()
        db.session.add(
            User(login=f"expert{number}", name=expert.name, person=expert.identity_number, role=Role.EXPERT,
                 expert_id=expert.id, **common)
        )  # fmt: skip


def _experts(now: Any) -> list[Expert]:
    return [
        Expert(
            pool_number=f"HB-{number:05d}", name=f"评审{number}", identity_number=f"P-EXPERT{number}",
            phone=f"139000000{number:02d}", employer=f"第{number}设计院",
            employer_uscc=make_uscc("420100", 500 + number), specialties=[one.value for one in Specialty],
            title="高级工程师", senior_title=True, years_in_field=15, imported_at=now,
        )
        for number in range(1, EXPERTS + 1)
    ]  # fmt: skip


def client_as(app: Flask, user: User | None) -> FlaskClient:
    """A browser of its own in which ``user`` is logged in; None: an anonymous one."""
    client = app.test_client()
    if user is not None:
        with client.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
    return client


def token(client: FlaskClient, page: str) -> str:
    """The CSRF token of a page's first form."""
    answer = client.get(page)
    found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    assert found, f"{page} answered {answer.status_code} without a form"
    return found[1]


def send_form(client: FlaskClient, page: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
    """Open ``page``, fill its form in and send it, as a browser does; ``to`` sends it elsewhere."""
    filled = {"csrf_token": token(client, page), **(data or {})}
    return client.post(more.pop("to", page), data=filled, **more)


@dataclass
class Trade:
    """One lot and its people, driven by JSON; the clock of the tests stands where the lot last was."""

    app: Flask
    people: dict[str, User]
    code: str = ""
    bidders: tuple[str, ...] = ()
    signed: set[str] = field(default_factory=set)
    officered: set[str] = field(default_factory=set)
    hands: Hands = field(default_factory=lambda: HANDS)
    type: ProjectType = ProjectType.WORKS

    def send(self, who: str | None, path: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        """POST as ``who``; the answer must have ``status``."""
        client = client_as(self.app, self.people[who] if who else None)
        answer = client.post(f"/api/v1{path}", json=body or {})
        assert answer.status_code == status, f"{answer.status_code}: {answer.text}"
        return answer.get_json()

    def step(self, who: str, step: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        """Take a step on the lot; ``step`` may carry the id of a record: ``answer-objection/4f…``.

        What the person does on a machine of his own is done here as well: keys registered, bids sealed and uploaded,
        shares unwrapped, the content signed. Checklist items that the step needs are signed first, by whose signature
        they are; officers are appointed before the notice and hand in their shares before the opening.
        """
        if step == "announce":
            self.appoint()
        if step == "open-bids" and status == 200:
            self.hand_in()
        for condition in guarding(Step(step.partition("/")[0].replace("-", "_"))):
            if condition.checklist and self.type in condition.types and condition.id not in self.signed:
                self.signed.add(condition.id)
                signature = {"holds": True, "evidence": "核对原件，与所述一致。"}
                path = f"/lots/{self.code}/sign-checklist/{condition.id}"
                self.send(condition.checklist.by.value, path, signature)
        return self.send(who, f"/lots/{self.code}/{step}", self.ready(who, step, body, status), status)

    def ready(self, who: str, step: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        """The whole input of a step as it is sent: worked on and signed, its ciphertext uploaded."""
        done = self.worked(who, step, body or {}, status)
        return self.signed_by(who, f"/lots/{self.code}/{step}", done)

    def worked(self, who: str, step: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        """The input after the person's own work: sealed, unwrapped, kept secret; a ciphertext is uploaded."""
        kind = Step(step.partition("/")[0].replace("-", "_"))
        if kind not in PREPARED or (kind is Step.SUBMIT_BID and not {"total", "part"} & body.keys()):
            return body
        if kind is Step.SUBMIT_BID and "total" in body:
            body = exchange.load(SheetSchema(), body)
        with self.app.app_context():
            made = self.hands.prepare(db.session, self.code, kind, self.people[who], body)
            db.session.rollback()
        if "ciphertext" in made:
            answer = self.upload(who, made["header"]["ct_sha256"], made["ciphertext"])
            assert status != 200 or answer.status_code == 201, f"{answer.status_code}: {answer.text}"
        return {name: value for name, value in made.items() if name != "ciphertext"}

    def upload(self, who: str, sha256: str, data: bytes) -> TestResponse:
        """Send a ciphertext in one chunk."""
        client = client_as(self.app, self.people[who])
        return client.put(
            f"/api/v1/lots/{self.code}/uploads/{sha256}", data=data,
            headers={"Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}"},
        )  # fmt: skip

    def signed_by(self, who: str | None, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The input with the person's signature, where the step asks for one and the input has none."""
        name = Step(path.split("/")[3].replace("-", "_")).value
        signed = any(one.endswith(f".{name}_to_sign") for one in self.app.view_functions)
        if who is None or "sig" in body or not signed:
            return body
        self.register(who)
        client = client_as(self.app, self.people[who])
        answer = client.post(f"/api/v1{path}/to-sign", json=body)
        if answer.status_code != 200 or not answer.get_json()["sign"]:
            return body
        (wanted,) = answer.get_json()["sign"]
        signer = wanted["fresh"]["person"] if wanted["fresh"] else self.people[who].signer
        return body | {"sig": self.hands.sign(signer, wanted["text"].encode())}

    def register(self, *logins: str) -> None:
        """Register the signing keys of these people, where they have none yet."""
        with self.app.app_context(), transaction(db.session):
            self.hands.register(db.session, [self.people[one] for one in logins], self.clock.now())

    def appoint(self) -> None:
        """Two groups of officers: two of the centre's side, of whom one is needed, and one more; once a lot."""
        with self.app.app_context():
            project = self.lot().project_id
            query = select(Lot.code).where(Lot.project_id == project, Lot.status == Status.METHOD_FIXED)
            codes = [code for code in db.session.scalars(query) if code not in self.officered]
        if codes:
            self.register(*OFFICERS)
        rows = [
            {"group": group, "threshold": 1, "officer": self.people[login].id}
            for login, group in zip(OFFICERS, (1, 1, 2), strict=True)
        ]
        for code in codes:
            self.officered.add(code)
            self.send("centre", f"/lots/{code}/appoint-officers", {"officers": rows})

    def hand_in(self) -> None:
        """The officers needed hand in their shares, where bids are waiting for them."""
        with self.app.app_context():
            waiting = self.lot().status is Status.BID_CLOSED
        if waiting:
            for login in (OFFICERS[0], OFFICERS[2]):
                client = client_as(self.app, self.people[login])
                body = self.worked(login, "hand-in-shares", {})
                client.post(f"/api/v1/lots/{self.code}/hand-in-shares", json=body)

    @property
    def clock(self) -> StoppedClock:
        """The clock of this test."""
        return self.app.extensions["clock"]

    def lot(self) -> Lot:
        """The lot as it is kept; needs an application context."""
        db.session.expire_all()
        return db.session.scalars(select(Lot).where(Lot.code == self.code)).one()

    def deadline(self) -> datetime:
        """The bid deadline as it stands."""
        with self.app.app_context():
            moment = self.lot().bid_deadline
        assert moment is not None
        return moment

    def tick(self) -> None:
        """Let the clock do what is due."""
        with self.app.app_context():
            tick(db.session, self.clock.now(), self.app.extensions["tools"])


def announcement(now: datetime, **changed: Any) -> dict[str, Any]:
    """What a lawful notice of ``now`` asks: 25 days to the deadline at half past nine, documents for ten."""
    day = law_date(now)
    return {
        "bid_deadline": f"{day + timedelta(days=25)}T09:30:00",
        "documents_until": f"{day + timedelta(days=10)}T17:00:00",
        "place": "县公共资源交易中心第一开标室", "contact": "张工 0718-4221111", "media": ["national", "county"],
    } | changed  # fmt: skip


def offer(total: str, **changed: Any) -> dict[str, Any]:
    """A bid of ``total`` yuan."""
    return {
        "total": total, "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "manager_certificate": "鄂242000001", "files": [paper("bid.pdf")],
    } | changed  # fmt: skip


def bank_line(number: int, code: str, at: datetime, **changed: Any) -> dict[str, Any]:
    """The bond of ``bidder<number>`` as the bank reports it."""
    return {
        "reference": f"{code}-{number}", "payer_name": f"第{number}建设有限公司", "payer_account": f"6222000{number}",
        "amount": "100000", "paid_at": at.isoformat(), "remark": f"{code}投标保证金",
    } | changed  # fmt: skip


@shelved
def a_lot(app: Flask, persons: dict[str, User], status: Status = Status.PUBLISHED, **what: Any) -> Trade:
    """A lot carried to ``status`` through the engine, by the people and on the clock of the test.

    Arguments:
        status: ``draft`` to ``opened``, or ``suspended``, ``failed``, ``terminated``.
        what: ``project`` and ``terms``: changed answers; ``announce``: changed answers of the notice; ``totals``: the
            prices of bidder1, bidder2 … (three by default; with a bond each, bonds=False leaves them out).
    """
    trade = Trade(app, persons)
    totals = what.get("totals", ["4700000", "4800000", "4900000"])
    ends = {Status.SUSPENDED: Status.PUBLISHED, Status.TERMINATED: Status.PUBLISHED, Status.FAILED: Status.BID_CLOSED}
    for stage, carry in STAGES.items():
        carry(trade, what | {"totals": totals[:2] if status is Status.FAILED else totals})
        if stage is ends.get(status, status):
            break
    if status is Status.SUSPENDED:
        trade.step("supervisor", "suspend", {"ground": "order", "reason": "调查需要"})
    if status is Status.TERMINATED:
        trade.step("owner", "terminate", {"ground": "owner_cause", "reason": "规划调整"})
    return trade


def _draft(trade: Trade, what: dict[str, Any]) -> None:
    trade.code = trade.send("owner", "/projects", project(**what.get("project", {})), 201)["lots"][0]


def _registered(trade: Trade, _what: dict[str, Any]) -> None:
    trade.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper("funds.pdf")]})
    trade.step("centre", "accept-registration")


def _filed(trade: Trade, what: dict[str, Any]) -> None:
    trade.step("owner", "prepare-terms", terms(**what.get("terms", {})))
    trade.step("owner", "file-conditions")
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})


def _method_fixed(trade: Trade, _what: dict[str, Any]) -> None:
    trade.step("owner", "fix-method")


def _published(trade: Trade, what: dict[str, Any]) -> None:
    trade.step("owner", "announce", announcement(trade.clock.now(), **what.get("announce", {})))


def _bid_closed(trade: Trade, what: dict[str, Any]) -> None:
    trade.clock.advance(timedelta(days=6))
    names = [f"bidder{number}" for number in range(1, len(what["totals"]) + 1)]
    if what.get("bonds", True) and names:
        lines = [bank_line(number, trade.code, trade.clock.now()) for number in range(1, len(names) + 1)]
        trade.step("bank", "receive-bank-lines", {"lines": lines})
    for name, total in zip(names, what["totals"], strict=True):
        if what.get("terms", {}).get("two_envelopes"):
            plan = Attachment("plan.pdf", b"%PDF-1.7 our own way of building")
            trade.step(name, "submit-bid", {"part": "tech", "files": [plan]})
        trade.step(name, "submit-bid", offer(total))
    trade.bidders = tuple(names)
    trade.clock.set(trade.deadline())
    trade.tick()


def _opened(trade: Trade, what: dict[str, Any]) -> None:
    if what.get("terms", {}).get("two_envelopes"):
        trade.hand_in()
        trade.step("owner", "open-technical")
    trade.step("owner", "open-bids")


STAGES: dict[Status, Callable[[Trade, dict[str, Any]], None]] = {
    Status.DRAFT: _draft,
    Status.REGISTERED: _registered,
    Status.FILED: _filed,
    Status.METHOD_FIXED: _method_fixed,
    Status.PUBLISHED: _published,
    Status.BID_CLOSED: _bid_closed,
    Status.OPENED: _opened,
}
