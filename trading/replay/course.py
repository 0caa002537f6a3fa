"""The course of one auction 单个项目的回放: who does what and when, from registration to award or failure."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.beijing import at, law_date
from trading.codelists import FailureGround, Status
from trading.database import transaction
from trading.errors import Unlawful
from trading.methods.outcome import low_prices
from trading.models import Award, Bid, Expert, Invitation, Lot, Member, TenderTerms, User
from trading.phases.filing.projects import enter_project_within
from trading.phases.process_supervision.stopping import CONDITION_OF
from trading.replay import inputs
from trading.replay.auctions import Auction
from trading.replay.hands import Hands
from trading.replay.people import Cast, invite_bidders
from trading.steps import Step
from trading.workflow.engine import Receipt
from trading.workflow.evaluation_record import documents_of, effective_bids, to_evaluate
from trading.workflow.taking import Tools

LEAD = 45


@dataclass(frozen=True, slots=True)
class Wish:
    """A step that a person (None: the clock) wants to take."""

    step: Step
    actor: User | None
    data: dict[str, Any] = field(default_factory=dict)
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What happens to a lot at one moment: its wishes are taken one after the other in one transaction."""

    at: datetime
    code: str
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class End:
    """How an auction ended; ``matched``: the recorded winner is among the lowest bids that stood; ``tied``: several."""

    awarded: bool
    winner: str | None = None
    price: int | None = None
    condition: str | None = None
    matched: bool = False
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the auctions are played: the replay's own database, the tools lent to it, the persons."""

    session: Session
    tools: Tools
    cast: Cast
    hands: Hands


Course = Generator[Act, list[Receipt], End]


def first_moment(auction: Auction) -> datetime:
    """When an auction enters the scene."""
    return at(auction.day - timedelta(days=LEAD), 9)


def course(auction: Auction, stage: Stage) -> Course:
    """Play one auction: yields each act when its turn has come, returns how it ended.

    The caller takes the act through the engine and sends its receipts back, or throws the refusal in.
    """
    try:
        play = Play(auction, stage)
        yield from play.to_notice()
        yield from play.to_deadline()
        return (yield from play.to_end())
    except Unlawful as refusal:
        return End(awarded=False, condition=refusal.verdicts[0].condition.id)


class Play:
    """One auction being played."""

    def __init__(self, auction: Auction, stage: Stage) -> None:
        self.auction = auction
        self.session = stage.session
        self.tools = stage.tools
        self.cast = stage.cast
        self.hands = stage.hands
        now = first_moment(auction)
        with transaction(self.session):
            self.bidders = invite_bidders(self.session, auction.offers, now)
            self.hands.register(self.session, self.bidders.values(), now)
            entered = enter_project_within(self.session, self.cast.owner, inputs.project(auction, now), now)
            self.lot_id, self.code = self.session.execute(
                select(Lot.id, Lot.code).where(Lot.project_id == entered.id)
            ).one()
        self.session.expunge_all()

    def act(self, days: int, hour: int, minute: int, *wishes: Wish) -> Act:
        """An act ``days`` after the opening day (negative: before it), Beijing time."""
        return Act(at(self.auction.day + timedelta(days=days), hour, minute), self.code, wishes)

    def to_notice(self) -> Generator[Act, list[Receipt], None]:
        """Registered, filed, method fixed, announced."""
        owner, day = self.cast.owner, self.auction.day
        yield self.act(-LEAD, 9, 0, Wish(Step.SUBMIT_REGISTRATION, owner, inputs.registration()))
        yield self.act(-LEAD, 10, 0, Wish(Step.ACCEPT_REGISTRATION, self.cast.centre))
        today = day - timedelta(days=LEAD)
        yield self.act(
            -LEAD, 15, 0,
            Wish(Step.PREPARE_TERMS, owner, inputs.terms(self.auction, today)), Wish(Step.FILE_CONDITIONS, owner),
        )  # fmt: skip
        yield self.act(1 - LEAD, 10, 0, Wish(Step.ANSWER_FILING, self.cast.supervisor, inputs.answer()))
        yield self.act(1 - LEAD, 15, 0, Wish(Step.FIX_METHOD, owner))
        notice = inputs.announcement(at(day, 9, 30), at(day - timedelta(days=5), 17))
        officers = inputs.officers(one.id for one in self.cast.officers)
        yield self.act(
            -30, 9, 0, Wish(Step.APPOINT_OFFICERS, self.cast.centre, officers), Wish(Step.ANNOUNCE, owner, notice)
        )

    def to_deadline(self) -> Generator[Act, list[Receipt], None]:
        """The draw planned and committed to, bonds paid, bids handed in, bidding closed."""
        yield self.act(
            -3, 10, 0,
            Wish(Step.PLAN_DRAW, self.cast.owner, inputs.plan(self.auction.day)),
            Wish(Step.COMMIT_DRAW, self.cast.centre), Wish(Step.COMMIT_DRAW, self.cast.supervisor),
        )  # fmt: skip
        paid_at = at(self.auction.day - timedelta(days=2), 10)
        lines = inputs.bank_lines(self.auction, self.code, paid_at)
        yield self.act(-2, 16, 0, Wish(Step.RECEIVE_BANK_LINES, self.cast.bank, lines))
        yield self.act(-1, 15, 0, *(
            Wish(Step.SUBMIT_BID, self.bidders[offer.number], inputs.bid(offer)) for offer in self.auction.offers
        ))  # fmt: skip
        yield self.act(0, 9, 30, Wish(Step.CLOSE_BIDDING, None))

    def to_end(self) -> Course:
        """Opened, evaluated, publicized, awarded; or failed."""
        try:
            shares = [Wish(Step.HAND_IN_SHARES, one) for one in self.cast.officers] if self.enough() else []
            yield self.act(0, 9, 30, *shares, Wish(Step.OPEN_BIDS, self.cast.centre, {"base_price": None}))
        except Unlawful as refusal:
            few = FailureGround.FEW_BIDDERS
            if CONDITION_OF[few] not in {verdict.condition.id for verdict in refusal.verdicts}:
                raise
            yield self.act(0, 9, 30, Wish(Step.FAIL, None, {"ground": few}))
            return End(awarded=False, condition=CONDITION_OF[few])
        yield self.act(0, 10, 0, Wish(Step.CLOSE_OPENING_RECORD, self.cast.centre))
        if not self.standing():
            return (yield from self.all_rejected(10, 0))
        yield from self.to_committee()
        yield self.act(0, 15, 0, *self.sheets())
        if not self.standing():
            return (yield from self.all_rejected(16, 0))
        yield from self.to_report()
        yield from self.to_award()
        return self.result()

    def enough(self) -> bool:
        """Whether as many bids came as are needed before anybody is asked for a share."""
        current = select(func.count()).select_from(Bid).where(Bid.lot_id == self.lot_id, Bid.current.is_(True))
        return (self.session.scalar(current) or 0) >= 3

    def all_rejected(self, hour: int, minute: int) -> Course:
        """No bid stands: the owner declares the tender failed."""
        data = inputs.failure(FailureGround.ALL_REJECTED, "全部投标被否决。")
        yield self.act(0, hour, minute, Wish(Step.FAIL, self.cast.owner, data))
        return End(awarded=False, condition=CONDITION_OF[FailureGround.ALL_REJECTED])

    def to_committee(self) -> Generator[Act, list[Receipt], None]:
        """Experts excluded, drawn, invited, seated."""
        centre, supervisor = self.cast.centre, self.cast.supervisor
        yield self.act(
            0, 10, 10,
            Wish(Step.EXCLUDE_EXPERTS, centre, {"added": []}), Wish(Step.CONFIRM_EXCLUSIONS, supervisor),
            Wish(Step.ROLL_DICE, self.cast.owner, inputs.dice()), Wish(Step.WITNESS_DICE, self.cast.notary),
            Wish(Step.WITNESS_DICE, self.bidders[self.auction.offers[0].number]),
            Wish(Step.REVEAL_DRAW, centre), Wish(Step.REVEAL_DRAW, supervisor),
        )  # fmt: skip
        drawn = select(User.id).join(Expert, Expert.id == User.expert_id).join(Invitation)
        invited = self.session.scalars(drawn.where(Invitation.lot_id == self.lot_id)).all()
        yield self.act(0, 13, 0, *(
            Wish(Step.ACCEPT_INVITATION, self.cast.experts[one], {"no_conflict": True}) for one in invited
        ), Wish(Step.SEAT_COMMITTEE, centre))  # fmt: skip

    def committee(self) -> list[User]:
        """The committee, the chair first."""
        members = select(Member.user_id).where(Member.lot_id == self.lot_id).order_by(Member.is_chair.desc())
        return [self.cast.experts[one] for one in self.session.scalars(members)]

    def standing(self) -> list[Bid]:
        """The bids that stand."""
        return list(effective_bids(self.session, self.session.get_one(Lot, self.lot_id)))

    def recorded(self) -> dict[str, Any]:
        """The offers of the file by the organisation that stands for their bidder."""
        return {self.bidders[offer.number].organization_id: offer for offer in self.auction.offers}

    def sheets(self) -> Iterable[Wish]:
        """Every member fails the bids that the record has rejected, for the recorded reason."""
        offers = self.recorded()
        data = inputs.sheet((bid.id, offers[bid.organization_id].rejected) for bid in self.standing())
        return [Wish(Step.SCORE, one, data) for one in self.committee()]

    def to_report(self) -> Generator[Act, list[Receipt], None]:
        """The report drafted, signed, handed in; prices that the rules flag were explained before."""
        members = self.committee()
        yield from self.to_explanations(members)
        yield self.act(
            0, 16, 30,
            Wish(Step.DRAFT_REPORT, members[0], inputs.report()),
            *(Wish(Step.SIGN_REPORT, one, inputs.signature()) for one in members),
            Wish(Step.SUBMIT_REPORT, members[0]),
        )  # fmt: skip

    def low_bids(self) -> list[Bid]:
        """The standing bids whose price the rules of the law day flag."""
        lot, bids = self.session.get_one(Lot, self.lot_id), self.standing()
        terms = self.session.scalars(select(TenderTerms).where(TenderTerms.lot_id == self.lot_id)).one()
        values = self.tools.values(lot, at(self.auction.day, 16))
        flags = low_prices(to_evaluate(bids), documents_of(terms, lot), values)
        return [bid for bid in bids if bid.id in {flag["bid"] for flag in flags}]

    def to_explanations(self, members: list[User]) -> Generator[Act, list[Receipt], None]:
        """The committee asks why a flagged price is so low; an answer is assumed and accepted."""
        recorded, low = self.recorded(), self.low_bids()
        if not low:
            return
        due = at(self.auction.day, 18)
        receipts = yield self.act(
            0, 16, 10, *(Wish(Step.ASK_LOW_PRICE, members[0], inputs.letter(bid.id, due)) for bid in low)
        )
        wishes: list[Wish] = []
        for bid, receipt in zip(low, receipts, strict=True):
            letter = receipt.facts["letter"]
            bidder = self.bidders[recorded[bid.organization_id].number]
            wishes.append(Wish(Step.ANSWER_COMMITTEE, bidder, inputs.explanation(), letter))
            majority = members[: len(members) // 2 + 1]
            wishes += [Wish(Step.DECIDE_LOW_PRICE, one, inputs.judgement(), letter) for one in majority]
        yield self.act(0, 16, 20, *wishes)

    def to_award(self) -> Generator[Act, list[Receipt], None]:
        """Candidates publicized, compliance recorded, winner confirmed and told."""
        owner = self.cast.owner
        receipts = yield self.act(1, 9, 0, Wish(Step.PUBLICIZE, owner, inputs.examination()))
        until = receipts[-1].lot.publicity_until
        assert until is not None
        days = (law_date(until) - self.auction.day).days
        yield self.act(
            days, 9, 0,
            Wish(Step.RECORD_COMPLIANCE, self.cast.supervisor, {"remarks": None}),
            Wish(Step.CONFIRM, owner, inputs.confirmation()), Wish(Step.AWARD, owner),
        )  # fmt: skip

    def result(self) -> End:
        """What the record says: the winner, and whether the file's own is among the lowest bids that stood."""
        award = self.session.scalars(select(Award).where(Award.lot_id == self.lot_id)).one()
        assert self.session.get_one(Lot, self.lot_id).status is Status.AWARDED
        offers, bids = self.recorded(), self.standing()
        lowest = min(bid.total for bid in bids if bid.total is not None)
        low = [offers[bid.organization_id] for bid in bids if bid.total == lowest]
        matched = any(offer.won for offer in low)
        return End(True, offers[award.organization_id].bidder, int(award.price), None, matched, len(low) > 1)
