"""Questions about disposals before their notice 处置前置条件 (R02.C6–C12, R06.C7–C11); ids are given in the rules."""

from __future__ import annotations

from datetime import date

from trading.beijing import law_date
from trading.codelists import Answer, ProjectType
from trading.rules.applies import only, unless_returned
from trading.rules.asking import all_so
from trading.rules.case import Case
from trading.rules.rule import Finding, failed, holds, known, not_applicable
from trading.rules.wording import at_least_days
from trading.working_days import add_months, days_between

VALUED = (ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL)


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
    day = law_date(case.notice.published_at) if case.notice.published_at else case.today
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
    start = law_date(case.notice.published_at) if case.notice.published_at else case.today
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
