"""Ends of periods that a step sets 期间届满: a year whose holidays are not known refuses the step with a sentence."""

from __future__ import annotations

from datetime import date

from trading.errors import Refused
from trading.workflow.taking import Taking
from trading.working_days import UnknownYear


def end_of_period(taking: Taking, start: date, days: int) -> date:
    """Last day of ``days`` calendar days after ``start``; a holiday moves it to the next working day (T1, T2, T8).

    Raises:
        Refused: the year it ends in has no State Council notice yet.
    """
    try:
        return taking.calendar.end_of_period(start, days)
    except UnknownYear as unknown:
        raise Refused(
            "unknown_year",
            f"{unknown.year}年节假日安排尚未公布，不能推算期限",
            f"The holiday notice of {unknown.year} is not known: the period cannot be counted",
        ) from unknown
