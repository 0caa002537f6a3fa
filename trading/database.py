"""The session, the migrations and the only commit of the house 数据库."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import PoolResetState

from trading.models import Base

ROOT = Path(__file__).resolve().parent.parent
db = SQLAlchemy(session_options={"expire_on_commit": False, "autoflush": False})
alembic = Alembic(metadatas=Base.metadata, run_mkdir=False)


def prepare_sqlite(engine: Engine, *, synchronous: str = "FULL") -> None:
    """Put an SQLite engine into WAL mode, with foreign keys, and let each transaction begin by taking the write lock.

    pysqlite's own transaction handling is switched off: a read that turns into a write halfway would fail with
    "database is locked" instead of waiting (SQLite documentation, isolation and BEGIN IMMEDIATE).
    """

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"synchronous={synchronous}", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        immediate = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def leave_nothing_open(engine: Engine) -> None:
    """Roll back whatever a connection that returns to the pool still has open.

    After a COMMIT that failed, SQLAlchemy takes the transaction for ended and the pool asks no more; on the connection
    it still stands, with its locks, and whoever comes next on that connection fails.
    """

    @event.listens_for(engine, "reset")
    def returned(connection: Any, _record: Any, state: PoolResetState) -> None:
        if state.transaction_was_reset and not state.terminate_only:
            connection.rollback()


def init_app(app: Flask) -> None:
    """Bind the session and the migrations to ``app``."""
    url = app.config["TRADING_DATABASE_URL"]
    options: dict[str, Any] = {"url": url}
    if url.startswith("postgresql"):
        options["connect_args"] = {"options": "-c lock_timeout=15000 -c timezone=UTC"}
        options["pool_pre_ping"] = True
    app.config["SQLALCHEMY_ENGINES"] = {"default": options}
    app.config["ALEMBIC"] = {"script_location": str(ROOT / "migrations"), "version_locations": []}
    app.config["ALEMBIC_CONTEXT"] = {"render_as_batch": True, "compare_type": True}
    db.init_app(app)
    # The library's second teardown closes asynchronous sessions, which nobody opens: it cost a thread a request.
    app.teardown_appcontext_funcs[:] = [one for one in app.teardown_appcontext_funcs if not iscoroutinefunction(one)]
    alembic.init_app(app)
    with app.app_context():
        leave_nothing_open(db.engine)
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


def migrate(app: Flask) -> None:
    """Bring the database of ``app`` to the newest migration."""
    with app.app_context():
        alembic.upgrade()


def standalone(url: str) -> sessionmaker[Session]:
    """A session factory without Flask, for the replay's own database; creates the tables."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine, synchronous="OFF")
    leave_nothing_open(engine)
    Base.metadata.create_all(engine)
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)


def writing(session: Session) -> None:
    """Begin the session's transaction as a writing one (on SQLite: take the write lock at once)."""
    session.connection(execution_options={"writes": True})


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Everything inside is kept together, or not at all; the only commit in the tree.

    A transaction that only read is ended first, so that what is read inside is read under the lock.

    Raises:
        RuntimeError: something was changed before, outside any transaction.
    """
    if session.in_transaction():
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("a record was changed outside a transaction")
        session.commit()
    writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
