"""What is published and handed in, and how money moves 文书与资金."""

from __future__ import annotations

from trading.codelists.code import Code


class NoticeKind(Code):
    """What is published."""

    PREQUALIFICATION = "prequalification", "资格预审公告", "Prequalification notice"
    FIRST_STAGE = "first_stage", "第一阶段招标公告", "Notice of the first stage"

    SOLE_SOURCE = "sole_source", "单一来源采购公示", "Notice of a sole source"
    EXCEPTION = "exception", "例外交易方式理由公示", "Reasons of an exceptional method"
    TENDER = "tender", "招标公告", "Tender notice"
    PROCUREMENT = "procurement", "采购公告", "Procurement notice"
    SALE = "sale", "处置公告", "Notice of sale, letting or grant"
    DEAL = "deal", "成交公告", "Notice of the deal"
    CLARIFICATION = "clarification", "澄清与修改公告", "Clarification"
    SUSPENSION = "suspension", "中止公告", "Suspension"
    RESUMPTION = "resumption", "恢复公告", "Resumption"
    OPENING = "opening", "开标记录", "Opening record"
    CANDIDATES = "candidates", "中标候选人公示", "Candidates"
    RESULT = "result", "中标结果公告", "Award result"
    FAILURE = "failure", "流标公告", "Failure"
    TERMINATION = "termination", "终止公告", "Termination"
    CONTRACT = "contract", "合同公告", "Contract"
    CHANGE = "change", "合同变更公告", "Contract change"
    COMPLAINT = "complaint", "投诉处理决定公告", "Decision on a complaint"


class DocumentKind(Code):
    """What an uploaded file is."""

    APPROVAL = "approval", "立项批复文件", "Project approval"
    FUNDS = "funds", "资金落实证明", "Proof of funds"
    PREQUALIFICATION = "prequalification", "资格预审文件", "Prequalification documents"
    FIRST_STAGE = "first_stage", "第一阶段招标文件", "Documents of the first stage"
    TENDER_DOCUMENT = "tender_document", "招标文件", "Tender documents"
    DRAWINGS = "drawings", "图纸与工程量清单", "Drawings and bill of quantities"
    CONTRACT_DRAFT = "contract_draft", "合同草案", "Draft contract"
    CONTRACT = "contract", "合同文本", "Contract"
    ACCEPTANCE = "acceptance", "竣工验收文件", "Acceptance record"
    IDENTITY = "identity", "主体证照", "Identity papers"
    EVIDENCE = "evidence", "证据材料", "Evidence"
    DISPOSAL_APPROVAL = "disposal_approval", "处置（出让）批准文件", "Approval of the disposal"
    VALUATION = "valuation", "评估报告", "Valuation report"
    DECISION = "decision", "集体决策记录", "Minutes of the collective decision"
    VOTE = "vote", "成员（代表）会议决议", "Resolution of the members or delegates"
    PLANNING_CONDITIONS = "planning_conditions", "规划条件", "Planning conditions"
    TITLE = "title", "权属证明", "Title certificate"
    NEEDS = "needs", "采购需求与需求调查记录", "Needs and their survey"
    STATEMENT = "statement", "论证意见", "Statement of experts"
    OTHER = "other", "其他", "Other"


class BondForm(Code):
    """In which form a bid bond is given."""

    TRANSFER = "transfer", "银行转账", "Bank transfer"
    GUARANTEE = "guarantee", "银行保函", "Bank guarantee"
    INSURANCE = "insurance", "保证保险", "Surety insurance"


class Movement(Code):
    """What moves on the virtual sub-account of a lot; see ``models/deposit.py`` for the signs."""

    RECEIVED = "received", "存入", "Received"
    INTEREST = "interest", "计入利息", "Interest credited"
    REFUNDED = "refunded", "退还本金", "Principal refunded"
    INTEREST_PAID = "interest_paid", "退付利息", "Interest paid out"
    FORFEITED = "forfeited", "不予退还转出", "Forfeited"
    TRANSFERRED = "transferred", "转作定金或者价款", "Turned into earnest money or price"


class DepositUse(Code):
    """What the winner's deposit becomes in a disposal (R09.C12, C13)."""

    EARNEST = "earnest", "定金", "Earnest money"
    PRICE = "price", "成交价款", "Part of the price"


class Receiver(Code):
    """Who gets a deposit that does not go back to its payer."""

    OWNER = "owner", "项目单位", "The owner"
    TREASURY = "treasury", "同级国库", "The treasury"
    COLLECTIVE = "collective", "农村集体经济组织", "The village collective"
