"""Runs the benchmark 测速: on SQLite, then on PostgreSQL; prints a table for each, and never fails for being slow."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bench.asking import Ask, Each
from bench.auctioning import auctioning
from bench.auditing import auditing
from bench.county import NOW, County, add_bids, build, pad, sealed_bids
from bench.floors import bystanders, create_floors
from bench.measuring import WARM_UP, side_by_side
from bench.paper import dossier
from bench.table import Line, against_floor, at_most, printed, times_at_most
from bench.trusting import trusting
from tests.conftest import migrated
from tests.databases import BACKENDS, PostgresTemplate, SqliteTemplate, postgresql_server
from trading.codelists import Status
from trading.database import db
from trading.models import Lot
from trading.rules import CONDITIONS, judge
from trading.workflow.facts import RecordCase

FEW, MANY, BIDS = 100, 100_000, 50
TURNS = 45
NOTE = """Processor time of this process (medians, in turns with their floors), WSGI called without a socket: the ratios
count, seconds depend on the machine. PostgreSQL's own processor time and waiting for a disk are not in the figures.
A ratio beside a floor is floor ÷ figure: the share of the floor's throughput that is left.
"""


def measure(url: str, few: County, many: County, folder: Path) -> Iterator[Line]:
    """All lines of one database, as they come."""
    with few.app.app_context():
        draft = db.session.scalars(select(Lot).where(Lot.status == Status.DRAFT)).first()
    assert draft is not None and few.bidder.organization_id is not None
    floors = create_floors(url, folder, bystanders(few.bidder, draft), NOW)
    asks = {
        "empty Flask": Ask(floors, "/empty"),
        "ORM get": Ask(floors, f"/one/{few.bidder.organization_id}"),
        "ORM insert": Ask(floors, "/insert", {}),
        "20-row page": Ask(floors, "/rows"),
        "ORM bid + entry": Ask(floors, "/bid", {"total": "4100000"}),
    }
    code = few.codes[Status.PUBLISHED]
    yield from requests(few, many, asks, code)
    yield from rules_pass(few)
    yield from dossier(few.app, few.codes[Status.ARCHIVED])
    command = [sys.executable, "-m", "bench.worker", url, str(folder / "worker"), code]
    megabytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    yield at_most("memory of a web worker", float(megabytes), "MB", 200)


def requests(few: County, many: County, floors: dict[str, Ask], code: str) -> Iterator[Line]:
    """Bid, list and lot page beside the floors."""
    cases: dict[str, Callable[[], object]] = {
        **floors,
        "bid": Each(few.app, f"/api/v1/lots/{code}/submit-bid", sealed_bids(few, TURNS), few.bidder),
        "list": Ask(few.app, "/lots"),
        "long list": Ask(many.app, "/lots"),
        "lot": Ask(few.app, f"/lots/{code}"),
    }
    found = side_by_side(cases, TURNS - WARM_UP)
    for name in floors:
        yield Line(f"floor: {name}", f"{found[name]:.2f} ms")
    floor = found["ORM bid + entry"]
    yield against_floor("a sealed bid finalised, with its receipt", found["bid"], "ORM bid + entry", floor, 0.8)
    yield against_floor("public list", found["list"], "20-row page", found["20-row page"], 0.45)
    yield times_at_most(f"list of {MANY:,} lots", found["long list"], f"list of {FEW}", found["list"], 1.1)
    yield against_floor("lot page", found["lot"], "ORM get", found["ORM get"], 1 / 6)


def rules_pass(county: County) -> Iterator[Line]:
    """All conditions of all rules over an opened lot with fifty bids: alone, and with the facts read first."""
    tools = county.app.extensions["tools"]
    with county.app.app_context():
        lot = db.session.scalar(select(Lot).where(Lot.code == county.codes[Status.EVALUATED]))
        assert lot is not None
        add_bids(db.session, lot, county.bidder, BIDS)
        db.session.flush()
        conditions = tuple(CONDITIONS.values())
        read = RecordCase(db.session, lot, NOW, tools)
        cases: dict[str, Callable[[], object]] = {
            "alone": lambda: judge(conditions, read),
            "read": lambda: judge(conditions, RecordCase(db.session, lot, NOW, tools)),
        }
        found = side_by_side(cases)
        db.session.rollback()
    yield at_most(f"rules pass, {len(conditions)} conditions, {BIDS} bids", found["alone"], "ms", 5)
    yield at_most("… with the facts read from the database", found["read"], "ms", 5)


@contextmanager
def template(backend: str, folder: Path) -> Iterator[SqliteTemplate | PostgresTemplate]:
    """Makes fresh databases of one kind."""
    if backend == "sqlite":
        yield SqliteTemplate(folder, migrated)
        return
    address, end = postgresql_server()
    made = PostgresTemplate(address, migrated, folder)
    try:
        yield made
    finally:
        made.close()
        end()


def run(backend: str) -> None:
    """Print the table of one database."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="trading-bench-") as name, template(backend, Path(name)) as databases:
        folder = Path(name)
        counties: list[Any] = []
        for size in (FEW, MANY):
            place = folder / str(size)
            place.mkdir()
            url = databases.create(place)
            print(f"→ {backend}: a county with {size:,} published lots …", flush=True)
            counties.append((url, build(url, place / "data")))
            pad(counties[-1][1], size)
        lines = list(measure(counties[0][0], counties[0][1], counties[1][1], folder))
        hall = folder / "hall"
        hall.mkdir()
        lines += auctioning(databases.create(hall), hall / "data")
        for _url, county in counties:
            with county.app.app_context():
                db.engine.dispose()
    print(printed(f"{backend}, {time.monotonic() - begun:.0f} s", lines), flush=True)


def main() -> None:
    """Both databases, or the one that is named."""
    reader = argparse.ArgumentParser(prog="./dev bench", description="Speed beside floors measured in the same run.")
    reader.add_argument("--database", choices=(*BACKENDS, "both"), default="both")
    wanted = reader.parse_args().database
    print(NOTE)
    with tempfile.TemporaryDirectory(prefix="trading-bench-") as folder:
        print(printed("audit of a file", list(auditing(Path(folder)))), flush=True)
        print(printed("trust", list(trusting(Path(folder)))), flush=True)
    for backend in BACKENDS if wanted == "both" else (wanted,):
        try:
            run(backend)
        except pytest.skip.Exception as without:
            print(f"{backend}: not measured, {without}")


if __name__ == "__main__":
    main()
