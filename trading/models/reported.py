"""Contracts that finance or audit reported 财政审计报告的合同: whether they were traded here is looked up (R01.C12)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import Category, ProjectType
from trading.models.base import Base, CodeType
from trading.models.columns import Day, Id, Moment, Short, Word, Yuan
from trading.models.user import User


class ReportedContract(Base):
    """One contract of an owner as it was reported; never changed, never deleted."""

    __tablename__ = "reported_contract"

    id: Mapped[Id]
    owner_uscc: Mapped[str] = mapped_column(String(18), index=True)
    name: Mapped[Word]
    type: Mapped[ProjectType] = mapped_column(CodeType(ProjectType))
    category: Mapped[Category | None] = mapped_column(CodeType(Category), default=None)
    amount: Mapped[Yuan]
    signed_on: Mapped[Day]
    trading_code: Mapped[Short | None] = mapped_column(default=None)
    source: Mapped[Word]
    reported_at: Mapped[Moment]
    reported_by_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    reported_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
