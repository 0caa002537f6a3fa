"""admin"""

from flask import Flask
from flask_smorest import Api

from trading.admin.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
