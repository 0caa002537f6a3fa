"""The signs of deemed collusion 视为串通投标 (R12.C9), compared over the traces that the bids left."""

from __future__ import annotations

from trading.rules.case import Case
from trading.rules.rule import Finding, holds, unknown


def _sharing(owners: dict[str, str]) -> str:
    """The bidders who have the same thing; ``owners`` is bidder to what he has."""
    values = list(owners.values())
    return "、".join(sorted(bidder for bidder, value in owners.items() if values.count(value) > 1))


def no_sign_of_collusion(case: Case) -> Finding:
    """Same author, same network address, bonds from one account, and what the committee itself found."""
    traces = (
        ("编制人相同", "same author", {bid.bidder: bid.author for bid in case.bids if bid.author}),
        ("网络地址相同", "same address", {bid.bidder: bid.address for bid in case.bids if bid.address}),
        ("保证金同一账户", "same account", {one.bidder: one.payer_account for one in case.bonds if one.payer_account}),
    )
    committee = case.evaluation.deemed_collusion
    found = [("评标委员会认定", "found by the committee", "、".join(committee))] if committee else []
    found += [(zh, en, _sharing(owners)) for zh, en, owners in traces if _sharing(owners)]
    if not found and not any(owners for _, _, owners in traces):
        return unknown("可比对的痕迹", "traces to compare")
    return holds(
        not found,
        "未发现所列情形",
        "；".join(f"{zh}：{who}" for zh, _, who in found) or "未发现",
        "no sign found",
        "; ".join(f"{en}: {who}" for _, en, who in found) or "none",
    )
