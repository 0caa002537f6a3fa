"""Until when a result is public 公示期限: by the type of what is traded, working days for state-owned assets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trading.codelists import ProjectType
from trading.errors import InvalidInput, Refused
from trading.workflow.taking import Taking
from trading.working_days import Calendar, UnknownYear


def ends_on(kind: ProjectType, days: int | None, today: date, calendar: Calendar, values: Mapping[str, Any]) -> date:
    """The last day of a publication that begins ``today``.

    Arguments:
        days: as many as were typed; none takes the least that the type asks. For a purchase R14.C2 judges them.

    Raises:
        InvalidInput: fewer days were typed than a disposal asks.
        UnknownYear: the year it ends in has no notice of holidays yet.
    """
    if kind is ProjectType.SOE:
        least = int(values["soe_result_wd"])
        if days is not None and days < least:
            raise InvalidInput.of("days", f"不少于{least}个工作日", f"At least {least} working days")
        return calendar.end_of_working_days(today, days or least)
    if kind.is_purchase:
        return calendar.end_of_period(today, days or int(values["publicity_len"]))
    least = int(values["sale_result_days"])
    if days is not None and days < least:
        raise InvalidInput.of("days", f"不少于{least}日", f"At least {least} days")
    return calendar.end_of_period(today, days or least)


def on_the_village_board(taking: Taking) -> date | None:
    """Since when a village's result hangs on its board (R14.C11); None for every other type.

    Raises:
        InvalidInput: a village's does not say.
    """
    if taking.lot.project.type is not ProjectType.RURAL:
        return None
    day: date | None = taking.data["village_board_on"]
    if day is None:
        raise InvalidInput.of(
            "village_board_on", "请填写在村务公开栏公示的日期", "Say since when it hangs on the village board"
        )
    return day


def last_day(taking: Taking, days: int | None) -> date:
    """The same for a step.

    Raises:
        InvalidInput: as above.
        Refused: the year it ends in has no notice of holidays yet.
    """
    try:
        return ends_on(taking.lot.project.type, days, taking.today, taking.calendar, taking.values)
    except UnknownYear as unknown:
        raise Refused(
            "unknown_year", f"{unknown.year}年节假日安排尚未公布，不能推算期限",
            f"The holiday notice of {unknown.year} is not known: the period cannot be counted",
        ) from unknown  # fmt: skip
