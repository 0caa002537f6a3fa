"""What is told to the public and asked by it: notices 公告, holders 获取人, clarifications 澄清, objections 异议."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import FilingAnswer, FinanceLevel, Method, NoticeKind, ObjectionTarget
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Digest, Id, LotId, Moment, Prose, Short, UserId, Word
from trading.models.organization import Organization


class Filing(Base):
    """One submission of the trading conditions and the supervisor's answer (R02.C14)."""

    __tablename__ = "filing"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    round: Mapped[int]
    submitted_at: Mapped[Moment]
    submitted_by_id: Mapped[UserId]
    documents_digest: Mapped[Digest]
    answer_due_at: Mapped[Moment]
    answer: Mapped[FilingAnswer | None] = mapped_column(CodeType(FilingAnswer), default=None)
    reason: Mapped[Prose | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)


class MethodApplication(Base):
    """An application for an exceptional method and the authority's decision (R05)."""

    __tablename__ = "method_application"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    method: Mapped[Method] = mapped_column(CodeType(Method))
    ground: Mapped[Short]
    reasons: Mapped[Prose]
    applied_at: Mapped[Moment]
    applied_by_id: Mapped[UserId]
    approved: Mapped[bool | None] = mapped_column(default=None)
    decision_organ: Mapped[Word | None] = mapped_column(default=None)
    finance_level: Mapped[FinanceLevel | None] = mapped_column(CodeType(FinanceLevel), default=None)
    decision_number: Mapped[Word | None] = mapped_column(default=None)
    decision_reason: Mapped[Prose | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)


class Notice(Base):
    """A publication: its text is fixed and its digest stands in the ledger."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_kind_published", "kind", "published_at"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    kind: Mapped[NoticeKind] = mapped_column(CodeType(NoticeKind))
    title: Mapped[Word]
    text: Mapped[Prose]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    digest: Mapped[Digest]
    media: Mapped[list[Any]] = mapped_column(JSON, default=list)
    published_at: Mapped[Moment]
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Holder(Base):
    """Somebody who took the documents and is told of every clarification; sealed until the deadline (R07.C15)."""

    __tablename__ = "holder"
    __table_args__ = (UniqueConstraint("lot_id", "organization_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), default=None)
    contact: Mapped[Word | None] = mapped_column(default=None)
    taken_at: Mapped[Moment]


class Question(Base):
    """A question on the documents; the asker stays unnamed, the answer goes to all by a clarification."""

    __tablename__ = "question"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    asker_id: Mapped[UserId]
    text: Mapped[Prose]
    asked_at: Mapped[Moment]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    clarification_id: Mapped[str | None] = mapped_column(ForeignKey("clarification.id"), default=None)


class Clarification(Base):
    """A clarification or change of the documents, with the deadlines before and after (R08.C1)."""

    __tablename__ = "clarification"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    number: Mapped[int]
    text: Mapped[Prose]
    affects_preparation: Mapped[bool]
    issued_at: Mapped[Moment]
    deadline_before: Mapped[Moment]
    deadline_after: Mapped[Moment]
    changes_ceiling: Mapped[bool] = mapped_column(default=False)
    changes_object: Mapped[bool] = mapped_column(default=False)
    holders: Mapped[int] = mapped_column(default=0)
    delivered_to: Mapped[int] = mapped_column(default=0)


class Objection(Base):
    """An objection and its answer (ZTBT 22, 44, 54)."""

    __tablename__ = "objection"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    target: Mapped[ObjectionTarget] = mapped_column(CodeType(ObjectionTarget))
    objector_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    raised_by_id: Mapped[UserId]
    text: Mapped[Prose]
    raised_at: Mapped[Moment]
    in_time: Mapped[bool]
    suspends: Mapped[bool]
    objector_is_bidder: Mapped[bool] = mapped_column(default=False)
    answer_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answer: Mapped[Prose | None] = mapped_column(default=None)
    upheld: Mapped[bool | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    objector: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
