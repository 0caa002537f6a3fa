"""From records to the facts before the bids 交易准备案情: project, lot, terms, filing, method, notice."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from trading.codelists import DocumentKind, ScanAnswer
from trading.identifiers import valid_trading_code
from trading.methods import METHODS
from trading.methods.proposal import propose, stands_on
from trading.methods.proposal import runs as method_runs
from trading.models import Project, SaleTerms, ScanHit
from trading.rules import case as facts
from trading.steps import Step
from trading.workflow import lot_queries
from trading.workflow.bidding_facts import sealed_reserve_facts
from trading.workflow.plan_case import PlanCase
from trading.workflow.record_facts import documents_digest
from trading.workflow.reported import reported_contracts
from trading.workflow.sale_record import competes
from trading.workflow.siblings import Approvals, approvals_of, owner_year, siblings_of

EXCEPTION_STEPS = (Step.APPLY_FOR_EXCEPTION, Step.DECIDE_EXCEPTION)
NOTICE_CONTENTS = ("scope", "qualification", "documents", "deadline", "place", "contact", "funding")


class PreparationCase(PlanCase):
    """The facts of entry, filing, method and notice."""

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
        alarms = self.session.scalars(lot_queries.RED_ALARMS, self._asked).all()
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
        changed = None if filing is None else digest != filing.documents_digest and not self._clarified()
        told = self.session.scalars(lot_queries.CEILINGS, self._asked)
        ceiling_text = next((one["ceiling"] for one in told if one.get("ceiling")), None)
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
            scan_hits=self._scan_hits(),
            scan_unread=len(self.session.scalar(lot_queries.NEWEST_UNREAD, self._asked) or ()),
        )

    def _scan_hits(self) -> tuple[facts.ScanHit, ...] | None:
        """The hits of the scan that were not found again in later papers; None when nothing was scanned."""
        if self.session.scalar(lot_queries.SCANNED, self._asked) is None:
            return None
        return tuple(
            facts.ScanHit(
                hit.kind,
                f"{hit.law}{hit.article}",
                hit.sentence,
                hit.answer.value if hit.answer is ScanAnswer.CHANGED else hit.reason or None,
            )
            for hit in self._all(ScanHit, ScanHit.found_at, *lot_queries.STANDING_HITS)
        )

    def _clarified(self) -> bool:
        return self.session.scalar(lot_queries.CLARIFIED, self._asked) is not None

    @cached_property
    def sealed_price(self) -> facts.SealedPriceFacts:  # type: ignore[override]
        """The base price of a tender, which its owner keeps, or a disposal's reserve, which the vault keeps sealed."""
        sale = self._one(SaleTerms) if competes(self.record) else None
        if sale is not None:
            return sealed_reserve_facts(sale)
        terms = self.terms_record
        return facts.SealedPriceFacts(count=terms.base_prices if terms else None, kept_here=False)

    @cached_property
    def siblings(self) -> tuple[facts.SiblingLot, ...]:  # type: ignore[override]
        """The owner's other lots of the same project or investment code."""
        return siblings_of(self.session, self.record)

    @cached_property
    def reported_contracts(self) -> tuple[facts.ReportedContract, ...]:  # type: ignore[override]
        """The owner's contracts that finance or audit reported."""
        return reported_contracts(self.session, self.record.project.owner.uscc)

    @cached_property
    def owner_year(self) -> facts.OwnerYear:  # type: ignore[override]
        """What the owner traded in this calendar year."""
        return owner_year(self.session, self.record.project.owner_id, self.today)

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
        application = self.session.scalar(lot_queries.NEWEST_APPLICATION, self._asked)
        chosen = lot.method or (application.method if application and self.step in EXCEPTION_STEPS else None)
        refusal = method_runs(project.type, chosen) if chosen else None
        allowed = tuple(dict.fromkeys([proposal.method, *(one.method for one in proposal.allowed)]))
        exceptional = application if application and application.method is chosen else None
        basis = self.basis_record
        founded = exceptional or (basis if basis and basis.method is chosen else None)
        approvals = approvals_of(self.session, lot) if exceptional else Approvals(changes=False)
        return facts.MethodFacts(
            proposed=proposal.method,
            chosen=chosen,
            allowed=allowed,
            mandatory=proposal.mandatory,
            runs=None if chosen is None else refusal is None,
            refusal_zh=refusal.zh if refusal else "",
            refusal_en=refusal.en if refusal else "",
            ground=founded.ground if founded else None,
            ground_statutory=stands_on(proposal, founded.method, founded.ground) if founded else None,
            evidence_attached=self._has(DocumentKind.EVIDENCE) if founded else None,
            reasons_published=bool(basis and basis.reasons_published_at),
            approved=exceptional.approved if exceptional else None,
            decision_number=exceptional.decision_number if exceptional else None,
            decided_at=exceptional.decided_at if exceptional else None,
            drawing_lots_for_winner=False if chosen in METHODS else None,
            reasons=founded.reasons if founded else None,
            changes_approved=approvals.changes,
            first_approver=approvals.first,
            approver=approvals.now,
        )

    @cached_property
    def notice(self) -> facts.NoticeFacts:  # type: ignore[override]
        """The tender notice and its clocks."""
        lot = self.record
        notice = self.session.execute(lot_queries.TENDER_NOTICE, self._asked).one_or_none()
        if notice is None:
            return facts.NoticeFacts()
        return facts.NoticeFacts(
            published_at=lot.published_at,
            issued_at=lot.published_at,
            documents_until=lot.documents_until,
            bid_deadline=lot.bid_deadline,
            media=tuple(notice.media),
            media_identical=True,
            missing_contents=tuple(name for name in NOTICE_CONTENTS if not notice.facts.get(name)),
            fee=notice.documents_fee or Decimal(0),
            holders_disclosed=False,
            entry_hurdles=(),
        )
