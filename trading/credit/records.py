"""The credit record 信用记录: formal decisions while they are shown, bars while they are in force."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from trading.models import CreditRecord, Organization
from trading.working_days import add_months


def decisions_shown(session: Session, today: date, months: int) -> list[CreditRecord]:
    """Decisions in force: ``months`` long, or as long as the bar lasts; ratings are no decisions (R18.C10)."""
    since = add_months(today, -months)
    in_force = or_(
        and_(CreditRecord.barred_until.is_not(None), CreditRecord.barred_until >= today),
        CreditRecord.decided_on >= since,
    )
    standing = or_(CreditRecord.ended_on.is_(None), CreditRecord.ended_on > today)
    query = select(CreditRecord).where(CreditRecord.score.is_(None), in_force, standing)
    return list(session.scalars(query.order_by(CreditRecord.decided_on.desc(), CreditRecord.id)))


def record_of(session: Session, organization: Organization) -> tuple[list[CreditRecord], list[CreditRecord]]:
    """(decisions, ratings of performance) of an organisation, newest first."""
    query = select(CreditRecord).where(CreditRecord.organization_id == organization.id)
    rows = session.scalars(query.order_by(CreditRecord.decided_on.desc(), CreditRecord.id)).all()
    return [row for row in rows if row.score is None], [row for row in rows if row.score is not None]


def in_force(record: CreditRecord, today: date) -> bool:
    """Whether the bar of a decision holds today; it ends by itself, or earlier by a repair or correction."""
    if record.ended_on is not None and record.ended_on <= today:
        return False
    return (
        record.barred_from is not None
        and record.barred_until is not None
        and record.barred_from <= today <= record.barred_until
    )
