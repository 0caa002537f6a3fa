"""R12 评标评审制度: published criteria alone, each member on record, one to three ranked candidates."""

from __future__ import annotations

from trading.codelists import EvaluationMethod, Phase, ProjectType, Role
from trading.rules import bid_validity, collusion_signs, price_scores, rejected_bids
from trading.rules.applies import only
from trading.rules.asking import COUNTY, is_so, nothing_in, nothing_to_judge, signed
from trading.rules.case import BidFacts, Case
from trading.rules.rejected_bids import VOTING, bids, names
from trading.rules.rule import Checklist, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.steps import Step

D20, D87 = "电子招标投标办法", "政府采购货物和服务招标投标管理办法"
ZTB, ZTBT, D12 = "招标投标法", "招标投标法实施条例", "评标委员会和评标方法暂行规定"
D30 = "工程建设项目施工招标投标办法"
REPORTING = (Step.DRAFT_REPORT, Step.SUBMIT_REPORT)

RULE = Rule(
    "R12",
    "评标评审制度",
    "Evaluation",
    Phase.PROCESS_SUPERVISION,
    "评标委员会只适用已公布的标准，成员各自独立评审并留痕；系统计算、核对、打印，产生一至三名有排序的候选人。",
    "The committee applies only the published criteria, each member alone and on record; 1–3 ranked candidates result.",
)


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


RULE.condition(
    "R12.C3",
    "B",
    "否决投标限于法定情形并载明条款、理由和表决；超过最高投标限价的应当否决",
    "Bids are rejected on a statutory ground with clause, reason and votes; a bid above the ceiling must be",
    steps=(*VOTING, *REPORTING),
    sources=(Source(ZTBT, "第五十一条"),),
)(rejected_bids.rejections_grounded)


RULE.condition(
    "R12.C4",
    "B",
    "政府采购的投标无效限于所列六种情形并说明理由",
    "A bid in procurement is invalid on one of six grounds alone, with a reason",
    steps=(*VOTING, *REPORTING),
    sources=(Source(D87, "第六十三条"),),
)(rejected_bids.invalid_bids_grounded)


@RULE.condition(
    "R12.C5",
    "B",
    "澄清说明由评标委员会书面要求、投标人书面作出，不改变实质性内容；不接受主动澄清",
    "Bids are clarified in writing, on the committee's request, without a change of substance; nothing volunteered",
    steps=REPORTING,
    sources=(Source(ZTBT, "第五十二条"), Source(D87, "第五十一条")),
)
@only(ProjectType.WORKS, ProjectType.GP)
def clarified_on_request_only(case: Case) -> Finding:
    """Each explanation was asked for, is in writing and leaves the substance of the bid as it was opened."""
    given = known(case.evaluation.explanations, "投标人的澄清说明", "what the bidders explained")
    if not given:
        return nothing_to_judge("评标中没有澄清说明", "nothing was explained during the evaluation")
    wrong = [
        one.bidder
        for one in given
        if not one.asked_by_committee
        or not one.written
        or known(one.changes_substance, "澄清是否改变实质性内容", "whether the substance was changed")
    ]
    return holds(
        not wrong,
        "均应要求书面作出且不改变实质性内容", "、".join(wrong) or f"{len(given)}份均符合",
        "asked for, in writing, substance unchanged", ", ".join(wrong) or f"all {len(given)} are",
    )  # fmt: skip


@RULE.condition(
    "R12.C6",
    "B",
    "算术性错误按规定修正，评审价经系统复核一致",
    "Arithmetic is corrected by the rule, and the system finds the same figures",
    steps=REPORTING,
    sources=(Source(D12, "第十九条"), Source(D30, "第五十三条"), Source(D87, "第五十九条")),
)
@only(ProjectType.WORKS, ProjectType.GP)
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
        [names([bid]) for bid in open_], "无未说明的异常低价", "no abnormally low price without an explanation"
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


RULE.condition(
    "R12.C9",
    "R",
    "视为串通投标的情形已比对",
    "The signs of deemed collusion are compared",
    steps=REPORTING,
    sources=(Source(ZTBT, "第四十条"), COUNTY),
)(collusion_signs.no_sign_of_collusion)


RULE.condition(
    "R12.C10",
    "B",
    "政府采购综合评分的价格分按低价优先法计算，不得去掉最高或者最低报价",
    "Price scores in procurement are exact, the lowest quote first; no quote is dropped",
    steps=REPORTING,
    sources=(Source(D87, "第五十五条"),),
)(price_scores.price_scores_exact)


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
    decided = [bid for bid in bids(case) if bid.rejected_clause is not None and bid.rejected_votes is not None]
    if not decided:
        return nothing_to_judge("无须表决的事项", "nothing was put to the vote")
    members = known(case.evaluation.members, "评标委员会人数", "the number of members")
    short = [bid for bid in decided if bid.rejected_votes is not None and 2 * bid.rejected_votes[0] <= members]
    return holds(
        not short,
        "过半数同意",
        names(short) or "均过半数",
        "more than half in favour",
        names(short) or "all by majority",
    )


@RULE.condition(
    "R12.C18",
    "R",
    "评标在封闭、受监控的场所进行，通信工具统一保管，操作全程留痕",
    "The evaluation is held in a closed, monitored room; phones are kept, all acts logged",
    steps=(Step.SUBMIT_REPORT,),
    sources=(
        Source(D20, "第三十三条"),
        Source(D87, "第四十五条第五项、第六十六条"),
        Source("关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见", "第十五条"),
    ),
    checklist=Checklist(
        "评标室是否封闭、通信工具是否收存，发生在现场，本平台只有操作记录而没有场地记录",
        "Whether the room was closed and the phones were kept is seen on the spot; the platform records the acts alone",
        by=Role.CENTRE,
    ),
)
@only(ProjectType.WORKS, ProjectType.GP)
def room_is_closed(case: Case) -> Finding:
    """What a machine keeps is in the lot's chain; the centre signs for the room and the phones."""
    return signed(
        case, "R12.C18", "评标场所封闭并受监控，通信工具已收存", "the room was closed and monitored, the phones kept"
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


RULE.condition(
    "R12.C20",
    "R",
    "在投标有效期内完成评标和定标",
    "Evaluation and award inside the bid validity",
    steps=(Step.SUBMIT_REPORT, Step.CONFIRM, Step.AWARD),
    sources=(Source(D12, "第四十条"), Source(D30, "第二十九条")),
    due=bid_validity.award_or_extension,
)(bid_validity.inside_validity)
