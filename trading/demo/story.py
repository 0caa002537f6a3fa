"""The story of one lot of the demonstration county 一个标段的经过: the same people, the same engine, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at, law_date
from trading.codelists import FailureGround, ObjectionTarget, Status, TerminationGround
from trading.demo import answers, county
from trading.demo.county import Work
from trading.demo.people import Cast
from trading.demo.telling import LEAD, Acts, Finished, Setting, Telling
from trading.errors import Unlawful
from trading.experts.eligibility import RefusalCode
from trading.models import (
    Award,
    BankLine,
    Bid,
    Contract,
    Expert,
    Invitation,
    Member,
    Objection,
    User,
)
from trading.replay.course import Wish
from trading.replay.inputs import examination, signature
from trading.steps import Step
from trading.workflow.evaluation_record import effective_bids


@dataclass(frozen=True)
class Plot:
    """What happens to a lot: its opening day, the status at which it stands still, and what is particular about it."""

    work: Work
    day: date
    until: Status = Status.ARCHIVED
    twist: str = ""


class Story(Telling):
    """Plays one plot of the year's works."""

    def __init__(self, session: Session, cast: Cast, plot: Plot) -> None:
        self.plot = plot
        self.work = plot.work
        self.comprehensive = plot.twist == "comprehensive"
        begun = law_date(at(plot.day - timedelta(days=LEAD), 9))
        setting = Setting(session, cast, plot.day, plot.until)
        super().__init__(setting, cast.owners[plot.work.owner], self.entered(plot, begun))

    @staticmethod
    def entered(plot: Plot, today: date) -> dict[str, Any]:
        """The project as its owner enters it."""
        return answers.project(plot.work, today)

    @property
    def companies(self) -> tuple[User, ...]:
        """Who may bid."""
        return self.cast.bidders

    def papers(self) -> dict[str, Any]:
        """The papers of the registration."""
        return answers.registration(self.work)

    def documents(self, today: date) -> dict[str, Any]:
        """What the tender documents say."""
        return answers.terms(self.work, today, self.comprehensive)

    def fixed(self) -> dict[str, Any]:
        """What the owner says of the method: an open tender needs no word."""
        return {}

    def planned(self) -> dict[str, Any]:
        """The committee that is needed."""
        return answers.plan(self.work, self.moment(0, 14))

    def contracted(self, manager: str) -> dict[str, Any]:
        """The contract."""
        return answers.contract(self.work, manager, self.lot().scope)

    def play(self) -> Acts:
        """From draft to archive, or to where the plot stops."""
        try:
            yield from self.filing()
            yield from self.announcing()
            yield from self.bidding()
            yield from self.opening()
            yield from self.drawing()
            yield from self.evaluating()
            yield from self.confirming()
            yield from self.performing()
        except Finished:
            return

    def filing(self) -> Acts:
        """Registered, filed, method fixed."""
        owner = self.owner
        self.stop_at(Status.DRAFT)
        yield self.act(-LEAD, 9, 0, Wish(Step.SUBMIT_REGISTRATION, owner, self.papers()))
        yield self.act(-LEAD, 10, 0, Wish(Step.ACCEPT_REGISTRATION, self.cast["centre"]))
        today = self.day - timedelta(days=LEAD)
        yield self.act(
            -LEAD, 15, 0, Wish(Step.PREPARE_TERMS, owner, self.documents(today)),
            Wish(Step.FILE_CONDITIONS, owner),
        )  # fmt: skip
        self.stop_at(Status.REGISTERED)
        yield self.act(1 - LEAD, 10, 0, Wish(Step.ANSWER_FILING, self.cast["supervisor"], answers.filing_answer()))
        self.stop_at(Status.FILED)
        yield self.act(1 - LEAD, 15, 0, Wish(Step.FIX_METHOD, owner, self.fixed()))
        self.stop_at(Status.METHOD_FIXED)

    def appointment(self) -> Wish:
        """The opening officers named: two of the centre's and the owner's side, and one of two others."""
        officers = [self.cast[login].id for login in county.OFFICERS]
        return Wish(Step.APPOINT_OFFICERS, self.cast["centre"], answers.officers(officers))

    def announcing(self) -> Acts:
        """The notice; a first one with nineteen days is refused where the plot says so."""
        deadline, documents = answers.opening_day(self.day), self.moment(-10, 17)
        if self.plot.twist == "refused":
            short = answers.announcement(self.moment(-29 + 19, 9), self.moment(-15, 17))
            with suppress(Unlawful):
                yield self.act(-29, 8, 0, self.appointment(), Wish(Step.ANNOUNCE, self.owner, short))
        notice = Wish(Step.ANNOUNCE, self.owner, answers.announcement(deadline, documents))
        yield self.act(-29, 9, 0, self.appointment(), notice)
        if self.plot.twist == "clarified":
            text = {
                "text": "工程量清单第12项数量更正为1200米。", "affects_preparation": True, "ceiling": None,
                "answers": [], "tender_document": [], "drawings": [], "contract_draft": [],
            }  # fmt: skip
            yield self.act(-12, 10, 0, Wish(Step.CLARIFY, self.owner, text))
            self.day = law_date(self.lot().bid_deadline or deadline)
        if self.plot.until is Status.SUSPENDED:
            text = {"target": ObjectionTarget.DOCUMENTS, "text": "资质要求与招标内容不相适应，请予修改。"}
            yield self.act(-12, 11, 0, Wish(Step.OBJECT, self.companies[self.work.bidders[-1]], text))
            raise Finished
        if self.plot.until is Status.TERMINATED:
            text = {"ground": TerminationGround.OWNER_CAUSE, "reason": "规划调整，项目取消。", "reminded_on": None}
            yield self.act(-11, 11, 0, Wish(Step.TERMINATE, self.owner, text))
            raise Finished

    def prices(self) -> list[tuple[int, User, Decimal]]:
        """(number, account, price) of the bidders, the winner first."""
        totals = [self.work.price, *county.other_prices(self.work)]
        pairs = list(zip(self.work.bidders, totals, strict=True))
        return [(number, self.companies[number], total) for number, total in pairs[: 2 if self.failing else None]]

    @property
    def failing(self) -> bool:
        """Whether too few bidders come."""
        return self.plot.until is Status.FAILED

    def bidding(self) -> Acts:
        """The draw planned and committed to, bonds paid, bids handed in, bidding closed."""
        plan = self.planned()
        yield self.act(
            -5, 10, 0, Wish(Step.PLAN_DRAW, self.owner, plan), Wish(Step.COMMIT_DRAW, self.cast["centre"]),
            Wish(Step.COMMIT_DRAW, self.cast["supervisor"]),
        )  # fmt: skip
        offers = self.prices()
        paid = self.moment(-4, 10)
        lines = {"lines": [answers.bank_line(self.work, self.code, user, paid) for _number, user, _total in offers]}
        yield self.act(-4, 16, 0, Wish(Step.RECEIVE_BANK_LINES, self.cast["bank"], lines))
        for place, (number, user, total) in enumerate(offers):
            yield self.act(-2, 9 + place, 0, Wish(Step.SUBMIT_BID, user, answers.bid(self.work, number, total)))
        self.stop_at(Status.PUBLISHED)
        yield self.act(0, 9, 30, Wish(Step.CLOSE_BIDDING, None))
        if self.failing:
            yield self.act(0, 9, 30, Wish(Step.FAIL, None, {"ground": FailureGround.FEW_BIDDERS}))
            yield self.act(1, 9, 0, *self.refunds())
            if self.plot.twist == "retendered":
                why = {"cause": "公告期间恰逢汛期，潜在投标人关注不足。", "remedy": "延长公告时间，调整工期安排。"}
                yield self.act(2, 9, 0, Wish(Step.RETENDER, self.owner, why))
            raise Finished
        self.stop_at(Status.BID_CLOSED)

    def opening(self) -> Acts:
        """Opened at the deadline, once the officers have handed in their shares."""
        shares = [Wish(Step.HAND_IN_SHARES, self.cast[login]) for login in county.OFFICERS[:3]]
        yield self.act(0, 9, 30, *shares, Wish(Step.OPEN_BIDS, self.cast["centre"], {"base_price": None}))
        yield self.act(0, 9, 45, Wish(Step.CLOSE_OPENING_RECORD, self.cast["centre"]))
        self.stop_at(Status.OPENED)

    def reveals(self) -> tuple[Wish, Wish]:
        """Both parties reveal, the centre first."""
        return Wish(Step.REVEAL_DRAW, self.cast["centre"]), Wish(Step.REVEAL_DRAW, self.cast["supervisor"])

    def drawing(self) -> Acts:
        """Experts excluded, drawn, invited, seated; one refuses where the plot says so."""
        yield self.act(
            0, 9, 46, Wish(Step.EXCLUDE_EXPERTS, self.cast["centre"], {"added": []}),
            Wish(Step.CONFIRM_EXCLUSIONS, self.cast["supervisor"]),
            Wish(Step.ROLL_DICE, self.owner, answers.dice(self.work)),
            Wish(Step.WITNESS_DICE, self.cast["notary"]), Wish(Step.WITNESS_DICE, self.prices()[0][1]),
            *self.reveals(),
        )  # fmt: skip
        if self.plot.twist == "replaced":
            expert = self.invited()[0]
            why = {"code": list(RefusalCode)[0], "leaf": None, "call_record": None}
            yield self.act(0, 9, 50, Wish(Step.REFUSE_INVITATION, self.cast.experts[expert], why), *self.reveals())
        accepted = [
            Wish(Step.ACCEPT_INVITATION, self.cast.experts[one], {"no_conflict": True}) for one in self.invited()
        ]
        yield self.act(0, 9, 55, *accepted, Wish(Step.SEAT_COMMITTEE, self.cast["centre"]))
        self.stop_at(Status.COMMITTEE_READY)

    def invited(self) -> Sequence[str]:
        """The accounts of those drawn who have not refused."""
        drawn = select(User.id).join(Expert, Expert.id == User.expert_id).join(Invitation)
        return self.session.scalars(
            drawn.where(Invitation.lot_id == self.lot_id, Invitation.refused_at.is_(None)).order_by(User.login)
        ).all()

    def committee(self) -> list[User]:
        """The committee, the chair first."""
        members = select(Member.user_id).where(Member.lot_id == self.lot_id).order_by(Member.is_chair.desc())
        return [self.cast.experts[one] for one in self.session.scalars(members)]

    def evaluating(self) -> Acts:
        """Each member scores alone; the report is drafted, signed, handed in."""
        bids = sorted(effective_bids(self.session, self.lot()), key=lambda bid: bid.total or Decimal(0))
        places = [(bid.id, place) for place, bid in enumerate(bids)]
        members = self.committee()
        sheets = [
            Wish(Step.SCORE, one, answers.sheet(places, self.comprehensive, number))
            for number, one in enumerate(members)
        ]
        yield self.act(0, 9, 56, *sheets)
        yield self.act(
            0, 9, 58, Wish(Step.DRAFT_REPORT, members[0], answers.report()),
            *(Wish(Step.SIGN_REPORT, one, signature()) for one in members),
            Wish(Step.SUBMIT_REPORT, members[0]),
        )  # fmt: skip
        self.stop_at(Status.EVALUATED)

    def confirming(self) -> Acts:
        """Publicized, objected to where the plot says so, confirmed, awarded."""
        owner = self.owner
        receipts = yield self.act(1, 9, 0, Wish(Step.PUBLICIZE, owner, examination()))
        until = receipts[-1].lot.publicity_until
        assert until is not None
        if self.plot.twist == "objected":
            loser = self.prices()[1][1]
            text = {"target": ObjectionTarget.RESULT, "text": "对第一中标候选人项目经理业绩的真实性提出异议。"}
            yield self.act(2, 10, 0, Wish(Step.OBJECT, loser, text))
            objection = self.session.scalars(select(Objection.id).where(Objection.lot_id == self.lot_id)).one()
            reply = {"answer": "经核查业绩证明真实有效，异议不成立。", "upheld": False}
            yield self.act(3, 10, 0, Wish(Step.ANSWER_OBJECTION, owner, reply, objection))
        self.stop_at(Status.PUBLICIZED)
        days = (law_date(until) - self.day).days
        none = {"rank": None, "ground": None, "explanation": None}
        yield self.act(
            days, 9, 0, Wish(Step.RECORD_COMPLIANCE, self.cast["supervisor"], {"remarks": "未发现问题。"}),
            Wish(Step.CONFIRM, owner, none),
        )  # fmt: skip
        self.stop_at(Status.CONFIRMED)
        yield self.act(days, 10, 0, Wish(Step.AWARD, owner), Wish(Step.REPORT_RESULT, owner, {"remarks": None}))
        self.stop_at(Status.AWARDED)

    def winner(self) -> tuple[User, Bid]:
        """Who won, with which bid."""
        award = self.session.scalars(select(Award).where(Award.lot_id == self.lot_id)).one()
        users = {user.organization_id: user for user in self.companies}
        assert award.bid_id is not None, "a tender is won by a bid"
        return users[award.organization_id], self.session.get_one(Bid, award.bid_id)

    def performing(self) -> Acts:
        """Contract, payments, acceptance, archive."""
        winner, bid = self.winner()
        data = self.contracted(bid.manager or "")
        yield self.act(12, 9, 0, Wish(Step.DRAFT_CONTRACT, self.owner, data))
        digest = self.session.scalars(select(Contract.digest).where(Contract.lot_id == self.lot_id)).one()
        yield self.act(
            12, 10, 0, Wish(Step.SIGN_CONTRACT, winner, {"digest": digest, "agreed": True}),
            Wish(Step.FILE_CONTRACT, self.owner, {"contract": [answers.paper("合同", self.work.title)]}),
        )  # fmt: skip
        yield self.act(14, 9, 0, *self.refunds())
        self.stop_at(Status.CONTRACTED)
        if self.plot.twist == "changed":
            yield from self.changing()
        yield self.act(60, 9, 0, *self.payments((18, 40)))
        finished = self.day + timedelta(days=88)
        data = answers.acceptance(self.work, finished)
        yield self.act(96, 9, 0, Wish(Step.ACCEPT_WORKS, self.owner, data))
        yield self.act(97, 9, 0, Wish(Step.RATE_PERFORMANCE, self.owner, answers.marks(self.work)))
        self.stop_at(Status.PERFORMED)
        yield self.act(120, 9, 0, Wish(Step.ARCHIVE, self.cast["centre"]))

    def refunds(self) -> Iterable[Wish]:
        """Every bond goes back with the interest that the formula gives."""
        lines = self.session.scalars(select(BankLine.id).where(BankLine.lot_id == self.lot_id)).all()
        return [Wish(Step.REFUND_BOND, self.cast["centre"], {}, line) for line in lines]

    def payments(self, days: Iterable[int]) -> Iterable[Wish]:
        """Progress payments."""
        for day in days:
            data = answers.payment(self.work, 30, self.day + timedelta(days=day))
            yield Wish(Step.RECORD_PAYMENT, self.owner, data)

    def changing(self) -> Acts:
        """A change above five per cent: amber."""
        data = {
            "reason": "地质条件变化，增加抗滑挡墙。", "amount": (self.work.price * 6 / 100).quantize(Decimal("0.01")),
            "touches_scope": False, "approver": "巴东县发展和改革局",
        }  # fmt: skip
        yield self.act(30, 9, 0, Wish(Step.PROPOSE_CHANGE, self.owner, data))
