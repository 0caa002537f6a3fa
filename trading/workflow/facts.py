"""From records to the facts that rules ask about 案情装配: each group is read once, and only if a rule asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import DocumentKind
from trading.identifiers import valid_trading_code
from trading.methods import METHODS
from trading.methods.proposal import propose
from trading.methods.proposal import runs as method_runs
from trading.models import (
    Acceptance,
    Alarm,
    Award,
    BankLine,
    Base,
    Bid,
    Clarification,
    ComplianceRecord,
    Contract,
    ContractChange,
    CreditRecord,
    Document,
    Filing,
    Guarantee,
    Lot,
    MethodApplication,
    Notice,
    Objection,
    OpeningRecord,
    Payment,
    Performance,
    Project,
    Publicity,
    Stop,
    TenderTerms,
)
from trading.rules import case as facts
from trading.steps import Step
from trading.workflow import lot_queries
from trading.workflow.committee_facts import draw_facts, evaluation_facts, explained_prices, votes_of
from trading.workflow.record_facts import (
    archive_facts,
    arrived_bonds,
    barred_organizations,
    bond_of_line,
    candidates_of,
    contract_differences,
    documents_digest,
    missing_in_publicity,
    related_usccs,
    stop_facts,
)
from trading.workflow.taking import Tools

R = TypeVar("R", bound=Base)
EXCEPTION_STEPS = (Step.APPLY_FOR_EXCEPTION, Step.DECIDE_EXCEPTION)
NOTICE_CONTENTS = ("scope", "qualification", "documents", "deadline", "place", "contact", "funding")


def opened_early(lot: Lot) -> bool:
    """Whether anything was opened before the deadline."""
    return lot.opened_at is not None and lot.bid_deadline is not None and lot.opened_at < lot.bid_deadline


class RecordCase(facts.Case):
    """A case read from the records of one lot, group by group, on demand."""

    def __init__(
        self,
        session: Session,
        lot: Lot,
        now: datetime,
        tools: Tools,
        step: Step | None = None,
        subject: str | None = None,
    ) -> None:
        self.session = session
        self.record = lot
        self.tools = tools
        self.now = now
        self.today = law_date(now)
        self.law_day = tools.law_day(lot, now)
        self.values = tools.book.on(self.law_day)
        self.calendar = tools.calendar
        self.step = step
        self.subject = subject
        self.assumed = tools.assumed

    def _one(self, model: type[R], *where: Any) -> R | None:
        return self.session.scalar(lot_queries.of_lot(model, None, *where), self._asked)

    def _all(self, model: type[R], order: Any = None, *where: Any) -> Sequence[R]:
        return self.session.scalars(lot_queries.of_lot(model, order, *where), self._asked).all()

    @property
    def _asked(self) -> dict[str, Any]:
        return {"lot": self.record.id, "subject": self.subject}

    @cached_property
    def terms_record(self) -> TenderTerms | None:
        """The tender terms, if written yet."""
        return self._one(TenderTerms)

    @cached_property
    def documents(self) -> Sequence[Document]:
        """The lot's current files."""
        return self._all(Document, None, *lot_queries.STANDING_DOCUMENTS)

    @cached_property
    def project(self) -> facts.ProjectFacts:  # type: ignore[override]
        """The project and its owner."""
        project: Project = self.record.project
        asked = {"project": project.id, "attempt": self.record.attempt}
        agencies = self.session.scalars(lot_queries.AGENCIES, asked).all()
        total = self.session.scalars(lot_queries.ESTIMATES, asked).all()
        share = project.public_share
        return facts.ProjectFacts(
            type=project.type,
            owner_uscc=project.owner.uscc,
            agency_usccs=tuple(agencies),
            approval_number=project.approval_number,
            approval_date=project.approval_date,
            investment_code=project.investment_code,
            estimate_total=project.estimate_total,
            feasibility_total=project.feasibility_total,
            lots_estimate_total=sum(total, Decimal(0)),
            state_controlled=project.state_controlled,
            public_share=share,
            public_funds=None if share is None or project.estimate_total is None else share * project.estimate_total,
            funding_source=project.funding_source,
            funds_in_place=project.funds_in_place,
            contractor_prefinancing=project.contractor_prefinancing,
        )

    @cached_property
    def lot(self) -> facts.LotFacts:  # type: ignore[override]
        """The lot itself."""
        lot = self.record
        alarms = self.session.scalars(
            select(Alarm.condition).where(Alarm.lot_id == lot.id, Alarm.severity == "R", Alarm.closed_at.is_(None))
        ).all()
        terms = self.terms_record
        return facts.LotFacts(
            code=lot.code,
            trading_code=lot.trading_code,
            trading_code_unique=None if lot.trading_code is None else valid_trading_code(lot.trading_code),
            attempt=lot.attempt,
            category=lot.category,
            estimate=lot.estimate,
            budget=lot.budget,
            status=lot.status,
            submitted_at=lot.submitted_at,
            registered_at=lot.registered_at,
            refusal_reason=lot.refusal_reason.value if lot.refusal_reason else None,
            object_clear=terms.object_clear if terms else None,
            open_alarms=tuple(alarms),
        )

    @cached_property
    def terms(self) -> facts.TermsFacts:  # type: ignore[override]
        """What the tender documents say."""
        terms = self.terms_record
        if terms is None:
            return facts.TermsFacts()
        kinds = {document.kind for document in self.documents}
        filing = self.filing_record
        digest = documents_digest(self.documents)
        clarified = self.session.scalar(
            select(func.count()).select_from(Clarification).where(Clarification.lot_id == self.record.id)
        )
        changed = None if filing is None else digest != filing.documents_digest and not clarified
        notices = self._all(Notice, lot_queries.NEWEST_NOTICE, *lot_queries.CEILING_NOTICES)
        ceiling_text = next((one.facts["ceiling"] for one in notices if one.facts.get("ceiling")), None)
        return facts.TermsFacts(
            qualification=terms.qualification or None,
            consortium_allowed=terms.consortium_allowed,
            duration_days=terms.duration_days,
            ceiling=terms.ceiling,
            ceiling_set_at=terms.ceiling_set_at,
            ceiling_published=Decimal(ceiling_text) if ceiling_text else None,
            minimum_price=terms.minimum_price,
            bond=terms.bond,
            performance_bond_percent=terms.performance_bond_percent,
            bid_validity_days=terms.bid_validity_days,
            evaluation_method=terms.evaluation_method,
            factors=tuple(
                facts.Factor(
                    row["code"],
                    Decimal(row["points"]),
                    row["kind"],
                    bool(row.get("intervals")) or row["kind"] == "price",
                )
                for row in terms.factors
            ),
            rejection_clauses=terms.rejection_clauses or None,
            payment_days=terms.payment_days,
            objection_contact=terms.objection_contact or None,
            standard_text=terms.standard_text,
            contract_draft=DocumentKind.CONTRACT_DRAFT in kinds,
            competition_reviewer=terms.competition_reviewer,
            competition_verdict=terms.competition_verdict,
            documents_digest=digest if DocumentKind.TENDER_DOCUMENT in kinds else None,
            filed_digest=filing.documents_digest if filing else None,
            changed_outside_clarification=changed,
        )

    @cached_property
    def filing_record(self) -> Filing | None:
        """The newest filing."""
        rows = self._all(Filing, lot_queries.NEWEST_FILING)
        return rows[0] if rows else None

    @cached_property
    def filing(self) -> facts.FilingFacts:  # type: ignore[override]
        """The newest filing and its answer."""
        row = self.filing_record
        if row is None:
            return facts.FilingFacts()
        return facts.FilingFacts(row.submitted_at, row.answer_due_at, row.answer, row.reason, row.answered_at)

    @cached_property
    def method(self) -> facts.MethodFacts:  # type: ignore[override]
        """The method proposed and chosen."""
        lot, project = self.record, self.record.project
        proposal = propose(project.type, lot.category, lot.estimate, project.state_controlled, self.values)
        applications = self._all(MethodApplication, lot_queries.NEWEST_APPLICATION)
        application = applications[0] if applications else None
        chosen = lot.method or (application.method if application and self.step in EXCEPTION_STEPS else None)
        refusal = method_runs(project.type, chosen) if chosen else None
        allowed = tuple(dict.fromkeys([proposal.method, *(one.method for one in proposal.allowed)]))
        exceptional = application if application and application.method is chosen else None
        return facts.MethodFacts(
            proposed=proposal.method,
            chosen=chosen,
            allowed=allowed,
            mandatory=proposal.mandatory,
            runs=None if chosen is None else refusal is None,
            refusal_zh=refusal.zh if refusal else "",
            refusal_en=refusal.en if refusal else "",
            ground=exceptional.ground if exceptional else None,
            ground_statutory=any(
                exceptional.ground in {ground.code for ground in one.grounds}
                for one in proposal.allowed
                if one.method is exceptional.method
            )
            if exceptional
            else None,
            evidence_attached=any(one.kind is DocumentKind.EVIDENCE for one in self.documents) if exceptional else None,
            approved=exceptional.approved if exceptional else None,
            decision_number=exceptional.decision_number if exceptional else None,
            decided_at=exceptional.decided_at if exceptional else None,
            drawing_lots_for_winner=False if chosen in METHODS else None,
        )

    @cached_property
    def notice(self) -> facts.NoticeFacts:  # type: ignore[override]
        """The tender notice and its clocks."""
        lot = self.record
        notice = self._one(Notice, *lot_queries.TENDER_NOTICE)
        if notice is None:
            return facts.NoticeFacts()
        terms = self.terms_record
        return facts.NoticeFacts(
            published_at=lot.published_at,
            issued_at=lot.published_at,
            documents_until=lot.documents_until,
            bid_deadline=lot.bid_deadline,
            media=tuple(notice.media),
            media_identical=True,
            missing_contents=tuple(name for name in NOTICE_CONTENTS if not notice.facts.get(name)),
            fee=(terms.documents_fee or Decimal(0)) if terms else Decimal(0),
            holders_disclosed=False,
            entry_hurdles=(),
        )

    @cached_property
    def clarifications(self) -> tuple[facts.ClarificationFacts, ...]:  # type: ignore[override]
        """All clarifications."""
        return tuple(
            facts.ClarificationFacts(
                row.number,
                row.issued_at,
                row.affects_preparation,
                row.deadline_after,
                row.holders,
                row.delivered_to,
                row.changes_ceiling,
            )  # fmt: skip
            for row in self._all(Clarification, Clarification.number)
        )

    @cached_property
    def objections(self) -> tuple[facts.ObjectionFacts, ...]:  # type: ignore[override]
        """All objections."""
        return tuple(
            facts.ObjectionFacts(
                row.id,
                row.target,
                row.raised_at,
                row.in_time,
                row.suspends,
                row.answered_at,
                objector_is_bidder=row.objector_is_bidder,
                withdrawn=row.withdrawn_at is not None,
            )  # fmt: skip
            for row in self._all(Objection, Objection.raised_at)
        )

    @cached_property
    def bonds(self) -> tuple[facts.BondFacts, ...]:  # type: ignore[override]
        """Bonds; before opening only the subject's own."""
        own = () if self.record.opened_at else lot_queries.OWN_LINES
        lines = self._all(BankLine, None, *lot_queries.MATCHED_LINES, *own)
        own = () if self.record.opened_at else lot_queries.OWN_GUARANTEES
        guarantees = self._all(Guarantee, None, *own)
        return tuple(bond_of_line(row) for row in lines) + tuple(
            facts.BondFacts(
                row.organization_id, row.form, row.amount, valid_until=row.valid_until, arrived_at=row.registered_at
            )
            for row in guarantees
        )

    @cached_property
    def bids(self) -> tuple[facts.BidFacts, ...]:  # type: ignore[override]
        """Current bids; before opening only the subject's own."""
        own = () if self.record.opened_at else lot_queries.OWN_BIDS
        rows = self._all(Bid, Bid.received_at, *lot_queries.CURRENT_BIDS, *own)
        paid = arrived_bonds(self.bonds, self.terms_record, self.record.bid_deadline)
        barred = barred_organizations(self.session, [row.organization_id for row in rows], self.today)
        related = related_usccs(self.session, [row.organization_id for row in rows])
        explained = explained_prices(self.session, self.record)
        return tuple(
            facts.BidFacts(
                bidder=row.organization_id,
                uscc=row.organization.uscc,
                name=row.organization.name,
                received_at=row.received_at,
                sealed=bool(row.ciphertext_sha256),
                receipt_digest=row.envelope,
                total=row.total,
                opened=row.opened_at is not None,
                rejected_clause=row.rejected_clause,
                rejected_reason=row.rejected_reason,
                rejected_votes=votes_of(row),
                by_platform=row.rejected_by == "platform",
                low_price_explained=explained.get(row.organization_id),
                rank=row.rank,
                barred=row.organization_id in barred,
                related_usccs=related.get(row.organization_id, ()),
                legal_representative=row.organization.legal_representative or None,
                bond_arrived=None if self.terms_record is None else row.organization_id in paid,
            )
            for row in rows
        )

    @cached_property
    def opening(self) -> facts.OpeningFacts:  # type: ignore[override]
        """Closing and opening; the count is known from the deadline on."""
        lot = self.record
        count = None
        if lot.closed_at is not None:
            count = self.session.scalar(
                select(func.count()).select_from(Bid).where(Bid.lot_id == lot.id, Bid.current.is_(True))
            )
        record = self._one(OpeningRecord)
        pending = sum(
            one.target == "opening" and one.answered_at is None and not one.withdrawn for one in self.objections
        )
        return facts.OpeningFacts(
            bids_at_deadline=count,
            closed_at=lot.closed_at,
            opened_at=lot.opened_at,
            key_used_before_opening=opened_early(lot),
            read_out=bool(record.read_out) if record else None,
            record_published=record is not None,
            open_until=record.open_until if record else None,
            record_closed_at=record.closed_at if record else None,
            on_the_spot_unanswered=pending if record else None,
            decryption_failures=self._failed_openings() if record else None,
            payers_sealed=lot.opened_at is None or lot.bid_deadline is None or lot.opened_at >= lot.bid_deadline,
        )

    def _failed_openings(self) -> int:
        """The bids that did not open, each with its cause on record."""
        query = select(func.count()).select_from(Bid).where(
            Bid.lot_id == self.record.id, Bid.current.is_(True), Bid.open_failure.is_not(None)
        )  # fmt: skip
        return self.session.scalar(query) or 0

    @cached_property
    def draw(self) -> facts.DrawFacts:  # type: ignore[override]
        """The draw and the committee."""
        return draw_facts(self.session, self.record)

    @cached_property
    def evaluation(self) -> facts.EvaluationFacts:  # type: ignore[override]
        """The evaluation."""
        return evaluation_facts(self.session, self.record, self.terms_record, self.values)

    @cached_property
    def publicity(self) -> facts.PublicityFacts:  # type: ignore[override]
        """The publicity of candidates."""
        row = self._one(Publicity)
        if row is None:
            return facts.PublicityFacts(report_received_at=self.record.evaluated_at)
        notice = self._one(Notice, *lot_queries.CANDIDATES_NOTICE)
        answers = row.checklist.get("answers") or {}
        return facts.PublicityFacts(
            report_received_at=row.report_received_at,
            started_at=row.started_at,
            ends_at=row.ends_at,
            ends_day=row.ends_day,
            missing_contents=missing_in_publicity(notice.facts) if notice else None,
            examined=bool(answers) and all(answers.values()),
            scores_open=bool(notice and notice.facts.get("scores")),
        )

    @cached_property
    def award(self) -> facts.AwardFacts:  # type: ignore[override]
        """The award."""
        row = self._one(Award)
        compliance = self._one(ComplianceRecord)
        if row is None:
            return facts.AwardFacts(compliance_recorded_at=compliance.recorded_at if compliance else None)
        bid = self.session.get_one(Bid, row.bid_id)
        return facts.AwardFacts(
            winner=row.organization_id,
            winner_rank=row.rank,
            skip_reason=row.reason or None,
            in_candidates=bid.id in {one.id for one in candidates_of(self.session, self.record)},
            price=row.price,
            price_at_opening=bid.total,
            confirmed_at=row.confirmed_at,
            notified_at=row.notified_at,
            all_told_at_once=None if row.notified_at is None else row.notified_at == self.record.awarded_at,
            reported_at=row.reported_at,
            negotiated=False,
            winner_changed=False,
            compliance_recorded_at=compliance.recorded_at if compliance else None,
            savings_frozen=row.saved == row.base - row.price,
            number=row.number,
            suspended_by_complaint=self.record.suspension_ground == "complaint",
        )

    @cached_property
    def contract(self) -> facts.ContractFacts:  # type: ignore[override]
        """The contract and its performance."""
        row = self._one(Contract)
        if row is None:
            return facts.ContractFacts()
        award = self._one(Award)
        bid = self.session.get_one(Bid, award.bid_id) if award else None
        acceptance = self._one(Acceptance)
        changes = self._all(ContractChange, ContractChange.number, *lot_queries.STANDING_CHANGES)
        return facts.ContractFacts(
            price=row.price,
            signed_on=row.signed_on,
            filed_at=row.filed_at,
            differences=contract_differences(row, bid, self.record, self.terms_record) if bid else None,
            performance_bond=row.performance_bond,
            payment_guarantee=row.payment_guarantee,
            retention_percent=row.retention_percent,
            changes=tuple(
                facts.ChangeFacts(one.amount, one.reason, one.approver or None, one.approved_at, one.touches_scope)
                for one in changes
            ),
            payments=tuple(
                facts.PaymentFacts(one.amount, one.delivered_on, one.paid_on)
                for one in self._all(Payment, Payment.paid_on)
            ),
            accepted_on=acceptance.accepted_on if acceptance else None,
            completion_filed_on=acceptance.filed_on if acceptance else None,
            settlement=acceptance.settlement if acceptance else None,
            manager_on_site=None if bid is None else row.manager == bid.manager,
            rated=self._one(Performance) is not None,
            contractor=row.organization_id,
        )

    @cached_property
    def credit(self) -> tuple[facts.CreditFacts, ...]:  # type: ignore[override]
        """What this lot brought into the credit record."""
        return tuple(
            facts.CreditFacts(
                row.organization_id, row.act, row.basis, row.organ, row.decided_on, row.barred_from, row.barred_until
            )
            for row in self._all(CreditRecord, CreditRecord.recorded_at)
        )

    @cached_property
    def stop(self) -> facts.StopFacts:  # type: ignore[override]
        """Suspension, termination, failure, retender."""
        stops = self._all(Stop, lot_queries.NEWEST_STOP)
        return stop_facts(self.session, self.record, stops, self.objections, self.today)

    @cached_property
    def archive(self) -> facts.ArchiveFacts:  # type: ignore[override]
        """The file of the lot."""
        return archive_facts(
            self.session, self.record, self.documents, self.today, int(self.values["archive_years_all"])
        )
