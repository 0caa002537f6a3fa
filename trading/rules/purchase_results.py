"""Questions about the result, the end and the contract of a procurement 采购结果条件 (R14.C6–C8, R16.C3–C4, R17)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trading.beijing import law_date
from trading.codelists import Answer, FinanceLevel, ProjectType
from trading.rules.applies import only
from trading.rules.asking import Term, all_kept, all_so, is_so, nothing_to_judge
from trading.rules.case import Case
from trading.rules.purchase_result_facts import ResultChallengeFacts
from trading.rules.rule import Due, Finding, failed, holds, known, not_applicable, passed, unknown
from trading.rules.wording import percent, together

PURCHASES = (ProjectType.GP, ProjectType.GPN)
LEFT_TWO = 2


def _report(case: Case) -> Term:
    day = known(case.purchase_result.evaluated_on, "评审结束日", "the end of the evaluation")
    return Term(day, case.values["gp_report_to_buyer_wd"], "送交评审报告", "send the report to the purchaser", True)


def _choice(case: Case) -> Term:
    day = known(case.purchase_result.report_sent_on, "评审报告送交日", "when the report was sent")
    return Term(day, case.values["gp_pick_winner_wd"], "确定中标（成交）供应商", "fix the winner", True)


def _notice(case: Case) -> Term:
    day = known(case.purchase_result.fixed_on, "确定供应商日", "when the winner was fixed")
    return Term(day, case.values["gp_result_notice_wd"], "公告结果", "publish the result", True)


def next_of_result(case: Case) -> Due | None:
    """What is due next on the way to the result: the report, the choice or the notice."""
    result = case.purchase_result
    if result.notice_on is not None:
        return None
    if result.fixed_on is not None:
        return _notice(case).due(case, "采购人或代理机构", "the purchaser or agency")
    if result.report_sent_on is not None:
        return _choice(case).due(case, "采购人", "the purchaser")
    return _report(case).due(case, "采购代理机构", "the agency")


def _notice_lasts(case: Case) -> Finding:
    least = case.values["gp_result_public_wd"]
    begun = known(case.purchase_result.notice_on, "结果公告日", "the day of the result notice")
    until = known(case.purchase_result.notice_until, "结果公告期限", "the last day of the result notice")
    last = case.calendar.end_of_working_days(begun, least)
    return holds(until >= last, f"公告至{last}", f"至{until}", f"published until {last}", f"until {until}")


@only(*PURCHASES)
def result_told_in_time(case: Case) -> Finding:
    """Report two, choice five, notice two working days, with the documents; a tender's notice stands a working day.

    A purchaser who is silent over his days chose the first candidate (the lowest final offer): that is no breach.
    """
    result = case.purchase_result
    terms = [(_report(case), result.report_sent_on)]
    if result.report_sent_on is not None and not result.chosen_by_silence:
        terms.append((_choice(case), result.fixed_on))
    if result.fixed_on is not None:
        terms.append((_notice(case), result.notice_on))
    in_time = all_kept(case, *terms)
    if in_time.answer is Answer.FAILED:
        return in_time
    known(result.notice_on, "结果公告日", "the day of the result notice")
    parts = [in_time]
    parts.append(
        is_so(
            result.documents_with_notice, "采购文件随结果公告", "documents with the notice",
            "采购文件未随结果公告", "documents not with the notice",
        )
    )  # fmt: skip
    if known(case.project.type, "项目类型", "the project type") is ProjectType.GP:
        parts.append(_notice_lasts(case))
    return together(*parts)


@only(*PURCHASES)
def result_notice_complete(case: Case) -> Finding:
    """Contents with the experts' names; the unqualified are told why, the losers their own score and rank."""
    result = case.purchase_result
    missing = known(result.missing_contents, "结果公告内容", "the contents of the result notice")
    if missing:
        return failed("公告内容齐全", "、".join(missing), "all contents there", ", ".join(missing))
    return all_so(
        (result.experts_named, "公告评审专家名单", "the experts are named"),
        (result.unqualified_told, "告知资格审查未通过的原因", "the unqualified are told why"),
        (result.losers_told, "告知未中标人本人得分与排序", "losers are told their own score and rank"),
    )


def _in_time(case: Case) -> Iterator[ResultChallengeFacts]:
    challenges = known(case.purchase_result.challenges, "对结果的质疑", "the challenges to the result")
    if challenges:
        ended = known(case.purchase_result.notice_until, "结果公告期限", "the last day of the result notice")
        last = case.calendar.end_of_working_days(ended, case.values["gp_challenge_wd"])
        yield from (one for one in challenges if one.raised_on <= last)


def _challenge_answer(case: Case, one: ResultChallengeFacts) -> Term:
    return Term(one.raised_on, case.values["gp_challenge_answer_wd"], "答复质疑", "answer the challenge", True)


def next_result_answer(case: Case) -> Due | None:
    """The challenge to the result that must be answered next."""
    waiting = [one for one in _in_time(case) if one.answered_on is None]
    if not waiting:
        return None
    return _challenge_answer(case, min(waiting, key=lambda one: one.raised_on)).due(case, "采购人", "the purchaser")


def _challenge_handled(case: Case, one: ResultChallengeFacts) -> Finding:
    parts = []
    if known(one.may_affect_result, "质疑是否可能影响结果", "whether the challenge may affect the result"):
        parts.append(
            is_so(one.signing_suspended, "暂停签约", "signing suspended", "未暂停签约", "signing not suspended")
        )
    parts.append(_challenge_answer(case, one).kept(case, one.answered_on))
    if known(one.result_changed, "是否改变结果", "whether it changed the result"):
        parts.append(
            is_so(
                one.reported_to_finance, "改变结果已报财政部门", "the change is reported to finance",
                "改变结果未报财政部门", "the change is not reported to finance",
            )
        )  # fmt: skip
    return together(*parts)


@only(*PURCHASES)
def result_challenges_answered(case: Case) -> Finding:
    """Challenges within seven working days of the notice's end are answered in seven; the result may wait on them."""
    found = list(_in_time(case))
    if not found:
        return nothing_to_judge("期限内没有对结果的质疑", "no challenge to the result in time")
    return together(*(_challenge_handled(case, one) for one in found))


@only(*PURCHASES)
def ended_on_listed_ground(case: Case) -> Finding:
    """A listed ground, the suppliers told why; then the same method again, or another with approval."""
    end = case.procurement_end
    if not known(end.ended, "采购活动是否废标、终止", "whether the procurement ended without a winner"):
        return not_applicable("未废标、未终止", "not ended without a winner")
    ground = known(end.ground, "废标（终止）事由", "the ground of the end")
    parts = [
        passed(f"事由：{ground.zh}", f"事由：{ground.zh}", f"ground: {ground.en}", f"ground: {ground.en}"),
        is_so(end.reasons_told, "事由已告知供应商", "suppliers told why", "未告知事由", "suppliers not told why"),
    ]
    now, after = known(case.method.chosen, "交易方式", "the method"), end.next_method
    if after is not None and after is not now:
        parts.append(
            is_so(
                end.change_approved, "变更采购方式已获批准", "the other method is approved",
                "变更采购方式未获批准", "the other method is not approved",
            )
        )  # fmt: skip
    return together(*parts)


@only(*PURCHASES)
def two_go_on_with_leave(case: Case) -> Finding:
    """With exactly two left the purchaser may negotiate with leave of finance; a county's leave alone decides nothing.

    The law names the finance department of the same level in one place and that of the prefecture in another.
    """
    left = case.procurement_end.goes_on_with
    if left is None and not known(case.procurement_end.ended, "是否只剩两家", "whether only two were left"):
        return not_applicable("未因供应商不足而变更", "not short of suppliers")
    if known(left, "继续参加的供应商数", "how many suppliers go on") != LEFT_TWO:
        return not_applicable(f"继续参加的供应商{left}家", f"{left} suppliers go on")
    level = known(case.procurement_end.approved_by, "财政部门批准", "the approval of finance")
    if level is FinanceLevel.COUNTY:
        return unknown(
            "自治州财政部门的批准（本级批准是否足够待核实）", "the prefecture's approval (a county's alone is moot)"
        )
    return holds(level is FinanceLevel.PREFECTURE, "财政部门批准", level.zh, "approved by finance", level.en)


def _publishing(case: Case) -> Term:
    signed = known(case.contract.signed_on, "合同签订日", "the day of signing")
    return Term(signed, case.values["gp_contract_publish_wd"], "公告合同", "publish the contract", True)


def _filing(case: Case) -> Term:
    signed = known(case.contract.signed_on, "合同签订日", "the day of signing")
    return Term(signed, case.values["gp_contract_file_wd"], "合同副本报财政部门备案", "file the contract", True)


def next_of_contract(case: Case) -> Due | None:
    """What is due next after the signing: publication, then the copy to finance."""
    if case.project.type not in PURCHASES:
        return None
    if case.contract.published_on is None:
        return _publishing(case).due(case, "采购人", "the purchaser")
    if case.contract.filed_at is None:
        return _filing(case).due(case, "采购人", "the purchaser")
    return None


@only(*PURCHASES)
def contract_told(case: Case) -> Finding:
    """Published within two working days of the signing, a copy filed with finance within seven."""
    filed = case.contract.filed_at
    return all_kept(
        case,
        (_publishing(case), case.contract.published_on),
        (_filing(case), None if filed is None else law_date(filed)),
    )


@only(*PURCHASES)
def supplements_bounded(case: Case) -> Finding:
    """All supplements at most a tenth of the original amount, of the same object, its other terms unchanged."""
    changes = case.contract.changes
    price = known(case.contract.price, "合同价", "the contract price")
    if not changes:
        return not_applicable("没有补充合同", "no supplement")
    if any(one.touches_scope for one in changes):
        return failed("追加与合同标的相同的货物或者服务", "标的不同", "the same object", "another object")
    most, share = case.values["gp_supplement_max"], sum((one.amount for one in changes), Decimal(0)) / price
    if share > most:
        return failed(f"累计不超过{percent(most)}", f"{share:.2%}", f"at most {percent(most)} in all", f"{share:.2%}")
    return together(
        passed(f"累计不超过{percent(most)}", f"{share:.2%}", f"at most {percent(most)} in all", f"{share:.2%}"),
        all_so(*((one.terms_unchanged, "其他条款不变", "other terms unchanged") for one in changes)),
    )
