"""A rush of bids by processes of their own 投标高峰: prepared requests, children that send them, what they were told.

Each child builds the application over the same database and sends its requests one after the other, as one worker of
the service does. What it is told goes up a pipe at once: what was answered before a kill was acknowledged.
"""

from __future__ import annotations

import base64
import hashlib
import json
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from tests.builders import HANDS, Trade, a_lot, client_as, offer, people
from trading.app import create_app
from trading.codelists import Role
from trading.database import db, transaction
from trading.identifiers import make_uscc
from trading.ledger import verify
from trading.ledger.actions import message
from trading.ledger.log import entries_of
from trading.models import Bid, Organization, User
from trading.sealing.headers import envelope_id
from trading.workflow.clockwork import tick

AGAIN = 5
LATE = 422
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.trust.rush"])


@dataclass(frozen=True)
class Job:
    """One bid to be handed in: who is logged in, the request's body, the envelope that it makes."""

    login: str
    body: dict[str, Any]
    envelope: str


@dataclass(frozen=True)
class Caller:
    """A user as far as a session knows him."""

    identity: str

    def get_id(self) -> str:
        """What the session keeps."""
        return self.identity


class SharedClock:
    """A clock that all processes move together: ``step`` further for every request that anybody sends."""

    def __init__(self, start: datetime, step: timedelta, sent: Any) -> None:
        self.start, self.step, self.sent = start, step, sent

    def now(self) -> datetime:
        """The moment at which the rush is."""
        return self.start + self.step * self.sent.value

    def move(self) -> None:
        """One request more."""
        with self.sent.get_lock():
            self.sent.value += 1


def crowd(app: Flask, count: int) -> Trade:
    """A published lot and ``count`` bidders of it: ``crowd0``, ``crowd1`` …, with registered keys."""
    trade = a_lot(app, people(app))
    now = trade.clock.now()
    with app.app_context(), transaction(db.session):
        for number in range(count):
            home = Organization(
                name=f"第{number}投标公司", uscc=make_uscc("422823", 1000 + number), kind=Role.BIDDER,
                registered_at=now, identity_checked_at=now, legal_representative="法人", contact_name="联系人",
                contact_phone="13800000000", bank_name="巴东农村商业银行", basic_account=f"7222{number:06}",
            )  # fmt: skip
            db.session.add(home)
            db.session.flush()
            user = User(
                login=f"crowd{number}", name=f"投标员{number}", person=f"P-CROWD{number}", role=Role.BIDDER,
                organization_id=home.id, password="", created_at=now,
            )  # fmt: skip
            db.session.add(user)
        db.session.flush()
        users = db.session.scalars(select(User).where(User.login.startswith("crowd"))).unique().all()
        HANDS.register(db.session, users, now)
        trade.people |= {user.login: user for user in users}
    return trade


def jobs_of(trade: Trade, login: str, count: int) -> list[Job]:
    """``count`` versions of one bidder's bid: one ciphertext, and headers that differ in a wrapped share."""
    first = trade.worked(login, "submit-bid", offer("4700000"))["header"]
    user = trade.people[login]
    with trade.app.app_context():
        bidder = db.session.get_one(Organization, user.organization_id).bidder
    found = []
    for version in range(1, count + 1):
        tail = hashlib.sha256(f"{login} {version}".encode()).digest()
        share = first["shares"][0]
        wrapped = base64.b64encode(base64.b64decode(share["wrapped"]) + tail).decode()
        header = first | {"shares": [share | {"wrapped": wrapped}, *first["shares"][1:]]}
        body = {"envelope": envelope_id(header), "part": header["part"], "version": version}
        sig = HANDS.sign(bidder, message(trade.code, "bid.received", bidder, body))
        found.append(Job(user.get_id(), {"header": header, "sig": sig}, body["envelope"]))
    return found


def in_turn(groups: Sequence[Sequence[Job]]) -> list[Job]:
    """The first of each bidder, then the second of each …"""
    return [group[number] for number in range(max(map(len, groups))) for group in groups if number < len(group)]


def settings_of(app: Flask) -> dict[str, Any]:
    """What a child needs to build the same installation."""
    names = ("TRADING_MODE", "TRADING_DATABASE_URL", "TRADING_DATA_DIR", "SECRET_KEY", "ARGON2_CHEAPEST")
    return {name: str(value) if isinstance(value, Path) else value for name in names for value in [app.config[name]]}


def send_all(settings: dict[str, Any], clock: Any, code: str, jobs: list[Job], told: Connection, marks: bool) -> None:
    """The child: send every job, some twice (a client that did not hear the answer); tell what came back.

    Arguments:
        clock: a clock; a :class:`SharedClock` is moved before every request, and closes bidding when it is due.
        marks: tell of every SQL statement too, so that the parent can kill in the middle of one.
    """
    app = create_app(settings, clock)
    if marks:
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *_given: told.send_bytes(b"statement"))
    for job in jobs:
        if isinstance(clock, SharedClock):
            clock.move()
        client = client_as(app, Caller(job.login))  # type: ignore[arg-type]
        answer = client.post(f"/api/v1/lots/{code}/submit-bid", json=job.body)
        heard = {"envelope": job.envelope, "status": answer.status_code, "body": answer.get_json()}
        told.send_bytes(json.dumps(heard).encode())
        if answer.status_code == 200 and int(job.envelope, 16) % AGAIN == 0:
            again = client.post(f"/api/v1/lots/{code}/submit-bid", json=job.body)
            assert again.get_json()["facts"] == answer.get_json()["facts"]
        if answer.status_code == LATE and isinstance(clock, SharedClock):
            with app.app_context():
                tick(db.session, clock.now(), app.extensions["tools"])
    told.send_bytes(b"done")


@dataclass
class Child:
    """A child and the pipe on which it tells."""

    process: BaseProcess
    heard: Connection

    def listen(self) -> Iterator[bytes]:
        """What it tells, until it ends."""
        while True:
            try:
                yield self.heard.recv_bytes()
            except (EOFError, OSError):
                return


def start(app: Flask, clock: Any, code: str, jobs: list[Job], marks: bool = False) -> Child:
    """Start a child with these jobs."""
    heard, told = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=send_all, args=(settings_of(app), clock, code, jobs, told, marks), daemon=True)
    process.start()
    told.close()
    return Child(process, heard)


def sound(app: Flask, code: str, acknowledged: dict[str, dict[str, Any]]) -> int:
    """Check the record against what was acknowledged: nothing lost, nothing doubled, the chain whole; returns its bids.

    Arguments:
        acknowledged: envelope to the answer with its receipt.
    """
    with app.app_context():
        assert verify.verify_log(db.session) == []
        received = [(entry.leaf.hex(), json.loads(entry.body or "")) for entry in entries_of(db.session, code)
                    if entry.kind == "bid.received"]  # fmt: skip
        bids = db.session.scalars(select(Bid)).unique().all()
    by_envelope = {body["envelope"]: leaf for leaf, body in received}
    assert len(by_envelope) == len(received), "an envelope is on record twice"
    assert sorted(by_envelope) == sorted(bid.envelope for bid in bids)
    for envelope, answer in acknowledged.items():
        assert f'"leaf":"{by_envelope.get(envelope)}"' in answer["facts"]["receipt"], "an acknowledged bid is lost"
    holders = [bid.organization_id for bid in bids if bid.current]
    assert len(holders) == len(set(holders)) == len({bid.organization_id for bid in bids})
    return len(received)
