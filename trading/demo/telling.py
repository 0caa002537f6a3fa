"""What all stories of the demonstration county share 讲述: the project entered, moments, signed acts, where to stop."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at
from trading.codelists import ProjectType, Role, Status
from trading.database import transaction
from trading.demo import answers
from trading.demo.people import Cast
from trading.models import ChecklistSignature, Lot, User
from trading.phases.filing.projects import enter_project_within
from trading.replay.course import Act, Wish
from trading.rules import guarding
from trading.steps import Step
from trading.workflow.engine import Receipt

LEAD = 45
Acts = Generator[Act, list[Receipt], None]


@dataclass(frozen=True)
class Setting:
    """Where and when a story plays: its people, its day, the status at which it stands still."""

    session: Session
    cast: Cast
    day: date
    until: Status


class Finished(Exception):
    """The lot stands where its plot wants it."""


class Telling:
    """One lot from its draft on; each act is yielded when its time has come."""

    type = ProjectType.WORKS

    def __init__(self, setting: Setting, owner: User, project: dict[str, Any]) -> None:
        self.session = setting.session
        self.cast = setting.cast
        self.day = setting.day
        self.until = setting.until
        self.owner = owner
        with transaction(self.session):
            entered = enter_project_within(self.session, owner, project, self.moment(-LEAD, 9))
            self.lot_id, self.code = self.session.execute(
                select(Lot.id, Lot.code).where(Lot.project_id == entered.id)
            ).one()
        self.session.expunge_all()

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A Beijing wall time, in days from the story's day."""
        return at(self.day + timedelta(days=days), hour, minute)

    def act(self, days: int, hour: int, minute: int, *wishes: Wish) -> Act:
        """An act, in days from the story's day; checklist items that its steps need are signed with it."""
        return self.act_at(self.moment(days, hour, minute), *wishes)

    def act_at(self, moment: datetime, *wishes: Wish) -> Act:
        """The same at a moment."""
        signed = [one for wish in wishes for one in (*self.signatures(wish.step), wish)]
        return Act(moment, self.code, tuple(signed))

    def signatures(self, step: Step) -> list[Wish]:
        """The signatures under the checklist items that guard ``step`` and were not signed yet."""
        items = [one for one in guarding(step) if one.checklist and self.type in one.types]
        if not items:
            return []
        signers = {Role.OWNER: self.owner, Role.CENTRE: self.cast["centre"], Role.SUPERVISOR: self.cast["supervisor"]}
        query = select(ChecklistSignature.condition).where(ChecklistSignature.lot_id == self.lot_id)
        signed = set(self.session.scalars(query))
        return [
            Wish(Step.SIGN_CHECKLIST, signers[one.checklist.by], answers.signature_of_item(), one.id)
            for one in items
            if one.id not in signed and one.checklist is not None
        ]

    def lot(self) -> Lot:
        """The lot as it is kept."""
        return self.session.get_one(Lot, self.lot_id)

    def stop_at(self, *statuses: Status) -> None:
        """End the story here if its plot wants one of ``statuses``."""
        if self.until in statuses:
            raise Finished
