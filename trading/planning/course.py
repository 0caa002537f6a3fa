"""A lot as it is planned 拟办标段: what is to be traded, the moments of its course, and the case they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from trading.beijing import law_date
from trading.codelists import BondForm, Category, EvaluationMethod, FilingAnswer, Method, ObjectionTarget, ProjectType
from trading.methods.proposal import propose, runs
from trading.rules import case as facts
from trading.rules.r02_trading_conditions import reply_due
from trading.rules.r07_notice import Medium
from trading.steps import Step
from trading.values import Book
from trading.working_days import Calendar, add_days

OFFICE = time(9)
"""The hour at which a planned act is supposed to be taken, where no rule and no wish says another."""
INSTANT = timedelta(microseconds=1)
SOMEBODY = "—"
Course = Mapping[str, datetime]


@dataclass(frozen=True)
class Scheme:
    """What is to be traded, as far as a timetable hangs on it; amounts in yuan, None = not said."""

    type: ProjectType
    category: Category
    estimate: Decimal
    method: Method = Method.OPEN_TENDER
    state_controlled: bool | None = None
    evaluation: EvaluationMethod | None = None
    bid_validity_days: int | None = None
    duration_days: int | None = None
    deadline_at: time = OFFICE


@dataclass(frozen=True)
class Ground:
    """On what a timetable stands: the law's numbers, the calendar, and the day before which nothing is planned."""

    book: Book
    calendar: Calendar
    law_on: datetime
    not_before: datetime


class Casting:
    """Makes the cases of one plan; what no day changes is made once."""

    def __init__(self, scheme: Scheme, ground: Ground) -> None:
        self.scheme = scheme
        self.ground = ground
        self.law_day = law_date(ground.law_on)
        self.values = ground.book.on(self.law_day)
        proposal = propose(scheme.type, scheme.category, scheme.estimate, scheme.state_controlled, self.values)
        refusal = runs(scheme.type, scheme.method)
        self.fixed: dict[str, Any] = {
            "project": facts.ProjectFacts(type=scheme.type, state_controlled=scheme.state_controlled),
            "terms": facts.TermsFacts(
                duration_days=scheme.duration_days, bid_validity_days=scheme.bid_validity_days,
                evaluation_method=scheme.evaluation,
            ),
            "method": facts.MethodFacts(
                proposed=proposal.method, chosen=scheme.method, mandatory=proposal.mandatory, runs=refusal is None,
                allowed=tuple(dict.fromkeys([proposal.method, *(one.method for one in proposal.allowed)])),
                refusal_zh=refusal.zh if refusal else "", refusal_en=refusal.en if refusal else "",
            ),
        }  # fmt: skip

    def case(self, course: Course, now: datetime, step: Step) -> facts.Case:
        """The case that the rules are asked about, were the acts of ``course`` taken at their moments and it ``now``.

        What a plan cannot know (bids, people, papers) stays unknown.

        Raises:
            UnknownYear: the step hangs on a period that ends in a year whose holidays are not known.
        """
        return facts.Case(
            now=now, today=law_date(now), law_day=self.law_day, values=self.values, calendar=self.ground.calendar,
            step=step, **self.fixed, **self._preparation(course, step), **_process(self.scheme, course),
            **_result(course),
        )  # fmt: skip

    def _preparation(self, course: Course, step: Step) -> dict[str, Any]:
        """The facts up to the notice."""
        filed_in, answered = course.get("file_conditions"), course.get("answer_filing")
        due = None
        if filed_in is not None and step is Step.ANSWER_FILING:
            due = reply_due(filed_in, self.values, self.ground.calendar)
        return {
            "lot": facts.LotFacts(
                category=self.scheme.category, estimate=self.scheme.estimate,
                submitted_at=course.get("submit_registration"), registered_at=course.get("accept_registration"),
            ),
            "filing": facts.FilingFacts(filed_in, due, FilingAnswer.NO_ISSUE if answered else None, None, answered),
            "notice": facts.NoticeFacts(
                published_at=course.get("announce"), issued_at=course.get("announce"), media=(Medium.NATIONAL,),
                documents_until=course.get("documents_until"), bid_deadline=course.get("close_bidding"),
            ),
        }  # fmt: skip


def _process(scheme: Scheme, course: Course) -> dict[str, Any]:
    """The facts from the notice to the report."""
    deadline, report = course.get("close_bidding"), course.get("submit_report")
    validity = scheme.bid_validity_days
    asked, objected = course.get("clarify"), course.get("object")
    clarified = asked is not None and deadline is not None
    return {
        "clarifications": (facts.ClarificationFacts(1, asked, True, deadline, 0, 0),) if clarified else (),
        "objections": (facts.ObjectionFacts(SOMEBODY, ObjectionTarget.DOCUMENTS, objected, True, True, objected),)
        if objected else (),
        "opening": facts.OpeningFacts(
            closed_at=deadline, opened_at=course.get("open_bids"), record_closed_at=course.get("close_opening_record"),
            on_the_spot_unanswered=0,
        ),
        "draw": facts.DrawFacts(drawn_at=course.get("reveal_draw"), evaluation_at=course.get("evaluate")),
        "evaluation": facts.EvaluationFacts(
            submitted_at=report, method=scheme.evaluation,
            validity_until=add_days(law_date(deadline), validity) if deadline and validity else None,
        ),
    }  # fmt: skip


def _result(course: Course) -> dict[str, Any]:
    """The facts from the publicity on."""
    ends, signed = course.get("publicity_end"), _day(course, "sign_contract")
    accepted, refunded = _day(course, "accept_works"), course.get("refund_bond")
    bond = facts.BondFacts(SOMEBODY, BondForm.TRANSFER, Decimal(1), refunded_at=refunded, interest_paid=True)
    return {
        "bonds": (bond,) if signed else (),
        "publicity": facts.PublicityFacts(
            report_received_at=course.get("submit_report"), started_at=course.get("publicize"), ends_at=ends,
            ends_day=law_date(ends - INSTANT) if ends else None,
        ),
        "award": facts.AwardFacts(
            confirmed_at=course.get("confirm"), notified_at=course.get("award"), reported_at=course.get("report_result")
        ),
        "contract": facts.ContractFacts(
            signed_on=signed, filed_at=course.get("file_contract"), accepted_on=accepted,
            completion_filed_on=_day(course, "completion_filed"),
        ),
        "archive": facts.ArchiveFacts(
            contracted_on=signed, performed_on=accepted, archived_on=_day(course, "archive")
        ),
    }  # fmt: skip


def _day(course: Course, act: str) -> date | None:
    moment = course.get(act)
    return law_date(moment) if moment else None
