"""Facts of the end of a government procurement 采购结果案情: result, challenges, failure; ``None`` = not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trading.codelists import Code, FinanceLevel, Method


class ProcurementEnding(Code):
    """The only grounds on which a procurement ends without a winner (CG 36; D74 37, 43, 50)."""

    FEW_SUPPLIERS = "few_suppliers", "符合条件或者实质性响应的供应商不足三家", "Fewer than three suppliers"
    ILLEGALITY = "illegality", "出现影响采购公正的违法违规行为", "Illegality that touches fairness"
    OVER_BUDGET = "over_budget", "报价均超过采购预算，采购人不能支付", "All offers above the budget"
    TASK_CANCELLED = "task_cancelled", "因重大变故采购任务取消", "The task was cancelled"
    METHOD_GROUND_GONE = "method_ground_gone", "不再符合所用采购方式的适用情形", "The ground of the method is gone"
    SINGLE_OVER_BUDGET = "single_over_budget", "单一来源报价超过采购预算", "The single source's offer above the budget"


@dataclass(frozen=True)
class ResultChallengeFacts:
    """A challenge 质疑 to the result."""

    raised_on: date
    answered_on: date | None = None
    may_affect_result: bool | None = None
    signing_suspended: bool | None = None
    result_changed: bool | None = None
    reported_to_finance: bool | None = None


@dataclass(frozen=True)
class PurchaseResultFacts:
    """The result of a procurement: report, choice, notice; ``notice_until`` is the last day of the notice.

    ``chosen_by_silence``: the owner did not answer, and so the first candidate (the lowest final offer) counts.
    """

    evaluated_on: date | None = None
    report_sent_on: date | None = None
    fixed_on: date | None = None
    chosen_by_silence: bool | None = None
    notice_on: date | None = None
    notice_until: date | None = None
    documents_with_notice: bool | None = None
    missing_contents: tuple[str, ...] | None = None
    experts_named: bool | None = None
    unqualified_told: bool | None = None
    losers_told: bool | None = None
    challenges: tuple[ResultChallengeFacts, ...] | None = None


@dataclass(frozen=True)
class ProcurementEndFacts:
    """A procurement that ended without a winner, and what came next; ``goes_on_with``: the suppliers that were left."""

    ended: bool | None = None
    ground: ProcurementEnding | None = None
    reasons_told: bool | None = None
    next_method: Method | None = None
    change_approved: bool | None = None
    goes_on_with: int | None = None
    approved_by: FinanceLevel | None = None
