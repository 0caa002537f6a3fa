"""The story of one disposal of the demonstration county 一宗处置的经过: from its plan to the delivery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import at, law_date
from trading.codelists import DepositUse, Method, ProjectType, Status
from trading.demo import answers, sales
from trading.demo.people import Cast
from trading.demo.sales import Disposal, loaded
from trading.demo.telling import LEAD, Acts, Finished, Setting, Telling
from trading.methods.profiles import PROFILES
from trading.models import Award, BankLine, Contract, Deal, Entrant, User
from trading.phases.follow_up import schemas as later
from trading.phases.process_supervision.auction.sale_schemas import AnnounceSaleSchema, ApplySchema, DecideEntrantSchema
from trading.phases.result_confirmation import schemas as confirmation
from trading.replay.course import Wish
from trading.steps import Step
from trading.workflow.sale_record import sale_of

NOTICE, LISTED = 40, 18


@dataclass(frozen=True)
class SalePlot:
    """When a disposal is bid for, from what hour to what hour, and where its story ends."""

    disposal: Disposal
    day: date
    until: Status = Status.ARCHIVED
    hours: tuple[int, int] = (9, 10)


class SaleStory(Telling):
    """Plays one disposal."""

    def __init__(self, session: Session, cast: Cast, plot: SalePlot) -> None:
        self.plot = plot
        self.one = plot.disposal
        self.type = plot.disposal.type
        begun = law_date(at(plot.day - timedelta(days=LEAD), 9))
        setting = Setting(session, cast, plot.day, plot.until)
        super().__init__(setting, cast.sellers[self.one.seller], sales.project(self.one, begun))

    def play(self) -> Acts:
        """From draft to archive, or to where the plot stops."""
        try:
            yield from self.preparing()
            yield from self.entering()
            yield from self.bidding()
            yield from self.confirming()
            yield from self.performing()
        except Finished:
            return

    def preparing(self) -> Acts:
        """Registered, planned, filed, method fixed."""
        one, owner = self.one, self.owner
        profile, begun = PROFILES[one.type], self.day - timedelta(days=LEAD)
        papers = {
            kind.value: [answers.paper(kind.zh, one.title)] for kind in (*profile.papers, *profile.further_papers)
        }
        yield self.act(-LEAD, 9, 0, Wish(Step.SUBMIT_REGISTRATION, owner, papers))
        yield self.act(
            -LEAD, 10, 0, Wish(Step.ACCEPT_REGISTRATION, self.cast["centre"]),
            Wish(Step.PREPARE_SALE, owner, sales.terms(one, begun, self.day)), Wish(Step.FILE_CONDITIONS, owner),
        )  # fmt: skip
        yield self.act(1 - LEAD, 10, 0, Wish(Step.ANSWER_FILING, self.cast["supervisor"], answers.filing_answer()))
        fixed = {"method": one.method, "ground": None, "reasons": None, "evidence": []}
        yield self.act(1 - LEAD, 11, 0, Wish(Step.FIX_METHOD, owner, fixed))

    def entering(self) -> Acts:
        """The notice; those who want to bid apply, pay and are let in."""
        first, last = self.plot.hours
        listing = self.one.method is Method.LISTING
        notice: dict[str, Any] = {
            "listed_from": wall(self.day, -LISTED, 9) if listing else None, "bid_deadline": wall(self.day, -1, 17),
            "bidding_at": wall(self.day, 0, first), "planned_end": wall(self.day, 0, last),
            "place": "县公共资源交易中心竞价厅，本平台同步在线进行", "address": "巴东县信陵镇",
            "planning": "工业用地，容积率1.0至2.0，建筑系数不低于40%" if self.type is ProjectType.LAND else None,
            "contact": "处置单位 0718-4221234", "objection": "处置单位办公室 0718-4220000", "media": ["county"],
            "display": "公告期内每个工作日，标的所在地", "display_days": 10, "news_medium": "恩施日报",
            "leased_house": False,
        }  # fmt: skip
        if self.type is ProjectType.RURAL:
            notice["farmland"] = False
        yield self.act(-NOTICE, 9, 0, Wish(Step.ANNOUNCE_SALE, self.owner, loaded(AnnounceSaleSchema, notice)))
        self.stop_at(Status.PUBLISHED)
        asked = {"statement": "已阅读公告和全部文件，接受其条件。", "claims_priority": False, "insider": False}
        wishes = [Wish(Step.APPLY_TO_BID, one, loaded(ApplySchema, asked)) for one in self.bidders()]
        yield self.act(-12, 9, 0, *wishes)
        lines = {"lines": [self.line(one) for one in self.bidders()]}
        yield self.act(-11, 16, 0, Wish(Step.RECEIVE_BANK_LINES, self.cast["bank"], lines))
        entrants = self.session.scalars(select(Entrant.id).where(Entrant.lot_id == self.lot_id)).all()
        passed = loaded(DecideEntrantSchema, {"qualified": True})
        yield self.act(-10, 9, 0, *(Wish(Step.DECIDE_ENTRANT, self.owner, dict(passed), one) for one in entrants))

    def bidders(self) -> list[User]:
        """Who bids."""
        return [self.cast.buyers[number] for number in self.one.bidders]

    def line(self, user: User) -> dict[str, Any]:
        """A bidder's deposit as the bank reports it."""
        home = user.organization
        assert home is not None
        return {
            "reference": f"{self.code}/{home.uscc}", "payer_name": home.name, "payer_account": home.basic_account,
            "amount": self.one.deposit, "paid_at": self.moment(-11, 10), "remark": self.code,
        }  # fmt: skip

    def bidding(self) -> Acts:
        """Offers a minute apart; a listing has its first offer while it runs."""
        offers = [(self.cast.buyers[number], amount) for number, amount in self.one.offers]
        if self.one.method is Method.LISTING:
            yield self.act(-LISTED, 9, 0, Wish(Step.START_BIDDING, None))
            user, amount = offers.pop(0)
            yield self.act(-5, 10, 0, self.offer(user, amount), *(Wish(Step.GO_ON, one, {}) for one in self.bidders()))
        yield self.act(-1, 17, 0, Wish(Step.CLOSE_BIDDING, None))
        if self.one.method is Method.LISTING:
            yield self.act(0, self.plot.hours[0], 0, Wish(Step.END_BIDDING, None))
        else:
            yield self.act(0, self.plot.hours[0], 0, Wish(Step.START_BIDDING, None))
        for minute, (user, amount) in enumerate(offers, 1):
            yield self.act(0, self.plot.hours[0], minute, self.offer(user, amount))
        self.stop_at(Status.BIDDING)
        ends = sale_of(self.session, self.lot()).ends_at
        assert ends is not None
        yield self.act_at(ends, Wish(Step.END_BIDDING, None))
        self.stop_at(Status.DEAL)

    def offer(self, user: User, amount: Decimal) -> Wish:
        """One live offer."""
        return Wish(Step.MAKE_OFFER, user, {"amount": amount, "key": f"{user.login}-{amount:.0f}", "seen": None})

    def buyer(self) -> User:
        """Who bought."""
        deal = self.session.scalars(select(Deal).where(Deal.lot_id == self.lot_id)).one()
        return next(one for one in self.cast.buyers if one.organization_id == deal.entrant.organization_id)

    def confirming(self) -> Acts:
        """The confirmation is signed by all, the deal published, the buyer fixed and told."""
        auction, owner = self.one.method is Method.AUCTION, self.owner
        drafted: dict[str, Any] = {"contract_by": str(self.day + timedelta(days=7))}
        if auction:
            drafted |= {"auctioneer": "周正平", "commission_percent": "3", "commission_agreed": True}
        yield self.act(
            0, 11, 0, Wish(Step.DRAFT_DEAL, owner, loaded(confirmation.DraftDealSchema, drafted)),
        )  # fmt: skip
        deal = self.session.scalars(select(Deal).where(Deal.lot_id == self.lot_id)).one()
        signed = {"digest": deal.digest, "agreed": True}
        signers = [self.buyer(), owner, *([self.cast["centre"], self.cast["centre2"]] if auction else [])]
        yield self.act(0, 11, 30, *(Wish(Step.SIGN_DEAL, one, dict(signed)) for one in signers))
        yield self.act(1, 9, 0, *self.refunds(of_buyer=False))
        told: dict[str, Any] = {"objection_channel": "处置单位办公室 0718-4220000"}
        if self.type is ProjectType.RURAL:
            told["village_board_on"] = str(self.day + timedelta(days=1))
        yield self.act(1, 10, 0, Wish(Step.PUBLISH_DEAL, owner, loaded(confirmation.PublishDealSchema, told)))
        until = self.lot().publicity_until
        assert until is not None
        none = loaded(confirmation.ConfirmSchema, {})
        yield self.act_at(
            until + timedelta(hours=9),
            Wish(Step.RECORD_COMPLIANCE, self.cast["supervisor"], {"remarks": "未发现问题。"}),
            Wish(Step.CONFIRM, owner, none), Wish(Step.AWARD, owner),
        )  # fmt: skip
        self.stop_at(Status.AWARDED)

    def lines(self, *, of_buyer: bool) -> Iterable[str]:
        """The deposits of the buyer, or of all others."""
        home = self.buyer().organization_id
        query = select(BankLine.id, BankLine.organization_id).where(BankLine.lot_id == self.lot_id)
        return [line for line, payer in self.session.execute(query) if (payer == home) is of_buyer]

    def refunds(self, *, of_buyer: bool) -> Iterable[Wish]:
        """Deposits go back."""
        none = loaded(later.RefundBondSchema, {})
        return [
            Wish(Step.REFUND_BOND, self.cast["centre"], dict(none), line) for line in self.lines(of_buyer=of_buyer)
        ]

    def performing(self) -> Acts:
        """Contract, price, income, delivery, the use looked at, archive."""
        award = self.session.scalars(select(Award).where(Award.lot_id == self.lot_id)).one()
        after = (law_date(award.confirmed_at) - self.day).days + 1
        price = str(award.price)
        contract: dict[str, Any] = {
            "number": f"BDCZ-{self.one.number:04d}", "price": price, "scope": self.lot().scope, "instalments": False,
            "to_business": False if self.type is ProjectType.RURAL else None,
        }  # fmt: skip
        yield self.act(
            after, 9, 0, Wish(Step.DRAFT_SALE_CONTRACT, self.owner, loaded(later.DraftSaleContractSchema, contract))
        )
        digest = self.session.scalars(select(Contract.digest).where(Contract.lot_id == self.lot_id)).one()
        yield self.act(
            after, 10, 0, Wish(Step.SIGN_CONTRACT, self.buyer(), {"digest": digest, "agreed": True}),
            Wish(Step.FILE_CONTRACT, self.owner, {"contract": [answers.paper("合同", self.one.title)]}),
        )  # fmt: skip
        yield from self.paying(after, price)
        use = DepositUse.EARNEST if self.type is ProjectType.LAND else DepositUse.PRICE
        moved = [
            Wish(Step.TRANSFER_DEPOSIT, self.cast["centre"], {"use": use}, line) for line in self.lines(of_buyer=True)
        ]
        yield self.act(after + 3, 9, 0, *moved)
        yield self.act(after + 8, 9, 0, Wish(Step.ARCHIVE, self.cast["centre"]))

    def paying(self, after: int, price: str) -> Acts:
        """The price comes in and is handed on; the thing is handed over, its use looked at."""
        day = str(self.day + timedelta(days=after + 1))
        received = {"amount": price, "received_on": day, "from_deposit": False}
        remitted = {"amount": price, "paid_on": day, "reference": f"缴款书{self.one.number:04d}"}
        delivered = {
            "delivered_on": day, "registered_on": day, "registration": f"鄂（2026）巴东备案第{self.one.number:04d}号",
        }  # fmt: skip
        files = {"document": [answers.paper("交接清单", self.one.title)]}
        used = {"checked_on": day, "use_kept": True, "remarks": "按约定用途使用。"}
        yield self.act(
            after + 1, 10, 0, Wish(Step.RECEIVE_PRICE, self.owner, loaded(later.ReceivePriceSchema, received)),
            Wish(Step.REMIT_INCOME, self.owner, loaded(later.RemitIncomeSchema, remitted)),
            Wish(Step.HAND_OVER, self.owner, loaded(later.HandOverSchema, delivered, files)),
            Wish(Step.CHECK_USE, self.owner, loaded(later.CheckUseSchema, used)),
        )  # fmt: skip


def wall(day: date, days: int, hour: int) -> str:
    """A Beijing wall time as a form has it."""
    return f"{day + timedelta(days=days)}T{hour:02d}:00:00"
