"""Files and people that tests of deposits share 保证金测试素材."""

from __future__ import annotations

import base64
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as
from trading.database import db
from trading.models import BankLine, Organization

PROFILE = {
    "name": "农商行网银", "encoding": "gb18030", "separator": "comma", "time_format": "YYYY-MM-DD hh:mm:ss",
    "reference": "流水号", "payer_name": "付款户名", "payer_account": "付款账号", "amount": "金额",
    "paid_at": "记账时间", "virtual_account": "子账号", "remark": "附言", "currency": "币种",
}  # fmt: skip
HEAD = "流水号,付款户名,付款账号,子账号,金额,记账时间,附言,币种"


def profile(app: Flask, trade: Trade, **changed: Any) -> str:
    """A bank's layout, kept by the centre; its id."""
    return trade.send("centre", "/deposits/banks/new", PROFILE | changed)["id"]


def upload(text: str, name: str = "statement.csv", encoding: str = "gb18030") -> dict[str, str]:
    """A text as a file of JSON."""
    return {"name": name, "content": base64.b64encode(text.encode(encoding)).decode()}


def line(number: int, **changed: str) -> str:
    """A line of a statement: the bond of ``bidder<number>`` on 2026-03-05."""
    cells = {
        "reference": f"S-{number}", "payer": f"第{number}建设有限公司", "account": f"6222000{number}", "virtual": "",
        "amount": "100000.00", "at": "2026-03-05 10:00:00", "remark": "", "currency": "CNY",
    } | changed  # fmt: skip
    return ",".join(cells.values())


def statement(*lines: str) -> dict[str, str]:
    """A statement of these lines as an upload."""
    return upload("\n".join((HEAD, *lines)) + "\n")


def account(app: Flask, trade: Trade, who: str) -> str:
    """The virtual account that a bidder reads on his own page."""
    return client_as(app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/my-bid").get_json()["virtual_account"]


def kept(app: Flask) -> list[BankLine]:
    """Every line that is kept, by reference."""
    with app.app_context():
        return list(db.session.scalars(select(BankLine).order_by(BankLine.reference)))


def owner_of(app: Flask, row: BankLine) -> str | None:
    """The name of whose line it is."""
    with app.app_context():
        found = db.session.get(Organization, row.organization_id) if row.organization_id else None
        return found.name if found else None
