"""The filing phase, by JSON and by form 交易条件备案."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as, people, send_form
from tests.phases.papers import PDF, paper, project, terms
from trading.clock import StoppedClock
from trading.database import db
from trading.ledger.log import entries_of
from trading.ledger.verify import verify_chain
from trading.models import Document, Lot, Message, Project
from trading.workflow.clockwork import tick

API = "/api/v1"


class County:
    """The people of a county and one lot, driven by JSON."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.people = people(app)
        self.code = ""

    def send(self, who: str, path: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        """POST as ``who``; the answer must have ``status``."""
        answer = client_as(self.app, self.people[who]).post(f"{API}{path}", json=body or {})
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def step(self, who: str, step: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        """Take a step on the lot."""
        return self.send(who, f"/lots/{self.code}/{step}", body, status)

    def enter(self, **changed: Any) -> None:
        """A project in draft."""
        self.code = self.send("owner", "/projects", project(**changed), 201)["lots"][0]

    def register(self) -> None:
        """Handed in and accepted."""
        self.enter()
        self.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper("funds.pdf")]})
        self.step("centre", "accept-registration")

    def lot(self) -> Lot:
        """The lot as it is kept."""
        db.session.expire_all()
        return db.session.scalars(select(Lot).where(Lot.code == self.code)).one()


@pytest.fixture
def county(app: Flask) -> County:
    """A county with its people."""
    return County(app)


def test_a_lot_is_entered_registered_and_filed(app: Flask, county: County) -> None:
    county.register()
    county.step("owner", "prepare-terms", terms())
    county.step("owner", "file-conditions")
    answer = county.step("supervisor", "answer-filing", {"answer": "no_issue"})
    assert answer["status"] == "filed"
    with app.app_context():
        lot = county.lot()
        assert lot.trading_code is not None and lot.filed_at is not None
        assert verify_chain(db.session, lot.code) == []


def test_silence_after_the_time_limit_counts_as_filed(app: Flask, county: County, clock: StoppedClock) -> None:
    county.register()
    county.step("owner", "prepare-terms", terms())
    county.step("owner", "file-conditions")
    with app.app_context():
        due = clock.now().replace(day=5, hour=16, minute=0)
        assert tick(db.session, due.replace(hour=15, minute=59, second=59), app.extensions["tools"]) == []
        assert [one.step.value for one in tick(db.session, due, app.extensions["tools"])] == ["filing_lapses"]
        assert county.lot().status.value == "filed"


def test_a_blocked_filing_changes_nothing_and_is_itself_on_record(app: Flask, county: County) -> None:
    county.register()
    county.step("owner", "prepare-terms", terms(bond="100001"))
    answer = county.step("owner", "file-conditions", status=422)
    assert [one["id"] for one in answer["conditions"]] == ["R03.C4", "R09.C1"]
    with app.app_context():
        assert county.lot().status.value == "registered"
        last = entries_of(db.session, county.code)[-1]
        assert (last.kind, json.loads(last.body)["conditions"]) == ("step.refused", ["R03.C4", "R09.C1"])


def test_a_returned_filing_needs_a_reason_and_may_be_handed_in_again(county: County) -> None:
    county.register()
    county.step("owner", "prepare-terms", terms())
    county.step("owner", "file-conditions")
    assert "reason" in county.step("supervisor", "answer-filing", {"answer": "rectify"}, 400)["fields"]
    county.step("supervisor", "answer-filing", {"answer": "rectify", "reason": "补充图纸"})
    county.step("owner", "file-conditions")


def test_entry_is_refused_only_for_a_listed_reason(county: County) -> None:
    county.enter()
    county.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper()]})
    assert (
        "reason" in county.step("centre", "refuse-registration", {"reason": "ugly", "explanation": "x"}, 400)["fields"]
    )
    county.step("centre", "refuse-registration", {"reason": "not_approved", "explanation": "缺少批复"})
    county.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper()]})


@pytest.mark.parametrize(
    ("who", "step", "status"),
    [
        ("bidder1", "accept-registration", 403),
        ("administrator", "accept-registration", 403),
        ("supervisor", "accept-registration", 403),
        ("centre", "answer-filing", 403),
        ("owner", "file-conditions", 409),
        ("supervisor", "answer-filing", 409),
    ],
)
def test_the_wrong_person_or_the_wrong_status_is_refused(county: County, who: str, step: str, status: int) -> None:
    county.enter()
    county.step(who, step, {"answer": "no_issue"} if step == "answer-filing" else {}, status)


def test_a_stranger_does_not_learn_that_a_draft_exists(app: Flask, county: County) -> None:
    county.enter()
    assert client_as(app, None).get(f"/lots/{county.code}").status_code == 404
    assert client_as(app, county.people["bidder1"]).get(f"/lots/{county.code}").status_code == 404
    assert client_as(app, county.people["owner"]).get(f"/lots/{county.code}").status_code == 200


def test_a_stale_form_is_refused_with_what_changed(county: County) -> None:
    county.register()
    answer = county.step("owner", "file-conditions", {"version": 1}, 409)
    assert "已进场登记" in answer["message"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"estimate_total": "-1"}, "estimate_total"),
        ({"estimate_total": 1.5}, "estimate_total"),
        ({"estimate_total": "1e9"}, "estimate_total"),
        ({"estimate_total": "9" * 30}, "estimate_total"),
        ({"name": ""}, "name"),
        ({"name": "长" * 121}, "name"),
        ({"name": "坏\x00名"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"type": "land"}, "lots"),
        ({"district": "nowhere"}, "district"),
        ({"approval_date": "31.12.2026"}, "approval_date"),
        ({"stranger": 1}, "stranger"),
        ({"lots": []}, "lots"),
        ({"lots": "x"}, "lots"),
    ],
)
def test_bad_input_is_told_by_field_and_nothing_is_kept(
    app: Flask, county: County, changed: dict[str, Any], field: str
) -> None:
    answer = county.send("owner", "/projects", project(**changed), 400)
    assert field in answer["fields"]
    with app.app_context():
        assert db.session.scalars(select(Project)).all() == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("disguised.pdf", b"MZ\x90\x00 not a pdf"),
        ("virus.exe", b"MZ\x90"),
        ("zeros.txt", b"a\x00b"),
    ],
)
def test_empty_disguised_and_foreign_files_are_refused(county: County, name: str, data: bytes) -> None:
    county.enter()
    answer = county.step("owner", "submit-registration", {"approval": [paper(name, data)], "funds": [paper()]}, 400)
    assert "approval" in answer["fields"]


def test_what_was_typed_is_still_there_when_something_is_wrong(app: Flask, county: County) -> None:
    client = client_as(app, county.people["owner"])
    answer = send_form(client, "/projects/new", {"name": "清江护岸工程", "type": "works", "estimate_total": "一百万"})
    assert answer.status_code == 400
    assert 'value="清江护岸工程"' in answer.text and 'value="一百万"' in answer.text
    assert 'href="#field-estimate_total"' in answer.text


def test_a_form_is_checked_by_its_writer_before_anything_is_kept(app: Flask, county: County) -> None:
    county.enter()
    client = client_as(app, county.people["owner"])
    page = f"/lots/{county.code}/submit-registration"
    from_disk = {"approval": (io.BytesIO(PDF), "批复.pdf"), "funds": (io.BytesIO(PDF), "资金.pdf")}
    answer = send_form(client, page, from_disk, content_type="multipart/form-data")
    assert answer.status_code == 200 and "批复.pdf" in answer.text
    with app.app_context():
        assert county.lot().submitted_at is None and db.session.scalars(select(Document)).all() == []
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    done = client.post(page, data=hidden | {"confirmed": "true"}, follow_redirects=True)
    assert done.status_code == 200 and "已办理" in done.text
    with app.app_context():
        assert county.lot().submitted_at is not None
        assert {one.name for one in db.session.scalars(select(Document))} == {"批复.pdf", "资金.pdf"}


def test_the_centre_finds_the_registration_in_its_inbox(app: Flask, county: County) -> None:
    county.enter()
    county.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper()]})
    with app.app_context():
        told = {one.user_id for one in db.session.scalars(select(Message))}
        assert told == {county.people["centre"].id, county.people["centre2"].id}
