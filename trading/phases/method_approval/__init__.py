"""交易方式核准: the method follows from the table; an exception is applied for and decided by the authority."""

from flask import Flask
from flask_smorest import Api

from trading.phases.method_approval.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(blueprint)
