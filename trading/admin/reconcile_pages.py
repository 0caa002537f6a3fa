"""Reconciliation 对账: day by day and lot by lot what came, went and stood, against the bank; page, CSV, PDF, JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select

from trading.admin.deposit_schemas import PeriodSchema
from trading.admin.pages import asked_for
from trading.beijing import beijing
from trading.codelists import Role
from trading.database import db
from trading.models import BankBalance, DepositMovement, Lot
from trading.web import access
from trading.web.printing import printed
from trading.web.spreadsheet import csv_line, download
from trading.web.steps import now, tools
from trading.workflow.deposit_alarms import differences
from trading.workflow.deposit_record import DayOfBook, book_of, virtual_account
from trading.workflow.secrecy import bonds_may_be_told

READERS = (Role.CENTRE, Role.OVERSIGHT, Role.SUPERVISOR)
COLUMNS = ("lot", "sub_account", "day", "opening", "in", "out", "closing", "bank", "difference")


@dataclass(frozen=True)
class Book:
    """The days of one lot's sub-account, and whether everything adds up."""

    lot: Lot
    account: str
    days: tuple[DayOfBook, ...]
    broken: bool


def books(asked: dict[str, Any]) -> list[Book]:
    """The books of the lots of which payers may be told; what is sealed is left out without a word."""
    moved = select(DepositMovement.lot_id).union(select(BankBalance.lot_id))
    query = select(Lot).where(or_(Lot.id.in_(moved)))
    if asked.get("code"):
        query = query.where(Lot.code == asked["code"])
    since, until = asked.get("since"), asked.get("until")
    found = []
    for lot in db.session.scalars(query.order_by(Lot.code)).unique():
        if not bonds_may_be_told(lot):
            continue
        days = [
            one for one in book_of(db.session, lot)
            if (since is None or one.day >= since) and (until is None or one.day <= until)
        ]  # fmt: skip
        if days:
            broken = any(True for _ in differences(db.session, lot))
            found.append(Book(lot, virtual_account(tools(), lot, ""), tuple(days), broken))
    return found


@access.allow(*READERS)
def reconciliation() -> ResponseReturnValue:
    """The report as a page."""
    asked, fields, errors = asked_for(PeriodSchema())
    return render_template("admin/reconciliation.html", books=books(asked), fields=fields, errors=errors, asked=asked)


def rows(found: list[Book]) -> Iterator[list[str]]:
    """The report's lines as text."""
    for book in found:
        for day in book.days:
            sums = (day.opening, day.received, day.paid_out, day.closing, day.stated, day.difference)
            told = ["" if one is None else str(one) for one in sums]
            yield [book.lot.code, book.account, day.day.isoformat(), *told]


@access.allow(*READERS)
def reconciliation_json() -> ResponseReturnValue:
    """The report by JSON."""
    asked, _fields, errors = asked_for(PeriodSchema())
    found = books(asked)
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows(found)]
    broken = [book.lot.code for book in found if book.broken]
    return jsonify({"days": told, "broken": broken, "errors": [said for _id, said in errors]}), 400 if errors else 200


@access.allow(*READERS)
def reconciliation_csv() -> ResponseReturnValue:
    """The report as a table to download."""
    found = books(asked_for(PeriodSchema())[0])
    return download("reconciliation.csv", [csv_line(COLUMNS), *(csv_line(row) for row in rows(found))])


@access.allow(*READERS)
def reconciliation_pdf() -> ResponseReturnValue:
    """The report on paper."""
    asked = asked_for(PeriodSchema())[0]
    pdf = printed("documents/reconciliation.html", books=books(asked), asked=asked, today=beijing(now()).date())
    headers = {"Content-Disposition": 'attachment; filename="reconciliation.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
