"""R17 合同签订与履约变更制度: in time and equal to the bid; changes, payments and acceptance on record."""

from __future__ import annotations

from decimal import Decimal

from trading.beijing import law_date
from trading.codelists import Answer, Mark, Phase, ProjectType, Role
from trading.rules import contract_changes, purchase_results, sale_closing
from trading.rules.applies import only
from trading.rules.asking import COUNTY, Term, is_so, nothing_in, signed
from trading.rules.case import Case
from trading.rules.rule import Checklist, Due, Finding, Rule, Source, failed, holds, known, not_applicable
from trading.rules.wording import percent, yuan_en, yuan_zh
from trading.steps import Step

ZTB, ZTBT, D12 = "招标投标法", "招标投标法实施条例", "评标委员会和评标方法暂行规定"
D30, ZFTZ = "工程建设项目施工招标投标办法", "政府投资条例"
OPINIONS = "关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见"
DRAWN_UP = (Step.DRAFT_CONTRACT, Step.SIGN_CONTRACT, Step.DRAFT_SALE_CONTRACT)
HUNDRED = Decimal(100)

RULE = Rule(
    "R17",
    "合同签订与履约变更制度",
    "Contract, performance, change",
    Phase.FOLLOW_UP,
    "按期签约，合同与投标一致；履约、变更、付款、验收报平台直至办结。",
    "Contract in time and equal to the bid; performance, changes, payment and acceptance are reported until closing.",
)


def _signing(case: Case) -> Term:
    told = known(case.award.notified_at, "中标通知书", "the award notice")
    return Term(law_date(told), case.values["contract"], "订立合同", "sign the contract")


def _signing_due(case: Case) -> Due | None:
    if case.contract.signed_on is not None:
        return None
    return _signing(case).due(case, "招标人和中标人", "the owner and the winner")


@RULE.condition(
    "R17.C1",
    "R",
    "自中标通知书发出之日起三十日内、投标有效期内订立书面合同",
    "A written contract within thirty days of the award notice, inside the bid validity",
    steps=(Step.SIGN_CONTRACT,),
    sources=(Source(ZTB, "第四十六条"), Source(D12, "第四十九条"), Source(D30, "第六十二条")),
    due=_signing_due,
)
def signed_in_time(case: Case) -> Finding:
    """Thirty days from the notice; a last day that is a holiday moves on (T2). Works: inside the bid validity too."""
    signed = case.contract.signed_on
    until = case.evaluation.validity_until
    works = known(case.project.type, "项目类型", "the project type") is ProjectType.WORKS
    if works and signed is not None and until is not None and signed > until:
        return failed(f"投标有效期内（至{until}）", str(signed), f"inside the bid validity ({until})", str(signed))
    finding = _signing(case).kept(case, signed)
    if works and signed is not None:
        known(until, "投标有效期", "the bid validity")
    return finding


RULE.condition(
    "R17.C2",
    "R",
    "土地出让按成交确认书签约，一个月内付一半，按期付清",
    "Land: contract as confirmed, half the price in a month, all in time",
    steps=(Step.SIGN_CONTRACT, Step.HAND_OVER),
    sources=(
        Source("国土资发〔2010〕34号", "", Mark.TO_BE_VERIFIED),
        Source("城镇国有土地使用权出让和转让暂行条例", "第十四条"),
    ),
    due=sale_closing.next_land_contract,
)(sale_closing.land_paid)


RULE.condition(
    "R17.C3",
    "R",
    "国有资产价款五个工作日内付清；分期的首期不低于百分之三十，其余有担保、计息，一年内付清",
    "State assets: paid in five working days, or thirty per cent then and the rest secured in a year",
    steps=(Step.HAND_OVER,),
    sources=(Source("企业国有资产交易监督管理办法（2016年第32号令）", "", Mark.TO_BE_VERIFIED),),
)(sale_closing.state_price_paid)


@RULE.condition(
    "R17.C4",
    "B",
    "合同标的、价款、质量、期限等主要条款与招标文件和中标投标文件一致",
    "Object, price, quality and time of the contract equal the tender and the winning bid",
    steps=DRAWN_UP,
    sources=(Source(ZTB, "第四十六条"), Source(ZTBT, "第五十七条")),
)
def equals_bid(case: Case) -> Finding:
    """Compared field by field: the list of differences is empty."""
    return nothing_in(case.contract.differences, "无差异", "no difference")


@RULE.condition(
    "R17.C5",
    "B",
    "履约保证金不超过合同价的百分之十；要求履约担保的同时提供工程款支付担保",
    "Performance bond at most a tenth of the price; who asks for one gives a payment guarantee",
    steps=DRAWN_UP,
    sources=(Source(ZTBT, "第五十八条"), Source(D30, "第六十二条第二款")),
)
def bond_bounded(case: Case) -> Finding:
    """At most ten per cent; works: the owner that asks for one gives a payment guarantee at the same time."""
    price = known(case.contract.price, "合同价", "the contract price")
    bond = case.contract.performance_bond
    if not bond:
        return not_applicable("合同未约定履约保证金", "the contract agrees no performance bond")
    most = case.values["performance_max"]
    if bond > most * price:
        return failed(
            f"不超过合同价的{percent(most)}", yuan_zh(bond), f"at most {percent(most)} of the price", yuan_en(bond)
        )
    works = known(case.project.type, "项目类型", "the project type") is ProjectType.WORKS
    given = not works or known(case.contract.payment_guarantee, "工程款支付担保", "the payment guarantee")
    return holds(
        given,
        f"不超过合同价的{percent(most)}，并提供支付担保",
        yuan_zh(bond) + ("" if given else "，未提供支付担保"),
        f"at most {percent(most)} of the price, with a payment guarantee",
        yuan_en(bond) + ("" if given else ", no payment guarantee"),
    )


RULE.condition(
    "R17.C6",
    "R",
    "采购合同二个工作日内公告，七个工作日内报财政部门备案",
    "A procurement contract is published in two and filed with finance in seven working days",
    steps=(Step.FILE_CONTRACT,),
    sources=(
        Source("政府采购法实施条例", "第五十条"),
        Source("政府采购法", "第四十七条"),
    ),
    due=purchase_results.next_of_contract,
)(purchase_results.contract_told)


def _filing(case: Case) -> Term:
    signed = known(case.contract.signed_on, "合同签订日", "the day of signing")
    return Term(signed, case.values["works_contract_file_wd"], "公开并备案合同", "publish and file the contract", True)


def _filing_due(case: Case) -> Due | None:
    return None if case.contract.filed_at else _filing(case).due(case, "招标人", "the owner")


@RULE.condition(
    "R17.C7",
    "A",
    "合同信息公开并在规定时限内备案",
    "The contract is published and filed in time",
    steps=(Step.FILE_CONTRACT,),
    sources=(Source(OPINIONS, "第七条"), COUNTY),
    due=_filing_due,
)
@only(ProjectType.WORKS)
def filed(case: Case) -> Finding:
    """Contract information published and, by county rule, filed within its working days."""
    at = case.contract.filed_at
    return _filing(case).kept(case, law_date(at) if at else None)


RULE.condition(
    "R17.C8",
    "B",
    "采购补充合同累计不超过原合同金额的百分之十，标的相同、其他条款不变",
    "Supplements to a procurement contract: at most a tenth in all, the same object, other terms unchanged",
    steps=(Step.PROPOSE_CHANGE, Step.DECIDE_CHANGE),
    sources=(
        Source("政府采购法", "第四十九条"),
        Source("政府采购法实施条例", "第六十七条第五项"),
    ),
)(purchase_results.supplements_bounded)


RULE.condition(
    "R17.C9",
    "R",
    "合同变更：超过批准概算或者变更地点、规模、内容的，先经原审批部门批准；累计比例分级预警",
    "Changes: beyond the approved total or in place, scale, content the approver decides first; shares warn in levels",
    steps=(Step.PROPOSE_CHANGE, Step.DECIDE_CHANGE, Step.ACCEPT_WORKS),
    sources=(Source(ZFTZ, "第二十一条"), Source(ZFTZ, "第二十三条"), Source(D30, "第六十四条"), COUNTY),
)(contract_changes.changes_in_bounds)


RULE.condition(
    "R17.C10",
    "R",
    "变更均载明理由、审批人；结算价不超过中标价规定比例",
    "Every change has reason and approver; the settlement is not too far above the award",
    steps=(Step.DECIDE_CHANGE, Step.ACCEPT_WORKS),
    sources=(Source(OPINIONS, "第七条"), COUNTY),
)(contract_changes.settled_near_award)


@RULE.condition(
    "R17.C11",
    "R",
    "不得转包和违法分包；分包限于非主体、非关键部分，经约定或者同意，只分包一次，不得指定分包人",
    "No transfer of the project; subcontracts only of lesser parts, by consent, once, and of nobody's naming",
    steps=(Step.ACCEPT_WORKS,),
    sources=(
        Source(ZTB, "第四十八条"),
        Source(ZTB, "第五十八条"),
        Source(ZTBT, "第五十九条"),
        Source(ZTBT, "第七十六条"),
        Source(D30, "第六十六条"),
        Source(D30, "第六十七条"),
        Source("政府采购法", "第四十八条"),
        Source("政府采购货物和服务招标投标管理办法", "第三十五条"),
    ),
    checklist=Checklist(
        "由谁实际施工、是否转包或者指定分包，只能到现场查验，平台没有记录可以反映",
        "Who really does the work, and whether it was passed on or a subcontractor named, is seen on site only",
        by=Role.OWNER,
    ),
)
@only(ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
def not_passed_on(case: Case) -> Finding:
    """What is on record is judged; that nothing else was passed on the owner signs after looking on site."""
    if case.contract.transferred:
        return failed("不得转包", "已转包", "not transferred", "transferred")
    wrong = [
        one.name
        for one in case.contract.subcontracts or ()
        if one.main_part or one.by_subcontractor or one.named_by_owner or not one.announced_or_consented
    ]
    if wrong:
        return nothing_in(wrong, "没有违法分包", "no unlawful subcontract")
    known(case.contract.signed_on, "合同签订日", "the day of signing")
    return signed(
        case, "R17.C11", "没有转包、违法分包和指定分包", "nothing passed on, no unlawful or named subcontract"
    )


@RULE.condition(
    "R17.C12",
    "R",
    "交付之日起三十日内付款，约定的最长不超过六十日",
    "Paid within thirty days of delivery, by agreement within sixty",
    steps=(Step.RECORD_PAYMENT,),
    sources=(Source("保障中小企业款项支付条例", "第九条"), Source("保障中小企业款项支付条例", "第十二条"), COUNTY),
)
def paid_in_time(case: Case) -> Finding:
    """The law protects small and medium enterprises; the county asks the same for every contractor.

    An agreed term counts up to the legal longest one.
    """
    payments = case.contract.payments
    if not payments:
        return not_applicable("没有付款", "no payment")
    agreed = case.terms.payment_days
    most, longest = case.values["sme_pay"], case.values["sme_pay_max"]
    days = most if agreed is None else min(agreed, longest)
    late = [
        str(payment.paid_on)
        for payment in payments
        if Term(payment.delivered_on, days, "付款", "pay").kept(case, payment.paid_on).answer is Answer.FAILED
    ]
    return nothing_in(late, f"交付后{days}日内付款", f"paid within {days} days of delivery")


def _completion(case: Case) -> Term:
    accepted = known(case.contract.accepted_on, "竣工验收日", "the day of acceptance")
    return Term(accepted, case.values["completion_filing"], "办理竣工验收备案", "file the completion")


def _completion_due(case: Case) -> Due | None:
    return None if case.contract.completion_filed_on else _completion(case).due(case, "建设单位", "the owner")


@RULE.condition(
    "R17.C13",
    "R",
    "竣工验收合格之日起十五日内备案",
    "The completion is filed within fifteen days of acceptance",
    steps=(Step.ACCEPT_WORKS, Step.ARCHIVE),
    sources=(Source("建设工程质量管理条例", "第四十九条"),),
    due=_completion_due,
)
@only(ProjectType.WORKS)
def completion_filed(case: Case) -> Finding:
    """Works: the completion is filed within fifteen days after acceptance."""
    return _completion(case).kept(case, case.contract.completion_filed_on)


@RULE.condition(
    "R17.C14",
    "B",
    "质量保证金不超过结算价的百分之三",
    "Quality retention at most three per cent",
    steps=DRAWN_UP,
    sources=(Source("建设工程质量保证金管理办法", "", Mark.TO_BE_VERIFIED),),
)
@only(ProjectType.WORKS)
def retention_bounded(case: Case) -> Finding:
    """Retention at most three per cent of the settlement price."""
    known(case.contract.price, "合同价", "the contract price")
    retention = case.contract.retention_percent
    if not retention:
        return not_applicable("合同未约定质量保证金", "the contract agrees no retention")
    most, share = case.values["retention_max"], retention / HUNDRED
    return holds(share <= most, f"不超过{percent(most)}", percent(share), f"at most {percent(most)}", percent(share))


@RULE.condition(
    "R17.C15",
    "A",
    "项目负责人为投标文件所列人员",
    "The project manager is the one named in the bid",
    steps=(Step.SIGN_CONTRACT,),
    sources=(Source(ZTB, "第二十七条"), COUNTY),
)
def manager_as_named(case: Case) -> Finding:
    """The manager named in the bid is the one on site; a change needs the owner's consent."""
    return is_so(
        case.contract.manager_on_site,
        "与投标文件一致",
        "as named in the bid",
        "与投标文件不一致",
        "not the one named in the bid",
    )


RULE.condition(
    "R17.C16",
    "R",
    "价款付清后交付和登记，收入按期上缴国库或者村集体",
    "Delivery and registration after full payment; the income to the treasury or the village in time",
    steps=(Step.HAND_OVER, Step.ARCHIVE),
    sources=(
        Source("行政事业性国有资产管理条例", "第二十五条"),
        Source("城镇国有土地使用权出让和转让暂行条例", "第十六条"),
        COUNTY,
    ),
    due=sale_closing.next_income,
)(sale_closing.delivered_after_payment)


RULE.condition(
    "R17.C17",
    "A",
    "工商企业流转土地经营权的，合同报发包方备案，不改变土地用途",
    "Land leased by a business: the contract is filed with the contract-giver, the use is kept",
    steps=(Step.HAND_OVER, Step.CHECK_USE),
    sources=(
        Source("农村土地承包法", "第三十六条"),
        Source("农村土地承包法", "第三十八条"),
    ),
)(sale_closing.village_lease_filed)
