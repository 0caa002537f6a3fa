"""The book of a lot's sub-account 保证金台账: what moved, what is held, who paid what, and whether it all adds up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import Movement, Role
from trading.models import BankBalance, BankLine, DepositMovement, Lot, Organization, SaleTerms, TenderTerms
from trading.models.deposit import SIGNS
from trading.sealing.virtual_accounts import SECRET, account_of
from trading.workflow.taking import Tools

HELD: ColumnElement[bool] = and_(
    BankLine.refunded_at.is_(None), BankLine.forfeited_ground.is_(None), BankLine.transferred_at.is_(None)
)
"""A line whose money still lies on the sub-account."""
NOUGHT = Decimal("0.00")


@dataclass(frozen=True)
class DayOfBook:
    """One day of one sub-account; ``stated`` is the bank's own closing balance, where it told one."""

    day: date
    opening: Decimal
    received: Decimal
    paid_out: Decimal
    stated: Decimal | None

    @property
    def closing(self) -> Decimal:
        """What stood at the end of the day."""
        return self.opening + self.received - self.paid_out

    @property
    def difference(self) -> Decimal | None:
        """The bank's balance less ours; None where the bank told none."""
        return None if self.stated is None else self.stated - self.closing


def move(session: Session, line: BankLine, kind: Movement, amount: Decimal, at: datetime, now: datetime) -> None:
    """Write one movement of a line's money; nothing for an amount of nought.

    Arguments:
        amount: yuan, without its sign.
        at: when the money moved; ``now``: when it is written down.
    """
    if amount:
        signed = amount * SIGNS[kind]
        session.add(
            DepositMovement(
                lot_id=line.lot_id, line_id=line.id, kind=kind, amount=signed, at=at, recorded_at=now,
                note=line.reference,
            )
        )  # fmt: skip


def movements_of(session: Session, lot: Lot, organization: str | None = None) -> Sequence[DepositMovement]:
    """The movements on a lot's sub-account in the order of time; of one bidder's lines where one is named."""
    query = select(DepositMovement).where(DepositMovement.lot_id == lot.id)
    if organization is not None:
        mine = select(BankLine.id).where(BankLine.lot_id == lot.id, BankLine.organization_id == organization)
        query = query.where(DepositMovement.line_id.in_(mine))
    when = (DepositMovement.at, DepositMovement.recorded_at, DepositMovement.note, DepositMovement.kind)
    return session.scalars(query.order_by(*when)).all()


def balance(movements: Iterable[DepositMovement]) -> Decimal:
    """What the movements come to, in yuan."""
    return sum((one.amount for one in movements), NOUGHT)


def held(session: Session, lot: Lot) -> Decimal:
    """The sum of the lines that were neither refunded nor forfeited nor transferred, in yuan."""
    amounts = session.scalars(select(BankLine.amount).where(BankLine.lot_id == lot.id, HELD))
    return sum(amounts, NOUGHT)


def book_of(session: Session, lot: Lot) -> list[DayOfBook]:
    """Day by day what came, what went and what stood, with the bank's own balance; days without either are left out."""
    days: dict[date, list[Decimal]] = {}
    for one in movements_of(session, lot):
        days.setdefault(law_date(one.at), []).append(one.amount)
    query = select(BankBalance.day, BankBalance.balance).where(BankBalance.lot_id == lot.id)
    stated = {day: told for day, told in session.execute(query)}
    found: list[DayOfBook] = []
    standing = NOUGHT
    for day in sorted({*days, *stated}):
        amounts = days.get(day, [])
        came = sum((one for one in amounts if one > 0), NOUGHT)
        went = -sum((one for one in amounts if one < 0), NOUGHT)
        found.append(DayOfBook(day, standing, came, went, stated.get(day)))
        standing = found[-1].closing
    return found


def asked_deposit(session: Session, lot: Lot) -> Decimal | None:
    """The deposit that a lot asks for, in yuan; None where its terms are not written yet."""
    asked = session.scalar(select(TenderTerms.bond).where(TenderTerms.lot_id == lot.id))
    if asked is None:
        asked = session.scalar(select(SaleTerms.deposit).where(SaleTerms.lot_id == lot.id))
    return asked


def virtual_account(tools: Tools, lot: Lot, organization: str) -> str:
    """The number to which this bidder pays his deposit for this lot; "" for the sub-account of the lot itself."""
    return account_of(tools.vault.seed(SECRET), lot.code, organization)


def deposits_of(session: Session, lot: Lot) -> dict[str, tuple[Decimal, datetime]]:
    """What each bidder has paid and what stands, in yuan, and when the last of it arrived; sealed until the opening."""
    found: dict[str, tuple[Decimal, datetime]] = {}
    query = select(BankLine).where(BankLine.lot_id == lot.id, BankLine.organization_id.is_not(None), HELD)
    for line in session.scalars(query):
        assert line.organization_id is not None
        paid, last = found.get(line.organization_id, (NOUGHT, line.paid_at))
        found[line.organization_id] = (paid + line.amount, max(last, line.paid_at))
    return found


def payers(session: Session) -> list[str]:
    """The organisations that may bid at all: for each there is a virtual account on every lot."""
    return list(session.scalars(select(Organization.id).where(Organization.kind == Role.BIDDER)))
