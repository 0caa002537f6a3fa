"""R04 交易方式核准制度: the method follows from type, amount and ground; another one needs its decision."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import Mark, Method, Phase, ProjectType, Role
from trading.rules import procurement_conditions
from trading.rules.applies import only, unless_refused
from trading.rules.asking import signed
from trading.rules.case import Case
from trading.rules.procurement_conditions import chosen_method
from trading.rules.rule import Checklist, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import words
from trading.steps import Step

RULE = Rule(
    "R04",
    "交易方式核准制度",
    "Approval of the trading method",
    Phase.METHOD_APPROVAL,
    "交易方式由项目类型、金额和法定情形确定：默认方式由系统拟定并记录，其他方式由有权机关决定。",
    "The method follows from type, amount and statutory ground: the default is proposed and recorded, another one is "
    "decided by the body that the law names.",
)

FIXING = (Step.FIX_METHOD, Step.DECIDE_EXCEPTION)
D74 = "政府采购非招标采购方式管理办法"
D87 = "政府采购货物和服务招标投标管理办法"


def needs_decision(case: Case) -> bool:
    """Whether the chosen method is an exception that another body than the owner decides (ZTBT 7–9, CG 27).

    Raises:
        Missing: method, default, or what makes the decision needed is not known.
    """
    chosen, proposed = chosen_method(case), known(case.method.proposed, "拟定方式", "the proposed method")
    if chosen in (proposed, Method.OPEN_TENDER):
        return False
    if not known(case.method.mandatory, "是否依法必须招标", "whether the tender is mandatory"):
        return False
    if case.project.type is ProjectType.WORKS and chosen is Method.INVITED_TENDER:
        return known(case.project.state_controlled, "国有资金是否控股", "whether state funds control")
    return True


@RULE.condition(
    "R04.C1",
    "B",
    "选定的交易方式属于该类型、金额和情形允许的方式，发布公告时本平台已开通该方式",
    "The chosen method is one that type, amount and ground allow; a notice needs a method that runs here",
    steps=(*FIXING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(
        Source("招标投标法", "第十一条"),
        Source("招标投标法实施条例", "第八条"),
        Source("政府采购法", "第二十七条、第二十九条至第三十一条"),
    ),
)
@unless_refused
def method_is_allowed(case: Case) -> Finding:
    """Chosen is among the allowed; at the notice it also runs on this platform."""
    method, chosen = case.method, chosen_method(case)
    allowed = known(method.allowed or None, "允许的交易方式", "the allowed methods")
    if chosen not in allowed:
        return failed(words(allowed, "zh"), chosen.zh, words(allowed, "en"), chosen.en)
    if case.step in (Step.ANNOUNCE, Step.ANNOUNCE_SALE):
        runs = known(method.runs, "该方式是否已开通", "whether the method runs here")
        if not runs:
            return failed(
                "本平台已开通的方式", method.refusal_zh or chosen.zh,
                "a method that runs on this platform", method.refusal_en or chosen.en,
            )  # fmt: skip
    return passed(words(allowed, "zh"), chosen.zh, words(allowed, "en"), chosen.en)


RULE.condition(
    "R04.C2",
    "B",
    "达到政府采购公开招标数额标准的公开招标，采用其他方式须经批准；数额标准不低于全国下限",
    "From the open-tender threshold on, a procurement is tendered or approved otherwise; it keeps the national floor",
    steps=FIXING,
    sources=(
        Source(D87, "第四条"),
        Source("财库〔2019〕69号", mark=Mark.TO_BE_VERIFIED),
        Source("湖北省政府集中采购目录及标准", mark=Mark.TO_BE_VERIFIED),
    ),
)(procurement_conditions.threshold_is_kept)

RULE.condition(
    "R04.C3",
    "B",
    "邀请招标不少于三家；政府采购从足够的名单中随机抽取，有两名以上工作人员监督并书面记录",
    "Three are invited at least; a procurement draws them from a long enough list, watched by two and recorded",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法", "第十七条"), Source("政府采购法", "第三十四条"), Source(D87, "第十四条")),
)(procurement_conditions.enough_are_invited)

RULE.condition(
    "R04.C4",
    "B",
    "谈判、磋商、询价的供应商不少于三家；仅在所列情形下可为两家",
    "Three suppliers take part in negotiation, consultation or inquiry; two are enough in the named cases only",
    steps=(Step.ANNOUNCE, Step.OPEN_BIDS),
    sources=(
        Source("政府采购法", "第三十八条第三项、第四十条第二项"),
        Source(D74, "第十二条、第三十三条、第三十七条第三项、第五十条第三项"),
        Source("财库〔2014〕214号", mark=Mark.TO_BE_VERIFIED),
        Source("财库〔2015〕124号", mark=Mark.TO_BE_VERIFIED),
    ),
)(procurement_conditions.enough_suppliers_compete)

RULE.condition(
    "R04.C5",
    "A",
    "以书面推荐方式产生供应商的，采购人推荐的不超过总数的百分之五十",
    "Where suppliers are recommended in writing, the purchaser recommends half of them at most",
    steps=(Step.ANNOUNCE,),
    sources=(Source(D74, "第十二条第三款"),),
)(procurement_conditions.owner_recommends_half_at_most)


@RULE.condition(
    "R04.C6",
    "R",
    "代理机构由项目单位自主选择，任何单位个人不得指定；依法必须招标的项目自行招标的应当备案",
    "The owner chooses its agency freely, nobody names it; who tenders a mandatory project himself files that",
    steps=(Step.ANNOUNCE,),
    sources=(
        Source("招标投标法", "第十二条、第六十二条"),
        Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第一条"),
    ),
    checklist=Checklist(
        "外部单位或者个人对代理机构选择的干预不会留下平台记录，只能由项目单位签署确认",
        "Pressure from outside on the choice of an agency leaves no record; the owner signs that there was none",
        by=Role.OWNER,
    ),
)
@only(ProjectType.WORKS, ProjectType.GP)
def agency_is_chosen_freely(case: Case) -> Finding:
    """Without an agency the filing shows who tenders; with one the owner signs that nobody named it."""
    if case.project.agency_usccs:
        return signed(
            case, "R04.C6", "代理机构由项目单位自主选择，无人指定", "the owner chose the agency, nobody named it"
        )
    if not known(case.method.mandatory, "是否依法必须招标", "whether the tender is mandatory"):
        return not_applicable("自行招标，不属于依法必须招标", "tendered by the owner, not mandatory")
    filed = known(case.filing.submitted_at, "自行招标备案", "the filing of the owner's own tender")
    told = law_date(filed)
    return passed("自行招标已备案", f"{told}备案", "the owner's own tender is filed", f"filed {told}")


@RULE.condition(
    "R04.C7",
    "B",
    "例外方式有核准决定、文号和日期，且不晚于公告",
    "An exceptional method has its decision, with number and a date no later than the notice",
    steps=(*FIXING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(
        Source("招标投标法实施条例", "第七条、第八条"),
        Source("政府采购法", "第二十七条"),
    ),
)
@unless_refused
def exception_is_decided(case: Case) -> Finding:
    """Approved, numbered and dated before the notice; the default needs no decision."""
    if not needs_decision(case):
        return not_applicable("无须核准的方式，仅作记录", "a method that needs no decision is recorded only")
    method = case.method
    approved = known(method.approved, "核准决定", "the decision on the exception")
    if not approved:
        return failed("已核准", "未核准", "approved", "not approved")
    number = known(method.decision_number, "核准文号", "the number of the decision")
    decided = law_date(known(method.decided_at, "核准日期", "the date of the decision"))
    notice = law_date(case.notice.published_at) if case.notice.published_at else case.today
    return holds(
        bool(number.strip()) and decided <= notice,
        f"有文号，不晚于{notice}", f"{number}，{decided}",
        f"numbered, not after {notice}", f"{number}, {decided}",
    )  # fmt: skip


@RULE.condition(
    "R04.C8",
    "B",
    "不以抽签、摇号、抓阄方式确定投标人、中标候选人或者中标人",
    "No bidder, candidate or winner is picked by drawing lots",
    steps=(*FIXING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第二条"),),
)
@unless_refused
def winner_is_not_drawn_by_lot(case: Case) -> Finding:
    """The method holds no lottery."""
    lottery = known(case.method.drawing_lots_for_winner, "是否以抽签摇号确定结果", "whether lots decide the result")
    zh, en = ("抽签摇号", "lots are drawn") if lottery else ("不抽签摇号", "no lottery")
    return holds(not lottery, "不抽签摇号", zh, "no lottery", en)
