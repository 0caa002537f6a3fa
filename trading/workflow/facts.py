"""From records to the facts that rules ask about 案情装配: each group is read once, and only if a rule asks for it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from trading.beijing import law_date
from trading.models import (
    Acceptance,
    Alarm,
    Award,
    Bid,
    ComplianceRecord,
    Contract,
    ContractChange,
    CreditRecord,
    Notice,
    Payment,
    Performance,
    Publicity,
    Stop,
)
from trading.rules import case as facts
from trading.workflow import lot_queries
from trading.workflow.archive_facts import archive_facts, disclosed, invalid_signatures
from trading.workflow.record_facts import (
    barred_organizations,
    candidates_of,
    contract_differences,
    missing_in_publicity,
    stop_facts,
)
from trading.workflow.sale_record import sale_contract_pairs
from trading.workflow.supervision_case import SupervisionCase


def frozen_rightly(row: Award) -> bool:
    """Whether savings, or the premium of a disposal, are what base and price give."""
    return row.saved == row.base - row.price if row.premium is None else row.premium == row.price - row.base


class RecordCase(SupervisionCase):
    """A case read from the records of one lot, on demand: preparation and process below, and here the result."""

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
        row = self.award_record
        compliance = self._one(ComplianceRecord)
        if row is None:
            return facts.AwardFacts(compliance_recorded_at=compliance.recorded_at if compliance else None)
        if row.bid_id is None:
            return self._award_of_deal(row, compliance)
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
            savings_frozen=frozen_rightly(row),
            number=row.number,
            suspended_by_complaint=self.record.suspension_ground == "complaint",
        )

    def _award_of_deal(self, row: Award, compliance: ComplianceRecord | None) -> facts.AwardFacts:
        """The award of a disposal: whom the bidding made the buyer; the price in the unit of the offers."""
        deal = self.deal_record
        return facts.AwardFacts(
            winner=row.organization_id,
            winner_rank=row.rank,
            in_candidates=deal is not None and deal.entrant.organization_id == row.organization_id,
            price=deal.price if deal else None,
            price_at_opening=deal.price if deal else None,
            confirmed_at=row.confirmed_at,
            notified_at=row.notified_at,
            all_told_at_once=None if row.notified_at is None else row.notified_at == self.record.awarded_at,
            negotiated=False,
            winner_changed=False,
            winner_barred=bool(barred_organizations(self.session, [row.organization_id], self.today)),
            compliance_recorded_at=compliance.recorded_at if compliance else None,
            savings_frozen=row.premium == row.price - row.base,
            number=row.number,
            suspended_by_complaint=self.record.suspension_ground == "complaint",
        )

    def _differences(self, row: Contract, award: Award | None, bid: Bid | None) -> tuple[str, ...] | None:
        """The fields in which the contract departs from the winning bid or from the deal."""
        if bid is not None and self.record.project.type.is_purchase:
            return contract_differences(row, bid, self.record, self.terms_record)
        if award is None or self.sale_record is None:
            return None
        pairs = sale_contract_pairs(row, award, self.record, self.sale_record)
        return tuple(name for name, (there, here) in pairs.items() if there != here)

    @cached_property
    def contract(self) -> facts.ContractFacts:  # type: ignore[override]
        """The contract and its performance."""
        row = self._one(Contract)
        if row is None:
            return facts.ContractFacts()
        award = self.award_record
        bid = self.session.get_one(Bid, award.bid_id) if award and award.bid_id else None
        acceptance = self._one(Acceptance)
        changes = self._all(ContractChange, ContractChange.number, *lot_queries.STANDING_CHANGES)
        return facts.ContractFacts(
            price=row.price,
            signed_on=row.signed_on,
            filed_at=row.filed_at,
            differences=self._differences(row, award, bid),
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
            published_on=law_date(row.filed_at) if row.filed_at else None,
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
    def alarms(self) -> tuple[facts.AlarmFacts, ...]:  # type: ignore[override]
        """The alarms of this lot, the oldest first."""
        return tuple(
            facts.AlarmFacts(row.id, row.severity, row.raised_at, row.responded_at, row.closed_at, row.level)
            for row in self._all(Alarm, Alarm.raised_at)
        )

    @cached_property
    def stop(self) -> facts.StopFacts:  # type: ignore[override]
        """Suspension, termination, failure, retender."""
        stops = self._all(Stop, lot_queries.NEWEST_STOP)
        return stop_facts(self.session, self.record, stops, self.objections, self.today)

    @cached_property
    def archive(self) -> facts.ArchiveFacts:  # type: ignore[override]
        """The file of the lot."""
        file = archive_facts(
            self.session, self.record, self.documents, self.today, int(self.values["archive_years_all"])
        )
        contract = self._one(Contract)
        return replace(
            file,
            invalid_signatures=invalid_signatures(self.session, self.record, contract, self.evaluation),
            disclosed=disclosed(
                self._all(Notice), self.award_record, contract, self._all(CreditRecord, CreditRecord.recorded_at)
            ),
        )
