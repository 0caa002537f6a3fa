"""What is shown of a lot's deposits 保证金台账页面: lines with their clocks, guarantees, movements and balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from trading.codelists import Role
from trading.database import db
from trading.errors import NotFound, Refused
from trading.models import BankLine, Guarantee, Lot
from trading.rules.forfeit_grounds import grounds_of
from trading.web import access
from trading.web.exchange import language
from trading.web.steps import Choices, find_lot, now, tools
from trading.workflow.deposit_record import balance, held, movements_of
from trading.workflow.refunds import Owed, owed
from trading.workflow.secrecy import bonds_may_be_told
from trading.workflow.transitions import Party
from trading.workflow.who import is_party

READERS = (Role.CENTRE, Role.OVERSIGHT, Role.SUPERVISOR, Role.OWNER)


def lines_of(lot: Lot) -> Sequence[BankLine]:
    """The lines of a lot once they may be seen, in the order of payment."""
    if not bonds_may_be_told(lot):
        return ()
    query = select(BankLine).where(BankLine.lot_id == lot.id).order_by(BankLine.paid_at, BankLine.reference)
    return db.session.scalars(query).all()


def guarantees_of(lot: Lot) -> Sequence[Guarantee]:
    """The guarantees of a lot once they may be seen."""
    if not bonds_may_be_told(lot):
        return ()
    query = select(Guarantee).where(Guarantee.lot_id == lot.id).order_by(Guarantee.registered_at, Guarantee.number)
    return db.session.scalars(query).all()


def found_line(lot: Lot, subject: str | None) -> BankLine | None:
    """The line of this id on this lot."""
    line = db.session.get(BankLine, subject)
    return line if line is not None and line.lot_id == lot.id else None


def owed_now(line: BankLine, lot: Lot) -> Owed | None:
    """What would go back with a line now; None where the bank's rate is not known."""
    try:
        return owed(line, lot, now(), tools())
    except Refused:
        return None


def bond_shown(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The bank line with what the formula gives today; sealed until the opening, like whether there is one."""
    if not bonds_may_be_told(lot):
        return Markup("")
    line = found_line(lot, subject)
    if line is None:
        raise NotFound("没有这笔保证金", "There is no such bond")
    return Markup(
        render_template(
            "follow_up/bond_lines.html", lines=[line], lot=lot, links=False, takes=None, owed=owed_now(line, lot)
        )
    )


def deposit_shown(lot: Lot, subject: str | None, _data: Mapping[str, Any] | None) -> Markup:
    """The line or guarantee that a decision is about."""
    if not bonds_may_be_told(lot):
        return Markup("")
    line, guarantee = found_line(lot, subject), db.session.get(Guarantee, subject)
    if line is not None:
        return Markup(render_template("follow_up/bond_lines.html", lines=[line], lot=lot, takes=None, owed=None))
    if guarantee is None or guarantee.lot_id != lot.id:
        raise NotFound("没有这笔保证金", "There is no such deposit")
    return Markup(render_template("follow_up/guarantees.html", guarantees=[guarantee], lot=lot, takes=None))


def grounds(lot: Lot, _subject: str | None) -> Choices:
    """The closed list of the lot's type."""
    return {"ground": [(one.value, one.word(language())) for one in grounds_of(lot.project.type)]}


def readable(code: str) -> Lot:
    """The lot, for the offices and its own owner.

    Raises:
        NotFound: it is another owner's.
    """
    lot, user = find_lot(code), access.actor()
    access.hidden_unless(user.role is not Role.OWNER or is_party(db.session, user, lot, Party.OWNER))
    return lot


@access.allow(*READERS)
def bonds_page(code: str) -> ResponseReturnValue:
    """The deposits of a lot once they may be seen: lines, guarantees, movements and balance."""
    lot = readable(code)
    told = bonds_may_be_told(lot)
    movements = movements_of(db.session, lot) if told else ()
    return render_template(
        "follow_up/bonds.html", lot=lot, lines=lines_of(lot), guarantees=guarantees_of(lot), movements=movements,
        balance=balance(movements), held=held(db.session, lot) if told else None, takes=access.actor().role,
        sealed=not told, owed=None,
    )  # fmt: skip


@access.allow(*READERS)
def bonds_json(code: str) -> ResponseReturnValue:
    """The same by JSON: nothing while the payers are sealed."""
    lot = readable(code)
    if not bonds_may_be_told(lot):
        return {"sealed": True, "lines": [], "guarantees": [], "movements": [], "balance": None}, 200
    movements = movements_of(db.session, lot)
    return {
        "sealed": False,
        "lines": [line_json(line) for line in lines_of(lot)],
        "guarantees": [guarantee_json(row) for row in guarantees_of(lot)],
        "movements": [
            {"line": one.line_id, "kind": one.kind.value, "amount": str(one.amount), "at": one.at.isoformat()}
            for one in movements
        ],
        "balance": str(balance(movements)),
    }, 200


def line_json(line: BankLine) -> dict[str, Any]:
    """A line as JSON."""
    moments = ("paid_at", "refund_due_at", "refunded_at", "forfeited_at", "transferred_at")
    sums = ("amount", "interest", "interest_due", "late_charge", "late_charge_paid")
    plain = ("id", "reference", "payer_name", "payer_account", "match_reason", "derivation", "interest_difference",
             "forfeited_ground", "transferred_as")  # fmt: skip
    found: dict[str, Any] = {name: getattr(line, name) for name in plain}
    found |= {name: None if getattr(line, name) is None else str(getattr(line, name)) for name in sums}
    return found | {name: value.isoformat() if (value := getattr(line, name)) else None for name in moments}


def guarantee_json(row: Guarantee) -> dict[str, Any]:
    """A guarantee as JSON."""
    return {
        "id": row.id, "form": row.form.value, "issuer": row.issuer, "issuer_listed": row.issuer_listed,
        "number": row.number, "amount": str(row.amount), "valid_until": str(row.valid_until),
        "claimed_at": row.claimed_at.isoformat() if row.claimed_at else None, "claim_ground": row.claim_ground,
        "returned_at": row.returned_at.isoformat() if row.returned_at else None,
    }  # fmt: skip
