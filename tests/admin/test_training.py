"""The training clock 训练时钟: moves in demonstration mode alone, stops at each due moment, never goes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.builders import people, send_form
from tests.conftest import MONDAY_MORNING, close
from trading.admin import training
from trading.clock import TrainingClock

LATER = MONDAY_MORNING + timedelta(hours=5)


@pytest.fixture
def demonstration(database_url: str, tmp_path: Path, make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application in demonstration mode; its clock stands on the Monday morning."""
    clock = TrainingClock(tmp_path / "clock", MONDAY_MORNING)
    application = make_app(database_url, tmp_path / "data", clock, TRADING_MODE="demonstration")
    people(application)
    yield application
    close(application)


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Something falls due five hours later; each tick notes when it ran."""
    ticks: list[datetime] = []

    def next_due(_session: Any, now: datetime) -> tuple[datetime, str, str] | None:
        return (LATER, "投标截止", "bidding closes") if now < LATER else None

    def tick(_session: Any, now: datetime, _tools: Any) -> list[str]:
        ticks.append(now)
        return ["taken"] if now == LATER else []

    monkeypatch.setattr(training.clockwork, "next_due", next_due)
    monkeypatch.setattr(training.clockwork, "tick", tick)
    return ticks


@pytest.mark.parametrize(("to", "span"), [("hour", 1), ("day", 24), ("week", 168)])
def test_the_clock_moves_by_the_span(demonstration: Flask, to: str, span: int) -> None:
    client = demonstration.test_client()
    answer = send_form(
        client, "/login", {"to": to}, to="/training-clock", headers={"Referer": "http://localhost/lots?page=2"}
    )
    assert (answer.status_code, answer.location) == (303, "/lots?page=2")
    assert demonstration.extensions["clock"].now() == MONDAY_MORNING + timedelta(hours=span)


def test_next_goes_to_the_due_moment_and_lets_it_happen(demonstration: Flask, due: list[datetime]) -> None:
    client = demonstration.test_client()
    assert "前进到下一到期时刻" in client.get("/login").text
    assert send_form(client, "/login", {"to": "next"}, to="/training-clock").status_code == 303
    assert demonstration.extensions["clock"].now() == LATER
    assert due[-1] == LATER
    page = client.get("/login").text
    assert "1 项到期事项" in page
    assert "前进到下一到期时刻" not in page


def test_a_week_passes_through_what_falls_due_on_the_way(demonstration: Flask, due: list[datetime]) -> None:
    send_form(demonstration.test_client(), "/login", {"to": "week"}, to="/training-clock")
    assert LATER in due
    assert demonstration.extensions["clock"].now() == MONDAY_MORNING + timedelta(weeks=1)


@pytest.mark.parametrize("to", ["", "year", "next"])
def test_another_word_moves_nothing(demonstration: Flask, to: str) -> None:
    answer = send_form(demonstration.test_client(), "/login", {"to": to}, to="/training-clock")
    assert answer.status_code == 400
    assert demonstration.extensions["clock"].now() == MONDAY_MORNING


@pytest.mark.parametrize(
    "referer", ["https://evil.example/lots", "//evil.example", "", "http://localhost//evil.example"]
)
def test_the_way_back_stays_on_this_site(demonstration: Flask, referer: str) -> None:
    answer = send_form(
        demonstration.test_client(), "/login", {"to": "hour"}, to="/training-clock", headers={"Referer": referer}
    )
    assert answer.location == "/"


def test_outside_a_demonstration_there_is_no_such_page(app: Flask) -> None:
    answer = send_form(app.test_client(), "/login", {"to": "hour"}, to="/training-clock")
    assert answer.status_code == 404
    assert "训练时钟" not in app.test_client().get("/login").text
