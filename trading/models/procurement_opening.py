"""What order 87 adds around the opening 政府采购开标: qualification checked by the buyer, the room recorded."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trading.models.base import Base
from trading.models.columns import Id, LotId, Moment, Prose, UserId, Word


class QualificationCheck(Base):
    """Whether one opened bid's bidder is qualified, by the buyer or its agency (D87 44, R10.C15)."""

    __tablename__ = "qualification_check"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), unique=True)
    qualified: Mapped[bool]
    reason: Mapped[Prose] = mapped_column(default="")
    checked_at: Mapped[Moment]
    checked_by_id: Mapped[UserId]


class RoomRecording(Base):
    """Sound and picture of opening and evaluation: where they are kept, and who attended (D87 39, 40, R10.C11)."""

    __tablename__ = "room_recording"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    opening_recorded: Mapped[bool]
    evaluation_recorded: Mapped[bool]
    members_at_opening: Mapped[bool]
    kept_as: Mapped[Word]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]
