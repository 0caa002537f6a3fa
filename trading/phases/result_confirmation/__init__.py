"""交易结果确认: candidates are publicized, the result recorded, confirmed, awarded and reported."""

from flask import Flask
from flask_smorest import Api

from trading.phases.result_confirmation.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
