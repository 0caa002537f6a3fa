"""Acceptance 竣工验收 and the evaluation of the performance 履约评价, which enters the credit record."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from trading.codelists import DocumentKind
from trading.errors import InvalidInput, Refused
from trading.models import Acceptance, CreditRecord, Performance
from trading.phases.follow_up.contracting import drafted
from trading.steps import Step
from trading.workflow.papers import keep_files
from trading.workflow.taking import Taking, effect

SCORES = {"quality": "质量", "schedule": "进度", "safety": "安全", "payment_of_workers": "工资支付"}


def check_dates(taking: Taking, signed_on: date | None) -> None:
    """Accepted after signing and not in the future; filed not before it was accepted.

    Raises:
        InvalidInput: naming the date that cannot be.
    """
    accepted, filed = taking.data["accepted_on"], taking.data["filed_on"]
    if accepted > taking.today:
        raise InvalidInput.of("accepted_on", "验收日期不能晚于今天", "The day of acceptance may not lie in the future")
    if signed_on is not None and accepted < signed_on:
        raise InvalidInput.of(
            "accepted_on", "验收日期不能早于合同签订日", "The acceptance may not lie before the contract was signed"
        )
    if filed is not None and not accepted <= filed <= taking.today:
        raise InvalidInput.of(
            "filed_on", "备案日期应在验收日期与今天之间", "The day of filing lies between the acceptance and today"
        )


@effect(Step.ACCEPT_WORKS)
def accept_works(taking: Taking) -> None:
    """The owner records that the works were accepted, and at what price they were settled."""
    contract, data = drafted(taking), taking.data
    if contract.filed_at is None:
        raise Refused("not_filed", "合同尚未公开并备案，请先办理", "The contract is not filed yet: file it first")
    if not data["qualified"]:
        raise InvalidInput.of(
            "qualified", "验收不合格的，整改后重新组织验收", "Works that failed are put right and inspected again"
        )
    check_dates(taking, contract.signed_on)
    keep_files(taking, DocumentKind.ACCEPTANCE, data["document"])
    taking.session.add(
        Acceptance(
            lot_id=taking.lot.id, accepted_on=data["accepted_on"], filed_on=data["filed_on"], result=data["result"],
            settlement=data["settlement"], participants=data["participants"], recorded_at=taking.now,
            recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    taking.lot.performed_at = taking.now
    taking.record("contract.accepted", {"accepted_on": str(data["accepted_on"]), "settlement": str(data["settlement"])})


@effect(Step.RATE_PERFORMANCE)
def rate_performance(taking: Taking) -> None:
    """The owner rates the performance once; the mean enters the winner's credit record and bars nobody."""
    contract, lot, data = drafted(taking), taking.lot, taking.data
    if taking.session.scalar(select(Performance.id).where(Performance.lot_id == lot.id)) is not None:
        raise Refused("rated", "履约评价已经作出", "The performance is rated already")
    marks = {name: data[name] for name in SCORES}
    taking.session.add(
        Performance(
            lot_id=lot.id, organization_id=contract.organization_id, remarks=data["remarks"], evaluated_at=taking.now,
            evaluated_by_id=taking.actor_id, **marks,
        )
    )  # fmt: skip
    score = (Decimal(sum(marks.values())) / len(marks)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    listed = "、".join(f"{word}{data[name]}分" for name, word in SCORES.items())
    taking.session.add(
        CreditRecord(
            organization_id=contract.organization_id, lot_id=lot.id, act=f"“{lot.name}”履约评价：{listed}",
            basis=f"合同{contract.number}履约评价", organ=lot.project.owner.name, decided_on=taking.today, score=score,
            recorded_at=taking.now,
        )
    )  # fmt: skip
    taking.record("contract.rated", {**marks, "score": str(score)})
    taking.receipt["score"] = score
    taking.tell(
        ("履约评价结果", f"“{lot.name}”履约评价：{listed}，平均{score}分，已记入信用记录。{data['remarks']}"),
        ("Performance rated", f"Your performance of “{lot.name}” was rated {score}. {data['remarks']}"),
        organizations=[contract.organization_id],
    )
