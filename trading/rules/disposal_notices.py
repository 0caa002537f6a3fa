"""Questions about the notice of something disposed of 处置公告 (R07.C8–C13); severity and source are given there."""

from __future__ import annotations

from datetime import date

from trading.codelists import Mark, Method, ProjectType
from trading.rules.applies import only
from trading.rules.case import Case
from trading.rules.rule import Finding, Source, holds, known, not_applicable, passed
from trading.rules.wording import about, at_least_days, at_least_working_days, stated, together
from trading.working_days import days_between

LAND_ORDER = Source(
    "招标拍卖挂牌出让国有建设用地使用权规定", "第八条、第九条", Mark.TO_BE_VERIFIED
)  # fmt: skip
DISPOSALS = (ProjectType.LAND, ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL, ProjectType.OTHER)


def _published(case: Case) -> date:
    return known(case.disclosure.published_on, "公告发布日", "the day of the notice")


def _trade(case: Case) -> date:
    return known(case.disclosure.trade_on, "交易活动开始日", "the day on which the trade begins")


def _open_for(case: Case) -> int:
    closed = known(case.disclosure.closed_on, "公告截止日", "the last day of the notice")
    return case.calendar.working_days_between(_published(case), closed)


@only(ProjectType.LAND)
def land_notice_is_early(case: Case) -> Finding:
    """Twenty days between the notice and the beginning of the trade; the contents of the order are all there."""
    days = days_between(_published(case), _trade(case))
    missing = known(case.disclosure.missing_contents, "公告内容", "the contents of the notice")
    contents = holds(
        not missing,
        "内容完整", f"缺：{'、'.join(missing)}" if missing else "完整",
        "complete", f"missing: {', '.join(missing)}" if missing else "complete",
    )  # fmt: skip
    return together(about("公告", "notice", at_least_days(days, case.values["land_notice"])), contents)


@only(*DISPOSALS)
def auction_is_announced(case: Case) -> Finding:
    """Seven days before, in a newspaper or another news medium; the object is shown for two days."""
    method = known(case.method.chosen, "交易方式", "the method")
    if method is not Method.AUCTION:
        return not_applicable(f"交易方式为{method.zh}", f"the method is: {method.en}")
    days = days_between(_published(case), _trade(case))
    shown = known(case.disclosure.display_days, "标的展示日数", "the days on which the object is shown")
    news = known(case.disclosure.news_medium, "是否在新闻媒介公告", "whether a news medium carried the notice")
    return together(
        about("公告", "notice", at_least_days(days, case.values["auction_notice"])),
        about("展示", "display", at_least_days(shown, case.values["auction_display"])),
        stated(news, "新闻媒介公告", "the notice in a news medium"),
    )


def _equity(case: Case) -> bool:
    return known(case.disclosure.equity, "是否产权转让", "whether equity is transferred")


def _renewed(case: Case, least: int) -> list[Finding]:
    """The disclosure after a price cut or a change of terms, where there was one."""
    asked = case.disclosure
    if not known(asked.terms_changed, "是否降价或者变更条件", "whether price or terms were changed"):
        return []
    begun = known(asked.renewed_from, "重新披露日", "the day of the renewed disclosure")
    until = known(asked.renewed_until, "重新披露截止日", "the end of the renewed disclosure")
    days = case.calendar.working_days_between(begun, until)
    return [about("重新披露", "renewed disclosure", at_least_working_days(days, least))]


@only(ProjectType.SOE)
def equity_is_disclosed(case: Case) -> Finding:
    """Twenty working days; where control passes also before; after a price cut or changed terms again."""
    if not _equity(case):
        return not_applicable("属于资产转让，不属于产权转让", "assets are transferred, not equity")
    least = case.values["soe_equity_disclosure_wd"]
    parts = [about("正式披露", "disclosure", at_least_working_days(_open_for(case), least))]
    if known(case.disclosure.control_passes, "控制权是否转移", "whether control passes"):
        begun = known(case.disclosure.preliminary_from, "预披露日", "the day of the preliminary disclosure")
        until = known(case.disclosure.preliminary_until, "预披露截止日", "the end of the preliminary disclosure")
        days = case.calendar.working_days_between(begun, until)
        parts.append(about("预披露", "preliminary disclosure", at_least_working_days(days, least)))
    return together(*parts, *_renewed(case, least))


@only(ProjectType.SOE)
def assets_are_announced(case: Case) -> Finding:
    """By the reserve: above one million ten working days, from ten million on twenty; below by the owner's own rule.

    The order leaves exactly ten million open: the county takes the longer notice.
    """
    if _equity(case):
        return not_applicable("属于产权转让，不属于资产转让", "equity is transferred, not assets")
    reserve = known(case.disposal.reserve, "转让底价", "the reserve")
    if reserve <= case.values["soe_asset_mid_above"]:
        return not_applicable("底价一百万元以下，按企业内部规定公告", "one million yuan or less: the owner's own rule")
    high = reserve >= case.values["soe_asset_high_from"]
    return at_least_working_days(_open_for(case), case.values["soe_asset_high_wd" if high else "soe_asset_mid_wd"])


@only(ProjectType.SOE)
def disclosed_terms_stay(case: Case) -> Finding:
    """No change while disclosed; a forced one prolongs the disclosure by twenty working days."""
    asked = case.disclosure
    if not known(asked.terms_changed, "是否变更披露内容", "whether the disclosed terms were changed"):
        return passed("披露内容不变", "未变更", "terms unchanged", "unchanged")
    forced = known(asked.change_forced, "变更是否确有必要", "whether the change was forced")
    because = holds(
        forced,
        "确有必要方可变更", "确有必要" if forced else "无必要事由",
        "changed only where forced", "forced" if forced else "not forced",
    )  # fmt: skip
    return together(because, *_renewed(case, case.values["soe_equity_disclosure_wd"]))


def _county_days(case: Case) -> int:
    """The county's least notice in working days; a small village lease has the shorter one."""
    if case.project.type is ProjectType.ADMIN:
        return int(case.values["admin_notice_wd"])
    if case.project.type is ProjectType.OTHER:
        return int(case.values["rural_notice_small_wd"])
    rent = known(case.disclosure.annual_rent, "年租金或者成交起始价", "the rent of a year")
    years = known(case.disclosure.lease_years, "流转年限", "the years of the lease")
    large = rent > case.values["rural_notice_rent_above"] or years > case.values["rural_notice_years_above"]
    return int(case.values["rural_notice_wd" if large else "rural_notice_small_wd"])


@only(ProjectType.ADMIN, ProjectType.RURAL, ProjectType.OTHER)
def county_notice_is_long_enough(case: Case) -> Finding:
    """Administrative assets ten working days; village assets ten, small and short leases five; other rights five."""
    return at_least_working_days(_open_for(case), _county_days(case))
