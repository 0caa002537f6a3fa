"""R08 澄清修改与标前异议制度: changes reach everyone in time or the deadline moves; objections are answered first."""

from __future__ import annotations

from datetime import date, datetime

from trading.beijing import law_date
from trading.codelists import Mark, ObjectionTarget, Phase, ProjectType, Role
from trading.rules import procurement_notices
from trading.rules.applies import only
from trading.rules.asking import signed
from trading.rules.case import Case, ObjectionFacts
from trading.rules.rule import Checklist, Due, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_least_days
from trading.steps import Step
from trading.values import Values
from trading.working_days import Calendar, add_days, days_between, end_moment

RULE = Rule(
    "R08",
    "澄清修改与标前异议制度",
    "Clarification and pre-deadline objection",
    Phase.PROCESS_SUPERVISION,
    "影响投标文件编制的修改及时送达全部文件获取者，否则顺延截止时间；对招标文件的异议先答复、后继续。",
    "A change that affects bids reaches every holder in time or the deadline moves; objections to the documents are "
    "answered before the procedure goes on.",
)

ZTBT, D74 = "招标投标法实施条例", "政府采购非招标采购方式管理办法"
D87 = "政府采购货物和服务招标投标管理办法"


def earliest_deadline(issued_at: datetime, values: Values) -> date:
    """First lawful day of the bid deadline after a clarification that affects preparation (ZTB 23, ZTBT 21)."""
    return add_days(law_date(issued_at), values["clarify_bid"])


def raised_in_time(raised_at: datetime, deadline: datetime, values: Values) -> bool:
    """Whether an objection to the tender documents comes early enough before the bid deadline (ZTBT 22, T6)."""
    return bool(days_between(law_date(raised_at), law_date(deadline)) >= values["objection_doc_before"])


def answer_due(raised_at: datetime, values: Values, calendar: Calendar) -> datetime:
    """The moment from which an answer to an objection is late (ZTBT 22; a last day that is a holiday rolls on, T2).

    Raises:
        UnknownYear: the working days of that year are not known.
    """
    return end_moment(calendar.end_of_period(law_date(raised_at), values["objection_answer"]))


def on_documents(case: Case) -> list[ObjectionFacts]:
    """The objections to the tender documents."""
    return [one for one in case.objections if one.target is ObjectionTarget.DOCUMENTS]


def waiting(case: Case) -> list[ObjectionFacts]:
    """Those of them that stop the procedure: in time, not withdrawn, not answered."""
    return [one for one in on_documents(case) if one.in_time and not one.withdrawn and one.answered_at is None]


@RULE.condition(
    "R08.C1",
    "B",
    "可能影响投标文件编制的澄清修改，距投标截止不少于十五日，不足的顺延截止时间",
    "A clarification that may affect bids leaves at least fifteen days, or the deadline moves",
    steps=(Step.CLARIFY,),
    sources=(Source("招标投标法", "第二十三条"), Source("招标投标法实施条例", "第二十一条")),
)
@only(ProjectType.WORKS, ProjectType.GP)
def clarification_leaves_time(case: Case) -> Finding:
    """From each such clarification to the deadline as it stood after it."""
    material = [one for one in case.clarifications if one.affects_preparation]
    if not material:
        return not_applicable("没有影响投标文件编制的澄清", "no clarification affects the preparation of bids")
    least = case.values["clarify_bid"]
    short = [
        (one, days)
        for one in material
        if (days := days_between(law_date(one.issued_at), law_date(one.deadline_after))) < least
    ]
    if not short:
        return passed(f"不少于{least}日", f"澄清{len(material)}次，均满足", f"at least {least} days", "all do")
    one, days = short[-1]
    until = earliest_deadline(one.issued_at, case.values)
    return failed(
        f"不少于{least}日，截止不早于{until}", f"第{one.number}次澄清：{days}日",
        f"at least {least} days, a deadline not before {until}", f"clarification {one.number}: {days} days",
    )  # fmt: skip


@RULE.condition(
    "R08.C2",
    "B",
    "可能影响资格预审申请的修改，距提交申请截止不少于三日",
    "A change of the prequalification documents leaves at least three days before applications close",
    steps=(Step.CHANGE_PRELIMINARY, Step.CLARIFY),
    sources=(Source(ZTBT, "第二十一条"), Source(D87, "第二十七条")),
)
@only(ProjectType.WORKS, ProjectType.GP)
def prequalification_change_leaves_time(case: Case) -> Finding:
    """From the change to the end of applications."""
    asked = case.prequalification
    if not known(asked.held, "资格审查方式", "how qualification is examined"):
        return not_applicable("采用资格后审", "qualification is examined after the opening")
    until = known(asked.applications_until, "资格预审申请截止日", "the last day for applications")
    if asked.changed_on is None:
        return not_applicable("资格预审文件没有修改", "the prequalification documents were not changed")
    return at_least_days(days_between(asked.changed_on, until), case.values["clarify_preq"])


RULE.condition(
    "R08.C3",
    "B",
    "非招标采购文件的实质性修改，距首次响应谈判、询价不少于三个工作日，磋商不少于五日，不足的顺延",
    "A change leaves three working days in negotiation and inquiry, five days in consultation, or the deadline moves",
    steps=(Step.CLARIFY,),
    sources=(
        Source(D74, "第二十九条第二款、第四十五条第二款"),
        Source("财库〔2014〕214号", "第十条", Mark.TO_BE_VERIFIED),
    ),
)(procurement_notices.change_leaves_time)


@RULE.condition(
    "R08.C4",
    "B",
    "澄清在原媒介公布，并送达每一个文件获取者",
    "A clarification is published where the notice was and delivered to every holder of the documents",
    steps=(Step.CLARIFY,),
    sources=(Source("电子招标投标办法", "第二十二条"),),
)
def clarification_reaches_every_holder(case: Case) -> Finding:
    """As many deliveries as holders, told without their number: that stays secret until the deadline."""
    if not case.clarifications:
        return not_applicable("没有澄清", "no clarification")
    short = ", ".join(str(one.number) for one in case.clarifications if one.delivered < one.holders)
    return holds(
        not short,
        "全部送达", f"未全部送达的澄清：{short}" if short else "已全部送达",
        "delivered to all", f"not delivered to all: {short}" if short else "delivered to all",
    )  # fmt: skip


RULE.condition(
    "R08.C5",
    "B",
    "政府采购的澄清修改不得改变采购标的和资格条件",
    "In procurement a clarification changes neither the object nor the qualification",
    steps=(Step.CLARIFY,),
    sources=(Source(D87, "第二十七条第一款"),),
)(procurement_notices.object_stays)


@RULE.condition(
    "R08.C6",
    "I",
    "对招标文件的异议在投标截止十日前提出，逾期的标明",
    "An objection to the documents comes ten days before the deadline; a late one is marked as late",
    steps=(Step.OBJECT,),
    sources=(Source("招标投标法实施条例", "第二十二条"),),
)
@only(ProjectType.WORKS)
def objection_comes_in_time(case: Case) -> Finding:
    """An objection of this moment by its days, an earlier one as it was marked when the deadline was what it was."""
    objections = on_documents(case)
    if not objections:
        return not_applicable("没有对招标文件的异议", "no objection to the documents")
    least = case.values["objection_doc_before"]
    late = 0
    for one in objections:
        if case.step is Step.OBJECT and one.raised_at == case.now:
            deadline = known(case.notice.bid_deadline, "投标截止时间", "the bid deadline")
            late += not raised_in_time(one.raised_at, deadline, case.values)
        else:
            late += not one.in_time
    return holds(
        not late,
        f"投标截止{least}日前", f"逾期{late}件" if late else "均按时",
        f"{least} days before the deadline", f"{late} late" if late else "all in time",
    )  # fmt: skip


def objection_answer(case: Case) -> Due | None:
    """Until when the first of the waiting objections to the documents is answered."""
    moments = [answer_due(one.raised_at, case.values, case.calendar) for one in waiting(case)]
    if not moments:
        return None
    return Due(min(moments), "项目单位", "The owner", "答复对招标文件的异议", "Answer the objection to the documents")


@RULE.condition(
    "R08.C7",
    "B",
    "按时提出的异议三日内答复，答复前暂停，不截标、不开标",
    "An objection in time is answered within three days; until then bidding is neither closed nor opened",
    steps=(Step.CLOSE_BIDDING, Step.OPEN_TECHNICAL, Step.OPEN_BIDS),
    sources=(Source("招标投标法实施条例", "第二十二条、第七十七条"),),
    due=objection_answer,
)
@only(ProjectType.WORKS)
def no_objection_waits(case: Case) -> Finding:
    """None waits; a late answer bars no step, yet the compliance table (no step) names it."""
    counted = [one for one in on_documents(case) if one.in_time and not one.withdrawn]
    if not counted:
        return not_applicable("没有按时提出的异议", "no objection in time")
    if open_ones := waiting(case):
        count = len(open_ones)
        return failed("均已答复", f"{count}件未答复", "all answered", f"{count} not answered")
    late = 0
    if case.step is None:
        late = sum(
            one.answered_at is not None and one.answered_at >= answer_due(one.raised_at, case.values, case.calendar)
            for one in counted
        )
    return holds(
        not late,
        f"{case.values['objection_answer']}日内答复", f"逾期答复{late}件" if late else "均已答复",
        f"answered within {case.values['objection_answer']} days", f"{late} answered late" if late else "all answered",
    )  # fmt: skip


RULE.condition(
    "R08.C8",
    "R",
    "政府采购的询问三个工作日内答复，质疑七个工作日内提出、七个工作日内答复",
    "Inquiries are answered in three working days; challenges are raised in seven and answered in seven",
    steps=(),
    sources=(
        Source("政府采购法实施条例", "第五十二条、第五十三条"),
        Source("政府采购法", "第五十二条、第五十三条"),
        Source("政府采购质疑和投诉办法", "第十条、第十一条、第十三条"),
    ),
    due=procurement_notices.next_answer,
)(procurement_notices.challenges_are_answered)


@RULE.condition(
    "R08.C9",
    "R",
    "不得组织单个或者部分潜在投标人踏勘现场",
    "No site visit for a single bidder or for some bidders only",
    steps=(Step.OPEN_BIDS,),
    sources=(Source(ZTBT, "第二十八条"),),
    checklist=Checklist(
        "项目单位带谁到过现场，发生在平台之外，没有记录可以反映",
        "Whom the owner took to the site happens outside the platform, and no record shows it",
        by=Role.OWNER,
    ),
)
@only(ProjectType.WORKS)
def site_visits_are_for_all(case: Case) -> Finding:
    """The owner signs that he held no visit, or one for all together."""
    return signed(
        case, "R08.C9", "未组织单个或者部分潜在投标人踏勘现场", "no site visit for a single bidder or for some only"
    )


@RULE.condition(
    "R08.C10",
    "B",
    "异议和答复均通过本平台进行",
    "Objections and answers run through this platform",
    steps=(Step.OBJECT, Step.ANSWER_OBJECTION),
    sources=(
        Source("电子招标投标办法", "第三十九条"),
        Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第六条"),
    ),
)
def objections_run_through_the_platform(case: Case) -> Finding:
    """None was handled elsewhere."""
    if not case.objections:
        return not_applicable("没有异议", "no objection")
    outside = sum(not one.on_platform for one in case.objections)
    return holds(
        not outside,
        "均在本平台", f"{outside}件不在本平台" if outside else "均在本平台",
        "all here", f"{outside} elsewhere" if outside else "all here",
    )  # fmt: skip


@RULE.condition(
    "R08.C11",
    "I",
    "两阶段招标：第一阶段提交不带报价的技术建议，投标保证金在第二阶段提交",
    "Two-stage tender: the first stage has no price, the bond comes in the second",
    steps=(Step.CONCLUDE_FIRST_STAGE, Step.ANNOUNCE),
    sources=(Source(ZTBT, "第三十条"),),
)
@only(ProjectType.WORKS)
def first_stage_has_no_price(case: Case) -> Finding:
    """Where there are two stages, neither price nor bond is asked for in the first."""
    stages = known(case.opening.stages, "招标的阶段数", "the number of stages")
    if stages == 1:
        return not_applicable("不分阶段招标", "the tender has one stage")
    price = known(case.opening.first_stage_price, "第一阶段是否报价", "whether the first stage asks for a price")
    bond = known(case.opening.first_stage_bond, "第一阶段是否收取保证金", "whether the first stage asks for a bond")
    wrong = [("有报价", "a price")] * price + [("收取保证金", "a bond")] * bond
    return holds(
        not wrong,
        "第一阶段无报价、不收保证金", "、".join(zh for zh, _ in wrong) or "均无",
        "neither price nor bond in the first stage", " and ".join(en for _, en in wrong) or "neither",
    )  # fmt: skip
