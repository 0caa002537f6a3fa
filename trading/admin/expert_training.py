"""The training of experts 专家培训: recorded for all who took part at once, or for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.database import transaction
from trading.errors import InvalidInput
from trading.experts.standing import Training
from trading.models import Expert, ExpertTraining, User
from trading.models.columns import new_id
from trading.values import Values

log = structlog.get_logger()


def asked(values: Values) -> Training:
    """The training that the county asks of the experts of its own list (county rule)."""
    return Training(int(values["expert_training_hours"]), int(values["expert_training_months"]))


def trainings_of(session: Session, expert: Expert) -> list[ExpertTraining]:
    """The trainings of an expert, the latest first."""
    query = select(ExpertTraining).where(ExpertTraining.expert_id == expert.id)
    return list(session.scalars(query.order_by(ExpertTraining.held_on.desc(), ExpertTraining.id)))


def record(session: Session, by: User, data: Mapping[str, Any], now: datetime) -> int:
    """Record who took part in a training and for how many hours.

    Arguments:
        data: ``title``, ``organizer``, ``held_on``, and ``present``: rows of ``pool_number`` and ``hours``.

    Returns:
        How many experts were recorded.

    Raises:
        InvalidInput: a day to come, or by row: not in the pool, named twice, recorded already. Nothing is recorded.
    """
    if data["held_on"] > law_date(now):
        raise InvalidInput.of("held_on", "培训日期不能在今日之后", "The day may not lie in the future")
    rows = data["present"]
    with transaction(session):
        numbers = [row["pool_number"] for row in rows]
        known = {one.pool_number: one.id for one in session.scalars(_of(numbers))}
        same = (ExpertTraining.held_on == data["held_on"], ExpertTraining.title == data["title"])
        done = set(session.scalars(select(ExpertTraining.expert_id).where(*same)))
        wrong: dict[str, Any] = {}
        for place, number in enumerate(numbers):
            if number not in known:
                wrong[str(place)] = {"pool_number": [_("专家库中没有这个编号")]}
            elif number in numbers[:place]:
                wrong[str(place)] = {"pool_number": [_("同一专家只能列一次")]}
            elif known[number] in done:
                wrong[str(place)] = {"pool_number": [_("这次培训已经登记")]}
        if wrong:
            raise InvalidInput({"present": wrong})
        session.add_all(
            ExpertTraining(
                id=new_id(), expert_id=known[row["pool_number"]], held_on=data["held_on"], title=data["title"],
                organizer=data["organizer"], hours=row["hours"], recorded_at=now, recorded_by_id=by.id,
            )
            for row in rows
        )  # fmt: skip
    log.info("expert training recorded", experts=len(rows), by=by.id)
    return len(rows)


def _of(numbers: list[str]) -> Any:
    return select(Expert).where(Expert.pool_number.in_(numbers))
