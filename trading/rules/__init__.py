"""The nineteen rules 十九项制度 in the order of the rulebook, and the two questions everyone asks of them."""

from __future__ import annotations

from collections.abc import Iterable

from trading.rules import (
    r01_entry_registration,
    r02_trading_conditions,
    r03_document_filing,
    r04_trading_method,
    r05_exceptions,
    r06_price_control,
    r07_notice,
    r08_clarification_objection,
    r09_deposit,
    r10_receipt_opening,
    r11_expert_draw,
    r12_evaluation,
    r13_competitive_bidding,
    r14_result_publicity,
    r15_result_confirmation,
    r16_failure_suspension,
    r17_contract_performance,
    r18_complaints_credit,
    r19_archive_statistics,
)
from trading.rules.assumed import judge_noting
from trading.rules.case import Case
from trading.rules.rule import Condition, Rule, Verdict
from trading.steps import Step

RULES: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (
        r01_entry_registration,
        r02_trading_conditions,
        r03_document_filing,
        r04_trading_method,
        r05_exceptions,
        r06_price_control,
        r07_notice,
        r08_clarification_objection,
        r09_deposit,
        r10_receipt_opening,
        r11_expert_draw,
        r12_evaluation,
        r13_competitive_bidding,
        r14_result_publicity,
        r15_result_confirmation,
        r16_failure_suspension,
        r17_contract_performance,
        r18_complaints_credit,
        r19_archive_statistics,
    )
)
CONDITIONS: dict[str, Condition] = {condition.id: condition for rule in RULES for condition in rule.conditions}
_GUARDS: dict[Step, tuple[Condition, ...]] = {
    step: tuple(condition for condition in CONDITIONS.values() if step in condition.steps) for step in Step
}


def guarding(step: Step) -> tuple[Condition, ...]:
    """The conditions that guard or observe ``step``, in the order of the rulebook."""
    return _GUARDS[step]


def judge(conditions: Iterable[Condition], case: Case) -> list[Verdict]:
    """Each condition's verdict on ``case``; what is not known makes a verdict unknown, and is named in it.

    Where facts of the case are assumed, each verdict names those that it looked at.
    """
    if case.assumed:
        return judge_noting(conditions, case)
    return [Verdict(condition, condition.ask(case)) for condition in conditions]


def blocking(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those verdicts that stand in the way."""
    return [verdict for verdict in verdicts if verdict.stands_in_the_way]
