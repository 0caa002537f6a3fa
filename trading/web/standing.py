"""Where a lot stands and what it waits for 现状与下一步: in the words of its way of trading, works' words for none."""

from __future__ import annotations

from trading.codelists import Course, Method, ProjectType, Status
from trading.methods import METHODS
from trading.models import Lot

Words = tuple[str, str]


def course_of(lot: Lot) -> Course:
    """The course of the lot's method; before the method is fixed, the one that its type usually takes."""
    return course(lot.project.type, lot.method)


def course(type_: ProjectType, method: Method | None) -> Course:
    """The course of a method; without one, competition for disposals and tender for purchases."""
    if method is not None:
        return METHODS[method].course
    return Course.TENDER if type_.is_purchase else Course.COMPETITION


def status_words(status: Status, type_: ProjectType, method: Method | None) -> Words:
    """A status as the people of this way of trading say it."""
    way = course(type_, method)
    own = STATUSES.get(way, {}).get(status) or (None if type_.is_purchase else OF_DISPOSALS.get(status))
    return own or (status.zh, status.en)


def next_words(lot: Lot) -> Words:
    """In one sentence, what the lot waits for."""
    own = NEXT_OF.get(course_of(lot), {}).get(lot.status)
    if own is None and not lot.project.type.is_purchase:
        own = NEXT_OF_DISPOSALS.get(lot.status)
    if own is None and lot.project.type.is_procurement:
        own = NEXT_OF_PROCUREMENT.get(lot.status)
    return own or NEXT.get(lot.status, ("", ""))


CLOSING: dict[Course, Words] = {
    Course.TENDER: ("投标截止，随后开标", "bidding closes, then the bids are opened"),
    Course.NEGOTIATION: ("响应文件提交截止，随后开启", "responses close, then they are opened"),
    Course.COMPETITION: ("报名截止", "registration closes"),
}
OF_DISPOSALS: dict[Status, Words] = {Status.AWARDED: ("已发成交通知", "Notified")}
STATUSES: dict[Course, dict[Status, Words]] = {
    Course.COMPETITION: {
        Status.BID_CLOSED: ("报名截止", "Registration closed"),
        Status.PUBLICIZED: ("成交公示", "Deal publicized"),
        Status.AWARDED: ("已发成交通知", "Notified"),
        Status.FAILED: ("未成交", "No deal"),
    },
    Course.NEGOTIATION: {
        Status.BID_CLOSED: ("响应截止", "Responses closed"),
        Status.OPENED: ("响应文件已开启", "Responses opened"),
        Status.COMMITTEE_READY: ("评审小组组成", "Group ready"),
        Status.EVALUATED: ("评审完成", "Evaluated"),
        Status.PUBLICIZED: ("结果公示", "Result publicized"),
        Status.AWARDED: ("已发成交通知", "Notified"),
        Status.FAILED: ("采购失败", "Failed"),
    },
}
NEXT_OF: dict[Course, dict[Status, Words]] = {
    Course.COMPETITION: {
        Status.PUBLISHED: (
            "竞买人查阅公告、报名、缴纳保证金；项目单位审查资格，合格的取得竞买号牌。",
            "Bidders read the notice, register and pay their deposit; the qualified are given a paddle.",
        ),
        Status.BID_CLOSED: (
            "审查竞买资格，到公告的时间开始竞价。",
            "Qualifications are checked; the bidding starts at the time of the notice.",
        ),
        Status.BIDDING: (
            "竞价进行中，到时由平台判定；没有人达到底价或者起始价的，不成交。",
            "The bidding is on and is decided at its end; below the reserve or the starting price there is no deal.",
        ),
        Status.DEAL: (
            "买受人、项目单位和交易中心签署成交确认书，随后公布成交结果。",
            "Buyer, owner and centre sign the confirmation of the deal, then the result is published.",
        ),
        Status.PUBLICIZED: (
            "公示期内接受异议；期满且异议已答复的，确认成交结果。",
            "Objections are taken during the publicity; then the result is confirmed.",
        ),
    },
    Course.NEGOTIATION: {
        Status.PUBLISHED: (
            "供应商获取采购文件、提出疑问、递交响应文件，直至截止。",
            "Suppliers take the documents, ask, and hand in their responses until the deadline.",
        ),
        Status.BID_CLOSED: (
            "开启响应文件；供应商数量不足的，采购失败。",
            "The responses are opened; with too few suppliers the procurement fails.",
        ),
        Status.OPENED: (
            "抽取专家组成评审小组；单一来源的，与供应商商定价格。",
            "Experts are drawn for the group; with a single source the price is agreed with it.",
        ),
        Status.COMMITTEE_READY: (
            "评审小组按所定方式谈判、磋商或者询价，提交评审报告。",
            "The group negotiates, consults or compares the quotations, and hands in its report.",
        ),
    },
}
NEXT_OF_DISPOSALS: dict[Status, Words] = {
    Status.OPENED: ("抽取评标专家，组成评标委员会。", "Experts are drawn and the evaluation committee is seated."),
    Status.CONFIRMED: ("发出成交通知，同时告知其他竞买人。", "The buyer is notified, and all others are told."),
    Status.AWARDED: ("按公告和成交结果订立书面合同。", "The contract is made as the notice and the deal say."),
    Status.CONTRACTED: (
        "合同公开与备案，收取价款并上缴，交付标的。",
        "The contract is published, the price received and remitted, the object handed over.",
    ),
    Status.PERFORMED: ("核查用途，归档。", "The use is checked and the file is archived."),
}
NEXT_OF_PROCUREMENT: dict[Status, Words] = {
    Status.EVALUATED: ("采购人确定中标（成交）供应商。", "The purchaser fixes the winning supplier."),
    Status.CONFIRMED: (
        "公告结果，发出中标（成交）通知书，同时告知其他供应商。",
        "The result is published, the notice of award goes out, and all others are told.",
    ),
    Status.AWARDED: (
        "按采购文件和响应（投标）文件订立书面合同。", "The contract is made as documents and response say.",
    ),  # fmt: skip
    Status.CONTRACTED: (
        "合同公开与备案，履约，变更须经批准，完成后验收。",
        "The contract is published and performed, changes are approved, the delivery is accepted.",
    ),
}
NEXT: dict[Status, Words] = {
    Status.DRAFT: (
        "项目单位提交进场登记，交易中心受理或者按限定事由不予受理。",
        "The owner submits the lot; the centre accepts it or refuses it for a listed reason.",
    ),
    Status.REGISTERED: (
        "项目单位编制并备案交易文件，监管机构在规定时间内答复；逾期未答复视为备案。",
        "The owner prepares and files the documents; the supervisor answers, or they count as filed.",
    ),
    Status.FILED: (
        "项目单位确认交易方式；例外方式须经行业主管部门核准。",
        "The owner fixes the trading method; an exception needs the authority's approval.",
    ),
    Status.METHOD_FIXED: ("发布公告。", "The notice is published."),
    Status.PUBLISHED: (
        "投标人获取文件、提出疑问或者异议、缴纳保证金、递交投标文件，直至投标截止。",
        "Bidders take the documents, ask or object, give their bond and hand in bids until the deadline.",
    ),
    Status.BID_CLOSED: (
        "开标；投标人少于三个的，不得开标，按流标处理。",
        "The bids are opened; with fewer than three bidders the lot fails unopened.",
    ),
    Status.OPENED: (
        "抽取评标专家，组成评标委员会。",
        "Experts are drawn and the evaluation committee is seated.",
    ),
    Status.COMMITTEE_READY: (
        "评标委员会独立评审，提交评标报告。",
        "The committee evaluates alone and hands in its report.",
    ),
    Status.EVALUATED: (
        "项目单位公示中标候选人。",
        "The owner publicizes the candidates.",
    ),
    Status.PUBLICIZED: (
        "公示期内接受异议；期满且异议已答复的，确定中标人。",
        "Objections are taken during the publicity; then the winner is fixed.",
    ),
    Status.CONFIRMED: ("发出中标通知书，同时告知其他投标人。", "The award notice goes out, and all others are told."),
    Status.AWARDED: ("按招标文件和投标文件订立书面合同。", "The contract is made as documents and bid say."),
    Status.CONTRACTED: (
        "合同公开与备案，履约，变更须经批准，竣工后验收。",
        "The contract is published and performed, changes are approved, the works are accepted.",
    ),
    Status.PERFORMED: ("履约评价，归档。", "The performance is rated and the file is archived."),
    Status.ARCHIVED: ("全部环节已办结。", "Everything is done."),
    Status.SUSPENDED: (
        "中止事由消除后恢复，期限顺延；或者依法终止。",
        "When the ground is gone the lot is resumed and its deadlines move; or it is ended by law.",
    ),
    Status.FAILED: ("项目单位可以重新组织交易。", "The owner may trade it again."),
    Status.TERMINATED: ("交易已终止，不再办理。", "The trade is ended."),
}
