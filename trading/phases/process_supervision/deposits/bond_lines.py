"""Bank lines come in 接收保证金到账流水: as rows or as a bank's own file; all of them or none, doubles never twice."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trading.codelists import Movement
from trading.errors import InvalidInput
from trading.ledger.canonical import canonical
from trading.models import BankLine, BankProfile, Lot
from trading.phases.process_supervision.deposits.bond_matching import Matcher
from trading.steps import Step
from trading.workflow.bank_statements import Faults, Limits, layout_of, read_statement
from trading.workflow.deposit_record import move
from trading.workflow.taking import Taking, effect

COLUMNS = ("reference", "payer_name", "payer_account", "amount", "paid_at", "remark")
KEPT = ("reference", "payer_name", "payer_account", "virtual_account", "amount", "paid_at", "remark", "cash")
CONTENT = ("payer_name", "payer_account", "virtual_account", "amount", "paid_at", "remark")


def rows_of_csv(text: str) -> list[dict[str, str]]:
    """The lines of a bank's CSV text under the column names of COLUMNS.

    Raises:
        InvalidInput: another heading, or a row of another length.
    """
    reader = csv.reader(io.StringIO(text.strip().removeprefix("\ufeff")))
    table = [row for row in reader if any(cell.strip() for cell in row)]
    if not table or tuple(cell.strip() for cell in table[0]) != COLUMNS:
        raise InvalidInput.of("csv", f"首行应为：{','.join(COLUMNS)}", f"The first line should be: {','.join(COLUMNS)}")
    for number, row in enumerate(table[1:], 2):
        if len(row) != len(COLUMNS):
            raise InvalidInput.of("csv", f"第{number}行的列数不对", f"Row {number}: wrong number of columns")
    return [dict(zip(COLUMNS, row, strict=True)) for row in table[1:]]


def limits(taking: Taking) -> Limits:
    """How large a statement may be today."""
    values = taking.values
    return Limits(
        taking.now, int(values["bank_statement_megabytes_max"]), int(values["bank_statement_lines_max"])
    )


def given_lines(taking: Taking) -> tuple[list[dict[str, Any]], str]:
    """The lines that were handed in, each with its number under ``line``, and the field of the form they came by.

    Raises:
        InvalidInput: none at all, both ways at once, a file without its bank, a broken file.
    """
    data = taking.data
    statement, rows = data.get("statement"), data.get("lines") or []
    if statement is None:
        if not rows:
            raise InvalidInput.of("lines", "至少一条流水", "Give at least one line")
        blank = {"virtual_account": None, "cash": False}
        return [blank | row | {"line": number} for number, row in enumerate(rows, 1)], "lines"
    if rows:
        raise InvalidInput.of("statement", "流水文件与逐条填写只能选一种", "Give either a file or rows")
    profile = taking.session.get(BankProfile, data.get("profile") or "")
    if profile is None:
        raise InvalidInput.of("profile", "请选择流水文件的银行格式", "Choose the bank's layout of the file")
    return read_statement(statement.data, layout_of(profile), limits(taking)), "statement"


def content(line: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two lines the same payment, whatever they are called."""
    return tuple(line[name] or "" for name in CONTENT)


def kept(row: BankLine) -> dict[str, Any]:
    """A line that is kept, as it came in."""
    return {name: getattr(row, name) for name in KEPT}


def new_lines(session: Session, lot: Lot, lines: list[dict[str, Any]], faults: Faults) -> list[dict[str, Any]]:
    """Those of ``lines`` that are not known yet; a double inside the file, or beside what is kept, is a fault."""
    references = [line["reference"] for line in lines]
    kept_before = session.scalars(select(BankLine).where(BankLine.reference.in_(references))).all()
    known = {row.reference: row for row in kept_before}
    standing = {content(kept(row)): row.reference for row in _lines_of(session, lot)}
    seen: dict[str, int] = {}
    alike: dict[tuple[Any, ...], int] = {}
    fresh = []
    for line in lines:
        number, reference, what = line["line"], line["reference"], content(line)
        before = known.get(reference)
        if reference in seen:
            first = seen[reference]
            faults.add(number, f"流水号与第{first}行重复", f"its reference stands in line {first} already")
        elif what in alike:
            first = alike[what]
            faults.add(number, f"内容与第{first}行完全相同", f"it is the same as line {first}")
        elif before is not None:
            if before.lot_id != lot.id or content(kept(before)) != what:
                faults.add(
                    number, "流水号此前已经登记，而内容不同", "its reference was kept before with another content"
                )
        elif what in standing:
            faults.add(number, "内容与此前登记的流水完全相同", "the same payment was kept before")
        else:
            fresh.append(line)
        seen.setdefault(reference, number)
        alike.setdefault(what, number)
    return fresh


def _lines_of(session: Session, lot: Lot) -> list[BankLine]:
    return list(session.scalars(select(BankLine).where(BankLine.lot_id == lot.id)))


def add_line(session: Session, row: BankLine, field: str, number: int) -> None:
    """Keep a line whose reference another lot's statement may bring at the same moment.

    Raises:
        InvalidInput: it did; nothing of this statement is kept.
    """
    session.add(row)
    try:
        session.flush()
    except IntegrityError as taken:
        raise InvalidInput.of(
            field, f"第{number}行：流水号刚刚由另一份流水登记",
            f"Line {number}: another statement has just brought its reference",
        ) from taken  # fmt: skip


@effect(Step.RECEIVE_BANK_LINES)
def receive_bank_lines(taking: Taking) -> None:
    """Keep the bank's lines under seal; the answer tells the bank how many it sent, and nothing else."""
    lines, field = given_lines(taking)
    session, lot, faults = taking.session, taking.lot, Faults(field)
    for line in lines:
        if line["paid_at"] > taking.now:
            faults.add(line["line"], "到账时间晚于现在", "the payment lies in the future")
    fresh = new_lines(session, lot, lines, faults)
    faults.stop()
    matcher = Matcher(session, taking.tools, lot)
    for line in fresh:
        found = matcher.match(line)
        row = BankLine(
            lot_id=lot.id, received_at=taking.now, organization_id=found.organization_id,
            from_basic_account=found.from_basic_account, match_reason=found.reason,
            **{name: line[name] for name in KEPT} | {"remark": line["remark"] or ""},
        )  # fmt: skip
        add_line(session, row, field, line["line"])
        move(session, row, Movement.RECEIVED, row.amount, row.paid_at, taking.now)
    told = [{name: str(line[name] or "") for name in sorted(COLUMNS)} for line in lines]
    taking.record("bond.lines_received", {"sha256": hashlib.sha256(canonical(told)).hexdigest()})
    taking.receipt["received"] = len(lines)
    if len(fresh) < len(lines):
        taking.receipt["known"] = len(lines) - len(fresh)
