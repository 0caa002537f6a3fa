"""What waits around the opening 开标待办: officers to appoint and to hand in shares, the first envelope."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select

from trading.codelists import Course, Status
from trading.methods import METHODS
from trading.models import Bid, Lot, OpeningOfficer, TenderTerms, User
from trading.portal.subjects import at, no, of, some, turn
from trading.steps import Step

BY_BIDS = [one for one, facts in METHODS.items() if facts.course is not Course.COMPETITION]


@turn(Step.APPOINT_OFFICERS)
def appoint(_user: User, _now: datetime) -> Select[Any]:
    """Lots whose method needs sealed bids, before the notice that names the keys."""
    return of(Lot, at(Status.METHOD_FIXED), Lot.method.in_(BY_BIDS), no(OpeningOfficer))


@turn(Step.REHEARSE_OPENING)
def rehearse(user: User, _now: datetime) -> Select[Any]:
    """Published lots on which this officer has not tried his key."""
    mine = (OpeningOfficer.user_id == user.id, OpeningOfficer.rehearsed_at.is_(None))
    return of(OpeningOfficer, at(Status.PUBLISHED), *mine, due=Lot.bid_deadline)


@turn(Step.HAND_IN_SHARES)
def hand_in(user: User, _now: datetime) -> Select[Any]:
    """Closed lots with bids for which this officer has not handed in his shares; of two envelopes, twice."""
    mine = (OpeningOfficer.user_id == user.id, OpeningOfficer.handed_at.is_(None), some(Bid, Bid.current))
    return of(OpeningOfficer, at(Status.BID_CLOSED), *mine, due=Lot.bid_deadline)


@turn(Step.OPEN_TECHNICAL)
def open_technical(_user: User, _now: datetime) -> Select[Any]:
    """Closed lots of two envelopes whose technical one is not opened."""
    return of(Lot, at(Status.BID_CLOSED), technical_first(), due=Lot.bid_deadline)


@turn(Step.OPEN_BIDS)
def open_bids(_user: User, _now: datetime) -> Select[Any]:
    """Closed lots whose prices are to be opened."""
    return of(Lot, at(Status.BID_CLOSED), ~technical_first(), due=Lot.bid_deadline)


def technical_first() -> ColumnElement[bool]:
    """The technical envelopes come before the prices, and are not open yet."""
    return some(TenderTerms, TenderTerms.two_envelopes) & Lot.technical_opened_at.is_(None)
