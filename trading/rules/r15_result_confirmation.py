"""R15 交易结果确认与书面报告制度: the award follows the ranking after a clean publicity, and everyone hears at once."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import Code, Mark, Phase, ProjectType
from trading.methods.rejection import above_ceiling
from trading.rules import sale_conditions
from trading.rules.applies import only
from trading.rules.asking import COUNTY, Term, is_so
from trading.rules.case import BidFacts, Case
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable, passed, unknown
from trading.rules.wording import yuan_en, yuan_zh
from trading.steps import Step

ZTB, ZTBT, D12 = "招标投标法", "招标投标法实施条例", "评标委员会和评标方法暂行规定"
D30, D20 = "工程建设项目施工招标投标办法", "电子招标投标办法"

RULE = Rule(
    "R15",
    "交易结果确认与书面报告制度",
    "Result confirmation, award, written report",
    Phase.RESULT_CONFIRMATION,
    "按排序（或最高报价）在公示无异议后定标；中标与未中标通知同时发出；监管机构收到书面报告和合规记录。",
    "The award follows the ranking after a clean publicity; notices go out together; the supervisor gets the report.",
)


class SkipGround(Code):
    """The only grounds on which the next candidate is chosen (ZTBT 55), and the limit that the documents set."""

    GAVE_UP = "gave_up", "放弃中标", "Gave up the award"
    FORCE_MAJEURE = "force_majeure", "因不可抗力不能履行合同", "Force majeure"
    NO_PERFORMANCE_BOND = "no_performance_bond", "不按要求提交履约保证金", "No performance bond as required"
    ILLEGALITY = "illegality", "被查实存在影响中标结果的违法行为", "Proved illegality that affects the result"
    LOT_LIMIT = "lot_limit", "已达到招标文件规定的可中标标段数量", "Has won as many lots as the documents allow"


def skip_ground(reason: str | None) -> SkipGround | None:
    """The ground that ``reason`` names: a code alone, or a code, a colon and words; None where it names none."""
    code = (reason or "").replace("：", ":").partition(":")[0].strip()
    return next((ground for ground in SkipGround if ground == code), None)


def _winning_bid(case: Case) -> BidFacts:
    winner = known(case.award.winner, "中标人", "the winner")
    return known(next((bid for bid in case.bids if bid.bidder == winner), None), "中标人的投标", "the winner's bid")


@RULE.condition(
    "R15.C1",
    "B",
    "中标人应当在评标委员会推荐的候选人中确定",
    "The winner is one of the recommended candidates",
    steps=(Step.CONFIRM,),
    sources=(Source(ZTB, "第五十七条"),),
)
def among_candidates(case: Case) -> Finding:
    """The winner is among the candidates recommended by the committee."""
    return is_so(
        case.award.in_candidates, "在推荐的候选人中", "one of the candidates", "不在推荐的候选人中", "not a candidate"
    )


@RULE.condition(
    "R15.C2",
    "B",
    "国有资金控股或者主导的依法必须招标项目，确定排名第一的候选人为中标人",
    "In mandatory state-funded works the first candidate wins, the next only on a statutory ground",
    steps=(Step.CONFIRM,),
    sources=(Source(ZTBT, "第五十五条"), Source(D12, "第四十八条"), Source(D30, "第五十八条")),
)
@only(ProjectType.WORKS)
def first_wins(case: Case) -> Finding:
    """Rank 1; the next only if it gives up, force majeure, no performance bond or proved illegality; else retender."""
    rank = known(case.award.winner_rank, "中标人排名", "the winner's rank")
    if rank == 1:
        return passed("第一名", "第1名", "rank 1", "rank 1")
    controlled = known(case.project.state_controlled, "国有资金是否控股或主导", "whether state funds dominate")
    mandatory = known(case.method.mandatory, "是否依法必须招标", "whether the tender is mandatory")
    if not (controlled and mandatory):
        return not_applicable("不属于国有资金控股或主导的依法必须招标项目", "not mandatory state-funded works")
    ground = skip_ground(case.award.skip_reason)
    return holds(
        ground is not None,
        "第一名，或者有法定事由",
        f"第{rank}名，{ground.zh if ground else '无法定事由'}",
        "rank 1, or a statutory ground",
        f"rank {rank}, {ground.en if ground else 'no statutory ground'}",
    )


RULE.condition(
    "R15.C3",
    "B",
    "受让人（竞得人）为不低于底价的最高有效报价者，或者综合评审第一名",
    "The winner is the highest valid offer at or above the reserve, or the best under the published composite",
    steps=(Step.CONFIRM,),
    sources=(
        Source("拍卖法", "第五十条"),
        Source("企业国有资产法", "第五十四条"),
        Source("招标拍卖挂牌出让国有建设用地使用权规定", "", Mark.TO_BE_VERIFIED),
        COUNTY,
    ),
)(sale_conditions.best_offer_wins)


@RULE.condition(
    "R15.C4",
    "B",
    "没有未处理的异议、投诉暂停和红色预警",
    "No open objection, complaint suspension or red alarm",
    steps=(Step.CONFIRM, Step.AWARD),
    sources=(Source(ZTBT, "第五十四条"), Source(ZTBT, "第六十二条"), COUNTY),
)
def nothing_open(case: Case) -> Finding:
    """No open objection, no suspension by complaint, no red alarm without the supervisor's disposition."""
    waiting = sum(one.in_time and not one.withdrawn and one.answered_at is None for one in case.objections)
    complaint = known(case.award.suspended_by_complaint, "投诉暂停情况", "whether a complaint suspends")
    alarms = case.lot.open_alarms
    found = []
    if waiting:
        found.append((f"{waiting}件异议未答复", f"{waiting} objections not answered"))
    if complaint:
        found.append(("因投诉暂停", "suspended by a complaint"))
    if alarms:
        found.append((f"红色预警未销号：{'、'.join(alarms)}", f"open red alarms: {', '.join(alarms)}"))
    return holds(
        not found,
        "无未处理事项",
        "；".join(zh for zh, _ in found) or "无",
        "nothing open",
        "; ".join(en for _, en in found) or "none",
    )


@RULE.condition(
    "R15.C5",
    "B",
    "中标价不超过最高投标限价，且为开标时宣读的价格",
    "The price is not above the ceiling and is the one read at the opening",
    steps=(Step.CONFIRM,),
    sources=(Source(ZTBT, "第五十一条第五项"),),
)
@only(ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
def price_as_opened(case: Case) -> Finding:
    """Confirmed price not above the ceiling, equal to the price read at the opening after lawful corrections."""
    price = known(case.award.price, "中标价", "the award price")
    read = known(case.award.price_at_opening, "开标时宣读的价格", "the price read at the opening")
    ceiling = case.terms.ceiling
    expected, expected_en = f"开标价{yuan_zh(read)}", f"as read: {yuan_en(read)}"
    if ceiling is not None:
        expected, expected_en = (
            f"{expected}，不超过{yuan_zh(ceiling)}",
            f"{expected_en}, at most {yuan_en(ceiling)}",
        )
    return holds(
        price == read and not above_ceiling(price, ceiling), expected, yuan_zh(price), expected_en, yuan_en(price)
    )


@RULE.condition(
    "R15.C6",
    "B",
    "定标前不得就价格等实质性内容谈判",
    "No negotiation on price or substance before the award",
    steps=(Step.CONFIRM,),
    sources=(
        Source(ZTB, "第四十三条"),
        Source(ZTB, "第五十五条"),
        Source(D12, "第四十七条"),
        Source(D30, "第五十九条"),
    ),
)
def not_negotiated(case: Case) -> Finding:
    """No negotiation on price or substance before the winner is fixed."""
    negotiated = known(case.award.negotiated, "是否谈判", "whether there were negotiations")
    return is_so(not negotiated, "未谈判", "no negotiation", "有谈判", "there were negotiations")


@RULE.condition(
    "R15.C7",
    "B",
    "候选人情况发生较大变化的，发出中标通知书前由原评标委员会审查确认",
    "A candidate whose condition changed is examined again by the original committee before the notice",
    steps=(Step.AWARD,),
    sources=(Source(ZTBT, "第五十六条"),),
)
def reexamined(case: Case) -> Finding:
    """Finance or violations changed: the original committee re-examines before the award notice."""
    if not known(case.award.winner_changed, "中标候选人情况变化", "whether the candidate's condition changed"):
        return not_applicable("候选人情况没有较大变化", "the candidate's condition did not change")
    return is_so(
        case.award.reexamined,
        "原评标委员会已审查确认",
        "examined by the original committee",
        "未经原评标委员会审查",
        "not examined by the original committee",
    )


@RULE.condition(
    "R15.C8",
    "B",
    "中标人不在禁止投标期限内",
    "The winner is not under a bar",
    steps=(Step.CONFIRM, Step.AWARD),
    sources=(Source(ZTB, "第六十条"), Source(ZTBT, "第六十七条"), Source(ZTBT, "第六十八条")),
)
def winner_not_barred(case: Case) -> Finding:
    """Credit check at the award: no bar in force."""
    barred = case.award.winner_barred
    if barred is None:
        barred = known(_winning_bid(case).barred, "中标人信用记录", "the winner's credit record")
    return is_so(not barred, "不在禁止期限内", "not under a bar", "在禁止投标期限内", "under a bar")


@RULE.condition(
    "R15.C9",
    "B",
    "中标通知与未中标结果同时发出",
    "The award notice and the result to all others go out at the same time",
    steps=(Step.AWARD,),
    sources=(Source(ZTB, "第四十五条第一款"), Source(D20, "第三十六条")),
)
def told_at_once(case: Case) -> Finding:
    """Award notice to the winner and at the same time the result to all losers."""
    known(case.award.notified_at, "中标通知书", "the award notice")
    return is_so(
        case.award.all_told_at_once, "同时通知", "all told at once", "未同时通知", "not all were told at the same time"
    )


def _report(case: Case) -> Term:
    fixed = known(case.award.confirmed_at, "确定中标人的时间", "when the winner was fixed")
    return Term(law_date(fixed), case.values["report_to_supervisor"], "提交书面报告", "submit the written report")


def _report_due(case: Case) -> Due | None:
    if case.award.reported_at is not None:
        return None
    return _report(case).due(case, "招标人", "the owner")


@RULE.condition(
    "R15.C10",
    "R",
    "自确定中标人之日起十五日内提交招标投标情况书面报告",
    "The written report within fifteen days after the winner is fixed",
    steps=(Step.REPORT_RESULT,),
    sources=(Source(ZTB, "第四十七条"),),
    due=_report_due,
)
@only(ProjectType.WORKS)
def reported(case: Case) -> Finding:
    """Written report within fifteen days of fixing the winner: the law counts from there, not from the notice."""
    at = case.award.reported_at
    return _report(case).kept(case, law_date(at) if at else None)


@RULE.condition(
    "R15.C11",
    "A",
    "在投标有效期内发出中标通知书",
    "The award notice inside the bid validity",
    steps=(Step.AWARD,),
    sources=(Source(D12, "第四十条"),),
)
@only(ProjectType.WORKS)
def awarded_in_validity(case: Case) -> Finding:
    """Award inside the bid validity; the last day of it counts."""
    until = known(case.evaluation.validity_until, "投标有效期", "the bid validity")
    told = known(case.award.notified_at, "中标通知书", "the award notice")
    day = law_date(told)
    return holds(day <= until, f"不晚于{until}", str(day), f"not after {until}", str(day))


@RULE.condition(
    "R15.C12",
    "I",
    "监管机构在规定时限内出具合规记录，逾期视为确认",
    "The supervisor's compliance record in time; silence counts as confirmed",
    steps=(Step.RECORD_COMPLIANCE, Step.CONFIRM),
    sources=(COUNTY,),
)
def compliance_recorded(case: Case) -> Finding:
    """A compliance record, not an approval of the winner; after the county's working days silence is confirmation."""
    days = case.values["confirm_reply_wd"]
    expected, expected_en = f"公示期满后{days}个工作日内", f"within {days} working days of the publicity"
    if case.award.compliance_recorded_at is not None:
        day = law_date(case.award.compliance_recorded_at)
        return passed(expected, f"{day}出具", expected_en, f"recorded {day}")
    ended = known(case.publicity.ends_day, "公示结束日", "the last day of the publicity")
    last = case.calendar.end_of_working_days(ended, days)
    if case.today > last:
        return passed(expected, f"至{last}未出具，视为确认", expected_en, f"silent until {last}: confirmed")
    return unknown("合规记录（期限未满）", "the compliance record, still in time")


@RULE.condition(
    "R15.C13",
    "B",
    "中标通知书发出后不得改变中标结果",
    "The result is not changed after the award notice",
    steps=(Step.DRAFT_CONTRACT, Step.SIGN_CONTRACT, Step.DRAFT_SALE_CONTRACT),
    sources=(Source(ZTB, "第四十五条第二款"), Source(ZTBT, "第七十三条")),
)
def result_unchanged(case: Case) -> Finding:
    """After the notice the winner stays the winner: the contract is with nobody else."""
    known(case.award.notified_at, "中标通知书", "the award notice")
    winner = known(case.award.winner, "中标人", "the winner")
    contractor = known(case.contract.contractor, "合同承包人", "the contractor")
    same = contractor == winner
    if not same:
        return failed("与中标人签约", "签约人不是中标人", "a contract with the winner", "the contractor is another")
    return passed("与中标人签约", "与中标人签约", "a contract with the winner", "with the winner")


@RULE.condition(
    "R15.C14",
    "B",
    "编发中标通知书编号，节资额计算并冻结",
    "The award is numbered and its savings are computed and frozen",
    steps=(Step.AWARD,),
    sources=(COUNTY,),
)
def numbered_and_frozen(case: Case) -> Finding:
    """A number is given; the savings are computed and frozen."""
    number = known(case.award.number, "中标通知书编号", "the number of the award")
    frozen = known(case.award.savings_frozen, "节资额", "the savings")
    return holds(
        bool(number) and frozen,
        "有编号，节资额已冻结",
        f"编号{number}，节资额{'已' if frozen else '未'}冻结",
        "numbered, savings frozen",
        f"number {number}, savings {'frozen' if frozen else 'not frozen'}",
    )
