"""The pages of supervision and oversight 监管与监督页面."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trading.codelists import Role
from trading.database import db
from trading.oversight.blueprint import blueprint
from trading.oversight.dossier import export
from trading.oversight.dossier_words import KINDS, said
from trading.oversight.reading_log import reads
from trading.web import access
from trading.web.steps import find_lot, now


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


blueprint.add_url_rule("/oversight/reads", "reading_log", reading_log)
blueprint.add_url_rule("/lots/<string:code>/dossier.pdf", "dossier", dossier)
