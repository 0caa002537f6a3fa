"""Faults put into a running step 故障注入: an exception at its n-th statement, and what the database holds then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, select

from trading.database import db
from trading.ledger import verify
from trading.models import Base

State = dict[str, str]


class Broken(RuntimeError):
    """The fault."""


@dataclass
class Count:
    """How many statements went by, and whether the fault came."""

    seen: int = 0
    broken: bool = False


@contextmanager
def broken_at(engine: Engine, number: int) -> Iterator[Count]:
    """Raise :class:`Broken` instead of executing the ``number``-th statement from here; a commit counts as one."""
    count = Count()

    def next_one(*_given: Any) -> None:
        count.seen += 1
        if count.seen == number:
            count.broken = True
            raise Broken(f"at statement {number}")

    event.listen(engine, "before_cursor_execute", next_one)
    event.listen(engine, "commit", next_one)
    try:
        yield count
    finally:
        event.remove(engine, "before_cursor_execute", next_one)
        event.remove(engine, "commit", next_one)


def engine_of(app: Flask) -> Engine:
    """The engine of the application."""
    with app.app_context():
        return db.engine


def state(app: Flask) -> State:
    """A digest of every table, whatever the order of its rows."""
    found = {}
    with engine_of(app).connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed(before: State, after: State) -> list[str]:
    """The tables that differ."""
    return sorted(name for name in before if before[name] != after[name])


def broken_everywhere(app: Flask, act: Callable[[], Any], is_whole: Callable[[], bool]) -> int:
    """Break ``act`` at its first statement, its second … until it is through; returns at how many it was broken.

    After each fault the database is as before, to the last row, or ``is_whole`` says that everything is done; and the
    record verifies.
    """
    engine, before, number = engine_of(app), state(app), 0
    while True:
        number += 1
        with broken_at(engine, number) as count:
            try:
                act()
            except Broken:
                assert count.broken
        with app.app_context():
            assert verify.verify_log(db.session) == []
        tables = changed(before, state(app))
        if count.broken and not tables:
            continue
        assert tables and is_whole(), f"broken at statement {number}, half done: {tables}"
        points = number if count.broken else number - 1
        print(f"broken at {points} points, never half done")
        return points
