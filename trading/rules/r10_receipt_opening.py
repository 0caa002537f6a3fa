"""R10 投标接收与开标制度: bids stay sealed until the deadline; what is late, open or too few meets a rule."""

from __future__ import annotations

from datetime import timedelta

from trading.codelists import Course, ObjectionTarget, Phase, ProjectType
from trading.methods import METHODS
from trading.rules import qualification
from trading.rules.applies import only
from trading.rules.asking import COUNTY, all_so, is_so, nothing_to_judge
from trading.rules.case import BidFacts, Case
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable, unknown
from trading.rules.wording import minute
from trading.steps import Step

ZTB, ZTBT, D20 = "招标投标法", "招标投标法实施条例", "电子招标投标办法"
D87 = "政府采购货物和服务招标投标管理办法"

RULE = Rule(
    "R10",
    "投标接收与开标制度",
    "Bid receipt and opening",
    Phase.PROCESS_SUPERVISION,
    "投标文件在截止前保持密封、任何人不可读取；逾期、未加密或投标人不足的，按规则处理，不由人决定。",
    "Bids stay sealed and unreadable until the deadline; late, unencrypted or too few bids are handled by rule.",
)


def _asked(case: Case) -> tuple[BidFacts, ...]:
    """The bid that the step is about, or all bids where the step names nobody."""
    return tuple(bid for bid in case.bids if case.subject is None or bid.bidder == case.subject)


def negotiated(case: Case) -> bool:
    """Whether the method is negotiation, consultation, inquiry, a single source or a direct award."""
    chosen = case.method.chosen
    return chosen is not None and METHODS[chosen].course is Course.NEGOTIATION


@RULE.condition(
    "R10.C1",
    "B",
    "投标文件在投标截止前完整送达",
    "The bid is wholly received before the deadline",
    steps=(Step.SUBMIT_BID,),
    sources=(Source(ZTB, "第二十八条"), Source(ZTBT, "第三十六条"), Source(D20, "第二十七条")),
)
def received_before_deadline(case: Case) -> Finding:
    """Upload complete (last byte and receipt) before the deadline; later is refused.

    The record's format has the deadline as the first instant that is too late, so equality is late.
    """
    deadline = known(case.notice.bid_deadline, "投标截止时间", "the bid deadline")
    bids = _asked(case)
    if not bids:
        return unknown("投标文件", "the bid")
    moments = [known(bid.received_at, "投标文件接收时间", "the time of receipt") for bid in bids]
    last = max(moments)
    return holds(
        last < deadline,
        f"早于{minute(deadline)}",
        minute(last),
        f"before {minute(deadline)}",
        minute(last),
    )


@RULE.condition(
    "R10.C2",
    "B",
    "投标文件已按要求加密",
    "The bid is encrypted as required",
    steps=(Step.SUBMIT_BID,),
    sources=(Source(ZTBT, "第三十六条"), Source(D20, "第二十六条")),
)
def sealed(case: Case) -> Finding:
    """Not encrypted or not sealed as required: refused with a message."""
    bids = _asked(case)
    if not bids:
        return unknown("投标文件", "the bid")
    so = all(known(bid.sealed, "投标文件加密情况", "whether the bid is sealed") for bid in bids)
    return is_so(so, "已加密", "encrypted", "有投标文件未加密", "a bid is not encrypted")


@RULE.condition(
    "R10.C3",
    "B",
    "即时出具载明时间和摘要的回执；截止前可替换或撤回",
    "A receipt with time and digest at once; replacing and withdrawing until the deadline",
    steps=(Step.SUBMIT_BID, Step.WITHDRAW_BID),
    sources=(Source(ZTB, "第二十九条"), Source(D20, "第二十七条")),
)
def receipt_and_withdrawal(case: Case) -> Finding:
    """Receipt with time and hash at once; replacing and withdrawing until the deadline; the last version counts."""
    if case.step is Step.WITHDRAW_BID:
        deadline = known(case.notice.bid_deadline, "投标截止时间", "the bid deadline")
        return holds(
            case.now < deadline,
            f"早于{minute(deadline)}",
            minute(case.now),
            f"before {minute(deadline)}",
            minute(case.now),
        )
    bids = _asked(case)
    if not bids:
        return unknown("投标文件", "the bid")
    for bid in bids:
        known(bid.receipt_digest, "接收回执", "the receipt")
    return is_so(
        all(bid.receipt_digest for bid in bids), "已出具回执", "receipts given", "回执无摘要", "a receipt has no digest"
    )


@RULE.condition(
    "R10.C4",
    "B",
    "投标截止前任何人不得解密、提取投标文件",
    "Nobody decrypts or extracts a bid before the deadline",
    steps=(Step.CLOSE_BIDDING, Step.OPEN_TECHNICAL, Step.OPEN_BIDS),
    sources=(Source(D20, "第二十七条第二款"),),
)
def key_unused(case: Case) -> Finding:
    """Nobody, the operator included, can decrypt or extract before the deadline."""
    used = known(case.opening.key_used_before_opening, "开标密钥使用记录", "the record of the opening key's use")
    return is_so(
        not used,
        "截止前未使用开标密钥",
        "the opening key was not used before the deadline",
        "截止前使用过开标密钥",
        "the opening key was used before the deadline",
    )


RULE.condition(
    "R10.C5",
    "B",
    "资格预审的标段只接收通过资格预审的申请人投标",
    "A prequalified lot takes bids only from applicants that passed",
    steps=(Step.CLOSE_BIDDING, Step.OPEN_BIDS),
    sources=(Source(ZTBT, "第三十六条、第六十四条第三项"),),
)(qualification.only_those_who_passed)


def _opening_due(case: Case) -> Due | None:
    begun = case.opening.technical_opened_at or case.opening.opened_at
    if case.opening.closed_at is None or begun is not None or case.notice.bid_deadline is None:
        return None
    done_by = case.notice.bid_deadline + timedelta(minutes=int(case.values["decrypt_minutes"]))
    return Due(done_by, "招标人或代理机构", "the owner or agency", "开标并解密", "open and decrypt the bids")


@RULE.condition(
    "R10.C6",
    "B",
    "开标不早于投标截止时间",
    "The opening is not before the deadline",
    steps=(Step.OPEN_BIDS,),
    sources=(Source(ZTB, "第三十四条"), Source(D20, "第二十九条")),
    due=_opening_due,
)
def opened_at_deadline(case: Case) -> Finding:
    """Opening starts at the deadline instant, in public.

    Before it the opening is refused. A delay cannot be undone by refusing the opening: it stands in the answer.
    """
    deadline = known(case.notice.bid_deadline, "投标截止时间", "the bid deadline")
    opened = known(case.opening.opened_at, "开标时间", "the time of opening")
    minutes = (opened - deadline) // timedelta(minutes=1)
    late, late_en = (
        (f"（截止后{minutes}分钟）", f" ({minutes} minutes after the deadline)") if minutes > 0 else ("", "")
    )
    return holds(
        opened >= deadline,
        f"{minute(deadline)}开标",
        minute(opened) + late,
        f"at {minute(deadline)}",
        minute(opened) + late_en,
    )


@RULE.condition(
    "R10.C7",
    "B",
    "投标人不少于三个方可开标",
    "No opening with fewer than three bidders",
    steps=(Step.OPEN_TECHNICAL, Step.OPEN_BIDS),
    sources=(Source(ZTBT, "第四十四条第二款"), Source(ZTB, "第二十八条")),
)
def enough_bidders(case: Case) -> Finding:
    """Fewer than three bidders at the deadline: opening forbidden, the lot goes to R16; negotiations: R04.C4."""
    if negotiated(case):
        return not_applicable("谈判、磋商、询价和单一来源另有规定", "a negotiation: other rules hold")
    count = known(case.opening.bids_at_deadline, "投标截止时的投标人数", "the number of bidders at the deadline")
    least = case.values["bidders_min"]
    return holds(count >= least, f"不少于{least}个", f"{count}个", f"at least {least}", str(count))


@RULE.condition(
    "R10.C8",
    "B",
    "解密失败的逐份记录原因，其余投标文件继续开标",
    "Each failed decryption is recorded with its cause; the others go on",
    steps=(Step.CLOSE_OPENING_RECORD,),
    sources=(Source(D20, "第三十条"), Source(D20, "第三十一条")),
)
def decrypted(case: Case) -> Finding:
    """Decryption in the window; the bidder's fault revokes the bid, another cause withdraws it; the others go on."""
    if not case.bids:
        return unknown("投标文件", "the bids")
    shut = sum(not known(bid.opened, "投标文件解密情况", "whether each bid was opened") for bid in case.bids)
    if not shut:
        return nothing_to_judge("投标文件全部解密", "all bids were opened")
    recorded = known(case.opening.decryption_failures, "解密失败记录", "the record of failed decryptions")
    return holds(
        recorded >= shut,
        f"{shut}份未解密的均有记录",
        f"有记录{recorded}份",
        f"all {shut} unopened bids recorded",
        f"{recorded} recorded",
    )


@RULE.condition(
    "R10.C9",
    "B",
    "当众宣读并公布开标记录",
    "Bids are read out and the opening record is published",
    steps=(Step.OPEN_BIDS, Step.CLOSE_OPENING_RECORD),
    sources=(Source(ZTB, "第三十六条"), Source(D20, "第三十条"), Source(D20, "第三十二条")),
)
def read_out_and_published(case: Case) -> Finding:
    """Read out and publish names, prices and other items; the opening record is made and published."""
    if negotiated(case):
        return not_applicable("响应文件的报价不公开宣读", "the prices of a negotiation are not read out")
    read = known(case.opening.read_out, "唱标内容", "what was read out")
    shown = known(case.opening.record_published, "开标记录", "the opening record")
    wrong = [
        words
        for ok, words in ((read, ("未唱标", "not read out")), (shown, ("开标记录未公布", "record not published")))
        if not ok
    ]
    return holds(
        not wrong,
        "已唱标并公布开标记录",
        "、".join(zh for zh, _ in wrong) or "已唱标并公布",
        "read out and published",
        ", ".join(en for _, en in wrong) or "read out and published",
    )


@RULE.condition(
    "R10.C10",
    "B",
    "开标异议当场提出、当场答复并记录；记录开放时间不短于规定",
    "Objections to the opening are made, answered and recorded on the spot; the record stays open long enough",
    steps=(Step.CLOSE_OPENING_RECORD, Step.SEAT_COMMITTEE),
    sources=(Source(ZTBT, "第四十四条第三款"), COUNTY),
)
def record_stayed_open(case: Case) -> Finding:
    """Objections on the spot are answered on the spot; until then, and for the county's minutes, the record is open."""
    least = case.values["opening_objection_minutes"]
    opened = known(case.opening.opened_at, "开标时间", "the time of opening")
    closed = known(case.opening.record_closed_at, "开标记录定稿", "the closing of the opening record")
    unanswered = known(case.opening.on_the_spot_unanswered, "当场异议答复情况", "whether objections were answered")
    expected = f"开标记录开放不少于{least}分钟，当场异议均已答复"
    expected_en = f"open for at least {least} minutes and every objection on the spot answered"
    open_ = [one for one in case.objections if one.target is ObjectionTarget.OPENING and not one.withdrawn]
    if unanswered or any(one.answered_at is None for one in open_):
        return failed(expected, "有当场异议未答复", expected_en, "an objection on the spot is not answered")
    stood = closed - opened
    minutes = stood // timedelta(minutes=1)
    return holds(
        stood >= timedelta(minutes=least), expected, f"开放{minutes}分钟", expected_en, f"open for {minutes} minutes"
    )


@RULE.condition(
    "R10.C11",
    "R",
    "政府采购：评标委员会成员不参加开标，开标评标全过程录音录像",
    "Procurement: no committee member attends the opening; sound and picture of opening and evaluation are kept",
    steps=(Step.RECORD_ROOM,),
    sources=(Source(D87, "第三十九条、第四十条"),),
)
@only(ProjectType.GP)
def members_stay_away(case: Case) -> Finding:
    """No member at the opening; all of opening and evaluation recorded."""
    present = case.purchase.members_at_opening
    return all_so(
        (None if present is None else not present, "评委未参加开标", "no member at the opening"),
        (case.purchase.recorded_throughout, "全程录音录像", "all of it recorded"),
    )


@RULE.condition(
    "R10.C12",
    "B",
    "设有标底的，开标时公布",
    "A base price, if there is one, is published at the opening",
    steps=(Step.OPEN_BIDS,),
    sources=(Source(ZTBT, "第五十条"),),
)
@only(ProjectType.WORKS)
def base_price_is_published(case: Case) -> Finding:
    """Whatever base price the owner has is read out."""
    if not known(case.sealed_price.count, "标底个数", "how many base prices there are"):
        return not_applicable("没有标底", "there is no base price")
    return is_so(
        case.opening.base_price_published,
        "开标时公布标底", "the base price is published at the opening",
        "开标时未公布标底", "the base price was not published at the opening",
    )  # fmt: skip


@RULE.condition(
    "R10.C13",
    "R",
    "同一标段投标人之间、投标人与招标人之间不存在法定禁止的关系",
    "No forbidden relation among the bidders of one lot, or between a bidder and the owner",
    steps=(Step.OPEN_BIDS, Step.DRAFT_REPORT),
    sources=(Source(ZTBT, "第三十四条"),),
)
def unrelated_bidders(case: Case) -> Finding:
    """Same unit head, holding or management relation, or an interest with the owner: those bids are invalid."""
    live = [bid for bid in case.bids if bid.rejected_clause is None]
    if not case.bids:
        return unknown("投标人", "the bidders")
    codes = {code for bid in live for code in (bid.uscc, *bid.consortium_usccs) if code}
    bound = {
        bid.name or bid.bidder
        for bid in live
        if codes & set(bid.related_usccs) - {bid.uscc, *bid.consortium_usccs}
    }
    bound |= {bid.name or bid.bidder for bid in live if case.project.owner_uscc in bid.related_usccs}
    heads = [bid.legal_representative for bid in live]
    bound |= {
        bid.name or bid.bidder for bid in live if bid.legal_representative and heads.count(bid.legal_representative) > 1
    }
    expected, expected_en = "无禁止关系", "no forbidden relation"
    if bound:
        return failed(expected, "、".join(sorted(bound)), expected_en, ", ".join(sorted(bound)))
    if any(bid.uscc is None or bid.legal_representative is None for bid in live):
        return unknown("投标人代码或单位负责人", "a bidder's code or the head of its unit")
    return nothing_to_judge(expected, expected_en)


@RULE.condition(
    "R10.C14",
    "B",
    "联合体各方不得在同一标段另行投标，否则相关投标均无效",
    "A consortium member that bids twice on the lot makes all related bids invalid",
    steps=(Step.SUBMIT_REPORT,),
    sources=(Source(ZTBT, "第三十七条第三款"),),
)
def no_member_twice(case: Case) -> Finding:
    """A consortium member bidding twice: all related bids are invalid, so none of them may stand in the report."""
    if not case.bids:
        return unknown("投标人", "the bidders")
    if not any(bid.consortium_usccs for bid in case.bids):
        return not_applicable("没有联合体投标", "no consortium bid")
    members = [{known(bid.uscc, "投标人代码", "the bidder's code"), *bid.consortium_usccs} for bid in case.bids]
    twice = {code for group in members for code in group if sum(code in other for other in members) > 1}
    standing = [
        bid.name or bid.bidder
        for bid, group in zip(case.bids, members, strict=True)
        if group & twice and bid.rejected_clause is None
    ]
    return holds(
        not standing,
        "无重复投标，或者相关投标均已否决",
        "、".join(standing) or "无",
        "nobody bids twice, or all related bids were rejected",
        ", ".join(standing) or "none",
    )


RULE.condition(
    "R10.C15",
    "B",
    "政府采购：采购人或者代理机构开标后审查资格，合格投标人不足三家的不得评标",
    "Procurement: buyer or agency examines qualification after the opening; fewer than three qualified, no evaluation",
    steps=(Step.SEAT_COMMITTEE,),
    sources=(Source(D87, "第四十四条"),),
)(qualification.enough_are_qualified)

RULE.condition(
    "R10.C16",
    "I",
    "资格后审由评标委员会进行",
    "Qualification after the opening is examined by the committee",
    steps=(Step.SUBMIT_REPORT,),
    sources=(Source(ZTBT, "第二十条"),),
)(qualification.committee_examines)
