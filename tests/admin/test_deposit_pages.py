"""Layouts are tried, refunds instructed and confirmed whole or not at all, books reconciled 保证金管理."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import client_as, people, send_form
from tests.phases.deposit_files import PROFILE, line, statement, upload
from tests.phases.late_lots import CODE, Late, contracted
from trading.beijing import at
from trading.clock import StoppedClock
from trading.database import db
from trading.models import Alarm, BankLine, BankProfile, DepositMovement, RefundInstruction

CONFIRMING = "original_reference,result,total,paid_at,bank_reference,explanation"
CENTRE_PAGES = ("/deposits/banks", "/deposits/refunds", "/deposits/refunds/instruct", "/deposits/reconciliation")


def post(app: Flask, who: str, path: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
    """POST JSON as ``who``."""
    answer = client_as(app, people(app)[who]).post(f"/api/v1{path}", json=body or {})
    assert answer.status_code == status, answer.text
    return answer.get_json()


def test_a_layout_is_tried_on_a_file_before_it_is_used_and_nothing_is_kept(app: Flask, clock: StoppedClock) -> None:
    clock.set(at(date(2026, 3, 6), 9))
    layout = post(app, "administrator", "/deposits/banks/new", PROFILE)["id"]
    tried = post(app, "centre", f"/deposits/banks/{layout}/try", {"statement": statement(line(1), line(2))})
    assert tried["read"] == 2 and tried["lines"][0]["amount"] == "100000.00" and tried["lines"][1]["line"] == 3
    wrong = post(app, "centre", f"/deposits/banks/{layout}/try", {"statement": statement(line(1, amount="x"))}, 400)
    assert wrong["fields"]["statement"][0].startswith("第2行")
    with app.app_context():
        assert db.session.scalars(select(BankLine)).all() == []
    post(app, "centre", f"/deposits/banks/{layout}", PROFILE | {"amount": "发生额"})
    with app.app_context():
        assert db.session.scalars(select(BankProfile)).one().columns["amount"] == "发生额"
    for who in ("owner", "bidder1", "bank"):
        post(app, who, "/deposits/banks/new", PROFILE, 403)
    page = client_as(app, people(app)["centre"]).get("/deposits/banks").text
    assert "农商行网银" in page and "发生额" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"time_format": "%Y-%m-%d"}, "time_format"),
        ({"time_format": "hh:mm"}, "time_format"),
        ({"remark": "金额"}, "reference"),
        ({"encoding": "latin1"}, "encoding"),
        ({"amount": ""}, "amount"),
    ],
)
def test_a_layout_that_cannot_read_is_refused(app: Flask, changed: dict[str, str], field: str) -> None:
    assert field in post(app, "centre", "/deposits/banks/new", PROFILE | changed, 400)["fields"]


def test_two_layouts_have_two_names(app: Flask) -> None:
    post(app, "centre", "/deposits/banks/new", PROFILE)
    assert "name" in post(app, "centre", "/deposits/banks/new", PROFILE, 400)["fields"]


def due(app: Flask) -> list[dict[str, Any]]:
    """What waits, by JSON."""
    return client_as(app, people(app)["centre"]).get("/api/v1/deposits/refunds").get_json()["due"]


def confirmation(*rows: str) -> dict[str, Any]:
    """The bank's confirmation of these rows."""
    return {"file": upload("\n".join((CONFIRMING, *rows)) + "\n", "result.csv", "utf-8")}


@pytest.fixture
def lot(app: Flask, clock: StoppedClock) -> Late:
    """A contracted lot with four bonds that are due, on the day of the contract."""
    return contracted(app, clock)


@pytest.mark.both_databases
def test_refunds_go_out_in_one_file_and_come_back_in_another(app: Flask, lot: Late) -> None:
    waiting = due(app)
    assert len(waiting) == 4 and {one["due_on"] for one in waiting} == {"2026-03-11"}
    assert {one["interest"] for one in waiting} == {"6.81"} and not any(one["overdue"] for one in waiting)
    chosen = [one["line"] for one in waiting[:3]]
    number = post(app, "centre", "/deposits/refunds/instruct", {"lines": chosen})["number"]
    assert number == "TK-20260306-001" and [one["instructed"] for one in due(app)].count(True) == 3
    again = post(app, "centre", "/deposits/refunds/instruct", {"lines": chosen[:1]}, 400)
    assert "lines" in again["fields"]
    file = client_as(app, people(app)["bank"]).get(f"/deposits/refunds/{number}.csv").text.splitlines()
    assert len(file) == 4 and f"{number},1,{CODE},第1建设有限公司,62220001,100000.00,6.81,100006.81,R1," in file[1]
    rows = (
        "R1,ok,100006.81,2026-03-06 09:00:00,B1,", "R2,ok,100007.00,2026-03-06 09:00:00,B2,银行按季结息",
        "R3,failed,,,,户名不符",
    )  # fmt: skip
    done = post(app, "centre", f"/deposits/refunds/{number}/confirm", confirmation(*rows))
    assert done == {"number": number, "refunded": 2, "failed": 1}
    interest = {one.reference: one.interest for one in lot.records(BankLine)}
    assert interest == {"R1": Decimal("6.81"), "R2": Decimal("7.00"), "R3": None, "R4": None}
    assert [one["instructed"] for one in due(app)] == [False, False]
    assert lot.one(RefundInstruction).confirmed_at is not None
    assert sum(one.amount for one in lot.records(DepositMovement)) == Decimal("200000.00")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("R1,ok,99999.99,2026-03-06 09:00:00,B,", "第2行：少于本金100,000.00元"),
        ("R1,ok,100009.00,2026-03-06 09:00:00,B,", "第2行：按公式应计利息6.81元"),
        ("R1,ok,-5,2026-03-06 09:00:00,B,", "第2行：金额应为正数"),
        ("R1,ok,100006.81,2026-03-06 23:59:59,B,", "第2行：退付时间晚于现在"),
        ("R1,ok,100006.81,2026-02-01 09:00:00,B,", "第2行：退付时间早于到账时间"),
        ("R1,ok,100006.81,06/03/2026,B,", "第2行：时间应为"),
        ("R1,maybe,100006.81,2026-03-06 09:00:00,B,", "第2行：result应为"),
        ("R4,ok,100006.81,2026-03-06 09:00:00,B,", "第2行：不是本指令中待退还的款项"),
        ("R9,ok,100006.81,2026-03-06 09:00:00,B,", "第2行：不是本指令中待退还的款项"),
        ("R1,ok,100006.81", "第2行：列数与表头不符"),
        ("R2,ok,100006.81,2026-03-06 09:00:00,B,", "第3行：原流水号重复"),
    ],
)
def test_a_confirmation_with_one_bad_line_refunds_nothing(app: Flask, lot: Late, row: str, said: str) -> None:
    chosen = [one["line"] for one in due(app) if one["reference"] != "R4"]
    number = post(app, "centre", "/deposits/refunds/instruct", {"lines": chosen})["number"]
    good = "R2,ok,100006.81,2026-03-06 09:00:00,B2,"
    answer = post(app, "centre", f"/deposits/refunds/{number}/confirm", confirmation(row, good), 400)
    assert any(one.startswith(said) for one in answer["fields"]["file"]), answer
    assert all(one.refunded_at is None for one in lot.records(BankLine))
    assert len(lot.records(DepositMovement)) == 4


def test_a_confirmation_of_another_form_is_refused(app: Flask, lot: Late) -> None:
    number = post(app, "centre", "/deposits/refunds/instruct", {"lines": [due(app)[0]["line"]]})["number"]
    path = f"/deposits/refunds/{number}/confirm"
    for text in ("a,b\n1,2\n", CONFIRMING + "\n"):
        assert "file" in post(app, "centre", path, {"file": upload(text, "r.csv")}, 400)["fields"]
    post(app, "centre", "/deposits/refunds/TK-1/confirm", {"file": upload(CONFIRMING, "r.csv")}, 404)
    post(app, "owner", path, confirmation(), 403)


def test_the_books_are_reconciled_by_day_on_page_table_and_paper(app: Flask, lot: Late) -> None:
    lot.done("bank", "report_balance", {"day": "2026-03-06", "balance": "400000.00"})
    line_id = next(one.id for one in lot.records(BankLine))
    lot.done("centre", "refund_bond", {}, line_id)
    reader = client_as(app, people(app)["oversight"])
    told = reader.get("/api/v1/deposits/reconciliation").get_json()
    assert [(one["day"], one["opening"], one["in"], one["out"], one["closing"]) for one in told["days"]] == [
        ("2026-02-27", "0.00", "400000.00", "0.00", "400000.00"),
        ("2026-03-06", "400000.00", "6.81", "100006.81", "300000.00"),
    ]
    assert told["broken"] == [CODE] and told["days"][1]["difference"] == "100000.00"
    lot.done("bank", "report_balance", {"day": "2026-03-06", "balance": "300000.00"})
    told = reader.get(f"/api/v1/deposits/reconciliation?code={CODE}&since=2026-03-06").get_json()
    assert told["broken"] == [] and len(told["days"]) == 1 and told["days"][0]["difference"] == "0.00"
    table = reader.get("/deposits/reconciliation.csv").text
    assert f"{CODE},8816" in table and "2026-03-06,400000.00,6.81,100006.81,300000.00,300000.00,0.00" in table
    assert reader.get("/deposits/reconciliation.pdf").data.startswith(b"%PDF")
    assert "300,000.00" in reader.get("/deposits/reconciliation").text
    assert reader.get("/api/v1/deposits/reconciliation?since=soon").status_code == 400
    for who in ("owner", "bidder1", "bank"):
        assert client_as(app, people(app)[who]).get("/api/v1/deposits/reconciliation").status_code == 403
    assert [one for one in lot.records(Alarm) if one.condition == "R09.C11"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_of_deposits_are_drawn_in_both_languages(app: Flask, lot: Late, language: str) -> None:
    post(app, "centre", "/deposits/banks/new", PROFILE)
    post(app, "centre", "/deposits/issuers/new", {"name": "某财产保险公司", "form": "insurance"})
    browser = client_as(app, people(app)["centre"])
    for page in (*CENTRE_PAGES, f"/lots/{CODE}/bonds"):
        assert browser.get(f"{page}?lang={language}").status_code == 200, page


def test_an_instruction_is_made_by_its_form(app: Flask, lot: Late) -> None:
    browser = client_as(app, people(app)["centre"])
    shown = browser.get("/deposits/refunds/instruct").text
    assert shown.count("checked") == 0 and "2026-03-11 · 第1建设有限公司 · 100,006.81" in shown
    lines = [one["line"] for one in due(app)]
    assert send_form(browser, "/deposits/refunds/instruct", {"lines": lines}).status_code == 303
    assert lot.one(RefundInstruction).number == "TK-20260306-001"
    lot.clock.set(at(date(2026, 3, 11), 9))
    assert "TK-20260306-001" in browser.get("/deposits/refunds").text
