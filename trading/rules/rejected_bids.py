"""Questions about rejected bids 否决投标与无效投标 (R12.C3, C4); their sources are given there."""

from __future__ import annotations

from collections.abc import Sequence

from trading.codelists import ProjectType
from trading.methods.rejection import InvalidBid, above_ceiling, clauses_of
from trading.rules.applies import only
from trading.rules.case import BidFacts, Case
from trading.rules.rule import Finding, failed, holds, known, passed
from trading.steps import Step

VOTING = (Step.REJECT_BID, Step.VOTE_REJECTION)


def names(bids: Sequence[BidFacts]) -> str:
    """The bidders' names, as a list."""
    return "、".join(sorted(bid.name or bid.bidder for bid in bids))


def bids(case: Case) -> tuple[BidFacts, ...]:
    """The bids. Raises Missing where there are none."""
    return known(case.bids or None, "投标文件", "the bids")


def standing_twice(bids: Sequence[BidFacts]) -> list[BidFacts]:
    """One of the bids of each bidder who has several that stand, while a bidder may hand in one (ZTBT 51(4))."""
    standing = [bid for bid in bids if bid.rejected_clause is None]
    holders = [bid.bidder for bid in standing]
    return [bid for at, bid in enumerate(standing) if holders.index(bid.bidder) == at and holders.count(bid.bidder) > 1]


def rejections_grounded(case: Case) -> Finding:
    """A ground of the closed list (works: seven, procurement: six), with clause, reason, votes; none above the ceiling.

    A price above the ceiling is a matter of figures, as is whatever else the platform itself finds at the opening (a
    bond that did not arrive): it is rejected without a vote. While motions are still made and
    voted on, another bid above the ceiling does not hinder them.
    """
    expected, expected_en = "条款、理由、表决齐全", "clause, reason and votes on record"
    ceiling = case.terms.ceiling
    listed = set(clauses_of(case.project.type or ProjectType.WORKS))
    rejected = [bid for bid in bids(case) if bid.rejected_clause is not None]
    for bid in rejected:
        if bid.rejected_clause not in listed or not bid.rejected_reason:
            name = bid.name or bid.bidder
            return failed(expected, f"{name}：条款或理由不合规", expected_en, f"{name}: clause or reason missing")
    standing = [
        bid
        for bid in case.bids
        if bid.rejected_clause is None and bid.total is not None and above_ceiling(bid.total, ceiling)
    ]
    if standing and case.step not in VOTING:
        who = names(standing)
        return failed(
            "超过最高投标限价的均已否决", f"未否决：{who}", "all above the ceiling rejected", f"standing: {who}"
        )
    if (twice := standing_twice(case.bids)) and case.step not in VOTING:
        who = names(twice)
        return failed("同一投标人只有一份投标", f"未否决：{who}", "one standing bid a bidder", f"standing twice: {who}")
    for bid in rejected:
        if not bid.by_platform and (bid.total is None or not above_ceiling(bid.total, ceiling)):
            known(bid.rejected_votes, "否决投标的表决", "the votes on a rejection")
    return passed(expected, f"否决{len(rejected)}份", expected_en, f"{len(rejected)} rejected")


@only(ProjectType.GP)
def invalid_bids_grounded(case: Case) -> Finding:
    """Each invalid bid has a ground of the list and a reason; none above the ceiling, or else the budget, stands."""
    most = known(case.terms.ceiling or case.lot.budget, "最高限价或者预算", "the ceiling or the budget")
    all_bids = bids(case)
    baseless = [
        bid
        for bid in all_bids
        if bid.rejected_clause is not None and (bid.rejected_clause not in tuple(InvalidBid) or not bid.rejected_reason)
    ]
    over = [
        bid
        for bid in all_bids
        if bid.rejected_clause is None and known(bid.total, "投标报价", "the price of a bid") > most
    ]
    wrong = [
        ("情形或者理由不合规", "ground or reason missing", baseless),
        ("超过限价未认定无效", "above it, standing", over),
    ]
    told = "；".join(f"{names(which)}：{zh}" for zh, _, which in wrong if which)
    told_en = "; ".join(f"{names(which)}: {en}" for _, en, which in wrong if which)
    count = sum(bid.rejected_clause is not None for bid in all_bids)
    return holds(
        not told,
        "无效投标属于所列情形并说明理由", told or f"无效投标{count}份",
        "invalid on a listed ground, with a reason", told_en or f"{count} invalid",
    )  # fmt: skip
