"""What waits in a disposal 处置待办: notice, applications, confirmation, contract, price, delivery; no names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, false

from trading.codelists import Method, Role, Status
from trading.models import Contract, Deal, Delivery, Entrant, Lot, PriceReceipt, Remittance, User
from trading.portal.subjects import at, no, of, some, turn
from trading.steps import Step
from trading.workflow.transitions import OPEN_TO_ENTRANTS

SIDES = {Role.OWNER: "seller", Role.CENTRE: "recorder", Role.AGENCY: "auctioneer"}


@turn(Step.ANNOUNCE_SALE)
def announce(_user: User, _now: datetime) -> Select[Any]:
    """Disposals whose method is fixed."""
    return of(Lot, at(Status.METHOD_FIXED))


@turn(Step.DECIDE_ENTRANT)
def decide(_user: User, _now: datetime) -> Select[Any]:
    """Applications that the seller has not decided."""
    open_ = (Entrant.withdrawn_at.is_(None), Entrant.qualified.is_(None))
    return of(Entrant, at(*OPEN_TO_ENTRANTS, Status.BID_CLOSED), *open_, subject=Entrant.id, due=Lot.bid_deadline)


@turn(Step.DRAFT_DEAL)
def draft(_user: User, _now: datetime) -> Select[Any]:
    """Deals whose confirmation is not drawn up."""
    return of(Deal, at(Status.DEAL), Deal.drafted_at.is_(None))


@turn(Step.SIGN_DEAL)
def sign(user: User, _now: datetime) -> Select[Any]:
    """Confirmations that wait for this side."""
    drawn_up = (at(Status.DEAL), Deal.digest.is_not(None))
    if user.role is Role.BIDDER:
        unsigned = ~cast(Deal.signatures, String).contains("buyer")
        mine = of(Deal, *drawn_up, unsigned, Entrant.organization_id == user.organization_id)
        return mine.join(Entrant, Entrant.id == Deal.entrant_id)
    side = SIDES.get(user.role)
    if side is None:
        return of(Deal, false())
    asked = () if side == "seller" else (Lot.method == Method.AUCTION,)
    return of(Deal, *drawn_up, ~cast(Deal.signatures, String).contains(side), *asked)


@turn(Step.PUBLISH_DEAL)
def publish(_user: User, _now: datetime) -> Select[Any]:
    """Deals that everybody has signed."""
    return of(Deal, at(Status.DEAL), Deal.signed_at.is_not(None))


@turn(Step.DRAFT_SALE_CONTRACT)
def contract(_user: User, _now: datetime) -> Select[Any]:
    """Confirmed disposals without a contract."""
    return of(Lot, at(Status.AWARDED), no(Contract))


@turn(Step.RECEIVE_PRICE)
def price(_user: User, _now: datetime) -> Select[Any]:
    """Contracts of which nothing is paid yet."""
    return of(Delivery, at(Status.CONTRACTED), no(PriceReceipt))


@turn(Step.REMIT_INCOME)
def income(_user: User, _now: datetime) -> Select[Any]:
    """Prices received of which nothing is handed on."""
    return of(Delivery, at(Status.CONTRACTED, Status.PERFORMED), some(PriceReceipt), no(Remittance))


@turn(Step.HAND_OVER)
def hand_over(_user: User, _now: datetime) -> Select[Any]:
    """Filed contracts whose object is not delivered."""
    return of(Contract, at(Status.CONTRACTED), Contract.filed_at.is_not(None), some(PriceReceipt))


@turn(Step.CHECK_USE)
def check_use(_user: User, _now: datetime) -> Select[Any]:
    """Objects handed over of which nobody has looked at the use."""
    return of(Delivery, at(Status.PERFORMED), Delivery.use_kept.is_(None))
