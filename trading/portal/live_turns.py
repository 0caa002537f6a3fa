"""What waits around a live bidding and sealed amounts 竞价与密封待办: offers, the reserve, final offers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_

from trading.codelists import Status
from trading.models import Bid, Entrant, FinalCall, FinalOffer, Leaving, Lot, OpeningOfficer, SaleTerms, User
from trading.portal.subjects import at, no, of, some, turn
from trading.steps import Step
from trading.workflow.transitions import BY_STEP


def my_paddle(user: User, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """This bidder was admitted to the lot and has a paddle."""
    mine = (Entrant.organization_id == user.organization_id, Entrant.withdrawn_at.is_(None))
    return some(Entrant, *mine, Entrant.paddle.is_not(None), *where)


def i_hold_a_key(user: User) -> ColumnElement[bool]:
    """This person is one of the lot's opening officers."""
    return some(OpeningOfficer, OpeningOfficer.user_id == user.id)


@turn(Step.MAKE_OFFER)
def offer(user: User, now: datetime) -> Select[Any]:
    """Biddings that are on, for those with a paddle."""
    running = (SaleTerms.ended_at.is_(None), SaleTerms.ends_at > now)
    return of(SaleTerms, at(Status.BIDDING), my_paddle(user), *running, due=SaleTerms.ends_at)


@turn(Step.MATCH_OFFER)
def match(user: User, now: datetime) -> Select[Any]:
    """Biddings whose highest offer the holder of a right of priority may take now."""
    open_ = (SaleTerms.ended_at.is_(None), SaleTerms.match_until > now, SaleTerms.ends_at <= now)
    mine = my_paddle(user, Entrant.has_priority)
    return of(SaleTerms, at(Status.BIDDING), mine, *open_, due=SaleTerms.match_until)


@turn(Step.SEAL_RESERVE)
def seal_reserve(_user: User, _now: datetime) -> Select[Any]:
    """Lots announced with a reserve that is not sealed yet, once there are officers to seal it to."""
    unsealed = (SaleTerms.has_reserve, SaleTerms.reserve_sealed_at.is_(None), SaleTerms.live_at.is_(None))
    there = at(*BY_STEP[Step.SEAL_RESERVE].at)
    return of(SaleTerms, there, *unsealed, some(OpeningOfficer), due=SaleTerms.bidding_at)


@turn(Step.OPEN_RESERVE)
def open_reserve(user: User, _now: datetime) -> Select[Any]:
    """Biddings that are over, whose reserve waits for this officer's share."""
    closed = (SaleTerms.reserve_sealed_at.is_not(None), SaleTerms.reserve_opened_at.is_(None))
    mine = SaleTerms.reserve_shares[user.signer].as_string().is_(None)
    return of(SaleTerms, at(Status.BIDDING), SaleTerms.ended_at.is_not(None), *closed, i_hold_a_key(user), mine)


@turn(Step.SUBMIT_FINAL_OFFER)
def submit_final_offer(user: User, now: datetime) -> Select[Any]:
    """Calls for final offers that this supplier has not answered."""
    home = user.organization_id
    staying = some(Bid, Bid.organization_id == home, Bid.current, Bid.rejected_clause.is_(None))
    given = FinalOffer.organization_id == home, FinalOffer.current
    return of(
        FinalCall, at(Status.COMMITTEE_READY), FinalCall.deadline > now, staying,
        no(Leaving, Leaving.organization_id == home), no(FinalOffer, *given), due=FinalCall.deadline,
    )  # fmt: skip


@turn(Step.OPEN_FINAL_OFFERS)
def open_final_offers(user: User, now: datetime) -> Select[Any]:
    """Final offers whose hour is over and that wait for this officer's shares; where none came, for his word of it."""
    waits = exists().where(
        FinalOffer.lot_id == Lot.id, FinalOffer.current, FinalOffer.shares[user.signer].as_string().is_(None)
    )
    over = (FinalCall.deadline <= now, FinalCall.opened_at.is_(None))
    none = no(FinalOffer, FinalOffer.current)
    return of(FinalCall, at(Status.COMMITTEE_READY), *over, i_hold_a_key(user), or_(waits, none))
