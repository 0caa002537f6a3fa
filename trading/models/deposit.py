"""Deposits 保证金: bank lines, guarantees, the movements on a lot's sub-account, and what the bank itself reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trading.codelists import BondForm, Movement, Receiver
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Day, Id, LotId, Moment, OrganizationId, Prose, Short, UserId, Word, Yuan

SIGNS = {
    Movement.RECEIVED: 1,
    Movement.INTEREST: 1,
    Movement.REFUNDED: -1,
    Movement.INTEREST_PAID: -1,
    Movement.FORFEITED: -1,
    Movement.TRANSFERRED: -1,
}
"""Whether a movement adds to the sub-account or takes from it."""


class Guarantee(Base):
    """A deposit given as bank guarantee or surety insurance; sealed until opening.

    ``number_key`` is the number without blanks, signs and case: no two lots have a guarantee of one number.
    ``issuer_listed`` says whether the issuer stood on the centre's list; ``claimed_at`` and ``returned_at`` end it.
    """

    __tablename__ = "guarantee"
    __table_args__ = (UniqueConstraint("lot_id", "organization_id"), UniqueConstraint("number_key"))

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    form: Mapped[BondForm] = mapped_column(CodeType(BondForm))
    issuer: Mapped[Word]
    issuer_listed: Mapped[bool] = mapped_column(default=False)
    number: Mapped[Word]
    number_key: Mapped[Word]
    amount: Mapped[Yuan]
    valid_until: Mapped[date]
    registered_at: Mapped[Moment]
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    claim_ground: Mapped[Short | None] = mapped_column(default=None)
    claim_reason: Mapped[Prose | None] = mapped_column(default=None)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class GuaranteeIssuer(Base):
    """A bank, insurer or guarantor whose guarantees the centre knows; ``ended_at`` takes it off the list."""

    __tablename__ = "guarantee_issuer"

    id: Mapped[Id]
    name: Mapped[Word] = mapped_column(unique=True)
    form: Mapped[BondForm] = mapped_column(CodeType(BondForm))
    listed_at: Mapped[Moment]
    listed_by_id: Mapped[UserId]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class BankLine(Base):
    """One line of the deposit account, matched by the machine; sealed until opening (R09.C11).

    It ends in one of three ways: refunded, forfeited, or turned into earnest money or price (``transferred_at``).
    ``interest`` is what the bank paid, ``interest_due`` what the formula gives, and ``interest_difference`` why the two
    differ; ``derivation`` shows how the formula came to it. ``instructed_in`` is the instruction that has gone out.
    """

    __tablename__ = "bank_line"

    id: Mapped[Id]
    lot_id: Mapped[str | None] = mapped_column(ForeignKey("lot.id"), index=True, default=None)
    reference: Mapped[Short] = mapped_column(unique=True)
    payer_name: Mapped[Word]
    payer_account: Mapped[Short]
    virtual_account: Mapped[Short | None] = mapped_column(default=None)
    amount: Mapped[Yuan]
    paid_at: Mapped[Moment]
    received_at: Mapped[Moment]
    remark: Mapped[Word] = mapped_column(default="")
    cash: Mapped[bool] = mapped_column(default=False)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True, default=None)
    from_basic_account: Mapped[bool | None] = mapped_column(default=None)
    match_reason: Mapped[Word] = mapped_column(default="")
    settled_reason: Mapped[Prose | None] = mapped_column(default=None)
    refund_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    refunded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    interest: Mapped[Yuan | None] = mapped_column(default=None)
    interest_due: Mapped[Yuan | None] = mapped_column(default=None)
    interest_difference: Mapped[Prose | None] = mapped_column(default=None)
    derivation: Mapped[list[Any] | None] = mapped_column(JSON, default=None)
    late_charge: Mapped[Yuan | None] = mapped_column(default=None)
    late_charge_paid: Mapped[Yuan | None] = mapped_column(default=None)
    forfeited_ground: Mapped[Prose | None] = mapped_column(default=None)
    forfeited_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    forfeited_to: Mapped[Receiver | None] = mapped_column(CodeType(Receiver), default=None)
    transferred_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    transferred_as: Mapped[Short | None] = mapped_column(default=None)
    instructed_in: Mapped[str | None] = mapped_column(ForeignKey("refund_instruction.id"), index=True, default=None)


class DepositMovement(Base):
    """One movement on a lot's sub-account: never changed; ``amount`` has its sign, so that the sum is the balance.

    A line is received, refunded, forfeited or transferred once only.
    """

    __tablename__ = "deposit_movement"
    __table_args__ = (UniqueConstraint("line_id", "kind"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    line_id: Mapped[str] = mapped_column(ForeignKey("bank_line.id"), index=True)
    kind: Mapped[Movement] = mapped_column(CodeType(Movement))
    amount: Mapped[Yuan]
    at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    note: Mapped[Word] = mapped_column(default="")


class RefundInstruction(Base):
    """A file of refunds for the bank, and when the bank's confirmation came."""

    __tablename__ = "refund_instruction"

    id: Mapped[Id]
    number: Mapped[Short] = mapped_column(unique=True)
    made_at: Mapped[Moment]
    made_by_id: Mapped[UserId]
    rows: Mapped[list[Any]] = mapped_column(JSON)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class BankBalance(Base):
    """What the bank says stood on a lot's sub-account at the end of a day; sealed like the lines."""

    __tablename__ = "bank_balance"
    __table_args__ = (UniqueConstraint("lot_id", "day"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    day: Mapped[Day]
    balance: Mapped[Yuan]
    reported_at: Mapped[Moment]


class BankProfile(Base):
    """How one bank writes its statements: under which heading what stands, encoding, separator and form of the time."""

    __tablename__ = "bank_profile"

    id: Mapped[Id]
    name: Mapped[Word] = mapped_column(unique=True)
    encoding: Mapped[Short]
    separator: Mapped[Short]
    time_format: Mapped[Short]
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[Moment]
    changed_by_id: Mapped[UserId]
