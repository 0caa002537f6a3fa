"""R14 交易结果公示与异议制度: the result is public before it is final, and objections are answered first."""

from __future__ import annotations

from datetime import date

from trading.beijing import end_moment, law_date
from trading.codelists import Answer, Mark, ObjectionTarget, Phase, ProjectType
from trading.rules import purchase_results, sale_closing
from trading.rules.applies import only
from trading.rules.asking import COUNTY, Term, is_so, nothing_in
from trading.rules.case import Case, ObjectionFacts
from trading.rules.rule import Due, Finding, Rule, Source, failed, known, passed
from trading.rules.wording import minute
from trading.steps import Step

ZTBT = "招标投标法实施条例"
OPINIONS = "关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见"

RULE = Rule(
    "R14",
    "交易结果公示与异议制度",
    "Result publicity and objection",
    Phase.RESULT_CONFIRMATION,
    "结果在生效前公示，异议由招标人先行答复，答复前不得继续。",
    "The result is public before it becomes final; objections are answered first, by the owner.",
)


def _start(case: Case) -> Term:
    received = known(case.publicity.report_received_at, "收到评标报告的时间", "when the report was received")
    return Term(law_date(received), case.values["publicity_start"], "公示中标候选人", "publicize the candidates")


def _start_due(case: Case) -> Due | None:
    if case.publicity.started_at is not None:
        return None
    return _start(case).due(case, "招标人或代理机构", "the owner or agency")


@RULE.condition(
    "R14.C1",
    "R",
    "收到评标报告之日起三日内公示中标候选人",
    "The candidates are publicized within three days of the report",
    steps=(Step.PUBLICIZE,),
    sources=(Source(ZTBT, "第五十四条第一款"),),
    due=_start_due,
)
@only(ProjectType.WORKS)
def publicity_starts_in_time(case: Case) -> Finding:
    """Publicity starts within three days after the owner gets the report; the day of receipt is not counted."""
    started = case.publicity.started_at
    return _start(case).kept(case, law_date(started) if started else None)


def last_day(case: Case) -> date:
    """The last day of the shortest lawful publicity; a holiday moves it on to the next working day (T8).

    Raises:
        Missing: publicity has not begun.
        UnknownYear: the calendar does not know the year.
    """
    started = known(case.publicity.started_at, "公示开始时间", "the start of the publicity")
    return case.calendar.end_of_period(law_date(started), case.values["publicity_len"])


@RULE.condition(
    "R14.C2",
    "B",
    "中标候选人公示期不少于三日，末日为节假日的顺延",
    "The publicity lasts at least three days, rolled on where it ends on a holiday",
    steps=(Step.PUBLICIZE, Step.CONFIRM, Step.AWARD),
    sources=(Source(ZTBT, "第五十四条第一款"), Source("民法典", "第二百零三条")),
)
@only(ProjectType.WORKS)
def publicity_lasts(case: Case) -> Finding:
    """At least three days to the end of the last one; when it begins, its end must be set so; later it must be over."""
    least = last_day(case)
    ends = known(case.publicity.ends_at, "公示结束时间", "the end of the publicity")
    expected, expected_en = f"公示至{least}日终", f"publicity until the end of {least}"
    if ends < end_moment(least):
        return failed(expected, f"公示至{minute(ends)}", expected_en, f"until {minute(ends)}")
    if case.step is not Step.PUBLICIZE and case.now < ends:
        return failed(
            f"公示期满（{minute(ends)}）",
            f"现为{minute(case.now)}",
            f"over ({minute(ends)})",
            f"now {minute(case.now)}",
        )
    return passed(expected, f"公示至{minute(ends)}", expected_en, f"until {minute(ends)}")


@RULE.condition(
    "R14.C3",
    "B",
    "公示内容齐全",
    "The publicity has all its contents",
    steps=(Step.PUBLICIZE,),
    sources=(Source("招标公告和公示信息发布管理办法", "", Mark.TO_BE_VERIFIED),),
)
def contents_complete(case: Case) -> Finding:
    """Ranking, names, quotes, quality, period, evaluation, manager, qualification, channel of objection."""
    return nothing_in(case.publicity.missing_contents, "内容齐全", "all contents there")


@RULE.condition(
    "R14.C4",
    "A",
    "公开评分情况，否决理由告知投标人",
    "Scores are open, and the rejected are told why",
    steps=(Step.PUBLICIZE,),
    sources=(Source(OPINIONS, "第五条"),),
)
def scores_open(case: Case) -> Finding:
    """Scores publicly, reasons of rejection to the bidder."""
    return is_so(case.publicity.scores_open, "评分已公开", "scores are open", "评分未公开", "scores are not open")


def _open_objections(case: Case) -> list[ObjectionFacts]:
    return [
        one
        for one in case.objections
        if one.target is ObjectionTarget.RESULT and one.in_time and not one.withdrawn and one.answered_at is None
    ]


def _answer(case: Case, objection: ObjectionFacts) -> Term:
    return Term(law_date(objection.raised_at), case.values["objection_answer"], "答复异议", "answer the objection")


def _answer_due(case: Case) -> Due | None:
    waiting = _open_objections(case)
    if not waiting:
        return None
    first = min(waiting, key=lambda one: one.raised_at)
    return _answer(case, first).due(case, "招标人", "the owner")


@RULE.condition(
    "R14.C5",
    "B",
    "公示期内的异议答复前暂停招标投标活动",
    "An objection raised during the publicity is answered before anything goes on",
    steps=(Step.CONFIRM, Step.AWARD),
    sources=(Source(ZTBT, "第五十四条第二款"),),
    due=_answer_due,
)
@only(ProjectType.WORKS)
def objections_answered(case: Case) -> Finding:
    """Objections raised in time are answered within three days, and nothing goes on before.

    An answer that came late cannot be undone by standing still: it no longer blocks, and stands in the answer.
    """
    waiting = _open_objections(case)
    if waiting:
        return failed("异议均已答复", f"{len(waiting)}件未答复", "all answered", f"{len(waiting)} not answered")
    raised = [one for one in case.objections if one.target is ObjectionTarget.RESULT and one.in_time]
    answered = [(one, law_date(one.answered_at)) for one in raised if one.answered_at and not one.withdrawn]
    late = sum(_answer(case, one).kept(case, day).answer is Answer.FAILED for one, day in answered)
    actual, actual_en = f"异议{len(raised)}件，均已处理", f"{len(raised)} raised, none open"
    if late:
        actual, actual_en = f"{actual}，其中{late}件答复逾期", f"{actual_en}, {late} answered late"
    return passed("异议均已答复", actual, "all answered", actual_en)


RULE.condition(
    "R14.C6",
    "R",
    "采购评审报告、确定供应商、结果公告按法定工作日办理，采购文件随结果公告",
    "Procurement: report, choice and result notice within their working days, with the documents",
    steps=(Step.CONFIRM, Step.AWARD),
    sources=(
        Source("政府采购法实施条例", "第四十三条"),
        Source("政府采购货物和服务招标投标管理办法", "第六十八条"),
        Source("政府采购货物和服务招标投标管理办法", "第六十九条"),
        Source("政府采购非招标采购方式管理办法", "第十八条"),
        Source("政府采购非招标采购方式管理办法", "第三十六条"),
        Source("政府采购非招标采购方式管理办法", "第四十九条"),
    ),
    due=purchase_results.next_of_result,
)(purchase_results.result_told_in_time)


RULE.condition(
    "R14.C7",
    "B",
    "采购结果公告内容齐全并公告评审专家，告知未通过资格审查的原因和落选人得分排序",
    "The procurement result notice is complete and names the experts; the others are told why, and their scores",
    steps=(Step.PUBLICIZE,),
    sources=(
        Source("政府采购法实施条例", "第四十三条第三款"),
        Source("政府采购货物和服务招标投标管理办法", "第六十九条"),
    ),
)(purchase_results.result_notice_complete)


RULE.condition(
    "R14.C8",
    "B",
    "对采购结果的质疑在七个工作日内答复，可能影响结果的暂停签约，改变结果的报财政部门",
    "Challenges to a procurement result are answered in seven working days; signing waits, finance is told",
    steps=(Step.SIGN_CONTRACT,),
    sources=(
        Source("政府采购法", "第五十二条"),
        Source("政府采购法", "第五十三条"),
        Source("政府采购法实施条例", "第五十三条"),
        Source("政府采购法实施条例", "第五十四条"),
        Source("政府采购质疑和投诉办法", "第十六条"),
    ),
    due=purchase_results.next_result_answer,
)(purchase_results.result_challenges_answered)


RULE.condition(
    "R14.C9",
    "R",
    "土地出让结果在十个工作日内公布",
    "The result of a land grant is published within ten working days",
    steps=(Step.PUBLISH_DEAL,),
    sources=(Source("招标拍卖挂牌出让国有建设用地使用权规定", "", Mark.TO_BE_VERIFIED),),
    due=sale_closing.next_land_result,
)(sale_closing.land_result_published)


RULE.condition(
    "R14.C10",
    "B",
    "国有资产交易结果公告不少于五个工作日",
    "The result of a state-asset trade stands for five working days",
    steps=(Step.CONFIRM,),
    sources=(Source("企业国有资产交易监督管理办法（2016年第32号令）", "", Mark.TO_BE_VERIFIED),),
)(sale_closing.state_result_stands)


RULE.condition(
    "R14.C11",
    "B",
    "行政事业性资产、农村产权等结果公示不少于三日，农村产权同时在村务公开栏公示",
    "The result of other disposals stands for three days, a village's also on its board",
    steps=(Step.CONFIRM,),
    sources=(
        COUNTY,
        Source("农村集体经济组织法", "第四十五条"),
    ),
)(sale_closing.other_result_stands)


@RULE.condition(
    "R14.C12",
    "A",
    "公示前招标人审查评标报告",
    "The owner examines the report before the publicity",
    steps=(Step.PUBLICIZE,),
    sources=(Source(OPINIONS, "第五条"),),
)
def report_examined(case: Case) -> Finding:
    """Criteria followed, objective scores equal, abnormal low price studied, no random rejection: a checklist."""
    return is_so(case.publicity.examined, "已逐项审查", "examined item by item", "未完成审查", "not fully examined")
