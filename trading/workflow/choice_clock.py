"""Until when a procurement's buyer fixes the winner 确定供应商期限: after it the first candidate counts as chosen."""

from __future__ import annotations

from trading.beijing import end_moment
from trading.workflow.calendars import calendar_in_force
from trading.workflow.taking import Taking


def start_choice_clock(taking: Taking) -> None:
    """Set the moment, where the lot is a procurement; it is counted in working days (CGT 43)."""
    if not taking.lot.project.type.is_procurement:
        return
    calendar = calendar_in_force(taking.session, taking.calendar)
    days = int(taking.values["gp_pick_winner_wd"])
    taking.lot.chosen_by = end_moment(calendar.end_of_working_days(taking.today, days))
