"""R03 交易文件备案与公平竞争审查制度: what the tender documents must and must not say; filed once, then locked."""

from __future__ import annotations

from decimal import Decimal

from trading.codelists import EvaluationMethod, Mark, Phase, ProjectType
from trading.rules import procurement_conditions
from trading.rules.applies import only, unless_returned
from trading.rules.case import Case, TermsFacts
from trading.rules.r02_trading_conditions import FILING
from trading.rules.r09_deposit import bond_limits
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import percent, stated, yuan_en, yuan_zh
from trading.steps import Step

RULE = Rule(
    "R03",
    "交易文件备案与公平竞争审查制度",
    "Document filing and fair-competition review",
    Phase.FILING,
    "交易文件采用标准文本编制，经项目单位公平竞争自查后网上备案（信息备案，不设前置审查），并锁定版本。",
    "Documents follow the standard text, are reviewed for fair competition by the owner, filed online without any "
    "veto, and locked.",
)

FULL_SCORE = Decimal(100)


def terms_of(case: Case) -> TermsFacts:
    """What the documents say; nothing at all is unknown, so that "not stated" is never read out of silence."""
    return known(None if case.terms == TermsFacts() else case.terms, "招标文件", "the tender documents")


@RULE.condition(
    "R03.C1",
    "A",
    "依法必须招标的项目使用国家标准文本",
    "A mandatory tender uses the state standard text",
    steps=FILING,
    sources=(Source("招标投标法实施条例", "第十五条"),),
)
@only(ProjectType.WORKS)
@unless_returned
def standard_text_is_used(case: Case) -> Finding:
    """The documents are made from the standard text."""
    used = known(terms_of(case).standard_text, "是否使用标准文本", "whether the standard text is used")
    return holds(used, "使用标准文本", "使用" if used else "未使用", "standard text", "used" if used else "not used")


@RULE.condition(
    "R03.C2",
    "R",
    "招标文件经公平竞争扫描，命中的不合理条件均已修改或者说明正当理由",
    "The documents were scanned for unreasonable conditions, and each hit was changed or justified",
    steps=FILING,
    sources=(
        Source("招标投标法实施条例", "第三十二条"),
        Source("政府采购法实施条例", "第二十条"),
        Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第三条"),
        Source("公平竞争审查条例", "第九条"),
    ),
)
@unless_returned
def hits_of_the_scan_are_answered(case: Case) -> Finding:
    """No hit waits for its answer; the answers themselves are shown to every reader of the file."""
    hits = known(terms_of(case).scan_hits, "公平竞争扫描结果", "the result of the fair-competition scan")
    waiting = [hit for hit in hits if not (hit.answer or "").strip()]
    kinds = "、".join(dict.fromkeys(f"{hit.kind}（{hit.article}）" for hit in waiting))
    named = ", ".join(dict.fromkeys(hit.kind for hit in waiting))
    unread = case.terms.scan_unread
    rest, rest_en = (f"；另有{unread}处未能读取", f"; {unread} places could not be read") if unread else ("", "")
    return holds(
        not waiting,
        "命中条款均已答复", (f"{len(waiting)}处未答复：{kinds}" if waiting else f"命中{len(hits)}处，均已答复") + rest,
        "each hit answered",
        (f"{len(waiting)} not answered: {named}" if waiting else f"{len(hits)} hits, all answered") + rest_en,
    )  # fmt: skip


RULE.condition(
    "R03.C3",
    "R",
    "政府采购不以注册资本、资产、营业收入、从业人员、利润、纳税额为资格或者评分因素，除进口货物外不要求厂家授权",
    "A procurement neither requires nor scores capital, assets, revenue, staff, profit or tax, nor asks authorisations",
    steps=FILING,
    sources=(Source("政府采购货物和服务招标投标管理办法", "第十七条"),),
)(procurement_conditions.no_measure_of_size)


@RULE.condition(
    "R03.C4",
    "B",
    "投标保证金不超过限额，履约保证金不超过合同金额的百分之十",
    "The bid bond stays within its limits, the performance bond within ten per cent of the contract",
    steps=FILING,
    sources=(Source("招标投标法实施条例", "第二十六条、第五十八条"),),
)
@only(ProjectType.WORKS)
@unless_returned
def bond_clauses_stay_within_limits(case: Case) -> Finding:
    """The bid bond against R09's limits, the performance bond against its share."""
    terms = terms_of(case)
    bond = known(terms.bond, "投标保证金数额", "the amount of the bid bond")
    performance = known(terms.performance_bond_percent, "履约保证金比例", "the share of the performance bond")
    bond_most = min(bond_limits(case)) if bond else bond
    most = Decimal(case.values["performance_max"])
    return holds(
        bond <= bond_most and performance / 100 <= most,
        f"投标保证金不超过{yuan_zh(bond_most)}，履约保证金不超过{percent(most)}",
        f"{yuan_zh(bond)}，{percent(performance / 100)}",
        f"bid bond at most {yuan_en(bond_most)}, performance bond at most {percent(most)}",
        f"{yuan_en(bond)}, {percent(performance / 100)}",
    )


@RULE.condition(
    "R03.C5",
    "B",
    "不得规定最低投标限价",
    "No minimum price is set",
    steps=FILING,
    sources=(Source("招标投标法实施条例", "第二十七条"),),
)
@only(ProjectType.WORKS, ProjectType.GP)
@unless_returned
def no_minimum_price(case: Case) -> Finding:
    """The documents hold no price below which a bid is refused."""
    least = terms_of(case).minimum_price
    if least is None:
        return passed("不设最低限价", "未设", "no minimum price", "none")
    return failed("不设最低限价", yuan_zh(least), "no minimum price", yuan_en(least))


@RULE.condition(
    "R03.C6",
    "B",
    "设有最高投标限价的，在招标公告中公布",
    "A ceiling price, where one is set, is published",
    steps=(Step.ANNOUNCE,),
    sources=(Source("招标投标法实施条例", "第二十七条"),),
)
@only(ProjectType.WORKS)
def ceiling_is_published(case: Case) -> Finding:
    """The published ceiling is the ceiling of the documents."""
    terms = terms_of(case)
    if terms.ceiling is None:
        return not_applicable("未设最高投标限价", "no ceiling is set")
    shown = known(terms.ceiling_published, "公布的最高投标限价", "the published ceiling")
    return holds(
        shown == terms.ceiling,
        f"公布{yuan_zh(terms.ceiling)}", yuan_zh(shown),
        f"{yuan_en(terms.ceiling)} published", yuan_en(shown),
    )  # fmt: skip


@RULE.condition(
    "R03.C7",
    "B",
    "载明自投标截止之日起算的投标有效期",
    "The validity of bids, counted from the deadline, is stated",
    steps=FILING,
    sources=(Source("招标投标法实施条例", "第二十五条"),),
)
@only(ProjectType.WORKS, ProjectType.GP)
@unless_returned
def bid_validity_is_stated(case: Case) -> Finding:
    """A number of days, at least one."""
    days = known(terms_of(case).bid_validity_days, "投标有效期", "the validity of bids")
    return holds(days >= 1, "载明投标有效期", f"{days}日", "validity stated", f"{days} days")


@RULE.condition(
    "R03.C8",
    "A",
    "载明是否接受联合体投标",
    "Whether consortia may bid is stated",
    steps=FILING,
    sources=(Source("招标投标法实施条例", "第三十七条"),),
)
@only(ProjectType.WORKS, ProjectType.GP)
@unless_returned
def consortium_is_decided(case: Case) -> Finding:
    """Yes or no is said."""
    allowed = known(terms_of(case).consortium_allowed, "是否接受联合体", "whether consortia may bid")
    return passed("载明", "接受" if allowed else "不接受", "stated", "allowed" if allowed else "not allowed")


@RULE.condition(
    "R03.C9",
    "B",
    "否决条款集中载明；综合评估的评分因素合计一百分并逐项量化",
    "The grounds of rejection are listed; scoring factors sum to 100 and each is quantified",
    steps=FILING,
    sources=(Source("招标投标法", "第十九条"), Source("评审因素合计与量化：本县规定", mark=Mark.COUNTY_RULE)),
)
@only(ProjectType.WORKS)
@unless_returned
def scoring_is_complete(case: Case) -> Finding:
    """Rejection clauses always; sum, uniqueness and quantification of factors where factors are scored."""
    terms = terms_of(case)
    method = known(terms.evaluation_method, "评标方法", "the evaluation method")
    clauses = known(terms.rejection_clauses, "否决投标条款", "the grounds of rejection")
    if not clauses.strip():
        return failed("载明否决投标条款", "未载明", "grounds of rejection listed", "not listed")
    if method is EvaluationMethod.LOWEST_EVALUATED_PRICE:
        return passed("载明否决投标条款", "已载明", "grounds of rejection listed", "listed")
    total = sum((factor.points for factor in terms.factors), Decimal(0))
    vague = [factor.code for factor in terms.factors if not factor.quantified]
    unique = len({factor.code for factor in terms.factors}) == len(terms.factors)
    listed = ", ".join(vague)
    return holds(
        total == FULL_SCORE and not vague and unique,
        "合计100分，各因素编号不重复并量化",
        f"合计{total}分" + (f"；未量化：{listed}" if vague else "") + ("" if unique else "；编号重复"),
        "100 points in all, each factor once and quantified",
        f"{total} points" + (f"; not quantified: {listed}" if vague else "") + ("" if unique else "; repeated codes"),
    )


RULE.condition(
    "R03.C10",
    "B",
    "政府采购货物项目价格分权重不低于百分之三十，服务项目不低于百分之十（执行国家统一定价的除外）",
    "The price weighs 30 per cent for goods and 10 per cent for services at least, unless the State fixes it",
    steps=FILING,
    sources=(Source("政府采购货物和服务招标投标管理办法", "第五十五条第五款"),),
)(procurement_conditions.price_weighs_enough)

RULE.condition(
    "R03.C11",
    "A",
    "技术、服务标准统一的政府采购货物和服务采用最低评标价法",
    "Standard goods and services are procured by the lowest evaluated price",
    steps=FILING,
    sources=(
        Source("政府采购法实施条例", "第三十四条第三款"),
        Source("政府采购货物和服务招标投标管理办法", "第五十四条"),
    ),
)(procurement_conditions.standard_goods_go_by_price)


@RULE.condition(
    "R03.C12",
    "A",
    "附合同草案，载明付款期限（中小企业最长六十日）和异议联系方式",
    "The draft contract, the time of payment (at most 60 days) and a contact for objections are included",
    steps=FILING,
    sources=(
        Source("招标投标主体行为的若干意见（发改法规规〔2022〕1117号）", "第六条"),
        Source("保障中小企业款项支付条例", "第九条"),
    ),
)
@unless_returned
def contract_draft_and_contact_are_included(case: Case) -> Finding:
    """Draft, payment days and contact are there, the days within the longest term that may be agreed."""
    terms = terms_of(case)
    draft = known(terms.contract_draft, "是否附合同草案", "whether a draft contract is included")
    if not draft:
        return stated(False, "合同草案", "draft contract")
    contact = known(terms.objection_contact, "异议联系方式", "the contact for objections")
    if not known(case.project.type, "项目类型", "the project type").is_purchase:
        return passed("附合同草案和异议联系方式", contact, "draft contract and contact", contact)
    days, most = known(terms.payment_days, "付款期限", "the time of payment"), case.values["sme_pay_max"]
    return holds(days <= most, f"付款期限不超过{most}日", f"{days}日", f"paid within {most} days", f"{days} days")


@RULE.condition(
    "R03.C13",
    "A",
    "有项目单位签署的公平竞争审查记录",
    "The owner's signed record of the fair-competition review is there",
    steps=FILING,
    sources=(Source("招标投标领域公平竞争审查规则（2024年第16号令）", mark=Mark.TO_BE_VERIFIED),),
)
@unless_returned
def competition_review_is_signed(case: Case) -> Finding:
    """Reviewer and verdict are on record."""
    terms = terms_of(case)
    reviewer = known(terms.competition_reviewer, "公平竞争审查人", "the reviewer for fair competition")
    verdict = known(terms.competition_verdict, "公平竞争审查结论", "the verdict of the fair-competition review")
    return stated(bool(reviewer.strip() and verdict.strip()), "审查人和结论", "reviewer and verdict")


RULE.condition(
    "R03.C14",
    "A",
    "政府采购对小微企业的价格扣除（或者工程价格分加分）在规定幅度内；本国产品参与竞争的给予规定扣除",
    "The deduction for small enterprises (or score bonus in works) keeps its band; domestic products have theirs",
    steps=FILING,
    sources=(
        Source("政府采购促进中小企业发展管理办法", "第九条"),
        Source("财库〔2022〕19号", mark=Mark.TO_BE_VERIFIED),
        Source("国办发〔2025〕34号", mark=Mark.TO_BE_VERIFIED),
    ),
)(procurement_conditions.deductions_keep_their_band)


@RULE.condition(
    "R03.C15",
    "B",
    "备案文件以摘要锁定，此后仅可通过澄清修改",
    "The filed documents are locked by their digest and change through clarifications alone",
    steps=(Step.PREPARE_TERMS, Step.PREPARE_SALE, *FILING, Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(Source("电子招标投标办法", "第十四条、第四十条"),),
)
@unless_returned
def documents_are_locked(case: Case) -> Finding:
    """The digest of the current documents is the filed one; while a filing waits, nothing is rewritten."""
    terms, filing = case.terms, case.filing
    if case.step in (Step.PREPARE_TERMS, Step.PREPARE_SALE):
        waiting = filing.submitted_at is not None and filing.answer is None
        zh, en = ("备案待答复", "the filing waits") if waiting else ("未在备案中", "no filing waits")
        return holds(not waiting, "备案答复前不得修改", zh, "no change while a filing waits", en)
    current = known(terms.documents_digest, "招标文件摘要", "the digest of the tender documents")
    filed = known(terms.filed_digest, "备案文件摘要", "the digest of the filed documents")
    if current == filed:
        return passed("与备案一致", current[:16], "as filed", current[:16])
    if case.step in FILING:
        return failed("与备案一致", "文件已变动", "as filed", "the documents changed")
    outside = known(
        terms.changed_outside_clarification, "变动是否经澄清作出", "whether the change came by a clarification"
    )
    return holds(
        not outside,
        "与备案一致，或者经澄清修改", "未经澄清变动" if outside else "经澄清修改",
        "as filed, or clarified", "changed outside a clarification" if outside else "clarified",
    )  # fmt: skip
