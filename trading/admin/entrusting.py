"""Entrustment of agencies 委托代理: an owner entrusts an agency with one project, and may end it (ZTB 12, 15)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.admin.inbox import deliver
from trading.codelists import Role
from trading.database import transaction
from trading.errors import InvalidInput, NotFound
from trading.models import Entrustment, Organization, Project, User


def project_of(session: Session, owner: User, project_id: str) -> Project:
    """The owner's project of this id.

    Raises:
        NotFound: there is none, or it is another owner's.
    """
    query = select(Project).where(Project.id == project_id, Project.owner_id == owner.organization_id)
    project = session.scalar(query)
    if project is None:
        raise NotFound("没有这个项目", "There is no such project")
    return project


def agencies(session: Session) -> list[tuple[str, str]]:
    """The agencies that may be entrusted: (id, name)."""
    query = select(Organization.id, Organization.name).where(
        Organization.kind == Role.AGENCY, Organization.identity_checked_at.is_not(None)
    )
    return [(one, name) for one, name in session.execute(query.order_by(Organization.name))]


def entrustments_of(session: Session, project: Project) -> list[Entrustment]:
    """All entrustments of a project, those in force first."""
    query = select(Entrustment).where(Entrustment.project_id == project.id)
    return list(session.scalars(query.order_by(Entrustment.ended_at.is_not(None), Entrustment.given_at.desc())))


def entrust(session: Session, project: Project, agency_id: str, scope: str, now: datetime) -> Entrustment:
    """Entrust an agency; one that was entrusted before is entrusted anew.

    Raises:
        InvalidInput: it is entrusted already.
    """
    with transaction(session):
        kept = session.scalar(
            select(Entrustment)
            .where(Entrustment.project_id == project.id, Entrustment.agency_id == agency_id)
            .with_for_update(of=Entrustment)
            .execution_options(populate_existing=True)
        )
        if kept is None:
            kept = Entrustment(project_id=project.id, agency_id=agency_id, scope=scope, given_at=now)
            session.add(kept)
        elif kept.ended_at is None:
            raise InvalidInput({"agency": [_("该代理机构已受托办理本项目")]})
        else:
            kept.scope, kept.given_at, kept.ended_at = scope, now, None
        zh = (f"受托办理：{project.name}", f"您单位受托代理本项目。委托事项：{scope}")
        en = (f"Entrusted: {project.name}", f"You are entrusted with this project. Scope: {scope}")
        deliver(session, now, zh, en, organizations=[agency_id])
    return kept


def end_entrustment(session: Session, project: Project, entrustment_id: str, now: datetime) -> None:
    """End an entrustment in force; the agency can take no further step.

    Raises:
        NotFound: the project has none of this id in force.
    """
    with transaction(session):
        kept = session.scalar(
            select(Entrustment)
            .where(
                Entrustment.id == entrustment_id,
                Entrustment.project_id == project.id,
                Entrustment.ended_at.is_(None),
            )
            .with_for_update(of=Entrustment)
        )
        if kept is None:
            raise NotFound
        kept.ended_at = now
        zh = (f"委托终止：{project.name}", "项目单位已终止对本项目的委托。")
        en = (f"Entrustment ended: {project.name}", "The owner has ended your entrustment with this project.")
        deliver(session, now, zh, en, organizations=[kept.agency_id])
