"""Questions about who examines qualification 资格审查 and what follows (R10.C5, C15, C16); sources are given there."""

from __future__ import annotations

from trading.codelists import Method, ProjectType
from trading.methods.rejection import RejectionClause
from trading.rules.applies import only
from trading.rules.case import Case
from trading.rules.rule import Finding, holds, known, not_applicable

TENDERS = (Method.OPEN_TENDER, Method.INVITED_TENDER)
AFTERWARDS = ("采用资格后审", "qualification is examined after the opening")


def _held(case: Case) -> bool:
    return known(case.prequalification.held, "资格审查方式", "how qualification is examined")


def only_those_who_passed(case: Case) -> Finding:
    """Every bidder is among the applicants that passed the prequalification."""
    if not _held(case):
        return not_applicable(*AFTERWARDS)
    passed = known(case.prequalification.passed, "通过资格预审的申请人", "the applicants that passed")
    if not case.bids:
        return not_applicable("没有投标", "no bid")
    foreign = ", ".join(bid.name or bid.bidder for bid in case.bids if bid.bidder not in passed)
    return holds(
        not foreign,
        "投标人均通过资格预审", f"未通过的：{foreign}" if foreign else "均通过",
        "every bidder passed", f"did not pass: {foreign}" if foreign else "all passed",
    )  # fmt: skip


@only(ProjectType.GP)
def enough_are_qualified(case: Case) -> Finding:
    """The buyer or agency examines after the opening; with fewer than three qualified nothing is evaluated."""
    if case.method.chosen is not None and case.method.chosen not in TENDERS:
        return not_applicable("不是招标", "no tender")
    if _held(case):
        return not_applicable("采用资格预审", "a prequalification was held")
    qualified = known(case.purchase.qualified, "资格审查合格的投标人数", "how many bidders are qualified")
    least = case.values["bidders_min"]
    return holds(
        qualified >= least,
        f"不少于{least}家方可评标", f"合格{qualified}家",
        f"at least {least}, or no evaluation", f"{qualified} qualified",
    )  # fmt: skip


@only(ProjectType.WORKS)
def committee_examines(case: Case) -> Finding:
    """Every member examined the bids, and nobody but the committee rejected one for lack of qualification."""
    if _held(case):
        return not_applicable("采用资格预审", "a prequalification was held")
    members = known(case.evaluation.members, "评标委员会人数", "the number of members")
    sheets = known(case.evaluation.sheets, "评审表", "the members' sheets")
    clause = RejectionClause.NOT_QUALIFIED
    others = ", ".join(bid.name or bid.bidder for bid in case.bids if bid.rejected_clause == clause and bid.by_platform)
    wrong, wrong_en = [], []
    if sheets != members:
        wrong.append(f"{members}人中{sheets}人评审")
        wrong_en.append(f"{sheets} of {members} examined")
    if others:
        wrong.append(f"非由评标委员会认定：{others}")
        wrong_en.append(f"not by the committee: {others}")
    return holds(
        not wrong,
        "资格由评标委员会审查", "；".join(wrong) or f"{members}人均已评审",
        "qualification is examined by the committee", "; ".join(wrong_en) or f"all {members} examined",
    )  # fmt: skip
