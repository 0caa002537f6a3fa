"""R06 最高限价与底价管理制度: one ceiling within the budget, disclosed, never moved in silence, never exceeded."""

from __future__ import annotations

from trading.codelists import Mark, Phase, ProjectType, Role
from trading.rules import disposal_conditions
from trading.rules.applies import only, unless_returned
from trading.rules.asking import signed
from trading.rules.case import BidFacts, Case
from trading.rules.r02_trading_conditions import FILING
from trading.rules.r03_document_filing import terms_of
from trading.rules.rule import Checklist, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_most_yuan, minute, yuan_en, yuan_zh
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

SOE_ORDER = "企业国有资产交易监督管理办法（2016年第32号令）"


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
    "高于最高投标限价的投标予以否决；政府采购高于预算的投标无效",
    "A bid above the ceiling is rejected; in procurement one above the budget is invalid as well",
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


@RULE.condition(
    "R06.C5",
    "B",
    "政府采购投标人报价均超过预算且采购人不能支付的，予以废标",
    "A procurement in which all bids exceed the budget and the purchaser cannot pay is not awarded",
    steps=(Step.PUBLICIZE, Step.CONFIRM),
    sources=(Source("政府采购法", "第三十六条第三项"),),
)
@only(ProjectType.GP, ProjectType.GPN)
def unpayable_bids_end_the_procurement(case: Case) -> Finding:
    """Some opened bid within the budget, or a purchaser who can pay more."""
    budget = known(case.lot.budget, "采购预算", "the budget")
    opened = [bid for bid in case.bids if bid.opened is not False]
    if not opened:
        return not_applicable("没有投标", "no bid was opened")
    totals = [bid.total for bid in opened]
    if any(total is not None and total <= budget for total in totals):
        return passed("有报价不超过预算", yuan_zh(budget), "a bid within the budget", yuan_en(budget))
    lowest = min(known(total, "投标报价", "the price of a bid") for total in totals)
    pays = known(case.procurement.can_pay_more, "采购人能否支付", "whether the purchaser can pay more")
    zh, en = ("采购人能够支付", "the purchaser can pay") if pays else ("不能支付", "it cannot be paid")
    return holds(
        pays,
        f"不超过{yuan_zh(budget)}，或者能够支付", f"最低{yuan_zh(lowest)}，{zh}",
        f"at most {yuan_en(budget)}, or payable", f"lowest {yuan_en(lowest)}, {en}",
    )  # fmt: skip


@RULE.condition(
    "R06.C6",
    "B",
    "标底最多一个，开标时解密；不以偏离标底为否决投标的理由",
    "There is one base price at most, opened at the opening; no bid is rejected for departing from it",
    steps=(*FILING, Step.SIGN_REPORT, Step.SUBMIT_REPORT),
    sources=(Source("招标投标法实施条例", "第二十七条、第五十条"),),
)
@only(ProjectType.WORKS, ProjectType.GP)
@unless_returned
def base_price_is_a_reference(case: Case) -> Finding:
    """The number of base prices, the hour of one that the vault keeps, and the reasons of the rejections."""
    price = case.sealed_price
    count = known(price.count, "标底个数", "how many base prices there are")
    if count > 1:
        return failed("标底最多一个", f"{count}个", "one base price at most", str(count))
    opening = case.notice.bid_deadline
    if count and price.kept_here and opening is not None:
        opens = known(price.opens_at, "标底解密时间", "when the base price opens")
        if opens < opening:
            return failed(f"{minute(opening)}起", minute(opens), f"from {minute(opening)}", minute(opens))
    blamed = [bid.name or bid.bidder for bid in case.bids if "标底" in (bid.rejected_reason or "")]
    named, none = "、".join(blamed), f"{count}, no rejection by it"
    return holds(
        not blamed,
        "标底最多一个，不作为否决理由", f"以标底否决：{named}" if blamed else f"{count}个，未据以否决",
        "one at most, no ground of rejection", f"rejected by it: {named}" if blamed else none,
    )  # fmt: skip


RULE.condition(
    "R06.C7",
    "B",
    "国有资产首次挂牌价不低于评估结果；低于评估结果百分之九十的新价格经批准单位书面同意",
    "State assets are first listed at their valuation; a new price below 90 per cent of it needs written consent",
    steps=(*FILING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(
        Source("企业国有资产法", "第五十五条"),
        Source(SOE_ORDER, "第十七条、第十八条", Mark.TO_BE_VERIFIED),
    ),
)(disposal_conditions.listing_keeps_the_valuation)

RULE.condition(
    "R06.C8",
    "B",
    "国有资产自首次披露之日起十二个月内未征集到受让方的，重新审计、评估和披露",
    "State assets without a taker twelve months after their first disclosure are audited, valued and disclosed anew",
    steps=(Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(Source(SOE_ORDER, "第十九条", Mark.TO_BE_VERIFIED),),
)(disposal_conditions.disclosure_is_not_stale)

RULE.condition(
    "R06.C9",
    "B",
    "国有建设用地底价集体决策、密封至结束，不低于最低价标准",
    "The reserve of land is decided collectively, sealed to the end, and no lower than the least price",
    steps=(Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(
        Source("招标拍卖挂牌出让国有建设用地使用权规定", "第十条", Mark.TO_BE_VERIFIED),
        Source("工业用地出让最低价标准", mark=Mark.TO_BE_VERIFIED),
    ),
)(disposal_conditions.land_reserve_is_sealed)

RULE.condition(
    "R06.C10",
    "B",
    "拍卖无保留价的应当说明；最高应价未达到保留价的不发生效力，停止拍卖",
    "An auction without a reserve is announced as such; a highest bid below the reserve has no effect and ends it",
    steps=(Step.ANNOUNCE, Step.ANNOUNCE_SALE, Step.PUBLICIZE, Step.PUBLISH_DEAL),
    sources=(Source("拍卖法", "第五十条"),),
)(disposal_conditions.auction_respects_its_reserve)

RULE.condition(
    "R06.C11",
    "A",
    "农村集体资产底价经三分之二以上同意，评估结果向成员公布不少于十五日",
    "The reserve of village assets is fixed by two thirds; the valuation lies before the members for fifteen days",
    steps=(Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(Source("本县规定（参照浙江省农村集体资产管理条例）", mark=Mark.COUNTY_RULE),),
)(disposal_conditions.village_reserve_is_agreed)


@RULE.condition(
    "R06.C12",
    "B",
    "标底、底价在解密前任何人不得读取，每次读取均有记录",
    "Nobody reads a base price or reserve before its hour, and every reading is on record",
    steps=(Step.OPEN_BIDS, Step.OPEN_RESERVE, Step.SUPPLY_RESERVE_KEY),
    sources=(
        Source("招标投标法", "第二十二条第二款、第五十二条"),
        Source("电子招标投标办法", "第十三条、第十四条"),
    ),
    checklist=Checklist(
        "由招标人在平台之外保管的标底，平台不掌握其读取记录，只能由项目单位签署确认",
        "A base price that the owner keeps outside the platform leaves no record of who read it; the owner signs",
        by=Role.OWNER,
    ),
)
def sealed_price_is_unread(case: Case) -> Finding:
    """Every reading after the hour and on record; a price kept outside the vault is answered for by a signature."""
    price = case.sealed_price
    if known(price.count, "标底或者底价个数", "how many sealed prices there are") == 0:
        return not_applicable("未设标底、底价", "no base price or reserve")
    if not known(price.kept_here, "是否由平台密封保管", "whether the vault keeps it"):
        zh, en = "标底在开标前未向任何人公开", "nobody read the base price before the opening"
        return signed(case, "R06.C12", zh, en)
    reads, opens = known(price.reads, "读取记录", "the readings"), known(price.opens_at, "解密时间", "its hour")
    early = [minute(one) for one in reads if one < opens]
    logged = known(price.reads_logged, "读取是否均有记录", "whether every reading is on record")
    told_zh, told_en = ("均有记录", "all on record") if logged else ("记录不全", "not all on record")
    listed = ", ".join(early)
    return holds(
        logged and not early,
        f"{minute(opens)}前无人读取，均有记录", f"提前读取：{listed}" if early else told_zh,
        f"unread before {minute(opens)}, all on record", f"read early: {listed}" if early else told_en,
    )  # fmt: skip
