"""Who gets in 访问权限: for every endpoint and every role the door answers as declared; nobody is silent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import PASSWORD, client_as, people, send_form, token
from tests.conftest import close
from trading import portal
from trading.codelists import Role
from trading.database import db
from trading.models import User
from trading.web import access

WHO = [None, *(role for role in Role if role is not Role.CLOCK)]
BY_ROLE = {Role.BIDDER: "bidder1", Role.EXPERT: "expert1"}


@pytest.fixture
def open_app(database_url: str, tmp_path: Path, clock: Any, make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application without CSRF, so that a request comes as far as the door that is meant."""
    application = make_app(database_url, tmp_path / "data", clock, WTF_CSRF_ENABLED=False)
    yield application
    close(application)


def doors(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of everything this application answers to."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in access.FROM_LIBRARIES:
            continue
        address = re.sub(r"<[^>]+>", "none", re.sub(r"<int:[^>]+>", "1", rule.rule))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, address


def knock(client: FlaskClient, method: str, address: str) -> str:
    """What the door says: ``log in``, ``not you`` or ``come in``."""
    body: dict[str, Any] = {"json": {}} if address.startswith("/api/") and method != "GET" else {}
    answer = client.open(address, method=method, headers={"Accept": "application/json"}, **body)
    if answer.status_code == 401 and answer.is_json and answer.json["error"] == "LoginNeeded":
        return "log in"
    return "not you" if answer.status_code == 403 else "come in"


def as_stored(app: Flask, identity: str | None) -> User | None:
    """The account as it is now: some doors end its sessions."""
    with app.app_context():
        return db.session.get(User, identity) if identity else None


def declared(app: Flask, endpoint: str, role: Role | None) -> str:
    """What the door should say to ``role`` (None: nobody is logged in)."""
    callers = access.callers(app, endpoint)
    if not callers:
        return "come in"
    return "log in" if role is None else "come in" if role in callers else "not you"


@pytest.mark.parametrize("role", WHO, ids=lambda role: role.value if role else "anonymous")
def test_every_door_answers_as_declared(open_app: Flask, role: Role | None) -> None:
    login = BY_ROLE.get(role, role.value) if role else None
    surprises, identity = [], people(open_app)[login].id if login else None
    for endpoint, method, address in doors(open_app):
        client = client_as(open_app, as_stored(open_app, identity))
        found, expected = knock(client, method, address), declared(open_app, endpoint, role)
        if found != expected:
            surprises.append(f"{method} {address} ({endpoint}): {found}, declared: {expected}")
    assert surprises == []


def test_a_page_sends_a_stranger_to_the_login(client: FlaskClient) -> None:
    answer = client.get("/inbox")
    assert (answer.status_code, answer.location) == (302, "/login?next=/inbox")


def test_every_role_but_the_clock_has_a_place_of_its_own(app: Flask) -> None:
    someone = {role for endpoint in app.view_functions for role in access.callers(app, endpoint)}
    assert someone >= set(Role) - {Role.CLOCK}


def test_a_silent_endpoint_is_named(app: Flask) -> None:
    access.check_endpoints(app)
    app.view_functions["quiet"] = lambda: "ok"
    with pytest.raises(RuntimeError, match="quiet"):
        access.check_endpoints(app)


def test_a_silent_endpoint_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, make_app: Callable[..., Flask], database_url: str, tmp_path: Path
) -> None:
    opened = portal.init_app

    def with_a_silent_one(app: Flask, api: Any) -> None:
        opened(app, api)
        app.add_url_rule("/quiet", "quiet", lambda: "ok")

    monkeypatch.setattr(portal, "init_app", with_a_silent_one)
    with pytest.raises(RuntimeError, match="quiet"):
        make_app(database_url, tmp_path / "data")


def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    people(app)
    client = app.test_client()
    answer = client.post("/login", data={"login": "owner", "password": PASSWORD})
    assert answer.status_code == 400
    assert send_form(client, "/login", {"login": "owner", "password": PASSWORD}).status_code == 303


def test_every_form_address_asks_for_the_token(app: Flask) -> None:
    client = client_as(app, people(app)["owner"])
    forms = [address for _e, method, address in doors(app) if method == "POST" and not address.startswith("/api/")]
    assert forms
    assert [address for address in forms if client.post(address, data={}).status_code != 400] == []


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
def test_an_operation_takes_json_alone(app: Flask, kind: str) -> None:
    people(app)
    body = f'{{"login": "owner", "password": "{PASSWORD}"}}'
    client = app.test_client()
    assert client.post("/api/v1/login", data=body, content_type=kind).status_code in (400, 415)
    assert client.post("/api/v1/login", data=body, content_type="application/json").status_code == 200


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for address in ("/", "/login", "/nowhere", "/api/v1/inbox"):
        headers = client.get(address).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Request-Id"]


def test_the_session_is_another_one_after_login(app: Flask) -> None:
    people(app)
    client = app.test_client()
    before = token(client, "/login")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        old = session["csrf_token"]
    answer = send_form(client, "/login", {"login": "owner", "password": PASSWORD})
    assert answer.status_code == 303
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != old
    assert client.post("/account/log-out-everywhere", data={"csrf_token": before}).status_code == 400


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    people(app)
    answer = app.test_client().post("/api/v1/login", json={"login": "owner", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
