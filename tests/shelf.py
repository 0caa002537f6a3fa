"""What was built once is not built again 素材书架: the next test that starts from the same gets a copy of it.

A builder carries the application from one state to another by hundreds of requests. Its result is kept as files under
what it began with: the bytes of the database, the hour, and what was asked. A test that changed anything before, down
to a byte, begins with something else and has its own built. SQLite alone, and only where ``--lend`` is asked for, as
``./dev test`` does; on PostgreSQL everything is built for every test.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import shutil
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from flask import Flask, has_app_context

from trading.clock import StoppedClock
from trading.database import db
from trading.models import User

P = ParamSpec("P")
R = TypeVar("R")
SQLITE = "sqlite:///"
BENDING = frozenset({"monkeypatch", "caplog", "recwarn"})
OWN = ("app", "people", "hands")
ROOM = 80


@dataclass
class Kept:
    """A state on the shelf: the files, the hour, and what the builder gave back besides the application."""

    folder: Path
    moment: datetime
    built: Any


class Shelf:
    """The states of one worker, the one lent last at the end; the first goes where there is no room."""

    def __init__(self) -> None:
        self.open = False
        self.lent: Any = None
        self.kept: dict[str, Kept] = {}
        self.folder: Path | None = None

    def admit(self, request: pytest.FixtureRequest, app: Flask) -> None:
        """A test begins with a fresh application; one that bends the code has everything built for itself."""
        asked = inspect.signature(request.function).parameters if request.function else {}
        self.open = bool(request.config.getoption("--lend")) and not BENDING & asked.keys()
        self.lent = app.extensions["tools"]

    def key(self, app: Flask, name: str, asked: str) -> str | None:
        """Under what a result is kept; None where it cannot be shared."""
        url, clock = app.config["TRADING_DATABASE_URL"], app.extensions["clock"]
        if not self.open or not url.startswith(SQLITE) or app.extensions["tools"] is not self.lent:
            return None
        if has_app_context() or not isinstance(clock, StoppedClock) or " at 0x" in asked:
            return None
        rest(app)
        file = Path(url.removeprefix(SQLITE))
        if file.with_name(file.name + "-wal").exists():
            return None
        digest = hashlib.sha256(file.read_bytes())
        files = sorted((str(one), one.stat().st_size) for one in app.config["TRADING_DATA_DIR"].rglob("*"))
        digest.update(repr((name, asked, clock.now(), files)).encode())
        return digest.hexdigest()

    def keep(self, app: Flask, key: str, built: Any) -> None:
        """Put the state as it stands on the shelf."""
        assert self.folder is not None, "the house gives the shelf its folder"
        place = self.folder / key
        rest(app)
        shutil.copytree(app.config["TRADING_DATA_DIR"], place / "data")
        shutil.copyfile(app.config["TRADING_DATABASE_URL"].removeprefix(SQLITE), place / "database")
        self.kept[key] = Kept(place, app.extensions["clock"].now(), told(built))
        if len(self.kept) > ROOM:
            shutil.rmtree(self.kept.pop(next(iter(self.kept))).folder)

    def lend(self, app: Flask, key: str) -> Kept:
        """Make the application stand where the kept state stands."""
        kept = self.kept[key] = self.kept.pop(key)
        data = app.config["TRADING_DATA_DIR"]
        shutil.rmtree(data)
        shutil.copytree(kept.folder / "data", data)
        shutil.copyfile(kept.folder / "database", app.config["TRADING_DATABASE_URL"].removeprefix(SQLITE))
        clock = app.extensions["clock"]
        clock.set(kept.moment)
        importlib.import_module("trading.app").lend(app, clock)
        self.lent = app.extensions["tools"]
        return kept


def rest(app: Flask) -> None:
    """Nobody is connected: the file holds everything."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def told(built: Any) -> dict[str, Any] | None:
    """The members of a trade besides those that belong to a test; None for a builder that gives back nothing."""
    return None if built is None else {name: copy(value) for name, value in vars(built).items() if name not in OWN}


SHELF = Shelf()


def shelved(build: Callable[P, R]) -> Callable[P, R]:
    """A builder ``(app, …)`` whose result is lent from the shelf where it was built before.

    It gives back nothing, or a Trade. Where the people are given to it, they are no part of what is asked: the bytes of
    the database name them.
    """

    @wraps(build)
    def ask(*given: P.args, **what: P.kwargs) -> R:
        app: Any = given[0]
        key = SHELF.key(app, build.__qualname__, asked_of(given[1:], what))
        if key is None:
            return build(*given, **what)
        if key in SHELF.kept:
            return made_again(app, SHELF.lend(app, key), given)
        built = build(*given, **what)
        if app.extensions["tools"] is SHELF.lent:
            SHELF.keep(app, key, built)
        return built

    return ask


def asked_of(given: tuple[Any, ...], what: dict[str, Any]) -> str:
    """What a builder is asked for, besides the people."""
    return repr(([one for one in given if not are_people(one)], what))


def are_people(given: Any) -> bool:
    """Whether an argument holds the accounts by login, and is no answer to a form."""
    return isinstance(given, dict) and bool(given) and all(isinstance(one, User) for one in given.values())


def made_again(app: Flask, kept: Kept, given: tuple[Any, ...]) -> Any:
    """What the builder gave back, for this test."""
    if kept.built is None:
        return None
    builders = importlib.import_module("tests.builders")
    persons = next((one for one in given[1:] if are_people(one)), None)
    return builders.Trade(
        app, builders.people(app) if persons is None else persons,
        **{name: copy(value) for name, value in kept.built.items()},
    )  # fmt: skip
