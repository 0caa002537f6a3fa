"""What is refused, and where it is written down 拒绝: on record by status or rule, in the log at the door."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people, send_form
from trading.codelists import Status
from trading.database import db
from trading.errors import InvalidInput, Words
from trading.models import LedgerEntry

ROOT = Path(__file__).parent.parent.parent / "trading"
CHINESE = re.compile("[\u4e00-\u9fff]")
IDLE = {"ground": "owner_idle", "reason": "调查需要"}


@pytest.fixture
def published(app: Flask) -> Trade:
    """A published lot."""
    return a_lot(app, people(app))


def on_record(trade: Trade) -> list[tuple[str, str, list[str]]]:
    """Step, reason and conditions of the refusals on record."""
    with trade.app.app_context():
        query = select(LedgerEntry.body).where(LedgerEntry.chain == trade.code, LedgerEntry.kind == "step.refused")
        bodies = [json.loads(body or "") for body in db.session.scalars(query.order_by(LedgerEntry.seq))]
    return [(one["step"], one["reason"], one["conditions"]) for one in bodies]


def logged(text: str) -> list[tuple[int, str]]:
    """Status and error of what was refused at the door, as the log tells it."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [(one["status"], one["error"]) for one in lines if one["event"] == "refused at the door"]


def test_a_refusal_by_status_or_rule_is_an_entry_of_the_record(
    published: Trade, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    published.step("owner", "open-bids", status=409)
    published.step("owner", "fail", {"ground": "no_competition", "cause": "原因"}, 422)
    published.step("owner", "fail", {"ground": "few_bidders", "cause": "原因"}, 422)
    assert on_record(published) == [
        ("open_bids", "WrongStatus", []), ("fail", "Unlawful", ["R16.C1"]), ("fail", "not_closed", []),
    ]  # fmt: skip
    assert logged(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("who", "step", "body", "status", "error"),
    [
        (None, "open-bids", {}, 401, "LoginNeeded"),
        ("bidder1", "open-bids", {}, 403, "NotAllowed"),
        ("supervisor", "suspend", {"ground": "order"}, 400, "InvalidInput"),
        ("supervisor", "terminate", IDLE, 400, "InvalidInput"),
        ("supervisor", "terminate", IDLE | {"colour": "red"}, 400, "InvalidInput"),
        ("supervisor", "suspend", {"ground": "order", "reason": "调查", "version": 0}, 409, "Stale"),
    ],
)
def test_a_refusal_at_the_door_goes_to_the_log_and_not_on_record(
    published: Trade, capsys: pytest.CaptureFixture[str], who: str | None, step: str, body: dict[str, Any], status: int,
    error: str,
) -> None:  # fmt: skip
    capsys.readouterr()
    published.step(who, step, body, status)
    assert logged(capsys.readouterr().out) == [(status, error)]
    assert on_record(published) == []


def test_a_form_that_is_refused_at_the_door_is_logged_too(published: Trade, capsys: pytest.CaptureFixture[str]) -> None:
    browser = client_as(published.app, published.people["supervisor"])
    capsys.readouterr()
    answer = send_form(browser, f"/lots/{published.code}/suspend", {"ground": "order", "reason": ""})
    assert answer.status_code == 400
    assert logged(capsys.readouterr().out) == [(400, "InvalidInput")]
    assert on_record(published) == []


@pytest.mark.parametrize(
    ("who", "step", "typed", "status", "said"),
    [
        ("supervisor", "suspend", {"ground": "order", "reason": "写了很久的理由", "version": "0"}, 409, "已有变化"),
        ("owner", "fail", {"ground": "few_bidders", "cause": "写了很久的理由", "remedy": "整改"}, 422, "尚未截止"),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(
    published: Trade, who: str, step: str, typed: dict[str, str], status: int, said: str
) -> None:
    browser = client_as(published.app, published.people[who])
    answer = send_form(browser, f"/lots/{published.code}/{step}", typed | {"confirmed": "1"})
    assert answer.status_code == status and said in answer.text and "写了很久的理由" in answer.text


def test_what_is_wrong_with_a_field_is_said_in_the_readers_language(published: Trade) -> None:
    browser = client_as(published.app, published.people["supervisor"])
    path = f"/api/v1/lots/{published.code}/terminate"
    said = {
        one: browser.post(path, json=IDLE, headers={"Accept-Language": one}).json for one in ("zh", "en")
    }  # fmt: skip
    assert said["zh"]["fields"] == {"reminded_on": ["请填写催告日期"]}
    assert said["en"]["fields"] == {"reminded_on": ["Give the day of the reminder"]}
    assert not CHINESE.search(said["en"]["message"])
    form = IDLE | {"confirmed": "1"}
    page = send_form(browser, f"/lots/{published.code}/terminate?lang=en", form)
    assert page.status_code == 400 and "Give the day of the reminder" in page.text
    assert "请填写催告日期" not in page.text


def test_the_sentences_of_a_tables_rows_are_in_the_readers_language_too() -> None:
    row = {"cell": [Words("错", "Wrong"), "as it is"]}
    wrong = InvalidInput({"rows": {"0": row}, "name": [Words("缺", "Missing")]})
    assert wrong.told("en") == {"rows": {"0": {"cell": ["Wrong", "as it is"]}}, "name": ["Missing"]}
    assert wrong.told("zh") == {"rows": {"0": {"cell": ["错", "as it is"]}}, "name": ["缺"]}


def one_tongued(tree: ast.AST) -> list[str]:
    """Chinese sentences that stand as plain text in the fields of an InvalidInput."""
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "InvalidInput" or not call.args:
            continue
        calls = [node for node in ast.walk(call.args[0]) if isinstance(node, ast.Call)]
        bilingual = [node for node in calls if getattr(node.func, "id", "") == "Words"]
        inside = {id(part) for node in bilingual for part in ast.walk(node)}
        found += [
            node.value for node in ast.walk(call.args[0])
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
            and CHINESE.search(node.value)
        ]  # fmt: skip
    return found


def test_no_effect_says_what_is_wrong_in_one_language_alone() -> None:
    texts = {path.name: path.read_text() for path in ROOT.rglob("*.py")}
    services = {name: text for name, text in texts.items() if "gettext" not in text and "InvalidInput" in text}
    assert len(services) > 10
    assert {name: found for name, text in services.items() if (found := one_tongued(ast.parse(text)))} == {}
    assert one_tongued(ast.parse('raise InvalidInput({"a": ["错 (wrong)"]})')) == ["错 (wrong)"]


def test_a_lot_that_was_refused_stands_where_it_stood(published: Trade) -> None:
    published.step("owner", "open-bids", status=409)
    with published.app.app_context():
        assert published.lot().status is Status.PUBLISHED
