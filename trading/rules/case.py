"""The case that rules are asked about 案情: plain facts, ``None`` = not known; filled by workflow/facts.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from trading.rules.disposal_facts import DisclosureFacts
from trading.rules.preparation_facts import (
    CheckedItem,
    Factor,
    FilingFacts,
    LotFacts,
    MethodFacts,
    NoticeFacts,
    OwnerYear,
    ProjectFacts,
    ReportedContract,
    ScanHit,
    SiblingLot,
    TermsFacts,
)
from trading.rules.process_facts import (
    AppearanceFacts,
    BidFacts,
    BondFacts,
    ClarificationFacts,
    DepositFacts,
    DrawFacts,
    EvaluationFacts,
    ExplanationFacts,
    ObjectionFacts,
    OpeningFacts,
    RecurrenceFacts,
    SeatFacts,
)
from trading.rules.purchase_facts import ChallengeFacts, PrequalificationFacts, PurchaseFacts
from trading.rules.purchase_result_facts import ProcurementEndFacts, PurchaseResultFacts, ResultChallengeFacts
from trading.rules.resource_facts import (
    DisposalFacts,
    FailedTenderFacts,
    ProcurementFacts,
    SealedPriceFacts,
    SingleSourceFacts,
    VillageFacts,
)
from trading.rules.result_facts import (
    AlarmFacts,
    AppraisalFacts,
    ArchiveFacts,
    AwardFacts,
    BiddingFacts,
    ChangeFacts,
    ComplaintFacts,
    ContractFacts,
    CreditFacts,
    DisclosedFacts,
    OfferFacts,
    OrderFacts,
    PaymentFacts,
    PledgeFacts,
    ProcurementComplaintFacts,
    PublicityFacts,
    ReplyFacts,
    StopFacts,
    SubcontractFacts,
)
from trading.rules.sale_facts import (
    DeliveryFacts,
    EntrantFacts,
    InsiderFacts,
    InstalmentFacts,
    PriorityFacts,
    RelistingFacts,
    SaleFacts,
    SaleResultFacts,
    TenancyFacts,
)
from trading.steps import Step
from trading.values import Values
from trading.working_days import Calendar


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
    deposits: DepositFacts = DepositFacts()
    bids: tuple[BidFacts, ...] = ()
    opening: OpeningFacts = field(default_factory=OpeningFacts)
    draw: DrawFacts = field(default_factory=DrawFacts)
    recurrence: RecurrenceFacts = RecurrenceFacts()
    evaluation: EvaluationFacts = field(default_factory=EvaluationFacts)
    publicity: PublicityFacts = field(default_factory=PublicityFacts)
    award: AwardFacts = field(default_factory=AwardFacts)
    contract: ContractFacts = field(default_factory=ContractFacts)
    stop: StopFacts = field(default_factory=StopFacts)
    archive: ArchiveFacts = field(default_factory=ArchiveFacts)
    bidding: BiddingFacts = BiddingFacts()
    procurement: ProcurementFacts = ProcurementFacts()
    single_source: SingleSourceFacts = SingleSourceFacts()
    failed_tender: FailedTenderFacts = FailedTenderFacts()
    disposal: DisposalFacts = DisposalFacts()
    village: VillageFacts = VillageFacts()
    sealed_price: SealedPriceFacts = SealedPriceFacts()
    siblings: tuple[SiblingLot, ...] | None = None
    reported_contracts: tuple[ReportedContract, ...] | None = None
    owner_year: OwnerYear | None = None
    complaints: tuple[ComplaintFacts, ...] = ()
    credit: tuple[CreditFacts, ...] = ()
    alarms: tuple[AlarmFacts, ...] = ()
    orders: tuple[OrderFacts, ...] = ()
    appraisals: tuple[AppraisalFacts, ...] | None = None
    pledges: PledgeFacts = PledgeFacts()
    prequalification: PrequalificationFacts = PrequalificationFacts()
    purchase: PurchaseFacts = PurchaseFacts()
    challenges: tuple[ChallengeFacts, ...] = ()
    disclosure: DisclosureFacts = DisclosureFacts()
    sale: SaleFacts = SaleFacts()
    priority: PriorityFacts = PriorityFacts()
    tenancy: TenancyFacts = TenancyFacts()
    sale_result: SaleResultFacts = SaleResultFacts()
    relisting: RelistingFacts = RelistingFacts()
    delivery: DeliveryFacts = DeliveryFacts()
    purchase_result: PurchaseResultFacts = PurchaseResultFacts()
    procurement_end: ProcurementEndFacts = ProcurementEndFacts()
    checked: Mapping[str, CheckedItem] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()


__all__ = [
    "AlarmFacts",
    "AppearanceFacts",
    "AppraisalFacts",
    "ArchiveFacts",
    "AwardFacts",
    "BidFacts",
    "BiddingFacts",
    "BondFacts",
    "Case",
    "ChallengeFacts",
    "ChangeFacts",
    "CheckedItem",
    "ClarificationFacts",
    "ComplaintFacts",
    "ContractFacts",
    "CreditFacts",
    "DeliveryFacts",
    "DepositFacts",
    "DisclosedFacts",
    "DisclosureFacts",
    "DisposalFacts",
    "DrawFacts",
    "EntrantFacts",
    "EvaluationFacts",
    "ExplanationFacts",
    "Factor",
    "FailedTenderFacts",
    "FilingFacts",
    "InsiderFacts",
    "InstalmentFacts",
    "LotFacts",
    "MethodFacts",
    "NoticeFacts",
    "ObjectionFacts",
    "OfferFacts",
    "OpeningFacts",
    "OrderFacts",
    "OwnerYear",
    "PaymentFacts",
    "PledgeFacts",
    "PrequalificationFacts",
    "PriorityFacts",
    "ProcurementComplaintFacts",
    "ProcurementEndFacts",
    "ProcurementFacts",
    "ProjectFacts",
    "PublicityFacts",
    "PurchaseFacts",
    "PurchaseResultFacts",
    "RelistingFacts",
    "ReplyFacts",
    "RecurrenceFacts",
    "ReportedContract",
    "ResultChallengeFacts",
    "SaleFacts",
    "SaleResultFacts",
    "ScanHit",
    "SealedPriceFacts",
    "SeatFacts",
    "SiblingLot",
    "SingleSourceFacts",
    "StopFacts",
    "SubcontractFacts",
    "TenancyFacts",
    "TermsFacts",
    "VillageFacts",
]
