"""From records to the facts of a procurement without a winner 废标与终止案情: its ground, and going on with two."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import FailureGround, Method, ProjectType, Status
from trading.methods.grounds import TWO_ARE_ENOUGH, TWO_LEFT
from trading.models import WHOLE_BID, Bid, Lot, Message, MethodApplication, MethodBasis, Notice
from trading.rules import case as facts
from trading.rules.purchase_result_facts import ProcurementEnding
from trading.steps import Step
from trading.workflow.admission import invited
from trading.workflow.negotiation_case import NegotiationCase
from trading.workflow.negotiation_record import WITH_ONE, negotiates

LEFT = 2
ENDINGS = {
    FailureGround.FEW_BIDDERS: ProcurementEnding.FEW_SUPPLIERS,
    FailureGround.FEW_PREQUALIFIED: ProcurementEnding.FEW_SUPPLIERS,
    FailureGround.ALL_REJECTED: ProcurementEnding.FEW_SUPPLIERS,
    FailureGround.NO_COMPETITION: ProcurementEnding.FEW_SUPPLIERS,
    FailureGround.NO_CANDIDATE_LEFT: ProcurementEnding.FEW_SUPPLIERS,
    FailureGround.UNLAWFUL_DOCUMENTS: ProcurementEnding.ILLEGALITY,
    FailureGround.ILLEGALITY: ProcurementEnding.ILLEGALITY,
    FailureGround.OVER_BUDGET: ProcurementEnding.OVER_BUDGET,
    FailureGround.TASK_CANCELLED: ProcurementEnding.TASK_CANCELLED,
    FailureGround.METHOD_GROUND_GONE: ProcurementEnding.METHOD_GROUND_GONE,
}


def ending_of(lot: Lot, ground: FailureGround) -> ProcurementEnding | None:
    """The statutory ground of a procurement's end that a ground of failure is; None where the law has none.

    A tender ends on the four of CG 36; otherwise the ground of the method may be gone, fewer than three may be within
    the budget, or the one supplier above it; a cancelled task is a termination there (D74 23, 37, 43, 50).
    """
    ending = ENDINGS.get(ground)
    if not negotiates(lot):
        return None if ending is ProcurementEnding.METHOD_GROUND_GONE else ending
    if ending is ProcurementEnding.OVER_BUDGET:
        one = lot.method in WITH_ONE
        return ProcurementEnding.SINGLE_OVER_BUDGET if one else ProcurementEnding.FEW_SUPPLIERS
    return None if ending is ProcurementEnding.TASK_CANCELLED else ending


def left_over(session: Session, lot: Lot) -> frozenset[str]:
    """The suppliers that had bid at the deadline of an attempt and were not rejected."""
    query = select(Bid.organization_id).where(Bid.lot_id == lot.id, WHOLE_BID, Bid.rejected_clause.is_(None))
    return frozenset(session.scalars(query))


def two_left(session: Session, lot: Lot) -> frozenset[str]:
    """The two suppliers with whom a lot goes on after its tender; empty where it does not."""
    if lot.previous_id is None or ground_of(session, lot) != TWO_LEFT:
        return frozenset()
    return left_over(session, session.get_one(Lot, lot.previous_id))


def ground_of(session: Session, lot: Lot) -> str:
    """The ground on which the lot's method rests, where it has one."""
    return session.scalar(select(MethodBasis.ground).where(MethodBasis.lot_id == lot.id)) or ""


class ProcurementEndCase(NegotiationCase):
    """What the end of a procurement without a winner adds, and what comes after it."""

    @cached_property
    def procurement(self) -> facts.ProcurementFacts:  # type: ignore[override]
        """The plan, with the case of the law in which two suppliers are enough."""
        found, lot = super().procurement, self.record
        if lot.method is None:
            return found
        return replace(found, two_suffice=TWO_ARE_ENOUGH.get(ground_of(self.session, lot), ""))

    @cached_property
    def purchase(self) -> facts.PurchaseFacts:  # type: ignore[override]
        """The course; neither a framework agreement nor the electronic store can be registered here."""
        return replace(super().purchase, framework=False)

    @cached_property
    def procurement_end(self) -> facts.ProcurementEndFacts:  # type: ignore[override]
        """Whether the procurement ended without a winner, on which ground, and with how many it goes on."""
        lot = self.record
        if not lot.project.type.is_procurement:
            return facts.ProcurementEndFacts()
        ended = lot.status is Status.FAILED or self.step in (Step.FAIL, Step.RETENDER)
        two = two_left(self.session, lot)
        own = facts.ProcurementEndFacts(ended=ended, goes_on_with=len(invited(self.session, lot)) if two else None)
        if two:
            level = select(MethodApplication.finance_level).where(
                MethodApplication.lot_id == lot.id, MethodApplication.approved.is_(True)
            )
            own = replace(own, approved_by=self.session.scalar(level.order_by(MethodApplication.decided_at.desc())))
        if not ended or lot.failure_ground is None:
            return own
        return replace(
            own,
            ground=ending_of(lot, lot.failure_ground),
            reasons_told=self._told_why(),
            next_method=self._next(),
            change_approved=self._approved(),
        )

    def _told_why(self) -> bool:
        """Whether the notice of the end is out and its message sent."""
        if self._one(Notice, Notice.facts["ground"].as_string() == str(self.record.failure_ground)) is None:
            return self.record.published_at is None
        return self.session.scalar(select(Message.id).where(Message.lot_id == self.record.id).limit(1)) is not None

    def _after(self) -> Lot | None:
        return self.session.scalar(select(Lot).where(Lot.previous_id == self.record.id))

    def _next(self) -> Method | None:
        after = self._after()
        return after.method if after else None

    def _approved(self) -> bool | None:
        """Whether the next attempt's other method was decided by whom the law names; below the threshold the owner."""
        after = self._after()
        if after is None or after.method is None:
            return None
        if self.record.project.type is ProjectType.GPN and not after.mandatory:
            return True
        query = select(MethodApplication.approved).where(MethodApplication.lot_id == after.id)
        return bool(self.session.scalar(query.order_by(MethodApplication.applied_at.desc()).limit(1)))
