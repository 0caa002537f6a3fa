"""R02 交易条件备案制度: approved, funded and free of disputes before any notice; filed, which is no licence."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from trading.beijing import end_moment, law_date
from trading.codelists import FilingAnswer, Mark, Phase, ProjectType
from trading.rules import disposal_conditions
from trading.rules.applies import only, unless_returned
from trading.rules.case import Case
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import minute, words, yuan_en, yuan_zh
from trading.steps import Step
from trading.values import Values
from trading.working_days import Calendar

RULE = Rule(
    "R02",
    "交易条件备案制度",
    "Filing of trading conditions",
    Phase.FILING,
    "公告前应当取得审批、落实资金、标的无争议并完成内部决策；网上备案，监管机构按固定答复种类答复，逾期视为备案。",
    "Before any notice the approvals are obtained, the funds in place, the object clear and the decision taken; the "
    "filing is answered from a closed list, and silence counts as filed.",
)

FILING = (Step.FILE_CONDITIONS, Step.ANSWER_FILING, Step.FILING_LAPSES)
PROCUREMENT = (ProjectType.GP, ProjectType.GPN)


@RULE.condition(
    "R02.C1",
    "B",
    "工程项目已取得审批、核准或者备案，文号和日期齐全，且不晚于本次备案",
    "Works are approved, with number and date, no later than this filing",
    steps=FILING,
    sources=(
        Source("招标投标法", "第九条"),
        Source("招标投标法实施条例", "第七条"),
        Source("政府投资条例", "第九条"),
    ),
)
@only(ProjectType.WORKS)
@unless_returned
def works_are_approved(case: Case) -> Finding:
    """Number and date of the approval are there, the date not after the day of filing."""
    number = known(case.project.approval_number, "审批文号", "the number of the approval").strip()
    approved = known(case.project.approval_date, "审批日期", "the date of the approval")
    filed = law_date(case.filing.submitted_at) if case.filing.submitted_at else case.today
    if not number:
        return failed("有审批文号", "未填写", "a number of the approval", "not given")
    return holds(
        approved <= filed, f"不晚于{filed}", f"{number}，{approved}", f"not after {filed}", f"{number}, {approved}"
    )


@RULE.condition(
    "R02.C2",
    "B",
    "资金或者资金来源已经落实并在文件中载明，不由承包人垫资",
    "The funds or their source are in place and stated, and the contractor advances no money",
    steps=FILING,
    sources=(
        Source("招标投标法", "第九条"),
        Source("保障中小企业款项支付条例", "第八条"),
        Source("政府投资条例", "第二十二条"),
        Source("工程建设项目施工招标投标办法", "第六十二条"),
    ),
)
@only(ProjectType.WORKS)
@unless_returned
def funds_are_in_place(case: Case) -> Finding:
    """Funds in place, source stated, no advance by the contractor."""
    project = case.project
    source = known(project.funding_source, "资金来源", "the source of the funds").strip()
    in_place = known(project.funds_in_place, "资金是否落实", "whether the funds are in place")
    advance = known(project.contractor_prefinancing, "是否要求承包人垫资", "whether the contractor advances money")
    faults = [
        fault
        for wrong, fault in (
            (not source, ("未载明资金来源", "the source is not stated")),
            (not in_place, ("资金未落实", "the funds are not in place")),
            (advance, ("要求承包人垫资", "the contractor advances money")),
        )
        if wrong
    ]
    return holds(
        not faults,
        "资金已落实、来源已载明、不垫资", "；".join(zh for zh, _ in faults) or source,
        "funds in place, source stated, no advance", "; ".join(en for _, en in faults) or source,
    )  # fmt: skip


@RULE.condition(
    "R02.C3",
    "R",
    "各标段估算价之和不超过批准的概算；概算超过可行性研究估算百分之十的应当报告",
    "The lots together stay within the approved total, which exceeds the feasibility estimate by ten per cent at most",
    steps=FILING,
    sources=(Source("政府投资条例", "第十二条、第二十三条"),),
)
@only(ProjectType.WORKS)
@unless_returned
def lots_stay_within_the_approved_total(case: Case) -> Finding:
    """Sum of estimates against the approved total, and that against the feasibility estimate where there is one."""
    total = known(case.project.estimate_total, "批准概算", "the approved total")
    lots = known(case.project.lots_estimate_total, "各标段估算价之和", "the sum of the lots' estimates")
    if lots > total:
        return failed(
            f"不超过{yuan_zh(total)}", yuan_zh(lots), f"at most {yuan_en(total)}", yuan_en(lots)
        )  # fmt: skip
    feasible = case.project.feasibility_total
    if feasible is None:
        return passed(f"不超过{yuan_zh(total)}", yuan_zh(lots), f"at most {yuan_en(total)}", yuan_en(lots))
    most = feasible * (1 + Decimal(case.values["estimate_over_feasibility_max"]))
    return holds(
        total <= most,
        f"概算不超过{yuan_zh(most)}", f"概算{yuan_zh(total)}",
        f"total at most {yuan_en(most)}", f"total {yuan_en(total)}",
    )  # fmt: skip


@RULE.condition(
    "R02.C4",
    "B",
    "政府采购有批准的预算，标段预算不超过批准的预算；无预算不采购",
    "A procurement has its approved budget, and the lot stays within it; without a budget nothing is bought",
    steps=FILING,
    sources=(Source("政府采购法", "第三十三条"), Source("保障中小企业款项支付条例", "第八条")),
)
@only(*PROCUREMENT)
@unless_returned
def procurement_is_budgeted(case: Case) -> Finding:
    """The lot's budget against the approved one; nought approved is no budget."""
    approved = known(case.procurement.approved_budget, "批准的采购预算", "the approved budget")
    budget = known(case.lot.budget, "标段预算", "the budget of the lot")
    return holds(
        0 < budget <= approved,
        f"有预算且不超过{yuan_zh(approved)}", yuan_zh(budget),
        f"a budget of at most {yuan_en(approved)}", yuan_en(budget),
    )  # fmt: skip


@RULE.condition(
    "R02.C5",
    "A",
    "采购需求完整、明确，有需求调查记录",
    "The demand is complete and clear, with its survey on record",
    steps=FILING,
    sources=(
        Source("政府采购法实施条例", "第十五条"),
        Source("政府采购货物和服务招标投标管理办法", "第十条、第十一条"),
    ),
)
@only(*PROCUREMENT)
@unless_returned
def demand_is_clear(case: Case) -> Finding:
    """Said to be clear, and surveyed no later than today."""
    clear = known(case.procurement.demand_clear, "需求是否完整明确", "whether the demand is complete and clear")
    surveyed = known(case.procurement.needs_survey_on, "需求调查日期", "when the demand was surveyed")
    told, told_en = ("完整明确", "clear") if clear else ("不完整明确", "not clear")
    return holds(
        clear and surveyed <= case.today,
        "完整明确，已调查", f"{told}，{surveyed}调查",
        "clear and surveyed", f"{told_en}, surveyed {surveyed}",
    )  # fmt: skip


RULE.condition(
    "R02.C6",
    "B",
    "出让方案经市、县人民政府批准，附规划条件，地价经评估，底价和保证金集体决策",
    "The land plan is approved by the government, with planning conditions, an assessed price and collective decisions",
    steps=FILING,
    sources=(
        Source("土地管理法实施条例", "第十七条、第十八条"),
        Source("招标拍卖挂牌出让国有建设用地使用权规定", "第六条、第十条", Mark.TO_BE_VERIFIED),
    ),
)(disposal_conditions.land_plan_is_approved)

RULE.condition(
    "R02.C7",
    "B",
    "国有资产转让由履行出资人职责的机构决定；转让全部或者丧失控股地位的报政府批准；评估经核准或者备案",
    "The state shareholder decides; giving up all or control takes the government; the valuation is approved or filed",
    steps=FILING,
    sources=(
        Source("企业国有资产法", "第五十三条、第五十五条"),
        Source("企业国有资产交易监督管理办法（2016年第32号令）", "第八条至第十二条", Mark.TO_BE_VERIFIED),
    ),
)(disposal_conditions.state_assets_are_released)

RULE.condition(
    "R02.C8",
    "B",
    "行政事业性国有资产处置经集体决策和批准；转让、拍卖、置换的经评估",
    "Public assets are disposed of after collective decision and approval; transfer, auction and swap after valuation",
    steps=FILING,
    sources=(Source("行政事业性国有资产管理条例", "第十九条、第三十六条"),),
)(disposal_conditions.public_assets_are_released)

RULE.condition(
    "R02.C9",
    "B",
    "评估报告在公告之日仍在有效期内（自评估基准日起一年）",
    "The valuation is in force on the day of the notice (one year from its base date)",
    steps=(*FILING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(Source("企业国有资产评估管理暂行办法", mark=Mark.TO_BE_VERIFIED),),
)(disposal_conditions.valuation_is_in_force)

RULE.condition(
    "R02.C10",
    "B",
    "成员大会有三分之二以上有完全民事行为能力的成员参加并经全体成员三分之二以上同意；代表大会经全体代表三分之二以上同意；提前十日通知",
    "Two thirds of the members attend and of all agree, or two thirds of all delegates; called ten days before",
    steps=FILING,
    sources=(Source("农村集体经济组织法", "第二十七条、第二十八条"),),
)(disposal_conditions.members_agree)

RULE.condition(
    "R02.C11",
    "B",
    "农村土地由本集体以外的单位、个人承包的，经村民会议或者代表三分之二以上同意并报乡镇人民政府批准",
    "Village land contracted to outsiders: two thirds of the villagers or delegates agree and the township approves",
    steps=FILING,
    sources=(Source("农村土地承包法", "第五十二条"),),
)(disposal_conditions.land_to_outsiders_is_approved)

RULE.condition(
    "R02.C12",
    "B",
    "集体经营性建设用地入市经三分之二以上同意；方案提前十个工作日报县级人民政府，政府五个工作日内提出意见",
    "Village building land: two thirds agree; the plan is filed ten working days before, answered within five",
    steps=(*FILING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(Source("土地管理法", "第六十三条"), Source("土地管理法实施条例", "第四十条")),
)(disposal_conditions.village_building_land_is_filed)


@RULE.condition(
    "R02.C13",
    "B",
    "标的权属清晰，无争议、查封，抵押已披露",
    "The object is free of dispute and seizure, and charges on it are disclosed",
    steps=FILING,
    sources=(
        Source("拍卖法", "第四十一条"),
        Source("本县规定（参照濮阳市公共资源交易管理条例）", mark=Mark.COUNTY_RULE),
    ),
)
@unless_returned
def object_is_clear(case: Case) -> Finding:
    """The owner declares the object clear."""
    clear = known(case.lot.object_clear, "标的权属是否清晰", "whether the object is clear")
    return holds(clear, "权属清晰", "清晰" if clear else "有争议或者受限制", "clear", "clear" if clear else "not clear")


def reply_due(submitted_at: datetime, values: Values, calendar: Calendar) -> datetime:
    """The moment from which a filing without an answer counts as filed (county rule, in working days).

    Raises:
        UnknownYear: the working days of that year are not known.
    """
    return end_moment(calendar.end_of_working_days(law_date(submitted_at), int(values["filing_reply_wd"])))


def filing_reply(case: Case) -> Due | None:
    """Until when the supervisor answers a filing that waits; then it counts as filed."""
    filing = case.filing
    if filing.answer_due_at is None or filing.submitted_at is None or filing.answer is not None:
        return None
    return Due(
        filing.answer_due_at,
        "监管机构", "The supervisor",
        "答复交易条件备案，逾期视为备案", "Answer the filing; silence counts as filed",
    )  # fmt: skip


@RULE.condition(
    "R02.C14",
    "B",
    "备案按固定种类在期限内答复，需整改或者退回的说明理由；期满未答复视为备案",
    "A filing is answered in time from the closed list, with reasons where it is sent back; silence counts as filed",
    steps=(Step.ANSWER_FILING, Step.FILING_LAPSES),
    sources=(Source("电子招标投标办法", "第四十九条"), Source("本县规定", mark=Mark.COUNTY_RULE)),
    due=filing_reply,
)
def filing_is_answered_from_the_list(case: Case) -> Finding:
    """The answer is on the list, comes before the period ends, and has reasons; a lapse comes after the end."""
    filing = case.filing
    known(filing.submitted_at, "备案提交时间", "when the filing was submitted")
    due = known(filing.answer_due_at, "备案答复期限", "until when the filing is answered")
    if case.step is Step.FILING_LAPSES:
        return holds(
            case.now >= due,
            f"期满（{minute(due)}）后视为备案", minute(case.now),
            f"counts as filed from {minute(due)}", minute(case.now),
        )  # fmt: skip
    if filing.answer is None and case.step is None:
        return not_applicable("备案待答复", "the filing waits for its answer")
    answer = known(filing.answer, "备案答复", "the answer to the filing")
    listed = tuple(FilingAnswer)
    if answer not in listed:
        return failed(words(listed, "zh"), str(answer), words(listed, "en"), str(answer))
    if answer is not FilingAnswer.NO_ISSUE and not (filing.reason or "").strip():
        return failed("说明理由", f"{answer.zh}，未说明理由", "reasons given", f"{answer.en}, no reasons")
    if case.step is Step.ANSWER_FILING and case.now >= due:
        return failed(
            f"{minute(due)}前", minute(case.now), f"before {minute(due)}", minute(case.now)
        )  # fmt: skip
    return passed("按固定种类答复", answer.zh, "an answer from the list", answer.en)
