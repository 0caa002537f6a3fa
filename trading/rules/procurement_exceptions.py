"""Questions about exceptions in government procurement 政府采购例外方式 (R05.C3–C5); ids are given there."""

from __future__ import annotations

from decimal import Decimal

from trading.codelists import Method
from trading.rules.applies import only, unless_refused
from trading.rules.asking import Term, all_so, nothing_in
from trading.rules.case import Case
from trading.rules.procurement_conditions import PROCUREMENT, above_threshold, chosen_method
from trading.rules.rule import Finding, Missing, failed, known, not_applicable, passed
from trading.rules.wording import at_most_yuan
from trading.values import NotInForce


@only(*PROCUREMENT)
@unless_refused
def single_source_was_noticed(case: Case) -> Finding:
    """The notice is whole and stood five working days before the request; objections are reasoned upon after it."""
    if chosen_method(case) is not Method.SINGLE_SOURCE:
        return not_applicable("不是单一来源", "no single source")
    if not above_threshold(case):
        return not_applicable("未达公开招标数额标准", "below the open-tender threshold")
    asked = case.single_source
    if not known(asked.sole_supplier, "是否只能从唯一供应商处采购", "whether there is one supplier only"):
        return not_applicable("不属于唯一供应商情形", "not the ground of a sole supplier")
    whole = nothing_in(asked.notice_missing, "公示内容齐全", "the notice is complete")
    if asked.notice_missing:
        return whole
    begun = known(asked.notice_from, "公示开始日期", "when the notice began")
    until = known(asked.notice_until, "公示期满日期", "when the notice ended")
    requested = known(asked.requested_on, "报批日期", "when the approval was requested")
    least, shown = case.values["gpn_single_source_notice_wd"], case.calendar.working_days_between(begun, until)
    expected = (f"公示{least}个工作日，期满后报批", f"{least} working days, then the request")
    told = (f"公示{shown}个工作日至{until}，{requested}报批", f"{shown} working days to {until}, requested {requested}")
    if shown < least or requested <= until:
        return failed(expected[0], told[0], expected[1], told[1])
    if not known(asked.objected, "公示期间是否有异议", "whether anybody objected"):
        return passed(expected[0], told[0], expected[1], told[1])
    term = Term(until, case.values["gp_reasoning_wd"], "补充论证", "further reasoning", working=True)
    return term.kept(case, asked.reasoned_on)


def emergency_share(case: Case) -> Decimal:
    """The share of the contract up to which an emergency may be decided; nought before there was one."""
    try:
        return Decimal(case.values["gp_addition_emergency_max"])
    except NotInForce:
        return Decimal(0)


@only(*PROCUREMENT)
@unless_refused
def addition_stays_small(case: Case) -> Finding:
    """All that is added against the original contract; in an emergency beyond the limit a person decides."""
    if chosen_method(case) is not Method.SINGLE_SOURCE:
        return not_applicable("不是单一来源", "no single source")
    asked = case.single_source
    if not known(asked.from_original, "是否向原供应商添购", "whether it is added to a contract"):
        return not_applicable("不是向原供应商添购", "nothing is added to a contract")
    contract = known(asked.original_contract, "原合同金额", "the amount of the original contract")
    added, most = known(asked.added, "添购总额", "the total added"), contract * Decimal(case.values["gp_addition_max"])
    if added > most and asked.emergency and added <= contract * emergency_share(case):
        raise Missing("紧急采购由有权机关个案认定", "the decision of the competent body on the emergency")
    return at_most_yuan(added, most)


@only(*PROCUREMENT)
@unless_refused
def change_after_failure_is_founded(case: Case) -> Finding:
    """Approval, a statement on the documents, the proof of the notice and word of the challenges."""
    tender = case.failed_tender
    if not known(tender.changes_after_failure, "是否废标后变更方式", "whether the method changes after a failure"):
        return not_applicable("不是废标后变更采购方式", "no change of method after a failed tender")
    stated, experts = tender.committee_statement, tender.experts_stating
    if not stated and experts is not None:
        stated = experts >= case.values["gp_stating_experts_min"]
    return all_so(
        (case.method.approved, "财政部门批准", "approved by the finance department"),
        (stated, "评标委员会或者三名以上专家意见", "a statement of the committee or of three experts"),
        (tender.notice_proved, "公告证明", "proof of the notice"),
        (tender.challenges_told, "质疑情况说明", "word of the challenges"),
    )
