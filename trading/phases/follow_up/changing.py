"""Contract changes 合同变更: proposed with reason and approver, decided by the authority, published."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trading.codelists import NoticeKind, Role
from trading.errors import NotFound, Refused
from trading.models import Contract, ContractChange, Lot
from trading.money import grouped
from trading.phases.follow_up.contracting import drafted
from trading.steps import Step
from trading.workflow.taking import Taking, effect
from trading.workflow.who import refuse_same_person


def changes_of(session: Session, lot: Lot) -> list[ContractChange]:
    """All changes of the lot's contract, in order."""
    query = select(ContractChange).where(ContractChange.lot_id == lot.id).order_by(ContractChange.number)
    return list(session.scalars(query))


def cumulated(session: Session, lot: Lot) -> Decimal:
    """What the approved changes come to."""
    return sum((one.amount for one in changes_of(session, lot) if one.approved), Decimal("0.00"))


@effect(Step.PROPOSE_CHANGE)
def propose_change(taking: Taking) -> None:
    """The owner proposes a change: reason, amount up or down, whether it touches the scope, who approves."""
    drafted(taking)
    lot = taking.lot
    last = taking.session.scalar(select(func.max(ContractChange.number)).where(ContractChange.lot_id == lot.id))
    change = ContractChange(
        lot_id=lot.id, number=(last or 0) + 1, proposed_at=taking.now, proposed_by_id=taking.actor_id, **taking.data
    )
    taking.session.add(change)
    taking.session.flush()
    taking.record("contract.change_proposed", {"number": change.number, "amount": str(change.amount)})
    taking.receipt.update(number=change.number, change=change.id)
    taking.tell_role(
        Role.AUTHORITY,
        ("合同变更待审批", f"“{lot.name}”第{change.number}号合同变更（{grouped(change.amount)}元）待审批。"),
        (
            "Contract change to decide",
            f"Change {change.number} of “{lot.name}” ({grouped(change.amount)} yuan) awaits your decision.",
        ),
    )


@effect(Step.DECIDE_CHANGE)
def decide_change(taking: Taking) -> None:
    """The authority approves or refuses; an approved change is published with the sum of all."""
    change = taking.session.get(ContractChange, taking.subject)
    if change is None or change.lot_id != taking.lot.id:
        raise NotFound("没有这项变更", "There is no such change")
    if change.approved is not None:
        raise Refused("decided", "这项变更已经审批", "This change is decided already")
    refuse_same_person(taking.session, taking.actor, [change.proposed_by_id])
    change.approved, change.approved_at, change.approved_by_id = taking.data["approved"], taking.now, taking.actor_id
    word = "同意" if change.approved else "不同意"
    taking.record(
        "contract.change_decided",
        {"number": change.number, "approved": change.approved, "opinion": taking.data["opinion"] or ""},
    )
    contract = drafted(taking)
    if change.approved:
        publish_change(taking, contract, change)
    lot = taking.lot
    taking.tell(
        ("合同变更审批结果", f"“{lot.name}”第{change.number}号合同变更：{word}。{taking.data['opinion'] or ''}"),
        (
            "Contract change decided",
            f"Change {change.number} of “{lot.name}”: {'approved' if change.approved else 'refused'}. "
            f"{taking.data['opinion'] or ''}",
        ),
        organizations=[lot.project.owner_id, contract.organization_id],
    )


def publish_change(taking: Taking, contract: Contract, change: ContractChange) -> None:
    """Publish an approved change: amount, reason, approver, and what all come to."""
    lot = taking.lot
    taking.session.flush()
    total = cumulated(taking.session, lot)
    share = (total * 100 / contract.price).quantize(Decimal("0.01"))
    text = "\n".join(
        (
            f"{lot.name}（标段编号：{lot.code}）合同（{contract.number}）变更信息公开如下。",
            f"一、变更序号：{change.number}；变更金额：{grouped(change.amount)}元",
            f"二、变更理由：{change.reason}",
            f"三、审批单位：{change.approver}",
            f"四、累计变更：{grouped(total)}元，占合同价的{share}%",
        )
    )
    facts = {
        "number": change.number,
        "amount": str(change.amount),
        "reason": change.reason,
        "approver": change.approver,
        "total": str(total),
        "share": str(share),
    }
    taking.publish(NoticeKind.CHANGE, f"{lot.name}合同变更公告", text, facts)
    taking.receipt.update(total=total, share=f"{share}%")
