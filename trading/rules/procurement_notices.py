"""Questions about the times of a government procurement 政府采购时限 (R07, R08); ids and sources are given there."""

from __future__ import annotations

from datetime import date

from trading.beijing import law_date
from trading.codelists import Method, ProjectType
from trading.rules.applies import only
from trading.rules.asking import Term, is_so
from trading.rules.case import Case
from trading.rules.purchase_facts import ChallengeFacts
from trading.rules.rule import Due, Finding, holds, known, not_applicable
from trading.rules.wording import about, at_least_days, at_least_working_days, together
from trading.values import Values
from trading.working_days import Calendar, add_days, days_between

OFFERS = {Method.NEGOTIATION: "gpn_negotiation_wd", Method.INQUIRY: "gpn_inquiry_wd"}


def _published(case: Case) -> date:
    return law_date(known(case.notice.published_at, "公告发布时间", "when the notice was published"))


def _issued(case: Case) -> date:
    return law_date(known(case.notice.issued_at, "采购文件开始发出时间", "when the documents were issued"))


def _deadline(case: Case) -> date:
    return law_date(known(case.notice.bid_deadline, "提交投标（响应）文件的截止时间", "the deadline of the offers"))


def notice_period(case: Case, least: int) -> Finding:
    """Working days of the notice, its first day not counted."""
    until = known(case.purchase.notice_until, "公告期限截止日", "the last day of the notice")
    days = case.calendar.working_days_between(_published(case), until)
    return about("公告期限", "notice", at_least_working_days(days, least))


def offer_of_documents(case: Case, least: int) -> Finding:
    """Working days in which the documents are offered, the day of issue not counted."""
    until = known(case.notice.documents_until, "采购文件提供截止时间", "until when the documents are offered")
    days = case.calendar.working_days_between(_issued(case), law_date(until))
    return about("文件提供期限", "documents", at_least_working_days(days, least))


def extension(case: Case) -> list[Finding]:
    """Where the offer of documents was extended: too few had obtained them, and the extension was published."""
    if not known(case.purchase.documents_extended, "是否顺延文件提供期限", "whether the offer was extended"):
        return []
    few = known(case.purchase.obtained, "获取文件的供应商数", "how many obtained the documents")
    told = known(case.purchase.extension_published, "顺延公告", "whether the extension was published")
    least = case.values["bidders_min"]
    return [
        holds(
            few < least and told,
            f"不足{least}家方可顺延并公告", f"{few}家，{'已' if told else '未'}公告顺延",
            f"extended with fewer than {least} only, by notice", f"{few}, {'published' if told else 'not published'}",
        )
    ]  # fmt: skip


def prequalification_time(case: Case) -> list[Finding]:
    """Working days from the prequalification notice to the end of applications, where one is held."""
    asked = case.prequalification
    if not known(asked.held, "资格审查方式", "how qualification is examined"):
        return []
    begun = known(asked.published_on, "资格预审公告日", "the day of the prequalification notice")
    until = known(asked.applications_until, "资格预审申请截止日", "the last day for applications")
    days = case.calendar.working_days_between(begun, until)
    return [about("资格预审申请时间", "applications", at_least_working_days(days, case.values["gp_preq_wd"]))]


@only(ProjectType.GP)
def tender_leaves_time(case: Case) -> Finding:
    """Notice and documents for five working days each, twenty calendar days from the issue to the deadline."""
    days = days_between(_issued(case), _deadline(case))
    return together(
        notice_period(case, case.values["gp_notice_wd"]),
        offer_of_documents(case, case.values["gp_doc_offer_wd"]),
        about("文件发出至截止", "issue to deadline", at_least_days(days, case.values["gp_issue_to_deadline"])),
        *extension(case),
        *prequalification_time(case),
    )


@only(ProjectType.GPN)
def offer_leaves_time(case: Case) -> Finding:
    """By method: working days in negotiation and inquiry, calendar days in consultation; a notice lasts too."""
    method = known(case.method.chosen, "采购方式", "the method")
    if method not in (*OFFERS, Method.CONSULTATION):
        return not_applicable(f"采购方式为{method.zh}", f"the method is: {method.en}")
    parts = []
    if method is Method.CONSULTATION:
        days = at_least_days(days_between(_issued(case), _deadline(case)), case.values["gpn_consultation"])
        parts.append(offer_of_documents(case, case.values["gpn_consultation_offer_wd"]))
    else:
        between = case.calendar.working_days_between(_issued(case), _deadline(case))
        days = at_least_working_days(between, case.values[OFFERS[method]])
    if known(case.purchase.by_notice, "供应商产生方式", "how the suppliers were found"):
        parts.append(notice_period(case, case.values["gpn_notice_wd"]))
    return together(about("文件发出至首次响应", "issue to first offer", days), *parts)


@only(ProjectType.GP, ProjectType.GPN)
def no_framework(case: Case) -> Finding:
    """Framework agreements and the electronic store have rules of their own, which this platform does not run."""
    framework = known(case.purchase.framework, "是否框架协议采购", "whether it is a framework procurement")
    return is_so(
        not framework,
        "不属于框架协议采购或者电子卖场", "neither framework agreement nor electronic store",
        "属于框架协议采购或者电子卖场", "a framework agreement or the electronic store",
    )  # fmt: skip


def earliest_response(method: Method | None, issued_on: date, values: Values, calendar: Calendar) -> date:
    """First lawful day of the first offer after a material change: five days in consultation, else working days.

    A single source has no such time: the day itself. Source: D74 29, 45; 214号 10.
    """
    if method is Method.CONSULTATION:
        return add_days(issued_on, values["gpn_clarify_consultation"])
    if method in OFFERS:
        return calendar.end_of_working_days(issued_on, int(values["gpn_clarify_wd"]))
    return issued_on


@only(ProjectType.GPN)
def change_leaves_time(case: Case) -> Finding:
    """From each change that may affect the offers to the deadline of the first offer as it stood after it."""
    material = [one for one in case.clarifications if one.affects_preparation]
    if not material:
        return not_applicable("没有影响响应文件编制的修改", "no change affects the offers")
    method = known(case.method.chosen, "采购方式", "the method")
    if method not in (*OFFERS, Method.CONSULTATION):
        return not_applicable(f"采购方式为{method.zh}", f"the method is: {method.en}")
    if method is Method.CONSULTATION:
        spans = [days_between(law_date(one.issued_at), law_date(one.deadline_after)) for one in material]
        return at_least_days(min(spans), case.values["gpn_clarify_consultation"])
    between = case.calendar.working_days_between
    spans = [between(law_date(one.issued_at), law_date(one.deadline_after)) for one in material]
    return at_least_working_days(min(spans), case.values["gpn_clarify_wd"])


@only(ProjectType.GP)
def object_stays(case: Case) -> Finding:
    """A clarification may change neither what is bought nor who may bid."""
    if not case.clarifications:
        return not_applicable("没有澄清", "no clarification")
    changed = known(
        case.purchase.object_or_qualification_changed,
        "澄清是否改变采购标的或者资格条件",
        "whether a clarification changed the object or the qualification",
    )
    return is_so(
        not changed,
        "未改变采购标的和资格条件", "object and qualification unchanged",
        "澄清改变了采购标的或者资格条件", "a clarification changed the object or the qualification",
    )  # fmt: skip


def _answer(one: ChallengeFacts, case: Case) -> Term:
    name = "gp_challenge_answer_wd" if one.challenge else "gp_inquiry_answer_wd"
    zh, en = ("答复质疑", "Answer the challenge") if one.challenge else ("答复询问", "Answer the inquiry")
    return Term(one.raised_on, case.values[name], zh, en, working=True)


def next_answer(case: Case) -> Due | None:
    """Until when the first inquiry or challenge that waits is answered."""
    waits = [_answer(one, case).due(case, "采购人", "The buyer") for one in case.challenges if one.answered_on is None]
    return min(waits, key=lambda due: due.at) if waits else None


def _raised(one: ChallengeFacts, case: Case) -> Finding:
    begins = known(one.known_on, "质疑期限起算日", "the day from which the time of a challenge runs")
    days = case.values["gp_challenge_wd"]
    return Term(begins, days, "提出质疑", "challenge raised", working=True).kept(case, one.raised_on)


@only(ProjectType.GP, ProjectType.GPN)
def challenges_are_answered(case: Case) -> Finding:
    """Challenges come within seven working days; inquiries are answered in three, challenges in seven."""
    if not case.challenges:
        return not_applicable("没有询问和质疑", "neither inquiry nor challenge")
    raised = [_raised(one, case) for one in case.challenges if one.challenge]
    answered = [_answer(one, case).kept(case, one.answered_on) for one in case.challenges]
    return together(*raised, *answered)
