"""The one way to take a step 办理环节: status? person? effect, rules, record, status; or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from trading.codelists import Severity
from trading.database import transaction
from trading.errors import NotAllowed, NotFound, Refused, Stale, TradingError, Unlawful, WrongStatus
from trading.ledger.entries import FINAL
from trading.ledger.log import append, open_chain
from trading.ledger.verifier import program_digest
from trading.models import Alarm, LedgerEntry, Lot, User
from trading.rules import guarding, judge
from trading.rules.rule import Verdict
from trading.steps import Step
from trading.workflow.alarms import Cause, raise_alarm, raise_failed
from trading.workflow.facts import RecordCase
from trading.workflow.taking import (
    EFFECTS,
    FORETHOUGHTS,
    PROOFS,
    REFUSALS,
    REPEATS,
    PersonalSignature,
    Taking,
    Tools,
    ToSign,
)
from trading.workflow.transitions import BY_STEP, Transition
from trading.workflow.who import may_see, may_take

LOCKED = (
    select(Lot)
    .where(Lot.code == bindparam("code"))
    .with_for_update(of=Lot)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Receipt:
    """What a taken step leaves in the person's hand."""

    step: Step
    lot: Lot
    at: datetime
    leaf: str
    verdicts: tuple[Verdict, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Request:
    """A wish to take a step; ``version`` is the lot's version the person saw (None: not asked)."""

    code: str
    step: Step
    actor: User | None
    now: datetime
    data: dict[str, Any] = field(default_factory=dict)
    subject: str | None = None
    version: int | None = None
    sign_in_person: PersonalSignature | None = None


def lock(session: Session, code: str) -> Lot:
    """The lot of this code, row locked, read afresh; once locked it is not read again in the same transaction.

    Raises:
        NotFound: there is none.
    """
    transaction_ = session.get_nested_transaction() or session.get_transaction()
    held, lot = session.info.get(LOCKED, (None, None))
    if held is transaction_ and held is not None and lot in session and lot.code == code:
        return lot  # type: ignore[no-any-return]
    lot = session.scalar(LOCKED, {"code": code})
    if lot is None:
        raise NotFound("没有这个标段", "There is no such lot")
    session.info[LOCKED] = (session.get_nested_transaction() or session.get_transaction(), lot)
    return lot


def take(session: Session, request: Request, tools: Tools) -> Receipt:
    """Take a step in a transaction of its own; a refusal by status or rule is itself put on record.

    Raises:
        NotFound, NotAllowed, WrongStatus, Stale, Unlawful, Refused, InvalidInput: nothing was changed.
    """
    think_ahead(request)
    try:
        with transaction(session):
            receipt = take_within(session, request, tools)
    except (Unlawful, WrongStatus, Refused) as refusal:
        put_on_record(session, request, refusal, tools)
        raise
    if tools.keeper is not None:
        tools.keeper.taken(session, receipt.kinds, request.now)
    return receipt


def take_in_line(session: Session, request: Request, tools: Tools, clock: Callable[[], datetime]) -> Receipt:
    """Take a step at the moment at which its turn comes: the one reading of the clock is under the lot's lock.

    So the moments of steps that race each other stand in the order in which they are kept (R13.C10), and whether one
    came in time is decided by nobody but whoever holds the lot.

    Arguments:
        request: its ``now`` is not looked at.
        clock: tells the present moment.

    Raises:
        as :func:`take`.
    """
    think_ahead(request)
    try:
        with transaction(session):
            lock(session, request.code)
            request = replace(request, now=clock())
            return take_within(session, request, tools)
    except (Unlawful, WrongStatus, Refused) as refusal:
        put_on_record(session, request, refusal, tools)
        raise


def think_ahead(request: Request) -> None:
    """Do what a step wants done with its input before any lock is held."""
    if request.step in FORETHOUGHTS:
        FORETHOUGHTS[request.step](request.data)


def take_within(session: Session, request: Request, tools: Tools) -> Receipt:
    """Take a step inside the caller's transaction (replay and clock take several in one)."""
    lot = lock(session, request.code)
    row = BY_STEP[request.step]
    if request.step in REPEATS and request.actor is not None:
        done = REPEATS[request.step](session, lot, request.actor, request.data)
        if done is not None:
            return Receipt(request.step, lot, done.at, done.leaf, (), done.facts)
    check_door(session, request, lot, row)
    taking = begin(session, request, lot, tools)
    verdicts = apply(taking)
    blocking = [verdict for verdict in verdicts if verdict.stands_in_the_way]
    if blocking:
        raise Unlawful(blocking)
    return keep(taking, row, verdicts)


def begin(session: Session, request: Request, lot: Lot, tools: Tools, rehearsal: bool = False) -> Taking:
    """The step as its own function will work with it."""
    return Taking(
        session, lot, request.step, request.actor, request.now, request.data, tools, request.subject, rehearsal,
        sign_in_person=request.sign_in_person,
    )  # fmt: skip


def check_door(session: Session, request: Request, lot: Lot, row: Transition) -> None:
    """Person first, so that a stranger does not learn the status; then staleness; then status."""
    if not may_take(session, request.actor, lot, row):
        raise NotAllowed() if may_see(session, request.actor, lot) else NotFound("没有这个标段", "There is no such lot")
    if request.version is not None and not row.secret and request.version != lot.version:
        raise Stale(
            f"本标段在您打开页面后已有变化，现状态为“{lot.status.zh}”，请核对后重新提交",
            f"The lot has changed since you opened the page; it now stands at “{lot.status.en}”",
        )
    if lot.status not in row.at:
        raise WrongStatus(
            f"标段现处于“{lot.status.zh}”，不能办理“{row.step.zh}”",
            f"The lot stands at “{lot.status.en}”: “{row.step.en}” cannot be taken",
        )


def apply(taking: Taking) -> list[Verdict]:
    """Apply the step's own effect and ask the conditions that guard it about the state as it would be."""
    EFFECTS[taking.step](taking)
    taking.session.flush()
    case = RecordCase(taking.session, taking.lot, taking.now, taking.tools, step=taking.step, subject=taking.subject)
    return judge(guarding(taking.step), case)


def keep(taking: Taking, row: Transition, verdicts: list[Verdict]) -> Receipt:
    """Set the status, open the alarms, write the entries; a secret step opens none, as they would tell of it."""
    lot, before = taking.lot, taking.lot.status
    if row.to:
        target = taking.to or row.to[0]
        if target not in row.to:
            raise ValueError(f"{row.step} may not lead to {target}")
        if target is not before:
            lot.status = target
            lot.status_since = taking.now
    if lot.look_at is None or lot.look_at > taking.now:
        lot.look_at = taking.now
    if not row.secret:
        lot.version += 1
        raise_failed(taking, verdicts)
    actor, chain = on_record(row, taking.actor), open_chain(taking.session, lot.code)
    for kind, who, body in taking.entries:
        taking.written[kind] = append(taking.session, chain, kind, who, body, taking.now)
    body = {
        "step": row.step.value,
        "from": before.value,
        "to": lot.status.value,
        "verdicts": [told(verdict) for verdict in verdicts],
    }
    entry = append(taking.session, chain, "step.taken", actor, body, taking.now)
    if taking.end is not None:
        append(taking.session, chain, FINAL, actor, final_body(taking.end), taking.now)
    for act in taking.afterwards:
        act()
    taking.session.flush()
    leaf, kinds = taking.leaf or entry.leaf.hex(), frozenset(taking.written)
    return Receipt(row.step, lot, taking.now, leaf, tuple(verdicts), taking.receipt, kinds)


def final_body(end: str) -> dict[str, Any]:
    """The body of ``dossier.final``: how the lot ended, and the digest of the verifier that goes with its file."""
    return {"end": end, "verifier": program_digest()}


def close_chain(session: Session, lot: Lot, end: str, now: datetime) -> bool:
    """Close the chain of a locked lot that ended without an award; False where it is closed already."""
    if open_chain(session, lot.code) != lot.code:
        return False
    append(session, lot.code, FINAL, "system", final_body(end), now)
    return True


def on_record(row: Transition, user: User | None) -> str:
    """As whom the record knows who takes a step; of a nameless one it keeps the role alone (R18.C15)."""
    if user is None:
        return "system"
    return f"{user.role.value.replace('_', '-')}-sealed" if row.nameless else user.actor


def told(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the record keeps it; one that rests on assumed facts says on which."""
    kept: dict[str, Any] = {"id": verdict.condition.id, "verdict": verdict.answer.value}
    return {**kept, "assumed": list(verdict.assumed)} if verdict.assumed else kept


def raise_outside_steps(session: Session, lot: Lot, cause: Cause, now: datetime) -> Alarm | None:
    """Open an alarm that no step brought about (the deadline watch), inside the caller's transaction."""

    return raise_alarm(session, lot, cause, now, lambda kind, body: record_outside(session, lot, kind, body, now))


def record_outside(session: Session, lot: Lot, kind: str, body: dict[str, Any], now: datetime) -> None:
    """Write what no step brought about into the lot's chain, inside the caller's transaction."""
    append(session, open_chain(session, lot.code), kind, "system", body, now)


def carry_up_outside_steps(session: Session, lot: Lot, alarm: Alarm, now: datetime) -> None:
    """Put an alarm one level higher for its age: it is red from now on, and what was it before stays on record."""
    body = {"alarm": alarm.id, "condition": alarm.condition, "from": alarm.severity.value, "level": alarm.level + 1}
    alarm.level, alarm.severity, alarm.escalated_at = alarm.level + 1, Severity.RED, now
    append(session, open_chain(session, lot.code), "alarm.escalated", "system", body, now)


def put_on_record(session: Session, request: Request, refusal: TradingError, tools: Tools) -> None:
    """Record a refused step, and give the proof of it to whoever is owed one once it is kept."""
    with transaction(session):
        entry = record_refusal(session, request, refusal)
    if entry is not None and request.step in PROOFS:
        refusal.proof = PROOFS[request.step](tools, entry)


def record_refusal(session: Session, request: Request, refusal: TradingError) -> LedgerEntry | None:
    """Put a refused step on record: the step, the reason, the conditions that stood in its way.

    Returns:
        The entry of its own that a refusal of this step makes, where there is one.
    """
    conditions = [verdict.condition.id for verdict in refusal.verdicts] if isinstance(refusal, Unlawful) else []
    reason = refusal.reason if isinstance(refusal, Refused) else type(refusal).__name__
    body = {"step": request.step.value, "reason": reason, "conditions": conditions}
    actor, chain = on_record(BY_STEP[request.step], request.actor), open_chain(session, request.code)
    entry = None
    if request.step in REFUSALS:
        told_of = REFUSALS[request.step](lock(session, request.code), request.actor, request.data, request.now)
        if told_of is not None:
            entry = append(session, chain, *told_of, request.now)
    append(session, chain, "step.refused", actor, body, request.now)
    return entry


class _Undo(Exception):
    """Ends a rehearsal: everything is rolled back."""


def rehearse(session: Session, request: Request, tools: Tools) -> list[Verdict]:
    """What the rules would say of this step with this input; nothing is kept (check-your-answers page)."""
    verdicts: list[Verdict] = []
    think_ahead(request)
    try:
        with transaction(session):
            lot = lock(session, request.code)
            check_door(session, request, lot, BY_STEP[request.step])
            verdicts = apply(begin(session, request, lot, tools, rehearsal=True))
            raise _Undo
    except _Undo:
        pass
    return verdicts


def to_be_signed(session: Session, request: Request, tools: Tools) -> list[ToSign]:
    """What the person would have to sign for this step with this input; nothing is kept.

    Raises:
        NotFound, NotAllowed, WrongStatus, Stale, Refused, InvalidInput: the step could not be taken so.
    """
    found: list[ToSign] = []
    think_ahead(request)
    try:
        with transaction(session):
            lot = lock(session, request.code)
            check_door(session, request, lot, BY_STEP[request.step])
            taking = begin(session, request, lot, tools, rehearsal=True)
            EFFECTS[taking.step](taking)
            found = taking.to_sign
            raise _Undo
    except _Undo:
        pass
    return found


def preview(
    session: Session, lot: Lot, step: Step, now: datetime, tools: Tools, subject: str | None = None
) -> list[Verdict]:
    """What the conditions guarding ``step`` say of the lot as it stands, before anything is typed."""
    return judge(guarding(step), RecordCase(session, lot, now, tools, step=step, subject=subject))


def open_steps(session: Session, lot: Lot, user: User | None) -> list[Transition]:
    """The steps that ``user`` may take on ``lot`` as it stands, in the order of the procedure."""
    if user is None:
        return []
    return [
        row
        for row in BY_STEP.values()
        if lot.status in row.at and user.role in row.roles and may_take(session, user, lot, row)
    ]
