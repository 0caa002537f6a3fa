"""A price agreed with the one supplier 商定价格: single source and direct award, in writing, confirmed by both."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from trading.codelists import EvaluationMethod
from trading.errors import InvalidInput, Refused
from trading.models import Bid, Evaluation, OpeningRecord, PriceAgreement, TenderTerms
from trading.steps import Step
from trading.workflow.choice_clock import start_choice_clock
from trading.workflow.evaluation_record import effective_bids
from trading.workflow.negotiation_record import WITH_ONE, agreement_of
from trading.workflow.taking import Taking, effect


def only_response(taking: Taking) -> Bid:
    """The response of the one supplier.

    Raises:
        Refused: the method has several, the record is open, or nothing stands.
    """
    if taking.lot.method not in WITH_ONE:
        raise Refused("several", "该方式不与唯一供应商商定价格", "This method agrees with no single supplier")
    record = taking.session.scalar(select(OpeningRecord).where(OpeningRecord.lot_id == taking.lot.id))
    if record is None or record.closed_at is None:
        raise Refused("record_open", "开启记录尚未定稿", "The opening record is not final yet")
    bids = effective_bids(taking.session, taking.lot)
    if len(bids) != 1:
        raise Refused("no_response", "没有有效的响应文件", "No response stands")
    return bids[0]


def most(taking: Taking) -> Decimal | None:
    """What may be paid: the ceiling, else the approved budget (CG 36, D74 43)."""
    ceiling = taking.session.scalar(select(TenderTerms.ceiling).where(TenderTerms.lot_id == taking.lot.id))
    return ceiling if ceiling is not None else taking.lot.budget


@effect(Step.AGREE_PRICE)
def agree_price(taking: Taking) -> None:
    """The owner writes down who talked, on what basis, and the price; the supplier confirms it (D74 41, 42)."""
    bid, price = only_response(taking), taking.data["price"]
    limit = most(taking)
    if limit is not None and price > limit:
        raise InvalidInput.of("price", "商定价格超过采购预算或者最高限价", "It is above the budget or the ceiling")
    if bid.total is not None and price > bid.total:
        raise InvalidInput.of("price", "商定价格不应高于供应商的报价", "It is above the supplier's own offer")
    earlier = agreement_of(taking.session, taking.lot)
    if earlier is not None:
        taking.session.delete(earlier)
        taking.session.flush()
    taking.session.add(
        PriceAgreement(
            lot_id=taking.lot.id, organization_id=bid.organization_id, price=price, people=taking.data["people"],
            basis=taking.data["basis"], recorded_at=taking.now, recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record("evaluation.price_agreed", {"price": str(price), "envelope": bid.envelope})
    taking.tell(
        ("请确认商定的价格", f"“{taking.lot.name}”商定价格的记录已形成，请登录核对并确认。"),
        ("Confirm the price", f"Please confirm the price agreed for “{taking.lot.name}”."),
        organizations=[bid.organization_id],
    )


@effect(Step.CONFIRM_PRICE)
def confirm_price(taking: Taking) -> None:
    """The supplier confirms: the price stands, the result goes to the owner."""
    bid, agreed = only_response(taking), agreement_of(taking.session, taking.lot)
    if agreed is None or bid.organization_id != taking.organization_id:
        raise Refused("nothing_agreed", "没有待确认的商定价格", "There is no price to confirm")
    agreed.confirmed_at, agreed.confirmed_by_id = taking.now, taking.actor_id
    bid.first_total, bid.total, bid.rank = bid.total, agreed.price, 1
    bid.evaluated_price = agreed.price
    terms = taking.session.scalar(select(TenderTerms).where(TenderTerms.lot_id == taking.lot.id))
    method = terms.evaluation_method if terms else EvaluationMethod.LOWEST_EVALUATED_PRICE
    line = {
        "bid": bid.id, "envelope": bid.envelope, "rank": 1, "price": str(agreed.price),
        "evaluated_price": str(agreed.price), "score": None, "parts": [],
    }  # fmt: skip
    taking.session.add(
        Evaluation(
            lot_id=taking.lot.id, drafted_at=taking.now, drafted_by_id=agreed.recorded_by_id, ranking=[line],
            candidates=[line], digest=bid.envelope, submitted_at=taking.now,
        )
    )  # fmt: skip
    taking.lot.evaluated_at = taking.now
    start_choice_clock(taking)
    taking.record("evaluation.submitted", {"method": method.value if method else "", "candidates": [bid.envelope]})
