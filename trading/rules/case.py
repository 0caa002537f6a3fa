"""The facts a rule may look at 案情: plain data, ``None`` = not known; filled from records by workflow/facts.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from trading.codelists import (
    BondForm,
    Category,
    EvaluationMethod,
    FailureGround,
    FilingAnswer,
    Method,
    ObjectionTarget,
    ProjectType,
    Status,
    SuspensionGround,
    TerminationGround,
)
from trading.steps import Step
from trading.values import Values
from trading.working_days import Calendar


@dataclass(frozen=True)
class ProjectFacts:
    """The project and its owner."""

    type: ProjectType | None = None
    owner_uscc: str | None = None
    agency_usccs: tuple[str, ...] = ()
    approval_number: str | None = None
    approval_date: date | None = None
    investment_code: str | None = None
    estimate_total: Decimal | None = None
    feasibility_total: Decimal | None = None
    lots_estimate_total: Decimal | None = None
    state_controlled: bool | None = None
    foreign_loan: bool | None = None
    listed_infrastructure: bool | None = None
    public_share: Decimal | None = None
    public_funds: Decimal | None = None
    funding_source: str | None = None
    funds_in_place: bool | None = None
    contractor_prefinancing: bool | None = None


@dataclass(frozen=True)
class SiblingLot:
    """A lot of the same owner that may be a part of the same purchase (splitting)."""

    code: str
    same_project: bool
    category: Category
    estimate: Decimal
    registered_on: date
    mandatory_path: bool


@dataclass(frozen=True)
class LotFacts:
    """The lot itself."""

    code: str | None = None
    trading_code: str | None = None
    trading_code_unique: bool | None = None
    attempt: int = 1
    category: Category | None = None
    estimate: Decimal | None = None
    budget: Decimal | None = None
    status: Status | None = None
    submitted_at: datetime | None = None
    registered_at: datetime | None = None
    refusal_reason: str | None = None
    object_clear: bool | None = None
    siblings: tuple[SiblingLot, ...] = ()
    open_alarms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Factor:
    """One factor of a comprehensive evaluation."""

    code: str
    points: Decimal
    kind: str
    quantified: bool


@dataclass(frozen=True)
class TermsFacts:
    """What the tender documents say."""

    qualification: str | None = None
    consortium_allowed: bool | None = None
    duration_days: int | None = None
    ceiling: Decimal | None = None
    ceiling_set_at: datetime | None = None
    ceiling_published: Decimal | None = None
    minimum_price: Decimal | None = None
    bond: Decimal | None = None
    performance_bond_percent: Decimal | None = None
    bid_validity_days: int | None = None
    evaluation_method: EvaluationMethod | None = None
    factors: tuple[Factor, ...] = ()
    rejection_clauses: str | None = None
    payment_days: int | None = None
    objection_contact: str | None = None
    standard_text: bool | None = None
    contract_draft: bool | None = None
    competition_reviewer: str | None = None
    competition_verdict: str | None = None
    documents_digest: str | None = None
    filed_digest: str | None = None
    changed_outside_clarification: bool | None = None


@dataclass(frozen=True)
class FilingFacts:
    """The filing and its answer."""

    submitted_at: datetime | None = None
    answer_due_at: datetime | None = None
    answer: FilingAnswer | None = None
    reason: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class MethodFacts:
    """The method proposed, chosen and, if exceptional, approved."""

    proposed: Method | None = None
    chosen: Method | None = None
    allowed: tuple[Method, ...] = ()
    mandatory: bool | None = None
    runs: bool | None = None
    refusal_zh: str = ""
    refusal_en: str = ""
    ground: str | None = None
    ground_statutory: bool | None = None
    evidence_attached: bool | None = None
    reasons_published: bool | None = None
    approved: bool | None = None
    decision_number: str | None = None
    decided_at: datetime | None = None
    drawing_lots_for_winner: bool | None = None


@dataclass(frozen=True)
class NoticeFacts:
    """The tender notice and its clocks."""

    published_at: datetime | None = None
    issued_at: datetime | None = None
    documents_until: datetime | None = None
    bid_deadline: datetime | None = None
    media: tuple[str, ...] = ()
    media_identical: bool | None = None
    missing_contents: tuple[str, ...] | None = None
    fee: Decimal | None = None
    holders_disclosed: bool | None = None
    entry_hurdles: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ClarificationFacts:
    """One clarification."""

    number: int
    issued_at: datetime
    affects_preparation: bool
    deadline_after: datetime
    holders: int
    delivered: int
    changes_ceiling: bool = False


@dataclass(frozen=True)
class ObjectionFacts:
    """One objection."""

    id: str
    target: ObjectionTarget
    raised_at: datetime
    in_time: bool
    suspends: bool
    answered_at: datetime | None = None
    on_platform: bool = True
    objector_is_bidder: bool | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class BondFacts:
    """One bond, known after opening only."""

    bidder: str
    form: BondForm
    amount: Decimal
    payer_account: str | None = None
    from_basic_account: bool | None = None
    valid_until: date | None = None
    arrived_at: datetime | None = None
    refund_due_at: datetime | None = None
    refunded_at: datetime | None = None
    interest_paid: bool | None = None
    forfeited_ground: str | None = None


@dataclass(frozen=True)
class BidFacts:
    """One bid; price and contents are known after opening only."""

    bidder: str
    uscc: str | None = None
    name: str = ""
    received_at: datetime | None = None
    sealed: bool | None = None
    receipt_digest: str | None = None
    total: Decimal | None = None
    opened: bool | None = None
    rejected_clause: str | None = None
    rejected_reason: str | None = None
    rejected_votes: tuple[int, int] | None = None
    by_platform: bool = False
    rank: int | None = None
    barred: bool | None = None
    related_usccs: tuple[str, ...] = ()
    legal_representative: str | None = None
    consortium_usccs: tuple[str, ...] = ()
    bond_arrived: bool | None = None
    low_price_explained: bool | None = None
    author: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class OpeningFacts:
    """Closing and opening."""

    bids_at_deadline: int | None = None
    closed_at: datetime | None = None
    opened_at: datetime | None = None
    key_used_before_opening: bool | None = None
    payers_sealed: bool | None = None
    read_out: bool | None = None
    record_published: bool | None = None
    open_until: datetime | None = None
    record_closed_at: datetime | None = None
    on_the_spot_unanswered: int | None = None
    decryption_failures: int | None = None


@dataclass(frozen=True)
class SeatFacts:
    """One seat of the committee; ``barring`` are codes of recusal or ineligibility."""

    is_expert: bool
    employer_uscc: str | None = None
    barring: tuple[str, ...] = ()
    supervises: bool = False
    drawn: bool = True
    senior_title: bool | None = None
    years_in_field: int | None = None
    active: bool | None = None


@dataclass(frozen=True)
class DrawFacts:
    """The draw and the committee it seated."""

    size: int | None = None
    seats: tuple[SeatFacts, ...] | None = None
    random: bool | None = None
    direct_appointment_reason: str | None = None
    strata_known: bool | None = None
    pool_size: int | None = None
    need: int | None = None
    drawn_at: datetime | None = None
    evaluation_at: datetime | None = None
    names_sealed: bool | None = None
    pool_committed: bool | None = None
    commits: int | None = None
    commits_before_closing: bool | None = None
    exclusions_by_two: bool | None = None
    recusal_after_opening: bool | None = None
    verified: bool | None = None
    refusals_with_reason: bool | None = None
    attempts_kept: bool | None = None


@dataclass(frozen=True)
class EvaluationFacts:
    """The evaluation and its report."""

    factors_used: tuple[str, ...] | None = None
    method: EvaluationMethod | None = None
    effective_bids: int | None = None
    competition_reason: str | None = None
    members: int | None = None
    sheets: int | None = None
    signed: int | None = None
    dissent_written: bool | None = None
    candidates: int | None = None
    candidates_ranked: bool | None = None
    objective_disagreements: tuple[str, ...] = ()
    subjective_deviations: tuple[str, ...] = ()
    low_price_flags: tuple[str, ...] = ()
    deemed_collusion: tuple[str, ...] = ()
    ties_broken_by_documents: bool | None = None
    formula_exact: bool | None = None
    submitted_at: datetime | None = None
    validity_until: date | None = None
    time_extension_asked: int | None = None
    altered_after_signing: bool | None = None
    fatal_defect: bool | None = None


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


@dataclass
class Case:
    """One lot at one moment, judged by the numbers in force on its law day.

    ``subject`` is the id of the record a step is about (an objection, a bond, a bidder), where it is about one;
    ``assumed`` names, as ``group.field``, the facts that a replay supplied.
    """

    now: datetime
    today: date
    law_day: date
    values: Values
    calendar: Calendar
    step: Step | None = None
    subject: str | None = None
    project: ProjectFacts = field(default_factory=ProjectFacts)
    lot: LotFacts = field(default_factory=LotFacts)
    terms: TermsFacts = field(default_factory=TermsFacts)
    filing: FilingFacts = field(default_factory=FilingFacts)
    method: MethodFacts = field(default_factory=MethodFacts)
    notice: NoticeFacts = field(default_factory=NoticeFacts)
    clarifications: tuple[ClarificationFacts, ...] = ()
    objections: tuple[ObjectionFacts, ...] = ()
    bonds: tuple[BondFacts, ...] = ()
    bids: tuple[BidFacts, ...] = ()
    opening: OpeningFacts = field(default_factory=OpeningFacts)
    draw: DrawFacts = field(default_factory=DrawFacts)
    evaluation: EvaluationFacts = field(default_factory=EvaluationFacts)
    publicity: PublicityFacts = field(default_factory=PublicityFacts)
    award: AwardFacts = field(default_factory=AwardFacts)
    contract: ContractFacts = field(default_factory=ContractFacts)
    stop: StopFacts = field(default_factory=StopFacts)
    archive: ArchiveFacts = field(default_factory=ArchiveFacts)
    bidding: BiddingFacts = BiddingFacts()
    complaints: tuple[ComplaintFacts, ...] = ()
    credit: tuple[CreditFacts, ...] = ()
    assumed: frozenset[str] = frozenset()
