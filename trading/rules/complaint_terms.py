"""What several conditions of R18 count 投诉时限: terms of a complaint, whose turn it is, the worst of several."""

from __future__ import annotations

from datetime import date

from trading.beijing import end_moment, law_date
from trading.codelists import Answer, ComplaintOutcome, ComplaintRefusal, ProjectType, Severity
from trading.rules.alarm_age import HIGHEST, last_day_at
from trading.rules.asking import Term
from trading.rules.case import AlarmFacts, Case, ComplaintFacts
from trading.rules.rule import Due, Finding, Missing, known

PROCUREMENT = (ProjectType.GP, ProjectType.GPN)


def asked(case: Case) -> tuple[ComplaintFacts, ...]:
    """The complaint that the question is about, or all."""
    mine = tuple(one for one in case.complaints if one.id == case.subject)
    return mine or case.complaints


def handled(case: Case) -> tuple[ComplaintFacts, ...]:
    """Those asked about that were neither refused nor withdrawn: a refusal is the law's own answer to a late one."""
    return tuple(one for one in asked(case) if one.refused_on is None and one.withdrawn_on is None)


def answered_on(one: ComplaintFacts) -> date | None:
    """The day on which it was decided whether to admit the complaint, or on which it was taken back before."""
    days = [day for day in (one.admitted_on, one.refused_on, one.withdrawn_on) if day is not None]
    return min(days, default=None)


def admission(case: Case, one: ComplaintFacts) -> Term:
    """Three working days from the complaint (ZTBT 61)."""
    lodged = known(one.lodged_on, "投诉提出之日", "the day of the complaint")
    return Term(lodged, case.values["complaint_admit_wd"], "决定是否受理投诉", "decide on admission", True)


def decision(case: Case, one: ComplaintFacts) -> Term:
    """Thirty working days from admission, and the days of examinations (ZTBT 61)."""
    admitted = known(one.admitted_on, "投诉受理之日", "the day of admission")
    days = case.values["complaint_decide_wd"] + one.excluded_working_days
    return Term(admitted, days, "作出投诉处理决定", "decide the complaint", True)


def publication(case: Case, one: ComplaintFacts) -> Term:
    """Seven working days from the decision (PT39 21)."""
    decided = known(one.decided_on, "投诉处理决定之日", "the day of the decision")
    return Term(decided, case.values["decision_public_wd"], "公开投诉处理决定", "publish the decision", True)


def first(case: Case, terms: list[Term]) -> Due | None:
    """What the supervisor must do first."""
    return first_of([term.due(case, "监管机构", "the supervisor") for term in terms])


def first_of(dues: list[Due]) -> Due | None:
    """The nearest of several deadlines."""
    return min(dues, key=lambda due: due.at, default=None)


def worst(case: Case, terms: list[tuple[Term, date | None]]) -> Finding:
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


def procurement_terms(case: Case, one: ComplaintFacts) -> list[tuple[Term, date | None]]:
    """Every clock of one procurement complaint with the day on which it was stopped (R18.C7).

    Raises:
        Missing: a day from which one of them runs is not known.
    """
    more = known(one.procurement, "采购投诉的情况", "what procurement asks of a complaint")
    lodged = known(one.lodged_on, "投诉提出之日", "the day of the complaint")
    ended = known(more.answer_ended_on, "质疑答复期满之日", "the end of the time to answer the challenge")
    days = case.values
    complain = Term(ended, days["gp_complain_wd"], "提起投诉", "complain", True)
    terms: list[tuple[Term, date | None]] = [(complain, lodged)]
    examined = more.examined_on or one.refused_on or one.admitted_on
    examine = Term(lodged, days["gp_complaint_examine_wd"], "审查投诉书", "examine the complaint", True)
    terms.append((examine, examined))
    if one.refused_on is not None:
        told = Term(examined or lodged, days["gp_complaint_refuse_wd"], "告知不予受理", "tell the refusal", True)
        return [*terms, (told, one.refused_on)]
    forward = Term(lodged, days["gp_complaint_forward_wd"], "发送投诉书副本", "send on the copies", True)
    terms.append((forward, more.forwarded_on))
    reply = days["gp_complaint_reply_wd"]
    terms += [(Term(one.asked_on, reply, "书面说明", "reply", True), one.replied_on) for one in one.replies]
    length = days["gp_complaint_decide_wd"] + one.excluded_working_days
    decide = Term(one.admitted_on or lodged, length, "作出投诉处理决定", "decide the complaint", True)
    return [*terms, (decide, one.decided_on)]


def ground_is_there(case: Case, one: ComplaintFacts) -> bool:
    """Whether the ground of a refusal is there, as far as the record can tell.

    Raises:
        Missing: what the record should tell of the ground is not known.
    """
    match one.refusal:
        case ComplaintRefusal.LATE:
            knew = known(one.known_on, "知道或应当知道之日", "the day of knowing")
            lodged = known(one.lodged_on, "投诉提出之日", "the day of the complaint")
            excluded = known(one.answer_days, "异议答复期间", "the days of the objection's answer")
            return lodged > case.calendar.end_of_period(knew, case.values["works_complain"] + excluded)
        case ComplaintRefusal.UNSIGNED:
            return not known(one.named_and_signed, "署名、签字与盖章", "name, signature and seal")
        case _:
            return one.refusal is not None


def left_undone(case: Case, one: ComplaintFacts) -> tuple[str, str] | None:
    """What is wrong with how an unfounded complaint was dealt with, or None."""
    outcome = known(one.outcome, "处理结果", "the outcome")
    procurement = case.project.type in PROCUREMENT
    if known(one.fabricated, "是否捏造事实", "whether it was fabricated"):
        if outcome is ComplaintOutcome.UPHELD:
            return "捏造事实的投诉未被驳回", "a fabricated complaint was not rejected"
        if procurement:
            more = known(one.procurement, "采购投诉的情况", "what procurement asks of a complaint")
            months = known(more.barred_months, "禁止期限", "the bar")
            least, most = case.values["gp_false_complaint_bar_min"], case.values["gp_false_complaint_bar_max"]
            if not known(more.listed, "是否列入不良记录", "whether it was listed"):
                return "未列入不良行为记录", "not listed"
            return None if least <= months <= most else (f"禁止{months}个月", f"barred for {months} months")
    elif procurement and outcome is not ComplaintOutcome.UPHELD:
        more = known(one.procurement, "采购投诉的情况", "what procurement asks of a complaint")
        often = known(one.unfounded_before, "十二个月内的不实投诉", "unfounded complaints in twelve months")
        if often >= case.values["unfounded_complaints_listed"] and not known(more.listed, "是否列入", "whether listed"):
            return f"{often}次查无实据未列入", f"{often} unfounded, not listed"
        if more.barred_months:
            return "仅查无实据即予禁止", "barred for being unfounded alone"
    return None


def too_old(case: Case, one: AlarmFacts) -> bool:
    """Whether an alarm stood open on one desk for longer than it may: it should have been carried up."""
    return one.closed_at is None and one.level < HIGHEST and case.today > desk_until(case, one)


def desk_until(case: Case, one: AlarmFacts) -> date:
    """The last day on which the alarm may stand open at its level."""
    return last_day_at(one.level, law_date(one.raised_at), case.values, case.calendar)


def next_alarm_due(case: Case) -> Due | None:
    """What is due first: an addressee's reply to an order, or a supervisor's dealing with a red alarm."""
    dues = [
        Due(end_moment(one.due_on), one.addressee.zh, one.addressee.en, "答复监管意见", "reply to the order")
        for one in case.orders
        if one.closed_on is None and one.replied_on is None
    ]
    dues += [
        Due(end_moment(desk_until(case, one)), "监管机构", "the supervisor", "处理红色预警", "deal with the red alarm")
        for one in case.alarms
        if one.severity is Severity.RED and one.closed_at is None and one.level < HIGHEST
    ]
    return first_of(dues)


def dues_of_admission(case: Case) -> Due | None:
    """The admissions that wait, the first of them."""
    return first(case, [admission(case, one) for one in case.complaints if answered_on(one) is None])


def dues_of_decision(case: Case) -> Due | None:
    """The decisions that wait, the first of them."""
    waiting = [one for one in case.complaints if one.admitted_on and one.decided_on is None and not one.withdrawn_on]
    return first(case, [decision(case, one) for one in waiting])


def dues_of_publication(case: Case) -> Due | None:
    """The decisions that are not on the net yet, the first of them."""
    waiting = [one for one in case.complaints if one.decided_on is not None and one.published_on is None]
    return first(case, [publication(case, one) for one in waiting])
