"""Applications to the list of experts: with papers, examined by four eyes, decided with reasons, never enumerable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.admin.pool_people import (
    ACCOUNT,
    FAR,
    PERSON,
    admitted,
    applicant,
    application,
    decided,
    expert,
    handed_in,
    post,
)
from tests.builders import client_as, people, send_form
from tests.phases.papers import paper
from trading.clock import StoppedClock
from trading.codelists import Pool
from trading.database import db, transaction
from trading.models import Expert, ExpertApplication, Message, Organization, User

pytestmark = pytest.mark.both_databases


def applications(app: Flask) -> list[ExpertApplication]:
    """All applications."""
    with app.app_context():
        return list(db.session.scalars(select(ExpertApplication)))


def test_an_application_is_examined_and_its_writer_is_in_the_countys_list(app: Flask) -> None:
    admitted(app)
    one = expert(app)
    assert (one.pool, one.identity_number, one.senior_title, one.years_in_field) == (Pool.COUNTY, PERSON, True, 8)
    (kept,) = applications(app)
    assert kept.admitted and kept.decided_by_id == people(app)["authority"].id
    assert {row["code"] for row in kept.findings if not row["met"]} == set()
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.subject_zh == "专家入库申请结果")).one()
        assert "经核查" in told.text_zh


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"years_in_field": 7}, "years"), ({"level": "below"}, "title"), ({"employed": False}, "employed"),
        ({"healthy": False}, "health"), ({"knows_law": False}, "knows_law"), ({"electronic": False}, "electronic"),
        ({"punished": True}, "punished"), ({"born_on": "1955-03-01"}, "age"),
    ],
)  # fmt: skip
def test_who_does_not_meet_a_condition_cannot_be_admitted_and_may_be_refused(
    app: Flask, changed: dict[str, Any], code: str
) -> None:
    client = applicant(app)
    one = handed_in(app, client, **changed)
    assert decided(app, one).status_code == 400
    assert decided(app, one, "refuse").status_code == 200
    (kept,) = applications(app)
    assert [row["code"] for row in kept.findings if not row["met"]] == [code]
    assert post(client, "application", application()).status_code == 200


@pytest.mark.parametrize(("born", "status"), [("1955-03-03", 200), ("1955-03-02", 400)])
def test_the_age_is_counted_to_the_day(app: Flask, born: str, status: int) -> None:
    assert decided(app, handed_in(app, applicant(app), born_on=born)).status_code == status


def test_an_application_twice_is_refused_and_one_withdrawn_makes_room(app: Flask) -> None:
    client = applicant(app)
    handed_in(app, client)
    again = post(client, "application", application())
    assert again.status_code == 422 and again.get_json()["reason"] == "applied"
    assert post(client, "application/withdraw").status_code == 200
    assert post(client, "application/withdraw").status_code == 422
    handed_in(app, client)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"files": []}, "files"),
        ({"files": [{"name": "paper.exe", "content": "TVo="}]}, "files"),
        ({"files": [{"name": "paper.pdf", "content": "TVo="}]}, "files"),
        ({"specialties": ["Z0101"]}, "specialties"),
        ({"employer_uscc": "123"}, "employer_uscc"),
        ({"born_on": "2126-01-01"}, "born_on"),
        ({"employment_history": [{"uscc": FAR, "until": "2126-01-01"}]}, "employment_history"),
    ],
)
def test_a_wrong_file_and_wrong_answers_are_refused_and_nothing_is_kept(
    app: Flask, changed: dict[str, Any], field: str
) -> None:
    answer = post(applicant(app), "application", application(**changed))
    assert answer.status_code == 400 and field in answer.get_json()["fields"]
    assert applications(app) == []


def test_the_day_of_birth_must_be_that_of_the_identity_number(app: Flask) -> None:
    client = applicant(app, person="11010519491231002X")
    answer = post(client, "application", application())
    assert "born_on" in answer.get_json()["fields"]


def test_nobody_decides_about_himself_or_a_colleague(app: Flask) -> None:
    one = handed_in(app, applicant(app))
    with app.app_context(), transaction(db.session):
        home = db.session.get_one(Organization, people(app)["authority"].organization_id)
        db.session.get_one(ExpertApplication, one).employer_uscc = home.uscc
    answer = decided(app, one)
    assert answer.status_code == 422 and answer.get_json()["reason"] == "own_employer"
    assert applications(app)[0].decided_at is None


@pytest.mark.parametrize("who", ["administrator", "centre", "owner", "supervisor", "expert1", "bidder1"])
def test_others_neither_see_nor_decide_applications(app: Flask, who: str) -> None:
    one = handed_in(app, applicant(app))
    client = client_as(app, people(app)[who])
    assert decided(app, one, who=who).status_code == 403
    assert client.get("/api/v1/experts/applications").status_code == 403
    assert client.get(f"/experts/applications/{one}/papers/0").status_code in (403, 404)


def test_a_person_known_already_is_told_nothing_and_cannot_be_admitted(app: Flask) -> None:
    everybody = people(app)
    known, fresh = applicant(app, person=everybody["expert1"].person), app.test_client()
    assert post(fresh, "register", ACCOUNT | {"login": "other", "person": "P-NOBODY"}).status_code == 200
    one = handed_in(app, known)
    assert decided(app, one).status_code == 400
    assert "known_person" in [row["code"] for row in checks(app, one) if not row["met"]]


def test_an_official_may_apply_and_is_not_admitted(app: Flask) -> None:
    one = handed_in(app, applicant(app, person=people(app)["supervisor"].person))
    assert [row["code"] for row in checks(app, one) if not row["met"]] == ["apart"]
    assert decided(app, one).status_code == 400


def checks(app: Flask, application: str) -> list[dict[str, Any]]:
    """The conditions as the authority sees them."""
    client = client_as(app, people(app)["authority"])
    return list(client.get(f"/api/v1/experts/applications/{application}").get_json()["checks"])


def test_the_identity_number_is_nowhere_shown_in_full(app: Flask) -> None:
    client = applicant(app)
    one = handed_in(app, client)
    authority = client_as(app, people(app)["authority"])
    pages = [
        client.get("/experts/me"), client.get("/api/v1/experts/me"), client.get("/account"),
        authority.get(f"/experts/applications/{one}"), authority.get(f"/api/v1/experts/applications/{one}"),
        authority.get(f"/experts/applications/{one}/decide"), authority.get("/experts/applications"),
    ]  # fmt: skip
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [page for page in pages if PERSON in page.text] == []
    assert "7788" in pages[0].text


def test_a_form_that_is_wrong_does_not_send_the_identity_number_back(app: Flask) -> None:
    people(app)
    answer = send_form(app.test_client(), "/experts/register", ACCOUNT | {"login": "expert1"})
    assert answer.status_code == 400
    assert PERSON not in answer.text and "申评" in answer.text


def test_registering_is_throttled_by_address(app: Flask) -> None:
    people(app)
    answers = [post(app.test_client(), "register", ACCOUNT | {"login": f"one{n}", "password": "x"}) for n in range(60)]
    assert answers[-1].status_code == 429
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User).where(User.login.like("one%"))) == 0


def test_an_account_hands_in_five_applications_a_day_at_most(app: Flask, clock: StoppedClock) -> None:
    client = applicant(app)
    for _number in range(5):
        handed_in(app, client)
        post(client, "application/withdraw")
    assert post(client, "application", application()).status_code == 429
    clock.advance(timedelta(days=1))
    handed_in(app, client)


def test_a_paper_is_had_by_its_writer_and_the_authority_alone(app: Flask) -> None:
    client = applicant(app)
    one = handed_in(app, client)
    path = f"/experts/applications/{one}/papers/0"
    assert client.get(path).status_code == 200
    assert client_as(app, people(app)["authority"]).get(path).status_code == 200
    assert client.get(path.replace("/0", "/1")).status_code == 404
    stranger = app.test_client()
    post(stranger, "register", ACCOUNT | {"login": "stranger", "person": "P-STRANGER"})
    assert stranger.get(path).status_code == 404


def test_an_applicant_is_no_expert_yet(app: Flask) -> None:
    client = applicant(app)
    body = {"first_day": "2026-03-10", "last_day": "2026-03-12", "reason": "出差"}
    assert post(client, "me/leave", body).status_code == 403
    assert client.get("/experts/me/declaration").status_code == 403
    assert client.get("/experts/me").status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Expert).where(Expert.pool == Pool.COUNTY)) == 0


def test_an_expert_of_the_pool_does_not_apply_again(app: Flask) -> None:
    client = admitted(app)
    answer = post(client, "application", application(files=[paper("other.pdf")]))
    assert answer.status_code == 422 and answer.get_json()["reason"] == "in_pool"
