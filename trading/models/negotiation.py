"""Negotiation 谈判磋商询价: talks, the call for final offers, sealed final offers, an agreed price, challenges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import ChallengeTarget
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Digest, Id, LotId, Moment, OrganizationId, Prose, UserId, Yuan
from trading.models.organization import Organization


class Talk(Base):
    """What was said with one supplier in one round, written down and confirmed by him."""

    __tablename__ = "talk"
    __table_args__ = (UniqueConstraint("lot_id", "organization_id", "round"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    round: Mapped[int]
    text: Mapped[Prose]
    held_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)


class RequirementChange(Base):
    """A change of what is asked, told to all suppliers in writing at the same moment."""

    __tablename__ = "requirement_change"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    number: Mapped[int]
    text: Mapped[Prose]
    told_to: Mapped[int]
    made_at: Mapped[Moment]
    made_by_id: Mapped[UserId]


class FinalCall(Base):
    """The call for final offers: until when they are handed in, and when the officers' shares opened them."""

    __tablename__ = "final_call"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    deadline: Mapped[Moment]
    called_at: Mapped[Moment]
    called_by_id: Mapped[UserId]
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class FinalOffer(Base):
    """One supplier's sealed final offer; the last before the deadline counts. ``amount`` once it was opened.

    ``shares`` maps an officer to his share, or to nothing where the supplier had sealed him none; ``supplied_key`` is
    the key that the supplier kept, where too few officers can be had.
    """

    __tablename__ = "final_offer"
    __table_args__ = (
        Index(
            "uq_final_offer_one_current",
            "lot_id",
            "organization_id",
            unique=True,
            sqlite_where=text("current = 1"),
            postgresql_where=text("current"),
        ),
    )

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    current: Mapped[bool] = mapped_column(default=True)
    envelope: Mapped[Digest] = mapped_column(unique=True)
    header: Mapped[dict[str, Any]] = mapped_column(JSON)
    ciphertext: Mapped[str] = mapped_column(Text)
    received_at: Mapped[Moment]
    submitted_by_id: Mapped[UserId]
    shares: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    supplied_key: Mapped[Digest | None] = mapped_column(default=None)
    amount: Mapped[Yuan | None] = mapped_column(default=None)
    fault: Mapped[Prose | None] = mapped_column(default=None)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Leaving(Base):
    """A supplier that left before the final offers; his bond goes back."""

    __tablename__ = "leaving"
    __table_args__ = (UniqueConstraint("lot_id", "organization_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    left_at: Mapped[Moment]
    reason: Mapped[Prose] = mapped_column(default="")


class PriceAgreement(Base):
    """The price agreed with the one supplier of a single source or direct award, and how it was found reasonable."""

    __tablename__ = "price_agreement"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    organization_id: Mapped[OrganizationId]
    price: Mapped[Yuan]
    people: Mapped[Prose]
    basis: Mapped[Prose]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[UserId]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)


class Challenge(Base):
    """An inquiry 询问 or a challenge 质疑 of a supplier in a procurement, and its answer (CG 51-53)."""

    __tablename__ = "challenge"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    target: Mapped[ChallengeTarget] = mapped_column(CodeType(ChallengeTarget))
    text: Mapped[Prose]
    known_on: Mapped[date | None] = mapped_column(default=None)
    raised_at: Mapped[Moment]
    raised_by_id: Mapped[UserId]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    in_time: Mapped[bool] = mapped_column(default=True)
    suspends_signing: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[Prose | None] = mapped_column(default=None)
    upheld: Mapped[bool | None] = mapped_column(default=None)
    result_changed: Mapped[bool | None] = mapped_column(default=None)
    reported_to_finance: Mapped[bool | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
