"""Facts of a sale, letting or grant from the first taker to the delivery 处置成交与交割案情; ``None`` = not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trading.codelists import Code


class LandUse(Code):
    """What granted land is used for; the longest term hangs on it (TCR 12)."""

    RESIDENTIAL = "residential", "居住用地", "Residential"
    INDUSTRIAL = "industrial", "工业用地", "Industrial"
    CULTURAL = "cultural", "教育、科技、文化、卫生、体育用地", "Education, science, culture, health, sports"
    COMMERCIAL = "commercial", "商业、旅游、娱乐用地", "Commerce, tourism, recreation"
    MIXED = "mixed", "综合或者其他用地", "Mixed or other"


@dataclass(frozen=True)
class EntrantFacts:
    """One who asks to be let into the bidding; ``deposit`` is what arrived of his deposit, ``deposit_at`` the last."""

    bidder: str
    applied_at: datetime | None = None
    deposit: Decimal | None = None
    deposit_at: datetime | None = None
    qualified: bool | None = None


@dataclass(frozen=True)
class InsiderFacts:
    """A manager of the seller, or a relative of one, who wants to buy."""

    name: str
    equal_terms: bool | None = None
    prepared_the_sale: bool | None = None


@dataclass(frozen=True)
class SaleFacts:
    """How a disposal came to its deal; ``insiders`` and ``buyer_limits`` empty: there are none.

    ``composite_best`` is the bidder that the published composite evaluation puts first, where there is one;
    ``confirmation_missing`` are those who did not sign the deal confirmation or its record.
    """

    still_wanting: bool | None = None
    went_on_to_bidding: bool | None = None
    takers: int | None = None
    buyer_limits: tuple[str, ...] | None = None
    limits_by_law: bool | None = None
    limits_filed: bool | None = None
    cut_off: datetime | None = None
    entrants: tuple[EntrantFacts, ...] | None = None
    entrants_sealed: bool | None = None
    confirmation_signed_on: date | None = None
    confirmation_missing: tuple[str, ...] | None = None
    commission_agreed: bool | None = None
    commissions: tuple[Decimal, ...] | None = None
    insiders: tuple[InsiderFacts, ...] | None = None
    collusion_found: bool | None = None
    deal_void: bool | None = None
    by_composite: bool | None = None
    composite_best: str | None = None


@dataclass(frozen=True)
class PriorityFacts:
    """A right to buy or rent first on equal terms; ``matched`` = exercised in the room at the highest price, or waived.

    ``told_on`` is the day on which the sitting lessee of a house was told of its sale.
    """

    exists: bool | None = None
    stated: bool | None = None
    matched: bool | None = None
    leased_house: bool | None = None
    told_on: date | None = None


@dataclass(frozen=True)
class TenancyFacts:
    """What is let or granted, and for how long: from ``since`` to ``until``, ``until`` not included."""

    lease: bool | None = None
    since: date | None = None
    until: date | None = None
    in_writing: bool | None = None
    land_use: LandUse | None = None
    farmland: bool | None = None
    agricultural_use_kept: bool | None = None


@dataclass(frozen=True)
class SaleResultFacts:
    """The publication of a disposal's result, until ``until`` (its last day); ``deal_on`` is the day of the event."""

    deal_on: date | None = None
    published_on: date | None = None
    until: date | None = None
    village_board_on: date | None = None


@dataclass(frozen=True)
class RelistingFacts:
    """A disposal that found no taker and is listed again."""

    relisted: bool | None = None
    same_terms: bool | None = None
    reserve_lowered: bool | None = None
    lowering_approved: bool | None = None
    full_new_notice: bool | None = None


@dataclass(frozen=True)
class InstalmentFacts:
    """A part of the price that was paid."""

    amount: Decimal
    paid_on: date


@dataclass(frozen=True)
class DeliveryFacts:
    """What follows a deal: contract, price, delivery, income; ``instalments_agreed``: not paid at once.

    ``contract_by`` is the day named in the deal confirmation, ``plan_term_until`` the one that the plan agrees for the
    whole price; ``income_received_on`` and ``income_paid_on``: when the seller had it, when the treasury or village.
    """

    deal_on: date | None = None
    contract_by: date | None = None
    effective_on: date | None = None
    price: Decimal | None = None
    paid: tuple[InstalmentFacts, ...] | None = None
    plan_term_until: date | None = None
    instalments_agreed: bool | None = None
    rest_secured: bool | None = None
    interest_agreed: bool | None = None
    delivered_on: date | None = None
    registered_on: date | None = None
    income_received_on: date | None = None
    income_paid_on: date | None = None
    leased_to_business: bool | None = None
    filed_with_contract_giver: bool | None = None
    use_kept: bool | None = None
