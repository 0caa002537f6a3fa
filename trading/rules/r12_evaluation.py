"""R12 评标评审制度: published criteria alone, each member on record, one to three ranked candidates."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import EvaluationMethod, Phase, ProjectType
from trading.methods.rejection import RejectionClause, above_ceiling
from trading.rules.applies import only
from trading.rules.asking import COUNTY, is_so, nothing_in, nothing_to_judge
from trading.rules.case import BidFacts, Case
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed, unknown
from trading.steps import Step

ZTB, ZTBT, D12 = "招标投标法", "招标投标法实施条例", "评标委员会和评标方法暂行规定"
D30 = "工程建设项目施工招标投标办法"
REPORTING = (Step.DRAFT_REPORT, Step.SUBMIT_REPORT)
VOTING = (Step.REJECT_BID, Step.VOTE_REJECTION)

RULE = Rule(
    "R12",
    "评标评审制度",
    "Evaluation",
    Phase.PROCESS_SUPERVISION,
    "评标委员会只适用已公布的标准，成员各自独立评审并留痕；系统计算、核对、打印，产生一至三名有排序的候选人。",
    "The committee applies only the published criteria, each member alone and on record; 1–3 ranked candidates result.",
)


def _names(bids: list[BidFacts]) -> str:
    return "、".join(sorted(bid.name or bid.bidder for bid in bids))


def _bids(case: Case) -> tuple[BidFacts, ...]:
    return known(case.bids or None, "投标文件", "the bids")


@RULE.condition(
    "R12.C1",
    "B",
    "只按招标文件规定的标准和因素评审",
    "Only the criteria and factors of the documents are applied",
    steps=(Step.SCORE, *REPORTING),
    sources=(Source(ZTBT, "第四十九条"),),
)
def published_factors_only(case: Case) -> Finding:
    """A factor that is not in the documents cannot be scored."""
    used = known(case.evaluation.factors_used, "评分因素", "the factors scored")
    foreign = sorted(set(used) - {factor.code for factor in case.terms.factors})
    return nothing_in(foreign, "评分因素均在招标文件内", "every factor is in the documents")


@RULE.condition(
    "R12.C2",
    "B",
    "评标方法为法定方法且与招标文件一致",
    "The method of evaluation is lawful and the one in the documents",
    steps=(Step.SCORE, *REPORTING),
    sources=(Source(D12, "第二十九条至第三十五条"), Source(ZTB, "第四十一条")),
)
@only(ProjectType.WORKS)
def method_of_documents(case: Case) -> Finding:
    """Works: lowest evaluated price or comprehensive evaluation, as the documents say."""
    stated = known(case.terms.evaluation_method, "招标文件规定的评标方法", "the method in the documents")
    used = known(case.evaluation.method, "评标采用的方法", "the method used")
    return holds(used is stated, stated.zh, used.zh, stated.en, used.en)


@RULE.condition(
    "R12.C3",
    "B",
    "否决投标限于法定情形并载明条款、理由和表决；超过最高投标限价的应当否决",
    "Bids are rejected on a statutory ground with clause, reason and votes; a bid above the ceiling must be",
    steps=(*VOTING, *REPORTING),
    sources=(Source(ZTBT, "第五十一条"),),
)
def rejections_grounded(case: Case) -> Finding:
    """Seven statutory grounds; each rejection carries clause, reason and votes; nothing above the ceiling stands.

    A price above the ceiling is a matter of figures, as is whatever else the platform itself finds at the opening (a
    bond that did not arrive): it is rejected without a vote. While motions are still made and
    voted on, another bid above the ceiling does not hinder them.
    """
    expected, expected_en = "条款、理由、表决齐全", "clause, reason and votes on record"
    ceiling = case.terms.ceiling
    rejected = [bid for bid in _bids(case) if bid.rejected_clause is not None]
    for bid in rejected:
        if bid.rejected_clause not in set(RejectionClause) or not bid.rejected_reason:
            name = bid.name or bid.bidder
            return failed(expected, f"{name}：条款或理由不合规", expected_en, f"{name}: clause or reason missing")
    standing = [
        bid
        for bid in case.bids
        if bid.rejected_clause is None and bid.total is not None and above_ceiling(bid.total, ceiling)
    ]
    if standing and case.step not in VOTING:
        names = _names(standing)
        return failed(
            "超过最高投标限价的均已否决", f"未否决：{names}", "all above the ceiling rejected", f"standing: {names}"
        )
    for bid in rejected:
        if not bid.by_platform and (bid.total is None or not above_ceiling(bid.total, ceiling)):
            known(bid.rejected_votes, "否决投标的表决", "the votes on a rejection")
    return passed(expected, f"否决{len(rejected)}份", expected_en, f"{len(rejected)} rejected")


@RULE.condition(
    "R12.C6",
    "B",
    "算术性错误按规定修正，评审价经系统复核一致",
    "Arithmetic is corrected by the rule, and the system finds the same figures",
    steps=REPORTING,
    sources=(Source(D12, "第十九条"), Source(D30, "第五十三条")),
)
@only(ProjectType.WORKS)
def figures_exact(case: Case) -> Finding:
    """Words beat figures, unit prices beat totals; the evaluated figures are recomputed exactly."""
    return is_so(
        case.evaluation.formula_exact, "复核一致", "recomputed alike", "复核不一致", "the figures do not recompute"
    )


@RULE.condition(
    "R12.C7",
    "A",
    "异常低价应当要求书面说明，不能合理说明的否决",
    "An abnormally low price is explained in writing or rejected",
    steps=REPORTING,
    sources=(Source(D12, "第二十一条"), COUNTY),
)
def low_prices_explained(case: Case) -> Finding:
    """A trigger means that the committee must ask, never itself a rejection. Works: the ratios are the county's."""
    known(case.evaluation.effective_bids, "有效投标", "the effective bids")
    open_: list[BidFacts] = []
    for flagged in case.evaluation.low_price_flags:
        bid = next((one for one in case.bids if flagged in (one.bidder, one.name)), None)
        found = known(bid, f"异常低价的投标（{flagged}）", f"the abnormally low bid ({flagged})")
        if found.rejected_clause is None and not known(
            found.low_price_explained, "异常低价的书面说明", "the written explanation of a low price"
        ):
            open_.append(found)
    return nothing_in(
        [_names([bid]) for bid in open_], "无未说明的异常低价", "no abnormally low price without an explanation"
    )


@RULE.condition(
    "R12.C8",
    "A",
    "否决后有效投标不足三个的，评标委员会应当说明是否明显缺乏竞争",
    "With fewer than three effective bids the committee argues whether competition is lacking",
    steps=REPORTING,
    sources=(Source(ZTB, "第四十二条"), Source(D12, "第二十七条")),
)
def competition_argued(case: Case) -> Finding:
    """Works: the committee may go on, and argues it in the report, hence amber. Procurement ends: that is 废标.

    No effective bid at all leaves nothing to argue: all bids are rejected and R16 follows.
    """
    effective = known(case.evaluation.effective_bids, "有效投标数", "the number of effective bids")
    least = case.values["bidders_min"]
    actual, actual_en = f"有效投标{effective}个", f"{effective} effective bids"
    if effective >= least:
        return passed(f"不少于{least}个", actual, f"at least {least}", actual_en)
    if known(case.project.type, "项目类型", "the project type") in (ProjectType.GP, ProjectType.GPN):
        return failed(f"不少于{least}个，否则废标", actual, f"at least {least}, else the purchase ends", actual_en)
    reason = case.evaluation.competition_reason
    return holds(
        bool(reason) and effective > 0,
        f"不足{least}个的载明理由",
        f"{actual}；{reason or '未说明理由'}",
        f"fewer than {least}: argued in the report",
        f"{actual_en}; {reason or 'no reason given'}",
    )


def _sharing(owners: dict[str, str]) -> str:
    """The bidders who have the same thing; ``owners`` is bidder to what he has."""
    values = list(owners.values())
    return "、".join(sorted(bidder for bidder, value in owners.items() if values.count(value) > 1))


@RULE.condition(
    "R12.C9",
    "R",
    "视为串通投标的情形已比对",
    "The signs of deemed collusion are compared",
    steps=REPORTING,
    sources=(Source(ZTBT, "第四十条"), COUNTY),
)
def no_sign_of_collusion(case: Case) -> Finding:
    """Same author, same network address, bonds from one account, and what the committee itself found."""
    traces = (
        ("编制人相同", "same author", {bid.bidder: bid.author for bid in case.bids if bid.author}),
        ("网络地址相同", "same address", {bid.bidder: bid.address for bid in case.bids if bid.address}),
        ("保证金同一账户", "same account", {one.bidder: one.payer_account for one in case.bonds if one.payer_account}),
    )
    committee = case.evaluation.deemed_collusion
    found = [("评标委员会认定", "found by the committee", "、".join(committee))] if committee else []
    found += [(zh, en, _sharing(owners)) for zh, en, owners in traces if _sharing(owners)]
    if not found and not any(owners for _, _, owners in traces):
        return unknown("可比对的痕迹", "traces to compare")
    return holds(
        not found,
        "未发现所列情形",
        "；".join(f"{zh}：{who}" for zh, _, who in found) or "未发现",
        "no sign found",
        "; ".join(f"{en}: {who}" for _, en, who in found) or "none",
    )


@RULE.condition(
    "R12.C11",
    "A",
    "客观因素评分一致，主观评分畸高畸低的书面说明",
    "Members agree on objective factors; outliers are explained in writing",
    steps=REPORTING,
    sources=(COUNTY,),
)
def scores_agree(case: Case) -> Finding:
    """Objective factors: all agree; subjective totals off the others' mean by more than the county's share: explain."""
    method = known(case.evaluation.method, "评标采用的方法", "the method used")
    if method is not EvaluationMethod.COMPREHENSIVE:
        return not_applicable("不采用打分", "nothing is scored")
    known(case.evaluation.sheets or None, "评分表", "the score sheets")
    odd = [*case.evaluation.objective_disagreements, *case.evaluation.subjective_deviations]
    return nothing_in(odd, "评分无异常", "no odd scores")


@RULE.condition(
    "R12.C12",
    "B",
    "评标结果签署后不得修改",
    "The result is not altered after signing",
    steps=(Step.SUBMIT_REPORT, Step.PUBLICIZE),
    sources=(COUNTY,),
)
def unaltered(case: Case) -> Finding:
    """Results are corrected before signing, on the listed grounds alone; for works by county rule."""
    altered = known(case.evaluation.altered_after_signing, "签署后修改记录", "whether it was altered after signing")
    return is_so(not altered, "签署后未修改", "unaltered since signing", "签署后有修改", "altered after signing")


@RULE.condition(
    "R12.C13",
    "B",
    "超过三分之一成员认为时间不够的，应当延长评标时间",
    "More than a third of the members find the time too short: it is extended",
    steps=REPORTING,
    sources=(Source(ZTBT, "第四十八条第二款"),),
)
def time_extended(case: Case) -> Finding:
    """More than one third of the members say that the time is too short: extend."""
    members = known(case.evaluation.members, "评标委员会人数", "the number of members")
    asking = known(case.evaluation.time_extension_asked, "要求延长评标时间的人数", "how many asked for more time")
    return holds(
        3 * asking <= members,
        "不超过三分之一，否则延长",
        f"{members}人中{asking}人",
        "at most a third, else extend",
        f"{asking} of {members}",
    )


@RULE.condition(
    "R12.C14",
    "B",
    "评标报告由全体成员签字，不同意见书面说明",
    "The report is signed by all; dissent is written",
    steps=(Step.SUBMIT_REPORT,),
    sources=(Source(ZTBT, "第五十三条第二款"), Source(D12, "第四十三条")),
)
def signed_by_all(case: Case) -> Finding:
    """Every member reviewed alone and signed; dissent stands in writing."""
    members = known(case.evaluation.members, "评标委员会人数", "the number of members")
    sheets = known(case.evaluation.sheets, "评审表", "the members' sheets")
    signed = known(case.evaluation.signed, "签字人数", "the signatures")
    dissent = known(case.evaluation.dissent_written, "不同意见", "whether dissent is in writing")
    return holds(
        sheets == signed == members and dissent,
        f"{members}人独立评审并签字，不同意见书面说明",
        f"评审{sheets}人，签字{signed}人" + ("" if dissent else "，不同意见无书面说明"),
        f"all {members} reviewed and signed, dissent in writing",
        f"{sheets} reviewed, {signed} signed" + ("" if dissent else ", dissent not in writing"),
    )


@RULE.condition(
    "R12.C15",
    "B",
    "推荐一至三名中标候选人并排序",
    "One to three candidates, ranked",
    steps=REPORTING,
    sources=(Source(ZTBT, "第五十三条"), Source(D12, "第四十五条"), Source(D30, "第五十七条")),
)
def candidates_ranked(case: Case) -> Finding:
    """One to three candidates, in order."""
    most = case.values["candidates_max"]
    count = known(case.evaluation.candidates, "中标候选人", "the candidates")
    ranked = known(case.evaluation.candidates_ranked, "候选人排序", "the order of the candidates")
    return holds(
        1 <= count <= most and ranked,
        f"1至{most}名，有排序",
        f"{count}名，{'有' if ranked else '无'}排序",
        f"1 to {most}, ranked",
        f"{count}, {'ranked' if ranked else 'not ranked'}",
    )


@RULE.condition(
    "R12.C16",
    "B",
    "并列的按招标文件规定处理",
    "Ties are separated as the documents say",
    steps=REPORTING,
    sources=(COUNTY,),
)
def ties_by_documents(case: Case) -> Finding:
    """Works: as the documents say; by default lower price, then higher technical score, then a draw."""
    return is_so(
        case.evaluation.ties_broken_by_documents,
        "按招标文件处理并列",
        "ties separated as the documents say",
        "并列未按招标文件处理",
        "a tie was not separated as the documents say",
    )


@RULE.condition(
    "R12.C17",
    "B",
    "共同认定的事项按少数服从多数",
    "Shared matters are decided by majority",
    steps=(Step.VOTE_REJECTION, *REPORTING),
    sources=(COUNTY,),
)
def majority_decides(case: Case) -> Finding:
    """A rejection by vote stands only with more than half of the members for it; votes are (for, against)."""
    decided = [bid for bid in _bids(case) if bid.rejected_clause is not None and bid.rejected_votes is not None]
    if not decided:
        return nothing_to_judge("无须表决的事项", "nothing was put to the vote")
    members = known(case.evaluation.members, "评标委员会人数", "the number of members")
    short = [bid for bid in decided if bid.rejected_votes is not None and 2 * bid.rejected_votes[0] <= members]
    return holds(
        not short,
        "过半数同意",
        _names(short) or "均过半数",
        "more than half in favour",
        _names(short) or "all by majority",
    )


@RULE.condition(
    "R12.C19",
    "B",
    "招标文件违反强制性规定或有致命缺陷的，停止评标并告知招标人",
    "Documents with a fatal defect stop the evaluation",
    steps=REPORTING,
    sources=(Source("关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见", "第十三条"),),
)
def documents_sound(case: Case) -> Finding:
    """A breach of mandatory law or a fatal defect in the documents: stop, and tell the owner."""
    fatal = known(case.evaluation.fatal_defect, "招标文件缺陷", "whether the documents have a fatal defect")
    return is_so(not fatal, "未发现致命缺陷", "no fatal defect", "招标文件有致命缺陷", "a fatal defect was found")


@RULE.condition(
    "R12.C20",
    "R",
    "在投标有效期内完成评标和定标",
    "Evaluation and award inside the bid validity",
    steps=(Step.SUBMIT_REPORT, Step.CONFIRM, Step.AWARD),
    sources=(Source(D12, "第四十条"), Source(D30, "第二十九条")),
)
@only(ProjectType.WORKS)
def inside_validity(case: Case) -> Finding:
    """Evaluation and award inside the bid validity; if not possible, all bidders are asked to extend."""
    until = known(case.evaluation.validity_until, "投标有效期", "the bid validity")
    told = case.award.notified_at
    day = law_date(told) if told is not None else case.today
    return holds(day <= until, f"不晚于{until}", str(day), f"not after {until}", str(day))
