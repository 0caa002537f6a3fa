"""What the committee asks one bidder in writing 评标问询, and when its evaluation was extended 延长评标时间."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trading.codelists import InquiryKind
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Id, LotId, Moment, OrganizationId, Prose, UserId


class BidInquiry(Base):
    """A letter of the committee to one bidder and his answer (R12.C5, C6, C7); no other bidder learns of it.

    ``facts``: what the machine found (low prices), or the price sheet and its corrections. ``confirmed``: what the
    bidder says of a correction; ``votes`` by member id and ``accepted``: what the committee says of a low price.
    """

    __tablename__ = "bid_inquiry"
    __table_args__ = (UniqueConstraint("lot_id", "number"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    number: Mapped[int]
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), index=True)
    organization_id: Mapped[OrganizationId]
    kind: Mapped[InquiryKind] = mapped_column(CodeType(InquiryKind))
    question: Mapped[Prose]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("committee_member.id"), index=True)
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    answer: Mapped[Prose | None] = mapped_column(default=None)
    files: Mapped[list[Any]] = mapped_column(JSON, default=list)
    confirmed: Mapped[bool | None] = mapped_column(default=None)
    votes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    accepted: Mapped[bool | None] = mapped_column(default=None)


class EvaluationExtension(Base):
    """A later end of the evaluation, because more than a third of the members asked for it (R12.C13)."""

    __tablename__ = "evaluation_extension"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    asked: Mapped[int]
    members: Mapped[int]
    before: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ends_at: Mapped[Moment]
    reason: Mapped[Prose]
    extended_at: Mapped[Moment]
    extended_by_id: Mapped[UserId]
