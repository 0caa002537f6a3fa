"""What was built once is lent, and only to who begins with the very same 素材书架."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.builders import Trade, people
from tests.shelf import SHELF, asked_of, shelved
from trading.app import lend
from trading.clock import StoppedClock
from trading.database import db, transaction
from trading.models import Organization

BUILT: list[str] = []


@pytest.fixture(autouse=True)
def _sqlite(database_backend: str) -> None:
    """PostgreSQL builds every time."""
    if database_backend != "sqlite":
        pytest.skip("lends files")


@shelved
def entered(app: Flask, name: str) -> Trade:
    """One more organization, an hour later."""
    persons = people(app)
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Organization).where(Organization.name == "县水利局").values(name=name))
    app.extensions["clock"].advance(timedelta(hours=1))
    (app.config["TRADING_DATA_DIR"] / "paper").write_text(name)
    BUILT.append(name)
    return Trade(app, persons, code=name, signed={name})


def wishes(app: Flask, *given: object) -> str | None:
    """Under what a builder's result would be kept."""
    return SHELF.key(app, "builder", asked_of(given, {}))


def test_a_state_is_lent_to_who_begins_the_same_and_built_for_who_does_not(
    house: Callable[[StoppedClock], Flask], app: Flask, clock: StoppedClock
) -> None:
    BUILT.clear()
    SHELF.open = True
    begun, first = clock.now(), entered(app, "甲局")

    def again(name: str = "甲局", *, changed: bool = False, lent: bool = True, hours: int = 0) -> Trade:
        clock.set(begun + timedelta(hours=hours))
        renewed = house(clock)
        SHELF.lent = renewed.extensions["tools"] if lent else None
        if changed:
            people(renewed)
        return entered(renewed, name)

    second = again()
    assert BUILT == ["甲局"] and (second.code, second.signed) == ("甲局", {"甲局"})
    second.signed.add("乙")
    assert again().signed == {"甲局"}, "what one test adds is not lent to the next"
    assert clock.now() == begun + timedelta(hours=1) and again().people["owner"].id == first.people["owner"].id
    assert (app.config["TRADING_DATA_DIR"] / "paper").read_text() == "甲局"
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Organization.name == "甲局")) == 1
    assert wishes(app, {"total": "1"}) != wishes(app, {"total": "2"}), "a form is part of what is asked"
    assert wishes(app, people(app)) == wishes(app), "the people are not: the bytes name them"
    for builds, other in enumerate(
        (lambda: again("丙局"), lambda: again(changed=True), lambda: again(lent=False), lambda: again(hours=2)), 2
    ):
        other()
        assert len(BUILT) == builds
    assert BUILT[-1] == "甲局"


def test_a_test_that_brings_its_own_tools_has_everything_built(app: Flask, clock: StoppedClock) -> None:
    BUILT.clear()
    SHELF.open = True
    lend(app, clock)
    entered(app, "丁局")
    assert BUILT == ["丁局"] and SHELF.key(app, "x", "y") is None
