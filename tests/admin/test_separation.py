"""Separation of duties 职责分离: what one person may never hold together, and what the administrator never may."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import client_as, people
from trading.admin.separation import APART
from trading.codelists import Role
from trading.database import db, transaction
from trading.models import User
from trading.workflow.transitions import PROCEDURE
from trading.workflow.who import same_person

FORBIDDEN = [
    ("centre", "supervisor"), ("supervisor", "centre"), ("centre", "authority"), ("centre", "bidder"),
    ("supervisor", "bidder"), ("owner", "bidder"), ("agency", "supervisor"), ("owner", "centre"),
    ("expert", "supervisor"), ("expert", "authority"), ("oversight", "supervisor"), ("administrator", "centre"),
    ("owner", "administrator"), ("bank", "bidder"), ("opening_officer", "bidder"),
]  # fmt: skip
ALLOWED = [("owner", "agency"), ("supervisor", "authority"), ("opening_officer", "supervisor"), ("owner", "owner")]


@pytest.fixture
def everybody(app: Flask) -> dict[str, User]:
    """People of every role."""
    return people(app)


@pytest.fixture
def keeper(app: Flask, everybody: dict[str, User]) -> FlaskClient:
    """The administrator's browser."""
    return client_as(app, everybody["administrator"])


def ask(everybody: dict[str, User], role: str, login: str) -> dict[str, Any]:
    """What the administrator types to give the person P-SOMEBODY an account."""
    asked = {"role": role, "name": "某人", "person": "P-SOMEBODY", "login": login}
    home = everybody["bidder1" if role == "bidder" else role]
    return asked | ({"organization": home.organization_id} if home.organization_id else {})


def hold(app: Flask, role: str, *, active: bool = True) -> None:
    """Let the person P-SOMEBODY have an account of ``role``."""
    with app.app_context(), transaction(db.session):
        now = app.extensions["clock"].now()
        db.session.add(
            User(login="first", name="某人", person="P-SOMEBODY", role=Role(role), password="x", created_at=now,
                 active=active)
        )  # fmt: skip


@pytest.mark.parametrize(("first", "second"), FORBIDDEN)
def test_one_person_never_holds_both(
    app: Flask, everybody: dict[str, User], keeper: FlaskClient, first: str, second: str
) -> None:
    hold(app, first)
    answer = keeper.post("/api/v1/admin/accounts/new", json=ask(everybody, second, "second"))
    assert answer.status_code == 400
    sentence = answer.json["fields"]["role"][0]
    assert "职责分离" in sentence
    assert Role(first).zh in sentence


@pytest.mark.parametrize(("first", "second"), ALLOWED)
def test_other_functions_go_together(
    app: Flask, everybody: dict[str, User], keeper: FlaskClient, first: str, second: str
) -> None:
    hold(app, first)
    assert keeper.post("/api/v1/admin/accounts/new", json=ask(everybody, second, "second")).status_code == 200


def test_an_account_that_clashes_cannot_be_opened_again(
    app: Flask, everybody: dict[str, User], keeper: FlaskClient
) -> None:
    hold(app, "centre", active=False)
    opened = keeper.post("/api/v1/admin/accounts/new", json=ask(everybody, "supervisor", "second"))
    assert opened.status_code == 200
    first = people(app)["first"].id
    answer = keeper.post(f"/api/v1/admin/accounts/{first}/active", json={"active": True})
    assert "职责分离" in answer.json["fields"]["role"][0]
    assert not people(app)["first"].active


def test_the_administrator_takes_no_step() -> None:
    assert [row.step for row in PROCEDURE if Role.ADMINISTRATOR in row.roles] == []


def test_the_administrators_person_takes_no_step_under_another_account() -> None:
    steppers = {role for row in PROCEDURE for role in row.roles} - {Role.CLOCK}
    assert [role for role in steppers if frozenset((role, Role.ADMINISTRATOR)) not in APART] == []


def test_who_decides_is_never_who_asks() -> None:
    pairs = [(Role.OWNER, Role.SUPERVISOR), (Role.OWNER, Role.AUTHORITY), (Role.AGENCY, Role.SUPERVISOR),
             (Role.OWNER, Role.CENTRE), (Role.CENTRE, Role.SUPERVISOR), (Role.BIDDER, Role.SUPERVISOR)]  # fmt: skip
    assert [pair for pair in pairs if frozenset(pair) not in APART] == []


def test_two_accounts_of_one_human_are_one_person(app: Flask, everybody: dict[str, User]) -> None:
    hold(app, "owner")
    with app.app_context(), transaction(db.session):
        db.session.scalars(select(User).where(User.login == "agency")).one().person = "P-SOMEBODY"
    now = people(app)
    with app.app_context():
        assert same_person(db.session, now["first"], now["agency"].id)
        assert not same_person(db.session, now["first"], now["owner"].id)
        assert not same_person(db.session, now["first"], None)


def test_a_role_acts_for_an_organisation_of_its_kind(everybody: dict[str, User], keeper: FlaskClient) -> None:
    asked = ask(everybody, "supervisor", "second") | {"organization": everybody["owner"].organization_id}
    answer = keeper.post("/api/v1/admin/accounts/new", json=asked)
    assert list(answer.json["fields"]) == ["organization"]
