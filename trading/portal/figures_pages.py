"""The statistics page and its CSV 统计页面: numbers, charts and the rows they are summed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from trading.beijing import law_date
from trading.codelists import Category, Code, District
from trading.database import db
from trading.money import WAN, percent, wan, yi
from trading.portal import searching, statistics
from trading.portal.blueprint import blueprint
from trading.portal.statistics import Line
from trading.savings import Side
from trading.web import access, exchange
from trading.web.charts import bars, lines
from trading.web.formats import word
from trading.web.spreadsheet import csv_line, download, safe
from trading.web.steps import now

HEADS = (
    "code", "project", "lot", "owner", "district", "category", "type", "side", "base_yuan", "price_yuan",
    "gained_yuan", "rate_percent", "confirmed_on",
)  # fmt: skip


def in_wan(amount: Decimal) -> Decimal:
    """Yuan as 万元 for a chart, two places."""
    return (amount / WAN).quantize(Decimal("0.01"))


def shown_rate(line: Line) -> str:
    """The rate of a line with its sign, or a dash."""
    return "—" if line.rate is None else percent(line.rate)


def gain_word(side: Side) -> str:
    """What is gained on a side."""
    return _("节资额") if side is Side.PURCHASE else _("增值额")


def figures(line: Line) -> list[dict[str, str]]:
    """The key figures of one side."""
    base = word(statistics.base_name()) if line.side is Side.PURCHASE else _("起始价或底价")
    rated = _("节资率") if line.side is Side.PURCHASE else _("增值率")
    return [
        {"label": _("已确认标段"), "value": f"{line.lots:,}", "unit": _("个")},
        {"label": _("%(base)s合计", base=base), "value": yi(line.base), "unit": _("亿元")},
        {"label": gain_word(line.side), "value": wan(line.gained), "unit": _("万元")},
        {"label": rated, "value": shown_rate(line), "base": _("合计之比，以%(base)s为基数", base=base)},
    ]


def breakdown(found: Sequence[Line], side: Side, codelist: type[Code]) -> list[tuple[str, Line]]:
    """The groups of one side with their words, the largest base first."""
    named = [(word(codelist(line.group)), line) for line in found if line.side is side]
    return sorted(named, key=lambda pair: pair[1].base, reverse=True)


def rows(named: Sequence[tuple[str, Line]]) -> list[list[str]]:
    """Groups as rows of the table."""
    return [
        [name, f"{line.lots:,}", wan(line.base), wan(line.price), wan(line.gained), shown_rate(line)]
        for name, line in named
    ]


def trend(year: int | None, side: Side) -> Markup | None:
    """Month by month: the base and what was gained; nothing where nothing was confirmed."""
    names, found = statistics.by_month(db.session, year, now())
    by_name = statistics.of_side(found, side)
    if not by_name:
        return None
    empty = Line(side, "")
    amounts = [by_name.get(name, empty) for name in names]
    return lines(names, {gain_word(side): [in_wan(one.gained) for one in amounts]}, _("逐月走势"), _("万元"))


def side_part(side: Side, year: int | None) -> dict[str, Any]:
    """One side of the page: figures, charts, tables."""
    parts = []
    for title, found, codelist in (
        (_("按类别"), statistics.by_category(db.session, year), Category),
        (_("按乡镇"), statistics.by_district(db.session, year), District),
    ):
        named = breakdown(found, side, codelist)
        chart = bars([name for name, _line in named], [in_wan(one.gained) for _n, one in named], title, _("万元"))
        parts.append({"title": title, "chart": chart, "rows": rows(named)})
    whole = statistics.totals(db.session, year)[side]
    return {
        "side": side, "total": whole, "figures": figures(whole), "trend": trend(year, side), "parts": parts,
        "foot": rows([(_("合计"), whole)])[0],
    }  # fmt: skip


@access.public
def statistics_page() -> ResponseReturnValue:
    """Savings and premiums: two sides, never netted."""
    asked, errors = searching.leniently(searching.YearSchema())
    year = asked.get("year")
    both = [side_part(side, year) for side in Side if side is Side.PURCHASE or has_any(side, year)]
    return (
        render_template(
            "portal/statistics.html", sides=both, year=year, years=statistics.years(db.session, now()),
            errors=exchange.flat(errors), today=now(),
        ),
        400 if errors else 200,
    )  # fmt: skip


def has_any(side: Side, year: int | None) -> bool:
    """Whether any lot of this side was confirmed."""
    return statistics.totals(db.session, year)[side].lots > 0


def csv_lines(year: int | None) -> Iterator[str]:
    """The CSV, line by line."""
    yield csv_line(HEADS)
    for row in statistics.confirmed_lots(db.session, year):
        side = statistics.SIDES[row.project_type]
        gained = row.saved if side is Side.PURCHASE else row.price - row.base
        line = Line(side, "", 1, row.base, row.price, gained)
        plain = [str(amount) for amount in (row.base, row.price, gained)]
        words = [safe(text) for text in (row.code, row.project, row.title, row.owner)]
        codes = [row.district.zh, row.category.zh, row.project_type.zh, side.value]
        yield csv_line([*words, *codes, *plain, str(line.rate), law_date(row.confirmed_at).isoformat()])


@access.public
def statistics_csv() -> ResponseReturnValue:
    """The confirmed lots from which the figures are summed, one row each."""
    year = searching.asked(searching.YearSchema()).get("year")
    name = f"statistics-{year}.csv" if year else "statistics.csv"
    return download(name, csv_lines(year))


def as_json(line: Line) -> dict[str, Any]:
    """A line as the JSON operation tells it."""
    return {
        "group": line.group, "side": line.side.value, "lots": line.lots, "base": str(line.base),
        "price": str(line.price), "gained": str(line.gained), "rate": None if line.rate is None else str(line.rate),
    }  # fmt: skip


blueprint.add_url_rule("/statistics", "statistics", statistics_page)
blueprint.add_url_rule("/statistics.csv", "statistics_csv", statistics_csv)
