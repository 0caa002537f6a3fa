"""R05 例外方式审批与变更公示制度: a departure has a statutory ground, evidence, and is published with its reasons."""

from __future__ import annotations

from trading.codelists import Method, Phase, ProjectType
from trading.rules.applies import only, unless_refused
from trading.rules.case import Case
from trading.rules.r04_trading_method import chosen_method, needs_decision
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable
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
