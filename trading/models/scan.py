"""What is kept of the fair-competition scan 公平竞争审查提示: each scan of documents, each hit with its answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trading.codelists import Mark, ScanAnswer
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Id, LotId, Moment, Prose, Rows, Short, Word


class DocumentScan(Base):
    """One scan: which papers were read by which catalogue, and the places that could not be read.

    ``unread`` has rows of paper, unit (page, paragraph, line), place (0: the whole) and reason.
    """

    __tablename__ = "document_scan"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    catalogue: Mapped[Short]
    papers: Mapped[Rows]
    unread: Mapped[Rows]
    scanned_at: Mapped[Moment]


class ScanHit(Base):
    """A sentence that the scan found; answered by the owner, never judged by the machine, never deleted.

    ``source`` is the group of papers it stands in; ``standing`` until that group is replaced; ``replaced`` once the
    same sentence was found again in the papers that took its place.
    """

    __tablename__ = "scan_hit"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    scan_id: Mapped[str] = mapped_column(ForeignKey("document_scan.id"), index=True)
    source: Mapped[Short]
    paper: Mapped[Word]
    unit: Mapped[Short]
    place: Mapped[int]
    kind: Mapped[Short]
    kind_zh: Mapped[Word]
    kind_en: Mapped[Word]
    law: Mapped[Word]
    article: Mapped[Short]
    mark: Mapped[Mark] = mapped_column(CodeType(Mark))
    sentence: Mapped[Prose]
    words: Mapped[Prose]
    found_at: Mapped[Moment]
    standing: Mapped[bool] = mapped_column(default=True)
    replaced: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[ScanAnswer | None] = mapped_column(CodeType(ScanAnswer), default=None)
    reason: Mapped[Prose] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
