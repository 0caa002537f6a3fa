"""R07 交易信息公告制度: notices on the statutory media, complete, free, with the least times the law gives bidders."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import Code, Mark, Method, Phase, ProjectType, Role
from trading.rules import disposal_notices, procurement_notices
from trading.rules.applies import only
from trading.rules.asking import COUNTY, signed
from trading.rules.case import Case
from trading.rules.rule import Checklist, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import about, at_least_days, together, words, yuan_en, yuan_zh
from trading.steps import Step
from trading.working_days import days_between

RULE = Rule(
    "R07",
    "交易信息公告制度",
    "Notice and publication",
    Phase.PROCESS_SUPERVISION,
    "公告在法定媒介和本平台同步免费发布，内容一致、完整，并满足法定最短期限。",
    "Notices go out on the statutory medium and this platform, identical, complete, free of charge, with the least "
    "times of the law.",
)


class Medium(Code):
    """Where a notice is published; the first two are statutory for works."""

    NATIONAL = "national", "中国招标投标公共服务平台", "National public service platform for tendering"
    PROVINCIAL = "provincial", "省级招标投标公共服务平台", "Provincial public service platform for tendering"
    COUNTY = "county", "本县公共资源交易平台", "This county's trading platform"


STATUTORY = (Medium.NATIONAL, Medium.PROVINCIAL)
D74, D87, CGT = "政府采购非招标采购方式管理办法", "政府采购货物和服务招标投标管理办法", "政府采购法实施条例"
SOE_ORDER = "企业国有资产交易监督管理办法（2016年第32号令）"


@RULE.condition(
    "R07.C1",
    "B",
    "招标公告在国家或者省级公共服务平台发布，各媒介内容一致",
    "The notice appears on the national or provincial service platform, identical wherever it appears",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法", "第十六条"), Source("招标投标法实施条例", "第十五条、第六十三条")),
)
@only(ProjectType.WORKS)
def notice_is_on_a_statutory_medium(case: Case) -> Finding:
    """One of the statutory media is among those used; the copies are the same."""
    known(case.notice.published_at, "公告发布时间", "when the notice was published")
    if case.method.chosen is Method.INVITED_TENDER:
        return not_applicable("邀请招标以投标邀请书发出", "an invited tender goes out by letter")
    used = [medium for medium in Medium if medium in case.notice.media]
    if not set(used) & set(STATUTORY):
        return failed(
            words(STATUTORY, "zh"), words(used, "zh") or "无",
            f"one of: {words(STATUTORY, 'en')}", words(used, "en") or "none",
        )  # fmt: skip
    same = known(case.notice.media_identical, "各媒介内容是否一致", "whether the copies are identical")
    zh, en = ("一致", "identical") if same else ("不一致", "not identical")
    return holds(same, "内容一致", f"{words(used, 'zh')}，{zh}", "identical copies", f"{words(used, 'en')}; {en}")


@RULE.condition(
    "R07.C2",
    "B",
    "招标文件发售（下载）期不少于五日",
    "The documents are offered for at least five days",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法实施条例", "第十六条"),),
)
@only(ProjectType.WORKS)
def documents_are_offered_long_enough(case: Case) -> Finding:
    """Days from issue to the end of the offer, by Beijing dates."""
    issued = known(case.notice.issued_at, "招标文件开始发出时间", "when the documents were issued")
    until = known(case.notice.documents_until, "招标文件发售截止时间", "until when the documents are offered")
    return at_least_days(days_between(law_date(issued), law_date(until)), case.values["works_doc_sale"])


@RULE.condition(
    "R07.C3",
    "B",
    "依法必须招标的项目，自招标文件开始发出至投标截止不少于二十日",
    "In a mandatory tender at least twenty days lie between the issue of the documents and the bid deadline",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法", "第二十四条"),),
)
@only(ProjectType.WORKS)
def bidders_have_time_to_prepare(case: Case) -> Finding:
    """Counted from the issue of the documents, not from the notice."""
    if not known(case.method.mandatory, "是否依法必须招标", "whether the tender is mandatory"):
        return not_applicable("不属于依法必须招标的项目", "the tender is not mandatory")
    issued = known(case.notice.issued_at, "招标文件开始发出时间", "when the documents were issued")
    deadline = known(case.notice.bid_deadline, "投标截止时间", "the bid deadline")
    return at_least_days(days_between(law_date(issued), law_date(deadline)), case.values["works_issue_to_deadline"])


@RULE.condition(
    "R07.C4",
    "B",
    "资格预审申请截止距文件停止发售不少于五日；通过的申请人不足三个的重新招标",
    "Prequalification applications close at least five days after the sale ends; fewer than three passed: a new tender",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法实施条例", "第十七条、第十九条"),),
)
@only(ProjectType.WORKS)
def applicants_have_time(case: Case) -> Finding:
    """Five days from the end of the sale; with fewer than three who passed the tender is held anew."""
    asked = case.prequalification
    if not known(asked.held, "资格审查方式", "how qualification is examined"):
        return not_applicable("采用资格后审", "qualification is examined after the opening")
    ends = known(asked.sale_ends_on, "资格预审文件停止发售日", "the end of the sale of the prequalification documents")
    until = known(asked.applications_until, "资格预审申请截止日", "the last day for applications")
    time = at_least_days(days_between(ends, until), case.values["works_preq_after_sale"])
    passed_ones = len(known(asked.passed, "通过资格预审的申请人", "the applicants that passed"))
    least = case.values["bidders_min"]
    anew = passed_ones < least and known(asked.retendered, "是否重新招标", "whether the tender is held anew")
    return together(
        about("申请时间", "time to apply", time),
        holds(
            passed_ones >= least or anew,
            f"通过的不少于{least}个，否则重新招标", f"通过{passed_ones}个",
            f"at least {least} passed, or a new tender", f"{passed_ones} passed",
        ),
    )  # fmt: skip


RULE.condition(
    "R07.C5",
    "B",
    "政府采购招标：公告期限、文件提供期限各不少于五个工作日，文件发出至投标截止不少于二十日",
    "Procurement tender: notice and documents for five working days each, twenty days from the issue to the deadline",
    steps=(Step.ANNOUNCE,),
    sources=(
        Source(D87, "第十六条、第十八条"),
        Source("政府采购法", "第三十五条"),
        Source(CGT, "第二十一条、第三十一条"),
    ),
)(procurement_notices.tender_leaves_time)

RULE.condition(
    "R07.C6",
    "B",
    "政府采购非招标方式：文件发出至首次响应，谈判、询价不少于三个工作日，磋商不少于十日",
    "Procurement otherwise: three working days to the first offer in negotiation and inquiry, ten days in consultation",
    steps=(Step.ANNOUNCE,),
    sources=(
        Source(D74, "第二十九条、第四十五条"),
        Source("财库〔2014〕214号", "第十条", Mark.TO_BE_VERIFIED),
        Source("财库〔2015〕135号", mark=Mark.TO_BE_VERIFIED),
    ),
)(procurement_notices.offer_leaves_time)

RULE.condition(
    "R07.C7",
    "I",
    "框架协议采购和电子卖场不按本制度办理",
    "Framework agreements and the electronic store do not go by this procedure",
    steps=(Step.ANNOUNCE,),
    sources=(Source("政府采购框架协议采购方式管理暂行办法（2022年第110号令）", mark=Mark.TO_BE_VERIFIED),),
)(procurement_notices.no_framework)

RULE.condition(
    "R07.C8",
    "B",
    "土地出让公告在招标、拍卖或者挂牌开始二十日前发布，内容完整",
    "A land notice appears twenty days before the tender, auction or listing begins, and is complete",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(disposal_notices.LAND_ORDER,),
)(disposal_notices.land_notice_is_early)

RULE.condition(
    "R07.C9",
    "B",
    "拍卖七日前在报纸或者其他新闻媒介公告，标的展示不少于二日",
    "An auction is announced seven days before in a news medium, the object shown for two days",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(Source("拍卖法", "第四十五条、第四十七条、第四十八条"),),
)(disposal_notices.auction_is_announced)

RULE.condition(
    "R07.C10",
    "B",
    "国有产权转让正式披露不少于二十个工作日；控制权转移的先行预披露，降价或者变更条件的重新披露",
    "State equity is disclosed for twenty working days; before a transfer of control, and after a change, once more",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(Source(SOE_ORDER, "第十三条、第十八条", Mark.TO_BE_VERIFIED),),
)(disposal_notices.equity_is_disclosed)

RULE.condition(
    "R07.C11",
    "B",
    "国有资产转让公告：底价一百万元以上不少于十个工作日，一千万元以上不少于二十个工作日",
    "State assets: a notice of ten working days above one million yuan, of twenty from ten million on",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(Source(SOE_ORDER, "第五十条", Mark.TO_BE_VERIFIED), COUNTY),
)(disposal_notices.assets_are_announced)

RULE.condition(
    "R07.C12",
    "B",
    "国有资产信息披露期间不变更披露内容；确需变更的，披露期重新计算",
    "Disclosed terms of state assets do not change; where they must, the disclosure runs anew",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(Source(SOE_ORDER, "第二十条", Mark.TO_BE_VERIFIED),),
)(disposal_notices.disclosed_terms_stay)

RULE.condition(
    "R07.C13",
    "B",
    "行政事业资产、农村产权和其他资源的公告不少于规定的工作日",
    "Notices of administrative, village and other assets last the county's working days",
    steps=(Step.ANNOUNCE_SALE, Step.CHANGE_SALE),
    sources=(COUNTY,),
)(disposal_notices.county_notice_is_long_enough)


@RULE.condition(
    "R07.C14",
    "B",
    "招标公告内容完整",
    "The notice is complete",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法", "第十六条"),),
)
@only(ProjectType.WORKS)
def notice_is_complete(case: Case) -> Finding:
    """Nothing that a notice must say is missing."""
    missing = known(case.notice.missing_contents, "公告内容", "the contents of the notice")
    listed = ", ".join(missing)
    return holds(
        not missing,
        "内容完整", f"缺：{listed}" if listed else "完整",
        "complete", f"missing: {listed}" if listed else "complete",
    )  # fmt: skip


@RULE.condition(
    "R07.C15",
    "B",
    "投标截止前不向任何人披露获取文件者的名称和数量",
    "Before the deadline nobody is told who or how many took the documents",
    steps=(Step.ANNOUNCE, Step.CLARIFY, Step.ANNOUNCE_SALE),
    sources=(
        Source("招标投标法", "第二十二条、第五十二条"),
        Source("电子招标投标办法", "第二十一条"),
    ),
)
def holders_stay_secret(case: Case) -> Finding:
    """Neither notice nor clarification tells of the holders."""
    told = known(case.notice.holders_disclosed, "获取文件者信息是否泄露", "whether the holders were disclosed")
    return holds(
        not told, "不披露", "已披露" if told else "未披露", "undisclosed", "disclosed" if told else "undisclosed"
    )


@RULE.condition(
    "R07.C16",
    "R",
    "公告和登记免费，电子文件免费获取",
    "Publication, registration and the electronic documents are free",
    steps=(Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(
        Source("招标投标法实施条例", "第十五条"),
        Source("电子招标投标办法", "第九条"),
        Source("公共资源交易平台管理暂行办法", "第十六条"),
    ),
)
def publication_is_free(case: Case) -> Finding:
    """Nothing is charged."""
    fee = known(case.notice.fee, "收费", "the fee")
    if not fee:
        return passed("免费", "免费", "free", "free")
    return failed("免费", yuan_zh(fee), "free", yuan_en(fee))


@RULE.condition(
    "R07.C17",
    "A",
    "媒介收到电子公告十二小时内、其他形式一个工作日内发布，核验不超过三个工作日",
    "A medium publishes an electronic notice within twelve hours, another within a working day; checks take three",
    steps=(Step.OPEN_BIDS,),
    sources=(Source("招标公告和公示信息发布管理办法", "第十一条", Mark.TO_BE_VERIFIED),),
    checklist=Checklist(
        "公告在国家或者省级媒介上何时出现，由该媒介掌握，本平台没有记录",
        "When a notice appeared on the national or provincial medium is known to that medium, not to this platform",
        by=Role.CENTRE,
    ),
)
@only(ProjectType.WORKS)
def media_are_prompt(case: Case) -> Finding:
    """Hours are electronic, working days are for paper; the centre reads the time off the other medium."""
    known(case.notice.published_at, "公告发布时间", "when the notice was published")
    return signed(case, "R07.C17", "各媒介按时发布公告", "every medium published the notice in time")
