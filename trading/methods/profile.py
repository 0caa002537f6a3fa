"""What every project type 项目类型 says of itself: one frozen record a type, all of them in profiles/."""

from __future__ import annotations

from dataclasses import dataclass

from trading.codelists import (
    Category,
    Code,
    DocumentKind,
    EvaluationMethod,
    Method,
    NoticeKind,
    ProjectType,
    Side,
)


class BondBase(Code):
    """Of what amount a bid bond or deposit is a share."""

    ESTIMATE = "estimate", "估算价", "Estimate"
    BUDGET = "budget", "采购预算", "Budget"
    STARTING_PRICE = "starting_price", "起始价", "Starting price"


class Publicity(Code):
    """What is made public before a result is final."""

    CANDIDATES = "candidates", "公示中标候选人", "The candidates"
    RESULT = "result", "公告成交结果", "The result"
    NONE = "none", "结果随成交公告一并公开", "The result, with the notice"


@dataclass(frozen=True, slots=True)
class BondRule:
    """How a bond is bounded: ``most`` and ``least`` name shares in values.toml, ``refund`` the refund clock."""

    base: BondBase
    most: str | None
    least: str | None
    refund: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One project type from registration to archive.

    ``methods`` may be used, the default first (grounds and deciders: proposal.py); ``thresholds``, ``publicity_length``
    and ``committee`` name entries of values.toml; ``papers`` are handed in with the registration, and
    ``further_papers`` where the conditions of the filing want them; ``result_papers`` are the notices that its result
    has; ``side`` says whether a result saves or earns.
    """

    type: ProjectType
    methods: tuple[Method, ...]
    categories: tuple[Category, ...]
    papers: tuple[DocumentKind, ...]
    thresholds: tuple[str, ...]
    bond: BondRule
    committee: str | None
    evaluations: tuple[EvaluationMethod, ...]
    publicity: Publicity
    publicity_length: str
    result_papers: tuple[NoticeKind, ...]
    side: Side
    zh: str
    en: str
    further_papers: tuple[DocumentKind, ...] = ()

    def takes(self, method: Method) -> bool:
        """Whether the type may be traded by ``method`` at all."""
        return method in self.methods
