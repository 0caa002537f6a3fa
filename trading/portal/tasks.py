"""Task lists 待办清单: what one reader can do on a lot, what waits for him over all lots, in due order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import Answer, Role, Urgency
from trading.models import Alarm, Bid, Entrant, Entrustment, Lot, Project, User
from trading.portal import (
    course_turns,
    deposit_turns,
    draw_turns,
    live_turns,
    opening_turns,
    sale_turns,
    sheet_turns,
    signatures,
    supervision_turns,
)  # fmt: skip
from trading.portal.office_tasks import desk_until, office_tasks
from trading.portal.subjects import QUESTIONS, Waiting, waiting
from trading.rules import CONDITIONS, guarding
from trading.rules.rule import Verdict
from trading.steps import Step
from trading.web.exchange import language
from trading.web.formats import word
from trading.web.steps import PAGES, step_url
from trading.workflow.engine import open_steps, preview
from trading.workflow.facts import RecordCase
from trading.workflow.gate import IN_LINE
from trading.workflow.taking import Tools
from trading.workflow.transitions import PROCEDURE
from trading.workflow.watch import urgency

SHOWN = 100
INVITING = frozenset({Step.SUBMIT_BID, Step.RECEIVE_BANK_LINES})
TURNS_ELSEWHERE = (
    course_turns, deposit_turns, draw_turns, live_turns, opening_turns, sale_turns, sheet_turns, signatures,
    supervision_turns,
)  # fmt: skip
ABOUT_CONDITIONS = frozenset({Step.ANSWER_ALARM, Step.CLOSE_ALARM, Step.SIGN_CHECKLIST})
ABOUT_ALARMS = frozenset({Step.ANSWER_ALARM, Step.CLOSE_ALARM})
EXCEPTIONAL = frozenset({Step.SUSPEND, Step.RESUME, Step.TERMINATE, Step.FAIL})


@dataclass
class Task:
    """One entry of a task list, as the macros draw it."""

    url: str
    title: str
    status: str = "todo"
    hint: str = ""
    due: datetime | None = None
    overdue: bool = False
    lot: Lot | None = None
    step: Step | None = None
    urgency: Urgency | None = None
    in_the_way: list[Verdict] = field(default_factory=list)


def needs_subject(step: Step) -> bool:
    """Whether the step's page is about one record of the lot."""
    rules = current_app.url_map.iter_rules(PAGES[step])
    return any("subject" in rule.arguments for rule in rules)


def short(text: str) -> str:
    """The beginning of a text, as a list shows it."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def lot_tasks(session: Session, lot: Lot, user: User | None, now: datetime, tools: Tools) -> dict[str, list[Task]]:
    """What ``user`` can do on ``lot``: what waits for him first, what he also may, and the exceptional steps."""
    groups: dict[str, list[Task]] = {"now": [], "also": [], "exceptional": []}
    if user is None:
        return groups
    rows = [row for row in open_steps(session, lot, user) if row.step in PAGES]
    steps = [row.step for row in rows]
    due = waiting(session, user, now, [step for step in steps if step in QUESTIONS], Lot.id == lot.id)
    for step in steps:
        mine = [one for one in due if one.step is step]
        if needs_subject(step):
            groups["now"] += [_task(session, lot, one, now, tools) for one in mine]
        elif step in EXCEPTIONAL:
            groups["exceptional"].append(_plain(lot, step))
        else:
            found = mine or [Waiting(step, lot.id, None, "", None)]
            group = "now" if mine or invited(session, lot, user, step) else "also"
            groups[group] += [_task(session, lot, one, now, tools) for one in found[:1]]
    groups["also"] = [_offered(task) for task in groups["also"]]
    return groups


def _offered(task: Task) -> Task:
    """What one may do is no task: no tag says that it waits; handing in again says what it does."""
    again = _("再次递交将替换此前的投标文件。") if task.step is Step.SUBMIT_BID else ""
    return replace(task, status="" if task.status == "todo" else task.status, hint=task.hint or again)


def invited(session: Session, lot: Lot, user: User, step: Step) -> bool:
    """Whether a step is offered first to somebody who has not begun: a bid, until this bidder has one."""
    if step is Step.APPLY_TO_BID:
        entered = (Entrant.lot_id == lot.id, Entrant.organization_id == user.organization_id)
        return session.scalar(select(Entrant.id).where(*entered, Entrant.withdrawn_at.is_(None))) is None
    if step is not Step.SUBMIT_BID:
        return step in INVITING
    mine = (Bid.lot_id == lot.id, Bid.organization_id == user.organization_id, Bid.current.is_(True))
    return session.scalar(select(Bid.id).where(*mine)) is None


def _plain(lot: Lot, step: Step) -> Task:
    return Task(page_of(lot, step), word(step), "", lot=lot)


def page_of(lot: Lot, step: Step, subject: str | None = None) -> str:
    """Where a step is taken: its own page, or for a live offer the bidding itself."""
    return url_for("portal.bidding", code=lot.code) if step in IN_LINE else step_url(lot, step, subject)


def _task(session: Session, lot: Lot, one: Waiting, now: datetime, tools: Tools) -> Task:
    """A task with what still stands in its way: before anything is typed, only what has failed already."""
    verdicts = preview(session, lot, one.step, now, tools, one.subject)
    failed = [verdict for verdict in verdicts if verdict.stands_in_the_way and verdict.answer is Answer.FAILED]
    task = _listed(lot, one, now)
    if not failed:
        return task
    told = "；".join(f"{verdict.condition.id} {word_of(verdict)}" for verdict in failed[:3])
    more = _(" 等") if len(failed) > 3 else ""
    hint = _("还有 %(count)s 项条件未满足：%(told)s%(more)s", count=len(failed), told=told, more=more)
    return replace(task, status="waiting", hint=hint, in_the_way=failed)


def word_of(verdict: Verdict) -> str:
    """The title of a verdict's condition in the reader's language."""
    return verdict.condition.en if language() == "en" else verdict.condition.zh


def condition_title(identity: str) -> str:
    """A condition's id with its title in the reader's language."""
    found = CONDITIONS.get(identity)
    return identity if found is None else f"{identity} {found.en if language() == 'en' else found.zh}"


def _listed(lot: Lot, one: Waiting, now: datetime) -> Task:
    about = condition_title(one.words) if one.step in ABOUT_CONDITIONS else one.words
    title = word(one.step) + (f"：{short(about)}" if about else "")
    late = one.due is not None and one.due <= now
    return Task(page_of(lot, one.step, one.subject), title, due=one.due, overdue=late, lot=lot, step=one.step)


def concerning(user: User) -> ColumnElement[bool]:
    """The lots on which this person may have something to do."""
    if user.role in (Role.OWNER, Role.AGENCY):
        entrusted = select(Entrustment.project_id).where(
            Entrustment.agency_id == user.organization_id, Entrustment.ended_at.is_(None)
        )
        mine = select(Project.id).where(Project.owner_id == user.organization_id)
        return or_(Lot.project_id.in_(mine), Lot.project_id.in_(entrusted))
    return true()


def steps_of(role: Role) -> list[Step]:
    """The steps with a page whose turn is known, that this role takes."""
    return [row.step for row in PROCEDURE if role in row.roles and row.step in PAGES and row.step in QUESTIONS]


def my_tasks(session: Session, user: User, now: datetime, tools: Tools) -> list[Task]:
    """What waits for ``user`` over all lots: the overdue first, then by due time, then what has no time."""
    found = waiting(session, user, now, steps_of(user.role), concerning(user))
    lots = lots_by_id(session, {one.lot_id for one in found})
    tasks = []
    for one in found:
        lot = lots[one.lot_id]
        if one.due is None and len(tasks) < SHOWN:
            one = replace(one, due=due_of_task(session, lot, one, now, tools))
        tasks.append(_marked(_listed(lot, one, now), now, tools))
    for task in tasks:
        task.hint = f"{task.lot.code} {task.lot.name}" if task.lot else ""
    for office in office_tasks(session, user.role, now, tools):
        task = Task(office.url, office.title, hint=office.hint, due=office.due)
        tasks.append(_marked(task, now, tools))
    return sorted(tasks, key=lambda task: (task.due is None, task.due or now, task.title, task.url))[:SHOWN]


def _marked(task: Task, now: datetime, tools: Tools) -> Task:
    """The task with its amber or red mark, by the numbers of its lot's law day."""
    if task.due is None:
        return task
    values = tools.values(task.lot, now) if task.lot else tools.book.on(law_date(now))
    return replace(task, urgency=urgency(task.due, now, values))


def due_of_task(session: Session, lot: Lot, one: Waiting, now: datetime, tools: Tools) -> datetime | None:
    """When a task is due that no record dates: an alarm by its age, a step by the rules."""
    if one.step in ABOUT_ALARMS:
        alarm = session.get(Alarm, one.subject)
        return desk_until(session, alarm, lot, now, tools) if alarm else None
    return due_by_rule(session, lot, one, now, tools)


def due_by_rule(session: Session, lot: Lot, one: Waiting, now: datetime, tools: Tools) -> datetime | None:
    """When the rules want a step done, where one of its conditions watches a deadline."""
    watching = [condition for condition in guarding(one.step) if condition.due is not None]
    if not watching:
        return None
    case = RecordCase(session, lot, now, tools, step=one.step, subject=one.subject)
    dues = [due.at for condition in watching if (due := condition.deadline(case)) is not None]
    return min(dues, default=None)


def lots_by_id(session: Session, ids: Collection[str]) -> dict[str, Lot]:
    """Lots by identity."""
    return {lot.id: lot for lot in session.scalars(select(Lot).where(Lot.id.in_(ids)))} if ids else {}


def my_lots(session: Session, user: User) -> Sequence[Lot]:
    """The lots a bidder has bid on or applied to bid for, the newest first; nobody else learns of them here."""
    if user.role is not Role.BIDDER or user.organization_id is None:
        return []
    bids = select(Bid.lot_id).where(Bid.organization_id == user.organization_id, Bid.current.is_(True))
    entered = select(Entrant.lot_id).where(
        Entrant.organization_id == user.organization_id, Entrant.withdrawn_at.is_(None)
    )
    mine = or_(Lot.id.in_(bids), Lot.id.in_(entered))
    return session.scalars(select(Lot).where(mine).order_by(Lot.bid_deadline.desc()).limit(SHOWN)).all()
