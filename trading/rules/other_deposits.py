"""Questions about deposits in procurement and disposals 采购与处置保证金 (R09); ids and sources are given there."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from trading.beijing import law_date
from trading.codelists import BondForm, ProjectType
from trading.methods.ranking import half_up
from trading.rules.applies import only
from trading.rules.asking import Term
from trading.rules.case import BondFacts, Case
from trading.rules.deposit_interest import YEAR
from trading.rules.rule import Due, Finding, holds, known, not_applicable
from trading.rules.wording import about, percent, stated, together, yuan_en, yuan_zh
from trading.values import Values
from trading.working_days import days_between


@only(ProjectType.GP, ProjectType.GPN)
def bond_is_not_cash(case: Case) -> Finding:
    """No bid stands without the bond that the documents ask for, and no bond was paid in cash."""
    if not known(case.terms.bond, "投标保证金数额", "the amount of the bid bond"):
        return not_applicable("不收取投标保证金", "no bid bond is asked for")
    standing = [bid for bid in case.bids if bid.rejected_clause is None and bid.opened is not False]
    if not standing:
        return not_applicable("没有有效投标", "no bid stands")
    cash = sum(known(bond.cash, "保证金是否现金提交", "whether a bond was paid in cash") for bond in case.bonds)
    paid = {bond.bidder for bond in case.bonds}
    bare = ", ".join(bid.name or bid.bidder for bid in standing if bid.bidder not in paid)
    form = holds(
        not cash,
        "以非现金形式提交", f"{cash}笔现金" if cash else "均非现金",
        "not in cash", f"{cash} in cash" if cash else "none in cash",
    )  # fmt: skip
    given = holds(
        not bare,
        "未提交的投标无效", f"未提交：{bare}" if bare else "均已提交",
        "a bid without bond is invalid", f"without: {bare}" if bare else "all given",
    )  # fmt: skip
    return together(form, given)


def late_charge(bond: BondFacts, case: Case) -> Decimal | None:
    """What is owed beside the principal for a late refund, in yuan, half-up to the fen; None where it is in time.

    Amount x benchmark rate x 1.2 x days late over the days of a year of interest. Source: D87 38 (checked); the length
    of that year is the county's choice.

    Raises:
        Missing: the benchmark rate is not known.
    """
    due, done = bond.refund_due_at, bond.refunded_at or case.now
    if due is None or done < due:
        return None
    rate = known(bond.benchmark_rate, "同期贷款基准利率", "the benchmark loan rate")
    return charge_for_delay(bond.amount, rate, due, done, case.values)


def charge_for_delay(amount: Decimal, rate: Decimal, due: datetime, done: datetime, values: Values) -> Decimal:
    """What is owed for a refund at ``done`` that was due before ``due``, in yuan; ``rate`` a share of one a year."""
    days = days_between(law_date(due), law_date(done)) + 1
    raised = rate * (1 + Decimal(values["gp_late_refund_surcharge"]))
    return half_up(Fraction(amount) * Fraction(raised) * days / int(values[YEAR]))


@only(ProjectType.GP)
def late_refunds_are_charged(case: Case) -> Finding:
    """Each late refund came with the benchmark rate and a fifth for the days of the delay."""
    owed = [(bond, charge) for bond in case.bonds if (charge := late_charge(bond, case)) is not None]
    if not owed:
        return not_applicable("没有逾期退还的保证金", "no refund is late")
    sum_owed = sum((charge for _, charge in owed), Decimal(0))
    paid = [known(bond.late_charge_paid, "已付超期资金占用费", "what was paid for the delay") for bond, _ in owed]
    short = any(given < charge for given, (_, charge) in zip(paid, owed, strict=True))
    sum_paid = sum(paid, Decimal(0))
    return holds(
        not short,
        f"超期资金占用费{yuan_zh(sum_owed)}", f"已付{yuan_zh(sum_paid)}",
        f"{yuan_en(sum_owed)} for the delay", f"{yuan_en(sum_paid)} paid",
    )  # fmt: skip


def buyer_of(case: Case) -> str | None:
    """Who bought: by the bidding, or of a disposal by bids by the award."""
    return case.bidding.winner or case.award.winner


def _losers(case: Case) -> list[BondFacts]:
    """The deposits that those who did not win have paid and not lost; none before the trade has ended."""
    if case.disclosure.trade_ended_on is None:
        return []
    others = [bond for bond in case.bonds if bond.bidder != buyer_of(case)]
    return [bond for bond in others if bond.form is BondForm.TRANSFER and bond.forfeited_ground is None]


def _refund(case: Case, name: str) -> Term:
    ended = known(case.disclosure.trade_ended_on, "交易结束日", "the day on which the trade ended")
    return Term(ended, case.values[name], "退还未成交者保证金", "Refund the deposits of those who did not win", True)


def _refunded(case: Case, name: str) -> list[Finding]:
    """Whether each of those who did not win had his deposit back in time."""
    return [
        _refund(case, name).kept(case, law_date(bond.refunded_at) if bond.refunded_at else None)
        for bond in _losers(case)
    ]


def refund_period(type_: ProjectType | None) -> str:
    """The name of the working days in which those who did not win have their deposit back, in values.toml."""
    return "land_deposit_refund_wd" if type_ is ProjectType.LAND else "asset_deposit_refund_wd"


def next_refund_to_losers(case: Case) -> Due | None:
    """Until when the deposits of those who did not win go back, while one waits."""
    if all(bond.refunded_at for bond in _losers(case)):
        return None
    return _refund(case, refund_period(case.project.type)).due(case, "交易中心", "The centre")


@only(ProjectType.LAND)
def land_deposit_is_large_enough(case: Case) -> Finding:
    """A fifth of the starting price at least; the winner's becomes earnest money, the others' goes back bare."""
    price = known(case.disclosure.starting_price, "起始价", "the starting price")
    deposit = known(case.disclosure.deposit, "竞买保证金", "the deposit")
    rate = Decimal(case.values["land_deposit_min_rate"])
    least = price * rate
    parts = [
        holds(
            deposit >= least,
            f"不少于起始价的{percent(rate)}（{yuan_zh(least)}）", yuan_zh(deposit),
            f"at least {percent(rate)} of the starting price ({yuan_en(least)})", yuan_en(deposit),
        )
    ]  # fmt: skip
    if case.disclosure.trade_ended_on is not None and buyer_of(case) is not None:
        earnest = known(
            case.disclosure.winners_deposit_is_earnest, "竞得人保证金是否转作定金", "what the winner's deposit became"
        )
        parts.append(stated(earnest, "竞得人保证金转作定金", "the winner's deposit as earnest money"))
    return together(*parts, *_refunded(case, "land_deposit_refund_wd"))


def _reserve(case: Case) -> tuple[Decimal, str, str]:
    """What the deposit is a share of: the reserve; while that is sealed the starting price, which is never higher.

    Raises:
        Missing: neither is known.
    """
    if case.disposal.reserve is None and case.disclosure.starting_price is not None:
        return case.disclosure.starting_price, "起始价", "the starting price"
    return known(case.disposal.reserve, "底价", "the reserve"), "底价", "the reserve"


@only(ProjectType.SOE, ProjectType.ADMIN, ProjectType.RURAL)
def asset_deposit_is_small_enough(case: Case) -> Finding:
    """At most the share of the reserve; deposits of those who did not win go back in the county's working days."""
    deposit = known(case.disclosure.deposit, "交易保证金", "the deposit")
    if not deposit:
        return not_applicable("不收取交易保证金", "no deposit is asked for")
    base, zh, en = _reserve(case)
    state = case.project.type is ProjectType.SOE
    rate = Decimal(case.values["soe_deposit_max_rate" if state else "asset_deposit_max_rate"])
    most = base * rate
    size = holds(
        deposit <= most,
        f"不超过{zh}的{percent(rate)}（{yuan_zh(most)}）", yuan_zh(deposit),
        f"at most {percent(rate)} of {en} ({yuan_en(most)})", yuan_en(deposit),
    )  # fmt: skip
    return together(about("保证金", "deposit", size), *_refunded(case, "asset_deposit_refund_wd"))
