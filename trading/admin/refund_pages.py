"""Refunds that are due 待退还保证金: the centre's list, the instruction for the bank, and the bank's confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from trading.admin.bank_pages import limits
from trading.codelists import Role
from trading.database import db, transaction
from trading.errors import NotFound
from trading.models import RefundInstruction
from trading.money import grouped
from trading.web import access
from trading.web.spreadsheet import csv_line, download, safe
from trading.web.steps import now, tools
from trading.workflow.refund_instructions import COLUMNS, confirm, instruct, read_confirmation
from trading.workflow.refunds import DueRefund, due_refunds

READERS = (Role.CENTRE, Role.OVERSIGHT)
SHOWN = 50


def waiting() -> list[DueRefund]:
    """What is to go back, the earliest first."""
    return list(due_refunds(db.session, now(), tools()))


def instructions() -> list[RefundInstruction]:
    """The newest instructions."""
    query = select(RefundInstruction).order_by(RefundInstruction.made_at.desc(), RefundInstruction.number.desc())
    return list(db.session.scalars(query.limit(SHOWN)))


@access.allow(*READERS)
def refunds() -> ResponseReturnValue:
    """What is due today, what is overdue, what comes later; and the instructions that went out."""
    return render_template(
        "admin/refunds.html", waiting=waiting(), instructions=instructions(), role=access.actor().role
    )


@access.allow(*READERS)
def refunds_json() -> ResponseReturnValue:
    """The same by JSON."""
    return jsonify({
        "due": [as_json(one) for one in waiting()],
        "instructions": [
            {
                "number": one.number, "made_at": one.made_at.isoformat(), "lines": len(one.rows),
                "confirmed_at": one.confirmed_at.isoformat() if one.confirmed_at else None,
            }
            for one in instructions()
        ],
    })  # fmt: skip


def as_json(one: DueRefund) -> dict[str, Any]:
    """A refund that waits, as JSON."""
    return {
        "line": one.line.id, "lot": one.lot.code, "reference": one.line.reference, "payee": one.line.payer_name,
        "amount": str(one.line.amount), "interest": str(one.total - one.line.amount), "total": str(one.total),
        "due_on": one.due_on.isoformat(), "overdue": one.overdue, "today": one.today,
        "late_charge": str(one.owed.late_charge) if one.owed and one.owed.late_charge is not None else None,
        "instructed": one.line.instructed_in is not None,
    }  # fmt: skip


def offered(_record: None) -> dict[str, list[tuple[str, str]]]:
    """The refunds that may be instructed."""
    free = [one for one in waiting() if one.line.instructed_in is None]
    return {"lines": [(one.line.id, words(one)) for one in free]}


def words(one: DueRefund) -> str:
    """A refund in a line: until when, whose, how much."""
    return f"{one.due_on} · {one.line.payer_name} · {grouped(one.total)} · {one.lot.code}"


def all_due(_record: None) -> dict[str, list[str]]:
    """At first everything is ticked that is due today or overdue."""
    return {"lines": [one.line.id for one in waiting() if one.overdue or one.today]}


def make_instruction(_record: None, data: dict[str, Any]) -> dict[str, Any]:
    """Make the instruction for the chosen refunds."""
    with transaction(db.session):
        found = instruct(db.session, data["lines"], access.actor(), now(), tools())
        return {"number": found.number, "lines": len(found.rows)}


def find_instruction(number: str) -> RefundInstruction:
    """The instruction of this number. Raises NotFound."""
    found = db.session.scalar(select(RefundInstruction).where(RefundInstruction.number == number))
    if found is None:
        raise NotFound
    return found


@access.allow(Role.CENTRE, Role.BANK, Role.OVERSIGHT)
def instruction_csv(number: str) -> ResponseReturnValue:
    """An instruction as the file for the bank."""
    return download(f"{number}.csv", lines_of(find_instruction(number).rows))


def lines_of(rows: Iterable[dict[str, Any]]) -> Iterable[str]:
    """The file, line by line."""
    yield csv_line(COLUMNS)
    for row in rows:
        yield csv_line([safe(str(row[name])) for name in COLUMNS])


def take_confirmation(record: RefundInstruction, data: dict[str, Any]) -> dict[str, Any]:
    """Put on record what the bank has paid: every line, or none where one is wrong."""
    results = read_confirmation(data["file"].data, limits())
    with transaction(db.session):
        receipts = confirm(db.session, record, results, access.actor(), now(), tools())
    keeper = tools().keeper
    if keeper is not None:
        for receipt in receipts:
            keeper.taken(db.session, receipt.kinds, now())
    return {"number": record.number, "refunded": len(receipts), "failed": len(results) - len(receipts)}


def to_refunds(_answer: Any = None, **_path: str) -> str:
    """The list of refunds."""
    return url_for("deposits.refunds")
