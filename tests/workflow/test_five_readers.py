"""One function, five readers 一处定义五处使用: gate, preview, watch, dossier table, printed and public rules agree."""

from __future__ import annotations

import ast
import html
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.papers import paper
from trading import rules
from trading.beijing import law_date
from trading.codelists import Answer, Severity, Status, Urgency
from trading.database import db
from trading.models import Alarm
from trading.oversight.dossier_facts import compliance
from trading.printed.rules import rules_page
from trading.rules import CONDITIONS
from trading.rules.responsible import NAMED
from trading.rules.rule import Due
from trading.steps import Step
from trading.workflow import engine, watch
from trading.workflow.facts import RecordCase

ONE = CONDITIONS["R01.C5"]
RULES = Path(rules.__file__).parent


@pytest.fixture
def submitted(app: Flask) -> Trade:
    """A registration that waits for the centre's answer."""
    trade = a_lot(app, people(app), Status.DRAFT)
    trade.step("owner", "submit-registration", {"approval": [paper()], "funds": [paper("funds.pdf")]})
    return trade


def due(trade: Trade) -> Due:
    """What the condition itself says is due."""
    with trade.app.app_context():
        case = RecordCase(db.session, trade.lot(), trade.clock.now(), trade.app.extensions["tools"])
        found = ONE.deadline(case)
    assert found is not None
    return found


def case_of(trade: Trade) -> RecordCase:
    """The case of the lot now."""
    with trade.app.app_context():
        case = RecordCase(db.session, trade.lot(), trade.clock.now(), trade.app.extensions["tools"])
        ONE.ask(case)
    return case


@pytest.mark.parametrize(
    ("before", "answer", "urgency"),
    [
        (timedelta(seconds=1), Answer.PASSED, Urgency.NEAR),
        (timedelta(0), Answer.FAILED, Urgency.OVERDUE),
        (timedelta(seconds=-1), Answer.FAILED, Urgency.OVERDUE),
    ],
)
def test_watch_preview_and_dossier_table_turn_at_the_same_instant(
    submitted: Trade, before: timedelta, answer: Answer, urgency: Urgency
) -> None:
    at = due(submitted).at
    submitted.clock.set(at - before)
    now, tools = submitted.clock.now(), submitted.app.extensions["tools"]
    with submitted.app.app_context():
        lot = submitted.lot()
        told = {one.condition.id: one for one in watch.due_on(db.session, lot, now, tools) if one.condition}
        table = {one.condition.id: one for _rule, found, _n in compliance(db.session, lot, now, tools) for one in found}
        seen = {one.condition.id: one for one in engine.preview(db.session, lot, Step.REFUSE_REGISTRATION, now, tools)}
    assert (told[ONE.id].at, told[ONE.id].urgency) == (at, urgency)
    assert table[ONE.id].answer is answer
    assert table[ONE.id].finding == ONE.ask(case_of(submitted))
    if answer is Answer.FAILED:
        assert seen[ONE.id].finding == table[ONE.id].finding


def test_the_gate_records_and_alarms_what_the_preview_said(submitted: Trade) -> None:
    submitted.clock.set(due(submitted).at)
    now, tools = submitted.clock.now(), submitted.app.extensions["tools"]
    with submitted.app.app_context():
        lot = submitted.lot()
        (seen,) = [
            one for one in engine.preview(db.session, lot, Step.ACCEPT_REGISTRATION, now, tools)
            if one.condition.id == ONE.id
        ]  # fmt: skip
    submitted.step("centre", "accept-registration")
    with submitted.app.app_context():
        alarm = db.session.scalars(select(Alarm).where(Alarm.condition == ONE.id)).one()
        table = compliance(db.session, submitted.lot(), now, tools)
    (kept,) = [one for _rule, found, _n in table for one in found if one.condition.id == ONE.id]
    assert seen.answer is kept.answer is Answer.FAILED
    assert alarm.severity is ONE.severity is Severity.AMBER
    assert alarm.expected == kept.finding.expected


def test_the_printed_and_the_public_rules_tell_each_condition_alike(app: Flask) -> None:
    printed = rules_page()
    rows = {line.split("|")[1].strip(): line for line in printed.splitlines() if line.startswith("| R")}
    page = html.unescape(client_as(app, None).get("/rules").text)
    for one in CONDITIONS.values():
        line = rows[one.id] if one.checklist is None else next(
            row for row in printed.splitlines() if row.startswith(f"| {one.id} | {one.severity.value} |")
        )  # fmt: skip
        assert f"| {one.severity.value} |" in line and one.zh.replace("|", "\\|") in line
        assert one.zh in page
        assert ("✓" in line) is (one.due is not None)
        assert ("☑" in line) is (one.checklist is not None)
        for source in one.sources:
            assert source.text in line and source.text in page
        if one.checklist:
            assert one.checklist.reason_zh in page and one.checklist.reason_zh in printed
    assert page.count("（电子监察）") == len(watch.WATCHED) == sum(one.due is not None for one in CONDITIONS.values())
    assert page.count("（核查事项，由") == sum(one.checklist is not None for one in CONDITIONS.values()) <= 40


def test_the_page_shows_the_numbers_of_today_and_the_file_all_lines(app: Flask, clock: object) -> None:
    book, today = app.extensions["tools"].book, law_date(app.extensions["clock"].now())
    page = client_as(app, None).get("/rules").text
    assert "今日施行的数值" in page
    printed = rules_page()
    for fact in book.all():
        for line in fact.lines:
            assert f"{line.since}: {line.value}" in printed
        if book.on(today).in_force(fact.name):
            assert html.escape(fact.label_zh, quote=False) in page


def who_of(call: ast.Call) -> ast.expr | None:
    """The Chinese words by which a call names who must act: Due(at, who, …) and term.due(case, who, …)."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    return call.args[1] if name in ("Due", "due") and len(call.args) > 1 else None


def test_every_deadline_names_somebody_whose_role_is_known() -> None:
    words = {
        who.value: f"{path.name}:{who.lineno}"
        for path in RULES.glob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(who := who_of(call), ast.Constant) and isinstance(who.value, str)
    }
    assert len(words) >= 5
    assert [f"{at} {who}" for who, at in words.items() if not any(name in who for name, _role in NAMED)] == []
