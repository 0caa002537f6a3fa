"""A disposal carried from its method to its archive 处置全程: notice, entrants, bidding, deal, contract, delivery."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, bank_line, client_as
from tests.phases.papers import paper
from tests.phases.preparing import prepared
from trading.beijing import law_date
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Alarm, Award, BankLine, Contract, Deal
from trading.workflow.sale_record import sale_of

NOTICE_DAYS = 32
WORDS = {"statement": "已阅读公告和文件，接受全部条件。", "claims_priority": False, "insider": False}


def notice(method: Method, type_: ProjectType, today: date, **changed: Any) -> dict[str, Any]:
    """What a lawful notice of ``today`` asks: a month to the cut-off, bidding the day after."""
    cut_off = today + timedelta(days=NOTICE_DAYS)
    asked = {
        "listed_from": f"{today + timedelta(days=21)}T09:00:00" if method is Method.LISTING else None,
        "bid_deadline": f"{cut_off}T17:00:00",
        "bidding_at": f"{cut_off + timedelta(days=1)}T09:00:00",
        "planned_end": f"{cut_off + timedelta(days=1)}T10:00:00",
        "place": "县公共资源交易中心竞价厅", "address": "巴东县信陵镇", "planning": "工业用地，容积率1.0至2.0",
        "contact": "张工 0718-4221111", "objection": "王工 0718-4220000", "media": ["county"],
        "display": "公告期内工作日", "display_days": 5, "news_medium": "恩施日报", "leased_house": False,
    }  # fmt: skip
    if type_ is ProjectType.RURAL:
        asked |= {"farmland": False}
    return asked | changed


class Sale(Trade):
    """A disposal and its people."""

    type: ProjectType
    method: Method

    def announce(self, status: int = 200, **changed: Any) -> dict[str, Any]:
        """Publish the notice."""
        return self.step(
            "owner", "announce-sale", notice(self.method, self.type, law_date(self.clock.now()), **changed), status
        )

    def apply(self, who: str, status: int = 200, **changed: Any) -> dict[str, Any]:
        """Apply to bid."""
        return self.step(who, "apply-to-bid", WORDS | changed, status)

    def pay(self, *numbers: int, amount: str | None = None) -> None:
        """The bank reports the deposits of these bidders."""
        with self.app.app_context():
            asked = str(sale_of(db.session, self.lot()).deposit)
        lines = [bank_line(number, self.code, self.clock.now(), amount=amount or asked) for number in numbers]
        self.step("bank", "receive-bank-lines", {"lines": lines})

    def applications(self) -> dict[str, str]:
        """The applications as the seller sees them: name to id."""
        answer = client_as(self.app, self.people["owner"]).get(f"/api/v1/lots/{self.code}/entrants").get_json()
        return {one["name"]: one["id"] for one in answer["applications"]}

    def decide(self, number: int, status: int = 200, **changed: Any) -> dict[str, Any]:
        """The seller decides on the application of a bidder."""
        subject = self.applications()[f"第{number}建设有限公司"]
        return self.step("owner", f"decide-entrant/{subject}", {"qualified": True} | changed, status)

    def paddle(self, who: str) -> int | None:
        """The paddle that a bidder sees on his own page."""
        answer = client_as(self.app, self.people[who]).get(f"/api/v1/lots/{self.code}/my-application").get_json()
        return answer.get("paddle")

    def offer(self, who: str, amount: str, status: int = 200) -> dict[str, Any]:
        """Make a live offer."""
        return self.step(who, "make-offer", {"amount": amount, "key": f"{who}-{amount.replace('.', '-')}"}, status)

    def until(self, moment: datetime) -> None:
        """Put the clock there and let it act."""
        self.clock.set(moment)
        self.tick()

    def moment(self, name: str) -> datetime:
        """A moment of the terms as they stand."""
        with self.app.app_context():
            found = getattr(sale_of(db.session, self.lot()), name)
        assert found is not None
        return found

    def standing(self) -> Status:
        """Where the lot stands."""
        with self.app.app_context():
            return self.lot().status

    def deal(self) -> Deal | None:
        """The deal, where it was bid for live; needs an application context."""
        return db.session.scalars(select(Deal).where(Deal.lot_id == self.lot().id)).one_or_none()

    def buyer(self) -> str:
        """The login of the buyer: of the deal, or who was awarded."""
        home = self.bought_by()
        logins = (login for login, user in self.people.items() if user.organization_id == home)
        return next(login for login in logins if login.startswith("bidder"))

    def bought_by(self) -> str:
        """The organisation with whom the deal was made, or that was awarded."""
        with self.app.app_context():
            deal = self.deal()
            return deal.entrant.organization_id if deal else self.kept(Award).organization_id

    def deposits(self, *, of_buyer: bool) -> list[str]:
        """The bank lines of the buyer, or of all others."""
        with self.app.app_context():
            buyer = self.bought_by()
            query = select(BankLine.id, BankLine.organization_id).where(BankLine.lot_id == self.lot().id)
            return [line for line, home in db.session.execute(query) if (home == buyer) is of_buyer]

    def kept(self, record: Any) -> Any:
        """The one record of this kind that the lot has, as it is kept."""
        with self.app.app_context():
            return db.session.scalars(select(record).where(record.lot_id == self.lot().id)).one()

    def alarms(self) -> list[str]:
        """The conditions of all alarms of the lot."""
        with self.app.app_context():
            query = select(Alarm.condition).where(Alarm.lot_id == self.lot().id).order_by(Alarm.condition)
            return list(db.session.scalars(query))


def disposal(app: Flask, type_: ProjectType, method: Method, **changed: Any) -> Sale:
    """A disposal whose method is fixed."""
    plain = prepared(app, type_, method, **changed)
    trade = Sale(app, plain.people, plain.code, signed=plain.signed)
    trade.type, trade.method = type_, method
    return trade


def open_to_bid(trade: Sale, numbers: tuple[int, ...] = (1, 2, 3)) -> None:
    """Announce it; these bidders apply, pay and are let in."""
    trade.announce()
    trade.clock.advance(timedelta(days=22))
    trade.tick()
    for number in numbers:
        trade.apply(f"bidder{number}")
    trade.pay(*numbers)
    for number in numbers:
        trade.decide(number)


def bid(trade: Sale, amounts: tuple[tuple[str, str], ...]) -> None:
    """Live offers from the beginning, then the end."""
    if trade.method is Method.LISTING:
        who, amount = amounts[0]
        trade.offer(who, amount)
        for name in dict.fromkeys(name for name, _ in amounts):
            trade.step(name, "go-on")
        amounts = amounts[1:]
    trade.until(trade.deadline())
    trade.until(trade.moment("bidding_at"))
    for who, amount in amounts:
        trade.clock.advance(timedelta(minutes=1))
        trade.offer(who, amount)
    trade.until(trade.moment("ends_at"))


def confirm(trade: Sale) -> None:
    """The confirmation is drawn up and signed by all, deposits go back, the deal is published, the buyer fixed."""
    today = law_date(trade.clock.now())
    auction = {"auctioneer": "周拍卖师", "commission_percent": "3", "commission_agreed": True}
    drafted = {"contract_by": str(today + timedelta(days=7))}
    trade.step("owner", "draft-deal", drafted | (auction if trade.method is Method.AUCTION else {}))
    signers = [trade.buyer(), "owner"] + (["centre", "centre2"] if trade.method is Method.AUCTION else [])
    digest = trade.kept(Deal).digest
    for who in signers:
        trade.step(who, "sign-deal", {"digest": digest, "agreed": True})
    for line in trade.deposits(of_buyer=False):
        trade.step("centre", f"refund-bond/{line}", {})
    told = {"objection_channel": "王工 0718-4220000"}
    if trade.type is ProjectType.RURAL:
        told["village_board_on"] = str(today)
    trade.step("owner", "publish-deal", told)
    with trade.app.app_context():
        ends = trade.lot().publicity_until
    trade.until(ends)
    trade.step("supervisor", "record-compliance", {"remarks": "未发现问题。"})
    trade.step("owner", "confirm", {})
    trade.step("owner", "award")


def perform(trade: Sale) -> None:
    """Contract, price, income, delivery, deposits, archive."""
    with trade.app.app_context():
        scope = trade.lot().scope
    price = trade.kept(Award).price
    trade.step(
        "owner", "draft-sale-contract",
        {"number": f"HT-{trade.code}", "price": str(price), "scope": scope, "instalments": False,
         "to_business": False if trade.type is ProjectType.RURAL else None},
    )  # fmt: skip
    digest = trade.kept(Contract).digest
    trade.step(trade.buyer(), "sign-contract", {"digest": digest, "agreed": True})
    trade.step("owner", "file-contract", {"contract": []})
    today = str(law_date(trade.clock.now()))
    trade.step("owner", "receive-price", {"amount": str(price), "received_on": today, "from_deposit": False})
    trade.step("owner", "remit-income", {"amount": str(price), "paid_on": today, "reference": "缴款书0001"})
    trade.step(
        "owner", "hand-over",
        {"delivered_on": today, "registered_on": today, "registration": "鄂（2026）巴东不动产权第0009号",
         "document": [paper("handover.pdf")]},
    )  # fmt: skip
    trade.step("owner", "check-use", {"checked_on": today, "use_kept": True, "remarks": "按约使用。"})


def settle(trade: Sale) -> None:
    """The buyer's deposit becomes earnest money or part of the price; then the file is closed."""
    use = "earnest" if trade.type is ProjectType.LAND else "price"
    for line in trade.deposits(of_buyer=True):
        trade.step("centre", f"transfer-deposit/{line}", {"use": use})
    trade.step("centre", "archive")


def walked(app: Flask, type_: ProjectType, method: Method, amounts: tuple[str, str, str]) -> Sale:
    """The whole walk; bidder1 and bidder2 bid against each other, bidder1 last."""
    trade = disposal(app, type_, method)
    open_to_bid(trade)
    first, second, third = amounts
    bid(trade, (("bidder1", first), ("bidder2", second), ("bidder1", third)))
    assert trade.standing() is Status.DEAL, trade.alarms()
    confirm(trade)
    perform(trade)
    settle(trade)
    return trade
