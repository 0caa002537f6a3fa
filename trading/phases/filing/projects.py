"""Entering a project with its lots 项目登记（草稿）: before any step, the owner's own draft."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, inspect, or_, select
from sqlalchemy.orm import Session

from trading.beijing import beijing
from trading.codelists import ProjectType, Status
from trading.database import transaction
from trading.errors import InvalidInput, NotAllowed, Words
from trading.methods.profiles import PROFILES
from trading.models import (
    Base,
    DisposalPlan,
    Entrustment,
    Lot,
    Organization,
    ProcurementPlan,
    Project,
    User,
    VillageVote,
)

PLANS: dict[ProjectType, tuple[type[Base], ...]] = {
    ProjectType.WORKS: (),
    ProjectType.GP: (ProcurementPlan,),
    ProjectType.GPN: (ProcurementPlan,),
    ProjectType.LAND: (DisposalPlan,),
    ProjectType.SOE: (DisposalPlan,),
    ProjectType.ADMIN: (DisposalPlan,),
    ProjectType.RURAL: (DisposalPlan, VillageVote),
    ProjectType.OTHER: (DisposalPlan,),
}


def enter_project(session: Session, user: User, data: dict[str, Any], now: datetime) -> Project:
    """Keep a project and its lots as the owner's draft.

    Arguments:
        data: as read by the schema of its type (``PROJECT_SCHEMAS``).

    Raises:
        NotAllowed: the account acts for no owner.
        InvalidInput: a category that the type does not have.
    """
    if user.organization_id is None:
        raise NotAllowed()
    allowed = PROFILES[data["type"]].categories
    for number, row in enumerate(data["lots"]):
        if row["category"] not in allowed:
            words = Words(
                f"“{data['type'].zh}”的标段类别应为：{'、'.join(one.zh for one in allowed)}",
                f"A lot of “{data['type'].en}” is one of: {', '.join(one.en for one in allowed)}",
            )
            raise InvalidInput({"lots": {str(number): {"category": [words]}}})
    with transaction(session):
        return enter_project_within(session, user, data, now)


def enter_project_within(session: Session, user: User, data: dict[str, Any], now: datetime) -> Project:
    """The same inside the caller's transaction."""
    rows = data["lots"]
    answers = kept_share(answers_to(Project, data))
    project = Project(owner_id=user.organization_id, created_at=now, created_by_id=user.id, **answers)
    session.add(project)
    session.flush()
    for record in PLANS[project.type]:
        session.add(record(project_id=project.id, **answers_to(record, data)))
    code = next_code(session, now)
    for number, row in enumerate(rows, 1):
        add_lot(session, project, f"{code}-{number:02d}", number, row, now)
    session.flush()
    return project


def answers_to(record: type[Base], data: dict[str, Any]) -> dict[str, Any]:
    """Those answers of a form that are kept in this record; prose that was left out is blank."""
    columns = inspect(record).columns
    return {
        name: "" if value is None and not columns[name].nullable else value
        for name, value in data.items()
        if name in columns
    }


def kept_share(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with the share of public money as a share of one, as it is kept."""
    share = answers.get("public_share")
    return answers if share is None else answers | {"public_share": share / Decimal(100)}


def next_code(session: Session, now: datetime) -> str:
    """The next project code of the year, e.g. ``BD-2026-0042``; the writing transaction keeps it unique."""
    prefix = f"BD-{beijing(now).year}-"
    last = session.scalar(select(func.max(Lot.code)).where(Lot.code.like(f"{prefix}%")))
    return f"{prefix}{int(last.split('-')[2]) + 1 if last else 1:04d}"


def add_lot(session: Session, project: Project, code: str, number: int, row: dict[str, Any], now: datetime) -> Lot:
    """Add one lot in draft."""
    owner = session.get_one(Organization, project.owner_id)
    lot = Lot(
        project_id=project.id, number=number, code=code, title=row["title"],
        scope=row["scope"], category=row["category"], estimate=row["estimate"], status=Status.DRAFT, created_at=now,
        status_since=now, search_text=f"{project.name} {row['title']} {owner.name} {code}".lower(),
    )  # fmt: skip
    session.add(lot)
    return lot


def projects_of(session: Session, user: User) -> list[Lot]:
    """The lots of the owner, or of the owners who entrusted this agency, newest first."""
    entrusted = select(Entrustment.project_id).where(
        Entrustment.agency_id == user.organization_id, Entrustment.ended_at.is_(None)
    )
    query = select(Lot).join(Project, Project.id == Lot.project_id)
    mine = query.where(or_(Project.owner_id == user.organization_id, Project.id.in_(entrusted)))
    return list(session.scalars(mine.order_by(Lot.created_at.desc(), Lot.code)))
