"""What supervision decides 监管文书: complaints 投诉, orders 监管意见, credit decisions, measures, pledges 承诺."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import (
    AppraisalMeasure,
    ComplaintOutcome,
    ComplaintRefusal,
    ObjectionTarget,
    OrderClosing,
    Role,
)
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Day, Digest, Id, LotId, Moment, OrganizationId, Prose, Rows, Short, UserId, Word
from trading.models.organization import Organization

NOBODY = "user_account.id"


class Complaint(Base):
    """A complaint from its lodging to its published decision (ZTBT 60–62); its author is told to supervision alone."""

    __tablename__ = "complaint"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    target: Mapped[ObjectionTarget] = mapped_column(CodeType(ObjectionTarget))
    complainant_id: Mapped[OrganizationId]
    lodged_by_id: Mapped[UserId]
    objection_id: Mapped[str | None] = mapped_column(ForeignKey("objection.id"), default=None)
    about: Mapped[Word]
    facts: Mapped[Prose]
    claim: Mapped[Prose]
    signatory: Mapped[Word]
    contact: Mapped[Word]
    signed: Mapped[bool]
    is_bidder: Mapped[bool]
    known_on: Mapped[Day]
    lodged_at: Mapped[Moment]
    files: Mapped[Rows] = mapped_column(default=list)
    admitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    refusal: Mapped[ComplaintRefusal | None] = mapped_column(CodeType(ComplaintRefusal), default=None)
    admission_reason: Mapped[Prose | None] = mapped_column(default=None)
    admitted_by_id: Mapped[str | None] = mapped_column(ForeignKey(NOBODY), default=None)
    interested: Mapped[bool | None] = mapped_column(default=None)
    concrete: Mapped[bool | None] = mapped_column(default=None)
    summary: Mapped[Prose | None] = mapped_column(default=None)
    stop_id: Mapped[str | None] = mapped_column(ForeignKey("stop.id"), default=None)
    examinations: Mapped[Rows] = mapped_column(default=list)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    withdrawal_reason: Mapped[Prose | None] = mapped_column(default=None)
    outcome: Mapped[ComplaintOutcome | None] = mapped_column(CodeType(ComplaintOutcome), default=None)
    decision_number: Mapped[Short | None] = mapped_column(default=None)
    findings: Mapped[Prose | None] = mapped_column(default=None)
    decision: Mapped[Prose | None] = mapped_column(default=None)
    decision_files: Mapped[Rows] = mapped_column(default=list)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey(NOBODY), default=None)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    published_text: Mapped[Prose | None] = mapped_column(default=None)
    complainant: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)

    @property
    def waits(self) -> bool:
        """Whether it is still to be handled."""
        return self.refused_at is None and self.withdrawn_at is None and self.decided_at is None


class ComplaintReply(Base):
    """What one party was asked for under a complaint, without its author's name, and the answer."""

    __tablename__ = "complaint_reply"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id"), index=True)
    organization_id: Mapped[OrganizationId]
    question: Mapped[Prose]
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    reply: Mapped[Prose | None] = mapped_column(default=None)
    files: Mapped[Rows] = mapped_column(default=list)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    replied_by_id: Mapped[str | None] = mapped_column(ForeignKey(NOBODY), default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class SupervisionOrder(Base):
    """What a supervisor found and demands of one addressee, its reply and its end."""

    __tablename__ = "supervision_order"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    number: Mapped[Short]
    addressee_id: Mapped[OrganizationId]
    findings: Mapped[Prose]
    demand: Mapped[Prose]
    issued_at: Mapped[Moment]
    issued_by_id: Mapped[UserId]
    due_on: Mapped[Day]
    files: Mapped[Rows] = mapped_column(default=list)
    prolongations: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reply: Mapped[Prose | None] = mapped_column(default=None)
    reply_files: Mapped[Rows] = mapped_column(default=list)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    replied_by_id: Mapped[str | None] = mapped_column(ForeignKey(NOBODY), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_by_id: Mapped[str | None] = mapped_column(ForeignKey(NOBODY), default=None)
    closing: Mapped[OrderClosing | None] = mapped_column(CodeType(OrderClosing), default=None)
    closing_reason: Mapped[Prose | None] = mapped_column(default=None)
    addressee: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)

    def overdue(self, today: date) -> bool:
        """Whether its term is over without a reply and without an end."""
        return self.replied_at is None and self.closed_at is None and today > self.due_on


class CreditDecision(Base):
    """A formal decision as one person entered it; in the credit record once another confirmed it (R18.C10)."""

    __tablename__ = "credit_decision"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    act: Mapped[Prose]
    basis: Mapped[Prose]
    organ: Mapped[Word]
    number: Mapped[Word]
    decided_on: Mapped[Day]
    barred_from: Mapped[date | None] = mapped_column(default=None)
    barred_until: Mapped[date | None] = mapped_column(default=None)
    files: Mapped[Rows] = mapped_column(default=list)
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[UserId]
    agreed: Mapped[bool | None] = mapped_column(default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey(NOBODY), default=None)
    remark: Mapped[Prose | None] = mapped_column(default=None)
    record_id: Mapped[str | None] = mapped_column(ForeignKey("credit_record.id"), default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class ExpertAppraisal(Base):
    """A measure against an expert by a written decision (R18.C12)."""

    __tablename__ = "expert_appraisal"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    act: Mapped[Prose]
    measure: Mapped[AppraisalMeasure] = mapped_column(CodeType(AppraisalMeasure))
    organ: Mapped[Word]
    number: Mapped[Word]
    decided_on: Mapped[Day]
    published_on: Mapped[Day]
    sent_to_pool_on: Mapped[Day]
    instead_of_penalty: Mapped[bool]
    files: Mapped[Rows] = mapped_column(default=list)
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]


class Pledge(Base):
    """An integrity pledge in set form: one an organisation and lot, one an expert and lot."""

    __tablename__ = "pledge"
    __table_args__ = (UniqueConstraint("lot_id", "signer"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    signer: Mapped[Short]
    role: Mapped[Role] = mapped_column(CodeType(Role))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True, default=None)
    user_id: Mapped[UserId]
    signatory: Mapped[Word]
    form: Mapped[Short]
    digest: Mapped[Digest]
    signed_at: Mapped[Moment]
