"""The public side 公众服务: notices, results, statistics, open data; and each reader's own work."""

from flask import Flask
from flask_smorest import Api

from trading.portal.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
