"""People of the county's list 县级名录的人: an applicant, his application, an admitted expert."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import client_as, people
from tests.phases.papers import paper
from trading.database import db
from trading.identifiers import make_uscc
from trading.models import Expert, User

HOME = make_uscc("420100", 900)
ELSEWHERE = make_uscc("420100", 901)
FAR = make_uscc("420100", 902)
PERSON = "P-APPLICANT-7788"
ACCOUNT = {"name": "申评", "person": PERSON, "login": "applicant", "password": "a-long-secret-2026"}
DECISION = {"reason": "擅离职守", "basis": "本县专家名录管理规定第十条", "number": "巴专〔2026〕1号"}


def application(**changed: Any) -> dict[str, Any]:
    """A lawful application."""
    return {
        "born_on": "1975-05-01", "phone": "13900001111", "employer": "县设计院", "employer_uscc": HOME,
        "employed": True, "title": "高级工程师", "level": "senior", "years_in_field": 8,
        "specialties": ["A0104", "C0401"], "knows_law": True, "electronic": True, "healthy": True, "punished": False,
        "employment_history": [{"uscc": ELSEWHERE, "until": "2025-06-30"}], "relatives": [], "interests": [],
        "files": [paper("title.pdf")],
    } | changed  # fmt: skip


def post(client: FlaskClient, path: str, body: dict[str, Any] | None = None) -> TestResponse:
    """Send JSON."""
    return client.post(f"/api/v1/experts/{path}", json=body or {})


def applicant(app: Flask, **changed: Any) -> FlaskClient:
    """A browser in which an applicant has just registered."""
    people(app)
    client = app.test_client()
    answer = post(client, "register", ACCOUNT | changed)
    assert answer.status_code == 200, answer.text
    return client


def handed_in(app: Flask, client: FlaskClient, **changed: Any) -> str:
    """The id of an application that was handed in."""
    answer = post(client, "application", application(**changed))
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["id"])


def decided(app: Flask, application: str, verdict: str = "admit", who: str = "authority") -> TestResponse:
    """The authority decides."""
    body = {"verdict": verdict, "reason": "经核查"}
    return post(client_as(app, people(app)[who]), f"applications/{application}/decide", body)


def admitted(app: Flask) -> FlaskClient:
    """The browser of an expert of the county's list."""
    client = applicant(app)
    answer = decided(app, handed_in(app, client))
    assert answer.status_code == 200, answer.text
    return client


def expert(app: Flask, login: str = "applicant") -> Expert:
    """The record behind an expert's account."""
    with app.app_context():
        db.session.expire_all()
        query = select(Expert).join(User, User.expert_id == Expert.id)
        return db.session.scalars(query.where(User.login == login)).one()
