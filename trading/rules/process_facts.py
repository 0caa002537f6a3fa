"""Facts of the process 交易过程案情: clarifications, objections, bonds, bids, opening, draw, evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trading.codelists import BondForm, EvaluationMethod, ObjectionTarget


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
    """One bond, known after opening only; ``benchmark_rate`` is a share of one a year."""

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
    cash: bool | None = None
    benchmark_rate: Decimal | None = None
    late_charge_paid: Decimal | None = None
    transferred: bool | None = None


@dataclass(frozen=True)
class DepositFacts:
    """What deposits a lot asks for (codes of ``DepositKind``, or other names), and whether a guarantee is taken."""

    kinds: tuple[str, ...] | None = None
    guarantees_accepted: bool | None = None


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
    """Closing and opening; ``stages`` are those of the tender (R08.C11)."""

    bids_at_deadline: int | None = None
    closed_at: datetime | None = None
    opened_at: datetime | None = None
    technical_opened_at: datetime | None = None
    key_used_before_opening: bool | None = None
    payers_sealed: bool | None = None
    read_out: bool | None = None
    record_published: bool | None = None
    open_until: datetime | None = None
    record_closed_at: datetime | None = None
    on_the_spot_unanswered: int | None = None
    decryption_failures: int | None = None
    base_price_published: bool | None = None
    stages: int | None = None
    first_stage_price: bool | None = None
    first_stage_bond: bool | None = None


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
class ExplanationFacts:
    """What a bidder explained of his bid during the evaluation."""

    bidder: str
    asked_by_committee: bool
    written: bool
    changes_substance: bool | None = None


@dataclass(frozen=True)
class AppearanceFacts:
    """On how many committees one expert sat within the county's days, counting this lot's."""

    expert: str
    with_owner: int
    with_agency: int
    with_winner: int


@dataclass(frozen=True)
class RecurrenceFacts:
    """The experts of the committee, each with how often he sat of late."""

    experts: tuple[AppearanceFacts, ...] | None = None


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
    explanations: tuple[ExplanationFacts, ...] | None = None
