"""R05 例外方式审批与变更公示制度: a departure has a statutory ground, evidence, and is published with its reasons."""

from __future__ import annotations

from decimal import Decimal

from trading.codelists import Mark, Method, Phase, ProjectType
from trading.rules import procurement_exceptions
from trading.rules.applies import only, unless_refused
from trading.rules.case import Case
from trading.rules.r04_trading_method import chosen_method, needs_decision
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable
from trading.rules.wording import percent, yuan_en, yuan_zh
from trading.steps import Step

RULE = Rule(
    "R05",
    "例外方式审批与变更公示制度",
    "Exceptions and change of method",
    Phase.METHOD_APPROVAL,
    "邀请招标、不招标等例外方式须有法定情形和证明材料，经有权机关核准，并在实施前公布理由。",
    "Invited tender, no tender and other departures need a statutory ground with evidence, the competent body's "
    "decision, and publication of the reasons beforehand.",
)

DECIDING = (Step.DECIDE_EXCEPTION, Step.FIX_METHOD)
NOT_OPEN = (
    Method.INVITED_TENDER, Method.NEGOTIATION, Method.CONSULTATION, Method.INQUIRY, Method.SINGLE_SOURCE,
    Method.DIRECT,
)  # fmt: skip
NO_GROUNDS = {
    "会议纪要": "minutes of a meeting",
    "函件": "a letter",
    "复函": "a letter in reply",
    "批示": "an instruction",
    "招商引资": "investment promotion",
    "战略合作": "strategic cooperation",
}
OPINIONS = "招标投标主体行为的若干意见（发改法规规〔2022〕1117号）"


@RULE.condition(
    "R05.C1",
    "B",
    "例外方式的事由属于法定情形，并附证明材料",
    "The ground of an exception is statutory, and evidence is attached",
    steps=(Step.APPLY_FOR_EXCEPTION, Step.DECIDE_EXCEPTION, Step.FIX_METHOD),
    sources=(
        Source("招标投标法实施条例", "第八条、第九条"),
        Source("政府采购法", "第二十九条至第三十一条"),
    ),
)
@unless_refused
def ground_is_statutory(case: Case) -> Finding:
    """The ground's code is on the list of the chosen method, and evidence lies with it."""
    if case.step is not Step.APPLY_FOR_EXCEPTION and not needs_decision(case):
        return not_applicable("无须核准的方式", "a method that needs no decision")
    chosen_method(case)
    ground = known(case.method.ground, "例外事由", "the ground of the exception")
    statutory = known(case.method.ground_statutory, "事由是否属于法定情形", "whether the ground is statutory")
    if not statutory:
        return failed("法定情形", ground, "a statutory ground", ground)
    attached = known(case.method.evidence_attached, "证明材料", "the evidence")
    return holds(
        attached,
        "附证明材料", "已附" if attached else "未附",
        "evidence attached", "attached" if attached else "not attached",
    )  # fmt: skip


@RULE.condition(
    "R05.C2",
    "R",
    "依法必须招标的项目不招标或者邀请招标的，实施前公布理由和依据",
    "Where a mandatory tender is invited or left out, reasons and legal basis are published before",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第二条"),),
)
@only(ProjectType.WORKS)
def reasons_are_published(case: Case) -> Finding:
    """The reasons went out before the method was used."""
    if chosen_method(case) is Method.OPEN_TENDER:
        return not_applicable("公开招标", "an open tender")
    if not known(case.method.mandatory, "是否依法必须招标", "whether the tender is mandatory"):
        return not_applicable("不属于依法必须招标的项目", "the tender is not mandatory")
    published = known(case.method.reasons_published, "理由是否已公布", "whether the reasons are published")
    return holds(
        published,
        "实施前公布", "已公布" if published else "未公布",
        "published before", "published" if published else "not published",
    )  # fmt: skip


RULE.condition(
    "R05.C3",
    "B",
    "达到公开招标数额标准、只能从唯一供应商采购的，报批前公示不少于五个工作日；有异议的期满后五个工作日内补充论证",
    "A sole supplier from the threshold on: noticed five working days before the request; objections answered in five",
    steps=(Step.APPLY_FOR_EXCEPTION, Step.DECIDE_EXCEPTION),
    sources=(
        Source("政府采购法实施条例", "第三十八条"),
        Source("政府采购非招标采购方式管理办法", "第三十八条至第四十条"),
    ),
)(procurement_exceptions.single_source_was_noticed)

RULE.condition(
    "R05.C4",
    "B",
    "向原供应商添购的总额不超过原合同金额的百分之十（紧急采购另由有权机关个案认定）",
    "What is added to a contract stays within ten per cent of it (an emergency is decided case by case)",
    steps=DECIDING,
    sources=(
        Source("政府采购法", "第三十一条第三项"),
        Source("财库〔2026〕12号", mark=Mark.TO_BE_VERIFIED),
    ),
)(procurement_exceptions.addition_stays_small)

RULE.condition(
    "R05.C5",
    "B",
    "废标后变更采购方式的，经财政部门批准，有评标委员会或者三名以上专家关于文件无不合理条款的意见、公告证明和质疑情况说明",
    "A method changed after a failed tender: approval, a statement on the documents, proof of notice, challenges told",
    steps=DECIDING,
    sources=(
        Source("政府采购法", "第三十七条"),
        Source("政府采购货物和服务招标投标管理办法", "第四十三条"),
        Source("政府采购非招标采购方式管理办法", "第二十八条"),
    ),
)(procurement_exceptions.change_after_failure_is_founded)


@RULE.condition(
    "R05.C6",
    "B",
    "变更已核准的招标范围、方式、组织形式的，由原核准机关办理",
    "An approved scope, method or organisation is changed by the body that approved it",
    steps=(Step.DECIDE_EXCEPTION,),
    sources=(
        Source(OPINIONS, "第二条"),
        Source("本县规定（参照宁波市公共资源交易管理条例）", mark=Mark.COUNTY_RULE),
    ),
)
@unless_refused
def approval_is_changed_by_its_author(case: Case) -> Finding:
    """The body of this decision is that of the earlier one."""
    method = case.method
    if not known(method.changes_approved, "是否变更已核准事项", "whether something approved is changed"):
        return not_applicable("未变更已核准事项", "nothing approved is changed")
    first = known(method.first_approver, "原核准机关", "the body that approved before")
    now = known(method.approver, "本次核准机关", "the body that decides now")
    return holds(now == first, f"由{first}办理", now, f"by {first}", now)


@RULE.condition(
    "R05.C7",
    "R",
    "不以会议纪要、函件、招商引资、战略合作等为不招标或者邀请招标的理由",
    "Minutes, letters, investment promotion, strategic cooperation do not justify a tender left out or invited",
    steps=(Step.APPLY_FOR_EXCEPTION, Step.DECIDE_EXCEPTION),
    sources=(Source(OPINIONS, "第二条"),),
)
@only(ProjectType.WORKS)
@unless_refused
def ground_is_not_one_of_the_forbidden(case: Case) -> Finding:
    """The written reasons are searched for the words that the opinions forbid."""
    if case.step is not Step.APPLY_FOR_EXCEPTION and not needs_decision(case):
        return not_applicable("无须核准的方式", "a method that needs no decision")
    reasons = known(case.method.reasons, "申请理由", "the reasons of the application")
    found = [word for word in NO_GROUNDS if word in reasons]
    return holds(
        not found,
        "理由中无所列事由", "、".join(found) or "无",
        "none of the forbidden grounds", ", ".join(NO_GROUNDS[word] for word in found) or "none",
    )  # fmt: skip


@RULE.condition(
    "R05.C8",
    "A",
    "项目单位年度非公开方式交易金额占比不超过本县提示比例",
    "The owner's share of trades without open competition in a year stays within the county's mark",
    steps=DECIDING,
    sources=(Source("本县规定", mark=Mark.COUNTY_RULE),),
)
@unless_refused
def open_methods_prevail(case: Case) -> Finding:
    """The year's amount without open competition, this lot included, against the whole; the lots are listed."""
    known(case.project.type, "项目类型", "the project type")
    if chosen_method(case) not in NOT_OPEN:
        return not_applicable("公开方式", "open competition")
    year = known(case.owner_year, "项目单位年度交易", "what the owner traded in the year")
    if not year.total:
        return not_applicable("本年度尚无交易金额", "nothing was traded in the year yet")
    share, most = year.not_open / year.total, Decimal(case.values["non_open_share"])
    shown = percent(share.quantize(Decimal("0.0001")))
    return holds(
        share <= most,
        f"不超过{percent(most)}",
        f"{year.year}年{shown}（{yuan_zh(year.not_open)}/{yuan_zh(year.total)}）：{'、'.join(year.lots)}",
        f"at most {percent(most)}",
        f"{shown} in {year.year} ({yuan_en(year.not_open)} of {yuan_en(year.total)}): {', '.join(year.lots)}",
    )
