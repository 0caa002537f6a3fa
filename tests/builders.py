"""What tests start from 测试素材: people of every role with their organisations, browsers that are logged in."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from trading.codelists import Role, Specialty
from trading.database import db, transaction
from trading.identifiers import make_uscc
from trading.models import Expert, Organization, User

PASSWORD = "wutong-tests-only-2026"
BIDDERS = 5
EXPERTS = 30
KINDS = {
    Role.OWNER: ("县水利局", "11"),
    Role.AGENCY: ("峡江招标代理有限公司", "91"),
    Role.CENTRE: ("县公共资源交易中心", "12"),
    Role.SUPERVISOR: ("县公共资源交易监督管理局", "11"),
    Role.AUTHORITY: ("县发展和改革局", "11"),
    Role.OVERSIGHT: ("县纪委监委", "11"),
    Role.BANK: ("巴东农村商业银行", "91"),
}
STAFF = {
    "owner": Role.OWNER, "owner2": Role.OWNER, "agency": Role.AGENCY, "centre": Role.CENTRE, "centre2": Role.CENTRE,
    "supervisor": Role.SUPERVISOR, "supervisor2": Role.SUPERVISOR, "authority": Role.AUTHORITY,
    "oversight": Role.OVERSIGHT, "bank": Role.BANK, "opening_officer": Role.OPENING_OFFICER,
    "administrator": Role.ADMINISTRATOR,
}  # fmt: skip


def people(app: Flask) -> dict[str, User]:
    """One account or more of every role, by login; made on first call, found again on the next.

    ``owner`` and ``owner2`` are of one owner, ``centre`` and ``centre2`` of the centre, and so on; ``bidder1`` to
    ``bidder5`` are of five bidders whose identity is checked, ``expert1`` to ``expert30`` of thirty employers.
    """
    with app.app_context():
        if db.session.scalar(select(User.id).limit(1)) is None:
            with transaction(db.session):
                _make_people(app)
        return {user.login: user for user in db.session.scalars(select(User)).unique()}


def _make_people(app: Flask) -> None:
    now, password = app.extensions["clock"].now(), app.extensions["hasher"].hash(PASSWORD)
    organizations: dict[Role | str, Organization] = {}
    for serial, (role, (name, kind)) in enumerate(KINDS.items(), 10):
        organizations[role] = Organization(
            name=name, uscc=make_uscc("422823", serial, kind), kind=role, registered_at=now, identity_checked_at=now
        )
    for number in range(1, BIDDERS + 1):
        organizations[f"bidder{number}"] = Organization(
            name=f"第{number}建设有限公司", uscc=make_uscc("422823", 100 + number), kind=Role.BIDDER,
            legal_representative=f"法人{number}", contact_name=f"联系人{number}", contact_phone=f"1380000000{number}",
            bank_name="巴东农村商业银行", basic_account=f"6222000{number}", registered_at=now, identity_checked_at=now,
        )  # fmt: skip
    db.session.add_all(organizations.values())
    db.session.flush()
    common = {"password": password, "created_at": now}
    for login, role in STAFF.items():
        home = organizations.get(role)
        db.session.add(
            User(login=login, name=f"{role.zh}{login[-1] if login[-1].isdigit() else ''}", person=f"P-{login}",
                 role=role, organization_id=home.id if home else None, **common)
        )  # fmt: skip
    for number in range(1, BIDDERS + 1):
        login = f"bidder{number}"
        db.session.add(
            User(login=login, name=f"投标员{number}", person=f"P-{login}", role=Role.BIDDER,
                 organization_id=organizations[login].id, **common)
        )  # fmt: skip
    for number, expert in enumerate(_experts(now), 1):
        db.session.add(expert)
        db.session.flush()
        db.session.add(
            User(login=f"expert{number}", name=expert.name, person=expert.identity_number, role=Role.EXPERT,
                 expert_id=expert.id, **common)
        )  # fmt: skip


def _experts(now: Any) -> list[Expert]:
    return [
        Expert(
            pool_number=f"HB-{number:05d}", name=f"评审{number}", identity_number=f"P-expert{number}",
            phone=f"139000000{number:02d}", employer=f"第{number}设计院",
            employer_uscc=make_uscc("420100", 500 + number), specialties=[one.value for one in Specialty],
            title="高级工程师", senior_title=True, years_in_field=15, imported_at=now,
        )
        for number in range(1, EXPERTS + 1)
    ]  # fmt: skip


def client_as(app: Flask, user: User | None) -> FlaskClient:
    """A browser of its own in which ``user`` is logged in; None: an anonymous one."""
    client = app.test_client()
    if user is not None:
        with client.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
    return client


def token(client: FlaskClient, page: str) -> str:
    """The CSRF token of a page's first form."""
    answer = client.get(page)
    found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
    assert found, f"{page} answered {answer.status_code} without a form"
    return found[1]


def send_form(client: FlaskClient, page: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
    """Open ``page``, fill its form in and send it, as a browser does; ``to`` sends it elsewhere."""
    filled = {"csrf_token": token(client, page), **(data or {})}
    return client.post(more.pop("to", page), data=filled, **more)
