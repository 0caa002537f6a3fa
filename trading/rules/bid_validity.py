"""Whether bids are evaluated and awarded while they bind 投标有效期 (R12.C20); its sources are given there."""

from __future__ import annotations

from trading.beijing import end_moment, law_date
from trading.codelists import ProjectType
from trading.rules.applies import only
from trading.rules.case import Case
from trading.rules.rule import Due, Finding, holds, known
from trading.working_days import add_days


@only(ProjectType.WORKS)
def inside_validity(case: Case) -> Finding:
    """Evaluation and award inside the bid validity; if not possible, all bidders are asked to extend."""
    until = known(case.evaluation.validity_until, "投标有效期", "the bid validity")
    told = case.award.notified_at
    day = law_date(told) if told is not None else case.today
    return holds(day <= until, f"不晚于{until}", str(day), f"not after {until}", str(day))


def award_or_extension(case: Case) -> Due | None:
    """Until when opened bids bind their bidders, as long as the award notice is not sent."""
    if case.project.type is not ProjectType.WORKS or case.award.notified_at is not None:
        return None
    deadline, days = case.notice.bid_deadline, case.terms.bid_validity_days
    if case.opening.opened_at is None or deadline is None or days is None:
        return None
    return Due(
        end_moment(add_days(law_date(deadline), days)), "招标人", "The owner",
        "发出中标通知，或者书面要求所有投标人延长投标有效期",
        "Send the award notice, or ask all bidders to extend their bids",
    )  # fmt: skip
