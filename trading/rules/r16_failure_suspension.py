"""R16 流标、中止、终止与重新交易制度: what stops has a statutory ground, notice to all, and money back."""

from __future__ import annotations

from trading.codelists import FailureGround, Mark, Method, Phase, ProjectType, Status, TerminationGround
from trading.rules import purchase_results, sale_closing
from trading.rules.applies import only
from trading.rules.asking import COUNTY, is_so
from trading.rules.case import Case
from trading.rules.procurement_conditions import COMPETING
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import percent
from trading.steps import Step

ZTB, ZTBT, D30 = "招标投标法", "招标投标法实施条例", "工程建设项目施工招标投标办法"
TWICE = 2

RULE = Rule(
    "R16",
    "流标、中止、终止与重新交易制度",
    "Failure, suspension, termination, retender",
    Phase.RESULT_CONFIRMATION,
    "流标、中止、终止均有所列法定事由，通知各方，退还款项；重新交易适用新的期限并与前次关联。",
    "What fails, stops or ends has a statutory ground, notice to all, money back; a retender is linked, on new clocks.",
)


def _never(case: Case, status: Status, *steps: Step) -> Finding | None:
    """The answer for a lot that did not come to ``status`` and is not about to by one of ``steps``; else None."""
    if case.lot.status is None or case.lot.status is status or case.step in steps:
        return None
    return not_applicable(f"标段未{status.zh}", f"the lot is not: {status.en}")


def _bears_out(case: Case, ground: FailureGround) -> bool:
    """Whether the figures on record bear out ``ground``.

    Raises:
        Missing: a figure is not known.
    """
    least = case.values["bidders_min"]
    if ground is FailureGround.FEW_BIDDERS:
        count = known(case.opening.bids_at_deadline, "投标截止时的投标人数", "the number of bidders at the deadline")
        return count < least
    if ground in (FailureGround.ALL_REJECTED, FailureGround.NO_COMPETITION):
        effective = known(case.evaluation.effective_bids, "有效投标数", "the number of effective bids")
        return effective == 0 if ground is FailureGround.ALL_REJECTED else effective < least
    if ground is FailureGround.OVER_BUDGET:
        return _above_budget(case)
    return True


def _above_budget(case: Case) -> bool:
    """Whether a tender has no offer within the budget, or another procurement fewer than three (the one: its own).

    Raises:
        Missing: the budget or an offer is not known.
    """
    budget = known(case.lot.budget, "采购预算", "the budget")
    offers = [known(bid.total, "报价", "the offers") for bid in case.bids if bid.rejected_clause is None]
    within = sum(offer <= budget for offer in offers)
    if case.method.chosen in COMPETING:
        return within < int(case.values["gp_suppliers_min"])
    return bool(offers) and within == 0


@RULE.condition(
    "R16.C1",
    "B",
    "流标有法定事由并记录原因、通知各方；重新招标前记录改进措施",
    "A failure has a statutory ground, its cause on record and notice to all; a retender its remedy first",
    steps=(Step.FAIL, Step.RETENDER),
    sources=(
        Source(ZTB, "第二十八条"),
        Source(ZTB, "第四十二条"),
        Source(ZTBT, "第四十四条"),
        Source(D30, "第三十八条"),
    ),
)
def failed_lawfully(case: Case) -> Finding:
    """Fewer than three, or all rejected: retender with new periods, after the owner recorded cause and remedy."""
    never = _never(case, Status.FAILED, Step.FAIL, Step.RETENDER)
    if never:
        return never
    ground = known(case.stop.failure_ground, "流标事由", "the ground of failure")
    if not _bears_out(case, ground):
        return failed(f"{ground.zh}属实", "与记录的数字不符", f"{ground.en}: borne out", "the figures say otherwise")
    cause = known(case.stop.cause_recorded, "流标原因", "the cause of the failure")
    told = known(case.stop.notified_all, "流标公告", "the notice of failure")
    wrong = []
    if not cause:
        wrong.append(("未记录原因", "no cause on record"))
    if not told:
        wrong.append(("未通知各方", "not everyone was told"))
    if case.step is Step.RETENDER and not known(case.stop.remedy_recorded, "改进措施", "the remedy"):
        wrong.append(("未记录改进措施", "no remedy on record"))
    return holds(
        not wrong,
        f"{ground.zh}，手续齐全",
        "、".join(zh for zh, _ in wrong) or ground.zh,
        f"{ground.en}, duly recorded",
        ", ".join(en for _, en in wrong) or ground.en,
    )


@RULE.condition(
    "R16.C2",
    "B",
    "两次流标后不再招标的，须经批准",
    "No tender after two failures only by the original approver's leave",
    steps=(Step.ANNOUNCE,),
    sources=(Source(D30, "第三十八条第三款"),),
)
@only(ProjectType.WORKS)
def after_two_failures(case: Case) -> Finding:
    """Works that failed twice and need approval: the original approver may allow no tender; a tender is always open."""
    times = known(case.stop.failed_attempts, "流标次数", "the number of failed attempts")
    if times < TWICE:
        return not_applicable(f"流标{times}次", f"failed {times} times")
    method = known(case.method.chosen, "交易方式", "the method")
    if method is not Method.DIRECT:
        return passed("重新招标或者经批准不招标", method.zh, "a tender, or leave not to hold one", method.en)
    return is_so(case.method.approved, "经批准不招标", "leave given", "未经批准", "no leave given")


RULE.condition(
    "R16.C3",
    "B",
    "采购废标、终止限于法定事由并告知供应商；重新采购，或者经批准变更方式",
    "A procurement ends only on a listed ground, told to all; then again, or otherwise with approval",
    steps=(Step.FAIL, Step.RETENDER),
    sources=(
        Source("政府采购法", "第三十六条"),
        Source("政府采购法", "第三十七条"),
        Source("政府采购货物和服务招标投标管理办法", "第四十三条"),
        Source("政府采购非招标采购方式管理办法", "第三十七条"),
        Source("政府采购非招标采购方式管理办法", "第四十三条"),
        Source("政府采购非招标采购方式管理办法", "第五十条"),
    ),
)(purchase_results.ended_on_listed_ground)


RULE.condition(
    "R16.C4",
    "B",
    "只剩两家供应商的，经财政部门批准方可与该两家谈判",
    "With two suppliers left, negotiation with the two takes the approval of finance",
    steps=(Step.ANNOUNCE,),
    sources=(
        Source("政府采购非招标采购方式管理办法", "第二十七条第二款"),
        Source("政府采购非招标采购方式管理办法", "第二十八条"),
    ),
)(purchase_results.two_go_on_with_leave)


@RULE.condition(
    "R16.C5",
    "B",
    "招标文件违反强制性规定的，改正后重新招标",
    "Documents that break a mandatory rule are corrected before the retender",
    steps=(Step.RETENDER,),
    sources=(Source(ZTBT, "第二十三条"),),
)
def documents_corrected(case: Case) -> Finding:
    """Content breaks mandatory rules: correct it, then retender."""
    never = _never(case, Status.FAILED, Step.FAIL, Step.RETENDER)
    if never:
        return never
    ground = known(case.stop.failure_ground, "流标事由", "the ground of failure")
    if ground is not FailureGround.UNLAWFUL_DOCUMENTS:
        return not_applicable(f"流标事由为{ground.zh}", f"the ground is: {ground.en}")
    return is_so(
        case.stop.remedy_recorded, "已记录改正", "the correction is on record", "未记录改正", "no correction on record"
    )


@RULE.condition(
    "R16.C6",
    "B",
    "终止招标须有正当理由，及时公告并退还费用、保证金及利息",
    "A tender is ended only for cause, announced at once, with fees and bonds given back",
    steps=(Step.TERMINATE,),
    sources=(Source(ZTBT, "第三十一条"), Source(D30, "第七十二条")),
)
def ended_for_cause(case: Case) -> Finding:
    """Ended only for cause, announced at once, fees and bonds with interest back."""
    never = _never(case, Status.TERMINATED, Step.TERMINATE)
    if never:
        return never
    known(case.stop.termination_ground, "终止事由", "the ground of the end")
    told = known(case.stop.notified_all, "终止公告", "the notice of the end")
    refunds = known(case.stop.refunds_set, "退款安排", "the refunds")
    wrong = []
    if not case.stop.reason:
        wrong.append(("未说明理由", "no reason given"))
    if not told:
        wrong.append(("未公告", "not announced"))
    if not refunds:
        wrong.append(("未安排退款", "refunds not set"))
    return holds(
        not wrong,
        "理由、公告、退款齐全",
        "、".join(zh for zh, _ in wrong) or "齐全",
        "reason, notice and refunds",
        ", ".join(en for _, en in wrong) or "all there",
    )


@RULE.condition(
    "R16.C7",
    "B",
    "中止限于所列事由；事由消除后恢复，剩余时间保留",
    "A suspension has a listed ground; when it is over the lot resumes with the time that was left",
    steps=(Step.SUSPEND, Step.RESUME),
    sources=(Source(ZTBT, "第二十二条"), Source(ZTBT, "第五十四条"), Source(ZTBT, "第六十二条"), COUNTY),
)
def suspended_lawfully(case: Case) -> Finding:
    """A listed ground and a reason to suspend; to resume, the ground is over and the remaining time is kept."""
    if case.step is Step.RESUME:
        over = known(case.stop.ground_over, "中止事由是否消除", "whether the ground is over")
        kept = known(case.stop.time_kept, "剩余时间", "the remaining time")
        wrong = [
            words
            for ok, words in (
                (over, ("中止事由未消除", "the ground is not over")),
                (kept, ("剩余时间未保留", "the remaining time is not kept")),
            )
            if not ok
        ]
        return holds(
            not wrong,
            "事由消除，时间保留",
            "、".join(zh for zh, _ in wrong) or "事由消除，时间保留",
            "ground over, time kept",
            ", ".join(en for _, en in wrong) or "ground over, time kept",
        )
    if case.step is not Step.SUSPEND and case.stop.ground is None:
        return not_applicable("没有中止", "not suspended")
    ground = known(case.stop.ground, "中止事由", "the ground of suspension")
    reason = case.stop.reason
    return holds(bool(reason), "所列事由并说明理由", f"{ground.zh}", "a listed ground, reasoned", ground.en)


@RULE.condition(
    "R16.C8",
    "B",
    "终止事由成立：无权处分、标的灭失，或者登记后逾期经催告仍不推进",
    "The ground of the end is there: no right, object lost, or the owner idle after a reminder",
    steps=(Step.TERMINATE,),
    sources=(COUNTY,),
)
def ground_of_end(case: Case) -> Finding:
    """Owner idle: more than the county's days after registration and more than its days after a reminder."""
    never = _never(case, Status.TERMINATED, Step.TERMINATE)
    if never:
        return never
    ground = known(case.stop.termination_ground, "终止事由", "the ground of the end")
    if ground is TerminationGround.OWNER_CAUSE:
        return not_applicable("项目单位终止招标（见R16.C6）", "ended by the owner (see R16.C6)")
    if ground is not TerminationGround.OWNER_IDLE:
        return holds(bool(case.stop.reason), "有认定依据", ground.zh, "on record", ground.en)
    idle = known(case.stop.idle_days, "登记后未推进的日数", "the days idle since registration")
    reminded = known(case.stop.days_since_reminder, "催告后的日数", "the days since the reminder")
    most, grace = case.values["owner_idle_days"], case.values["owner_reminder_days"]
    return holds(
        idle > most and reminded > grace,
        f"登记后超过{most}日、催告后超过{grace}日",
        f"{idle}日、{reminded}日",
        f"more than {most} days since registration, {grace} since the reminder",
        f"{idle} and {reminded} days",
    )


RULE.condition(
    "R16.C9",
    "B",
    "无人受让的，按原条件重新挂牌，或者经批准降低底价，均重新足期公告",
    "No taker: listed again on the same terms, or at a lower reserve that was approved, with a full notice",
    steps=(Step.RETENDER, Step.ANNOUNCE_SALE),
    sources=(
        Source("企业国有资产交易监督管理办法（2016年第32号令）", "第十八条", Mark.TO_BE_VERIFIED),
        Source("拍卖法", "第五十条"),
    ),
)(sale_closing.relisted_lawfully)


@RULE.condition(
    "R16.C10",
    "A",
    "顺延定标的价差提示",
    "The price gap is flagged when the next candidate is chosen",
    steps=(Step.CONFIRM,),
    sources=(Source(ZTBT, "第五十五条"), COUNTY),
)
def gap_to_first(case: Case) -> Finding:
    """Rank 1 withdraws: the gap to the chosen one over the county's share of rank 1's price is flagged."""
    rank = known(case.award.winner_rank, "中标人排名", "the winner's rank")
    if rank == 1:
        return not_applicable("第一名中标", "the first candidate won")
    price = known(case.award.price, "中标价", "the award price")
    first = next((bid.total for bid in case.bids if bid.rank == 1), None)
    best = known(first, "第一名报价", "the first candidate's price")
    most, share = case.values["runner_up_gap"], (price - best) / best
    return holds(share <= most, f"不超过{percent(most)}", f"{share:.2%}", f"at most {percent(most)}", f"{share:.2%}")


@RULE.condition(
    "R16.C11",
    "I",
    "重新招标记录招标次数并关联前次",
    "A retender counts its attempt and is linked to the one before",
    steps=(Step.ACCEPT_REGISTRATION, Step.RETENDER),
    sources=(COUNTY,),
)
def linked_to_previous(case: Case) -> Finding:
    """Attempt counter on the lot and link to the previous attempt."""
    attempt = case.lot.attempt
    if attempt == 1:
        return not_applicable("首次招标", "the first attempt")
    previous = case.stop.previous_code
    return holds(
        bool(previous),
        "关联前次标段",
        f"第{attempt}次，前次{previous or '未关联'}",
        "linked to the previous attempt",
        f"attempt {attempt}, previous {previous or 'not linked'}",
    )


@RULE.condition(
    "R16.C12",
    "B",
    "中标无效的，依照中标条件从其余投标人中重新确定或者重新招标",
    "A void award: another of the remaining bidders by the award conditions, or a retender",
    steps=(Step.CONFIRM, Step.RETENDER),
    sources=(
        Source(ZTB, "第六十四条"),
        Source(ZTBT, "第八十一条"),
        Source("政府采购法实施条例", "第七十一条"),
        Source(D30, "第八十六条"),
    ),
)
def void_award_remedied(case: Case) -> Finding:
    """Only an award that went out can be void; then the remaining bidders, or all anew."""
    if case.award.void is None and case.lot.status is not None and case.award.notified_at is None:
        return not_applicable("尚未发出中标通知书", "no award notice has gone out")
    if not known(case.award.void, "中标是否被认定无效", "whether the award was found void"):
        return not_applicable("中标未被认定无效", "the award was not found void")
    return is_so(
        case.award.void_remedied,
        "已从其余投标人中确定或者重新招标",
        "chosen from the remaining bidders, or tendered again",
        "未依法重新确定",
        "nobody was chosen lawfully",
    )
