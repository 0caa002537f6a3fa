"""Awards 中标, contracts 合同 and what follows them: changes, payments, acceptance, performance."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import ProjectType
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import (
    Digest,
    Id,
    LotId,
    Moment,
    OrganizationId,
    Prose,
    Short,
    UserId,
    Word,
    Yuan,
)
from trading.models.organization import Organization


class Publicity(Base):
    """The owner's examination of the report and the publicity of candidates (R14)."""

    __tablename__ = "publicity"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    report_received_at: Mapped[Moment]
    checklist: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    started_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    ends_day: Mapped[date]
    village_board_on: Mapped[date | None]


class ComplianceRecord(Base):
    """The supervisor's record on the result: every condition and verdict; not an approval of the winner (R15.C12)."""

    __tablename__ = "compliance_record"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    verdicts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    remarks: Mapped[Prose] = mapped_column(default="")
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]


class Award(Base):
    """The award of a lot; savings, or the premium of a disposal, are computed and frozen with it (R15, R19).

    It rests on a bid or on a deal. Amounts are those of the whole term, also where a lease is offered for by the year;
    ``saved`` is nothing for a disposal, ``premium`` None for a purchase.
    """

    __tablename__ = "award"
    __table_args__ = (
        Index("ix_award_confirmed", "confirmed_at"),
        CheckConstraint("(bid_id IS NULL) <> (deal_id IS NULL)", name="bid_or_deal"),
    )

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    organization_id: Mapped[OrganizationId]
    bid_id: Mapped[str | None] = mapped_column(ForeignKey("bid.id"), unique=True, default=None)
    deal_id: Mapped[str | None] = mapped_column(ForeignKey("deal.id"), unique=True, default=None)
    rank: Mapped[int]
    reason: Mapped[Prose] = mapped_column(default="")
    by_silence: Mapped[bool] = mapped_column(default=False)
    price: Mapped[Yuan]
    base: Mapped[Yuan]
    base_kind: Mapped[Short]
    saved: Mapped[Yuan]
    premium: Mapped[Yuan | None] = mapped_column(default=None)
    project_type: Mapped[ProjectType] = mapped_column(CodeType(ProjectType))
    confirmed_at: Mapped[Moment]
    notified_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    number: Mapped[Short | None] = mapped_column(default=None, unique=True)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class Contract(Base):
    """The contract of a lot, compared field by field with the bid (R17.C4)."""

    __tablename__ = "contract"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    number: Mapped[Word]
    organization_id: Mapped[OrganizationId]
    price: Mapped[Yuan]
    duration_days: Mapped[int]
    quality: Mapped[Word]
    manager: Mapped[Word]
    scope: Mapped[Prose]
    performance_bond: Mapped[Yuan | None] = mapped_column(default=None)
    payment_guarantee: Mapped[bool | None] = mapped_column(default=None)
    retention_percent: Mapped[Decimal | None] = mapped_column(default=None)
    payment_days: Mapped[int | None] = mapped_column(default=None)
    drafted_at: Mapped[Moment]
    drafted_by_id: Mapped[UserId]
    signed_on: Mapped[date | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    signed_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    digest: Mapped[Digest]


class ContractChange(Base):
    """A change order: reason, approver, amount (R17.C9, C10)."""

    __tablename__ = "contract_change"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    number: Mapped[int]
    reason: Mapped[Prose]
    amount: Mapped[Yuan]
    touches_scope: Mapped[bool]
    proposed_at: Mapped[Moment]
    proposed_by_id: Mapped[UserId]
    approver: Mapped[Word]
    approved: Mapped[bool | None] = mapped_column(default=None)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)


class Payment(Base):
    """A payment under the contract."""

    __tablename__ = "payment"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    amount: Mapped[Yuan]
    delivered_on: Mapped[date]
    paid_on: Mapped[date]
    remark: Mapped[Word] = mapped_column(default="")
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]


class Acceptance(Base):
    """Completion and acceptance (ZL 49)."""

    __tablename__ = "acceptance"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    accepted_on: Mapped[date]
    filed_on: Mapped[date | None] = mapped_column(default=None)
    result: Mapped[Word]
    settlement: Mapped[Yuan]
    participants: Mapped[Prose]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]


class Performance(Base):
    """The owner's evaluation of the performance, which enters the credit record."""

    __tablename__ = "performance"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    organization_id: Mapped[OrganizationId]
    quality: Mapped[int]
    schedule: Mapped[int]
    safety: Mapped[int]
    payment_of_workers: Mapped[int]
    remarks: Mapped[Prose]
    evaluated_at: Mapped[Moment]
    evaluated_by_id: Mapped[UserId]
