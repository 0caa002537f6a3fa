"""Bidders register themselves; the centre checks identity only, a refusal can be taken to the supervisor."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import client_as, people, send_form
from trading.database import db
from trading.identifiers import make_uscc
from trading.models import Organization

USCC = make_uscc("422823", 900)
WRONG = "证照上的名称与登记机关记载不一致"


def registration(**other: Any) -> dict[str, Any]:
    """What a bidder types."""
    return {
        "name": "新来建设有限公司", "uscc": USCC, "legal_representative": "向东", "contact_name": "田小",
        "contact_phone": "13900000000", "bank_name": "巴东农村商业银行", "basic_account": "62220099",
        "person_name": "田小",
        "person": "422823199001010017", "login": "newcomer", "password": "newcomer builds 2026",
    } | other  # fmt: skip


@pytest.fixture
def bidder(app: Flask) -> FlaskClient:
    """A bidder who has just registered by the page."""
    people(app)
    client = app.test_client()
    typed = registration() | {"person": "P-NEWCOMER"}
    answer = send_form(client, "/register", typed)
    assert (answer.status_code, answer.location) == (303, "/account"), answer.text
    return client


def newcomer(app: Flask) -> Organization:
    """The organisation as the database has it."""
    with app.app_context():
        return db.session.scalars(select(Organization).where(Organization.uscc == USCC)).one()


def check(app: Flask, **answer: Any) -> Any:
    """The centre's answer by JSON."""
    centre = client_as(app, people(app)["centre"])
    return centre.post(f"/api/v1/admin/organizations/{newcomer(app).id}/identity", json=answer)


def test_a_newcomer_is_logged_in_and_waits_for_the_check(app: Flask, bidder: FlaskClient) -> None:
    page = bidder.get("/account").text
    assert "待核验" in page
    assert bidder.get("/notices").status_code == 200
    centre = client_as(app, people(app)["centre"])
    assert "1 家待核验" in centre.get("/admin").text
    assert "新来建设有限公司" in centre.get("/admin/organizations?identity=pending").text


def test_the_centre_accepts_and_the_bidder_finds_it_in_the_inbox(app: Flask, bidder: FlaskClient) -> None:
    answer = check(app, verdict="accept")
    assert answer.json["identity"] == "checked"
    assert newcomer(app).identity_checked_at is not None
    assert "身份核验通过" in bidder.get("/inbox").text
    assert check(app, verdict="accept").status_code == 409


def test_a_refusal_needs_its_reason(app: Flask, bidder: FlaskClient) -> None:
    answer = check(app, verdict="refuse")
    assert (answer.status_code, list(answer.json["fields"])) == (400, ["reason"])
    assert newcomer(app).identity_refusal is None


def test_a_refusal_is_delivered_and_bars_neither_reading_nor_downloading(app: Flask, bidder: FlaskClient) -> None:
    assert check(app, verdict="refuse", reason=WRONG).json["identity"] == "refused"
    assert WRONG in str(bidder.get("/api/v1/inbox").json)
    assert WRONG in bidder.get("/account").text
    for address in ("/", "/notices", "/lots", "/my-work"):
        assert bidder.get(address).status_code == 200


@pytest.mark.parametrize(("decision", "state"), [("overturn", "checked"), ("uphold", "upheld")])
def test_the_supervisor_decides_an_appeal(app: Flask, bidder: FlaskClient, decision: str, state: str) -> None:
    check(app, verdict="refuse", reason=WRONG)
    assert send_form(bidder, "/account/appeal", {"text": "执照昨日已变更"}).status_code == 303
    supervisor = client_as(app, people(app)["supervisor"])
    assert "1 件待处理" in supervisor.get("/admin").text
    assert "执照昨日已变更" in str(supervisor.get("/api/v1/inbox").json)
    page = f"/admin/organizations/{newcomer(app).id}"
    assert "处理身份核验申诉" in supervisor.get(page).text
    answer = send_form(supervisor, f"{page}/appeal", {"decision": decision, "reason": "查询登记机关"})
    assert answer.status_code == 303
    assert supervisor.post(f"/api/v1{page}/appeal", json={"decision": decision, "reason": "x"}).status_code == 409
    assert "查询登记机关" in str(bidder.get("/api/v1/inbox").json)
    assert (newcomer(app).identity_checked_at is not None) == (state == "checked")


def test_an_appeal_needs_a_refusal(bidder: FlaskClient) -> None:
    assert bidder.post("/api/v1/account/appeal", json={"text": "无"}).status_code == 409


def test_a_refused_bidder_may_correct_and_hand_in_again(app: Flask, bidder: FlaskClient) -> None:
    check(app, verdict="refuse", reason=WRONG)
    page = bidder.get("/account/organization").text
    assert 'value="新来建设有限公司"' in page
    details = {name: value for name, value in registration().items() if name not in (
        "uscc", "person_name", "person", "login", "password")}  # fmt: skip
    answer = send_form(bidder, "/account/organization", details | {"name": "新来建设集团有限公司"})
    assert answer.status_code == 303, answer.text
    assert (newcomer(app).name, newcomer(app).identity_refusal) == ("新来建设集团有限公司", None)
    assert check(app, verdict="accept").json["identity"] == "checked"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uscc", USCC[:-1] + ("A" if USCC[-1] != "A" else "B")), ("uscc", USCC[:17]), ("password", "short"),
        ("password", "newcomer"), ("login", "no blanks"), ("person", "422823199001010010"), ("name", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_what_was_typed_is_kept(app: Flask, field: str, value: str) -> None:
    people(app)
    typed = registration(person="P-OTHER") | {field: value}
    answer = send_form(app.test_client(), "/register", typed)
    assert answer.status_code == 400
    assert f'href="#field-{field}"' in answer.text
    assert 'value="巴东农村商业银行"' in answer.text
    assert "newcomer builds 2026" not in answer.text


def test_a_code_and_a_login_are_taken_once(app: Flask, bidder: FlaskClient) -> None:
    again = app.test_client().post("/api/v1/register", json=registration(person="P-OTHER", login="other"))
    assert list(again.json["fields"]) == ["uscc"]
    other = make_uscc("422823", 901)
    again = app.test_client().post("/api/v1/register", json=registration(person="P-OTHER", uscc=other))
    assert list(again.json["fields"]) == ["login"]
    with app.app_context():
        assert db.session.scalar(select(Organization).where(Organization.uscc == other)) is None


def test_the_platform_and_its_affiliates_may_not_bid(app: Flask) -> None:
    centre = people(app)["centre"].organization
    assert centre is not None
    itself = app.test_client().post("/api/v1/register", json=registration(person="P-OTHER", uscc=centre.uscc))
    assert "职责分离" in itself.json["fields"]["uscc"][0]
    related = [{"related_uscc": centre.uscc, "kind": "holding"}]
    owned = app.test_client().post("/api/v1/register", json=registration(person="P-OTHER", affiliations=related))
    assert "职责分离" in owned.json["fields"]["uscc"][0]


def test_a_member_of_the_centre_may_not_register_as_bidder(app: Flask) -> None:
    people(app)
    answer = app.test_client().post("/api/v1/register", json=registration(person="p-centre"))
    assert "职责分离" in answer.json["fields"]["role"][0]
