"""What follows the contract of a disposal 交割: the price comes in, the income is handed on, the object handed over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trading.codelists import DocumentKind, ProjectType, Receiver
from trading.errors import InvalidInput, Refused
from trading.models import Delivery, PriceReceipt, Remittance
from trading.money import grouped
from trading.phases.follow_up.contracting import drafted
from trading.steps import Step
from trading.workflow.papers import keep_files
from trading.workflow.sale_record import delivery_of, receipts_of, remittances_of
from trading.workflow.taking import Taking, effect

RECEIVERS: dict[ProjectType, Receiver] = {
    ProjectType.LAND: Receiver.TREASURY,
    ProjectType.ADMIN: Receiver.TREASURY,
    ProjectType.OTHER: Receiver.TREASURY,
    ProjectType.RURAL: Receiver.COLLECTIVE,
    ProjectType.SOE: Receiver.OWNER,
}
NOTHING = Decimal("0.00")


def delivery_due(taking: Taking) -> Delivery:
    """What the contract says of payment and delivery.

    Raises:
        Refused: there is no contract yet.
    """
    found = delivery_of(taking.session, taking.lot)
    if found is None:
        raise Refused("no_contract", "成交合同尚未起草", "The contract is not drafted yet")
    return found


def not_in_future(taking: Taking, field: str, day: date | None) -> None:
    """Stop a day that has not come.

    Raises:
        InvalidInput: naming the field.
    """
    if day is not None and day > taking.today:
        raise InvalidInput.of(field, "日期不能晚于今天", "The day may not lie in the future")


@effect(Step.RECEIVE_PRICE)
def receive_price(taking: Taking) -> None:
    """Record a part of the price that came in; never more than the price in all."""
    contract, data = drafted(taking), taking.data
    not_in_future(taking, "received_on", data["received_on"])
    so_far = sum((one.amount for one in receipts_of(taking.session, taking.lot)), NOTHING)
    left = contract.price - so_far
    if data["amount"] > left:
        raise InvalidInput.of(
            "amount", f"超过尚未付清的价款{grouped(left)}元", f"More than the {grouped(left)} yuan still owed"
        )
    taking.session.add(
        PriceReceipt(
            lot_id=taking.lot.id, amount=data["amount"], received_on=data["received_on"],
            from_deposit=data["from_deposit"], remark=data["remark"] or "", recorded_at=taking.now,
            recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record("contract.price_received", {"number": contract.number, "amount": str(data["amount"])})
    taking.receipt["left"] = left - data["amount"]


@effect(Step.REMIT_INCOME)
def remit_income(taking: Taking) -> None:
    """Record what was handed on to the treasury, the village or the owner; never more than came in (XZZC 25)."""
    contract, data, lot = drafted(taking), taking.data, taking.lot
    not_in_future(taking, "paid_on", data["paid_on"])
    came = sum((one.amount for one in receipts_of(taking.session, lot)), NOTHING)
    went = sum((one.amount for one in remittances_of(taking.session, lot)), NOTHING)
    if data["amount"] > came - went:
        raise InvalidInput.of(
            "amount", f"超过已收未缴的{grouped(came - went)}元", f"More than the {grouped(came - went)} yuan held"
        )
    receiver = RECEIVERS[lot.project.type]
    taking.session.add(
        Remittance(
            lot_id=lot.id, amount=data["amount"], paid_on=data["paid_on"], receiver=receiver,
            reference=data["reference"], recorded_at=taking.now, recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.record(
        "contract.income_remitted",
        {"number": contract.number, "amount": str(data["amount"]), "receiver": receiver.value},
    )


@effect(Step.HAND_OVER)
def hand_over(taking: Taking) -> None:
    """The object is delivered and registered: only after what was due before it is paid (R17.C16)."""
    contract, data, lot = drafted(taking), taking.data, taking.lot
    if contract.filed_at is None:
        raise Refused("not_filed", "合同尚未公开并备案，请先办理", "The contract is not filed yet: file it first")
    row = delivery_due(taking)
    days = (("delivered_on", data["delivered_on"]), ("registered_on", data["registered_on"]))
    for field, day in days:
        not_in_future(taking, field, day)
        paid = sum((one.amount for one in receipts_of(taking.session, lot) if one.received_on <= day), NOTHING)
        if paid < row.due_before:
            raise InvalidInput.of(
                field,
                f"至{day}仅付{grouped(paid)}元，交付、登记前应付清{grouped(row.due_before)}元",
                f"{grouped(paid)} yuan paid by {day}: {grouped(row.due_before)} yuan are due before",
            )
        if contract.signed_on is not None and day < contract.signed_on:
            raise InvalidInput.of(field, "不能早于合同签订日", "Not before the contract was signed")
    keep_files(taking, DocumentKind.ACCEPTANCE, data["document"])
    row.delivered_on, row.registered_on, row.registration = (
        data["delivered_on"], data["registered_on"], data["registration"],
    )  # fmt: skip
    row.filed_with_giver = data["filed_with_giver"]
    lot.performed_at = taking.now
    taking.record("contract.delivered", {"number": contract.number, "delivered_on": str(row.delivered_on)})
    taking.tell(
        ("标的已交付", f"“{lot.name}”已于{row.delivered_on}交付。"),
        ("Delivered", f"“{lot.name}” was handed over on {row.delivered_on}."),
        organizations=[contract.organization_id],
    )


@effect(Step.CHECK_USE)
def check_use(taking: Taking) -> None:
    """The owner looks whether the contract is kept and the use not changed; the newest look counts (CB 38)."""
    contract, data, row = drafted(taking), taking.data, delivery_due(taking)
    not_in_future(taking, "checked_on", data["checked_on"])
    row.use_kept, row.use_checked_on, row.remarks = data["use_kept"], data["checked_on"], data["remarks"]
    if data["filed_with_giver"] is not None:
        row.filed_with_giver = data["filed_with_giver"]
    taking.record("contract.use_checked", {"number": contract.number, "kept": row.use_kept})
