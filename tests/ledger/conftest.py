"""Databases for tests of the record 存证测试: the tables and the triggers, without the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from trading.database import standalone
from trading.ledger import triggers


@pytest.fixture(scope="session")
def migrate() -> Callable[[str, Path], None]:
    """Makes tables and triggers at an address, in place of the migrations."""

    def run(url: str, _folder: Path) -> None:
        engine = standalone(url).kw["bind"]
        with engine.begin() as connection:
            for statement in triggers.create_sql(engine.dialect.name):
                connection.execute(text(statement))
        engine.dispose()

    return run


@pytest.fixture
def sessions(database_url: str) -> Iterator[sessionmaker[Session]]:
    """Makes sessions on a fresh database."""
    maker = standalone(database_url)
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """One session on a fresh database."""
    with sessions() as opened:
        yield opened
