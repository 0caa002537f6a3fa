"""The public side 公众服务: notices, results, statistics, open data; and each reader's own work."""

from flask import Flask
from flask_smorest import Api

from trading.portal import api as operations
from trading.portal import (
    bidding_pages,
    feed,
    figures_pages,
    health,
    law_pages,
    ledger_pages,
    paper_pages,
    routes,
    source_page,
)
from trading.portal.blueprint import blueprint

PAGES = (
    routes, bidding_pages, paper_pages, figures_pages, law_pages, source_page, ledger_pages, feed, health, operations,
)


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    health.init_app(app)
    bidding_pages.init_app(app)
    api.register_blueprint(blueprint)
