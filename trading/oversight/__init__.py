"""Unified supervision 统一监管: the board of alarms, dossiers, the reading of the record."""

from flask import Flask
from flask_smorest import Api

from trading.oversight import board_pages, draw_pages, evidence_pages, routes
from trading.oversight.blueprint import blueprint
from trading.oversight.dossier import KNOWN
from trading.oversight.supervision_routes import blueprint as supervision

PAGES = (board_pages, draw_pages, evidence_pages, routes)


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    app.extensions[KNOWN] = {}
    evidence_pages.init_app(app)
    api.register_blueprint(blueprint)
    api.register_blueprint(supervision)
