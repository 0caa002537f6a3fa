"""Logging in 登录: throttled, the same answer for unknown accounts, sessions that end when they should."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import PASSWORD, client_as, people, send_form
from trading.admin.account import local
from trading.admin.passwords import check_password
from trading.database import db, transaction
from trading.errors import InvalidInput
from trading.models import User


def login(client: FlaskClient, name: str = "owner", password: str = PASSWORD) -> int:
    """Log in by JSON; the status code."""
    return client.post("/api/v1/login", json={"login": name, "password": password}).status_code


def stored(app: Flask, name: str) -> User:
    """The account as the database has it."""
    with app.app_context():
        return db.session.scalars(select(User).where(User.login == name)).one()


def test_a_person_logs_in_by_json_and_out_again(app: Flask) -> None:
    people(app)
    client = app.test_client()
    answer = client.post("/api/v1/login", json={"login": " Owner ", "password": PASSWORD})
    assert answer.json["role"] == "owner"
    assert client.get("/api/v1/inbox").status_code == 200
    assert client.post("/api/v1/logout", json={}).json == {"logged_out": True}
    assert client.get("/api/v1/inbox").status_code == 401


def test_a_person_logs_in_by_the_page_and_comes_where_he_wanted(app: Flask) -> None:
    people(app)
    client = app.test_client()
    wanted = client.get("/inbox")
    assert wanted.location == "/login?next=/inbox"
    answer = send_form(client, wanted.location, {"login": "owner", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/inbox")
    assert "项目单位" in client.get("/account").text


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/inbox?page=2", True), ("/", True), (None, False), ("", False), ("//evil.example", False),
        ("https://evil.example/", False), ("/\\evil.example", False), ("javascript:alert(1)", False),
        ("/a\nSet-Cookie: x", False), ("inbox", False),
    ],
)  # fmt: skip
def test_only_an_address_of_this_site_is_followed(address: str | None, kept: bool) -> None:
    assert local(address) == (address if kept else None)


def test_unknown_disabled_and_wrong_get_the_same_answer(app: Flask) -> None:
    people(app)
    with app.app_context(), transaction(db.session):
        db.session.scalars(select(User).where(User.login == "agency")).one().active = False
    tries = [("nobody", PASSWORD), ("agency", PASSWORD), ("owner", "wrong-password-1")]
    answers = [app.test_client().post("/api/v1/login", json={"login": n, "password": p}) for n, p in tries]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def test_an_unknown_login_costs_the_same_work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    people(app)
    looked = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: looked.append(1) or verify(*given))
    login(app.test_client(), "nobody")
    assert len(looked) == 1


def test_five_failures_close_the_account_for_a_quarter_of_an_hour(app: Flask, clock: Any) -> None:
    people(app)
    client = app.test_client()
    assert [login(client, "owner", "wrong-password-1") for _try in range(5)] == [401] * 5
    assert login(client) == 429
    assert login(client, "agency") == 200
    clock.advance(timedelta(minutes=15) - timedelta(seconds=1))
    assert login(client) == 429
    clock.advance(timedelta(seconds=1))
    assert login(client) == 200


def test_four_failures_close_nothing_and_a_success_clears_them(app: Flask) -> None:
    people(app)
    client = app.test_client()
    for _round in range(2):
        assert [login(client, "owner", "wrong-password-1") for _try in range(4)] == [401] * 4
        assert login(client) == 200


def test_an_unknown_account_is_throttled_like_a_known_one(app: Flask) -> None:
    people(app)
    assert [login(app.test_client(), "nobody", "x") for _try in range(6)] == [401] * 5 + [429]


def test_twenty_failures_close_the_address(app: Flask) -> None:
    people(app)
    client = app.test_client()
    assert {login(client, f"guess{number}", "x") for number in range(20)} == {401}
    assert login(client) == 429
    elsewhere = client.post(
        "/api/v1/login", json={"login": "owner", "password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.9.8.7"}
    )
    assert elsewhere.status_code == 200


def test_the_page_keeps_the_login_and_never_the_password(app: Flask) -> None:
    people(app)
    answer = send_form(app.test_client(), "/login", {"login": "owner", "password": "wrong-password-1"})
    assert answer.status_code == 401
    assert "登录名或者密码不正确" in answer.text
    assert 'value="owner"' in answer.text
    assert "wrong-password-1" not in answer.text


def test_logging_out_everywhere_ends_the_other_sessions(app: Flask) -> None:
    user = people(app)["owner"]
    here, there = client_as(app, user), client_as(app, user)
    assert there.get("/account").status_code == 200
    assert send_form(here, "/account", to="/account/log-out-everywhere").status_code == 303
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 302


def test_a_new_password_ends_other_sessions_and_keeps_this_one(app: Flask) -> None:
    user = people(app)["owner"]
    here, there = client_as(app, user), client_as(app, user)
    new = "梧桐-five-one-2026"
    answer = here.post("/api/v1/account/password", json={"old_password": PASSWORD, "new_password": new})
    assert answer.json == {"changed": True}
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    assert login(app.test_client()) == 401
    assert login(app.test_client(), "owner", new) == 200


def test_the_old_password_is_asked(app: Flask) -> None:
    client = client_as(app, people(app)["owner"])
    answer = client.post("/api/v1/account/password", json={"old_password": "x", "new_password": "long-enough-and-new"})
    assert (answer.status_code, list(answer.json["fields"])) == (400, ["old_password"])


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("eleven-char", False), ("twelve-chars", True), ("bidder-login-1", False), ("BIDDER-LOGIN-1", False),
        ("bidder-login-1bidder-login-1", False), ("bidder-login-1x", True), ("Password1234", False),
        ("aaaaaaaaaaaaaa", False), ("correct horse battery", True), ("x" * 50 + "yzab" * 38, False),
    ],
)  # fmt: skip
def test_a_password_is_long_not_the_login_and_not_common(app: Flask, password: str, good: bool) -> None:
    with app.test_request_context():
        values = app.extensions["tools"].book.on(app.extensions["clock"].now().date())
        if good:
            check_password(password, "bidder-login-1", values)
        else:
            with pytest.raises(InvalidInput):
                check_password(password, "bidder-login-1", values)


def test_a_hash_of_older_parameters_is_renewed_at_login(app: Flask) -> None:
    people(app)
    older = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with app.app_context(), transaction(db.session):
        db.session.scalars(select(User).where(User.login == "owner")).one().password = older
    assert login(app.test_client()) == 200
    assert stored(app, "owner").password.startswith("$argon2id$v=19$m=8,t=1,p=1$")


def test_a_temporary_password_is_changed_before_anything_else(app: Flask) -> None:
    everybody = people(app)
    keeper = client_as(app, everybody["administrator"])
    told = keeper.post(f"/api/v1/admin/accounts/{everybody['owner'].id}/password", json={}).json
    client = app.test_client()
    answer = send_form(client, "/login", {"login": "owner", "password": told["password"]})
    assert answer.location == "/account/password"
    assert client.get("/projects").location == "/account/password"
    assert client.get("/api/v1/inbox").status_code == 403
    changed = send_form(
        client, "/account/password", {"old_password": told["password"], "new_password": "my-own-one-2026"}
    )
    assert changed.status_code == 303
    assert client.get("/projects").status_code == 200
    assert "重置了您的密码" in str(client.get("/api/v1/inbox").json)
