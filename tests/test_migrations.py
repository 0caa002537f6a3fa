"""Migrations 数据库迁移: what they build is what the models say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from trading import database
from trading.database import alembic

pytestmark = pytest.mark.both_databases


@pytest.fixture
def records(database_url: str) -> Iterator[Flask]:
    """The records alone, without the application."""
    bare = Flask("records")
    bare.config["TRADING_DATABASE_URL"] = database_url
    database.init_app(bare)
    with bare.app_context():
        yield bare
        database.db.engine.dispose()


def test_the_migrations_build_exactly_what_the_models_say(records: Flask) -> None:
    assert alembic.compare_metadata() == []


def test_a_column_that_no_model_knows_is_noticed(records: Flask) -> None:
    with database.db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE lot ADD COLUMN forgotten INTEGER"))
    assert "forgotten" in str(alembic.compare_metadata())


def test_there_is_one_newest_migration(records: Flask) -> None:
    assert len(alembic.heads()) == 1
    assert set(alembic.current()) == set(alembic.heads())
