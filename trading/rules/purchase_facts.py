"""Facts of prequalification and of government procurement 资格预审与政府采购案情; ``None`` = not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class PrequalificationFacts:
    """A prequalification; ``held`` False = qualification is examined after the opening 资格后审.

    ``passed`` are the bidders (organization ids) that passed; ``changed_on`` is the day of the last change of its
    documents that may affect applications.
    """

    held: bool | None = None
    published_on: date | None = None
    sale_ends_on: date | None = None
    applications_until: date | None = None
    changed_on: date | None = None
    passed: tuple[str, ...] | None = None
    retendered: bool | None = None


@dataclass(frozen=True)
class PurchaseFacts:
    """The course of a government procurement; the clocks of its notice are in ``NoticeFacts``.

    ``quotes`` are the prices after the deductions of policy, ``price_scores`` the points they got, both by bidder.
    """

    notice_until: date | None = None
    by_notice: bool | None = None
    documents_extended: bool | None = None
    extension_published: bool | None = None
    obtained: int | None = None
    framework: bool | None = None
    object_or_qualification_changed: bool | None = None
    works: bool | None = None
    complex: bool | None = None
    wide_effect: bool | None = None
    chair_is_owners: bool | None = None
    law_experts: int | None = None
    members_at_opening: bool | None = None
    recorded_throughout: bool | None = None
    qualified: int | None = None
    quotes: Mapping[str, Decimal] | None = None
    price_scores: Mapping[str, Decimal] | None = None
    quotes_dropped: bool | None = None


@dataclass(frozen=True)
class ChallengeFacts:
    """An inquiry 询问, or a challenge 质疑 with the day ``known_on`` from which its time runs."""

    challenge: bool
    raised_on: date
    known_on: date | None = None
    answered_on: date | None = None
