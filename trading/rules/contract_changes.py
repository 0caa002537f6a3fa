"""Questions about changes of a works contract and its settlement 合同变更与结算 (R17.C9, C10); ids are given in R17."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from trading.codelists import Answer, ProjectType, Severity
from trading.rules.applies import only
from trading.rules.case import Case, ChangeFacts
from trading.rules.rule import Finding, failed, holds, known, not_applicable
from trading.rules.wording import percent, yuan_en, yuan_zh
from trading.steps import Step


def _beyond(case: Case) -> Iterator[tuple[ChangeFacts, str, str]]:
    """The changes that only the original approver may decide, each with its reason."""
    price = known(case.contract.price, "合同价", "the contract price")
    approved = known(case.project.estimate_total, "批准的概算总额", "the approved total")
    total = price
    for change in case.contract.changes:
        total += change.amount
        if change.touches_scope:
            yield change, "变更建设地点、规模或内容", "place, scale or content"
        elif total > approved:
            yield change, f"累计{yuan_zh(total)}超过概算{yuan_zh(approved)}", f"{yuan_en(total)} exceeds the total"


def changes_within_total(case: Case) -> Finding:
    """Contract and changes stay in the approved total; beyond it the original approver has decided.

    While one change is decided, others may still wait; at the acceptance none may.
    """
    if not case.contract.changes:
        known(case.contract.price, "合同价", "the contract price")
        return not_applicable("没有合同变更", "no change")
    deciding = case.step is Step.DECIDE_CHANGE
    open_ = [
        (zh, en)
        for change, zh, en in _beyond(case)
        if (change.approved_at is None and not deciding) or (change.approved_at is not None and not change.approver)
    ]
    return holds(
        not open_,
        "在概算内，或者原审批部门已批准",
        "；".join(zh for zh, _ in open_) or "已在概算内或已批准",
        "inside the total, or decided by the original approver",
        "; ".join(en for _, en in open_) or "inside the total or decided",
    )


@only(ProjectType.WORKS)
def changes_in_bounds(case: Case) -> Finding:
    """No statutory percentage for works: beyond the approved total the original approver comes first, and it blocks.

    Inside it the county warns from its amber share on and alarms from its red share on, both included.
    """
    if case.step is not Step.PROPOSE_CHANGE:
        within = changes_within_total(case)
        if within.answer is Answer.FAILED:
            return replace(within, severity=Severity.BLOCK)
        if within.answer is not Answer.PASSED or case.step is Step.ACCEPT_WORKS:
            return within
    share = _share(case)
    for name, severity in (("change_works_red", Severity.RED), ("change_works_amber", Severity.AMBER)):
        found = _below(share, case.values[name])
        if found.answer is Answer.FAILED:
            return replace(found, severity=severity)
    return found


def _share(case: Case) -> Decimal:
    """What the changes come to, as a share of the contract price."""
    price = known(case.contract.price, "合同价", "the contract price")
    return sum((change.amount for change in case.contract.changes), Decimal(0)) / price


def _below(share: Decimal, limit: Decimal) -> Finding:
    words, shown = percent(limit), f"{share:.2%}"
    return holds(share < limit, f"累计低于{words}", shown, f"below {words} in all", shown)


def settled_near_award(case: Case) -> Finding:
    """Low award, high settlement: red over the county's share; each change carries reason, approver and amount."""
    bare = sum(not (change.reason and change.approver) for change in case.contract.changes)
    if bare:
        return failed("逐项载明", f"{bare}项缺理由或审批人", "each complete", f"{bare} without reason or approver")
    if case.step is Step.DECIDE_CHANGE:
        return holds(True, "逐项载明", "逐项载明", "each complete", "each complete")
    settled = known(case.contract.settlement, "结算价", "the settlement")
    award = known(case.award.price, "中标价", "the award price")
    most, over = case.values["settlement_over_award_red"], (settled - award) / award
    return holds(over <= most, f"不超过{percent(most)}", f"{over:.2%}", f"at most {percent(most)}", f"{over:.2%}")
