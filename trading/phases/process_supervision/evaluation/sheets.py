"""Reading a member's sheet 评审表: every bid and factor once, inside its published bands, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from trading.codelists import EvaluationMethod
from trading.errors import InvalidInput, Words
from trading.methods.comprehensive import Factor, FactorKind
from trading.methods.deductions import Standing
from trading.methods.lowest_evaluated_price import Adjustment
from trading.methods.outcome import Documents, Review
from trading.models import Bid
from trading.workflow.evaluation_record import declared_by


def read_sheet(data: dict[str, Any], bids: Sequence[Bid], documents: Documents) -> dict[str, Review]:
    """The typed rows as one review a bid.

    Raises:
        InvalidInput: a bid or factor is missing, named twice or unknown; a reason is missing; points are out of range.
    """
    if documents.method is EvaluationMethod.COMPREHENSIVE:
        found = read_points(data["points"], bids, documents)
    else:
        found = read_reviews(data["reviews"], bids)
    confirmed = read_policies(data.get("policies") or [], bids, documents)
    return {bid: replace(review, confirms=confirmed.get(bid, Standing())) for bid, review in found.items()}


def read_reviews(rows: list[dict[str, Any]], bids: Sequence[Bid]) -> dict[str, Review]:
    """The rows of an evaluation by price: passed or not, and the adjustment of the documents."""
    if sorted(row["bid"] for row in rows) != sorted(bid.id for bid in bids):
        raise InvalidInput.of("reviews", "应当对每一份有效投标各评审一次", "Review every standing bid once")
    found = {}
    for number, row in enumerate(rows):
        amount = row["adjustment"] or Decimal(0)
        if not row["passed"] and not row["reason"]:
            why = {"reason": [Words("不通过的应当说明理由", "Give the reason why the bid does not pass")]}
            raise InvalidInput({"reviews": {str(number): why}})
        if amount and not row["adjustment_reason"]:
            ground = [Words("价格调整应当说明依据", "Name the ground of the adjustment in the documents")]
            raise InvalidInput({"reviews": {str(number): {"adjustment_reason": ground}}})
        adjustments = (Adjustment(row["adjustment_reason"] or "", amount),) if amount else ()
        found[row["bid"]] = Review(row["passed"], row["reason"] or "", adjustments)
    return found


def read_points(rows: list[dict[str, Any]], bids: Sequence[Bid], documents: Documents) -> dict[str, Review]:
    """The points of a comprehensive evaluation, one row a bid and factor; the price is computed by the machine."""
    factors = {one.code: one for one in documents.factors if one.kind is not FactorKind.PRICE}
    wanted = sorted((bid.id, code) for bid in bids for code in factors)
    if sorted((row["bid"], row["factor"]) for row in rows) != wanted:
        raise InvalidInput.of(
            "points", "应当对每一份有效投标的每一项因素各评分一次", "Score every factor of every standing bid once"
        )
    for number, row in enumerate(rows):
        if not factors[row["factor"]].takes(row["points"]):
            raise InvalidInput({"points": {str(number): {"points": [out_of_range(factors[row["factor"]])]}}})
    return {
        bid.id: Review(
            points={row["factor"]: row["points"] for row in rows if row["bid"] == bid.id},
            reasons={row["factor"]: row["reason"] for row in rows if row["bid"] == bid.id and row["reason"]},
        )
        for bid in bids
    }


def bands_of(factor: Factor) -> str:
    """The published bands in figures: ``0, 3, 5`` or ``0-15, 16-23``; empty where there are none."""
    return ", ".join(
        f"{band.low:f}" if band.low == band.high else f"{band.low:f}-{band.high:f}" for band in factor.intervals
    )


def out_of_range(factor: Factor) -> Words:
    """What the points of a factor must be."""
    if not factor.intervals:
        return Words(f"应在 0 与 {factor.maximum} 之间", f"The points lie between 0 and {factor.maximum}")
    bands = bands_of(factor)
    return Words(f"应为公布的量化区间之一：{bands}", f"The points lie in one of the published intervals: {bands}")


def asked_policies(bids: Sequence[Bid], documents: Documents) -> dict[str, Standing]:
    """Of which bids, and for what, the committee has to confirm a declaration: where the documents grant something."""
    policy = documents.policy
    found = {}
    for bid in bids:
        declared = declared_by(bid)
        asked = Standing(
            declared.small and bool(policy.small or policy.bonus), declared.domestic and bool(policy.domestic)
        )
        if asked != Standing():
            found[bid.id] = asked
    return found


def read_policies(rows: list[dict[str, Any]], bids: Sequence[Bid], documents: Documents) -> dict[str, Standing]:
    """Which declarations of bidders the member confirms; each that counts is answered once, a doubt with its reason.

    Raises:
        InvalidInput: a declaration is not answered, answered twice, or was never made; a reason is missing.
    """
    asked = asked_policies(bids, documents)
    if sorted(row["bid"] for row in rows) != sorted(asked):
        raise InvalidInput.of(
            "policies", "应当对每一份声明享受政策的投标各认定一次", "Answer every declaration of a bidder once"
        )
    found = {}
    for number, row in enumerate(rows):
        wanted, given = asked[row["bid"]], Standing(bool(row["small_micro"]), bool(row["domestic"]))
        missing = [
            name
            for name, needed in (("small_micro", wanted.small), ("domestic", wanted.domestic))
            if needed and row[name] is None
        ]
        if missing:
            told = {name: [Words("请认定该声明", "Say whether you confirm it")] for name in missing}
            raise InvalidInput({"policies": {str(number): told}})
        doubts = (wanted.small and not given.small) or (wanted.domestic and not given.domestic)
        if doubts and not row["reason"]:
            why = [Words("不予认定的应当说明理由", "Give the reason why you do not confirm it")]
            raise InvalidInput({"policies": {str(number): {"reason": why}}})
        found[row["bid"]] = Standing(given.small and wanted.small, given.domestic and wanted.domestic)
    return found
