"""Compliance record 合规记录 and the fixing of the winner 确定中标人: the owner decides, the supervisor records."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from trading.codelists import Answer, Status
from trading.errors import InvalidInput, Refused, WrongStatus
from trading.methods.profile import Publicity
from trading.methods.profiles import PROFILES
from trading.models import Award, Bid, ComplianceRecord, TenderTerms
from trading.phases.result_confirmation.deal_confirming import confirm_deal
from trading.phases.result_confirmation.limits import first_within
from trading.rules import CONDITIONS, judge
from trading.rules.r15_result_confirmation import SkipGround
from trading.rules.rule import Verdict
from trading.savings import premium
from trading.steps import Step
from trading.workflow.facts import RecordCase
from trading.workflow.record_facts import candidates_of
from trading.workflow.sale_record import competes, sale_of, total_of
from trading.workflow.taking import Taking, effect

NOTHING = Decimal(0)


def kept(verdict: Verdict) -> dict[str, object]:
    """One verdict as the compliance record keeps it."""
    finding, condition = verdict.finding, verdict.condition
    return {
        "id": condition.id,
        "severity": verdict.severity.value,
        "answer": verdict.answer.value,
        "title_zh": condition.zh,
        "title_en": condition.en,
        "expected": finding.expected,
        "actual": finding.actual,
        "expected_en": finding.expected_en,
        "actual_en": finding.actual_en,
        "sources": [{"text": source.text, "mark": source.mark.value} for source in condition.sources],
        "assumed": list(verdict.assumed),
    }


@effect(Step.RECORD_COMPLIANCE)
def record_compliance(taking: Taking) -> None:
    """Every condition is judged now and kept; it approves nobody, and its absence stops nobody (R15.C12)."""
    refuse_before_publicity(taking)
    session, lot = taking.session, taking.lot
    if session.scalar(select(ComplianceRecord.id).where(ComplianceRecord.lot_id == lot.id)) is not None:
        raise Refused("recorded", "合规记录已经出具", "The compliance record is there already")
    verdicts = judge(CONDITIONS.values(), RecordCase(session, lot, taking.now, taking.tools))
    session.add(
        ComplianceRecord(
            lot_id=lot.id, verdicts=[kept(verdict) for verdict in verdicts], remarks=taking.data["remarks"] or "",
            recorded_at=taking.now, recorded_by_id=taking.actor_id,
        )
    )  # fmt: skip
    counts = {answer.value: sum(verdict.answer is answer for verdict in verdicts) for answer in Answer}
    taking.record("approval.compliance_recorded", counts)
    taking.receipt.update(counts)
    failed = counts[Answer.FAILED.value]
    taking.tell(
        ("合规记录已出具", f"监管机构已对“{lot.name}”出具合规记录：不符合 {failed} 项。合规记录不是对中标人的批准。"),
        (
            "Compliance recorded",
            f"The supervisor recorded the compliance of “{lot.name}”: {failed} failed. It approves no winner.",
        ),
        organizations=[lot.project.owner_id],
    )


def control_base(taking: Taking) -> tuple[Decimal, str]:
    """The base of savings or premium, fixed before the opening: ceiling, else budget; of a disposal its start (7.1).

    Raises:
        Refused: neither was fixed.
    """
    if not taking.lot.project.type.is_purchase:
        sale = sale_of(taking.session, taking.lot)
        return total_of(sale, sale.starting_price), "starting_price"
    ceiling = taking.session.scalar(select(TenderTerms.ceiling).where(TenderTerms.lot_id == taking.lot.id))
    if ceiling is not None:
        return ceiling, "ceiling"
    if taking.lot.budget is not None:
        return taking.lot.budget, "budget"
    raise Refused("no_base", "既无最高投标限价也无批准预算，不能计算节资额", "No ceiling and no budget: no base")


def chosen_bid(taking: Taking, rank: int) -> Bid:
    """The candidate of this rank.

    Raises:
        InvalidInput: there is none.
    """
    for bid in candidates_of(taking.session, taking.lot):
        if bid.rank == rank:
            return bid
    raise InvalidInput.of("rank", "没有该名次的中标候选人", "There is no candidate of this rank")


def reason_of(taking: Taking, rank: int) -> str:
    """Why another than the first is chosen: a ground of the closed list, and what shows it.

    Raises:
        InvalidInput: a ground with nothing that shows it, or a ground for choosing the first.
    """
    ground, explanation = taking.data["ground"], taking.data["explanation"]
    if rank == 1:
        if ground is not None:
            raise InvalidInput.of("ground", "确定第一名的，不填写事由", "The first needs no ground")
        return ""
    if ground is None or ground is SkipGround.LOT_LIMIT:
        raise InvalidInput.of(
            "ground", "确定其他候选人的，必须选择法定事由", "Choose the statutory ground for passing over the first"
        )
    if not explanation:
        raise InvalidInput.of("explanation", "请说明事由及证明材料", "Say what shows the ground")
    return f"{ground.value}：{explanation}"


def refuse_before_publicity(taking: Taking) -> None:
    """Stop whoever would go on before the candidates were publicized, where the type has that.

    Raises:
        WrongStatus: they were not.
    """
    lot = taking.lot
    if PROFILES[lot.project.type].publicity is not Publicity.NONE and lot.status is Status.EVALUATED:
        raise WrongStatus("应当先公示中标候选人", "The candidates are publicized first")


@effect(Step.CONFIRM)
def confirm(taking: Taking) -> None:
    """The owner fixes the winner, or the buyer of a deal; price, base and savings are frozen with it."""
    if competes(taking.lot):
        confirm_deal(taking)
        return
    refuse_before_publicity(taking)
    first, limited = first_within(taking.session, taking.lot, candidates_of(taking.session, taking.lot))
    rank = int(taking.data["rank"] or first)
    if rank < first:
        raise Refused("limit_reached", limited.partition("：")[2], "That candidate has won as many lots as one may")
    bid, reason = chosen_bid(taking, rank), limited if rank == first and limited else reason_of(taking, rank)
    if bid.total is None:
        raise Refused("no_total", "该投标没有总报价，不能确定中标价", "The bid has no total")
    base, base_kind = control_base(taking)
    if base_kind == "budget" and bid.total > base:
        raise Refused("above_budget", "中标价超过批准的预算", "The price is above the approved budget")
    buys = taking.lot.project.type.is_purchase
    saved, earned = (base - bid.total, None) if buys else (NOTHING, premium(base, bid.total))
    taking.session.add(
        Award(
            lot_id=taking.lot.id, organization_id=bid.organization_id, bid_id=bid.id, rank=rank, reason=reason,
            price=bid.total, base=base, base_kind=base_kind, saved=saved, premium=earned,
            project_type=taking.lot.project.type,
            confirmed_at=taking.now, by_silence=taking.actor is None,
        )
    )  # fmt: skip
    taking.lot.confirmed_at = taking.now
    taking.record(
        "approval.winner_fixed",
        {"rank": rank, "price": str(bid.total), "base": str(base), "base_kind": base_kind}
        | ({"saved": str(saved)} if earned is None else {"premium": str(earned)}),
    )
    taking.receipt.update(winner=bid.organization.name, price=bid.total)
    taking.receipt.update({"saved": saved} if earned is None else {"premium": earned})
