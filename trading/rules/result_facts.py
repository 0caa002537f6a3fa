"""Facts from the publicity on 结果与履约案情: award, contract, stops, archive; and of live bidding and credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trading.codelists import (
    AppraisalMeasure,
    ComplaintOutcome,
    ComplaintRefusal,
    FailureGround,
    ObjectionTarget,
    Role,
    Severity,
    SuspensionGround,
    TerminationGround,
)


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
    """The award; ``winner_barred`` where no bid tells it: the buyer of a deal."""

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
    winner_barred: bool | None = None
    void: bool | None = None
    void_remedied: bool | None = None


@dataclass(frozen=True)
class ChangeFacts:
    """One contract change."""

    amount: Decimal
    reason: str
    approver: str | None
    approved_at: datetime | None
    touches_scope: bool
    terms_unchanged: bool | None = None


@dataclass(frozen=True)
class PaymentFacts:
    """One payment."""

    amount: Decimal
    delivered_on: date
    paid_on: date


@dataclass(frozen=True)
class SubcontractFacts:
    """One subcontract: what it is of, and whose wish it was."""

    name: str
    main_part: bool
    announced_or_consented: bool
    by_subcontractor: bool
    named_by_owner: bool


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
    published_on: date | None = None
    transferred: bool | None = None
    subcontracts: tuple[SubcontractFacts, ...] | None = None


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
class DisclosedFacts:
    """Something that is to be public: when it was formed, when it was published; ``decision``: licence or penalty."""

    name: str
    name_en: str
    formed_on: date
    published_on: date | None = None
    decision: bool = False


@dataclass(frozen=True)
class ArchiveFacts:
    """The file of the lot.

    ``invalid_signatures`` are the papers whose electronic signature does not hold; ``datasets_due`` and ``_sent`` those
    of the national data standard.
    """

    missing: tuple[str, ...] | None = None
    chain_intact: bool | None = None
    kept_until: date | None = None
    contracted_on: date | None = None
    performed_on: date | None = None
    archived_on: date | None = None
    invalid_signatures: tuple[str, ...] | None = None
    disclosed: tuple[DisclosedFacts, ...] | None = None
    datasets_due: tuple[str, ...] | None = None
    datasets_sent: tuple[str, ...] | None = None


@dataclass(frozen=True)
class OfferFacts:
    """One offer in live bidding, in the order of the record."""

    bidder: str
    amount: Decimal
    at: datetime
    withdrawn: bool = False


@dataclass(frozen=True)
class BiddingFacts:
    """A listing, auction or net bidding of something disposed of (R13).

    ``pending``: what comes of it is still open, as bidding goes on, a right of priority may be used or the reserve is
    sealed; ``matched_by`` is who matched the highest offer by such a right, whose matching is none of the ``offers``.
    ``reserve_void``: the sealed envelope held no reserve.
    """

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
    pending: bool = False
    matched_by: str | None = None
    reserve_void: bool = False


@dataclass(frozen=True)
class ReplyFacts:
    """What a respondent was asked for under a complaint, and when he answered."""

    asked_on: date
    replied_on: date | None = None


@dataclass(frozen=True)
class ProcurementComplaintFacts:
    """What the procurement rules ask of a complaint beyond the others (R18.C7)."""

    answer_ended_on: date | None = None
    within_challenge: bool | None = None
    examined_on: date | None = None
    forwarded_on: date | None = None
    listed: bool | None = None
    barred_months: int | None = None


@dataclass(frozen=True)
class ComplaintFacts:
    """One complaint; ``answer_days`` are the days that the answer to the prior objection took.

    ``suspension_ordered`` with its begin and end is the order made for this complaint; ``named_in`` are the texts told
    to others in which the complainant can be recognised; ``unfounded_before`` counts the complainant's unfounded
    complaints of the last twelve months, this one included.
    """

    id: str
    target: ObjectionTarget
    known_on: date | None = None
    lodged_on: date | None = None
    answer_days: int | None = None
    prior_objection: bool | None = None
    admitted_on: date | None = None
    decided_on: date | None = None
    excluded_working_days: int = 0
    refused_on: date | None = None
    refusal: ComplaintRefusal | None = None
    withdrawn_on: date | None = None
    interested: bool | None = None
    concrete: bool | None = None
    named_and_signed: bool | None = None
    suspension_ordered: bool | None = None
    suspended_at: datetime | None = None
    suspension_ended_at: datetime | None = None
    outcome: ComplaintOutcome | None = None
    fabricated: bool | None = None
    unfounded_before: int | None = None
    told_on: date | None = None
    published_on: date | None = None
    named_in: tuple[str, ...] | None = None
    replies: tuple[ReplyFacts, ...] = ()
    procurement: ProcurementComplaintFacts | None = None


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


@dataclass(frozen=True)
class OrderFacts:
    """One supervision order: until when it is to be answered, and whether it was answered and closed."""

    id: str
    addressee: Role
    issued_on: date
    due_on: date
    replied_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True)
class AppraisalFacts:
    """One measure against an expert: the decision, its publication, its notice to the pool's owner (R18.C12)."""

    expert: str
    act: str
    measure: AppraisalMeasure
    decision_number: str
    decided_on: date | None
    published_on: date | None = None
    sent_to_pool_on: date | None = None
    instead_of_penalty: bool | None = None


@dataclass(frozen=True)
class PledgeFacts:
    """The integrity pledges of a lot: whose is missing (as far as they may be named), and what the measures do."""

    missing: tuple[str, ...] | None = None
    signed: int = 0
    measures_bar_the_market: bool | None = None
