"""后续管理: the contract is signed and filed, performed, rated and the file closed."""

from flask import Flask
from flask_smorest import Api

from trading.phases.follow_up.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
