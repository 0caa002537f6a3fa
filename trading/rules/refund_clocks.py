"""When a deposit goes back 保证金退还期限 (R09.C8, C12, C13), type by type; the sources are given there."""

from __future__ import annotations

from datetime import date, datetime

from trading.beijing import law_date
from trading.codelists import BondForm, ProjectType
from trading.rules.applies import only
from trading.rules.case import BondFacts, Case
from trading.rules.other_deposits import buyer_of, refund_period
from trading.rules.rule import Due, Finding, failed, holds, known, not_applicable
from trading.working_days import end_moment


def after_contract(signed_on: date, case: Case) -> datetime:
    """The moment from which a refund after a works contract is late (ZTBT 57; a holiday rolls on, T2).

    Raises:
        UnknownYear: the working days of that year are not known.
    """
    return end_moment(case.calendar.end_of_period(signed_on, case.values["bond_refund_after_contract"]))


def after_sale(bond: BondFacts, case: Case) -> datetime | None:
    """Until when a deposit of who did not win a disposal goes back; None for the winner's, or before the end."""
    ended = case.disclosure.trade_ended_on
    if ended is None or bond.bidder == buyer_of(case):
        return None
    days = case.values[refund_period(case.project.type)]
    return end_moment(case.calendar.end_of_working_days(ended, days))


def refund_due(bond: BondFacts, case: Case) -> datetime | None:
    """Until when this bond is refunded: its own clock where one runs, else the contract's; None before either runs.

    In procurement the others' bonds go back in working days of the award notice, the winner's of the contract; in a
    disposal the others' in working days of its end, and the winner's becomes earnest money or price (R09.C12, C13).
    """
    if bond.refund_due_at is not None:
        return bond.refund_due_at
    if case.project.type is ProjectType.WORKS:
        return after_contract(case.contract.signed_on, case) if case.contract.signed_on else None
    if case.project.type is not None and not case.project.type.is_purchase:
        return after_sale(bond, case)
    if bond.bidder == case.award.winner:
        begins = case.contract.signed_on
    else:
        begins = law_date(case.award.notified_at) if case.award.notified_at else None
    if begins is None:
        return None
    return end_moment(case.calendar.end_of_working_days(begins, case.values["gp_bond_refund_wd"]))


def to_refund(case: Case) -> list[tuple[BondFacts, datetime]]:
    """The transferred bonds, not forfeited, whose clock runs, each with its moment."""
    found = []
    for bond in case.bonds:
        if bond.form is BondForm.TRANSFER and bond.forfeited_ground is None and not bond.transferred:
            due = refund_due(bond, case)
            if due is not None:
                found.append((bond, due))
    return found


def next_refund(case: Case) -> Due | None:
    """The next refund that waits."""
    moments = [due for bond, due in to_refund(case) if bond.refunded_at is None]
    if not moments:
        return None
    return Due(min(moments), "交易中心", "The centre", "退还投标保证金及利息", "Refund the bid bonds with interest")


@only(ProjectType.WORKS, ProjectType.GP, ProjectType.GPN)
def bonds_are_refunded_in_time(case: Case) -> Finding:
    """Every running clock is kept; for works what was refunded was refunded with interest."""
    clocks = to_refund(case)
    if not clocks:
        return not_applicable("没有已起算的退还期限", "no refund clock runs")
    late = sum((bond.refunded_at or case.now) >= due for bond, due in clocks)
    if late:
        return failed("按期退还", f"逾期{late}笔", "refunded in time", f"{late} late")
    refunded = [bond for bond, _ in clocks if bond.refunded_at is not None]
    told, told_en = (
        f"已退{len(refunded)}笔，待退{len(clocks) - len(refunded)}笔",
        f"{len(refunded)} of {len(clocks)} done",
    )
    if case.project.type is not ProjectType.WORKS:
        return holds(True, "按期退还", told, "refunded in time", told_en)
    bare = sum(not known(bond.interest_paid, "是否退还利息", "whether interest was paid") for bond in refunded)
    return holds(
        not bare,
        "按期连同利息退还", f"{bare}笔未付利息" if bare else told,
        "in time and with interest", f"{bare} without interest" if bare else told_en,
    )  # fmt: skip
