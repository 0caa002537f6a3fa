"""credit pages."""

from flask_smorest import Blueprint

blueprint = Blueprint("credit", __name__)
