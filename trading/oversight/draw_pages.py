"""How often experts are drawn 专家抽取统计: by expert for the offices, a distribution for everybody; against chance."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trading.beijing import beijing
from trading.codelists import Role
from trading.database import db
from trading.oversight.blueprint import blueprint
from trading.web import access
from trading.web.charts import bars
from trading.web.steps import now
from trading.workflow.draw_figures import Figures, figures, years

MOST_YEAR = 9999


def asked_year() -> int:
    """The year of the query, else the current one (Beijing)."""
    given = request.args.get("year", type=int)
    return given if given is not None and 1 < given < MOST_YEAR else beijing(now()).year


def distribution_chart(told: Figures) -> Any:
    """How many experts were called how often."""
    if not told.calls:
        return None
    rows = told.distribution
    labels = [_("%(number)s 次", number=calls) for calls, _count in rows]
    return bars(labels, [count for _calls, count in rows], _("被抽中次数的分布"), _("人"))


def public_json(told: Figures) -> dict[str, Any]:
    """What everybody may know: numbers, no expert."""
    return {
        "year": told.year, "draws": told.draws, "aborted": told.aborted, "short": told.short, "calls": told.calls,
        "refusals": told.refusals, "experts": len(told.experts), "alarms": told.alarms,
        "distribution": [{"calls": calls, "experts": count} for calls, count in told.distribution],
    }  # fmt: skip


def page(told: Figures, inside: bool) -> str:
    """The page, with the experts for the offices alone, the most called first."""
    rows = sorted(told.experts, key=lambda one: (-one.calls, one.number)) if inside else []
    return render_template(
        "oversight/draws.html", told=told, rows=rows, inside=inside, years=years(db.session),
        chart=distribution_chart(told),
    )  # fmt: skip


@access.public
def draws() -> ResponseReturnValue:
    """The distribution, for everybody."""
    return page(figures(db.session, asked_year()), False)


@access.public
def draws_json() -> ResponseReturnValue:
    """The same by JSON."""
    return jsonify(public_json(figures(db.session, asked_year()))), 200


@access.allow(Role.SUPERVISOR, Role.OVERSIGHT)
def expert_draws() -> ResponseReturnValue:
    """Each expert's calls against chance, and who recorded refusals, for the offices."""
    return page(figures(db.session, asked_year()), True)


blueprint.add_url_rule("/statistics/draws", "draws", draws)
blueprint.add_url_rule("/api/v1/statistics/draws", "draws_json", draws_json)
blueprint.add_url_rule("/oversight/draws", "expert_draws", expert_draws)
