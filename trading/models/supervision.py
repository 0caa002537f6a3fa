"""What supervision keeps: alarms 预警, stops 中止与终止, tasks due 待办."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import Role, Severity
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Id, LotId, Moment, Prose, Short, Word
from trading.models.user import User


class Alarm(Base):
    """Opened once a lot and condition, closed by a supervisor with a reason, never deleted.

    ``level`` is 0 on the supervisor's own desk and rises with its age (R18.C14); ``due_at`` is what was missed.
    """

    __tablename__ = "alarm"
    __table_args__ = (UniqueConstraint("lot_id", "condition", "about"), Index("ix_alarm_closed_at", "closed_at"))

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    condition: Mapped[Short]
    about: Mapped[Short] = mapped_column(default="")
    severity: Mapped[Severity] = mapped_column(CodeType(Severity))
    expected: Mapped[Word]
    actual: Mapped[Word]
    expected_en: Mapped[Word] = mapped_column(default="")
    actual_en: Mapped[Word] = mapped_column(default="")
    raised_at: Mapped[Moment]
    response: Mapped[Prose | None] = mapped_column(default=None)
    responded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    responded_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    closing_reason: Mapped[Prose | None] = mapped_column(default=None)
    responsible: Mapped[Role] = mapped_column(CodeType(Role), default=Role.OWNER)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    level: Mapped[int] = mapped_column(default=0)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    def should_be(self, language: str) -> str:
        """What was expected, in the reader's language where it has words."""
        return (self.expected_en if language == "en" else "") or self.expected or "—"

    def was(self, language: str) -> str:
        """What was found, in the reader's language where it has words."""
        return (self.actual_en if language == "en" else "") or self.actual or "—"


class ChecklistSignature(Base):
    """One signature under a checklist item of a lot; a later one stands, the earlier ones are kept."""

    __tablename__ = "checklist_signature"
    __table_args__ = (Index("ix_checklist_signature_item", "lot_id", "condition"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    condition: Mapped[Short]
    holds: Mapped[bool]
    evidence: Mapped[Prose]
    signed_at: Mapped[Moment]
    signed_by_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    signed_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Stop(Base):
    """One suspension of a lot from its ground to its end; the time that was left is kept."""

    __tablename__ = "stop"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    ground: Mapped[str] = mapped_column(String(40))
    reason: Mapped[Prose]
    begun_at: Mapped[Moment]
    begun_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    reminded_on: Mapped[date | None] = mapped_column(default=None)
    deadline_before: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    deadline_after: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class DossierExport(Base):
    """Who took a dossier and when; the bytes are cached by content."""

    __tablename__ = "dossier_export"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    exported_at: Mapped[Moment]
    content_digest: Mapped[str] = mapped_column(String(64))
