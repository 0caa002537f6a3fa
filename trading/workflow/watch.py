"""Deadline watch 电子监察: what is due on a lot, by whom, by when, and what then; alarms for what is overdue.

Every deadline comes from the conditions' own ``due`` and from the clock's list; none is written here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from trading.beijing import beijing, law_date
from trading.codelists import Role, Severity, Status, Urgency
from trading.database import transaction
from trading.models import Alarm, Lot, Message, User
from trading.rules import CONDITIONS
from trading.rules.alarm_age import HIGHEST, last_day_at
from trading.rules.case import Case
from trading.rules.responsible import responsible
from trading.rules.rule import Condition, failed
from trading.steps import Step
from trading.values import Values
from trading.workflow.alarms import ANSWERING, Cause
from trading.workflow.clockwork import pending
from trading.workflow.concerned import side_of_owner
from trading.workflow.deposit_alarms import check_balance
from trading.workflow.engine import carry_up_outside_steps, lock, raise_outside_steps, record_outside
from trading.workflow.facts import RecordCase
from trading.workflow.refunds import start_clocks
from trading.workflow.secrecy import OVER, bonds_may_be_told
from trading.workflow.taking import Tools
from trading.workflow.transitions import BY_STEP, Party
from trading.working_days import UnknownYear

WATCHED = tuple(condition for condition in CONDITIONS.values() if condition.due is not None)
ALARMING = (Severity.BLOCK, Severity.RED, Severity.AMBER)
LOOK_AGAIN = timedelta(days=1)
OVER_FOR = timedelta(days=30)
PORTION = 200
SUPERVISION = "R18"


@dataclass(frozen=True)
class Watched:
    """One thing that is due: ``condition`` is None where the clock does it by itself."""

    at: datetime
    condition: Condition | None
    step: Step | None
    by: tuple[Role, ...]
    who_zh: str
    who_en: str
    what_zh: str
    what_en: str
    then_zh: str
    then_en: str
    urgency: Urgency

    @property
    def severity(self) -> Severity | None:
        """Of the alarm that is opened once it is overdue; None where none is."""
        if self.condition is None or self.condition.severity not in ALARMING:
            return None
        return Severity.AMBER if self.condition.severity is Severity.AMBER else Severity.RED


def urgency(at: datetime, now: datetime, values: Values) -> Urgency:
    """Overdue from ``at`` on; near from so many days before it as the book says."""
    if now >= at:
        return Urgency.OVERDUE
    return Urgency.NEAR if now >= at - timedelta(days=int(values["due_amber_days"])) else Urgency.AHEAD


def due_under_rules(case: Case, status: Status, conditions: tuple[Condition, ...] = WATCHED) -> list[Watched]:
    """What the conditions say is due, as each one's own ``due`` computes it; the earliest first.

    Arguments:
        case: about no subject, so that before the opening it holds no bid and no bond.
        status: of the lot; one that has ended owes only what may still be done on it.
    """
    found = []
    for condition in conditions:
        if status in OVER and not any(status in BY_STEP[step].at for step in condition.steps):
            continue
        due = condition.deadline(case)
        if due is not None:
            then = what_then(condition, status)
            near = urgency(due.at, case.now, case.values)
            words = (due.who_zh, due.who_en, due.what_zh, due.what_en)
            found.append(Watched(due.at, condition, None, responsible(due), *words, *then, near))
    return sorted(found, key=lambda one: one.at)


def what_then(condition: Condition, status: Status) -> tuple[str, str]:
    """What happens when it is not done: the clock's own step, else the alarm of the condition's severity."""
    for step in sorted(condition.steps):
        if BY_STEP[step].by == (Party.CLOCK,) and status in BY_STEP[step].at:
            return f"期满未办的，系统自动办理“{step.zh}”", f"If not done, the clock takes “{step.en}”"
    match condition.severity:
        case Severity.INFORMATION:
            return "逾期只作记载", "Being late is put on record"
        case Severity.AMBER:
            return "逾期产生黄色预警，由责任人答复", "An amber alarm is opened, to be answered by who is responsible"
        case _:
            return "逾期产生红色预警，由责任人答复", "A red alarm is opened, to be answered by who is responsible"


def due_by_clock(session: Session, lot: Lot, now: datetime, values: Values) -> list[Watched]:
    """What the clock will do to the lot by itself; what it is about to do already says too much (how few bids)."""
    found = []
    for one in pending(session, lot.code):
        if one.at > now:
            words = (Role.CLOCK.zh, Role.CLOCK.en, one.step.zh, one.step.en)
            then = f"系统自动办理“{one.step.zh}”", f"The clock takes “{one.step.en}”"
            near = urgency(one.at, now, values)
            found.append(Watched(one.at, None, one.step, (Role.CLOCK,), *words, *then, near))
    return found


def concerns_owner(condition: str, by: Collection[Role]) -> bool:
    """Whether the owner's side is told: of complaints and orders (R18) only what itself has to do."""
    return not condition.startswith(SUPERVISION) or bool({Role.OWNER, Role.AGENCY} & set(by))


def due_on(session: Session, lot: Lot, now: datetime, tools: Tools) -> list[Watched]:
    """Everything that is due on ``lot`` as it stands, the earliest first, overdue included."""
    if lot.status is Status.ARCHIVED:
        return []
    case = RecordCase(session, lot, now, tools)
    ruled = due_under_rules(case, lot.status)
    return sorted([*ruled, *due_by_clock(session, lot, now, case.values)], key=lambda one: one.at)


def patrol(session: Session, now: datetime, tools: Tools, portion: int = PORTION) -> int:
    """Open the alarms of what is overdue and carry up those left open too long; each lot in a transaction of its own.

    Only lots that may owe something by now are looked at, at most ``portion`` of them: what remains waits for the next
    call. Safe to call at any moment, repeatedly and from several processes.

    Returns:
        How many alarms were opened or carried up.
    """
    done = 0
    for code in session.scalars(alarmed_lots(now, tools, portion)).all():
        with transaction(session):
            done += carry_up(session, lock(session, code), now, tools)
    for code in session.scalars(waiting_lots(now, portion)).all():
        with transaction(session):
            done += look(session, code, now, tools)
    return done


def waiting_lots(now: datetime, portion: int) -> Select[tuple[str]]:
    """The codes of the lots that are to be looked at."""
    return select(Lot.code).where(Lot.look_at <= now).order_by(Lot.look_at, Lot.id).limit(portion)


def look(session: Session, code: str, now: datetime, tools: Tools) -> int:
    """Look at one lot, row locked: open what is overdue, say when to look next; 0 where another worker just did."""
    lot = lock(session, code)
    if lot.look_at is None or lot.look_at > now:
        return 0
    opened = carry_up(session, lot, now, tools)
    start_clocks(session, lot, now, tools)
    if bonds_may_be_told(lot):
        opened += check_balance(session, lot, now, lambda kind, body: record_outside(session, lot, kind, body, now))
    session.flush()  # the facts may read the record afresh: what was appended to it is written first
    found = due_on(session, lot, now, tools)
    opened += sum(open_alarm(session, lot, one, now) for one in found if one.urgency is Urgency.OVERDUE)
    lot.look_at = next_look(lot, found, now)
    return opened


def next_look(lot: Lot, found: list[Watched], now: datetime) -> datetime | None:
    """When to look again: at the next deadline, and daily while the lot runs, as a year's notice may come to be known.

    A lot that has ended is looked at daily for a month, as bonds go back; then only while something is due.
    """
    ahead = [one.at for one in found if one.at > now]
    ended = lot.status is Status.ARCHIVED or (lot.status in OVER and now - lot.status_since > OVER_FOR)
    return min(ahead if ended else [*ahead, now + LOOK_AGAIN], default=None)


def open_alarm(session: Session, lot: Lot, one: Watched, now: datetime) -> bool:
    """Open the alarm of one overdue thing, once, and tell who answers for it."""
    if one.condition is None or one.severity is None:
        return False
    until = as_clerks_say(one.at)
    zh, en = f"{until}前{one.what_zh}（{one.who_zh}）", f"{one.what_en} before {until} ({one.who_en})"
    finding = failed(zh, "逾期未办理", en, "not done")
    who = next((role for role in one.by if role in ANSWERING), Role.OWNER)
    cause = Cause(one.condition.id, one.severity, finding, law_date(one.at).isoformat(), who, one.at)
    alarm = raise_outside_steps(session, lot, cause, now)
    if alarm is None:
        return False
    told_zh = "期限预警", f"“{lot.name}”：{zh}，逾期未办理。请答复预警{alarm.condition}。"
    told_en = "Deadline alarm", f"“{lot.name}”: {en}: not done. Please answer alarm {alarm.condition}."
    tell(session, lot, alarm.responsible, told_zh, told_en, now)
    return True


def as_clerks_say(at: datetime) -> str:
    """A moment in Beijing; midnight is the end of the day before, 24:00."""
    local = beijing(at)
    return f"{local - timedelta(days=1):%Y-%m-%d} 24:00" if local.time() == time.min else f"{local:%Y-%m-%d %H:%M}"


def tell(session: Session, lot: Lot, role: Role, zh: tuple[str, str], en: tuple[str, str], now: datetime) -> None:
    """Deliver to who answers for something on the lot: the owner's side, else every account of the role."""
    common = {
        "lot_id": lot.id, "subject_zh": zh[0], "text_zh": zh[1], "subject_en": en[0], "text_en": en[1],
        "delivered_at": now,
    }  # fmt: skip
    if role in (Role.OWNER, Role.AGENCY):
        session.add_all(Message(organization_id=one, **common) for one in side_of_owner(session, lot))
        return
    users = session.scalars(select(User.id).where(User.role == role, User.active))
    session.add_all(Message(user_id=one, **common) for one in users)


def alarmed_lots(now: datetime, tools: Tools, portion: int) -> Select[tuple[str]]:
    """The codes of lots with an alarm that may be too old for its level; a working day is never less than a day."""
    fact = next(fact for fact in tools.book.all() if fact.name == "alarm_escalate_wd")
    shortest = min(int(line.value) for line in (*fact.lines, *fact.county_lines))
    old = [
        and_(Alarm.level == level, Alarm.raised_at < now - timedelta(days=shortest * (level + 1)))
        for level in range(HIGHEST)
    ]
    query = select(Lot.code).join(Alarm, Lot.id == Alarm.lot_id).where(Alarm.closed_at.is_(None), or_(*old))
    return query.group_by(Lot.code).order_by(func.min(Alarm.raised_at), Lot.code).limit(portion)


def carry_up(session: Session, lot: Lot, now: datetime, tools: Tools) -> int:
    """Put the lot's open alarms that stood too long at their level one level higher; returns how many.

    The oversight officers and the supervisors are told, once a level (R18.C14). Goes before what is due is asked, so
    that an alarm carried up in time is no breach of its own.
    """
    mine = (Alarm.lot_id == lot.id, Alarm.closed_at.is_(None), Alarm.level < HIGHEST)
    alarms = session.scalars(select(Alarm).where(*mine).order_by(Alarm.raised_at, Alarm.id)).all()
    case = RecordCase(session, lot, now, tools)
    return sum(carry_one_up(session, lot, alarm, case) for alarm in alarms)


def carry_one_up(session: Session, lot: Lot, alarm: Alarm, case: RecordCase) -> bool:
    """Carry one alarm up if its last day at its level is over; not where the calendar does not know that day."""
    try:
        last = last_day_at(alarm.level, law_date(alarm.raised_at), case.values, case.calendar)
    except UnknownYear:
        return False
    if case.today <= last:
        return False
    carry_up_outside_steps(session, lot, alarm, case.now)
    zh = "预警升级", f"“{lot.name}”的预警{alarm.condition}至{last}未销号，已升为第{alarm.level}级。"
    en = "Alarm carried up", f"“{lot.name}”: alarm {alarm.condition}, open after {last}, is now at level {alarm.level}."
    for role in (Role.OVERSIGHT, Role.SUPERVISOR):
        tell(session, lot, role, zh, en, case.now)
    return True
