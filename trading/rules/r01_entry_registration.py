"""R01 进场交易目录与登记制度: what must be traded here is registered here, once, free, under a code of its own."""

from __future__ import annotations

from trading.beijing import law_date
from trading.codelists import Category, EntryRefusal, Mark, Method, Phase, ProjectType
from trading.identifiers import valid_uscc
from trading.rules.applies import only, unless_refused
from trading.rules.case import Case
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable, passed
from trading.rules.wording import words
from trading.steps import Step
from trading.working_days import end_moment

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
    ground = chosen is Method.DIRECT and case.method.ground_statutory is True and case.method.approved is True
    return holds(ground, "招标，或者经认定依法不招标", chosen.zh, "a tender, or none on an approved ground", chosen.en)


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
    steps=(Step.ANNOUNCE,),
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
