"""The pages of supervision and oversight 监管与监督页面."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from sqlalchemy import select

from trading.codelists import Role
from trading.database import db
from trading.models import Alarm, Lot
from trading.oversight.dossier import export
from trading.web import access
from trading.web.steps import find_lot, now

blueprint = Blueprint("oversight", __name__, description="电子监察 Supervision")


@access.allow(Role.SUPERVISOR, Role.OVERSIGHT)
def board() -> ResponseReturnValue:
    """All open alarms, the oldest first; closed ones on demand."""
    closed = request.args.get("closed") == "1"
    query = select(Alarm, Lot).join(Lot, Lot.id == Alarm.lot_id)
    query = query.where(Alarm.closed_at.is_not(None) if closed else Alarm.closed_at.is_(None))
    rows = db.session.execute(query.order_by(Alarm.raised_at).limit(500)).all()
    by_rule: dict[str, int] = {}
    by_unit: dict[str, int] = {}
    for alarm, lot in rows:
        by_rule[alarm.condition] = by_rule.get(alarm.condition, 0) + 1
        by_unit[lot.project.owner.name] = by_unit.get(lot.project.owner.name, 0) + 1
    return render_template(
        "oversight/board.html",
        rows=rows,
        closed=closed,
        by_rule=by_rule,
        by_unit=by_unit,
        now=now(),
    )


@access.allow(Role.OVERSIGHT, Role.SUPERVISOR)
def dossier(code: str) -> ResponseReturnValue:
    """The PDF dossier of a lot; each export is on record."""
    lot = find_lot(code)
    pdf = export(lot, access.actor(), now())
    headers = {"Content-Disposition": f'attachment; filename="dossier-{lot.code}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


blueprint.add_url_rule("/oversight", "board", board)
blueprint.add_url_rule("/lots/<string:code>/dossier.pdf", "dossier", dossier)
