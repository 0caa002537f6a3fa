"""R01 进场交易目录与登记制度: what must be traded here is registered here, once, free, under a code of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trading.beijing import law_date
from trading.codelists import Category, EntryRefusal, Mark, Method, Phase, ProjectType
from trading.identifiers import valid_uscc
from trading.rules.applies import only, unless_refused
from trading.rules.case import Case, ReportedContract, SiblingLot
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import at_least_days, words, yuan_en, yuan_zh
from trading.steps import Step
from trading.working_days import add_months, days_between, end_moment

RULE = Rule(
    "R01",
    "进场交易目录与登记制度",
    "Catalogue and entry registration",
    Phase.FILING,
    "列入本县目录的项目在首次公告前进场登记，每个标段取得唯一交易标识码；进场免费，仅可因所列事由不予受理。",
    "Every project in the county catalogue is registered before its first notice, each lot under a unique trading "
    "code; entry is free and refused only for a listed reason.",
)

TENDERS = (Method.OPEN_TENDER, Method.INVITED_TENDER)
THRESHOLDS = {
    Category.CONSTRUCTION: "mandatory_tender_construction",
    Category.GOODS: "mandatory_tender_goods",
    Category.SERVICES: "mandatory_tender_services",
}
REGISTERING = (Step.SUBMIT_REGISTRATION, Step.ACCEPT_REGISTRATION)
CHOOSING = (Step.ACCEPT_REGISTRATION, Step.FIX_METHOD, Step.DECIDE_EXCEPTION)
PROCUREMENT = (ProjectType.GP, ProjectType.GPN)


def own_part(case: Case) -> SiblingLot:
    """The lot itself as one part among its siblings. Raises Missing when category or estimate is not known."""
    lot = case.lot
    return SiblingLot(
        code=lot.code or "—",
        same_project=True,
        same_item=True,
        category=known(lot.category, "标段类别", "the category of the lot"),
        estimate=known(lot.estimate, "合同估算价", "the estimate of the contract"),
        registered_on=law_date(lot.registered_at) if lot.registered_at else case.today,
        method=case.method.chosen,
    )


def tender_due(parts: list[SiblingLot], most: Decimal, *, over: bool = False) -> Finding:
    """Whether parts that together reach ``most`` yuan are tendered; those that are not, are listed.

    Arguments:
        over: the sum must exceed ``most`` (procurement), not only reach it (works).

    Raises:
        Missing: they reach it, none avoids the tender, and the method of one is not chosen yet.
    """
    total = sum((part.estimate for part in parts), Decimal(0))
    codes = "、".join(part.code for part in parts)
    told = f"{len(parts)}个标段合计{yuan_zh(total)}：{codes}"
    told_en = f"{len(parts)} lot(s), {yuan_en(total)} together: {', '.join(part.code for part in parts)}"
    reached = total > most if over else total >= most
    below_zh, below_en = ("不超过", "at most") if over else ("不足", "below")
    expected = f"合计{below_zh}{yuan_zh(most)}，或者均招标"
    expected_en = f"{below_en} {yuan_en(most)} together, or all tendered"
    untendered = [part for part in parts if part.method not in TENDERS]
    if not reached or not untendered:
        return passed(expected, told, expected_en, told_en)
    avoiding = [part for part in untendered if part.method is not None]
    if not avoiding:
        known(None, f"交易方式（{told}）", f"the trading method ({told_en})")
    names = [f"{part.code}（{part.method.zh}）" for part in avoiding if part.method]
    names_en = [f"{part.code} ({part.method.en})" for part in avoiding if part.method]
    return failed(
        expected, f"{told}；未招标：{'、'.join(names)}", expected_en, f"{told_en}; not tendered: {', '.join(names_en)}"
    )


def reaches_size(case: Case) -> bool:
    """Whether the lot's estimate reaches the size from which its category must be tendered (D16 5, inclusive).

    Raises:
        Missing: the category or the estimate is not known.
        NotInForce: the law day is before the thresholds.
    """
    category = known(case.lot.category, "标段类别", "the category of the lot")
    estimate = known(case.lot.estimate, "合同估算价", "the estimate of the contract")
    return bool(estimate >= case.values[THRESHOLDS[category]])


def in_scope(case: Case) -> bool:
    """Whether the project is of a kind that must be tendered whatever its size (ZTB 3, D16 2–4).

    Raises:
        Missing: no ground is met, and one of them is not known.
    """
    project, values = case.project, case.values
    if project.state_controlled or project.foreign_loan or project.listed_infrastructure:
        return True
    funds, part = project.public_funds, project.public_share
    enough = None if funds is None else funds >= values["mandatory_tender_budget_fund_min"]
    share = None if part is None else part >= values["mandatory_tender_budget_fund_share"]
    if enough and share:
        return True
    if enough is not False and share is not False:
        known(None, "预算资金数额与比例", "amount and share of budget funds")
    known(project.state_controlled, "国有资金是否控股或者主导", "whether state funds control or dominate")
    known(project.foreign_loan, "是否使用国际组织或者外国政府贷款", "whether foreign-aid loans are used")
    known(project.listed_infrastructure, "是否属于所列基础设施", "whether it is listed infrastructure")
    return False


def exempted(case: Case) -> bool:
    """Whether the body that the law names has approved a statutory ground for no tender (ZTB 66, ZTBT 9)."""
    method = case.method
    return method.chosen is Method.DIRECT and method.ground_statutory is True and method.approved is True


@RULE.condition(
    "R01.C1",
    "B",
    "范围与规模均达到必须招标标准的工程，应当招标；依法可不招标的须经认定",
    "Works that reach scope and size are tendered, unless a statutory ground for no tender was approved",
    steps=(Step.ACCEPT_REGISTRATION, Step.FIX_METHOD, Step.DECIDE_EXCEPTION),
    sources=(Source("招标投标法", "第三条"), Source("必须招标的工程项目规定", "第二条至第五条")),
)
@only(ProjectType.WORKS)
@unless_refused
def mandatory_works_are_tendered(case: Case) -> Finding:
    """Scope and size together make the tender mandatory; a path without tender is then closed."""
    chosen = case.method.chosen
    if chosen is None and case.step is Step.ACCEPT_REGISTRATION:
        reached = reaches_size(case)
        return passed(
            "未选择不招标",
            "规模达到必须招标标准" if reached else "规模未达必须招标标准",
            "no path without tender chosen",
            "the size is reached" if reached else "the size is not reached",
        )
    chosen = known(chosen, "交易方式", "the trading method")
    if chosen in TENDERS:
        return passed("招标", chosen.zh, "a tender", chosen.en)
    if not reaches_size(case):
        return passed("规模未达必须招标标准", chosen.zh, "below the size that must be tendered", chosen.en)
    if not in_scope(case):
        return passed("不在必须招标的范围", chosen.zh, "outside the scope that must be tendered", chosen.en)
    wanted, wanted_en = "招标，或者经认定依法不招标", "a tender, or none on an approved ground"
    return holds(exempted(case), wanted, chosen.zh, wanted_en, chosen.en)


@RULE.condition(
    "R01.C2",
    "R",
    "同一项目中可以合并进行的同类采购，合计估算价达到规模标准的，应当招标",
    "Purchases of one kind in one project that can be combined are tendered once they together reach the size",
    steps=CHOOSING,
    sources=(Source("必须招标的工程项目规定", "第五条第二款"),),
)
@only(ProjectType.WORKS)
@unless_refused
def combined_purchases_are_tendered(case: Case) -> Finding:
    """The lots of the project in this category, together against the size; not asked where no tender was approved."""
    if exempted(case):
        return not_applicable("经认定依法不招标", "no tender, on an approved ground")
    own = own_part(case)
    siblings = known(case.siblings, "同一项目的其他标段", "the other lots of the project")
    parts = [own, *(one for one in siblings if one.same_project and one.category is own.category)]
    return tender_due(parts, case.values[THRESHOLDS[own.category]])


def in_window(own: SiblingLot, other: SiblingLot, case: Case) -> bool:
    """Whether both fall into one window of splitting: the county's months for works, the fiscal year otherwise."""
    if case.project.type is not ProjectType.WORKS:
        return own.registered_on.year == other.registered_on.year
    first, last = sorted((own.registered_on, other.registered_on))
    return last <= add_months(first, case.values["split_window_months"])


@RULE.condition(
    "R01.C3",
    "R",
    "不将依法必须招标的项目化整为零：同一单位同一项目代码（或者预算项目）下同类标段十二个月内合计不达到规模标准",
    "No mandatory tender is split: lots of one owner, code or budget item and kind stay below the size in 12 months",
    steps=CHOOSING,
    sources=(
        Source("招标投标法", "第四条"),
        Source("政府采购法", "第二十八条"),
        Source("政府采购法实施条例", "第二十八条"),
        Source("本县规定", mark=Mark.COUNTY_RULE),
    ),
)
@only(ProjectType.WORKS, *PROCUREMENT)
@unless_refused
def nothing_is_split(case: Case) -> Finding:
    """The parts below the size, of one owner, code and category in the window, together against the size."""
    own = own_part(case)
    works = case.project.type is ProjectType.WORKS
    most = case.values[THRESHOLDS[own.category] if works else "gp_open_tender_threshold"]
    if own.estimate >= most:
        return not_applicable("本标段自身已达规模标准", "the lot reaches the size by itself")
    if not works and (case.procurement.budget_changed or case.method.approved):
        return not_applicable("预算经调整或者方式经批准", "the budget was adjusted or the method approved")
    siblings = known(case.siblings, "同一单位的其他标段", "the owner's other lots")
    parts = [one for one in siblings if one.same_item and one.category is own.category and one.estimate < most]
    return tender_due([own, *(one for one in parts if in_window(own, one, case))], most, over=not works)


@RULE.condition(
    "R01.C4",
    "B",
    "不予受理进场登记仅限四类法定事由",
    "Entry is refused for one of the four listed reasons only",
    steps=(Step.REFUSE_REGISTRATION,),
    sources=(Source("本县规定（参照濮阳、宁波公共资源交易管理条例）", mark=Mark.COUNTY_RULE),),
)
def entry_is_refused_for_a_listed_reason(case: Case) -> Finding:
    """The reason of a refusal is on the closed list."""
    if case.lot.registered_at is not None:
        return not_applicable("登记已受理", "the registration was accepted")
    reason = known(case.lot.refusal_reason, "不予受理的事由", "the reason of the refusal")
    listed = tuple(EntryRefusal)
    return holds(reason in listed, words(listed, "zh"), reason, words(listed, "en"), reason)


def registration_reply(case: Case) -> Due | None:
    """Until when the centre answers a registration that waits."""
    submitted = case.lot.submitted_at
    if submitted is None or case.lot.registered_at is not None or case.lot.refusal_reason is not None:
        return None
    day = case.calendar.end_of_working_days(law_date(submitted), case.values["registration_reply_wd"])
    return Due(end_moment(day), "交易中心", "The centre", "答复进场登记", "Answer the registration")


@RULE.condition(
    "R01.C5",
    "A",
    "进场登记在一个工作日内答复",
    "A registration is answered within one working day",
    steps=(Step.ACCEPT_REGISTRATION, Step.REFUSE_REGISTRATION),
    sources=(Source("本县规定", mark=Mark.COUNTY_RULE),),
    due=registration_reply,
)
def registration_is_answered_in_time(case: Case) -> Finding:
    """The answer falls within the working days after the submission."""
    submitted = known(case.lot.submitted_at, "登记提交时间", "when the registration was submitted")
    answered = law_date(case.lot.registered_at or case.now)
    most = case.values["registration_reply_wd"]
    taken = case.calendar.working_days_between(law_date(submitted), answered)
    return holds(
        taken <= most,
        f"{most}个工作日内", f"{taken}个工作日",
        f"within {most} working day(s)", f"{taken} working day(s)",
    )  # fmt: skip


@RULE.condition(
    "R01.C6",
    "B",
    "项目单位和代理机构的统一社会信用代码通过校验",
    "The unified social credit codes of owner and agency pass their check",
    steps=REGISTERING,
    sources=(Source("GB 32100-2015 法人和其他组织统一社会信用代码编码规则", mark=Mark.TO_BE_VERIFIED),),
)
def credit_codes_are_valid(case: Case) -> Finding:
    """Shape and check figure of each code are right."""
    owner = known(case.project.owner_uscc, "项目单位统一社会信用代码", "the owner's unified social credit code")
    wrong = [code for code in (owner, *case.project.agency_usccs) if not valid_uscc(code)]
    if wrong:
        listed = ", ".join(wrong)
        return failed("校验码正确", f"校验不通过：{listed}", "correct check figures", f"wrong: {listed}")
    return passed("校验码正确", "校验通过", "correct check figures", "all correct")


@RULE.condition(
    "R01.C7",
    "B",
    "每个标段取得唯一的统一交易标识码",
    "Each lot has a unified trading code of its own",
    steps=(Step.ACCEPT_REGISTRATION,),
    sources=(Source("公共资源交易平台系统数据规范（V2.0）", mark=Mark.TO_BE_VERIFIED),),
)
def trading_code_is_unique(case: Case) -> Finding:
    """The code is generated, well formed and nobody else's."""
    code = known(case.lot.trading_code, "统一交易标识码", "the trading code")
    unique = known(case.lot.trading_code_unique, "交易标识码是否唯一", "whether the trading code is unique")
    return holds(unique, "格式正确且唯一", code, "well formed and unique", code)


def start_of(case: Case) -> date:
    """The day on which the procurement starts: that of its notice, or today while it has none."""
    return law_date(case.notice.published_at) if case.notice.published_at else case.today


@RULE.condition(
    "R01.C8",
    "B",
    "采购实施计划在采购活动开始前报本级财政部门备案",
    "The procurement plan is filed with the finance department before the start",
    steps=(Step.ACCEPT_REGISTRATION, Step.ANNOUNCE),
    sources=(Source("政府采购法实施条例", "第二十九条"),),
)
@only(*PROCUREMENT)
def procurement_plan_is_filed(case: Case) -> Finding:
    """The day of filing is not after the start."""
    filed = known(case.procurement.plan_filed_on, "采购实施计划备案日期", "when the procurement plan was filed")
    start = start_of(case)
    return holds(filed <= start, f"不晚于{start}", str(filed), f"not after {start}", str(filed))


@RULE.condition(
    "R01.C9",
    "A",
    "采购意向在采购活动开始三十日前公开",
    "The intention to procure is published thirty days before the start",
    steps=(Step.ANNOUNCE,),
    sources=(Source("财库〔2020〕10号", mark=Mark.TO_BE_VERIFIED),),
)
@only(*PROCUREMENT)
def intention_is_published(case: Case) -> Finding:
    """Calendar days from the publication of the intention to the start (T5)."""
    told = known(case.procurement.intention_published_on, "采购意向公开日期", "when the intention was published")
    return at_least_days(days_between(told, start_of(case)), case.values["gp_intention_before"])


@RULE.condition(
    "R01.C10",
    "B",
    "工程项目填报投资项目在线审批监管平台的项目代码",
    "Works carry their code of the national investment-project platform",
    steps=REGISTERING,
    sources=(Source("政府投资条例", "第十条"),),
)
@only(ProjectType.WORKS)
def investment_code_is_given(case: Case) -> Finding:
    """The project code is there."""
    code = known(case.project.investment_code, "投资项目代码", "the investment-project code")
    return holds(bool(code.strip()), "已填报", code.strip() or "未填报", "given", code.strip() or "not given")


@RULE.condition(
    "R01.C11",
    "B",
    "不设投标报名、原件核对、本地登记、本地分支机构和进场费用",
    "No sign-up, checking of originals, local registration, local branch or fee stands before entry",
    steps=(Step.ANNOUNCE, Step.ANNOUNCE_SALE),
    sources=(
        Source("电子招标投标办法", "第二十条"),
        Source("公共资源交易平台管理暂行办法", "第十八条、第二十六条"),
    ),
)
def nothing_stands_before_entry(case: Case) -> Finding:
    """There is no hurdle between a reader of the notice and the documents or a bid."""
    hurdles = known(case.notice.entry_hurdles, "进场前是否设有门槛", "whether hurdles stand before entry")
    listed = ", ".join(hurdles)
    return holds(not hurdles, "无", listed or "无", "none", listed or "none")


def belongs_here(contract: ReportedContract, case: Case) -> bool:
    """Whether a reported contract is of the catalogue: works and procurement by their size, the rest always (PT39 8).

    Raises:
        Missing: the category of a works contract is not known.
    """
    if contract.type is ProjectType.WORKS:
        category = known(contract.category, f"合同“{contract.name}”的类别", f"the category of “{contract.name}”")
        return bool(contract.amount >= case.values[THRESHOLDS[category]])
    if contract.type in PROCUREMENT:
        return bool(contract.amount >= case.values["gp_open_tender_threshold"])
    return True


@RULE.condition(
    "R01.C12",
    "R",
    "财政、审计报告的合同属于进场交易目录的，应当有本平台交易标识码",
    "A contract that finance or audit reports, of a project in the catalogue, has a trading code of this platform",
    steps=(Step.ACCEPT_REGISTRATION,),
    sources=(
        Source("公共资源交易平台管理暂行办法", "第八条"),
        Source("本县规定（参照濮阳市公共资源交易管理条例）", mark=Mark.COUNTY_RULE),
    ),
)
def reported_contracts_were_traded_here(case: Case) -> Finding:
    """The owner's reported contracts that should have been traded here and were not, listed."""
    known(case.project.type, "项目类型", "the project type")
    reported = known(case.reported_contracts, "财政、审计报告的合同", "the contracts reported")
    if not reported:
        return not_applicable("没有报告的合同", "no contract was reported")
    outside = [one for one in reported if not (one.trading_code or "").strip() and belongs_here(one, case)]
    listed = "；".join(f"{one.name}，{yuan_zh(one.amount)}，{one.reported_by}报告" for one in outside)
    listed_en = "; ".join(f"{one.name}, {yuan_en(one.amount)}, reported by {one.reported_by}" for one in outside)
    return holds(
        not outside,
        "目录内合同均有交易标识码", f"场外：{listed}" if outside else "均有",
        "all of the catalogue have a trading code", f"outside: {listed_en}" if outside else "all have",
    )  # fmt: skip
