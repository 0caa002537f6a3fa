"""Questions about the result and the delivery of a disposal 处置结果与交割条件 (R14.C9–C11, R16.C9, R17.C2–C17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trading.codelists import Answer, ProjectType
from trading.rules.applies import only
from trading.rules.asking import Term, all_kept, is_so
from trading.rules.case import Case
from trading.rules.rule import Due, Finding, Missing, failed, holds, known, not_applicable, passed
from trading.rules.sale_conditions import DISPOSALS
from trading.rules.wording import together, yuan_en, yuan_zh
from trading.working_days import add_days, add_months


def _publication(case: Case) -> Term:
    deal = known(case.sale_result.deal_on, "成交日", "the day of the deal")
    return Term(deal, case.values["land_result_notice_wd"], "公布结果", "publish the result", True)


def next_land_result(case: Case) -> Due | None:
    """Until when the result of a land grant must be published."""
    if case.project.type is not ProjectType.LAND or case.sale_result.published_on is not None:
        return None
    return _publication(case).due(case, "出让人、交易中心", "the grantor and the centre")


@only(ProjectType.LAND)
def land_result_published(case: Case) -> Finding:
    """Within ten working days after the event."""
    return _publication(case).kept(case, case.sale_result.published_on)


def _published_until(case: Case, last: date) -> Finding:
    until = known(case.sale_result.until, "结果公示（公告）截止日", "the last day of the publication")
    return holds(until >= last, f"公示至{last}", f"公示至{until}", f"published until {last}", f"until {until}")


@only(ProjectType.SOE)
def state_result_stands(case: Case) -> Finding:
    """The result of a state-asset trade stands on the net for five working days."""
    begun = known(case.sale_result.published_on, "结果公告日", "the day of the result notice")
    return _published_until(case, case.calendar.end_of_working_days(begun, case.values["soe_result_wd"]))


@only(ProjectType.ADMIN, ProjectType.RURAL, ProjectType.OTHER)
def other_result_stands(case: Case) -> Finding:
    """Three days by county rule, rolled on where the last is a holiday (T8); a village's also on its board."""
    begun = known(case.sale_result.published_on, "结果公示日", "the day of the publication")
    finding = _published_until(case, case.calendar.end_of_period(begun, case.values["sale_result_days"]))
    if finding.answer is Answer.FAILED or case.project.type is not ProjectType.RURAL:
        return finding
    board = known(case.sale_result.village_board_on, "村务公开栏公示日", "the day on the village board")
    return together(finding, holds(
        board <= begun, f"{begun}在村务公开栏公示", f"{board}在村务公开栏公示",
        f"on the village board by {begun}", f"on the village board {board}",
    ))  # fmt: skip


@only(*DISPOSALS)
def relisted_lawfully(case: Case) -> Finding:
    """No taker: listed again on the same terms, or with a lower reserve that was approved; a new notice in full."""
    again = case.relisting
    if not known(again.relisted, "是否重新挂牌", "whether it was listed again"):
        return not_applicable("未重新挂牌", "not listed again")
    parts = [
        is_so(again.full_new_notice, "重新足期公告", "a full new notice", "未重新足期公告", "no full new notice"),
    ]  # fmt: skip
    if known(again.reserve_lowered, "是否降低底价", "whether the reserve was lowered"):
        parts.append(is_so(
            again.lowering_approved, "降价已获批准", "the lower price is approved",
            "降价未获批准", "the lower price is not approved",
        ))  # fmt: skip
    else:
        parts.append(is_so(again.same_terms, "条件不变", "the same terms", "条件改变", "the terms changed"))
    return together(*parts)


def paid_by(case: Case, day: date) -> Decimal:
    """How much of the price was paid up to and including ``day``."""
    paid = known(case.delivery.paid, "价款支付记录", "the payments of the price")
    return sum((one.amount for one in paid if one.paid_on <= day), Decimal(0))


def _paid(case: Case, amount: Decimal, last: date) -> Finding:
    """Whether ``amount`` was paid by ``last``; short of it, it fails only once the day is over."""
    paid = paid_by(case, last)
    if paid < amount and case.today <= last:
        raise Missing(f"{last}前的付款（期限未满）", f"the payments until {last}, still in time")
    return holds(
        paid >= amount, f"{last}前付{yuan_zh(amount)}", f"已付{yuan_zh(paid)}",
        f"{yuan_en(amount)} by {last}", f"{yuan_en(paid)} paid",
    )  # fmt: skip


def _all_paid(case: Case, *parts: tuple[Decimal, date]) -> Finding:
    """Whether each of several amounts was paid by its day; one that was not fails, whatever else is still open."""
    found, missing = [], []
    for amount, last in parts:
        try:
            found.append(_paid(case, amount, last))
        except Missing as open_:
            missing.append(open_)
    finding = together(*found) if found else None
    if finding is not None and finding.answer is Answer.FAILED:
        return finding
    if missing or finding is None:
        raise missing[0]
    return finding


def _price(case: Case) -> Decimal:
    return known(case.delivery.price, "成交价款", "the price")


def _land_contract(case: Case) -> tuple[Term, Finding | None]:
    deal = known(case.delivery.deal_on, "成交日", "the day of the deal")
    term = Term(deal, case.values["land_contract_wd"], "签订出让合同", "sign the land contract", True)
    by, signed = case.delivery.contract_by, case.contract.signed_on
    late = by is not None and (case.today if signed is None else signed) > by
    if not late:
        return term, None
    return term, failed(
        f"确认书约定{by}", f"{signed or '尚未签订'}", f"confirmed for {by}", f"{signed or 'not signed'}"
    )


def next_land_contract(case: Case) -> Due | None:
    """Until when the land contract must be signed."""
    if case.project.type is not ProjectType.LAND or case.contract.signed_on is not None:
        return None
    return _land_contract(case)[0].due(case, "出让人、竞得人", "the grantor and the winner")


@only(ProjectType.LAND)
def land_paid(case: Case) -> Finding:
    """Contract by the day confirmed, in ten working days at most; half in a month, all in a year and in sixty days.

    The sixty days of the regulation give way to the term that the approved plan agrees.
    """
    term, broken = _land_contract(case)
    if broken:
        return broken
    signed = case.contract.signed_on
    contract = term.kept(case, signed)
    if signed is None or contract.answer is Answer.FAILED:
        return contract
    known(case.delivery.contract_by, "成交确认书约定的签约日", "the day named in the confirmation")
    price, values = _price(case), case.values
    whole = case.delivery.plan_term_until or add_days(signed, values["land_price_full"])
    return together(contract, _all_paid(
        case,
        (price * values["land_half_share"], add_months(signed, values["land_half_months"])),
        (price, min(whole, add_months(signed, values["land_whole_months"]))),
    ))  # fmt: skip


@only(ProjectType.SOE)
def state_price_paid(case: Case) -> Finding:
    """Within five working days; by instalments: a first share then, the rest secured, with interest, in a year."""
    begun = known(case.delivery.effective_on, "合同生效日", "when the contract took effect")
    price, values = _price(case), case.values
    five = case.calendar.end_of_working_days(begun, values["soe_price_wd"])
    if not known(case.delivery.instalments_agreed, "是否约定分期付款", "whether instalments are agreed"):
        return _paid(case, price, five)
    paid = _all_paid(
        case,
        (price * values["soe_first_instalment"], five),
        (price, add_months(begun, values["soe_instalments_months"])),
    )
    return together(
        paid,
        is_so(
            case.delivery.rest_secured,
            "其余价款有担保",
            "the rest is secured",
            "其余价款无担保",
            "the rest is not secured",
        ),
        is_so(case.delivery.interest_agreed, "按约计息", "interest agreed", "未约定利息", "no interest agreed"),
    )


def _income(case: Case) -> Term:
    had = known(case.delivery.income_received_on, "收到价款日", "when the price was received")
    return Term(had, case.values["income_paid_wd"], "上缴处置收入", "hand on the income", True)


def next_income(case: Case) -> Due | None:
    """Until when the income must be with the treasury or the village."""
    if case.delivery.income_paid_on is not None:
        return None
    return _income(case).due(case, "出让人、转让方", "the seller")


@only(*DISPOSALS)
def delivered_after_payment(case: Case) -> Finding:
    """Delivery and registration only after full payment; the income goes to the treasury or the village in time."""
    price, delivery = _price(case), case.delivery
    for day, zh, en in ((delivery.delivered_on, "交付", "delivered"), (delivery.registered_on, "登记", "registered")):
        if day is not None and paid_by(case, day) < price:
            return failed(
                f"付清后{zh}", f"{day}{zh}时未付清", f"{en} after full payment", f"{en} {day}, not fully paid"
            )
    finding = all_kept(case, (_income(case), delivery.income_paid_on))
    if finding.answer is Answer.FAILED:
        return finding
    delivered = known(delivery.delivered_on, "交付日", "the day of delivery")
    registered = known(delivery.registered_on, "权属登记日", "the day of registration")
    told, told_en = f"{delivered}交付、{registered}登记", f"delivered {delivered}, registered {registered}"
    return together(passed("付清后交付、登记", told, "delivered after full payment", told_en), finding)


@only(ProjectType.RURAL)
def village_lease_filed(case: Case) -> Finding:
    """Land leased by a business: the contract is filed with the contract-giver, and the use is not changed."""
    leased = known(case.delivery.leased_to_business, "是否流转给工商企业", "whether a business leased the land")
    if not leased:
        return not_applicable("未流转给工商企业", "not leased to a business")
    return together(
        is_so(
            case.delivery.filed_with_contract_giver, "合同报发包方备案", "filed with the contract-giver",
            "合同未报发包方备案", "not filed with the contract-giver",
        ),
        is_so(case.delivery.use_kept, "未改变土地用途", "use kept", "改变土地用途", "use changed"),
    )  # fmt: skip
