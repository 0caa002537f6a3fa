"""主体与账户: accounts, organisations, entrustments, the expert pool, inboxes; and the training clock's button."""

from flask import Flask
from flask_smorest import Api

from trading.admin import account, deposit_routes, expert_routes, routes, training


def init_app(app: Flask, api: Api) -> None:
    """Open this room."""
    api.register_blueprint(training.blueprint)
    api.register_blueprint(routes.blueprint)
    api.register_blueprint(expert_routes.blueprint)
    api.register_blueprint(deposit_routes.blueprint)


__all__ = ["account", "init_app"]
