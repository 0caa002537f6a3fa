"""The keys that people registered 个人密钥: for signatures, and of opening officers for bids; public halves only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trading.models.base import Base, UtcDateTime
from trading.models.columns import Digest, Id, Moment, Short, UserId


class PersonKey(Base):
    """A signing key of a person 签名公钥, as ``key.registered`` of ``@log`` tells it; in force until the next one.

    ``person`` is the id under which the person signs (:attr:`trading.models.user.User.signer`); ``role`` the word of
    trust.md §8.7.
    """

    __tablename__ = "person_key"
    __table_args__ = (Index(None, "person", "registered_at"),)

    id: Mapped[Id]
    person: Mapped[Short]
    role: Mapped[Short]
    public: Mapped[Digest] = mapped_column(unique=True)
    user_id: Mapped[UserId]
    registered_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class OfficerRecipient(Base):
    """The age recipient of an opening officer 开标公钥, as ``officer.key`` tells it; the newest is in force."""

    __tablename__ = "officer_recipient"
    __table_args__ = (Index(None, "person", "registered_at"),)

    id: Mapped[Id]
    person: Mapped[Short]
    recipient: Mapped[str] = mapped_column(String(80), unique=True)
    user_id: Mapped[UserId]
    registered_at: Mapped[Moment]


class OpeningOfficer(Base):
    """The appointment of an opening officer to a lot 开标密钥持有人任命: his place in a group and its threshold."""

    __tablename__ = "opening_officer"
    __table_args__ = (Index("uq_opening_officer_lot_user", "lot_id", "user_id", unique=True),)

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), index=True)
    group: Mapped[int] = mapped_column("group_number")
    place: Mapped[int]
    threshold: Mapped[int]
    user_id: Mapped[UserId]
    appointed_at: Mapped[Moment]
    trial: Mapped[str | None] = mapped_column(String(64), default=None)
    rehearsed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class OpeningShare(Base):
    """One share of one envelope as its officer handed it in 开标密钥分片, or why he could not."""

    __tablename__ = "opening_share"
    __table_args__ = (Index("uq_opening_share_bid_officer", "bid_id", "officer_id", unique=True),)

    id: Mapped[Id]
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), index=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("opening_officer.id"))
    value: Mapped[str | None] = mapped_column(String(64), default=None)
    fault: Mapped[Short | None] = mapped_column(default=None)
    handed_at: Mapped[Moment]


class Upload(Base):
    """A ciphertext on its way 上传中的密文: bytes under their hash; decides nothing (trust.md B.4)."""

    __tablename__ = "upload"
    __table_args__ = (Index("uq_upload_sha256_organization", "sha256", "organization_id", unique=True),)

    id: Mapped[Id]
    sha256: Mapped[Digest]
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), index=True)
    total: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[Moment]
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
