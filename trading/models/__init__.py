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
from trading.models.keys import OfficerRecipient, OpeningOfficer, OpeningShare, PersonKey, Upload
from trading.models.ledger import LedgerChainHead, LedgerEntry, LedgerHead
from trading.models.organization import (
    Affiliation,
    CreditRecord,
    Entrustment,
    Organization,
)
from trading.models.project import Document, Lot, Project, TenderTerms
from trading.models.reported import ReportedContract
from trading.models.sale import Deal, Delivery, Entrant, Offer, PriceReceipt, Remittance, SaleTerms
from trading.models.scan import DocumentScan, ScanHit
from trading.models.supervision import Alarm, ChecklistSignature, DossierExport, Stop
from trading.models.user import LoginAttempt, Message, User

__all__ = [
    "Acceptance", "Affiliation", "Alarm", "Award", "BankBalance", "BankLine", "BankProfile", "Base", "Bid",
    "BidInquiry", "CalendarReminder", "ChecklistSignature", "Checkpoint", "Clarification", "Complaint", "ComplaintReply",
    "ComplianceRecord", "Contract", "ContractChange", "CreditDecision", "CreditRecord", "Deal", "Delivery",
    "DepositMovement", "Document", "DocumentScan", "DossierExport", "Draw", "Entrant", "Entrustment", "Evaluation",
    "EvaluationExtension", "Expert",
    "ExpertApplication", "ExpertAppraisal", "ExpertChange", "ExpertDecision", "ExpertLeave", "ExpertSheet",
    "ExpertTraining", "Filing", "Guarantee", "GuaranteeIssuer", "Holder", "HolidayNotice", "Invitation",
    "LedgerChainHead", "LedgerEntry", "LedgerHead", "LoginAttempt", "Lot", "Member", "Message", "MethodApplication",
    "Notice", "Objection", "Offer", "OfficerRecipient", "OpeningOfficer", "OpeningRecord", "OpeningShare",
    "Organization", "Payment", "Performance", "PersonKey", "Pledge", "PriceReceipt", "Project", "Publicity", "Question",
    "RefundInstruction", "RejectionMotion", "Remittance", "ReportedContract", "SaleTerms", "ScanHit", "SheetReply", "Stop",
    "SupervisionOrder", "TenderTerms", "Upload", "User", "WHOLE_BID",
]  # fmt: skip
