"""Databases for tests of the record 存证测试: sessions on the migrated tables and triggers, without the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from trading.database import standalone


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
