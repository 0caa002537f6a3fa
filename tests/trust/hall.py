"""A hall of live bidding over real sockets 竞价大厅: server processes, screens that watch, bidders who bid, a kill.

Run as ``python -m tests.trust.hall FD`` it is one server process: gunicorn with threads, as production runs it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask

from tests.phases.auctions import CODE, START, STEP, lot_of
from tests.trust.rush import settings_of
from trading.app import create_app
from trading.cli import Server
from trading.clock import SystemClock
from trading.codelists import Method, ProjectType, Role, Status
from trading.database import db, transaction
from trading.identifiers import make_uscc
from trading.models import Entrant, Organization, SaleTerms, User

LIMIT = 2**20
SETTINGS = "HALL_SETTINGS"
PATIENCE = 60.0
STATE = f"/api/v1/lots/{CODE}/bidding"


def fill(app: Flask, owner: User, bidders: int) -> list[str]:
    """A live auction with so many bidders, on the machine's own clock; the cookies by which they are logged in."""
    now, cookies = SystemClock().now(), []
    with app.app_context(), transaction(db.session):
        lot = lot_of(owner, now, Method.NET_BIDDING, ProjectType.RURAL)
        db.session.add(lot)
        db.session.flush()
        lot.published_at, lot.bid_deadline, lot.closed_at = now, now, now
        lot.status = Status.BIDDING
        db.session.add(
            SaleTerms(
                lot_id=lot.id, starting_price=START, increment=STEP, bidding_at=now, live_at=now, deposit=Decimal(0),
                planned_end=now + timedelta(hours=9), ends_at=now + timedelta(hours=9),
            )
        )  # fmt: skip
        for number in range(bidders):
            cookies.append(cookie(app, bidder(lot.id, number, now)))
    return cookies


def bidder(lot_id: str, number: int, now: datetime) -> User:
    """One bidder with his paddle."""
    home = Organization(
        name=f"第{number}竞买公司", uscc=make_uscc("422823", 3000 + number), kind=Role.BIDDER, registered_at=now,
        identity_checked_at=now, legal_representative="法人", contact_name="联系人", contact_phone="13800000000",
    )  # fmt: skip
    db.session.add(home)
    db.session.flush()
    user = User(
        login=f"hall{number}", name=f"竞买员{number}", person=f"P-HALL{number}", role=Role.BIDDER,
        organization_id=home.id, password="", created_at=now,
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    db.session.add(
        Entrant(
            lot_id=lot_id, organization_id=home.id, applied_by_id=user.id, applied_at=now, qualified=True,
            paddle=100 + number,
        )
    )  # fmt: skip
    return user


def cookie(app: Flask, user: User) -> str:
    """The session cookie of somebody who is logged in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    name = app.config["SESSION_COOKIE_NAME"]
    db.session.flush()
    identity = f"{user.id}.{user.session_epoch or 0}"
    return f"{name}={signer.dumps({'_user_id': identity, '_fresh': True})}"


@dataclass
class Process:
    """One server process and where it listens."""

    port: int
    running: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()


def start(app: Flask, streams: int) -> Process:
    """Start a server process over the same installation; whoever connects meanwhile waits until it is ready."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    settings = {name: value for name, value in settings_of(app).items() if value is not None}
    settings |= {"TRADING_STREAMS": str(streams)}
    port = listening.getsockname()[1]
    with Path(settings["TRADING_DATA_DIR"], f"door-{port}.log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.trust.hall", str(listening.fileno())], pass_fds=[listening.fileno()],
            env={**os.environ, SETTINGS: json.dumps(settings)}, start_new_session=True, stdout=log, stderr=log,
        )  # fmt: skip
    listening.close()
    return Process(port, running)


@dataclass
class Hall:
    """What everybody in the hall knows: the doors, the price, and who saw or did what, when."""

    doors: list[int]
    least: Decimal = START
    leader: int | None = None
    wanted: int = 0
    made: dict[int, tuple[str, float, float]] = field(default_factory=dict)
    seen: list[list[tuple[int, float]]] = field(default_factory=list)
    refused: int = 0
    reconnected: int = 0
    told: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    half: asyncio.Event = field(default_factory=asyncio.Event)

    def door(self, number: int) -> int:
        """The port for the number-th of the hall; of those still open."""
        return self.doors[number % len(self.doors)]

    def hear(self, state: dict[str, Any]) -> None:
        """What a screen shows, everybody in the hall reads."""
        if state["highest"]:
            self.learn(Decimal(state["least"]), state["highest"]["paddle"])

    def learn(self, least: Decimal, leader: int) -> None:
        """Somebody leads, by a screen or by the answer to his offer: whoever waits for news has some."""
        if least > self.least or self.leader is None:
            self.least, self.leader = least, leader
            self.told.set()
            self.told = asyncio.Event()

    def acknowledged(self, number: int, key: str, sent: float) -> None:
        """An offer was answered for."""
        self.made[number] = (key, sent, time.monotonic())
        if len(self.made) >= self.wanted // 2:
            self.half.set()
        if len(self.made) >= self.wanted:
            self.done.set()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to one of the doors, closed whatever happens."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LIMIT)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def watch(hall: Hall, number: int) -> None:
    """One screen: events from its door, and from another one where it is shut; notes each offer that it sees."""
    seen = hall.seen[number]
    while True:
        with suppress(OSError):
            async with connected(hall.door(number)) as (reader, writer):
                last = seen[-1][0] if seen else 0
                address = f"/lots/{CODE}/bidding/events"
                writer.write(f"GET {address} HTTP/1.1\r\nHost: hall\r\nLast-Event-ID: {last}\r\n\r\n".encode())
                while line := await reader.readline():
                    if line.startswith(b"HTTP/1.1 ") and b" 200 " not in line:
                        raise OSError(line.decode())
                    if line.startswith(b"data: "):
                        state = json.loads(line[6:])
                        seen += [(one["number"], time.monotonic()) for one in state["items"]]
                        hall.hear(state)
        hall.reconnected += 1
        await asyncio.sleep(0)


async def bid(hall: Hall, number: int, cookie_: str) -> None:
    """One bidder: offers the least whenever another leads; an offer without an answer is sent again, with its key."""
    turn, paddle = 0, 100 + number
    while not hall.done.is_set():
        if hall.leader == paddle:
            told = hall.told
            await told.wait()
            continue
        turn += 1
        body = {"amount": str(hall.least), "key": f"hall-{number}-{turn}", "seen": None}
        sent = time.monotonic()
        status, answer = await post(hall, number, cookie_, body)
        if status == 200:
            hall.learn(Decimal(answer["facts"]["amount"]) + STEP, paddle)
            hall.acknowledged(answer["facts"]["number"], body["key"], sent)
        else:
            hall.refused += 1
            assert status in (400, 422), answer
            told = hall.told
            await asyncio.wait([asyncio.ensure_future(told.wait())], timeout=0.5)


async def post(hall: Hall, number: int, cookie_: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Send an offer until it is answered, by whichever door is open."""
    content = json.dumps(body).encode()
    head = (
        f"POST /api/v1/lots/{CODE}/make-offer HTTP/1.1\r\nHost: hall\r\nCookie: {cookie_}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode()
    while True:
        try:
            async with connected(hall.door(number)) as (reader, writer):
                writer.write(head + content)
                raw = await reader.read()
            first, _, rest = raw.partition(b"\r\n")
            status = int(first.split()[1])
            return status, json.loads(rest.partition(b"\r\n\r\n")[2] or b"{}")
        except (OSError, IndexError, ValueError):
            hall.reconnected += 1
            await asyncio.sleep(0)


@dataclass
class Session:
    """What a session in the hall was like."""

    hall: Hall
    seconds: float

    def complete(self) -> None:
        """Every screen saw every offer once, in order."""
        last = max(self.hall.made)
        for seen in self.hall.seen:
            numbers = [number for number, _at in seen]
            assert numbers == list(range(1, len(numbers) + 1)), "an offer was lost, doubled or out of order"
            assert len(numbers) >= last

    def delays(self) -> list[float]:
        """Seconds from the sending of each acknowledged offer to its arrival at the last screen, sorted."""
        at = [dict(seen) for seen in self.hall.seen]
        return sorted(max(one[number] for one in at) - sent for number, (_key, sent, _ack) in self.hall.made.items())


async def meet(doors: list[Process], cookies: list[str], watchers: int, offers: int, kill: bool) -> Session:
    """So many screens and bidders, until so many offers are acknowledged; one process is killed halfway."""
    hall = Hall([one.port for one in doors], wanted=offers, seen=[[] for _number in range(watchers)])
    screens = [asyncio.create_task(watch(hall, number)) for number in range(watchers)]
    begun = time.monotonic()
    bidders = [asyncio.create_task(bid(hall, number, one)) for number, one in enumerate(cookies)]
    if kill:
        await asyncio.wait_for(hall.half.wait(), PATIENCE * 5)
        hall.doors.remove(doors[-1].port)
        doors[-1].kill()
    await asyncio.wait_for(hall.done.wait(), PATIENCE * 5)
    seconds = time.monotonic() - begun
    for one in bidders:
        one.cancel()
    await asyncio.gather(*bidders, return_exceptions=True)
    await asyncio.wait_for(all_seen(hall), PATIENCE)
    for one in screens:
        one.cancel()
    await asyncio.gather(*screens, return_exceptions=True)
    return Session(hall, seconds)


async def all_seen(hall: Hall) -> None:
    """Wait until each screen shows the last acknowledged offer."""
    while not all(seen and seen[-1][0] >= max(hall.made) for seen in hall.seen):
        await asyncio.sleep(0.01)


def main() -> None:
    """One server process on the socket that was handed over."""
    settings = json.loads(os.environ[SETTINGS])
    app = create_app(settings)
    options = {
        "bind": f"fd://{sys.argv[1]}", "workers": 1, "worker_class": "gthread", "timeout": 120, "accesslog": None,
        "threads": int(settings["TRADING_STREAMS"]) + 8, "loglevel": "error", "control_socket_disable": True,
    }  # fmt: skip
    Server(app, options).run()


if __name__ == "__main__":
    main()
