"""The databases the tests stand on 测试数据库: fresh for each test, and really the one that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.databases import PostgresTemplate, SqliteTemplate, driver_url

pytestmark = pytest.mark.both_databases


def test_each_test_gets_the_database_it_was_promised(database_backend: str, database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.dialect.name == database_backend
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    engine.dispose()


def test_what_one_test_writes_no_other_sees(
    database_template: SqliteTemplate | PostgresTemplate, tmp_path: Path
) -> None:
    seen = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        url = database_template.create(tmp_path / name)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE only_here (id INTEGER)"))
            connection.execute(text("INSERT INTO only_here VALUES (1)"))
            seen.append(connection.scalar(text("SELECT count(*) FROM only_here")))
        engine.dispose()
        database_template.drop(url)
    assert seen == [1, 1]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("postgresql://u@/d?host=/tmp", "postgresql+psycopg://u@/d?host=/tmp"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:///x.sqlite", "sqlite:///x.sqlite"),
    ],
)
def test_an_address_names_the_driver_that_is_installed(given: str, wanted: str) -> None:
    assert driver_url(given) == wanted
