"""Questions about disposals before their notice 处置前置条件 (R02.C6–C12, R06.C7–C11); ids are given in the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trading.beijing import law_date
from trading.codelists import Answer, Method, ProjectType
from trading.rules.applies import only, unless_returned
from trading.rules.asking import all_so
from trading.rules.case import Case
from trading.rules.rule import Finding, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_least_days, percent, yuan_en, yuan_zh
from trading.working_days import add_months, days_between

VALUED = (ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL)


def start_of(case: Case) -> date:
    """The day of the notice, or today while there is none."""
    return law_date(case.notice.published_at) if case.notice.published_at else case.today


@only(ProjectType.LAND)
@unless_returned
def land_plan_is_approved(case: Case) -> Finding:
    """Approval, planning conditions, assessment, collective decision."""
    land = case.disposal
    return all_so(
        (land.plan_approved, "出让方案经政府批准", "plan approved by the government"),
        (land.planning_conditions, "附规划条件", "planning conditions attached"),
        (land.price_assessed, "地价经评估", "price assessed"),
        (land.collective_decision, "底价和保证金集体决策", "reserve and deposit decided collectively"),
    )


@only(ProjectType.SOE)
@unless_returned
def state_assets_are_released(case: Case) -> Finding:
    """Decision and valuation always; the government where the State gives up all or control."""
    asset = case.disposal
    decided = (asset.funder_decided, "出资人机构决定", "decided by the state shareholder")
    valued = (asset.valuation_filed, "评估经核准或者备案", "valuation approved or filed")
    facts = [decided, valued]
    if asset.gives_up_control:
        facts.append((asset.government_approved, "政府批准", "approved by the government"))
    finding = all_so(*facts)
    if finding.answer is Answer.PASSED:
        known(asset.gives_up_control, "是否转让全部或者丧失控股地位", "whether all or control is given up")
    return finding


@only(ProjectType.ADMIN)
@unless_returned
def public_assets_are_released(case: Case) -> Finding:
    """Collective decision and approval always; a valuation where the disposal needs one."""
    asset = case.disposal
    facts = [
        (asset.collective_decision, "集体决策", "decided collectively"),
        (asset.approved, "经批准", "approved"),
    ]
    if known(asset.needs_valuation, "是否属于转让、拍卖、置换", "whether it is a transfer, auction or swap"):
        valued = None if asset.valuation is None else asset.valuation > 0
        facts.append((valued, "经评估", "valued"))
    return all_so(*facts)


@only(*VALUED)
@unless_returned
def valuation_is_in_force(case: Case) -> Finding:
    """The day of the notice, or today while there is none, against the last day of the valuation."""
    if case.disposal.needs_valuation is False:
        return not_applicable("无须评估", "no valuation is needed")
    base = known(case.disposal.valuation_base, "评估基准日", "the base date of the valuation")
    last = add_months(base, case.values["valuation_valid_months"])
    day = start_of(case)
    return holds(base <= day <= last, f"{base}至{last}", str(day), f"{base} to {last}", str(day))


def two_thirds(part: int, whole: int) -> bool:
    """Whether ``part`` is two thirds of ``whole`` or more, without rounding."""
    return 3 * part >= 2 * whole


@only(ProjectType.RURAL)
@unless_returned
def members_agree(case: Case) -> Finding:
    """The vote against all who are entitled, and the days between call and meeting (T6)."""
    vote = case.village
    delegates = known(vote.by_delegates, "是否成员代表大会", "whether delegates voted")
    entitled = known(vote.entitled, "全体人数", "how many are entitled")
    agreed = known(vote.agreed, "同意人数", "how many agreed")
    if not two_thirds(agreed, entitled):
        return failed(
            f"全体{entitled}人的三分之二以上同意", f"{agreed}人同意",
            f"two thirds of all {entitled} agree", f"{agreed} agree",
        )  # fmt: skip
    if not delegates:
        attended = known(vote.attended, "参加人数", "how many attended")
        if not two_thirds(attended, entitled):
            return failed(
                f"{entitled}人的三分之二以上参加", f"{attended}人参加",
                f"two thirds of {entitled} attend", f"{attended} attend",
            )  # fmt: skip
    called = known(vote.called_on, "会议通知日期", "when the meeting was called")
    met = known(vote.met_on, "会议日期", "when the meeting was held")
    return at_least_days(days_between(called, met), case.values["rural_meeting_notice"])


@only(ProjectType.RURAL)
@unless_returned
def land_to_outsiders_is_approved(case: Case) -> Finding:
    """The vote and the township's approval, where outsiders may take village land."""
    vote = case.village
    if not known(vote.land_to_outsiders, "是否由集体以外的单位个人承包", "whether outsiders take the land"):
        return not_applicable("不由集体以外的单位、个人承包", "no outsider takes village land")
    agreed = None if vote.agreed is None or vote.entitled is None else two_thirds(vote.agreed, vote.entitled)
    return all_so(
        (agreed, "三分之二以上同意", "two thirds agree"),
        (vote.township_approved, "乡镇人民政府批准", "approved by the township"),
    )


def government_reply_ends(filed: date, case: Case) -> date:
    """The last day on which the county government may comment on a village's land plan (TDT 40)."""
    return case.calendar.end_of_working_days(filed, case.values["rural_government_answer_wd"])


@only(ProjectType.RURAL)
@unless_returned
def village_building_land_is_filed(case: Case) -> Finding:
    """The vote, the working days before the notice, and no objection of the government that came in time."""
    land = case.village
    if not known(land.construction_land, "是否集体经营性建设用地", "whether it is village building land"):
        return not_applicable("不是集体经营性建设用地", "no village building land")
    agreed, entitled = known(land.agreed, "同意人数", "who agreed"), known(land.entitled, "全体人数", "who may vote")
    if not two_thirds(agreed, entitled):
        return failed("三分之二以上同意", f"{agreed}/{entitled}", "two thirds agree", f"{agreed} of {entitled}")
    filed = known(land.plan_filed_on, "方案报送日期", "when the plan was filed")
    start = start_of(case)
    least = case.values["rural_land_plan_before_wd"]
    taken = case.calendar.working_days_between(filed, start)
    if taken < least:
        return failed(
            f"报送满{least}个工作日", f"{taken}个工作日", f"filed {least} working days before", f"{taken} working days"
        )
    objected = known(land.government_objected, "政府是否提出修改意见", "whether the government objected")
    answered = land.government_answered_on
    if objected:
        answered = known(answered, "政府意见日期", "when the government objected")
    in_time = bool(objected and answered and answered <= government_reply_ends(filed, case))
    told, told_en = ("已提出修改意见", "objected in time") if in_time else ("期限内无修改意见", "no objection in time")
    return holds(not in_time, "期限内无修改意见", told, "no objection in time", told_en)


def at_least_yuan(actual: Decimal, least: Decimal) -> Finding:
    """Whether ``actual`` yuan are at least ``least``; equality is lawful (T4)."""
    return holds(
        actual >= least, f"不低于{yuan_zh(least)}", yuan_zh(actual), f"at least {yuan_en(least)}", yuan_en(actual)
    )


@only(ProjectType.SOE)
@unless_returned
def listing_keeps_the_valuation(case: Case) -> Finding:
    """The first listing at the valuation or more; a later one below its share of the valuation with consent."""
    asset = case.disposal
    value = known(asset.valuation, "核准或者备案的评估结果", "the approved or filed valuation")
    price = known(asset.listing_price, "挂牌价", "the listing price")
    if known(asset.first_listing, "是否首次挂牌", "whether it is the first listing"):
        return at_least_yuan(price, value)
    share = Decimal(case.values["soe_consent_below"])
    if price >= value * share:
        return at_least_yuan(price, value * share)
    consent = known(asset.consent_to_price, "批准单位书面同意", "the written consent of the approving body")
    zh, en = ("有书面同意", "consented") if consent else ("无书面同意", "no consent")
    return holds(
        consent,
        f"低于评估结果{percent(share)}的有书面同意", f"{yuan_zh(price)}，{zh}",
        f"below {percent(share)} of the valuation with consent", f"{yuan_en(price)}, {en}",
    )  # fmt: skip


@only(ProjectType.SOE)
def disclosure_is_not_stale(case: Case) -> Finding:
    """Twelve months after the first disclosure everything begins anew."""
    asset = case.disposal
    if known(asset.first_listing, "是否首次挂牌", "whether it is the first listing"):
        return not_applicable("首次挂牌", "the first listing")
    first = known(asset.first_disclosed_on, "首次披露日期", "when it was first disclosed")
    last, day = add_months(first, case.values["soe_relist_months"]), start_of(case)
    anew = day > last and known(asset.begun_anew, "是否重新审计评估披露", "whether audit and valuation began anew")
    zh, en = ("已重新审计评估", "begun anew") if anew else (str(day), str(day))
    return holds(day <= last or anew, f"不晚于{last}，或者重新审计评估", zh, f"by {last}, or begun anew", en)


@only(ProjectType.LAND)
def land_reserve_is_sealed(case: Case) -> Finding:
    """Decided collectively, kept by the vault, at the least price of the place or more."""
    land = case.disposal
    finding = all_so(
        (land.reserve_collective, "底价集体决策", "reserve decided collectively"),
        (case.sealed_price.kept_here, "底价密封", "reserve sealed"),
    )
    if finding.answer is Answer.FAILED:
        return finding
    least = known(land.least_price, "最低价标准", "the least price of the place")
    return at_least_yuan(known(land.reserve, "底价", "the reserve"), least)


@only(ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL, ProjectType.OTHER)
def auction_respects_its_reserve(case: Case) -> Finding:
    """Announced where there is none; where there is one, a highest bid below it ends the auction."""
    if known(case.method.chosen, "交易方式", "the trading method") is not Method.AUCTION:
        return not_applicable("不是拍卖", "no auction")
    asset = case.disposal
    if known(asset.without_reserve, "是否无保留价", "whether there is no reserve"):
        told = known(asset.announced_without_reserve, "是否说明无保留价", "whether that was announced")
        zh, en = ("已说明", "announced") if told else ("未说明", "not announced")
        return holds(told, "拍卖前说明无保留价", zh, "no reserve: announced before", en)
    if case.bidding.ended_at is None and asset.highest_bid is None:
        return passed("设保留价", "设保留价", "a reserve", "a reserve")
    reserve = known(asset.reserve, "保留价", "the reserve")
    highest = known(asset.highest_bid, "最高应价", "the highest bid")
    stopped = highest < reserve and known(asset.stopped_below_reserve, "是否停止拍卖", "whether the auction stopped")
    zh, en = ("已停止", "stopped") if stopped else ("未停止", "not stopped")
    return holds(
        highest >= reserve or stopped,
        f"不低于{yuan_zh(reserve)}，否则停止", f"{yuan_zh(highest)}，{zh}",
        f"at least {yuan_en(reserve)}, or stopped", f"{yuan_en(highest)}, {en}",
    )  # fmt: skip


@only(ProjectType.RURAL)
def village_reserve_is_agreed(case: Case) -> Finding:
    """Two thirds fix the reserve; the valuation lies before the members fifteen days."""
    village = case.village
    agreed = known(village.reserve_agreed, "同意底价人数", "how many agreed to the reserve")
    entitled = known(village.entitled, "全体人数", "how many are entitled")
    if not two_thirds(agreed, entitled):
        return failed("三分之二以上同意", f"{agreed}/{entitled}", "two thirds agree", f"{agreed} of {entitled}")
    shown = known(village.valuation_published_on, "评估结果公布日期", "when the valuation was shown to the members")
    return at_least_days(days_between(shown, start_of(case)), case.values["rural_valuation_public"])
