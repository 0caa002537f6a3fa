"""Facts from the publicity on 结果与履约案情: award, contract, stops, archive; and of live bidding and credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trading.codelists import FailureGround, ObjectionTarget, Severity, SuspensionGround, TerminationGround


@dataclass(frozen=True)
class PublicityFacts:
    """The publicity of the candidates."""

    report_received_at: datetime | None = None
    started_at: datetime | None = None
    ends_at: datetime | None = None
    ends_day: date | None = None
    missing_contents: tuple[str, ...] | None = None
    examined: bool | None = None
    scores_open: bool | None = None


@dataclass(frozen=True)
class AwardFacts:
    """The award."""

    winner: str | None = None
    winner_rank: int | None = None
    skip_reason: str | None = None
    in_candidates: bool | None = None
    price: Decimal | None = None
    price_at_opening: Decimal | None = None
    confirmed_at: datetime | None = None
    notified_at: datetime | None = None
    all_told_at_once: bool | None = None
    reported_at: datetime | None = None
    negotiated: bool | None = None
    winner_changed: bool | None = None
    reexamined: bool | None = None
    compliance_recorded_at: datetime | None = None
    savings_frozen: bool | None = None
    number: str | None = None
    suspended_by_complaint: bool | None = None


@dataclass(frozen=True)
class ChangeFacts:
    """One contract change."""

    amount: Decimal
    reason: str
    approver: str | None
    approved_at: datetime | None
    touches_scope: bool


@dataclass(frozen=True)
class PaymentFacts:
    """One payment."""

    amount: Decimal
    delivered_on: date
    paid_on: date


@dataclass(frozen=True)
class ContractFacts:
    """The contract and its performance.

    Once the price is known the contract is drawn up: then a ``performance_bond`` or ``retention_percent`` of None means
    that it agrees none.
    """

    price: Decimal | None = None
    signed_on: date | None = None
    filed_at: datetime | None = None
    differences: tuple[str, ...] | None = None
    performance_bond: Decimal | None = None
    payment_guarantee: bool | None = None
    retention_percent: Decimal | None = None
    changes: tuple[ChangeFacts, ...] = ()
    payments: tuple[PaymentFacts, ...] = ()
    accepted_on: date | None = None
    completion_filed_on: date | None = None
    settlement: Decimal | None = None
    manager_on_site: bool | None = None
    rated: bool | None = None
    contractor: str | None = None


@dataclass(frozen=True)
class StopFacts:
    """Suspension, termination, failure, retender."""

    ground: SuspensionGround | None = None
    ground_over: bool | None = None
    termination_ground: TerminationGround | None = None
    failure_ground: FailureGround | None = None
    cause_recorded: bool | None = None
    remedy_recorded: bool | None = None
    reason: str | None = None
    previous_code: str | None = None
    notified_all: bool | None = None
    refunds_set: bool | None = None
    time_kept: bool | None = None
    idle_days: int | None = None
    days_since_reminder: int | None = None
    failed_attempts: int | None = None


@dataclass(frozen=True)
class ArchiveFacts:
    """The file of the lot."""

    missing: tuple[str, ...] | None = None
    chain_intact: bool | None = None
    kept_until: date | None = None
    contracted_on: date | None = None
    performed_on: date | None = None
    archived_on: date | None = None


@dataclass(frozen=True)
class OfferFacts:
    """One offer in live bidding, in the order of the record."""

    bidder: str
    amount: Decimal
    at: datetime
    withdrawn: bool = False


@dataclass(frozen=True)
class BiddingFacts:
    """A listing, auction or net bidding of something disposed of (R13)."""

    listed_on: date | None = None
    listed_until: date | None = None
    bidders: int | None = None
    reserve: Decimal | None = None
    increment: Decimal | None = None
    offers: tuple[OfferFacts, ...] | None = None
    planned_end: datetime | None = None
    ended_at: datetime | None = None
    winner: str | None = None
    price: Decimal | None = None


@dataclass(frozen=True)
class ComplaintFacts:
    """One complaint; ``answer_days`` are the days that the answer to the prior objection took."""

    id: str
    target: ObjectionTarget
    known_on: date | None = None
    lodged_on: date | None = None
    answer_days: int | None = None
    prior_objection: bool | None = None
    admitted_on: date | None = None
    decided_on: date | None = None
    excluded_working_days: int = 0


@dataclass(frozen=True)
class CreditFacts:
    """One entry of the credit record: a formal decision and the bar it carries."""

    organization: str
    act: str
    basis: str
    organ: str
    decided_on: date | None
    barred_from: date | None = None
    barred_until: date | None = None


@dataclass(frozen=True)
class AlarmFacts:
    """One alarm: ``level`` is 0 for the supervisor's own desk, 1 once it was carried up for its age."""

    id: str
    severity: Severity
    raised_at: datetime
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    level: int = 0
