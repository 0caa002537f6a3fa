"""What waits about deposits 保证金待办: for the bank, and for the centre once the payers may be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_

from trading.codelists import Status
from trading.models import Award, BankLine, Deal, Entrant, Guarantee, Lot, SaleTerms, TenderTerms, User
from trading.portal.subjects import at, of, some, turn
from trading.steps import Step
from trading.workflow.deposit_record import HELD
from trading.workflow.secrecy import AFTER_BIDDING, OVER
from trading.workflow.transitions import BY_STEP


@turn(Step.RECEIVE_BANK_LINES)
def _bank_lines(_user: User, now: datetime) -> Select[Any]:
    asked = or_(some(TenderTerms, TenderTerms.bond > 0), some(SaleTerms, SaleTerms.deposit > 0))
    return of(Lot, at(Status.PUBLISHED), Lot.bid_deadline > now, asked, due=Lot.bid_deadline)


@turn(Step.SETTLE_BANK_LINE)
def _settle(_user: User, _now: datetime) -> Select[Any]:
    return of(
        BankLine, or_(Lot.opened_at.is_not(None), at(*AFTER_BIDDING)), BankLine.organization_id.is_(None),
        BankLine.settled_reason.is_(None), HELD, subject=BankLine.id, words=BankLine.reference,
    )  # fmt: skip


@turn(Step.REFUND_BOND)
def _refund(_user: User, _now: datetime) -> Select[Any]:
    return of(
        BankLine, BankLine.refund_due_at.is_not(None), BankLine.refunded_at.is_(None),
        BankLine.forfeited_ground.is_(None), BankLine.transferred_at.is_(None),
        or_(Lot.opened_at.is_not(None), at(*AFTER_BIDDING)),
        subject=BankLine.id, words=BankLine.reference, due=BankLine.refund_due_at,
    )  # fmt: skip


@turn(Step.REFUND_WITHDRAWN)
def _refund_withdrawn(_user: User, _now: datetime) -> Select[Any]:
    return of(
        BankLine, at(Status.PUBLISHED, Status.BID_CLOSED, Status.SUSPENDED), Lot.opened_at.is_(None),
        BankLine.refund_due_at.is_not(None), HELD, subject=BankLine.id, words=BankLine.reference,
        due=BankLine.refund_due_at,
    )  # fmt: skip


@turn(Step.RETURN_GUARANTEE)
def _return_guarantee(_user: User, _now: datetime) -> Select[Any]:
    return of(
        Guarantee, at(Status.CONTRACTED, Status.PERFORMED, *OVER), Guarantee.returned_at.is_(None),
        Guarantee.claimed_at.is_(None), subject=Guarantee.id, words=Guarantee.number,
    )  # fmt: skip


@turn(Step.TRANSFER_DEPOSIT)
def _transfer_deposit(_user: User, _now: datetime) -> Select[Any]:
    bought = some(Deal, Deal.entrant_id == Entrant.id, Entrant.organization_id == BankLine.organization_id)
    won = bought | some(Award, Award.organization_id == BankLine.organization_id)
    return of(
        BankLine, at(*BY_STEP[Step.TRANSFER_DEPOSIT].at), HELD, won, subject=BankLine.id, words=BankLine.reference
    )  # fmt: skip
