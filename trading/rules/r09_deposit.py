"""R09 交易保证金管理制度: the right amount, from the right account, sealed until opening, refunded on the clock."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from trading.beijing import law_date
from trading.codelists import BondForm, Category, Code, Mark, Phase, ProjectType
from trading.rules import other_deposits, refund_clocks
from trading.rules.applies import only, unless_returned
from trading.rules.asking import COUNTY, is_so
from trading.rules.case import BondFacts, Case
from trading.rules.forfeit_grounds import grounds_of
from trading.rules.rule import Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_most_yuan, percent, words, yuan_en, yuan_zh
from trading.steps import Step
from trading.working_days import add_days

RULE = Rule(
    "R09",
    "交易保证金管理制度",
    "Deposit management",
    Phase.PROCESS_SUPERVISION,
    "保证金数额合规，从基本账户转出或者以保函提交，缴纳名单开标前密封，按期连同利息退还。",
    "A deposit of the right amount from the bidder's basic account or by guarantee, a payer list sealed until opening, "
    "and refunds with interest on the clock.",
)

SETTING = (Step.FILE_CONDITIONS, Step.ANSWER_FILING, Step.FILING_LAPSES, Step.ANNOUNCE, Step.ANNOUNCE_SALE)
PURCHASES = (ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
CAPS = {
    Category.CONSTRUCTION: "bond_cap_construction",
    Category.GOODS: "bond_cap_goods",
    Category.SERVICES: "bond_cap_design",
}
LAND_ORDER = "招标拍卖挂牌出让国有建设用地使用权规定"


class DepositKind(Code):
    """The only deposits that may be asked for in construction (ZXQY 13)."""

    BID = "bid", "投标保证金", "Bid bond"
    PERFORMANCE = "performance", "履约保证金", "Performance bond"
    QUALITY = "quality", "工程质量保证金", "Quality retention"
    WAGES = "wages", "农民工工资保证金", "Deposit for migrant workers' wages"


def bond_limits(case: Case) -> tuple[Decimal, Decimal]:
    """The most a bid bond may be, in yuan: by its share of the estimate, and by the cap of the category.

    Raises:
        Missing: category or estimate is not known.
        NotInForce: the law day is before these limits.
    """
    category = known(case.lot.category, "标段类别", "the category of the lot")
    estimate = known(case.lot.estimate, "项目估算价", "the estimate")
    return estimate * Decimal(case.values["bond_rate_max"]), Decimal(case.values[CAPS[category]])


def bond_asked(case: Case) -> Decimal:
    """The bid bond that the documents ask for, in yuan; nought where they ask for none. Raises Missing."""
    return known(case.terms.bond, "投标保证金数额", "the amount of the bid bond")


@RULE.condition(
    "R09.C1",
    "B",
    "投标保证金不超过项目估算价的百分之二；政府采购不超过采购预算的百分之二",
    "The bid bond is at most two per cent of the estimate, in procurement of the budget",
    steps=SETTING,
    sources=(
        Source("招标投标法实施条例", "第二十六条"),
        Source("政府采购法实施条例", "第三十三条"),
        Source("政府采购非招标采购方式管理办法", "第十四条"),
    ),
)
@only(*PURCHASES)
@unless_returned
def bond_is_a_small_share(case: Case) -> Finding:
    """Bond against its share of the estimate or budget, equality included."""
    if not (bond := bond_asked(case)):
        return not_applicable("不收取投标保证金", "no bid bond is asked for")
    rate, zh, en = Decimal(case.values["bond_rate_max"]), "估算价", "the estimate"
    if case.project.type is ProjectType.WORKS:
        most = bond_limits(case)[0]
    else:
        zh, en = "采购预算", "the budget"
        most = known(case.lot.budget, zh, en) * rate
    return holds(
        bond <= most,
        f"不超过{zh}的{percent(rate)}（{yuan_zh(most)}）", yuan_zh(bond),
        f"at most {percent(rate)} of {en} ({yuan_en(most)})", yuan_en(bond),
    )  # fmt: skip


@RULE.condition(
    "R09.C2",
    "B",
    "投标保证金不超过最高限额：施工、货物八十万元，勘察设计十万元",
    "The bid bond stays within its cap: construction and goods 800,000 yuan, survey and design 100,000 yuan",
    steps=SETTING,
    sources=(
        Source("工程建设项目施工招标投标办法", "第三十七条"),
        Source("工程建设项目货物招标投标办法、工程建设项目勘察设计招标投标办法", mark=Mark.TO_BE_VERIFIED),
    ),
)
@only(ProjectType.WORKS)
@unless_returned
def bond_stays_within_its_cap(case: Case) -> Finding:
    """Bond against the cap of the lot's category, equality included."""
    if not (bond := bond_asked(case)):
        return not_applicable("不收取投标保证金", "no bid bond is asked for")
    return at_most_yuan(bond, bond_limits(case)[1])


def counts(bond: BondFacts) -> bool:
    """Whether a bond counts: a guarantee, or a transfer from the bidder's basic account. Raises Missing."""
    if bond.form is not BondForm.TRANSFER:
        return True
    return known(bond.from_basic_account, "是否从基本账户转出", "whether it came from the basic account")


@RULE.condition(
    "R09.C3",
    "B",
    "依法必须招标的项目，转账提交的投标保证金从投标人基本账户转出，否则不计",
    "In a mandatory tender a transferred bond comes from the bidder's basic account, or it does not count",
    steps=(Step.SIGN_REPORT, Step.SUBMIT_REPORT),
    sources=(
        Source("招标投标法实施条例", "第二十六条"),
        Source("工程建设项目施工招标投标办法", "第三十七条"),
    ),
)
@only(ProjectType.WORKS)
def standing_bids_have_a_bond_that_counts(case: Case) -> Finding:
    """No bid that stands rests on money from another account."""
    asked = bond_asked(case)
    if not asked:
        return not_applicable("不收取投标保证金", "no bid bond is asked for")
    if not known(case.method.mandatory, "是否依法必须招标", "whether the tender is mandatory"):
        return not_applicable("不属于依法必须招标的项目", "the tender is not mandatory")
    standing = [bid for bid in case.bids if bid.rejected_clause is None and bid.opened is not False]
    if not standing:
        return not_applicable("没有有效投标", "no bid stands")
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for bond in case.bonds:
        if bond.bidder in {bid.bidder for bid in standing} and counts(bond):
            sums[bond.bidder] += bond.amount
    short = ", ".join(bid.name or bid.bidder for bid in standing if sums[bid.bidder] < asked)
    return holds(
        not short,
        f"有效投标均有计入的保证金{yuan_zh(asked)}", f"不足：{short}" if short else "均足额",
        f"each standing bid has {yuan_en(asked)} that count", f"short: {short}" if short else "all do",
    )  # fmt: skip


RULE.condition(
    "R09.C4",
    "B",
    "政府采购的投标保证金以非现金形式提交，未提交的投标无效",
    "A bond in procurement is not cash; a bid without it is invalid",
    steps=(Step.SIGN_REPORT, Step.SUBMIT_REPORT),
    sources=(Source("政府采购法实施条例", "第三十三条"),),
)(other_deposits.bond_is_not_cash)


@RULE.condition(
    "R09.C5",
    "R",
    "接受保函、电子保函和保证保险，不限定现金",
    "Guarantees, electronic ones and surety insurance are accepted; a bond is not limited to money",
    steps=(Step.ANNOUNCE,),
    sources=(Source("保障中小企业款项支付条例", "第十三条第二款"),),
)
@only(ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
def guarantees_are_accepted(case: Case) -> Finding:
    """A bidder may give a guarantee instead of money."""
    return is_so(
        case.deposits.guarantees_accepted,
        "接受保函和保证保险", "guarantees and insurance are accepted",
        "限定以现金缴纳", "money alone is accepted",
    )  # fmt: skip


@RULE.condition(
    "R09.C6",
    "R",
    "不同投标人的保证金不从同一账户转出",
    "No two bidders' bonds come from one account",
    steps=(Step.OPEN_BIDS, Step.SUBMIT_REPORT),
    sources=(Source("招标投标法实施条例", "第四十条"),),
)
def no_shared_payer_account(case: Case) -> Finding:
    """An account that paid for two bidders is deemed collusion (R12.C9)."""
    transfers = [bond for bond in case.bonds if bond.form is BondForm.TRANSFER]
    if not transfers:
        return not_applicable("没有转账提交的保证金", "no bond was transferred")
    payers: dict[str, set[str]] = defaultdict(set)
    for bond in transfers:
        payers[known(bond.payer_account, "付款账户", "the payer's account")].add(bond.bidder)
    shared = sum(len(bidders) > 1 for bidders in payers.values())
    return holds(
        not shared,
        "账户各不相同", f"{shared}个账户为多家付款" if shared else "各不相同",
        "different accounts", f"{shared} account(s) paid for several" if shared else "all different",
    )  # fmt: skip


@RULE.condition(
    "R09.C7",
    "A",
    "投标保证金有效期与投标有效期一致",
    "A bond is valid as long as the bid",
    steps=(Step.OPEN_BIDS,),
    sources=(Source("招标投标法实施条例", "第二十六条"),),
)
@only(ProjectType.WORKS)
def guarantees_last_as_long_as_bids(case: Case) -> Finding:
    """A guarantee or insurance ends no earlier than the bids, counted from the deadline."""
    papers = [bond for bond in case.bonds if bond.form is not BondForm.TRANSFER]
    if not papers:
        return not_applicable("没有保函或者保证保险", "no guarantee or insurance")
    deadline = known(case.notice.bid_deadline, "投标截止时间", "the bid deadline")
    days = known(case.terms.bid_validity_days, "投标有效期", "the validity of bids")
    until = add_days(law_date(deadline), days)
    short = sum(known(bond.valid_until, "保函有效期", "until when the guarantee is valid") < until for bond in papers)
    return holds(
        not short,
        f"不早于{until}到期", f"{short}份提前到期" if short else "均不提前",
        f"valid until {until} or later", f"{short} end(s) earlier" if short else "none ends earlier",
    )  # fmt: skip


RULE.condition(
    "R09.C8",
    "R",
    "投标保证金按期退还：截止前撤回的五日内，其余连同银行利息在合同签订后五日内；政府采购均为五个工作日",
    "Bonds go back in five days of a withdrawal, with interest in five days of the contract; procurement: working days",
    steps=(Step.REFUND_BOND, Step.ARCHIVE),
    sources=(
        Source("招标投标法实施条例", "第三十一条、第三十五条、第五十七条"),
        Source("工程建设项目施工招标投标办法", "第六十三条"),
        Source("评标委员会和评标方法暂行规定", "第五十二条"),
        Source("政府采购法实施条例", "第三十三条"),
        Source("政府采购货物和服务招标投标管理办法", "第二十九条、第三十八条"),
        Source("政府采购非招标采购方式管理办法", "第二十条"),
    ),
    due=refund_clocks.next_refund,
)(refund_clocks.bonds_are_refunded_in_time)


RULE.condition(
    "R09.C9",
    "I",
    "政府采购逾期退还保证金的，按同期贷款基准利率上浮百分之二十支付超期资金占用费",
    "A late refund in procurement carries the benchmark loan rate and a fifth for the delay",
    steps=(Step.REFUND_BOND, Step.ARCHIVE),
    sources=(Source("政府采购货物和服务招标投标管理办法", "第三十八条第三款"),),
)(other_deposits.late_refunds_are_charged)


@RULE.condition(
    "R09.C10",
    "B",
    "投标保证金仅因法定或者文件载明的情形不予退还",
    "A bond is kept on a statutory ground, or one that the documents state, only",
    steps=(Step.FORFEIT_BOND,),
    sources=(
        Source("招标投标法实施条例", "第三十五条、第七十四条"),
        Source("政府采购货物和服务招标投标管理办法", "第二十三条"),
        Source("政府采购非招标采购方式管理办法", "第二十条第二款"),
    ),
)
@only(*PURCHASES)
def forfeiture_has_a_listed_ground(case: Case) -> Finding:
    """Every ground given is on the list."""
    grounds = [bond.forfeited_ground for bond in case.bonds if bond.forfeited_ground is not None]
    if not grounds:
        return not_applicable("没有不予退还的保证金", "no bond is kept")
    listed = grounds_of(known(case.project.type, "项目类型", "the type of the project"))
    other = ", ".join(ground for ground in grounds if ground not in listed)
    if not other:
        return passed(words(listed, "zh"), "均属所列情形", words(listed, "en"), "all listed")
    return failed(words(listed, "zh"), other, words(listed, "en"), other)


@RULE.condition(
    "R09.C11",
    "B",
    "缴纳名单开标前密封，保证金按标段单设子账户，不挪作他用",
    "Payers stay sealed until opening; each lot has its own sub-account, and the money serves nothing else",
    steps=(Step.RECEIVE_BANK_LINES,),
    sources=(
        Source("招标投标法实施条例", "第二十六条"),
        Source("本县规定（参照重庆市招标投标条例）", mark=Mark.COUNTY_RULE),
    ),
)
def payers_stay_sealed(case: Case) -> Finding:
    """Nobody but the bidder himself can see a payer, a line or their number before opening."""
    is_sealed = known(case.opening.payers_sealed, "缴纳名单是否密封", "whether the payer list is sealed")
    zh, en = ("已密封", "sealed") if is_sealed else ("未密封", "not sealed")
    return holds(is_sealed, "密封", zh, "sealed", en)


RULE.condition(
    "R09.C12",
    "B",
    "土地竞买保证金不少于起始价的百分之二十，竞得人的转作定金，其余五个工作日内退还，不计利息",
    "A land deposit is a fifth of the starting price; the winner's is earnest money, the rest returns in five days",
    steps=SETTING,
    sources=(
        Source("国土资发〔2010〕34号", mark=Mark.TO_BE_VERIFIED),
        Source(LAND_ORDER, "第二十条、第二十一条", Mark.TO_BE_VERIFIED),
    ),
    due=other_deposits.next_refund_to_losers,
)(other_deposits.land_deposit_is_large_enough)

RULE.condition(
    "R09.C13",
    "A",
    "国有资产、农村产权交易保证金不超过底价的规定比例，未成交者的按期退还",
    "A deposit for state or village assets stays within its share of the reserve; the others get theirs back in time",
    steps=(*SETTING, Step.REFUND_BOND, Step.ARCHIVE),
    sources=(Source("依据待查", mark=Mark.TO_BE_VERIFIED), COUNTY),
    due=other_deposits.next_refund_to_losers,
)(other_deposits.asset_deposit_is_small_enough)


@RULE.condition(
    "R09.C14",
    "R",
    "工程建设除投标、履约、工程质量、农民工工资保证金外，不收取其他保证金",
    "Construction asks for no deposits but those for bid, performance, quality and migrant workers' wages",
    steps=(Step.ANNOUNCE,),
    sources=(Source("保障中小企业款项支付条例", "第十三条"),),
)
@only(ProjectType.WORKS)
def no_other_deposits(case: Case) -> Finding:
    """Whatever is asked for is one of the four."""
    asked = known(case.deposits.kinds, "要求缴纳的保证金", "the deposits asked for")
    other = [kind for kind in asked if kind not in tuple(DepositKind)]
    allowed = tuple(DepositKind)
    found = [kind for kind in allowed if kind in asked]
    return holds(
        not other,
        f"仅限{words(allowed, 'zh')}", "、".join(other) or words(found, "zh") or "不收取",
        f"only: {words(allowed, 'en')}", ", ".join(other) or words(found, "en") or "none",
    )  # fmt: skip
