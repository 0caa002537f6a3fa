"""Experts 评标专家, draws 抽取 and committees 评标委员会."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trading.codelists import Pool
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Digest, Id, LotId, Moment, Prose, Short, UserId, Word


class Expert(Base):
    """A person of the provincial pool, as in the imported extract, or admitted to the county's list (R11.C8)."""

    __tablename__ = "expert"

    id: Mapped[Id]
    pool_number: Mapped[Short] = mapped_column(unique=True)
    pool: Mapped[Pool] = mapped_column(CodeType(Pool), default=Pool.PROVINCIAL)
    name: Mapped[Word]
    identity_number: Mapped[Short]
    phone: Mapped[Short] = mapped_column(default="")
    employer: Mapped[Word]
    employer_uscc: Mapped[str] = mapped_column(String(18))
    specialties: Mapped[list[Any]] = mapped_column(JSON, default=list)
    title: Mapped[Word]
    senior_title: Mapped[bool]
    years_in_field: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    suspended_until: Mapped[date | None] = mapped_column(default=None)
    authority_staff: Mapped[bool] = mapped_column(default=False)
    punished: Mapped[bool] = mapped_column(default=False)
    employment_history: Mapped[list[Any]] = mapped_column(JSON, default=list)
    relatives: Mapped[list[Any]] = mapped_column(JSON, default=list)
    interests: Mapped[list[Any]] = mapped_column(JSON, default=list)
    imported_at: Mapped[Moment]
    removed_on: Mapped[date | None] = mapped_column(default=None)


class Draw(Base):
    """One draw of a lot by ptdraw/1; names stay sealed until their time (R11.C13)."""

    __tablename__ = "draw"
    __table_args__ = (UniqueConstraint("lot_id", "number"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(90), unique=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[Pool] = mapped_column(CodeType(Pool), default=Pool.PROVINCIAL)
    committee_size: Mapped[int]
    representatives: Mapped[list[Any]] = mapped_column(JSON, default=list)
    evaluation_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    complex: Mapped[bool | None] = mapped_column(default=None)
    wide_effect: Mapped[bool | None] = mapped_column(default=None)
    pool: Mapped[list[Any]] = mapped_column(JSON, default=list)
    pool_root: Mapped[Digest | None] = mapped_column(default=None)
    members: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    commits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    exclusions: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    exclusions_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    exclusions_confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    dice: Mapped[str | None] = mapped_column(String(20), default=None)
    dice_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    dice_witnesses: Mapped[list[Any]] = mapped_column(JSON, default=list)
    dice_recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    exclusion_signatures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    beacon: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    escrow_shares: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reveals: Mapped[list[Any]] = mapped_column(JSON, default=list)
    results: Mapped[list[Any]] = mapped_column(JSON, default=list)
    seeds: Mapped[list[Any]] = mapped_column(JSON, default=list)
    shortage: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    aborted_reason: Mapped[Prose | None] = mapped_column(default=None)
    created_at: Mapped[Moment]
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Invitation(Base):
    """A drawn seat offered to an expert: accepted, or refused by a closed list of reasons."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("draw_id", "expert_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    draw_id: Mapped[str] = mapped_column(ForeignKey("draw.id"), index=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), index=True)
    leaf_id: Mapped[str] = mapped_column(String(32))
    stratum: Mapped[Short]
    round: Mapped[int]
    invited_at: Mapped[Moment]
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    declared_no_conflict: Mapped[bool | None] = mapped_column(default=None)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    refusal_code: Mapped[Short | None] = mapped_column(default=None)
    refusal_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), default=None)
    refused_after_round: Mapped[int | None] = mapped_column(default=None)
    call_record: Mapped[Prose | None] = mapped_column(default=None)
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    expert: Mapped[Expert] = relationship(lazy="joined", innerjoin=True)


class Member(Base):
    """One seat of the committee: a drawn expert, or the owner's representative."""

    __tablename__ = "committee_member"
    __table_args__ = (UniqueConstraint("lot_id", "user_id"),)

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    expert_id: Mapped[str | None] = mapped_column(ForeignKey("expert.id"), index=True, default=None)
    name: Mapped[Word]
    employer_uscc: Mapped[str] = mapped_column(String(18), default="")
    is_chair: Mapped[bool] = mapped_column(default=False)
    seated_at: Mapped[Moment]
    sheet_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    sheet: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    opinion: Mapped[Short | None] = mapped_column(default=None)
    dissent: Mapped[Prose | None] = mapped_column(default=None)
    more_time_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class RejectionMotion(Base):
    """A member's motion to reject a bid on a ground of the closed list, and the votes on it (R12.C3, R12.C17)."""

    __tablename__ = "rejection_motion"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), index=True)
    clause: Mapped[Short]
    reason: Mapped[Prose]
    moved_by_id: Mapped[str] = mapped_column(ForeignKey("committee_member.id"), index=True)
    moved_at: Mapped[Moment]
    votes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    carried: Mapped[bool | None] = mapped_column(default=None)


class Evaluation(Base):
    """The committee's report of a lot: ranking, rejections, reasons (R12)."""

    __tablename__ = "evaluation"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    drafted_at: Mapped[Moment]
    drafted_by_id: Mapped[UserId]
    ranking: Mapped[list[Any]] = mapped_column(JSON, default=list)
    candidates: Mapped[list[Any]] = mapped_column(JSON, default=list)
    flags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    competition_reason: Mapped[Prose | None] = mapped_column(default=None)
    fatal_defect: Mapped[bool] = mapped_column(default=False)
    tie_break: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    digest: Mapped[Digest]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
