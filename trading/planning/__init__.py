"""时间规划 What-if: the compliant timetable of a lot before it begins, and the rules asked of another day."""

from flask import Flask
from flask_smorest import Api

from trading.planning.routes import blueprint


def init_app(app: Flask, api: Api) -> None:
    """Open these pages."""
    api.register_blueprint(blueprint)
