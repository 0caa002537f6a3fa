"""R08 澄清修改与标前异议制度: changes reach everyone in time or the deadline moves; objections are answered first."""

from __future__ import annotations

from datetime import date, datetime

from trading.beijing import law_date
from trading.codelists import ObjectionTarget, Phase, ProjectType
from trading.rules.applies import only
from trading.rules.case import Case, ObjectionFacts
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable, passed
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
    steps=(Step.CLOSE_BIDDING, Step.OPEN_BIDS),
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
