"""process_supervision"""

from flask import Flask
from flask_smorest import Api

from trading.phases.process_supervision.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
