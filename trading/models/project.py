"""Projects 进场交易项目, their lots 标段 and files 文件."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import (
    Category,
    District,
    DocumentKind,
    EntryRefusal,
    EvaluationMethod,
    FailureGround,
    Method,
    PriceFormula,
    ProjectType,
    Status,
    SuspensionGround,
)
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


class Project(Base):
    """What an owner registers; it has one or more lots."""

    __tablename__ = "project"

    id: Mapped[Id]
    name: Mapped[Word]
    owner_id: Mapped[OrganizationId]
    type: Mapped[ProjectType] = mapped_column(CodeType(ProjectType))
    district: Mapped[District] = mapped_column(CodeType(District))
    description: Mapped[Prose] = mapped_column(default="")
    created_at: Mapped[Moment]
    created_by_id: Mapped[UserId]
    approval_number: Mapped[Word | None] = mapped_column(default=None)
    approval_organ: Mapped[Word | None] = mapped_column(default=None)
    approval_date: Mapped[date | None] = mapped_column(default=None)
    investment_code: Mapped[Short | None] = mapped_column(default=None, index=True)
    estimate_total: Mapped[Yuan | None] = mapped_column(default=None)
    feasibility_total: Mapped[Yuan | None] = mapped_column(default=None)
    state_controlled: Mapped[bool] = mapped_column(default=True)
    public_share: Mapped[Decimal | None] = mapped_column(default=None)
    funding_source: Mapped[Prose | None] = mapped_column(default=None)
    funds_in_place: Mapped[bool | None] = mapped_column(default=None)
    contractor_prefinancing: Mapped[bool | None] = mapped_column(default=None)
    owner: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class Lot(Base):
    """The unit of procedure: the lot holds the status; one lot = one OCDS contracting process.

    ``noticed_at`` is when the public first heard of it, where that is before its own notice (a sole source, reasons).
    ``look_at`` is when the deadline watch looks at it next: at once after each step, None where nothing can be due.
    """

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("project_id", "number", "attempt"),
        Index("ix_lot_status_published", "status", "published_at"),
        Index("ix_lot_published", "published_at"),
    )

    id: Mapped[Id]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), index=True)
    number: Mapped[int]
    attempt: Mapped[int] = mapped_column(default=1)
    previous_id: Mapped[str | None] = mapped_column(ForeignKey("lot.id"), unique=True, default=None)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    trading_code: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    ocid: Mapped[str | None] = mapped_column(String(80), unique=True, default=None)
    title: Mapped[Word]
    scope: Mapped[Prose] = mapped_column(default="")
    category: Mapped[Category] = mapped_column(CodeType(Category))
    estimate: Mapped[Yuan]
    budget: Mapped[Yuan | None] = mapped_column(default=None)
    status: Mapped[Status] = mapped_column(CodeType(Status), default=Status.DRAFT)
    held_status: Mapped[Status | None] = mapped_column(CodeType(Status), default=None)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Moment]
    status_since: Mapped[Moment]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    registered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    refusal_reason: Mapped[EntryRefusal | None] = mapped_column(CodeType(EntryRefusal), default=None)
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    method: Mapped[Method | None] = mapped_column(CodeType(Method), default=None)
    method_reason_zh: Mapped[Prose | None] = mapped_column(default=None)
    method_reason_en: Mapped[Prose | None] = mapped_column(default=None)
    mandatory: Mapped[bool | None] = mapped_column(default=None)
    noticed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    documents_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    documents_first_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    bid_deadline: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    technical_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    evaluated_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    publicity_from: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    publicity_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    chosen_by: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    awarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    contracted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    performed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    suspension_ground: Mapped[SuspensionGround | None] = mapped_column(CodeType(SuspensionGround), default=None)
    failure_ground: Mapped[FailureGround | None] = mapped_column(CodeType(FailureGround), default=None)
    ended_reason: Mapped[Prose | None] = mapped_column(default=None)
    remedy: Mapped[Prose | None] = mapped_column(default=None)
    parts: Mapped[list[Any]] = mapped_column(JSON, default=lambda: ["single"])
    groups: Mapped[list[Any]] = mapped_column(JSON, default=list)
    search_text: Mapped[Prose] = mapped_column(default="")
    look_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)
    project: Mapped[Project] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        """Project and lot together, as notices print it."""
        return self.project.name if self.title == self.project.name else f"{self.project.name} {self.title}"


class TenderTerms(Base):
    """What the tender documents of a lot say, field by field (R03); versions of the files are kept in Document."""

    __tablename__ = "tender_terms"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    qualification: Mapped[Prose] = mapped_column(default="")
    consortium_allowed: Mapped[bool | None] = mapped_column(default=None)
    two_envelopes: Mapped[bool] = mapped_column(default=False)
    duration_days: Mapped[int | None] = mapped_column(default=None)
    quality: Mapped[Word] = mapped_column(default="")
    place: Mapped[Word] = mapped_column(default="")
    ceiling: Mapped[Yuan | None] = mapped_column(default=None)
    ceiling_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    minimum_price: Mapped[Yuan | None] = mapped_column(default=None)
    bond: Mapped[Yuan | None] = mapped_column(default=None)
    performance_bond_percent: Mapped[Decimal | None] = mapped_column(default=None)
    bid_validity_days: Mapped[int | None] = mapped_column(default=None)
    evaluation_method: Mapped[EvaluationMethod | None] = mapped_column(CodeType(EvaluationMethod), default=None)
    factors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    price_formula: Mapped[PriceFormula | None] = mapped_column(CodeType(PriceFormula), default=None)
    benchmark: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    sme_deduction_percent: Mapped[Decimal | None] = mapped_column(default=None)
    sme_bonus_percent: Mapped[Decimal | None] = mapped_column(default=None)
    domestic_deduction_percent: Mapped[Decimal | None] = mapped_column(default=None)
    low_price_percent: Mapped[Decimal | None] = mapped_column(default=None)
    rejection_clauses: Mapped[Prose] = mapped_column(default="")
    payment_days: Mapped[int | None] = mapped_column(default=None)
    payment_terms: Mapped[Prose] = mapped_column(default="")
    objection_contact: Mapped[Word] = mapped_column(default="")
    standard_text: Mapped[bool | None] = mapped_column(default=None)
    competition_reviewer: Mapped[Word | None] = mapped_column(default=None)
    competition_reviewed_on: Mapped[date | None] = mapped_column(default=None)
    competition_verdict: Mapped[Word | None] = mapped_column(default=None)
    candidates_count: Mapped[int] = mapped_column(default=3)
    documents_fee: Mapped[Yuan | None] = mapped_column(default=None)
    object_clear: Mapped[bool | None] = mapped_column(default=None)
    base_prices: Mapped[int | None] = mapped_column(default=None)


class Document(Base):
    """An uploaded file: bytes lie in the content store under their digest; versions are kept."""

    __tablename__ = "document"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    kind: Mapped[DocumentKind] = mapped_column(CodeType(DocumentKind))
    name: Mapped[Word]
    sha256: Mapped[Digest]
    size: Mapped[int]
    media_type: Mapped[Word]
    public: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    superseded: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[Moment]
    added_by_id: Mapped[UserId]
