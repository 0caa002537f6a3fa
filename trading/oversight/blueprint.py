"""The room's address 监督的路由: pages of supervision and oversight hang on it."""

from flask_smorest import Blueprint

blueprint = Blueprint("oversight", __name__, description="电子监察 Supervision")
