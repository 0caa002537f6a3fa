"""Facts of supervision 监管案情: complaints, orders, alarms, measures against experts, pledges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select

from trading.beijing import law_date
from trading.codelists import ComplaintOutcome
from trading.models import (
    WHOLE_BID,
    Alarm,
    Bid,
    Complaint,
    ComplaintReply,
    Entrustment,
    ExpertAppraisal,
    Member,
    Objection,
    Organization,
    Pledge,
    Stop,
    SupervisionOrder,
)
from trading.rules import case as facts
from trading.workflow.procurement_end_case import ProcurementEndCase
from trading.working_days import add_months, days_between

SHORTEST_NAME = 2
WINDOW_MONTHS = 12
ONE_DAY = timedelta(days=1)


class SupervisionCase(ProcurementEndCase):
    """What supervision did on the lot, read on demand."""

    @cached_property
    def complaints(self) -> tuple[facts.ComplaintFacts, ...]:  # type: ignore[override]
        """The complaints on this lot."""
        return tuple(self._complaint(row) for row in self._all(Complaint, Complaint.lodged_at))

    def _complaint(self, row: Complaint) -> facts.ComplaintFacts:
        objection = self.session.get(Objection, row.objection_id) if row.objection_id else None
        stop = self.session.get(Stop, row.stop_id) if row.stop_id else None
        replies = self.replies.get(row.id, [])
        days = [law_date(one) if one else None for one in (row.admitted_at, row.refused_at, row.withdrawn_at)]
        return facts.ComplaintFacts(
            id=row.id,
            target=row.target,
            known_on=row.known_on,
            lodged_on=law_date(row.lodged_at),
            answer_days=_days_of(objection),
            prior_objection=objection is not None,
            admitted_on=days[0],
            refused_on=days[1],
            withdrawn_on=days[2],
            refusal=row.refusal,
            decided_on=law_date(row.decided_at) if row.decided_at else None,
            excluded_working_days=self._excluded(row),
            interested=row.interested,
            concrete=row.concrete,
            named_and_signed=row.signed and bool(row.signatory and row.contact),
            suspension_ordered=stop is not None,
            suspended_at=stop.begun_at if stop else None,
            suspension_ended_at=stop.ended_at if stop else None,
            outcome=row.outcome,
            fabricated=row.outcome is ComplaintOutcome.FABRICATED if row.outcome else None,
            unfounded_before=self._unfounded(row),
            told_on=law_date(row.told_at) if row.told_at else None,
            published_on=law_date(row.published_at) if row.published_at else None,
            named_in=tuple(named_in(row, replies, stop)),
            replies=tuple(
                facts.ReplyFacts(law_date(one.asked_at), law_date(one.replied_at) if one.replied_at else None)
                for one in replies
            ),
        )

    @cached_property
    def replies(self) -> dict[str, list[ComplaintReply]]:
        """What was asked under each complaint."""
        found: dict[str, list[ComplaintReply]] = {}
        for row in self._all(ComplaintReply, ComplaintReply.asked_at):
            found.setdefault(row.complaint_id, []).append(row)
        return found

    def _excluded(self, row: Complaint) -> int:
        count = self.calendar.working_days_between
        spans = [(one["from"], one["until"]) for one in row.examinations]
        return sum(count(_day(begun) - ONE_DAY, _day(ended)) for begun, ended in spans)

    def _unfounded(self, row: Complaint) -> int | None:
        if row.decided_at is None:
            return None
        since = add_months(law_date(row.decided_at), -WINDOW_MONTHS)
        query = select(Complaint.decided_at).where(
            Complaint.complainant_id == row.complainant_id, Complaint.decided_at.is_not(None),
            Complaint.decided_at <= row.decided_at, Complaint.outcome != ComplaintOutcome.UPHELD,
        )  # fmt: skip
        return sum(law_date(one) > since for one in self.session.scalars(query) if one)

    @cached_property
    def orders(self) -> tuple[facts.OrderFacts, ...]:  # type: ignore[override]
        """The supervision orders on this lot."""
        return tuple(
            facts.OrderFacts(
                row.id, row.addressee.kind, law_date(row.issued_at), row.due_on,
                law_date(row.replied_at) if row.replied_at else None,
                law_date(row.closed_at) if row.closed_at else None,
            )
            for row in self._all(SupervisionOrder, SupervisionOrder.issued_at)
        )  # fmt: skip

    @cached_property
    def alarms(self) -> tuple[facts.AlarmFacts, ...]:  # type: ignore[override]
        """The alarms of this lot."""
        return tuple(
            facts.AlarmFacts(row.id, row.severity, row.raised_at, row.responded_at, row.closed_at, row.level)
            for row in self._all(Alarm, Alarm.raised_at)
        )

    @cached_property
    def appraisals(self) -> tuple[facts.AppraisalFacts, ...]:  # type: ignore[override]
        """The measures against experts of this lot."""
        return tuple(
            facts.AppraisalFacts(
                row.expert_id, row.act, row.measure, row.number, row.decided_on, row.published_on,
                row.sent_to_pool_on, row.instead_of_penalty,
            )
            for row in self._all(ExpertAppraisal, ExpertAppraisal.recorded_at)
        )  # fmt: skip

    @cached_property
    def pledges(self) -> facts.PledgeFacts:  # type: ignore[override]
        """Who pledged and who did not, as far as names may be told; the bar register holds no peer measure at all."""
        signers = set(self.session.scalars(select(Pledge.signer).where(Pledge.lot_id == self.record.id)))
        missing = [name for signer, name in self._pledgers() if signer not in signers]
        told = len(signers) if self.record.awarded_at is not None else 0
        return facts.PledgeFacts(tuple(missing), told, measures_bar_the_market=False)

    def _pledgers(self) -> Iterator[tuple[str, str]]:
        """Those who should pledge: agencies; bidders once the bids are open; experts once the award is out."""
        lot = self.record
        agencies = select(Organization.id, Organization.name).join(
            Entrustment, Entrustment.agency_id == Organization.id
        )
        yield from self._pairs(
            agencies.where(Entrustment.project_id == lot.project_id, Entrustment.ended_at.is_(None))
        )
        if lot.opened_at is not None:
            bidders = select(Organization.id, Organization.name).join(Bid, Bid.organization_id == Organization.id)
            yield from self._pairs(bidders.where(Bid.lot_id == lot.id, WHOLE_BID))
        if lot.awarded_at is not None:
            experts = select(Member.expert_id, Member.name)
            yield from self._pairs(experts.where(Member.lot_id == lot.id, Member.expert_id.is_not(None)))

    def _pairs(self, query: object) -> Iterator[tuple[str, str]]:
        yield from self.session.execute(query)  # type: ignore[call-overload]


def _days_of(objection: Objection | None) -> int:
    """How many days the answer to the prior objection took; they are not counted (ZTBT 60)."""
    if objection is None or objection.answered_at is None:
        return 0
    return days_between(law_date(objection.raised_at), law_date(objection.answered_at))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def marks_of(row: Complaint) -> tuple[str, ...]:
    """By what a complainant can be recognised in a text: names, code, persons, numbers."""
    one = row.complainant
    found = (one.name, one.uscc, one.legal_representative, one.contact_name, one.contact_phone, row.signatory,
             row.contact, one.basic_account)  # fmt: skip
    return tuple(mark for mark in found if len(mark) >= SHORTEST_NAME)


def named_in(row: Complaint, replies: list[ComplaintReply], stop: Stop | None) -> Iterator[str]:
    """The texts told to others in which the complainant can be recognised (R18.C15)."""
    texts = [("投诉要点", row.summary), ("公开的处理决定", row.published_text)]
    texts += [("中止公告", stop.reason)] if stop else []
    texts += [("要求说明情况", one.question) for one in replies]
    marks = marks_of(row)
    for name, text in texts:
        if text and any(mark in text for mark in marks):
            yield name
