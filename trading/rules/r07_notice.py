"""R07 交易信息公告制度: notices on the statutory media, complete, free, with the least times the law gives bidders."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import Code, Phase, ProjectType
from trading.rules.applies import only
from trading.rules.case import Case
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_least_days, words, yuan_en, yuan_zh
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
    steps=(Step.ANNOUNCE, Step.CLARIFY),
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
    steps=(Step.ANNOUNCE,),
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
