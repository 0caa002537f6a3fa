"""Several lots with a limit 多标段中标数量限制: how many one bidder may win, and in which order they are awarded."""

from __future__ import annotations

from sqlalchemy import select

from trading.errors import InvalidInput, Refused
from trading.models import Lot, LotLimit
from trading.steps import Step
from trading.workflow.taking import Taking, effect


def order_of(text: str) -> list[int]:
    """The numbers of the lots as typed: ``1,2,3``.

    Raises:
        InvalidInput: not numbers, or one twice.
    """
    try:
        found = [int(one) for one in text.replace("，", ",").replace("、", ",").split(",")]
    except ValueError as wrong:
        raise InvalidInput.of("order", "请以逗号分隔标段序号", "Lot numbers with commas between them") from wrong
    if len(set(found)) != len(found):
        raise InvalidInput.of("order", "标段序号重复", "A lot is named twice")
    return found


@effect(Step.LIMIT_LOTS)
def limit_lots(taking: Taking) -> None:
    """Set limit and order for all lots of the project, before any of them is published; the notices tell it."""
    session, lot = taking.session, taking.lot
    query = select(Lot).where(Lot.project_id == lot.project_id, Lot.attempt == lot.attempt)
    lots = list(session.scalars(query))
    if any(one.published_at is not None for one in lots):
        raise Refused("published", "已有标段发布公告，不得再行规定", "A lot is published already: it is too late")
    order = order_of(taking.data["order"])
    if set(order) != {one.number for one in lots} or len(lots) < 2:
        raise InvalidInput.of("order", "应当列明本项目的全部标段", "Name every lot of the project, two at least")
    for earlier in session.scalars(select(LotLimit).where(LotLimit.project_id == lot.project_id)):
        session.delete(earlier)
    session.flush()
    session.add(
        LotLimit(
            project_id=lot.project_id, most=taking.data["most"], order=order, set_at=taking.now,
            set_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record("document.lot_limit", {"most": taking.data["most"], "order": order})
