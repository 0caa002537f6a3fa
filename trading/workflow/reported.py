"""Contracts of an owner that finance or audit reported 场外合同排查: which of them have a lot behind their code."""

from __future__ import annotations

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from trading.models import Lot, Organization, Project
from trading.models import ReportedContract as Report
from trading.rules.preparation_facts import ReportedContract

TRADED = (
    select(Lot.trading_code)
    .join(Project, Project.id == Lot.project_id)
    .join(Organization, Organization.id == Project.owner_id)
    .where(Organization.uscc == Report.owner_uscc, Lot.trading_code == Report.trading_code)
    .correlate(Report)
    .scalar_subquery()
)
REPORTS = select(Report, TRADED.label("traded")).order_by(Report.reported_at.desc(), Report.id)
OF_OWNER = REPORTS.where(Report.owner_uscc == bindparam("uscc"))


def reported_contracts(session: Session, owner_uscc: str) -> tuple[ReportedContract, ...]:
    """The reported contracts of an owner; a code counts only where a lot of this owner bears it."""
    return tuple(
        ReportedContract(
            name=report.name,
            reported_by=report.source,
            type=report.type,
            amount=report.amount,
            category=report.category,
            trading_code=traded,
        )
        for report, traded in session.execute(OF_OWNER, {"uscc": owner_uscc}).unique()
    )


def newest_reports(session: Session, most: int) -> list[Row[tuple[Report, str | None]]]:
    """The newest reports of every owner, each with the code of its lot, or None where there is none."""
    return list(session.execute(REPORTS.limit(most)).unique())
