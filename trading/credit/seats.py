"""The drawn experts of a lot by seat 席位: a number and a specialty, and no name before names may be told."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from trading.experts import classification
from trading.models import Draw, Invitation, Lot, Member
from trading.workflow.draw_record import newest_draw


class Seat(NamedTuple):
    """One expert's seat: its number in the order of drawing, and the specialty that it was drawn for."""

    member: Member
    number: int
    stratum: str

    def word(self, language: str) -> str:
        """The seat as it is told."""
        number = f"Seat {self.number}" if language.startswith("en") else f"席位 {self.number}"
        specialty = classification.word(self.stratum, language)
        if not specialty:
            return number
        return f"{number} ({specialty})" if language.startswith("en") else f"{number}（{specialty}）"


def names_told() -> ColumnElement[bool]:
    """The lots whose committee may be told of: the award is out (ZTB 37, R11.C13)."""
    return Lot.awarded_at.is_not(None)


def seats_of(session: Session, lot: Lot) -> list[Seat]:
    """The experts of the committee in the order of drawing."""
    query = select(Member).where(Member.lot_id == lot.id, Member.expert_id.is_not(None)).order_by(Member.id)
    members = session.scalars(query).all()
    drawn = places(session, newest_draw(session, lot))
    last = len(drawn)
    found = [
        Seat(one, *drawn.get(one.expert_id or "", (last + place, ""))) for place, one in enumerate(members, start=1)
    ]
    return sorted(found, key=lambda seat: seat.number)


def places(session: Session, draw: Draw | None) -> dict[str, tuple[int, str]]:
    """Expert to number and specialty of the seat that the newest draw gave him."""
    if draw is None:
        return {}
    order = [seat for result in draw.results for seat in result["selected"]]
    leaves = {seat["id"]: (number, seat["stratum"]) for number, seat in enumerate(order, start=1)}
    rows = session.execute(select(Invitation.expert_id, Invitation.leaf_id).where(Invitation.draw_id == draw.id))
    return {expert: leaves[leaf] for expert, leaf in rows if leaf in leaves}
