"""A limit on the lots that one bidder may win 中标标段数量限制: who has reached it is passed over by rule."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.codelists import Status
from trading.errors import Refused
from trading.models import Award, Bid, Lot, LotLimit
from trading.rules.r15_result_confirmation import SkipGround

OVER = (Status.FAILED, Status.TERMINATED)


def limit_of(session: Session, lot: Lot) -> LotLimit | None:
    """The limit that was published for the lot's project."""
    return session.scalar(select(LotLimit).where(LotLimit.project_id == lot.project_id))


def earlier_lots(session: Session, lot: Lot, limit: LotLimit) -> list[Lot]:
    """The lots that are awarded before this one, by the published order; of each the newest attempt."""
    before = limit.order[: limit.order.index(lot.number)] if lot.number in limit.order else []
    query = select(Lot).where(Lot.project_id == lot.project_id, Lot.number.in_(before)).order_by(Lot.attempt)
    newest = {one.number: one for one in session.scalars(query)}
    return [newest[number] for number in before if number in newest]


def refuse_out_of_order(session: Session, lot: Lot, limit: LotLimit) -> None:
    """Stop while a lot that goes before is neither awarded nor ended.

    Raises:
        Refused: naming it.
    """
    waits = [
        one for one in earlier_lots(session, lot, limit) if one.confirmed_at is None and one.status not in OVER
    ]
    if waits:
        names, names_en = "、".join(one.title for one in waits), ", ".join(one.title for one in waits)
        raise Refused(
            "out_of_order", f"应当按公布的顺序定标，尚未定标：{names}", f"In the published order; first: {names_en}"
        )


def full_handed(session: Session, lot: Lot, limit: LotLimit) -> set[str]:
    """The organisations that have won as many lots of the project as one may."""
    query = (
        select(Award.organization_id)
        .join(Lot, Lot.id == Award.lot_id)
        .where(Lot.project_id == lot.project_id, Lot.id != lot.id, Lot.status.not_in(OVER))
        .group_by(Award.organization_id)
        .having(func.count() >= limit.most)
    )
    return set(session.scalars(query))


def first_within(session: Session, lot: Lot, candidates: Sequence[Bid]) -> tuple[int, str]:
    """The rank of the first candidate who may still win, and why those before him are passed over ("" for nobody).

    Raises:
        Refused: it is not this lot's turn, or no candidate may win another lot.
    """
    limit = limit_of(session, lot)
    if limit is None:
        return 1, ""
    refuse_out_of_order(session, lot, limit)
    full = full_handed(session, lot, limit)
    passed = []
    for bid in candidates:
        if bid.organization_id not in full:
            told = "、".join(passed)
            return bid.rank or 1, f"{SkipGround.LOT_LIMIT.value}：{told}已中标{limit.most}个标段" if passed else ""
        passed.append(bid.organization.name)
    raise Refused(
        "limit_reached", "中标候选人均已达到可中标的标段数量", "Every candidate has won as many lots as one may"
    )
