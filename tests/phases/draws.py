"""Lots that are drawn for, drawn and evaluated 抽取与评标阶段的标段: carried there through the engine, by JSON."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import STAGES, Trade, a_lot, client_as, people
from tests.shelf import shelved
from trading.beijing import beijing
from trading.codelists import Status
from trading.database import db
from trading.models import Invitation, Member, User

DICE = {"dice": "31415926535897932384"}
TOTALS = ["4700000", "4800000", "4900000"]
STRATA = [{"specialty": "A0104", "number": 3}, {"specialty": "A0201", "number": 1}]


def plan(trade: Trade, **changed: Any) -> dict[str, Any]:
    """A lawful committee of five: four experts of two specialties and one person of the owner."""
    evaluation = beijing(trade.deadline()).replace(hour=15, tzinfo=None).isoformat()
    return {
        "committee_size": 5, "strata": STRATA, "representatives": [trade.people["owner2"].id],
        "evaluation_at": evaluation,
    } | changed  # fmt: skip


@shelved
def committed(app: Flask, **what: Any) -> Trade:
    """A published lot with a planned draw to which both parties have committed."""
    trade = a_lot(app, people(app), Status.PUBLISHED, **what)
    trade.step("owner", "plan-draw", plan(trade))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")
    return trade


@shelved
def opened(app: Flask, **what: Any) -> Trade:
    """The same, opened."""
    trade = committed(app, **what)
    carry_to_opening(trade, **what)
    return trade


def carry_to_opening(trade: Trade, **what: Any) -> None:
    """From a published lot to one whose opening record is final."""
    STAGES[Status.BID_CLOSED](trade, {"totals": TOTALS} | what)
    STAGES[Status.OPENED](trade, what)
    close_record(trade)


def close_record(trade: Trade) -> None:
    """Make the opening record final once its time is over."""
    trade.clock.advance(timedelta(minutes=15))
    trade.step("owner", "close-opening-record")


@shelved
def diced(app: Flask, **what: Any) -> Trade:
    """The same, with exclusions confirmed and the dice on record."""
    trade = opened(app, **what)
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    dice(trade)
    return trade


def dice(trade: Trade) -> None:
    """The number typed in by the owner, signed by the notary and a bidder."""
    trade.step("owner", "roll-dice", DICE)
    trade.step("notary", "witness-dice")
    trade.step("bidder1", "witness-dice")


def reveal(trade: Trade) -> None:
    """Both parties reveal a round."""
    trade.step("centre", "reveal-draw")
    trade.step("supervisor", "reveal-draw")


@shelved
def drawn(app: Flask, **what: Any) -> Trade:
    """The same, with the first round drawn."""
    trade = diced(app, **what)
    reveal(trade)
    return trade


def invited(trade: Trade) -> list[str]:
    """The logins of the experts whose answer is awaited."""
    with trade.app.app_context():
        query = (
            select(User.login)
            .join(Invitation, Invitation.expert_id == User.expert_id)
            .where(Invitation.accepted_at.is_(None), Invitation.refused_at.is_(None))
            .order_by(User.login)
        )
        return list(db.session.scalars(query))


@shelved
def seated(app: Flask, **what: Any) -> Trade:
    """A lot whose committee is seated."""
    trade = drawn(app, **what)
    for login in invited(trade):
        trade.step(login, "accept-invitation", {"no_conflict": True})
    trade.step("centre", "seat-committee")
    return trade


def committee(trade: Trade) -> list[str]:
    """The logins of the members, the chair first."""
    with trade.app.app_context():
        query = select(User.login).join(Member, Member.user_id == User.id).order_by(Member.is_chair.desc(), User.login)
        return list(db.session.scalars(query))


def room(trade: Trade, who: str) -> dict[str, Any]:
    """What a member may see of the evaluation."""
    answer = client_as(trade.app, trade.people[who]).get(f"/api/v1/lots/{trade.code}/evaluation")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def standing(trade: Trade, who: str) -> list[dict[str, Any]]:
    """The bids that stand, as a member sees them."""
    return [bid for bid in room(trade, who)["bids"] if bid["rejected_clause"] is None]


def passing(trade: Trade, who: str, **by_bidder: dict[str, Any]) -> dict[str, Any]:
    """A sheet that passes every bid; ``by_bidder`` (``bidder1`` …) changes the row of one."""
    names = {f"第{number}建设有限公司": f"bidder{number}" for number in range(1, 6)}
    rows = [
        {"bid": bid["id"], "passed": True} | by_bidder.get(names[bid["bidder"]], {}) for bid in standing(trade, who)
    ]
    return {"reviews": rows, "time_short": False}


@shelved
def scored(app: Flask, **what: Any) -> Trade:
    """A lot on which every member has handed in a passing sheet."""
    trade = seated(app, **what)
    for login in committee(trade):
        trade.step(login, "score", passing(trade, login))
    return trade
