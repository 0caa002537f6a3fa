"""The contract of a disposal 成交合同: its price and term are those of the deal; how and when the price is paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trading.errors import InvalidInput, Refused
from trading.models import Award, Contract, Delivery
from trading.phases.follow_up.contracting import contract_of
from trading.steps import Step
from trading.workflow.contract_record import contract_digest
from trading.workflow.sale_record import delivery_of, sale_of, term_days
from trading.workflow.taking import Taking, effect

TERMS = ("pay_by", "rest_secured", "interest_agreed", "to_business")


def check_terms(data: dict[str, Any], total: Decimal, a_year: bool) -> None:
    """What must be paid before delivery lies within the price; instalments say what secures them.

    Raises:
        InvalidInput: naming the field that cannot be so.
    """
    due = data["due_before"]
    if due is not None and due > total:
        raise InvalidInput.of("due_before", "不能超过合同总价", "More than the whole price")
    if due is not None and due < total and not a_year:
        raise InvalidInput.of("due_before", "只有按期付租的可以少于合同总价", "Only a rent may be less than the whole")
    if data["instalments"]:
        for name, zh, en in (
            ("rest_secured", "分期付款的，请说明其余价款是否有担保", "Say whether the rest is secured"),
            ("interest_agreed", "分期付款的，请说明是否约定利息", "Say whether interest is agreed"),
        ):
            if data[name] is None:
                raise InvalidInput.of(name, zh, en)


@effect(Step.DRAFT_SALE_CONTRACT)
def draft_sale_contract(taking: Taking) -> None:
    """Draft the contract at the price of the award; until it is signed the draft may be replaced."""
    session, lot, data = taking.session, taking.lot, taking.data
    award = session.scalar(select(Award).where(Award.lot_id == lot.id))
    if award is None:
        raise Refused("no_award", "尚未确认受让人", "The buyer is not fixed yet")
    check_terms(data, award.price, sale_of(session, lot).a_year)
    keep_delivery(taking, award)
    contract = contract_of(session, lot)
    if contract is None:
        contract = Contract(lot_id=lot.id)
        session.add(contract)
    contract.number, contract.price, contract.scope = data["number"], data["price"], data["scope"]
    contract.duration_days, contract.quality, contract.manager = term_days(sale_of(session, lot)), "", ""
    contract.performance_bond, contract.organization_id = data["performance_bond"], award.organization_id
    contract.drafted_at, contract.drafted_by_id = taking.now, taking.actor_id
    contract.digest = contract_digest(lot, contract)
    taking.record("contract.drafted", {"number": contract.number, "sha256": contract.digest})
    taking.receipt["sha256"] = contract.digest
    taking.tell(
        ("合同待签订", f"“{lot.name}”的成交合同（{contract.number}）已起草，请核对后签订。"),
        ("Contract to sign", f"The contract {contract.number} of “{lot.name}” is ready for your signature."),
        organizations=[contract.organization_id],
    )


def keep_delivery(taking: Taking, award: Award) -> Delivery:
    """Keep what the contract says of payment and delivery."""
    data, row = taking.data, delivery_of(taking.session, taking.lot)
    if row is None:
        row = Delivery(lot_id=taking.lot.id)
        taking.session.add(row)
    row.total = award.price
    row.due_before = award.price if data["due_before"] is None else data["due_before"]
    row.instalments = bool(data["instalments"])
    for name in TERMS:
        setattr(row, name, data[name])
    return row
