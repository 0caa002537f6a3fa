"""信用与自律: the public credit record; self-discipline adds to it and never bars anybody from the market."""

from flask import Flask
from flask_smorest import Api

from trading.credit.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open these pages."""
    api.register_blueprint(blueprint)
