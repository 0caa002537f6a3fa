"""R04 交易方式核准制度: the method follows from type, amount and ground; another one needs its decision."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import Method, Phase, ProjectType
from trading.rules.applies import unless_refused
from trading.rules.case import Case
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
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


def chosen_method(case: Case) -> Method:
    """The method chosen. Raises Missing when none is."""
    return known(case.method.chosen, "交易方式", "the trading method")


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
    steps=(*FIXING, Step.ANNOUNCE),
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
    if case.step is Step.ANNOUNCE:
        runs = known(method.runs, "该方式是否已开通", "whether the method runs here")
        if not runs:
            return failed(
                "本平台已开通的方式", method.refusal_zh or chosen.zh,
                "a method that runs on this platform", method.refusal_en or chosen.en,
            )  # fmt: skip
    return passed(words(allowed, "zh"), chosen.zh, words(allowed, "en"), chosen.en)


@RULE.condition(
    "R04.C7",
    "B",
    "例外方式有核准决定、文号和日期，且不晚于公告",
    "An exceptional method has its decision, with number and a date no later than the notice",
    steps=(*FIXING, Step.ANNOUNCE),
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
    steps=(*FIXING, Step.ANNOUNCE),
    sources=(Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第二条"),),
)
@unless_refused
def winner_is_not_drawn_by_lot(case: Case) -> Finding:
    """The method holds no lottery."""
    lottery = known(case.method.drawing_lots_for_winner, "是否以抽签摇号确定结果", "whether lots decide the result")
    zh, en = ("抽签摇号", "lots are drawn") if lottery else ("不抽签摇号", "no lottery")
    return holds(not lottery, "不抽签摇号", zh, "no lottery", en)
