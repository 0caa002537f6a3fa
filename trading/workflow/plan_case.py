"""From records to the facts of what an owner planned 交易前提案情: procurement, disposal, village, sole source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import func, select

from trading.beijing import law_date
from trading.codelists import Category, DocumentKind, Method, ProjectType, Status
from trading.models import (
    DisposalPlan,
    Lot,
    MethodBasis,
    Offer,
    ProcurementPlan,
    SaleTerms,
    SoleSourceNotice,
    SoleSourceObjection,
    VillageVote,
)
from trading.rules import case as facts
from trading.workflow import lot_queries
from trading.workflow.evaluation_facts import weight_of_price
from trading.workflow.lot_case import LotCase

P = TypeVar("P", ProcurementPlan, DisposalPlan, VillageVote)
PERCENT = Decimal(100)
SUBJECTS = ("subject", "description", "reasons", "supplier", "supplier_address", "opinion", "experts", "contacts")


class PlanCase(LotCase):
    """The facts of plans, decisions, valuations and votes before the notice, and of a sole source."""

    def _of_project(self, model: type[P]) -> P | None:
        return self.session.scalar(select(model).where(model.project_id == self.record.project_id))

    @cached_property
    def plan_record(self) -> DisposalPlan | None:
        """The plan of the disposal, where the lot is one."""
        return None if self.record.project.type.is_purchase else self._of_project(DisposalPlan)

    @cached_property
    def vote_record(self) -> VillageVote | None:
        """The vote of the village, where the lot is a village's."""
        return self._of_project(VillageVote) if self.record.project.type is ProjectType.RURAL else None

    @cached_property
    def sale_record(self) -> SaleTerms | None:
        """The terms of the disposal, once they are written."""
        return None if self.record.project.type.is_purchase else self._one(SaleTerms)

    @cached_property
    def basis_record(self) -> MethodBasis | None:
        """On what the method rests, where it is not the default."""
        return self._one(MethodBasis)

    def _has(self, kind: DocumentKind) -> bool:
        return any(one.kind is kind for one in self.documents)

    @cached_property
    def procurement(self) -> facts.ProcurementFacts:  # type: ignore[override]
        """The procurement before its notice."""
        plan = self._of_project(ProcurementPlan) if self.record.project.type.is_procurement else None
        if plan is None:
            return facts.ProcurementFacts()
        terms = self.terms_record
        works = self.record.category is Category.CONSTRUCTION
        return facts.ProcurementFacts(
            plan_filed_on=plan.plan_filed_on if plan.plan_number.strip() else None,
            intention_published_on=plan.intention_published_on,
            approved_budget=plan.approved_budget - self._budgets_beside(),
            budget_changed=plan.budget_changed,
            demand_clear=plan.demand_clear,
            needs_survey_on=plan.needs_survey_on if self._has(DocumentKind.NEEDS) else None,
            imported=plan.imported,
            price_weight=weight_of_price(terms),
            price_fixed_by_state=plan.price_fixed_by_state,
            standard_goods=plan.standard_goods,
            sme_deduction=share_of(terms.sme_deduction_percent) if terms else None,
            sme_score_bonus=share_of(terms.sme_bonus_percent) if terms and works else None,
            domestic_competes=plan.domestic_competes,
            domestic_deduction=share_of(terms.domestic_deduction_percent) if terms else None,
        )

    def _budgets_beside(self) -> Decimal:
        """The budgets of the project's other packages, which use up the approved budget as well; in yuan."""
        own = self.record
        query = select(Lot.budget).where(
            Lot.project_id == own.project_id, Lot.attempt == own.attempt, Lot.id != own.id, Lot.budget.is_not(None)
        )
        return sum((budget for budget in self.session.scalars(query) if budget), Decimal(0))

    @cached_property
    def single_source(self) -> facts.SingleSourceFacts:  # type: ignore[override]
        """A purchase from one supplier: its ground, its notice, what is added to a contract."""
        basis = self.basis_record
        if basis is None or basis.method is not Method.SINGLE_SOURCE:
            return facts.SingleSourceFacts()
        application = self.session.scalar(lot_queries.NEWEST_APPLICATION, self._asked)
        own = facts.SingleSourceFacts(
            sole_supplier=basis.ground == "only_supplier",
            from_original=basis.ground == "add_on",
            original_contract=basis.original_contract,
            added=basis.added,
            emergency=basis.emergency,
            requested_on=law_date(application.applied_at) if application else law_date(basis.given_at),
        )
        return self._noticed(own)

    def _noticed(self, own: facts.SingleSourceFacts) -> facts.SingleSourceFacts:
        """The same with what the newest notice of a sole source says, if there was one."""
        notice = self.session.scalar(
            select(SoleSourceNotice)
            .where(SoleSourceNotice.lot_id == self.record.id)
            .order_by(SoleSourceNotice.published_at.desc())
            .limit(1)
        )
        if notice is None:
            return own
        objections = self.session.scalar(
            select(func.count()).select_from(SoleSourceObjection).where(SoleSourceObjection.notice_id == notice.id)
        )
        return facts.SingleSourceFacts(
            sole_supplier=own.sole_supplier,
            from_original=own.from_original,
            original_contract=own.original_contract,
            added=own.added,
            emergency=own.emergency,
            requested_on=own.requested_on,
            notice_from=law_date(notice.published_at),
            notice_until=notice.until,
            notice_missing=tuple(name for name in SUBJECTS if not getattr(notice, name)),
            objected=bool(objections),
            reasoned_on=law_date(notice.reasoned_at) if notice.reasoned_at else None,
        )

    @cached_property
    def failed_tender(self) -> facts.FailedTenderFacts:  # type: ignore[override]
        """What a change of method after a failed tender rests on."""
        basis = self.basis_record
        if basis is None:
            return facts.FailedTenderFacts(changes_after_failure=False)
        stated = self._has(DocumentKind.EVIDENCE)
        return facts.FailedTenderFacts(
            changes_after_failure=bool(basis.changes_after_failure) or (self.record.attempt > 1 and self._failed()),
            committee_statement=basis.committee_statement if stated else None,
            experts_stating=basis.experts_stating if stated else None,
            notice_proved=basis.notice_proved,
            challenges_told=basis.challenges_told,
        )

    def _failed(self) -> bool:
        """Whether the attempt before this one was tendered."""
        before = self.session.get(Lot, self.record.previous_id) if self.record.previous_id else None
        return before is not None and before.method in (Method.OPEN_TENDER, Method.INVITED_TENDER)

    @cached_property
    def disposal(self) -> facts.DisposalFacts:  # type: ignore[override]
        """Who decided on the disposal, and what the object is worth."""
        plan, project = self.plan_record, self.record.project
        if plan is None:
            return facts.DisposalFacts()
        approved = decided(project.approval_number, project.approval_date, self.today) and self._has(
            DocumentKind.DISPOSAL_APPROVAL
        )
        collective = decided("-", plan.decided_on, self.today) and self._has(DocumentKind.DECISION)
        valued = plan.valuation_base is not None and self._has(DocumentKind.VALUATION)
        sale = self.sale_record
        return facts.DisposalFacts(
            plan_approved=approved,
            planning_conditions=self._has(DocumentKind.PLANNING_CONDITIONS),
            price_assessed=valued,
            collective_decision=collective,
            funder_decided=approved,
            gives_up_control=plan.gives_up_control,
            government_approved=bool((plan.government_approval or "").strip()),
            valuation_filed=valued and bool((plan.valuation_filed or "").strip()),
            needs_valuation=plan.needs_valuation,
            approved=approved,
            valuation=self.record.estimate if valued else Decimal(0),
            valuation_base=plan.valuation_base,
            first_listing=self.record.attempt == 1,
            listing_price=sale.starting_price if sale else None,
            consent_to_price=bool((sale.price_consent or "").strip()) if sale else None,
            first_disclosed_on=self._first_disclosed(),
            begun_anew=sale.begun_anew if sale else None,
            reserve_collective=collective,
            least_price=plan.least_price,
            **self._reserve(),
        )

    def _reserve(self) -> dict[str, Any]:
        """The reserve as far as it may be known: while it is sealed, no more than that it reaches the starting price.

        The highest offer is told after the end alone.
        """
        sale = self.sale_record
        if sale is None:
            return {}
        ended = sale.ended_at is not None
        sealed = sale.has_reserve and sale.reserve is None
        highest = select(func.max(Offer.amount)).where(Offer.lot_id == self.record.id)
        return {
            "without_reserve": not sale.has_reserve,
            "announced_without_reserve": None if sale.has_reserve else self.record.published_at is not None,
            "reserve": None if ended and sealed else sale.reserve or sale.starting_price,
            "highest_bid": self.session.scalar(highest) if ended else None,
            "stopped_below_reserve": self.record.status is Status.FAILED if ended else None,
        }

    def _first_disclosed(self) -> date | None:
        """The day on which the object was first announced, in an earlier attempt or in this one."""
        query = select(func.min(Lot.published_at)).where(
            Lot.project_id == self.record.project_id, Lot.number == self.record.number
        )
        first = self.session.scalar(query)
        return law_date(first) if first else None

    @cached_property
    def village(self) -> facts.VillageFacts:  # type: ignore[override]
        """The vote of the village; without its minutes nothing is known of it."""
        vote = self.vote_record
        if vote is None or not self._has(DocumentKind.VOTE):
            return facts.VillageFacts()
        return facts.VillageFacts(
            by_delegates=vote.by_delegates,
            entitled=vote.entitled,
            attended=vote.attended,
            agreed=vote.agreed,
            called_on=vote.called_on,
            met_on=vote.met_on,
            land_to_outsiders=vote.land_to_outsiders,
            township_approved=bool((vote.township_approval or "").strip()),
            construction_land=vote.construction_land,
            plan_filed_on=vote.plan_filed_on,
            government_answered_on=vote.government_answered_on,
            government_objected=vote.government_objected,
            reserve_agreed=vote.reserve_agreed,
            valuation_published_on=vote.valuation_published_on,
        )


def share_of(percent: Decimal | None) -> Decimal | None:
    """A percentage as a share of one."""
    return None if percent is None else percent / PERCENT


def decided(number: str | None, day: date | None, today: date) -> bool:
    """Whether there is a decision with its number, dated no later than today."""
    return bool((number or "").strip()) and day is not None and day <= today
