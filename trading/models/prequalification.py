"""What goes before the tender notice 招标公告之前: a prequalification 资格预审, or the first of two stages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import ForeRound
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Digest, Id, LotId, Moment, OrganizationId, Prose, UserId, Word
from trading.models.organization import Organization


class Preliminary(Base):
    """A prequalification or a first stage: its notice, its clocks, and how it ended.

    ``leaf`` is of the entry by which the applications were closed; with the public ``dice`` it gives the order in
    which examiners are drawn. ``documents_digest`` is that of the tender documents as revised after a first stage.
    """

    __tablename__ = "preliminary"
    __table_args__ = (UniqueConstraint("lot_id", "kind"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    kind: Mapped[ForeRound] = mapped_column(CodeType(ForeRound))
    requirements: Mapped[Prose]
    contact: Mapped[Word]
    published_at: Mapped[Moment]
    sale_ends_at: Mapped[Moment]
    until: Mapped[Moment]
    changes: Mapped[int] = mapped_column(default=0)
    changed_on: Mapped[date | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    leaf: Mapped[Digest | None] = mapped_column(default=None)
    dice: Mapped[str | None] = mapped_column(default=None)
    concluded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    concluded_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    revision: Mapped[Prose | None] = mapped_column(default=None)
    documents_digest: Mapped[Digest | None] = mapped_column(default=None)


class ForeApplication(Base):
    """One application or proposal; its files are kept encrypted, under a key of the vault, until the deadline."""

    __tablename__ = "fore_application"
    __table_args__ = (
        Index(
            "uq_fore_application_current", "preliminary_id", "organization_id", unique=True,
            sqlite_where=text("current = 1"), postgresql_where=text("current"),
        ),
    )  # fmt: skip

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    preliminary_id: Mapped[str] = mapped_column(ForeignKey("preliminary.id"), index=True)
    organization_id: Mapped[OrganizationId]
    submitted_by_id: Mapped[UserId]
    current: Mapped[bool] = mapped_column(default=True)
    received_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    digest: Mapped[Digest]
    files: Mapped[list[Any]] = mapped_column(JSON, default=list)
    passed: Mapped[bool | None] = mapped_column(default=None)
    reason: Mapped[Prose | None] = mapped_column(default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class Examiner(Base):
    """One who examines the applications: drawn from the pool, or of the owner's own people."""

    __tablename__ = "examiner"
    __table_args__ = (UniqueConstraint("lot_id", "user_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    user_id: Mapped[UserId]
    expert_id: Mapped[str | None] = mapped_column(ForeignKey("expert.id"), default=None)
    drawn: Mapped[bool]
    findings: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
