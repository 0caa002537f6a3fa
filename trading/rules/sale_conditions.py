"""Questions about live bidding for a disposal 竞价成交条件 (R13.C3–C16, R15.C3); ids are given in the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trading.codelists import Method, ProjectType
from trading.rules.applies import only
from trading.rules.asking import all_so, is_so, nothing_in, nothing_to_judge
from trading.rules.case import Case, EntrantFacts
from trading.rules.rule import Finding, failed, holds, known, not_applicable, passed
from trading.rules.wording import about, at_least_days, percent, together, yuan_en, yuan_zh
from trading.steps import Step
from trading.working_days import add_months, add_years, days_between

DISPOSALS = (ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL, ProjectType.OTHER)
OPEN_METHODS = (Method.AUCTION, Method.OPEN_TENDER, Method.NET_BIDDING)
COMPETING = 2


@only(ProjectType.LAND)
def goes_on_to_bidding(case: Case) -> Finding:
    """At the end of a listing somebody still wants to bid: bidding goes on, to the highest."""
    method = known(case.method.chosen, "交易方式", "the method")
    if method is not Method.LISTING:
        return not_applicable(f"交易方式为{method.zh}", f"the method is: {method.en}")
    if case.bidding.pending and not case.sale.went_on_to_bidding:
        return not_applicable("竞价结果未定", "the result is still open")
    if not known(case.sale.still_wanting, "挂牌截止时是否有人继续竞价", "whether anyone still wanted to bid"):
        return nothing_to_judge("无人要求继续竞价", "nobody wanted to bid on")
    return is_so(
        case.sale.went_on_to_bidding, "转入现场或者网上竞价", "went on to live bidding",
        "未转入竞价即成交", "closed without live bidding",
    )  # fmt: skip


@only(ProjectType.SOE)
def openly_sold(case: Case) -> Finding:
    """Two or more qualified takers: auction, tender or net bidding. Exactly one: a deal at the reserve or above."""
    if case.bidding.pending:
        return not_applicable("竞价结果未定", "the result is still open")
    takers = known(case.sale.takers, "符合条件的意向受让方数", "the number of qualified takers")
    if takers >= COMPETING:
        method = known(case.method.chosen, "交易方式", "the method")
        return holds(
            method in OPEN_METHODS, "公开竞价（拍卖、招标、网络竞价）", f"{takers}个意向受让方，{method.zh}",
            "auction, tender or net bidding", f"{takers} takers, {method.en}",
        )  # fmt: skip
    if takers == 0 or (case.bidding.ended_at is not None and case.bidding.winner is None):
        sold = case.bidding.winner is not None
        return holds(not sold, "不成交", "已成交" if sold else "不成交", "no deal", "a deal" if sold else "no deal")
    reserve = known(case.bidding.reserve, "底价", "the reserve")
    price = known(case.bidding.price, "成交价", "the price of the deal")
    return holds(
        price >= reserve, f"不低于{yuan_zh(reserve)}", yuan_zh(price), f"at least {yuan_en(reserve)}", yuan_en(price)
    )


@only(ProjectType.SOE)
def buyers_not_limited(case: Case) -> Finding:
    """Assets: no limits on who may buy unless a law sets them; equity: in principle none, an exception is filed."""
    limits = known(case.sale.buyer_limits, "受让方资格条件", "the qualifications asked of buyers")
    if not limits:
        return passed("不设受让方资格条件", "未设", "no limits on buyers", "none")
    equity = known(case.disclosure.equity, "是否产权（股权）转让", "whether equity is sold")
    if equity:
        finding = is_so(
            case.sale.limits_filed, "资格条件已备案", "the limits are filed",
            "资格条件未备案", "the limits are not filed",
        )  # fmt: skip
    else:
        finding = is_so(
            case.sale.limits_by_law, "资格条件有法律法规依据", "the limits are set by law",
            "资格条件无法律法规依据", "no law sets the limits",
        )  # fmt: skip
    listed_zh, listed_en = "、".join(limits), ", ".join(limits)
    return about(f"（{listed_zh}）", f"({listed_en})", finding)


def _not_let_in(case: Case, one: EntrantFacts) -> tuple[str, str] | None:
    """Why ``one`` may not bid, in two languages; None where he may."""
    cut_off = known(case.sale.cut_off, "报名与保证金截止时间", "the cut-off")
    deposit = known(case.disclosure.deposit, "竞买保证金", "the deposit asked")
    if one.qualified is False:
        return "不符合资格", "not qualified"
    if known(one.applied_at, "报名时间", "when he applied") > cut_off:
        return "截止后报名", "applied after the cut-off"
    if known(one.deposit, "保证金到账额", "the deposit that arrived") < deposit:
        return "保证金不足", "deposit not in full"
    if deposit and known(one.deposit_at, "保证金到账时间", "when the deposit arrived") > cut_off:
        return "保证金逾期到账", "deposit after the cut-off"
    known(one.qualified, "竞买资格审查", "the examination of his qualification")
    return None


@only(*DISPOSALS)
def entrants_let_in(case: Case) -> Finding:
    """Application, whole deposit before the cut-off, qualification; number and names stay sealed."""
    entrants = known(case.sale.entrants, "竞买人名单", "those let into the bidding")
    if case.sale.entrants_sealed is False:
        return failed("竞买人数和名单保密", "已泄露", "number and names sealed", "disclosed")
    found = [(one.bidder, _not_let_in(case, one)) for one in entrants]
    wrong = [(bidder, why) for bidder, why in found if why]
    if wrong:
        return failed(
            "报名、保证金、资格齐备方可竞买", "；".join(f"{bidder}：{zh}" for bidder, (zh, _) in wrong),
            "applied, deposit in full, qualified", "; ".join(f"{bidder}: {en}" for bidder, (_, en) in wrong),
        )  # fmt: skip
    known(case.sale.entrants_sealed, "竞买人数和名单保密情况", "whether number and names are sealed")
    return nothing_to_judge(
        f"{len(entrants)}名竞买人齐备，名单保密", f"{len(entrants)} let in on all conditions, names sealed"
    )


@only(*DISPOSALS)
def confirmed_at_once(case: Case) -> Finding:
    """The deal confirmation on the day of the deal; the record signed by auctioneer, recorder and buyer."""
    if case.bidding.ended_at is not None and case.bidding.winner is None and case.sale.confirmation_signed_on is None:
        return not_applicable("未成交", "no deal")
    deal = known(case.delivery.deal_on, "成交日", "the day of the deal")
    if case.sale.confirmation_signed_on is None and case.today > deal:
        return failed(f"{deal}当场签署", "未签署", f"signed on {deal}", "not signed")
    signed = known(case.sale.confirmation_signed_on, "成交确认书", "the deal confirmation")
    missing = known(case.sale.confirmation_missing, "成交笔录签名", "the signatures under the record")
    return together(
        holds(signed == deal, f"{deal}当场签署", f"{signed}签署", f"signed on {deal}", f"signed on {signed}"),
        nothing_in(missing, "拍卖师、记录人、买受人均已签名", "signed by auctioneer, recorder and buyer"),
    )


def _lessee_told(case: Case) -> Finding:
    told = known(case.priority.told_on, "通知承租人的日期", "when the lessee was told")
    trade = known(case.disclosure.trade_on, "交易日", "the day of the trade")
    auction = known(case.method.chosen, "交易方式", "the method") is Method.AUCTION
    least = case.values["lessee_notice_before_auction" if auction else "lessee_answer_days"]
    return about("提前通知承租人", "the lessee is told", at_least_days(days_between(told, trade), least))


@only(*DISPOSALS)
def priority_kept(case: Case) -> Finding:
    """A right to go first on equal terms is in the notice and exercised in the room; a sitting lessee is told."""
    right = case.priority
    leased = known(right.leased_house, "是否出售出租房屋", "whether a house with a lessee is sold")
    exists = known(right.exists, "是否有优先权人", "whether anyone has priority") or leased
    if not exists:
        return not_applicable("没有优先权人", "nobody has priority")
    if leased:
        told = _lessee_told(case)
    else:
        told = passed("没有承租人", "没有承租人", "no lessee", "no lessee")
    stated_ = is_so(
        right.stated, "公告载明优先权", "stated in the notice", "公告未载明优先权", "not stated in the notice"
    )
    if case.step is Step.ANNOUNCE_SALE:
        return together(told, stated_)
    return together(told, stated_, is_so(
        right.matched, "优先权人当场按最高价行使或者放弃", "exercised in the room at the highest price, or waived",
        "未给优先权人当场行使的机会", "no occasion in the room",
    ))  # fmt: skip


@only(*DISPOSALS)
def commission_bounded(case: Case) -> Finding:
    """Where none is agreed: at most the legal share of the price from each side."""
    commissions = known(case.sale.commissions, "拍卖佣金", "the commissions")
    if not any(commissions):
        return not_applicable("不收佣金", "no commission")
    if known(case.sale.commission_agreed, "佣金是否事先约定", "whether the commission was agreed"):
        return not_applicable("佣金由当事人约定", "the parties agreed the commission")
    price = known(case.bidding.price, "成交价", "the price of the deal")
    most, highest = case.values["commission_max"] * price, max(commissions)
    words = percent(case.values["commission_max"])
    return holds(
        highest <= most, f"每方不超过成交价的{words}", yuan_zh(highest),
        f"at most {words} from each side", yuan_en(highest),
    )  # fmt: skip


@only(*DISPOSALS)
def insiders_stand_apart(case: Case) -> Finding:
    """Managers or their relatives as buyers compete on equal terms and stay out of preparing the sale."""
    insiders = known(case.sale.insiders, "管理层及其近亲属参与受让情况", "managers or relatives among the buyers")
    if not insiders:
        return nothing_to_judge("没有管理层或者其近亲属参与", "no managers or relatives take part")
    return all_so(
        *((one.equal_terms, f"{one.name}平等竞买", f"{one.name} on equal terms") for one in insiders),
        *(
            (
                None if one.prepared_the_sale is None else not one.prepared_the_sale,
                f"{one.name}未参与方案制定和组织", f"{one.name} kept out of preparing the sale",
            )
            for one in insiders
        ),
    )  # fmt: skip


def _at_most_until(last: date, until: date, zh: str, en: str) -> Finding:
    return holds(
        until <= last, f"{zh}不超过至{last}", f"{zh}至{until}", f"{en} until {last} at most", f"{en} until {until}"
    )


@only(*DISPOSALS)
def tenancy_bounded(case: Case) -> Finding:
    """A lease at most twenty years, in writing from six months on; a land-use right by use; farming stays farming."""
    what = case.tenancy
    parts: list[Finding] = []
    lease = known(what.lease, "是否出租", "whether it is let")
    if lease or what.land_use is not None:
        since = known(what.since, "起始日", "the first day")
        until = known(what.until, "终止日", "the last day")
        if lease:
            parts.append(_at_most_until(add_years(since, case.values["lease_years_max"]), until, "租期", "lease"))
            if until >= add_months(since, case.values["lease_written_months"]):
                parts.append(is_so(what.in_writing, "书面形式", "in writing", "未采用书面形式", "not in writing"))
        if what.land_use is not None:
            longest = add_years(since, case.values[f"land_years_{what.land_use.value}"])
            parts.append(_at_most_until(longest, until, what.land_use.zh, what.land_use.en))
    elif known(case.project.type, "项目类型", "the project type") is ProjectType.LAND:
        known(what.land_use, "土地用途", "the use of the land")
    if known(what.farmland, "是否农用地", "whether it is farmland"):
        kept = what.agricultural_use_kept
        parts.append(is_so(kept, "保持农业用途", "agricultural use kept", "改变农业用途", "agricultural use changed"))
    return together(*parts) if parts else not_applicable("不涉及租赁或者使用年限", "no lease or term of use")


@only(*DISPOSALS)
def collusion_voids(case: Case) -> Finding:
    """Collusion among buyers or with the auctioneer: the deal is void and treated so."""
    if not known(case.sale.collusion_found, "恶意串通认定", "whether collusion was found"):
        return nothing_to_judge("未认定恶意串通", "no collusion found")
    return is_so(
        case.sale.deal_void, "认定串通，成交无效", "collusion found, the deal is void",
        "认定串通而成交仍有效", "collusion found, the deal stands",
    )  # fmt: skip


def _best_offer(case: Case) -> tuple[str, Decimal | None] | None:
    """Whom the published terms make the winner, and at what price where the price decides; None: nobody."""
    if known(case.sale.by_composite, "是否综合评审", "whether a composite evaluation was published"):
        return known(case.sale.composite_best, "综合评审第一名", "the best of the composite evaluation"), None
    reserve = known(case.bidding.reserve, "底价", "the reserve")
    offers = known(case.bidding.offers, "报价记录", "the record of offers")
    valid = [one for one in offers if one.amount >= reserve and not one.withdrawn]
    if not valid:
        return None
    best = min(valid, key=lambda one: (-one.amount, one.at))
    return case.bidding.matched_by or best.bidder, best.amount


@only(ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL)
def best_offer_wins(case: Case) -> Finding:
    """The winner is the highest valid offer at or above the reserve, or the best under the published composite."""
    best = _best_offer(case)
    winner = known(case.award.winner, "受让人（竞得人）", "the winner")
    if best is None:
        return failed("没有不低于底价的报价，不成交", winner, "no valid offer: no deal", winner)
    bidder, amount = best
    if amount is None:
        return holds(winner == bidder, bidder, winner, bidder, winner)
    price = known(case.award.price, "成交价", "the price of the deal")
    return holds(
        (winner, price) == best, f"{bidder}，{yuan_zh(amount)}", f"{winner}，{yuan_zh(price)}",
        f"{bidder}, {yuan_en(amount)}", f"{winner}, {yuan_en(price)}",
    )  # fmt: skip
