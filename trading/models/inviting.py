"""Whom an invited tender invites 邀请招标受邀人: the list, the draw from it where the law says, each one invited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import SupplierSource
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Digest, Id, LotId, Moment, OrganizationId, Prose, UserId
from trading.models.organization import Organization


class InviteeList(Base):
    """The list from which is invited: named by the owner in works, drawn from in procurement (R04.C3).

    ``digest`` stands in the record before anything is drawn, over the salted list; ``leaf`` is that entry's own, and
    with the public ``dice`` it gives the order of the draw. ``source`` is None where the owner named the invitees.
    """

    __tablename__ = "invitee_list"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    source: Mapped[SupplierSource | None] = mapped_column(CodeType(SupplierSource), default=None)
    reasons: Mapped[Prose] = mapped_column(default="")
    invites: Mapped[int]
    by_owner: Mapped[int] = mapped_column(default=0)
    salt: Mapped[Digest]
    digest: Mapped[Digest]
    listed_at: Mapped[Moment]
    listed_by_id: Mapped[UserId]
    leaf: Mapped[Digest | None] = mapped_column(default=None)
    dice: Mapped[str | None] = mapped_column(default=None)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    drawn_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    witnessed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    witnessed_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)


class Invitee(Base):
    """One of the list; ``invited`` once he is to get the letter. Sealed from the others until the opening."""

    __tablename__ = "invitee"
    __table_args__ = (UniqueConstraint("lot_id", "organization_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    organization_id: Mapped[OrganizationId]
    invited: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
