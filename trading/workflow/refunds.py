"""How a deposit goes back 退还保证金: on its clock, with the interest that the formula gives, as movements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import end_moment, law_date
from trading.codelists import Movement, ProjectType, Status
from trading.errors import InvalidInput, Refused
from trading.models import BankLine, Lot
from trading.money import grouped
from trading.rules.deposit_interest import Interest, bank_interest, bears_interest
from trading.rules.other_deposits import charge_for_delay, refund_period
from trading.rules.refund_clocks import refund_due
from trading.values import NotInForce
from trading.workflow.deposit_record import HELD, NOUGHT, move
from trading.workflow.facts import RecordCase
from trading.workflow.record_facts import bond_of_line
from trading.workflow.secrecy import bonds_may_be_told
from trading.workflow.taking import Taking, Tools
from trading.working_days import UnknownYear


@dataclass(frozen=True)
class Owed:
    """What goes back with the principal at a moment: the bank's interest, and what is owed for a delay."""

    interest: Interest
    late_charge: Decimal | None


def owed(line: BankLine, lot: Lot, at: datetime, tools: Tools) -> Owed:
    """What is owed beside the principal if it goes back at ``at``.

    Raises:
        Refused: the bank's rate of those days is not in the book of values.
    """
    nothing = Interest(line.amount, (), int(tools.book.on(law_date(at))["interest_year_days"]), NOUGHT)
    if not bears_interest(lot.project.type, lot.status is Status.TERMINATED):
        return Owed(nothing, late_charge(line, lot, at, tools))
    try:
        found = bank_interest(line.amount, law_date(line.paid_at), law_date(at), tools.book)
    except NotInForce as unknown:
        raise Refused(
            "rate_unknown", f"{unknown.day}的活期存款利率未收录，不能计息", f"No deposit rate of {unknown.day} is known"
        ) from unknown
    return Owed(found, late_charge(line, lot, at, tools))


def late_charge(line: BankLine, lot: Lot, at: datetime, tools: Tools) -> Decimal | None:
    """What the buyer owes for a late refund in procurement by tender (D87 38); None where it is in time."""
    due = line.refund_due_at
    if lot.project.type is not ProjectType.GP or due is None or at < due:
        return None
    values = tools.book.on(law_date(due))
    return charge_for_delay(line.amount, Decimal(values["loan_benchmark_rate"]), due, at, values)


def moment_of(taking: Taking, line: BankLine) -> datetime:
    """When the bank paid it back: the moment told, else now.

    Raises:
        InvalidInput: in the future, or before the money came.
    """
    at: datetime = taking.data.get("paid_at") or taking.now
    if at > taking.now:
        raise InvalidInput.of("paid_at", "退付时间不能晚于现在", "The refund may not lie in the future")
    if at < line.paid_at:
        raise InvalidInput.of("paid_at", "退付时间早于到账时间", "The refund is before the payment")
    return at


def give_back(taking: Taking, line: BankLine) -> None:
    """Refund one line: what the bank paid beside the principal stands on record beside what the formula gives.

    Raises:
        Refused: it is settled already.
        InvalidInput: the bank paid another interest than the formula gives, and nobody says why.
    """
    data, at = taking.data, settled_or(taking, line)
    found = owed(line, taking.lot, at, taking.tools)
    due = found.interest.amount
    paid = due if data.get("bank_interest") is None else data["bank_interest"]
    if paid != due and not data.get("difference"):
        raise InvalidInput.of(
            "difference", f"按公式应计利息{grouped(due)}元，与银行实付不一致的，应当说明差异原因",
            f"The formula gives {grouped(due)} yuan: say why the bank paid another interest",
        )  # fmt: skip
    line.refunded_at, line.interest, line.interest_due = at, paid, due
    line.derivation = found.interest.as_json()
    line.interest_difference = data.get("difference") if paid != due else None
    line.late_charge = found.late_charge
    line.late_charge_paid = None if found.late_charge is None else data.get("late_charge_paid") or NOUGHT
    book_refund(taking, line, at)
    told = {"line": line.id, "amount": str(line.amount), "interest": str(paid), "interest_due": str(due)}
    taking.record("bond.refunded", told | ({} if found.late_charge is None else {"late": str(found.late_charge)}))
    taking.receipt.update(amount=line.amount, interest=paid)
    tell_payer(taking, line)


def settled_or(taking: Taking, line: BankLine) -> datetime:
    """The moment of the refund, of a line that still lies there.

    Raises:
        Refused: it was refunded, kept or transferred.
    """
    still_held(line)
    return moment_of(taking, line)


def still_held(line: BankLine) -> None:
    """Stop where a line's money is gone.

    Raises:
        Refused: it was refunded, kept or transferred.
    """
    if line.refunded_at is not None or line.forfeited_ground is not None or line.transferred_at is not None:
        raise Refused(
            "settled", "这笔保证金已经退还、不予退还或者转作价款", "This deposit is refunded, kept or transferred"
        )


def book_refund(taking: Taking, line: BankLine, at: datetime) -> None:
    """Interest comes in and goes out with the principal."""
    interest = line.interest or NOUGHT
    for kind, amount in (
        (Movement.INTEREST, interest), (Movement.REFUNDED, line.amount), (Movement.INTEREST_PAID, interest),
    ):  # fmt: skip
        move(taking.session, line, kind, amount, at, taking.now)


def tell_payer(taking: Taking, line: BankLine) -> None:
    """Tell the bidder what came back."""
    if not line.organization_id:
        return
    interest = line.interest or NOUGHT
    words = f"{grouped(line.amount)}元，利息{grouped(interest)}元"
    en = f"{grouped(line.amount)} yuan, interest {grouped(interest)} yuan"
    taking.tell(
        ("保证金已退还", f"“{taking.lot.name}”投标保证金{words}已退还。"),
        ("Deposit refunded", f"Your deposit on “{taking.lot.name}” was refunded: {en}."),
        organizations=[line.organization_id],
    )


def start_clocks(session: Session, lot: Lot, now: datetime, tools: Tools) -> int:
    """Give every held line of a lot its refund moment, as soon as an event started its clock (R09.C8, C12, C13).

    Called after the steps that end a trade and by the deadline watch; an earlier moment that a line has stays.

    Returns:
        How many lines got one.
    """
    if not bonds_may_be_told(lot):
        return 0
    waiting = (BankLine.lot_id == lot.id, HELD, BankLine.refund_due_at.is_(None))
    lines = session.scalars(select(BankLine).where(*waiting, BankLine.organization_id.is_not(None))).all()
    if not lines:
        return 0
    case, count = RecordCase(session, lot, now, tools), 0
    for line in lines:
        try:
            line.refund_due_at = refund_due(bond_of_line(line), case)
        except UnknownYear:
            continue
        count += line.refund_due_at is not None
    return count


def until_working_day(taking: Taking, value: str) -> datetime:
    """The end of so many working days from today, as ``value`` names them in values.toml."""
    return end_moment(taking.calendar.end_of_working_days(taking.today, int(taking.values[value])))


def due_after(taking: Taking, works: str) -> datetime:
    """Until when a deposit goes back from today on: in works so many days, else working days of its type.

    Arguments:
        works: the name in values.toml of the days in works (ZTBT 35, 57); procurement has five working days (D87 29),
            a disposal those of R09.C12 and C13.

    Raises:
        UnknownYear: the working days of that year are not known.
    """
    type_ = taking.lot.project.type
    if type_ is ProjectType.WORKS:
        return end_moment(taking.calendar.end_of_period(taking.today, int(taking.values[works])))
    return until_working_day(taking, "gp_bond_refund_wd" if type_.is_procurement else refund_period(type_))


@dataclass(frozen=True)
class DueRefund:
    """A line whose clock runs, and what would go back with it now."""

    line: BankLine
    lot: Lot
    owed: Owed | None
    due_on: date
    overdue: bool
    today: bool

    @property
    def total(self) -> Decimal:
        """Principal and interest, in yuan."""
        return self.line.amount + (self.owed.interest.amount if self.owed else NOUGHT)


def due_refunds(session: Session, now: datetime, tools: Tools) -> Iterator[DueRefund]:
    """Every refund that waits on every lot of which payers may be told, the earliest first."""
    query = select(BankLine, Lot).join(Lot, Lot.id == BankLine.lot_id).where(HELD, BankLine.refund_due_at.is_not(None))
    for line, lot in session.execute(query.order_by(BankLine.refund_due_at, BankLine.reference)).unique():
        if bonds_may_be_told(lot):
            yield due_refund(line, lot, now, tools)


def due_refund(line: BankLine, lot: Lot, now: datetime, tools: Tools) -> DueRefund:
    """One refund that waits; without interest where the rate of its days is not known."""
    due = line.refund_due_at
    assert due is not None
    until = law_date(due - timedelta(microseconds=1))
    try:
        found = owed(line, lot, now, tools)
    except Refused:
        found = None
    return DueRefund(line, lot, found, until, now >= due, until == law_date(now))
