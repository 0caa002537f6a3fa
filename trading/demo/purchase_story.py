"""The story of one procurement 一宗政府采购的经过: by tender or by inquiry; no candidates are publicized."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from trading.codelists import ProjectType, Status
from trading.demo import answers, purchases
from trading.demo.story import Plot, Story
from trading.demo.telling import Acts
from trading.models import WHOLE_BID, Bid, User
from trading.replay.course import Wish
from trading.steps import Step


class PurchaseStory(Story):
    """Plays one procurement of the year; what order 87 does not change is as with works."""

    type = ProjectType.GP

    @staticmethod
    def entered(plot: Plot, today: date) -> dict[str, Any]:
        """The project as its owner enters it."""
        return purchases.project(plot.work, today)

    @property
    def companies(self) -> tuple[User, ...]:
        """Who may bid."""
        return self.cast.suppliers

    def papers(self) -> dict[str, Any]:
        """The papers of the registration."""
        return purchases.registration(self.work)

    def documents(self, today: date) -> dict[str, Any]:
        """What the procurement documents say."""
        return purchases.terms(self.work, today)

    def planned(self) -> dict[str, Any]:
        """The committee that is needed."""
        return answers.plan(self.work, self.moment(0, 14)) | {"complex": False, "wide_effect": False}

    def contracted(self, manager: str) -> dict[str, Any]:
        """The contract."""
        return purchases.contract(self.work, manager, self.lot().scope)

    def opening(self) -> Acts:
        """Opened; the buyer checks who is qualified before anybody evaluates, and the rooms are recorded."""
        yield from super().opening()
        bids = self.session.scalars(select(Bid.id).where(Bid.lot_id == self.lot_id, WHOLE_BID)).all()
        checks = [{"bid": one, "qualified": True, "reason": None} for one in bids]
        yield self.act(
            0, 9, 45, Wish(Step.CHECK_QUALIFICATION, self.owner, {"checks": checks}),
            Wish(Step.RECORD_ROOM, self.cast["centre"], dict(purchases.ROOM)),
        )  # fmt: skip

    def confirming(self) -> Acts:
        """The buyer fixes the winner and announces the result at once; no candidates are publicized."""
        none: dict[str, Any] = {"rank": None, "ground": None, "explanation": None}
        yield self.act(
            1, 9, 0, Wish(Step.RECORD_COMPLIANCE, self.cast["supervisor"], {"remarks": "未发现问题。"}),
            Wish(Step.CONFIRM, self.owner, none),
        )  # fmt: skip
        self.stop_at(Status.CONFIRMED)
        yield self.act(1, 10, 0, Wish(Step.AWARD, self.owner))
        self.stop_at(Status.AWARDED)



class InquiryStory(PurchaseStory):
    """Plays one procurement by inquiry: a group of three, one price each, the lowest that meets the needs."""

    type = ProjectType.GPN

    def fixed(self) -> dict[str, Any]:
        """The method and its ground."""
        return purchases.inquiry(self.work)

    def planned(self) -> dict[str, Any]:
        """The group."""
        strata = [{"specialty": self.work.specialty, "number": 3}]
        return super().planned() | {"committee_size": 3, "strata": strata}

    def opening(self) -> Acts:
        """Opened: who is qualified, the group sees itself."""
        yield from Story.opening(self)
