"""交易流程监管: notice, clarification, bonds, bids, opening, draw and evaluation, stops at any point."""

from flask import Flask
from flask_smorest import Api

from trading.phases.process_supervision import routes
from trading.phases.process_supervision.auction import auction_routes, sale_routes
from trading.phases.process_supervision.bids import upload_routes
from trading.phases.process_supervision.draw import draw_room, draw_routes, notifying
from trading.phases.process_supervision.evaluation import evaluation_report_routes, evaluation_routes, letter_routes
from trading.phases.process_supervision.negotiation import negotiation_routes
from trading.phases.process_supervision.opening import officer_routes
from trading.phases.process_supervision.variants import variant_routes

ROUTES = (
    auction_routes, routes, sale_routes, officer_routes, upload_routes, draw_routes, draw_room, notifying,
    evaluation_routes, letter_routes, evaluation_report_routes, variant_routes,
    negotiation_routes,
)


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(routes.blueprint)
