"""What an owner declares before a notice 交易前提: plans, the vote of a village, what another method rests on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trading.codelists import Method
from trading.models.base import Base, CodeType, UtcDateTime
from trading.models.columns import Day, Id, LotId, Moment, OrganizationId, Prose, Rows, Short, UserId, Word, Yuan


class ProcurementPlan(Base):
    """The plan and budget of a government procurement (R01.C8–C9, R02.C4–C5, R03)."""

    __tablename__ = "procurement_plan"

    id: Mapped[Id]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), unique=True)
    plan_number: Mapped[Short]
    plan_filed_on: Mapped[date]
    approved_budget: Mapped[Yuan]
    budget_item: Mapped[Word]
    budget_changed: Mapped[bool]
    intention_published_on: Mapped[date | None] = mapped_column(default=None)
    demand_clear: Mapped[bool]
    needs_survey_on: Mapped[date | None] = mapped_column(default=None)
    standard_goods: Mapped[bool]
    price_fixed_by_state: Mapped[bool]
    imported: Mapped[bool]
    domestic_competes: Mapped[bool]
    sme_reserved_percent: Mapped[int | None] = mapped_column(default=None)


class DisposalPlan(Base):
    """Who decided on a disposal, how it goes, and what the object is worth (R02.C6–C9, R06).

    ``method`` is that of the approved plan. The amount of the valuation is the estimate of each lot; ``least_price`` is
    the least price of the place for land, yuan; ``area`` in square metres, ``term_years`` the years of a grant.
    """

    __tablename__ = "disposal_plan"

    id: Mapped[Id]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), unique=True)
    method: Mapped[Method] = mapped_column(CodeType(Method))
    title_certificate: Mapped[Word | None] = mapped_column(default=None)
    charges: Mapped[Prose | None] = mapped_column(default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    needs_valuation: Mapped[bool] = mapped_column(default=True)
    valuer: Mapped[Word | None] = mapped_column(default=None)
    valuation_base: Mapped[date | None] = mapped_column(default=None)
    valuation_filed: Mapped[Word | None] = mapped_column(default=None)
    gives_up_control: Mapped[bool | None] = mapped_column(default=None)
    government_approval: Mapped[Word | None] = mapped_column(default=None)
    land_use: Mapped[Word | None] = mapped_column(default=None)
    area: Mapped[Word | None] = mapped_column(default=None)
    plot_ratio: Mapped[Word | None] = mapped_column(default=None)
    term_years: Mapped[int | None] = mapped_column(default=None)
    least_price: Mapped[Yuan | None] = mapped_column(default=None)


class VillageVote(Base):
    """The vote of a village on what it disposes of, and who else was asked (R02.C10–C12, R06.C11)."""

    __tablename__ = "village_vote"

    id: Mapped[Id]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), unique=True)
    by_delegates: Mapped[bool]
    entitled: Mapped[int]
    attended: Mapped[int]
    agreed: Mapped[int]
    reserve_agreed: Mapped[int]
    called_on: Mapped[date]
    met_on: Mapped[date]
    land_to_outsiders: Mapped[bool]
    township_approval: Mapped[Word | None] = mapped_column(default=None)
    construction_land: Mapped[bool]
    plan_filed_on: Mapped[date | None] = mapped_column(default=None)
    government_objected: Mapped[bool | None] = mapped_column(default=None)
    government_answered_on: Mapped[date | None] = mapped_column(default=None)
    valuation_published_on: Mapped[date | None] = mapped_column(default=None)


class MethodBasis(Base):
    """On what a method rests that is not the default: its ground, and what the law wants told of it (R05).

    ``original_contract`` and ``added`` in yuan: what is bought more from an original supplier, in total.
    ``changes_after_failure``: the method changes after a tender failed, on a statement about its documents.
    """

    __tablename__ = "method_basis"

    id: Mapped[Id]
    lot_id: Mapped[str] = mapped_column(ForeignKey("lot.id"), unique=True)
    method: Mapped[Method] = mapped_column(CodeType(Method))
    ground: Mapped[Short] = mapped_column(default="")
    reasons: Mapped[Prose] = mapped_column(default="")
    given_at: Mapped[Moment]
    original_contract: Mapped[Yuan | None] = mapped_column(default=None)
    added: Mapped[Yuan | None] = mapped_column(default=None)
    emergency: Mapped[bool | None] = mapped_column(default=None)
    changes_after_failure: Mapped[bool | None] = mapped_column(default=None)
    committee_statement: Mapped[bool | None] = mapped_column(default=None)
    experts_stating: Mapped[int | None] = mapped_column(default=None)
    notice_proved: Mapped[bool | None] = mapped_column(default=None)
    challenges_told: Mapped[bool | None] = mapped_column(default=None)
    reasons_published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class SoleSourceNotice(Base):
    """The notice that a sole supplier is to be bought from, before the approval is asked for (R05.C3, D74 38-40).

    ``experts`` are rows of name, unit and title; ``until`` is the last day of the notice.
    """

    __tablename__ = "sole_source_notice"

    id: Mapped[Id]
    lot_id: Mapped[LotId]
    subject: Mapped[Prose]
    description: Mapped[Prose]
    reasons: Mapped[Prose]
    supplier: Mapped[Word]
    supplier_address: Mapped[Word]
    opinion: Mapped[Prose]
    experts: Mapped[Rows]
    contacts: Mapped[Prose]
    published_at: Mapped[Moment]
    until: Mapped[Day]
    reasoning: Mapped[Prose | None] = mapped_column(default=None)
    reasoned_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    upheld: Mapped[bool | None] = mapped_column(default=None)


class SoleSourceObjection(Base):
    """What a supplier says against the notice of a sole source, in writing, while it stands."""

    __tablename__ = "sole_source_objection"

    id: Mapped[Id]
    notice_id: Mapped[str] = mapped_column(ForeignKey("sole_source_notice.id"), index=True)
    organization_id: Mapped[OrganizationId]
    raised_by_id: Mapped[UserId]
    text: Mapped[Prose]
    raised_at: Mapped[Moment]
