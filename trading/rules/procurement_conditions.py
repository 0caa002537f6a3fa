"""Questions about government procurement before its notice 政府采购前置条件 (R03, R04); ids are given there."""

from __future__ import annotations

from decimal import Decimal

from trading.codelists import Answer, Category, EvaluationMethod, Method, ProjectType
from trading.rules.applies import only, unless_refused, unless_returned
from trading.rules.asking import all_so
from trading.rules.case import Case
from trading.rules.rule import Finding, failed, holds, known, not_applicable
from trading.rules.wording import percent, yuan_en, yuan_zh

PRICE_WEIGHTS = {Category.GOODS: "gp_price_weight_min_goods", Category.SERVICES: "gp_price_weight_min_service"}
PROCUREMENT = (ProjectType.GP, ProjectType.GPN)
COMPETING = (Method.NEGOTIATION, Method.CONSULTATION, Method.INQUIRY)

MEASURES_OF_SIZE = {
    "registered_capital": ("注册资本", "registered capital"),
    "total_assets": ("资产总额", "total assets"),
    "revenue": ("营业收入", "revenue"),
    "staff": ("从业人员", "staff"),
    "profit": ("利润", "profit"),
    "tax": ("纳税额", "tax"),
}
TWO_SUFFICE = {
    "two_left_after_tender": (Method.NEGOTIATION,),
    "research_with_thin_market": (Method.CONSULTATION,),
    "bought_services": (Method.CONSULTATION,),
}
AUTHORISATION = "manufacturer_authorisation"
CHANGED = "changed"


@only(*PROCUREMENT)
@unless_returned
def no_measure_of_size(case: Case) -> Finding:
    """Hits on measures of size or the maker's authorisation (D87 17): only a change cures them, no justification."""
    hits = known(case.terms.scan_hits, "公平竞争扫描结果", "the result of the fair-competition scan")
    standing = {hit.kind for hit in hits if hit.answer != CHANGED}
    faults = [words for kind, words in MEASURES_OF_SIZE.items() if kind in standing]
    if AUTHORISATION in standing and not known(case.procurement.imported, "是否进口货物", "whether goods are imported"):
        faults.append(("厂家授权", "the maker's authorisation"))
    return holds(
        not faults,
        "不要求规模条件和厂家授权", "、".join(zh for zh, _ in faults) or "未要求",
        "no measure of size or authorisation asked", ", ".join(en for _, en in faults) or "none asked",
    )  # fmt: skip


@only(*PROCUREMENT)
@unless_returned
def price_weighs_enough(case: Case) -> Finding:
    """The weight of the price, where factors are scored, against the least of goods or services (D87 55)."""
    method = known(case.terms.evaluation_method, "评标方法", "the evaluation method")
    if method is EvaluationMethod.LOWEST_EVALUATED_PRICE:
        return not_applicable("最低评标价法", "evaluated by the lowest price")
    category = known(case.lot.category, "标段类别", "the category of the lot")
    if category is Category.CONSTRUCTION:
        return not_applicable("工程不适用", "not for works")
    asked = case.procurement
    if known(asked.price_fixed_by_state, "是否执行国家统一定价", "whether the State fixes the price"):
        return not_applicable("执行国家统一定价", "the State fixes the price")
    weight = known(asked.price_weight, "价格分权重", "the weight of the price")
    least = Decimal(case.values[PRICE_WEIGHTS[category]])
    return holds(
        weight >= least, f"不低于{percent(least)}", percent(weight), f"at least {percent(least)}", percent(weight)
    )


@only(*PROCUREMENT)
@unless_returned
def standard_goods_go_by_price(case: Case) -> Finding:
    """The lowest price method, where goods or services follow one standard."""
    standard = known(case.procurement.standard_goods, "技术、服务标准是否统一", "whether the goods are standard")
    if not standard:
        return not_applicable("标准不统一", "not standard goods or services")
    method = known(case.terms.evaluation_method, "评标方法", "the evaluation method")
    lowest = EvaluationMethod.LOWEST_EVALUATED_PRICE
    return holds(method is lowest, lowest.zh, method.zh, lowest.en, method.en)


def in_band(share: Decimal, least: Decimal, most: Decimal) -> Finding:
    """Whether a share lies within its band, both ends included."""
    band, band_en = f"{percent(least)}至{percent(most)}", f"{percent(least)} to {percent(most)}"
    return holds(least <= share <= most, band, percent(share), band_en, percent(share))


@only(*PROCUREMENT)
@unless_returned
def deductions_keep_their_band(case: Case) -> Finding:
    """The deduction by category, the bonus where works are scored without the lowest price; then domestic products."""
    asked, category = case.procurement, known(case.lot.category, "标段类别", "the category of the lot")
    works = category is Category.CONSTRUCTION
    names = ("sme_works_min", "sme_works_max") if works else ("sme_deduction_min", "sme_deduction_max")
    share = asked.sme_score_bonus if works and asked.sme_deduction is None else asked.sme_deduction
    share = known(share, "小微企业价格扣除", "the deduction for small enterprises")
    finding = in_band(share, *(Decimal(case.values[name]) for name in names))
    if finding.answer is Answer.FAILED:
        return finding
    if not known(asked.domestic_competes, "本国产品是否与非本国产品竞争", "whether domestic products compete"):
        return finding
    due = Decimal(case.values["domestic_deduction"])
    given = known(asked.domestic_deduction, "本国产品价格扣除", "the deduction for domestic products")
    return holds(given == due, f"本国产品{percent(due)}", percent(given), f"domestic {percent(due)}", percent(given))


def chosen_method(case: Case) -> Method:
    """The method chosen. Raises Missing when none is."""
    return known(case.method.chosen, "交易方式", "the trading method")


def above_threshold(case: Case) -> bool:
    """Whether the lot reaches the open-tender threshold of procurement. Raises Missing without an estimate."""
    estimate = known(case.lot.estimate, "采购预算", "the estimate of the contract")
    return bool(estimate >= case.values["gp_open_tender_threshold"])


@only(*PROCUREMENT)
@unless_refused
def threshold_is_kept(case: Case) -> Finding:
    """The threshold in force is no lower than the national floor, and from it on the tender is open or excepted."""
    threshold, floor = case.values["gp_open_tender_threshold"], case.values["gp_threshold_floor"]
    if threshold < floor:
        return failed(
            f"数额标准不低于{yuan_zh(floor)}", yuan_zh(threshold),
            f"a threshold of at least {yuan_en(floor)}", yuan_en(threshold),
        )  # fmt: skip
    chosen, below = chosen_method(case), not above_threshold(case)
    lawful = below or chosen is Method.OPEN_TENDER
    if not lawful:
        lawful = known(case.method.approved, "财政部门批准", "the approval of the finance department")
    told_zh, told_en = ("未达标准", "below the threshold") if below else ("达到标准", "threshold reached")
    return holds(
        lawful,
        f"达到{yuan_zh(threshold)}的公开招标或者经批准", f"{told_zh}，{chosen.zh}",
        f"from {yuan_en(threshold)} on, an open tender or an approval", f"{told_en}, {chosen.en}",
    )  # fmt: skip


@only(ProjectType.WORKS, *PROCUREMENT)
def enough_are_invited(case: Case) -> Finding:
    """Three invited; a procurement draws them from a long enough list before two witnesses, on record."""
    if chosen_method(case) is not Method.INVITED_TENDER:
        return not_applicable("不是邀请招标", "no invited tender")
    invited, least = known(case.method.invitees, "受邀人数", "how many are invited"), case.values["invitees_min"]
    if invited < least or case.project.type is ProjectType.WORKS:
        return holds(invited >= least, f"不少于{least}家", f"{invited}家", f"at least {least}", str(invited))
    asked = case.procurement
    enough: bool | None = asked.invited_by_prequalification
    if not known(enough, "是否以资格预审产生名单", "whether a prequalification made the list"):
        listed = asked.listed_suppliers
        enough = None if listed is None else listed >= case.values["gp_list_multiple"] * invited
    staff = asked.staff_watching
    watched = None if staff is None else staff >= case.values["gp_staff_watching_min"]
    return all_so(
        (asked.invitees_by_lot, "随机抽取", "drawn at random"),
        (enough, "备选名单足够", "a list that is long enough"),
        (watched, "两名以上工作人员监督", "watched by two"),
        (asked.invitation_recorded, "书面记录", "recorded in writing"),
    )


@only(ProjectType.WORKS, *PROCUREMENT)
def enough_suppliers_compete(case: Case) -> Finding:
    """Three suppliers, or two in one of the named cases of the method."""
    chosen = chosen_method(case)
    if chosen not in COMPETING:
        return not_applicable("不是谈判、磋商、询价", "no negotiation, consultation or inquiry")
    if case.purchase.by_notice and case.procurement.suppliers is None:
        return not_applicable("以公告征集供应商，开启时核对", "found by public notice: counted at the opening")
    suppliers = known(case.procurement.suppliers, "供应商数量", "how many suppliers take part")
    least = case.values["gp_suppliers_min"]
    enough, told, told_en = suppliers >= least, f"{suppliers}家", str(suppliers)
    if suppliers == least - 1:
        named = known(case.procurement.two_suffice, "两家可以继续的法定情形", "the case in which two are enough")
        enough = chosen in TWO_SUFFICE.get(named, ())
    return holds(enough, f"不少于{least}家，或者法定情形", told, f"at least {least}, or a named case", told_en)


@only(*PROCUREMENT)
def owner_recommends_half_at_most(case: Case) -> Finding:
    """The owner's share of the suppliers that were recommended in writing."""
    recommended = known(case.procurement.recommended, "书面推荐的供应商数量", "how many suppliers were recommended")
    if not recommended:
        return not_applicable("未采用书面推荐", "nobody was recommended in writing")
    own = known(case.procurement.recommended_by_owner, "采购人推荐数量", "how many the owner recommended")
    share, most = Decimal(own) / recommended, Decimal(case.values["gp_owner_recommended_max"])
    return holds(
        share <= most,
        f"采购人推荐不超过{percent(most)}", f"{own}/{recommended}",
        f"at most {percent(most)} by the owner", f"{own} of {recommended}",
    )  # fmt: skip
