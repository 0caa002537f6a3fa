"""R17 合同签订与履约变更制度: in time and equal to the bid; changes, payments and acceptance on record."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trading.beijing import law_date
from trading.codelists import Answer, Mark, Phase, ProjectType
from trading.rules.applies import only
from trading.rules.asking import COUNTY, Term, is_so, nothing_in
from trading.rules.case import Case, ChangeFacts
from trading.rules.rule import Due, Finding, Rule, Source, failed, holds, known, not_applicable
from trading.rules.wording import percent, yuan_en, yuan_zh
from trading.steps import Step

ZTB, ZTBT, D12 = "招标投标法", "招标投标法实施条例", "评标委员会和评标方法暂行规定"
D30, ZFTZ = "工程建设项目施工招标投标办法", "政府投资条例"
OPINIONS = "关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见"
DRAWN_UP = (Step.DRAFT_CONTRACT, Step.SIGN_CONTRACT)
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


def _beyond(case: Case) -> Iterator[tuple[ChangeFacts, str, str]]:
    """The changes that only the original approver may decide, each with its reason."""
    price = known(case.contract.price, "合同价", "the contract price")
    approved = known(case.project.estimate_total, "批准的概算总额", "the approved total")
    total = price
    for change in case.contract.changes:
        total += change.amount
        if change.touches_scope:
            yield change, "变更建设地点、规模或内容", "place, scale or content"
        elif total > approved:
            yield change, f"累计{yuan_zh(total)}超过概算{yuan_zh(approved)}", f"{yuan_en(total)} exceeds the total"


@RULE.condition(
    "R17.C9",
    "B",
    "超过批准概算或者变更地点、规模、内容的，先经原审批部门批准",
    "Above the approved total, or changing place, scale or content: the original approver decides first",
    steps=(Step.DECIDE_CHANGE, Step.ACCEPT_WORKS),
    sources=(Source(ZFTZ, "第二十一条"), Source(ZFTZ, "第二十三条"), Source(D30, "第六十四条")),
)
@only(ProjectType.WORKS)
def changes_within_total(case: Case) -> Finding:
    """Contract and changes stay in the approved total; beyond it the original approver has decided.

    While one change is decided, others may still wait; at the acceptance none may.
    """
    if not case.contract.changes:
        known(case.contract.price, "合同价", "the contract price")
        return not_applicable("没有合同变更", "no change")
    deciding = case.step is Step.DECIDE_CHANGE
    open_ = [
        (zh, en)
        for change, zh, en in _beyond(case)
        if (change.approved_at is None and not deciding) or (change.approved_at is not None and not change.approver)
    ]
    return holds(
        not open_,
        "在概算内，或者原审批部门已批准",
        "；".join(zh for zh, _ in open_) or "已在概算内或已批准",
        "inside the total, or decided by the original approver",
        "; ".join(en for _, en in open_) or "inside the total or decided",
    )


def _share(case: Case) -> Decimal:
    """What the changes come to, as a share of the contract price."""
    price = known(case.contract.price, "合同价", "the contract price")
    return sum((change.amount for change in case.contract.changes), Decimal(0)) / price


def _below(share: Decimal, limit: Decimal) -> Finding:
    words, shown = percent(limit), f"{share:.2%}"
    return holds(share < limit, f"累计低于{words}", shown, f"below {words} in all", shown)


@RULE.condition(
    "R17.C9A",
    "A",
    "合同累计变更达到黄色预警比例",
    "Changes reach the county's amber share",
    steps=(Step.PROPOSE_CHANGE, Step.DECIDE_CHANGE),
    sources=(COUNTY,),
)
@only(ProjectType.WORKS)
def changes_below_amber(case: Case) -> Finding:
    """No statutory percentage for works: the county warns from its amber share on, that share included."""
    return _below(_share(case), case.values["change_works_amber"])


@RULE.condition(
    "R17.C9R",
    "R",
    "合同累计变更达到红色预警比例",
    "Changes reach the county's red share",
    steps=(Step.PROPOSE_CHANGE, Step.DECIDE_CHANGE),
    sources=(COUNTY,),
)
@only(ProjectType.WORKS)
def changes_below_red(case: Case) -> Finding:
    """The county's red alarm from its red share on, that share included."""
    return _below(_share(case), case.values["change_works_red"])


@RULE.condition(
    "R17.C10",
    "R",
    "变更均载明理由、审批人；结算价不超过中标价规定比例",
    "Every change has reason and approver; the settlement is not too far above the award",
    steps=(Step.DECIDE_CHANGE, Step.ACCEPT_WORKS),
    sources=(Source(OPINIONS, "第七条"), COUNTY),
)
def settled_near_award(case: Case) -> Finding:
    """Low award, high settlement: red over the county's share; each change carries reason, approver and amount."""
    bare = sum(not (change.reason and change.approver) for change in case.contract.changes)
    if bare:
        return failed("逐项载明", f"{bare}项缺理由或审批人", "each complete", f"{bare} without reason or approver")
    if case.step is Step.DECIDE_CHANGE:
        return holds(True, "逐项载明", "逐项载明", "each complete", "each complete")
    settled = known(case.contract.settlement, "结算价", "the settlement")
    award = known(case.award.price, "中标价", "the award price")
    most, over = case.values["settlement_over_award_red"], (settled - award) / award
    return holds(over <= most, f"不超过{percent(most)}", f"{over:.2%}", f"at most {percent(most)}", f"{over:.2%}")


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
