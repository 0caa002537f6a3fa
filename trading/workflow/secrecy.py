"""What of a lot may be told, and when 保密: bids and bonds after the opening, the committee's work after the award."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from trading.codelists import Course, DocumentKind, Role, Status
from trading.methods import METHODS
from trading.models import Document, Lot, User
from trading.steps import Step
from trading.workflow.transitions import BY_STEP, Party
from trading.workflow.who import is_party

SEALED_KINDS = frozenset({"bid.received", "bid.withdrawn", "bid.refused", "secret.read", "document.sealed"})
SEALED_PREFIXES = ("bond.", "complaint.", "alarm.order_")
OF_BIDS = frozenset({"bid.received", "bid.opened", "secret.final_offer", "secret.final_opened"})
SECRET_STEPS = frozenset(step.value for step, row in BY_STEP.items() if row.secret)
COMMITTEE_KINDS = frozenset({"draw.exclusions", "draw.reveal", "draw.result"})
COMMITTEE_PREFIXES = ("expert.", "evaluation.")
SITTING = (Party.MEMBER, Party.INVITED_EXPERT)
ANSWERS = (Step.ANSWER_COMMITTEE, Step.CONFIRM_CORRECTION)
COMMITTEE_STEPS = frozenset(
    step.value
    for step, row in BY_STEP.items()
    if not row.to and any(party in SITTING for party in row.by) or step in ANSWERS
)
OFFICES = frozenset({Role.CENTRE, Role.SUPERVISOR, Role.AUTHORITY, Role.OVERSIGHT})
OVER = (Status.FAILED, Status.TERMINATED)
AFTER_BIDDING = (
    Status.DEAL, Status.PUBLICIZED, Status.CONFIRMED, Status.AWARDED, Status.CONTRACTED, Status.PERFORMED,
    Status.ARCHIVED, *OVER,
)  # fmt: skip
FORE_KINDS = frozenset({DocumentKind.PREQUALIFICATION, DocumentKind.FIRST_STAGE})
OPEN_BEFORE_OPENING = frozenset({
    DocumentKind.APPROVAL, DocumentKind.FUNDS, DocumentKind.TENDER_DOCUMENT, DocumentKind.DRAWINGS,
    DocumentKind.CONTRACT_DRAFT,
})  # fmt: skip


def is_sealed(kind: str, body: dict[str, Any]) -> bool:
    """Whether an entry of the record tells of a bid, a bond or another step that is secret before the opening."""
    return kind in SEALED_KINDS or kind.startswith(SEALED_PREFIXES) or body.get("step") in SECRET_STEPS


def is_committees(kind: str, body: dict[str, Any]) -> bool:
    """Whether an entry tells of the drawn experts or of what happens in the committee (R11.C13)."""
    return kind in COMMITTEE_KINDS or kind.startswith(COMMITTEE_PREFIXES) or body.get("step") in COMMITTEE_STEPS


def may_be_told(lot: Lot, kind: str, body: dict[str, Any]) -> bool:
    """Whether an entry of ``lot`` may be told to everybody who may see the lot."""
    if (is_sealed(kind, body) and not sealed_may_be_told(lot)) or (kind in OF_BIDS and not bids_may_be_told(lot)):
        return False
    return lot.awarded_at is not None or not is_committees(kind, body)


def sealed_may_be_told(lot: Lot) -> bool:
    """Whether what was secret before the opening may be told; where there is live bidding, once a deal is made."""
    if lot.method is not None and METHODS[lot.method].course is Course.COMPETITION:
        return (lot.held_status or lot.status) in AFTER_BIDDING and lot.status not in OVER
    return lot.opened_at is not None


def bids_may_be_told(lot: Lot) -> bool:
    """Whether bids may be seen by others than their bidder: opened; of a negotiation only once it is awarded."""
    if lot.method is not None and METHODS[lot.method].course is Course.NEGOTIATION:
        return lot.awarded_at is not None
    return lot.opened_at is not None


def bonds_may_be_told(lot: Lot) -> bool:
    """Whether who paid a bond may be seen by others than the bidder: opened, or ended without an opening.

    Where there is live bidding the entrants are sealed until it is over (R13.C8): there is no opening before.
    """
    if lot.method is not None and METHODS[lot.method].course is Course.COMPETITION:
        return (lot.held_status or lot.status) in AFTER_BIDDING
    return lot.opened_at is not None or lot.status in OVER


def actor_told(lot: Lot, actor: str) -> str:
    """Who acted, as the record may tell it: the number of an expert's account only once the award is out."""
    return Role.EXPERT.value if lot.awarded_at is None and actor.startswith(f"{Role.EXPERT.value}-") else actor


def is_inside(session: Session, user: User | None, lot: Lot) -> bool:
    """Whether ``user`` is of the owner's side or of the offices: they see what is not public, unless it is sealed."""
    if user is None:
        return False
    return user.role in OFFICES or any(is_party(session, user, lot, party) for party in (Party.OWNER, Party.AGENCY))


def may_have(document: Document, lot: Lot, inside: bool) -> bool:
    """Whether a reader may have a file: a public one once the lot is published; the others inside only.

    Before the opening nothing but what the owner handed in: a scan among the evidence could name a bidder. The
    evidence of an application for another method is older than any bidder: it is had until the notice is out.
    """
    if document.public and (lot.published_at is not None or document.kind in FORE_KINDS):
        return True
    return inside and (lot.opened_at is not None or lot.published_at is None or document.kind in OPEN_BEFORE_OPENING)
