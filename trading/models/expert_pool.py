"""The life of an expert in the pool 专家库管理: applications, leave, decisions, training, sheets on his work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trading.codelists import PoolAct, SheetSide, TitleLevel
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Data, Day, Id, LotId, Moment, Prose, Rows, Short, UserId, Word

UNDECIDED = text("withdrawn_at IS NULL AND decided_at IS NULL")


class ExpertApplication(Base):
    """What a person declares who asks to be admitted to the county's list, and the decision; one open at a time."""

    __tablename__ = "expert_application"
    __table_args__ = (
        Index(
            "ix_expert_application_open", "user_id", unique=True, sqlite_where=UNDECIDED, postgresql_where=UNDECIDED
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    born_on: Mapped[Day]
    phone: Mapped[Short]
    employer: Mapped[Word]
    employer_uscc: Mapped[str] = mapped_column(String(18))
    employed: Mapped[bool]
    title: Mapped[Word]
    level: Mapped[TitleLevel] = mapped_column(CodeType(TitleLevel))
    years_in_field: Mapped[int]
    specialties: Mapped[Rows]
    knows_law: Mapped[bool]
    electronic: Mapped[bool]
    healthy: Mapped[bool]
    punished: Mapped[bool]
    employment_history: Mapped[list[Any]] = mapped_column(JSON, default=list)
    relatives: Mapped[list[Any]] = mapped_column(JSON, default=list)
    interests: Mapped[list[Any]] = mapped_column(JSON, default=list)
    files: Mapped[Rows]
    submitted_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    admitted: Mapped[bool | None] = mapped_column(default=None)
    reason: Mapped[Prose | None] = mapped_column(default=None)
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)


class ExpertLeave(Base):
    """The days on which an expert is not available, first and last included; ended early by his return."""

    __tablename__ = "expert_leave"

    id: Mapped[Id]
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    first_day: Mapped[Day]
    last_day: Mapped[Day]
    reason: Mapped[Word]
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[UserId]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class ExpertDecision(Base):
    """A decision to suspend, restore or remove an expert, with its reasons, his objection and the answer."""

    __tablename__ = "expert_decision"

    id: Mapped[Id]
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    act: Mapped[PoolAct] = mapped_column(CodeType(PoolAct))
    reason: Mapped[Prose]
    basis: Mapped[Prose]
    number: Mapped[Word] = mapped_column(default="")
    until: Mapped[date | None] = mapped_column(default=None)
    files: Mapped[Rows] = mapped_column(default=list)
    decided_at: Mapped[Moment]
    decided_by_id: Mapped[UserId]
    objection: Mapped[Prose | None] = mapped_column(default=None)
    objected_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answer: Mapped[Prose | None] = mapped_column(default=None)
    overturned: Mapped[bool | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)


class ExpertChange(Base):
    """One change of an expert's own record: what stood before, what stands now, by whom and when; never altered."""

    __tablename__ = "expert_change"

    id: Mapped[Id]
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    what: Mapped[Short]
    before: Mapped[Data] = mapped_column(default=dict)
    after: Mapped[Data] = mapped_column(default=dict)
    at: Mapped[Moment]
    by_id: Mapped[UserId]


class ExpertTraining(Base):
    """A training that an expert took part in, in hours."""

    __tablename__ = "expert_training"
    __table_args__ = (UniqueConstraint("expert_id", "held_on", "title"),)

    id: Mapped[Id]
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    held_on: Mapped[Day]
    title: Mapped[Word]
    organizer: Mapped[Word]
    hours: Mapped[int]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]


class ExpertSheet(Base):
    """The closed sheet of one side about one member of a lot's committee 一标一评."""

    __tablename__ = "expert_sheet"
    __table_args__ = (UniqueConstraint("member_id", "side"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    member_id: Mapped[str] = mapped_column(ForeignKey("committee_member.id"), index=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    side: Mapped[SheetSide] = mapped_column(CodeType(SheetSide))
    points: Mapped[Data]
    total: Mapped[int]
    reason: Mapped[Prose | None] = mapped_column(default=None)
    filled_at: Mapped[Moment]
    filled_by_id: Mapped[UserId]


class SheetReply(Base):
    """What an expert answers to the sheets about him of one lot."""

    __tablename__ = "sheet_reply"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    member_id: Mapped[str] = mapped_column(ForeignKey("committee_member.id"), unique=True)
    text: Mapped[Prose]
    replied_at: Mapped[Moment]
    replied_by_id: Mapped[UserId]
