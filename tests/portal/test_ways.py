"""Ways through the site 页面通路: the owner's name finds a lot, links lead to entrustment, account and source."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.builders import a_lot, client_as, people
from tests.portal.records import DAY, make_lots
from trading.codelists import Status
from trading.config import settings
from trading.database import db, transaction
from trading.errors import NotConfigured
from trading.models import Holder, Lot, User


def test_a_lot_is_found_by_the_name_of_its_owner_and_so_is_its_retender(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.FAILED)
    code = trade.step("owner", "retender", {"cause": "投标人不足", "remedy": "放宽资格条件"})["facts"]["code"]
    with app.app_context(), transaction(db.session):
        db.session.execute(update(Lot).where(Lot.code == code).values(published_at=DAY, status=Status.PUBLISHED))
    found = app.test_client().get("/api/v1/lots?words=县水利局").json["lots"]
    assert sorted(row["code"] for row in found) == sorted([trade.code, code])
    assert app.test_client().get("/api/v1/lots?words=县交通局").json["lots"] == []


def test_the_owner_comes_from_the_projects_to_entrusting_and_to_the_account(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.DRAFT)
    with app.app_context():
        project = trade.lot().project_id
    page = client_as(app, trade.people["owner"]).get("/projects").text
    assert f'href="/projects/{project}/entrust"' in page
    assert 'href="/account"' in page
    assert "entrust" not in client_as(app, trade.people["agency"]).get("/projects").text
    assert 'href="/account"' not in app.test_client().get("/").text


@pytest.mark.parametrize("login", [None, "owner", "agency", "centre", "supervisor", "bidder2", "expert1"])
def test_who_took_the_documents_is_shown_after_the_deadline_to_owner_and_centre_alone(
    app: Flask, login: str | None
) -> None:
    (code,) = make_lots(app, {})
    with app.app_context(), transaction(db.session):
        lot = db.session.scalars(select(Lot.id).where(Lot.code == code)).one()
        bidder = db.session.scalars(select(User.organization_id).where(User.login == "bidder1")).one()
        db.session.add_all([Holder(lot_id=lot, organization_id=bidder, taken_at=DAY),
                            Holder(lot_id=lot, contact="someone@example.com", taken_at=DAY)])  # fmt: skip
    reader = client_as(app, people(app)[login] if login else None)
    names = ("第1建设有限公司", "someone@example.com")
    assert not any(name in reader.get(f"/lots/{code}").text for name in names)
    with app.app_context(), transaction(db.session):
        closed = {"status": Status.OPENED, "closed_at": DAY + timedelta(days=22), "opened_at": DAY + timedelta(days=22)}
        db.session.execute(update(Lot).where(Lot.code == code).values(**closed))
    shown = reader.get(f"/lots/{code}").text
    assert [name in shown for name in names] == [login in ("owner", "centre")] * 2


def test_everybody_finds_where_the_source_is_to_be_had(app: Flask) -> None:
    client = app.test_client()
    assert 'href="/source"' in client.get("/").text
    told = client.get("/source")
    assert told.status_code == 200 and "AGPL-3.0" in told.text
    app.config["TRADING_SOURCE_URL"] = "https://example.org/wutong"
    assert 'href="https://example.org/wutong"' in client.get("/").text
    assert 'href="https://example.org/wutong"' in client.get("/source").text


@pytest.mark.parametrize(
    ("given", "address"), [({}, None), ({"TRADING_SOURCE_URL": "https://example.org"}, "https://example.org")]
)
def test_the_address_of_the_source_is_a_setting(tmp_path: Path, given: dict[str, Any], address: str | None) -> None:
    common = {"TRADING_MODE": "test", "TRADING_DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40}
    assert settings({}, common | given)["TRADING_SOURCE_URL"] == address
    with pytest.raises(NotConfigured, match="TRADING_SOURCE_URL"):
        settings({}, common | {"TRADING_SOURCE_URL": "javascript:alert(1)"})
