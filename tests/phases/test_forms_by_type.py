"""The pages of every type 各类项目的页面: only its own questions, what was typed stays, words of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as, people, send_form
from tests.phases.preparing import drafted, entered, fix, prepare, prepared, purchase_terms, registered, sale_terms
from trading.beijing import law_date
from trading.codelists import ProjectType
from trading.database import db
from trading.methods.profiles import PROFILES
from trading.models import Project

EVERY = list(ProjectType)
OWN_QUESTIONS = {
    ProjectType.WORKS: "investment_code",
    ProjectType.GP: "plan_number",
    ProjectType.GPN: "plan_number",
    ProjectType.LAND: "plot_ratio",
    ProjectType.SOE: "gives_up_control",
    ProjectType.ADMIN: "decided_on",
    ProjectType.RURAL: "by_delegates",
    ProjectType.OTHER: "charges",
}
ANSWERED_BY_ALL = {"name", "type", "district", "description"}


def as_form(body: dict[str, Any]) -> dict[str, str]:
    """The answers as a browser sends them."""
    form: dict[str, str] = {}
    for name, value in body.items():
        if isinstance(value, list):
            for number, row in enumerate(value):
                form |= {f"{name}-{number}-{column}": str(cell) for column, cell in row.items()}
        elif value is not None:
            form[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return form


def answers(app: Flask, project_type: ProjectType) -> dict[str, Any]:
    """The lawful answers of a type on the day of the test."""
    today = law_date(app.extensions["clock"].now())
    return entered(project_type, PROFILES[project_type].methods[0], today)


def test_the_type_is_chosen_first(app: Flask) -> None:
    page = client_as(app, people(app)["owner"]).get("/projects/new").text
    for one in EVERY:
        assert f'href="/projects/new?type={one.value}"' in page and one.zh in page
    assert 'name="plan_number"' not in page


@pytest.mark.parametrize("project_type", EVERY)
def test_a_form_asks_what_its_type_needs_and_no_more(app: Flask, project_type: ProjectType) -> None:
    page = client_as(app, people(app)["owner"]).get(f"/projects/new?type={project_type.value}").text
    asked = set(re.findall(r'name="([a-z_]+)"', page))
    assert OWN_QUESTIONS[project_type] in asked
    works_alone = {"investment_code", "contractor_prefinancing", "estimate_total"}
    assert (works_alone <= asked) is (project_type is ProjectType.WORKS)
    assert ("entitled" in asked) is (project_type is ProjectType.RURAL)


@pytest.mark.parametrize("project_type", EVERY)
def test_a_project_of_every_type_is_entered_in_the_browser(app: Flask, project_type: ProjectType) -> None:
    client = client_as(app, people(app)["owner"])
    page, form = f"/projects/new?type={project_type.value}", as_form(answers(app, project_type))
    wrong = send_form(client, page, form | {"name": ""})
    assert wrong.status_code == 400 and 'href="#field-name"' in wrong.text
    kept = next(value for name, value in form.items() if name == "lots-0-title")
    assert f'value="{kept}"' in wrong.text
    with app.app_context():
        assert db.session.scalar(select(Project.id)) is None
    assert send_form(client, page, form).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Project.type)).one() is project_type


@pytest.mark.parametrize("project_type", EVERY)
def test_the_pages_of_preparation_stand_in_both_languages(app: Flask, project_type: ProjectType) -> None:
    trade = drafted(app, project_type)
    client = client_as(app, trade.people["owner"])
    preparing = "prepare-terms" if project_type.is_purchase else "prepare-sale"

    def stands(*steps: str) -> None:
        for step in steps:
            for language in ("zh", "en"):
                answer = client.get(f"/lots/{trade.code}/{step}?lang={language}".replace("/?", "?"))
                assert answer.status_code == 200, f"{step}: {answer.status_code}"

    stands("submit-registration", "")
    trade = registered(app, project_type)
    stands(preparing, "")
    assert client.get(f"/lots/{trade.code}/{preparing}").status_code == 200
    prepare(trade, project_type)
    stands(preparing, "file-conditions")
    trade.step("owner", "file-conditions")
    assert client_as(app, trade.people["supervisor"]).get(f"/lots/{trade.code}/answer-filing").status_code == 200
    trade.step("supervisor", "answer-filing", {"answer": "no_issue"})
    stands("fix-method", "apply-for-exception")
    fix(trade, project_type, None)
    stands("")


@pytest.mark.parametrize(
    ("project_type", "told", "not_told"),
    [
        (ProjectType.LAND, ("土地用途", "工业用地", "起始价", "增价幅度", "不设底价", "标的情况"), ("招标范围",)),
        (ProjectType.ADMIN, ("起始价（每年）", "租赁（承包）期", "标的情况"), ("招标范围", "土地用途")),
        (ProjectType.GPN, ("采购内容", "采购实施计划编号"), ("招标范围", "起始价")),
        (ProjectType.WORKS, ("招标范围", "估算金额"), ("起始价", "采购内容")),
    ],
)
def test_the_page_of_a_lot_says_what_its_type_has(
    app: Flask, project_type: ProjectType, told: tuple[str, ...], not_told: tuple[str, ...]
) -> None:
    trade = prepared(app, project_type)
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}").text
    facts = page[page.index('id="facts"') : page.index('id="documents"')]
    assert [one for one in told if one not in facts] == []
    assert [one for one in not_told if one in facts] == []


def test_nothing_of_a_draft_is_told_to_a_stranger(app: Flask) -> None:
    trade = drafted(app, ProjectType.LAND)
    assert client_as(app, None).get(f"/lots/{trade.code}").status_code == 404
    assert client_as(app, trade.people["bidder1"]).get(f"/lots/{trade.code}/prepare-sale").status_code in (403, 404)


def test_a_step_of_another_type_is_not_there(app: Flask) -> None:
    land, works = registered(app, ProjectType.LAND), registered(app, ProjectType.WORKS)
    land.step("owner", "prepare-terms", purchase_terms(), 403)
    works.step("owner", "prepare-sale", sale_terms(ProjectType.LAND, False), 403)


def test_what_was_prepared_stands_in_the_form_again(app: Flask) -> None:
    trade = registered(app, ProjectType.RURAL)
    prepare(trade, ProjectType.RURAL, terms={"priority": "原承租人张某", "starting_price": "51000"})
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}/prepare-sale").text
    assert 'value="原承租人张某"' in page and 'value="51000' in page
