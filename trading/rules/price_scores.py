"""Whether the price scores of a procurement are exact 价格分 (R12.C10, formulas F1 and F1b of the rulebook)."""

from __future__ import annotations

from trading.codelists import EvaluationMethod, Method, ProjectType
from trading.methods.comprehensive import low_price_first
from trading.methods.ranking import half_up
from trading.rules.applies import only
from trading.rules.case import Case
from trading.rules.rule import Finding, holds, known, not_applicable
from trading.rules.wording import percent


@only(ProjectType.GP, ProjectType.GPN)
def price_scores_exact(case: Case) -> Finding:
    """The lowest quote over each quote, times the weight of the price in points; no quote is left out of it."""
    if case.project.type is ProjectType.GPN:
        method = known(case.method.chosen, "采购方式", "the method")
        if method is not Method.CONSULTATION:
            return not_applicable(f"采购方式为{method.zh}，不打分", f"nothing is scored in: {method.en}")
    elif case.terms.evaluation_method is EvaluationMethod.LOWEST_EVALUATED_PRICE:
        return not_applicable("采用最低评标价法，不打分", "by the lowest evaluated price: nothing is scored")
    weight = known(case.procurement.price_weight, "价格权重", "the weight of the price")
    quotes = known(case.purchase.quotes, "有效报价", "the valid quotes")
    scores = known(case.purchase.price_scores, "价格分", "the price scores")
    dropped = known(case.purchase.quotes_dropped, "是否去掉最高或者最低报价", "whether quotes were left out")
    right = {bidder: half_up(points) for bidder, points in low_price_first(quotes, weight * 100).items()}
    wrong = sorted(bidder for bidder in right.keys() | scores.keys() if scores.get(bidder) != right.get(bidder))
    found = [f"{bidder}：{scores.get(bidder, '—')}，应为{right.get(bidder, '—')}" for bidder in wrong]
    found_en = [f"{bidder}: {scores.get(bidder, '—')}, not {right.get(bidder, '—')}" for bidder in wrong]
    if dropped:
        found.append("去掉了报价")
        found_en.append("quotes were left out")
    share = percent(weight)
    return holds(
        not found,
        f"最低报价÷报价×{share}×100，不去掉任何报价", "；".join(found) or "复核一致",
        f"lowest quote / quote x {share} x 100, no quote left out", "; ".join(found_en) or "recomputed alike",
    )  # fmt: skip
