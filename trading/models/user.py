"""Accounts 账户: who may log in, in which role, for whom; their sessions, attempts and inbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import Role
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Id, Moment, Prose, Short, Word
from trading.models.organization import Organization


class User(Base):
    """One person in one role: whoever has two functions has two accounts (rulebook 0.6, trust 8.7)."""

    __tablename__ = "user_account"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Word]
    person: Mapped[Short] = mapped_column(index=True)
    role: Mapped[Role] = mapped_column(CodeType(Role))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True, default=None)
    expert_id: Mapped[str | None] = mapped_column(ForeignKey("expert.id"), unique=True, default=None)
    password: Mapped[Word]
    password_is_temporary: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    organization: Mapped[Organization | None] = relationship(lazy="joined")

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Flask-Login: a disabled account is not logged in."""
        return self.active

    @property
    def actor(self) -> str:
        """The person id under which the ledger knows this account, e.g. ``bidder-3f2a…``."""
        return f"{self.role.value.replace('_', '-')}-{self.id[:12]}"

    @property
    def signer(self) -> str:
        """The person id under which this account signs: a bidder's accounts sign as their company (trust.md §8.7)."""
        if self.role is Role.BIDDER and self.organization is not None:
            return self.organization.bidder
        return self.actor

    @property
    def signing_role(self) -> str:
        """The role of its signing key, in the words of trust.md §8.7."""
        return "officer" if self.role is Role.OPENING_OFFICER else self.role.value

    def get_id(self) -> str:
        """Flask-Login: the identity kept in the session; a new epoch logs out everywhere."""
        return f"{self.id}.{self.session_epoch}"


class LoginAttempt(Base):
    """A failed login, for throttling by account and by address."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_login_at", "login", "at"),
        Index("ix_login_attempt_address_at", "address", "at"),
    )

    id: Mapped[Id]
    login: Mapped[Short]
    address: Mapped[Short]
    at: Mapped[Moment]


class Message(Base):
    """One delivery to the inbox of a person or of an organisation, with the time it was read."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_user_delivered", "user_id", "delivered_at"),
        Index("ix_message_org_delivered", "organization_id", "delivered_at"),
    )

    id: Mapped[Id]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), default=None)
    contact: Mapped[Word | None] = mapped_column(default=None)
    lot_id: Mapped[str | None] = mapped_column(ForeignKey("lot.id"), index=True, default=None)
    subject_zh: Mapped[Word]
    subject_en: Mapped[Word]
    text_zh: Mapped[Prose]
    text_en: Mapped[Prose]
    delivered_at: Mapped[Moment]
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    read_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
