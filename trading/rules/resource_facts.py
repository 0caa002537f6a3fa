"""Facts of procurement and of disposals before the notice 采购与处置案情: plan, approvals, valuation, votes, prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class ProcurementFacts:
    """A government procurement before its notice: its plan and budget, what its documents ask, whom it invites."""

    plan_filed_on: date | None = None
    intention_published_on: date | None = None
    approved_budget: Decimal | None = None
    budget_changed: bool | None = None
    demand_clear: bool | None = None
    needs_survey_on: date | None = None
    imported: bool | None = None
    price_weight: Decimal | None = None
    price_fixed_by_state: bool | None = None
    standard_goods: bool | None = None
    sme_deduction: Decimal | None = None
    sme_score_bonus: Decimal | None = None
    domestic_competes: bool | None = None
    domestic_deduction: Decimal | None = None
    can_pay_more: bool | None = None
    invitees_by_lot: bool | None = None
    invited_by_prequalification: bool | None = None
    listed_suppliers: int | None = None
    staff_watching: int | None = None
    invitation_recorded: bool | None = None
    suppliers: int | None = None
    two_suffice: str | None = None
    recommended: int | None = None
    recommended_by_owner: int | None = None


@dataclass(frozen=True)
class SingleSourceFacts:
    """A purchase from one supplier: the notice before the request, what was objected, what is added to a contract."""

    sole_supplier: bool | None = None
    notice_from: date | None = None
    notice_until: date | None = None
    notice_missing: tuple[str, ...] | None = None
    requested_on: date | None = None
    objected: bool | None = None
    reasoned_on: date | None = None
    from_original: bool | None = None
    original_contract: Decimal | None = None
    added: Decimal | None = None
    emergency: bool | None = None


@dataclass(frozen=True)
class FailedTenderFacts:
    """What a change of method after a failed procurement tender rests on."""

    changes_after_failure: bool | None = None
    committee_statement: bool | None = None
    experts_stating: int | None = None
    notice_proved: bool | None = None
    challenges_told: bool | None = None


@dataclass(frozen=True)
class DisposalFacts:
    """A disposal: who decided and approved it, what it is worth, and its reserve price."""

    plan_approved: bool | None = None
    planning_conditions: bool | None = None
    price_assessed: bool | None = None
    collective_decision: bool | None = None
    funder_decided: bool | None = None
    gives_up_control: bool | None = None
    government_approved: bool | None = None
    valuation_filed: bool | None = None
    needs_valuation: bool | None = None
    approved: bool | None = None
    valuation: Decimal | None = None
    valuation_base: date | None = None
    first_listing: bool | None = None
    listing_price: Decimal | None = None
    consent_to_price: bool | None = None
    first_disclosed_on: date | None = None
    begun_anew: bool | None = None
    reserve: Decimal | None = None
    reserve_collective: bool | None = None
    least_price: Decimal | None = None
    without_reserve: bool | None = None
    announced_without_reserve: bool | None = None
    highest_bid: Decimal | None = None
    stopped_below_reserve: bool | None = None


@dataclass(frozen=True)
class VillageFacts:
    """A village asset: the vote, the township and the government that it takes, the reserve before the members."""

    by_delegates: bool | None = None
    entitled: int | None = None
    attended: int | None = None
    agreed: int | None = None
    called_on: date | None = None
    met_on: date | None = None
    land_to_outsiders: bool | None = None
    township_approved: bool | None = None
    construction_land: bool | None = None
    plan_filed_on: date | None = None
    government_answered_on: date | None = None
    government_objected: bool | None = None
    reserve_agreed: int | None = None
    valuation_published_on: date | None = None


@dataclass(frozen=True)
class SealedPriceFacts:
    """Prices that nobody may read before their hour: the owner's base price 标底, or the reserve of a disposal.

    ``reads`` are the readings on record; ``kept_here`` whether the vault holds the price, so that they are all of them.
    """

    count: int | None = None
    opens_at: datetime | None = None
    kept_here: bool | None = None
    reads: tuple[datetime, ...] | None = None
    reads_logged: bool | None = None
