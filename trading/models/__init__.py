"""What is kept 记录: one record a class, OCDS names; loaded on purpose, never by accident."""

from trading.models.announcement import (
    Clarification,
    Filing,
    Holder,
    MethodApplication,
    Notice,
    Objection,
    Question,
)
from trading.models.award import (
    Acceptance,
    Award,
    ComplianceRecord,
    Contract,
    ContractChange,
    Payment,
    Performance,
    Publicity,
)
from trading.models.base import Base
from trading.models.bid import WHOLE_BID, Bid, OpeningRecord
from trading.models.calendar import CalendarReminder, HolidayNotice
from trading.models.checkpoint import Checkpoint
from trading.models.complaint import (
    Complaint,
    ComplaintReply,
    CreditDecision,
    ExpertAppraisal,
    Pledge,
    SupervisionOrder,
)
from trading.models.consortium import ConsortiumMember, ContractSignature, LotLimit
from trading.models.deposit import (
    BankBalance,
    BankLine,
    BankProfile,
    DepositMovement,
    Guarantee,
    GuaranteeIssuer,
    RefundInstruction,
)
from trading.models.expert import Draw, Evaluation, Expert, Invitation, Member, RejectionMotion
from trading.models.expert_pool import (
    ExpertApplication,
    ExpertChange,
    ExpertDecision,
    ExpertLeave,
    ExpertSheet,
    ExpertTraining,
    SheetReply,
)
from trading.models.inquiry import BidInquiry, EvaluationExtension
from trading.models.inviting import Invitee, InviteeList
from trading.models.keys import OfficerRecipient, OpeningOfficer, OpeningShare, PersonKey, Upload
from trading.models.ledger import LedgerChainHead, LedgerEntry, LedgerHead
from trading.models.negotiation import (
    Challenge,
    FinalCall,
    FinalOffer,
    Leaving,
    PriceAgreement,
    RequirementChange,
    Talk,
)
from trading.models.organization import (
    Affiliation,
    CreditRecord,
    Entrustment,
    Organization,
)
from trading.models.preparation import (
    DisposalPlan,
    MethodBasis,
    ProcurementPlan,
    SoleSourceNotice,
    SoleSourceObjection,
    VillageVote,
)
from trading.models.prequalification import Examiner, ForeApplication, Preliminary
from trading.models.procurement_opening import QualificationCheck, RoomRecording
from trading.models.project import Document, Lot, Project, TenderTerms
from trading.models.reported import ReportedContract
from trading.models.sale import Deal, Delivery, Entrant, Offer, PriceReceipt, Remittance, SaleTerms
from trading.models.scan import DocumentScan, ScanHit
from trading.models.supervision import Alarm, ChecklistSignature, DossierExport, Stop
from trading.models.user import LoginAttempt, Message, User

__all__ = [
    "Acceptance", "Affiliation", "Alarm", "Award", "BankBalance", "BankLine", "BankProfile", "Base", "Bid",
    "BidInquiry", "CalendarReminder", "Challenge", "ChecklistSignature", "Checkpoint", "Clarification", "Complaint",
    "ComplaintReply", "ComplianceRecord", "ConsortiumMember", "Contract", "ContractChange", "ContractSignature",
    "CreditDecision", "CreditRecord", "Deal", "Delivery", "DepositMovement", "DisposalPlan", "Document",
    "DocumentScan", "DossierExport", "Draw", "Entrant", "Entrustment", "Evaluation", "EvaluationExtension",
    "Examiner", "Expert", "ExpertApplication", "ExpertAppraisal", "ExpertChange", "ExpertDecision", "ExpertLeave",
    "ExpertSheet", "ExpertTraining", "Filing", "FinalCall", "FinalOffer", "ForeApplication", "Guarantee",
    "GuaranteeIssuer", "Holder", "HolidayNotice", "Invitation", "Invitee", "InviteeList", "Leaving",
    "LedgerChainHead", "LedgerEntry", "LedgerHead", "LoginAttempt", "Lot", "LotLimit", "Member", "Message",
    "MethodApplication", "MethodBasis", "Notice", "Objection", "Offer", "OfficerRecipient", "OpeningOfficer",
    "OpeningRecord", "OpeningShare", "Organization", "Payment", "Performance", "PersonKey", "Pledge", "Preliminary",
    "PriceAgreement", "PriceReceipt", "ProcurementPlan", "Project", "Publicity", "QualificationCheck", "Question",
    "RefundInstruction", "RejectionMotion", "Remittance", "ReportedContract", "RequirementChange", "RoomRecording",
    "SaleTerms", "ScanHit", "SheetReply", "SoleSourceNotice", "SoleSourceObjection", "Stop", "SupervisionOrder",
    "Talk", "TenderTerms", "Upload", "User", "VillageVote", "WHOLE_BID",
]  # fmt: skip
