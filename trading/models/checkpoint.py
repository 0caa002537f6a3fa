"""The checkpoints of the record 存证检查点: the state of the log at a moment, signed and cosigned by a witness."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from trading.models.base import Base, UtcDateTime
from trading.models.columns import Moment, Prose


class Checkpoint(Base):
    """One checkpoint: how many leaves the log had, their root, and the signed note that says so (trust.md C.4).

    ``cosigned_at`` is the time that the witness's clock put under it; None while no witness has seen it.
    """

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[Prose]
    cut_at: Mapped[Moment]
    cosigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
