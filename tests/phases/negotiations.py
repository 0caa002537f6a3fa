"""Lots of the negotiation course 谈判磋商素材: from a fixed method to the archive, by JSON, as every person."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import HANDS, OFFICERS, Trade, bank_line, client_as, offer
from tests.phases import draws, preparing, variants
from tests.phases.papers import paper
from tests.shelf import shelved
from trading.beijing import beijing, law_date
from trading.codelists import Method, ProjectType, Status
from trading.database import db
from trading.models import Award, BankLine, Bid, Challenge, Contract, Lot, Talk
from trading.sealing import ptbid
from trading.sealing.amounts import content_of

FIRST = {"bidder1": "900000", "bidder2": "880000", "bidder3": "950000"}
FINAL = {"bidder1": "860000", "bidder2": "870000", "bidder3": "940000"}


def notice(trade: Trade, days: int = 25, **changed: Any) -> dict[str, Any]:
    """What a lawful notice of now asks."""
    return notice_of(trade.clock.now(), days, **changed)


def notice_of(now: datetime, days: int = 25, **changed: Any) -> dict[str, Any]:
    """The same at ``now``."""
    day = law_date(now)
    return {
        "bid_deadline": f"{day + timedelta(days=days)}T09:30:00",
        "documents_until": f"{day + timedelta(days=10)}T17:00:00",
        "place": "县公共资源交易中心", "contact": "张工 0718-4221111", "media": ["national", "county"],
    } | changed  # fmt: skip


@shelved
def published(app: Flask, project_type: ProjectType, method: Method, **changed: Any) -> Trade:
    """A lot of this type and method whose notice is out."""
    trade = preparing.prepared(app, project_type, method, **changed)
    if method in (Method.SINGLE_SOURCE, Method.DIRECT):
        name_the_one(trade)
    trade.step("owner", "announce", notice(trade, **changed.get("announce", {})))
    return trade


def plan(trade: Trade, size: int = 3) -> dict[str, Any]:
    """A group: experts of one specialty and one person of the owner."""
    evaluation = beijing(trade.deadline()).replace(hour=15, tzinfo=None).isoformat()
    return {
        "committee_size": size, "strata": [{"specialty": "A0104", "number": size - 1}],
        "representatives": [trade.people["owner2"].id], "evaluation_at": evaluation,
        "complex": False, "wide_effect": False,
    }  # fmt: skip


def name_the_one(trade: Trade) -> None:
    """The one supplier is named before the notice."""
    named = {"suppliers": variants.usccs(trade, 1), "reasons": "只能从唯一供应商处采购"}
    trade.step("owner", "name-invitees", named)


def agreed(trade: Trade, price: str) -> None:
    """The price is agreed with the one supplier and confirmed by him."""
    told = {"price": price, "people": "赵工（高级工程师）、钱工（造价工程师）", "basis": "参照同类项目合同价格。"}
    trade.step("owner", "agree-price", told)
    trade.step("bidder1", "confirm-price", {"agreed": True})


def closed(trade: Trade, offers: dict[str, str], bond: str = "20000") -> None:
    """Bonds and sealed responses come in; the deadline passes."""
    trade.clock.advance(timedelta(days=6))
    lines = [bank_line(int(login[-1]), trade.code, trade.clock.now(), amount=bond) for login in offers]
    trade.step("bank", "receive-bank-lines", {"lines": lines})
    for login, total in offers.items():
        trade.step(login, "submit-bid", offer(total))
    trade.bidders = tuple(offers)
    trade.clock.set(trade.deadline())
    trade.tick()


def opened(
    trade: Trade, offers: dict[str, str] | None = None, *, drawn: bool = True, bond: str = "20000", size: int = 3
) -> None:
    """From the notice to the closed opening record; ``size`` is the group's."""
    if drawn:
        trade.step("owner", "plan-draw", plan(trade, size))
        trade.step("centre", "commit-draw")
        trade.step("supervisor", "commit-draw")
    closed(trade, offers or FIRST, bond)
    trade.step("owner", "open-bids")
    draws.close_record(trade)


def qualified(trade: Trade) -> None:
    """The buyer checks every bidder's qualification; all pass. The rooms are recorded."""
    with trade.app.app_context():
        bids = db.session.scalars(select(Bid.id).where(Bid.lot_id == trade.lot().id)).all()
    rows = [{"bid": one, "qualified": True, "reason": None} for one in bids]
    trade.step("owner", "check-qualification", {"checks": rows})
    recorded = {
        "opening_recorded": True, "evaluation_recorded": True, "members_at_opening": False, "kept_as": "NVR-2026-01",
    }  # fmt: skip
    trade.step("centre", "record-room", recorded)


def seated(trade: Trade) -> list[str]:
    """The group drawn and seated; its logins, the chair first."""
    variants.drawn(trade)
    return variants.committee(trade)


def talked(trade: Trade, member: str, suppliers: tuple[str, ...], round_: int = 1) -> None:
    """One confirmed talk with every supplier."""
    for login in suppliers:
        home = trade.people[login].organization_id
        trade.step(member, "hold-talk", {"supplier": home, "round": round_, "text": f"与{login}就技术和价格谈判。"})
        with trade.app.app_context():
            query = select(Talk.id).where(Talk.organization_id == home, Talk.round == round_)
            talk = db.session.scalars(query).one()
        trade.step(login, f"confirm-talk/{talk}", {"agreed": True})


def called(trade: Trade, member: str) -> None:
    """Final offers are called for, an hour from now."""
    ends = beijing(trade.clock.now() + timedelta(hours=1)).replace(tzinfo=None)
    trade.step(member, "call-final-offers", {"deadline": ends.isoformat()})


def seal_final(trade: Trade, who: str, amount: str, status: int = 200) -> dict[str, Any]:
    """A supplier seals and hands in his final offer."""
    answer = client_as(trade.app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/final-sealing")
    assert answer.status_code == 200, answer.text
    place = answer.get_json()
    sealed = ptbid.seal_secret(
        place["tender"], place["part"], place["bidder"], place["groups"], content_of(Decimal(amount))
    )
    envelope = {"header": sealed.header, "ciphertext": base64.b64encode(sealed.ciphertext).decode()}
    return trade.step(who, "submit-final-offer", {"envelope": envelope}, status)


def open_finals(trade: Trade, *logins: str) -> None:
    """Officers fetch the bundle, unwrap their shares and hand them in."""
    for login in logins or (OFFICERS[0], OFFICERS[2]):
        answer = client_as(trade.app, trade.people[login]).get(f"/api/v1/lots/{trade.code}/final-bundle")
        assert answer.status_code == 200, answer.text
        person = trade.people[login].signer
        rows = [
            {"envelope": one["envelope"], "fault": None,
             "value": ptbid.unwrap(one["header"], person, HANDS.identity(person)).hex()}
            for one in answer.get_json()["envelopes"]
        ]  # fmt: skip
        trade.step(login, "open-final-offers", {"shares": rows})


def final(trade: Trade, member: str, offers: dict[str, str] | None = None) -> None:
    """Talks, the call, sealed final offers, opened."""
    talked(trade, member, trade.bidders)
    called(trade, member)
    for login, amount in (offers or FINAL).items():
        seal_final(trade, login, amount)
    trade.clock.advance(timedelta(hours=1))
    open_finals(trade)


def points(trade: Trade, who: str) -> dict[str, Any]:
    """A sheet over every standing bid, all alike but for the price."""
    bids = draws.standing(trade, who)
    rows = [{"bid": one["id"], "factor": "t", "points": "70", "reason": "完整"} for one in bids]
    return {"reviews": [], "points": rows, "time_short": False}


def evaluated(trade: Trade, members: list[str], *, by_points: bool = True) -> None:
    """Every member scores; the report is drafted, signed, handed in."""
    for login in members:
        trade.step(login, "score", points(trade, login) if by_points else draws.passing(trade, login))
    trade.step(members[0], "draft-report", {"fatal_defect": False, "competition_reason": None})
    for login in members:
        trade.step(login, "sign-report", {"opinion": "agree"})
    trade.step(members[0], "submit-report")


def awarded(trade: Trade) -> None:
    """The buyer fixes the winner and tells everybody."""
    trade.clock.advance(timedelta(hours=20))
    trade.step("supervisor", "record-compliance", {"remarks": "未发现问题"})
    trade.step("owner", "confirm")
    trade.step("owner", "award")


def archived(trade: Trade, price: str) -> None:
    """Contract, bonds back, paid, accepted, archived."""
    with trade.app.app_context():
        lot: Lot = trade.lot()
        until, scope = lot.publicity_until, lot.scope
    trade.clock.set(max(until or trade.clock.now(), trade.clock.now()) + timedelta(days=9))
    contract = {
        "number": f"HT-{trade.code}", "price": price, "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "scope": scope, "retention_percent": "3", "payment_days": 30,
    }  # fmt: skip
    trade.step("owner", "draft-contract", contract)
    with trade.app.app_context():
        digest = db.session.scalars(select(Contract.digest).where(Contract.lot_id == trade.lot().id)).one()
    trade.step(winner(trade), "sign-contract", {"digest": digest, "agreed": True})
    trade.step("owner", "file-contract", {"contract": [paper("signed.pdf")]})
    with trade.app.app_context():
        lines = db.session.scalars(
            select(BankLine.id).where(BankLine.lot_id == trade.lot().id, BankLine.refunded_at.is_(None))
        ).all()
    for line in lines:
        trade.step("centre", f"refund-bond/{line}", {})
    trade.clock.advance(timedelta(days=40))
    today = str(law_date(trade.clock.now()))
    accepted = {
        "accepted_on": today, "filed_on": today, "qualified": True, "result": "合格", "settlement": price,
        "participants": "采购人、供应商", "document": [paper("acceptance.pdf")],
    }  # fmt: skip
    trade.step("owner", "accept-works", accepted)
    trade.step("owner", "rate-performance", MARKS)
    assert trade.step("centre", "archive")["status"] == "archived"


MARKS = {"quality": 90, "schedule": 88, "safety": 92, "payment_of_workers": 95, "remarks": "按合同履约"}


def winner(trade: Trade) -> str:
    """The login of the winner."""
    with trade.app.app_context():
        home = db.session.scalars(select(Award.organization_id).where(Award.lot_id == trade.lot().id)).one()
    return next(login for login, user in trade.people.items() if user.organization_id == home)


def challenges(trade: Trade) -> list[str]:
    """The ids of the lot's inquiries and challenges."""
    with trade.app.app_context():
        return list(db.session.scalars(select(Challenge.id).where(Challenge.lot_id == trade.lot().id)))


def standing(trade: Trade) -> Status:
    """Where the lot stands."""
    with trade.app.app_context():
        return trade.lot().status
