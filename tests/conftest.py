"""What every test may ask for 测试夹具: a stopped clock, a fresh migrated database, the application, a client."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from tests.databases import BACKENDS, PostgresTemplate, SqliteTemplate, postgresql_server
from tests.shelf import SHELF
from trading import database
from trading.beijing import BEIJING
from trading.clock import StoppedClock

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
SECRET = "not a secret: only tests know it, and it is long enough"
CATALOGUE = Path(__file__).parent.parent / "trading" / "translations" / "en" / "LC_MESSAGES" / "messages.po"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database``: where the tests that use a database run."""
    parser.addoption(
        "--database",
        choices=(*BACKENDS, "both"),
        default="both",
        help="sqlite: all tests, on SQLite; postgresql: the tests that use a database, on PostgreSQL; "
        "both (default): on SQLite, and those marked both_databases on PostgreSQL too",
    )
    parser.addoption(
        "--first-rows",
        action="store_true",
        help="of a test with a table of cases, run the first case alone, unless it is marked both_databases: "
        "what differs between two databases is what a test does, seldom what it is given",
    )
    parser.addoption(
        "--lend",
        action="store_true",
        help="on SQLite, lend what a test starts from where an earlier test built the same (tests/shelf.py)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that uses a database its backend, or both."""
    if "database_backend" not in metafunc.fixturenames:
        return
    wanted = metafunc.config.getoption("--database")
    on_both = any(metafunc.definition.iter_markers("both_databases"))
    backends = [wanted] if wanted != "both" else list(BACKENDS if on_both else BACKENDS[:1])
    metafunc.parametrize("database_backend", backends, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL alone, leave out what never touches a database: it has run on SQLite; see ``--first-rows`` too.

    The slow ones come first: who begins with them is helped with all others meanwhile, and nobody waits at the end.
    """
    kept = items
    if config.getoption("--database") == "postgresql":
        kept = [item for item in kept if "database_backend" in getattr(item, "fixturenames", ())]
    if config.getoption("--first-rows"):
        kept = list(first_rows(kept))
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("slow") is None)


def first_rows(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Of each test the first case, and every case of those marked both_databases."""
    seen: set[str] = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test not in seen or item.get_closest_marker("both_databases"):
            yield item
        seen.add(test)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Switch off pytest-flask's standing request context: it carries the logged-in user from one client to the next."""


@pytest.fixture(scope="session")
def compiled_catalogue() -> None:
    """The English words, compiled as ./dev setup does it, where that was not done since they changed."""
    compiled = CATALOGUE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime > CATALOGUE.stat().st_mtime:
        return
    fresh = CATALOGUE.with_suffix(f".{os.getpid()}.mo")
    with CATALOGUE.open(encoding="utf-8") as source, fresh.open("wb") as target:
        write_mo(target, read_po(source, locale="en"))
    fresh.replace(compiled)


@pytest.fixture(scope="session")
def make_app(compiled_catalogue: None) -> Callable[..., Flask]:
    """The application factory with the settings of a test; loaded on first use: a rule's test needs no application."""

    def make(url: str, data_dir: Path, clock: Any = None, **settings: Any) -> Flask:
        data_dir.mkdir(parents=True, exist_ok=True)
        given = {
            "TRADING_MODE": "test",
            "TRADING_DATABASE_URL": url,
            "TRADING_DATA_DIR": str(data_dir),
            "SECRET_KEY": SECRET,
            "ARGON2_CHEAPEST": True,
        }
        return importlib.import_module("trading.app").create_app(given | settings, clock=clock)

    return make


def close(app: Flask) -> None:
    """End the streams of ``app`` and close its database connections."""
    if channels := app.extensions.get("channels"):
        channels.close()
    with app.app_context():
        for engine in database.db.engines.values():
            engine.dispose()


def migrated(url: str, data_dir: Path) -> None:
    """Bring the database at ``url`` to the newest migration; needs the records alone, not the whole application.

    A function and no fixture: a folder that replaced it would change the template of all other folders too.
    """
    app = Flask("migrations")
    app.config["TRADING_DATABASE_URL"] = url
    database.init_app(app)
    database.migrate(app)
    close(app)


@pytest.fixture(scope="session")
def database_backend(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``."""
    return str(request.param)


@pytest.fixture(scope="session")
def database_template(
    database_backend: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqliteTemplate | PostgresTemplate]:
    """The migrated template of this session's backend; ``create(folder)`` makes a fresh database from it."""
    folder = tmp_path_factory.mktemp("template")
    if database_backend == "sqlite":
        yield SqliteTemplate(folder, migrated)
        return
    address, end = postgresql_server()
    template = PostgresTemplate(address, migrated, folder)
    yield template
    template.close()
    end()


@pytest.fixture
def database_url(database_template: SqliteTemplate | PostgresTemplate, tmp_path: Path) -> Iterator[str]:
    """Address of a fresh, migrated database that belongs to this test alone."""
    url = database_template.create(tmp_path)
    yield url
    database_template.drop(url)


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands on a Monday morning, 2026-03-02 09:00 in Beijing, until the test moves it."""
    return StoppedClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def house(
    database_template: SqliteTemplate | PostgresTemplate,
    tmp_path_factory: pytest.TempPathFactory,
    make_app: Callable[..., Flask],
) -> Callable[[StoppedClock], Flask]:
    """Makes the one application of this worker as good as new; building another for each test took most of the time.

    New are its database, its folder, its clock and what it remembered; kept are its routes, templates and statements.
    """
    folder = tmp_path_factory.mktemp("house")
    SHELF.folder = tmp_path_factory.mktemp("shelf")
    url = database_template.create(folder)
    application = make_app(url, folder / "data", StoppedClock(MONDAY_MORNING))
    at_first = [dict(one) for one in (application.config, application.extensions, application.view_functions)]

    def renew(clock: StoppedClock) -> Flask:
        close(application)
        database_template.renew(url)
        shutil.rmtree(folder / "data")
        lent = (application.config, application.extensions, application.view_functions)
        for now, then in zip(lent, at_first, strict=True):
            now.clear()
            now.update(then)
        application.extensions["dossier_digests"].clear()
        application.jinja_env.globals["kept"].__self__.forget()
        importlib.import_module("trading.app").lend(application, clock)
        return application

    return renew


@pytest.fixture
def app(
    house: Callable[[StoppedClock], Flask], clock: StoppedClock, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """The application over a fresh database, told the time by ``clock``."""
    application = house(clock)
    SHELF.admit(request, application)
    yield application
    close(application)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """An anonymous browser without a standing context; ``app.test_client()`` makes more of them."""
    return app.test_client()
