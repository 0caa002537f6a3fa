"""admin pages."""

from flask_smorest import Blueprint

blueprint = Blueprint("admin", __name__)
