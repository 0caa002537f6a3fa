"""Bids 投标 and the opening record 开标记录; sealed and uncounted until their time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    and_,
    exists,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from trading.models.base import Base, UtcDateTime
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


class Bid(Base):
    """One version of one bidder's sealed envelope; the last version that was not withdrawn counts (R10.C3).

    ``header`` as ``ptbid/1`` has it; ``leaf`` of ``bid.received`` and the signed ``receipt`` over it; ``key`` and
    ``inner`` once it was opened.
    """

    __tablename__ = "bid"
    __table_args__ = (
        UniqueConstraint("lot_id", "organization_id", "part", "version"),
        Index(
            "uq_bid_one_current",
            "lot_id",
            "organization_id",
            "part",
            unique=True,
            sqlite_where=text("current = 1"),
            postgresql_where=text("current"),
        ),
    )

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    submitted_by_id: Mapped[UserId]
    part: Mapped[Short] = mapped_column(default="single")
    version: Mapped[int]
    current: Mapped[bool] = mapped_column(default=True)
    envelope: Mapped[Digest] = mapped_column(unique=True)
    ciphertext_sha256: Mapped[Digest]
    header: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    received_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    open_failure: Mapped[Prose | None] = mapped_column(default=None)
    supplied_key: Mapped[Digest | None] = mapped_column(default=None)
    leaf: Mapped[Digest | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(Text, default=None)
    key: Mapped[Digest | None] = mapped_column(default=None)
    inner: Mapped[str | None] = mapped_column(Text, default=None)
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    total: Mapped[Yuan | None] = mapped_column(default=None)
    first_total: Mapped[Yuan | None] = mapped_column(default=None)
    duration_days: Mapped[int | None] = mapped_column(default=None)
    quality: Mapped[Word | None] = mapped_column(default=None)
    manager: Mapped[Word | None] = mapped_column(default=None)
    manager_certificate: Mapped[Word | None] = mapped_column(default=None)
    rejected_clause: Mapped[Short | None] = mapped_column(default=None)
    rejected_reason: Mapped[Prose | None] = mapped_column(default=None)
    rejected_by: Mapped[Word | None] = mapped_column(default=None)
    rejected_votes: Mapped[str | None] = mapped_column(Text, default=None)
    evaluated_price: Mapped[Yuan | None] = mapped_column(default=None)
    score: Mapped[str | None] = mapped_column(default=None)
    rank: Mapped[int | None] = mapped_column(default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


_technical = aliased(Bid)
WHOLE_BID: ColumnElement[bool] = and_(
    Bid.current.is_(True),
    or_(
        Bid.part == "single",
        and_(
            Bid.part == "price",
            exists()
            .where(
                _technical.lot_id == Bid.lot_id, _technical.organization_id == Bid.organization_id,
                _technical.part == "tech", _technical.current.is_(True),
            )
            .correlate(Bid),
        ),
    ),
)  # fmt: skip
"""What counts as a bidder's bid: one envelope, or the priced one of two that are both there (trust.md B.3)."""


class OpeningRecord(Base):
    """The record of an opening; stays open for objections on the spot (R10.C9, C10)."""

    __tablename__ = "opening_record"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    presided_by_id: Mapped[UserId]
    started_at: Mapped[Moment]
    open_until: Mapped[Moment]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    read_out: Mapped[list[Any]] = mapped_column(JSON, default=list)
    base_price: Mapped[Yuan | None] = mapped_column(default=None)
    digest: Mapped[Digest]
