"""Organisations 主体 and the entrustment of agencies 委托代理."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import CreditEnding, Role
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Id, Moment, OrganizationId, Prose, Short, Word


class Organization(Base):
    """A legal person on the platform; bidders register themselves, the centre checks identity only."""

    __tablename__ = "organization"

    id: Mapped[Id]
    name: Mapped[Word]
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    kind: Mapped[Role] = mapped_column(CodeType(Role))
    address: Mapped[Word] = mapped_column(default="")
    contact_name: Mapped[Word] = mapped_column(default="")
    contact_phone: Mapped[Short] = mapped_column(default="")
    bank_name: Mapped[Word] = mapped_column(default="")
    basic_account: Mapped[Short] = mapped_column(default="")
    legal_representative: Mapped[Word] = mapped_column(default="")
    registered_at: Mapped[Moment]
    identity_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    identity_answered_by_id: Mapped[str | None] = mapped_column(String(20), default=None)
    identity_refusal: Mapped[Prose | None] = mapped_column(default=None)
    identity_appeal: Mapped[Prose | None] = mapped_column(default=None)
    identity_decision: Mapped[Prose | None] = mapped_column(default=None)

    @property
    def bidder(self) -> str:
        """The person id under which the ledger knows this bidder's bids, whichever of its accounts handed them in."""
        return f"bidder-{self.id[:12]}"


class Affiliation(Base):
    """A declared holding or management relation between two organisations, or to a natural person (R10.C13)."""

    __tablename__ = "affiliation"

    id: Mapped[Id]
    organization_id: Mapped[OrganizationId]
    related_uscc: Mapped[str] = mapped_column(String(18))
    kind: Mapped[Short]


class Entrustment(Base):
    """An owner entrusts an agency for one project (ZTB 15)."""

    __tablename__ = "entrustment"
    __table_args__ = (UniqueConstraint("project_id", "agency_id"),)

    id: Mapped[Id]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    scope: Mapped[Prose]
    given_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    agency: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class CreditRecord(Base):
    """A formal decision in the credit record, with the bar it carries (R18.C10, C11)."""

    __tablename__ = "credit_record"

    id: Mapped[Id]
    organization_id: Mapped[OrganizationId]
    lot_id: Mapped[str | None] = mapped_column(ForeignKey("lot.id"), index=True, default=None)
    act: Mapped[Prose]
    basis: Mapped[Prose]
    organ: Mapped[Word]
    decided_on: Mapped[date]
    barred_from: Mapped[date | None] = mapped_column(default=None)
    barred_until: Mapped[date | None] = mapped_column(default=None)
    score: Mapped[Decimal | None] = mapped_column(default=None)
    number: Mapped[Word] = mapped_column(default="")
    recorded_at: Mapped[Moment]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ending: Mapped[CreditEnding | None] = mapped_column(CodeType(CreditEnding), default=None)
    ending_reason: Mapped[Prose | None] = mapped_column(default=None)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
