"""What of a sub-account does not add up 对账差异: told as an alarm of R09.C11, once a day and kind of difference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from trading.codelists import Severity
from trading.models import Lot
from trading.money import grouped
from trading.rules.rule import Finding, failed
from trading.workflow.alarms import Cause, Recorder, raise_alarm
from trading.workflow.deposit_record import balance, book_of, held, movements_of

CONDITION = "R09.C11"


def differences(session: Session, lot: Lot) -> Iterator[tuple[str, Finding]]:
    """(what it is about, finding) of everything that does not add up: movements and lines, our book and the bank's."""
    booked, lying = balance(movements_of(session, lot)), held(session, lot)
    if booked != lying:
        yield (
            "book",
            failed(
                f"台账余额等于在账保证金合计{grouped(lying)}元", f"{grouped(booked)}元",
                f"the book equals the deposits held, {grouped(lying)} yuan", f"{grouped(booked)} yuan",
            ),
        )  # fmt: skip
    for day in book_of(session, lot):
        if day.stated is not None and day.difference:
            yield (
                f"balance-{day.day}",
                failed(
                    f"{day.day}台账余额{grouped(day.closing)}元", f"银行余额{grouped(day.stated)}元",
                    f"{day.day}: {grouped(day.closing)} yuan in the book", f"{grouped(day.stated)} yuan at the bank",
                ),
            )  # fmt: skip


def check_balance(session: Session, lot: Lot, now: datetime, record: Recorder) -> int:
    """Open the alarms of what does not add up; returns how many are new."""
    causes = [Cause(CONDITION, Severity.RED, finding, about) for about, finding in differences(session, lot)]
    return sum(raise_alarm(session, lot, cause, now, record) is not None for cause in causes)
