"""What waits in a draw of experts 抽取待办: whose turn it is, from the plan to the seated committee."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_

from trading.codelists import Role, Status
from trading.models import Bid, Draw, Invitation, Lot, User
from trading.portal.subjects import at, no, of, turn
from trading.steps import Step
from trading.workflow.draw_record import PARTIES


@turn(Step.PLAN_DRAW)
def _plan(_user: User, _now: datetime) -> Select[Any]:
    return of(Lot, at(Status.PUBLISHED, Status.BID_CLOSED, Status.OPENED), no(Draw, under_way()))


def under_way() -> ColumnElement[bool]:
    """A draw that has not ended without a committee."""
    short = cast(Draw.shortage, String)
    return Draw.aborted_reason.is_(None) & or_(short.is_(None), short == "null")


def undrawn() -> ColumnElement[bool]:
    """A draw that runs and has no result yet."""
    return Draw.drawn_at.is_(None) & under_way()


def rounds(column: Any) -> ColumnElement[int]:
    """How many rounds a draw has of this."""
    return func.json_array_length(column)


def vacant() -> ColumnElement[bool]:
    """A seat was given back after the newest result: another round is to be drawn."""
    newest = Invitation.refused_after_round == rounds(Draw.results) - 1
    return exists().where(Invitation.draw_id == Draw.id, newest)


@turn(Step.COMMIT_DRAW)
def _commit_draw(user: User, _now: datetime) -> Select[Any]:
    return of(
        Draw, at(Status.PUBLISHED, Status.BID_CLOSED, Status.OPENED), undrawn(),
        Draw.commits[user.role.value].as_string().is_(None), due=Lot.bid_deadline,
    )  # fmt: skip


@turn(Step.EXCLUDE_EXPERTS)
def _exclude(_user: User, _now: datetime) -> Select[Any]:
    return of(Draw, at(Status.OPENED), undrawn(), Draw.exclusions_by_id.is_(None))


@turn(Step.CONFIRM_EXCLUSIONS)
def _confirm_exclusions(_user: User, _now: datetime) -> Select[Any]:
    return of(
        Draw, at(Status.OPENED), undrawn(), Draw.exclusions_by_id.is_not(None),
        Draw.exclusions_confirmed_by_id.is_(None),
    )  # fmt: skip


@turn(Step.ROLL_DICE)
def _roll(_user: User, _now: datetime) -> Select[Any]:
    return of(Draw, at(Status.OPENED), undrawn(), Draw.exclusions_confirmed_by_id.is_not(None), Draw.dice.is_(None))


@turn(Step.WITNESS_DICE)
def _witness(user: User, _now: datetime) -> Select[Any]:
    signed = cast(Draw.dice_witnesses, String).contains(f'"{user.role.value}"')
    bid = exists().where(Bid.lot_id == Lot.id, Bid.organization_id == user.organization_id, Bid.current.is_(True))
    mine = [bid] if user.role is Role.BIDDER else []
    return of(
        Draw, at(Status.OPENED), undrawn(), Draw.dice.is_not(None), rounds(Draw.dice_witnesses) < 2, ~signed, *mine
    )


@turn(Step.ENTER_BEACON)
def _enter_beacon(_user: User, _now: datetime) -> Select[Any]:
    return of(Draw, at(Status.OPENED), under_way(), Draw.drawn_at.is_not(None), rounds(Draw.results) == 0)


@turn(Step.REVEAL_DRAW)
def _reveal(user: User, _now: datetime) -> Select[Any]:
    begun = rounds(Draw.reveals) > rounds(Draw.results)
    turn_is_mine = ~begun if user.role.value == PARTIES[0] else begun
    return of(
        Draw, at(Status.OPENED), under_way(), rounds(Draw.dice_witnesses) == 2, or_(Draw.drawn_at.is_(None), vacant()),
        turn_is_mine,
    )  # fmt: skip


@turn(Step.ACCEPT_INVITATION)
def _invited(user: User, _now: datetime) -> Select[Any]:
    return of(
        Invitation, at(Status.OPENED), Invitation.expert_id == user.expert_id, Invitation.accepted_at.is_(None),
        Invitation.refused_at.is_(None), exists().where(Draw.id == Invitation.draw_id, under_way()),
        subject=Invitation.id,
    )  # fmt: skip


@turn(Step.SEAT_COMMITTEE)
def _seat(_user: User, _now: datetime) -> Select[Any]:
    unanswered = Invitation.accepted_at.is_(None) & Invitation.refused_at.is_(None)
    waits = exists().where(Invitation.draw_id == Draw.id, unanswered)
    return of(Draw, at(Status.OPENED), Draw.drawn_at.is_not(None), under_way(), ~vacant(), ~waits)
