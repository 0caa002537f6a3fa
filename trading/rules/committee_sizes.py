"""Questions about the size of committees and groups of other types 评审组人数 (R11.C2–C5); sources are given there."""

from __future__ import annotations

from trading.codelists import Method, ProjectType
from trading.experts.committee import check
from trading.rules.applies import only
from trading.rules.case import Case
from trading.rules.rule import Finding, holds, known, not_applicable
from trading.rules.wording import together
from trading.steps import Step


def _planned(case: Case, least: int) -> Finding:
    """While the group is planned, its size alone."""
    size = known(case.draw.size, "评审组人数", "the size of the group")
    return holds(
        size >= least and size % 2 == 1,
        f"不少于{least}人的单数", f"{size}人",
        f"odd, at least {least}", f"{size} members",
    )  # fmt: skip


def _formed(case: Case, least: int) -> Finding:
    """Odd, at least ``least``, two thirds of it experts, rounded up; its size alone while it is planned."""
    if case.step is Step.PLAN_DRAW:
        return _planned(case, least)
    seats = known(case.draw.seats, "评审组名单", "the seats of the group")
    size, experts = len(seats), sum(seat.is_expert for seat in seats)
    wrong = check(size, experts, size - experts, least)
    return holds(
        not wrong,
        f"不少于{least}人的单数，专家不少于三分之二", f"{size}人，其中专家{experts}人",
        f"odd, at least {least}, two thirds of them experts", f"{size} members, {experts} of them experts",
    )  # fmt: skip


def _chosen(case: Case) -> Method:
    return known(case.method.chosen, "交易方式", "the method")


def _other(method: Method) -> Finding:
    return not_applicable(f"交易方式为{method.zh}", f"the method is: {method.en}")


@only(ProjectType.GP)
def procurement_committee(case: Case) -> Finding:
    """Five or more; seven from ten million on, or where complex or of wide effect; the chair is no owner's man."""
    budget = known(case.lot.budget, "预算", "the budget")
    large = (
        budget >= case.values["gp_committee7_budget"]
        or known(case.purchase.complex, "技术是否复杂", "whether it is technically complex")
        or known(case.purchase.wide_effect, "社会影响是否较大", "whether its social effect is wide")
    )
    size = _formed(case, case.values["gp_committee_large_min" if large else "committee_min"])
    if case.step is Step.PLAN_DRAW:
        return size
    owners = known(case.purchase.chair_is_owners, "组长是否采购人代表", "whether the chair is the buyer's")
    chair = holds(
        not owners,
        "组长非采购人代表", "采购人代表任组长" if owners else "组长非采购人代表",
        "the chair is no buyer's man", "the buyer's man has the chair" if owners else "he is not",
    )  # fmt: skip
    return together(size, chair)


def _at_tender_size(case: Case) -> bool:
    """Whether the purchase reaches the open-tender threshold, or works the size that must be tendered."""
    budget = known(case.lot.budget, "预算", "the budget")
    works = known(case.purchase.works, "是否政府采购工程", "whether works are bought")
    return bool(budget >= case.values["mandatory_tender_construction" if works else "gp_open_tender_threshold"])


@only(ProjectType.GPN)
def negotiation_group(case: Case) -> Finding:
    """Three or more, five from the tender threshold on; a complex negotiation has a law expert."""
    method = _chosen(case)
    if method not in (Method.NEGOTIATION, Method.INQUIRY):
        return _other(method)
    size = _formed(case, case.values["gpn_group_large_min" if _at_tender_size(case) else "gpn_group_min"])
    if method is Method.INQUIRY or case.step is Step.PLAN_DRAW or not known(
        case.purchase.complex, "技术是否复杂", "whether it is technically complex"
    ):
        return size
    lawyers = known(case.purchase.law_experts, "法律专家人数", "how many law experts sit")
    law = holds(
        lawyers >= 1,
        "包含一名法律专家", f"法律专家{lawyers}名",
        "one law expert among them", f"{lawyers} law experts",
    )  # fmt: skip
    return together(size, law)


@only(ProjectType.GPN)
def consultation_group(case: Case) -> Finding:
    """Three or more, odd, two thirds experts."""
    method = _chosen(case)
    if method is not Method.CONSULTATION:
        return _other(method)
    return _formed(case, case.values["consultation_group_min"])


@only(ProjectType.LAND)
def land_group(case: Case) -> Finding:
    """A land tender has a group of five or more, odd; the order says nothing of the share of experts."""
    method = _chosen(case)
    if method not in (Method.OPEN_TENDER, Method.INVITED_TENDER):
        return _other(method)
    least = case.values["land_committee_min"]
    if case.step is Step.PLAN_DRAW:
        return _planned(case, least)
    size = len(known(case.draw.seats, "评标小组名单", "the seats of the group"))
    return holds(
        size >= least and size % 2 == 1,
        f"不少于{least}人的单数", f"{size}人",
        f"odd, at least {least}", f"{size} members",
    )  # fmt: skip
