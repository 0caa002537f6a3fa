"""Migrations 数据库迁移: what they build is what the models say, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from trading.database import alembic

pytestmark = pytest.mark.both_databases


def test_the_migrations_build_exactly_what_the_models_say(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_there_is_one_newest_migration(app: Flask) -> None:
    with app.app_context():
        assert len(alembic.heads()) == 1
        assert alembic.current() == alembic.heads()
