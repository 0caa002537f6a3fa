"""The board of alarms 电子监察台: narrowed, grouped, counted and downloaded; one search for page, table and JSON."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from tests.builders import Trade, a_lot, client_as, people
from trading.codelists import Role, Severity, Status
from trading.database import db, transaction
from trading.models import Alarm

pytestmark = pytest.mark.both_databases
MADE = (
    ("R07.C16", Severity.RED, 0, Role.OWNER, 1), ("R01.C5", Severity.AMBER, 8, Role.CENTRE, 0),
    ("R01.C4", Severity.AMBER, 7, Role.AGENCY, 0), ("R08.C5", Severity.RED, 31, Role.SUPERVISOR, 2),
)  # fmt: skip


@pytest.fixture
def board(app: Flask) -> Trade:
    """A lot with four open alarms of different age, colour, level and unit, and a closed one."""
    trade = a_lot(app, people(app), Status.REGISTERED)
    now = trade.clock.now()
    with app.app_context(), transaction(db.session):
        for condition, severity, days, role, level in MADE:
            db.session.add(
                Alarm(lot_id=trade.lot().id, condition=condition, severity=severity, expected="=HYPERLINK()",
                      actual="无", raised_at=now - timedelta(days=days), responsible=role, level=level,
                      escalated_at=now)
            )  # fmt: skip
        db.session.add(
            Alarm(lot_id=trade.lot().id, condition="R02.C3", severity=Severity.RED, expected="x", actual="y",
                  raised_at=now, closed_at=now, closing_reason="已整改")
        )  # fmt: skip
    return trade


def told(board: Trade, query: str = "") -> dict[str, object]:
    """The JSON of the board."""
    answer = client_as(board.app, board.people["supervisor"]).get(f"/api/v1/alarms?{query}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("", ["R08.C5", "R01.C5", "R01.C4", "R07.C16"]),
        ("order=newest", ["R07.C16", "R01.C4", "R01.C5", "R08.C5"]),
        ("order=gravest", ["R08.C5", "R07.C16", "R01.C5", "R01.C4"]),
        ("age=week", ["R01.C4", "R07.C16"]),
        ("age=month", ["R01.C5"]),
        ("age=older", ["R08.C5"]),
        ("severity=A", ["R01.C5", "R01.C4"]),
        ("rule=R01", ["R01.C5", "R01.C4"]),
        ("rule=R01.C4", ["R01.C4"]),
        ("unit=centre", ["R01.C5"]),
        ("closed=1", ["R02.C3"]),
        ("group=rule", ["R01.C5", "R01.C4", "R07.C16", "R08.C5"]),
    ],
)
def test_the_board_is_narrowed_and_ordered(board: Trade, query: str, conditions: list[str]) -> None:
    assert [one["condition"] for one in told(board, query)["alarms"]] == conditions


def test_it_counts_by_colour_age_rule_and_unit(board: Trade) -> None:
    found = told(board)
    assert {name: found[name] for name in ("total", "red", "amber", "carried_up", "unanswered")} == {
        "total": 4, "red": 2, "amber": 2, "carried_up": 2, "unanswered": 4,
    }  # fmt: skip
    counts = {name: {one["zh"]: one["count"] for one in groups} for name, groups in found["counts"].items()}
    assert counts["age"] == {"七日以内": 2, "八日至三十日": 1, "三十日以上": 1}
    assert sum(counts["rule"].values()) == sum(counts["condition"].values()) == 4
    assert counts["unit"] == {"县水利局": 2, "交易中心": 1, "监管机构": 1}


def test_a_units_key_narrows_the_board_to_it(board: Trade) -> None:
    units = {one["zh"]: one["key"] for one in told(board)["counts"]["unit"]}
    found = told(board, f"unit={units['县水利局']}")
    assert [one["condition"] for one in found["alarms"]] == ["R01.C4", "R07.C16"]


def test_page_and_table_tell_the_same_and_no_cell_is_a_formula(board: Trade) -> None:
    client = client_as(board.app, board.people["oversight"])
    page = client.get("/oversight?group=unit&order=newest").text
    assert "县水利局" in page and "责任人：交易中心" in page and "第 2 级" in page
    answer = client.get("/oversight/alarms.csv?rule=R01")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["condition"] for row in rows] == ["R01.C5", "R01.C4"]
    assert {row["expected"] for row in rows} == {"'=HYPERLINK()"}
    assert "alarms.csv?rule=R01" in client.get("/oversight?rule=R01").text


def test_a_wrong_question_is_told_with_its_field(board: Trade) -> None:
    client = client_as(board.app, board.people["supervisor"])
    assert client.get("/oversight?age=forever").status_code == 400
    assert client.get("/api/v1/alarms?age=forever").status_code == 400
    assert client.get("/api/v1/alarms?unknown=1").status_code == 400


@pytest.mark.parametrize("path", ["/oversight/alarms.csv", "/api/v1/alarms"])
@pytest.mark.parametrize("who", ["owner", "centre", "bidder1", "administrator", None])
def test_nobody_else_reads_it(app: Flask, path: str, who: str | None) -> None:
    assert client_as(app, people(app)[who] if who else None).get(path).status_code in (302, 401, 403)
