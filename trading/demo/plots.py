"""Which lots the demonstration county has 示范县的标段: a year of ninety-four awards, and one lot at every status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from trading.codelists import Status
from trading.demo import county, purchases, sales
from trading.demo.sale_story import SalePlot
from trading.demo.story import Plot

TWISTS = {
    3: "refused",
    7: "clarified",
    11: "objected",
    16: "replaced",
    21: "comprehensive",
    60: "changed",
}
YEAR, LAST = 352, 9
STANDING = (
    (Status.DRAFT, 45), (Status.REGISTERED, 45), (Status.FILED, 44), (Status.METHOD_FIXED, 43), (Status.PUBLISHED, 2),
    (Status.SUSPENDED, 11), (Status.TERMINATED, 5), (Status.FAILED, -6), (Status.BID_CLOSED, 0), (Status.OPENED, 0),
    (Status.COMMITTEE_READY, 0), (Status.EVALUATED, 0), (Status.PUBLICIZED, -2), (Status.CONFIRMED, -8),
)  # fmt: skip


def year(today: date) -> list[Plot]:
    """The ninety-four awarded lots, spread over the twelve months before ``today``."""
    works = county.works()
    plots = []
    for number, work in enumerate(works, 1):
        back = YEAR - (YEAR - LAST) * (number - 1) // (len(works) - 1)
        lot = purchases.bought(work) if purchases.is_bought(work) else work
        plots.append(Plot(lot, today - timedelta(days=back), twist=TWISTS.get(number, "")))
    return plots


def living(today: date) -> list[Plot]:
    """One lot standing at every status that the year does not leave behind, all of the first owner."""
    plots = []
    for number, (status, days) in enumerate(STANDING, county.AWARDED + 1):
        ceiling = Decimal(4_200_000 + 10_000 * (county.draw("living", number) % 150))
        work = county.work(number, ceiling, (ceiling * Decimal("0.978")).quantize(Decimal(100)))
        plots.append(Plot(replace(work, owner=0), today + timedelta(days=days), until=status))
    return [*plots, retendered(today)]


def retendered(today: date) -> Plot:
    """A lot that failed and is tried again."""
    number = county.AWARDED + len(STANDING) + 1
    work = county.work(number, Decimal(4_600_000), Decimal(4_500_000))
    return Plot(replace(work, owner=0), today - timedelta(days=20), until=Status.FAILED, twist="retendered")


def disposals(today: date) -> list[SalePlot]:
    """What was sold, let and granted within the year; one lot in live bidding all day, and one that has its deal."""
    ended = [SalePlot(one, today - timedelta(days=one.back)) for one in sales.DISPOSALS]
    return [
        *ended,
        SalePlot(sales.LIVE, today, until=Status.BIDDING, hours=(0, 23)),
        SalePlot(sales.AT_REST, today, until=Status.DEAL, hours=(0, 1)),
    ]
