"""R18 投诉处理、信用与行业自律制度: complaints run on the clock; only formal decisions enter the credit record."""

from __future__ import annotations

from trading.codelists import Mark, Phase, ProjectType, Severity
from trading.rules.applies import only
from trading.rules.asking import COUNTY
from trading.rules.case import Case
from trading.rules.complaint_terms import (
    PROCUREMENT,
    admission,
    answered_on,
    asked,
    decision,
    dues_of_admission,
    dues_of_decision,
    dues_of_publication,
    ground_is_there,
    handled,
    left_undone,
    next_alarm_due,
    procurement_terms,
    publication,
    too_old,
    worst,
)
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.steps import Step
from trading.working_days import days_between

ZTBT, D30, D20 = "招标投标法实施条例", "工程建设项目施工招标投标办法", "电子招标投标办法"
CG, CGT, D94 = "政府采购法", "政府采购法实施条例", "政府采购质疑和投诉办法"
PLATFORM = "公共资源交易平台管理暂行办法"
OPINIONS = "关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见"
COMPLAINTS = "工程建设项目招标投标活动投诉处理办法（2004年第11号令）"
NONE = ("没有投诉", "no complaint")
NONE_ADMITTED = ("没有应当处理的投诉", "no complaint to be handled")

RULE = Rule(
    "R18",
    "投诉处理、信用与行业自律制度",
    "Complaints, credit, self-discipline",
    Phase.FOLLOW_UP,
    "投诉按期处理；只有正式决定进入信用记录；行业自律补充而不替代处罚。",
    "Complaints are decided on the clock; only formal decisions enter the credit record; self-discipline supplements.",
)


@RULE.condition(
    "R18.C1",
    "B",
    "自知道或者应当知道之日起十日内投诉，异议答复期间不计算在内",
    "A complaint within ten days of knowing; the time of the objection's answer is not counted",
    steps=(Step.ADMIT_COMPLAINT,),
    sources=(Source(ZTBT, "第六十条"), Source(D30, "第八十九条")),
)
@only(ProjectType.WORKS)
def lodged_in_time(case: Case) -> Finding:
    """Ten days from knowing or when one should have known; the days of the answer to the objection do not count.

    Late: not admitted. A last day that is a holiday moves on to the next working day (T2).
    """
    complaints = handled(case)
    if not complaints:
        return not_applicable(*(NONE_ADMITTED if case.complaints else NONE))
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
    steps=(Step.ADMIT_COMPLAINT,),
    sources=(Source(ZTBT, "第六十条第二款"),),
)
def objected_first(case: Case) -> Finding:
    """Matters of R08, R10.C10 and R14 need a prior objection."""
    complaints = handled(case)
    if not complaints:
        return not_applicable(*(NONE_ADMITTED if case.complaints else NONE))
    bare = [one for one in complaints if not known(one.prior_objection, "是否先提出异议", "the prior objection")]
    return holds(
        not bare,
        "先提出异议",
        "、".join(one.target.zh for one in bare) or "已先提出异议",
        "an objection first",
        ", ".join(one.target.en for one in bare) or "objected first",
    )


@RULE.condition(
    "R18.C3",
    "R",
    "三个工作日内决定是否受理投诉",
    "Admission of a complaint is decided within three working days",
    steps=(Step.ADMIT_COMPLAINT,),
    sources=(Source(ZTBT, "第六十一条"),),
    due=dues_of_admission,
)
def admitted_in_time(case: Case) -> Finding:
    """Admission decided within three working days; the first receiver handles it if several received it."""
    complaints = asked(case)
    if not complaints:
        return not_applicable(*NONE)
    return worst(case, [(admission(case, one), answered_on(one)) for one in complaints])


@RULE.condition(
    "R18.C4",
    "B",
    "不予受理限于六种情形，具备受理条件的应当受理",
    "A complaint is refused on one of six grounds alone, and is refused where one of them is there",
    steps=(Step.ADMIT_COMPLAINT,),
    sources=(Source(COMPLAINTS, "第十二条", Mark.TO_BE_VERIFIED),),
)
def refused_by_the_list(case: Case) -> Finding:
    """The closed list of six; an anonymous one or one of a stranger is not admitted."""
    complaints = asked(case)
    if not complaints:
        return not_applicable(*NONE)
    wrong: list[tuple[str, str]] = []
    for one in complaints:
        if one.refused_on is not None and not ground_is_there(case, one):
            ground = one.refusal
            wrong.append((f"不存在“{ground.zh if ground else '—'}”", f"not so: {ground.en if ground else '—'}"))
        elif one.admitted_on is not None:
            signed = known(one.named_and_signed, "署名、签字与盖章", "name, signature and seal")
            interested = known(one.interested, "投诉人的利害关系", "the complainant's interest")
            concrete = known(one.concrete, "具体事项与线索", "concrete matters and clues")
            if not (signed and interested and concrete):
                wrong.append(("受理了不符合条件的投诉", "admitted though a ground of refusal was there"))
    zh, en = "；".join(zh for zh, _en in wrong), "; ".join(en for _zh, en in wrong)
    if not wrong and not any(answered_on(one) for one in complaints):
        known(None, "是否受理的决定", "the decision on admission")
    return holds(not wrong, "六种情形之一，或者受理", zh or "符合", "one of the six grounds, or admitted", en or "so")


@RULE.condition(
    "R18.C5",
    "R",
    "自受理之日起三十个工作日内作出投诉处理决定",
    "A complaint is decided within thirty working days of admission",
    steps=(Step.DECIDE_COMPLAINT,),
    sources=(Source(ZTBT, "第六十一条"),),
    due=dues_of_decision,
)
def decided_in_time(case: Case) -> Finding:
    """Thirty working days from admission; time for tests, appraisal and expert review is not counted."""
    complaints = handled(case)
    if not complaints:
        return not_applicable(*(NONE_ADMITTED if case.complaints else NONE))
    return worst(case, [(decision(case, one), one.decided_on) for one in complaints])


@RULE.condition(
    "R18.C6",
    "I",
    "责令暂停的，载明起止",
    "A suspension ordered during a complaint is on record with its begin and end",
    steps=(Step.ADMIT_COMPLAINT, Step.DECIDE_COMPLAINT),
    sources=(Source(ZTBT, "第六十二条"),),
)
def suspension_recorded(case: Case) -> Finding:
    """The order has its begin; with the decision it has its end."""
    complaints = handled(case)
    if not complaints:
        return not_applicable(*(NONE_ADMITTED if case.complaints else NONE))
    ordered = [one for one in complaints if known(one.suspension_ordered, "是否责令暂停", "whether it was suspended")]
    if not ordered:
        return not_applicable("未责令暂停", "no suspension was ordered")
    bare = [one for one in ordered if one.suspended_at is None or (one.decided_on and one.suspension_ended_at is None)]
    return holds(not bare, "起止齐全", f"{len(bare)}件不全", "begin and end", f"{len(bare)} incomplete")


@RULE.condition(
    "R18.C7",
    "R",
    "政府采购投诉按期提起、审查、发送、说明、处理，暂停不超过三十日，事项不超出质疑范围",
    "A procurement complaint keeps every clock, its content stays within the challenge, suspension is thirty days",
    steps=(Step.ADMIT_COMPLAINT, Step.DECIDE_COMPLAINT),
    sources=(
        Source(CG, "第五十五条、第五十六条、第五十七条"),
        Source(CGT, "第五十五条、第五十六条、第五十七条、第五十八条"),
        Source(D94, "第十七条、第二十条、第二十一条、第二十二条、第二十六条、第二十七条、第二十八条"),
    ),
)
@only(*PROCUREMENT)
def procurement_clocks_kept(case: Case) -> Finding:
    """Fifteen, five, three, eight, five and thirty working days; thirty days of suspension; the challenge's matters."""
    complaints = tuple(one for one in asked(case) if one.withdrawn_on is None)
    if not complaints:
        return not_applicable(*NONE)
    longest = case.values["gp_suspend_max"]
    for one in complaints:
        more = known(one.procurement, "采购投诉的情况", "what procurement asks of a complaint")
        if one.refused_on is None and not known(more.within_challenge, "投诉与质疑事项", "the challenge's matters"):
            return failed("不超出质疑事项", "超出质疑事项", "within the challenge", "beyond the challenge")
        if one.suspended_at is not None:
            days = ((one.suspension_ended_at or case.now) - one.suspended_at).days
            if days > longest:
                return failed(f"暂停至多{longest}日", f"{days}日", f"suspended {longest} days at most", f"{days} days")
    return worst(case, [term for one in complaints for term in procurement_terms(case, one)])


@RULE.condition(
    "R18.C8",
    "R",
    "投诉处理决定告知投诉人并公开",
    "The decision on a complaint is told to the complainant and published",
    steps=(Step.PUBLISH_DECISION,),
    sources=(
        Source(ZTBT, "第七十八条"),
        Source(CGT, "第五十八条"),
        Source(D94, "第三十四条"),
        Source(OPINIONS, "第十八条"),
        Source(PLATFORM, "第二十一条"),
    ),
    due=dues_of_publication,
)
def decision_told(case: Case) -> Finding:
    """Told to the complainant with the decision, and on the net within seven working days."""
    decided = [one for one in asked(case) if one.decided_on is not None]
    if not decided:
        return not_applicable("尚无投诉处理决定", "no complaint is decided yet")
    untold = [one for one in decided if one.told_on is None]
    if untold:
        return failed("告知投诉人", f"{len(untold)}件未告知", "the complainant is told", f"{len(untold)} not told")
    return worst(case, [(publication(case, one), one.published_on) for one in decided])


@RULE.condition(
    "R18.C9",
    "R",
    "捏造事实的投诉应当驳回；政府采购依法列入记录、禁止一至三年",
    "A fabricated complaint is rejected; in procurement it is listed and barred for one to three years",
    steps=(Step.DECIDE_COMPLAINT,),
    sources=(
        Source(ZTBT, "第六十一条第三款"),
        Source(ZTBT, "第七十七条"),
        Source(CGT, "第五十七条、第七十三条"),
        Source(D94, "第三十七条"),
    ),
)
def fabrication_answered(case: Case) -> Finding:
    """Fabricated: rejected, in procurement listed and barred; three unfounded in twelve months: listed, no bar."""
    decided = [one for one in asked(case) if one.decided_on is not None]
    if not decided:
        return not_applicable("尚无投诉处理决定", "no complaint is decided yet")
    wrong = [told for one in decided if (told := left_undone(case, one)) is not None]
    zh, en = "；".join(zh for zh, _en in wrong), "; ".join(en for _zh, en in wrong)
    return holds(not wrong, "依法处理", zh or "依法处理", "dealt with by law", en or "dealt with by law")


@RULE.condition(
    "R18.C10",
    "B",
    "信用记录只载正式决定，并载明行为、依据、机关、日期",
    "The credit record holds formal decisions only, with act, basis, organ and date",
    steps=(Step.RATE_PERFORMANCE, Step.CONFIRM_CREDIT),
    sources=(
        Source(ZTBT, "第七十八条"),
        Source(OPINIONS, "第十一条"),
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


@RULE.condition(
    "R18.C12",
    "R",
    "对评标专家的处理有书面决定、公开，并送专家库组建单位；不得以暂停代替处罚",
    "A measure against an expert is a written decision, published, sent to the pool's owner, and no substitute",
    steps=(Step.APPRAISE_EXPERT,),
    sources=(Source(ZTBT, "第七十一条、第七十二条"), Source(OPINIONS, "第十二条、第十四条")),
)
def experts_appraised_by_decision(case: Case) -> Finding:
    """Warning, suspension, removal: each by a numbered decision that is published and sent to the province."""
    appraisals = known(case.appraisals, "专家考评记录", "the appraisals of experts")
    if not appraisals:
        return not_applicable("没有对专家的处理", "no measure against an expert")
    bare = 0
    for one in appraisals:
        substitute = known(one.instead_of_penalty, "是否以暂停代替处罚", "whether it stands for a penalty")
        written = one.act and one.decision_number and one.decided_on and one.published_on and one.sent_to_pool_on
        bare += bool(substitute) or not written
    return holds(not bare, "决定、公开、送达齐全", f"{bare}件不符", "decided, published, sent", f"{bare} not so")


@RULE.condition(
    "R18.C13",
    "I",
    "投标人、代理机构、评标专家逐项目签署廉洁诚信承诺；自律措施不限制市场准入",
    "Bidders, agencies and experts sign a pledge on each project; self-discipline never bars from the market",
    steps=(Step.SUBMIT_REPORT, Step.AWARD),
    sources=(
        Source(ZTBT, "第八十二条"),
        Source(OPINIONS, "第十七条、第二十条"),
        Source(PLATFORM, "第三十一条、第三十七条"),
        COUNTY,
    ),
)
def pledged(case: Case) -> Finding:
    """A pledge in set form by everybody concerned; peer measures are of reputation only."""
    if known(case.pledges.measures_bar_the_market, "自律措施的后果", "what the measures do"):
        return failed("不限制市场准入", "以自律措施限制市场准入", "reputation only", "a measure bars from the market")
    missing = known(case.pledges.missing, "承诺签署情况", "who signed the pledge")
    told = "、".join(missing) or f"已签{case.pledges.signed}份"
    return holds(not missing, "均已签署", told, "signed by all", ", ".join(missing) or f"{case.pledges.signed} signed")


@RULE.condition(
    "R18.C14",
    "A",
    "红色预警与监管意见按期办结，逾十个工作日未销号的上报",
    "Red alarms and orders are dealt with in time; older than ten working days they are carried up",
    steps=(),
    sources=(Source(PLATFORM, "第三十条、第三十三条"), COUNTY),
    due=next_alarm_due,
)
def alarms_grow_up(case: Case) -> Finding:
    """A red alarm open for more than ten working days is carried up; an order is answered within its term."""
    red = [one for one in case.alarms if one.severity is Severity.RED]
    if not red and not case.orders:
        return not_applicable("没有红色预警和监管意见", "no red alarm, no order")
    stale = [one for one in red if too_old(case, one)]
    late = [one for one in case.orders if (one.replied_on or one.closed_on or case.today) > one.due_on]
    zh = f"{len(stale)}条预警逾期未上报，{len(late)}件监管意见逾期"
    en = f"{len(stale)} alarms too old, {len(late)} orders overdue"
    return holds(not stale and not late, "按期办结或者上报", zh, "dealt with in time or carried up", en)


@RULE.condition(
    "R18.C15",
    "B",
    "投诉人、举报人的身份保密",
    "The identity of a complainant or whistle-blower is sealed",
    steps=(Step.ADMIT_COMPLAINT, Step.ASK_FOR_REPLY, Step.DECIDE_COMPLAINT, Step.PUBLISH_DECISION),
    sources=(Source(OPINIONS, "第十八条"),),
)
def complainant_sealed(case: Case) -> Finding:
    """No text told to others holds the complainant's name, code, persons or numbers."""
    complaints = asked(case)
    if not complaints:
        return not_applicable(*NONE)
    named = [text for one in complaints for text in known(one.named_in, "对外文书", "the texts told to others")]
    return holds(
        not named, "对外文书不载明身份", "、".join(named) or "未载明", "no text tells it", ", ".join(named) or "none"
    )
