"""R18 投诉处理、信用与行业自律制度: complaints run on the clock; only formal decisions enter the credit record."""

from __future__ import annotations

from datetime import date

from trading.codelists import Answer, Phase, ProjectType
from trading.rules.applies import only
from trading.rules.asking import COUNTY, Term
from trading.rules.case import Case, ComplaintFacts
from trading.rules.rule import Due, Finding, Missing, Rule, Source, failed, holds, known, not_applicable, passed
from trading.steps import Step
from trading.working_days import days_between

ZTBT, D30, D20 = "招标投标法实施条例", "工程建设项目施工招标投标办法", "电子招标投标办法"
NONE = ("没有投诉", "no complaint")

RULE = Rule(
    "R18",
    "投诉处理、信用与行业自律制度",
    "Complaints, credit, self-discipline",
    Phase.FOLLOW_UP,
    "投诉按期处理；只有正式决定进入信用记录；行业自律补充而不替代处罚。",
    "Complaints are decided on the clock; only formal decisions enter the credit record; self-discipline supplements.",
)


def _asked(case: Case) -> tuple[ComplaintFacts, ...]:
    """The complaint that the question is about, or all."""
    mine = tuple(one for one in case.complaints if one.id == case.subject)
    return mine or case.complaints


@RULE.condition(
    "R18.C1",
    "B",
    "自知道或者应当知道之日起十日内投诉，异议答复期间不计算在内",
    "A complaint within ten days of knowing; the time of the objection's answer is not counted",
    steps=(),
    sources=(Source(ZTBT, "第六十条"), Source(D30, "第八十九条")),
)
@only(ProjectType.WORKS)
def lodged_in_time(case: Case) -> Finding:
    """Ten days from knowing or when one should have known; the days of the answer to the objection do not count.

    Late: not admitted. A last day that is a holiday moves on to the next working day (T2).
    """
    complaints = _asked(case)
    if not complaints:
        return not_applicable(*NONE)
    most, counted, late = case.values["works_complain"], 0, 0
    for one in complaints:
        knew = known(one.known_on, "知道或应当知道之日", "the day of knowing")
        lodged = known(one.lodged_on, "投诉提出之日", "the day of the complaint")
        excluded = known(one.answer_days, "异议答复期间", "the days of the objection's answer")
        days = days_between(knew, lodged) - excluded
        counted = max(counted, days)
        late += days > most and lodged > case.calendar.end_of_period(knew, most + excluded)
    return holds(not late, f"{most}日内", f"计{counted}日", f"within {most} days", f"{counted} days counted")


@RULE.condition(
    "R18.C2",
    "B",
    "对招标文件、开标、评标结果的投诉应当先提出异议",
    "A complaint about documents, opening or result needs a prior objection",
    steps=(),
    sources=(Source(ZTBT, "第六十条第二款"),),
)
def objected_first(case: Case) -> Finding:
    """Matters of R08, R10.C10 and R14 need a prior objection."""
    complaints = _asked(case)
    if not complaints:
        return not_applicable(*NONE)
    bare = [one for one in complaints if not known(one.prior_objection, "是否先提出异议", "the prior objection")]
    return holds(
        not bare,
        "先提出异议",
        "、".join(one.target.zh for one in bare) or "已先提出异议",
        "an objection first",
        ", ".join(one.target.en for one in bare) or "objected first",
    )


def _admission(case: Case, one: ComplaintFacts) -> Term:
    lodged = known(one.lodged_on, "投诉提出之日", "the day of the complaint")
    return Term(lodged, case.values["complaint_admit_wd"], "决定是否受理投诉", "decide on admission", True)


def _decision(case: Case, one: ComplaintFacts) -> Term:
    admitted = known(one.admitted_on, "投诉受理之日", "the day of admission")
    days = case.values["complaint_decide_wd"] + one.excluded_working_days
    return Term(admitted, days, "作出投诉处理决定", "decide the complaint", True)


def _first(dues: list[Due]) -> Due | None:
    return min(dues, key=lambda due: due.at, default=None)


def _admission_due(case: Case) -> Due | None:
    waiting = [one for one in case.complaints if one.admitted_on is None]
    return _first([_admission(case, one).due(case, "监管机构", "the supervisor") for one in waiting])


def _decision_due(case: Case) -> Due | None:
    waiting = [one for one in case.complaints if one.admitted_on is not None and one.decided_on is None]
    return _first([_decision(case, one).due(case, "监管机构", "the supervisor") for one in waiting])


def _worst(case: Case, terms: list[tuple[Term, date | None]]) -> Finding:
    """The first term that was not kept; else, that one is still open; else the answer for the last one.

    Raises:
        Missing: none was broken, and one is still open.
    """
    findings, open_ = [], None
    for term, done in terms:
        try:
            findings.append(term.kept(case, done))
        except Missing as missing:
            open_ = missing
    broken = next((one for one in findings if one.answer is Answer.FAILED), None)
    if broken is None and open_ is not None:
        raise open_
    return broken or findings[-1]


@RULE.condition(
    "R18.C3",
    "R",
    "三个工作日内决定是否受理投诉",
    "Admission of a complaint is decided within three working days",
    steps=(),
    sources=(Source(ZTBT, "第六十一条"),),
    due=_admission_due,
)
def admitted_in_time(case: Case) -> Finding:
    """Admission decided within three working days; the first receiver handles it if several received it."""
    complaints = _asked(case)
    if not complaints:
        return not_applicable(*NONE)
    return _worst(case, [(_admission(case, one), one.admitted_on) for one in complaints])


@RULE.condition(
    "R18.C5",
    "R",
    "自受理之日起三十个工作日内作出投诉处理决定",
    "A complaint is decided within thirty working days of admission",
    steps=(),
    sources=(Source(ZTBT, "第六十一条"),),
    due=_decision_due,
)
def decided_in_time(case: Case) -> Finding:
    """Thirty working days from admission; time for tests, appraisal and expert review is not counted."""
    complaints = _asked(case)
    if not complaints:
        return not_applicable(*NONE)
    return _worst(case, [(_decision(case, one), one.decided_on) for one in complaints])


@RULE.condition(
    "R18.C10",
    "B",
    "信用记录只载正式决定，并载明行为、依据、机关、日期",
    "The credit record holds formal decisions only, with act, basis, organ and date",
    steps=(Step.RATE_PERFORMANCE,),
    sources=(
        Source(ZTBT, "第七十八条"),
        Source("关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见", "第十一条"),
    ),
)
def decisions_only(case: Case) -> Finding:
    """Who, act, basis, decision, organ, date, until; a bar says from when until when."""
    if not case.credit:
        return not_applicable("没有信用记录", "no credit entry")
    bare = sum(
        not (one.act and one.basis and one.organ and one.decided_on)
        or (one.barred_from is None) != (one.barred_until is None)
        for one in case.credit
    )
    return holds(not bare, "逐条载明", f"{bare}条不全", "each entry complete", f"{bare} incomplete")


@RULE.condition(
    "R18.C11",
    "B",
    "处于禁止投标期限内的投标人不得进入评标结果",
    "A bidder under a bar does not enter the result of the evaluation",
    steps=(Step.SUBMIT_REPORT,),
    sources=(Source(D20, "第二十条"), COUNTY),
)
def barred_are_out(case: Case) -> Finding:
    """The bar register is checked at evaluation and award, never as a hurdle to getting documents; bars end alone."""
    bids = known(case.bids or None, "投标人", "the bidders")
    barred = [bid for bid in bids if known(bid.barred, "投标人信用记录", "a bidder's credit record")]
    standing = sorted(bid.name or bid.bidder for bid in barred if bid.rejected_clause is None)
    if standing:
        return failed("已否决", "、".join(standing), "rejected", ", ".join(standing))
    return passed(
        "无被禁止者", f"禁止期内{len(barred)}家，均已否决", "nobody barred", f"{len(barred)} barred, rejected"
    )
