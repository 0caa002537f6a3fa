"""Payments under the contract 付款登记: what was delivered when, and when it was paid."""

from __future__ import annotations

from trading.errors import InvalidInput
from trading.models import Payment
from trading.phases.follow_up.contracting import drafted
from trading.steps import Step
from trading.workflow.taking import Taking, effect


@effect(Step.RECORD_PAYMENT)
def record_payment(taking: Taking) -> None:
    """The owner records a payment that was made."""
    contract, data = drafted(taking), taking.data
    if data["paid_on"] > taking.today:
        raise InvalidInput.of("paid_on", "付款日期不能晚于今天", "The day of payment may not lie in the future")
    taking.session.add(
        Payment(
            lot_id=taking.lot.id, amount=data["amount"], delivered_on=data["delivered_on"], paid_on=data["paid_on"],
            remark=data["remark"] or "", recorded_at=taking.now, recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record("contract.paid", {"number": contract.number, "amount": str(data["amount"])})
