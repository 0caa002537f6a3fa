"""The alarms of all lots 预警总览: narrowed, ordered, and counted by age, by rule and by the unit responsible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from trading.codelists import AlarmAge, AlarmGrouping, AlarmOrder, Role, Severity
from trading.models import Alarm, Entrustment, Lot, Organization, Project
from trading.rules import CONDITIONS, RULES

PAGE = 100
DAYS = {AlarmAge.WEEK: (0, 7), AlarmAge.MONTH: (7, 30), AlarmAge.OLDER: (30, None)}
RULE_TITLES = {rule.id: (rule.zh, rule.en) for rule in RULES}
ROLE: ColumnElement[str] = type_coerce(Alarm.responsible, String)
RULE = func.substr(Alarm.condition, 1, 3)
AGENCY = (
    select(Entrustment.agency_id)
    .where(Entrustment.project_id == Lot.project_id, Entrustment.ended_at.is_(None))
    .order_by(Entrustment.id)
    .limit(1)
    .correlate(Lot)
    .scalar_subquery()
)
UNIT = case(
    (Alarm.responsible == Role.OWNER, Project.owner_id),
    (Alarm.responsible == Role.AGENCY, func.coalesce(AGENCY, Project.owner_id)),
    else_=ROLE,
)
Words = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """What the board is narrowed to; None is not asked."""

    closed: bool = False
    severity: Severity | None = None
    age: AlarmAge | None = None
    rule: str | None = None
    unit: str | None = None
    order: AlarmOrder = AlarmOrder.OLDEST
    group: AlarmGrouping | None = None


@dataclass(frozen=True)
class Group:
    """One group with how many alarms it has; ``key`` narrows the board to it."""

    key: str
    zh: str
    en: str
    count: int


def age(alarm: Alarm, now: datetime) -> AlarmAge:
    """How long it has stood: until it was closed, else until now."""
    stood = (alarm.closed_at or now) - alarm.raised_at
    return next(one for one, (_from, most) in DAYS.items() if most is None or stood <= timedelta(days=most))


def age_column(now: datetime) -> ColumnElement[str]:
    """The age of an alarm that stands open, as the database counts it."""
    week, month = (now - timedelta(days=DAYS[one][1] or 0) for one in (AlarmAge.WEEK, AlarmAge.MONTH))
    return case(
        (Alarm.raised_at >= week, AlarmAge.WEEK.value),
        (Alarm.raised_at >= month, AlarmAge.MONTH.value),
        else_=AlarmAge.OLDER.value,
    )


def narrowed(query: Select[Any], asked: Asked, now: datetime) -> Select[Any]:
    """``query`` over the alarms, joined to lot and project, with what is asked."""
    query = query.select_from(Alarm).join(Lot, Lot.id == Alarm.lot_id).join(Project, Project.id == Lot.project_id)
    query = query.where(Alarm.closed_at.is_not(None) if asked.closed else Alarm.closed_at.is_(None))
    if asked.severity is not None:
        query = query.where(Alarm.severity == asked.severity)
    if asked.age is not None:
        query = query.where(age_column(now) == asked.age.value)
    if asked.rule is not None:
        query = query.where((Alarm.condition == asked.rule) | (asked.rule == RULE))
    if asked.unit is not None:
        query = query.where(asked.unit == UNIT)
    return query


def groupings(now: datetime) -> dict[AlarmGrouping, Any]:
    """The column of each grouping."""
    return {
        AlarmGrouping.AGE: age_column(now), AlarmGrouping.RULE: RULE, AlarmGrouping.CONDITION: Alarm.condition,
        AlarmGrouping.UNIT: UNIT,
    }  # fmt: skip


def rows(session: Session, asked: Asked, now: datetime, page: int | None = 1) -> list[tuple[Alarm, Lot, str]]:
    """The alarms with their lots and the key of the group asked for, in order; ``page`` None gives all of them."""
    key = groupings(now)[asked.group] if asked.group else func.substr(Alarm.condition, 1, 0)
    age_first = [Alarm.raised_at, Alarm.id]
    order = {
        AlarmOrder.OLDEST: age_first,
        AlarmOrder.NEWEST: [Alarm.raised_at.desc(), Alarm.id],
        AlarmOrder.GRAVEST: [Alarm.level.desc(), Alarm.severity.desc(), *age_first],
    }[asked.order]
    query = narrowed(select(Alarm, Lot, key.label("key")), asked, now).order_by(*([key] if asked.group else []), *order)
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return [(alarm, lot, found) for alarm, lot, found in session.execute(query)]


def counts(session: Session, asked: Asked, now: datetime) -> dict[AlarmGrouping, list[Group]]:
    """How many alarms there are of each age, rule, condition and unit; the fullest first, ages in their order."""
    return {grouping: counted(session, asked, now, grouping) for grouping in AlarmGrouping}


def counted(session: Session, asked: Asked, now: datetime, grouping: AlarmGrouping) -> list[Group]:
    """The groups of one grouping."""
    key = groupings(now)[grouping].label("key")
    found = session.execute(narrowed(select(key, func.count().label("many")), asked, now).group_by(key)).all()
    titles = titled(session, grouping, [one for one, _count in found])
    groups = [Group(one, *titles.get(one, (one, one)), count) for one, count in found]
    if grouping is AlarmGrouping.AGE:
        return sorted(groups, key=lambda group: list(AlarmAge).index(AlarmAge(group.key)))
    return sorted(groups, key=lambda group: (-group.count, group.key))


def titled(session: Session, grouping: AlarmGrouping, keys: Sequence[str]) -> Mapping[str, Words]:
    """The words of each group."""
    match grouping:
        case AlarmGrouping.AGE:
            return {one.value: (one.zh, one.en) for one in AlarmAge}
        case AlarmGrouping.RULE:
            return {one: (f"{one} {zh}", f"{one} {en}") for one, (zh, en) in RULE_TITLES.items()}
        case AlarmGrouping.CONDITION:
            return {one.id: (f"{one.id} {one.zh}", f"{one.id} {one.en}") for one in CONDITIONS.values()}
        case AlarmGrouping.UNIT:
            return unit_names(session, keys)


def unit_names(session: Session, keys: Sequence[str]) -> dict[str, Words]:
    """The names of units: of an organisation, else of the role."""
    names: dict[str, Words] = {role.value: (role.zh, role.en) for role in Role}
    query = select(Organization.id, Organization.name).where(Organization.id.in_(keys))
    return names | {identity: (name, name) for identity, name in session.execute(query)}


def severities(session: Session, asked: Asked, now: datetime) -> dict[str, int]:
    """How many are red and amber, how many were carried up, how many nobody has answered."""
    red, amber = (
        func.coalesce(func.sum(case((Alarm.severity == one, 1), else_=0)), 0) for one in (Severity.RED, Severity.AMBER)
    )
    raised = func.coalesce(func.sum(case((Alarm.level > 0, 1), else_=0)), 0)
    silent = func.coalesce(func.sum(case((Alarm.response.is_(None), 1), else_=0)), 0)
    total = func.count()
    found = session.execute(narrowed(select(total, red, amber, raised, silent), asked, now)).one()
    return dict(zip(("total", "red", "amber", "carried_up", "unanswered"), map(int, found), strict=True))
