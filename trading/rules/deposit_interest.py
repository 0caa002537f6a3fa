"""Interest on deposits 保证金计息: by the bank's demand-deposit rate, exact, rounded once to the fen, half up.

Works pay it on every refund, and whatever is terminated pays it (ZTBT 31, 57; D87 29); land and other disposals pay
none (R09.C8, C12). The days count from arrival, the day of refund not included; the year of interest is declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from trading.codelists import ProjectType
from trading.methods.ranking import half_up
from trading.money import grouped
from trading.rules.wording import percent
from trading.values import Book, Fact, NotInForce
from trading.working_days import days_between

RATE = "demand_deposit_rate"
YEAR = "interest_year_days"


@dataclass(frozen=True)
class Stretch:
    """Days on which one rate held; ``until`` is not included."""

    since: date
    until: date
    rate: Decimal

    @property
    def days(self) -> int:
        """How many days."""
        return days_between(self.since, self.until)


@dataclass(frozen=True)
class Interest:
    """What is owed, and how it was come by."""

    principal: Decimal
    stretches: tuple[Stretch, ...]
    year: int
    amount: Decimal

    def as_json(self) -> list[dict[str, str | int]]:
        """The derivation, line by line, as a record keeps it."""
        return [
            {
                "principal": grouped(self.principal), "since": str(one.since), "until": str(one.until),
                "days": one.days,
                "rate": percent(one.rate), "year": self.year,
            }
            for one in self.stretches
        ]  # fmt: skip


def bears_interest(type_: ProjectType, terminated: bool) -> bool:
    """Whether a deposit goes back with the bank's interest: works always, procurement when it was terminated."""
    return type_ is ProjectType.WORKS or (terminated and type_.is_procurement)


def stretches(rate: Fact, since: date, until: date) -> tuple[Stretch, ...]:
    """The days from ``since`` to ``until``, each under the rate in force on it.

    Raises:
        NotInForce: ``since`` is before the first line.
    """
    lines = rate.county_lines or rate.lines
    if until <= since:
        return ()
    if not lines or since < lines[0].since:
        raise NotInForce(rate.name, since)
    ends = [*(line.since for line in lines[1:]), date.max]
    return tuple(
        Stretch(max(since, line.since), min(until, end), Decimal(line.value))
        for line, end in zip(lines, ends, strict=True)
        if max(since, line.since) < min(until, end)
    )


def interest_on(principal: Decimal, parts: Sequence[Stretch], year: int) -> Interest:
    """Principal × rate × days ÷ days of the year, summed over the stretches and then rounded once, half up."""
    exact = sum((Fraction(principal) * Fraction(one.rate) * one.days / year for one in parts), Fraction(0))
    return Interest(principal, tuple(parts), year, half_up(exact))


def bank_interest(principal: Decimal, since: date, until: date, book: Book) -> Interest:
    """The interest of the deposit bank from the day of arrival to the day of refund.

    Raises:
        NotInForce: the rate of those days is not in the book.
    """
    facts = {fact.name: fact for fact in book.all()}
    return interest_on(principal, stretches(facts[RATE], since, until), int(book.on(until)[YEAR]))
