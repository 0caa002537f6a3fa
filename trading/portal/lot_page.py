"""What the page of a lot shows 标段页面: each section by role and time, nothing secret before its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.codelists import Phase, Role, Status
from trading.methods import METHODS
from trading.methods.profiles import PROFILES
from trading.models import (
    WHOLE_BID,
    Alarm,
    Award,
    BankLine,
    Bid,
    Clarification,
    Contract,
    ContractChange,
    DisposalPlan,
    Document,
    Guarantee,
    Holder,
    Lot,
    Notice,
    Objection,
    OpeningRecord,
    Organization,
    ProcurementPlan,
    Question,
    SaleTerms,
    TenderTerms,
    User,
)
from trading.portal.happenings import Coming, coming, happened
from trading.workflow.document_scan import scans_of
from trading.workflow.sale_record import competes
from trading.workflow.secrecy import OFFICES, bids_may_be_told, may_have, sealed_may_be_told
from trading.workflow.taking import Tools
from trading.workflow.transitions import PHASE_OF_STATUS, Party
from trading.workflow.watch import Watched, concerns_owner, due_on
from trading.workflow.who import is_party, may_see

MOST_CANDIDATES = 3
STOPPED = (Status.SUSPENDED, Status.FAILED, Status.TERMINATED)
WATCHERS = frozenset({Role.CENTRE, Role.SUPERVISOR, Role.OVERSIGHT})


@dataclass(frozen=True)
class Reader:
    """Who is reading, as far as it matters to a lot."""

    user: User | None
    owner_side: bool
    official: bool
    watcher: bool
    bidder: bool

    @property
    def centre(self) -> bool:
        """Staff of the centre."""
        return self.user is not None and self.user.role is Role.CENTRE

    @property
    def inside(self) -> bool:
        """The owner's side and the offices: they see what is not public yet, unless it is sealed."""
        return self.owner_side or self.official


def reader_of(session: Session, user: User | None, lot: Lot) -> Reader:
    """The relation of ``user`` to ``lot``."""
    if user is None:
        return Reader(None, False, False, False, False)
    owner = any(is_party(session, user, lot, party) for party in (Party.OWNER, Party.AGENCY))
    return Reader(user, owner, user.role in OFFICES, user.role in WATCHERS, user.role is Role.BIDDER)


def progress(lot: Lot) -> list[tuple[Phase, str]]:
    """The five phases as done, now, next or stopped."""
    standing = lot.held_status or lot.status
    current = PHASE_OF_STATUS.get(standing, Phase.PROCESS_SUPERVISION)
    order = list(Phase)
    here = order.index(current)
    if lot.status is Status.ARCHIVED:
        return [(phase, "done") for phase in order]
    now_word = "stopped" if lot.status in STOPPED else "now"
    return [(phase, "done" if at < here else now_word if at == here else "next") for at, phase in enumerate(order)]


class LotRecords:
    """The records of one lot, read when a section asks for them."""

    def __init__(self, session: Session, lot: Lot) -> None:
        self.session = session
        self.lot = lot

    def one(self, model: Any) -> Any:
        """The lot's only record of this kind, if there is one."""
        return self.session.scalar(select(model).where(model.lot_id == self.lot.id))

    def all(self, model: Any, order: Any, *where: Any) -> Sequence[Any]:
        """The lot's records of a kind, in order."""
        return self.session.scalars(select(model).where(model.lot_id == self.lot.id, *where).order_by(order)).all()


def sections(session: Session, lot: Lot, user: User | None, now: datetime, tools: Tools) -> dict[str, Any]:
    """Everything the page shows to this reader."""
    reader, records = reader_of(session, user, lot), LotRecords(session, lot)
    return {
        "reader": reader,
        **particulars(session, records, reader),
        "progress": progress(lot),
        "dues": (dues := what_is_due(session, lot, reader, now, tools)),
        "coming": what_comes(session, lot, dues, now),
        "happened": happened(session, lot),
        "attempts": attempts(session, lot, user),
        **(told := published(records, reader)),
        **questioned(records, reader),
        **opened(records),
        "holders": holders(records, reader),
        **scanned(session, lot, reader),
        **decided(records, reader, told["terms"]),
        **performed(records, reader),
        **own(records, reader),
    }


def particulars(session: Session, records: LotRecords, reader: Reader) -> dict[str, Any]:
    """The words of the lot's method, and what its type has of its own: plan of a procurement or disposal, sale terms.

    They are public with the first notice.
    """
    lot = records.lot
    method = METHODS[lot.method or PROFILES[lot.project.type].methods[0]]
    told = {"words": method.words, "course": method.course.value}
    if lot.published_at is None and not reader.inside:
        return told | {"sale": None, "plan": None, "procurement": None}
    procurement, plan = (
        session.scalar(select(one).where(one.project_id == lot.project_id)) for one in (ProcurementPlan, DisposalPlan)
    )
    return told | {"sale": records.one(SaleTerms), "plan": plan, "procurement": procurement}


def what_is_due(session: Session, lot: Lot, reader: Reader, now: datetime, tools: Tools) -> list[Watched]:
    """What is due on the lot, overdue included: all of it for the owner's side and the offices, to a winner his own.

    Before the opening it rests on no bid and no bond: the facts of the watch hold none.
    """
    if not reader.inside and not is_winner(session, reader, lot):
        return []
    found = due_on(session, lot, now, tools)
    if reader.official:
        return found
    known = [one for one in found if one.condition is None or concerns_owner(one.condition.id, one.by)]
    return known if reader.owner_side else [one for one in known if Role.BIDDER in one.by]


def is_winner(session: Session, reader: Reader, lot: Lot) -> bool:
    """Whether the reader acts for the winner, and the award is out."""
    return lot.awarded_at is not None and reader.user is not None and is_party(session, reader.user, lot, Party.WINNER)


def what_comes(session: Session, lot: Lot, dues: Sequence[Watched], now: datetime) -> list[Coming]:
    """What happens next at its fixed hour, but for what this reader is told as due."""
    told = {one.at for one in dues}
    return [one for one in coming(session, lot, now) if one.at not in told]


def attempts(session: Session, lot: Lot, user: User | None) -> dict[str, Lot | None]:
    """The attempt before and the attempt after this one, where this reader may know of them."""
    later = session.scalar(select(Lot).where(Lot.previous_id == lot.id))
    earlier = session.get(Lot, lot.previous_id) if lot.previous_id else None
    found = {"earlier": earlier, "later": later}
    return {name: one if one is not None and may_see(session, user, one) else None for name, one in found.items()}


def published(records: LotRecords, reader: Reader) -> dict[str, Any]:
    """Terms, notices and documents."""
    terms = records.one(TenderTerms) if records.lot.published_at or reader.inside else None
    return {
        "terms": terms,
        "notices": records.all(Notice, Notice.published_at.desc()),
        "documents": [one for one in documents(records) if may_have(one, records.lot, reader.inside)],
    }


def documents(records: LotRecords) -> Sequence[Document]:
    """The files in force."""
    return records.all(Document, Document.added_at, Document.superseded.is_(False))


def questioned(records: LotRecords, reader: Reader) -> dict[str, Any]:
    """Clarifications, questions without their askers, objections without the objector's name for the public."""
    organization = reader.user.organization_id if reader.user else None
    objections = [
        (one, one.objector.name if reader.owner_side or reader.watcher or one.objector_id == organization else None)
        for one in records.all(Objection, Objection.raised_at)
    ]
    questions = records.all(Question, Question.asked_at) if reader.owner_side else []
    return {
        "clarifications": records.all(Clarification, Clarification.number),
        "objections": objections,
        "questions": questions,
    }


def scanned(session: Session, lot: Lot, reader: Reader) -> dict[str, Any]:
    """The fair-competition scan and its hits: for the owner's side, the centre and those who supervise (R03.C2)."""
    if not (reader.owner_side or reader.watcher):
        return {"scans": [], "hits": []}
    return scans_of(session, lot)


def opened(records: LotRecords) -> dict[str, Any]:
    """The opening record, once the bids are opened."""
    if not bids_may_be_told(records.lot):
        return {"opening": None, "bids": []}
    bids = records.all(Bid, Bid.received_at, WHOLE_BID, Bid.opened_at.is_not(None))
    return {"opening": records.one(OpeningRecord), "bids": bids}


def holders(records: LotRecords, reader: Reader) -> Sequence[tuple[str, datetime]]:
    """Who took the documents and when: for the owner's side and the centre, once the deadline is past (R07.C15)."""
    if records.lot.closed_at is None or not (reader.owner_side or reader.centre):
        return []
    if competes(records.lot) and not sealed_may_be_told(records.lot):
        return []
    who = func.coalesce(Organization.name, Holder.contact)
    query = select(who, Holder.taken_at).outerjoin(Organization, Organization.id == Holder.organization_id)
    found = query.where(Holder.lot_id == records.lot.id).order_by(Holder.taken_at, Holder.id)
    return [(name, at) for name, at in records.session.execute(found)]


def decided(records: LotRecords, reader: Reader, terms: TenderTerms | None) -> dict[str, Any]:
    """Candidates once they are publicized (inside: once evaluated); the award once its notice is out."""
    lot = records.lot
    candidates: Sequence[Any] = []
    if lot.publicity_from is not None or (reader.inside and lot.evaluated_at is not None):
        candidates = records.all(Bid, Bid.rank, WHOLE_BID, Bid.rank.is_not(None))
    known = lot.awarded_at is not None or (reader.inside and lot.confirmed_at is not None)
    most = terms.candidates_count if terms else MOST_CANDIDATES
    return {"candidates": candidates[:most], "award": records.one(Award) if known else None}


def performed(records: LotRecords, reader: Reader) -> dict[str, Any]:
    """The contract once it is published, and its approved changes; inside and to the winner as soon as it is there."""
    lot = records.lot
    if lot.awarded_at is None:
        return {"contract": None, "changes": []}
    contract = records.one(Contract)
    mine = contract is not None and reader.user is not None and contract.organization_id == reader.user.organization_id
    if contract is None or not (contract.filed_at or mine or reader.inside):
        return {"contract": None, "changes": []}
    approved = () if mine or reader.inside else (ContractChange.approved.is_(True),)
    return {"contract": contract, "changes": records.all(ContractChange, ContractChange.number, *approved)}


def own(records: LotRecords, reader: Reader) -> dict[str, Any]:
    """What is this reader's own: a bidder's bid and bond; the watchers' alarms."""
    alarms = records.all(Alarm, Alarm.raised_at) if reader.watcher or reader.owner_side else []
    if not reader.watcher:
        alarms = [one for one in alarms if concerns_owner(one.condition, (one.responsible,))]
    empty: dict[str, Any] = {"own_bids": [], "own_bonds": [], "own_guarantees": [], "alarms": alarms}
    if not reader.bidder or reader.user is None or reader.user.organization_id is None:
        return empty
    mine = reader.user.organization_id
    return {
        "own_bids": records.all(Bid, Bid.version.desc(), Bid.organization_id == mine),
        "own_bonds": records.all(BankLine, BankLine.paid_at, BankLine.organization_id == mine),
        "own_guarantees": records.all(Guarantee, Guarantee.registered_at, Guarantee.organization_id == mine),
        "alarms": alarms,
    }
