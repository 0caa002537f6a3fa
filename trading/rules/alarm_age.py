"""How old an alarm may grow on one desk 预警时限: after so many working days it is carried up (R18.C14)."""

from __future__ import annotations

from datetime import date

from trading.values import Values
from trading.working_days import Calendar

HIGHEST = 2


def last_day_at(level: int, raised_on: date, values: Values, calendar: Calendar) -> date:
    """The last day on which an alarm raised on ``raised_on`` may stand open at ``level`` without being carried up.

    Raises:
        UnknownYear: the calendar does not know the year.
    """
    return calendar.end_of_working_days(raised_on, int(values["alarm_escalate_wd"]) * (level + 1))
