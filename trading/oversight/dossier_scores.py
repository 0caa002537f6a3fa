"""The members' sheets as tables 评分表: one a bid with all factors, or one for all bids where only prices count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from trading.codelists import EvaluationMethod
from trading.methods.comprehensive import FactorKind
from trading.models import Bid, Evaluation, Member, TenderTerms
from trading.money import grouped

LABEL, MEAN = 22.0, 14.0


@dataclass(frozen=True)
class Sheet:
    """One printed table of scores; ``widths`` in per cent."""

    caption: str
    heads: list[str]
    rows: list[list[Any]]
    widths: list[float]


def score_sheets(
    terms: TenderTerms | None, members: Sequence[Member], bids: Sequence[Bid], evaluation: Evaluation | None
) -> list[Sheet]:
    """Every member's findings as they were handed in, in the order of the ranking."""
    given = [one for one in members if one.sheet]
    if evaluation is None or terms is None or not given:
        return []
    current = sorted((one for one in bids if one.current), key=lambda one: (one.rank is None, one.rank or 0))
    judged = [bid for bid in current if any(bid.id in one.sheet["bids"] for one in given if one.sheet)]
    if terms.evaluation_method is EvaluationMethod.COMPREHENSIVE:
        return [_by_factor(terms, given, bid, evaluation) for bid in judged]
    return [_by_price(given, judged)]


def _found(member: Member, bid: Bid) -> Mapping[str, Any]:
    return (member.sheet or {})["bids"].get(bid.id, {})


def _widths(members: Sequence[Member], mean: bool) -> list[float]:
    share = (100 - LABEL - (MEAN if mean else 0)) / len(members)
    return [LABEL, *[share] * len(members), *([MEAN] if mean else [])]


def _by_price(members: Sequence[Member], bids: Sequence[Bid]) -> Sheet:
    """Lowest evaluated price: passed or not, and the adjustments of each member."""
    return Sheet(
        _("各成员评审意见（经评审的最低投标价法）"),
        [_("投标人"), *(one.name for one in members)],
        [[bid.organization.name, *(_opinion(_found(one, bid)) for one in members)] for bid in bids],
        _widths(members, mean=False),
    )


def _opinion(found: Mapping[str, Any]) -> str:
    if not found:
        return "—"
    if not found["passed"]:
        return _("不通过：%(why)s", why=found["reason"])
    parts = [
        _("调整%(amount)s元：%(why)s", amount=grouped(Decimal(one["amount"])), why=one["reason"])
        for one in found["adjustments"]
    ]
    return "；".join([_("通过"), *parts])


def _by_factor(terms: TenderTerms, members: Sequence[Member], bid: Bid, evaluation: Evaluation) -> Sheet:
    """Comprehensive evaluation: the points of every member for every factor of one bid, and their mean."""
    line = next((one for one in evaluation.ranking if one["bid"] == bid.id), {"parts": []})
    means = {part["code"]: part["figure"] for part in line["parts"]}
    rows = [
        [_("%(factor)s（%(points)s分）", factor=factor["title"], points=factor["points"]),
         *(_points(factor, _found(one, bid)) for one in members), means.get(factor["code"], "—")]
        for factor in terms.factors
    ]  # fmt: skip
    rows.append([_("总分"), *("" for _one in members), bid.score or "—"])
    return Sheet(
        _("各成员评分：%(bidder)s", bidder=bid.organization.name),
        [_("评审因素"), *(one.name for one in members), _("平均或按公式")],
        rows,
        _widths(members, mean=True),
    )


def _points(factor: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    if factor["kind"] == FactorKind.PRICE:
        return _("公式")
    points = found.get("scores", {}).get(factor["code"])
    if points is None:
        return "—"
    reason = found.get("reasons", {}).get(factor["code"])
    return f"{points}（{reason}）" if reason else str(points)
