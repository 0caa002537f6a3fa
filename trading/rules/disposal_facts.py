"""Facts of the notice and the deposits of something disposed of 处置公告与竞买保证金案情; ``None`` = not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class DisclosureFacts:
    """The notice: land, an auction, state-owned equity or assets, administrative, village or other rights.

    ``published_on`` is the first, ``closed_on`` the last day of the disclosure; the ``preliminary`` days are those of
    the disclosure before a transfer of control, the ``renewed`` ones those after a price cut or a change of terms.
    """

    published_on: date | None = None
    closed_on: date | None = None
    trade_on: date | None = None
    missing_contents: tuple[str, ...] | None = None
    display_days: int | None = None
    news_medium: bool | None = None
    equity: bool | None = None
    control_passes: bool | None = None
    preliminary_from: date | None = None
    preliminary_until: date | None = None
    terms_changed: bool | None = None
    change_forced: bool | None = None
    renewed_from: date | None = None
    renewed_until: date | None = None
    annual_rent: Decimal | None = None
    lease_years: Decimal | None = None
    starting_price: Decimal | None = None
    deposit: Decimal | None = None
    trade_ended_on: date | None = None
    winners_deposit_is_earnest: bool | None = None
