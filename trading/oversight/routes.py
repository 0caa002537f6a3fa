"""The pages of supervision and oversight 监管与监督页面."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from sqlalchemy import func, select

from trading.codelists import Role, Severity
from trading.database import db
from trading.models import Alarm, Lot
from trading.oversight.dossier import export
from trading.oversight.dossier_words import KINDS, said
from trading.oversight.reading_log import reads
from trading.rules import CONDITIONS
from trading.web import access
from trading.web.steps import find_lot, now

blueprint = Blueprint("oversight", __name__, description="电子监察 Supervision")
MOST = 200
Alarmed = tuple[Alarm, Lot]


@access.allow(Role.SUPERVISOR, Role.OVERSIGHT)
def board() -> ResponseReturnValue:
    """All open alarms, the oldest first; closed ones on demand."""
    closed = request.args.get("closed") == "1"
    standing = Alarm.closed_at.is_not(None) if closed else Alarm.closed_at.is_(None)
    query = select(Alarm, Lot).join(Lot, Lot.id == Alarm.lot_id).where(standing)
    rows: Sequence[Alarmed] = [
        (alarm, lot) for alarm, lot in db.session.execute(query.order_by(Alarm.raised_at, Alarm.id).limit(MOST))
    ]
    counted = db.session.execute(select(Alarm.severity, func.count()).where(standing).group_by(Alarm.severity))
    by_severity = {severity: count for severity, count in counted}
    return render_template(
        "oversight/board.html",
        rows=rows,
        closed=closed,
        total=sum(by_severity.values()),
        figures=[(severity, by_severity.get(severity, 0)) for severity in (Severity.RED, Severity.AMBER)],
        by_rule=Counter(alarm.condition for alarm, _lot in rows).most_common(),
        by_unit=Counter(lot.project.owner.name for _alarm, lot in rows).most_common(),
        conditions=CONDITIONS,
        now=now(),
    )


@access.allow(Role.OVERSIGHT)
def reading_log() -> ResponseReturnValue:
    """Who read what was secret, and who exported which dossier."""
    code = request.args.get("code", "").strip() or None
    page = max(1, request.args.get("page", 1, type=int))
    rows, more = reads(db.session, code, page)

    def at(number: int) -> str:
        return url_for("oversight.reading_log", code=code, page=number)

    return render_template(
        "oversight/reading_log.html",
        rows=rows,
        code=code,
        words={kind: said(KINDS[kind]) for kind in ("secret.read", "document.exported")},
        previous_url=at(page - 1) if page > 1 else None,
        next_url=at(page + 1) if more else None,
    )


@access.allow(Role.OVERSIGHT, Role.SUPERVISOR)
def dossier(code: str) -> ResponseReturnValue:
    """The PDF dossier of a lot; each export is on record."""
    lot = find_lot(code)
    pdf = export(lot, access.actor(), now())
    headers = {"Content-Disposition": f'attachment; filename="dossier-{lot.code}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


blueprint.add_url_rule("/oversight", "board", board)
blueprint.add_url_rule("/oversight/reads", "reading_log", reading_log)
blueprint.add_url_rule("/lots/<string:code>/dossier.pdf", "dossier", dossier)
