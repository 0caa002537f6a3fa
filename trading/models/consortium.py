"""Consortiums 联合体: who joined in a bid, who signed the contract; and how many lots one may win 中标标段数量限制."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trading.models.base import Base
from trading.models.columns import Id, LotId, Moment, OrganizationId, Short, UserId, Word


class ConsortiumMember(Base):
    """One member of the consortium behind an opened bid, as its sealed sheet names it (ZTB 31, R10.C14)."""

    __tablename__ = "consortium_member"
    __table_args__ = (UniqueConstraint("bid_id", "uscc"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), index=True)
    uscc: Mapped[Short]
    name: Mapped[Word]
    share: Mapped[Short]
    work: Mapped[Word] = mapped_column(default="")
    lead: Mapped[bool]


class ContractSignature(Base):
    """The signature of one member of a consortium under the contract: all of them sign it (ZTB 31)."""

    __tablename__ = "contract_signature"
    __table_args__ = (UniqueConstraint("contract_id", "organization_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id"), index=True)
    organization_id: Mapped[OrganizationId]
    signed_by_id: Mapped[UserId]
    signed_at: Mapped[Moment]
    digest: Mapped[Short]


class LotLimit(Base):
    """How many lots of a project one bidder may win, and in which order they are awarded; published before the bids."""

    __tablename__ = "lot_limit"

    id: Mapped[Id]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), unique=True)
    most: Mapped[int]
    order: Mapped[list[Any]] = mapped_column(JSON, default=list)
    set_at: Mapped[Moment]
    set_by_id: Mapped[UserId]
