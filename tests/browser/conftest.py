"""The browser of this folder's tests 浏览器夹具: a Chromium, the product on a training clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.serving import served
from tests.builders import people
from tests.chromium import launched
from tests.conftest import MONDAY_MORNING, close
from trading.clock import TrainingClock


@pytest.fixture
def demonstration(database_url: str, tmp_path: Path, make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The product as a newcomer gets it, with its people, on the same Monday as every test."""
    clock = TrainingClock(tmp_path / "data" / "training-clock", MONDAY_MORNING)
    app = make_app(database_url, tmp_path / "data", clock, TRADING_MODE="demonstration")
    people(app)
    yield app
    close(app)


@pytest.fixture
def home(demonstration: Flask) -> Iterator[str]:
    """The address at which it is served."""
    with served(demonstration) as address:
        yield address


@pytest.fixture
def browser(home: str) -> Iterator[Browser]:
    """A Chromium, started last: while it runs, the application is asked in other threads (``serving.apart``)."""
    with launched() as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest walk first: whoever works beside it takes all others meanwhile."""
    items.sort(key=lambda item: "test_walk.py" not in item.nodeid)
