"""R13 竞价交易制度: assets go to the highest valid offer at or above the reserve, by an irrevocable record in time."""

from __future__ import annotations

from datetime import timedelta

from trading.codelists import Mark, Method, Phase, ProjectType
from trading.rules import sale_conditions
from trading.rules.applies import only
from trading.rules.asking import COUNTY, nothing_in
from trading.rules.case import Case, OfferFacts
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.sale_conditions import DISPOSALS
from trading.rules.wording import minute, yuan_en, yuan_zh
from trading.steps import Step
from trading.working_days import days_between

PM = "拍卖法"
LAND_ORDER = Source("招标拍卖挂牌出让国有建设用地使用权规定", "", Mark.TO_BE_VERIFIED)
SOE_ORDER = Source("企业国有资产交易监督管理办法（2016年第32号令）", "", Mark.TO_BE_VERIFIED)

RULE = Rule(
    "R13",
    "竞价交易制度",
    "Competitive bidding for disposals",
    Phase.PROCESS_SUPERVISION,
    "公共资产经充分公告，由不低于底价的最高有效报价取得；竞价记录带时间戳、不可撤回。",
    "Public assets go to the highest valid offer at or above a sealed reserve, by an irrevocable, time-stamped record.",
)


HAMMER = (Step.END_BIDDING, Step.OPEN_RESERVE, Step.SUPPLY_RESERVE_KEY)


def _offers(case: Case) -> tuple[OfferFacts, ...]:
    return known(case.bidding.offers, "报价记录", "the record of offers")


@RULE.condition(
    "R13.C1",
    "B",
    "土地挂牌时间不少于规定日数",
    "A land listing lasts the days required",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(LAND_ORDER,),
)
@only(ProjectType.LAND)
def listed_long_enough(case: Case) -> Finding:
    """Ten calendar days at least; the older wording of working days is not the rule in force."""
    method = case.method.chosen
    if method is not None and method is not Method.LISTING:
        return not_applicable(f"交易方式为{method.zh}", f"the method is: {method.en}")
    begun = known(case.bidding.listed_on, "挂牌起始日", "the first day of the listing")
    until = known(case.bidding.listed_until, "挂牌截止日", "the last day of the listing")
    least, days = case.values["land_listing"], days_between(begun, until)
    return holds(days >= least, f"不少于{least}日", f"{days}日", f"at least {least} days", f"{days} days")


@RULE.condition(
    "R13.C2",
    "B",
    "不低于底价的最高报价者得，报价相同的先报价者得，均低于底价的不成交",
    "The highest offer at or above the reserve wins, the earlier of equals; below the reserve there is no deal",
    steps=HAMMER,
    sources=(LAND_ORDER, COUNTY),
)
@only(*DISPOSALS)
def highest_wins(case: Case) -> Finding:
    """One or several offers: the highest wins, equal goes to the earlier; none at the reserve: no deal.

    Who matched the highest by a right of priority takes its place (R13.C12).
    """
    if case.bidding.pending:
        return not_applicable("竞价结果未定", "the result is still open")
    offers, winner = _offers(case), case.bidding.winner
    if case.bidding.reserve_void:
        told, told_en = winner or "未成交", winner or "no deal"
        return holds(winner is None, "底价不能开启的不成交", told, "no deal without a reserve that opens", told_en)
    reserve = known(case.bidding.reserve, "底价", "the reserve") if offers else None
    valid = [offer for offer in offers if reserve is not None and offer.amount >= reserve]
    if not valid:
        return holds(winner is None, "不成交", winner or "未成交", "no deal", winner or "no deal")
    best = min(valid, key=lambda offer: (-offer.amount, offer.at))
    taker = case.bidding.matched_by or best.bidder
    right = (taker, best.amount)
    price = case.bidding.price
    return holds(
        (winner, price) == right,
        f"{taker}，{yuan_zh(best.amount)}",
        f"{winner}，{yuan_zh(price)}" if winner and price is not None else "未成交",
        f"{taker}, {yuan_en(best.amount)}",
        f"{winner}, {yuan_en(price)}" if winner and price is not None else "no deal",
    )


RULE.condition(
    "R13.C3",
    "B",
    "挂牌截止仍有人愿意继续竞价的，转入现场或者网上竞价",
    "Somebody still wants to bid at the end of a listing: live bidding to the highest",
    steps=HAMMER,
    sources=(LAND_ORDER,),
)(sale_conditions.goes_on_to_bidding)


@RULE.condition(
    "R13.C4",
    "B",
    "增价竞拍，每次加价不小于增价幅度",
    "Offers rise, each by the increment at least",
    steps=(Step.MAKE_OFFER, *HAMMER),
    sources=(Source(PM, "第五十条"), Source(PM, "第五十一条")),
)
@only(*DISPOSALS)
def offers_rise(case: Case) -> Finding:
    """Rising offers, each at least the last plus the step."""
    step = known(case.bidding.increment, "增价幅度", "the increment")
    offers = _offers(case)
    low = [
        minute(later.at) for last, later in zip(offers, offers[1:], strict=False) if later.amount < last.amount + step
    ]
    return nothing_in(low, f"每次加价不少于{yuan_zh(step)}", f"each step at least {yuan_en(step)}")


@RULE.condition(
    "R13.C5",
    "B",
    "土地招标投标人少于三人的终止",
    "A land tender with fewer than three bidders ends",
    steps=(Step.OPEN_BIDS,),
    sources=(LAND_ORDER,),
)
@only(ProjectType.LAND)
def land_tender_bidders(case: Case) -> Finding:
    """A land tender with fewer than three bidders is ended."""
    method = known(case.method.chosen, "交易方式", "the method")
    if method not in (Method.OPEN_TENDER, Method.INVITED_TENDER):
        return not_applicable(f"交易方式为{method.zh}", f"the method is: {method.en}")
    bidders, least = known(case.bidding.bidders, "投标人数", "the number of bidders"), case.values["bidders_min"]
    return holds(bidders >= least, f"不少于{least}人", f"{bidders}人", f"at least {least}", str(bidders))


RULE.condition(
    "R13.C6",
    "B",
    "国有资产有两个以上意向受让方的公开竞价，只有一个的不低于底价成交",
    "State assets: open bidding for two takers or more; a single one deals at the reserve or above",
    steps=HAMMER,
    sources=(
        Source("企业国有资产法", "第五十四条"),
        SOE_ORDER,
    ),
)(sale_conditions.openly_sold)


RULE.condition(
    "R13.C7",
    "R",
    "国有资产转让不得对受让方设置资格条件，法律另有规定或者依规备案的除外",
    "No limits on buyers of state assets unless by law, of equity unless filed",
    steps=(Step.ANNOUNCE_SALE,),
    sources=(SOE_ORDER,),
)(sale_conditions.buyers_not_limited)


RULE.condition(
    "R13.C8",
    "B",
    "截止前报名、足额交纳保证金并符合资格的方可竞买，人数和名单保密",
    "Only who applied, paid the whole deposit in time and qualifies may bid; number and names sealed",
    steps=(Step.START_BIDDING,),
    sources=(
        LAND_ORDER,
        COUNTY,
    ),
)(sale_conditions.entrants_let_in)


@RULE.condition(
    "R13.C9",
    "B",
    "截止前最后数分钟内有报价的自动延时",
    "An offer in the last minutes extends the end",
    steps=HAMMER,
    sources=(COUNTY,),
)
@only(*DISPOSALS)
def extended(case: Case) -> Finding:
    """An offer in the last five minutes extends the end by five minutes, without limit."""
    if case.bidding.pending and case.bidding.ended_at is None:
        return not_applicable("竞价尚未结束", "the bidding is not over")
    if case.method.chosen is Method.LISTING and case.sale.went_on_to_bidding is False:
        return not_applicable("挂牌未转入竞价", "the listing did not go on to live bidding")
    span = timedelta(minutes=case.values["extend_last_minutes"])
    end = known(case.bidding.planned_end, "竞价截止时间", "the planned end")
    actual = known(case.bidding.ended_at, "竞价结束时间", "the actual end")
    for offer in sorted(_offers(case), key=lambda one: one.at):
        if offer.at > end:
            late = minute(offer.at)
            return failed(f"不晚于{minute(end)}", f"{late}仍有报价", f"not after {minute(end)}", f"an offer at {late}")
        if offer.at >= end - span:
            end = offer.at + span
    return holds(actual == end, minute(end), minute(actual), minute(end), minute(actual))


@RULE.condition(
    "R13.C10",
    "B",
    "报价一经作出不得撤回，按服务器时间记录",
    "An offer once made cannot be withdrawn; server time counts",
    steps=(Step.MAKE_OFFER, *HAMMER),
    sources=(Source(PM, "第三十六条"),),
)
@only(*DISPOSALS)
def nothing_withdrawn(case: Case) -> Finding:
    """An offer cannot be withdrawn; it loses force when a higher one arrives. The record runs in time."""
    offers = _offers(case)
    withdrawn = [minute(offer.at) for offer in offers if offer.withdrawn]
    if withdrawn:
        return failed("无撤回", "、".join(withdrawn), "none withdrawn", ", ".join(withdrawn))
    ordered = all(one.at <= other.at for one, other in zip(offers, offers[1:], strict=False))
    if not ordered:
        return failed("按时间先后记录", "时间倒置", "in order of time", "out of order")
    return passed("无撤回", "无撤回", "none withdrawn", "none withdrawn")


RULE.condition(
    "R13.C11",
    "B",
    "成交后当场签署成交确认书，笔录由拍卖师、记录人、买受人签名",
    "The deal confirmation is signed at once, the record by auctioneer, recorder and buyer",
    steps=(Step.PUBLISH_DEAL,),
    sources=(
        Source(PM, "第五十二条"),
        Source(PM, "第五十三条"),
        LAND_ORDER,
    ),
)(sale_conditions.confirmed_at_once)


RULE.condition(
    "R13.C12",
    "B",
    "优先权在公告中载明并当场行使；拍卖出租房屋提前通知承租人",
    "A right of priority is in the notice and exercised in the room; a sitting lessee is told in time",
    steps=(Step.ANNOUNCE_SALE, Step.CONFIRM),
    sources=(
        Source("农村土地承包法", "第五十一条"),
        Source("民法典", "第七百二十六条、第七百二十七条、第七百三十四条"),
        COUNTY,
    ),
)(sale_conditions.priority_kept)


RULE.condition(
    "R13.C13",
    "R",
    "未约定佣金的，向每一方收取不超过成交价的百分之五",
    "Commission, where none is agreed, at most five per cent of the price from each side",
    steps=(Step.DRAFT_DEAL, Step.CONFIRM),
    sources=(Source(PM, "第五十六条"),),
)(sale_conditions.commission_bounded)


RULE.condition(
    "R13.C14",
    "R",
    "管理层及其近亲属受让的，平等竞买且不参与转让准备",
    "Managers and their relatives buy on equal terms and stay out of preparing the sale",
    steps=(Step.CONFIRM,),
    sources=(Source("企业国有资产法", "第五十六条"),),
)(sale_conditions.insiders_stand_apart)


RULE.condition(
    "R13.C15",
    "B",
    "租期和土地使用年限不超过法定上限，六个月以上租赁书面订立，农用地不改变用途",
    "Lease and land-use right within the legal years, in writing from six months, farmland stays farmland",
    steps=(Step.ANNOUNCE_SALE, Step.DRAFT_SALE_CONTRACT),
    sources=(
        Source("民法典", "第七百零五条、第七百零七条"),
        Source("城镇国有土地使用权出让和转让暂行条例", "第十二条"),
        Source("农村土地承包法", "第三十八条"),
    ),
)(sale_conditions.tenancy_bounded)


RULE.condition(
    "R13.C16",
    "R",
    "竞买人之间或者与拍卖人恶意串通的，成交无效",
    "Collusion among buyers or with the auctioneer voids the deal",
    steps=(Step.CONFIRM,),
    sources=(
        Source("企业国有资产法", "第七十二条"),
        Source(PM, "第三十七条"),
        Source(PM, "第六十五条"),
        LAND_ORDER,
    ),
)(sale_conditions.collusion_voids)
