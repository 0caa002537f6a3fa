"""Savings and premiums of confirmed lots 节资与增值统计: summed as fen by the database, divided once (rulebook 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, case, cast, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from trading.beijing import at, law_date
from trading.codelists import ProjectType, Status
from trading.models import Award, Lot, Organization, Project
from trading.money import from_fen
from trading.savings import RateBase, Side, rate

SIDES = {kind: Side.PURCHASE if kind.is_purchase else Side.DISPOSAL for kind in ProjectType}
ENDED = (Status.TERMINATED, Status.FAILED)
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Line:
    """One side of one group, summed; amounts in yuan."""

    side: Side
    group: str
    lots: int = 0
    base: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    gained: Decimal = Decimal(0)

    @property
    def rate(self) -> Decimal | None:
        """Σ gained ÷ Σ base in percent; None where there is nothing to divide by."""
        return rate(self.base, self.gained) if self.base else None


def counted(year: int | None = None) -> list[ColumnElement[bool]]:
    """What counts: each award once its notice is out, on the day it was confirmed; ended lots do not."""
    conditions: list[ColumnElement[bool]] = [Lot.status.not_in(ENDED), Award.notified_at.is_not(None)]
    if year is not None:
        conditions += [Award.confirmed_at >= at(date(year, 1, 1)), Award.confirmed_at < at(date(year + 1, 1, 1))]
    return conditions


def _sum(column: Any) -> Any:
    return cast(func.sum(type_coerce(column, BigInteger)), BigInteger)


def grouped_by(session: Session, group: Any, *where: ColumnElement[bool]) -> list[Line]:
    """Both sides of each group: Σ lots, base, price and gain."""
    query = (
        select(Award.project_type, group, func.count(), _sum(Award.base), _sum(Award.price), _sum(Award.saved))
        .join(Lot, Lot.id == Award.lot_id)
        .join(Project, Project.id == Lot.project_id)
        .where(*where)
        .group_by(Award.project_type, group)
    )
    lines: dict[tuple[Side, str], Line] = {}
    for kind, name, lots, base, price, saved in session.execute(query):
        side, told = SIDES[kind], str(getattr(name, "value", name))
        seen = lines.get((side, told), Line(side, told))
        gained = from_fen(saved) if side is Side.PURCHASE else from_fen(price - base)
        lines[side, told] = replace(
            seen, lots=seen.lots + lots, base=seen.base + from_fen(base), price=seen.price + from_fen(price),
            gained=seen.gained + gained,
        )  # fmt: skip
    return sorted(lines.values(), key=lambda line: (line.side.value, line.group))


def totals(session: Session, year: int | None = None) -> dict[Side, Line]:
    """Each side's whole, never netted against the other."""
    found = {line.side: line for line in grouped_by(session, literal("all"), *counted(year))}
    return {side: found.get(side, Line(side, "all")) for side in Side}


def months(year: int | None, now: datetime) -> list[tuple[str, datetime, datetime]]:
    """The months of a year, or the twelve up to this one: name, first moment, first moment after."""
    today = law_date(now)
    last = date(year, 12, 1) if year else today.replace(day=1)
    days = [_back(last, count) for count in range(11, -1, -1)]
    return [(f"{day:%Y-%m}", at(day), at(_back(day, -1))) for day in days]


def _back(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, 1)


def by_month(session: Session, year: int | None, now: datetime) -> tuple[list[str], list[Line]]:
    """The months shown, and the sums of those that have any."""
    shown = months(year, now)
    group = case(*[((Award.confirmed_at >= first) & (Award.confirmed_at < end), name) for name, first, end in shown])
    inside = (Award.confirmed_at >= shown[0][1], Award.confirmed_at < shown[-1][2])
    return [name for name, _first, _end in shown], grouped_by(session, group, *counted(), *inside)


def by_category(session: Session, year: int | None) -> list[Line]:
    """Sums by category of the lot."""
    return grouped_by(session, Lot.category, *counted(year))


def by_district(session: Session, year: int | None) -> list[Line]:
    """Sums by township."""
    return grouped_by(session, Project.district, *counted(year))


def years(session: Session, now: datetime) -> list[int]:
    """The years that may be chosen, the newest first: from the first award to this year."""
    first = session.scalar(select(func.min(Award.confirmed_at)))
    this = law_date(now).year
    return list(range(this, law_date(first).year - 1, -1)) if first else [this]


def confirmed_lots(session: Session, year: int | None) -> Iterator[Row[Any]]:
    """Every lot that counts, one row each, in the order of confirmation."""
    query = (
        select(
            Lot.code, Project.name.label("project"), Lot.title, Organization.name.label("owner"), Project.district,
            Lot.category, Award.project_type, Award.base, Award.price, Award.saved, Award.confirmed_at,
        )
        .join(Lot, Lot.id == Award.lot_id)
        .join(Project, Project.id == Lot.project_id)
        .join(Organization, Organization.id == Project.owner_id)
        .where(*counted(year))
        .order_by(Award.confirmed_at, Lot.code)
    )  # fmt: skip
    yield from session.execute(query.execution_options(yield_per=500))


def base_name() -> RateBase:
    """What every savings rate here is divided by, printed beside it."""
    return RateBase.CONTROL


def of_side(lines: Sequence[Line], side: Side) -> dict[str, Line]:
    """The lines of one side by group."""
    return {line.group: line for line in lines if line.side is side}
