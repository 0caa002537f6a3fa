"""From records to the facts of the process 交易过程案情: clarifications, bonds, bids, opening, draw, evaluation."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from trading.beijing import law_date
from trading.codelists import ProjectType
from trading.models import BankLine, Bid, Clarification, Guarantee, Lot, Objection, OpeningRecord, TenderTerms
from trading.rules import case as facts
from trading.rules.r09_deposit import DepositKind
from trading.workflow import lot_queries
from trading.workflow.committee_facts import draw_facts
from trading.workflow.evaluation_facts import evaluation_facts, explained_prices, price_facts, votes_of
from trading.workflow.evaluation_record import report_of
from trading.workflow.expert_recurrence import recurrence
from trading.workflow.inquiry_record import inquiries_of
from trading.workflow.preparation_case import PreparationCase
from trading.workflow.purchase_committee import committee_of
from trading.workflow.record_facts import (
    arrived_bonds,
    barred_organizations,
    bond_of_guarantee,
    bond_of_line,
    related_usccs,
)
from trading.workflow.secrecy import bonds_may_be_told


def opened_early(lot: Lot) -> bool:
    """Whether anything was opened before the deadline."""
    return lot.opened_at is not None and lot.bid_deadline is not None and lot.opened_at < lot.bid_deadline


def asked_deposits(terms: TenderTerms) -> tuple[str, ...]:
    """The deposits that the tender documents ask for."""
    asked = ((DepositKind.BID, terms.bond), (DepositKind.PERFORMANCE, terms.performance_bond_percent))
    return tuple(kind for kind, amount in asked if amount)


class ProcessCase(PreparationCase):
    """The facts between notice and report."""

    @cached_property
    def prequalification(self) -> facts.PrequalificationFacts:  # type: ignore[override]
        """Works: this procedure has no step for a prequalification, so qualification is examined after the opening."""
        works = self.record.project.type is ProjectType.WORKS
        return facts.PrequalificationFacts(held=False if works else None)

    @cached_property
    def deposits(self) -> facts.DepositFacts:  # type: ignore[override]
        """What the documents ask for; a guarantee may be registered on every works lot, and nothing refuses it."""
        works = self.record.project.type is ProjectType.WORKS
        kinds = None if self.terms_record is None else asked_deposits(self.terms_record)
        return facts.DepositFacts(kinds, True if works else None)

    @cached_property
    def recurrence(self) -> facts.RecurrenceFacts:  # type: ignore[override]
        """How often the experts of this committee sat of late."""
        return facts.RecurrenceFacts(recurrence(self.session, self.record, self.values["expert_frequency_days"]))

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
        """Bonds; before they may be told only the subject's own."""
        own = () if bonds_may_be_told(self.record) else lot_queries.OWN_LINES
        lines = self._all(BankLine, None, *lot_queries.MATCHED_LINES, *own)
        own = () if bonds_may_be_told(self.record) else lot_queries.OWN_GUARANTEES
        guarantees = self._all(Guarantee, None, *own)
        return tuple(bond_of_line(row, self._benchmark_rate(row)) for row in lines) + tuple(
            bond_of_guarantee(row) for row in guarantees
        )

    def _benchmark_rate(self, row: BankLine) -> Decimal | None:
        """The benchmark rate of loans on the day on which a refund was due; None where none is due or known."""
        if row.refund_due_at is None:
            return None
        values = self.tools.book.on(law_date(row.refund_due_at))
        return Decimal(values["loan_benchmark_rate"]) if values.in_force("loan_benchmark_rate") else None

    @cached_property
    def bids(self) -> tuple[facts.BidFacts, ...]:  # type: ignore[override]
        """Current bids; before opening only the subject's own, and of that no more than its arrival."""
        if self.record.opened_at is None:
            own = self._all(Bid, Bid.received_at, *lot_queries.OWN_BIDS)
            return tuple(
                facts.BidFacts(
                    bidder=row.organization_id,
                    uscc=row.organization.uscc,
                    name=row.organization.name,
                    received_at=row.received_at,
                    sealed=bool(row.ciphertext_sha256),
                    receipt_digest=row.envelope,
                    opened=False,
                )
                for row in own
            )
        rows = self._all(Bid, Bid.received_at, *lot_queries.CURRENT_BIDS)
        works = self.record.project.type is ProjectType.WORKS
        paid = arrived_bonds(self.bonds, self.terms_record, self.record.bid_deadline, basic_only=works)
        barred = barred_organizations(self.session, [row.organization_id for row in rows], self.today)
        related = related_usccs(self.session, [row.organization_id for row in rows])
        explained = explained_prices(inquiries_of(self.session, self.record))
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
            count = self.session.scalar(lot_queries.BID_COUNT, self._asked)
        record = self._one(OpeningRecord)
        pending = sum(
            one.target == "opening" and one.answered_at is None and not one.withdrawn for one in self.objections
        )
        return facts.OpeningFacts(
            bids_at_deadline=count,
            closed_at=lot.closed_at,
            opened_at=lot.opened_at,
            technical_opened_at=lot.technical_opened_at,
            key_used_before_opening=opened_early(lot),
            read_out=bool(record.read_out) if record else None,
            record_published=record is not None,
            open_until=record.open_until if record else None,
            record_closed_at=record.closed_at if record else None,
            on_the_spot_unanswered=pending if record else None,
            base_price_published=record.base_price is not None if record else None,
            decryption_failures=self._failed_openings() if record else None,
            stages=1 if lot.project.type is ProjectType.WORKS else None,
            payers_sealed=lot.opened_at is None or lot.bid_deadline is None or lot.opened_at >= lot.bid_deadline,
        )

    def _failed_openings(self) -> int:
        """The bids that did not open, each with its cause on record."""
        return self.session.scalar(lot_queries.FAILED_OPENINGS, self._asked) or 0

    @cached_property
    def draw(self) -> facts.DrawFacts:  # type: ignore[override]
        """The draw and the committee."""
        return draw_facts(self.session, self.record)

    @cached_property
    def evaluation(self) -> facts.EvaluationFacts:  # type: ignore[override]
        """The evaluation."""
        return evaluation_facts(self.session, self.record, self.terms_record, self.values)

    @cached_property
    def purchase(self) -> facts.PurchaseFacts:  # type: ignore[override]
        """Who sits on the committee, and what the report says of the prices."""
        known = committee_of(self.session, self.record)
        return price_facts(known, self.terms_record, report_of(self.session, self.record))
