"""A lot among the others of its owner 同单位标段: parts of one purchase, the trades of a year, earlier approvals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ColumnElement, bindparam, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from trading.beijing import at, law_date
from trading.codelists import Status
from trading.models import Lot, MethodApplication, Organization, ProcurementPlan, Project, User
from trading.models.base import Money
from trading.rules.preparation_facts import OwnerYear, SiblingLot
from trading.rules.r05_exceptions import NOT_OPEN

ENDED = (Status.FAILED, Status.TERMINATED)
OWNER, LOT, PROJECT, CODE = bindparam("owner"), bindparam("lot"), bindparam("project"), bindparam("code")
STANDING = (Project.owner_id == OWNER, Lot.status.not_in(ENDED))
OF_THE_ITEM = select(ProcurementPlan.project_id).where(ProcurementPlan.budget_item == bindparam("item"))
SIBLINGS = select(
    Lot.code, Lot.project_id, Project.investment_code, ProcurementPlan.budget_item, Lot.category, Lot.estimate,
    Lot.registered_at, Lot.created_at, Lot.method,
).select_from(Lot).join(Project).outerjoin(ProcurementPlan, ProcurementPlan.project_id == Project.id).where(
    Lot.id != LOT,
    Lot.project_id.in_(
        select(Project.id).where(
            or_(Project.id == PROJECT, Project.investment_code == CODE, Project.id.in_(OF_THE_ITEM))
        )
    ),
    *STANDING,
)  # fmt: skip
OF_THE_YEAR: tuple[ColumnElement[bool], ...] = (
    *STANDING, Lot.method.is_not(None), Lot.registered_at >= bindparam("since"), Lot.registered_at < bindparam("until"),
)  # fmt: skip
ESTIMATED = cast(func.sum(type_coerce(Lot.estimate, BigInteger)), Money)  # PostgreSQL sums integers to a Decimal
TOTAL_OF_THE_YEAR = select(ESTIMATED).join(Project).where(*OF_THE_YEAR)
NOT_OPEN_OF_THE_YEAR = (
    select(Lot.code, Lot.estimate).join(Project).where(*OF_THE_YEAR, Lot.method.in_(NOT_OPEN)).order_by(Lot.code)
)
APPROVALS = (
    select(
        MethodApplication.lot_id, MethodApplication.method,
        func.coalesce(MethodApplication.decision_organ, Organization.name).label("name"),
    )
    .join(Lot, Lot.id == MethodApplication.lot_id)
    .join(User, User.id == MethodApplication.decided_by_id)
    .outerjoin(Organization, Organization.id == User.organization_id)
    .where(
        Lot.project_id == PROJECT, Lot.number == bindparam("number"), Lot.attempt <= bindparam("attempt"),
        MethodApplication.approved.is_(True),
    )
    .order_by(MethodApplication.decided_at)
)  # fmt: skip


def siblings_of(session: Session, lot: Lot) -> tuple[SiblingLot, ...]:
    """The other lots of the owner in the same project, investment code or budget item, but for those that ended."""
    project = lot.project
    code = (project.investment_code or "").strip()
    item = session.scalar(select(ProcurementPlan.budget_item).where(ProcurementPlan.project_id == project.id)) or None
    asked = {"owner": project.owner_id, "lot": lot.id, "project": project.id, "code": code or None, "item": item}
    return tuple(
        SiblingLot(
            code=row.code,
            same_project=row.project_id == project.id,
            same_item=row.project_id == project.id
            or row.investment_code == code
            or (item is not None and row.budget_item == item),
            category=row.category,
            estimate=row.estimate,
            registered_on=law_date(row.registered_at or row.created_at),
            method=row.method,
        )
        for row in session.execute(SIBLINGS, asked)
    )


def owner_year(session: Session, owner_id: str, today: date) -> OwnerYear:
    """What the owner traded in the calendar year of ``today``, by the estimates of its lots, in yuan."""
    since, until = (at(date(year, 1, 1)) for year in (today.year, today.year + 1))
    asked: dict[str, str | datetime] = {"owner": owner_id, "since": since, "until": until}
    rows = session.execute(NOT_OPEN_OF_THE_YEAR, asked).all()
    return OwnerYear(
        year=today.year,
        total=session.scalar(TOTAL_OF_THE_YEAR, asked) or Decimal(0),
        not_open=sum((row.estimate for row in rows), Decimal(0)),
        lots=tuple(row.code for row in rows),
    )


@dataclass(frozen=True)
class Approvals:
    """Who approved a method of this lot before, and who approves it now."""

    changes: bool
    first: str | None = None
    now: str | None = None


def approvals_of(session: Session, lot: Lot) -> Approvals:
    """The approvals of the lot's method, those of its earlier attempts included; the newest is the one asked about."""
    asked = {"project": lot.project_id, "number": lot.number, "attempt": lot.attempt}
    rows = session.execute(APPROVALS, asked).all()
    if len(rows) < 2 or rows[-1].method is rows[0].method:
        return Approvals(changes=False)
    return Approvals(changes=True, first=rows[0].name, now=rows[-1].name)
