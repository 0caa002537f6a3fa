"""What an expert keeps himself: leave, declarations; what is decided about him; training; never another's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.admin.pool_people import DECISION, ELSEWHERE, FAR, HOME, admitted, expert, post
from tests.builders import client_as, people
from trading.clock import StoppedClock
from trading.codelists import Pool
from trading.database import db, transaction
from trading.models import ExpertChange, ExpertDecision, ExpertLeave, ExpertTraining, Message, Organization

pytestmark = pytest.mark.both_databases
TODAY = "2026-03-02"


def rows(app: Flask, model: type[Any]) -> list[Any]:
    """All records of one kind."""
    with app.app_context():
        return list(db.session.scalars(select(model)))


def leave(first: str, last: str) -> dict[str, str]:
    """Days of leave."""
    return {"first_day": first, "last_day": last, "reason": "出差"}


def declaration(**changed: Any) -> dict[str, Any]:
    """What an expert declares."""
    return {
        "phone": "139", "employer": "县设计院", "employer_uscc": HOME,
        "employment_history": [{"uscc": ELSEWHERE, "until": "2025-06-30"}], "relatives": [], "interests": [],
    } | changed  # fmt: skip


def judge(app: Flask, number: str, who: str = "authority", **what: Any) -> Any:
    """Decide about an expert."""
    body = {"act": "suspend", "until": "2026-06-30", "files": []} | DECISION | what
    return post(client_as(app, people(app)[who]), f"pool/{number}/decide", body)


def page(client: Any) -> dict[str, Any]:
    """The expert's own page by JSON."""
    answer = client.get("/api/v1/experts/me")
    assert answer.status_code == 200, answer.text
    return answer.get_json()["expert"]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("2026-03-01", "2026-03-05", "first_day"), ("2026-03-05", "2026-03-04", "last_day"),
     ("2026-03-05", "2027-03-07", "last_day")],
)  # fmt: skip
def test_leave_in_the_past_or_upside_down_is_refused(app: Flask, first: str, last: str, field: str) -> None:
    answer = post(admitted(app), "me/leave", leave(first, last))
    assert field in answer.get_json()["fields"]
    assert rows(app, ExpertLeave) == []


def test_leave_is_entered_does_not_overlap_and_ends_early(app: Flask, clock: StoppedClock) -> None:
    client = admitted(app)
    assert post(client, "me/leave", leave(TODAY, "2026-03-06")).status_code == 200
    assert post(client, "me/leave", leave("2026-03-06", "2026-03-08")).status_code == 400
    later = post(client, "me/leave", leave("2026-03-07", "2026-03-08")).get_json()["id"]
    assert page(client)["standing"]["code"] == "on_leave"
    assert post(client, f"me/leave/{later}/end").status_code == 200
    (first,) = page(client)["leave"]
    clock.advance(timedelta(days=2))
    assert post(client, f"me/leave/{first['id']}/end").status_code == 200
    assert page(client)["leave"][0]["last_day"] == "2026-03-03"
    assert page(client)["standing"]["code"] == "active"
    assert post(client, f"me/leave/{first['id']}/end").status_code == 409


def test_nobody_ends_anothers_leave_or_objects_for_another(app: Flask) -> None:
    client = admitted(app)
    mine = post(client, "me/leave", leave("2026-03-10", "2026-03-12")).get_json()["id"]
    judge(app, expert(app).id)
    (decision,) = rows(app, ExpertDecision)
    other = client_as(app, people(app)["expert1"])
    assert post(other, f"me/leave/{mine}/end").status_code == 404
    assert post(other, f"me/decisions/{decision.id}/objection", {"text": "不服"}).status_code == 404
    assert other.get(f"/experts/pool/{expert(app).id}").status_code == 403
    assert rows(app, ExpertLeave)[0].cancelled_at is None and rows(app, ExpertDecision)[0].objection is None


def test_a_declaration_changes_and_what_stood_before_is_kept(app: Flask) -> None:
    client = admitted(app)
    changed = declaration(employer="省设计院", employer_uscc=FAR, interests=[{"uscc": ELSEWHERE}])
    assert post(client, "me/declaration", changed).get_json() == {"changed": True}
    assert post(client, "me/declaration", changed | {"employment_history": page(client)["declaration"][
        "employment_history"]}).get_json() == {"changed": False}  # fmt: skip
    (change,) = rows(app, ExpertChange)
    assert (change.before["employer_uscc"], change.after["employer_uscc"]) == (HOME, FAR)
    assert {"uscc": HOME, "until": TODAY} in page(client)["declaration"]["employment_history"]
    assert expert(app).interests == [{"uscc": ELSEWHERE}]


def test_an_organisation_taken_out_of_a_declaration_is_told_to_supervision_without_a_name(app: Flask) -> None:
    post(admitted(app), "me/declaration", declaration(employment_history=[]))
    told = [one.text_zh for one in rows(app, Message) if "删减" in one.subject_zh]
    assert len(told) == 2 and all(expert(app).pool_number in one and "申评" not in one for one in told)


def test_a_suspension_takes_the_expert_out_until_its_day_and_may_be_ended(app: Flask, clock: StoppedClock) -> None:
    client, number = admitted(app), expert(app).id
    assert judge(app, number).status_code == 200
    assert page(client)["standing"]["code"] == "suspended"
    assert judge(app, number, act="restore", until=None).status_code == 200
    assert page(client)["standing"]["code"] == "active"
    assert judge(app, number, act="restore", until=None).status_code == 422
    judge(app, number)
    clock.advance(timedelta(days=121))
    assert page(client)["standing"]["code"] == "active"


@pytest.mark.parametrize(
    ("who", "what", "status"),
    [
        ("authority", {"until": None}, 400), ("authority", {"until": "2026-03-01"}, 400),
        ("authority", {"reason": ""}, 400), ("supervisor", {}, 403), ("administrator", {}, 403), ("centre", {}, 403),
    ],
)  # fmt: skip
def test_a_decision_without_its_day_reasons_or_right_is_refused(
    app: Flask, who: str, what: dict[str, Any], status: int
) -> None:
    admitted(app)
    assert judge(app, expert(app).id, who, **what).status_code == status
    assert rows(app, ExpertDecision) == [] and expert(app).suspended_until is None


def test_a_removal_is_told_objected_to_and_answered_by_another_body(app: Flask, clock: StoppedClock) -> None:
    client, number = admitted(app), expert(app).id
    assert judge(app, number, act="remove", until=None).status_code == 200
    assert not expert(app).active and page(client)["standing"]["code"] == "removed"
    assert judge(app, number).status_code == 422
    (decision,) = rows(app, ExpertDecision)
    told = [one for one in rows(app, Message) if one.subject_zh == "专家库处理决定"]
    assert [DECISION["reason"] in one.text_zh for one in told] == [True]
    path = f"me/decisions/{decision.id}/objection"
    assert post(client, path, {"text": "当日因病"}).status_code == 200
    assert post(client, path, {"text": "再次"}).status_code == 422
    answer = f"decisions/{decision.id}/answer"
    body = {"verdict": "overturn", "text": "医院证明属实"}
    assert post(client_as(app, people(app)["authority"]), answer, body).status_code == 403
    supervisor = client_as(app, people(app)["supervisor"])
    assert supervisor.get(f"/experts/{answer}").status_code == 200
    assert post(supervisor, answer, body).status_code == 200
    assert post(supervisor, answer, body).status_code == 422
    assert expert(app).active and page(client)["standing"]["code"] == "active"


@pytest.mark.parametrize(("days", "status"), [(10, 200), (11, 422)])
def test_an_objection_has_its_days(app: Flask, clock: StoppedClock, days: int, status: int) -> None:
    client = admitted(app)
    judge(app, expert(app).id)
    (decision,) = rows(app, ExpertDecision)
    clock.advance(timedelta(days=days))
    assert post(client, f"me/decisions/{decision.id}/objection", {"text": "不服"}).status_code == status


def test_an_expert_of_the_province_is_not_removed_by_the_county(app: Flask) -> None:
    people(app)
    one = expert(app, "expert1")
    assert one.pool is Pool.PROVINCIAL
    assert judge(app, one.id, act="remove", until=None).get_json()["reason"] == "provincial"
    assert expert(app, "expert1").active


def test_nobody_decides_about_a_colleague(app: Flask) -> None:
    admitted(app)
    one = expert(app)
    with app.app_context(), transaction(db.session):
        home = db.session.get_one(Organization, people(app)["authority"].organization_id)
        db.session.get_one(type(one), one.id).employer_uscc = home.uscc
    assert judge(app, one.id).get_json()["reason"] == "own_employer"


def train(app: Flask, present: list[dict[str, Any]], who: str = "authority", **changed: Any) -> Any:
    """Record a training."""
    body = {"title": "评标业务培训", "organizer": "县发改局", "held_on": TODAY, "present": present} | changed
    return post(client_as(app, people(app)[who]), "trainings/new", body)


def test_training_is_asked_of_the_countys_own_list_after_the_first_period(app: Flask, clock: StoppedClock) -> None:
    client = admitted(app)
    number = expert(app).pool_number
    clock.advance(timedelta(days=364))
    assert page(client)["standing"]["code"] == "active"
    clock.advance(timedelta(days=1))
    assert page(client)["standing"]["code"] == "untrained"
    assert train(app, [{"pool_number": number, "hours": 7}], held_on="2027-03-01").status_code == 200
    assert page(client)["standing"]["code"] == "untrained"
    assert train(app, [{"pool_number": number, "hours": 1}], held_on="2027-03-02").status_code == 200
    assert page(client)["standing"]["code"] == "active"
    assert page(client)["training"]["hours"] == 8


@pytest.mark.parametrize(
    ("present", "changed", "status"),
    [
        ([{"pool_number": "none", "hours": 8}], {}, 400),
        ([{"pool_number": "HB-00001", "hours": 8}, {"pool_number": "HB-00001", "hours": 8}], {}, 400),
        ([{"pool_number": "HB-00001", "hours": 81}], {}, 400),
        ([{"pool_number": "HB-00001", "hours": 8}], {"held_on": "2026-03-03"}, 400),
        ([], {}, 400),
    ],
)  # fmt: skip
def test_a_wrong_row_of_a_training_records_nobody(
    app: Flask, present: list[dict[str, Any]], changed: dict[str, Any], status: int
) -> None:
    people(app)
    good = [{"pool_number": "HB-00002", "hours": 8}] if present else []
    assert train(app, good + present, **changed).status_code == status
    assert rows(app, ExpertTraining) == []


def test_a_training_is_recorded_once_and_by_the_authority(app: Flask) -> None:
    people(app)
    present = [{"pool_number": "HB-00001", "hours": 8}]
    assert train(app, present, "administrator").status_code == 403
    assert train(app, present).get_json() == {"experts": 1}
    assert train(app, present).status_code == 400
    assert len(rows(app, ExpertTraining)) == 1


def test_pages_of_the_office_and_of_the_expert_are_drawn(app: Flask) -> None:
    client = admitted(app)
    judge(app, expert(app).id)
    number = expert(app).id
    for who, paths in {
        "authority": ["/experts/office", "/experts/applications", f"/experts/pool/{number}", "/experts/year",
                      f"/experts/pool/{number}/decide", "/experts/trainings/new", "/admin/experts"],
        "supervisor": ["/experts/office", f"/experts/pool/{number}", "/experts/year?year=2025"],
    }.items():  # fmt: skip
        for path in paths:
            assert client_as(app, people(app)[who]).get(path).status_code == 200, path
    for path in ("/experts/me", "/experts/me/leave", "/experts/me/declaration", "/experts/application"):
        assert client.get(path).status_code == 200, path
        assert client.get(path + "?lang=en").status_code == 200, path
    assert client_as(app, people(app)["administrator"]).get(f"/experts/pool/{number}").status_code == 403
