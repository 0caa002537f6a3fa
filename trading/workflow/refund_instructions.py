"""Refunds by file 批量退款指令: what the bank is to pay back, and what it says it has paid; whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.clock import BEIJING
from trading.errors import InvalidInput, TradingError, Words
from trading.models import BankLine, Lot, RefundInstruction, User
from trading.money import MoneyError, grouped, yuan
from trading.steps import Step
from trading.workflow.bank_statements import AMOUNT, Faults, Layout, Limits, table_of
from trading.workflow.engine import Receipt, Request, lock, take_within
from trading.workflow.refunds import DueRefund, due_refunds
from trading.workflow.taking import Tools

COLUMNS = (
    "instruction", "item", "lot", "payee_name", "payee_account", "principal", "interest", "total",
    "original_reference", "purpose",
)  # fmt: skip
CONFIRMING = ("original_reference", "result", "total", "paid_at", "bank_reference", "explanation")
DONE, NOT_DONE = "ok", "failed"
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}", re.ASCII)


@dataclass(frozen=True)
class Confirmed:
    """One line of the bank's confirmation; ``paid`` is None where the bank could not pay."""

    number: int
    reference: str
    paid: Decimal | None
    at: datetime | None
    bank_reference: str
    explanation: str


def instruct(session: Session, lines: list[str], user: User, now: datetime, tools: Tools) -> RefundInstruction:
    """Make the instruction for these lines inside the caller's transaction; each lot is locked.

    Raises:
        InvalidInput: a line is not due, or is in another instruction already.
    """
    for code in session.scalars(
        select(Lot.code).join(BankLine, BankLine.lot_id == Lot.id).where(BankLine.id.in_(lines)).order_by(Lot.code)
    ).unique():
        lock(session, code)
    waiting = {one.line.id: one for one in due_refunds(session, now, tools) if one.line.instructed_in is None}
    if not lines or not set(lines) <= waiting.keys():
        raise InvalidInput.of(
            "lines", "所选款项中有不待退还或者已在其他指令中的", "A line is not due, or is instructed already"
        )
    chosen = [waiting[line] for line in dict.fromkeys(lines)]
    number = next_number(session, now)
    rows = [row_of(number, item, one) for item, one in enumerate(chosen, 1)]
    found = RefundInstruction(number=number, made_at=now, made_by_id=user.id, rows=rows)
    session.add(found)
    session.flush()
    for one in chosen:
        one.line.instructed_in = found.id
    return found


def next_number(session: Session, now: datetime) -> str:
    """The next number of the day."""
    day = f"TK-{law_date(now):%Y%m%d}"
    like = RefundInstruction.number.startswith(day)
    count = session.scalar(select(func.count()).select_from(RefundInstruction).where(like)) or 0
    return f"{day}-{count + 1:03d}"


def row_of(number: str, item: int, one: DueRefund) -> dict[str, Any]:
    """One line of the file: the money goes back to the account it came from."""
    line, interest = one.line, one.total - one.line.amount
    return {
        "instruction": number, "item": item, "lot": one.lot.code, "payee_name": line.payer_name,
        "payee_account": line.payer_account, "principal": str(line.amount), "interest": str(interest),
        "total": str(one.total), "original_reference": line.reference, "purpose": f"{one.lot.code}保证金退还",
        "line": line.id,
    }  # fmt: skip


def read_confirmation(data: bytes, limits: Limits) -> list[Confirmed]:
    """The bank's confirmation, a CSV in UTF-8 under the headings of CONFIRMING.

    Raises:
        InvalidInput: another heading; every broken line with its number and reason.
    """
    table = table_of(data, Layout({}), limits, "file")
    number, heading = next(table, (1, []))
    if tuple(heading) != CONFIRMING:
        told = ",".join(CONFIRMING)
        raise InvalidInput.of("file", f"第{number}行：表头应为 {told}", f"Line {number}: the heading should be {told}")
    faults, found = Faults("file"), []
    seen: set[str] = set()
    for number, cells in table:
        if len(cells) != len(CONFIRMING):
            faults.add(number, "列数与表头不符", "another number of columns than the heading")
            continue
        row = _confirmed(number, dict(zip(CONFIRMING, cells, strict=True)), limits.now, faults)
        if row.reference in seen:
            faults.add(number, "原流水号重复", "the reference stands there twice")
        seen.add(row.reference)
        found.append(row)
    faults.stop()
    if not found:
        raise InvalidInput.of("file", "文件中没有退款结果", "The file has no results")
    return found


def _confirmed(number: int, row: dict[str, str], now: datetime, faults: Faults) -> Confirmed:
    paid, at = None, None
    if row["result"] not in (DONE, NOT_DONE):
        faults.add(number, f"result应为{DONE}或者{NOT_DONE}", f"the result should be {DONE} or {NOT_DONE}")
    elif row["result"] == DONE:
        paid, at = _paid(number, row["total"], faults), _at(number, row["paid_at"], now, faults)
    return Confirmed(number, row["original_reference"], paid, at, row["bank_reference"], row["explanation"])


def _paid(number: int, cell: str, faults: Faults) -> Decimal | None:
    try:
        if AMOUNT.fullmatch(cell):
            return yuan(cell)
    except MoneyError:
        pass
    faults.add(number, "金额应为正数，最多两位小数", "the total is no positive sum of yuan")
    return None


def _at(number: int, cell: str, now: datetime, faults: Faults) -> datetime | None:
    try:
        moment = datetime.fromisoformat(cell).replace(tzinfo=BEIJING) if MOMENT.fullmatch(cell) else None
    except ValueError:
        moment = None
    if moment is None:
        faults.add(number, "时间应为YYYY-MM-DD hh:mm:ss", "the time should be YYYY-MM-DD hh:mm:ss")
    elif moment > now:
        faults.add(number, "退付时间晚于现在", "the refund lies in the future")
    return moment


def confirm(
    session: Session, found: RefundInstruction, results: list[Confirmed], user: User, now: datetime, tools: Tools
) -> list[Receipt]:
    """Take the refund of every line that the bank paid, inside the caller's transaction; what failed waits anew.

    Raises:
        InvalidInput: a line that is not of the instruction, paid less than its principal, or refused; with its number.
    """
    rows = {row["original_reference"]: row for row in found.rows}
    faults, receipts = Faults("file"), []
    for one in sorted(results, key=lambda one: rows[one.reference]["lot"] if one.reference in rows else ""):
        row = rows.get(one.reference)
        line = session.get(BankLine, row["line"]) if row else None
        if row is None or line is None or line.instructed_in != found.id or line.refunded_at is not None:
            faults.add(one.number, "不是本指令中待退还的款项", "it is no refund of this instruction that waits")
        elif one.paid is None:
            line.instructed_in = None
        elif (interest := one.paid - line.amount) < 0:
            faults.add(one.number, f"少于本金{grouped(line.amount)}元", f"less than {grouped(line.amount)} yuan")
        else:
            data = {"paid_at": one.at, "bank_interest": interest, "difference": why(one, row, interest, found)}
            wish = Request(row["lot"], Step.REFUND_BOND, user, now, data, line.id)
            receipts += _take(session, wish, tools, one.number, faults)
    faults.stop()
    session.flush()
    if not session.scalar(select(BankLine.id).where(_waits(found)).limit(1)):
        found.confirmed_at = now
    return receipts


def _waits(found: RefundInstruction) -> Any:
    return (BankLine.instructed_in == found.id) & BankLine.refunded_at.is_(None)


def why(one: Confirmed, row: dict[str, Any], interest: Decimal, found: RefundInstruction) -> str | None:
    """Why the interest may differ from the formula's: the bank's own words, else that it paid what was instructed."""
    if one.explanation:
        return one.explanation
    return f"按退款指令{found.number}计息至{law_date(found.made_at)}" if str(interest) == row["interest"] else None


def _take(session: Session, request: Request, tools: Tools, number: int, faults: Faults) -> list[Receipt]:
    try:
        return [take_within(session, request, tools)]
    except InvalidInput as wrong:
        words = [said for told in wrong.fields.values() for said in told if isinstance(said, Words)]
        faults.add(number, "；".join(said.zh for said in words), "; ".join(said.en for said in words))
    except TradingError as refusal:
        faults.add(number, refusal.zh, refusal.en)
    return []
