"""R06 最高限价与底价管理制度: one ceiling within the budget, disclosed, never moved in silence, never exceeded."""

from __future__ import annotations

from trading.codelists import Mark, Phase, ProjectType
from trading.rules.applies import only, unless_returned
from trading.rules.case import BidFacts, Case
from trading.rules.r02_trading_conditions import FILING
from trading.rules.r03_document_filing import terms_of
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_most_yuan, yuan_en, yuan_zh
from trading.steps import Step

RULE = Rule(
    "R06",
    "最高限价与底价管理制度",
    "Ceiling and reserve price control",
    Phase.METHOD_APPROVAL,
    "购买类项目最高限价不超过批准预算并公开；处置类项目底价以评估为基础集体决定并密封至结束。",
    "A purchase has one disclosed ceiling within the approved budget; a disposal has a reserve from the valuation, "
    "decided collectively and sealed to the end.",
)


@RULE.condition(
    "R06.C1",
    "B",
    "最高投标限价不超过批准的标段预算",
    "The ceiling stays within the approved budget of the lot",
    steps=(*FILING, Step.CLARIFY),
    sources=(Source("政府投资条例", "第十二条、第二十三条"),),
)
@only(ProjectType.WORKS, ProjectType.GP)
@unless_returned
def ceiling_stays_within_the_budget(case: Case) -> Finding:
    """Ceiling against budget, equality included."""
    ceiling = terms_of(case).ceiling
    if ceiling is None:
        return not_applicable("未设最高投标限价", "no ceiling is set")
    return at_most_yuan(ceiling, known(case.lot.budget, "批准的标段预算", "the approved budget of the lot"))


@RULE.condition(
    "R06.C2",
    "A",
    "使用财政资金或者国有资金控股的工程应当设最高投标限价",
    "Government-funded works set a ceiling",
    steps=FILING,
    sources=(Source("本县规定", mark=Mark.COUNTY_RULE),),
)
@only(ProjectType.WORKS)
@unless_returned
def funded_works_set_a_ceiling(case: Case) -> Finding:
    """Where public money is in it, a ceiling is there."""
    project = case.project
    if not project.state_controlled and not project.public_share:
        known(project.state_controlled, "国有资金是否控股或者主导", "whether state funds control or dominate")
        known(project.public_share, "财政资金比例", "the share of public funds")
        return not_applicable("不使用财政或者国有资金", "no public money is used")
    ceiling = terms_of(case).ceiling
    if ceiling is None:
        return failed("设最高投标限价", "未设", "a ceiling", "none")
    return passed("设最高投标限价", yuan_zh(ceiling), "a ceiling", yuan_en(ceiling))


@RULE.condition(
    "R06.C3",
    "B",
    "发出后变更最高投标限价的，按影响投标文件编制的修改办理",
    "A ceiling changed after issue is treated as a change that affects the preparation of bids",
    steps=(Step.CLARIFY,),
    sources=(Source("招标投标法实施条例", "第二十一条"),),
)
@only(ProjectType.WORKS)
def changed_ceiling_counts_as_material(case: Case) -> Finding:
    """Every clarification that moves the ceiling is marked as affecting preparation; R08.C1 then counts its days."""
    moving = [one for one in case.clarifications if one.changes_ceiling]
    if not moving:
        return not_applicable("最高投标限价未变更", "the ceiling was not changed")
    slight = ", ".join(str(one.number) for one in moving if not one.affects_preparation)
    return holds(
        not slight,
        "按影响编制办理", f"未按影响编制办理的澄清：{slight}" if slight else "已按影响编制办理",
        "treated as material", f"not so treated: {slight}" if slight else "so treated",
    )  # fmt: skip


def over(bid: BidFacts, case: Case) -> bool:
    """Whether an opened bid's total exceeds the ceiling. Raises Missing when its total is not known."""
    return known(bid.total, f"{bid.name or bid.bidder}的报价", f"the price of {bid.name or bid.bidder}") > known(
        case.terms.ceiling, "最高投标限价", "the ceiling"
    )


@RULE.condition(
    "R06.C4",
    "B",
    "高于最高投标限价的投标予以否决",
    "A bid above the ceiling is rejected",
    steps=(Step.SIGN_REPORT, Step.SUBMIT_REPORT),
    sources=(Source("招标投标法实施条例", "第五十一条"),),
)
@only(ProjectType.WORKS, ProjectType.GP)
def bids_above_the_ceiling_are_rejected(case: Case) -> Finding:
    """No bid that stands exceeds the ceiling; equality is lawful."""
    ceiling = terms_of(case).ceiling
    if ceiling is None:
        return not_applicable("未设最高投标限价", "no ceiling is set")
    standing = [bid for bid in case.bids if bid.rejected_clause is None and bid.opened is not False]
    if not standing:
        return not_applicable("没有有效投标", "no bid stands")
    high = ", ".join(bid.name or bid.bidder for bid in standing if over(bid, case))
    return holds(
        not high,
        f"有效投标不高于{yuan_zh(ceiling)}", high or "均不高于",
        f"no standing bid above {yuan_en(ceiling)}", high or "none above",
    )  # fmt: skip
