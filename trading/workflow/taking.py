"""What a step's own function works with while it is taken 办理中的环节: the lot, the person, the input, the tools."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.codelists import NoticeKind, Role, Status
from trading.models import Lot, Message, Notice, User
from trading.sealing.files import FileStore
from trading.sealing.vault import KeyVault
from trading.steps import Step
from trading.values import Book, Values
from trading.workflow.calendars import calendar_in_force
from trading.working_days import Calendar


@dataclass(frozen=True)
class Tools:
    """What an installation lends to the steps: the law's numbers, the calendar, the key vault and the file store."""

    book: Book
    calendar: Calendar
    vault: KeyVault
    files: FileStore
    law_on: date | None = None
    assumed: frozenset[str] = frozenset()

    def law_day(self, lot: Lot, now: datetime) -> date:
        """The day whose law judges this lot: its registration day, unless a replay declares another."""
        return self.law_on or law_date(lot.registered_at or now)

    def values(self, lot: Lot, now: datetime) -> Values:
        """The numbers in force for this lot."""
        return self.book.on(self.law_day(lot, now))


@dataclass
class Taking:
    """One step being taken; ``data`` is what the step's schema read, ``subject`` the id of the record it is about.

    ``end`` closes the lot's chain after the step, as ``dossier.final`` tells it (trust.md §8.9): "awarded".
    """

    session: Session
    lot: Lot
    step: Step
    actor: User | None
    now: datetime
    data: dict[str, Any]
    tools: Tools
    subject: str | None = None
    rehearsal: bool = False
    to: Status | None = None
    end: str | None = None
    entries: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    receipt: dict[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> Values:
        """The numbers in force for the lot."""
        return self.tools.values(self.lot, self.now)

    @property
    def calendar(self) -> Calendar:
        """The working calendar in force."""
        return calendar_in_force(self.session, self.tools.calendar)

    @property
    def today(self) -> date:
        """The Beijing date of the moment."""
        return law_date(self.now)

    @property
    def actor_id(self) -> str:
        """The account id of the person; steps of the clock have none."""
        assert self.actor is not None
        return self.actor.id

    @property
    def organization_id(self) -> str:
        """The organisation for which the person acts."""
        assert self.actor is not None and self.actor.organization_id is not None
        return self.actor.organization_id

    def move(self, status: Status) -> None:
        """Choose among the ends that transitions.py allows this step."""
        self.to = status

    def record(self, kind: str, body: dict[str, Any], actor: str | None = None) -> None:
        """Add a protocol entry (trust §8.9) to the lot's chain, before the engine's own ``step.taken``."""
        self.entries.append((kind, actor or (self.actor.actor if self.actor else "system"), body))

    def publish(
        self,
        kind: NoticeKind,
        title: str,
        text: str,
        facts: dict[str, Any] | None = None,
        ends_at: datetime | None = None,
    ) -> Notice:
        """Publish a notice; its digest goes into the chain."""
        digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
        notice = Notice(
            lot_id=self.lot.id, kind=kind, title=title, text=text, facts=facts or {}, digest=digest,
            media=[], published_at=self.now, ends_at=ends_at,
        )  # fmt: skip
        self.session.add(notice)
        self.record(f"notice.{kind.value}", {"title": title, "sha256": digest})
        return notice

    def tell(
        self,
        zh: tuple[str, str],
        en: tuple[str, str],
        *,
        organizations: Iterable[str] = (),
        users: Iterable[str] = (),
        contacts: Iterable[str] = (),
    ) -> int:
        """Deliver (subject, text) to inboxes in this transaction; returns the number of deliveries."""
        common = {
            "lot_id": self.lot.id, "subject_zh": zh[0], "text_zh": zh[1], "subject_en": en[0], "text_en": en[1],
            "delivered_at": self.now,
        }  # fmt: skip
        messages = [Message(organization_id=one, **common) for one in dict.fromkeys(organizations)]
        messages += [Message(user_id=one, **common) for one in dict.fromkeys(users)]
        messages += [Message(contact=one, **common) for one in dict.fromkeys(contacts)]
        self.session.add_all(messages)
        return len(messages)

    def tell_role(self, role: Role, zh: tuple[str, str], en: tuple[str, str]) -> int:
        """Deliver to every active account of a role (centre, supervisor …)."""
        ids = self.session.scalars(select(User.id).where(User.role == role, User.active)).all()
        return self.tell(zh, en, users=ids)


Effect = Callable[[Taking], None]
EFFECTS: dict[Step, Effect] = {}
Forethought = Callable[[dict[str, Any]], object]
FORETHOUGHTS: dict[Step, Forethought] = {}


def before(step: Step, forethought: Forethought) -> None:
    """Declare what is done with a step's input before its transaction begins, so that no lock waits for it."""
    FORETHOUGHTS[step] = forethought


def effect(step: Step) -> Callable[[Effect], Effect]:
    """Declare what a step changes: the function of the phase's room."""

    def declare(function: Effect) -> Effect:
        if step in EFFECTS:
            raise ValueError(f"{step} has two effects")
        EFFECTS[step] = function
        return function

    return declare
