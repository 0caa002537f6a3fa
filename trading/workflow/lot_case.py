"""The records of one lot that several groups of facts look at 标段记录: each read once a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.models import Award, Base, Document, Filing, Lot, TenderTerms
from trading.rules import case as facts
from trading.steps import Step
from trading.workflow import lot_queries
from trading.workflow.calendars import calendar_in_force
from trading.workflow.taking import Tools
from trading.working_days import Calendar

R = TypeVar("R", bound=Base)


class Supposed(dict[str, facts.CheckedItem]):
    """Every checklist item as if it had been signed on ``day``: what a replay supposes of a file that has none."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.item = facts.CheckedItem(True, "—", day, "—")

    def get(self, _id: str, default: Any = None) -> Any:
        """The item, whichever it is."""
        return self.item


class LotCase(facts.Case):
    """A case over the records of one lot."""

    def __init__(
        self,
        session: Session,
        lot: Lot,
        now: datetime,
        tools: Tools,
        step: Step | None = None,
        subject: str | None = None,
    ) -> None:
        self.session = session
        self.record = lot
        self.tools = tools
        self.now = now
        self.today = law_date(now)
        self.law_day = tools.law_day(lot, now)
        self.values = tools.book.on(self.law_day)
        self.step = step
        self.subject = subject
        self.assumed = tools.assumed

    def _one(self, model: type[R], *where: Any) -> R | None:
        return self.session.scalar(lot_queries.of_lot(model, None, *where), self._asked)

    def _all(self, model: type[R], order: Any = None, *where: Any) -> Sequence[R]:
        return self.session.scalars(lot_queries.of_lot(model, order, *where), self._asked).all()

    @cached_property
    def calendar(self) -> Calendar:  # type: ignore[override]
        """The working calendar in force, imported notices included."""
        return calendar_in_force(self.session, self.tools.calendar)

    @property
    def _asked(self) -> dict[str, Any]:
        return {"lot": self.record.id, "subject": self.subject}

    @cached_property
    def terms_record(self) -> TenderTerms | None:
        """The tender terms, if written yet."""
        return self._one(TenderTerms)

    @cached_property
    def documents(self) -> Sequence[Document]:
        """The lot's current files."""
        return self._all(Document, None, *lot_queries.STANDING_DOCUMENTS)

    @cached_property
    def filing_record(self) -> Filing | None:
        """The newest filing."""
        return self.session.scalar(lot_queries.NEWEST_FILING, self._asked)

    @cached_property
    def checked(self) -> Mapping[str, facts.CheckedItem]:  # type: ignore[override]
        """The checklist items that were signed, the newest signature of each; a replay supplies them all."""
        if "checked.get" in self.assumed:
            return Supposed(self.today)
        return {
            row.condition: facts.CheckedItem(row.holds, row.signed_by.name, law_date(row.signed_at), row.evidence)
            for row in self.session.scalars(lot_queries.SIGNATURES, self._asked)
        }

    @cached_property
    def award_record(self) -> Award | None:
        """The award, if there is one."""
        return self._one(Award)
