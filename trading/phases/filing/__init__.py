"""交易条件备案: a project is entered, its lots registered, its conditions and documents filed."""

from flask import Flask
from flask_smorest import Api

from trading.phases.filing.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
