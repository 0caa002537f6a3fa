"""What an offer comes to over the whole term 租期总额: a lease is offered for by the year."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from trading.working_days import add_months, days_between

FEN = Decimal("0.01")
MONTHS, DAYS = 12, 365


def months_of(since: date, until: date) -> int | None:
    """The whole months from ``since`` to ``until`` (not included); None where a part of a month is left over."""
    months = (until.year - since.year) * MONTHS + until.month - since.month
    return months if months > 0 and add_months(since, months) == until else None


def years_of(since: date, until: date) -> Decimal:
    """The years from ``since`` to ``until`` (not included): whole months count a twelfth, else each day a 365th."""
    months = months_of(since, until)
    return Decimal(months) / MONTHS if months is not None else Decimal(days_between(since, until)) / DAYS


def whole_amount(amount: Decimal, a_year: bool, since: date | None, until: date | None) -> Decimal:
    """What ``amount`` comes to over the whole term, in yuan, half up to the fen.

    Args:
        amount: yuan; a year, where ``a_year``.
        since, until: the first day of the term, and the first one after it.

    Raises:
        ValueError: an amount a year without a term.
    """
    if not a_year:
        return amount
    if since is None or until is None or until <= since:
        raise ValueError("an amount a year needs a term")
    months = months_of(since, until)
    parts, whole = (months, MONTHS) if months is not None else (days_between(since, until), DAYS)
    return (amount * parts / whole).quantize(FEN, ROUND_HALF_UP)
