"""Puts the house together 组装应用; nothing imports it but wsgi, the command line and tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from argon2 import PasswordHasher
from flask import Flask, Response, g, request, session
from flask_babel import Babel, get_locale
from flask_bootstrap import Bootstrap5
from flask_smorest import Api
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import inspect
from werkzeug.middleware.proxy_fix import ProxyFix

from trading import admin, config, credit, database, oversight, phases, planning, portal
from trading.beijing import at, law_date
from trading.checkpoints.keeper import Keeper
from trading.checkpoints.memory import Memory
from trading.checkpoints.restoring import check_start
from trading.checkpoints.witnesses import chosen
from trading.clock import Clock, SystemClock, TrainingClock
from trading.ledger.notes import SigningKey
from trading.models import Checkpoint
from trading.models.columns import new_id
from trading.sealing.files import FileStore
from trading.sealing.vault import KeyVault
from trading.values import Book, load
from trading.web import access, errors, exchange, formats, fragments, frame, printing, specification
from trading.workflow.gate import Gate
from trading.workflow.taking import Tools, log_key
from trading.working_days import Calendar

ROOT = Path(__file__).resolve().parent.parent
csrf = CSRFProtect()
babel = Babel()
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def create_app(settings: Mapping[str, Any] | None = None, clock: Clock | None = None) -> Flask:
    """Build the application.

    Arguments:
        settings: overrides of the environment (tests).
        clock: the clock of tests; otherwise the training clock in demonstration, the system clock elsewhere.

    Raises:
        NotConfigured: production without its secrets or places.
        RuntimeError: an endpoint that does not say who may call it.
    """
    given = config.settings(given=settings)
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(given)
    configure(app)
    if proxies := app.config["TRADING_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    lend(app, clock)
    database.init_app(app)
    access.login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=chosen_language)
    Bootstrap5(app)
    app.extensions["language"] = language
    formats.init_app(app)
    fragments.init_app(app)
    frame.init_app(app)
    printing.init_app(app)
    api = Api(app, spec_kwargs={"marshmallow_plugin": specification.plugin()})
    errors.init_app(app)
    specification.describe(api)
    for room in (*phases.PHASES, oversight, credit, planning, portal, admin):
        room.init_app(app, api)
    free_json_of_tokens(app)
    app.before_request(mark_request)
    app.after_request(harden)
    access.check_endpoints(app)
    return app


def configure(app: Flask) -> None:
    """What Flask and its extensions are told, whatever the installation."""
    mode = app.config["TRADING_MODE"]
    app.json = exchange.Json(app)
    app.config.update(
        TESTING=mode == "test",
        BOOTSTRAP_SERVE_LOCAL=True,
        MAX_CONTENT_LENGTH=220 * 2**20,
        MAX_FORM_MEMORY_SIZE=4 * 2**20,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=mode == "production",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "trading" / "translations"),
        **specification.SETTINGS,
    )


def free_json_of_tokens(app: Flask) -> None:
    """JSON operations need no form token: their content type keeps forms of other sites out."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            csrf.exempt(app.view_functions[rule.endpoint])


def lend(app: Flask, clock: Clock | None) -> None:
    """Give the application its clock and tools."""
    book = load(county=Path(app.config["TRADING_COUNTY_VALUES"]) if app.config["TRADING_COUNTY_VALUES"] else None)
    demonstration = app.config["TRADING_MODE"] == "demonstration"
    if clock is None:
        clock = SystemClock()
        if demonstration:
            start = at(law_date(clock.now()), 10)
            clock = TrainingClock(app.config["TRADING_DATA_DIR"] / "training-clock", start)
    app.extensions["clock"] = clock
    known = sorted(int(year) for year in book.calendar_years)
    vault = KeyVault(app.config["TRADING_KEY_DIR"])
    app.extensions["tools"] = Tools(
        book=book,
        calendar=Calendar.projected() if app.config["TRADING_MODE"] != "production" else Calendar.official(known),
        vault=vault,
        files=FileStore(app.config["TRADING_DATA_DIR"] / "files"),
        gate=Gate(app.config["TRADING_DATA_DIR"] / "gate"),
        origin=app.config["TRADING_ORIGIN"],
        keeper=keeper_of(app, log_key(vault, app.config["TRADING_ORIGIN"]), book, clock),
    )
    cheapest = app.config["ARGON2_CHEAPEST"]
    app.extensions["hasher"] = (
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheapest else PasswordHasher()
    )


def keeper_of(app: Flask, key: SigningKey, book: Book, clock: Clock) -> Keeper:
    """Who keeps the checkpoints of the record, with the witness that the settings name."""
    places, log = app.config, key.verifier
    witness = chosen(places["TRADING_WITNESS"], places["TRADING_WITNESS_KEY"], places["TRADING_DATA_DIR"], clock, log)
    return Keeper(key, book, clock, Memory(places["TRADING_DATA_DIR"] / "witnessed.note", log), witness)


def check_record(app: Flask) -> None:
    """Refuse to go on with a database that comes from an old backup (trust.md C.5); one without tables is none yet.

    Raises:
        RolledBack: with the sentence that says what to do.
        NotConfigured: what was witnessed was not signed with the present key.
    """
    with app.app_context():
        if inspect(database.db.engine).has_table(Checkpoint.__tablename__):
            check_start(database.db.session, app.extensions["tools"].keeper)
        database.db.session.rollback()
        database.db.engine.dispose()


def chosen_language() -> str:
    """The reader's choice, else Chinese; the API follows Accept-Language."""
    chosen = request.args.get("lang") or session.get("lang")
    if chosen in ("zh", "en"):
        return str(chosen)
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(["zh", "en"]) or "zh"
    return "zh"


def language() -> str:
    """The language in which this request is answered: ``zh`` or ``en``."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def mark_request() -> None:
    """Give each request an identity for the log; remember a chosen language."""
    g.request_id = new_id()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)
    if request.args.get("lang") in ("zh", "en"):
        session["lang"] = request.args["lang"]


def harden(response: Response) -> Response:
    """Security headers on every answer."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers["X-Request-Id"] = g.get("request_id", "")
    if "Cache-Control" not in headers and request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    return response
