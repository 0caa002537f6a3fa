"""The words of a dossier for what the record keeps as codes 档案用语: kinds of entries, parties, bases, reasons."""

from __future__ import annotations

from typing import Any

from trading.codelists import FailureGround, NoticeKind, Role, Status, SuspensionGround, TerminationGround
from trading.experts import classification
from trading.methods.rejection import RejectionClause
from trading.steps import Step
from trading.web.exchange import language
from trading.web.formats import word

Words = tuple[str, str]
FAMILIES: dict[str, Words] = {
    "auction": ("竞价", "Bidding"), "alarm": ("预警", "Alarm"), "approval": ("备案与核准", "Filing and approval"),
    "award": ("中标（成交）", "Award"), "bid": ("投标", "Bid"), "bond": ("保证金", "Bond"),
    "complaint": ("投诉", "Complaint"), "contract": ("合同", "Contract"), "document": ("文件", "Document"),
    "draw": ("抽取", "Draw"), "evaluation": ("评标", "Evaluation"), "expert": ("专家", "Expert"),
    "key": ("密钥", "Key"), "notice": ("公告", "Notice"), "objection": ("异议", "Objection"),
    "secret": ("保密事项", "Secret"), "tender": ("交易", "Trade"),
}  # fmt: skip
KINDS: dict[str, Words] = {
    "alarm.raised": ("产生预警", "Alarm raised"), "alarm.answered": ("答复预警", "Alarm answered"),
    "alarm.closed": ("预警销号", "Alarm closed"), "approval.filing": ("提交备案", "Filed"),
    "approval.filing_answered": ("备案答复", "Filing answered"), "approval.method": ("交易方式", "Method"),
    "approval.exception_applied": ("申请例外方式", "Exception applied for"),
    "approval.exception_decided": ("例外方式决定", "Exception decided"),
    "approval.registration_refused": ("不予受理", "Registration refused"),
    "approval.report_examined": ("审查评标报告", "Report examined"),
    "approval.compliance_recorded": ("合规记录", "Compliance recorded"),
    "approval.winner_fixed": ("确定中标（成交）人", "Winner fixed"),
    "award.notice": ("中标（成交）通知书", "Award notice"), "bid.received": ("收到投标", "Bid received"),
    "bid.withdrawn": ("撤回投标", "Bid withdrawn"), "bid.refused": ("拒收投标", "Bid refused"),
    "bid.opened": ("开启投标", "Bid opened"), "bid.rejected": ("投标未能开启", "Bid not opened"),
    "bond.lines_received": ("保证金流水", "Bank lines received"), "bond.refunded": ("退还保证金", "Bond refunded"),
    "bond.forfeited": ("不予退还保证金", "Bond forfeited"),
    "bond.line_settled": ("核对保证金流水", "Bank line settled"), "bond.claimed": ("保函索赔", "Guarantee claimed"),
    "bond.guarantee_returned": ("退还保函", "Guarantee returned"),
    "bond.transferred": ("保证金转作定金或者价款", "Deposit turned over"),
    "contract.drafted": ("起草合同", "Contract drafted"), "contract.signed": ("签订合同", "Contract signed"),
    "contract.filed": ("合同备案", "Contract filed"), "contract.change_proposed": ("提出变更", "Change proposed"),
    "contract.change_decided": ("变更决定", "Change decided"), "contract.paid": ("付款", "Paid"),
    "contract.accepted": ("验收", "Accepted"), "contract.rated": ("履约评价", "Performance rated"),
    "document.received": ("收到文件", "Document received"),
    "document.scanned": ("公平竞争审查提示", "Documents scanned"),
    "document.scan_answered": ("答复审查提示", "Hit of the scan answered"),
    "document.result_report": ("书面报告", "Written report"), "document.archived": ("归档", "Archived"),
    "dossier.final": ("案卷封存", "File closed"), "draw.rules": ("抽取规则", "Draw rules"),
    "draw.pool": ("专家名册", "Draw pool"), "draw.commit": ("抽取承诺", "Draw commitment"),
    "draw.exclusions": ("回避名单", "Draw exclusions"), "draw.dice": ("公开掷数", "Dice"),
    "draw.reveal": ("揭示承诺", "Draw reveal"), "draw.result": ("抽取结果", "Draw result"),
    "draw.shortage": ("专家不足", "Draw shortage"), "draw.aborted": ("抽取中止", "Draw aborted"),
    "evaluation.drafted": ("起草评标报告", "Report drafted"), "evaluation.signed": ("签署评标报告", "Report signed"),
    "evaluation.report": ("提交评标报告", "Report handed in"), "evaluation.motion": ("提议否决", "Rejection moved"),
    "evaluation.vote": ("否决表决", "Vote on rejection"),
    "evaluation.report_signed": ("本人签署评标报告", "Report signed in person"),
    "evaluation.letter": ("评标委员会函件", "Letter of the committee"),
    "evaluation.answer": ("投标人书面答复", "Bidder's answer"),
    "evaluation.low_price": ("异常低价认定", "Low price judged"),
    "evaluation.time_short": ("要求延长评标时间", "More time asked for"),
    "evaluation.extended": ("评标时间延长", "Evaluation extended"),
    "evaluation.bid_rejected": ("否决投标", "Bid rejected"),
    "evaluation.rejection_lifted": ("撤销否决", "Rejection lifted"),
    "expert.accepted": ("专家接受", "Expert accepted"), "expert.refused": ("专家不能参加", "Expert refused"),
    "objection.raised": ("提出异议", "Objection lodged"), "objection.answered": ("答复异议", "Objection answered"),
    "complaint.lodged": ("提出投诉", "Complaint lodged"), "complaint.withdrawn": ("撤回投诉", "Complaint withdrawn"),
    "complaint.admission": ("投诉受理决定", "Admission decided"), "complaint.replied": ("说明情况", "Reply"),
    "complaint.reply_asked": ("要求说明情况", "Reply asked for"), "complaint.examined": ("检验鉴定", "Examination"),
    "complaint.decided": ("投诉处理决定", "Complaint decided"), "alarm.order_issued": ("发出监管意见", "Order issued"),
    "alarm.order_replied": ("答复监管意见", "Order answered"),
    "alarm.order_prolonged": ("延长期限", "Order prolonged"), "alarm.order_closed": ("办结监管意见", "Order closed"),
    "secret.read": ("读取保密事项", "Secret read"), "document.exported": ("导出文件", "Document exported"),
    "tender.published": ("发布公告", "Notice published"), "tender.amended": ("修改公告", "Notice amended"),
    "tender.clarified": ("澄清", "Clarified"), "tender.suspended": ("交易中止", "Trade suspended"),
    "tender.resumed": ("交易恢复", "Trade resumed"), "tender.closed": ("递交截止", "Submission closed"),
    "tender.failed": ("交易失败", "Trade failed"), "tender.cancelled": ("交易取消", "Trade cancelled"),
    "tender.terminated": ("交易终止", "Trade terminated"), "alarm.escalated": ("预警升级", "Alarm escalated"),
    "approval.project_amended": ("更正登记", "Registration amended"),
    "approval.sole_source_reasoned": ("单一来源理由", "Reasons of the single source"),
    "auction.started": ("竞价开始", "Bidding started"), "auction.offer": ("报价", "Offer"),
    "auction.goes_on": ("要求继续竞价", "Bidding goes on"), "auction.live": ("转入限时竞价", "Live phase"),
    "auction.matching": ("行使优先权", "Right of priority"), "auction.ended": ("竞价结束", "Bidding ended"),
    "auction.reserve_sealed": ("密封底价", "Reserve sealed"),
    "auction.shares": ("交出底价密钥", "Shares of the reserve"),
    "auction.reserve_opened": ("开启底价", "Reserve opened"),
    "auction.reserve_faulty": ("底价未能开启", "Reserve not opened"), "auction.deal": ("成交", "Deal"),
    "auction.confirmation": ("成交确认书", "Confirmation of the deal"),
    "auction.confirmation_signed": ("签署成交确认书", "Confirmation signed"),
    "contract.member_signed": ("联合体成员签署", "Signed by a member"),
    "contract.price_received": ("收取价款", "Price received"),
    "contract.income_remitted": ("上缴收入", "Income remitted"), "contract.delivered": ("交付标的", "Handed over"),
    "contract.use_checked": ("核查用途", "Use checked"), "document.escrow": ("交出托管分片", "Escrow handed in"),
    "document.lot_limit": ("中标数量限制", "Limit on lots"), "document.officers": ("开标人员", "Opening officers"),
    "document.rehearsed": ("开标演练", "Rehearsed"), "document.shares": ("交出开标密钥", "Shares handed in"),
    "document.revised": ("修订文件", "Documents revised"), "document.sealed": ("密封材料", "Sealed matter"),
    "document.room_recorded": ("录音录像", "Recording"), "draw.beacon": ("公共随机数", "Beacon"),
    "evaluation.talk": ("谈判（磋商）记录", "Talk"),
    "evaluation.requirements_changed": ("变动采购需求", "Requirements changed"),
    "evaluation.final_offers_called": ("要求最后报价", "Final offers called for"),
    "evaluation.price_agreed": ("商定价格", "Price agreed"),
    "evaluation.submitted": ("提交评审", "Evaluation handed in"),
    "secret.final_offer": ("收到最后报价", "Final offer received"),
    "secret.final_shares": ("交出最后报价密钥", "Shares handed in"),
    "secret.final_opened": ("开启最后报价", "Final offer opened"),
    "objection.challenge_answered": ("答复询问质疑", "Challenge answered"),
    "key.registered": ("登记密钥", "Key registered"), "key.revoked": ("注销密钥", "Key revoked"),
    "officer.key": ("开标人员密钥", "Key of an officer"),
}  # fmt: skip
PARTIES: dict[str, Words] = {"centre": ("交易中心", "Centre"), "supervisor": ("监管机构", "Supervisor")}
BASES: dict[str, Words] = {
    "ceiling": ("最高投标限价", "ceiling price"), "budget": ("批准预算", "approved budget"),
    "estimate": ("合同估算价", "estimate"), "starting_price": ("起始价", "starting price"),
}  # fmt: skip
MEDIA: dict[str, Words] = {
    "national": ("中国招标投标公共服务平台", "China Tendering and Bidding Public Service Platform"),
    "provincial": ("省公共资源交易平台", "Provincial trading platform"),
    "county": ("本县公共资源交易平台", "County trading platform"),
}
REASONS: dict[str, Words] = {
    "Unlawful": ("制度条件不符合", "Conditions not met"),
    "WrongStatus": ("所处状态不能办理", "Not possible at this status"),
}
OTHER_REASON: Words = ("前提不具备", "A prerequisite was missing")
OPINIONS: dict[str, Words] = {
    "agree": ("同意", "Agrees"), "dissent": ("保留不同意见", "Dissents"),
    "refuse": ("拒绝签字且不陈述（视为同意）", "Refuses to sign without a statement (counts as agreeing)"),
}  # fmt: skip
COMPARED: dict[str, Words] = {
    "price": ("价款（元）", "Price (yuan)"), "duration_days": ("履行期限（日历天）", "Contract period (days)"),
    "quality": ("质量", "Quality"), "manager": ("项目负责人", "Project leader"), "scope": ("范围", "Scope"),
    "payment_days": ("付款期限（日）", "Days to pay"),
}  # fmt: skip
ROLES: dict[str, Role] = {role.value.replace("_", "-"): role for role in Role}


def said(words: Words) -> str:
    """The word in the reader's language."""
    return words[1] if language() == "en" else words[0]


def looked_up(book: dict[str, Words], code: str | None) -> str | None:
    """The word of ``code`` in ``book``; the code itself where it has none."""
    if code is None:
        return None
    return said(book[code]) if code in book else code


def kind_word(kind: str, body: dict[str, Any]) -> str:
    """What an entry is: its step where it tells of one, else the word of its kind."""
    step = body.get("step")
    if kind == "step.taken" and step in set(Step):
        return word(Step(step))
    if kind == "step.refused" and step in set(Step):
        return f"{said(('拒绝', 'Refused'))}{said(('：', ': '))}{word(Step(step))}"
    family, _dot, rest = kind.partition(".")
    if family == "notice" and rest in set(NoticeKind):
        return word(NoticeKind(rest))
    return said(KINDS[kind]) if kind in KINDS else looked_up(FAMILIES, family) or kind


def actor_word(actor: str, hidden: frozenset[Role]) -> str:
    """Who acted: the role, and the head of the account's number unless it is still secret."""
    prefix, _dash, number = actor.rpartition("-")
    role = ROLES.get(prefix)
    if role is None:
        return said(("系统", "System"))
    if number == "sealed":
        return said((f"{role.zh}（身份保密）", f"{role.en} (sealed)"))
    return word(role) if role in hidden else f"{word(role)} {number[:6]}"


def status_word(code: str) -> str:
    """The word of a status code."""
    return word(Status(code)) if code in set(Status) else code


def specialty_word(code: str) -> str:
    """The name of a specialty with its code."""
    return f"{classification.word(code, language())}（{code}）" if classification.known(code) else code


def clause_word(code: str | None) -> str | None:
    """The statutory ground of a rejection."""
    return word(RejectionClause(code)) if code in set(RejectionClause) else code


def ground_word(code: str) -> str:
    """The ground of a suspension, a failure or an end."""
    for grounds in (SuspensionGround, TerminationGround, FailureGround):
        if code in set(grounds):
            return word(grounds(code))
    return code
