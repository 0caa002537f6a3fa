"""The evidence file for officers of oversight 证据文件导出: as a button and as JSON; each export is on record."""

from __future__ import annotations

from flask import Flask, Response, current_app
from flask.typing import ResponseReturnValue

from trading.codelists import Role
from trading.database import db
from trading.evidence.exporting import Shelf, export
from trading.models import Lot
from trading.oversight.blueprint import blueprint
from trading.web import access
from trading.web.steps import find_lot, now, tools

SHELF = "evidence_shelf"


def handed_out(lot: Lot) -> Response:
    """The file, once its export is on record."""
    shelf: Shelf = current_app.extensions[SHELF]
    found = export(db.session, lot, access.actor().actor, now(), tools(), shelf)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"', "X-Content-SHA256": found.digest}
    return Response(found.data, mimetype="application/zip", headers=headers)


@access.allow(Role.OVERSIGHT)
def evidence(code: str) -> ResponseReturnValue:
    """The evidence file of a lot whose record is closed."""
    return handed_out(find_lot(code))


@access.allow(Role.OVERSIGHT)
def evidence_json(code: str) -> ResponseReturnValue:
    """The evidence file of a lot whose record is closed, for programs; a refusal is JSON."""
    return handed_out(find_lot(code))


def init_app(app: Flask) -> None:
    """Give the application the shelf on which evidence files lie."""
    app.extensions[SHELF] = Shelf(app.config["TRADING_DATA_DIR"] / "evidence")


blueprint.add_url_rule("/lots/<string:code>/evidence.zip", "evidence", evidence)
blueprint.add_url_rule("/api/v1/lots/<string:code>/evidence", "evidence_json", evidence_json)
