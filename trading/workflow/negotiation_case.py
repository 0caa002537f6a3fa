"""From records to the facts of a negotiation and of a procurement's result 谈判与采购结果案情."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import ChallengeTarget, NoticeKind, SupplierSource
from trading.models import (
    Award,
    Challenge,
    Evaluation,
    Invitee,
    InviteeList,
    Message,
    MethodApplication,
    Notice,
)
from trading.rules import case as facts
from trading.rules.purchase_result_facts import ResultChallengeFacts
from trading.workflow.admission import invited
from trading.workflow.negotiation_record import WITH_ONE, agreement_of, negotiates
from trading.workflow.tender_case import TenderCase

IN_A_RESULT = ("winner", "uscc", "price", "scope", "experts")


class NegotiationCase(TenderCase):
    """What negotiations and the results of procurements add to a tender's facts."""

    @cached_property
    def procurement(self) -> facts.ProcurementFacts:  # type: ignore[override]
        """The plan, with how many suppliers take part: invited, or as many as responded to the notice."""
        found, lot = super().procurement, self.record
        if not negotiates(lot):
            return found
        kept = self._one(InviteeList)
        circle = len(invited(self.session, lot)) if kept is not None else None
        named = kept is not None and kept.source in (None, SupplierSource.RECOMMENDED)
        ground = self.session.scalar(
            select(MethodApplication.ground)
            .where(MethodApplication.lot_id == lot.id)
            .order_by(MethodApplication.applied_at.desc())
            .limit(1)
        )
        responded = self.opening.bids_at_deadline
        return replace(
            found,
            suppliers=circle if responded is None else responded,
            two_suffice=found.two_suffice or ground or "",
            recommended=len(self._all(Invitee, Invitee.id)) if named else 0,
            recommended_by_owner=kept.by_owner if kept is not None and named else 0,
        )

    @cached_property
    def purchase(self) -> facts.PurchaseFacts:  # type: ignore[override]
        """The course of a procurement; a negotiation finds its suppliers by its notice unless it invites them."""
        found, lot = super().purchase, self.record
        if not negotiates(lot):
            return found
        return replace(
            found,
            notice_until=law_date(lot.documents_until) if lot.documents_until else None,
            by_notice=self._one(InviteeList) is None,
            framework=False,
            documents_extended=False,
            object_or_qualification_changed=False,
        )

    @cached_property
    def draw(self) -> facts.DrawFacts:  # type: ignore[override]
        """The draw; where the price is agreed with one supplier nobody is drawn, so no name can be told."""
        found = super().draw
        return replace(found, names_sealed=True) if self.record.method in WITH_ONE else found

    @cached_property
    def evaluation(self) -> facts.EvaluationFacts:  # type: ignore[override]
        """The evaluation; an agreed price is unaltered while it is the one that both sides confirmed."""
        found, agreed = super().evaluation, agreement_of(self.session, self.record)
        if agreed is None or agreed.confirmed_at is None:
            return found
        report = self._one(Evaluation)
        priced = {line["price"] for line in report.ranking} if report else set()
        return replace(found, altered_after_signing=priced != {str(agreed.price)})

    @cached_property
    def challenges(self) -> tuple[facts.ChallengeFacts, ...]:  # type: ignore[override]
        """Inquiries, and challenges to documents and process."""
        return tuple(
            facts.ChallengeFacts(
                challenge=one.target is not ChallengeTarget.INQUIRY,
                raised_on=law_date(one.raised_at),
                known_on=one.known_on,
                answered_on=law_date(one.answered_at) if one.answered_at else None,
            )
            for one in self._all(Challenge, Challenge.raised_at)
            if one.target is not ChallengeTarget.RESULT
        )

    @cached_property
    def purchase_result(self) -> facts.PurchaseResultFacts:  # type: ignore[override]
        """Report, choice, notice and challenges of a procurement's result."""
        lot = self.record
        if not lot.project.type.is_procurement:
            return facts.PurchaseResultFacts()
        report, award = self._one(Evaluation), self._one(Award)
        evaluated = law_date(report.submitted_at) if report and report.submitted_at else None
        notice = self._one(Notice, Notice.kind == NoticeKind.RESULT)
        told = notice.facts if notice else {}
        losers = self.session.scalar(select(Message.id).where(Message.lot_id == lot.id).limit(1)) if notice else None
        return facts.PurchaseResultFacts(
            evaluated_on=evaluated,
            report_sent_on=evaluated,
            fixed_on=law_date(award.confirmed_at) if award else None,
            chosen_by_silence=award.by_silence if award else None,
            notice_on=law_date(notice.published_at) if notice else None,
            notice_until=self._result_until(),
            documents_with_notice=True if notice else None,
            missing_contents=tuple(name for name in IN_A_RESULT if not told.get(name)) if notice else None,
            experts_named=bool(told.get("experts")) if notice else None,
            unqualified_told=losers is not None if notice else None,
            losers_told=losers is not None if notice else None,
            challenges=self._result_challenges() if award else None,
        )

    def _result_until(self) -> date | None:
        until = self.record.publicity_until
        return None if until is None else law_date(until).fromordinal(law_date(until).toordinal() - 1)

    def _result_challenges(self) -> tuple[ResultChallengeFacts, ...]:
        return tuple(
            ResultChallengeFacts(
                raised_on=law_date(one.raised_at),
                answered_on=law_date(one.answered_at) if one.answered_at else None,
                may_affect_result=one.suspends_signing,
                signing_suspended=self.record.contracted_at is None or one.answered_at is not None,
                result_changed=one.result_changed,
                reported_to_finance=one.reported_to_finance,
            )
            for one in self._all(Challenge, Challenge.raised_at)
            if one.target is ChallengeTarget.RESULT
        )
