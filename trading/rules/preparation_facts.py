"""Facts up to the notice 备案与公告案情: project, lot, tender documents, filing, method, notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trading.codelists import Category, EvaluationMethod, FilingAnswer, Method, ProjectType, Status


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
    """A lot of the same owner that may be a part of the same purchase (splitting).

    ``method`` is None while it is not chosen; ``same_item``: under the same investment code, or the same budget item.
    """

    code: str
    same_project: bool
    same_item: bool
    category: Category
    estimate: Decimal
    registered_on: date
    method: Method | None = None


@dataclass(frozen=True)
class ReportedContract:
    """A contract of the owner that finance or audit reported; ``trading_code`` None: it was not traded here."""

    name: str
    reported_by: str
    type: ProjectType
    amount: Decimal
    category: Category | None = None
    trading_code: str | None = None


@dataclass(frozen=True)
class OwnerYear:
    """What an owner traded in a calendar year: all, without an open tender, and the lots of the latter."""

    year: int
    total: Decimal
    not_open: Decimal
    lots: tuple[str, ...] = ()


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
    open_alarms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Factor:
    """One factor of a comprehensive evaluation."""

    code: str
    points: Decimal
    kind: str
    quantified: bool


@dataclass(frozen=True)
class ScanHit:
    """A sentence of the documents that the fair-competition scan found, and what the owner answered to it.

    ``kind`` is the catalogue's id, ``article`` the article that it may offend; ``answer`` None = not yet answered,
    otherwise "changed" or the justification.
    """

    kind: str
    article: str
    sentence: str
    answer: str | None = None


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
    scan_hits: tuple[ScanHit, ...] | None = None
    scan_unread: int = 0


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
    invitees: int | None = None
    reasons: str | None = None
    changes_approved: bool | None = None
    first_approver: str | None = None
    approver: str | None = None


@dataclass(frozen=True)
class CheckedItem:
    """A checklist item as it was signed: whether it holds, who says so, on what evidence."""

    holds: bool
    signed_by: str
    signed_on: date
    evidence: str


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
