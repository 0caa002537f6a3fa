"""One sheet a lot and side about each expert 一标一评: closed, by seat; the expert sees his own and may answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at
from trading.codelists import Role, SheetSide
from trading.credit.seats import Seat, names_told, seats_of
from trading.errors import InvalidInput, NotAllowed, Refused, Words
from trading.experts.sheets import ITEMS, MOST, low, total
from trading.models import ExpertSheet, Lot, Member, SheetReply
from trading.models.columns import new_id
from trading.steps import Step
from trading.workflow.taking import Taking, effect

SIDES = {
    Role.OWNER: SheetSide.OWNER, Role.AGENCY: SheetSide.OWNER, Role.CENTRE: SheetSide.CENTRE,
    Role.SUPERVISOR: SheetSide.SUPERVISOR,
}  # fmt: skip


@effect(Step.FILL_EXPERT_SHEET)
def fill_expert_sheet(taking: Taking) -> None:
    """One side gives its points for every expert of the committee, once; low points are given with the reason.

    Raises:
        Refused: there is no committee, or this side has filled its sheets.
        InvalidInput: a seat is missing, twice or none; an item of another side, or out of range; no reason.
    """
    assert taking.actor is not None
    side, seats = SIDES[taking.actor.role], seats_of(taking.session, taking.lot)
    if not seats:
        raise Refused("no_committee", "本标段没有评标专家", "No expert sat on this lot")
    filled = (ExpertSheet.lot_id == taking.lot.id, ExpertSheet.side == side)
    if taking.session.scalar(select(ExpertSheet.id).where(*filled).limit(1)) is not None:
        raise Refused("filled", "本方已填写一标一评表", "This side has filled its sheets")
    rows = taking.data["sheets"]
    check_seats(rows, seats)
    share = taking.values["expert_sheet_low_share"]
    wrong = {str(place): faults for place, row in enumerate(rows) if (faults := faults_of(row, side, share))}
    if wrong:
        raise InvalidInput({"sheets": wrong})
    experts = {seat.member.id: seat.member.expert_id for seat in seats}
    for row in rows:
        points = points_of(row, side)
        taking.session.add(
            ExpertSheet(
                id=new_id(), lot_id=taking.lot.id, member_id=row["member"], expert_id=experts[row["member"]], side=side,
                points=points, total=total(points), reason=row["reason"], filled_at=taking.now,
                filled_by_id=taking.actor_id,
            )
        )  # fmt: skip
    taking.receipt["sheets"] = len(rows)


def check_seats(rows: Iterable[Mapping[str, Any]], seats: Iterable[Seat]) -> None:
    """Whether each expert has exactly one row.

    Raises:
        InvalidInput: naming the table.
    """
    if sorted(row["member"] for row in rows) != sorted(seat.member.id for seat in seats):
        raise InvalidInput.of(
            "sheets", "应当对本标段每一位评标专家各填写一行", "One row for each expert of the committee, and no other"
        )


def points_of(row: Mapping[str, Any], side: SheetSide) -> dict[str, int]:
    """The points of the side's own items."""
    return {item.value: row[item.value] for item in ITEMS[side] if row.get(item.value) is not None}


def faults_of(row: Mapping[str, Any], side: SheetSide, share: Any) -> dict[str, list[Words]]:
    """What is wrong with one row, by column."""
    wrong: dict[str, list[Words]] = {}
    for item in {one for items in ITEMS.values() for one in items}:
        given, own = row.get(item.value), item in ITEMS[side]
        if own and given is None:
            wrong[item.value] = [Words(f"请填写“{item.zh}”（0 至 {MOST} 分）", f"Fill in: {item.en} (0 to {MOST})")]
        elif not own and given is not None:
            wrong[item.value] = [Words(f"“{item.zh}”不由本方评价", f"Not for this side: {item.en}")]
    weak = low(points_of(row, side), share)
    if weak and not row.get("reason"):
        zh, en = "、".join(one.zh for one in weak), ", ".join(one.en for one in weak)
        wrong["reason"] = [Words(f"得分较低的项目应当说明理由：{zh}", f"Give the reason for low points: {en}")]
    return wrong


@effect(Step.REPLY_TO_SHEETS)
def reply_to_sheets(taking: Taking) -> None:
    """The expert answers what the sheets say of him, once.

    Raises:
        NotAllowed: he did not sit on this lot.
        Refused: there is no sheet about him yet, or he answered.
    """
    member = own_seat(taking.session, taking.lot, taking.actor_id)
    if member is None:
        raise NotAllowed()
    if not sheets_of(taking.session, member):
        raise Refused("no_sheet", "尚无对您的评价", "There is no sheet about you yet")
    if reply_of(taking.session, member) is not None:
        raise Refused("replied", "您已答复", "You have replied already")
    taking.session.add(
        SheetReply(
            id=new_id(), lot_id=taking.lot.id, member_id=member.id, text=taking.data["text"], replied_at=taking.now,
            replied_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.tell_role(
        Role.SUPERVISOR,
        ("专家答复一标一评", f"“{taking.lot.name}”有专家对评价作出答复。"),
        ("An expert replied to his sheets", f"An expert of “{taking.lot.name}” replied to the sheets about him."),
    )


def own_seat(session: Session, lot: Lot, user: str) -> Member | None:
    """The expert's own seat on a lot."""
    mine = (Member.lot_id == lot.id, Member.user_id == user, Member.expert_id.is_not(None))
    return session.scalar(select(Member).where(*mine))


def sheets_of(session: Session, member: Member) -> list[ExpertSheet]:
    """The sheets about one seat."""
    query = select(ExpertSheet).where(ExpertSheet.member_id == member.id)
    return list(session.scalars(query.order_by(ExpertSheet.side)))


def reply_of(session: Session, member: Member) -> SheetReply | None:
    """What the expert answered."""
    return session.scalar(select(SheetReply).where(SheetReply.member_id == member.id))


def sheets_of_year(session: Session, year: int) -> dict[str, list[tuple[str, int]]]:
    """Expert to (lot, points) of each sheet of a year, of lots whose committee may be told of alone."""
    query = (
        select(ExpertSheet.expert_id, ExpertSheet.lot_id, ExpertSheet.total)
        .join(Lot, Lot.id == ExpertSheet.lot_id)
        .where(names_told(), ExpertSheet.filled_at >= at(date(year, 1, 1)))
        .where(ExpertSheet.filled_at < at(date(year + 1, 1, 1)))
        .order_by(ExpertSheet.filled_at, ExpertSheet.id)
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for expert, lot, points in session.execute(query):
        found.setdefault(expert, []).append((lot, points))
    return found
