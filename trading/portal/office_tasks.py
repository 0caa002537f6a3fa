"""What waits for an office outside the steps of a lot 各部门事项: identities, calendars, alarms carried up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at, end_moment, law_date
from trading.codelists import Role
from trading.models import Alarm, ExpertApplication, ExpertDecision, Lot, Organization
from trading.rules.alarm_age import last_day_at
from trading.web.exchange import language
from trading.workflow.calendars import calendar_in_force, missing_years
from trading.workflow.taking import Tools
from trading.working_days import UnknownYear

MOST = 100


@dataclass(frozen=True)
class Office:
    """One thing an office has to do: where, what, and until when as far as that is known."""

    url: str
    title: str
    hint: str
    due: datetime | None = None


Offices = Callable[[Session, datetime, Tools], list[Office]]


def desk_until(session: Session, alarm: Alarm, lot: Lot, now: datetime, tools: Tools) -> datetime | None:
    """Until when an alarm may stand open at its level; None where the day is not known."""
    values, calendar = tools.values(lot, now), calendar_in_force(session, tools.calendar)
    try:
        return end_moment(last_day_at(alarm.level, law_date(alarm.raised_at), values, calendar))
    except UnknownYear:
        return None


def identities(session: Session, _now: datetime, _tools: Tools) -> list[Office]:
    """Bidders who registered and whose identity nobody has checked."""
    waits = (Organization.kind == Role.BIDDER, Organization.identity_checked_at.is_(None))
    query = select(Organization).where(*waits, Organization.identity_refusal.is_(None))
    return [
        Office(url_for("admin.check_identity", organization=one.id), _("核验身份：%(name)s", name=one.name), one.uscc)
        for one in session.scalars(query.order_by(Organization.registered_at, Organization.id).limit(MOST))
    ]


def appeals(session: Session, _now: datetime, _tools: Tools) -> list[Office]:
    """Bidders who appealed against a refused identity check and were not answered."""
    waits = (Organization.identity_appeal.is_not(None), Organization.identity_decision.is_(None))
    query = select(Organization).where(*waits, Organization.identity_checked_at.is_(None))
    return [
        Office(
            url_for("admin.decide_appeal", organization=one.id),
            _("处理身份核验申诉：%(name)s", name=one.name),
            one.uscc,
        )
        for one in session.scalars(query.order_by(Organization.registered_at, Organization.id).limit(MOST))
    ]


def calendars(session: Session, now: datetime, tools: Tools) -> list[Office]:
    """Years whose State Council notice is not in the data: due before the year begins (T7)."""
    return [
        Office(
            url_for("admin.import_calendar"),
            _("导入 %(year)s 年节假日安排", year=year),
            _("通知未收录以前，该年度的期限不能推算。"),
            at(date(year, 1, 1)),
        )
        for year in missing_years(session, tools.book, law_date(now))
    ]


def carried_up(session: Session, now: datetime, tools: Tools) -> list[Office]:
    """Open alarms that stood too long on the supervisor's desk: read by the oversight officers (R18.C14)."""
    query = select(Alarm, Lot).join(Lot, Lot.id == Alarm.lot_id).where(Alarm.closed_at.is_(None), Alarm.level > 0)
    return [
        Office(
            url_for("portal.lot", code=lot.code) + "#alarms",
            _("查阅升级的预警：%(condition)s，第 %(level)s 级", condition=alarm.condition, level=alarm.level),
            f"{lot.code} {lot.name}",
            desk_until(session, alarm, lot, now, tools),
        )
        for alarm, lot in session.execute(query.order_by(Alarm.raised_at, Alarm.id).limit(MOST))
    ]


def expert_applications(session: Session, _now: datetime, _tools: Tools) -> list[Office]:
    """Applications to the county's list of experts that nobody has decided."""
    waits = (ExpertApplication.decided_at.is_(None), ExpertApplication.withdrawn_at.is_(None))
    query = select(ExpertApplication).where(*waits).order_by(ExpertApplication.submitted_at, ExpertApplication.id)
    return [
        Office(url_for("experts.decide_application", application=one.id), _("审核入库申请"), one.employer)
        for one in session.scalars(query.limit(MOST))
    ]


def expert_objections(session: Session, _now: datetime, _tools: Tools) -> list[Office]:
    """Objections of experts to decisions about them that nobody has answered."""
    waits = (ExpertDecision.objection.is_not(None), ExpertDecision.answer.is_(None))
    query = select(ExpertDecision).where(*waits).order_by(ExpertDecision.objected_at, ExpertDecision.id)
    return [
        Office(url_for("experts.answer_objection", decision=one.id), _("答复专家异议"), one.act.word(language()))
        for one in session.scalars(query.limit(MOST))
    ]


OFFICES: dict[Role, tuple[Offices, ...]] = {
    Role.CENTRE: (identities,), Role.SUPERVISOR: (appeals, expert_objections), Role.ADMINISTRATOR: (calendars,),
    Role.OVERSIGHT: (carried_up,), Role.AUTHORITY: (expert_applications,),
}  # fmt: skip


def office_tasks(session: Session, role: Role, now: datetime, tools: Tools) -> list[Office]:
    """What waits for the office of ``role`` outside the steps of a lot."""
    return [one for ask in OFFICES.get(role, ()) for one in ask(session, now, tools)]
